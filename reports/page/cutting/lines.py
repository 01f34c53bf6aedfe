"""Texts without their numbers, each kept once; and the numbers that stand in them.

Thousands of findings say the same but for numbers. ``LineBook`` takes texts apart; ``CutField``
holds what one field of many findings is made of; ``shaped`` finds which of them are alike, and
what numbers each has for itself.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import chain, islice
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from dabiao.schemas.coded import Coded, Places
from dabiao.schemas.record import dataclass
from dabiao.schemas.unseen import visible

T = TypeVar("T")
HOLE = "\x01"
"""Stands for a number in a line; no text has it, for what cannot be seen was shown before."""
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)")
NumberTexts = tuple[str, ...]
Cut = tuple[int, NumberTexts]
"""The number of a pattern, and the numbers that stand in it."""


def apart(text: str) -> tuple[str, NumberTexts]:
    r"""Take the numbers out of a text; a hole stands for each.

    Examples:
        >>> apart("1,234.5人，应不高于45人")
        ('\x01人，应不高于\x01人', ('1,234.5', '45'))
    """
    pieces = _NUMBER.split(text)
    return HOLE.join(pieces[::2]), tuple(pieces[1::2])


def each_apart(texts: Sequence[str]) -> list[tuple[str, NumberTexts]]:
    r"""Take the numbers out of many texts at once, and show what would not be seen of each.

    Examples:
        >>> each_apart(["47人", "", "F12\x1b"])
        [('\x01人', ('47',)), ('', ()), ('F\x01\\u\x01b', ('12', '001'))]
    """
    joined = "\n".join(texts)
    if "\r" in joined or joined.count("\n") != len(texts) - 1:  # a text has lines of its own
        return [apart(visible(text)) for text in texts]
    pieces = _NUMBER.split(visible(joined))
    numbers = iter(pieces[1::2])
    rests = HOLE.join(pieces[::2]).split("\n")
    return [(rest, tuple(islice(numbers, rest.count(HOLE)))) for rest in rests]


class Dictionary(Generic[T]):
    """Gives each value a number, the first one 0."""

    def __init__(self) -> None:
        self.values: list[T] = []
        self._numbers: dict[object, int] = {}

    def number(self, key: object, make: Callable[[], T]) -> int:
        """Give the number of a key; what it stands for is made when it is met first."""
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.values)
            self.values.append(make())
        return found


@dataclass(frozen=True, slots=True, eq=False)
class CutField:
    """One field of some findings, or several that stand behind one another.

    Attributes:
        pattern: Which pattern each of them has: the lines it says.
        numbers: The numbers in these lines; of a text in several parts, one column each.
    """

    pattern: Places
    numbers: Sequence[Coded[NumberTexts]]


class LineBook:
    """Takes texts apart into lines without numbers, and numbers.

    Attributes:
        lines: The lines.
        patterns: The lines, by their numbers, that texts which stand together are made of.
    """

    def __init__(self) -> None:
        self.lines = Dictionary[str]()
        self.patterns = Dictionary[tuple[int, ...]]()
        self._pieces = Dictionary[str]()
        self._cut: dict[tuple[str, str], tuple[int, NumberTexts]] = {}
        self._joined: dict[tuple[int, ...], int] = {}
        self._known_pieces: dict[str, tuple[int, NumberTexts]] = {}

    def _cut_pieces(self, texts: Sequence[str]) -> list[tuple[int, NumberTexts]]:
        """Take texts apart; give of each the number of what is left of it."""
        known = self._known_pieces
        new = list(dict.fromkeys(text for text in texts if text not in known))
        for text, (rest, numbers) in zip(new, each_apart(new), strict=True):
            known[text] = self._pieces.number(rest, lambda rest=rest: rest), numbers  # type: ignore[misc]
        return [known[text] for text in texts]

    def line(self, text: str, begins: str = "") -> tuple[int, NumberTexts]:
        """Take a text apart; give the number of its line.

        Args:
            text: The text.
            begins: A sign that its line begins with.
        """
        cut = self._cut.get((begins, text))
        if cut is None:
            rest, numbers = apart(visible(text))
            line = begins + rest
            cut = self._cut[begins, text] = self.lines.number(line, lambda: line), numbers
        return cut

    def pattern(self, cuts: Iterable[tuple[int, NumberTexts]]) -> Cut:
        """Put lines together."""
        found = list(cuts)
        lines = tuple([line for line, _ in found])
        numbers = tuple(chain.from_iterable([numbers for _, numbers in found]))
        return self.patterns.number(lines, lambda: lines), numbers

    def texts(self, columns: Sequence[Coded[str]]) -> CutField:
        """Take a line of many findings apart.

        Args:
            columns: The line, in parts that stand behind one another.
        """
        pieces, numbers = [], []
        for column in columns:
            cuts = self._cut_pieces(column.values)
            pieces.append(Coded([piece for piece, _ in cuts], column.places))
            numbers.append(Coded([found for _, found in cuts], column.places))
        which, firsts = alike([_numbered(each) for each in pieces])
        patterns = [self._together(tuple(each[at] for each in pieces)) for at in firsts]
        return CutField(np.array(patterns, np.intp)[which], numbers)

    def _together(self, pieces: tuple[int, ...]) -> int:
        """Give the pattern of a line that is put together."""
        found = self._joined.get(pieces)
        if found is None:
            line = "".join([self._pieces.values[piece] for piece in pieces])
            lines = (self.lines.number(line, lambda: line),)
            found = self._joined[pieces] = self.patterns.number(lines, lambda: lines)
        return found

    def cuts(self, column: Coded[Cut]) -> CutField:
        """Give a field of many findings whose texts were taken apart."""
        patterns = np.array([pattern for pattern, _ in column.values], np.intp)
        numbers = [found for _, found in column.values]
        return CutField(patterns[column.places], [Coded(numbers, column.places)])


def _numbered(column: Coded[int]) -> Places:
    return np.array(column.values, np.intp)[column.places]


def alike(columns: Sequence[Places]) -> tuple[Places, list[int]]:
    """Tell which kind each is of, where those are of a kind that agree in all columns.

    Returns:
        The kind of each, and of each kind where the first one stands.
    """
    kind = np.zeros(len(columns[0]), np.intp)
    if not len(kind):
        return kind, []
    first = np.zeros(1, np.intp)
    for column in columns:
        if (column != column[0]).any():
            key = kind * (int(column.max()) + 1) + column
            _, first, kind = np.unique(key, return_index=True, return_inverse=True)
    return kind, first.tolist()


def shaped(
    parts: Sequence[CutField], lines: LineBook, shapes: Dictionary[list[Sequence[object]]]
) -> tuple[Places, list[str]]:
    """Give the shape of each finding and its own numbers.

    Args:
        parts: The fields of the findings.
        lines: What their texts were taken apart by.
        shapes: The shapes known so far.
    """
    kinds, firsts = alike([part.pattern for part in parts])
    shape = np.zeros(len(kinds), np.intp)
    told: npt.NDArray[np.object_] = np.full(len(kinds), "", np.object_)
    columns = list(chain.from_iterable(part.numbers for part in parts))
    for kind, first in enumerate(firsts):
        some = np.flatnonzero(kinds == kind)
        always: dict[str, int] = {}
        own: dict[Sequence[str], int] = {}
        refs: list[tuple[bool, int]] = []
        for column in columns:
            places = column.places[some]
            if len(some) > 1 and (places == places[0]).all():
                found = column.values[places[0]]
                refs += [(True, always.setdefault(each, len(always))) for each in found]
                continue
            values = column.values
            for each in zip(*[values[at] for at in places.tolist()], strict=True):
                if len(some) > 1 and each.count(each[0]) == len(each):
                    refs.append((True, always.setdefault(each[0], len(always))))
                else:
                    refs.append((False, own.setdefault(each, len(own))))
        numbered = [at if fixed else len(always) + at for fixed, at in refs]
        patterns = (lines.patterns.values[part.pattern[first]] for part in parts)
        said = list(chain.from_iterable(patterns))
        key = (*said, -1, *numbered, -1, *always)
        made = [said, numbered, *([list(always)] if always else [])]
        shape[some] = shapes.number(key, lambda made=made: made)  # type: ignore[misc]
        if own:
            told[some] = [" ".join(each) for each in zip(*own, strict=True)]
    return shape, told.tolist()
