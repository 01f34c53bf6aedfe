"""Columns say of every finding what the finding itself says, and excerpts count the same."""

import io
from collections import Counter
from dataclasses import fields, is_dataclass, replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from dabiao.engine.columns import rule_findings
from dabiao.engine.columns.rule_forms import rule_forms
from dabiao.engine.data.algebra import tidy
from dabiao.engine.data.tidy_columns import distances, moves, tidied, without_noise
from dabiao.engine.findings.finding_builder import FindingBuilder
from dabiao.engine.judge import EngineChoice, Judgement, judge
from dabiao.engine.judging import rule_plan
from dabiao.engine.judging.comparison import attempts
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.counted.outcome_columns import OutcomeColumns
from dabiao.reports.ledger.overview import by_county, by_lead_unit
from dabiao.reports.letter.content import letter
from dabiao.reports.run.markdown import write_markdown
from dabiao.reports.summaries import causes, digest_of, relative_gap
from dabiao.rules.formulas.formula import (
    Above,
    Below,
    Fold,
    Measured,
    Number,
    Relates,
    Relation,
    Text,
)
from dabiao.schemas.columns import FORM, MARKS, OUTCOMES, FindingColumns, Slot
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.distinct import whole
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.letter import LetterKind, LetterWishes
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import OPEN, Outcome
from tests.engine import builders
from tests.engine.strategies import Case, cases, profile

NUMBERS = st.one_of(
    st.floats(-1e17, 1e17),
    st.floats(-100, 100).map(lambda value: round(value, 2)),
    st.integers(-(10**7), 10**7).map(lambda value: value / 8),
    st.sampled_from([0.0, 0.1 + 0.2, 60.2 - 60, 2.675, 1e-12, 1e15, 123456789012345.6]),
)


def judged(case: Case) -> Judgement:
    """Judge a case whole columns at a time."""
    return judge(
        case.catalog,
        case.submission.facts(),
        as_of=case.as_of,
        every_year=case.every_year,
        engine=EngineChoice.COLUMNAR,
    )


def told(judgement: Judgement, of: FindingColumns, at: int) -> tuple[object, ...]:
    """Give what columns say of one finding."""

    def scalar(number: float) -> Scalar:
        if np.isnan(number):
            return None
        match of.kind:
            case "text":
                return judgement.records.frames.words(int(number))
            case "truth":
                return bool(number)
            case _:
                return number

    low, high = (scalar(float(each[at])) for each in (of.low, of.high))
    comparator, bounds = of.comparator, (low, high)
    if comparator is not Comparator.BETWEEN:
        bounds = (high if low is None else low, None)
        if of.best is not None and of.best[at]:
            comparator = Comparator.AT_MOST if low is None else Comparator.AT_LEAST
    gap = float(whole(of.gap)[at])
    hopes, fears = (
        None if each is None or each[at] < 0 else OUTCOMES[each[at]]
        for each in (of.hopes, of.fears)
    )
    return (
        of.rule,
        judgement.records.frames.tier(of.level).codes[of.subject[at]],
        of.year,
        OUTCOMES[of.outcome[at]],
        scalar(float(whole(of.observed)[at])),
        *bounds,
        None if np.isnan(gap) else gap,
        hopes,
        fears,
    )


def said(finding: Finding) -> tuple[object, ...]:
    """Give what a finding says of itself."""
    return (
        finding.rule,
        finding.subject.code,
        finding.year,
        finding.outcome,
        finding.observed,
        finding.required.value,
        finding.required.upper,
        finding.gap,
        finding.best,
        finding.worst,
    )


@profile(share=0.2)
@given(case=cases(doubtful=True, mortal=True))
def test_columns_say_what_findings_say(case: Case) -> None:
    """Outcome, observed value, bounds, gap, best and worst are the same to the last bit.

    Of what does not apply, a rule that prints its bound says it in the finding alone.
    """
    judgement = judged(case)
    findings = list(judgement.findings())
    rows = [
        told(judgement, of, at) for of in judgement.excerpt().columns() for at in range(len(of))
    ]

    assert len(rows) == len(findings)
    for row, finding in zip(rows, map(said, findings), strict=True):
        if row[5:7] == (None, None) and row[3] is Outcome.NOT_APPLICABLE:
            assert row[:5] == finding[:5]
        else:
            assert row == finding


@profile(share=0.1)
@given(case=cases(doubtful=True, mortal=True))
def test_findings_are_the_same_one_by_one_and_all_at_once(case: Case) -> None:
    """What is put together for all of a rule is what looking at each one alone comes to."""
    judgement = judged(case)
    builder, excerpt = judgement.builder, judgement.excerpt()
    one_by_one = TypeAdapter(Finding).dump_json
    for brief in (False, True):
        for some in excerpt.by_rule(brief=brief):
            rule, level = judgement.catalog.rules[some.by.id], some.by.level
            tier = judgement.records.frames.tier(level)
            subjects = np.array([tier.find(of.code) for of in some.subject])
            alone = builder.findings(rule, some.year, subjects, brief=brief)

            assert [one_by_one(each) for each in some] == [one_by_one(each) for each in alone]
            with patch("dabiao.engine.columns.excerpt.chosen", side_effect=AssertionError):
                beside = excerpt.outcome(some.by.id, some.at(0))  # lists nobody else
            assert beside is some.outcome[0]


@profile(share=0.1)
@given(case=cases(doubtful=True, mortal=True), area=st.sampled_from([None, "150602"]))
def test_a_report_counts_as_if_it_held_all_findings(case: Case, area: str | None) -> None:
    """What is well is counted in columns, and comes to what counting records comes to."""
    judgement = judged(case)
    excerpt = judgement.excerpt(area)
    whole, some = (judgement.run(which, of=excerpt) for which in (None, OPEN))
    written = []
    for run, source in ((whole, None), (some, excerpt)):
        page = io.StringIO()
        told = Circumstances(source=source, wishes=LetterWishes(LetterKind.MIDTERM))
        write_markdown(run, page, told)
        known = OutcomeColumns.of(run, told)
        counted = (by_county(known), by_lead_unit(known), known.judged(), known.governed)
        written.append((page.getvalue(), counted, known.by_rule(run.as_of), letter(run, told)))
    assert written[0] == written[1]


@profile(share=0.2)
@given(case=cases(doubtful=True, mortal=True))
def test_forms_say_what_findings_say(case: Case) -> None:
    """A form with its numbers filled in is the finding itself, to the last bit."""
    judgement = judged(case)
    findings = judgement.findings()
    for forms in judgement.excerpt().forms():
        numbers = forms.shared(np.arange(len(forms.columns)))
        for at, form in enumerate(forms.form.tolist()):
            own = whole(forms.numbers)[forms.starts[at] : forms.starts[at + 1]]
            told = [*(float(column[at]) for column in numbers), *own.tolist()]
            finding = next(findings)

            for name, field in zip(FORM, forms.forms[form], strict=True):
                assert filled(field, told) == getattr(finding, name), name
    assert next(findings, None) is None


@pytest.mark.parametrize("relation", [Relation.EQUAL, Relation.UNEQUAL])
def test_whom_a_condition_picks_out_are_told_by_their_own_kind(relation: Relation) -> None:
    """A condition may pick out one kind, or all but one: each finding rests on its own cell."""
    condition = Relates(relation, Measured("stage"), Text("高中"))
    kinds = ["高中"] * 20 if relation is Relation.EQUAL else ["小学", "初中"] * 10
    schools = [builders.school(f"S{at:02d}", a=1, stage=kind) for at, kind in enumerate(kinds)]
    rule = builders.rule(builders.at_least(5, builders.A), condition=condition)
    judgement = builders.judged(builders.pack(rule), *schools)
    (forms,) = judgement.excerpt().forms()
    inputs = FORM.index("inputs")

    assert [forms.forms[form][inputs][0].value for form in forms.form.tolist()] == kinds


def filled(told: object, numbers: list[float]) -> object:
    """Put numbers into the slots of a record."""
    match told:
        case Slot():
            number = numbers[told.place]
            return int(number) if number.is_integer() and abs(number) < 1e15 else number
        case str():
            for mark, number in zip(MARKS, numbers, strict=False):
                told = told.replace(mark, "?" if np.isnan(number) else str(int(number)))
            return told
        case tuple():
            return tuple(filled(each, numbers) for each in told)
        case _ if is_dataclass(told) and not isinstance(told, type):
            return replace(
                told,
                **{
                    each.name: filled(getattr(told, each.name), numbers)
                    for each in fields(told)
                    if each.init
                },
            )
    return told


@profile(share=0.2)
@given(case=cases(), data=st.data())
def test_columns_of_some_outcomes(case: Case, data: st.DataObject) -> None:
    """Some outcomes and a place leave of the columns what they leave of the findings."""
    judgement = judged(case)
    outcomes = data.draw(st.sets(st.sampled_from(Outcome)))
    findings = list(judgement.findings())
    place = data.draw(st.sampled_from(sorted({*(f.subject.code for f in findings), "150600"})))
    kept = [f for f in findings if place == f.subject.code or place in f.subject.parents]
    excerpt = judgement.excerpt(place)
    found = list(excerpt.columns(outcomes))

    assert +Counter(excerpt.summary()) == Counter(each.outcome for each in kept)
    assert [told(judgement, of, at)[:4] for of in found for at in range(len(of))] == [
        said(each)[:4] for each in kept if each.outcome in outcomes
    ]
    assert all(len(of) for of in found)


@profile(share=0.2)
@given(case=cases(doubtful=True))
def test_gaps_are_ranked_alike(case: Case) -> None:
    """How far a finding is from its bound, beside the size of the bound, is the same."""
    judgement = judged(case)
    failed = (Outcome.VIOLATION, Outcome.BEHIND, Outcome.MISSING)
    findings = judgement.findings(failed)
    ranked = [
        number
        for of in judgement.excerpt().columns(failed)
        for number in of.relative_gap().tolist()
    ]

    assert ranked == [relative_gap(each) for each in findings]


@pytest.mark.parametrize("digits", [13, 15])
@profile(share=0.5)
@given(numbers=st.lists(NUMBERS))
def test_numbers_are_tidied_alike(digits: int, numbers: list[float]) -> None:
    """A column of numbers is written as each of them is."""
    found = tidied(np.array(numbers, np.float64), digits).tolist()

    assert found == [tidy(each, digits) for each in numbers]


@profile(share=0.5)
@given(pairs=st.lists(st.tuples(NUMBERS, NUMBERS)))
def test_distances_are_told_alike(pairs: list[tuple[float, float]]) -> None:
    """A column of distances is cut off where each of them is; so are numbers that move."""
    left, right = (np.array([pair[at] for pair in pairs], np.float64) for at in (0, 1))

    assert distances(left, right).tolist() == [
        without_noise(abs(one - other), one, other) for one, other in pairs
    ]
    assert distances(left[:1], right).tolist() == [
        without_noise(abs(pairs[0][0] - other), pairs[0][0], other) for _, other in pairs
    ]
    for scale in (1.0, 1e-4):  # as they come, and with few decimals
        before, after = (
            np.rint(each / scale) * scale if scale < 1 else each for each in (left, right)
        )
        told = zip(*(each.tolist() for each in moves(before, after, 9, 12)), strict=True)
        assert list(told) == [
            (tidy(one, 12), tidy(other, 12), tidy(round(other - one, 9), 12))
            for one, other in zip(before.tolist(), after.tolist(), strict=True)
        ]


@profile(share=0.15)
@given(case=cases())
def test_every_rule_and_year_is_counted(case: Case) -> None:
    """Counts per rule and year are those of its findings."""
    judgement = judged(case)
    counted = Counter((one.rule, one.year, one.outcome) for one in judgement.findings())

    assert {
        (rule, year, outcome): number
        for (rule, year), numbers in judgement.excerpt().counts.items()
        for outcome, number in zip(OUTCOMES, numbers, strict=True)
        if number
    } == counted


@profile(share=0.3)
@given(case=cases(doubtful=True), most=st.integers(1, 4))
def test_a_run_in_short_is_the_same_from_columns(case: Case, most: int) -> None:
    """The gravest findings, what is waited for and what hangs are those of all findings."""
    judgement = judged(case)
    short, whole = judgement.excerpt().digest(), digest_of(judgement.run())

    assert [(one.outcome, one.size) for one in short.groups] == [
        (one.outcome, one.size) for one in whole.groups
    ]
    for one, other in zip(short.groups, whole.groups, strict=True):
        assert list(map(said, one.gravest(most))) == list(map(said, other.gravest(most)))
    assert causes(short) == causes(whole)
    assert list(map(said, short.hanging)) == list(map(said, whole.hanging))
    assert short.hanging_count == whole.hanging_count


def test_nobody_below_a_place_is_told_as_another() -> None:
    """What a place above is made of is told to each with its own value as its own."""
    rule = builders.rule(builders.at_least(5, Above(Level.COUNTY, Measured("sum"))))
    sums = builders.item("sum", Level.COUNTY, Level.SCHOOL, summed=True)
    schools = [builders.school(f"S{at}", sum=value) for at, value in enumerate((1, 2, None))]
    judgement = builders.judged(builders.pack(rule, items=[sums]), builders.county(), *schools)

    (some,) = judgement.excerpt().by_rule()
    alone = judgement.builder.findings(rule, some.year, np.arange(3))
    assert list(some) == list(alone)
    own = [[each.value for each in of.inputs if each.subject is None] for of in some]
    assert own == [[1], [2], [None]]


def test_of_many_in_a_place_only_who_lacks_a_part_of_its_sum_is_told_alone() -> None:
    """Beside a sum of more than are listed nobody stands by name but who lacks a part."""
    rule = builders.rule(builders.at_least(5, Above(Level.COUNTY, Measured("sum"))))
    sums = builders.item("sum", Level.COUNTY, Level.SCHOOL, summed=True)
    schools = [builders.school(f"S{at:02}", sum=at or None, a=1) for at in range(25)]
    judgement = builders.judged(builders.pack(rule, items=[sums]), builders.county(), *schools)

    (some,) = judgement.excerpt().by_rule()
    alone = judgement.builder.findings(rule, some.year, np.arange(25))
    (forms,) = judgement.excerpt().forms()
    assert list(some) == list(alone)
    assert len(set(forms.form.tolist())) == len(forms.forms) == 2


def test_what_a_place_above_lacks_is_waited_for_by_all_in_it() -> None:
    """They are counted at once, but for who lies nowhere."""
    rule = builders.rule(builders.at_least(5, Above(Level.COUNTY, builders.B)))
    places = [builders.county("150602", b=None), builders.county("150603", b=4)]
    schools = [
        builders.school(f"S{at:02}", ("150602", "150603", None)[at % 3], a=1) for at in range(30)
    ]
    judgement = builders.judged(builders.pack(rule), *places, *schools)
    told = causes(judgement.excerpt().digest())
    with patch("dabiao.engine.columns.awaited.rule_forms", wraps=rule_forms) as asked:
        judgement.excerpt().digest()

    assert told == causes(digest_of(judgement.run()))
    assert told
    assert [len(each.args[1]) for each in asked.call_args_list] == [10]


def test_what_those_below_lack_is_read_off_their_columns() -> None:
    """But for a place with nobody below, and where what is looked at depends on another value."""
    mean = Below(Fold.MEAN, Level.SCHOOL, Measured("b"), None)
    few = Below(Fold.SHARE, Level.SCHOOL, None, Relates(Relation.LESS, Measured("b"), Number(5.0)))
    rules = [
        builders.rule(builders.at_least(5, of), name, level=Level.COUNTY)
        for name, of in (("mean", mean), ("few", few))
    ]
    counties = [builders.county(f"15060{at}") for at in range(2, 6)]
    schools = [
        builders.school(f"S{at}", f"15060{2 + at % 3}", b=None if at < 2 else at)
        for at in range(12)
    ]
    judgement = builders.judged(builders.pack(*rules), *counties, *schools)
    told = causes(judgement.excerpt().digest())
    with patch("dabiao.engine.columns.awaited.rule_forms", wraps=rule_forms) as asked:
        judgement.excerpt().digest()

    assert told == causes(digest_of(judgement.run()))
    assert told[0] == ("项b", 4)
    assert [len(each.args[1]) for each in asked.call_args_list] == [1, 1]


def test_what_all_have_reported_is_waited_for_by_nobody() -> None:
    """Of many below only what one of them lacks is waited for, not what chooses among them."""
    chosen = Relates(Relation.LESS, Measured("a"), Number(5.0))
    total = Below(Fold.SUM, Level.SCHOOL, Measured("b"), chosen)
    rules = builders.rule(builders.at_least(5, total), level=Level.COUNTY)
    schools = [builders.school(f"S{at:02}", a=1, b=at or None) for at in range(21)]
    judgement = builders.judged(builders.pack(rules), builders.county(), *schools)

    assert (
        causes(judgement.excerpt().digest()) == causes(digest_of(judgement.run())) == [("项b", 1)]
    )


def test_a_plan_is_made_once_for_all_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where there is no room for plans, forms of a rule cost one."""
    monkeypatch.setattr(rule_plan, "ROOM", -1)
    rules = [builders.rule(builders.at_least(bound), f"r{bound}") for bound in (1, 2)]
    schools = [builders.school(f"S{at}", a=at) for at in range(3)]
    excerpt = builders.judged(builders.pack(*rules), *schools).excerpt()
    with patch("dabiao.engine.judging.rule_plan.attempts", wraps=attempts) as made:
        forms = list(excerpt.forms())

    assert len(forms) == 2
    assert made.call_count == 2


@pytest.mark.parametrize("few", [2, 3])
def test_few_findings_are_looked_at_one_by_one(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """To read a handful off columns takes several times as long; of more, it is the quick way."""
    monkeypatch.setattr(rule_findings, "_FEW", few)
    schools = [builders.school(f"S{at}", a=at) for at in range(3)]
    excerpt = builders.judged(
        builders.pack(builders.rule(builders.at_least(2))), *schools
    ).excerpt()
    with patch.object(FindingBuilder, "finding", autospec=True, side_effect=FindingBuilder.finding):
        (forms,), (found,) = excerpt.forms(), excerpt.by_rule()
        alone = FindingBuilder.finding.call_count  # type: ignore[attr-defined]

    assert len(found) == len(forms.columns) == 3
    assert (alone, forms.alike) == ((6, 0) if few == 3 else (0, len(forms.forms)))
