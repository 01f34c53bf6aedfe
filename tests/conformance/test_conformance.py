"""The cases of conformance/: passed by the engines, by the naive evaluator and by the command."""

import sys
from pathlib import Path

import pytest

from conformance.run import CASES, DABIAO, OPEN, Findings, differences, judged, main
from dabiao.engine.judge import EngineChoice, judge
from dabiao.engine.judging.durable import is_installed
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import Severity
from tests import figures
from tests.conformance.judging import row, wrong
from tests.conformance.reading import expected, given
from tests.engine.naive import judge as by_the_page

NAMES = sorted(case.name for case in CASES.iterdir())
BY_HAND = (
    *("1-moves", "1-parents", "4-eight-readings", "4-eight-readings-chosen"),
    *("4-many-readings", "4-many-readings-chosen", "4-many-readings-negative"),
    *("4-many-readings-baseline", "4-many-readings-small-steps"),
)
"""Of which the naive evaluator knows nothing, or for which it takes long."""
durable = pytest.mark.skipif(not is_installed(), reason="durable-rules cannot be used here")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "engine", [EngineChoice.COLUMNAR, pytest.param(EngineChoice.DURABLE, marks=durable)]
)
def test_engines(name: str, engine: EngineChoice) -> None:
    """Each engine gives exactly the findings that are expected."""
    assert wrong(*given(name), expected(name), engine) == []


@pytest.mark.parametrize("name", [name for name in NAMES if name not in BY_HAND])
def test_the_page(name: str) -> None:
    """So does the evaluator that restates the page, which is where they come from."""
    catalog, facts = given(name)
    years = {int(year) for level in facts.levels.values() for year in level.year}
    found: Findings = {
        (each.rule, each.subject, str(each.year)): row(
            each.outcome, (each.observed, each.bound, each.upper, each.gap)
        )
        for each in by_the_page(catalog, facts, years)
        if not catalog.rules[each.rule].document.on_request
    }

    assert list(differences(expected(name), found)) == []


TOLD = sorted(path.parent.name for path in CASES.glob("*/told.csv"))


def told_of(name: str) -> dict[str, str]:
    """Give of each subject the gravest that is told of it: an error, a warning or a note."""
    catalog, facts = given(name)
    notes = judge(catalog, facts, every_year=True).notes()
    told = [(each.subject, "note") for each in facts.notes]
    told += [(each.subject, "note") for each in notes]
    told += [
        (each.subject, each.severity.value)
        for severity in (Severity.WARNING, Severity.ERROR)
        for each in facts.problems
        if each.severity is severity
    ]
    return {code: how for code, how in told if code is not None}


@pytest.mark.parametrize("name", TOLD)
def test_what_is_told(name: str) -> None:
    """Whoever is not taken as the facts have it is told of, and nobody else."""
    table = (CASES / name / "told.csv").read_text("utf-8")

    assert told_of(name) == dict(line.split(",") for line in table.splitlines()[1:])
    assert len(TOLD) >= 4


@pytest.mark.parametrize("name", ["2-ratio", "4-between", "6-own"])
def test_command(name: str) -> None:
    """The command line prints them, and the runner finds them there."""
    assert list(differences(expected(name), judged(DABIAO, CASES / name))) == []


def test_cases_are_many_and_decided() -> None:
    """There are cases for all sections that judge, of every outcome, and most are decided."""
    findings = [each for name in NAMES for each in expected(name).values()]
    cases = {(name, rule) for name in NAMES for rule, _, _ in expected(name)}

    counted = f"{len(cases):,} cases, {len(findings):,} findings"
    figures.write("cases", counted)
    assert figures.written("cases") == counted
    assert {name[0] for name in NAMES} == set("123456")
    assert {each["outcome"].replace(" ", "_") for each in findings} == set(Outcome)
    assert len(cases) >= 300
    assert len(findings) > 4000
    assert sum(each["outcome"] not in OPEN for each in findings) > len(findings) / 2


def test_a_wrong_answer_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A program that answers otherwise, too little or too much is told of, finding by finding."""
    table = (CASES / "6-own" / "expected.csv").read_text("utf-8").splitlines(keepends=True)
    compliant = next(at for at, line in enumerate(table) if ",compliant," in line)
    table[compliant] = table[compliant].replace(",compliant,", ",violation,")
    told = tmp_path / "told.csv"
    told.write_text("".join([*table[:-1], "plan/own,nobody,2025,compliant,1,1,,\n"]), "utf-8")
    printing = "import sys; print(open(sys.argv[1], encoding='utf-8').read())"
    command = [sys.executable, "-c", printing, str(told)]
    monkeypatch.setattr(sys, "argv", ["run.py", "--case", "6-own", "--", *command])

    assert main() == 1
    printed = capsys.readouterr().out
    assert "outcome is violation, not compliant" in printed
    assert printed.count("no finding") == 1
    assert "nobody 2025: a finding that is not expected" in printed
    assert "5 cases, 50 findings, 3 cases wrong" in printed


def test_a_command_that_cannot_be_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A program that is not there is named, and is no case that went wrong: the end is 2."""
    monkeypatch.setattr(sys, "argv", ["run.py", "--case", "6-own", "--", "no-such-program"])

    with pytest.raises(SystemExit) as end:
        main()

    assert end.value.code == 2
    assert "no-such-program: cannot be run" in capsys.readouterr().err
