"""Numbers as records write them, whole columns at a time.

``algebra.tidy`` and ``without_noise`` say what is meant, number by number. Here the same numbers
come out, to the last bit: a number with few decimals is a whole number over a power of ten, and
such a quotient is rounded correctly. What lies so near a half that this could not be told is left
to them.
"""

import numpy as np

from dabiao.engine.data.algebra import Flags, Numbers, quiet, tidy

_POWERS = 10.0 ** np.arange(23)
"""Powers of ten that are exact."""
WHOLE = 1e15
"""Whole numbers below this are written as such."""
_FEW = 1e4
_SMALL = 1e8
"""Below this, a number with four decimals has no noise to be cut off."""
_NEAR = 1e6
"""Below this, the difference of two such numbers has no noise in its first nine decimals."""
_HALF = 0.2
"""What is as near as this to a half is looked at on its own."""


def without_noise(value: float, *operands: float) -> float:
    """Cut off what is only noise beside the numbers that a difference was made of.

    Examples:
        >>> without_noise(60.2 - 60, 60.2, 60)
        0.2
    """
    largest = max(abs(operand) for operand in operands)
    if largest == 0 or value == 0:
        return 0.0
    decimals = 12 - int(np.floor(np.log10(largest)))
    cut = round(value, decimals) if decimals > 0 else value
    return float(tidy(cut) or 0.0)


def written(values: Numbers, digits: int = 15) -> list[float | int | None]:
    """Make numbers of records, as ``tidy`` does.

    Examples:
        >>> written(np.array([45.0, 0.1 + 0.2, np.nan]))
        [45, 0.3, None]
    """
    values = tidied(values, digits)
    whole = (np.rint(values) == values) & (np.abs(values) < WHOLE)
    if whole.all():
        return [int(value) for value in values.tolist()]
    return [
        (int(value) if is_whole else value) if value == value else None  # noqa: PLR0124 - NaN
        for value, is_whole in zip(values.tolist(), whole.tolist(), strict=True)
    ]


@quiet
def tidied(values: Numbers, digits: int = 15) -> Numbers:
    """Cut noise off the last bits of numbers, as ``tidy`` does.

    Args:
        values: The numbers; NaN stays.
        digits: Significant digits that are kept.
    """
    if _is_short(values):
        return values
    found = values.copy()
    odd = np.flatnonzero(_not_short(values))
    found[odd] = _to_digits(values[odd], digits)
    return found


@quiet
def distances(bound: Numbers, value: Numbers) -> Numbers:
    """Give how far values lie from bounds, or from one, without the noise of subtracting them."""
    bound = np.atleast_1d(bound)
    far = np.abs(bound - value)
    if _is_short(bound) and _is_short(value):
        near: Numbers = np.rint(far * _FEW) / _FEW
        return near
    largest = np.maximum(np.abs(bound), np.abs(value))
    decimals = 12 - np.floor(np.log10(largest))
    found, sure = _rounded(far, decimals)
    sure = (sure & (decimals > 0)) | (far == 0) | np.isnan(far)
    bounds = np.broadcast_to(bound, len(far))
    for at in np.flatnonzero(~sure).tolist():
        found[at] = without_noise(float(far[at]), float(bounds[at]), float(value[at]))
    return np.where(far == 0, 0.0, found)


def moves(
    start: Numbers, end: Numbers, decimals: int, digits: int
) -> tuple[Numbers, Numbers, Numbers]:
    """Give numbers, others that they are to become, and how far that is, all without noise.

    Args:
        start: The numbers.
        end: The others.
        decimals: Decimals that the way may have.
        digits: Significant digits that are kept.
    """
    if _is_short(start, _NEAR) and _is_short(end, _NEAR):
        return start, end, np.rint((end - start) * _FEW) / _FEW
    by = to_decimals(end - start, decimals)
    return tidied(start, digits), tidied(end, digits), tidied(by, digits)


@quiet
def to_decimals(values: Numbers, decimals: int) -> Numbers:
    """Round numbers to so many decimals, as ``round`` does."""
    found, sure = _rounded(values, np.full(len(values), float(decimals)))
    for at in np.flatnonzero(~sure).tolist():
        found[at] = round(float(values[at]), decimals)
    return found


def _is_short(values: Numbers, below: float = _SMALL) -> bool:
    """Tell whether all of some numbers have four decimals at most, and are small."""
    near = values * _FEW
    np.rint(near, out=near)
    near /= _FEW
    if np.count_nonzero(near == values) < len(values):
        return not np.count_nonzero(_not_short(values, below))  # NaN is none with more of them
    return not len(values) or bool(max(values.max(), -values.min()) < below)


def _not_short(values: Numbers, below: float = _SMALL) -> Flags:
    near = np.rint(values * _FEW) / _FEW
    long: Flags = ~((near == values) & (np.abs(values) < below)) & ~np.isnan(values)
    return long


def _to_digits(values: Numbers, digits: int) -> Numbers:
    decimals = digits - 1 - np.floor(np.log10(np.abs(values)))
    found, sure = _rounded(values, decimals)
    for at in np.flatnonzero(~sure).tolist():
        found[at] = float(tidy(float(values[at]), digits) or 0.0)
    return found


def _rounded(values: Numbers, decimals: Numbers) -> tuple[Numbers, Flags]:
    """Round numbers to decimals of their own, and tell where that is surely right."""
    inside = (decimals >= 0) & (decimals < len(_POWERS))
    power = _POWERS[np.where(inside, decimals, 0).astype(np.intp)]
    scaled = values * power
    whole = np.rint(scaled)
    near: Numbers = whole / power
    sure: Flags = inside & (np.abs(np.abs(scaled - whole) - 0.5) > _HALF)
    return near, sure & (np.abs(whole) < 2.0**53)
