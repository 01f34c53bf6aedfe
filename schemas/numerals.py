"""Numbers in words: the magnitudes 十 to 亿, and Chinese numerals such as 三十五.

Another magnitude is one more word in ``MAGNITUDES``; whatever reads or writes numbers follows.
"""

import math
import re

MAGNITUDES = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
"""What a character multiplies by, the smallest first."""
_SECTION = MAGNITUDES["万"]
LARGE = "".join(each for each, size in MAGNITUDES.items() if size >= _SECTION)
"""Those that head a section of four digits: 万亿."""
_HUNDRED, _TEN = MAGNITUDES["百"], MAGNITUDES["十"]

SIZES = MAGNITUDES | {
    small + large: size * times
    for large, times in MAGNITUDES.items()
    for small, size in MAGNITUDES.items()
    if times >= _SECTION and size < times
}
"""What one or two of them multiply by: 万, 百万, 万亿."""
SIZE = "|".join(
    sorted((word for word in SIZES if not word.startswith("十")), key=lambda word: -len(word))
)
"""Pattern of what may stand behind digits: nobody writes 5十."""

DIGITS = "一二三四五六七八九"
"""From one to nine, where a pattern asks for a digit in words."""
NUMERAL = f"零〇{DIGITS}两{''.join(MAGNITUDES)}"
"""The characters that numerals are written with."""
_VALUES = {"零": 0, "〇": 0, "○": 0, "两": 2} | {each: at for at, each in enumerate(DIGITS, 1)}

_NAUGHT = "零〇○"
_OTHER_THAN_ZERO = frozenset("123456789")
_YEAR = re.compile(
    rf"(?<![{NUMERAL}○])(?:一九|二[{_NAUGHT}])[{_NAUGHT}{DIGITS}]{{2}}(?![{NUMERAL}○])"
)
"""A year of the last century or this one, digit by digit."""


def chinese_number(text: str) -> float | None:
    """Read a numeral; None if it is none.

    Examples:
        >>> chinese_number("三十五"), chinese_number("两"), chinese_number("五亿三千万")
        (35.0, 2.0, 530000000.0)
        >>> chinese_number("二〇二五"), chinese_number("一百二"), chinese_number("一百零二")
        (2025.0, 120.0, 102.0)
        >>> chinese_number("一点五"), chinese_number("一点五万"), chinese_number("若干")
        (1.5, 15000.0, None)
    """
    whole, point, behind = text.partition("点")
    number = _whole(whole) if whole else None
    if not point or number is None:
        return number
    decimals = behind.rstrip("".join(MAGNITUDES))
    times = _whole(behind[len(decimals) :]) if decimals != behind else 1.0
    if times is None or not decimals or any(each not in _VALUES for each in decimals):
        return None
    return round15(float(f"{number:.0f}.{_digits(decimals)}") * times)


def years_in_digits(text: str) -> str:
    """Write the years in a text in digits.

    Examples:
        >>> years_in_digits("二〇二四年，一九九八—二○○三"), years_in_digits("二〇二四一")
        ('2024年，1998—2003', '二〇二四一')
    """
    return text if text.isascii() else _YEAR.sub(lambda found: _digits(found[0]), text)


def _whole(text: str) -> float | None:
    """Read what stands before and behind the largest magnitude, each in the same way."""
    largest = max(text, key=lambda each: MAGNITUDES.get(each, 0.0))
    if largest not in MAGNITUDES:
        known = all(each in _VALUES for each in text)
        return float(_digits(text)) if known else None
    before, _, behind = text.rpartition(largest)
    size = MAGNITUDES[largest]
    times = _whole(before) if before else 1.0
    rest = _whole(behind) if behind else 0.0
    if times is None or rest is None:
        return None
    if size >= _HUNDRED and len(behind) == 1 and behind in DIGITS:
        rest *= size / _TEN  # 一百二 is 120
    return times * size + rest


def _digits(text: str) -> str:
    return "".join(str(_VALUES[each]) for each in text)


def chinese_numeral(number: int) -> str:
    """Write a number from 1 to 99 as places and titles do.

    Examples:
        >>> chinese_numeral(3), chinese_numeral(10), chinese_numeral(21)
        ('三', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    told = "十" if tens == 1 else f"{DIGITS[tens - 1]}十" if tens else ""
    return told + (DIGITS[ones - 1] if ones else "")


def held(numeral: str) -> float | None:
    """Give a numeral as a float holds it; None if it is too large or too small for any.

    Raises:
        ValueError: It is no numeral.

    Examples:
        >>> held("1.5e3"), held("0.00"), held("1e400"), held("1e-400")
        (1500.0, 0.0, None, None)
    """
    value = float(numeral)
    lost = not value and not _OTHER_THAN_ZERO.isdisjoint(numeral.lower().partition("e")[0])
    return None if lost or math.isinf(value) else value


def round15(value: float) -> float:
    """Drop what binary arithmetic adds to a decimal number: 0.07 × 100 is 7."""
    return float(f"{value:.15g}")
