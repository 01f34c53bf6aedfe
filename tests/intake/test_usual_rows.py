"""Rows in Arrow memory: the odd ones are looked at one by one, and all are read as any others."""

import random
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

import polars as pl
import pytest

from dabiao.intake.cells.identity_cells import read_code
from dabiao.intake.cells.unusable import Unusable
from dabiao.intake.facts import kindred
from dabiao.intake.facts.kindred import Kin
from dabiao.intake.facts.rows import Batch
from dabiao.intake.formats.table import Cell
from dabiao.intake.values import identities
from tests.intake.submissions import content, read

CODES = (
    "1506020001",
    "合计",
    "150602 汇总",
    "12",
    "s-1",
    "１５０６",
    None,
    "—",
    "1.50602E+12",
    "代码",
    "123456",
    "9999999999",
)
NAMES = ("第一小学", "合计", "—", None, "共青小学", "n/a", "甲 校", "甲\u200b校", "全旗", "Total")
PARENTS = ("150602", None, "无", "甲", "150699", "全市")
YEARS = ("2025", "2024年", None, "2024-2025学年", "25", "1949", "2101")
HEADERS = ("代码", "名称", "上级代码", "年份", "学生数")


def rows(seed: int, odd: float, number: int = 60) -> list[tuple[str | None, ...]]:
    """Make rows of which some are odd."""
    chance = random.Random(seed)  # noqa: S311 - seeded random cases are the point

    def cell(usual: str, others: tuple[str | None, ...]) -> str | None:
        return chance.choice(others) if chance.random() < odd else usual

    return [
        (
            cell(f"15060200{at:03}", CODES),
            cell(f"第{at}小学", NAMES),
            cell("150602", PARENTS),
            cell("2025", YEARS),
            str(chance.randrange(900)),
        )
        for at in range(number)
    ]


@pytest.mark.parametrize("odd", [0.0, 0.02, 0.2])
@pytest.mark.parametrize("seed", range(14))
def test_odd_rows_among_usual_ones(
    seed: int, odd: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Facts and problems are those of looking at each row, whatever stands in it.

    A roster has no figures, and years only where somebody moved.
    """
    left_out = ((), (), (), (), (), ("学生数",), ("学生数", "年份"))[seed % 7]
    frame = pl.DataFrame(
        rows(seed, odd), schema=dict.fromkeys(HEADERS, pl.String), orient="row"
    ).drop(left_out)
    path = tmp_path / "学校.parquet"
    if left_out:
        frame = frame.with_columns(pl.lit("学校").alias("层级"))
        path = tmp_path / "名录.parquet"
    frame.write_parquet(path)
    found = content(read(path))
    monkeypatch.setattr(identities, "usual_rows", lambda *_: None)

    assert found == content(read(path))


def test_numbers_as_codes_and_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole numbers are codes too; short ones, negative ones and none at all are looked at."""
    frame = pl.DataFrame(
        {
            "代码": [1506020001, 12, -5, None, 10**15, 1506020002],
            "年份": pl.Series([2025, 2025, 2025, 2025, 2025, 1900], dtype=pl.Int16),
            "学生数": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
        }
    )
    frame.write_parquet(tmp_path / "学校.parquet")
    found = content(read(tmp_path / "学校.parquet"))
    monkeypatch.setattr(identities, "usual_rows", lambda *_: None)

    assert found == content(read(tmp_path / "学校.parquet"))


@pytest.mark.parametrize("seed", range(3))
def test_columns_say_of_subjects_what_rows_do(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In order of code nothing is made of whom nobody asks about, and the same is told of all."""
    chance = random.Random(seed)  # noqa: S311 - seeded random cases are the point
    schools = [
        (
            f"1506020{chance.randrange(3)}{at:02}" if chance.random() < 0.9 else f"15070{at}",
            chance.choice(("一小", "二小（停办）", None, "三小", "150602", f"{at}小")),
            chance.choice(("150602", "150602", "150603", "150699", "一小", None)),
            "2025",
            chance.choice(("5", None)),
        )
        for at in range(30)
    ]
    schools.append(("150602", "东胜区", "150600", "2025", "1"))
    classes = [(f"c{at}", "1班", chance.choice(schools)[0], "2025", "3") for at in range(9)]
    for name, made in (("学校", schools), ("班级", [*classes, ("c9", "1班", "x9", "2025", "3")])):
        frame = pl.DataFrame(
            sorted(made, key=itemgetter(0)), schema=dict.fromkeys(HEADERS, pl.String), orient="row"
        ).unique("代码", keep="first", maintain_order=True)
        frame.write_parquet(tmp_path / f"{name}.parquet")
    found = content(read(tmp_path))
    monkeypatch.setattr(Batch, "is_ascending", False)

    assert found == content(read(tmp_path))


def test_only_odd_rows_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many rows there are; and of hardly any subject more is made than its columns."""
    looked: list[Cell] = []
    made: list[Kin] = []

    def counted(cell: Cell) -> str | Unusable | None:
        looked.append(cell)
        return read_code(cell)

    make = kindred._kin

    def built(batch: Batch, some: slice) -> Iterator[Kin]:
        made.extend(make(batch, some))
        return iter(made[-1:])

    monkeypatch.setattr(identities, "read_code", counted)
    monkeypatch.setattr(kindred, "_kin", built)
    some = [*rows(1, 0.0, 5000), ("合计", None, None, None, "9")]
    some.sort()
    path = tmp_path / "学校.parquet"
    pl.DataFrame(some, schema=dict.fromkeys(HEADERS, pl.String), orient="row").write_parquet(path)

    facts = read(path)

    assert [table.subject.size for table in facts.levels.values() if table.subject.size] == [5000]
    assert looked == ["合计"]
    assert len(made) == 1
