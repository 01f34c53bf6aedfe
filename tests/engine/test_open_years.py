"""连续n年 and n年中至少k年 where a year is missing: section 4 of docs/judgement.md."""

from io import StringIO

import pytest

from dabiao.engine.explain import explain
from dabiao.reports import wording
from dabiao.reports.format_names import Format
from dabiao.reports.lists.explanations import write_explanation
from dabiao.rules.catalog.norm import Compares, EachComplies, Norm, Within
from dabiao.rules.formulas.formula import Arithmetic as Do
from dabiao.rules.formulas.formula import (
    Calculation,
    Choice,
    Number,
    Relates,
    Relation,
    counts_years,
    years_when,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline
from tests.engine.builders import A, Cell, county, due, judged, pack, rule, years

V, H, M = Outcome.VIOLATION, Outcome.BEHIND, Outcome.MISSING
T, C = Outcome.ON_TRACK, Outcome.COMPLIANT
KEPT = Relates(Relation.AT_LEAST, A, Number(5.0))
THREE = years_when(KEPT, 3)


def of(count: float, comparator: Comparator = Comparator.AT_LEAST) -> Compares:
    """Ask for so many of three years."""
    return Compares(THREE, comparator, Number(count))


def three(first: Cell, second: Cell, third: Cell) -> dict[str, Cell]:
    """Give what is submitted in three years."""
    return {"y2023": first, "y2024": second, "y2025": third}


@pytest.mark.parametrize(
    ("norm", "cells", "expected"),
    [
        (of(3), (5, None, 5), (M, None)),
        (of(3), (4, None, 5), (V, 1.0)),
        (of(3), (None, None, 4), (V, 0.0)),
        (of(3), (None, None, 5), (M, None)),
        (of(2), (5, None, 5), (C, 2.0)),
        (of(2), (5, None, 4), (M, None)),
        (of(2), (4, None, 4), (V, 0.0)),
        (of(1), (None, None, 5), (C, 1.0)),
        (of(0), (None, None, None), (C, 0.0)),
        (of(1, Comparator.AT_MOST), (5, None, 5), (V, 2.0)),
        (of(1, Comparator.AT_MOST), (5, None, 4), (M, None)),
        (of(2, Comparator.LESS_THAN), (4, None, 4), (C, 0.0)),
        (of(1, Comparator.EQUAL), (5, None, 4), (M, None)),
        (of(1, Comparator.EQUAL), (5, None, 5), (V, 2.0)),
        (of(3, Comparator.EQUAL), (4, None, 5), (V, 1.0)),
        (Within(THREE, Number(1.0), Number(2.0)), (5, None, 4), (C, 1.0)),
        (Within(THREE, Number(1.0), Number(2.0)), (5, None, 5), (M, None)),
        (Within(THREE, Number(1.5), Number(1.7)), (5, None, 4), (M, None)),
    ],
)
def test_a_missing_year(
    norm: Norm, cells: tuple[Cell, Cell, Cell], expected: tuple[Outcome, float | None]
) -> None:
    """It decides nothing where it comes to the same whatever it was, and the known are counted."""
    found = next(judged(pack(rule(norm)), years(**three(*cells))).findings())

    assert (found.outcome, found.observed) == expected
    assert (found.best, found.worst) == (None, None)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [((5, None, 5), M), ((4, None, 4), M), ((4, 4, 4), H), ((5, None, 4), T)],
)
def test_a_missing_year_before_it_is_due(cells: tuple[Cell, Cell, Cell], expected: Outcome) -> None:
    """The line decides likewise: it stands at one of three years."""
    more = {"timing": due(2027), "baseline": Baseline(year=2023, value=0.0)}
    made = pack(rule(of(3), **more))  # type: ignore[arg-type]

    assert next(judged(made, years(**three(*cells))).findings()).outcome is expected


def test_inside_a_larger_formula() -> None:
    """A number of which a part is missing is missing, as everywhere."""
    twice = Calculation(Do.MULTIPLY, THREE, Number(2.0))
    norm = Compares(twice, Comparator.AT_LEAST, Number(6.0))

    assert next(judged(pack(rule(norm)), years(**three(4, None, 5))).findings()).outcome is M
    assert [counts_years(each) for each in (THREE, twice, KEPT)] == [True, False, False]
    assert not counts_years(Choice(KEPT, Number(1.0), Number(0.0)))


@pytest.mark.parametrize(
    ("floor", "cells", "expected"),
    [
        (30.0, (4, None, 5), C),
        (50.0, (4, None, 5), M),
        (70.0, (4, None, 5), V),
        (50.0, (4, 4, 5), V),
    ],
)
def test_a_share_of_the_bound(
    floor: float, cells: tuple[Cell, Cell, Cell], expected: Outcome
) -> None:
    """One of three years or two: whether 50% is reached nobody knows, 30% is and 70% is not."""
    each = EachComplies(Level.SCHOOL, "good", 0, floor)
    rules = [
        rule(of(3), "m", tags=frozenset({"good"})),
        rule(each, level=Level.COUNTY),
    ]
    found = judged(pack(*rules), county(), years(**three(*cells))).findings(rule="plan/r")

    assert next(found).outcome is expected


def test_remedies_count_what_is_known() -> None:
    """The number of this year mends it only where that is enough whatever the missing year was."""
    enough, short = years(**three(5, None, 4)), years(**three(None, 4, 4))
    told = [
        wording.remedies(next(judged(pack(rule(norm)), of_whom).findings()))
        for norm, of_whom in ((of(2), enough), (of(3), short), (of(1), years(**three(4, 4, 4))))
    ]
    assert told == [(), (), ("“项a”由4人增至5人（增加1人）",)]


def test_it_is_told_that_the_known_years_were_compared() -> None:
    """The reason and the step by step say so where a year is missing, and only there."""
    told, reasons = [], []
    for cells in ((5, None, 5), (5, 4, 5)):
        judgement = judged(pack(rule(of(2))), years(**three(*cells)))
        page = StringIO()
        write_explanation(explain(judgement, "plan/r", "S1"), Format.MARKDOWN, page)
        told.append("比较的是已知成立的年数" in page.getvalue())
        reasons.append("（只算已知的年份）" in wording.reason(next(judgement.findings())))
    assert told == reasons == [True, False]
