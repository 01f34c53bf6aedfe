"""Cells of a column in Arrow memory, one by one."""

import datetime

import polars as pl

from dabiao.intake.formats.table import Cell, Moment, Nested


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
    cells: list[Cell] = series.to_list()
    return cells


def is_text(series: pl.Series) -> bool:
    """Tell whether a column holds texts."""
    return series.dtype == pl.String


def _moment(value: object) -> Moment:
    year = value.year if isinstance(value, datetime.date) else None
    return Moment(str(value), year)
