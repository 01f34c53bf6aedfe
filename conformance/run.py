"""Whether a program reaches the verdicts that docs/judgement.md asks for.

    python conformance/run.py [--case PATTERN] [--list] [-- COMMAND …]

A folder has ``rules/`` (features and documents), ``facts/`` (tables) and ``expected.csv``, every
finding there must be. Each rule in it, with these facts and all findings on it, is a case. The
command judges every year that the facts speak of; ``{rules}`` and ``{facts}`` in it stand for the
folders. It prints a CSV with these columns, in any order and beside any others:

    rule, code, year    which rule, whom and when
    outcome             violation, behind, missing, on track, compliant or not applicable
    observed            the value that was compared
    required            the bound; required upper, the other one where there are two
    gap                 how far from the bound that is broken

Without a command dabiao itself is tried. Needs nothing but Python. Ends with 0 if all is as
expected, 1 if something is not, 2 if the command cannot be run.
"""

import argparse
import csv
import fnmatch
import io
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

CASES = Path(__file__).parent / "cases"
KEY = ("rule", "code", "year")
VALUES = ("outcome", "observed", "required", "required upper", "gap")
OPEN = ("missing", "not applicable")
"""Outcomes without a comparison: nothing but themselves is asked for."""
CLOSE = 1e-12
"""Relative difference of two numbers that are one but for the noise of floating point."""
DABIAO = (
    *(sys.executable, "-m", "dabiao", "--lang", "en", "check", "{facts}", "--rules", "{rules}"),
    *("--no-builtin", "--every-year", "--format", "csv", "--fail-on", "never"),
)

_NUMBER = re.compile(r"-?[0-9.]+(?:e[-+]?[0-9]+)?")
Findings = dict[tuple[str, ...], Mapping[str, str]]


def read(text: str) -> Findings:
    """Read findings by rule, subject and year."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return {tuple(row[name] for name in KEY): row for row in rows}


def same(wanted: str, found: str, scale: float = 0.0) -> bool:
    """Tell whether two values are the same, as numbers if they are numbers."""
    try:
        left, right = float(wanted), float(found)
    except ValueError:
        return wanted == found
    return abs(left - right) <= CLOSE * max(abs(left), abs(right), scale)


def scale(row: Mapping[str, str]) -> float:
    """Give the size of the numbers that a gap is a difference of."""
    numbers = (row[name] for name in VALUES[1:4] if _NUMBER.fullmatch(row[name]))
    return max((abs(float(number)) for number in numbers), default=0.0)


def differences(wanted: Findings, found: Findings) -> Iterator[str]:
    """Say in what findings differ from those that are expected."""
    for key in sorted(wanted.keys() - found.keys()):
        yield f"{' '.join(key)}: no finding"
    for key in sorted(found.keys() - wanted.keys()):
        yield f"{' '.join(key)}: a finding that is not expected"
    for key in sorted(wanted.keys() & found.keys()):
        outcome = wanted[key]["outcome"]
        for name in VALUES[:1] if outcome in OPEN else VALUES:
            expected, given = wanted[key][name], found[key][name]
            if not same(expected, given, scale(wanted[key]) if name == "gap" else 0.0):
                yield f"{' '.join(key)}: {name} is {given or 'blank'}, not {expected or 'blank'}"


def judged(command: Sequence[str], folder: Path) -> Findings:
    """Let a command judge the cases of a folder."""
    folders = {"{rules}": str(folder / "rules"), "{facts}": str(folder / "facts")}
    words = [folders.get(word, word) for word in command]
    try:
        ran = subprocess.run(  # noqa: S603 - the program that was named
            words, capture_output=True, check=False, encoding="utf-8"
        )
    except OSError as error:
        sys.stderr.write(f"{words[0]}: cannot be run: {error.strerror}\n")
        sys.exit(2)
    if not ran.stdout:
        name = folder.name
        sys.stderr.write(f"{name}: nothing printed, ended with {ran.returncode}\n{ran.stderr}")
        sys.exit(2)
    return read(ran.stdout)


def main() -> int:
    """Run cases and say what differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--case", default="*", help="only folders of such a name")
    parser.add_argument("--list", action="store_true", help="count the cases, try nothing")
    parser.add_argument("command", nargs="*", default=DABIAO)
    asked = parser.parse_args()
    cases = checked = 0
    wrong: set[str] = set()
    for folder in sorted(CASES.iterdir()):
        if fnmatch.fnmatch(folder.name, asked.case):
            wanted = read((folder / "expected.csv").read_text("utf-8"))
            checked += len(wanted)
            cases += (here := len({rule for rule, _, _ in wanted}))
            told = [] if asked.list else list(differences(wanted, judged(asked.command, folder)))
            wrong |= {f"{folder.name} {line.partition(' ')[0]}" for line in told}
            print(f"{folder.name}: {here} cases, {len(wanted)} findings", *told, sep="\n  ")
    print(f"{cases} cases, {checked} findings, {len(wrong)} cases wrong")
    return 1 if wrong or not checked else 0


if __name__ == "__main__":
    sys.exit(main())
