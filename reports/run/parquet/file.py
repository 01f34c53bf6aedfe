"""A Parquet file, written a row group at a time."""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import BinaryIO

from dabiao.reports.run.parquet import compact
from dabiao.reports.run.parquet.pages import Chunk
from dabiao.schemas.record import dataclass

MAGIC = b"PAR1"
"""What a Parquet file begins with, and ends."""
_REQUIRED, _OPTIONAL, _REPEATED = range(3)
_LIST = 3


class ColumnKind(Enum):
    """What stands in a column: its type, and what that is converted to, by their numbers."""

    WORD = (6, 0, "word")
    TEXT = (6, 0, "text")
    YEAR = (1, 16, "year")
    WHOLE = (1, 17, "whole")
    NUMBER = (5, None, "number")
    NUMBERS = (5, None, "numbers")


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column.

    Attributes:
        name: Its name.
        kind: What stands in it.
        optional: Whether a row may have nothing in it.
    """

    name: str
    kind: ColumnKind
    optional: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """Where its values stand."""
        return (self.name, "list", "element") if self.kind is ColumnKind.NUMBERS else (self.name,)

    def elements(self) -> list[compact.Encoded]:
        """Describe it."""
        type_, converted, _ = self.kind.value
        leaf = {
            1: compact.int32(type_),
            3: compact.int32(_OPTIONAL if self.optional else _REQUIRED),
            4: compact.binary(self.path[-1]),
        }
        if converted is not None:
            leaf[6] = compact.int32(converted)
        if self.kind is not ColumnKind.NUMBERS:
            return [compact.struct(leaf)]
        return [
            _group(self.name, _REQUIRED, {6: compact.int32(_LIST)}),
            _group("list", _REPEATED, {}),
            compact.struct(leaf),
        ]


class ParquetFile:
    """Writes a file.

    Args:
        file: Where to.
        fields: Its columns.
        told: What else the file says, by key.
        by: What writes it.
    """

    def __init__(
        self, file: BinaryIO, fields: Sequence[FileColumn], told: Mapping[str, str], by: str
    ) -> None:
        self._file = file
        self._fields = fields
        self._told = told
        self._by = by
        self._groups: list[compact.Encoded] = []
        self._rows = 0
        self._at = file.write(MAGIC)

    def write(self, rows: int, chunks: Iterable[Chunk]) -> None:
        """Write a row group.

        Args:
            rows: How many rows it has.
            chunks: Its columns.
        """
        begun, columns = self._at, []
        for field, chunk in zip(self._fields, chunks, strict=True):
            columns.append(self._described(field, chunk))
            self._at += sum(map(self._file.write, chunk.pages))
        group = {1: compact.listed(columns), 2: compact.int64(self._at - begun)}
        self._groups.append(compact.struct({**group, 3: compact.int64(rows)}))
        self._rows += rows

    def close(self) -> None:
        """Write what the file says of itself, which stands at its end."""
        elements = [each for field in self._fields for each in field.elements()]
        root = {4: compact.binary("schema"), 5: compact.int32(len(self._fields))}
        told = [
            compact.struct({1: compact.binary(key), 2: compact.binary(value)})
            for key, value in self._told.items()
        ]
        order = compact.struct({1: compact.struct({})})
        footer = {
            1: compact.int32(2),
            2: compact.listed([compact.struct(root), *elements]),
            3: compact.int64(self._rows),
            4: compact.listed(self._groups),
            5: compact.listed(told),
            6: compact.binary(self._by),
            7: compact.listed([order] * len(self._fields)),
        }
        content = compact.struct(footer)[1]
        self._file.write(content + len(content).to_bytes(4, "little") + MAGIC)

    def _described(self, field: FileColumn, chunk: Chunk) -> compact.Encoded:
        """Describe a column of a row group, which begins here."""
        seen = {3: compact.int64(chunk.missing)}
        if chunk.ends is not None:
            least, most = chunk.ends
            seen |= {5: compact.binary(most), 6: compact.binary(least)}
        told = {
            1: compact.int32(field.kind.value[0]),
            2: compact.listed([compact.int32(each) for each in chunk.encodings]),
            3: compact.listed([compact.binary(each) for each in field.path]),
            4: compact.int32(chunk.codec),
            5: compact.int64(chunk.count),
            6: compact.int64(chunk.unpacked),
            7: compact.int64(chunk.size),
            9: compact.int64(self._at + chunk.ahead),
        }
        if chunk.ahead:
            told[11] = compact.int64(self._at)
        told[12] = compact.struct(seen)
        return compact.struct({2: compact.int64(self._at), 3: compact.struct(told)})


def _group(name: str, repeated: int, more: Mapping[int, compact.Encoded]) -> compact.Encoded:
    """Describe what holds one other element."""
    told = {3: compact.int32(repeated), 4: compact.binary(name), 5: compact.int32(1)}
    return compact.struct({**told, **more})
