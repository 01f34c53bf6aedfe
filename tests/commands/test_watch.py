"""``dabiao watch``: what changed is said at once, and a report is kept current."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Call, facts


@pytest.fixture
def folder(tmp_path: Path, submit: Callable[..., str], pack: Path) -> Path:
    """Make a folder of facts."""
    assert pack.is_dir()
    made = tmp_path / "facts"
    made.mkdir()
    submit(facts(45), "facts/facts.json")
    return made


def test_once_tells_what_changed_since(
    call: Call, folder: Path, submit: Callable[..., str]
) -> None:
    """A script that looks once keeps a run, and is told what came out otherwise the next time."""
    words = ("watch", folder.name, "--no-builtin", "--rules", "pack", "--once", "-o", "run.json")
    first = call(*words)
    submit(facts(46), "facts/facts.json")
    again = call(*words)
    second = call(*words, "--force")
    submit(facts(44), "facts/facts.json")
    lines = call(*words, "--force", "--format", "jsonl")

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert "已考核" in first.stdout
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert "1 条结论变了" in second.stdout
    assert "达标 → 未达标（45人 → 46人）" in second.stdout
    assert "数据变了：2025年班级人数 45 → 46 [facts.json 班级 [0].班级人数]" in second.stdout
    assert lines.exit_code == 0
    change = json.loads(lines.stdout)
    assert (change["before"]["outcome"], change["after"]["outcome"]) == ("violation", "compliant")
    run = json.loads(Path("run.json").read_text("utf-8"))
    assert run["summary"]["violation"] == 0
    fresh = call(
        *("check", "facts", "--no-builtin", "--rules", "pack", "--format", "json"),
    )
    assert json.loads(fresh.stdout) == run


def test_a_report_among_the_facts_is_refused(call: Call, folder: Path) -> None:
    """It would be read as facts, and be a change of its own."""
    result = call("watch", folder.name, "--once", "-o", f"{folder.name}/page.html")

    assert result.exit_code == 2
    assert "写到别处" in result.stderr
    assert not (folder / "page.html").exists()


def test_nothing_to_read(call: Call, pack: Path, tmp_path: Path) -> None:
    """An empty folder, looked at once, ends as a check of it does."""
    (tmp_path / "empty").mkdir()
    result = call("watch", "empty", "--no-builtin", "--rules", pack.name, "--once")

    assert result.exit_code == 3
    assert "文件夹里没有填报数据" in result.stderr


def test_without_watchfiles(call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever lacks it is told how to get it, and that looking once does without."""
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = call("watch", folder.name)

    assert result.exit_code == 2
    assert "pip install 'dabiao[watch]'" in result.stderr
    assert "--once" in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_session(folder: Path, submit: Callable[..., str], tmp_path: Path) -> None:
    """A file that is saved is judged, a broken one stands as it was, and Ctrl-C ends with 130."""
    words = ("watch", folder.name, "--no-builtin", "--rules", "pack", "-o", "page.html")
    process = subprocess.Popen(
        [sys.executable, "-m", "dabiao", *words, "--lang", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=tmp_path,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert "judged" in process.stdout.readline()
    assert "compliant 2" in process.stdout.readline()

    submit(facts(46), "facts/next.part")
    (folder / "next.part").replace(folder / "facts.json")
    told = [process.stdout.readline() for _ in range(4)]
    assert "1 verdict changed" in told[0]
    assert "compliant → violation (45 people → 46 people)" in told[1]
    assert "45 → 46 [facts.json" in told[2]

    (folder / "facts.json").write_text('{"学校": [', "utf-8")
    while "being saved" not in process.stderr.readline():
        pass
    submit(facts(44), "facts/facts.json")
    assert "1 verdict changed" in process.stdout.readline()
    assert "violation → compliant" in process.stdout.readline()

    while not (tmp_path / "page.html").exists():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    assert list(tmp_path.glob(".dabiao-*")) == []
