"""Columns in Arrow memory: converted as a whole, and cell by cell only where that fails."""

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl

from dabiao.intake.cells.arrow_cells import cells_of
from dabiao.intake.cells.item_cells import is_pointed_once
from dabiao.intake.formats.table import Cell
from dabiao.intake.values.block_cells import Part

_FEW = 4
"""A text stands in so many rows at least, on average, where each is read once."""


def read_series(series: pl.Series, one_by_one: Callable[[Sequence[Cell]], Part]) -> Part:
    """Read a column of numbers.

    Args:
        series: Numbers, or texts of which most are numbers.
        one_by_one: Reads the cells that did not convert.
    """
    if series.dtype.is_decimal():
        series = series.cast(pl.Float64)
    elif series.dtype == pl.Float32:
        series = _widened(series)
    if not series.dtype.is_numeric() and series.dtype != pl.String:
        return one_by_one(cells_of(series))
    numbers = series.cast(pl.Float64, strict=False).fill_null(np.nan)  # quicker than one by one
    values = np.asarray(numbers.to_numpy(), np.float64)
    part = Part(values, np.broadcast_to(np.False_, len(series)))  # takes no memory
    unclear = ~np.isfinite(values)
    if series.dtype == pl.String:  # 1.23E+05 is a number that lost digits
        unclear |= series.str.contains("E+", literal=True).fill_null(value=False).to_numpy()
        if not values.all():  # 1e-400 is none, but too small to be held
            unclear |= (values == 0) & series.str.contains("[1-9]").fill_null(
                value=False
            ).to_numpy()
    if np.count_nonzero(unclear) > series.null_count():
        places = np.flatnonzero(unclear & series.is_not_null().to_numpy())
        rest = one_by_one(cells_of(series.gather(places)))
        part.held = values.copy()
        part.held[places] = rest.values
        part.settled = np.zeros(len(series), bool)
        part.settled[places] = rest.settled
        part.reasons = {int(places[at]): reason for at, reason in rest.reasons.items()}
        part.grouped = {int(places[at]): text for at, text in rest.grouped.items()}
        part.decimal, part.thousands = rest.decimal, rest.thousands
    return part


def _widened(series: pl.Series) -> pl.Series:
    """Give numbers of half the width as they were written: 91.2, and not 91.19999694824219."""
    whole = series.cast(pl.Float64)
    if (series == series.round(0)).all():
        return whole
    return series.cast(pl.String).cast(pl.Float64, strict=False).fill_null(whole)


def pointed(series: pl.Series, *, whole: bool) -> dict[int, str]:
    """Find the numbers whose only point stands before three digits, by place.

    Args:
        series: Numbers or texts.
        whole: Whether only 2.000 and its like are asked for.
    """
    if series.dtype != pl.String:
        return {}
    found = series.str.ends_with(".000") if whole else series.str.contains(r"\.[0-9]{3}$")
    places = np.flatnonzero(found.fill_null(value=False).to_numpy()).tolist()
    return {at: series[at] for at in places if is_pointed_once(series[at])}


def read_texts(series: pl.Series, one_by_one: Callable[[Sequence[Cell]], Part]) -> Part:
    """Read a column of texts, each distinct one once.

    Args:
        series: Texts.
        one_by_one: Reads cells.
    """
    distinct = series.drop_nulls().unique(maintain_order=True)
    if len(distinct) * _FEW > len(series):
        return one_by_one(series.to_list())
    read = one_by_one(distinct.to_list())
    if not len(distinct):
        return Part(np.full(len(series), np.nan), np.zeros(len(series), bool))
    places = series.replace_strict(distinct, range(1, len(distinct) + 1), default=0)
    of = places.to_numpy()
    found = Part(np.r_[np.nan, read.values][of], np.r_[False, read.settled][of])
    for at in np.flatnonzero(np.isin(of, [place + 1 for place in read.reasons])).tolist():
        found.reasons[at] = read.reasons[of[at] - 1]
    for at in np.flatnonzero(np.isin(of, [place + 1 for place in read.grouped])).tolist():
        found.grouped[at] = read.grouped[of[at] - 1]
    found.decimal = read.decimal
    return found
