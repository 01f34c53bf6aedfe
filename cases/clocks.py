"""Days, months and years as the calendar has them.

A period begins on the day after the event: of thirty days from 30 January 2024, 29 February is the
last. A period of months or years ends on the day of the same number; where the month has none, on
its last day. The last day counts until its midnight, holiday or not.
"""

import calendar
import datetime
from typing import Literal, assert_never

from dabiao.schemas.patterns import pattern

_PERIOD = pattern(r"(?P<number>\d{1,4})\s*(?P<unit>天|日|个月|月|年|d|days?|m|months?|y|years?)")
_YEAR = 12
_PeriodUnit = Literal["day", "month", "year"]
_UNITS: dict[str, _PeriodUnit] = {
    **dict.fromkeys(("天", "日", "d", "day", "days"), "day"),
    **dict.fromkeys(("个月", "月", "m", "month", "months"), "month"),
    **dict.fromkeys(("年", "y", "year", "years"), "year"),
}


def today() -> datetime.date:
    """Give the day it is where the program runs."""
    return datetime.datetime.now(datetime.UTC).astimezone().date()


def last_day(start: datetime.date, period: str) -> datetime.date:
    """Give the last day of a period that begins with an event.

    Args:
        start: The day of the event.
        period: ``30天``, ``1个月``, ``1年``; ``30d``, ``1m``, ``1y``.

    Raises:
        ValueError: It is no period, or leads beyond the calendar.

    Examples:
        >>> january = datetime.date(2024, 1, 31)
        >>> str(last_day(january, "1个月")), str(last_day(datetime.date(2023, 1, 31), "1m"))
        ('2024-02-29', '2023-02-28')
        >>> str(last_day(january, "30天")), str(last_day(datetime.date(2024, 2, 29), "1年"))
        ('2024-03-01', '2025-02-28')
    """
    found = _PERIOD.fullmatch(period.strip().lower())
    if found is None:
        raise ValueError(period)
    number, unit = int(found["number"]), _UNITS[found["unit"]]
    try:
        match unit:
            case "day":
                return start + datetime.timedelta(days=number)
            case "month":
                return _months_later(start, number)
            case "year":
                return _months_later(start, _YEAR * number)
            case _:
                assert_never(unit)
    except OverflowError as error:
        raise ValueError(period) from error


def _months_later(start: datetime.date, months: int) -> datetime.date:
    year, month = divmod(start.year * _YEAR + start.month - 1 + months, _YEAR)
    longest = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(start.day, longest))
