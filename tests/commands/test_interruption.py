"""Ctrl-C, kills and sets of files: nothing half, and one line that says so."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dabiao.reports.file_sets import clear_left, file_set, part_of
from tests.commands.conftest import facts

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
WRITE = (
    "import os, signal, sys, time\n"
    "from pathlib import Path\n"
    "from dabiao.reports.file_sets import part_of\n"
    "with part_of(Path(sys.argv[1])) as part:\n"
    "    part.write_text('half')\n"
    "    os.kill(os.getpid(), signal.SIGKILL)\n"
)


def test_nothing_interrupts_a_program_on_its_way_out() -> None:
    """What is done stays done: asked to end while Python cleans up, it ends as it was to."""
    asked = (
        "import atexit, os, signal; atexit.register(lambda: os.kill(os.getpid(), signal.SIGINT));"
    )
    claims = "from dabiao.reports.terminal.interruption import end_at_once; end_at_once();"
    ended = subprocess.run(
        [sys.executable, "-c", f"{asked} {claims} raise SystemExit(1)"],
        capture_output=True,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (1, b"")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_it_is_told_as_it_can_be_read(encoding: str) -> None:
    """The line comes in the encoding that all other messages have."""
    asked = (
        "import os, signal; from dabiao.reports.terminal.interruption import end_at_once;"
        " end_at_once(); os.kill(os.getpid(), signal.SIGINT)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": encoding},
    )

    assert (ended.returncode, ended.stderr) == (130, "已中断\n".encode(encoding))


@pytest.mark.parametrize("after", [0.05, 0.15, 0.3, 0.6, 1.0, 1.5])
def test_ctrl_c_at_any_time(
    tmp_path: Path, pack: Path, submit: Callable[..., str], after: float
) -> None:
    """It ends with 130 and one line, or it was done already; nothing half is left."""
    assert pack.is_dir()
    submit(facts(46))
    started = (
        "from dabiao.reports.terminal.interruption import end_at_once; end_at_once(); print('on');"
    )
    process = subprocess.Popen(
        [
            *(sys.executable, "-u", "-c"),
            f"{started} from dabiao.cli import app; app()",
            *("check", "facts.json", "--rules", "pack", "--no-builtin", "-o", "run.json"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=tmp_path,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "on\n"
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=120)

    assert "Traceback" not in told
    if process.returncode != 1:  # it found what it was to find
        assert process.returncode == 130
        assert told.splitlines()[-1].strip() == "已中断"
    assert list(tmp_path.glob(".dabiao-*")) == []


def test_what_a_killed_write_left(tmp_path: Path) -> None:
    """The next write into the folder removes it, and nothing that is still being written."""
    target = tmp_path / "run.json"
    killed = subprocess.run([sys.executable, "-c", WRITE, str(target)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(tmp_path.glob(".dabiao-*.part"))) == 1
    foreign = tmp_path / ".dabiao-0123456789ab-otherone-1.part"
    foreign.write_text("of another machine")

    with part_of(tmp_path / "other.json") as part:
        part.write_text("mine")
        clear_left(tmp_path)
        assert sorted(tmp_path.iterdir()) == sorted([part, foreign])
    assert list(tmp_path.iterdir()) == [foreign]


def test_a_set_appears_whole(tmp_path: Path) -> None:
    """Where one of several files fails, none is put in place, and what was there stays."""
    (tmp_path / "a").write_text("before")

    def fail() -> None:
        with file_set(tmp_path) as files:
            files.place(tmp_path / "a").write_text("after")
            raise ValueError("b")

    with pytest.raises(ValueError, match="b"):
        fail()
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "before"

    with file_set(tmp_path) as files:
        for name in ("a", "b", "c"):
            files.place(tmp_path / "new" / name).write_text("after")
        files.place(tmp_path / "never written")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "a", "b", "c", "new"]


def test_a_set_that_was_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the program dies while the files take their places, a file says so; the next clears it."""
    replace = Path.replace

    def die(self: Path, target: Path) -> Path:
        if target.name == "b":
            raise KeyboardInterrupt
        return replace(self, target)

    def write() -> None:
        with file_set(tmp_path) as files:
            for name in ("a", "b"):
                files.place(tmp_path / name).write_text(name)

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        write()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "未写完.txt"]

    monkeypatch.setattr(Path, "replace", replace)
    write()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.parametrize("place", ["nowhere/run.json", "x" * 300 + ".json"], ids=["folder", "name"])
def test_a_place_that_cannot_be(
    tmp_path: Path, pack: Path, submit: Callable[..., str], place: str
) -> None:
    """A folder that is not there and a name that is too long are the user's surroundings: 74."""
    assert pack.is_dir()
    submit(facts(46))
    command = [sys.executable, "-m", "dabiao", "check", "facts.json", "--rules", "pack"]
    ended = subprocess.run(
        [*command, "--no-builtin", "-o", place],
        capture_output=True,
        check=False,
        encoding="utf-8",
        cwd=tmp_path,
    )

    assert ended.returncode == 74
    assert len(ended.stderr.splitlines()) == 1
