"""Which rule is to be kept in place of another, once more: docs/judgement.md, section 3.

Year by year and pair by pair, of rules on one measure whose bounds are written, alone, by year, by
place or beside others of which one is enough; slow, plain and independent of what compares demands.
"""

import math
from dataclasses import replace

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import Compares, Within, alternatives
from dabiao.rules.formulas.formula import Either, Number
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.document import Document
from dabiao.schemas.rule import NormRecord, Timing, TimingKind
from tests.engine.naive import at_stage, figures_of, phase

ALONE = NormRecord(text="", kind="")

YEARS = range(2018, 2041)
"""Before any document of the tests, and long after all that they speak of."""


def governors(catalog: Catalog, rule: Rule, year: int) -> set[str]:
    """Give the rules that findings of a year name as the ones to keep to."""
    found = [each for each in catalog if overrides(catalog, each, rule, year)]
    return {
        each.id
        for each in found
        if not any(overrides(catalog, other, each, year) for other in found)
    }


def overrides(catalog: Catalog, strong: Rule, weak: Rule, year: int) -> bool:
    """Tell whether one rule is to be kept in place of another in a year."""
    if strong.id == weak.id or strong.level is not weak.level:
        return False
    strong, weak = in_year(strong, year), in_year(weak, year)
    binds_all = strong.condition in (None, weak.condition) and lies_in(
        catalog, weak.jurisdiction, strong.jurisdiction
    )
    if strong.aspiration or strong.document.on_request or not binds_all:
        return False
    if due(catalog, strong, year) is not True or due(catalog, weak, year) is None:
        return False
    plan_is_due = due(catalog, weak, year) is True
    more, as_much = leaves_less(strong, weak), leaves_less(weak, strong)
    if is_points_of(catalog, strong.document, weak.document):
        if not plan_is_due:
            return more or as_much or is_impossible(strong, weak)
        if more and not as_much:
            return True
    if not plan_is_due or not more:
        return False
    if not as_much:
        ends, other = until(strong), until(weak)
        return ends is None or other is None or ends <= other  # no stage by a later one
    return asks_for_longer(catalog, strong, weak)


def in_year(rule: Rule, year: int) -> Rule:
    """Of targets by year each asks for something in its year, the last one from then on."""
    timing = Timing(kind=TimingKind.SPAN, first=year, last=year)
    own = any(each.year == year for each in rule.stages[:-1])
    return replace(at_stage(rule, year), timing=timing) if own else at_stage(rule, year)


def asks_for_longer(catalog: Catalog, strong: Rule, weak: Rule) -> bool:
    """Of two rules that allow the same, tell whether one asks for it of more, firmer, or longer."""
    first, second = until(strong), until(weak)
    two = None not in (first, second) and first != second
    if strong.condition != weak.condition:
        return True
    if two and TimingKind.DUE in (strong.timing.kind, weak.timing.kind):
        upper, lower = (
            (strong, weak) if is_above(catalog, strong.document, weak.document) else (weak, strong)
        )
        if not is_above(catalog, upper.document, lower.document):
            return False  # one thing at two dates is a contradiction
    if weak.aspiration:
        return True
    if first is not None and second is not None and first != second:
        return first < second
    spans = [
        {
            year
            for year in YEARS
            if year in strong.document.period
            and year in weak.document.period
            and due(catalog, each, year)
        }
        for each in (strong, weak)
    ]
    return spans[0] > spans[1]


def due(catalog: Catalog, rule: Rule, year: int) -> bool | None:
    """Tell whether a rule is due, on figures of the year itself; None where it asks for nothing."""
    return phase(catalog, rule, year) if figures_of(rule, year) == year else None


def until(rule: Rule) -> int | None:
    """Give the year of the deadline, if there is one; the year of a target by year is none."""
    return rule.timing.last if rule.timing.kind in (TimingKind.DUE, TimingKind.WITHIN) else None


Edge = tuple[float, bool]
"""The least or the greatest value allowed, and whether it is itself left out."""


def edges(rule: Rule) -> list[tuple[object, Edge, Edge]]:
    """Give what a rule allows, of what: one range, or several of which one is enough."""
    norm = rule.norm
    if isinstance(norm, Compares) and isinstance(norm.value, Either):
        several = alternatives(norm, rule.norm_record)
        return [edges(replace(rule, norm=each, norm_record=ALONE))[0] for each in several]
    assert isinstance(norm, Compares | Within)
    of: object = norm.value
    if isinstance(norm, Within):
        assert isinstance(norm.low, Number)
        assert isinstance(norm.high, Number)
        low, high = (norm.low.value, False), (norm.high.value, False)
    else:
        if not isinstance(norm.bound, Number):
            return [((of, norm.bound), (0.0, False), (0.0, False))]  # the same, or not
        comparator, end = norm.comparator, norm.bound.value
        out = comparator in (Comparator.MORE_THAN, Comparator.LESS_THAN)
        low = (end, out) if comparator.bounds_low else (-math.inf, False)
        high = (end, out) if comparator.bounds_high else (math.inf, False)
    slack = rule.tolerance or 0.0
    return [(of, (low[0] - slack, low[1]), (high[0] + slack, high[1]))]


def leaves_less(inner: Rule, outer: Rule) -> bool:
    """Tell whether all that one rule allows is allowed by another.

    Bounds that are one at the coarser of their roundings (按N位小数比较) are one.
    """
    coarse = min((each.decimals for each in (inner, outer) if each.decimals is not None), default=9)
    return all(
        any(
            lies_within(part, each) or at_decimals(part, coarse) == at_decimals(each, coarse)
            for each in edges(outer)
        )
        for part in edges(inner)
    )


def at_decimals(part: tuple[object, Edge, Edge], decimals: int) -> object:
    """Round both ends of a range, halves up."""
    of, *ends = part
    shift = 10**decimals
    return of, [
        (end if math.isinf(end) else math.floor(end * shift + 0.5) / shift, out)
        for end, out in ends
    ]


def lies_within(inner: tuple[object, Edge, Edge], outer: tuple[object, Edge, Edge]) -> bool:
    """Tell whether one range lies within another."""
    of, (low, low_out), (high, high_out) = inner
    same, (least, least_out), (most, most_out) = outer
    if of != same:
        return False
    above: bool = low > least or (low == least and low_out >= least_out)
    return above and bool(high < most or (high == most and high_out >= most_out))


def is_impossible(one: Rule, other: Rule) -> bool:
    """Tell whether nothing is allowed by both."""
    if len(edges(one)) > 1 or len(edges(other)) > 1:
        return False
    _, lows, highs = zip(*edges(one), *edges(other), strict=True)
    low, high = max(lows), min(highs, key=lambda end: (end[0], not end[1]))
    return bool(low[0] > high[0] or (low[0] == high[0] and (low[1] or high[1])))


def is_points_of(catalog: Catalog, points: Document, plan: Document) -> bool:
    """Tell whether a document carries a plan out, for some of its years."""
    if plan.id not in carried_out(catalog, points) or points.period.to is None:
        return False
    everywhere = lies_in(catalog, plan.jurisdiction, points.jurisdiction)
    same = (points.period.from_, points.period.to) == (plan.period.from_, plan.period.to)
    inside = points.period.from_ in plan.period and points.period.to in plan.period
    return everywhere and inside and not same


def is_above(catalog: Catalog, upper: Document, lower: Document) -> bool:
    """Tell whether a document is carried out by another, or binds more places."""
    if upper.id in carried_out(catalog, lower):
        return True
    if lower.id in carried_out(catalog, upper) or upper.jurisdiction == lower.jurisdiction:
        return False
    return lies_in(catalog, lower.jurisdiction, upper.jurisdiction)


def carried_out(catalog: Catalog, document: Document) -> set[str]:
    """Collect the documents above one."""
    found = set(document.under)
    return found.union(*(carried_out(catalog, catalog.documents[each]) for each in found))


def lies_in(catalog: Catalog, place: str | None, around: str | None) -> bool:
    """Tell whether a place is another, or lies in it; None is every place."""
    if around in (None, place):
        return True
    return place is not None and lies_in(catalog, catalog.places[place].parent, around)
