"""What a number format puts around a number, or divides it by: 1.2 shown as 1.2万, 12000 as 12千.

Only what a reader of the sheet takes for a part of the value is kept: words, the divisors that
trailing commas (0.0,) and a dot that is no decimal point (0!.0,"万") stand for, and a sign that the
number has not (45 shown as -45, -45 as 45). Currency signs, padding and colours are not, but red
and brackets say of a number that it is negative.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from dabiao.intake.formats.table import Printed
from dabiao.schemas.patterns import pattern
from dabiao.schemas.record import dataclass

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>general|g/通用格式)|(?P<exponent>e[+-])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = pattern(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)")
_PLACES = frozenset("0#?")
_SAYS_NOTHING = re.compile(r"[\s+\-−()（）¥￥$€£]+|RMB|CNY|US\$")
_CURRENCY = re.compile(r"[\s+¥￥$€£]+|RMB|CNY|US\$")
_SIGNS = frozenset("-−－")
_RED = frozenset(["red", "红色"])
_SHORT = {"k": 1e3, "m": 1e6, "b": 1e9}
"""What English sheets write behind what they scale."""
_SECTIONS = 3
_THOUSAND = 1000.0


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of a format.

    Attributes:
        condition: Which numbers it is for, if it says so.
        before: Words before the number; likewise after.
        pieces: The places of digits, and words among them.
        scale: What it divides by, commas and dots counted.
        times: What it multiplies by, which is 100 for percentages.
        signed: Whether it writes a sign or brackets of its own: -0, (0).
        red: Whether it is in red, which is how negative numbers are often shown.
    """

    condition: tuple[str, float] | None = None
    before: str = ""
    pieces: tuple[str, ...] = ()
    after: str = ""
    scale: float = 1.0
    times: float = 1.0
    signed: bool = False
    red: bool = False

    @property
    def scales(self) -> bool:
        """Whether it divides the number."""
        return self.scale != 1.0

    @property
    def plain(self) -> bool:
        """Whether it shows the number and nothing else that matters."""
        words = any(piece not in _PLACES for piece in self.pieces)
        around = self.before or self.after or self.scales
        return bool(self.pieces) and not around and not words

    def holds(self, value: float) -> bool:
        """Tell whether its condition holds."""
        if self.condition is None:
            return True
        sign, bound = self.condition
        match sign:
            case "<":
                return value < bound
            case ">":
                return value > bound
            case "<=":
                return value <= bound
            case ">=":
                return value >= bound
            case "=":
                return value == bound
        return value != bound


_PLAIN = _Section(pieces=("#",))


@dataclass(frozen=True, slots=True)
class Wording:
    """What a number format says besides the number."""

    sections: tuple[_Section, ...]

    @property
    def scales(self) -> bool:
        """Whether it divides numbers before it shows them."""
        return any(section.scales for section in self.sections)

    @property
    def tells_signs(self) -> bool:
        """Whether negative numbers are shown as such, and no others."""
        return all(
            (each.signed or own or each.red) if value < 0 else not each.signed
            for value in (-1.0, 1.0)
            for each, own in [self._section(value)]
        ) and not any(each.signed for each in self.sections if each.condition is not None)

    @property
    def only_percent(self) -> bool:
        """Whether it says nothing besides a per cent sign."""
        return not self.scales and self.tells_signs and not self.mixes_percents

    @property
    def mixes_percents(self) -> bool:
        """Whether it depends on a condition if a number is shown as a percentage."""
        conditional = any(section.condition is not None for section in self.sections)
        return conditional and len({"%" in section.after for section in self.sections}) > 1

    def printed(self, value: float) -> Printed | None:
        """Give the number as it is shown; None if it stands there as it is.

        Examples:
            >>> wording('0.0"万"').printed(1.2).shown, wording("0!.0,").printed(12000.0).shown
            ('1.2万', '1.2')
        """
        section, own_sign = self._section(value)
        negative = section.signed or (value < 0 and (own_sign or section.red))
        same = section.plain and (negative == (value < 0) or value == 0)
        if same and not self.mixes_percents:
            return None
        number = abs(value) * section.times / section.scale
        number = -number if negative else number
        if not section.pieces:
            return Printed(value, section.before)
        text = f"{section.before}{_digits(number, section.pieces)}{section.after}"
        return Printed(value, text, section.scale)

    def _section(self, value: float) -> tuple[_Section, bool]:
        """Choose the section that shows a number, and whether the sign is put before it.

        As spreadsheets do: the section for negative numbers has to write their sign itself.
        """
        first, *others = self.sections
        if any(section.condition is not None for section in self.sections):
            found = (section for section in self.sections if section.holds(value))
            return next(found, _PLAIN), True  # spreadsheets show hashes
        if value < 0 and others:
            return others[0], False
        if value == 0 and len(others) > 1:
            return others[1], True
        return first, True


def wording(code: str) -> Wording | None:
    """Read a number format; None if it shows plain numbers.

    Examples:
        >>> wording('_-* #,##0.00_-;[Red]-#,##0.00') is None, wording('"¥"#,##0') is None
        (True, True)
        >>> wording(";;;").printed(45.0).shown
        ''
    """
    found = Wording(tuple(_section(tokens) for tokens in _split(code))[:_SECTIONS])
    if found.sections == (_Section(),):  # no format at all
        return None
    plain = all(section.plain for section in found.sections)
    return None if plain and found.tells_signs else found


def _split(code: str) -> Iterator[list[tuple[str, str]]]:
    """Cut a format into the tokens of its sections: kind and text."""
    found: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(code):
        kind = match.lastgroup or "padding"
        text = match[kind] if match.lastgroup else ""
        if kind == "bracket" and text.startswith("$"):
            kind, text = "quoted", text[1:].partition("-")[0]
        if kind == "other" and text == ";":
            yield found
            found = []
        else:
            found.append((kind, text))
    yield found


def _section(tokens: list[tuple[str, str]]) -> _Section:
    stated = [_CONDITION.fullmatch(text.replace(" ", "")) for k, text in tokens if k == "bracket"]
    condition = next(((each[1], float(each[2])) for each in stated if each is not None), None)
    red = any(kind == "bracket" and text.casefold() in _RED for kind, text in tokens)
    shape = _shape(tokens)
    if shape is None:
        return _Section(condition, pieces=("#",), red=red)
    places = [at for at, each in enumerate(shape) if each in _PLACES]
    if not places:
        return _Section(condition, _words(shape), red=red)
    first, last = places[0], places[-1]
    end = last + 1
    while shape[end : end + 1] == [","]:
        end += 1
    before, after = _words(shape[:first]), _words(shape[end:])
    inner = shape[first : last + 1]
    point = inner.index(".") if "." in inner else len(inner)
    commas = end - last - 1
    if point < len(inner):  # 0,.0
        commas += point - len("".join(each[0] for each in inner[:point]).rstrip(","))
    scale = _THOUSAND**commas
    whole = [each for each in _grouped(inner[:point]) if each != ","]
    words = [at for at, each in enumerate(whole) if each not in _PLACES]
    if [whole[at] for at in words] == ['".']:
        scale *= 10.0 ** (len(whole) - words[0] - 1)
        whole = ["#"]
    elif point < len(inner) and not words:
        whole = ["#"]
    if _SHORT.get(after.casefold()) == scale:
        after, scale = "", 1.0
    pieces = tuple(each.removeprefix('"') for each in whole)
    times = 100.0 if "%" in shape else 1.0
    signed = _is_signed(shape[:first], shape[end:])
    return _Section(condition, before, pieces, after, scale, times, signed, red)


def _is_signed(before: list[str], after: list[str]) -> bool:
    """Tell whether a minus sign, or brackets, and nothing else, stand around the number."""
    lead, tail = (
        _CURRENCY.sub("", "".join(each.removeprefix('"') for each in side))
        for side in (before, after)
    )
    return lead in _SIGNS or (lead in {"(", "（"} and tail in {")", "）"})


def _shape(tokens: list[tuple[str, str]]) -> list[str] | None:
    """Give places of digits, the decimal point, commas, and words behind a quotation mark.

    None for what shows a number in a way of its own: 1.2E+05, 1/2; and for texts.
    """
    shape: list[str] = []
    for kind, text in tokens:
        match kind, text:
            case ("general", _):
                shape.append("#")
            case ("exponent", _) | ("other", "/" | "@"):
                return None
            case ("other", "0" | "#" | "?" | "%" | "." | ","):
                shape.append(text)
            case ("quoted" | "escaped" | "other", _):
                shape.append(f'"{text}')
    return shape


def _words(shape: list[str]) -> str:
    text = "".join(each.removeprefix('"') for each in shape if each.startswith('"') or each == "%")
    return _SAYS_NOTHING.sub("", text)


def _grouped(shape: list[str]) -> list[str]:
    """Put together words that stand side by side; those that say nothing are left out."""
    found: list[str] = []
    for words, pieces in groupby(shape, lambda each: each.startswith('"')):
        if not words:
            found.extend(pieces)
        elif text := "".join(piece[1:] for piece in pieces).strip():
            found.append(f'"{text}')
    return found


def _digits(number: float, pieces: tuple[str, ...]) -> str:
    """Write a number into the places of a format, with all its digits."""
    words = any(piece not in _PLACES for piece in pieces)
    if not words and not number.is_integer():
        return f"{number:.15g}"
    digits = list(f"{abs(number):.0f}")
    written: list[str] = []
    left = sum(piece in _PLACES for piece in pieces)
    for piece in reversed(pieces):
        if piece not in _PLACES:
            written.append(piece)
            continue
        left -= 1
        if left == 0 and digits:
            written.extend(reversed(digits))
        elif digits:
            written.append(digits.pop())
        elif piece == "0":
            written.append("0")
    return ("-" if number < 0 else "") + "".join(reversed(written))
