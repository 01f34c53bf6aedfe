"""What some findings say, told of one of them: where its numbers stand, slots for those of all."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np

from dabiao.engine.columns.drawn_forms import EVERY, DrawnForms
from dabiao.engine.data.algebra import Flags, Index, Numbers, Vector
from dabiao.engine.data.tidy_columns import WHOLE, tidied
from dabiao.schemas.columns import MARKS, ROW, SLOTS, Slot, is_repeated
from dabiao.schemas.distinct import FewNumbers, whole

T = TypeVar("T")
MANY = 1_000
"""Findings from which on a number that all of them have is told in their form."""
_KINDS = 1 << 40
"""Kinds that numbers stand for before they are numbered anew."""
Tell = Callable[[int], T]
"""Gives what one of some findings says, with slots for numbers."""


class NoSlotError(Exception):
    """There are more numbers than slots."""


class Slots:
    """The numbers of some findings of a rule, and what tells apart whose findings say otherwise.

    Attributes:
        unlike: Whose findings have to be looked at one by one.

    Args:
        columns: The numbers that all findings have, as ``SLOTS`` names them.
        words: Gives the text that a number stands for.
    """

    def __init__(
        self, columns: Sequence[Numbers | FewNumbers], words: Callable[[int], str]
    ) -> None:
        self._columns = list(columns)
        self._firsts = list(map(_first, columns))
        self._words = words
        self._kinds: list[Index] = []
        self._row: Index | None = None
        self.unlike: Flags = np.zeros(len(columns[0]), np.bool_)

    def draw(self, drawn: DrawnForms, at: Index | slice, told: Sequence[Tell[Any]]) -> None:
        """Make the forms, but of those that have to be looked at one by one.

        Args:
            drawn: Takes them.
            at: The places of the findings.
            told: What they say, field by field.
        """
        plain: Index | slice = EVERY
        if self.unlike.any():
            plain = np.flatnonzero(~self.unlike)
            at = plain if isinstance(at, slice) else at[plain]
            if not len(plain):
                return
        first, which = np.zeros(1, np.intp), np.zeros(1, np.intp)
        for kind in self._kinds:
            which = which * (int(kind.max()) + 1) + kind
            if int(which.max()) > _KINDS:
                _, which = np.unique(which, return_inverse=True)
        if self._kinds:
            _, first, which = np.unique(which[plain], return_index=True, return_inverse=True)
        found = first if isinstance(plain, slice) else plain[first]
        try:
            forms = [tuple(tell(at) for tell in told) for at in found.tolist()]
        except NoSlotError:
            return
        rows = None if self._row is None else self._row[plain]
        own = [each[plain] for each in self._columns[len(SLOTS) :]]
        drawn.add(at, forms, which, rows, own)

    def apart(self, kinds: Index | Flags, first: int = 0) -> None:
        """Take those apart who are of another kind; kinds are numbers from the first on."""
        if not _is_one(kinds):
            every = kinds.astype(np.intp, copy=False)
            self._kinds.append(every - first if first else every)

    def slot(self, values: Numbers | FewNumbers) -> Slot:
        """Give the slot of a number that each of them has."""
        place = self._find(values)
        if place is None:
            place = len(self._columns)
            if place >= len(MARKS) - 1:
                raise NoSlotError
            self._columns.append(values)
            self._firsts.append(_first(values))
        return Slot(place if place < ROW else place + 1)

    def row(self, numbers: Index) -> Slot:
        """Give the slot of the row in which each stands in a table."""
        if self._row is None:
            self._row = numbers
        return Slot(ROW) if self._row is numbers else self.slot(numbers.astype(np.float64))

    def column(self, place: int) -> Numbers | FewNumbers:
        """Give the numbers that all findings have, by their place."""
        return self._columns[place]

    def _find(self, values: Numbers | FewNumbers) -> int | None:
        """Find a column that is the same; most that are not differ in the first."""
        first = _first(values)
        for at, (one, begins) in enumerate(zip(self._columns, self._firsts, strict=True)):
            alike = begins == first or (begins != begins and first != first)  # noqa: PLR0124 - NaN
            if alike and _same(one, values):
                return at
        return None

    def number(self, values: Numbers | FewNumbers) -> Tell[float]:
        """Tell a number that each of them has; one that all of many have needs no slot."""
        different = _different(values)
        first = float(different[0])
        alike = len(values) >= MANY and first == different[-1] and _is_one(different)
        if not alike or self._find(values) is not None:
            return lambda _: self.slot(values)
        number = int(first) if first.is_integer() and abs(first) < WHOLE else first
        return lambda _: number

    def maybe(self, values: Numbers | FewNumbers) -> Tell[float | None]:
        """Tell a number that some of them have."""
        if isinstance(values, FewNumbers):  # which all of them have
            return self.number(values)
        if is_repeated(values):
            return self.number(values) if values[0] == values[0] else lambda _: None
        missing = np.isnan(values)
        if not missing.any():
            return self.number(values)
        if missing.all():
            return lambda _: None
        tell = self.number(values)
        self.apart(missing)
        return lambda at: None if missing[at] else tell(at)

    def one_of(self, values: Index | Flags, tell: Callable[[int], T]) -> Tell[T]:
        """Tell what a number stands for."""
        if _is_one(values):
            only = tell(values[0].item())
            if isinstance(only, str) and not is_plain(only):
                self.unlike[:] = True
            return lambda _: only
        found, kinds = np.unique(values, return_inverse=True)
        self._kinds.append(kinds)
        known = [tell(value) for value in found.tolist()]
        odd = [isinstance(each, str) and not is_plain(each) for each in known]
        if any(odd):
            self.unlike |= np.array(odd)[kinds]
        return lambda at: known[kinds[at]]

    def scalar(self, vector: Vector) -> Tell[Any]:
        """Tell values as records have them."""
        if vector.dtype == np.float64:
            return self.maybe(tidied(vector))
        if vector.dtype == np.int8:
            return self.one_of(vector, lambda value: None if value < 0 else bool(value))
        return self.one_of(vector, lambda value: None if value < 0 else self._words(value))


def _different(values: Numbers | FewNumbers) -> Numbers:
    """Give numbers among which each of some stands once at least, and no others."""
    return values.values if isinstance(values, FewNumbers) else values


def _first(values: Numbers | FewNumbers) -> float:
    if isinstance(values, FewNumbers):
        return float(values.values[values.places[0]])
    return float(values[0])


def _same(one: Numbers | FewNumbers, other: Numbers | FewNumbers) -> bool:
    """Tell whether numbers are the same.

    Few different numbers of the same findings stand at the same places.
    """
    if isinstance(other, FewNumbers):
        one, other = (other.values, one.values) if isinstance(one, FewNumbers) else (other, one)
    if one is other:
        return True
    if isinstance(one, FewNumbers) and is_repeated(other):
        return bool((one.values == other[0]).all())
    one = whole(one)
    return bool((one == other).all()) or np.array_equal(one, other, equal_nan=True)


def _is_one(values: Vector | Index) -> bool:
    """Tell whether numbers are all the same."""
    return is_repeated(values) or bool((values == values[0]).all())


def is_plain(*texts: str) -> bool:
    """Tell whether there is nothing in texts that could be taken for a mark."""
    return all(min(text, default=" ") >= " " for text in texts)
