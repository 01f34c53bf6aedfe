"""The years that rows are about: from a column, or from what a table, sheet or file is called."""

import re

from dabiao.intake.cells.identity_cells import read_year
from dabiao.intake.cells.variants import simplified
from dabiao.intake.names import Fixed
from dabiao.intake.proposals.proposal import Line, Reading, fixed_name
from dabiao.intake.proposals.roles import MOST, says_year
from dabiao.intake.proposals.sampled import SampledColumn, TableSample
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.language import say

MINGUO, MINGUO_YEARS = 1911, range(90, 190)
"""What makes a year of the Minguo calendar one of the common calendar."""
_SIX = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<next>\d\d)")
"""A school year in six digits: 202324."""
_IN_TEXT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)(?=[-—~至/]\d{2,4}|学年|年|$|\D)")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
"""The year before the first of each era of the Japanese calendar."""
_ERA_IN_TEXT = re.compile(
    r"(?P<era>令和|平成|昭和)(?P<year>元|\d{1,2})(?=年)|^(?P<letter>[RHS])(?P<of>\d{1,2})(?:年度?)?$"
)
_MINGUO_IN_TEXT = re.compile(r"(?<!\d)(?P<year>1\d\d)(?=学年|年)")


def find_year(sample: TableSample, given: int | None, date: Reading) -> SampledColumn | None:
    """Write where years come from: a column, else what the table, sheet or file is called.

    Args:
        sample: The table.
        given: The year, where somebody says it and no column does.
        date: Takes the entries that say it.

    Returns:
        The column of years, if there is one.
    """
    for column in sample.columns:
        if column.filled and not column.twice and says_year(column) and _take(column, date):
            return column
    _state(sample, given, date)
    return None


def _take(column: SampledColumn, date: Reading) -> bool:
    """Write how the years of a column are read, unless some of them cannot be."""
    if column.share(lambda text: text.isdecimal() and int(text) in MINGUO_YEARS) >= MOST:
        date.add("year", Line("column", column.header))
        date.add("year", Line("add", MINGUO))
        return True
    years = {text: found for text in column.counts if (found := year_in(text)) is not None}
    plain = column.share(lambda text: isinstance(read_year(text), int)) >= MOST
    if not plain and len(years) < len(column.counts):
        return False
    name = fixed_name(Fixed.YEAR)
    date.add("columns", Line(column.header, name))
    for text, found in years.items() if not plain else ():
        date.add("values", Line(text, found), name)
    return True


def _state(sample: TableSample, given: int | None, date: Reading) -> None:
    """Write the one year of all rows, or room for it; it is sure unless headers name another."""
    told = next((text for text in sample.names if year_in(text) is not None), "")
    stated = given or year_in(told)
    remark = say(f"取自“{told}”", f'from "{told}"') if given is None else ""
    if stated is None:
        remark = say("表中没有年份：填上并去掉 #", "no year was found: give it and remove the #")
    other = {year_in(column.header) for column in sample.columns} - {None, stated}
    sure = stated is not None and (given is not None or not other)
    if stated is not None and not sure:
        remark += say("；表头另有年份，请确认", "; headers name other years: confirm it")
    date.add("constants", Line(fixed_name(Fixed.YEAR), stated or "", remark, sure=sure))


def year_in(text: str) -> int | None:
    """Give the year that a text says, the first of a school year; None if it says none or several.

    Examples:
        >>> year_in("2024-2025学年初教育统计"), year_in("113學年度國小"), year_in("2021年至2023年")
        (2024, 2024, None)
        >>> year_in("令和元年度"), year_in("平成30年度学校基本調査"), year_in("R5")
        (2019, 2018, 2023)
    """
    text = simplified(fold(text)).strip()
    six = _SIX.fullmatch(text)
    if six is not None and (int(six["year"]) + 1) % 100 == int(six["next"]):
        return int(six["year"])
    found = {int(match["year"]) for match in _IN_TEXT.finditer(text)}
    if len(found) == 2 and max(found) == min(found) + 1 and re.search(r"\d[-—~至/]\d", text):  # noqa: PLR2004 - both years of a school year
        found = {min(found)}
    found = found or {int(match["year"]) + MINGUO for match in _MINGUO_IN_TEXT.finditer(text)}
    found = found or {_of_era(match) for match in _ERA_IN_TEXT.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _of_era(match: re.Match[str]) -> int:
    year = match["year"] or match["of"]
    return _ERAS[match["era"] or match["letter"]] + (1 if year == "元" else int(year))
