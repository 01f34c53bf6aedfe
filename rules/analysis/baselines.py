"""What a change from a printed baseline comes to: 比2020年的60%提高5个百分点 is 65%."""

import math
from typing import assert_never

from dabiao.rules.analysis.demands import FOREVER, Allowed, due_years
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, Direction, Span
from dabiao.rules.catalog.timing import deadline
from dabiao.rules.formulas.formula import Formula, Measured
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.record import dataclass

_AHEAD = 10
"""Years that a rise without an end is followed beyond the beginning of its document."""
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class ReachedLevel:
    """A level that a change comes to.

    Attributes:
        year: The year.
        bound: What is left allowed in it.
        exact: Whether who keeps that keeps the change too.
        text: The level in words.
    """

    year: int
    bound: Allowed
    exact: bool
    text: str


def comes_to(rule: Rule, value: Formula, vocabulary: Vocabulary) -> ReachedLevel | None:
    """Tell what a change comes to in the last year in which it is asked for.

    None where the document prints no value to begin with, or does not ask for it in every year in
    between. A rise holds at the best value there is, so it comes to no more than that.
    """
    norm, baseline = rule.norm, rule.baseline
    if not isinstance(norm, Changes) or baseline is None or baseline.value is None:
        return None
    due = due_years(rule)
    if due is None:
        return None
    end = due[1] if due[1] < FOREVER else rule.document.period.from_ + _AHEAD
    last = deadline(rule) or end
    changing = _changing(norm, baseline.year, due, last)
    if changing is None:
        return None
    years, exact = changing
    rises = norm.direction is Direction.RISE
    by = norm.least if rises else -norm.least
    level = baseline.value + by * years
    if norm.relative:
        level = baseline.value * (1 + by / _WHOLE) ** years
    worst, best = _range(value, vocabulary)[:: 1 if rises else -1]
    beyond = best is not None and (level > best if rises else level < best)
    if best is not None and beyond:
        level = best
    elif best is None and worst is None and not 0 <= level <= _WHOLE:
        return None  # what is computed may end anywhere
    level, strict = round(level, 9), norm.strict and not beyond
    low, high = (level, math.inf) if rises else (-math.inf, level)
    sign = ("≥", "≤", ">", "<")[2 * strict + (not rises)]
    unit = vocabulary.measure(value.slug).unit if isinstance(value, Measured) else ""
    bound = Allowed(low, high, open=strict, decimals=rule.decimals)
    return ReachedLevel(last, bound, exact, f"{sign}{level:.10g}{unit}")


def _changing(
    norm: Changes, first: int, due: tuple[int, int], last: int
) -> tuple[int, bool] | None:
    """Count how often a change is asked for from a first year to a last one.

    Returns:
        How often, and whether just so much is asked for in that year; None if it is not known.
    """
    match norm.span:
        case Span.SINCE:
            return (1, True) if norm.since == first else None
        case Span.ANNUALISED:
            return (last - first, due == (last, last)) if last > first else None
        case Span.YEAR:
            return (last - first, False) if last > first and due[0] <= first + 1 else None
        case _:
            assert_never(norm.span)


def _range(value: Formula, vocabulary: Vocabulary) -> tuple[float | None, float | None]:
    """Give the least and the greatest value that a measure may have."""
    if isinstance(value, Measured) and value.slug in vocabulary.items:
        item = vocabulary.items[value.slug]
        return item.minimum, item.maximum
    return None, None
