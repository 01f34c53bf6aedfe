"""What stands beside data and speaks of it: comments on cells, years in titles."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from dabiao.intake.formats.xlsx.comments import AUTHOR
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from tests.intake.submissions import Table, read, reported, workbook

HEADER = ["代码", "名称", "上级代码", "年份", "学生数"]
ROWS: Table = [
    HEADER,
    ["1506020001", "甲校", "150602", 2024, 45],
    ["1506020002", "乙校", "150602", 2024, 55],
]


def commented(folder: Path, **comments: str) -> Path:
    """Write a workbook with comments on cells."""
    path = workbook(folder / "a.xlsx", {"学校": ROWS})
    book = openpyxl.load_workbook(path)
    for cell, text in comments.items():
        book["学校"][cell].comment = Comment(text, "教务处")
    book.save(path)
    return path


def test_comments_on_data_are_told(tmp_path: Path) -> None:
    """One that says a number or a slip is a warning at its cell, the others are counted."""
    facts = read(commented(tmp_path, E1="口径：学年初", E2="更正：应为54", E3="含借读"))
    assert [(each.code, each.cell) for each in facts.problems] == [("comment-on-cell", "E2")]
    assert [(each.code, each.cell) for each in facts.notes] == [("comment-on-cell", "E3")]
    assert reported(facts, Level.SCHOOL, "1506020001", 2024, "pupils") == 45


def test_our_own_comments_are_none(tmp_path: Path) -> None:
    """A workbook that was given back with marks, and comes again, is not told of them."""
    facts = read(commented(tmp_path, E2=f"{AUTHOR}\n错误：45 超出范围"))
    assert not [*facts.problems, *facts.notes]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("2023年学校基本情况表（单位：人）", ["D3"]),
        ("2024年学校基本情况表", []),
        ("2023—2024学年初学校统计表", []),
        ("2022-2023学年学校统计表", ["D3"]),
        ("2021—2025年学校数据", []),
        ("依据2021年文件填写", []),
    ],
)
def test_the_year_of_the_title(tmp_path: Path, title: str, told: list[str]) -> None:
    """A title of another year than every row of its table is told; the column is believed."""
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": [[title], *ROWS]}))
    assert [each.cell for each in facts.problems if each.code == "other-year-in-title"] == told
    assert all(each.severity is Severity.WARNING for each in facts.problems)
    assert reported(facts, Level.SCHOOL, "1506020001", 2024, "pupils") == 45
