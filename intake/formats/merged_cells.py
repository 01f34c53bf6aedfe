"""Merged cells: one text over several columns or rows."""

from collections.abc import Iterator, Sequence

import numpy as np

CellSpan = tuple[int, int, int, int]
"""First row, last row, first column and last column."""


class MergedCells:
    """The merged cells of a sheet."""

    def __init__(self, corners: Sequence[int] = ()) -> None:
        """Take four numbers for each, in the order of ``CellSpan``."""
        self._all = np.array(corners, np.int64).reshape(-1, 4)

    def starting(self, row: int) -> list[CellSpan]:
        """Give those whose text stands in a row."""
        return _spans(self._all[self._all[:, 0] == row])

    def covering(self, position: int, after: int) -> Iterator[CellSpan]:
        """Give those that cover cells of a column below a row, from top to bottom.

        Where they overlap, as only a damaged workbook has them, the first is given.
        """
        if not len(self._all):
            return
        first, last, left, right = self._all.T
        mine = (left <= position) & (position <= right) & (last > after)
        chosen = self._all[mine & ((first < last) | (left < position))]
        if not len(chosen):
            return
        end = after
        for span in _spans(chosen[np.argsort(chosen[:, 0], kind="stable")]):
            if span[0] > end:
                yield span
                end = span[1]

    def within(self, first: int, end: int) -> "MergedCells":
        """Give those whose text stands in the columns from one position to before another."""
        left = self._all[:, 2]
        return MergedCells(self._all[(first <= left) & (left < end)].ravel().tolist())


def _spans(rows: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]") -> list[CellSpan]:
    return [(a, b, c, d) for a, b, c, d in rows.tolist()]
