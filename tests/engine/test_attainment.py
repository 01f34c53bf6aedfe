"""达标率, the share of those who comply: section 6 of docs/judgement.md."""

import pytest

from dabiao.engine.judge import EngineChoice
from dabiao.rules.catalog.norm import Compares, Within
from dabiao.rules.formulas.formula import Arithmetic as Do
from dabiao.rules.formulas.formula import (
    Calculation,
    InYear,
    Measured,
    Number,
    Relates,
    Relation,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline
from tests.engine import builders
from tests.engine.builders import (
    EVERY_LEVEL,
    A,
    B,
    Cell,
    Sub,
    at_least,
    county,
    due,
    engines,
    judged,
    pack,
    rule,
    school,
    years,
)
from tests.engine.test_roll_ups import PASS, RATE, H, M, N, T, V, above, members, schools


@pytest.mark.parametrize(
    ("values", "outcome", "observed", "tries"),
    [
        ((5, 5, 5, 4), PASS, 75, (None, None)),
        ((5, 5, 4, 4), V, 50, (None, None)),
        ((5, 5, 4, None), M, 50, (PASS, V)),
        ((5, 5, 5, None), PASS, 75, (None, None)),
        ((4, 4, 5, None), V, 25, (None, None)),
        ((), N, None, (None, None)),
    ],
)
def test_open_findings_are_tried_twice(
    values: tuple[float | None, ...],
    outcome: Outcome,
    observed: float | None,
    tries: tuple[Outcome | None, ...],
) -> None:
    """% of the subjects with findings that count; with open ones it is tried twice."""
    finding = above(Compares(RATE, Comparator.AT_LEAST, Number(75.0)), *schools(*values))

    assert (finding.outcome, finding.observed) == (outcome, observed)
    assert (finding.best, finding.worst) == tries


@pytest.mark.parametrize(
    ("values", "outcome"),
    [((None, None), M), ((4, 4, 4, None), V), ((5, 5, 5, None), V), ((5, 4), PASS)],
)
def test_attainment_between_two_bounds(values: tuple[float | None, ...], outcome: Outcome) -> None:
    """Two tries that fail agree only if they break the same bound: 0% and 100% do not."""
    norm = Within(RATE, Number(40.0), Number(60.0))

    assert above(norm, *schools(*values)).outcome is outcome
    never = Relates(Relation.MORE, B, Number(9.0))
    facts = (county(b=1), *schools(*values))
    catalog = pack(rule(norm, level=Level.COUNTY, condition=never), *members(at_least(5)))
    assert next(judged(catalog, *facts).findings(rule="plan/r")).outcome is N


def test_attainment_between_bounds_that_cannot_both_be_kept() -> None:
    """50% and 100% both break 120 <= x <= 60 from below, whatever else they break."""
    norm = Within(RATE, Number(120.0), Number(60.0))

    assert above(norm, *schools(5, None)).outcome is V


def test_attainment_needs_all_rules_of_the_tag() -> None:
    """One of two is not enough."""
    norm = Compares(RATE, Comparator.AT_LEAST, Number(50.0))
    both = members(at_least(5, A), at_least(5, B))

    assert above(norm, school(a=5, b=4, stage="小学"), rules=both).observed == 0


def test_attainment_inside_a_formula() -> None:
    """Missing where what is open would change it: who fails one rule fails, whatever the other."""
    half = Calculation(Do.DIVIDE, RATE, Number(2.0))
    norm = Compares(half, Comparator.AT_LEAST, Number(30.0))

    assert above(norm, *schools(5, 5, 5, 4)).observed == 37.5
    assert above(norm, *schools(5, 5, 5, None)).outcome is M
    assert above(norm, *schools()).outcome is M

    both = members(at_least(5, A), at_least(5, B))
    whole = school("S1", a=5, b=5, stage="小学")
    assert above(norm, whole, school("S2", a=4, stage="小学"), rules=both).observed == 25
    assert above(norm, whole, school("S2", a=5, stage="小学"), rules=both).outcome is M


def test_attainment_in_an_indicator_and_another_year() -> None:
    """An indicator may look at findings, also of a year that is not judged."""
    indicator = builders.indicator("k", *EVERY_LEVEL, unit="%")
    norm = Compares(Measured("k"), Comparator.AT_LEAST, Number(50.0))
    member = rule(at_least(5), "m", tags=["good"])
    catalog = pack(
        rule(norm, level=Level.COUNTY),
        member,
        indicators={indicator: InYear(RATE, back=1)},
    )

    judgement = judged(catalog, county(), years(y2024=5, y2025=4))

    assert next(judgement.findings(rule="plan/r")).observed == 100


def test_line_of_attainment() -> None:
    """It is a quantity: from the share of the baseline's year to the target."""
    norm = Compares(RATE, Comparator.AT_LEAST, Number(100.0))
    member = rule(at_least(5), "m", tags=["good"])
    baseline = Baseline(year=2024)
    catalog = pack(rule(norm, level=Level.COUNTY, timing=due(2026), baseline=baseline), member)

    def in_2025(*values: float) -> Outcome:
        facts = [years(f"S{at}", y2024=0, y2025=value) for at, value in enumerate(values)]
        return next(judged(catalog, county(), *facts).findings(rule="plan/r")).outcome

    assert in_2025(5, 0) is T
    assert in_2025(5, 0, 0) is H


@engines
def test_a_line_begins_where_open_findings_change_nothing(engine: EngineChoice) -> None:
    """Of the baseline's year it is known that nobody complies, though not by how many rules."""
    norm = Compares(RATE, Comparator.AT_LEAST, Number(100.0))
    of_county = rule(norm, level=Level.COUNTY, timing=due(2026), baseline=Baseline(year=2024))
    catalog = pack(of_county, *members(at_least(5, A), at_least(5, B)))

    def in_2025(**began: float) -> Outcome:
        stage: dict[str, Cell] = {"stage": "小学"}
        rows = {2024: {**began, **stage}, 2025: {"a": 5.0, "b": 4.0, **stage}}
        facts = county(), Sub(Level.SCHOOL, "S1", "150602", rows)
        return next(judged(catalog, *facts, engine=engine).findings(rule="plan/r")).outcome

    assert in_2025(a=4.0, b=4.0) is H
    assert in_2025(a=4.0) is H
    assert in_2025(a=5.0) is T  # either 0% or 100%: no line
