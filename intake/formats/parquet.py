"""Parquet files: typed columns, read a few at a time."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from dabiao.intake.formats.table import Block, HeldColumns, Table
from dabiao.intake.limits import Limits
from dabiao.intake.unreadable import Unreadable, bound_rows, damaged, empty, too_much
from dabiao.schemas.language import say

_ROWS = 1 << 19
"""Rows that are read at a time."""
_TOGETHER = 8
"""Columns that are read at a time: the more, the more memory; fewer take longer."""
_DAYS = (-719_000, 2_932_800)
"""Days from 1970 to the first and the last years that there are, some months short of them."""
_SECONDS_A_DAY = 86_400
_PARTS = {"ms": 10**3, "us": 10**6, "ns": 10**9}
_LEAST = -(2**63)
_LETTERED = 1 << 17
"""Rows whose texts may have as many letters as the limit says."""


def read_parquet(path: Path, file: str, limits: Limits) -> Table:
    """Read a Parquet file.

    Args:
        path: Where it is.
        file: How the user calls it.
        limits: How much is read.

    Raises:
        Unreadable: It is damaged or too large.
    """
    if path.stat().st_size == 0:
        raise empty()
    try:
        frame = pl.scan_parquet(path, glob=False)
        height = int(frame.select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError, pl.exceptions.PanicException) as error:
        raise _damaged() from error
    return frame_table(frame, height, file, path.stem, limits)


def frame_table(frame: pl.LazyFrame, height: int, file: str, name: str, limits: Limits) -> Table:
    """Give a frame as a table, some columns of some rows read at a time.

    Args:
        frame: The rows.
        height: How many there are.
        file: How the user calls the file that they stand in.
        name: What the table is called.
        limits: How much is read.

    Raises:
        Unreadable: It is too large.
    """
    keys = frame.collect_schema().names()
    if len(keys) > limits.columns:
        raise too_much(say(f"{len(keys)} 列", f"{len(keys)} columns"))

    def blocks(_: int, wanted: Sequence[int]) -> Iterator[Block]:
        bound_rows(height, len(wanted), limits)
        for start in range(0, height, _ROWS):
            numbers = np.arange(start, min(start + _ROWS, height), dtype=np.int32)
            rows = frame.slice(start, _ROWS)

            def load(positions: Sequence[int], rows: pl.LazyFrame = rows) -> pl.DataFrame:
                try:
                    part = rows.select([keys[at] for at in positions]).collect()
                except (pl.exceptions.PolarsError, OSError, pl.exceptions.PanicException) as error:
                    raise _damaged() from error
                if _letters(part) > limits.letters * -(-len(part) // _LETTERED):
                    raise too_much(say("文字过多", "too much text"))
                return part.with_columns(_told_in_words(part))

            yield Block(numbers, FrameColumns(load, wanted))

    return Table(file, None, name, [], range(len(keys) if height else 0), blocks, keys=keys)


class FrameColumns(HeldColumns):
    """Columns of a frame, read when they are asked for, a few at a time, and kept until let go.

    Args:
        load: Reads the columns at some positions.
        positions: The positions there are.
    """

    def __init__(
        self, load: Callable[[Sequence[int]], pl.DataFrame], positions: Sequence[int]
    ) -> None:
        self._load = load
        self._positions = list(positions)
        self.held: dict[int, pl.Series] = {}
        self._met: set[int] = set()

    def __getitem__(self, position: int) -> pl.Series:
        """Give a column; those that follow are read with it, as they are asked for next."""
        if position not in self.held:
            begin = self._positions.index(position) if position in self._positions else None
            if begin is None:
                raise KeyError(position)
            following = self._positions[begin + 1 : begin + _TOGETHER]
            some = [position, *(at for at in following if at not in self._met)]
            self.held.update(zip(some, self._load(some).get_columns(), strict=True))
            self._met.update(some)
        return self.held[position]

    def __iter__(self) -> Iterator[int]:
        """Go through the positions."""
        return iter(self._positions)

    def __len__(self) -> int:
        """Count the columns."""
        return len(self._positions)

    def let_go(self, positions: Sequence[int]) -> None:
        """Hold some columns no longer."""
        for at in positions:
            self.held.pop(at, None)


def _told_in_words(part: pl.DataFrame) -> Iterator[pl.Series]:
    """Yield the columns of days and times of which some are in no year that there is, as texts.

    The library cannot turn such a day into a value, and ends the program where it is asked to.
    """
    for column in part.get_columns():
        if column.dtype.is_temporal():
            kept = column.to_physical()
            beyond = ~kept.is_between(*_bounds(column.dtype)).fill_null(value=True)
            if beyond.any():
                told = [None if each is None else str(each) for each in column.set(beyond, None)]
                for at in beyond.arg_true():
                    told[at] = f"{column.dtype} {kept[at]}"
                yield pl.Series(column.name, told, pl.String)


def _bounds(dtype: pl.DataType) -> tuple[int, int]:
    """Give the least and the most that is turned into a value, as a column keeps it."""
    if dtype == pl.Date:
        return _DAYS
    if dtype == pl.Time:
        return 0, _SECONDS_A_DAY * 10**9 - 1
    unit = dtype.time_unit if isinstance(dtype, pl.Datetime | pl.Duration) else None
    least, most = (days * _SECONDS_A_DAY * _PARTS[unit or "us"] for days in _DAYS)
    return max(least, _LEAST), min(most, -_LEAST - 1)


def _letters(part: pl.DataFrame) -> int:
    texts = part.select(pl.col(pl.String).str.len_bytes().sum().cast(pl.Int64))
    return int(texts.sum_horizontal().item()) if texts.width else 0


def _damaged() -> Unreadable:
    return damaged(say("不是有效的 Parquet", "no valid Parquet"))
