"""Lines of what can only be counted: section 4 of docs/judgement.md."""

import pytest

from dabiao.engine.judge import EngineChoice
from dabiao.rules.catalog.norm import Changes, Compares, Direction, Norm, Span
from dabiao.rules.formulas.formula import (
    Arithmetic,
    Below,
    Calculation,
    Choice,
    Cumulative,
    Fold,
    Formula,
    InYear,
    Measured,
    Number,
    Ratio,
    Relates,
    Relation,
)
from dabiao.rules.formulas.whole import whole
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline
from tests.engine.builders import EVERY_LEVEL, Sub, due, engines, item, judged, pack, rule

H, T, V = Outcome.BEHIND, Outcome.ON_TRACK, Outcome.VIOLATION
ITEMS = (
    item("colleges", *EVERY_LEVEL, type_=ItemType.INTEGER, bounds=(0.0, None)),
    item("area", *EVERY_LEVEL, bounds=(0.0, None)),
)
COLLEGES, AREA = Measured("colleges"), Measured("area")
LEAST, MOST = Comparator.AT_LEAST, Comparator.AT_MOST


def found(
    norm: Norm, began: float, now: float, year: int = 2023, *, engine: EngineChoice
) -> Outcome:
    """Judge a norm due in 2025 with a baseline of 2020."""
    catalog = pack(
        rule(norm, timing=due(2025), baseline=Baseline(year=2020, value=began)), items=ITEMS
    )
    rows = {year: {"colleges": now, "area": now}}
    subject = Sub(Level.SCHOOL, "S1", "150602", rows)
    (finding,) = judged(catalog, subject, as_of=year, engine=engine).findings()
    return finding.outcome


@engines
@pytest.mark.parametrize(
    ("year", "now", "expected"),
    [(2021, 0, T), (2024, 0, T), (2025, 0, V)],
)
def test_one_college_in_five_years(
    year: int, now: float, expected: Outcome, engine: EngineChoice
) -> None:
    """Nobody builds half a college: none is not behind before the deadline."""
    assert found(Compares(COLLEGES, LEAST, Number(1)), 0, now, year, engine=engine) is expected


@engines
@pytest.mark.parametrize(
    ("norm", "began", "now", "expected"),
    [
        (Compares(COLLEGES, LEAST, Number(3)), 0, 1, T),  # 1.8
        (Compares(COLLEGES, LEAST, Number(3)), 0, 0, H),
        (Compares(AREA, LEAST, Number(3)), 0, 1.8, T),
        (Compares(AREA, LEAST, Number(3)), 0, 1, H),
        (Compares(COLLEGES, LEAST, Number(5)), 0, 3, T),  # a whole number itself
        (Compares(COLLEGES, LEAST, Number(5)), 0, 2, H),
        (Compares(COLLEGES, MOST, Number(0)), 4, 2, T),  # 1.6
        (Compares(COLLEGES, MOST, Number(0)), 4, 3, H),
        (Compares(AREA, MOST, Number(0)), 4, 2, H),
    ],
)
def test_the_last_step_on_the_way(
    norm: Norm, began: float, now: float, expected: Outcome, engine: EngineChoice
) -> None:
    """What is counted has to be at the last whole number; what is measured, on the line."""
    assert found(norm, began, now, engine=engine) is expected


@engines
@pytest.mark.parametrize(("now", "expected"), [(11, T), (10, H)])
def test_a_change_counts_in_steps_too(now: float, expected: Outcome, engine: EngineChoice) -> None:
    """Three more by 2025 than the 10 of 2020: 1.8 more in 2023."""
    norm = Changes(COLLEGES, Direction.RISE, Span.SINCE, 3, since=2020)

    assert found(norm, 10, now, engine=engine) is expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (COLLEGES, True),
        (AREA, False),
        (Number(2), True),
        (Number(2.5), False),
        (InYear(COLLEGES, back=1), True),
        (Cumulative(COLLEGES, 3), True),
        (Cumulative(AREA, 3), False),
        (Calculation(Arithmetic.ADD, COLLEGES, Number(1)), True),
        (Calculation(Arithmetic.ADD, COLLEGES, AREA), False),
        (Calculation(Arithmetic.DIVIDE, COLLEGES, Number(2)), False),
        (Ratio(COLLEGES, COLLEGES), False),
        (Below(Fold.COUNT, Level.SCHOOL, None, None), True),
        (Below(Fold.SUM, Level.SCHOOL, COLLEGES, None), True),
        (Below(Fold.MEAN, Level.SCHOOL, COLLEGES, None), False),
        (Choice(Relates(Relation.MORE, AREA, Number(1)), COLLEGES, Number(0)), True),
        (Choice(Relates(Relation.MORE, AREA, Number(1)), COLLEGES, AREA), False),
    ],
)
def test_what_can_only_be_whole(formula: Formula, *, expected: bool) -> None:
    """Counts, and sums, differences and products of counts."""
    assert (
        whole(formula, pack(rule(Compares(COLLEGES, LEAST, Number(1))), items=ITEMS).vocabulary)
        is expected
    )
