"""A table in Arrow memory: its columns are read a few at a time, each once, and let go."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from dabiao import schemas
from dabiao.intake.formats import parquet
from dabiao.intake.formats.parquet import FrameColumns
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from tests.intake.submissions import content, read

FIXED = {"代码": ["15060200001", "15060200002"], "名称": ["甲校", "乙校"], "年份": [2025, 2025]}


def test_columns_are_read_as_they_are_asked_for() -> None:
    """Who goes through them in order reads each once and holds eight at most."""
    frame = pl.DataFrame({str(at): [at, at] for at in range(30)})
    asked: list[Sequence[int]] = []

    def load(some: Sequence[int]) -> pl.DataFrame:
        asked.append(some)
        return frame.select([str(at) for at in some])

    columns, most = FrameColumns(load, range(30)), 0
    for at in columns:
        assert columns[at].to_list() == [at, at]
        most = max(most, len(columns.held))
        columns.let_go([at])

    assert [at for some in asked for at in some] == list(range(30))
    assert most == len(asked[0]) == 8
    assert columns[3].to_list() == [3, 3]
    assert asked[-1] == [3]  # what follows was read
    assert len(columns) == 30
    with pytest.raises(KeyError):
        columns[30]


@pytest.mark.parametrize("odd", [None, "合计"])
def test_a_row_to_look_at_needs_all_columns(
    odd: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wide table with such a row is read as one without."""
    items = {"学生数": [400, 500], "建筑面积": [9000.0, None]}
    path = tmp_path / "学校.parquet"
    frame = pl.DataFrame({**items, **FIXED})
    if odd is not None:
        last = frame.tail(1).with_columns(pl.lit(odd).alias("代码"), pl.lit(odd).alias("名称"))
        frame = pl.concat([frame, last])
    frame.write_parquet(path)
    monkeypatch.setattr(parquet, "_TOGETHER", 1)
    facts = read(path)

    frame.head(2).write_parquet(path)
    monkeypatch.setattr(parquet, "_TOGETHER", 99)
    assert values(facts) == values(read(path))


@pytest.mark.parametrize("width", [pl.Float32, pl.Float64])
def test_numbers_of_half_the_width(tmp_path: Path, width: pl.DataType) -> None:
    """A number is what was written, however few bytes keep it; a code that lost digits is none."""
    path = tmp_path / "学校.parquet"
    frame = pl.DataFrame({**FIXED, "学生数": [412.0, 9.0], "建筑面积": [91.2, 1234.5]})
    frame = frame.with_columns(pl.col("学生数", "建筑面积").cast(width))
    frame.write_parquet(path)
    facts = read(path)
    frame.with_columns(pl.col("代码").cast(pl.Float64).cast(width)).write_parquet(path)

    assert values(facts)["pupils"] == "[412.0, 9.0]"
    lost = any(each.code == "code-lost-digits" for each in read(path).problems)
    assert lost == (width == pl.Float32)


def values(facts: Facts) -> dict[str, str]:
    """Give the values of each item; nothing is as nothing."""
    columns = facts.levels[Level.SCHOOL].columns
    return {slug: str(column.values.tolist()) for slug, column in columns.items()}


@pytest.mark.parametrize("odd", [None, 0.5, -5.0, 1e16])
def test_many_numbers_are_held_as_few(
    odd: float | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is held in less room is what was read: rows said twice, cells refused, files joined."""
    rows = [f"1506020{at:04}" for at in range(40)]
    for file, pupils in (("学校", odd), ("学校二", 7.0)):
        frame = pl.DataFrame(
            {
                "代码": [*rows, rows[3], rows[5]],
                "名称": [f"学校{at}" for at in (*range(40), 3, 5)],
                "年份": [2025 if file == "学校" else 2024] * 42,
                "学生数": [*(None if at % 7 == 0 else at % 5 for at in range(40)), pupils, 3.0],
                "建筑面积": [*(at % 3 + 0.25 for at in range(40)), 0.25, 9.75],
            },
            strict=False,
        )
        frame.write_parquet(tmp_path / f"{file}.parquet")
    alone = read(tmp_path)
    monkeypatch.setattr(schemas.facts, "MANY", 4)
    facts = read(tmp_path)

    columns = facts.levels[Level.SCHOOL].columns.values()
    assert all(isinstance(each.held, FewNumbers) for each in columns)
    assert content(facts) == content(alone)
    assert facts.problems == alone.problems
    with pytest.raises(ValueError, match="read-only"):
        next(iter(columns)).values[0] = 1.0
