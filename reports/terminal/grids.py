"""Tables for a terminal: no word or number is torn; where there is no room, a row is a few lines.

A column is as wide as its widest cell. Where that is too much, each gives way as far as its longest
word, and cells go over several lines. Where even that is too much, each row is told in words: its
first cell, and below it the others, each behind its heading.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import zip_longest

from rich.cells import cell_len
from rich.text import Text

from dabiao.reports.terminal.consoles import Screen
from dabiao.reports.terminal.wrapping import print_line, print_wrapped, wrapped
from dabiao.schemas.language import say
from dabiao.schemas.unseen import visible

_GAP = 2
_WORD = re.compile(r"[!-~]+")
_LEAST = 14
"""Columns below which a text is no longer read with ease."""


def print_grid(
    on: Screen,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    right: Collection[int] = (),
) -> None:
    """Print rows below their headings.

    Args:
        on: Where to.
        headings: The headings.
        rows: The cells of each row.
        right: Columns of numbers, which stand at the right.
    """
    lines = [[visible(cell) for cell in row] for row in rows]
    columns = [list(column) for column in zip(headings, *lines, strict=True)]
    widths = _widths(columns, right, on.width - _GAP * (len(columns) - 1))
    if widths is None:
        for line in lines:
            _print_in_words(on, headings, line)
        return
    _print_line(on, [Text(heading, "bold") for heading in headings], widths, right)
    unicode = (getattr(on.file, "encoding", None) or "utf-8").lower().startswith("utf")
    rule = "─" if on.is_terminal and unicode else "-"
    print_line(on, Text(rule * (sum(widths) + _GAP * (len(widths) - 1))))
    for line in lines:
        _print_line(on, [Text(cell) for cell in line], widths, right)


def _widths(
    columns: Sequence[Sequence[str]], right: Collection[int], room: int
) -> list[int] | None:
    """Give each column its width; None where there is not enough for all words."""
    most = [max(map(cell_len, column)) for column in columns]
    if sum(most) <= room:
        return most
    least = [
        width if at in right else min(width, max(_LEAST, *map(_longest_word, column)))
        for at, (width, column) in enumerate(zip(most, columns, strict=True))
    ]
    spare = room - sum(least)
    if spare < 0:
        return None
    wanting = sum(most) - sum(least)
    return [few + (many - few) * spare // wanting for few, many in zip(least, most, strict=True)]


def _longest_word(text: str) -> int:
    return max((len(word) for word in _WORD.findall(text)), default=0)


def _print_line(
    on: Screen, cells: Sequence[Text], widths: Sequence[int], right: Collection[int]
) -> None:
    """Print the cells of a row beside one another, each over as many lines as it needs."""
    parts = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for line in zip_longest(*parts, fillvalue=Text()):
        told = Text()
        for at, (part, width) in enumerate(zip(line, widths, strict=True)):
            space = " " * (width - cell_len(part.plain))
            told.append(" " * _GAP * bool(at))
            if at in right:
                told.append(space).append_text(part)
            else:
                told.append_text(part).append(space)
        told.rstrip()
        print_line(on, told)


def _print_in_words(on: Screen, headings: Sequence[str], cells: Sequence[str]) -> None:
    """Print a row as its first cell and, below it, the others that say something."""
    print_wrapped(on, Text(cells[0] or say("（空）", "(blank)"), "bold"))
    told = (
        say(f"{heading} {cell}", f"{heading}: {cell}")
        for heading, cell in zip(headings[1:], cells[1:], strict=True)
        if cell
    )
    print_wrapped(on, Text(say("，", ", ").join(told)), _GAP)
