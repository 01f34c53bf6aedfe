"""The findings of one rule and year as columns, from what was compared when it was judged."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, assert_never

import numpy as np

from dabiao.engine.columns.records import Records
from dabiao.engine.data.algebra import Flags, Index, Numbers, quiet, rounded, tidy
from dabiao.engine.data.tidy_columns import distances, tidied
from dabiao.engine.findings.finding_builder import printed_requirement
from dabiao.engine.findings.observation import FAILED, Observation
from dabiao.engine.judging.comparison import Bound, Comparison
from dabiao.engine.judging.matcher import CODE, Codes
from dabiao.engine.judging.roll_ups import Verdict
from dabiao.engine.judging.rule_plan import RulePlan
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes
from dabiao.schemas.columns import NO_OUTCOME, FindingColumns, is_repeated, repeated
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.distinct import FewNumbers, few_numbers, whole
from dabiao.schemas.finding import Scalar
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.why import ComparedKind

FAILS = np.array([each in FAILED for each in Outcome])
"""Whether the norm does not hold, by the place of the outcome."""
_MANY = 1_000
"""Numbers from which on it is looked whether few of them are different."""
_INAPPLICABLE = CODE[Outcome.NOT_APPLICABLE]
_MISSING = CODE[Outcome.MISSING]


def wanted(outcomes: Collection[Outcome] | None) -> Flags:
    """Tell of each outcome, by its place, whether it is asked for."""
    return np.array([outcomes is None or each in outcomes for each in Outcome])


def chosen(verdict: Verdict, asked: Flags, within: Flags | None) -> Index:
    """Give the places of the outcomes that are asked for, among those a rule applies to.

    Args:
        verdict: The outcomes.
        asked: Which outcomes.
        within: Whose; None for all of the level.
    """
    codes = [code for code, place in CODE.items() if asked[place]]
    found = verdict.outcome == CODE[codes[0]] if len(codes) == 1 else asked[verdict.outcome]
    if within is not None:
        found &= within[verdict.segment.subjects]
    return found.nonzero()[0]


def aside(verdict: Verdict, asked: Flags, within: Flags | None) -> Index:
    """Give the subjects that a rule does not apply to, where that is asked for."""
    if not asked[_INAPPLICABLE]:
        return np.zeros(0, np.intp)
    found = verdict.segment.aside()
    return found if within is None else found[within[found]]


def told_of(table: Flags, outcome: Codes) -> Flags:
    """Give what a table tells of the outcome of each."""
    if is_repeated(outcome):
        return repeated(table[outcome[0]], len(outcome))
    return table.take(outcome)


def any_of(flags: Flags) -> bool:
    """Tell whether anything is true of any, looking at one where it is the same of all."""
    return bool(flags[0] if is_repeated(flags) else flags.any())


def all_of(flags: Flags) -> bool:
    """Tell whether anything is true of all, likewise."""
    return bool(flags[0] if is_repeated(flags) else flags.all())


def rule_columns(
    records: Records, rule: Rule, year: int, asked: Flags, within: Flags | None
) -> FindingColumns:
    """Give the findings of a rule in a year.

    Args:
        records: What was judged.
        rule: The rule.
        year: The year.
        asked: Which outcomes, by their places.
        within: On whom; None for all of the level.
    """
    verdict = records.verdict(rule, year)
    found = columns_at(records, rule, year, chosen(verdict, asked, within))
    others = aside(verdict, asked, within)
    if not len(others):
        return found
    beside = records.planner.plan_aside(rule, year)
    at = np.searchsorted(beside.subjects, others)
    codes = np.full(len(others), _INAPPLICABLE)
    return _merged(found, _columns(records, beside, at, others, codes))


def columns_at(  # noqa: PLR0913 - whose, and what is known of them
    records: Records,
    rule: Rule,
    year: int,
    places: Index,
    *,
    only: Outcome | None = None,
    exact: bool = True,
) -> FindingColumns:
    """Give some of the findings on those whom a rule applies to.

    Args:
        records: What was judged.
        rule: The rule.
        year: The year.
        places: Their places among these, ascending.
        only: The outcome that all of them have, where that is known.
        exact: Whether numbers are rid of noise, as records have them.
    """
    verdict, plan = records.verdict(rule, year), records.planner.plan(rule, year)
    subject = verdict.segment.at(places)
    if only is None:
        outcome = verdict.outcome.take(places)
    else:
        outcome = repeated(np.int8(CODE[only]), len(places))
    found = _columns(records, plan, places, subject, outcome, exact=exact)
    if verdict.tries:
        found = _with_tries(found, verdict, plan, places)
    if verdict.read:
        found = _read(records, found, verdict, places)
    return found


@quiet
def rough_shares(records: Records, rule: Rule, year: int, places: Index) -> Numbers:
    """Give how far some failing findings are from their bounds, as parts of them, noise and all.

    Args:
        records: What was judged.
        rule: The rule.
        year: The year.
        places: Their places among those whom the rule applies to, ascending.
    """
    verdict, plan = records.verdict(rule, year), records.planner.plan(rule, year)
    of = plan.comparisons[-1] if plan.comparisons else None
    if of is not None and of.kind == "number" and of.decimals is None and not verdict.read:
        bound = of.low if of.high is None else of.high if of.low is None else None
        if isinstance(bound, float) and bound:  # as nearly always
            if isinstance(of.held, FewNumbers):
                return (np.abs(bound - of.held.values) / abs(bound))[of.held.places.take(places)]
            return np.abs(bound - of.held.take(places)) / abs(bound)
    return columns_at(records, rule, year, places, exact=False).relative_gap()


def _columns(  # noqa: PLR0913 - whose, and how exactly
    records: Records,
    plan: RulePlan,
    places: Index,
    subject: Index,
    outcome: Codes,
    *,
    exact: bool = True,
) -> FindingColumns:
    """Give what was compared of some subjects; else what the rule prints, as records have it."""
    if plan.comparisons:
        return columns_of(plan, places, subject, outcome, exact=exact)
    printed = printed_requirement(plan.rule)
    kind: ComparedKind = "number"
    match printed.value:
        case bool():
            kind = "truth"
        case str():
            kind = "text"
        case float() | int() | None:
            pass
        case _:
            assert_never(printed.value)

    def same(bound: Scalar) -> Numbers:
        number = records.frames.text(bound) if isinstance(bound, str) else bound
        return np.full(len(subject), np.nan if number is None else float(number))

    comparator = printed.comparator
    between = comparator is Comparator.BETWEEN
    return FindingColumns(
        rule=plan.rule.id,
        year=plan.year,
        level=plan.rule.level,
        subject=subject,
        outcome=outcome,
        observed=same(None),
        low=same(printed.value if comparator.bounds_low else None),
        high=same(printed.upper if between else printed.value if comparator.bounds_high else None),
        gap=same(None),
        comparator=comparator,
        kind=kind,
    )


@quiet
def columns_of(
    plan: RulePlan, places: Index, subject: Index, outcome: Codes, *, exact: bool = True
) -> FindingColumns:
    """Give what was compared of some subjects, as far as one comparison tells."""
    rule = plan.rule
    of = plan.comparisons[-1]
    low, high = at_places(of.low, places), at_places(of.high, places)
    if exact:
        low, high = (_exact(bound, len(places)) for bound in (low, high))
    observed: Numbers | FewNumbers
    gap: Numbers | FewNumbers
    few = _few(of, places, outcome) if exact else None
    if few is not None:
        observed, gap = few
    else:
        value = of.held.take(places)
        gap = _gaps(of, places, outcome, value, exact=exact)
        if exact:
            value = tidied(value, 13 if isinstance(rule.norm, Changes) else 15)
        hidden = outcome == _INAPPLICABLE
        observed = np.where(hidden, np.nan, value) if np.count_nonzero(hidden) else value
    return FindingColumns(
        rule=rule.id,
        year=plan.year,
        level=rule.level,
        subject=subject,
        outcome=outcome,
        observed=observed,
        low=low,
        high=high,
        gap=gap,
        comparator=of.comparator,
        best=None if of.best is None else of.best[places],
        kind=of.kind,
    )


def _exact(bound: Numbers, count: int) -> Numbers:
    """Give a bound of each as records have it."""
    if bound.ndim:
        return tidied(bound)
    return repeated(bound if np.isnan(bound) else tidied(bound.reshape(1))[0], count)


def _few(of: Comparison, places: Index, outcome: Codes) -> tuple[FewNumbers, FewNumbers] | None:
    """Give what was observed and the gap, of those who all miss one bound, as few numbers."""
    bound = of.low if of.high is None else of.high if of.low is None else None
    if of.kind != "number" or of.decimals is not None or not isinstance(bound, float):
        return None
    if len(places) < _MANY or any_of(told_of(~FAILS, outcome)):
        return None
    held = of.held
    if isinstance(held, FewNumbers):
        observed = held.among(places)
    else:
        observed = few_numbers(held.take(places))
    if observed is None:
        return None
    gaps = distances(np.array([bound]), observed.values)
    return observed, FewNumbers(gaps, observed.places)


def at_places(bound: Bound | None, places: Index) -> Numbers:
    """Give a bound at some places; one number where it is the same for all, NaN where none is."""
    if bound is None or isinstance(bound, float):
        return np.asarray(np.nan if bound is None else bound)  # of all the same
    return bound.take(places)


def _gaps(of: Comparison, places: Index, outcome: Codes, value: Numbers, *, exact: bool) -> Numbers:
    """Give how far those that fail are from the bound that they do not keep."""
    if of.kind != "number":
        return np.full(len(places), np.nan)
    compared, missed = rounded(value, of.decimals), missed_bounds(of, places)
    gaps = distances(missed, compared) if exact else np.abs(missed - compared)
    failed = told_of(FAILS, outcome)
    return gaps if all_of(failed) else np.where(failed, gaps, np.nan)


def missed_bounds(of: Comparison, places: Index) -> Numbers:
    """Give the bound that each would not keep if it failed, as it is compared."""
    low, high = at_places(of.low, places), at_places(of.high, places)
    missed = high if of.low is None else low
    if of.low is not None and of.high is not None:
        compared, edge = of.compared_at(places), at_places(of.low_edge, places)
        missed = np.where(compared <= edge if of.open else compared < edge, low, high)
    return rounded(missed, of.decimals)


def _with_tries(
    found: FindingColumns, verdict: Verdict, plan: RulePlan, places: Index
) -> FindingColumns:
    """Say of undecided roll-ups how they come out at best and at worst."""
    best, worst = (each[places] for each in verdict.tries)
    known = (found.outcome == _MISSING) & (best != _MISSING) & (worst != _MISSING)
    if plan.condition is not None:
        known &= plan.condition[places] == 1
    return replace(
        found,
        hopes=np.where(known, best, np.int8(NO_OUTCOME)),
        fears=np.where(known, worst, np.int8(NO_OUTCOME)),
    )


def _read(
    records: Records, found: FindingColumns, verdict: Verdict, places: Index
) -> FindingColumns:
    """Take the numbers of those whose cells may mean several values from what was tried."""
    at = np.flatnonzero(np.isin(places, list(verdict.read)))
    rule = records.catalog.rules[found.rule]
    columns: dict[str, Any] = {
        key: np.broadcast_to(whole(getattr(found, key)), len(places)).copy()
        for key in ("observed", "low", "high", "gap")
    }
    best = np.zeros(len(places), np.bool_) if found.best is None else found.best.copy()
    seen = records.builder.observations(rule, found.year, found.subject[at])
    for place, observation in zip(at.tolist(), seen, strict=True):
        for key, number in _numbers(observation).items():
            columns[key][place] = np.nan if number is None else number
        best[place] = observation.asks_for_the_best
    return replace(found, **columns, best=best if best.any() else None)


def _numbers(of: Observation) -> dict[str, float | None]:
    digits = 13 if isinstance(of.rule.norm, Changes) else 15
    hidden = of.observed is None or of.outcome is Outcome.NOT_APPLICABLE
    return {
        "observed": None if hidden else tidy(of.observed or 0.0, digits),
        "low": None if of.low is None else tidy(of.low),
        "high": None if of.high is None else tidy(of.high),
        "gap": of.gap,
    }


def _merged(one: FindingColumns, other: FindingColumns) -> FindingColumns:
    """Put those a rule applies to and those it does not beside each other, in order of code."""
    if not len(one):
        return other
    order = np.argsort(np.concatenate([one.subject, other.subject]), kind="stable")

    def both(key: str, missing: float | bool) -> Any:  # noqa: ANN401, FBT001 - a column of any kind
        columns = [getattr(each, key) for each in (one, other)]
        columns = [whole(each) if isinstance(each, FewNumbers) else each for each in columns]
        if columns[0] is None and columns[1] is None:
            return None
        filled = [
            np.full(len(each), missing) if column is None else column
            for each, column in zip((one, other), columns, strict=True)
        ]
        return np.concatenate(filled)[order].astype(filled[0].dtype, copy=False)

    numbers = {key: both(key, np.nan) for key in ("observed", "low", "high", "gap")}
    codes = {key: both(key, NO_OUTCOME) for key in ("subject", "outcome", "hopes", "fears")}
    return replace(one, **numbers, **codes, best=both("best", missing=False))
