"""Codes of places: what their form says (GB/T 2260 and 10114)."""

import re
from collections.abc import Iterator

from dabiao.schemas.level import Level

# First two digits of the codes of provinces (GB/T 2260).
_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|81|82")
_COUNTY, _TOWNSHIP = 6, 9


def gbt_level(code: str) -> Level | None:
    """Tell the level of a place by the form of its code (GB/T 2260 and 10114), or None.

    Examples:
        >>> gbt_level("150000"), gbt_level("150602"), gbt_level("150602001")
        (<Level.REGION: 'region'>, <Level.COUNTY: 'county'>, <Level.TOWNSHIP: 'township'>)
        >>> gbt_level("011301") is None
        True
    """
    if not re.fullmatch(r"[0-9]+", code) or not _PROVINCES.match(code):
        return None
    if len(code) == _TOWNSHIP:
        return Level.TOWNSHIP
    if len(code) != _COUNTY:
        return None
    return level_by_ending(code)


def level_by_ending(code: str) -> Level:
    """Guess the level of a place from how its code ends, as GB/T 2260 has it.

    Examples:
        >>> level_by_ending("150600")
        <Level.PREFECTURE: 'prefecture'>
    """
    if code.endswith("0000"):
        return Level.REGION
    return Level.PREFECTURE if code.endswith("00") else Level.COUNTY


def leading(code: str) -> Iterator[str]:
    """Yield the places that a code's first six digits name, nearest first.

    Examples:
        >>> list(leading("1506020010"))
        ['150602', '150600', '150000']
    """
    six = division(code)
    if six is not None:
        for place in (six, six[:4] + "00", six[:2] + "0000"):
            if place != code:
                yield place


def division(code: str) -> str | None:
    """Give the six digits that a code begins with, if it begins with digits.

    Examples:
        >>> division("1506020001"), division("A1506020001")
        ('150602', None)
    """
    six = code[:_COUNTY]
    return six if len(six) == _COUNTY and six.isascii() and six.isdigit() else None


def agree(first: str, second: str) -> bool:
    """Tell whether one of two counties, prefectures or regions is the other or lies in it.

    Examples:
        >>> agree("150602", "150600"), agree("150602", "150603"), agree("150000", "150602")
        (True, False, True)
    """
    digits = min(_significant(first), _significant(second))
    return first[:digits] == second[:digits]


def same_prefecture(first: str, second: str) -> bool:
    """Tell whether two counties lie in one prefecture."""
    return first[:4] == second[:4] and not (first.endswith("00") or second.endswith("00"))


def _significant(code: str) -> int:
    return 2 if code.endswith("0000") else 4 if code.endswith("00") else _COUNTY
