"""Which mutants can't differ from their rule in any verdict, so that no example could tell them."""

import math
from collections.abc import Iterable, Iterator
from typing import assert_never

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, EachComplies, Norm, Within
from dabiao.rules.catalog.timing import Phase, figures_year, phase
from dabiao.rules.formulas.formula import Attainment, Below, Fold, Formula, Measured, Number
from dabiao.rules.formulas.whole import whole
from dabiao.schemas.measure import ItemType

_TOLERANCE = 1e-9
_AHEAD = 12
"""Years looked at beyond the beginning of a document without an end."""


def equivalent(rule: Rule, changed: Rule, catalog: Catalog) -> bool:
    """Tell whether a mutant can't differ from its rule in any verdict.

    Only what can be shown is called equivalent: the same years, or a norm that the range of its
    measure makes the same; or a baseline that no year of the document ever looks at.
    """
    same_norm = rule.norm == changed.norm or _same_over_range(rule, changed, catalog)
    same_years = rule.timing == changed.timing or _phases(rule) == _phases(changed)
    return (
        same_norm
        and same_years
        and _same_lines(rule, changed, catalog)
        and rule.condition == changed.condition
        and rule.decimals == changed.decimals
    )


def _same_lines(rule: Rule, changed: Rule, catalog: Catalog) -> bool:
    """Compare the lines of two rules on every value that falls short of the norm."""
    if rule.baseline == changed.baseline:
        return True
    bounds = _bounds(rule.norm)
    if bounds is None or rule.timing.last is None:
        return False
    counted = whole(bounds[0], catalog.vocabulary)
    low, high, _ = _domain(bounds[0], catalog) or (-math.inf, math.inf, False)
    for year, each in _by_year(rule):
        if each is not Phase.PENDING:
            continue
        for target, sign in ((bounds[1], 1.0), (bounds[2], -1.0)):
            old = _line(rule, target, year, sign if counted else 0.0)
            new = _line(changed, target, year, sign if counted else 0.0)
            if not math.isfinite(target) or old is None or new is None:
                continue
            for value in _probes((old, new, target), low, high, counted=counted):
                short = sign * (target - value) > 0
                if short and (sign * (old - value) > 0) != (sign * (new - value) > 0):
                    return False
    return True


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
    last = period.to if period.to is not None else period.from_ + _AHEAD
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
        return *item.bounds, item.type is ItemType.INTEGER
    if isinstance(value, Attainment):
        return 0.0, 100.0, False
    if not isinstance(value, Below):
        return None
    match value.fold:
        case Fold.COUNT:
            return 0.0, math.inf, True
        case Fold.SHARE:
            return 0.0, 100.0, False
        case Fold.SUM | Fold.MEAN | Fold.MAXIMUM | Fold.MINIMUM | Fold.MEDIAN:
            return None
        case _:
            assert_never(value.fold)
