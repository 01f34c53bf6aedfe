"""Units behind names, years in Chinese numerals, and what says how to fill a column in."""

from pathlib import Path

import pytest

from dabiao.intake import read_facts
from tests.intake.submissions import PLACES, Table, item, kinds
from tests.intake.test_traps import (
    FIRST,
    HEADER,
    REFUSED,
    SCHOOL,
    book,
    found,
    read,
    schools,
)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("教育收入/千元", 1.2),
        ("教育收入：元", 0.0012),
        ("教育收入，亿元", 120000.0),
        ("教育收入元", 0.0012),
        ("教育收入 亿元", 120000.0),
        ("教育收入（万）", 12.0),
        ("教育收入（亿）", 120000.0),
        ("教育收入/人", None),
        ("教育收入人", None),
        ("教育收入：预算", None),
    ],
)
def test_units_behind_a_name(tmp_path: Path, header: str, value: float | None) -> None:
    """A unit may stand behind a name without brackets, and leave out 元 behind 万.

    What converts to no unit is none.
    """
    rows: Table = [["代码", "年份", header], ["150602", 2025, 12]]
    facts = read(book(tmp_path / "x.xlsx", {"旗县": rows}))
    assert found(facts, "150602.income") == value
    assert kinds(facts) == ([] if value else ["unknown-column"])


@pytest.mark.parametrize(
    ("hints", "told"),
    [
        ([None, None, None, None, "整数"], ["missing-code"]),
        (["填代码", "填全称", None, "四位数", "整数"], ["remark-row"]),
        ([None, "必填", None, "如 2025", "数字"], ["remark-row"]),
        ([None, None, None, "四位数", "小学"], ["another-table"]),
    ],
    ids=["one", "all", "some", "no hint"],
)
def test_how_to_fill_in_below_the_header(
    tmp_path: Path, hints: list[object], told: list[str]
) -> None:
    """A row below the header that says how to fill in its columns begins no other table."""
    facts = read(book(tmp_path / "x.xlsx", schools(HEADER, hints, FIRST)))
    assert kinds(facts) == told
    assert found(facts, "s1.pupils") == (None if told == ["another-table"] else 300.0)


@pytest.mark.parametrize("title", ["二〇二三年学校情况", "二○二三年度情况表", "2023年 单位：人"])
def test_years_of_titles_in_words(tmp_path: Path, title: str) -> None:
    """A year in Chinese numerals is one: of a table, of a row, and as told by the column."""
    plain = [*FIRST[:3], "二〇二五年", 300]
    facts = read(book(tmp_path / "x.xlsx", schools([title], HEADER, plain)))
    assert kinds(facts) == ["other-year-in-title"]
    assert found(facts, "s1.pupils") == 300.0


def test_tables_of_two_years_in_words(tmp_path: Path) -> None:
    """A table below another, of another year by its title in words, is not read into that year."""
    header, row = [*HEADER[:3], "学生数"], [*FIRST[:3], 300]
    rows = schools(["二〇二五年"], header, row, ["二〇二四年"], header, [*FIRST[:3], 299])
    facts = read(book(tmp_path / "x.xlsx", rows))
    assert kinds(facts) == ["another-table", "year-in-title"]
    assert found(facts, "s1.pupils") == 300.0


@pytest.mark.parametrize(
    ("unit", "value"), [("mbps", 100.0), ("Mbps", 100.0), ("MBps", None), ("kbps", None)]
)
def test_units_in_small_letters(tmp_path: Path, unit: str, value: float | None) -> None:
    """A unit typed in small letters is that unit, in a header as in a cell; MBps is another."""
    measures = {"band": item("出口带宽", "band", [SCHOOL], "Mbps")}
    for at, (header, cell) in enumerate(((f"出口带宽（{unit}）", 100), ("出口带宽", f"100{unit}"))):
        rows = schools([*HEADER[:4], header], [*FIRST[:4], cell])
        facts = read_facts([book(tmp_path / f"{at}.xlsx", rows)], measures, PLACES)
        assert found(facts, "s1.band") in {value, REFUSED if value is None else value}
