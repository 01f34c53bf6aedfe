"""What a number format shows: a plain number, a percentage or a moment."""

import datetime
import re
from enum import Enum, auto
from typing import assert_never

from dabiao.intake.formats.table import Cell, Moment, Percent
from dabiao.schemas.patterns import pattern

# Formats that a workbook may use without spelling them out; 27 to 36 and 50 to 58 are the dates
# of the Chinese editions.
_MOMENTS = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_PERCENTS = frozenset([9, 10])
# Quoted text, escaped characters, padding, and colours or conditions, none of which is a field.
_DECORATION = re.compile(r'"[^"]*"|[\\!].|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
_WRITTEN_PERCENT = pattern(r'"[^"]*%[^"]*"|\\%')
_DAY_0 = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - as Excel has it
_DAY_0_FROM_1904 = datetime.datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_LAST_DAY = 2958465.999999
_PHANTOM_DAY = 60  # 29 February 1900, which never was


class Shown(Enum):
    """How a cell shows its number."""

    NUMBER = auto()
    PERCENT = auto()
    MOMENT = auto()
    WRITTEN_PERCENT = auto()
    """As it stands, with a per cent sign behind it: 98 as 98%."""


def shown_as(number: int, code: str | None) -> Shown:
    """Tell what a number format shows.

    Args:
        number: The id of the format.
        code: Its code, for formats that the workbook spells out.

    Examples:
        >>> shown_as(10, None), shown_as(164, 'yyyy"年"m"月"'), shown_as(165, '0"day"')
        (<Shown.PERCENT: 2>, <Shown.MOMENT: 3>, <Shown.NUMBER: 1>)
        >>> shown_as(166, 'General"%"')
        <Shown.WRITTEN_PERCENT: 4>
    """
    if code is None:
        if number in _PERCENTS:
            return Shown.PERCENT
        return Shown.MOMENT if number in _MOMENTS else Shown.NUMBER
    fields = _DECORATION.sub("", code).lower()
    if "%" in fields:
        return Shown.PERCENT
    if _WRITTEN_PERCENT.search(code):
        return Shown.WRITTEN_PERCENT
    if "general" in fields or "通用格式" in fields:
        return Shown.NUMBER
    return Shown.MOMENT if re.search(r"[ymdhs]", fields) else Shown.NUMBER


def meant(number: float, shown: Shown, *, from_1904: bool) -> Cell:
    """Give a number as its cell shows it.

    Examples:
        >>> meant(0.98, Shown.PERCENT, from_1904=False), meant(98.0, Shown.NUMBER, from_1904=False)
        (0.98, 98.0)
    """
    match shown:
        case Shown.NUMBER:
            return number
        case Shown.PERCENT:
            return Percent(number)
        case Shown.WRITTEN_PERCENT:
            return Percent(number / 100)
        case Shown.MOMENT:
            return moment(number, from_1904=from_1904)
        case _:
            assert_never(shown)


def moment(serial: float, *, from_1904: bool) -> Moment:
    """Read a serial day as Excel does.

    Examples:
        >>> moment(45716.0, from_1904=False)
        Moment(shown='2025-02-28', year=2025)
        >>> moment(0.5, from_1904=False)
        Moment(shown='12:00', year=None)
    """
    if not 0 <= serial <= _LAST_DAY:
        return Moment(f"{serial:.15g}", None)
    if serial < 1:
        minutes = round(serial * 24 * 60)
        return Moment(f"{minutes // 60:02}:{minutes % 60:02}", None)
    first = _DAY_0_FROM_1904 if from_1904 else _DAY_0
    if not from_1904 and serial < _PHANTOM_DAY:
        first += datetime.timedelta(days=1)
    try:
        when = first + datetime.timedelta(days=serial)
    except OverflowError:
        return Moment(f"{serial:.15g}", None)
    return Moment(when.date().isoformat(), when.year)
