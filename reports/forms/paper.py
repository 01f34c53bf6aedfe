"""How a sheet goes onto A4: how wide its columns are, and where a page ends."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby

from dabiao.schemas.form import Field
from dabiao.schemas.measure import ItemType
from dabiao.schemas.record import dataclass

A4 = 9
"""The paper, as spreadsheets number it."""
MARGIN = 0.4
"""On the left and right, in inches."""
_PAGE = 975
"""Width of A4 landscape between the margins, in pixels of the screen.

There is some to spare, as programs that lack a font draw columns up to six per cent wider.
"""
_SMALLEST, _SCALE = 60, 70
"""Per cent to which a sheet may shrink to fit one page, and to which one of many pages does."""
_WIDE_POINTS, _TALL_POINTS = 784.0, 500.0
"""What A4 landscape has between margins, header and footer, in points."""
_FEW, _TO_FEW, _TO_ONE_LESS, _LAST = 2, 0.78, 0.9, 0.4
"""A sheet of so few pages shrinks to this share of its size, to be on one or two, rather than on a
few lines more; one of more pages to this, if so much of the last page would be filled at most."""
_STEPS = 10
"""Fillings of a page that are tried between all pages alike and each as full as can be."""
_NARROW, _WIDE = 8.5, 18.0
_HEADER_LINES, _TOPIC_LINES = 5, 3
_WORD = re.compile(r"[!-~]+")
_UNIT = re.compile(r"\s*([（(][^（()）]+[)）])$")


@lru_cache(maxsize=1 << 14)  # the same texts stand in every form of a folder
def columns(text: str) -> float:
    """Measure a text in the width of digits; Chinese characters take two.

    Examples:
        >>> columns("学段 ab")
        7.0
    """
    return float(len(text) if text.isascii() else len(text) + sum(map(_is_wide, text)))


@cache
def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WFA"


def lines(text: str, width: float) -> int:
    """Count the lines that a text takes in a column."""
    room = max(width - 1.5, 2.0)
    if "\n" not in text:
        if 2 * len(text) <= room:  # as most texts do
            return 1
        return max(1, -int(-columns(text) // room))
    return sum(max(1, -int(-columns(line) // room)) for line in text.split("\n"))


def stacked(field: Field) -> str:
    """Give a header with its unit on a line of its own, so that no bracket is torn off."""
    return _UNIT.sub(r"\n\1", field.header) if field.unit else field.header


def widths(fields: Sequence[Field]) -> list[float]:
    """Give the widths of columns: headers and topics in a few lines, choices in one."""
    found = [_width(field) for field in fields]
    for topic, group in groupby(range(len(fields)), key=lambda at: fields[at].topic):
        of = list(group)
        lacks = columns(topic) / _TOPIC_LINES + 5 - sum(found[at] for at in of)
        for at in of if lacks > 0 else ():
            found[at] += lacks / len(of)
    return found


def _width(field: Field) -> float:
    name, _, unit = stacked(field).partition("\n")
    word = max(len(word) for word in _WORD.findall(field.header) or [""])
    header = max(columns(name) / (_HEADER_LINES - 1) + 2.5, word * 1.15 + 1.5, columns(unit) + 1)
    longest = max((columns(option) for option in field.options), default=0.0)
    below = longest + 3.5 if field.type is ItemType.CATEGORY else 0.0
    return min(max(_NARROW, header, below), _WIDE)


def pixels(width: float) -> int:
    """Give the width of a column on the screen."""
    return int(width * 7 + 5)


def pages_tall(height: float, sizes: Sequence[float], head: float) -> int:
    """Tell on how many pages a sheet is put that is one page wide; 0 for as many as it takes.

    Rather than leave a last page nearly empty, it shrinks by a little.

    Args:
        height: What its rows take, in points.
        sizes: Widths of its columns.
        head: What the rows take that each page repeats.
    """
    wide = sum(map(pixels, sizes)) * 0.75
    room = _TALL_POINTS / min(1.0, _WIDE_POINTS / wide) - head
    few = next((n for n in range(1, _FEW + 1) if height * _TO_FEW <= n * room), 0)
    whole, rest = divmod(height / room, 1)
    shrinks = 0 < rest <= _LAST and whole / (whole + rest) >= _TO_ONE_LESS
    return few or (int(whole) if shrinks else 0)


@dataclass(frozen=True, slots=True)
class Pages:
    """How a sheet is cut into pages from left to right.

    Attributes:
        scale: Per cent to which it is shrunk; None where all columns fit one page.
        starts: Indexes of the fields with which a further page begins.
    """

    scale: int | None
    starts: tuple[int, ...] = ()

    def spans(self, count: int) -> list[tuple[int, int]]:
        """List the first and the last of so many fields that stand on each page."""
        begins = [0, *self.starts]
        return list(zip(begins, [*(start - 1 for start in self.starts), count - 1], strict=True))

    def parts(self, fields: Sequence[Field]) -> list[tuple[str, int, int, bool]]:
        """List the topics as they lie side by side.

        Returns:
            Each topic with the indexes of its first and last field; one that goes on on the next
            page stands there again, marked as continued.
        """
        found: list[tuple[str, int, int, bool]] = []
        for topic, group in groupby(range(len(fields)), key=lambda at: fields[at].topic):
            first, *rest = group
            last = rest[-1] if rest else first
            cuts = [at for at in self.starts if first < at <= last]
            ends = [*(cut - 1 for cut in cuts), last]
            for begin, end in zip([first, *cuts], ends, strict=True):
                found.append((topic, begin, end, begin != first))
        return found


def pages(fields: Sequence[Field], fixed: Sequence[float]) -> Pages:
    """Cut a sheet into as few pages as can be, each about as full as the others.

    Args:
        fields: The columns.
        fixed: Widths of the columns that every page begins with.
    """
    head = sum(map(pixels, fixed))
    sizes = [pixels(each) for each in widths(fields)]
    if head + sum(sizes) <= _PAGE * 100 / _SMALLEST:
        return Pages(None)
    room = _PAGE * 100 / _SCALE - head
    starts = _cuts(fields, sizes, room)
    even = sum(sizes) / (len(starts) + 1)
    for step in range(_STEPS):
        other = _cuts(fields, sizes, even + (room - even) * step / _STEPS)
        if len(other) == len(starts):
            return Pages(_SCALE, tuple(other))
    return Pages(_SCALE, tuple(starts))


def _cuts(fields: Sequence[Field], sizes: Sequence[int], room: float) -> list[int]:
    """Cut columns into pages of some room: between topics where that leaves no page half empty."""
    starts: list[int] = []
    begin, used = 0, 0
    for at, each in enumerate(sizes):
        if used + each > room and at > begin:
            cut = at
            while cut > begin and fields[cut - 1].topic == fields[at].topic:
                cut -= 1
            if sum(sizes[begin:cut]) < room / 2:
                cut = at - _torn(fields, begin, at)
            starts.append(cut)
            begin, used = cut, sum(sizes[cut:at])
        used += each
    return starts


def _torn(fields: Sequence[Field], begin: int, at: int) -> int:
    """Tell by how many columns to cut a topic sooner, as its title wants more room than one.

    Returns:
        1 where a single column of it would stand on the next page, or on this one; else 0.
    """
    topic = fields[at].topic
    rest = next((n for n, each in enumerate(fields[at:]) if each.topic != topic), len(fields) - at)
    before = next(
        (n for n, each in enumerate(fields[begin:at][::-1]) if each.topic != topic), at - begin
    )
    return int(before == 1 < at - begin or (rest == 1 and before > 2))  # noqa: PLR2004 - more than two
