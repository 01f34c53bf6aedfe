"""The arithmetic of docs/judgement.md, for the naive evaluator."""

import math
from collections.abc import Callable, Sequence


def add(left: float, right: float) -> float:
    """Add two numbers."""
    return add_all([left, right])


def add_all(numbers: list[float]) -> float:
    """A sum smaller than 1e-12 of its largest part is 0."""
    result = math.fsum(numbers)
    return 0.0 if abs(result) < 1e-12 * max(map(abs, numbers), default=0) else result


def divide(left: float, right: float) -> float | None:
    """A division by 0 is missing."""
    return None if right == 0 else left / right


def ratio(part: float, whole: float) -> float | None:
    """比例, in %."""
    return divide(100 * part, whole)


def round_up(number: float, step: float) -> float | None:
    """向上取整: a multiple of the step but for a rounding is one."""
    if step <= 0:
        return None
    ratio_ = number / step
    near = float(round(ratio_))
    return (near if abs(ratio_ - near) <= 1e-9 * max(abs(near), 1) else math.ceil(ratio_)) * step


def middle(numbers: list[float]) -> float:
    """中位数."""
    ordered = sorted(numbers)
    return add(ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]) / 2


def percentile(percent: float, numbers: list[float]) -> float:
    """百分位: on the straight line between the two values on either side of the place."""
    ordered = sorted(numbers)
    place = (len(ordered) - 1) * (percent / 100)
    low = ordered[math.floor(place)]
    high = ordered[min(math.floor(place) + 1, len(ordered) - 1)]
    return add(low, (high - low) * (place - math.floor(place)))


def of_some(parts: Sequence[object], fold: Callable[[list[float]], float]) -> float | None:
    """Make numbers one; of none at all, or with one missing, there is none."""
    numbers = [part for part in parts if isinstance(part, float)]
    return fold(numbers) if numbers and len(numbers) == len(parts) else None
