"""Sections of a table: headings and sums, which are about nobody; and rows with two faults."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from dabiao.intake import read_facts
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from tests.intake.submissions import MEASURES, PLACES, item, workbook

SCHOOL = Level.SCHOOL
STAFF = item("教师数", "staff", [SCHOOL], "人", ItemType.INTEGER)
HEADER = ["代码", "名称", "年份", "学生数", "教师数"]
ROWS: list[Sequence[object]] = [
    [f"150602000{at}", f"{name}校", 2025, 300 + 7 * at, 20 + at]
    for at, name in enumerate("甲乙丙丁", 1)
]
FIRST = [sum(map(int, column)) for column in ((307, 314), (21, 22))]
LAST = [321 + 328, 23 + 24]


def schools(tmp_path: Path, *rows: Sequence[object]) -> Facts:
    """Read a table of schools."""
    path = workbook(tmp_path / "a.xlsx", {"学校": [HEADER, *rows]})
    return read_facts([path], MEASURES | {"staff": STAFF}, PLACES)


def told(facts: Facts) -> list[tuple[str, str]]:
    """Give the codes of all problems, and their severities."""
    return [(each.code, each.severity.value) for each in facts.problems]


@pytest.mark.parametrize("name", ["城区", "第一片区", "镇区学校计", "小记", "民族学校", "Σ"])
@pytest.mark.parametrize("place", ["below", "above", "as code"])
def test_sums_of_sections(tmp_path: Path, name: str, place: str) -> None:
    """A row without a code that adds up those beside it in all of its counts is set aside."""
    sums: list[Sequence[object]] = [[None, name, None, *FIRST], [None, name, None, *LAST]]
    if place == "as code":
        sums = [[name, None, 2025, *each[3:]] for each in sums]
    pairs = ROWS[:2], ROWS[2:]
    rows = [
        row
        for pair, added in zip(pairs, sums, strict=True)
        for row in ([added, *pair] if place == "above" else [*pair, added])
    ]
    facts = schools(tmp_path, *rows)
    assert told(facts) == [("totals-row", "warning")] * 2
    assert list(facts.levels[SCHOOL].codes) == [row[0] for row in ROWS]


def test_sums_of_numbers_with_units(tmp_path: Path) -> None:
    """300人 counts as 300 where sums are looked for."""
    rows = [[*ROWS[0][:3], "307人", "２１"], ROWS[1], [None, "城区", None, *FIRST]]
    assert told(schools(tmp_path, *rows)) == [("totals-row", "warning")]


@pytest.mark.parametrize("counts", [(621, 44), (621, None), (300, 43), (622, 43), (0, 0)])
def test_a_school_without_a_code_is_no_sum(tmp_path: Path, counts: tuple[object, ...]) -> None:
    """Whoever forgot the code is told so, be one count a sum by chance."""
    facts = schools(tmp_path, *ROWS[:2], [None, "戊校", 2025, *counts], *ROWS[2:])
    assert told(facts) == [("missing-code", "error")]


@pytest.mark.parametrize("name", ["城区", "（二）农村牧区", "公办小学", "第一学区"])
def test_headings_of_sections(tmp_path: Path, name: str) -> None:
    """A heading in the column of names is a remark; a school of which nothing is given is not."""
    assert told(schools(tmp_path, [None, name], *ROWS)) == [("remark-row", "warning")]
    assert told(schools(tmp_path, [None, "城区一小"], *ROWS)) == [("missing-code", "error")]


@pytest.mark.parametrize("code", [None, "0000000000", "15060200①", "学校一"])
def test_a_bad_year_hides_no_bad_code(tmp_path: Path, code: str | None) -> None:
    """Both are told in one go, so that the row is mended at once."""
    facts = schools(tmp_path, *ROWS, [code, "戊校", "20255", 400, 30])
    expected = "missing-code" if code is None else "bad-code"
    assert sorted(kind for kind, _ in told(facts)) == sorted([expected, "bad-year"])


def test_rows_given_twice_with_the_same_fault_do_not_contradict(tmp_path: Path) -> None:
    """约45 in both is told of in each cell; that the rows are the same is a warning."""
    rows = [[*ROWS[0][:3], "约45", 21]] * 2
    facts = schools(tmp_path, *rows)
    assert sorted(told(facts)) == [("duplicate-row", "warning"), *[("not-a-number", "error")] * 2]
    facts = schools(tmp_path, rows[0], [*ROWS[0][:3], "近50", 21])
    assert ("conflicting-values", "error") in told(facts)
