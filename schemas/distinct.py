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
_AT_HAND = 1 << 14
"""Numbers that are looked at together: what is done to them one after the other stays at hand."""
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
        values: The different ones; NaN may be the last of them.
        places: Which of these stands where.
    """

    values: _Numbers
    places: npt.NDArray[np.uint16]

    def __len__(self) -> int:
        """Count the numbers."""
        return len(self.places)

    def __getitem__(self, at: "slice | npt.NDArray[np.integer[Any]]") -> "FewNumbers":
        """Give those at some places, of which there are no more different ones."""
        return FewNumbers(self.values, self.places[at])

    def spread(self, of: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Give what was found of the different ones for each of all."""
        if len(of) and (of == of[0]).all():
            return np.broadcast_to(of[0], len(self.places))
        return of.take(self.places)

    def whole(self) -> _Numbers:
        """Give all of them."""
        return self.values[self.places]  # of many numbers quicker than take

    def take(self, at: npt.NDArray[np.integer[Any]]) -> _Numbers:
        """Give those at some places."""
        return self.values.take(self.places.take(at))

    def lacking(self) -> npt.NDArray[np.bool_]:
        """Tell which of them are NaN."""
        if not np.isnan(self.values[-1]):
            return np.zeros(len(self.places), np.bool_)
        found: npt.NDArray[np.bool_] = self.places == len(self.values) - 1
        return found

    def without(self, at: int | list[int] | npt.NDArray[np.intp]) -> "FewNumbers":
        """Put NaN at some places."""
        values = self.values if np.isnan(self.values[-1]) else np.append(self.values, np.nan)
        places = self.places.copy()
        places[at] = len(values) - 1
        return FewNumbers(values, places)

    def among(self, at: npt.NDArray[np.integer[Any]]) -> "FewNumbers | None":
        """Give those at some places as few numbers themselves; None where they are not, or NaN."""
        places = self.places.take(at)
        least, most = int(places.min()), int(places.max())
        if most - least >= len(places) // 2 or np.isnan(self.values[most]):
            return None
        return FewNumbers(self.values[least : most + 1], places - np.uint16(least))


def whole(of: "_Numbers | FewNumbers") -> _Numbers:
    """Give all of some numbers, however they are held."""
    return of.whole() if isinstance(of, FewNumbers) else of


def few_numbers(values: _Numbers) -> FewNumbers | None:
    """Give numbers with few decimals as places among all such from the least to the greatest.

    That is quicker than to look each of them up. None where some number has more decimals, or there
    are more such numbers than half of those that are given. NaN comes last.

    Examples:
        >>> few = few_numbers(np.array([2.52, 2.5, np.nan] * 4))
        >>> few.values, few.places[:3]
        (array([2.5 , 2.51, 2.52,  nan]), array([2, 0, 3], dtype=uint16))
    """
    least, most = np.fmin.reduce(values, initial=np.inf), np.fmax.reduce(values, initial=-np.inf)
    for scale in SCALES:
        if not -_WHOLE <= least * scale <= most * scale < _WHOLE:  # nor where there is none
            return None
        first, last = round(least * scale), round(most * scale)
        if last - first >= min(len(values) // 2, MOST - 1):
            return None
        places = _few_places(values, scale, first, last + 1)
        if places is not None:
            every = np.arange(first, last + 1) / scale
            if places.max() > last - first:
                every = np.append(every, np.nan)
            return FewNumbers(every, places)
    return None


def _few_places(
    values: _Numbers, scale: float, first: int, nothing: int
) -> npt.NDArray[np.uint16] | None:
    """Count whole numbers from the first on; None where some are not, once they are multiplied."""
    found = np.empty(len(values), np.uint16)
    for start in range(0, len(values), _AT_HAND):
        some = values[start : start + _AT_HAND]
        near = some * scale
        np.rint(near, out=near)
        missing = np.isnan(some)
        if np.count_nonzero(near / scale == some) + np.count_nonzero(missing) < len(some):
            return None
        near[missing] = nothing
        near -= first
        found[start : start + _AT_HAND] = near
    return found


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
