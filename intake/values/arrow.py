"""Columns in Arrow memory: converted as a whole, and cell by cell only where that fails."""

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from dabiao.intake.cells.arrow_cells import cells_of
from dabiao.intake.formats.table import Cell
from dabiao.intake.values.column_part import Part


def read_series(series: pl.Series, one_by_one: Callable[[Sequence[Cell]], Part]) -> Part:
    """Read a column of numbers.

    Args:
        series: Numbers, or texts of which most are numbers.
        one_by_one: Reads the cells that did not convert.
    """
    if series.dtype.is_decimal():
        series = series.cast(pl.Float64)
    if not series.dtype.is_numeric() and series.dtype != pl.String:
        return one_by_one(cells_of(series))
    numbers = series.cast(pl.Float64, strict=False)
    values = np.array(numbers.to_numpy(), np.float64)
    part = Part(values, np.broadcast_to(np.False_, len(series)))  # takes no memory
    unclear = ~np.isfinite(values)
    if np.count_nonzero(unclear) > series.null_count():
        places = np.flatnonzero(unclear & series.is_not_null().to_numpy())
        rest = one_by_one(cells_of(series.gather(places)))
        values[places] = rest.values
        part.settled = np.zeros(len(series), bool)
        part.settled[places] = rest.settled
        part.reasons = {int(places[at]): reason for at, reason in rest.reasons.items()}
        part.grouped = {int(places[at]): text for at, text in rest.grouped.items()}
        part.decimal = rest.decimal
    return part
