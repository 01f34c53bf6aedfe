"""Columns of a row group as the pages of Parquet.

Most columns of findings have few values, many of them the same for thousands of rows, and whoever
makes them knows where. So a column comes in pieces, each a number for all its rows or one a row;
what stands for thousands takes a few bytes, where other writers look at each row again::

    dictionary page   the different values, once each; packed, where they are texts
    data page         levels: which rows have a value;  then the places of the values in the
                      dictionary: one and how often it comes, or all of them, in whole bytes
    data page         …

Numbers with few decimals are places among all such numbers between the least and the greatest,
which is quicker than to look each of them up. Numbers most of which differ are told as they are,
and those that ascend by their differences. Arrays are written from where they lie.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from dabiao.reports.run.parquet import compact
from dabiao.schemas.distinct import distinct
from dabiao.schemas.record import dataclass

T = TypeVar("T")
Array = npt.NDArray[Any]
SomeRows = int | float | Array
"""Some rows of a column: a number that all of them have, or one a row."""
Runs = list[tuple[Any, int]]
"""Numbers, each with how often it comes."""
Told = bytes | memoryview
"""Some of a page."""
PLAIN, RLE, DELTAS, PLACES = 0, 3, 5, 8
"""How values are told."""
AS_IT_IS, SNAPPY = 0, 1
"""How pages are packed."""
_DICTIONARY, _DATA = 2, 3
_PAGE = 1 << 15
"""Rows from which on a page is full: what is done to them one after the other stays at hand."""
_FEW = 1 << 10
"""The same where numbers ascend, mostly from one piece to the next no further."""
_MOST = 1 << 16
"""Different numbers up to which each is told once."""
_LOOK = 1 << 13
"""Numbers that are looked at first: where most of them differ, so do all."""
_SCALES = (1.0, 100.0, 10_000.0)
"""What numbers with no, two and four decimals have to be multiplied by to be whole."""
_WHOLE = 1 << 31
_MINIBLOCK = 128
"""Differences come in a multiple of this."""


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A column of a row group, as it stands in the file.

    Attributes:
        pages: Its pages, as they follow one another.
        size: How many bytes they are.
        ahead: How many bytes of them are its dictionary.
        unpacked: How many bytes they would be if they were not packed.
        codec: How its dictionary is packed.
        encodings: How values are told.
        count: How many values there are, with those that are missing.
        missing: How many are missing.
        ends: The least and the greatest, where they tell something.
    """

    pages: Sequence[Told]
    size: int
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

    def parts(self, most: int = _PAGE) -> "Iterator[Pieces]":
        """Yield what stands in a page each: all of it, where each piece is one number."""
        if self.runs() is not None:
            yield self
            return
        for some in together(self, lambda piece: piece[1], most):
            yield Pieces(*zip(*some, strict=True))

    def runs(self) -> Runs | None:
        """Give its values, where each piece is one number."""
        if any(isinstance(each, np.ndarray) for each in self._pieces):
            return None
        return list(self)

    def spread(self, kind: type[np.generic]) -> Array:
        """Give the value of each row."""
        if len(self._pieces) == 1 and isinstance(self._pieces[0], np.ndarray):
            return np.ascontiguousarray(self._pieces[0], kind)
        found = np.empty(self.count, kind)
        first = 0
        for piece, size in self:
            found[first : first + size] = piece
            first += size
        return found


def together(some: Iterable[T], size: Callable[[T], int], most: int) -> Iterator[list[T]]:
    """Put together what comes in pieces, until there is enough of it."""
    waiting: list[T] = []
    held = 0
    for each in some:
        waiting.append(each)
        held += size(each)
        if held >= most:
            yield waiting
            waiting, held = [], 0
    if waiting:
        yield waiting


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
        codec: How it is packed.
    """

    def __init__(self, values: bytes, size: int, codec: int) -> None:
        packed = values
        if codec == SNAPPY:
            import pyarrow as pa

            packed = pa.compress(values, codec="snappy", asbytes=True)
        told = compact.struct({1: compact.int32(size), 2: compact.int32(PLAIN)})
        self.page = b"".join(_page(_DICTIONARY, [packed], len(values), 7, told))
        self.unpacked = len(self.page) - len(packed) + len(values)
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
    pages = [
        _rows(part, np.int32, lambda place: place >= 0, optional=optional) for part in of.parts()
    ]
    if not any(len(rows.known) for rows in pages):
        return _chunk(pages, PLAIN, [[] for _ in pages])
    ends = None
    if named is not None and isinstance(pages[0].known, list):
        said = [named[place] for place, _ in pages[0].known]
        ends = min(said).encode(), max(said).encode()
    told = [_places(rows.known, dictionary) for rows in pages]
    return _chunk(pages, PLACES, told, dictionary, ends)


def years(of: Pieces) -> Chunk:
    """Give a column of whole numbers that few pieces do not have in common."""
    known: Runs = of.runs() or [(each, 1) for each in of.spread(np.int32).tolist()]
    values = np.array(sorted({value for value, _ in known}), "<i4")
    at = {value: place for place, value in enumerate(values.tolist())}
    dictionary = DictionaryPage(values.tobytes(), len(values), AS_IT_IS)
    told = _places([(at[value], size) for value, size in known], dictionary)
    ends = values[0].tobytes(), values[-1].tobytes()
    return _chunk([_Rows(of.count, of.count, known)], PLACES, [told], dictionary, ends)


def numbers(of: Pieces) -> Chunk:
    """Give a column of numbers, NaN where there is none."""
    return _numbers(
        [
            _rows(part, np.float64, lambda number: number == number, optional=True)  # noqa: PLR0124 - NaN
            for part in of.parts()
        ]
    )


def lists(sizes: Pieces, values: Array) -> Chunk:
    """Give a column of lists of numbers.

    Args:
        sizes: How many numbers each row has.
        values: All of them, behind one another.
    """
    pages, first = [], 0
    for part in sizes.parts():
        runs = part.runs()
        if runs is not None and all(size <= 1 for size, _ in runs):
            count, known = part.count, sum(size * rows for size, rows in runs)
            levels = _run_lengths([(0, count)], 1), _run_lengths(runs, 1)
        else:
            every = part.spread(np.int64)
            starts = np.cumsum(np.maximum(every, 1))
            count, known = int(starts[-1]), int(every.sum())
            goes_on, there = np.ones(count, np.bool_), np.ones(count, np.bool_)
            starts = np.concatenate([[0], starts[:-1]])
            goes_on[starts], there[starts[every == 0]] = False, False
            levels = _packed(goes_on), _packed(there)
        pages.append(_Rows(part.count, count, values[first : first + known], *levels))
        first += known
    return _numbers(pages)


def ascending(of: Pieces) -> Chunk:
    """Give a column of whole numbers most of which are a little above the one before."""
    if of.runs() is not None:
        return years(of)
    every = [part.spread(np.int32) for part in of.parts(_FEW)]
    pages = [_Rows(len(values), len(values), values) for values in every]
    return _chunk(pages, DELTAS, [_differences(values) for values in every])


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The rows of a page: which have a value, and which.

    Attributes:
        size: How many they are.
        count: How many values there are, with those that are missing.
        known: Those that are there.
        repeated: Which of them belong to the row of the one before.
        levels: Which are there.
    """

    size: int
    count: int
    known: Runs | Array
    repeated: bytes = b""
    levels: bytes = b""

    @property
    def missing(self) -> int:
        """How many are missing."""
        if isinstance(self.known, list):
            return self.count - sum(size for _, size in self.known)
        return self.count - len(self.known)


def _rows(
    of: Pieces, kind: type[np.generic], is_there: Callable[[Any], Any], *, optional: bool
) -> _Rows:
    """Tell which rows of a column have a value."""
    runs, size = of.runs(), of.count
    if runs is not None:
        known = [(value, rows) for value, rows in runs if is_there(value)]
        told = [(int(is_there(value)), rows) for value, rows in runs] if optional else []
        return _Rows(size, size, known, levels=_run_lengths(told, 1))
    every = of.spread(kind)
    if not optional:
        return _Rows(size, size, every)
    there = is_there(every)
    if there.all():
        return _Rows(size, size, every, levels=_run_lengths([(1, size)], 1))
    return _Rows(size, size, every[there], levels=_packed(there))


def _numbers(pages: Sequence[_Rows]) -> Chunk:
    """Tell numbers: few different ones once each, many as they are."""
    columns = [
        np.array([value for value, _ in rows.known], np.float64)
        if isinstance(rows.known, list)
        else rows.known
        for rows in pages
    ]
    known = [column for column in columns if len(column)]
    if not known:
        return _chunk(pages, PLAIN, [[] for _ in pages])
    ends = min(each.min() for each in known).tobytes(), max(each.max() for each in known).tobytes()
    coded = _with_few_decimals(columns) or _looked_up(columns)
    if coded is None:
        spread = [
            np.repeat(column, [size for _, size in rows.known])
            if isinstance(rows.known, list)
            else column
            for rows, column in zip(pages, columns, strict=True)
        ]
        return _chunk(pages, PLAIN, [[_bytes(each, "<f8")] for each in spread], ends=ends)
    values, places = coded
    dictionary = DictionaryPage(values.astype("<f8", copy=False).tobytes(), len(values), AS_IT_IS)
    told = [
        _places(
            [(at, size) for at, (_, size) in zip(each.tolist(), rows.known, strict=True)]
            if isinstance(rows.known, list)
            else each,
            dictionary,
        )
        for rows, each in zip(pages, places, strict=True)
    ]
    return _chunk(pages, PLACES, told, dictionary, ends)


def _with_few_decimals(columns: Sequence[Array]) -> tuple[Array, list[Array]] | None:
    """Give all numbers of so many decimals from the least on, and which of these each is.

    None where some number has more decimals, or most of those between are none of them.
    """
    for scale in _SCALES:
        found = []
        for column in columns:
            whole = _whole(column, scale)
            if whole is None:
                break
            found.append(whole)
        else:
            ends = [(int(each.min()), int(each.max())) for each in found if len(each)]
            least, most = min(low for low, _ in ends), max(high for _, high in ends)
            if most - least >= min(_MOST, sum(map(len, columns)) // 2):
                return None
            return np.arange(least, most + 1) / scale, [each - least for each in found]
    return None


def _whole(values: Array, scale: float) -> Array | None:
    """Multiply numbers so that they are whole; None where some are not, or are too large."""
    near = values * scale
    np.rint(near, out=near)
    if not (near / scale == values).all() or not len(values):
        return None if len(values) else values
    least, most = near.min(), near.max()
    if least < -_WHOLE or most >= _WHOLE:
        return None
    if least <= 0 <= most and np.signbit(values[near == 0]).any():  # 0 is told as 0, not as -0
        return None
    return near.astype(np.int32)


def _looked_up(columns: Sequence[Array]) -> tuple[Array, list[Array]] | None:
    """Give the different ones of some numbers, and where each stands; None where most differ."""
    import pyarrow as pa

    first = next(each for each in columns if len(each))[:_LOOK]
    if len(distinct(first)) > _LOOK // 2:
        return None
    coded = pa.array(np.concatenate(columns)).dictionary_encode()
    if len(coded.dictionary) > _MOST:
        return None
    ends = np.cumsum([len(each) for each in columns])[:-1]
    return coded.dictionary.to_numpy(), np.split(coded.indices.to_numpy(), ends)


def _places(known: Runs | Array, dictionary: DictionaryPage) -> list[Told]:
    """Tell places in a dictionary."""
    width = dictionary.width
    head = bytes([8 * width])
    if isinstance(known, list):
        return [head + _run_lengths(known, width)]
    odd = -len(known) % 8
    return [head + _behind(len(known)), _bytes(known, f"<u{width}"), bytes(odd * width)]


def _bytes(values: Array, kind: str) -> memoryview:
    """Give numbers as they stand in a file, from where they lie if they do so there."""
    if values.dtype.kind in "iu" and values.dtype.itemsize == np.dtype(kind).itemsize:
        kind = values.dtype.newbyteorder("<").str
    return np.ascontiguousarray(values, kind).view(np.uint8).data


def _packed(flags: Array) -> bytes:
    """Tell what is true, a bit each."""
    return _behind(len(flags)) + np.packbits(flags, bitorder="little").tobytes()


def _behind(count: int) -> bytes:
    """Say that so many values follow one behind the other, in groups of eight."""
    return compact.varint(-(-count // 8) << 1 | 1)


def _run_lengths(runs: Runs, width: int) -> bytes:
    told = [compact.varint(size << 1) + value.to_bytes(width, "little") for value, size in runs]
    return b"".join(told)


def _differences(values: Array) -> list[Told]:
    """Tell numbers by how far each is from the one before, all in one block."""
    steps = np.diff(values)
    size = -(-max(len(steps), 1) // _MINIBLOCK) * _MINIBLOCK
    head = b"".join(map(compact.varint, (size, 1, len(values)))) + compact.zigzag(int(values[0]))
    if not len(steps):
        return [head]
    least = int(steps.min())
    most = int(steps.max()) - least
    width = next(each for each in (1, 2, 4) if most < 1 << 8 * each)
    told = (steps - least).astype(f"<u{width}")
    head += compact.zigzag(least) + bytes([8 * width])
    return [head, _bytes(told, told.dtype.str), bytes((size - len(steps)) * width)]


def _chunk(
    pages: Sequence[_Rows],
    encoding: int,
    told: Sequence[Sequence[Told]],
    dictionary: DictionaryPage | None = None,
    ends: tuple[bytes, bytes] | None = None,
) -> Chunk:
    """Put the pages of a column together."""
    found: list[Told] = [] if dictionary is None else [dictionary.page]
    ahead = sum(map(len, found))
    for rows, values in zip(pages, told, strict=True):
        numbers = (
            rows.count,
            rows.missing,
            rows.size,
            encoding,
            len(rows.levels),
            len(rows.repeated),
        )
        how = {at: compact.int32(number) for at, number in enumerate(numbers, start=1)}
        header = compact.struct({**how, 7: compact.flag(truth=False)})
        content = [rows.repeated, rows.levels, *values]
        found += _page(_DATA, content, sum(map(len, content)), 8, header)
    size = sum(map(len, found))
    packed = 0 if dictionary is None else dictionary.unpacked - ahead
    return Chunk(
        pages=found,
        size=size,
        ahead=ahead,
        unpacked=size + packed,
        codec=AS_IT_IS if dictionary is None else dictionary.codec,
        encodings=(RLE, encoding) if dictionary is None else (PLAIN, RLE, encoding),
        count=sum(rows.count for rows in pages),
        missing=sum(rows.missing for rows in pages),
        ends=ends,
    )


def _page(
    kind: int, content: Sequence[Told], unpacked: int, field: int, told: compact.Encoded
) -> list[Told]:
    """Give a page with its header.

    Args:
        kind: What page.
        content: What stands in it.
        unpacked: How many bytes that would be if it was not packed.
        field: What its own header is called.
        told: Its own header.
    """
    check = 0
    for some in content:
        check = zlib.crc32(some, check)
    header = compact.struct(
        {
            1: compact.int32(kind),
            2: compact.int32(unpacked),
            3: compact.int32(sum(map(len, content))),
            4: compact.int32(check - (1 << 32) if check >> 31 else check),
            field: told,
        }
    )[1]
    return [header, *content]
