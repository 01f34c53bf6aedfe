"""When a norm has to hold, seen from the year that is judged (docs/judgement.md, section 3)."""

from dataclasses import replace
from itertools import takewhile

from dabiao.rules.catalog.catalog import Rule, Successor
from dabiao.rules.catalog.norm import Changes, Span
from dabiao.schemas.document import Document
from dabiao.schemas.rule import Baseline, Phase, Timing, TimingKind


def in_year(rule: Rule, year: int) -> Rule:
    """Give what a rule demands in a year: of targets by year, the one that is next or was last.

    The line to it begins at the target before, the first one's at the baseline.
    """
    if not rule.stages:
        return rule
    left = [at for at, stage in enumerate(rule.stages) if year <= stage.year]
    at = left[0] if left else len(rule.stages) - 1
    before = rule.stages[at - 1] if at else None
    return replace(
        rule,
        norm=rule.stages[at].norm,
        timing=Timing(kind=TimingKind.DUE, last=rule.stages[at].year),
        baseline=Baseline(year=before.year, value=before.target) if before else rule.baseline,
        stages=(),
    )


def phase(rule: Rule, year: int) -> Phase:
    """Tell where a year lies, seen from a rule."""
    rule = in_year(rule, year)
    timing = rule.timing
    first, last = timing.first, timing.last
    if (rule.superseded_by and in_its_place(rule, year)) or (
        rule.replaced_by and successor(rule, year) is not None
    ):
        return Phase.SUPERSEDED
    if year not in rule.document.period:
        return Phase.OUTSIDE
    if timing.kind in (TimingKind.DUE, TimingKind.WITHIN):
        return Phase.PENDING if last is not None and year < last else Phase.DUE
    if first is not None and year < first:
        return Phase.BEFORE
    if timing.kind is TimingKind.SPAN and last is not None and year > last:
        return Phase.AFTER
    return Phase.DUE


def in_its_place(rule: Rule, year: int) -> tuple[Document, ...]:
    """List the documents that have taken the place of a rule's, one after the other, by a year."""
    return tuple(takewhile(lambda newer: newer.period.from_ <= year, rule.superseded_by))


def successor(rule: Rule, year: int) -> Successor | None:
    """Give the rule that has taken the place of a rule by a year, the first to do so."""
    return next((each for each in rule.replaced_by if each.first <= year), None)


def figures_year(rule: Rule, year: int) -> int:
    """Give the year whose figures are judged (``Timing.figures``)."""
    return rule.timing.figures(year)


def deadline(rule: Rule) -> int | None:
    """Give the year by which a norm has to hold, if it has one."""
    if rule.timing.kind in (TimingKind.DUE, TimingKind.WITHIN):
        return rule.timing.last
    return None


def earlier_year(rule: Rule, norm: Changes, year: int) -> int | None:
    """Give the year that a change is counted from."""
    match norm.span:
        case Span.YEAR:
            return year - 1
        case Span.SINCE:
            return norm.since
        case Span.ANNUALISED:
            return rule.baseline.year if rule.baseline else None


def printed_baseline(rule: Rule, year: int) -> float | None:
    """Give the value the rule prints for a year, if it does."""
    if rule.baseline is not None and rule.baseline.year == year:
        return rule.baseline.value
    return None


__all__ = [
    "Phase",
    "deadline",
    "earlier_year",
    "figures_year",
    "in_its_place",
    "phase",
    "printed_baseline",
    "successor",
]
