"""Troubles that people report of spreadsheets and tables of text, rebuilt as returns of schools."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from dabiao.intake import read_facts
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from tests.intake.submissions import MEASURES, PLACES, Table, item, kinds, reported, workbook

SCHOOL = Level.SCHOOL
MORE = [
    item("专任教师数", "teachers", [SCHOOL], "人", ItemType.INTEGER),
    item("占地面积", "area", [SCHOOL], "平方米"),
]
ALL = MEASURES | {measure.slug: measure for measure in MORE}
HEADER = ["代码", "名称", "上级代码", "年份", "学生数", "专任教师数", "占地面积"]
ROWS: list[list[object]] = [
    [f"150602000{at}", f"第{at}小学", "150602", 2024, 300 + 37 * at, 20 + at, 5200.5 + at]
    for at in range(1, 6)
]
SUM: list[object] = [sum(float(str(row[at])) for row in ROWS) for at in (4, 5, 6)]


def schools(
    folder: Path, rows: Sequence[Sequence[object]], header: Sequence[object] = HEADER
) -> Facts:
    """Read a sheet of schools."""
    return read_facts([workbook(folder / "a.xlsx", {"学校": [header, *rows]})], ALL, PLACES)


def pupils(facts: Facts) -> list[object]:
    """Give what each school reports of its pupils."""
    return [reported(facts, SCHOOL, code, 2024, "pupils") for code in facts.levels[SCHOOL].codes]


@pytest.mark.parametrize(
    "row",
    [
        ["填表人：", None, None, "审核人：", None, None, "制表日期：2024-10-08"],
        ["填表人", "某某", None, "审核人", "某某", "报出日期", date(2024, 10, 8)],
        ["单位负责人：", None, "填表人：", None, "联系电话：", 8325566, None],
        ["单位（盖章）", None, None, None, "负责人签字：", None, "2024年  月  日"],
        [None, None, None, None, None, None, "2024年10月8日"],
        ["（以下空白）"],
    ],
    ids=["labels", "cells of their own", "a telephone", "seals", "a day", "the end"],
)
def test_footers(tmp_path: Path, row: list[object]) -> None:
    """Who filled a table in, and when, stands below it: noted, and no error."""
    facts = schools(tmp_path, [*ROWS, [], row])

    assert (kinds(facts), [note.code for note in facts.notes]) == ([], ["remark-row"])
    assert len(pupils(facts)) == len(ROWS)


def test_a_number_in_a_footer_is_not_lost_in_silence(tmp_path: Path) -> None:
    """A number that no label says to be a telephone's may be one that somebody reports."""
    facts = schools(tmp_path, [*ROWS, ["填表人", None, None, None, 300]])

    assert kinds(facts) == ["missing-year"]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["2.学生数不含附设班。"], "remark-row"),
        (["数据来源：统计台账"], "remark-row"),
        ([None, "* 在建"], "remark-row"),
        (["二、乡镇学校"], "remark-row"),
        ([None, "其中：民办", None, 2024, 30, 4], "totals-row"),
        (["比上年增减", None, None, None, -7, 1], "totals-row"),
        (["1506029999", "全区", "150602", 2024, *SUM], "totals-row"),
        (["1506029999", None, None, 2024, *SUM], "totals-row"),
        ([None, "第七小学"], "missing-code"),
    ],
)
def test_rows_about_nobody(tmp_path: Path, row: list[object], kind: str) -> None:
    """Remarks, headings, parts, changes and sums of the others are no schools, code or not."""
    facts = schools(tmp_path, [*ROWS[:3], *ROWS[3:], row])

    assert kinds(facts) == [kind]
    assert len(pupils(facts)) == len(ROWS)


def test_sums_that_are_schools(tmp_path: Path) -> None:
    """What a roster lists is a school, whatever its numbers; so is one that equals by chance."""
    large: list[object] = ["1506020009", "第九小学", "150602", 2024, *SUM]
    sheets: dict[str, Table] = {
        "学校": [HEADER, *ROWS, large],
        "名录": [["层级", "代码", "名称"], ["学校", *large[:2]]],
    }
    facts = read_facts([workbook(tmp_path / "a.xlsx", sheets)], ALL, PLACES)
    chance = schools(tmp_path, [*ROWS, [*large[:4], SUM[0], 999, SUM[2]]])

    assert "totals-row" not in kinds(facts) + kinds(chance)
    assert (len(pupils(facts)), len(pupils(chance))) == (6, 6)
