"""The different values of an array, and which of them stands where."""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from dabiao.schemas.record import dataclass

_Number = TypeVar("_Number", bound=np.generic)
_Numbers = npt.NDArray[np.float64]
SCALES = (1.0, 100.0, 10_000.0)
"""What numbers with no, two and four decimals have to be multiplied by to be whole."""
MOST = 1 << 16
"""Different numbers that are few."""
_WHOLE = 1 << 31
_LOOK = 64
"""Numbers that are looked at first."""


def distinct(values: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Give each value once, in order.

    ``np.unique`` that is asked for nothing but the values looks whether they are masked, and loads
    for that what takes as long as reading two workbooks.
    """
    found: npt.NDArray[_Number] = np.unique(values, return_counts=True)[0]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class FewNumbers:
    """Numbers of which there are few different ones.

    Attributes:
        values: The different ones.
        places: Which of these stands where.
    """

    values: _Numbers
    places: npt.NDArray[np.uint16]

    def __len__(self) -> int:
        """Count the numbers."""
        return len(self.places)

    def spread(self, of: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Give what was found of the different ones for each of all."""
        if len(of) and (of == of[0]).all():
            return np.broadcast_to(of[0], len(self.places))
        return of.take(self.places)


def few_numbers(values: _Numbers) -> FewNumbers | None:
    """Give numbers with few decimals as places among all such from the least to the greatest.

    That is quicker than to look each of them up. None where some number has more decimals, or there
    are more such numbers than half of those that are given.

    Examples:
        >>> few = few_numbers(np.array([2.52, 2.5] * 4))
        >>> few.values, few.places[:2]
        (array([2.5 , 2.51, 2.52]), array([2, 0], dtype=uint16))
    """
    for scale in SCALES:
        places = whole_numbers(values, scale)
        if places is None or not len(places):
            continue
        least, most = int(places.min()), int(places.max())
        if most - least >= min(len(values) // 2, MOST):
            return None
        return FewNumbers(np.arange(least, most + 1) / scale, (places - least).astype(np.uint16))
    return None


def whole_numbers(values: _Numbers, scale: float) -> npt.NDArray[np.int32] | None:
    """Multiply numbers so that they are whole; None where some are not, or are too large.

    What is -0 is 0 then, as everywhere where it is written.
    """
    if len(values) > _LOOK and whole_numbers(values[:_LOOK], scale) is None:
        return None
    near = values * scale
    np.rint(near, out=near)
    if not (near / scale == values).all():
        return None
    if len(near) and not (near.min() >= -_WHOLE and near.max() < _WHOLE):
        return None
    return near.astype(np.int32)
