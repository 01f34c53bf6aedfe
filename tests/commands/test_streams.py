"""Streams that are closed, full, or left by whoever reads them."""

import io
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dabiao.cli import app
from dabiao.reports.terminal import progress
from tests.commands.conftest import Call, facts

pytestmark = pytest.mark.skipif(os.name == "nt", reason="streams of POSIX")

CHECK = ("check", "facts.json", "--rules", "pack", "--no-builtin")


@pytest.fixture
def shell(
    tmp_path: Path, pack: Path, submit: Callable[..., str]
) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Give a function that runs the program in a shell, in a folder with a violation."""
    assert pack.is_dir()
    submit(facts(46))

    def run(*arguments: str, to: str = "") -> "subprocess.CompletedProcess[str]":
        words = " ".join(f"'{word}'" for word in arguments)
        return subprocess.run(
            ["/bin/bash", "-c", f"{shlex.quote(sys.executable)} -m dabiao {words} {to}"],
            capture_output=True,
            check=False,
            encoding="utf-8",
            cwd=tmp_path,
            timeout=600,
        )

    return run


Shell = Callable[..., "subprocess.CompletedProcess[str]"]


class TestMessagesThatNobodyHears:
    """Messages that cannot be told change nothing of the result."""

    @pytest.mark.parametrize("to", ["2>&-", "2>/dev/full"])
    def test_check(self, shell: Shell, tmp_path: Path, to: str) -> None:
        """The table is printed, the file is written, and 1 means violations."""
        result = shell(*CHECK, "-o", "-", "-o", "run.json", to=to)

        assert result.returncode == 1
        assert "未达标 1" in result.stdout
        assert json.loads((tmp_path / "run.json").read_text("utf-8"))["findings"]

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("nonsense",), 2),
            (("check", "nowhere.json"), 3),
            (("check", "facts.json", "--rules", "nowhere"), 4),
            (("facts", "validate", "facts.json", "--rules", "pack", "--no-builtin"), 0),
        ],
        ids=lambda each: " ".join(each) if isinstance(each, tuple) else str(each),
    )
    def test_codes(self, shell: Shell, arguments: tuple[str, ...], code: int) -> None:
        """Every ending keeps its code."""
        assert shell(*arguments, to="2>&-").returncode == code


class TestResultsThatGoNowhere:
    """A result that cannot be written is an ending of its own."""

    @pytest.mark.parametrize(
        ("arguments", "to"),
        [
            (CHECK, ">&-"),
            (CHECK, ">/dev/full"),
            (CHECK, "<&- >&- 2>&-"),
            ((*CHECK, "--format", "json"), ">&- 2>&-"),
            (("explain", "plan/primary-class-size", "150602001001", *CHECK[1:]), ">/dev/full"),
            (("rules", "list"), "<&- >&-"),
            (("rules", "--help"), ">/dev/full"),
            (("--version",), ">&-"),
        ],
    )
    def test_standard_output(self, shell: Shell, arguments: tuple[str, ...], to: str) -> None:
        """It ends with 74 and a line that says so, and with no other code."""
        result = shell(*arguments, to=to)

        assert result.returncode == 74
        assert result.stdout == ""
        if "2>" not in to:
            assert "标准输出" in result.stderr
            assert "Traceback" not in result.stderr

    def test_the_files_are_written_all_the_same(self, shell: Shell, tmp_path: Path) -> None:
        """Of several places, one that fails does not keep the result from the others."""
        result = shell(*CHECK, "-o", "-", "-o", "run.json", "-o", "run.csv", to=">/dev/full")

        assert result.returncode == 74
        assert json.loads((tmp_path / "run.json").read_text("utf-8"))["findings"]
        assert "未达标" in (tmp_path / "run.csv").read_text("utf-8")

    @pytest.mark.parametrize("to", [">&-", "<&- >&- 2>&-"])
    def test_nothing_was_meant_for_it(self, shell: Shell, tmp_path: Path, to: str) -> None:
        """Where all goes to files, a closed standard output is not missed."""
        result = shell(*CHECK, "-o", "run.json", to=to)

        assert result.returncode == 1
        assert json.loads((tmp_path / "run.json").read_text("utf-8"))["findings"]

    def test_a_full_device(self, shell: Shell) -> None:
        """So does a file that cannot be written."""
        result = shell(*CHECK, "-o", "/dev/full", "--format", "json")

        assert result.returncode == 74
        assert "/dev/full" in result.stderr
        assert "Traceback" not in result.stderr


class TestReadersWhoHaveSeenEnough:
    """Whoever reads may go at any time; that is no ending of its own."""

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (CHECK, 1),
            (("explain", "plan/primary-class-size", "150602001001", *CHECK[1:]), 0),
            (("--help",), 0),
        ],
        ids=lambda each: " ".join(each) if isinstance(each, tuple) else str(each),
    )
    def test_codes(self, shell: Shell, arguments: tuple[str, ...], code: int) -> None:
        """The code is that of the check, and nothing complains."""
        result = shell(*arguments, to="| head -c 0; exit ${PIPESTATUS[0]}")

        assert (result.returncode, result.stderr) == (code, "")

    def test_files(self, shell: Shell, tmp_path: Path) -> None:
        """The files are written."""
        shell(*CHECK, "-o", "-", "-o", "run.json", to="| head -c 0")

        assert json.loads((tmp_path / "run.json").read_text("utf-8"))["findings"]


@pytest.mark.parametrize("command", [("check",), ("facts", "validate")], ids=" ".join)
def test_standard_input_that_is_closed(shell: Shell, command: tuple[str, ...]) -> None:
    """Facts that were to come from it cannot be read, and that is what is said."""
    result = shell(*command, "-", *CHECK[2:], to="<&-")

    assert result.returncode == 3
    assert "标准输入已关闭" in result.stdout + result.stderr


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_command_shows_what_it_does(
    call: Call, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal, on the error stream alone; in the end nothing is left of it."""
    del call  # which sets the language and the folder
    stream, results = _Terminal(), io.StringIO()
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(sys, "stdout", results)
    monkeypatch.setenv("TERM", "xterm")
    with pytest.raises(SystemExit):
        app(["rules", "test", "--rules", str(pack), "--no-builtin"])

    shown = stream.getvalue()
    assert "用例子证明规则" in shown
    assert "\x1b[" not in results.getvalue()
    assert shown.rpartition("\x1b[2K")[2].strip() == ""
