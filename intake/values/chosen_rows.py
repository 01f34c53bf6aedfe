"""What a mapping file asks for before cells are read: some rows only, and decimal points."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import numpy as np

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.formats.table import Block, Cell
from dabiao.intake.layout.plan import text_of
from dabiao.intake.values.block_cells import cell_at
from dabiao.schemas.facts import Floats, Ints
from dabiao.schemas.patterns import pattern

if TYPE_CHECKING:
    import polars as pl

_COMMA = pattern(r"\s*[-+−]?(?:\d{1,3}(?:[. \u00a0\u202f']\d{3})+|\d+)(?:,\d+)?\s*[%％]?\s*")
"""A number with a decimal comma, its thousands apart perhaps."""
_APART = pattern(r"[. \u00a0\u202f']")


def chosen(block: Block, where: Mapping[int, Sequence[str]]) -> Block:
    """Keep the rows of a block in which each column says one of the texts asked for."""
    length = len(block.numbers)
    kept = np.ones(length, bool)
    for position, patterns in where.items():
        column = block.columns[position]
        kept &= [_says(cell_at(column, at), patterns) for at in range(length)]
    if kept.all():
        return block
    places = np.flatnonzero(kept).tolist()
    moved = {old: new for new, old in enumerate(places)}
    return Block(
        block.numbers[kept],
        {at: [cell_at(column, place) for place in places] for at, column in block.columns.items()},
        {moved[at]: ragged for at, ragged in block.ragged.items() if at in moved},
    )


def _says(cell: Cell, patterns: Sequence[str]) -> bool:
    if is_blank(cell):
        return "" in patterns
    text = text_of(cell)
    return any(fnmatchcase(text, each) for each in patterns if each)


def with_points(column: "list[Cell] | pl.Series") -> list[Cell]:
    """Write decimal commas as points; what is no such number stays as it is."""
    return [_with_point(cell_at(column, at)) for at in range(len(column))]


def _with_point(cell: Cell) -> Cell:
    if isinstance(cell, str) and _COMMA.fullmatch(cell):
        return _APART.sub("", cell).replace(",", ".")
    return cell


def latest_known(
    subjects: Sequence[str | None], years: Ints, until: int, values: Floats
) -> list[int]:
    """Find the latest value of each subject up to a year.

    Args:
        subjects: Who each row is about.
        years: The year of each row; 0 for none.
        until: The year.
        values: The values; NaN for none.

    Returns:
        The rows that hold it.
    """
    best: dict[str, int] = {}
    for at in np.flatnonzero(~np.isnan(values) & (years > 0) & (years <= until)).tolist():
        code = subjects[at]
        if code is not None and (code not in best or years[best[code]] < years[at]):
            best[code] = at
    return list(best.values())
