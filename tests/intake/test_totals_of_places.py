"""Totals that bear the code of what the other rows lie in."""

from pathlib import Path

import pytest

from dabiao.schemas.level import Level
from tests.intake.submissions import Cells, kinds, read, reported, workbook

HEADER = ["代码", "名称", "上级代码", "年份", "学生数"]
FIRST: Cells = ["1506020010", "一小", "150602", 2025, 900]
SECOND: Cells = ["1506020011", "二小", "150602", 2025, 300]
TOTAL: Cells = ["150602", "东胜区", "150600", 2025, 1200]


@pytest.mark.parametrize("rows", [[FIRST, SECOND, TOTAL], [TOTAL, FIRST, SECOND]])
def test_a_county_among_its_schools(tmp_path: Path, rows: list[Cells]) -> None:
    """A row with the code of the county is no school: told once, at its code, and not read."""
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": [HEADER, *rows]}))
    (problem,) = facts.problems

    assert (problem.code, problem.cell) == ("code-of-above", f"A{rows.index(TOTAL) + 2}")
    assert reported(facts, Level.SCHOOL, "150602", 2025, "pupils") is None
    assert reported(facts, Level.SCHOOL, "1506020010", 2025, "pupils") == 900


def test_a_school_among_its_classes(tmp_path: Path) -> None:
    """What most rows lie in is none of them, though no place and no form of the code says so."""
    header = ["代码", "上级代码", "年份", "班级人数"]
    rows: list[Cells] = [[f"k{at}", "x7", 2025, 40] for at in range(3)]
    facts = read(workbook(tmp_path / "a.xlsx", {"班级": [header, *rows, ["x7", None, 2025, 120]]}))

    assert kinds(facts) == ["code-of-above"]
    assert facts.levels[Level.CLASS].codes == ["k0", "k1", "k2"]


def test_one_mistyped_parent_makes_no_total(tmp_path: Path) -> None:
    """A sibling that one row gives as its parent stays; the parent is what is wrong."""
    wrong: Cells = ["1506020012", "三小", "1506020010", 2025, 100]
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": [HEADER, FIRST, SECOND, wrong]}))

    assert kinds(facts) == ["parent-not-above"]
    assert reported(facts, Level.SCHOOL, "1506020010", 2025, "pupils") == 900
