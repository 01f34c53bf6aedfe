"""Columns of a row group as the pages of Parquet.

Most columns of findings have few values, many of them the same for thousands of rows, and whoever
makes them knows where. So a column comes in pieces, and what stands for thousands takes a few
bytes, where other writers look at each row again::

    dictionary page   the different values, once each; packed, where they are texts
    data page         levels: which rows have a value;  then the places of the values in the
                      dictionary: one and how often it comes, or all of them, in whole bytes
    data page         …

Numbers with few decimals are places among all such numbers between the least and the greatest,
which is quicker than to look each of them up. Numbers most of which differ are told as they are,
and those that ascend by their differences. Arrays are written from where they lie.
"""

import zlib
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from dabiao.reports.run.parquet import compact
from dabiao.reports.run.parquet.pieces import PAGE, Array, Pieces, Runs, together
from dabiao.schemas.distinct import MOST, SCALES, FewNumbers, distinct, whole_numbers
from dabiao.schemas.record import dataclass

_Known = Runs | Array | FewNumbers
"""Numbers of a page."""
_Stretch = bytes | memoryview
"""Some of a page."""
PLAIN, RLE, DELTAS, PLACES = 0, 3, 5, 8
"""How values are told."""
AS_IT_IS, SNAPPY = 0, 1
"""How pages are packed."""
_DICTIONARY, _DATA = 2, 3
_FEW = 1 << 10
"""Rows from which on a page is full of numbers that ascend, mostly within a piece alone."""
_LOOK = 1 << 13
"""Numbers that are looked at first: where most of them differ, so do all."""
_ASCII = 128
"""Sizes below are characters as well."""
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

    pages: Sequence[_Stretch]
    size: int
    ahead: int
    unpacked: int
    codec: int
    encodings: Sequence[int]
    count: int
    missing: int
    ends: tuple[bytes, bytes] | None


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
        values = b"".join(_behind_sizes(list(some)) for _, some in groupby(texts, len))
        return cls(values, len(texts), SNAPPY)


def _behind_sizes(texts: Sequence[str]) -> bytes:
    """Put texts of one length behind one another, each behind its size in bytes."""
    size = len(texts[0])
    if size < _ASCII:
        ahead = size.to_bytes(4, "little").decode()
        joined = ahead + ahead.join(texts)
        if joined.isascii():  # as codes are
            return joined.encode()
    told = map(str.encode, texts)
    return b"".join([len(each).to_bytes(4, "little") + each for each in told])


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
    told = [_places(rows.known, dictionary) for rows in pages]  # type: ignore[arg-type] # no numbers
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


def lists(sizes: Pieces, values: Iterable[Array | FewNumbers]) -> Chunk:
    """Give a column of lists of numbers.

    Args:
        sizes: How many numbers each row has.
        values: All of them, behind one another, piece by piece.
    """
    pages = []
    for some in together(zip(sizes, values, strict=True), lambda piece: piece[0][1], PAGE):
        part = Pieces(*zip(*[piece for piece, _ in some], strict=True))
        own = [each for _, each in some]
        known = own[0] if len(own) == 1 else np.concatenate(list(map(_spread, own)))
        runs = part.runs() or [(-1, part.count)]
        most = max(size for size, _ in runs)
        if 0 <= most <= 1:
            count = part.count
            levels = _run_lengths([(0, count)], 1), _run_lengths(runs, 1)
        elif most > 1 and all(size == most for size, _ in runs):
            count = part.count * most
            goes_on = np.ones(count, np.bool_)
            goes_on[::most] = False
            levels = _packed(goes_on), _run_lengths([(1, count)], 1)
        else:
            every = part.spread(np.int64)
            ends = np.cumsum(np.maximum(every, 1))
            count, starts = int(ends[-1]), ends - np.maximum(every, 1)
            goes_on, there = np.ones(count, np.bool_), np.ones(count, np.bool_)
            goes_on[starts], there[starts[every == 0]] = False, False
            levels = _packed(goes_on), _packed(there)
        pages.append(_Rows(part.count, count, known, *levels))
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
    known: _Known
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
    few = of.few()
    if few is not None:
        return _Rows(size, size, few, levels=_run_lengths([(1, size)], 1))
    every = of.spread(kind)
    if not optional:
        return _Rows(size, size, every)
    there = is_there(every)
    if there.all():
        return _Rows(size, size, every, levels=_run_lengths([(1, size)], 1))
    return _Rows(size, size, every[there], levels=_packed(there))


def _numbers(pages: Sequence[_Rows]) -> Chunk:
    """Tell numbers: few different ones once each, many as they are."""
    columns = [_different(rows.known) for rows in pages]
    known = [column for column in columns if len(column)]
    if not known:
        return _chunk(pages, PLAIN, [[] for _ in pages])
    ends = min(each.min() for each in known).tobytes(), max(each.max() for each in known).tobytes()
    count = sum(rows.count - rows.missing for rows in pages)
    coded = _with_few_decimals(columns, min(MOST, count // 2)) or _looked_up(columns)
    if coded is None:
        plain = [[_bytes(_spread(rows.known), "<f8")] for rows in pages]
        return _chunk(pages, PLAIN, plain, ends=ends)
    values, places = coded
    dictionary = DictionaryPage(values.astype("<f8", copy=False).tobytes(), len(values), AS_IT_IS)
    told = [
        _places(_each(rows.known, each), dictionary)
        for rows, each in zip(pages, places, strict=True)
    ]
    return _chunk(pages, PLACES, told, dictionary, ends)


def _different(known: _Known) -> Array:
    """Give the numbers to look at, among which the same one may come again."""
    if isinstance(known, list):
        return np.array([value for value, _ in known], np.float64)
    return known.values if isinstance(known, FewNumbers) else known


def _each(known: _Known, found: Array) -> Runs | Array:
    """Give what was found of these for all of them."""
    if isinstance(known, list):
        return [(each, size) for each, (_, size) in zip(found.tolist(), known, strict=True)]
    if not isinstance(known, FewNumbers):
        return found
    few: Array = found.astype(np.uint16)
    if len(few) > 1 and (np.diff(found) == (step := found[1] - found[0])).all() and abs(step) == 1:
        # Quicker than to look each of them up.
        every: Array = few[0] + (known.places if step > 0 else -known.places)
        return every
    return few.take(known.places)


def _spread(known: _Known) -> Array:
    if isinstance(known, list):
        return np.repeat(*np.transpose(known))
    return known.spread(known.values) if isinstance(known, FewNumbers) else known


def _with_few_decimals(columns: Sequence[Array], most: int) -> tuple[Array, list[Array]] | None:
    """Give all numbers of so many decimals from the least on, and which of these each is.

    None where some number has more decimals, or there are more than ``most`` such numbers.
    """
    for scale in SCALES:
        found = []
        for column in columns:
            whole = whole_numbers(column, scale)
            if whole is None:
                break
            found.append(whole)
        else:
            first = min(int(each.min()) for each in found if len(each))
            last = max(int(each.max()) for each in found if len(each))
            if last - first >= most:
                return None
            return np.arange(first, last + 1) / scale, [each - first for each in found]
    return None


def _looked_up(columns: Sequence[Array]) -> tuple[Array, list[Array]] | None:
    """Give the different ones of some numbers, and where each stands; None where most differ."""
    import pyarrow as pa

    first = next(each for each in columns if len(each))[:_LOOK]
    if len(distinct(first)) > _LOOK // 2:
        return None
    coded = pa.array(np.concatenate(columns)).dictionary_encode()
    if len(coded.dictionary) > MOST:
        return None
    ends = np.cumsum([len(each) for each in columns])[:-1]
    return coded.dictionary.to_numpy(), np.split(coded.indices.to_numpy(), ends)


def _places(known: Runs | Array, dictionary: DictionaryPage) -> list[_Stretch]:
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


def _differences(values: Array) -> list[_Stretch]:
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
    told: Sequence[Sequence[_Stretch]],
    dictionary: DictionaryPage | None = None,
    ends: tuple[bytes, bytes] | None = None,
) -> Chunk:
    """Put the pages of a column together."""
    found: list[_Stretch] = [] if dictionary is None else [dictionary.page]
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
    kind: int, content: Sequence[_Stretch], unpacked: int, field: int, told: compact.Encoded
) -> list[_Stretch]:
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
