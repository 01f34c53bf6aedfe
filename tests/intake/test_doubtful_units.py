"""Units of headers by which numbers cannot be right: both readings are kept."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from dabiao.intake import read_facts
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from tests.intake.submissions import PLACES, item, read

Numbers = Sequence[str | float]


def submitted(folder: Path, level: Level, *tables: tuple[str, Numbers]) -> Facts:
    """Submit a table for each year, the latest first: a header, and a number a subject."""
    paths = []
    for at, (header, numbers) in enumerate(tables):
        path = folder / str(at) / f"{level.zh}.csv"
        path.parent.mkdir()
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["代码", "名称", "上级代码", "年份", header])
            for place, number in enumerate(numbers):
                code = f"1506020{place:03}" if level is Level.SCHOOL else f"15060{place + 2}"
                parent = "150602" if level is Level.SCHOOL else "150600"
                rows.writerow([code, f"第{place}个", parent, 2024 - at, number])
        paths.append(path)
    return read(*paths)


def readings(facts: Facts, level: Level, slug: str) -> list[tuple[float, ...]]:
    """Give what each cell of the latest year may mean."""
    table = facts.levels[level]
    column = table.columns[slug]
    return [
        column.possible.get(row, (float(column.values[row]),))
        for row in np.flatnonzero(table.year == table.year.max()).tolist()
    ]


@pytest.mark.parametrize(
    ("level", "slug", "tables", "expected"),
    [
        (Level.SCHOOL, "pupils", [("学生数(万人)", [4500])], [(45e6, 4500)]),
        (Level.SCHOOL, "pupils", [("学生数（百人）", [45, 30, 12])],
         [(4500, 45), (3000, 30), (1200, 12)]),
        (Level.SCHOOL, "pupils", [("学生数（百人）", [4.5, 3, 12])], [(450,), (300,), (1200,)]),
        (Level.COUNTY, "pupils", [("学生数(万人)", [5])], [(50000,)]),
        (Level.COUNTY, "pupils", [("学生数(万人)", ["4500人", 3.2])], [(4500,), (32000,)]),
        (Level.SCHOOL, "pupils", [("学生数（百人）", [45, 30]), ("学生数", [47, 29])],
         [(4500, 45), (3000, 30)]),
        (Level.SCHOOL, "pupils", [("学生数（百人）", [4, 3]), ("学生数", [470, 290])],
         [(400,), (300,)]),
        (Level.COUNTY, "spending", [("教育支出（万元）", [45e7]), ("教育支出", [43e7])],
         [(45e11, 45e7)]),
        (Level.COUNTY, "spending", [("教育支出（万元）", [45000]), ("教育支出", [43e7])],
         [(45e7,)]),
        (Level.COUNTY, "income", [("教育收入（元）", [4500]), ("教育收入", [4300])],
         [(0.45, 4500)]),
        (Level.COUNTY, "income", [("教育收入（元）", [0, 4500]), ("教育收入", [11, 12, 13])],
         [(0,), (0.45,)]),
        (Level.COUNTY, "enrolment", [("入学率（‰）", [98, 96]), ("入学率", [97])],
         [(9.8, 98), (9.6, 96)]),
        (Level.COUNTY, "enrolment", [("入学率（‰）", [980, 960]), ("入学率", [97])],
         [(98,), (96,)]),
    ],
    ids=[
        "in-one-school", "all-whole", "with-a-fraction", "few-and-small", "unit-in-the-cell",
        "last-year", "as-last-year", "yuan", "ten-thousand-yuan", "unit-smaller", "far-either-way",
        "per-mille", "per-mille-well",
    ],
)  # fmt: skip
def test_units_that_cannot_be_right(
    tmp_path: Path,
    level: Level,
    slug: str,
    tables: list[tuple[str, Numbers]],
    expected: list[tuple[float, ...]],
) -> None:
    """Whole numbers of ten thousands, or numbers far from last year's, keep both readings."""
    facts = submitted(tmp_path, level, *tables)
    assert readings(facts, level, slug) == expected
    told = [each.cell for each in facts.problems if each.code == "doubtful-unit"]
    assert told == (["E1"] if any(len(each) > 1 for each in expected) else [])


def test_what_is_far_from_all_others(tmp_path: Path) -> None:
    """A school that nobody knows of is compared with all others."""
    others = tmp_path / "others"
    others.mkdir()
    (others / "学校.csv").write_text(
        "代码,名称,上级代码,年份,学生数\n"
        + "".join(f"1506021{at:03},乙{at},150602,2024,{300 + at}\n" for at in range(5)),
        "utf-8",
    )
    own = tmp_path / "own"
    own.mkdir()
    (own / "学校.csv").write_text(
        "代码,名称,上级代码,年份,学生数（百人）\n1506020001,甲,150602,2024,90\n", "utf-8"
    )
    facts = read(own, others)
    assert [each.code for each in facts.problems] == ["doubtful-unit"]
    assert list(facts.levels[Level.SCHOOL].columns["pupils"].possible.values()) == [(9000, 90)]


AMOUNTS = {"150602": [56.5, 48.2, 120], "150603": [40, 61.5, 33, 75]}
Rows = list[tuple[str, str, int, float]]
"""Code, parent, year and amount."""


def amounts(year: int, times: float = 1, counties: Sequence[str] = tuple(AMOUNTS)) -> Rows:
    """Give what the schools of two counties spend in a year, all of it so many times."""
    return [
        (f"{county}{at:04}", county, year, round(amount * times, 4))
        for county in counties
        for at, amount in enumerate(AMOUNTS[county])
    ]


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ([amounts(2024, 10000), amounts(2023, 1.1)], 7),
        ([amounts(2024, 10000) + amounts(2023, 0.9)], 7),
        ([amounts(2024, 10000, ["150602"]), amounts(2024, 1, ["150603"])], 3),
        ([amounts(2024, 10000, ["150602"]) + amounts(2024, 1, ["150603"])], 3),
        ([amounts(2024, 10000)[:1], amounts(2023)[:1]], 1),
        ([amounts(2024, 10000)], 0),
        ([amounts(2024, 10000), amounts(2023, 10000)], 0),
        ([amounts(2024, 1000), amounts(2023)], 0),
        ([amounts(2024, 100), amounts(2023)], 0),
        ([amounts(2024, 0.0001, ["150602"]), amounts(2024, 1, ["150603"])], 0),
        ([amounts(2024, 10000)[:1], amounts(2024)[1:3]], 0),
    ],
    ids=[
        "last year in another file", "last year in the same", "one county's file",
        "one county in a table", "one school", "nothing to compare", "two years alike",
        "a thousand times", "a hundred times", "no such unit", "too few",
    ],
)  # fmt: skip
def test_amounts_that_are_all_in_another_unit(
    tmp_path: Path, tables: Sequence[Rows], expected: int
) -> None:
    """What an office gives ten thousand times as high, under a header in 万元, may be 元."""
    table = {"funds": item("公用经费", "funds", [Level.SCHOOL], "万元")}
    paths = []
    for at, rows in enumerate(tables):
        paths.append(tmp_path / str(at) / "学校.csv")
        paths[-1].parent.mkdir()
        lines = ["代码,上级代码,年份,公用经费（万元）"]
        lines += [",".join(map(str, row)) for row in rows]
        paths[-1].write_text("\n".join([*lines, ""]), "utf-8")
    facts = read_facts(paths, table, PLACES)
    possible = facts.levels[Level.SCHOOL].columns["funds"].possible

    assert len(possible) == expected
    assert all(reading == pytest.approx(value / 10000) for value, reading in possible.values())
    assert [each.code for each in facts.problems] == ["doubtful-unit"] * expected


def test_amounts_whose_header_says_their_unit(tmp_path: Path) -> None:
    """What a header in 元 says is not doubted for being far from others: it says what it is in."""
    table = {"funds": item("公用经费", "funds", [Level.SCHOOL], "万元")}
    path = tmp_path / "学校.csv"
    rows = amounts(2024, 10000, ["150602"]) + amounts(2024, 1, ["150603"])
    lines = ["代码,上级代码,年份,公用经费（元）", *(",".join(map(str, row)) for row in rows), ""]
    path.write_text("\n".join(lines), "utf-8")

    assert not read_facts([path], table, PLACES).problems
