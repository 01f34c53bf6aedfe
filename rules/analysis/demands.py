"""What a rule demands, in a form in which two rules can be compared: bound, scope and time."""

import math
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import assert_never

from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import (
    AllComply,
    Changes,
    Compares,
    Direction,
    EachComplies,
    Span,
    Within,
)
from dabiao.rules.catalog.timing import Phase, figures_year, phase
from dabiao.rules.formulas.formula import (
    Both,
    Choice,
    Cumulative,
    Either,
    Formula,
    InYear,
    Measured,
    Number,
    Relates,
    Relation,
    Text,
    Truth,
    flattened,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.record import dataclass

FOREVER = 9999
"""The last year of what has no end."""


class Side(Enum):
    """Which of two demands is the stricter one in some respect."""

    EQUAL = "equal"
    FIRST = "first"
    SECOND = "second"
    NEITHER = "neither"
    """Each allows what the other does not."""
    APART = "apart"
    """Nothing is allowed by both."""

    @property
    def turned(self) -> "Side":
        """The same, seen from the other demand."""
        match self:
            case Side.FIRST:
                return Side.SECOND
            case Side.SECOND:
                return Side.FIRST
            case Side.EQUAL | Side.NEITHER | Side.APART:
                return self
            case _:
                assert_never(self)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a norm leaves allowed: a range of numbers, or one text or truth value.

    Attributes:
        decimals: Decimals at which it is compared; None for exactly.
        years: Over how many years, the one judged the last, it has to be kept (应连续…年).
        count: In how many of them at least.
    """

    low: float
    high: float
    open: bool = False
    says: str | bool | None = None
    decimals: int | None = None
    years: int = 1
    count: int = 1

    @property
    def recurrence(self) -> tuple[int, int]:
        """In how many years of how many; of what is asked of one year, in one of one."""
        return self.count, self.years


DemandKey = tuple[Formula, *tuple[object, ...]]
"""What is demanded of, equal for the same thing: a value, or a change of it over some time."""


def about(rule: Rule) -> tuple[DemandKey, Allowed] | None:
    """Tell what a rule is about, in a form that is equal for the same thing, and its bound.

    Rules over verdicts and rules whose bound is computed are about nothing that can be compared.
    """
    found = _about(rule)
    if found is None:
        return None
    slack, (key, allowed) = rule.tolerance or 0.0, found
    if not slack:
        return found
    return key, replace(allowed, low=allowed.low - slack, high=allowed.high + slack)


def of_option(option: Relates, rule: Rule) -> tuple[DemandKey, Allowed] | None:
    """Tell the same of one of several relations of which one is enough."""
    comparator = _COMPARATORS.get(option.relation)
    if comparator is None:
        return None
    return _about(replace(rule, norm=Compares(option.left, comparator, option.right)))


def _about(rule: Rule) -> tuple[DemandKey, Allowed] | None:
    match rule.norm:
        case Compares(
            Cumulative(Choice(Relates() as kept, Number(1.0), Number(0.0)), years),
            Comparator.AT_LEAST,
            Number(count),
        ) if count.is_integer() and count > 0:
            found = of_option(kept, rule)
            if found is None:
                return None
            return found[0], replace(found[1], years=years, count=int(count))
        case Compares(value, comparator, InYear(before, year, back)) if (
            before == value and comparator in _CHANGES and (year is not None or back == 1)
        ):
            span = Span.YEAR if year is None else Span.SINCE
            direction, strict = _CHANGES[comparator]
            change = Changes(value, direction, span, 0.0, since=year, strict=strict)
            return _about(replace(rule, norm=change))
        case Compares(value, comparator, Number(bound)):
            return (value,), _range(comparator, bound, rule.decimals)
        case Compares(value, _, Text(said) | Truth(said)):
            return (value,), Allowed(0, 0, says=said)
        case Within(value, Number(low), Number(high)):
            return (value,), Allowed(low, high, decimals=rule.decimals)
        case Changes(value, direction, span, least, relative, since, strict):
            rises = direction is Direction.RISE
            low, high = (least, math.inf) if rises else (-math.inf, -least)
            key = (value, span, relative, since)
            return key, Allowed(low, high, open=strict, decimals=rule.decimals)
        case Compares() | Within() | AllComply() | EachComplies():
            return None
        case _:
            assert_never(rule.norm)


_COMPARATORS = {  # some of them
    Relation.AT_LEAST: Comparator.AT_LEAST,
    Relation.MORE: Comparator.MORE_THAN,
    Relation.AT_MOST: Comparator.AT_MOST,
    Relation.LESS: Comparator.LESS_THAN,
    Relation.EQUAL: Comparator.EQUAL,
}
_CHANGES = {  # some of them
    Comparator.AT_LEAST: (Direction.RISE, False),
    Comparator.MORE_THAN: (Direction.RISE, True),
    Comparator.AT_MOST: (Direction.FALL, False),
    Comparator.LESS_THAN: (Direction.FALL, True),
}
"""What a comparison with an earlier year asks for: which way, and whether standing still fails."""


def _range(comparator: Comparator, bound: float, decimals: int | None) -> Allowed:
    low = bound if comparator.bounds_low else -math.inf
    high = bound if comparator.bounds_high else math.inf
    return Allowed(low, high, open=comparator.is_open, decimals=decimals)


def compare_bounds(one: Allowed, other: Allowed) -> Side:
    """Tell which bound is stricter, at the coarser of their roundings.

    What has to be kept in more of the years is stricter as well; where one is stricter in that and
    the other in what has to be kept, neither is.
    """
    side = _compare_ranges(one, other)
    if one.recurrence == other.recurrence == (1, 1):
        return side
    if side is Side.APART:
        in_one_year = one.count + other.count > max(one.years, other.years)
        return Side.APART if in_one_year else Side.NEITHER
    first = side in (Side.EQUAL, Side.FIRST) and _recurs(one, other)
    second = side in (Side.EQUAL, Side.SECOND) and _recurs(other, one)
    if first or second:
        return Side.EQUAL if first and second else Side.FIRST if first else Side.SECOND
    return Side.NEITHER


def crossed(one: Allowed, other: Allowed) -> bool:
    """Tell whether each of two bounds asks for more in something: a year more, a point more."""
    if one.recurrence == other.recurrence or compare_bounds(one, other) is not Side.NEITHER:
        return False
    return _compare_ranges(one, other) in (Side.EQUAL, Side.FIRST, Side.SECOND)


def _recurs(one: Allowed, other: Allowed) -> bool:
    """Tell whether what is kept as often as one says is so as often as the other does."""
    missed = max(one.years - one.count, 0)
    sure = one.count if other.years >= one.years else other.years - missed
    return sure >= other.count


def _compare_ranges(one: Allowed, other: Allowed) -> Side:
    if one.says is not None or other.says is not None:
        return Side.EQUAL if one.says == other.says else Side.APART
    one, other = _at_one_rounding(one, other)
    if (one.low, one.high, one.open) == (other.low, other.high, other.open):
        return Side.EQUAL
    low, high = max(one.low, other.low), min(one.high, other.high)
    left_out = any(each.open and low in (each.low, each.high) for each in (one, other))
    if low > high or (low == high and left_out):
        return Side.APART
    if _inside(one, other):
        return Side.FIRST
    return Side.SECOND if _inside(other, one) else Side.NEITHER


def apart_by(one: Allowed, other: Allowed) -> float | None:
    """Give how far two bounds lie apart; None where that is no number."""
    if one.says is not None or other.says is not None:
        return None
    side = _compare_ranges(one, other)
    if side is Side.EQUAL and one.recurrence != other.recurrence:
        return None
    if side is Side.APART:
        return round(max(one.low, other.low) - min(one.high, other.high), 9)
    gaps = [
        abs(a - b)
        for a, b in ((one.low, other.low), (one.high, other.high))
        if math.isfinite(a) and math.isfinite(b)
    ]
    return round(max(gaps), 9) if gaps else None


def _at_one_rounding(one: Allowed, other: Allowed) -> tuple[Allowed, Allowed]:
    """Round both as the coarser of them is compared: 55.6 and 56 are one thing without decimals."""
    decimals = [each.decimals for each in (one, other) if each.decimals is not None]
    if not decimals:
        return one, other
    coarse = min(decimals)
    first, second = (
        replace(each, low=_rounded(each.low, coarse), high=_rounded(each.high, coarse))
        for each in (one, other)
    )
    same = (first.low, first.high, first.open) == (second.low, second.high, second.open)
    return (first, second) if same else (one, other)


def _rounded(value: float, decimals: int) -> float:
    return math.floor(value * 10**decimals + 0.5) / 10**decimals if math.isfinite(value) else value


def _inside(inner: Allowed, outer: Allowed) -> bool:
    """Tell whether whatever keeps the inner bound keeps the outer one."""
    ends = inner.open or not outer.open
    low = inner.low > outer.low or (inner.low == outer.low and (ends or math.isinf(inner.low)))
    high = inner.high < outer.high or (
        inner.high == outer.high and (ends or math.isinf(inner.high))
    )
    return low and high


def compare_scopes(one: Formula | None, other: Formula | None) -> Side:
    """Tell which condition binds more subjects, and so is the stricter one."""
    if one == other:
        return Side.EQUAL
    if one is None:
        return Side.FIRST
    if other is None:
        return Side.SECOND
    first, second = ({*flattened(each, Both)} for each in (one, other))
    if first < second:
        return Side.FIRST
    if second < first:
        return Side.SECOND
    allowed, admitted = _allowed(one), _allowed(other)
    if any(said.isdisjoint(admitted.get(slug, said)) for slug, said in allowed.items()):
        return Side.APART
    return Side.NEITHER


def _allowed(condition: Formula) -> dict[str, frozenset[str]]:
    """List what a condition lets categories say; categories it leaves open are not listed."""
    if isinstance(condition, Both | Either):
        one, other = _allowed(condition.left), _allowed(condition.right)
        common = one.keys() & other.keys()
        if isinstance(condition, Either):
            return {slug: one[slug] | other[slug] for slug in common}
        return {**one, **other, **{slug: one[slug] & other[slug] for slug in common}}
    match condition:
        case Relates(Relation.EQUAL, Measured(slug), Text(said)):
            return {slug: frozenset({said})}
    return {}


def due_years(rule: Rule) -> tuple[int, int] | None:
    """Give the first and the last year in which a rule has to hold, or None."""
    return due_and_in_force(rule)[0]


def due_and_in_force(rule: Rule) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Give the first and the last year in which a rule is due, and those in which it applies.

    What has to hold within a year asks for nothing of the figures of later ones.
    """
    period = rule.document.period
    last = max(_turns(rule)) if period.to is None else period.to
    years = [year for year in range(period.from_, last + 1) if figures_year(rule, year) == year]
    phases = {year: phase(rule, year) for year in years}
    if period.to is None and last in phases:
        phases[FOREVER] = phases[last]  # nothing changes any more
    due = [year for year, found in phases.items() if found is Phase.DUE]
    force = [year for year, found in phases.items() if found in (Phase.DUE, Phase.PENDING)]
    return (due[0], due[-1]) if due else None, (force[0], force[-1]) if force else None


def _turns(rule: Rule) -> Iterator[int]:
    """Give the years by which a rule has begun to ask for something else, or for nothing."""
    yield rule.document.period.from_
    stages = (each.year for each in rule.stages)
    yield from (1 + each for each in (rule.timing.first, rule.timing.last, *stages) if each)
    yield from (each.period.from_ for each in rule.superseded_by)
    yield from (each.first for each in rule.replaced_by)


def common(one: tuple[int, int] | None, other: tuple[int, int] | None) -> tuple[int, int] | None:
    """Give the years that two stretches have in common, or None."""
    if one is None or other is None:
        return None
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None


def compare_times(one: tuple[int, int], other: tuple[int, int]) -> Side:
    """Tell which stretch of years is longer, and so the stricter one."""
    if one == other:
        return Side.EQUAL
    if one[0] <= other[0] and one[1] >= other[1]:
        return Side.FIRST
    if other[0] <= one[0] and other[1] >= one[1]:
        return Side.SECOND
    return Side.NEITHER
