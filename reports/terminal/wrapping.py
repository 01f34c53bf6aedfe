"""Lines broken where a reader would break them: after punctuation, never within a number or word.

Chinese has no spaces between words, and what is laid out for a terminal breaks anywhere. Here a
line ends behind a mark of punctuation or a gap, or else a space, if one stands in its latter part,
else between two Chinese characters, and only where nothing else is left within a word.
"""

import io
from typing import TextIO, cast

from rich.cells import cell_len
from rich.text import Text

from dabiao.reports.terminal.consoles import Screen, console
from dabiao.schemas.unseen import visible

_BEHIND = frozenset("，。；：、！？）》”　,;:)")
"""A line may end behind these."""
_AHEAD = frozenset("（《“(")
"""A line may end before these."""
_WITHIN = frozenset("-/")
"""A long word may be broken behind these."""
_NEAR = 4
"""In how many widths ahead the end of a line is looked for."""
_LATTER = 0.6
"""A good place to break is taken if the line is then at least so full."""


def wrapped(text: Text, width: int) -> list[Text]:
    """Break a text into lines of a width; spaces at the ends of lines are left out."""
    plain, begin, cuts = text.plain, 0, list[int]()
    while near := _ahead(plain, begin, width):
        end = begin = begin + _break(near, width)
        while begin < len(plain) and plain[begin].isspace():
            begin += 1
        cuts += [end, begin]
    *lines, last = text.divide(cuts)[::2]
    return [_trimmed(line) for line in (*lines, last) if line.plain or not lines]


def _ahead(plain: str, begin: int, width: int) -> str:
    """Give as much of what is left as tells where a line ends; nothing if it is the last one."""
    near = plain[begin : begin + _NEAR * width]
    if cell_len(near) <= width:  # the rest, or much that takes no room
        near = plain[begin:]
    return near if cell_len(near) > width > 0 and len(near) > 1 else ""


def print_wrapped(on: Screen, text: Text, indent: int = 0) -> None:
    """Print a text in lines that end where a reader would end them."""
    for line in wrapped(text, on.width - indent):
        print_line(on, Text(" " * indent).append_text(line))


def print_line(on: Screen, line: Text) -> None:
    """Print a text in one line, however long."""
    if on.color_system is None and "\t" not in line.plain:  # there is nothing to lay out
        on.file.write(visible(line.plain) + "\n")
    else:
        on.print(line, soft_wrap=True)


class _Lines(io.TextIOBase):
    """A stream whose lines end where a reader would end them."""

    def __init__(self, on: Screen, stream: TextIO) -> None:
        self.stream = stream
        self._on = on
        self._rest = ""

    def write(self, text: str) -> int:
        """Print the lines that are whole."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            print_wrapped(self._on, Text(line.lstrip(" ")), len(line) - len(line.lstrip(" ")))
        return len(text)


def in_lines(stream: TextIO) -> TextIO:
    """Give a stream that wraps what is written to it."""
    return cast("TextIO", _Lines(console(stream), stream))


def _trimmed(line: Text) -> Text:
    made = line.copy()
    made.rstrip()
    return made


def _break(text: str, width: int) -> int:
    """Tell how many characters stand in the first line."""
    used = most = 0
    while used + cell_len(text[most]) <= width:
        used += cell_len(text[most])
        most += 1
    most = max(most, 1)
    for fits in (_after_mark, _at_space):
        found = [at for at in range(1, most + 1) if fits(text, at)]
        if found and cell_len(text[: found[-1]]) >= width * _LATTER:
            return found[-1]
    fair = [at for at in range(most, 0, -1) if _fair(text, at)]
    if fair and _word_at(text, fair[0]) <= width:  # one that stands on the next line whole
        whole = (at for at in fair if text[:at].strip() and not _word_at(text, at))
        return next(whole, fair[0])
    return fair[0] if fair else most


def _after_mark(text: str, at: int) -> bool:
    before, behind = text[at - 1], text[at]
    if behind in _BEHIND or (before.isascii() and behind.isdigit()):
        return False
    apart = text[max(0, at - 2) : at] == "  " and not behind.isspace()
    return apart or before in _BEHIND or behind in _AHEAD


def _at_space(text: str, at: int) -> bool:
    return text[at - 1].isspace() or text[at].isspace()


def _fair(text: str, at: int) -> bool:
    """Tell whether a line may end between two characters, if nothing better is near."""
    before, behind = text[at - 1], text[at]
    if behind in _BEHIND or before in _AHEAD or before.isdigit():
        return False
    return before in _WITHIN or not (_of_word(before) and _of_word(behind))


def _word_at(text: str, at: int) -> int:
    """Give the width of the word that a line torn here would tear; 0 where it tears none."""
    if not (_of_word(text[at - 1]) and _of_word(text[at])):
        return 0
    begin = next((found for found in range(at, 0, -1) if not _of_word(text[found - 1])), 0)
    end = next((found for found in range(at, len(text)) if not _of_word(text[found])), len(text))
    return end - begin


def _of_word(letter: str) -> bool:
    return letter.isascii() and not letter.isspace()
