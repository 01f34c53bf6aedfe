"""Columns of which nothing can be used: told at once, and nothing else lost by them."""

from pathlib import Path

import pytest

from dabiao.intake import read_facts
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from tests.intake.submissions import (
    MEASURES,
    PLACES,
    Table,
    item,
    kinds,
    read,
    reported,
    workbook,
)

ALL = MEASURES | {"teachers": item("教师数", "teachers", [Level.SCHOOL], "人", ItemType.INTEGER)}


def schools(folder: Path, cells: list[str]) -> Facts:
    """Read as many schools as there are cells of a column."""
    rows = [
        f"15060{at:05d},第{at}小学,150602,2025,{cell},{at + 9}" for at, cell in enumerate(cells)
    ]
    path = folder / "学校.csv"
    path.write_text("\n".join(["代码,名称,上级代码,年份,学生数,教师数", *rows, ""]), "utf-8")
    return read_facts([path], ALL, PLACES)


@pytest.mark.parametrize("cells", [["约300"] * 150, ["约300", "≥90", "2024/3/1", "3个"] * 40])
def test_a_column_of_which_nothing_can_be_used(tmp_path: Path, cells: list[str]) -> None:
    """It is one problem with its extent, whatever is wrong with its cells, and loses no other."""
    facts = schools(tmp_path, cells)

    (problem,) = facts.problems
    assert (problem.cell, problem.count) == (f"E2:E{len(cells) + 1}", len(cells))
    column = facts.levels[Level.SCHOOL].columns["pupils"]
    assert len(column.unusable) == len(cells)
    assert reported(facts, Level.SCHOOL, "1506000003", 2025, "teachers") == 12


@pytest.mark.parametrize("more", ["300", "", "约3"])
def test_a_column_with_something_in_it(tmp_path: Path, more: str) -> None:
    """Where a cell can be used, or few stand in the column, each wrong one is told."""
    facts = schools(tmp_path, ["约300"] * (150 if more == "300" else 99) + [more])

    wrong = 150 if more == "300" else 99 + bool(more)
    assert len(facts.problems) == wrong
    assert set(kinds(facts)) == {"not-a-number"}


CLASSES = ["代码", "名称", "上级代码", "年份", "班级人数"]


@pytest.mark.parametrize(
    ("header", "hint"),
    [
        ("班級人數", "是否为班级人数"),
        ("班级人数男", "就是班级人数的，改名为“班级人数”；是另一项的"),
        ("2023年班級人數", "就是班级人数的，改名为“班级人数”；是另一项的"),
    ],
)
def test_what_an_unknown_column_may_mean(tmp_path: Path, header: str, hint: str) -> None:
    """Traditional characters are known; who says more than a name is not told to leave it out."""
    rows: Table = [[*CLASSES, header], ["c1", "一班", "s1", 2025, 45, 3]]
    problems = read(workbook(tmp_path / "a.xlsx", {"班级": rows})).problems
    unknown = next(each for each in problems if each.code == "unknown-column")
    assert (unknown.hint or "").startswith(hint)


def test_rows_that_stand_a_column_further(tmp_path: Path) -> None:
    """A row without a code, but with one below the names, is told that it has moved."""
    rows: Table = [CLASSES, [None, "1506020001001", "一班", "s1", 2025, 45]]
    problems = read(workbook(tmp_path / "a.xlsx", {"班级": rows})).problems
    missing = next(each for each in problems if each.code == "missing-code")
    assert "右移了一列" in (missing.hint or "")
