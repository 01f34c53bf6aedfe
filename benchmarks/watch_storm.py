"""A folder of hundreds of workbooks under another program: ``… watch_storm FOLDER MINUTES [SEED]``.

Another program saves workbooks of the folder at random: at once, bit by bit, by way of another
name; it deletes and renames them, puts beside them what office programs leave, writes damaged ones,
takes all of them away, locks them. A session of ``dabiao watch`` sees to it. Now and then all is
still: then its report, and all changes that it told, are compared with a fresh check. Every other
time it was killed before, amid the storm, and begun again: it tells first what came out otherwise
than the report that it left.
"""

import io
import json
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import monotonic, sleep

import openpyxl

from benchmarks.watching import EXAMPLES

COPIES = 30
"""Prefectures that the ten workbooks of the example are repeated for."""
PATIENCE = 1200.0
"""Seconds within which a session has read everything, however busy the machine is."""
ROUNDS = 6
"""Times that all is still, and compared."""
NOTHING = "not_applicable"
VERSIONS, SHAKEN = 4, 60
"""Versions of each workbook of the example, and the numbers in which they differ from it."""
Bytes = dict[str, bytes]


def recoded(content: bytes, prefecture: str) -> bytes:
    """Give a workbook with the codes of another prefecture."""
    with tempfile.TemporaryDirectory() as made:
        old, new = Path(made, "old"), Path(made, "new")
        old.write_bytes(content)
        with zipfile.ZipFile(old) as read, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as put:
            for part in read.namelist():
                put.writestr(part, read.read(part).replace(b">1506", f">{prefecture}".encode()))
        return new.read_bytes()


def shaken(content: bytes, dice: random.Random) -> bytes:
    """Give a workbook some of whose numbers are others."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
        if not 2000 < cell.value < 2100  # a year
    ]
    for cell in dice.sample(cells, min(SHAKEN, len(cells))):
        cell.value = dice.choice([0, 1, round(cell.value * 3)])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def versions(dice: random.Random) -> list[Bytes]:
    """Make some versions of each workbook; those of other prefectures say the same."""
    found: list[Bytes] = [{} for _ in range(VERSIONS)]
    for path in sorted((EXAMPLES / "ordos-2025").glob("*.xlsx")):
        content = path.read_bytes()
        ours = [content, *(shaken(content, dice) for _ in range(VERSIONS - 1))]
        for at in range(COPIES):
            prefecture = f"15{at + 6:02}"
            name = prefecture + path.name[4:]
            for version, bytes_ in zip(found, ours, strict=True):
                version[name] = recoded(bytes_ if not at else content, prefecture)
    return found


class Storm:
    """The other program."""

    def __init__(self, folder: Path, versions_: Sequence[Bytes], dice: random.Random) -> None:
        self._folder = folder
        self._versions = versions_
        self._dice = dice
        self._names = sorted(versions_[0])
        self._lively = [n for n in self._names if versions_[0][n] != versions_[1][n]]
        self.done: Counter[str] = Counter()

    def step(self) -> None:
        """Do something, and wait a little."""
        deed: Callable[[Path, bytes], None] = self._dice.choice(
            [self.save, self.save, self.half, self.beside, self.delete, self.rename, self.damage,
             self.litter, self.folder, self.lock]
        )  # fmt: skip
        name = self._dice.choice(self._lively if self._dice.random() < 0.7 else self._names)
        self.done[deed.__name__] += 1
        deed(self._folder / name, self._dice.choice(self._versions)[name])
        sleep(self._dice.choice([0.0, 0.05, 0.3, 1.0, 3.0]))

    def save(self, path: Path, content: bytes) -> None:
        """Write in place."""
        path.write_bytes(content)

    def half(self, path: Path, content: bytes) -> None:
        """Write bit by bit, as over a slow network."""
        with path.open("wb") as file:
            for start in range(0, len(content), 1 + len(content) // 4):
                file.write(content[start : start + 1 + len(content) // 4])
                file.flush()
                sleep(self._dice.choice([0.01, 0.2, 0.8]))

    def beside(self, path: Path, content: bytes) -> None:
        """Write another file, and put it in the place of the first, as office programs do."""
        part = path.with_name(f"~${path.name}")
        part.write_bytes(content)
        path.unlink(missing_ok=True)
        sleep(self._dice.choice([0.0, 0.1, 0.5]))
        part.replace(path)

    def delete(self, path: Path, content: bytes) -> None:
        """Take a file away, for a while or for good."""
        path.unlink(missing_ok=True)
        if self._dice.random() < 0.7:
            sleep(self._dice.choice([0.1, 1.0, 3.0]))
            path.write_bytes(content)

    def rename(self, path: Path, content: bytes) -> None:
        """Call a file otherwise, and perhaps back."""
        to = path.with_name(f"改-{path.name}")
        if not path.exists():
            path.write_bytes(content)
        path.replace(to)
        if self._dice.random() < 0.8:
            sleep(self._dice.choice([0.0, 0.5, 2.5]))
            to.replace(path)

    def damage(self, path: Path, content: bytes) -> None:
        """Cut a file off, and mend it after a while or never."""
        path.write_bytes(content[: self._dice.randrange(len(content))])
        if self._dice.random() < 0.7:
            sleep(self._dice.choice([0.5, 3.0]))
            path.write_bytes(content)

    def litter(self, path: Path, content: bytes) -> None:
        """Leave what is no fact beside it."""
        path.with_name(f"~${path.name}").write_bytes(content[:165])
        path.with_name(f"{path.stem}.tmp").write_bytes(content[:1000])

    def lock(self, path: Path, content: bytes) -> None:
        """Keep others from reading a file for a while; whoever runs it as root reads it anyway."""
        path.write_bytes(content)
        path.chmod(0)
        sleep(self._dice.choice([0.1, 1.0, 4.0]))
        path.chmod(0o644)

    def folder(self, path: Path, content: bytes) -> None:
        """Take the whole folder away for a moment."""
        away = path.parent.with_name("away")
        path.parent.replace(away)
        sleep(self._dice.choice([0.05, 0.5]))
        away.replace(path.parent)
        path.write_bytes(content)


def outcomes(run: Path) -> dict[tuple[str, str, int], str]:
    """List what a run concludes of whom; of whom a rule does not apply to that is nothing."""
    found = json.loads(run.read_text("utf-8"))["findings"]
    return {
        (each["rule"], each["subject"], each["year"]): each["outcome"]
        for each in found
        if each["outcome"] != NOTHING
    }


def told_onto(now: dict[tuple[str, str, int], str], told: Iterable[str]) -> int:
    """Add the changes that were told to verdicts; count those that began with another one."""
    odd = 0
    for line in told:
        change = json.loads(line)
        before, after = change["before"], change["after"]
        key = (change["rule"], change["subject"], (after or before)["year"])
        was, is_now = (NOTHING if each is None else each["outcome"] for each in (before, after))
        odd += now.get(key, NOTHING) != was
        now[key] = is_now
        if is_now == NOTHING:
            del now[key]
    return odd


def files(run: Path) -> object:
    """List what a run read, by its hashes; None while there is no run."""
    return json.loads(run.read_text("utf-8"))["facts"] if run.is_file() else None


def settle(watching: "subprocess.Popen[bytes]", report: Path, fresh: Path) -> None:
    """Wait until a session has read what a fresh check read, and said so in its report."""
    begun, wanted = monotonic(), files(fresh)
    while files(report) != wanted:
        if watching.poll() is not None:
            sys.exit(f"the session ended with {watching.returncode}")
        if monotonic() - begun > PATIENCE:
            sys.exit("the session never read what a fresh check read")
        sleep(1)


def session(folder: Path, report: Path, told: Path) -> "subprocess.Popen[bytes]":
    """Begin to watch."""
    words = [sys.executable, "-m", "dabiao", "watch", str(folder), "--as-of", "2025"]
    with told.open("ab") as file:
        return subprocess.Popen(  # noqa: S603 - ourselves
            [*words, "-o", str(report), "--force", "--format", "jsonl"], stdout=file
        )


class Listener:
    """Whoever adds up the changes that are told."""

    def __init__(self, start: Path) -> None:
        self.now = outcomes(start)
        self.odd = self.told = 0
        self._read = 0

    def listen(self, told: Path) -> None:
        """Add what was told since."""
        lines = told.read_text("utf-8").splitlines()
        self.odd += told_onto(self.now, lines[self._read :])
        self.told += len(lines) - self._read
        self._read = len(lines)

    def begin_again(self, report: Path, told: Path) -> None:
        """Begin with what stands in the report of a session that was killed."""
        self.now, self._read = outcomes(report), len(told.read_text("utf-8").splitlines())


def main() -> None:
    """Let it storm, and compare."""
    work, minutes = Path(sys.argv[1]), float(sys.argv[2])
    dice = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    folder, report, told = work / "facts", work / "state.json", work / "told.jsonl"
    first, fresh = work / "first.json", work / "fresh.json"
    shutil.rmtree(work, ignore_errors=True)
    folder.mkdir(parents=True)
    made = versions(dice)
    for name, content in made[0].items():
        (folder / name).write_bytes(content)
    check = [sys.executable, "-m", "dabiao", "check", str(folder), "--as-of", "2025", "--force"]
    subprocess.run([*check, "-o", str(first)], check=False, stderr=-3)  # noqa: S603 - as above
    watching = session(folder, report, told)
    settle(watching, report, first)
    storm, listener = Storm(folder, made, dice), Listener(first)
    bad = kills = 0
    for number in range(ROUNDS):
        begun, killed = monotonic(), False
        while monotonic() - begun < minutes * 60 / ROUNDS:
            storm.step()
            if number % 2 and not killed and monotonic() - begun > minutes * 30 / ROUNDS:
                watching.kill()
                watching.wait()
                listener.begin_again(report, told)
                watching, killed = session(folder, report, told), True
                kills += 1
        subprocess.run([*check, "-o", str(fresh)], check=False, stderr=-3)  # noqa: S603 - as above
        settle(watching, report, fresh)
        listener.listen(told)
        right, kept = outcomes(fresh), outcomes(report)
        same, adds_up = kept == right, listener.now == right
        bad += not same or not adds_up
        print(
            f"{number + 1}: {len(right):,} verdicts; the report is {'' if same else 'NOT '}the"
            f" same; {listener.told:,} changes told, which {'add' if adds_up else 'do NOT add'} up",
            flush=True,
        )
    watching.terminate()
    watching.wait()
    print(f"{sum(storm.done.values())} deeds {dict(storm.done)}; killed and begun again {kills}x")
    print("odd changes:", listener.odd)
    sys.exit(1 if bad or listener.odd else 0)


if __name__ == "__main__":
    main()
