"""Values on both sides of what a norm demands, for the examples of a rule that is begun."""

import math
from collections.abc import Mapping, Sequence
from typing import assert_never

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.norm import Changes, Compares, Direction, Span
from dabiao.rules.formulas.formula import Measured, Number, Ratio, Truth
from dabiao.rules.packs.norms.built import BuiltNorm
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import say
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import NormOption, NormRecord
from dabiao.schemas.unit import PER_ONE

Sides = list[tuple[str, Outcome]]
"""Values as scenarios write them, with the outcomes they must have."""
_HALF = 50.0
_FINE = 1e-6  # of a quotient, whose decimals nobody prints
_MANY = 200.0  # not 100, of which so many % are as many


@dataclass(frozen=True, slots=True)
class Earlier:
    """The value of an earlier year that a change is counted from."""

    year: int
    value: str


def boundary(built: BuiltNorm, catalog: Catalog) -> Sides:
    """List values on both sides of a norm's boundary, with the outcomes they must have.

    Empty where the norm has no fixed numeric boundary.
    """
    record = built.record
    item = catalog.vocabulary.items.get(built.measure or "")
    if isinstance(record.threshold, bool) and item is not None:
        yes, no = say("是", "yes"), say("否", "no")
        good, bad = (yes, no) if record.threshold else (no, yes)
        return [(good, Outcome.COMPLIANT), (bad, Outcome.VIOLATION)]
    if isinstance(built.norm, Changes) or not isinstance(record.threshold, float):
        return []
    if built.unit == PER_ONE:
        return _of_quotient(record.threshold, Comparator(record.comparator or Comparator.EQUAL))
    step = smallest_step(item, record.threshold)
    low, inside = record.threshold, Outcome.COMPLIANT
    outside = Outcome.VIOLATION
    comparator = Comparator(record.comparator or Comparator.BETWEEN)
    match comparator:
        case Comparator.AT_LEAST:
            pairs = [(low, inside), (low - step, outside), (low + step, inside)]
        case Comparator.MORE_THAN:
            pairs = [(low + step, inside), (low, outside)]
        case Comparator.AT_MOST:
            pairs = [(low, inside), (low + step, outside), (low - step, inside)]
        case Comparator.LESS_THAN:
            pairs = [(low - step, inside), (low, outside)]
        case Comparator.EQUAL:
            pairs = [(low - step, outside), (low, inside), (low + step, outside)]
        case Comparator.BETWEEN:
            high = record.upper if record.upper is not None else low
            pairs = [
                (low - step, outside),
                (low, inside),
                (high, inside),
                (high + step, outside),
            ]
        case _:
            assert_never(comparator)
    return _sides([pair for pair in pairs if pair[1] is outside or can_be(item, pair[0])])


def change(
    built: BuiltNorm, year: int, begins: tuple[int, float | None] | None, catalog: Catalog
) -> tuple[Earlier, Sides] | None:
    """Give an earlier value, and values on both sides of the smallest change from it.

    Args:
        built: The norm.
        year: The year judged.
        begins: Year and value of the baseline, where there is one.
        catalog: The pack.

    Returns:
        None where the norm is no change, or its measure leaves no room for one.
    """
    norm = built.norm
    if not isinstance(norm, Changes) or built.measure is None:
        return None
    item = catalog.vocabulary.items.get(built.measure)
    measure = catalog.vocabulary.measure(built.measure)
    first: float | None = None
    match norm.span:
        case Span.YEAR:
            then, years = year - 1, 1
        case Span.SINCE if norm.since is not None and norm.since < year:
            then, years = norm.since, 1
        case Span.ANNUALISED if begins is not None and begins[0] < year:
            (then, first), years = begins, year - begins[0]
        case Span.YEAR | Span.SINCE | Span.ANNUALISED:
            return None
        case _:
            assert_never(norm.span)
    if first is None:
        first = _HALF if measure.unit == "%" else max(_MANY, 10 * norm.least)
    rises = norm.direction is Direction.RISE
    by = norm.least * years
    if norm.relative:  # % of what there was the year before, year by year
        way = 1 + (norm.least if rises else -norm.least) / 100
        by = abs(first * way**years - first)
    step = smallest_step(item, first + by)
    if norm.strict:  # the same as before does not comply, the least there can be more does
        by += step
    cells = round((first + by if rises else first - by) / step, 6)
    reached = (math.ceil(cells) if rises else math.floor(cells)) * step
    short = reached - step if rises else reached + step
    if item is not None and not _has_room(item, (reached, short)):
        return None
    sides = _sides([(reached, Outcome.COMPLIANT), (short, Outcome.VIOLATION)])
    return Earlier(then, f"{first:.10g}"), sides


def on_the_way(earlier: Earlier, sides: Sides, due: int) -> bool:
    """Tell whether what falls just short of a change is on its line a year before it is due."""
    reached, short, first = (float(each) for each in (sides[0][0], sides[-1][0], earlier.value))
    return abs(reached - short) * (due - earlier.year) <= abs(reached - first)


@dataclass(frozen=True, slots=True)
class Share:
    """Both sides of a bound on the ratio of two items, as counts of the part.

    Attributes:
        part: Slug of the part.
        whole: Slug of the whole.
        of: How many the whole has.
        sides: Counts of the part.
    """

    part: str
    whole: str
    of: float
    sides: Sides


def ratio(built: BuiltNorm) -> Share | None:
    """Give counts on both sides of a bound on the ratio of two items; None for other norms."""
    match built.norm:
        case Compares(Ratio(Measured(part), Measured(whole)), comparator, Number(bound)):
            pass
        case _:
            return None
    decimals = len(f"{bound:.10g}".partition(".")[2])
    at = round(bound * 10**decimals)
    if comparator.bounds_low == comparator.bounds_high:
        return None
    worse = -1 if comparator.bounds_low else 1
    last = at - worse if comparator.is_open else at
    pairs = [(float(last), Outcome.COMPLIANT), (float(last + worse), Outcome.VIOLATION)]
    if not comparator.is_open and last - worse >= 0:
        pairs.append((float(last - worse), Outcome.COMPLIANT))
    return Share(part, whole, 100.0 * 10**decimals, _sides(pairs))


def progress(
    built: BuiltNorm, due: int, year: int, begins: tuple[int, float | None], catalog: Catalog
) -> Sides:
    """Give values on both sides of the line from a baseline to a norm, in a year before it is due.

    Empty where the line has no value in that year.
    """
    first, target = begins[1], built.record.threshold
    if first is None or not isinstance(target, float) or not begins[0] < year < due:
        return []
    line = first + (target - first) * (year - begins[0]) / (due - begins[0])
    item = catalog.vocabulary.items.get(built.measure or "")
    counted = item is not None and item.type is ItemType.INTEGER
    # finer than what is printed, so that another baseline is told from this one
    step = 1.0 if counted else min(smallest_step(None, target), smallest_step(None, first)) / 10
    if built.unit == PER_ONE:
        step = _FINE
    rises = built.record.comparator in (Comparator.AT_LEAST, Comparator.MORE_THAN)
    cells = round(line / step, 6)
    # of what is counted, the line stands at the last whole number on the way
    on = (math.floor(cells) if rises is counted else math.ceil(cells)) * step
    behind = on - step if rises else on + step
    return _sides([(on, Outcome.ON_TRACK), (behind, Outcome.BEHIND)])


def can_be(item: Item | None, value: float) -> bool:
    """Tell whether a measure may have a value; nothing that is computed is negative."""
    return value >= 0 if item is None else _has_room(item, (value,))


def _has_room(item: Item, values: Sequence[float]) -> bool:
    low, high = item.bounds
    return all(low <= value <= high for value in values)


def _sides(pairs: Sequence[tuple[float, Outcome]]) -> Sides:
    return [(f"{value:.10g}", outcome) for value, outcome in pairs]


def smallest_step(item: Item | None, value: float) -> float:
    """Take the smallest step a printed value shows: one for counts, a tenth for whole numbers."""
    if item is not None and item.type is ItemType.INTEGER:
        return 1.0
    decimals = len(f"{value:.10g}".partition(".")[2])
    return 10.0 ** -max(decimals, 1)


def _of_quotient(bound: float, comparator: Comparator) -> Sides:
    """Give quotients on both sides of 1:12.5 as people write them: 1:12.6 is less."""
    if not bound or comparator.bounds_low == comparator.bounds_high:
        return []
    many = round(1 / bound, 6)
    better = -0.1 if comparator.bounds_low else 0.1
    last = many + better if comparator.is_open else many
    sides = [(last, Outcome.COMPLIANT), (last - better, Outcome.VIOLATION)]
    if not comparator.is_open:
        sides.append((last + better, Outcome.COMPLIANT))
    return [(f"1:{each:.8g}", outcome) for each, outcome in sides]


def nearest_side(sides: Mapping[str, Outcome], value: float) -> Outcome:
    """Tell what comes of a number: what does of the side of the boundary that it is nearest to."""
    return sides[min(sides, key=lambda side: abs(float(side) - value))]


def alone(option: NormOption) -> BuiltNorm:
    """Give one of several demands as if it were the only one."""
    record = NormRecord(
        text=option.text,
        kind="compares",
        measure=option.measure,
        comparator=option.comparator,
        threshold=option.threshold,
        unit=option.unit,
    )
    comparator = Comparator(option.comparator or Comparator.EQUAL)
    value = Measured(option.measure or "")
    return BuiltNorm(
        Compares(value, comparator, Truth(value=True)), option.unit, option.measure, record
    )
