"""A column in pieces, each a number for all its rows, or one a row."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from dabiao.schemas.distinct import FewNumbers

T = TypeVar("T")
Array = npt.NDArray[Any]
SomeRows = int | float | Array | FewNumbers
"""Some rows of a column: a number that all of them have, or one a row."""
Runs = list[tuple[Any, int]]
"""Numbers, each with how often it comes."""
PAGE = 1 << 13
"""Rows from which on a page is full: what is done to them one after the other stays at hand."""


class Pieces:
    """A column of a row group in pieces.

    Args:
        pieces: What stands in it.
        sizes: How many rows each of these is about.
    """

    def __init__(self, pieces: Sequence[SomeRows], sizes: Sequence[int]) -> None:
        self._pieces = pieces
        self._sizes = sizes
        self.count = sum(sizes)

    def __iter__(self) -> Iterator[tuple[SomeRows, int]]:
        """Yield the pieces, each with how many rows it is about."""
        return zip(self._pieces, self._sizes, strict=True)

    def parts(self, most: int = PAGE) -> "Iterator[Pieces]":
        """Yield what stands in a page each: all of it, where each piece is one number."""
        if self.runs() is not None:
            yield self
            return
        for some in together(self, lambda piece: piece[1], most):
            yield Pieces(*zip(*some, strict=True))

    def runs(self) -> Runs | None:
        """Give its values, where each piece is one number."""
        if any(isinstance(each, np.ndarray | FewNumbers) for each in self._pieces):
            return None
        return list(self)

    def few(self) -> FewNumbers | None:
        """Give its values, where it is one piece with few different ones."""
        only = self._pieces[0]
        return only if len(self._pieces) == 1 and isinstance(only, FewNumbers) else None

    def spread(self, kind: type[np.generic]) -> Array:
        """Give the value of each row."""
        if len(self._pieces) == 1 and isinstance(self._pieces[0], np.ndarray):
            return np.ascontiguousarray(self._pieces[0], kind)
        found = np.empty(self.count, kind)
        first = 0
        for piece, size in self:
            found[first : first + size] = (
                piece.spread(piece.values) if isinstance(piece, FewNumbers) else piece
            )
            first += size
        return found


def together(some: Iterable[T], size: Callable[[T], int], most: int) -> Iterator[list[T]]:
    """Put together what comes in pieces, until there is enough of it; enough alone stays alone."""
    waiting: list[T] = []
    held = 0
    for each in some:
        if waiting and size(each) >= most:
            yield waiting
            waiting, held = [], 0
        waiting.append(each)
        held += size(each)
        if held >= most:
            yield waiting
            waiting, held = [], 0
    if waiting:
        yield waiting
