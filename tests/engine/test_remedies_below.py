"""Remedies by numbers of those below, of many findings at once: section 7 of docs/judgement.md."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dabiao.rules.catalog.norm import Compares
from dabiao.rules.formulas.formula import (
    Arithmetic,
    Below,
    Calculation,
    Fold,
    Formula,
    InYear,
    Measured,
    Number,
    Ratio,
    Relates,
    Relation,
    Variation,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from tests.engine.builders import A, B, C, Sub, at_least, judged, pack, rule

LAST = InYear(A, back=1)
OF_SCHOOLS = st.one_of(
    st.builds(
        lambda fold, value, chosen: Below(fold, Level.SCHOOL, value, chosen),
        st.sampled_from([Fold.SUM, Fold.MEAN, Fold.MAXIMUM, Fold.MINIMUM, Fold.SHARE]),
        st.sampled_from(
            [A, B, Ratio(B, A), Calculation(Arithmetic.SUBTRACT, A, InYear(A, back=1))]
        ),
        st.sampled_from([None, Relates(Relation.MORE, B, Number(5.0)), Measured("open")]),
    ),
    st.builds(
        lambda fold, value: Below(fold, Level.SCHOOL, None, Relates(Relation.AT_LEAST, value, B)),
        st.sampled_from([Fold.COUNT, Fold.SHARE]),
        st.sampled_from([A, C, Calculation(Arithmetic.MULTIPLY, B, C)]),
    ),
    st.sampled_from(
        [Below(Fold.COUNT, Level.SCHOOL, None, None), Variation(Level.SCHOOL, A, B, None)]
    ),
)
OF_COUNTIES = st.recursive(
    st.one_of(OF_SCHOOLS, st.sampled_from([A, B, Number(3.0)])),
    lambda part: st.one_of(
        st.builds(Calculation, st.sampled_from(list(Arithmetic)[:4]), part, part),
        st.builds(Ratio, part, part),
        st.builds(InYear, part, st.just(None), st.just(1)),
    ),
    max_leaves=3,
)


def _counties(chance: np.random.Generator) -> list[Sub]:
    """Give six counties, below each of which lie up to seven schools, or one that has too many."""

    def values() -> dict[str, float | bool]:
        open_ = bool(chance.integers(2))
        given = {"a": chance.integers(0, 900) / 100, "b": int(chance.integers(0, 12)), "c": 7.5}
        return {"open": open_, **{k: v for k, v in given.items() if chance.random() < 0.97}}

    found: list[Sub] = []
    for at in range(6):
        code = f"15060{at + 2}"
        found.append(Sub(Level.COUNTY, code, "150600", {year: values() for year in (2024, 2025)}))
        for school_at in range(chance.integers(0, 8) if at else 21):
            name = f"{code}{school_at:02}"
            found.append(Sub(Level.SCHOOL, name, code, {y: values() for y in (2024, 2025)}))
    return found


@given(
    value=OF_COUNTIES,
    bound=st.sampled_from([-2.0, 0.0, 3.0, 4.5, 33.3, 80.0]),
    comparator=st.sampled_from([Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.MORE_THAN]),
    condition=st.sampled_from(
        [None, Relates(Relation.LESS, Below(Fold.MEAN, Level.SCHOOL, A, None), Number(5.0))]
    ),
    seed=st.integers(0, 99),
)
def test_remedies_of_those_below_are_searched_for_all_at_once(
    value: Formula, bound: float, comparator: Comparator, condition: Formula | None, seed: int
) -> None:
    """What comes out is what is found of each alone."""
    chance = np.random.default_rng(seed)
    norm = Compares(value, comparator, Number(bound))
    catalog = pack(rule(norm, level=Level.COUNTY, condition=condition))
    judgement = judged(catalog, *_counties(chance))
    asked = judgement.catalog.rules["plan/r"]
    builder, verdict = judgement.builder, judgement.verdict(asked, 2025)
    for of in judgement.excerpt().columns([Outcome.VIOLATION]):
        plan = judgement.records.planner.plan(asked, 2025)
        places = verdict.segment.places(of.subject)
        found = builder.remedies.by_others(plan, places, of.subject)
        for at, seen in enumerate(builder.observations(asked, 2025, of.subject)):
            assert found[at] == builder.remedies.find(seen)


def test_nobody_is_looked_at_alone_for_the_sake_of_those_below() -> None:
    """Of a mean of those below all remedies are searched for at once."""
    norm = at_least(9, Below(Fold.MEAN, Level.SCHOOL, A, None))
    catalog = pack(rule(norm, level=Level.COUNTY))
    judgement = judged(catalog, *_counties(np.random.default_rng(1)))
    plan = judgement.records.planner.plan(judgement.catalog.rules["plan/r"], 2025)
    below = np.arange(1, 6)

    found = judgement.builder.remedies.by_others(plan, below, below)

    assert [each and len(each) for each in found] == [2, 3, 3, 3, 3]
