"""Sheets about one subject that stand upright: an item a row, a year a column."""

from pathlib import Path

import pytest

from dabiao.intake import read_facts
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from tests.intake.submissions import (
    MEASURES,
    PLACES,
    Table,
    kinds,
    read,
    reported,
    source,
    workbook,
)

COUNTY = Level.COUNTY


def upright(tmp_path: Path, *items: list[object], titles: list[object] | None = None) -> Facts:
    """Read an upright sheet of a county with two years."""
    rows: Table = [
        ["东胜区　2025年填报表：旗县"],
        [],
        titles or ["序号", "类", "数据项", "单位", "填报值", "填报值", "口径"],
        [None, None, "代码", None, "150602", "150602"],
        [None, None, "年份", None, 2025, 2024],
        *items,
        [],
        ["填报人：某某"],
    ]
    return read(workbook(tmp_path / "a.xlsx", {"旗县": rows}))


def test_items_are_rows_and_years_columns(tmp_path: Path) -> None:
    """Each value is of the year above it, in the unit beside it, and keeps its own cell."""
    facts = upright(
        tmp_path,
        [1, "一", "入学率", "%", 98, 97, "说明文字"],
        [2, "一", "教育支出", "万元", 1.2, None, "说明文字"],
    )
    assert facts.problems == []
    assert reported(facts, COUNTY, "150602", 2025, "enrolment") == 98
    assert reported(facts, COUNTY, "150602", 2024, "enrolment") == 97
    assert reported(facts, COUNTY, "150602", 2025, "spending") == 12000
    assert reported(facts, COUNTY, "150602", 2024, "spending") is None
    assert source(facts, COUNTY, "150602", "enrolment") in {"E6", "F6"}
    assert facts.origins[0].cell("spending", 6) == "F7"
    assert facts.origins[0].stretch("spending", 5, 6) == "E7:F7"


def test_what_is_wrong_is_told_at_its_cell(tmp_path: Path) -> None:
    """A bad value and an unknown item are named by where they stand on the sheet."""
    facts = upright(
        tmp_path, [1, "一", "入学率", "%", "九成多", 97], [2, "一", "没有这项", "", 1, 2]
    )
    assert {(each.code, each.cell) for each in facts.problems} == {
        ("not-a-number", "E6"),
        ("unknown-column", "C7"),
    }


@pytest.mark.parametrize(
    "titles",
    [
        ["序号", "类", "数据项", "单位", "上年", "填报值", "口径"],
        ["序号", "类", "数据项", "单位", "填报值", "上年", "口径"],
        ["序号", "类", "数据项", "单位", "填报值\n（2025年）", "上年（2024年）", "口径"],
    ],
    ids=["before", "behind", "years"],
)
def test_only_what_is_reported_is_read(tmp_path: Path, titles: list[object]) -> None:
    """A column that shows last year's values for comparison is no report of them."""
    facts = upright(tmp_path, [1, "一", "入学率", "%", 98, 97], titles=titles)
    assert kinds(facts) == []
    (year,) = facts.years()
    assert reported(facts, COUNTY, "150602", year, "enrolment") is not None


def test_a_table_with_a_column_called_item_lies_as_before(tmp_path: Path) -> None:
    """Where no column holds reported values, nothing is turned."""
    rows: Table = [["代码", "年份", "数据项", "入学率"], ["150602", 2025, "x", 98]]
    facts = read(workbook(tmp_path / "a.xlsx", {"旗县": rows}))
    assert reported(facts, COUNTY, "150602", 2025, "enrolment") == 98


def test_a_table_of_items_of_many_is_told_once_and_read_by_a_mapping(tmp_path: Path) -> None:
    """With a column of codes, a row is of a subject and an item: which is not what is read."""
    rows: Table = [
        ["学校代码", "名称", "年份", "数据项", "填报值"],
        ["1506020001", "甲校", 2025, "学生数", 100],
        ["1506020001", "甲校", 2025, "近视率（%）", 40],
        ["1506020002", "乙校", 2025, "学生数", 90],
    ]
    path = workbook(tmp_path / "a.xlsx", {"学校": rows})
    how = tmp_path / "map.yaml"
    how.write_text(
        "tables:\n  - {level: 学校, where: {数据项: 学生数},"
        " columns: {学校代码: 代码, 年份: 年份, 填报值: 学生数}}\n",
        "utf-8",
    )
    (problem,) = read(path).problems
    mapped = read_facts([path], MEASURES, PLACES, mapping=read_mapping(how))

    assert (problem.code, problem.cell) == ("long-table", "D1")
    assert "where" in (problem.hint or "")
    assert mapped.problems == []
    assert reported(mapped, Level.SCHOOL, "1506020002", 2025, "pupils") == 90
