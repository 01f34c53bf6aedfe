"""Calculating with whole columns, missing values included.

A column is a vector of numbers (float64, NaN where missing), of truth values (int8: 1, 0, and -1
where missing) or of texts (int32 indices, -1 where missing). Functions here follow section 2 of
docs/judgement.md and never change their arguments, which may be read-only.
"""

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, assert_never

import numpy as np
import numpy.typing as npt

from dabiao.rules.formulas.formula import (
    Arithmetic,
    Both,
    Calculation,
    Choice,
    Either,
    Fold,
    Formula,
    Negation,
    Number,
    Plain,
    Ratio,
    Relates,
    Relation,
    Scale,
    Truth,
)
from dabiao.schemas.columns import is_repeated, repeated

Numbers = npt.NDArray[np.float64]
Truths = npt.NDArray[np.int8]
Texts = npt.NDArray[np.int32]
Vector = npt.NDArray[Any]
"""Numbers, truths or texts."""
Flags = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp | np.int32]

TOLERANCE = 1e-9
"""Relative: numbers as close as this are equal."""
DUST = 1e-12
"""Relative: a sum or difference as small as this beside its parts is nothing."""
_LITTLE = 0.01
"""Relative: where so little of its parts is left of a sum, it is added again, exactly."""
_ONE = np.int8(1)
_HALF = 1e-14
"""Relative: as close to a half, it takes the digits to tell which way a number is rounded."""
_SHORT = 1e-9
"""Of the last place kept: what lies so little below a half is what a difference left of one."""
_SHORT_READ = Decimal("1e-9")
_DECIMAL = 1e14
"""Numbers above this have no decimals left to round."""
_WHOLE = 1e15
"""Whole numbers below this are written as such."""

quiet = np.errstate(all="ignore")
"""Overflow and 0 ÷ 0 are no accidents here: their results are missing."""


def tidy(value: float, digits: int = 15) -> float | int | None:
    """Make a number of a record: whole where it is, without noise in the last bits, None for NaN.

    Examples:
        >>> tidy(45.0), tidy(0.1 + 0.2), tidy(3.0000000000000004), tidy(float("nan"))
        (45, 0.3, 3, None)
    """
    if math.isnan(value):
        return None
    if not (abs(value) < _WHOLE and value.is_integer()):
        value = float(f"{value:.{digits}g}")
    return int(value) if abs(value) < _WHOLE and value.is_integer() else value


def numbers(vector: Vector) -> Numbers:
    """Read a vector as numbers; a truth value counts 1 or 0, a text its index."""
    if vector.dtype == np.float64:
        return vector
    read: Numbers = np.where(vector < 0, np.nan, vector.astype(np.float64))
    return read


def truths(vector: Vector) -> Truths:
    """Read a vector of reported numbers as truth values."""
    if vector.dtype == np.int8:
        return vector
    return np.where(np.isnan(vector), -1, vector != 0).astype(np.int8)


def lacking(vector: Vector) -> Flags:
    """Tell where a vector has no value."""
    if is_repeated(vector):
        return repeated(lacking(np.asarray(vector[0])), len(vector))
    return np.isnan(vector) if vector.dtype == np.float64 else vector < 0


def nothing(like: np.dtype[Any]) -> float | int:
    """Give the mark of a missing value in vectors of a kind."""
    return np.nan if like == np.float64 else -1


def finite(vector: Numbers) -> Numbers:
    """Make what overflowed missing."""
    endless = np.isinf(vector)
    if np.count_nonzero(endless):
        vector = np.where(endless, np.nan, vector)
    return vector


def settle(total: Numbers, largest: Numbers) -> Numbers:
    """Make sums that are only the dust of their parts 0."""
    dust = np.abs(total) < DUST * largest
    if np.count_nonzero(dust):
        total = np.where(dust, 0.0, total)
    return finite(total)


def add(left: Numbers, right: Numbers) -> Numbers:
    """Add."""
    return settle(left + right, np.maximum(np.abs(left), np.abs(right)))


def subtract(left: Numbers, right: Numbers) -> Numbers:
    """Subtract."""
    return settle(left - right, np.maximum(np.abs(left), np.abs(right)))


def divide(left: Numbers, right: Numbers) -> Numbers:
    """Divide; by 0 is missing."""
    return finite(np.where(right == 0, np.nan, left / right))


def calculate(operator: Arithmetic, left: Numbers, right: Numbers) -> Numbers:
    """Make one number of two."""
    match operator:
        case Arithmetic.ADD:
            return add(left, right)
        case Arithmetic.SUBTRACT:
            return subtract(left, right)
        case Arithmetic.MULTIPLY:
            return finite(left * right)
        case Arithmetic.DIVIDE:
            return divide(left, right)
        case Arithmetic.LARGER:
            return np.maximum(left, right)
        case Arithmetic.SMALLER:
            return np.minimum(left, right)
        case Arithmetic.ROUND_UP:
            return round_up(left, right)


def round_up(values: Numbers, steps: Numbers) -> Numbers:
    """Give the smallest multiple of a step that is not less; what is one but for noise is one."""
    ratio = np.where(steps > 0, values / steps, np.nan)
    near = np.round(ratio)
    reached = np.abs(ratio - near) <= TOLERANCE * np.maximum(np.abs(near), 1.0)
    return finite(np.where(reached, near, np.ceil(ratio)) * steps)


def relate(relation: Relation, left: Vector, right: Vector) -> Truths:
    """Compare two numbers, texts or truth values."""
    if left.dtype == np.float64:
        right = numbers(right)
        apart = left - right
        known, less = ~np.isnan(apart), apart < 0
        equal = np.abs(apart, out=apart) <= TOLERANCE * np.abs(right)
    else:
        known, less = ~(lacking(left) | lacking(right)), left < right
        equal = left == right
    less &= ~equal
    holds: Flags
    match relation:
        case Relation.EQUAL:
            holds = equal
        case Relation.UNEQUAL:
            holds = ~equal
        case Relation.LESS:
            holds = less
        case Relation.AT_MOST:
            holds = less | equal
        case Relation.MORE:
            holds = ~(less | equal)
        case Relation.AT_LEAST:
            holds = ~less
    found: Truths = np.subtract(known * (_flags(holds) + _ONE), _ONE, dtype=np.int8)
    return found


def _flags(where: Flags) -> Truths:
    """Read flags as truth values, none of them missing."""
    return where.view(np.int8)


def both(left: Truths, right: Truths) -> Truths:
    """且: false as soon as one side is, missing or not."""
    found: Truths = np.minimum(left, right) * (left != 0) * (right != 0)
    return found


def either(left: Truths, right: Truths) -> Truths:
    """或: true as soon as one side is, missing or not."""
    true = (left == 1) | (right == 1)
    unsure = ((left < 0) | (right < 0)) & ~true
    return _flags(true) - _flags(unsure)


def negate(operand: Truths) -> Truths:
    """非."""
    return _flags(operand == 0) - _flags(operand < 0)


def choose(condition: Truths, then: Vector, otherwise: Vector) -> Vector:
    """若: only the branch that was chosen need have a value."""
    if then.dtype != otherwise.dtype:
        then, otherwise = numbers(then), numbers(otherwise)
    chosen: Vector = np.where(condition == 1, then, otherwise)
    return np.where(condition < 0, nothing(then.dtype), chosen).astype(then.dtype)


@quiet
def combine(  # noqa: C901 - one line per kind of formula
    formula: Plain, part: Callable[[Formula], Vector], size: int
) -> Vector:
    """Evaluate a formula whose parts are of the same subject and year.

    Args:
        formula: The formula.
        part: Evaluates a part of it.
        size: Length of the vectors.
    """
    match formula:
        case Number(value):
            return np.broadcast_to(np.float64(value), size)
        case Truth(value):
            return np.broadcast_to(np.int8(value), size)
        case Scale(operand, factor):
            return finite(numbers(part(operand)) * factor)
        case Calculation(operator, left, right):
            return calculate(operator, numbers(part(left)), numbers(part(right)))
        case Ratio(left, right):
            return divide(100.0 * numbers(part(left)), numbers(part(right)))
        case Relates(relation, left, right):
            return relate(relation, part(left), part(right))
        case Both(left, right):
            return both(truths(part(left)), truths(part(right)))
        case Either(left, right):
            return either(truths(part(left)), truths(part(right)))
        case Negation(operand):
            return negate(truths(part(operand)))
        case Choice(condition, then, otherwise):
            return choose(truths(part(condition)), part(then), part(otherwise))
        case _:
            assert_never(formula)


def count(group: Index, size: int) -> Numbers:
    """Count the members of each group; a group number of ``size`` belongs to none."""
    return np.bincount(group, minlength=size + 1)[:size].astype(np.float64)


def total(values: Numbers, group: Index, size: int) -> Numbers:
    """Sum per group; one missing value makes its sum missing, no value at all makes it 0."""
    sums = np.bincount(group, values, minlength=size + 1)[:size].astype(np.float64, copy=False)
    if np.count_nonzero(values < 0):  # only then can parts cancel out
        sums = _added_again(sums, values, group)
        return settle(sums, extreme(np.maximum, np.abs(values), group, size))
    return finite(sums)


def _added_again(sums: Numbers, values: Numbers, group: Index) -> Numbers:
    """Add without rounding on the way where parts cancel out: else it is noise that is left."""
    parts = np.bincount(group, np.abs(values), minlength=len(sums) + 1)[: len(sums)]
    little = (np.abs(sums) < _LITTLE * parts) & np.isfinite(parts)
    if not little.any():
        return sums
    members = np.flatnonzero(np.append(little, np.False_)[group])
    members = members[np.argsort(group[members], kind="stable")]
    starts = np.flatnonzero(np.diff(group[members])) + 1
    exact = sums.copy()
    exact[little] = [math.fsum(each.tolist()) for each in np.split(values[members], starts)]
    return exact


def extreme(pick: np.ufunc, values: Numbers, group: Index, size: int) -> Numbers:
    """Take the largest or smallest value per group; NaN where there is none."""
    found = np.full(size + 1, -np.inf if pick is np.maximum else np.inf)
    with np.errstate(invalid="ignore"):  # a missing value makes its group missing
        pick.at(found, group, values)
    return finite(found[:size])


def middle(values: Numbers, group: Index, size: int) -> Numbers:
    """Take the median per group, of an even number the mean of the two in the middle.

    NaN where there is none, or where any value is missing.
    """
    order = np.lexsort((values, group))  # a missing value comes last in its group
    there = np.bincount(group, minlength=size + 1)[:size]
    ends = np.cumsum(there)
    found = np.full(size, np.nan)
    filled = np.flatnonzero(there)
    ordered, first, count_ = values[order], (ends - there)[filled], there[filled]
    both = ordered[first + (count_ - 1) // 2], ordered[first + count_ // 2]
    found[filled] = np.where(np.isnan(ordered[ends[filled] - 1]), np.nan, add(*both) / 2)
    return finite(found)


def percentile(values: Numbers, group: Index, size: int, percent: float) -> Numbers:
    """Take the value with so many % of the others below it, per group, as Excel's PERCENTILE does.

    Between two values it lies on the straight line; NaN as for the median.
    """
    order = np.lexsort((values, group))
    there = np.bincount(group, minlength=size + 1)[:size]
    ends = np.cumsum(there)
    found = np.full(size, np.nan)
    filled = np.flatnonzero(there)
    ordered, first, count_ = values[order], (ends - there)[filled], there[filled]
    place = (count_ - 1) * (percent / 100.0)
    under = np.floor(place).astype(np.intp)
    low, high = ordered[first + under], ordered[first + np.minimum(under + 1, count_ - 1)]
    between = add(low, (high - low) * (place - under))
    found[filled] = np.where(np.isnan(ordered[ends[filled] - 1]), np.nan, between)
    return finite(found)


def ranks(values: Numbers, group: Index, size: int) -> Numbers:
    """Give each value's place in its group, the largest first; equal ones share the better place.

    NaN for who lies in no group, and for all of a group in which any value is missing. Values
    within the tolerance of comparing are equal.
    """
    found = np.full(len(values), np.nan)
    order = np.lexsort((values, group))
    starts = np.searchsorted(group[order], np.arange(size + 1))
    for at in range(size):
        members = order[starts[at] : starts[at + 1]]
        own = values[members]  # from the least to the greatest
        if len(own) and not np.isnan(own[-1]):
            beyond = own + TOLERANCE * np.abs(own)
            found[members] = 1.0 + len(own) - np.searchsorted(own, beyond, side="right")
    return found


@quiet
def fold(  # noqa: PLR0913, PLR0917 - what is folded, and for whom
    how: Fold,
    values: Numbers | None,
    holds: Truths | None,
    group: Index,
    size: int,
    known: Numbers | None = None,
    percent: float | None = None,
) -> Numbers:
    """Make one number of the subjects of each group.

    Args:
        how: What to make of them.
        values: What is folded; None where only heads are counted.
        holds: The condition, or None for all.
        group: Per subject, number of its group, or ``size`` for none.
        size: Number of groups.
        known: How many are known in each group, those that belong to none in the year included;
            the members themselves if None.
        percent: How many % lie below a percentile.
    """
    there = count(group, size)
    if known is None:
        known = there
    if holds is None:
        chosen, chosen_values = group, values
        unsure = np.zeros(size, bool)
    else:
        which = np.flatnonzero(holds == 1)
        chosen = group[which]
        chosen_values = None if values is None else values[which]
        unsure = count(group[holds < 0], size) > 0
    place = 0.0 if percent is None else percent
    folded = _folded(how, (values, group), (chosen_values, chosen), size, there, place)
    return np.where((known == 0) | unsure, np.nan, folded)


_Grouped = tuple[Numbers | None, Index]
"""Values, and the group of each."""


def _folded(  # noqa: PLR0913, PLR0917 - what is folded, and for whom
    how: Fold, every: _Grouped, chosen: _Grouped, size: int, there: Numbers, percent: float
) -> Numbers:
    """Fold what was chosen of all; without values only heads are counted."""
    values, group = chosen
    whole, grouped = every
    if how is Fold.COUNT:
        return count(group, size)
    if values is None or whole is None:
        return divide(100.0 * count(group, size), there)
    match how:
        case Fold.SHARE:
            return divide(100.0 * total(values, group, size), total(whole, grouped, size))
        case Fold.SUM:
            return total(values, group, size)
        case Fold.MEAN:
            return divide(total(values, group, size), count(group, size))
        case Fold.MAXIMUM:
            return extreme(np.maximum, values, group, size)
        case Fold.MINIMUM:
            return extreme(np.minimum, values, group, size)
        case Fold.MEDIAN:
            return middle(values, group, size)
        case Fold.PERCENTILE:
            return percentile(values, group, size, percent)
        case _:
            assert_never(how)


@quiet
def vary(
    values: Numbers, weights: Numbers, holds: Truths | None, group: Index, size: int
) -> Numbers:
    """Compute the weighted coefficient of variation per group, of those for whom ``holds`` is 1."""
    unsure = np.zeros(size, bool)
    if holds is not None:
        unsure = count(group[holds < 0], size) > 0
        which = np.flatnonzero(holds == 1)
        values, weights, group = values[which], weights[which], group[which]
    weight = total(weights, group, size)
    mean = divide(total(weights * values, group, size), weight)
    away = subtract(values, np.append(mean, np.nan)[group])
    spread = divide(total(weights * away * away, group, size), weight)
    return np.where(unsure, np.nan, divide(np.sqrt(spread), mean))


@quiet
def rounded(values: Numbers, decimals: int | None) -> Numbers:
    """Round half away from zero, each number read to 15 digits and to what a difference keeps.

    Noise is no half, and keeps no half from being one.

    Examples:
        >>> rounded(np.array([2.675, -0.5, -0.001]), 2).tolist()
        [2.68, -0.5, 0.0]
        >>> float(rounded(np.asarray(2.675), 2)), float(rounded(np.asarray(16.4 - 15.95), 1))
        (2.68, 0.5)
    """
    if decimals is None:
        return values
    scaled = np.abs(values) * 10.0**decimals
    whole = np.asarray(np.floor(scaled + (0.5 + _SHORT)))  # of a single number too
    halves = np.abs(scaled - np.floor(scaled) - 0.5) <= _HALF * scaled
    for at in np.flatnonzero(halves).tolist():
        read = Decimal(f"{np.abs(values).flat[at]:.15g}").scaleb(decimals)
        whole.flat[at] = float((read + _SHORT_READ).to_integral_value(ROUND_HALF_UP))
    near: Numbers = np.copysign(whole / 10.0**decimals, values) + 0.0  # 0 has no sign
    return np.where(scaled < _DECIMAL, near, values)
