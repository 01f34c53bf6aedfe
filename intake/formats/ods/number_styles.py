"""Formats of numbers as OpenDocument has them, as trees, to the codes that workbooks have.

``<number:text>共</number:text><number:number display-factor="1000"/>`` is the code ``"共"0,``: what
a code means is then asked in one place, whatever kind of file it came from.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import field

from dabiao.intake.formats.xlsx.xml import local
from dabiao.schemas.record import dataclass

KINDS = frozenset(
    [
        "number-style",
        "currency-style",
        "percentage-style",
        "date-style",
        "time-style",
        "boolean-style",
        "text-style",
    ]
)
_FIELDS = {"year": "y", "month": "m", "day": "d", "hours": "h", "minutes": "m", "seconds": "s"}
_QUOTE = '"'
_DIGITS = 30
"""Places of digits that one format may have."""


@dataclass(slots=True)
class NumberStyle:
    """One format, as far as it was read.

    Attributes:
        kind: What it formats.
        pieces: Its code, piece by piece.
        maps: Conditions, each with the name of the format that is used where it holds.
    """

    kind: str
    pieces: list[str] = field(default_factory=list)
    maps: list[tuple[str, str]] = field(default_factory=list)
    _words: list[str] | None = None
    _number: Mapping[str, str] = field(default_factory=dict)
    _within: dict[int, str] = field(default_factory=dict)
    _place: int | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        own = {local(key): value for key, value in attributes.items()}
        match tag:
            case "text" | "currency-symbol":
                self._words = []
            case "embedded-text":
                self._words, self._place = [], _whole(own.get("position"))
            case "number":
                self._number, self._within = own, {}
            case "scientific-number":
                self.pieces.append("0E+00")
            case "fraction":
                self.pieces.append("0/0")
            case "text-content":
                self.pieces.append("@")
            case "map":
                condition = own.get("condition", "").replace("value()", "").replace("!=", "<>")
                self.maps.append((condition, own.get("apply-style-name", "")))
            case _ if tag in _FIELDS:
                self.pieces.append(_FIELDS[tag])

    def text(self, data: str) -> None:
        """Take text."""
        if self._words is not None:
            self._words.append(data)

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        words = "".join(self._words or ())
        match tag:
            case "text" | "currency-symbol":
                percent = words == "%" and self.kind == "percentage-style"
                self.pieces.extend(["%"] if percent else _quoted(words))
                self._words = None
            case "embedded-text":
                if self._place is not None:
                    self._within[self._place] = words
                self._words = None
            case "number":
                self.pieces.append(_places(self._number, self._within))

    def code(self, find: Callable[[str], "NumberStyle | None"]) -> str:
        """Give its code, with a section for each condition."""
        sections = [
            f"[{condition}]{''.join(each.pieces)}"
            for condition, name in self.maps
            if (each := find(name)) is not None and condition
        ]
        return ";".join([*sections, "".join(self.pieces)]) or ";;;"


def _places(number: Mapping[str, str], within: Mapping[int, str]) -> str:
    """Write the places of digits, and the words among them."""
    least = _whole(number.get("min-integer-digits"))
    size = min(max([least, 1, *(at + 1 for at in within)]), _DIGITS)
    written: list[str] = []
    for place in range(size, 0, -1):  # the last digit of a whole number is at place 1
        written.extend(_quoted(within.get(place, "")))
        written.append("0" if place <= least else "#")
    written.extend(_quoted(within.get(0, "")))
    decimals = min(_whole(number.get("decimal-places")), 20)
    if decimals:
        written.append("." + "0" * decimals)
    factor = float(number.get("display-factor", "1"))
    if factor >= 1:
        written.append("," * min(round(math.log10(factor) / 3), 6))
    return "".join(written)


def _quoted(words: str) -> list[str]:
    """Quote words, if there are any."""
    return [f"{_QUOTE}{words.replace(_QUOTE, '')}{_QUOTE}"] if words else []


def _whole(text: str | None) -> int:
    return int(text) if text is not None and text.isdecimal() else 0
