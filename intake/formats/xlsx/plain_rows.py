"""Rows of a sheet that are written as nearly all are, taken before the parser sees them.

A parser of XML calls back for every tag, which costs more than all that is done with the cells. Yet
nearly all rows are written in one way: cells with a reference, perhaps a style and a type, and one
value without entities; a text may spell characters by their numbers. Such rows are recognised whole
by a pattern and read from it; every other one goes to the parser as it stands, and so does all that
is no row. Whatever could make text look like rows that are none (comments, sections of plain text)
ends this for the rest of the sheet.
"""

import re
from collections.abc import Callable
from enum import Enum, auto

_TEXT = rb"[^<>&\x00-\x1f]*"
_VALUE = rb"<v>(" + _TEXT + rb")</v>"
_FORMULA = rb"<f(?: [a-z]+=\"[^\"<>&\x00-\x1f]*\")*(?:/>|>" + _TEXT + rb"</f>)"
_SPELLED = rb"&#(1[6-9][0-9]|[2-9][0-9]{2}|[1-9][0-9]{3}|[1-4][0-9]{4}|65[0-4][0-9]{2});"
"""A character by its number, as some libraries write all but ASCII; each is allowed in XML."""
_WRITTEN = _TEXT + rb"(?:" + _SPELLED.replace(b"(", b"(?:") + _TEXT + rb")*"
_INLINE = rb"<is><t(?: xml:space=\"preserve\")?>(" + _WRITTEN + rb")</t></is>"
_CELLS = re.compile(
    rb"(<c r=\"([A-Z]{1,3})[0-9]{1,7}\"(?: s=\"([0-9]{1,9})\")?(?: t=\"([A-Za-z]{1,9})\")?"
    rb"(?:/>|>(" + _FORMULA + rb")?(?:" + _VALUE + rb"|" + _INLINE + rb")?</c>))"
)
_CHARACTER = re.compile(_SPELLED)
_ROW = re.compile(rb"\s*<row((?: [A-Za-z0-9:]+=\"[^\"<>&\x00-\x1f\x80-\xff]*\")*)(/?)>")
_ATTRIBUTES = re.compile(rb" ([A-Za-z0-9:]+)=\"([^\"]*)\"")
_BEGIN, _END, _ROW_END = b"<sheetData>", b"</sheetData", b"</row>"
_NO_CHARACTERS = b"\xef\xbf"
"""How those begin that no XML may hold; and others, which the parser tells from them."""
_LONGEST = 1 << 17
"""Bytes of a row that is read here, and so of a cell."""
_HELD = 1 << 20
"""Bytes after which the end of a row is no longer waited for."""

PlainCell = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]
"""All of it; the letters of its column, its style, its type, its formula, its value, and its text,
as it is written: see ``spelled_out``."""


class _Stage(Enum):
    BEFORE = auto()
    ROWS = auto()
    OVER = auto()


class RowSieve:
    """Takes plain rows out of a sheet that comes piece by piece, in UTF-8.

    Args:
        take: Takes a row: its attributes, and its cells.
        inside: Tells whether the parser is among the rows of the sheet.
    """

    def __init__(
        self, take: Callable[[dict[str, str], list[PlainCell]], None], inside: Callable[[], bool]
    ) -> None:
        """Begin before the rows."""
        self._take = take
        self._inside = inside
        self._stage = _Stage.BEFORE
        self._held = b""

    def sift(self, data: bytes, feed: Callable[[bytes], None]) -> None:
        """Take the plain rows of the next piece, and give on the rest; at the end it is empty."""
        held = self._held + data
        if not data:
            self._stage = _Stage.OVER
        self._held = b""
        if self._stage is _Stage.BEFORE:
            held = self._begin(held, feed)
        if self._stage is _Stage.ROWS:
            held = self._rows(held, feed)
            if _END in held or len(held) > _HELD:
                self._stage = _Stage.OVER
        if self._stage is _Stage.OVER:
            feed(held)
        else:
            self._held = held

    def _begin(self, held: bytes, feed: Callable[[bytes], None]) -> bytes:
        at = held.find(_BEGIN)
        if at < 0:
            kept = len(held) - len(_BEGIN) + 1
            feed(held[: max(kept, 0)])
            return held[max(kept, 0) :]
        feed(held[: at + len(_BEGIN)])
        self._stage = _Stage.ROWS if self._inside() else _Stage.OVER
        return held[at + len(_BEGIN) :]

    def _rows(self, held: bytes, feed: Callable[[bytes], None]) -> bytes:
        at, stop = 0, held.rfind(_ROW_END) + len(_ROW_END)
        if stop < len(_ROW_END):
            return held
        while at < stop:
            row = _ROW.match(held, at, stop)
            if row is not None and row[2]:
                self._take(_attributes(row[1]), [])
                at = row.end()
                continue
            last = held.index(_ROW_END, at)
            end = last + len(_ROW_END)
            if row is not None and end - at <= _LONGEST:
                body = held[row.end() : last]
                cells: list[PlainCell] = _CELLS.findall(body)
                all_of_it = sum([len(cell[0]) for cell in cells]) == len(body)
                if all_of_it and _NO_CHARACTERS not in body:
                    self._take(_attributes(row[1]), cells)
                    at = end
                    continue
            piece = held[at:end]
            feed(piece)
            at = end
            if b"<!" in piece or b"<?" in piece:
                self._stage = _Stage.OVER
                break
        return held[at:]


def _attributes(written: bytes) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in _ATTRIBUTES.findall(written)}


def spelled_out(text: bytes) -> str:
    """Give a text of a plain cell with the characters that it spells by their numbers."""
    return _CHARACTER.sub(lambda found: chr(int(found[1])).encode(), text).decode()
