"""Both engines and the naive evaluator agree on whatever is thrown at them.

HYPOTHESIS_PROFILE=thorough tries several times as many examples, as ``.ci/run`` does;
HYPOTHESIS_PROFILE=random tries others each time.
"""

import dataclasses
from collections import Counter
from collections.abc import Sequence
from unittest.mock import patch

import pytest
from hypothesis import given, seed
from hypothesis import strategies as st

from dabiao.engine.judge import EngineChoice, Judgement, judge
from dabiao.engine.judging.durable import is_installed
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, formulas
from dabiao.rules.catalog.roll_ups import rolled_up
from dabiao.rules.formulas.formula import Arithmetic, Calculation, walk
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.outcome import Outcome
from tests.engine import naive
from tests.engine.builders import hold_as_few
from tests.engine.census import ENOUGH, MEMBERS, UNJUDGED, census
from tests.engine.strategies import Case, cases, cases_about, profile, seeds

durable = pytest.mark.skipif(not is_installed(), reason="durable-rules cannot be used here")
ENGINES = [EngineChoice.COLUMNAR, *([EngineChoice.DURABLE] if is_installed() else [])]


def the_page(case: Case) -> list[naive.Verdict]:
    """Judge a case by the naive evaluator."""
    return naive.judge(case.catalog, case.submission.facts(), case.years)


def judged(case: Case, engine: EngineChoice, order: Sequence[int] | None = None) -> Judgement:
    """Judge a case, its rows in another order perhaps, its numbers as few for one engine."""
    facts = case.submission.facts(order)
    if engine is EngineChoice.COLUMNAR:
        hold_as_few(facts)
    found = judge(case.catalog, facts, as_of=case.as_of, every_year=case.every_year, engine=engine)
    assert found.mishap is None
    return found


def dumped(judgement: Judgement) -> list[dict[str, object]]:
    """Give everything that the findings say."""
    return [dataclasses.asdict(finding) for finding in judgement.findings()]


def close(left: Scalar, right: Scalar, digits: int = 12, scale: float = 0.0) -> bool:
    """Tell whether two values are one up to the noise of floating point."""
    if isinstance(left, bool | str | None) or isinstance(right, bool | str | None):
        return left == right
    return abs(left - right) <= 10.0**-digits * max(abs(left), abs(right), scale)


def noise(finding: Finding, rule: Rule) -> float:
    """Give ten times the largest number that a finding rests on, which units may enlarge.

    What is left where numbers cancel out has their last bits in it, which depend on the order in
    which they are added: 0.15001 − 0.15 may differ from 0.00001 in the twelfth digit. Where a norm
    multiplies, products cancel out.
    """
    values = (abs(each.value) for each in finding.inputs if isinstance(each.value, float | int))
    largest = max(values, default=0.0)
    times = sum(
        isinstance(part, Calculation) and part.operator is Arithmetic.MULTIPLY
        for formula in formulas(rule.norm)
        for part in walk(formula)
    )
    return 10 * largest * max(1.0, largest) ** times


def difference(finding: Finding, verdict: naive.Verdict, rule: Rule) -> str | None:
    """Say in what a finding and a verdict differ.

    Last bits that differ may lie on the edge of rounding; the gap differs by a whole step then.
    """
    if (finding.outcome, finding.best, finding.worst) != (
        verdict.outcome,
        verdict.best,
        verdict.worst,
    ):
        return "outcome"
    if verdict.outcome in UNJUDGED:
        return None
    digits = 11 if isinstance(rule.norm, Changes) else 12  # a change is written to twelve digits
    if not close(finding.observed, verdict.observed, digits, noise(finding, rule)):
        return "observed"
    required = ((finding.required.value, verdict.bound), (finding.required.upper, verdict.upper))
    if not all(close(*each, 12, noise(finding, rule)) for each in required):
        return "required"
    observed = abs(verdict.observed) if isinstance(verdict.observed, float) else 0.0
    scale = max(observed, noise(finding, rule))
    if close(finding.gap, verdict.gap, digits, scale):
        return None
    edge = finding.observed != verdict.observed and rule.decimals is not None
    apart = abs((finding.gap or 0.0) - (verdict.gap or 0.0))
    return None if edge and apart <= 1.001 * 10.0 ** -(rule.decimals or 0) else "gap"


@pytest.mark.parametrize("about", MEMBERS)
def test_engines_agree_on_every_member(about: str) -> None:
    """Whatever rules can be made of is judged, by all alike, and decided five times at least.

    A member that a closed set gets is asked for here; until a case is made of it, this fails.
    """
    counted: Counter[str] = Counter()

    @profile(most=8)
    @given(case=cases_about(about))
    def agree(case: Case) -> None:
        expected = the_page(case)
        counted.update(census(case.catalog, expected))
        assert_agreed(case, expected)

    for each in seeds():
        seed(each)(agree)()
        if counted[about] >= ENOUGH:
            return
    pytest.fail(f"{about} was decided {counted[about]} times")


@profile(share=0.5)
@given(case=cases())
def test_engines_agree_with_the_page(case: Case) -> None:
    """Every finding is there, in order, and says what the naive evaluator says."""
    assert_agreed(case, the_page(case))


@profile(share=1.0)
@given(case=cases(complete=True, mortal=True))
def test_engines_agree_on_who_comes_and_goes(case: Case) -> None:
    """The same where subjects open, close and are merged, and nothing else is missing."""
    assert_agreed(case, the_page(case))


@profile(share=1.0)
@given(case=cases(complete=True, doubtful=True))
def test_engines_agree_on_cells_that_may_mean_either(case: Case) -> None:
    """The same where nobody can say which of two values some cells mean."""
    assert_agreed(case, the_page(case))


@profile(share=0.5)
@given(case=cases(complete=True, doubtful=True))
def test_what_is_not_tried_stays_open(case: Case) -> None:
    """With too many cells to try, a finding says what the page says, or that it is open.

    A rule over verdicts takes those of its baseline's year as they came out: where one that would
    change the rate is open, there is no line.
    """
    with patch("dabiao.engine.judging.readings.MOST", 0):
        found = list(judged(case, EngineChoice.COLUMNAR).findings())
    expected = the_page(case)

    def may_be(one: Finding, page: Outcome) -> set[Outcome]:
        asked = case.catalog.rules[one.rule]
        without_line = page is Outcome.BEHIND and asked.baseline and rolled_up(asked, case.catalog)
        return {page, Outcome.MISSING, *([Outcome.ON_TRACK] if without_line else [])}

    assert [
        (one.rule, one.outcome, other.outcome)
        for one, other in zip(found, expected, strict=True)
        if one.outcome not in may_be(one, other.outcome)
    ] == []


def differences(
    case: Case, engine: EngineChoice, expected: Sequence[naive.Verdict], *, brief: bool = False
) -> list[str]:
    """Compare the findings of an engine with those of the naive evaluator, one by one.

    Args:
        case: What is judged.
        engine: Which engine judges.
        expected: What the naive evaluator says.
        brief: Leave aside what the page says nothing of.

    Returns:
        What differs.
    """
    found = list(judged(case, engine).findings(brief=brief))

    assert [(one.rule, one.year, one.subject.code) for one in found] == [
        (one.rule, one.year, one.subject) for one in expected
    ]
    return [
        f"{what}: {one.outcome} {one.observed} {one.required} {one.gap}, the page says {other}"
        for one, other in zip(found, expected, strict=True)
        if (what := difference(one, other, case.catalog.rules[one.rule]))
    ]


def assert_agreed(case: Case, expected: Sequence[naive.Verdict]) -> None:
    """Hold all engines to the page."""
    for engine in ENGINES:
        assert differences(case, engine, expected) == []


@durable
@profile(share=0.5)
@given(case=cases())
def test_engines_agree_to_the_last_word(case: Case) -> None:
    """Reasons, inputs, cells and remedies are the same too."""
    assert dumped(judged(case, EngineChoice.DURABLE)) == dumped(judged(case, EngineChoice.COLUMNAR))


@profile(share=0.3)
@given(case=cases(), data=st.data())
def test_order_of_rows_does_not_matter(case: Case, data: st.DataObject) -> None:
    """However the rows are shuffled, the findings are the same to the last word."""
    order = data.draw(st.permutations(range(len(case.submission.rows))))

    assert dumped(judged(case, EngineChoice.COLUMNAR, order)) == dumped(
        judged(case, EngineChoice.COLUMNAR)
    )


@profile(share=0.3)
@given(case=cases())
def test_summary_adds_up(case: Case) -> None:
    """Each finding is counted once, under its outcome."""
    judgement = judged(case, EngineChoice.COLUMNAR)
    counted = Counter(finding.outcome for finding in judgement.findings())

    assert {outcome: n for outcome, n in judgement.summary().items() if n} == counted


@profile(share=0.3)
@given(case=cases(), data=st.data())
def test_selecting_rules_changes_no_finding(case: Case, data: st.DataObject) -> None:
    """A roll-up sees the findings below it, whether or not anybody asked for those."""
    chosen = data.draw(st.sets(st.sampled_from(sorted(case.catalog.rules)), min_size=1))
    some = judge(
        case.catalog,
        case.submission.facts(),
        rules=chosen,
        as_of=case.as_of,
        every_year=case.every_year,
        engine=EngineChoice.COLUMNAR,
    )

    assert list(some.findings()) == [
        finding
        for finding in judged(case, EngineChoice.COLUMNAR).findings()
        if finding.rule in chosen
    ]
