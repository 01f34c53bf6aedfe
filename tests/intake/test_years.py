"""The year that is judged by default, and rows of years that look mistyped."""

from collections.abc import Mapping, Sequence

import pytest

from dabiao.intake.facts.assemble import Row, assemble
from dabiao.intake.facts.years import judged_year, passed_over
from dabiao.schemas.facts import Facts, Origin
from dabiao.schemas.level import Level
from tests.intake.submissions import MEASURES

PREFECTURE, COUNTY, SCHOOL, CLASS = Level.PREFECTURE, Level.COUNTY, Level.SCHOOL, Level.CLASS
PARENTS = {SCHOOL: None, CLASS: "s1", COUNTY: None, PREFECTURE: None}
Counts = Mapping[Level, Mapping[int, int]]


def submitted(counts: Counts, more: Sequence[Row] = ()) -> Facts:
    """Submit as many subjects of a level for a year as are said."""
    rows = [
        Row(level, f"{level.value[0]}{at}", None, PARENTS[level], year, {}, {}, 0, at)
        for level, years in counts.items()
        for year, number in years.items()
        for at in range(1, number + 1)
    ]
    origin = Origin("a.xlsx", None, {}, fixed={"year": "D", "parent": "C"})
    return assemble([*rows, *more], [origin], MEASURES, {})


@pytest.mark.parametrize(
    ("counts", "year"),
    [
        ({COUNTY: {2025: 1}}, 2025),
        ({COUNTY: {2020: 1, 2023: 1, 2024: 1, 2025: 1}}, 2025),
        ({SCHOOL: {2025: 3, 2026: 1}}, 2025),
        ({SCHOOL: {2025: 4, 2026: 2}}, 2025),
        ({SCHOOL: {2025: 4, 2026: 3}}, 2026),
        ({COUNTY: {2025: 9, 2024: 9}, SCHOOL: {2025: 60}, PREFECTURE: {2020: 1, 2025: 1}}, 2025),
        ({COUNTY: {2024: 1, 2026: 1}, SCHOOL: {2025: 2}}, 2025),
        ({COUNTY: {2026: 1}, SCHOOL: {2025: 8}, CLASS: {2025: 45}}, 2025),
        ({COUNTY: {2025: 1}, SCHOOL: {2025: 8}, CLASS: {2024: 45}}, 2025),
        ({COUNTY: {2025: 1}, SCHOOL: {2025: 8}, CLASS: {2026: 45}}, 2025),
        ({PREFECTURE: {2025: 1}, SCHOOL: {2023: 60}}, 2023),
        ({SCHOOL: {2025: 1}, CLASS: {2026: 1}}, 2025),
        ({SCHOOL: {2025: 1, 2026: 1}, CLASS: {2025: 2}}, 2025),
    ],
    ids=[
        "one", "trend", "typo", "half", "more than half", "three levels", "county mistyped",
        "county alone", "older classes", "classes mistyped", "few against many", "one against one",
        "one more",
    ],
)  # fmt: skip
def test_year_judged_by_default(counts: Counts, year: int) -> None:
    """The latest that more than half as many report on as on the fullest, by most levels."""
    assert judged_year(submitted(counts)) == year


def test_one_of_two_subjects_decides_nothing() -> None:
    """Of two schools with a year each the earlier is judged, and the later is told of."""
    other = Row(SCHOOL, "s2", None, None, 2026, {}, {}, 0, 2)
    facts = submitted({SCHOOL: {2025: 1}}, [other])
    assert judged_year(facts) == 2025
    assert [(each.code, each.cell) for each in facts.problems] == [("stray-year", "D2")]


def test_nothing_is_judged_without_years() -> None:
    """A roster alone speaks of no year."""
    assert judged_year(assemble([Row(SCHOOL, "s1", None, None, None)], [], MEASURES, {})) is None


def test_later_years_are_told_at_their_cells() -> None:
    """Each row of a later year is warned of, with both numbers, and counted."""
    facts = submitted({SCHOOL: {2025: 5, 2026: 2, 2052: 1}})

    told = [(each.code, each.cell, each.severity.value) for each in facts.problems]
    assert sorted(told) == [("stray-year", cell, "warning") for cell in ("D1", "D1", "D2")]
    assert "“2026”只有 2 个对象填报，2025 年有 5 个" in facts.problems[0].message
    assert passed_over(facts, 2025) == {2026: 2, 2052: 1}
    assert passed_over(facts, 2026) == {2052: 1}


def test_early_years_are_told_where_they_look_mistyped() -> None:
    """One row of ten years ago, of a school without one of the year judged; no baseline is."""
    mistyped = Row(SCHOOL, "s9", None, None, 2015, {}, {}, 0, 9)
    recent = Row(SCHOOL, "s9", None, None, 2016, {}, {}, 0, 9)
    baseline = Row(SCHOOL, "s1", None, None, 2015, {}, {}, 0, 9)

    def strays(row: Row) -> list[str | None]:
        problems = submitted({SCHOOL: {2025: 5}}, [row]).problems
        return [each.cell for each in problems if each.code == "stray-year"]

    assert (strays(mistyped), strays(recent), strays(baseline)) == (["D9"], [], [])
