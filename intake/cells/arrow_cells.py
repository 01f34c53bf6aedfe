"""Cells of a column in Arrow memory, one by one."""

import datetime

import polars as pl

from dabiao.intake.formats.table import Cell, Moment, Nested

_EXACT_HALF = 1 << 24
"""Up to here a number of half the width keeps each digit."""
_LOOKED_AT, _OFTEN = 1000, 4
"""Among so many first cells each stands so often, on average, where each is kept once."""


def cells_of(series: pl.Series) -> list[Cell]:
    """Give the cells of a column one by one."""
    dtype = series.dtype
    if dtype.is_temporal():
        return [None if value is None else _moment(value) for value in series.to_list()]
    if dtype.is_nested() or dtype in (pl.Binary, pl.Object):
        return [None if value is None else Nested(str(value)) for value in series.to_list()]
    if dtype in (pl.Categorical, pl.Enum):
        series = series.cast(pl.String)
    elif dtype.is_decimal():
        series = series.cast(pl.Float64)
    elif dtype == pl.Float32:
        return [_half(value) for value in series.to_list()]
    cells: list[Cell] = series.to_list()
    if len(set(cells[:_LOOKED_AT])) * _OFTEN > len(cells[:_LOOKED_AT]):
        return cells
    once: dict[Cell, Cell] = {}
    return [once.setdefault(cell, cell) for cell in cells]  # a parent is one object, not thousands


def is_text(series: pl.Series) -> bool:
    """Tell whether a column holds texts."""
    return series.dtype == pl.String


def _half(value: float | None) -> Cell:
    """Give a number of half the width; one that is too large for its digits in powers of ten."""
    if value is None or abs(value) < _EXACT_HALF:
        return value
    return f"{value:.6e}"


def _moment(value: object) -> Moment:
    year = value.year if isinstance(value, datetime.date) else None
    return Moment(str(value), year)
