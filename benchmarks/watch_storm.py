"""A folder of hundreds of workbooks under another program: ``… watch_storm FOLDER MINUTES [SEED]``.

Another program saves workbooks of the folder at random: at once, bit by bit, by way of another
name; it deletes and renames them, puts beside them what office programs leave, writes damaged ones,
takes all of them away. A session of ``dabiao watch`` sees to it, and is killed half-way and begun
again. In the end its report, and all changes that it told since, are compared with a fresh check.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from benchmarks.watching import EXAMPLES, other

COPIES = 30
"""Prefectures that the ten workbooks of the example are repeated for."""
SETTLED = 20.0
"""Seconds without a word and a report after which the session has told everything."""
NOTHING = "not_applicable"
COUNTY = "150602-东胜区.xlsx"
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


def versions() -> tuple[Bytes, Bytes]:
    """Make two versions of each workbook; some of them are alike."""
    example = EXAMPLES / "ordos-2025"
    with tempfile.TemporaryDirectory() as made:
        changed = Path(made, "changed.xlsx")
        other(example / COUNTY, changed)
        second = changed.read_bytes()
    one: Bytes = {}
    two: Bytes = {}
    for path in sorted(example.glob("*.xlsx")):
        for at in range(COPIES):
            prefecture = f"15{at + 6:02}"
            name = prefecture + path.name[4:]
            one[name] = recoded(path.read_bytes(), prefecture)
            two[name] = recoded(second, prefecture) if path.name == COUNTY else one[name]
    return one, two


class Storm:
    """The other program."""

    def __init__(self, folder: Path, both: tuple[Bytes, Bytes], dice: random.Random) -> None:
        self._folder = folder
        self._both = both
        self._dice = dice
        self._names = sorted(both[0])
        self._lively = [name for name in self._names if both[0][name] != both[1][name]]
        self.done: Counter[str] = Counter()

    def step(self) -> None:
        """Do something, and wait a little."""
        deed: Callable[[Path, bytes], None] = self._dice.choice(
            [self.save, self.save, self.half, self.beside, self.delete, self.rename, self.damage,
             self.litter, self.folder]
        )  # fmt: skip
        name = self._dice.choice(self._lively if self._dice.random() < 0.7 else self._names)
        self.done[deed.__name__] += 1
        deed(self._folder / name, self._dice.choice(self._both)[name])
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


def told_onto(now: dict[tuple[str, str, int], str], told: Path) -> int:
    """Add the changes that were told to verdicts; count those that began with another one."""
    odd = 0
    for line in told.read_text("utf-8").splitlines():
        change = json.loads(line)
        before, after = change["before"], change["after"]
        key = (change["rule"], change["subject"], (after or before)["year"])
        was, is_now = (NOTHING if each is None else each["outcome"] for each in (before, after))
        odd += now.get(key, NOTHING) != was
        now[key] = is_now
        if is_now == NOTHING:
            del now[key]
    return odd


def settle(report: Path, told: Path) -> None:
    """Wait until the session is silent, and its report as new as what it told last."""
    begun = last = monotonic()
    state: object = None
    while monotonic() - begun < 60 * SETTLED and monotonic() - last < SETTLED:
        sleep(1)
        times = [each.stat().st_mtime_ns for each in (told, report) if each.is_file()]
        if times != state or (times and times[-1] < times[0]):
            state, last = times, monotonic()


def session(folder: Path, report: Path, told: Path) -> "subprocess.Popen[bytes]":
    """Begin to watch."""
    words = [sys.executable, "-m", "dabiao", "watch", str(folder), "--as-of", "2025"]
    with told.open("ab") as file:
        return subprocess.Popen(  # noqa: S603 - ourselves
            [*words, "-o", str(report), "--force", "--format", "jsonl"], stdout=file
        )


def main() -> None:
    """Let it storm, and compare."""
    work, minutes = Path(sys.argv[1]), float(sys.argv[2])
    dice = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    folder, report, told = work / "facts", work / "state.json", work / "told.jsonl"
    since = work / "first.json"
    shutil.rmtree(work, ignore_errors=True)
    folder.mkdir(parents=True)
    both = versions()
    for name, content in both[0].items():
        (folder / name).write_bytes(content)
    check = [sys.executable, "-m", "dabiao", "check", str(folder), "--as-of", "2025", "--force"]
    subprocess.run([*check, "-o", str(work / "first.json")], check=False, stderr=-3)  # noqa: S603
    watching = session(folder, report, told)
    storm = Storm(folder, both, dice)
    begun, killed = monotonic(), False
    while monotonic() - begun < minutes * 60:
        storm.step()
        if not killed and report.is_file() and monotonic() - begun > minutes * 30:
            watching.kill()
            watching.wait()
            shutil.copyfile(report, since)  # what has come out otherwise since then is told first
            told = work / "told-since.jsonl"
            watching, killed = session(folder, report, told), True
        if watching.poll() is not None:
            sys.exit(f"the session ended with {watching.returncode}")
    settle(report, told)
    watching.terminate()
    watching.wait()
    subprocess.run([*check, "-o", str(work / "fresh.json")], check=False, stderr=-3)  # noqa: S603
    fresh, kept, now = (
        outcomes(work / "fresh.json"),
        outcomes(report),
        outcomes(since),
    )
    odd = told_onto(now, told)
    print(f"{sum(storm.done.values())} deeds {dict(storm.done)}, killed and begun again: {killed}")
    print(
        f"{len(fresh):,} findings; the report is", "the same" if kept == fresh else "NOT the same"
    )
    print("what was told adds up" if now == fresh else "what was told does NOT add up", odd)


if __name__ == "__main__":
    main()
