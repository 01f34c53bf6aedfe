"""Rows in Arrow memory whose code, name, parent and year are such as nearly all are.

One test of whole columns tells which rows are odd; only those are looked at one by one. A usual row
means what it says to the letter: a code and a parent of digits, too long to be a count, a name of
characters of which no word for totals is made, a year of four digits, which a roster may leave out.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, cast

import numpy as np

from dabiao.intake.cells import examples
from dabiao.intake.cells.identity_cells import FIRST_YEAR, HOLDING, LAST_YEAR, NOTHING_BEGINS
from dabiao.intake.cells.totals import HINTS
from dabiao.intake.formats.table import Block, Cell
from dabiao.intake.layout.plan import TablePlan, TextSource
from dabiao.schemas.facts import Bools

if TYPE_CHECKING:
    import polars as pl

_LONG_CODE, _CODE = r"^0{0,3}[1-9][0-9]{3,}$", r"^0{0,3}[1-9][0-9]*$"
_YEAR = r"^(?:19[5-9][0-9]|20[0-9][0-9])$"
_LETTERS = "0-9A-Za-z一-龥"
_TELLING = HINTS | examples.HINTS
_LATER = f"[[{_LETTERS}]--[{''.join(sorted(_TELLING))}]]"
_NAME = f"^[[{_LETTERS}]--[{''.join(sorted(_TELLING | NOTHING_BEGINS))}]]{_LATER}*$"
_SHORTEST, _EXACT = 1000, 10**15
_HOLDING = sorted(number for number in map(int, HOLDING) if number < _EXACT)


def usual_rows(block: Block, plan: TablePlan) -> Bools | None:
    """Tell which rows of a block need no closer look; None where all of them do."""
    code, year = _column(block, plan.code), _column(block, plan.year)
    if code is None:
        return None
    usual = _codes(code, _LONG_CODE, _SHORTEST)
    if year is not None:
        usual &= _years(year) | year.is_null().to_numpy() if plan.roster else _years(year)
    elif plan.year is not None or not plan.roster:
        return None
    if plan.name is not None:
        name = _column(block, plan.name)
        if name is None:
            return None
        usual &= _matches(name, _NAME)
    if plan.parent is not None:
        parent = _column(block, plan.parent)
        if parent is None:
            return None
        usual &= _codes(parent, _CODE, 1) | parent.is_null().to_numpy()
    return usual


def usual_texts(cells: Sequence[Cell], usual: Bools | None) -> list[str | None]:
    """Give what usual rows say; of the others nothing that may be used."""
    if usual is None:
        return [None] * len(cells)
    if isinstance(next((cell for cell in cells if cell is not None), None), str):
        return cast("list[str | None]", [*cells])  # in Arrow memory all of a column are alike
    return [cell if type(cell) is str or cell is None else str(cell) for cell in cells]


def usual_years(cells: Sequence[Cell], usual: Bools | None) -> list[int]:
    """Give the years of usual rows, and 0 for the others."""
    if usual is None:
        return [0] * len(cells)
    if usual.all() and isinstance(cells[0] if cells else 0, int) and None not in cells:
        return cast("list[int]", [*cells])
    return [
        (cell if type(cell) is int else int(str(cell))) if good and cell is not None else 0
        for cell, good in zip(cells, usual.tolist(), strict=True)
    ]


def _column(block: Block, source: TextSource | None) -> "pl.Series | None":
    """Give the column of a source that is one column in Arrow memory, as it stands."""
    if source is None or source.replacements or source.add or len(source.parts) != 1:
        return None
    column = block.columns[source.positions[0]] if source.positions else None
    return None if isinstance(column, list) else column


def _codes(column: "pl.Series", pattern: str, least: int) -> Bools:
    import polars as pl

    if column.dtype.is_integer():
        column, usual = column.cast(pl.Int64, strict=False), _between(column, least, _EXACT - 1)
        return usual & ~_are_among(column, _HOLDING)
    usual = _matches(column, pattern)
    return usual & ~_are_among(column, HOLDING) if usual.any() else usual


def _are_among(column: "pl.Series", values: Collection[str | int]) -> Bools:
    found: Bools = column.is_in(values).fill_null(value=False).to_numpy()
    return found


def _years(column: "pl.Series") -> Bools:
    if column.dtype.is_integer():
        return _between(column, FIRST_YEAR, LAST_YEAR)
    return _matches(column, _YEAR)


def _matches(column: "pl.Series", pattern: str) -> Bools:
    """Tell which texts match; what is no text does not."""
    import polars as pl

    if column.dtype != pl.String:
        return np.zeros(len(column), bool)
    found: Bools = column.str.contains(pattern).fill_null(value=False).to_numpy(writable=True)
    return found


def _between(column: "pl.Series", least: int, most: int) -> Bools:
    import polars as pl

    numbers = column.cast(pl.Int64, strict=False)
    return numbers.is_between(least, most).fill_null(value=False).to_numpy(writable=True)
