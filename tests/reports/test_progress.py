"""Progress: only for somebody who waits and looks."""

import io
import time

import pytest

from dabiao.reports.terminal import progress
from dabiao.reports.terminal.progress import ProgressDisplay, quiet


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_nobody_looks() -> None:
    """A stream that is no terminal gets nothing."""
    stream = io.StringIO()
    with ProgressDisplay(stream) as shown:
        shown("考核2025年", 0.5)
        shown.count("a.xlsx", 1, 3)

    assert stream.getvalue() == ""


def test_nobody_waits() -> None:
    """What is done within a second is not worth a word."""
    stream = Terminal()
    with ProgressDisplay(stream) as shown:
        shown("考核2025年", 0.5)

    assert stream.getvalue() == ""


def test_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long is told, and taken away when it is done."""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    with ProgressDisplay(stream) as shown:
        shown.count("a.xlsx", 1, 3)
        shown("考核2025年", 0.5)

    assert "a.xlsx 2/3" in stream.getvalue()
    assert "考核2025年" in stream.getvalue()
    assert "还要" in stream.getvalue()


def test_nobody_can_tell_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is told while it takes long, and nothing of it where nobody looks."""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    stream, file = Terminal(), io.StringIO()
    with ProgressDisplay(stream, "写入 a.html"):
        while "a.html" not in stream.getvalue():
            time.sleep(0.01)
    with ProgressDisplay(file, "写入 a.html"):
        pass

    assert file.getvalue() == ""


def test_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is further in tells in its place; whatever is printed takes it away."""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    hidden = "\x1b[2K"  # the line, cleared
    with ProgressDisplay(stream, "比较两次检查"):
        while "比较两次检查" not in stream.getvalue():
            time.sleep(0.01)
        with ProgressDisplay(stream) as inner:
            inner("读取 a.json", 0.5)
            while "读取 a.json" not in stream.getvalue():
                time.sleep(0.01)
        with quiet():
            before = stream.getvalue()
            stream.write("结果")
            time.sleep(0.2)
            assert stream.getvalue() == before + "结果"
        while stream.getvalue() == before + "结果":
            time.sleep(0.01)

    assert before.endswith(hidden)
    assert stream.getvalue().endswith(hidden)
