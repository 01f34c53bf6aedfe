"""Days as people write them: in a cell, in a file, in a sentence, on a command line."""

import datetime
import re

from dabiao.schemas.halfwidth import fold
from dabiao.schemas.patterns import pattern

_DAY = pattern(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})", re.ASCII
)


def day_in(text: str) -> datetime.date | None:
    """Read a day; None if the text is none.

    Examples:
        >>> [str(day_in(each)) for each in ("2025/1/20", "２０２５年1月20日", "20250120")]
        ['2025-01-20', '2025-01-20', '2025-01-20']
        >>> day_in("2025-02-30"), day_in("2025-1-2①"), day_in("25-1-20")
        (None, None, None)
    """
    found = _DAY.fullmatch(fold(text).strip())
    try:
        return None if found is None else datetime.date(*map(int, filter(None, found.groups())))
    except ValueError:
        return None
