"""Every command, with streams that are closed, full or left, and stopped at any moment."""

import contextlib
import io
import json
import os
import random
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dabiao.schemas.language import language, speaking
from tests.commands.conftest import facts
from tests.commands.forks import Ended, Job
from tests.typed import typed

pytestmark = pytest.mark.skipif(os.name == "nt", reason="streams and signals of POSIX")

THOROUGH = "HYPOTHESIS_PROFILE" in os.environ
OWN = ("--rules", "pack", "--no-builtin")
OLD, NEW = ("old.json", *OWN), ("new.json", *OWN)
CASE = "2025-6KQB3-9V7G4"
"""The case of the class with 46 pupils."""
USAGE = ("seal-key", "other", "--passphrase")
"""Is asked for what nobody types."""
CLOSING = ("cases", "close", CASE, "--by", "甲")
"""Of a case of which nobody has said anything yet."""
SERVING = ("rules", "serve", "--no-builtin")
ASKING = {USAGE, CLOSING, SERVING}
"""Those that may end with 2."""
NEW_RULE = (
    *("rules", "new", "plan/x", "--place", "第三章", "--level", "班级", "--timing", "长期执行"),
    *("--norm", "班级人数 应不高于 40人", *OWN),
)
EVERY: tuple[tuple[str, ...], ...] = (
    ("--version",),
    ("check", *NEW),
    ("watch", *NEW, "--once", "--format", "jsonl"),
    ("report", "run.json"),
    ("compare", "before.json", "run.json"),
    ("trend", "before.json", "run.json"),
    ("explain", "plan/primary-class-size", "150602001001", *NEW),
    ("verify", "run.json", *NEW),
    ("seal", "run.json", *NEW, "--key", "office.key", "--force"),
    ("seal-check", "run.json.seal", *NEW, "--public", "office.pub"),
    USAGE,
    ("template", "--year", "2025", "-o", "x.xlsx", *OWN),
    ("schema", "facts"),
    ("init", "work", "--document", "plan", *OWN),
    ("facts", "validate", "bad.json", *OWN),
    ("facts", "quality", *NEW),
    ("facts", "visits", *NEW, "--share", "50%", "--seed", "1"),
    ("facts", "roster", *NEW),
    ("facts", "completeness", *NEW),
    ("facts", "ask", *NEW),
    ("facts", "diff", "old.json", *NEW),
    ("facts", "map", "foreign.csv", *OWN, "--level", "school", "--year", "2025"),
    ("facts", "table", "无", *NEW),
    ("cases", "open", "run.json", "--by", "甲"),
    ("cases", "list"),
    ("cases", "show", CASE),
    ("cases", "update", CASE, "--by", "甲", "--progress", "已分班"),
    CLOSING,
    ("cases", "import", "new.json", "--by", "甲"),
    ("cases", "attach", "foreign.csv", CASE, "--by", "甲"),
    ("cases", "lint"),
    ("cases", "bundle", "run.json", "-o", "x.zip"),
    ("cases", "follow", "150602001001", "150602001002", "--by", "甲"),
    ("cases", "measures", "list"),
    ("rules", "list", *OWN),
    ("rules", "show", "plan/primary-class-size", *OWN),
    ("rules", "lint", "pack", "--no-builtin"),
    ("rules", "test", *OWN),
    ("rules", "mutate", *OWN),
    ("rules", "conflicts", *OWN),
    ("rules", "coverage", "--document", "plan", "--text", "plan.txt", *OWN),
    ("rules", "docs", *OWN),
    ("rules", "steps"),
    SERVING,
    NEW_RULE,
)
SETS: tuple[tuple[str, ...], ...] = (
    ("check", *NEW, "-o", "x.json", "-o", "x.csv", "-o", "x.xlsx", "--force"),
    ("facts", "validate", "bad.json", *OWN, "--annotate", "x"),
    ("template", "--year", "2025", "-o", "x", *OWN, "--split-by", "school", "--roster", "new.json"),
    ("cases", "open", "run.json", "--by", "甲"),
    ("cases", "bundle", "run.json", "-o", "x.zip"),
    (*NEW_RULE, "-o", "x.feature"),
)
"""Commands that write, several files mostly."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder in which every command has something to do."""
    from tests.commands import conftest as small

    made = tmp_path_factory.mktemp("office")
    (made / "pack").mkdir()
    (made / "pack" / "document.yaml").write_text(small.DOCUMENT, "utf-8")
    (made / "pack" / "places.csv").write_text(small.PLACES, "utf-8")
    (made / "pack" / "classes.feature").write_text(small.FEATURE, "utf-8")
    (made / "plan.txt").write_text("到2025年，小学每班不超过45人。\n", "utf-8")
    (made / "foreign.csv").write_text("代码,名称,人数\n1506020010,一小,45\n", "utf-8")
    for name, of in (("old", facts(44)), ("new", facts(46)), ("bad", {"学校": [{"代码": 5}, 5]})):
        (made / f"{name}.json").write_text(json.dumps(of, ensure_ascii=False), "utf-8")
    prepared = [
        ("check", *OLD, "-o", "before.json"),
        ("check", *NEW, "-o", "run.json"),
        ("cases", "open", "run.json", "--by", "甲"),
        ("seal-key", "office"),
        ("seal", "run.json", *NEW, "--key", "office.key"),
    ]
    with contextlib.chdir(made), speaking(language()):
        for command in prepared:
            typed(*command)
    return made


def job(folder: Path, command: tuple[str, ...], streams: str = "", by: int = 0) -> Job:
    """Say what is run."""
    after = random.random() * 1.5 if by else 0.0  # noqa: S311
    return Job(
        command=list(command), folder=str(folder), streams=streams.split(), signal=by, after=after
    )


def run(jobs: list[Job]) -> list[Ended]:
    """Run them, one after the other."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.commands.forks"],
        input=json.dumps(jobs),
        stdout=subprocess.PIPE,
        check=True,
        encoding="utf-8",
        cwd=Path(__file__).parents[2],
        timeout=600,
    )
    ended: list[Ended] = json.loads(done.stdout)
    return ended


HEARD = ("<&-", ">full", "<&- 2>&-", ">&- 2>full", "|gone")
"""Streams that differ from those of a shell in one way or two."""


def test_streams(office: Path) -> None:
    """Each ends as it does otherwise, or with 74 where what it has to say goes nowhere.

    What is said is the same where it can be said, and no reader who has left is complained of.
    """
    commands = [command for command in EVERY if THOROUGH or command in SOME]
    jobs = [job(office, command, how) for command in commands for how in ("", *HEARD)]
    every = iter(run(jobs))
    wrong = [
        f"{' '.join(command)} {how}: {said}"
        for command in commands
        for ordinary in [next(every)]
        for how in HEARD
        for said in amiss(command, how, ordinary, next(every))
    ]
    assert wrong == []


def amiss(command: tuple[str, ...], how: str, ordinary: Ended, found: Ended) -> list[str]:
    """Say what is not as it was to be expected with odd streams."""
    unheard = (">full" in how.split() or ">&-" in how.split()) and ordinary["stdout"]
    code = 74 if unheard else ordinary["code"]
    if command == SERVING and "<&-" in how:
        code = 2  # nobody can speak with it
    wrong = []
    if found["code"] != code or found["code"] not in {0, 1, 3, 4, 74, 2 * (command in ASKING)}:
        wrong.append(f"ended with {found['code']}, not {code}: {found['stderr'][-300:]}")
    if "Traceback" in found["stdout"] + found["stderr"]:
        wrong.append("a traceback")
    if unheard and "2>" not in how and not found["stderr"]:
        wrong.append("nothing is said")
    if how == "|gone" and found["stderr"] != ordinary["stderr"]:
        wrong.append(f"complains of the reader: {found['stderr']}")
    if how == "<&- 2>&-" and found["stdout"] != ordinary["stdout"]:
        wrong.append("says something else")
    return wrong


SOME = frozenset(
    command
    for command in EVERY
    if command[:1] in {("seal-key",), ("verify",), ("--version",)}
    or command[:2] in {("facts", "validate"), ("cases", "update"), ("rules", "serve")}
)
"""Those that are tried each time; HYPOTHESIS_PROFILE=thorough or random tries all."""
SIGNALS = [
    getattr(signal, name, signal.SIGINT) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGKILL")
]


def test_stops(office: Path) -> None:
    """Whenever a command is stopped, no file is half, and whoever asked is answered in a line.

    A kill may leave what was being written, which is known by its name.
    """
    times = 3 if THOROUGH else 1
    jobs = [job(office, command, by=by) for command in SETS for by in SIGNALS for _ in range(times)]
    wrong = [
        f"{' '.join(each['command'])} by {each['signal']} after {each['after']}: {said}"
        for each, found in zip(jobs, run(jobs), strict=True)
        for said in spoilt(signal.Signals(each["signal"]), found)
    ]
    assert wrong == []


def spoilt(by: signal.Signals, found: Ended) -> list[str]:
    """Say what is not as it has to be when a command was stopped."""
    wrong = [f"{name} is half" for name, held in found["files"].items() if half(name, held)]
    if by is signal.SIGKILL:
        return wrong
    wrong += [f"{name} is left" for name in found["files"] if ".dabiao-" in name]
    if found["code"] not in {0, 1, 3, 128 + by}:
        wrong.append(f"ended with {found['code']}: {found['stderr']}")
    told = found["stderr"].strip().splitlines()
    if found["code"] == 128 + by and told[-1:] != ["已中断"]:
        wrong.append(f"said {told}")
    return wrong


def half(name: str, held: str) -> bool:
    """Tell whether a file cannot be read as what its name says."""
    whole = bytes.fromhex(held)
    try:
        match Path(name).suffix:
            case ".json" if name != "bad.json":
                json.loads(whole)
            case ".xlsx" | ".zip":
                zipfile.ZipFile(io.BytesIO(whole)).testzip()
            case ".csv" | ".feature":
                return not whole.endswith(b"\n")
            case ".sqlite":
                return not whole.startswith(b"SQLite format 3") and whole != b""
            case _:
                return False
    except (ValueError, zipfile.BadZipFile):
        return True
    return False
