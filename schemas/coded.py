"""Columns in which values come again and again: each value once, and where it stands.

Whoever writes such a column writes each value once, however often it stands there; the places are
numbers, which are looked up thousands at a time.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TypeVar, overload

import numpy as np
import numpy.typing as npt

T = TypeVar("T")
Places = npt.NDArray[np.intp | np.int32]


class Coded(Sequence[T]):
    """A column of values that come again.

    Several columns may share one list of values, in which only those are to be looked at that a
    place points to. Such a list grows, and ends with what a place of -1 stands for.

    Attributes:
        values: The values.
        places: Where in ``values`` each value of the column stands.
        alone: Whether no other column shares the list.
    """

    __slots__ = ("alone", "places", "values")

    def __init__(self, values: Sequence[T], places: Places, *, alone: bool = False) -> None:
        self.values = values
        self.places = places
        self.alone = alone

    @classmethod
    def of(cls, column: Sequence[T]) -> "Coded[T]":
        """Find in a column what is the same object; a column that is coded already is returned."""
        if isinstance(column, Coded):
            return column
        known: dict[int, int] = {}
        places = [known.setdefault(id(value), len(known)) for value in column]
        first = dict(zip(reversed(places), reversed(column), strict=True))
        distinct = [first[at] for at in range(len(known))]
        return cls(distinct, np.array(places, np.intp), alone=True)

    @classmethod
    def same(cls, value: T, size: int) -> "Coded[T]":
        """Give a column of one value."""
        return cls([value], np.zeros(size, np.intp))

    @classmethod
    def joined(cls, columns: "Sequence[Coded[T]]") -> "Coded[T]":
        """Put columns behind one another."""
        columns = [each for each in columns if len(each)] or columns[:1]
        first, *others = columns
        if all(each.values is first.values for each in others):
            return cls(first.values, np.concatenate([each.places for each in columns]))
        starts = np.cumsum([0, *(len(each.values) for each in columns)])
        places = [
            np.where(each.places < 0, each.places + len(each.values), each.places) + start
            for each, start in zip(columns, starts.tolist(), strict=False)
        ]
        values = list(chain.from_iterable(each.values for each in columns))
        return cls(values, np.concatenate(places), alone=True)

    def at(self, places: Places) -> "Coded[T]":
        """Give the values at some places of the column."""
        return Coded(self.values, self.places[places], alone=self.alone)

    def __len__(self) -> int:
        """Count the values of the column."""
        return len(self.places)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> "Coded[T]": ...
    def __getitem__(self, at: int | slice) -> "T | Coded[T]":
        """Give the value at a place, or a stretch of the column."""
        if isinstance(at, slice):
            return Coded(self.values, self.places[at], alone=self.alone)
        return self.values[int(self.places[at])]

    def __iter__(self) -> Iterator[T]:
        """Give the values one by one."""
        return map(self.values.__getitem__, self.places.tolist())


class Strung(Sequence[tuple[T, ...]]):
    """A column of tuples, each strung together of those that stand beside one another.

    Attributes:
        columns: Columns of tuples, all as long.
    """

    __slots__ = ("columns",)

    def __init__(self, columns: Sequence[Coded[tuple[T, ...]]]) -> None:
        self.columns = tuple(columns)

    @classmethod
    def of(cls, column: Sequence[tuple[T, ...]]) -> "Strung[T]":
        """Take a column apart; one that is strung together already is returned."""
        return column if isinstance(column, Strung) else cls([Coded.of(column)])

    @classmethod
    def joined(cls, columns: "Sequence[Strung[T]]") -> "Strung[T]":
        """Put columns behind one another."""
        most = max(len(each.columns) for each in columns)
        filled = [_filled(each, most, columns) for each in columns]
        return cls([Coded.joined(parts) for parts in zip(*filled, strict=True)])

    def at(self, places: Places) -> "Strung[T]":
        """Give the tuples at some places of the column."""
        return Strung([each.at(places) for each in self.columns])

    def __len__(self) -> int:
        """Count the tuples."""
        return len(self.columns[0])

    @overload
    def __getitem__(self, at: int) -> tuple[T, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> "Strung[T]": ...
    def __getitem__(self, at: int | slice) -> "tuple[T, ...] | Strung[T]":
        """Give the tuple at a place, or a stretch of the column."""
        if isinstance(at, slice):
            return Strung([each[at] for each in self.columns])
        return tuple(chain.from_iterable(each[at] for each in self.columns))

    def __iter__(self) -> Iterator[tuple[T, ...]]:
        """Give the tuples one by one."""
        first, *others = self.columns
        if not others:
            return iter(first)
        return (tuple(chain.from_iterable(parts)) for parts in zip(*self.columns, strict=True))


def _filled(of: Strung[T], most: int, beside: Sequence[Strung[T]]) -> list[Coded[tuple[T, ...]]]:
    """Fill up with columns of nothing, which share their values with what stands beside them."""
    filled = list(of.columns)
    for at in range(len(filled), most):
        other = next(each.columns[at] for each in beside if len(each.columns) > at)
        values = other.values if other.values[-1] == () else [()]
        filled.append(Coded(values, np.full(len(of), -1, np.intp)))
    return filled
