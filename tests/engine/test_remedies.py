"""Gap and remedy: section 7 of docs/judgement.md."""

from dataclasses import replace
from typing import Any, Unpack

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.engine.columns.rule_findings import rule_findings
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.evaluation import what_if
from dabiao.engine.evaluation.what_if import Variable, WhatIf
from dabiao.engine.judge import judge
from dabiao.reports import wording
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, Direction, Norm, Span, Within
from dabiao.rules.formulas.formula import (
    Above,
    Arithmetic,
    Below,
    Calculation,
    Choice,
    Complies,
    Cumulative,
    Fold,
    Formula,
    InYear,
    Measured,
    Negation,
    Number,
    Ranking,
    Ratio,
    Relates,
    Relation,
    Scale,
    Text,
    Variation,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.distinct import whole
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline
from tests.engine import builders
from tests.engine.builders import (
    EVERY_LEVEL,
    ITEMS,
    STAGE,
    A,
    B,
    C,
    RuleParts,
    Sub,
    at_least,
    at_most,
    county,
    due,
    judged,
    pack,
    rule,
    school,
    submit,
    within,
    years,
)

SHARE = Ratio(B, A)


def remedies(
    norm: Norm, *subjects: Sub, level: Level = Level.SCHOOL, **more: Unpack[RuleParts]
) -> list[str]:
    """Give the remedies of a rule's first finding."""
    catalog = pack(rule(norm, level=level, **more))
    return list(wording.remedies(next(judged(catalog, *subjects).findings(rule="plan/r"))))


def test_whole_steps_for_integers() -> None:
    """Another teacher, not half of one."""
    assert remedies(at_least(12, SHARE), school(a=50, b=4)) == ["“项b”由4人增至6人（增加2人）"]
    assert remedies(at_most(5, B), school(b=9)) == ["“项b”由9人减至5人（减少4人）"]
    more_than = Compares(B, Comparator.MORE_THAN, Number(5.0))
    assert remedies(more_than, school(b=5)) == ["“项b”由5人增至6人（增加1人）"]


def test_hundredths_for_the_rest() -> None:
    """Steps of 0.01 of the unit."""
    assert remedies(at_least(5), school(a=4.975)) == ["“项a”由4.975人增至5.005人（增加0.03人）"]
    assert remedies(at_least(5), school(a=4)) == ["“项a”由4人增至5人（增加1人）"]


def test_denominators_do_not_shrink() -> None:
    """A share is not mended by counting fewer; but a numerator may be lowered."""
    assert remedies(at_most(8, SHARE), school(a=50, b=5)) == [
        "“项b”由5人减至4人（减少1人）",
        "“项a”由50人增至62.5人（增加12.5人）",
    ]
    both = Ratio(A, Calculation(Arithmetic.SUBTRACT, Number(100.0), A))
    assert remedies(at_least(50, both), school(a=20)) == []


def test_none_comes_nearer_and_nearer() -> None:
    """Of 50 and 1 no share is 100%, however many there are: nobody is told to have billions."""
    everyone = Calculation(Arithmetic.ADD, A, B)
    assert remedies(at_least(100, Ratio(A, everyone)), school(a=50, b=1)) == []
    assert remedies(at_most(100, Ratio(everyone, A)), school(a=50, b=1)) == [
        "“项b”由1人减至0人（减少1人）"
    ]


def test_a_bound_is_reached_itself() -> None:
    """Not a number that only counts as the bound because it is so large."""
    assert remedies(at_least(250_000_000_000, B), school(b=249_999_990_000)) == [
        "“项b”由249,999,990,000人增至250,000,000,000人（增加10,000人）"
    ]


def test_numbers_stay_in_their_range() -> None:
    """What the vocabulary does not allow is not offered."""
    few = with_range(maximum=4.5)
    catalog = pack(rule(at_least(5)), items=few)

    assert wording.remedies(next(judged(catalog, school(a=4)).findings())) == ()
    enough = pack(rule(at_least(5)), items=with_range(maximum=5.0))
    assert len(wording.remedies(next(judged(enough, school(a=4)).findings()))) == 1


def test_of_as_many_steps_either_way_those_up_are_offered() -> None:
    """Also where the range ends at the last of those down, so that they are found first."""
    square = at_least(25, Calculation(Arithmetic.MULTIPLY, A, A))
    catalog = pack(rule(square), items=with_range(type=ItemType.INTEGER, minimum=-5))

    (finding,) = judged(catalog, school(a=0)).findings()
    assert [each.after for each in finding.remedy] == [5]


def with_range(**changed: Any) -> list[Item]:  # noqa: ANN401 - any field
    """Give the items, that called ``a`` with another range."""
    return [replace(one, **changed) if one.slug == "a" else one for one in ITEMS]


def test_only_the_year_judged_can_be_mended() -> None:
    """The past is what it was."""
    change = Changes(A, Direction.RISE, Span.YEAR, 2.0)

    assert remedies(change, years(y2024=5, y2025=6)) == ["“项a”由6人增至7人（增加1人）"]


def test_remedies_below() -> None:
    """A number of a subject below, by its name; a sum as a sum."""
    largest = Below(Fold.MAXIMUM, Level.SCHOOL, B, None)
    found = remedies(
        at_most(50, largest), county(), school("S1", b=52), school("S2", b=40), level=Level.COUNTY
    )
    assert found == ["名S1“项b”由52人减至50人（减少2人）"]
    total = remedies(
        at_least(10, Measured("total")), county(), school("S1", total=4), level=Level.COUNTY
    )
    assert total == ["“项total”（下级合计）由4人增至10人（增加6人）"]
    crowd = [school(f"S{number:02}", b=60 if number == 3 else 40) for number in range(21)]
    assert remedies(at_most(50, largest), county(), *crowd, level=Level.COUNTY) == []


def test_figures_of_an_earlier_year_are_told_as_such() -> None:
    """What was to be reached within a year that is over is judged on that year's figures."""
    catalog = pack(rule(at_least(10), timing=within(2023)))
    reports = years(y2023=7, y2024=12)

    late, then = [
        next(judged(catalog, reports, as_of=year).findings(rule="plan/r")) for year in (2024, 2023)
    ]

    assert wording.reason(late).startswith("按2023年的数据，")
    assert wording.remedies(late) == ("“项a”（2023年）由7人增至10人（增加3人）",)
    assert wording.reason(then) == wording.reason(late).removeprefix("按2023年的数据，")
    assert wording.remedies(then) == ("“项a”由7人增至10人（增加3人）",)


def test_indicators_are_followed_to_what_was_submitted() -> None:
    """A computed one to its items; a reported one is a number itself."""
    indicator = builders.indicator("k", *EVERY_LEVEL, unit="%")
    catalog = pack(rule(at_least(12, Measured("k"))), indicators={indicator: SHARE})

    computed = next(judged(catalog, school(a=50, b=4)).findings())
    reported = next(judged(catalog, school(a=50, b=4, k=11)).findings())

    assert wording.remedies(computed) == ("“项b”由4人增至6人（增加2人）",)
    assert wording.remedies(reported) == ("“标k”由11%增至12%（增加1个百分点）",)


@pytest.mark.parametrize(
    ("value", "outcome", "offered"),
    [(4, Outcome.BEHIND, 1), (8, Outcome.ON_TRACK, 1), (10, Outcome.COMPLIANT, 0)],
)
def test_offered_wherever_the_norm_does_not_hold(
    value: float, outcome: Outcome, offered: int
) -> None:
    """Also before it is due."""
    baseline = Baseline(year=2020, value=0.0)
    catalog = pack(rule(at_least(10), timing=due(2030), baseline=baseline))

    finding = next(judged(catalog, school(a=value)).findings())

    assert (finding.outcome, len(wording.remedies(finding))) == (outcome, offered)


def test_none_where_no_number_can_mend_it() -> None:
    """For what is missing, categories, what rests on verdicts, and where one is not enough."""
    assert remedies(at_least(5), school(a=None, b=1)) == []
    assert remedies(Compares(STAGE, Comparator.EQUAL, Text("小学")), school(stage="初中")) == []
    assert remedies(AllComply(Level.SCHOOL, "x"), county(), level=Level.COUNTY) == []
    on_verdicts = Choice(Complies(Level.SCHOOL, "x"), B, A)  # which a may change
    assert remedies(at_least(5, on_verdicts), school(a=4, b=1)) == []
    followed = Complies(Level.SCHOOL, "x", counts=True)
    assert remedies(at_least(5), school(a=4), condition=Negation(followed)) == []
    least = Below(Fold.MINIMUM, Level.SCHOOL, B, None)
    both = (county(), school("S1", b=1), school("S2", b=2))
    assert remedies(at_least(5, least), *both, level=Level.COUNTY) == []


def test_condition_must_go_on_to_hold() -> None:
    """To escape the rule is no remedy."""
    small = Relates(Relation.LESS, A, Number(5.0))

    assert remedies(at_least(6), school(a=4), condition=small) == []


REACHED = [
    (at_least(6), Relates(Relation.LESS, A, Number(6.5))),
    (at_least(6), Relates(Relation.LESS, Calculation(Arithmetic.SUBTRACT, A, B), Number(5.0))),
    (at_least(6), Relates(Relation.MORE, B, Number(0.0))),
    (at_least(6), Relates(Relation.LESS, Ratio(B, A), Number(40.0))),
    (at_least(6), Relates(Relation.LESS, InYear(A, 2024), Number(5.0))),
    (at_least(90, Ratio(A, B)), None),
    (at_least(9, Calculation(Arithmetic.ADD, A, Calculation(Arithmetic.MULTIPLY, B, B))), None),
    (Compares(A, Comparator.MORE_THAN, InYear(Number(3.0), back=1)), None),
    (Compares(A, Comparator.LESS_THAN, InYear(A, back=1)), None),
    (Compares(Cumulative(A, 2), Comparator.EQUAL, Number(7.0)), None),
    (Changes(A, Direction.RISE, Span.YEAR, 150.0, relative=True), None),
    (Changes(A, Direction.FALL, Span.YEAR, 0.0, strict=True), None),
    (Within(Calculation(Arithmetic.DIVIDE, A, B), Number(2.0), Number(2.5)), None),
    (at_most(2, Ranking(A, None)), None),
    (at_most(1, Ranking(Calculation(Arithmetic.MULTIPLY, A, A), Level.COUNTY)), None),
    (at_least(50, Choice(Relates(Relation.MORE, B, Number(1.0)), A, Ratio(B, A))), None),
    (Compares(A, Comparator.AT_LEAST, Above(Level.COUNTY, B)), None),
]


@pytest.mark.parametrize(("norm", "condition"), REACHED)
def test_remedies_are_searched_for_all_at_once(norm: Norm, condition: Formula | None) -> None:
    """What comes out is what is found of each alone."""
    schools = [
        Sub(
            *(Level.SCHOOL, f"s{at}", "150602"),
            {2024: {"a": 1 + at % 2}, 2025: {"a": at / 2, "b": at % 3 or None}},
        )
        for at in range(1, 14)
    ]
    place = Sub(Level.COUNTY, "150602", "150600", {2025: {"b": 4}})
    judgement = judged(pack(rule(norm, condition=condition)), place, *schools)
    (of,) = judgement.excerpt().columns([Outcome.VIOLATION])
    asked, builder = judgement.catalog.rules["plan/r"], judgement.builder
    plan = judgement.records.planner.plan(asked, 2025)
    places = judgement.verdict(asked, 2025).segment.places(of.subject)
    ways = builder.remedies.of_many(plan, places, of.subject)
    seen = builder.observations(asked, 2025, of.subject)
    alone = list(map(builder.remedies.find, seen))
    columns = rule_findings(judgement.records, asked, 2025, of.subject)

    assert ways.known.all()
    assert list(columns.remedy) == alone
    assert any(alone)


LINES = st.recursive(
    st.sampled_from([A, B, C, Number(2.0), Number(-3.0), Number(0.5)]),
    lambda part: st.one_of(
        st.builds(Calculation, st.sampled_from(list(Arithmetic)[:4]), part, part),
        st.builds(Ratio, part, part),
        st.builds(Scale, part, st.sampled_from([0.01, 100.0, -1.0])),
    ),
    max_leaves=4,
)


@settings(max_examples=40)
@given(
    value=LINES,
    bound=st.integers(-400, 400).map(lambda number: number / 20),
    comparator=st.sampled_from([*Comparator][:5]),
    decimals=st.sampled_from([None, 0, 2]),
    seed=st.integers(0, 1000),
)
def test_the_edge_of_a_quotient_is_where_it_would_be_searched(
    value: Formula, bound: float, comparator: Comparator, decimals: int | None, seed: int
) -> None:
    """What is calculated is what is found of each alone, by trying."""
    chance = np.random.default_rng(seed)
    kinds = [
        {"a": chance.integers(-500, 4000) / 100, "b": int(chance.integers(0, 40)), "c": at}
        for at in range(0, 100, 9)
    ]
    schools = [school(f"s{at}", **each) for at, each in enumerate(kinds)]
    norm = Compares(value, comparator, Number(bound))
    judgement = judged(pack(replace(rule(norm), decimals=decimals)), *schools)
    asked, builder = judgement.catalog.rules["plan/r"], judgement.builder
    for of in judgement.excerpt().columns([Outcome.VIOLATION]):
        plan = judgement.records.planner.plan(asked, 2025)
        places = judgement.verdict(asked, 2025).segment.places(of.subject)
        ways = builder.remedies.of_many(plan, places, of.subject)
        seen = builder.observations(asked, 2025, of.subject)
        for at, alone in enumerate(map(builder.remedies.find, seen)):
            found = [each for each in ways.steps if each.mends[at]]
            assert [float(whole(each.after)[at]) for each in found] == [r.after for r in alone]


def test_a_search_begins_anywhere_where_a_bound_has_two_readings() -> None:
    """The gap is then no one number; what comes out is what is found of each alone."""
    doubtful = Sub(Level.SCHOOL, "s1", "150602", {2024: {"c": (0.9, 90.0)}, 2025: {"c": 0.5}})
    certain = Sub(Level.SCHOOL, "s2", "150602", {2024: {"c": 60}, 2025: {"c": 0.5}})
    norm = Compares(C, Comparator.MORE_THAN, InYear(C, back=1))
    judgement = judged(pack(replace(rule(norm), unit="%")), doubtful, certain)
    asked, both = judgement.catalog.rules["plan/r"], np.arange(2)
    plan, builder = judgement.records.planner.plan(asked, 2025), judgement.builder
    ways = builder.remedies.of_many(plan, both, both)
    alone = list(map(builder.remedies.find, builder.observations(asked, 2025, both)))

    assert list(ways.steps[0].mends) == [bool(each) for each in alone] == [False, True]
    assert whole(ways.steps[0].after)[1] == alone[1][0].after == 60.01


# Applying a remedy complies; one step less does not.

NORMS: list[Norm] = [
    at_least(12, SHARE),
    at_most(5, Calculation(Arithmetic.SUBTRACT, A, B)),
    Compares(Calculation(Arithmetic.DIVIDE, A, B), Comparator.LESS_THAN, Number(13.5)),
    Compares(Calculation(Arithmetic.MULTIPLY, A, B), Comparator.MORE_THAN, Number(300.0)),
    Within(Ratio(A, B), Number(95.0), Number(105.0)),
    Compares(B, Comparator.EQUAL, Number(7.0)),
    at_least(
        0, Calculation(Arithmetic.SUBTRACT, A, Calculation(Arithmetic.LARGER, B, Number(3.0)))
    ),
    Changes(A, Direction.RISE, Span.YEAR, 5.0, relative=True),
    at_least(50, Choice(Relates(Relation.MORE, B, Number(20.0)), A, Ratio(B, A))),
]
OVER_SCHOOLS: list[Formula] = [
    Below(Fold.MEAN, Level.SCHOOL, A, None),
    Below(Fold.SUM, Level.SCHOOL, A, Relates(Relation.MORE, B, Number(10.0))),
    Below(Fold.SHARE, Level.SCHOOL, None, Relates(Relation.AT_LEAST, A, B)),
    Below(Fold.SHARE, Level.SCHOOL, A, Relates(Relation.AT_LEAST, A, B)),
    Below(Fold.COUNT, Level.SCHOOL, None, Relates(Relation.AT_LEAST, A, B)),
    Calculation(Arithmetic.MULTIPLY, Number(100.0), Variation(Level.SCHOOL, A, B)),
]
VALUES = st.integers(0, 4000).map(lambda number: number / 100)
HEADS = st.integers(0, 40)


def check(norm: Norm, subjects: list[Sub], level: Level) -> None:
    """Apply every remedy of a finding, and one step less."""
    catalog = pack(rule(norm, level=level))
    judgement = judged(catalog, *subjects)
    (observation,) = judgement.builder.observations(catalog.rules["plan/r"], 2025, np.arange(1))
    finding = judgement.builder.finding(observation)
    for remedy in finding.remedy:
        code = finding.subject.code if remedy.subject is None else remedy.subject.code
        slug = remedy.measure.slug
        whole = catalog.vocabulary.items[slug].type is ItemType.INTEGER
        step = 1.0 if whole else 0.01
        short = round(remedy.after - step if remedy.by > 0 else remedy.after + step, 9)
        for value, expected in ((remedy.after, True), (short, False)):
            facts = submit(*subjects).facts()
            table = next(each for each in facts.levels.values() if code in each.codes)
            (row,) = [
                row
                for row, at in enumerate(table.subject)
                if at == table.codes.index(code) and table.year[row] == (remedy.year or 2025)
            ]
            table.columns[slug].values[row] = value
            (again,) = judge(catalog, facts, as_of=2025).findings(rule="plan/r")
            assert (again.outcome is Outcome.COMPLIANT) is expected


@settings(max_examples=60, derandomize=True)
@given(norm=st.sampled_from(NORMS), a=VALUES, b=HEADS, before=VALUES)
def test_remedies_of_a_subject_do_what_they_say(
    norm: Norm, a: float, b: int, before: float
) -> None:
    """For the subject's own numbers."""
    subject = Sub(Level.SCHOOL, "S1", "150602", {2024: {"a": before}, 2025: {"a": a, "b": b}})

    check(norm, [subject], Level.SCHOOL)


@settings(max_examples=60, derandomize=True)
@given(
    formula=st.sampled_from(OVER_SCHOOLS),
    bound=st.integers(1, 80),
    upward=st.booleans(),
    rows=st.lists(st.tuples(VALUES, HEADS), min_size=1, max_size=4),
)
def test_remedies_below_do_what_they_say(
    formula: Formula, bound: int, rows: list[tuple[float, int]], *, upward: bool
) -> None:
    """For numbers of subjects below."""
    norm = at_least(bound, formula) if upward else at_most(bound, formula)
    schools = [school(f"S{at}", a=a, b=b) for at, (a, b) in enumerate(rows)]

    check(norm, [county(), *schools], Level.COUNTY)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("within_", [None, Level.COUNTY])
def test_a_rank_is_counted_as_it_is_ranked(
    within_: Level | None, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a number would make of a rank is counted; ranking everybody anew says the same."""
    chance = np.random.default_rng(seed)
    cells = [
        (int(chance.integers(1, 9)), None if seed > 3 and chance.random() < 0.1 else 1)
        for _ in range(12)
    ]
    submitted = [
        school(f"S{at:02}", ("150602", "150603")[at % 2], a=a, b=b)
        for at, (a, b) in enumerate(cells)
    ]
    ranked = Ranking(Calculation(Arithmetic.DIVIDE, A, B), within_)
    judgement = judged(pack(rule(at_most(3, ranked))), county(), county("150603"), *submitted)
    lanes = chance.choice([0.0, 1.0, 2.0, 3.5, 9.0], 7)
    spots = [SubjectYear(Level.SCHOOL, at, 2025) for at in range(12)]

    def ranks_of(spot: SubjectYear) -> list[float]:
        changed = WhatIf(judgement.evaluator, "plan", {Variable(spots[seed], "a"): lanes})
        return [float(place) for place in changed.numbers(ranked, spot)]

    with monkeypatch.context() as never:
        never.setattr(what_if, "ranks", None)
        counted = [ranks_of(spot) for spot in spots]
    monkeypatch.setattr(judgement.evaluator, "looks_out", lambda _: True)

    assert str(counted) == str([ranks_of(spot) for spot in spots])
    assert seed > 3 or not np.isnan(counted).any()
