"""Addresses of a cluster: told as such by whoever reads and writes on this machine alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from dabiao.intake.files import is_address, path_here

Call = Callable[..., Result]
ROWS = "hdfs://host:8020/rows"


def test_whoever_reads_this_machine_names_the_engine_that_reads_addresses(
    call: Call, tmp_path: Path
) -> None:
    """In one message, with the address as it was given."""
    into = ("--as-of", "2025", "-o", str(tmp_path / "findings"))
    by_tree = call("check", ROWS, "--engine", "stream", *into)
    whole = call("check", ROWS)
    english = call("check", ROWS, "--lang", "en")

    assert (by_tree.exit_code, whole.exit_code, english.exit_code) == (2, 3, 3)
    for refused in (by_tree, whole, english):
        assert ROWS in refused.stderr
        assert "--engine spark --master" in refused.stderr
    assert "not a file or folder of this machine" in english.stderr


@pytest.mark.parametrize("engine", ["stream", "spark"])
def test_what_lies_at_an_address_of_this_machine_is_not_replaced(
    engine: str, call: Call, tmp_path: Path
) -> None:
    """Just as if its path had been given."""
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    into = ("--engine", engine, "--as-of", "2025", "-o", f"file://{tmp_path}")
    there = call("check", str(tmp_path), *into)
    foreign = call("check", str(tmp_path), *into, "--force")

    assert (there.exit_code, foreign.exit_code) == (2, 2)
    assert f"{tmp_path} 已存在" in there.stderr
    assert f"{tmp_path} 里不是检查结果" in foreign.stderr


def test_findings_go_to_an_address_by_spark_alone(call: Call, tmp_path: Path) -> None:
    """Others say so, with the address whole."""
    out = ("--as-of", "2025", "-o", "hdfs://host/findings")
    for engine in ("stream", "columnar"):
        refused = call("check", str(tmp_path), "--engine", engine, *out)

        assert refused.exit_code == 2
        assert "只有 --engine spark 能写到 hdfs://host/findings" in refused.stderr


def test_a_report_asks_for_findings_on_this_machine(call: Call) -> None:
    """And says how they get there."""
    refused = call("report", "hdfs://host/findings", "--area", "150602")

    assert refused.exit_code == 2
    assert "hdfs dfs -get" in refused.stderr


def test_an_address_is_no_path() -> None:
    """Nor is a drive, or what holds a colon, an address; file:// is both."""
    assert [path_here(each) for each in ("a/b", "c:/rows", "file:/a", "file:///a b/%20")] == [
        Path("a/b"), Path("c:/rows"), Path("/a"), Path("/a b/%20"),
    ]  # fmt: skip
    assert path_here("hdfs://host/a") is None
    assert [is_address(each) for each in ("s3a://b/c", "c:/rows", "学校:/x", "a/b://c")] == [
        True, False, False, False,
    ]  # fmt: skip
