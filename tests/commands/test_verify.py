"""Whether a run holds: it is judged again, and whatever differs is told."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import DOCUMENT, Call, facts

OTHER = """\
# language: zh-CN
功能: 另一份文件
  背景:
    假如 依据文件"other"
    而且 使用"plan"的数据项

  @doctor
  规则: 学校有校医
    背景:
      假如 出处"第一章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 有校医 应为"是"
"""
WITH = ("--rules", "pack", "--no-builtin")


@pytest.fixture
def run(tmp_path: Path, pack: Path, submit: Callable[..., str], call: Call) -> Path:
    """Judge a submission with a violation, and keep the run."""
    assert pack.is_dir()
    submit(facts(46))
    call("check", "facts.json", *WITH, "-o", "run.json")
    return tmp_path / "run.json"


def test_it_holds(run: Path, call: Call) -> None:
    """With the same rules and facts it comes out the same, whichever engine judged then."""
    assert run.exists()
    result = call("verify", "run.json", *WITH)
    assert (result.exit_code, result.stdout) == (0, "再考核一遍，结果相同\n")

    call("check", "facts.json", *WITH, "--engine", "columnar", "-o", "run.json", "--force")
    assert call("verify", "run.json", *WITH).exit_code == 0


def test_a_narrowed_run_holds(run: Path, call: Call) -> None:
    """What was asked for, and what was taken from it later, is judged again."""
    other = run.with_name("other")
    other.mkdir()
    (other / "document.yaml").write_text(DOCUMENT.replace("id: plan", "id: other"), "utf-8")
    (other / "doctors.feature").write_text(OTHER, "utf-8")
    both = (*WITH, "--rules", "other")
    call("check", "facts.json", *both, "--outcome", "达标", "-o", "some.json")
    call("report", "some.json", "--document", "other", "--area", "150602", "-o", "part.json")

    for each in ("some.json", "part.json"):
        assert call("verify", each, *both).stdout == "再考核一遍，结果相同\n"


def test_facts_that_were_moved(run: Path, call: Call, tmp_path: Path) -> None:
    """Files are known by what is in them, not by where they lie."""
    assert run.exists()
    (tmp_path / "facts.json").rename(tmp_path / "moved.json")
    assert call("verify", "run.json", "moved.json", *WITH).exit_code == 0


def test_facts_in_a_folder(call: Call, run: Path, tmp_path: Path) -> None:
    """A run names files as they lie in the folder that was given; they are found there again."""
    assert run.exists()
    (tmp_path / "given").mkdir()
    (tmp_path / "facts.json").rename(tmp_path / "given" / "facts.json")
    (tmp_path / "facts.json").write_text("[]", "utf-8")
    call("check", "given", *WITH, "-o", "run.json", "--force")

    assert json.loads(run.read_text("utf-8"))["facts"][0]["file"] == "facts.json"
    assert call("verify", "run.json", *WITH).exit_code == 0


def test_facts_that_changed(run: Path, call: Call, submit: Callable[..., str]) -> None:
    """A file that is not the one of then, and each finding that comes out otherwise, is told."""
    assert run.exists()
    submit(facts(45))
    result = call("verify", "run.json", *WITH)

    assert result.exit_code == 1
    assert result.stdout.count("填报数据 facts.json") == 2
    assert "当时未达标，现在达标" in result.stdout


def test_rules_that_changed(run: Path, call: Call, pack: Path) -> None:
    """So is another hash of the rules."""
    assert run.exists()
    for file in pack.rglob("*.feature"):
        file.write_text(file.read_text("utf-8").replace("45人", "47人"), "utf-8")
    result = call("verify", "run.json", *WITH)

    assert result.exit_code == 1
    assert "规则不同" in result.stdout


def test_a_run_that_was_touched(run: Path, call: Call) -> None:
    """A finding that somebody changed, removed or made up is found."""
    stored = json.loads(run.read_text("utf-8"))
    first = stored["findings"][0]
    first["outcome"] = "compliant"
    stored["findings"].append({**first, "subject": "x"})
    run.write_text(json.dumps(stored), "utf-8")
    result = call("verify", "run.json", *WITH)

    assert result.exit_code == 1
    assert "当时达标，现在未达标" in result.stdout
    assert "现在没有这条结论" in result.stdout


def test_counts_that_were_touched(run: Path, call: Call) -> None:
    """Whoever changes what is counted, or says a finding twice, is found out too."""
    stored = json.loads(run.read_text("utf-8"))
    counted = {**stored, "summary": {**stored["summary"], "violation": 0}}
    twice = {**stored, "findings": stored["findings"] * 2}
    for told, said in ((counted, "结论数"), (twice, "当时有 2 条")):
        run.write_text(json.dumps(told), "utf-8")
        result = call("verify", "run.json", *WITH)

        assert (result.exit_code, said in result.stdout) == (1, True)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[" * 100_000, '{"schema": "dabiao.run/2", "findings": 5}', "\x00"],
    ids=range(5),
)
def test_what_is_no_run(tmp_path: Path, call: Call, text: str) -> None:
    """It is one message, whatever it is."""
    (tmp_path / "run.json").write_text(text, "utf-8")
    result = call("verify", "run.json", *WITH)

    assert result.exit_code == 3
    assert "not-a-run" in result.stderr
