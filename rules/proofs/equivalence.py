"""Which mutants can't differ from their rule in any verdict, so that no example could tell them."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, EachComplies, Norm, Within
from dabiao.rules.catalog.timing import Phase, figures_year, phase
from dabiao.rules.formulas.formula import (
    Arithmetic,
    Attainment,
    Below,
    Calculation,
    Fold,
    Formula,
    Measured,
    Number,
    Relates,
    walk,
)
from dabiao.rules.formulas.whole import whole
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.measure import ItemType, Summation

_TOLERANCE = 1e-9
_AHEAD = 12
"""Years looked at beyond the beginning of a document without an end."""


def equivalent(rule: Rule, changed: Rule, catalog: Catalog) -> bool:
    """Tell whether a mutant can't differ from its rule in any verdict.

    Only what can be shown is called equivalent: the same years, or a norm that the range of its
    measure makes the same; a baseline that no year of the document ever looks at; or a condition
    that counts those of whom a share is looked at.
    """
    if rule.stages or changed.stages:
        # Up to the first target there is a line, if there are years before it.
        lined = bool(rule.stages) and rule.stages[0].year > rule.document.period.from_
        one, other = (each if lined else replace(each, baseline=None) for each in (rule, changed))
        return one == other
    same_norm = rule.norm == changed.norm or (
        rule.decimals is None
        and rule.tolerance is None
        and (_same_over_range(rule, changed, catalog) or _same_in_reach(rule, changed, catalog))
    )
    same_years = rule.timing == changed.timing or _phases(rule) == _phases(changed)
    return (
        same_norm
        and same_years
        and _same_lines(rule, changed, catalog)
        and _same_condition(rule.condition, changed.condition)
        and (rule.decimals, rule.tolerance) == (changed.decimals, changed.tolerance)
        and (rule.level, rule.area) == (changed.level, changed.area)
        and (rule.units, rule.aspiration) == (changed.units, changed.aspiration)
    )


def _same_lines(rule: Rule, changed: Rule, catalog: Catalog) -> bool:
    """Compare the lines of two rules on every value that falls short of the norm."""
    lined = any(each is Phase.PENDING for _, each in _by_year(rule))
    same_due = rule.timing.last == changed.timing.last
    if rule.baseline == changed.baseline and (rule.baseline is None or same_due or not lined):
        return True
    bounds = _bounds(rule.norm)
    if bounds is None or rule.timing.last is None or rule.norm != changed.norm:
        return False
    if any(each is not None and each.value is None for each in (rule.baseline, changed.baseline)):
        return False  # that year's facts serve, and they may be any
    low, high, _ = _domain(bounds[0], catalog) or (-math.inf, math.inf, False)
    domain = (low, high, whole(bounds[0], catalog.vocabulary))
    sides = [(bounds[1], 1.0), (bounds[2], -1.0)]
    return all(
        _same_line(rule, changed, year, side, domain)
        for year, each in _by_year(rule)
        if each is Phase.PENDING
        for side in sides
        if math.isfinite(side[0])
    )


def _same_line(
    rule: Rule,
    changed: Rule,
    year: int,
    side: tuple[float, float],
    domain: tuple[float, float, bool],
) -> bool:
    """Compare two lines in one year, towards a bound and on the side where values fall short."""
    target, sign = side
    low, high, counted = domain
    steps = sign if counted else 0.0
    # What has no line never falls behind one.
    old, new = (
        -sign * math.inf if line is None else line
        for line in (_line(each, target, year, steps) for each in (rule, changed))
    )
    return not any(
        sign * (target - value) > 0 and (sign * (old - value) > 0) != (sign * (new - value) > 0)
        for value in _probes((old, new, target), low, high, counted=counted)
    )


def _line(rule: Rule, target: float, year: int, steps: float) -> float | None:
    """Give the value a line stands at (docs/judgement.md, section 4).

    Args:
        rule: The rule.
        target: Where the line leads.
        year: The year.
        steps: 1 where it leads up, -1 down, in whole numbers; 0 where any number can be observed.
    """
    baseline, due = rule.baseline, rule.timing.last
    if baseline is None or baseline.value is None or due is None or baseline.year >= due:
        return None
    gone = min(max(year - baseline.year, 0), due - baseline.year)
    exact = baseline.value + (target - baseline.value) * gone / (due - baseline.year)
    if not steps or not math.isfinite(exact):
        return exact
    near = round(exact)
    reached = abs(exact - near) <= _TOLERANCE * max(abs(near), 1.0)
    return float(near if reached else steps * math.floor(steps * exact))


def _probes(edges: Iterable[float], low: float, high: float, *, counted: bool) -> Iterator[float]:
    """Give the values near some edges that a measure can have at all."""
    for edge in edges:
        if not math.isfinite(edge):
            continue
        for shift in (-2, -1, 0, 1, 2):
            value = float(math.floor(edge + shift)) if counted else edge + shift * 1e-6
            if low <= value <= high:
                yield value


def _by_year(rule: Rule) -> list[tuple[int, Phase]]:
    """Tell for each year of the document what a rule asks."""
    period = rule.document.period
    named = [year for year in (rule.timing.first, rule.timing.last) if year is not None]
    last = period.to if period.to is not None else max([period.from_, *named]) + _AHEAD
    return [(year, phase(rule, year)) for year in range(period.from_, last + 1)]


def _phases(rule: Rule) -> list[tuple[Phase, int]]:
    """Tell for each year of the document what the rule asks, and of which year's figures."""
    return [(each, figures_year(rule, year)) for year, each in _by_year(rule)]


def _same_over_range(rule: Rule, changed: Rule, catalog: Catalog) -> bool:
    """Compare two norms on every value near a bound that the measure can have at all."""
    old, new = _bounds(rule.norm), _bounds(changed.norm)
    if old is None or new is None or old[0] != new[0]:
        return False
    domain = _domain(old[0], catalog)
    if domain is None:
        return False
    low, high, counted = domain
    edges = (*old[1:3], *new[1:3], low, high)
    return all(
        _holds(old, value) == _holds(new, value)
        for value in _probes(edges, low, high, counted=counted)
    )


def _same_in_reach(rule: Rule, changed: Rule, catalog: Catalog) -> bool:
    """Compare two norms whose bound is computed, after leaving out floors that are there anyway.

    What is demanded never goes further than the best there can be (docs/judgement.md, section 4),
    so a bound that is kept from passing it is the same as one that isn't.
    """
    one, other = rule.norm, changed.norm
    if rule.baseline is not None or not isinstance(one, Compares):
        return False
    if not isinstance(other, Compares) or replace(one, bound=other.bound) != other:
        return False
    domain = _domain(one.value, catalog)
    if domain is None or one.comparator not in (Comparator.AT_MOST, Comparator.AT_LEAST):
        return False
    best = domain[0] if one.comparator is Comparator.AT_MOST else domain[1]
    return _unkept(one.bound, one.comparator, best) == _unkept(other.bound, one.comparator, best)


def _unkept(bound: Formula, comparator: Comparator, best: float) -> Formula:
    """Leave out what keeps a bound from passing the best value."""
    keeping = Arithmetic.LARGER if comparator is Comparator.AT_MOST else Arithmetic.SMALLER
    match bound:
        case Calculation(operator, inner, Number(edge)) if operator is keeping:
            beyond = edge <= best if comparator is Comparator.AT_MOST else edge >= best
            return (
                inner
                if beyond and any(isinstance(each, Measured) for each in walk(inner))
                else bound
            )
        case _:
            return bound


def _same_condition(one: Formula | None, other: Formula | None) -> bool:
    """Compare two conditions; a share is above 0 where some are counted, and only there."""
    return one == other or (
        one is not None and other is not None and _counted(one) == _counted(other)
    )


def _counted(condition: Formula) -> Formula:
    match condition:
        case Relates(relation, Below(Fold.SHARE) as share, Number(0.0) as none):
            return Relates(relation, replace(share, fold=Fold.COUNT), none)
        case _:
            return condition


_Bounds = tuple[Formula, float, float, bool]


def _bounds(norm: Norm) -> _Bounds | None:
    """Give the value of a norm with its lower and upper bound, and whether they are open."""
    match norm:
        case Compares(value, comparator, Number(bound)):
            lower = bound if comparator.bounds_low else -math.inf
            upper = bound if comparator.bounds_high else math.inf
            return value, lower, upper, comparator.is_open
        case Within(value, Number(low), Number(high)):
            return value, low, high, False
        case Compares() | Within() | Changes() | AllComply() | EachComplies():
            return None
        case _:
            assert_never(norm)


def _holds(bounds: _Bounds, value: float) -> bool:
    _, low, high, is_open = bounds
    return low < value < high if is_open else low <= value <= high


def _domain(value: Formula, catalog: Catalog) -> tuple[float, float, bool] | None:
    """Give the least and the greatest value a formula can have, and whether it is always whole."""
    if isinstance(value, Measured):
        item = catalog.vocabulary.items.get(value.slug)
        if item is None:
            return _domain(catalog.vocabulary.formulas[value.slug], catalog)
        low, high = item.bounds
        if item.summation is Summation.SUM:  # a sum passes the bounds of its parts, but not 0
            low, high = (0.0 if low >= 0 else -math.inf), (0.0 if high <= 0 else math.inf)
        return low, high, item.type is ItemType.INTEGER
    if isinstance(value, Attainment):
        return 0.0, 100.0, False
    if not isinstance(value, Below):
        return None
    match value.fold:
        case Fold.COUNT:
            return 0.0, math.inf, True
        case Fold.SHARE:
            return 0.0, 100.0, False
        case Fold.SUM | Fold.MEAN | Fold.MAXIMUM | Fold.MINIMUM | Fold.MEDIAN | Fold.PERCENTILE:
            return None
        case _:
            assert_never(value.fold)
