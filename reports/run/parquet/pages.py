"""Columns of a row group as the pages of Parquet.

Most columns of findings have few values, many of them the same for thousands of rows, and whoever
makes them knows where. So a column comes in pieces, each a number for all its rows or one a row;
what stands for thousands takes a few bytes, where other writers look at each row again::

    dictionary page   the different values, once each
    data page         levels: which rows have a value;  then the places of the values in the
                      dictionary: one and how often it comes, or all of them, in whole bytes

Numbers most of which differ are told as they are, and those that ascend by their differences.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from dabiao.reports.run.parquet import compact
from dabiao.schemas.distinct import distinct
from dabiao.schemas.record import dataclass

Array = npt.NDArray[Any]
SomeRows = int | float | Array
"""Some rows of a column: a number that all of them have, or one a row."""
Runs = list[tuple[Any, int]]
"""Numbers, each with how often it comes."""
PLAIN, RLE, DELTAS, PLACES = 0, 3, 5, 8
"""How values are told."""
AS_IT_IS, SNAPPY = 0, 1
"""How pages are packed."""
_DATA, _DICTIONARY = 0, 2
_MOST = 1 << 16
"""Different numbers up to which each is told once."""
_LOOK = 1 << 13
"""Numbers that are looked at first: where most of them differ, so do all."""
_BLOCK = 4096
"""Differences that take the same number of bytes."""


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A column of a row group, as it stands in the file.

    Attributes:
        pages: Its pages.
        ahead: How many bytes of them are its dictionary.
        unpacked: How many bytes they would be if they were not packed.
        codec: How they are packed.
        encodings: How values are told.
        count: How many values there are, with those that are missing.
        missing: How many are missing.
        ends: The least and the greatest, where they tell something.
    """

    pages: bytes
    ahead: int
    unpacked: int
    codec: int
    encodings: Sequence[int]
    count: int
    missing: int
    ends: tuple[bytes, bytes] | None


class Pieces:
    """A column of a row group in pieces.

    Args:
        pieces: What stands in it.
        sizes: How many rows each of these is about.
    """

    def __init__(self, pieces: Sequence[SomeRows], sizes: Sequence[int]) -> None:
        self._pieces = pieces
        self._sizes = sizes
        self.count = sum(sizes)

    def __iter__(self) -> Iterator[tuple[SomeRows, int]]:
        """Yield the pieces, each with how many rows it is about."""
        return zip(self._pieces, self._sizes, strict=True)

    def times(self, value: int) -> int:
        """Count the rows in which some number stands."""
        return sum(
            int(np.count_nonzero(piece == value))
            if isinstance(piece, np.ndarray)
            else rows * (piece == value)
            for piece, rows in self
        )

    def runs(self) -> Runs | None:
        """Give its values, where each piece is one number."""
        if any(isinstance(each, np.ndarray) for each in self._pieces):
            return None
        return list(self)

    def spread(self, kind: type[np.generic]) -> Array:
        """Give the value of each row."""
        found = np.empty(self.count, kind)
        first = 0
        for piece, size in self:
            found[first : first + size] = piece
            first += size
        return found


class DictionaryPage:
    """The different values of a column, as a page, which may stand in many row groups.

    Attributes:
        page: The page.
        unpacked: How many bytes it would be if it was not packed.
        codec: How it is packed.
        width: Bytes of a place.

    Args:
        values: The values, one behind the other.
        size: How many they are.
        codec: How the pages are packed.
    """

    def __init__(self, values: bytes, size: int, codec: int) -> None:
        told = compact.struct({1: compact.int32(size), 2: compact.int32(PLAIN)})
        self.page, self.unpacked = _page(_DICTIONARY, values, codec, 7, told)
        self.codec = codec
        self.width = next(each for each in (1, 2, 4) if size <= 1 << 8 * each)

    @classmethod
    def of_texts(cls, texts: Sequence[str]) -> "DictionaryPage":
        """Make one of texts."""
        told = map(str.encode, texts)
        values = b"".join([len(each).to_bytes(4, "little") + each for each in told])
        return cls(values, len(texts), SNAPPY)


def words(
    of: Pieces,
    dictionary: DictionaryPage,
    *,
    optional: bool = False,
    named: Sequence[str] | None = None,
) -> Chunk:
    """Give a column of places in a dictionary.

    Args:
        of: The places; below 0 where there is none.
        dictionary: The words.
        optional: Whether there may be none.
        named: The words, where it is to be said which of them are the first and the last.
    """
    rows = _rows(of, np.int32, lambda place: place >= 0, optional=optional)
    if not len(rows.known):
        return _chunk(rows, PLAIN, b"")
    ends = None
    if named is not None and isinstance(rows.known, list):
        told = [named[place] for place, _ in rows.known]
        ends = min(told).encode(), max(told).encode()
    return _chunk(rows, PLACES, _places(rows.known, dictionary), dictionary, ends)


def years(of: Pieces) -> Chunk:
    """Give a column of whole numbers that few pieces do not have in common."""
    known: Runs = of.runs() or [(each, 1) for each in of.spread(np.int32).tolist()]
    values = np.array(sorted({value for value, _ in known}), "<i4")
    at = {value: place for place, value in enumerate(values.tolist())}
    dictionary = DictionaryPage(values.tobytes(), len(values), AS_IT_IS)
    told = _places([(at[value], size) for value, size in known], dictionary)
    ends = values[0].tobytes(), values[-1].tobytes()
    return _chunk(_Rows(of.count, 0, b"", known), PLACES, told, dictionary, ends)


def numbers(of: Pieces) -> Chunk:
    """Give a column of numbers, NaN where there is none."""
    return _numbers(_rows(of, np.float64, lambda number: number == number, optional=True))  # noqa: PLR0124 - NaN


def lists(sizes: Pieces, values: Array) -> Chunk:
    """Give a column of lists of numbers.

    Args:
        sizes: How many numbers each row has.
        values: All of them, behind one another.
    """
    count = len(values) + sizes.times(0)
    goes_on, there = np.ones(count, np.bool_), np.ones(count, np.bool_)
    first = 0
    for size, rows in sizes:
        if isinstance(size, np.ndarray):
            ends = first + np.cumsum(np.maximum(size, 1))
            starts = ends - np.maximum(size, 1)
            goes_on[starts], there[starts[size == 0]] = False, False
            first = int(ends[-1])
        else:
            step = max(int(size), 1)
            end = first + rows * step
            goes_on[first:end:step], there[first:end] = False, size > 0
            first = end
    told = _headed(_packed(goes_on)) + _headed(_packed(there))
    return _numbers(_Rows(count, count - len(values), told, values))


def ascending(of: Pieces) -> Chunk:
    """Give a column of whole numbers most of which are a little above the one before."""
    if of.runs() is not None:
        return years(of)
    values = of.spread(np.int64)
    return _chunk(_Rows(of.count, 0, b"", values), DELTAS, _differences(values))


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Which rows have a value, and which.

    Attributes:
        count: How many values there are, with those that are missing.
        missing: How many are missing.
        levels: Which these are.
        known: Those that are there.
    """

    count: int
    missing: int
    levels: bytes
    known: Runs | Array


def _rows(
    of: Pieces, kind: type[np.generic], is_there: Callable[[Any], Any], *, optional: bool
) -> _Rows:
    """Tell which rows of a column have a value."""
    runs = of.runs()
    if runs is not None:
        known = [(value, size) for value, size in runs if is_there(value)]
        missing = of.count - sum(size for _, size in known)
        told = _run_lengths([(int(is_there(value)), size) for value, size in runs], 1)
        return _Rows(of.count, missing, _headed(told) if optional else b"", known)
    every = of.spread(kind)
    if not optional:
        return _Rows(of.count, 0, b"", every)
    there = is_there(every)
    missing = of.count - int(np.count_nonzero(there))
    if not missing:
        return _Rows(of.count, 0, _headed(_run_lengths([(1, of.count)], 1)), every)
    return _Rows(of.count, missing, _headed(_packed(there)), every[there])


def _numbers(rows: _Rows) -> Chunk:
    """Tell numbers: few different ones once each, many as they are."""
    known = rows.known
    if not len(known):
        return _chunk(rows, PLAIN, b"")
    if isinstance(known, list):
        values = distinct(np.array([value for value, _ in known], np.float64))
        at = {value: place for place, value in enumerate(values.tolist())}
        places: Runs | Array = [(at[value], size) for value, size in known]
    else:
        values, places = _coded(known)
    ends = np.float64(values.min()).tobytes(), np.float64(values.max()).tobytes()
    told = values.astype("<f8", copy=False).tobytes()
    if values is known:
        return _chunk(rows, PLAIN, told, ends=ends)
    dictionary = DictionaryPage(told, len(values), AS_IT_IS)
    return _chunk(rows, PLACES, _places(places, dictionary), dictionary, ends)


def _coded(values: Array) -> tuple[Array, Array]:
    """Give the different ones of some numbers, and where each stands; or all where most differ."""
    import pyarrow as pa

    if len(distinct(values[:_LOOK])) <= _LOOK // 2:
        coded = pa.array(values).dictionary_encode()
        if len(coded.dictionary) <= _MOST:
            return coded.dictionary.to_numpy(), coded.indices.to_numpy()
    return values, values


def _places(known: Runs | Array, dictionary: DictionaryPage) -> bytes:
    """Tell places in a dictionary."""
    width = dictionary.width
    if isinstance(known, list):
        return bytes([8 * width]) + _run_lengths(known, width)
    every = known.astype(f"<u{width}", copy=False)
    odd = -len(every) % 8
    return bytes([8 * width]) + _behind(len(every)) + every.tobytes() + bytes(odd * width)


def _packed(flags: Array) -> bytes:
    """Tell what is true, a bit each."""
    return _behind(len(flags)) + np.packbits(flags, bitorder="little").tobytes()


def _behind(count: int) -> bytes:
    """Say that so many values follow one behind the other, in groups of eight."""
    return compact.varint(-(-count // 8) << 1 | 1)


def _run_lengths(runs: Runs, width: int) -> bytes:
    told = [compact.varint(size << 1) + value.to_bytes(width, "little") for value, size in runs]
    return b"".join(told)


def _headed(levels: bytes) -> bytes:
    return len(levels).to_bytes(4, "little") + levels


def _differences(values: Array) -> bytes:
    """Tell numbers by how far each is from the one before, in blocks."""
    found = [*map(compact.varint, (_BLOCK, 1, len(values))), compact.zigzag(int(values[0]))]
    steps = np.diff(values)
    for first in range(0, len(steps), _BLOCK):
        some = steps[first : first + _BLOCK]
        least = int(some.min())
        most = int(some.max()) - least
        width = next(each for each in (1, 2, 4) if most < 1 << 8 * each)
        told = (some - least).astype(f"<u{width}").tobytes()
        found += [compact.zigzag(least), bytes([8 * width]), told.ljust(_BLOCK * width, b"\0")]
    return b"".join(found)


def _chunk(
    rows: _Rows,
    encoding: int,
    told: bytes,
    dictionary: DictionaryPage | None = None,
    ends: tuple[bytes, bytes] | None = None,
) -> Chunk:
    """Put the pages of a column together."""
    codec = SNAPPY if dictionary is None else dictionary.codec
    how = {1: rows.count, 2: encoding, 3: RLE, 4: RLE}
    header = compact.struct({at: compact.int32(number) for at, number in how.items()})
    page, unpacked = _page(_DATA, rows.levels + told, codec, 5, header)
    ahead = b"" if dictionary is None else dictionary.page
    return Chunk(
        pages=ahead + page,
        ahead=len(ahead),
        unpacked=unpacked + (0 if dictionary is None else dictionary.unpacked),
        codec=codec,
        encodings=(RLE, encoding) if dictionary is None else (PLAIN, RLE, encoding),
        count=rows.count,
        missing=rows.missing,
        ends=ends,
    )


def _page(
    kind: int, content: bytes, codec: int, field: int, told: compact.Encoded
) -> tuple[bytes, int]:
    """Give a page with its header, and how many bytes it would be if it was not packed."""
    packed = content
    if codec == SNAPPY:
        import pyarrow as pa

        packed = pa.compress(content, codec="snappy", asbytes=True)
    check = zlib.crc32(packed)
    header = compact.struct(
        {
            1: compact.int32(kind),
            2: compact.int32(len(content)),
            3: compact.int32(len(packed)),
            4: compact.int32(check - (1 << 32) if check >> 31 else check),
            field: told,
        }
    )[1]
    return header + packed, len(header) + len(content)
