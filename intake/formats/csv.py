"""Delimited text (.csv): separators, records and lines.

Text is cut at ends of records into pieces of some megabytes. A piece whose quotes are regular and
whose records all have as many fields as the header goes to Polars as a whole; any other piece, and
every small file, is read record by record. Both ways give the same cells.
"""

import csv
import io
import mmap
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import PurePath

import numpy as np
import numpy.typing as npt

from dabiao.intake.formats.table import HEAD, Block, Cell, OpenEnd, Ragged, Table
from dabiao.intake.formats.widths import FieldWidths, filled_to
from dabiao.intake.limits import Limits
from dabiao.intake.unreadable import Unreadable, bound_rows, empty, too_much
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass
from dabiao.schemas.room import ask_for_room

_SEPARATORS = (",", ";", "\t", "，", "|")
_DECLARED = re.compile(rb"sep=(.)\r?\n")
_DECLARATION = 8
_PIECE = 1 << 24
_SMALL = 1 << 20
"""Below this many bytes it is not worth loading Polars."""
_SAMPLE = 1 << 20
_FIELDS, _FEWEST = 1_000_000, 1_000
"""Fields that are read record by record before they are handed on, and the fewest records."""
_FIELD = 1 << 24
_TELLING = 4
"""Fields of a record from which on a line with as many is one by itself."""
_TAIL, _COMPARED, _SEVERAL, _COPIED = 1 << 14, 50, 3, 512
"""Bytes and rows at the end of a text, fewest of them to compare with, and bytes copied at once."""
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?")
_NEWLINE, _RETURN, _QUOTE = b"\n"[0], b"\r"[0], b'"'[0]

Bytes = npt.NDArray[np.uint8]
BytePlaces = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Record:
    """Fields, the line they begin in and the line after them."""

    line: int
    next_line: int
    fields: list[str]


def read_delimited(
    data: bytes | memoryview,
    file: str,
    understood: Callable[[str], bool],
    limits: Limits,
    small: int = _SMALL,
) -> Table:
    """Read delimited text in UTF-8.

    Args:
        data: The text.
        file: How the user calls the file.
        understood: Tells whether a field is a header that means something.
        limits: How much is read.
        small: Up to how many bytes the text is read record by record.

    Raises:
        Unreadable: It is empty or too large.
    """
    body, separator, first_line = _prepared(data, understood)
    text = _Text(body, separator, first_line, limits, small)
    head = [
        (record.line, {at: field for at, field in enumerate(record.fields) if field.strip()})
        for record in text.head()
    ]
    width = max((len(record.fields) for record in text.head()), default=0)
    if width > limits.columns:
        raise too_much(say(f"超过 {limits.columns} 列", f"over {limits.columns} columns"))
    end = None if _is_ended(data) else _open_end(body, separator, first_line, len(data))
    return Table(
        file,
        None,
        PurePath(file).stem,
        head,
        range(width),
        text.blocks,
        open_end=end,
        semicolons=separator == ";",
    )


def _is_ended(data: bytes | memoryview) -> bool:
    return bytes(data[-1:]) in {b"\n", b"\r", b"\x1a"}


def _open_end(data: memoryview, separator: str, first_line: int, size: int) -> OpenEnd | None:
    """Look at the last field of a text that does not end as a line does; None if it is no number.

    A copy that broke off may have cut the number. It looks so if every number above it is longer,
    or if the text is as long as copies are that break off between two blocks.
    """
    tail = bytes(data[-_TAIL:]).decode("utf-8", "ignore")
    rows = [line.rstrip("\r").split(separator) for line in tail.split("\n")[-_COMPARED:]]
    last = rows.pop()
    if '"' in tail or len(last) == 1 or _NUMBER.fullmatch(last[-1].strip()) is None:
        return None
    above = [row[-1].strip() for row in rows if len(row) == len(last)]
    numbers = [text for text in above if _NUMBER.fullmatch(text)]
    shorter = len(numbers) >= _SEVERAL and len(last[-1].strip()) < min(map(len, numbers))
    lines = sum(
        int(np.count_nonzero(np.frombuffer(data[at : at + _PIECE], np.uint8) == _NEWLINE))
        for at in range(0, len(data), _PIECE)
    )
    # A mark at the beginning (three bytes) was taken off.
    likely = shorter or size % _COPIED == 0 or (size + 3) % _COPIED == 0
    return OpenEnd(first_line + lines, len(last) - 1, last[-1].strip(), likely)


def read_records(data: bytes | memoryview, understood: Callable[[str], bool]) -> Iterator[Record]:
    """Give the records of a delimited text as they stand, those above the header included.

    Args:
        data: The text, in UTF-8.
        understood: Tells whether a field is a header that means something.

    Raises:
        Unreadable: It is empty, or a quote is never closed.
    """
    body, separator, first_line = _prepared(data, understood)
    lines = io.TextIOWrapper(io.BytesIO(body), "utf-8", "replace", newline="\n")
    return _records(lines, separator, first_line)


def _prepared(
    given: bytes | memoryview, understood: Callable[[str], bool]
) -> tuple[memoryview, str, int]:
    """Give a text with ends of lines of one kind, its separator, and the number of its first line.

    Raises:
        Unreadable: It is empty.
    """
    data = memoryview(_with_newlines(given))
    _release(data)
    first_line = 1
    declared = _DECLARED.match(data[:_DECLARATION])
    if declared is not None:
        data, first_line = data[declared.end() :], 2
    data = _without_end(data)
    if not data:
        raise empty()
    separator = declared[1].decode("latin-1") if declared else _separator(data, understood)
    return data, separator, first_line


def _with_newlines(data: bytes | memoryview) -> bytes | memoryview:
    """Make lone carriage returns, as old programs write them, ends of lines."""
    lone = after = 0
    for start in range(0, len(data), _PIECE):
        piece = bytes(data[start : start + _PIECE])
        lone += piece.count(b"\r") - piece.count(b"\r\n") - (after and piece[:1] == b"\n")
        after = piece[-1:] == b"\r"
    if not lone:
        return data
    return bytes(data).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _without_end(data: memoryview) -> memoryview:
    """Leave out blank lines at the end; nothing is left of a text that holds nothing else."""
    while data:
        tail = bytes(data[-_DECLARATION:])
        kept = tail.rstrip(b"\r\n")
        data = data[: len(data) - len(tail) + len(kept)]
        if kept:
            return data if len(data) > _SAMPLE or bytes(data).strip() else data[:0]
    return data


def _separator(data: memoryview, understood: Callable[[str], bool]) -> str:
    """Find the separator: the one that sets a known header apart, else the most frequent."""
    sample = bytes(data[: 1 << 16]).decode("utf-8", "ignore")
    best, chosen = (-1, -1), ","
    for separator in _SEPARATORS:
        records = _first(_records(io.StringIO(sample, newline="\n"), separator, 1))
        known = [len(r.fields) for r in records if any(map(understood, r.fields))]
        found = (max(known, default=0), max((len(r.fields) for r in records), default=0))
        if found > best:
            best, chosen = found, separator
    return chosen


def _first(records: Iterator[Record]) -> list[Record]:
    """Give the first records of a sample, as far as they are whole."""
    found: list[Record] = []
    with suppress(Unreadable):
        found.extend(islice(records, HEAD))
    return found


def _records(lines: Iterable[str], separator: str, line: int) -> Iterator[Record]:
    """Give the records that hold anything.

    Raises:
        Unreadable: A quote is never closed, so that it swallows the rest.
    """
    csv.field_size_limit(_FIELD)
    pending: list[str] = []

    def kept() -> Iterator[str]:
        for text in lines:
            pending.append(text)
            yield text

    reader = csv.reader(kept(), delimiter=separator)
    done = before = 0
    try:
        for fields in reader:
            if len(pending) > 1 or (pending and not pending[0].endswith("\n")):
                _refuse_unclosed(pending, separator, line + done)
                if _holds_records(pending, separator, before):
                    raise _unclosed(line + done)
            pending.clear()
            if any(map(str.strip, fields)):
                before = len(fields)
                yield Record(line + done, line + reader.line_num, fields)
            done = reader.line_num
    except csv.Error:
        raise _unclosed(line + done) from None


def _refuse_unclosed(pending: Sequence[str], separator: str, line: int) -> None:
    """Refuse a record whose quotes do not match, for it may hold the records of others."""
    try:
        list(csv.reader(pending, delimiter=separator, strict=True))
    except csv.Error:
        raise _unclosed(line) from None


def _holds_records(pending: Sequence[str], separator: str, usual: int) -> bool:
    """Tell whether a field that goes over several lines holds records of others.

    A quote that is closed rows below by another one too many leaves a record with as many fields
    as any. But each of its lines is, its quotes left aside, as long as a record by itself; a text
    that somebody broke into lines is not.
    """
    if usual < _TELLING or len(pending) == 1:
        return False
    return all(text.count(separator) + 1 >= usual for text in pending)


def _unclosed(line: int) -> Unreadable:
    return Unreadable(
        "unclosed-quote",
        say(
            f"第 {line} 行的引号没有闭合，把以下各行并成了一格，文件未读取",
            f"a quote of line {line} is not closed and takes the lines below in; the file was"
            " not read",
        ),
        say("补上引号，或删去多余的引号", "close the quote, or delete it"),
        line,
    )


@dataclass(frozen=True, slots=True)
class _Text:
    data: memoryview
    separator: str
    first_line: int
    limits: Limits
    small: int

    def head(self) -> list[Record]:
        """Give the first records, among which the header is."""
        return list(islice(self._begun(), HEAD))

    def _begun(self) -> Iterator[Record]:
        """Give the records of the beginning, as far as they are whole."""
        whole = len(self.data) <= _SAMPLE
        sample = bytes(self.data[:_SAMPLE])
        if not whole:
            sample = sample[: sample.rfind(b"\n") + 1] or bytes(self.data[:_PIECE])
        lines = io.StringIO(sample.decode("utf-8", "replace"), newline="\n")
        return _records(lines, self.separator, self.first_line)

    def blocks(self, after: int, wanted: Sequence[int]) -> Iterator[Block]:
        """Give the records below a line, piece by piece."""
        sample: list[Record] = []
        with suppress(Unreadable):  # that is told where it is come to
            sample.extend(self._begun())
        header = next((record for record in sample[:HEAD] if record.line == after), None)
        line = header.next_line if header is not None else self.first_line
        below = (record.fields for record in sample if record.line >= line)
        fields = header.fields if header is not None else sample[0].fields
        width = FieldWidths.of(fields, below, self.separator)
        rows = 0
        for block in self._blocks(line, width, wanted):
            rows += len(block.numbers)
            bound_rows(rows, len(wanted), self.limits)
            beyond: list[Cell] = [None] * len(block.numbers)
            absent = dict.fromkeys((at for at in wanted if at >= width.fields), beyond)
            yield replace(block, columns={**block.columns, **absent})

    def _blocks(self, line: int, width: FieldWidths, wanted: Sequence[int]) -> Iterator[Block]:
        start = _offset(self.data, line - self.first_line)
        whole = len(self.data) <= self.small or len(self.separator.encode()) > 1
        # What is read at once is as wide as the header, and nobody looks where it ends.
        whole = whole or width.closed or not width.allows(width.fields)
        size = _PIECE
        while start < len(self.data):
            rest = self.data[start:]
            piece = np.frombuffer(rest if whole else rest[:size], np.uint8)
            ends, quotes = _ends(piece)
            if whole or not _regular(piece, quotes, ord(self.separator)):
                yield from _one_by_one(rest, self.separator, line, width, wanted)
                return
            if len(piece) < len(rest):
                if not len(ends):
                    size *= 2
                    continue
                piece = piece[: int(ends[-1]) + 1]
            block = _at_once(piece, self.separator, line, width, wanted)
            if block is not None:
                yield block
            else:
                yield from _one_by_one(memoryview(piece.data), self.separator, line, width, wanted)
            start += len(piece)
            line += int(np.count_nonzero(piece == _NEWLINE))
            size = _PIECE
            _release(self.data)


def _release(data: memoryview) -> None:
    """Let go of the parts of a file that were read; they come back if they are needed again."""
    advise = getattr(data.obj, "madvise", None)
    if advise is not None:
        advise(mmap.MADV_DONTNEED)


def _offset(data: memoryview, lines: int) -> int:
    """Give the place of the byte after so many lines."""
    start = 0
    while lines > 0 and start < len(data):
        ends = np.flatnonzero(np.frombuffer(data[start : start + _PIECE], np.uint8) == _NEWLINE)
        if len(ends) >= lines:
            return start + int(ends[lines - 1]) + 1
        lines -= len(ends)
        start += _PIECE
    return min(start, len(data))


def _ends(data: Bytes) -> tuple[BytePlaces, BytePlaces]:
    """Give the ends of records and the places of quotes; a newline in quotes ends nothing."""
    newlines = np.flatnonzero(data == _NEWLINE)
    quotes = np.flatnonzero(data == _QUOTE)
    if len(quotes):
        newlines = newlines[np.searchsorted(quotes, newlines) % 2 == 0]
    return newlines, quotes


def _regular(data: Bytes, quotes: BytePlaces, separator: int) -> bool:
    """Tell whether quotes stand only around whole fields, or doubled within them."""
    if not len(quotes):
        return True
    opening, closing = quotes[::2], quotes[1::2]
    before = data[np.maximum(opening - 1, 0)]
    after = data[np.minimum(closing + 1, len(data) - 1)]
    starts = (opening == 0) | np.isin(before, [separator, _NEWLINE, _QUOTE])
    ends = (closing == len(data) - 1) | np.isin(after, [separator, _NEWLINE, _RETURN, _QUOTE])
    return bool(starts.all() and ends.all())


def _lines(data: memoryview) -> Iterator[str]:
    """Give the lines, some megabytes at a time."""
    start, size = 0, _SAMPLE
    while start < len(data):
        piece = bytes(data[start : start + size])
        whole = start + len(piece) == len(data) and len(piece) <= _FIELD
        end = len(piece) if whole else piece.rfind(b"\n") + 1
        if not end:
            if size > _FIELD:
                raise too_much(say("有一行过长", "a line is too long"))
            size *= 2
            continue
        yield from io.StringIO(piece[:end].decode("utf-8", "replace"), newline="\n")
        start, size = start + end, _SAMPLE


def _one_by_one(
    data: memoryview, separator: str, line: int, width: FieldWidths, wanted: Sequence[int]
) -> Iterator[Block]:
    """Read record by record."""
    records = _records(_lines(data), separator, line)
    at_a_time = max(_FEWEST, _FIELDS // max(width.fields, 1))
    while True:
        some: list[Record] = []
        ragged: dict[int, Ragged] = {}
        for record in islice(records, at_a_time):
            if not width.fits(record.fields):
                last = filled_to(record.fields) - 1
                given, text = len(record.fields), record.fields[last]
                expected = width.expected(given)
                if width.is_beyond(record.fields):
                    given, expected = last + 1, width.filled
                customary = width.is_customary(record.fields)
                ragged[len(some)] = Ragged(given, expected, last, text, customary)
            del record.fields[width.fields :]
            some.append(record)
        if not some:
            return
        columns: dict[int, list[Cell]] = {
            at: [(r.fields[at] or None) if at < len(r.fields) else None for r in some]
            for at in wanted
            if at < width.fields
        }
        yield Block(np.array([record.line for record in some], np.int32), columns, ragged)


def _at_once(
    data: Bytes, separator: str, line: int, width: FieldWidths, wanted: Sequence[int]
) -> Block | None:
    """Read whole records of one width at once; None if any of them differs."""
    ask_for_room(len(data))
    import polars as pl

    ends, quotes = _ends(data)
    if not len(ends) or ends[-1] != len(data) - 1:
        ends = np.r_[ends, len(data)]
    if width.fields == 1 or _separators(data, separator, quotes) != len(ends) * (width.fields - 1):
        return None
    if len(quotes) and _breaks_like_records(data, separator, ends, width.fields):
        return None
    try:
        frame = pl.read_csv(
            io.BytesIO(data.data),
            has_header=False,
            separator=separator,
            infer_schema=False,
            columns=[at for at in wanted if at < width.fields],
            new_columns=[str(at) for at in range(width.fields)],
        )
    except pl.exceptions.PolarsError:
        return None  # some record is longer, and another shorter
    if frame.height != len(ends):
        return None
    newlines = np.flatnonzero(data == _NEWLINE)
    numbers = line + np.searchsorted(newlines, np.r_[0, ends[:-1] + 1])
    columns = {at: frame.get_column(str(at)) for at in wanted if at < width.fields}
    return Block(np.asarray(numbers, np.int32), columns)


def _breaks_like_records(data: Bytes, separator: str, ends: BytePlaces, fields: int) -> bool:
    """Tell whether a line within quotes is as long as a record, so that it may be one."""
    newlines = np.flatnonzero(data == _NEWLINE)
    within = ~np.isin(newlines, ends)
    if not within.any():
        return False
    places = np.flatnonzero(data == ord(separator))
    counts = np.diff(np.searchsorted(places, np.r_[newlines, len(data)]))
    return bool((counts[within] + 1 >= fields).any())


def _separators(data: Bytes, separator: str, quotes: BytePlaces) -> int:
    """Count the separators outside of quotes."""
    if not len(quotes):
        return data.tobytes().count(separator.encode())
    found = np.flatnonzero(data == ord(separator))
    return int(np.count_nonzero(np.searchsorted(quotes, found) % 2 == 0))
