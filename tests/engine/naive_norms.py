"""The naive evaluator, sections 4 and 5 of docs/judgement.md: what norms demand, and changes."""

import math
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, Compares, Direction, Span, Within
from dabiao.rules.formulas import formula as f
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.measure import ItemType, Summation
from tests.engine.naive_values import Spot, Value, World, add, ratio, value

Demand = tuple[Comparator, Value]
"""How an observed value must stand to a bound."""

LOWER = (Comparator.AT_LEAST, Comparator.MORE_THAN)
UPPER = (Comparator.AT_MOST, Comparator.LESS_THAN)


def bounds_asked(world: World, rule: Rule, spot: Spot) -> list[Demand]:
    """List what the norm demands of its observed value."""
    match rule.norm:
        case Compares(asked, comparator, bound):
            wanted = value(world, bound, spot)
            if isinstance(bound, f.Number):
                return [(comparator, wanted)]
            beside = [
                value(world, part, spot)
                for part in (asked, *f.walk(bound))
                if part == asked or (isinstance(part, f.InYear) and part.operand == asked)
            ]
            return [within_reach(rule, (comparator, wanted), extent(world, asked), beside)]
        case Within(_, low, high):
            return [
                (Comparator.AT_LEAST, value(world, low, spot)),
                (Comparator.AT_MOST, value(world, high, spot)),
            ]
        case Changes():
            return [(Comparator.AT_LEAST, least_change(world, rule, rule.norm, spot))]
        case _:
            return []


def within_reach(
    rule: Rule, asked: Demand, ends: tuple[float, float], beside: list[Value]
) -> Demand:
    """Demand the best value there can be where not even that would do (section 4)."""
    comparator, bound = asked
    if not isinstance(bound, float) or comparator not in LOWER + UPPER:
        return asked
    rising = comparator in LOWER
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


def least_change(world: World, rule: Rule, norm: Changes, spot: Spot) -> float:
    """Demand no greater change than leads to the best value there can be (section 5)."""
    lowest, highest = extent(world, norm.value)
    best = lowest if norm.direction is Direction.FALL else highest
    began = earlier_value(world, rule, norm, spot)
    years = spot.year - counted_from(rule, norm, spot.year) if norm.span is Span.ANNUALISED else 1
    if norm.relative or math.isinf(best) or not isinstance(began, float) or years == 0:
        return norm.least
    now, rising = value(world, norm.value, spot), norm.direction is Direction.RISE
    if any(is_beyond(one, best, rising=rising) for one in (now, began)):
        return norm.least
    sign = 1 if rising else -1
    return min(norm.least, sign * add(best, -began) / years)


def extent(world: World, formula: f.Formula) -> tuple[float, float]:
    """Give the least and the greatest value there can be."""
    known = world.catalog.vocabulary
    match formula:
        case f.Measured(slug) if slug in known.items:
            of = known.items[slug]
            if of.type not in (ItemType.NUMBER, ItemType.INTEGER):
                return -math.inf, math.inf
            low = -math.inf if of.minimum is None else of.minimum
            high = math.inf if of.maximum is None else of.maximum
            if of.summation is Summation.NONE:
                return low, high
            return 0.0 if low >= 0 else -math.inf, 0.0 if high <= 0 else math.inf
        case f.Measured(slug):
            return extent(world, known.formulas[slug])
        case f.Ratio() | f.Below(f.Fold.SHARE):
            return 0.0, 100.0
        case f.Below(f.Fold.COUNT):
            return 0.0, math.inf
        case _:
            return -math.inf, math.inf


def meets(rule: Rule, observed: Value, comparator: Comparator, bound: Value) -> bool | None:
    """Compare: both sides rounded, then a tolerance of 1e-9 of the bound, and no other."""
    if observed is None or bound is None:
        return None
    if not isinstance(observed, float) or not isinstance(bound, float):
        return observed == bound
    left, right = rounded(observed, rule.decimals), rounded(bound, rule.decimals)
    tolerance = 1e-9 * abs(right)
    match comparator:
        case Comparator.AT_LEAST:
            return left >= right - tolerance
        case Comparator.MORE_THAN:
            return left > right + tolerance
        case Comparator.AT_MOST:
            return left <= right + tolerance
        case Comparator.LESS_THAN:
            return left < right - tolerance
        case _:
            return abs(left - right) <= tolerance


def rounded(number: float, decimals: int | None) -> float:
    """Round half away from zero, reading the number as people would: to 15 digits."""
    if decimals is None or abs(number) * 10**decimals >= 1e14:
        return number
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(f"{number:.15g}").quantize(step, rounding=ROUND_HALF_UP))


def gap(rule: Rule, observed: float, bound: float) -> float:
    """Measure the distance to the bound that is broken, after rounding (section 7)."""
    return abs(rounded(observed, rule.decimals) - rounded(bound, rule.decimals))


def line(world: World, rule: Rule, target: float, spot: Spot, side: Comparator) -> float | None:
    """Give where the straight line from the baseline to the target stands, if there is one."""
    deadline = rule.timing.last
    begin: int | None = None
    start: Value = None
    if isinstance(rule.norm, Changes):
        if rule.norm.span is Span.SINCE:
            begin, start = rule.norm.since, 0.0
    elif rule.baseline is not None:
        begin, start = rule.baseline.year, rule.baseline.value
        if start is None and isinstance(rule.norm, Compares | Within):
            start = value(world, rule.norm.value, replace(spot, year=begin))
    if begin is None or deadline is None or begin >= deadline or not isinstance(start, float):
        return None
    passed = min(max(spot.year - begin, 0), deadline - begin)
    exact = start + (target - start) * passed / (deadline - begin)
    return step_before(exact, side) if counted(world, rule.norm) else exact


def step_before(exact: float, side: Comparator) -> float:
    """Give the last whole number on the way; the line may stand on one but for a rounding."""
    near = round(exact)
    if abs(exact - near) <= 1e-9 * max(abs(near), 1):
        return float(near)
    return float(math.floor(exact) if side is Comparator.AT_LEAST else math.ceil(exact))


def counted(world: World, norm: object) -> bool:
    """Tell whether only whole numbers can be observed."""
    match norm:
        case Changes(asked, relative=False) | Compares(asked) | Within(asked):
            return comes_whole(world, asked)
        case _:
            return False


def comes_whole(world: World, formula: f.Formula) -> bool:
    """Tell whether a formula always comes to a whole number (section 4)."""
    known = world.catalog.vocabulary
    match formula:
        case f.Measured(slug) if slug in known.items:
            return known.items[slug].type is ItemType.INTEGER
        case f.Measured(slug):
            return comes_whole(world, known.formulas[slug])
        case f.Number(number):
            return number % 1 == 0
        case f.Calculation(operator, left, right) if operator is not f.Arithmetic.DIVIDE:
            return comes_whole(world, left) and comes_whole(world, right)
        case f.Choice(_, then, otherwise):
            return comes_whole(world, then) and comes_whole(world, otherwise)
        case f.Below(f.Fold.COUNT):
            return True
        case f.Below(f.Fold.SUM | f.Fold.MAXIMUM | f.Fold.MINIMUM, _, operand) if operand:
            return comes_whole(world, operand)
        case f.InYear(operand) | f.Cumulative(operand):
            return comes_whole(world, operand)
        case _:
            return False


# Section 5: changes


def change(world: World, rule: Rule, norm: Changes, spot: Spot) -> float | None:
    """Observe a change in the direction the sentence speaks of."""
    since = counted_from(rule, norm, spot.year)
    now = value(world, norm.value, spot)
    earlier = earlier_value(world, rule, norm, spot)
    if not isinstance(now, float) or not isinstance(earlier, float):
        return None
    sign = 1 if norm.direction is Direction.RISE else -1
    years = spot.year - since if norm.span is Span.ANNUALISED else 1
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
    return value(world, norm.value, replace(spot, year=since))


def counted_from(rule: Rule, norm: Changes, year: int) -> int:
    """Give the year that a change is counted from."""
    match norm.span:
        case Span.YEAR:
            return year - 1
        case Span.ANNUALISED:
            assert rule.baseline is not None
            return rule.baseline.year
        case _:
            assert norm.since is not None
            return norm.since


def grown(now: float, earlier: float, years: int, *, compound: bool) -> float | None:
    """Give the growth in % of the earlier value, per year where it is compound."""
    if earlier <= 0:
        return None
    if not compound:
        return ratio(add(now, -earlier), earlier)
    if (now < 0 and years != 1) or (now == 0 and years < 0):
        return None
    return (math.pow(now / earlier, 1 / years) - 1) * 100
