"""Whether a run holds: it is judged again, and whatever differs is told."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

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


def _touched(run: Path, touch: Callable[[dict[str, Any]], object]) -> None:
    stored = json.loads(run.read_text("utf-8"))
    touch(stored)
    run.write_text(json.dumps(stored), "utf-8")


def _passed(stored: dict[str, Any]) -> None:
    first = stored["findings"][0]
    stored["summary"][first["outcome"]] -= 1
    stored["summary"]["compliant"] += 1
    first["outcome"] = "compliant"


TOUCHED: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "outcome": (_passed, "当时达标，现在未达标"),
    "observed": (lambda of: of["findings"][0].update(observed=99), "observed：当时 99"),
    "reason": (lambda of: of["findings"][0]["reason"].update(best=True), "reason.best"),
    "cell": (lambda of: of["findings"][0]["inputs"][0].update(value=9), "inputs.1.value"),
    "name": (lambda of: of["subjects"][-1].update(name="某某"), "name：当时 某某"),
    "title": (lambda of: of["judged"][0].update(title="某某"), "title：当时 某某"),
    "hash of a rule": (lambda of: of["rules"].update(hashes={}), "规则 hashes."),
    "attendance": (lambda of: of["attendance"][0].update(reported=9), "reported：当时 9"),
    "note": (lambda of: of["notes"].append({"kind": "jump"}), "数据疑点"),
    "caveat": (lambda of: of["caveats"].append({"kind": "outside", "count": 3}), "须知"),
}


@pytest.mark.parametrize("what", TOUCHED)
def test_a_run_that_was_touched(run: Path, call: Call, what: str) -> None:
    """Whatever somebody changed in a file is found, be it a finding or a name in its head."""
    touch, said = TOUCHED[what]
    _touched(run, touch)
    result = call("verify", "run.json", *WITH)

    assert (result.exit_code, said in result.stdout) == (1, True), result.stdout


AS_WRITTEN: dict[str, tuple[Callable[[str], str], str]] = {
    "a name twice": (
        lambda of: of.replace(
            '"outcome":"violation"', '"outcome":"compliant","outcome":"violation"'
        ),
        '"outcome":"compliant","outcome":"violation"',
    ),
    "a name left out": (lambda of: re.sub('"options": .*\n', "", of), '读出来应写作 "options"'),
    "laid out otherwise": (lambda of: json.dumps(json.loads(of), indent=1, sort_keys=True), ""),
    "ends of lines": (lambda of: of.replace("\n", "\r\n"), ""),
}


@pytest.mark.parametrize("what", AS_WRITTEN)
def test_a_run_that_says_something_twice_or_not_at_all(run: Path, call: Call, what: str) -> None:
    """People may read another thing in it than programs do; how it is laid out is no matter."""
    change, said = AS_WRITTEN[what]
    before = run.read_text("utf-8")
    changed = change(before)
    assert changed != before
    run.write_bytes(changed.encode())
    result = call("verify", "run.json", *WITH)

    assert (result.exit_code, "不是写出时的样子" in result.stdout) == (bool(said), bool(said))
    assert said in result.stdout


UNREADABLE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "another record": lambda _: b"{}",
    "nested": lambda _: b"[" * 100_000,
    "nothing": lambda _: bytes(9),
    "cut off": lambda of: of[:-3],
    "another encoding": lambda of: of.decode().encode("utf-16"),
    "a mark at its beginning": lambda of: "\ufeff".encode() + of,
    "an older format": lambda of: of.replace(b"dabiao.run/2", b"dabiao.run/1"),
    "another count": lambda of: of.replace(b'"violation":1', b'"violation":0'),
    "no number": lambda of: of.replace(b'"observed":46', b'"observed":NaN'),
    "a number too large": lambda of: of.replace(b'"observed":46', b'"observed":4' + b"6" * 400),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_no_run(run: Path, call: Call, what: str) -> None:
    """What is no run, or none as it was written, is refused in one line, alike by all."""
    content = UNREADABLE[what](run.read_bytes())
    assert content != run.read_bytes()
    run.write_bytes(content)
    verified, reported = call("verify", "run.json", *WITH), call("report", "run.json")

    assert (verified.exit_code, verified.stderr.count("\n")) == (3, 1)
    assert (reported.exit_code, reported.stderr) == (3, verified.stderr)


def test_a_run_in_parquet_that_was_touched(run: Path, call: Call) -> None:
    """Columns that others count by are held to what the findings say."""
    call("check", "facts.json", *WITH, "-o", "run.parquet")
    assert call("verify", "run.parquet", *WITH).exit_code == 0

    path = run.with_suffix(".parquet")
    table = parquet.read_table(path)
    at = table.schema.get_field_index("unit")
    units = pa.array(["x"] * len(table)).dictionary_encode()
    parquet.write_table(table.set_column(at, "unit", units), path)
    assert "“unit”列第 1 行写的是 x" in call("verify", "run.parquet", *WITH).stdout

    parquet.write_table(table.drop_columns(["unit"]), path)
    assert call("verify", "run.parquet", *WITH).exit_code == 3


def test_files_under_other_names(run: Path, call: Call, tmp_path: Path) -> None:
    """What cells are called then does not make a difference."""
    (tmp_path / "facts.json").rename(tmp_path / "a.json")
    assert call("verify", run.name, "a.json", *WITH).exit_code == 0
