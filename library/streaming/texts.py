"""CSV, or JSON with a row a line, read some rows at a time, as anybody's is read."""

import mmap
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from dabiao.intake.formats.csv import read_delimited
from dabiao.intake.formats.encodings import decode
from dabiao.intake.limits import Limits
from dabiao.intake.names import fixed_column
from dabiao.intake.unreadable import empty
from dabiao.library.trees.tables import column_names
from dabiao.schemas.language import say
from dabiao.schemas.level import Level

_BATCH = 100_000
"""Rows of JSON that are read at a time."""
_SHOWN = 5
_LIMITS = Limits(rows=1 << 31, values=1 << 40, text=1 << 40)
"""What does not fit into memory is what this is for."""


class RowText:
    """The rows of a text file.

    A row with more or fewer fields than the header may hold every value beside its place: it is
    left out, and told.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._ragged: list[int] = []

    def blocks(self) -> Iterator[pl.DataFrame]:
        """Give the rows, some at a time.

        Raises:
            Unreadable: It is no such text.
            PolarsError: Likewise.
        """
        if self._file.suffix == ".csv":
            return self._delimited()
        scan = pl.scan_ndjson(self._file, infer_schema_length=None)
        return scan.collect_batches(chunk_size=_BATCH, maintain_order=True)

    def _delimited(self) -> Iterator[pl.DataFrame]:
        if not self._file.stat().st_size:
            raise empty()
        with self._file.open("rb") as opened:  # what is mapped goes when nobody looks at it
            data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        text = decode(memoryview(data), None, _begins_with_header).text
        table = read_delimited(text, str(self._file), _is_fixed, _LIMITS)
        line, header = table.head[0]
        last = max(header)
        names = column_names([str(header.get(at) or "") for at in range(last + 1)])
        for block in table.blocks(line, range(last + 1)):
            odd = [at for at, row in block.ragged.items() if not row.customary]
            self._ragged += block.numbers[odd].tolist()
            cells = (block.columns[at] for at in range(last + 1))
            rows = pl.DataFrame(
                [pl.Series(name, of, pl.String) for name, of in zip(names, cells, strict=True)]
            )
            if odd:
                rows = rows.with_row_index("\0").filter(~pl.col("\0").is_in(odd)).drop("\0")
            yield rows

    @property
    def left_out(self) -> str | None:
        """What was wrong with rows that were left out, where there were any."""
        if not self._ragged:
            return None
        count = len(self._ragged)
        lines = say("、", ", ").join(map(str, self._ragged[:_SHOWN]))
        more = "" if count <= _SHOWN else say(f" 等 {count} 行", f" and {count - _SHOWN} more")
        return say(
            f"{self._file} 第 {lines} 行{more}字段数与表头不符，没有读取；含逗号的内容加引号",
            f"{self._file}: line {lines}{more} have more or fewer fields than the header and were"
            " not read; put quotes around commas",
        )


def _is_fixed(text: str) -> bool:
    return any(fixed_column(text, level) is not None for level in (None, *Level))


def _begins_with_header(text: str) -> bool:
    """Tell whether the beginning of a text holds a header that says who rows are about."""
    fields = text.replace(";", ",").replace("\t", ",").replace("\n", ",").split(",")
    return any(map(_is_fixed, fields))
