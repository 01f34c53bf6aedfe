"""The naive evaluator, sections 4 and 5 of docs/judgement.md: what norms demand, and changes."""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import assert_never

from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import (
    AllComply,
    Changes,
    Compares,
    Direction,
    EachComplies,
    Norm,
    Span,
    Within,
)
from dabiao.rules.formulas import formula as f
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType, Summation
from tests.engine.naive_numbers import add, ratio
from tests.engine.naive_values import Spot, Value, World, exists, value
from tests.engine.naive_years import made_of, years_in

Demand = tuple[Comparator, Value]
"""How an observed value must stand to a bound."""


def bounds_asked(world: World, rule: Rule, spot: Spot) -> list[Demand]:
    """List what the norm demands of its observed value."""
    match rule.norm:
        case Compares(asked, comparator, bound):
            wanted = value(world, bound, spot)
            if is_written(bound):
                return [(comparator, wanted)]
            read = made_of(world, bound, spot.year)
            beside = [
                value(world, asked, spot._replace(year=when))
                for when in {spot.year, *years_in(world, bound, spot.year)}
                if when == spot.year or made_of(world, asked, when) <= read
            ]
            return [
                within_reach(rule, (comparator, wanted), extent(world, asked, rule.level), beside)
            ]
        case Within(_, low, high):
            return [
                (Comparator.AT_LEAST, value(world, low, spot)),
                (Comparator.AT_MOST, value(world, high, spot)),
            ]
        case Changes():
            return [least_change(world, rule, rule.norm, spot)]
        case AllComply() | EachComplies():
            raise ValueError("a roll-up is about findings, not about a value")
        case _:
            assert_never(rule.norm)


def is_written(bound: f.Formula) -> bool:
    """Tell a number that is written, also one of a table by place or category."""
    if isinstance(bound, f.Choice):
        return is_written(bound.then) and is_written(bound.otherwise)
    return isinstance(bound, f.Number)


def within_reach(
    rule: Rule, asked: Demand, ends: tuple[float, float], beside: list[Value]
) -> Demand:
    """Demand the best value there can be where not even that would do (section 4)."""
    comparator, bound = asked
    if not isinstance(bound, float) or comparator.bounds_low == comparator.bounds_high:
        return asked
    rising = comparator.bounds_low
    best = ends[1] if rising else ends[0]
    if math.isinf(best) or meets(rule, best, comparator, bound):
        return asked
    if any(is_beyond(one, best, rising=rising) for one in beside):
        return asked
    return Comparator.AT_LEAST if rising else Comparator.AT_MOST, best


def is_beyond(observed: Value, best: float, *, rising: bool) -> bool:
    """Tell whether a value shows that the best there can be is not the best."""
    if not isinstance(observed, float):
        return False
    near = 1e-9 * abs(best)
    return observed > best + near if rising else observed < best - near


def least_change(world: World, rule: Rule, norm: Changes, spot: Spot) -> Demand:
    """Demand no greater change than leads to the best value there can be (section 5)."""
    lowest, highest = extent(world, norm.value, rule.level)
    best = {Direction.FALL: lowest, Direction.RISE: highest}[norm.direction]
    began = earlier_value(world, rule, norm, spot)
    years = years_shared(rule, norm, spot.year)
    asked = (Comparator.MORE_THAN if norm.strict else Comparator.AT_LEAST, norm.least)
    if norm.relative or math.isinf(best) or not isinstance(began, float) or years <= 0:
        return asked
    now, rising = value(world, norm.value, spot), norm.direction is Direction.RISE
    if any(is_beyond(one, best, rising=rising) for one in (now, began)):
        return asked
    left = SIGNS[norm.direction] * add(best, -began) / years
    out_of_reach = left <= norm.least if norm.strict else left < norm.least
    return (Comparator.AT_LEAST, left) if out_of_reach else asked


SIGNS = {Direction.RISE: 1, Direction.FALL: -1}


def extent(world: World, formula: f.Formula, level: Level) -> tuple[float, float]:
    """Give the least and the greatest value there can be."""
    known = world.catalog.vocabulary
    match formula:
        case f.Measured(slug) if slug in known.items:
            return extent_of(known.items[slug], level)
        case f.Measured(slug):
            return extent(world, known.formulas[slug], level)
        case f.Ratio():
            return 0.0, 100.0
        case f.Below(fold):
            return FOLDED[fold]
        case f.Number() | f.Text() | f.Truth() | f.Scale() | f.Calculation() | f.Choice():
            return -math.inf, math.inf
        case f.Ranking():
            return 1.0, math.inf
        case (
            f.Relates()
            | f.Both()
            | f.Either()
            | f.Negation()
            | f.LiesIn()
            | f.SentIn()
            | f.Above()
            | f.Complies()
        ):
            return -math.inf, math.inf
        case f.Variation() | f.InYear() | f.Cumulative() | f.Attainment():
            return -math.inf, math.inf
        case _:
            assert_never(formula)


FOLDED = {
    f.Fold.SUM: (-math.inf, math.inf),
    f.Fold.COUNT: (0.0, math.inf),
    f.Fold.MEAN: (-math.inf, math.inf),
    f.Fold.MEDIAN: (-math.inf, math.inf),
    f.Fold.PERCENTILE: (-math.inf, math.inf),
    f.Fold.MAXIMUM: (-math.inf, math.inf),
    f.Fold.MINIMUM: (-math.inf, math.inf),
    f.Fold.SHARE: (0.0, 100.0),
}
"""The least and the greatest value of the subjects below made one."""


def extent_of(item: Item, level: Level) -> tuple[float, float]:
    """Give the least and the greatest value of an item; a sum passes the greatest of a part."""
    low = -math.inf if item.minimum is None else item.minimum
    high = math.inf if item.maximum is None else item.maximum
    match item.type:
        case ItemType.BOOLEAN | ItemType.CATEGORY:
            return -math.inf, math.inf
        case ItemType.NUMBER | ItemType.INTEGER:
            pass
        case _:
            assert_never(item.type)
    match item.summation:
        case Summation.NONE:
            return low, high
        case Summation.SUM:
            if all(each.rank <= level.rank for each in item.levels):
                return low, high
            return 0.0 if low >= 0 else -math.inf, 0.0 if high <= 0 else math.inf
        case _:
            assert_never(item.summation)


def meets(rule: Rule, observed: Value, comparator: Comparator, bound: Value) -> bool | None:
    """Compare: both sides rounded, then a tolerance of 1e-9 of the bound."""
    if observed is None or bound is None:
        return None
    if not isinstance(observed, float) or not isinstance(bound, float):
        return observed == bound
    left, right = rounded(observed, rule.decimals), rounded(bound, rule.decimals)
    slack = rule.tolerance or 0.0
    tolerance = 1e-9 * max(abs(right), slack)
    match comparator:
        case Comparator.AT_LEAST:
            return left >= right - tolerance - slack
        case Comparator.MORE_THAN:
            return left > right + tolerance - slack
        case Comparator.AT_MOST:
            return left <= right + tolerance + slack
        case Comparator.LESS_THAN:
            return left < right - tolerance + slack
        case Comparator.EQUAL:
            return right - tolerance - slack <= left <= right + tolerance + slack
        case Comparator.BETWEEN:
            raise ValueError("between is two bounds, each with a comparator of its own")
        case _:
            assert_never(comparator)


def rounded(number: float, decimals: int | None) -> float:
    """Round half away from zero, reading the number as people would: to 15 digits.

    What lies 1e-9 of the last place below a half is one.
    """
    if decimals is None or abs(number) * 10**decimals >= 1e14:
        return number
    step = Decimal(1).scaleb(-decimals)
    short = (step * Decimal("1e-9")).copy_sign(Decimal(number))
    return float((Decimal(f"{number:.15g}") + short).quantize(step, rounding=ROUND_HALF_UP))


def gap(rule: Rule, observed: float, bound: float) -> float:
    """Measure the distance to the bound that is broken, after rounding (section 7)."""
    return abs(rounded(observed, rule.decimals) - rounded(bound, rule.decimals))


def line(world: World, rule: Rule, target: float, spot: Spot, side: Comparator) -> float | None:
    """Give where the straight line from the baseline to the target stands, if there is one."""
    deadline = rule.timing.last
    begin: int | None = None
    start: Value = None
    match rule.norm:
        case Changes():
            begin, start = {
                Span.SINCE: (rule.norm.since, 0.0),
                Span.YEAR: (None, None),
                Span.ANNUALISED: (None, None),
            }[rule.norm.span]
        case AllComply() | EachComplies():
            pass
        case Compares(value=asked) | Within(value=asked):
            if rule.baseline is not None:
                begin, start = rule.baseline.year, rule.baseline.value
                if start is None and exists(world, spot.level, spot.code, begin):
                    start = value(world, asked, spot._replace(year=begin))
        case _:
            assert_never(rule.norm)
    if begin is None or deadline is None or begin >= deadline or not isinstance(start, float):
        return None
    passed = min(max(spot.year - begin, 0), deadline - begin)
    exact = add(start, (target - start) * passed / (deadline - begin))
    return step_before(exact, side) if counted(world, rule.norm) else exact


def step_before(exact: float, side: Comparator) -> float:
    """Give the last whole number on the way; the line may stand on one but for a rounding."""
    near = round(exact)
    if abs(exact - near) <= 1e-9 * max(abs(near), 1):
        return float(near)
    return float(math.floor(exact) if side is Comparator.AT_LEAST else math.ceil(exact))


def counted(world: World, norm: Norm) -> bool:
    """Tell whether only whole numbers can be observed."""
    match norm:
        case Changes(asked, relative=False) | Compares(asked) | Within(asked):
            return comes_whole(world, asked)
        case Changes() | AllComply() | EachComplies():
            return False
        case _:
            assert_never(norm)


def comes_whole(  # noqa: C901 - one case per form
    world: World, formula: f.Formula
) -> bool:
    """Tell whether a formula always comes to a whole number (section 4)."""
    known = world.catalog.vocabulary
    match formula:
        case f.Measured(slug) if slug in known.items:
            return known.items[slug].type is ItemType.INTEGER
        case f.Measured(slug):
            return comes_whole(world, known.formulas[slug])
        case f.Number(number):
            return number % 1 == 0
        case f.Ranking():
            return True
        case f.Calculation(f.Arithmetic.ROUND_UP, _, step):
            return comes_whole(world, step)
        case f.Calculation(operator, left, right) if operator is not f.Arithmetic.DIVIDE:
            return comes_whole(world, left) and comes_whole(world, right)
        case f.Choice(_, then, otherwise):
            return comes_whole(world, then) and comes_whole(world, otherwise)
        case f.Below(f.Fold.COUNT):
            return True
        case f.Below(f.Fold.SUM | f.Fold.MAXIMUM | f.Fold.MINIMUM, _, operand) if operand:
            return comes_whole(world, operand)
        case f.InYear(operand) | f.Cumulative(operand) | f.Above(_, operand):
            return comes_whole(world, operand)
        case _:
            return False


# Section 5: changes


def change(world: World, rule: Rule, norm: Changes, spot: Spot) -> float | None:
    """Observe a change in the direction the sentence speaks of."""
    now = value(world, norm.value, spot)
    earlier = earlier_value(world, rule, norm, spot)
    if not isinstance(now, float) or not isinstance(earlier, float):
        return None
    sign = SIGNS[norm.direction]
    years = years_shared(rule, norm, spot.year)
    if years == 0:
        return None
    if norm.relative:
        percent = grown(now, earlier, years, compound=norm.span is Span.ANNUALISED)
        return None if percent is None else sign * percent
    difference = sign * add(now, -earlier) / years
    near = abs(difference - norm.least) < 1e-12 * max(abs(now), abs(earlier))
    return norm.least if near else difference


def earlier_value(world: World, rule: Rule, norm: Changes, spot: Spot) -> Value:
    """Give the value that a change is counted from: the printed one, else the facts'."""
    printed = rule.baseline
    since = counted_from(rule, norm, spot.year)
    if printed is not None and printed.year == since and printed.value is not None:
        return printed.value
    return value(world, norm.value, spot._replace(year=since))


def counted_from(rule: Rule, norm: Changes, year: int) -> int:
    """Give the year that a change is counted from."""
    match norm.span:
        case Span.YEAR:
            return year - 1
        case Span.ANNUALISED:
            assert rule.baseline is not None
            return rule.baseline.year
        case Span.SINCE:
            assert norm.since is not None
            return norm.since
        case _:
            assert_never(norm.span)


def years_shared(rule: Rule, norm: Changes, year: int) -> int:
    """Give the number of years that a change is shared out over."""
    match norm.span:
        case Span.YEAR | Span.SINCE:
            return 1
        case Span.ANNUALISED:
            return year - counted_from(rule, norm, year)
        case _:
            assert_never(norm.span)


def grown(now: float, earlier: float, years: int, *, compound: bool) -> float | None:
    """Give the growth in % of the earlier value, per year where it is compound."""
    if earlier <= 0:
        return None
    if not compound:
        return ratio(add(now, -earlier), earlier)
    if (now < 0 and years != 1) or (now == 0 and years < 0):
        return None
    return add(math.pow(now / earlier, 1 / years), -1) * 100
