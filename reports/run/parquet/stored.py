"""A run in Parquet, read back: its head, and its findings as the records that .json has."""

import base64
import binascii
import errno
import json
import os
import stat
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dabiao.reports.run.parquet.arrow import BRIEF
from dabiao.reports.run.parquet.file import ColumnKind
from dabiao.reports.run.parquet.flat import NAMES
from dabiao.reports.run.parquet.json_forms import Fill, filler, written
from dabiao.reports.run.parquet.row_groups import FIELDS
from dabiao.reports.run.parquet.writing import HEAD
from dabiao.schemas.columns import SLOTS
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome

if TYPE_CHECKING:
    import pyarrow as pa

MAGIC = b"PAR1"
"""What a Parquet file begins with."""
TOGETHER = 5_000
"""Findings that are read at a time."""
MOST_HEAD = 1 << 31
"""Bytes of a head that is read."""
_SMALL_HEAD = 1 << 26
_MOST_PACKED = 50
"""How many times as long a head may be as it stands in the file, unless it is small; heads of
millions of subjects are ten times as long."""
_WORDS = ("rule", "code", "outcome", "form")
_COLUMNS = (*_WORDS, "year", "figures", *SLOTS, "row", "numbers")
_ROWS = 250_000
"""Rows that are held at a time."""
_OUTCOMES = frozenset(each.value for each in Outcome)


class NoRunError(ValueError):
    """A Parquet file that is no run; the message says why."""


def is_parquet(path: Path) -> bool:
    """Tell a Parquet file by what it begins with.

    Raises:
        OSError: It cannot be read, or is a pipe or device, which may never end.
    """
    kind = path.stat().st_mode
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP), str(path))
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


class ParquetRun:
    """A run in a Parquet file.

    Attributes:
        head: The run without its findings, as JSON.

    Args:
        path: The file.

    Raises:
        NoRunError: It is no whole run.
    """

    def __init__(self, path: Path) -> None:
        if find_spec("pyarrow") is None:
            raise NoRunError(
                say(
                    '读 .parquet 要另装组件：python -m pip install "dabiao[arrow]"',
                    'reading .parquet needs an extra: python -m pip install "dabiao[arrow]"',
                )
            )
        import pyarrow as pa
        from pyarrow import parquet

        self._path = path
        self._faults = (
            *(OSError, ValueError, TypeError, LookupError, AttributeError, OverflowError),
            pa.ArrowException,
        )
        try:
            self._file = parquet.ParquetFile(path, page_checksum_verification=True)
            told = self._file.schema_arrow.metadata or {}
        except self._faults as error:
            raise self._damaged() from error
        if HEAD.encode() not in told:
            raise self._foreign(BRIEF.encode() in told)
        try:
            unpacking = zlib.decompressobj()
            packed = base64.b64decode(told[HEAD.encode()], validate=True)
            most = min(MOST_HEAD, max(_SMALL_HEAD, _MOST_PACKED * len(packed)))
            self.head = unpacking.decompress(packed, most)
        except (binascii.Error, zlib.error) as error:
            raise self._damaged() from error
        if not unpacking.eof or not _is_ours(self._file.schema_arrow):
            raise self._damaged()

    def findings(self, outcomes: Collection[str] | None = None) -> Iterator[list[str]]:
        """Yield the findings as JSON, so many at a time.

        Args:
            outcomes: Only those with one of these outcomes.

        Raises:
            NoRunError: What stands there is not what was written.
        """
        for table in self._tables(_COLUMNS):
            try:
                yield from _texts(table if outcomes is None else _of_outcomes(table, outcomes))
            except self._faults as error:
                raise self._damaged() from error

    def counts(self) -> Counter[tuple[str, int, str]]:
        """Count the findings by rule, year and outcome, without looking at what else they say.

        Raises:
            NoRunError: What stands there is not what was written.
        """
        found: Counter[tuple[str, int, str]] = Counter()
        for table in self._tables(("rule", "year", "outcome")):
            known = [table.column(name).combine_chunks() for name in ("rule", "outcome")]
            rules, outcomes = (each.dictionary.to_pylist() for each in known)
            places = (each.indices.fill_null(-1).to_numpy() for each in known)
            years = table.column("year").fill_null(-1).to_numpy()
            keys = np.stack([each.astype(np.int64) for each in (*places, years)])
            each, numbers = np.unique(keys, axis=1, return_counts=True)
            for key, number in zip(each.T.tolist(), numbers.tolist(), strict=True):
                if min(key) < 0:
                    raise self._damaged()
                rule, outcome, year = key
                if outcomes[outcome] not in _OUTCOMES:
                    raise self._damaged()
                found[rules[rule], year, outcomes[outcome]] += number
        return found

    def unlike(self, findings: "pa.Table") -> Iterator[tuple[str, int, object, object]]:
        """Yield where the columns that others count by are not what the findings say.

        Args:
            findings: The table of the findings, in the order in which they stand here.

        Yields:
            A column, the first row in which it differs, what stands there, and what should.

        Raises:
            NoRunError: What stands there is not what was written.
        """
        for name in NAMES:
            should = findings.column(name).to_pylist()
            told = [
                value for some in self._tables([name]) for value in some.column(name).to_pylist()
            ]
            both = enumerate(zip(told, should, strict=True))
            yield from islice(((name, at, *pair) for at, pair in both if pair[0] != pair[1]), 1)

    def _tables(self, columns: Sequence[str]) -> "Iterator[pa.Table]":
        """Read some columns, some rows at a time, and no fewer than there are said to be.

        Of a column that was damaged the library may read nothing, and say nothing.
        """
        import pyarrow as pa

        left = self._file.metadata.num_rows
        try:
            for group in range(self._file.num_row_groups):
                for some in self._file.iter_batches(_ROWS, [group], list(columns)):
                    left -= len(some)
                    yield pa.Table.from_batches([some])
        except self._faults as error:
            raise self._damaged() from error
        if left:
            raise self._damaged()

    def _damaged(self) -> NoRunError:
        return NoRunError(
            say(
                f"{self._path} 不完整，或被改动过；用 dabiao check 重新写出",
                f"{self._path} was cut off or changed; write it again with dabiao check",
            )
        )

    def _foreign(self, ours: bool) -> NoRunError:  # noqa: FBT001 - whose it is
        if ours:
            return NoRunError(
                say(
                    f"{self._path} 是旧版写的结论表，没有理由；用这一版重新 dabiao check",
                    f"{self._path} is a table of findings that an older version wrote, without"
                    " reasons to report; dabiao check the facts again with this one",
                )
            )
        return NoRunError(
            say(
                f"{self._path} 不是检查结果；要的是 dabiao check … -o 文件.parquet 写出的文件",
                f"{self._path} is no run; what is wanted is a file that"
                " dabiao check … -o FILE.parquet wrote",
            )
        )


def _is_ours(schema: "pa.Schema") -> bool:
    """Tell whether the columns are those that are written, and hold what they should."""
    import pyarrow as pa

    def is_word(kind: pa.DataType) -> bool:
        return bool(pa.types.is_dictionary(kind) and kind.value_type == pa.string())

    holds: dict[ColumnKind, Callable[[pa.DataType], bool]] = {
        ColumnKind.WORD: is_word,
        ColumnKind.TEXT: pa.types.is_string,
        ColumnKind.YEAR: pa.types.is_int16,
        ColumnKind.WHOLE: pa.types.is_int32,
        ColumnKind.NUMBER: pa.types.is_float64,
        ColumnKind.NUMBERS: lambda kind: bool(
            pa.types.is_list(kind) and kind.value_type == pa.float64()
        ),
    }
    return schema.names == [of.name for of in FIELDS] and all(
        holds[of.kind](kind) for of, kind in zip(FIELDS, schema.types, strict=True)
    )


def _of_outcomes(table: "pa.Table", outcomes: Collection[str]) -> "pa.Table":
    """Keep the rows with some outcomes."""
    column = table.column("outcome").combine_chunks()
    kept = np.array([each in outcomes for each in column.dictionary.to_pylist()], np.bool_)
    return table.filter(kept[column.indices.to_numpy()])


def _texts(table: "pa.Table") -> Iterator[list[str]]:
    """Write the findings of a table as JSON."""
    columns = {name: table.column(name).combine_chunks() for name in _WORDS}
    known = {name: column.dictionary.to_pylist() for name, column in columns.items()}
    quoted_rules, quoted_outcomes = (
        [json.dumps(each) for each in known[name]] for name in ("rule", "outcome")
    )
    fillers: dict[int, Fill] = {}
    for start in range(0, len(table), TOGETHER):
        some = table.slice(start, TOGETHER)
        places = [columns[name].indices.slice(start, TOGETHER).to_pylist() for name in _WORDS]
        numbers = [some.column(name).to_pylist() for name in SLOTS]
        others, years, figures, stands = (
            some.column(name).to_pylist() for name in ("numbers", "year", "figures", "row")
        )
        found: list[str] = []
        every = zip(*numbers, strict=True)
        rows = zip(*places, years, figures, every, stands, others, strict=True)
        for rule, code, outcome, form, year, figure, shared, row, more in rows:
            fill = fillers.get(form)
            if fill is None:
                fill = fillers[form] = filler(known["form"][form])
            told = fill([*map(written, shared), f"{row:d}", *map(written, more)])
            found.append(
                f'{{"rule":{quoted_rules[rule]},"year":{year:d},"figures":{figure:d},'
                f'"subject":{json.dumps(known["code"][code])},'
                f'"outcome":{quoted_outcomes[outcome]},{told}}}'
            )
        yield found
