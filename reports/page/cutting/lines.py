"""Texts without their numbers, each kept once; and the numbers that stand in them.

Thousands of findings say the same but for numbers. A ``CutLine`` is what some of them say in one
line, and ``Shaping`` finds which of the findings of a rule say the same lines, and what numbers
each has for itself; ``LineBook`` keeps the lines and shapes of all rules.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain, islice, repeat
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from dabiao.schemas.coded import Places
from dabiao.schemas.unseen import visible

T = TypeVar("T")
HOLE = "\x01"
"""Stands for a number in a line; no text has it, for what cannot be seen was shown before."""
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)")
NumberTexts = tuple[str, ...]
Cut = tuple[str, NumberTexts]
"""A text without its numbers, and these."""


def apart(text: str) -> Cut:
    r"""Take the numbers out of a text; a hole stands for each.

    Examples:
        >>> apart("1,234.5人，应不高于45人")
        ('\x01人，应不高于\x01人', ('1,234.5', '45'))
    """
    pieces = _NUMBER.split(text)
    return HOLE.join(pieces[::2]), tuple(pieces[1::2])


def each_apart(texts: Sequence[str]) -> list[Cut]:
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
    if len(set(rests)) == 1 and rests[0].count(HOLE) == 1:  # as most are
        return list(zip(repeat(rests[0]), zip(numbers, strict=True)))
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


class CutLine(NamedTuple):
    """What some findings say in one line.

    Attributes:
        pieces: What all of them say.
        columns: Between these pieces, what each says, taken apart.
        begins: A sign that the line begins with.
    """

    pieces: Sequence[str]
    columns: Sequence[Sequence[Cut]] = ()
    begins: str = ""

    def at(self, chosen: Sequence[int]) -> "CutLine":
        """Give what a few of them say."""
        columns = [[column[at] for at in chosen] for column in self.columns]
        return CutLine(self.pieces, columns, self.begins)


class LineBook:
    """Keeps lines without numbers, and shapes.

    Attributes:
        lines: The lines.
        shapes: Which lines are said together, which of the numbers stand in them in turn, and those
            of the numbers that are always so.
    """

    def __init__(self) -> None:
        self.lines = Dictionary[str]()
        self.shapes = Dictionary[list[Sequence[object]]]()
        self._cut: dict[str, Cut] = {}
        self._whole: dict[tuple[str, str], tuple[int, NumberTexts]] = {}

    def line(self, text: str, begins: str) -> tuple[int, NumberTexts]:
        """Take a whole line apart, and give its number and the numbers in it."""
        found = self._whole.get((begins, text))
        if found is None:
            rest, numbers = self.cut(text)
            line = begins + rest
            found = self._whole[begins, text] = self.lines.number(line, lambda: line), numbers
        return found

    def cut(self, text: str) -> Cut:
        """Take a text apart."""
        found = self._cut.get(text)
        if found is None:
            found = self._cut[text] = apart(visible(text))
        return found


_Hole = str | list[str]
"""A number that some findings have in common, or that of each."""


class Shaping:
    """Finds the shapes of the findings of a rule.

    Args:
        size: How many they are.
        book: Keeps lines and shapes.
    """

    def __init__(self, size: int, book: LineBook) -> None:
        self._size, self._book = size, book
        self._said: dict[tuple[int, ...], list[tuple[Places, list[_Hole]]]] = {}

    def add(self, places: Places, lines: Sequence[CutLine]) -> None:
        """Take what some findings say.

        Args:
            places: Which findings.
            lines: Their lines.
        """
        columns = [column for line in lines for column in line.columns]
        every = {id(column): column for column in columns}.values()
        if unlike := [column for column in every if not _is_one([each[0] for each in column])]:
            for at in _alike(unlike):
                self._add(places[at], [line.at(at) for line in lines])
        else:
            self._add(places, lines)

    def _add(self, places: Places, lines: Sequence[CutLine]) -> None:
        """Take what findings say that say the same but for numbers."""
        holes: list[_Hole] = []
        said = []
        known: dict[int, list[list[str]]] = {}
        line, cut = self._book.line, self._book.cut
        for pieces, columns, begins in lines:
            if not columns:
                at, numbers = line(pieces[0], begins)
                said.append(at)
                holes += numbers
                continue
            text, numbers = cut(pieces[0])
            text = begins + text
            holes += numbers
            for column, piece in zip(columns, pieces[1:], strict=True):
                between, first = column[0]
                if id(column) not in known:
                    known[id(column)] = [
                        [each[1][at] for each in column] for at in range(len(first))
                    ]
                holes += known[id(column)]
                more, numbers = cut(piece)
                text += between + more
                holes += numbers
            said.append(self._book.lines.number(text, partial(str, text)))
        self._said.setdefault(tuple(said), []).append((places, holes))

    def shaped(self) -> tuple[Places, list[str]]:
        """Give the shape of each finding, and its own numbers."""
        shape = np.zeros(self._size, np.intp)
        told = np.full(self._size, "", np.object_)
        for said, parts in self._said.items():
            places, holes = parts[0] if len(parts) == 1 else _joined(parts)
            shape[places], own = self._shape(said, len(places), holes)
            if own:
                told[places] = [" ".join(each) for each in zip(*own, strict=True)]
        found: list[str] = told.tolist()
        return shape, found

    def _shape(
        self, said: tuple[int, ...], size: int, holes: Sequence[_Hole]
    ) -> tuple[int, Sequence[Sequence[str]]]:
        """Give the number of a shape, and the columns of numbers that each has for itself."""
        always: dict[str, int] = {}
        own: dict[Sequence[str], int] = {}
        refs: list[tuple[bool, int]] = []
        known: dict[int, tuple[bool, int]] = {}
        for hole in holes:
            ref = known.get(id(hole))
            if ref is None:
                every = [hole] * size if isinstance(hole, str) else hole
                if size > 1 and _is_one(every):
                    ref = True, always.setdefault(every[0], len(always))
                else:
                    ref = False, own.setdefault(tuple(every), len(own))
                known[id(hole)] = ref
            refs.append(ref)
        numbered = [at if fixed else len(always) + at for fixed, at in refs]
        made = [said, numbered, *([list(always)] if always else [])]
        key = (*said, -1, *numbered, -1, *always)
        return self._book.shapes.number(key, lambda: made), list(own)


def _is_one(values: Sequence[str]) -> bool:
    """Tell whether some values are all the same."""
    return values.count(values[0]) == len(values)


def _alike(columns: Sequence[Sequence[Cut]]) -> Iterator[list[int]]:
    """Tell which findings say the same in all columns, but for numbers."""
    found: dict[tuple[str, ...], list[int]] = {}
    for at, cuts in enumerate(zip(*columns, strict=True)):
        found.setdefault(tuple([each[0] for each in cuts]), []).append(at)
    yield from found.values()


def _joined(parts: Sequence[tuple[Places, list[_Hole]]]) -> tuple[Places, list[_Hole]]:
    """Put findings that say the same lines behind one another."""
    every = zip(*(holes for _, holes in parts), strict=True)
    sizes = [len(places) for places, _ in parts]
    joined: list[_Hole] = [
        list(
            chain.from_iterable(
                hole if isinstance(hole, list) else [hole] * size
                for hole, size in zip(holes, sizes, strict=True)
            )
        )
        for holes in every
    ]
    return np.concatenate([places for places, _ in parts]), joined
