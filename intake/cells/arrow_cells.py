"""Cells of a column in Arrow memory, one by one."""

import datetime

import numpy as np
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
    if series.dtype != pl.String and not series.dtype.is_integer():
        return series.to_list()
    first = series.head(_LOOKED_AT)
    return _each_once(series) if first.n_unique() * _OFTEN <= len(first) else series.to_list()


def _each_once(series: pl.Series) -> list[Cell]:
    """Give cells of which each is one object, however often it stands: a parent, a year."""
    distinct = series.unique()
    # No array: Polars would ask whether it is masked, and load for that more than reading takes.
    places = series.replace_strict(distinct, range(len(distinct)), return_dtype=pl.UInt32)
    once = np.empty(len(distinct), object)
    once[:] = distinct.to_list()
    cells: list[Cell] = once[places.to_numpy()].tolist()
    return cells


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
