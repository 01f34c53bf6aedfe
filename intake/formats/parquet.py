"""Parquet files: typed columns, read some rows at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from dabiao.intake.formats.table import Block, Table
from dabiao.intake.limits import Limits
from dabiao.intake.unreadable import Unreadable, bound_rows, damaged, empty, too_much
from dabiao.schemas.language import say

_ROWS = 1 << 17


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
    """Give a frame as a table, read some rows at a time.

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
        selected = frame.select([keys[at] for at in wanted])
        for start in range(0, height, _ROWS):
            try:
                part = selected.slice(start, _ROWS).collect()
            except (pl.exceptions.PolarsError, OSError, pl.exceptions.PanicException) as error:
                raise _damaged() from error
            if _letters(part) > limits.letters:
                raise too_much(say("文字过多", "too much text"))
            numbers = np.arange(start, min(start + _ROWS, height), dtype=np.int32)
            yield Block(numbers, {at: part.get_column(keys[at]) for at in wanted})

    return Table(file, None, name, [], range(len(keys) if height else 0), blocks, keys=keys)


def _letters(part: pl.DataFrame) -> int:
    texts = part.select(pl.col(pl.String).str.len_bytes().sum().cast(pl.Int64))
    return int(texts.sum_horizontal().item()) if texts.width else 0


def _damaged() -> Unreadable:
    return damaged(say("不是有效的 Parquet", "no valid Parquet"))
