"""Texts of what many findings have in common, each written once."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from dabiao.schemas.coded import Coded

T = TypeVar("T")
Strings = npt.NDArray[np.object_]
"""Texts, one a finding."""


class WrittenOnce(Generic[T]):
    """Texts of values that many columns have in common, each written once.

    Args:
        write: Writes a value.
    """

    def __init__(self, write: Callable[[T], Any]) -> None:
        self._write = write
        self._known: dict[int, tuple[Sequence[T], Strings, npt.NDArray[np.bool_]]] = {}
        self.count = 0

    def forget(self) -> None:
        """Begin anew."""
        self._known, self.count = {}, 0

    def texts(self, column: Coded[T]) -> Strings:
        """Give the text of each value of a column."""
        values, size = column.values, len(column.values)
        known = self._known.get(id(values))
        if known is None or len(known[1]) != size:
            known = values, np.full(size, None, np.object_), np.zeros(size, np.bool_)
            if not column.alone:
                self._known[id(values)] = known  # the list too, so that none takes its place
        _, texts, done = known
        wanted = column.places[~done[column.places]]
        if len(wanted):
            for at in dict.fromkeys(wanted.tolist()):
                texts[at] = self._write(values[at])
            done[wanted] = True
            self.count += len(wanted) if id(values) in self._known else 0
        found: Strings = texts[column.places]
        return found


class EachOnce:
    """Texts of values that many findings say one by one, each written once.

    Args:
        write: Writes a value.
    """

    def __init__(self, write: Callable[[Any], str]) -> None:
        self._write = write
        # By the place in memory of the value that is kept beside, which no other can take.
        self._known: dict[int, tuple[object, str]] = {}

    def text(self, value: object) -> str:
        """Give the text of a value."""
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = value, self._write(value)
        return known[1]

    def bound(self, most: int) -> None:
        """Begin anew, where there are more."""
        if len(self._known) > most:
            self._known = {}
