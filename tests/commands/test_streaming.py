"""Findings by the million: CSV, JSON lines and Parquet hold the same findings, some or all."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet
from typer.testing import Result

from dabiao.reports.run.parquet import arrow, writing

Call = Callable[..., Result]
EXAMPLES = str(Path(__file__).parents[2] / "examples" / "ordos-2025")
SOME = ("check", EXAMPLES, "--document", "ordos-145")
BANNER = ("--area", "150624")
"""One of nine banners: hundreds of findings, of those that are missing too."""
FORMATS = ("csv", "jsonl", "json", "parquet")
"""Those that are streamed."""


def written(
    call: Call, folder: Path, *options: str, formats: tuple[str, ...] = FORMATS
) -> dict[str, Path]:
    """Write a check in some formats."""
    folder.mkdir(exist_ok=True)
    files = {form: folder / f"found.{form}" for form in formats}
    named = [word for path in files.values() for word in ("-o", str(path))]
    result = call(*SOME, *options, *named, "--fail-on", "never")
    assert result.exit_code == 0, result.stderr
    return files


def test_all_formats_hold_the_same_findings(call: Call, tmp_path: Path) -> None:
    """Rule, subject, year, outcome and numbers are the same, in the same order."""
    files = written(call, tmp_path, *BANNER)
    run = json.loads(files["json"].read_text("utf-8"))["findings"]
    lines = [json.loads(line) for line in files["jsonl"].read_text("utf-8").splitlines()]
    rows = list(csv.reader(files["csv"].read_text("utf-8-sig").splitlines()))
    table = parquet.read_table(files["parquet"]).to_pylist()

    assert lines == run
    assert len(rows) - 1 == len(run) == len(table)
    for one, row in zip(run, table, strict=True):
        assert row["code"] == one["subject"]
        assert (row["year"], row["outcome"], row["gap"]) == (
            one["year"],
            one["outcome"],
            one.get("gap"),
        )
        if row["observed_text"] is None:
            assert row["observed"] == one.get("observed")
        else:
            assert row["observed_text"] == str(one["observed"]).lower()


def test_only_some_outcomes_are_written(call: Call, tmp_path: Path) -> None:
    """--outcome narrows every format, and the counts stay those of all."""
    every = written(call, tmp_path / "all", *BANNER, formats=("json",))
    whole = json.loads(every["json"].read_text("utf-8"))
    files = written(call, tmp_path, *BANNER, "--outcome", "未达标", "--outcome", "missing")
    some = json.loads(files["json"].read_text("utf-8"))

    assert {one["outcome"] for one in some["findings"]} == {"violation", "missing"}
    assert some["summary"] == whole["summary"]
    assert len(some["findings"]) == sum(some["summary"][k] for k in ("violation", "missing"))
    assert parquet.read_metadata(files["parquet"]).num_rows == len(some["findings"])


def test_tables_are_written_some_rules_at_a_time(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more rows are held at a time than asked for, and all arrive."""
    every = written(call, tmp_path / "all", *BANNER, formats=("parquet",))
    whole = parquet.read_table(every["parquet"]).to_pylist()
    for most in ("ROWS", "MOST_ROWS"):
        monkeypatch.setattr(writing, most, 100)
    path = written(call, tmp_path, *BANNER, formats=("parquet",))["parquet"]
    groups = parquet.read_metadata(path)

    ranges = {
        each["path_in_schema"]: each["statistics"]["has_min_max"] for each in _columns(groups)
    }

    assert groups.num_row_groups > 3
    assert ranges["rule"]
    assert not ranges["code"]  # which takes longer to tell than to write
    assert parquet.read_table(path).to_pylist() == whole
    assert json.loads(groups.metadata[b"dabiao"])["as_of"] == 2025


def _columns(of: parquet.FileMetaData) -> list[dict[str, Any]]:
    columns: list[dict[str, Any]] = of.row_group(0).to_dict()["columns"]
    return columns


def test_without_the_extra_it_says_how_to_get_it(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parquet needs pyarrow; nothing is read before that is said."""
    monkeypatch.setattr(arrow, "find_spec", lambda _: None)
    result = call(*SOME, "-o", str(tmp_path / "found.parquet"))

    assert result.exit_code == 2
    assert "dabiao[arrow]" in result.stderr


class PanicException(BaseException):
    """What libraries in Rust raise where Python gives them no room for an object."""


@pytest.mark.parametrize("kind", [MemoryError, PanicException])
def test_too_little_memory_is_said_as_such(
    call: Call, monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    """Who runs out of memory hears what to do, and sees no traceback."""

    def short(*_: object, **__: object) -> None:
        raise kind

    monkeypatch.setattr("dabiao.engine.judgement.Judgement.run", short)
    result = call(*SOME, *BANNER)

    assert result.exit_code == 74
    assert "内存不够" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
@pytest.mark.parametrize(
    ("megabytes", "code"), [(100, 74), (260, 74), (450, 0)], ids=["NumPy", "Polars", "enough"]
)
def test_where_memory_is_limited_nothing_ends_the_program(
    tmp_path: Path, megabytes: int, code: int
) -> None:
    """Libraries that would abort are not even asked; what they need without need is spared."""
    import resource

    rows = {"代码": ["1506020010"], "上级代码": ["150602"], "年份": [2025], "校名": ["一小"]}
    parquet.write_table(pa.table(rows), tmp_path / "学校.parquet")
    most = megabytes << 20
    ended = subprocess.run(
        [sys.executable, "-m", "dabiao", "facts", "validate", str(tmp_path), "-f", "csv"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (most, most)),
    )

    assert ended.returncode == code, ended.stderr
    assert ("ulimit -v" in ended.stderr) is (code == 74)
    assert "jemalloc" not in ended.stderr


def test_an_outcome_that_is_none_is_refused_with_those_there_are(call: Call) -> None:
    """Before anything is read."""
    refused = call(*SOME, "--outcome", "不对")

    assert refused.exit_code == 2
    assert "未达标" in refused.stderr
