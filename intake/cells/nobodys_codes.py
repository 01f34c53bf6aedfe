"""Codes of a table that are nobody's, as its other codes show."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import field

from dabiao.intake.cells.identity_cells import HOLDING, is_strange
from dabiao.intake.formats.table import Cell
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

_SHORT, _LONG = 3, 6
"""Codes of at most so many digits are none among codes of at least so many: counts, ordinals."""


@dataclass(slots=True)
class NobodysCodes:
    """Words among codes of digits; among codes of many digits ordinals, counts, and stopgaps.

    A stopgap holds a place: 999999, 123456. By row, with its code.

    Attributes:
        strange: Codes that are none if the others are of digits.
        short: Codes that are none if the others are of many digits.
        stopgaps: Codes that are none if, besides, the others begin otherwise.
    """

    strange: dict[int, str] = field(default_factory=dict)
    short: dict[int, str] = field(default_factory=dict)
    stopgaps: dict[int, str] = field(default_factory=dict)

    def mark(self, at: int, code: str, cell: Cell, *, words: bool) -> bool:
        """Remember a code that may be none; tell whether it is one of these.

        Args:
            at: Its row.
            code: The code.
            cell: What it was read from.
            words: Whether a word may be one.
        """
        if code.isascii() and code.isdigit():
            if len(code) > _SHORT and code not in HOLDING:
                return False
            doubted = self.short if len(code) <= _SHORT else self.stopgaps
        elif is_strange(code, cell) or (code.isalpha() and not words):
            doubted = self.strange
        else:
            return False
        doubted[at] = code
        return True

    def refused(
        self,
        codes: Sequence[str | None],
        names: Sequence[str | None],
        proving: Sequence[int] | None,
    ) -> Iterator[tuple[Mapping[int, str], str]]:
        """Yield those that are none, by what shows it; where most codes are such, they are meant.

        Args:
            codes: The codes of all rows.
            names: Their names.
            proving: Years by row, where a row without one proves nothing.
        """
        if not (self.strange or self.short or self.stopgaps):
            return
        swapped = {at: code for at, code in self.strange.items() if _is_code(names[at])}
        if 2 * len(swapped) > sum(code is not None for code in codes):
            yield swapped, _swapped()
            return
        others = {code for code in codes if code is not None} - {*self.strange.values()}
        if self._are_words(others, proving):
            yield self.strange, _words()
        if self._are_counts(others):
            yield self.short, _counts()
        if alone := self._holding_places(others):
            yield alone, _stopgaps()

    def _are_words(self, others: AbstractSet[str], proving: Sequence[int] | None) -> bool:
        """Tell whether what is strange is none, as at least as many others are of digits."""
        meant = {c for at, c in self.strange.items() if proving is None or proving[at]}
        digits = sum(code[0].isdigit() for code in others)
        return digits > 0 and digits >= len(meant)

    def _are_counts(self, others: AbstractSet[str]) -> bool:
        """Tell whether what is short is none, as all others are long, and more of them."""
        short = {*self.short.values()}
        long = sum(len(code) >= _LONG for code in others)
        return bool(short) and long == len(others - short) > len(short)

    def _holding_places(self, others: AbstractSet[str]) -> Mapping[int, str]:
        """Give the stopgaps that are like none of the others, which are all long."""
        real = others - {*self.stopgaps.values()}
        if not real or min(map(len, real)) < _LONG:
            return {}
        begun = {(len(code), code[:2]) for code in real}
        return {
            at: code for at, code in self.stopgaps.items() if (len(code), code[:2]) not in begun
        }


def _is_code(name: str | None) -> bool:
    return name is not None and name.isdecimal() and len(name) >= _LONG


def _swapped() -> str:
    return say(
        "名称列里却像是代码，两列像是填反了，要对调",
        "what looks like the code stands as the name; swap the two columns",
    )


def _words() -> str:
    return say(
        "含有汉字、空格或符号，而其他代码都是数字",
        "it has words, spaces or signs; the others are digits",
    )


def _counts() -> str:
    return say(
        f"只有一至{_SHORT}位，而其他代码都有 {_LONG} 位以上",
        f"it has {_SHORT} digits at most; the others have {_LONG} or more",
    )


def _stopgaps() -> str:
    return say(
        "只是占着位置，其他代码都不是这样开头",
        "it only holds a place; no other code begins like it",
    )
