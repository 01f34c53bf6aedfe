"""Wide columns that repeat one pattern: 1年级班数, 2年级班数, …; 2021年, 2022年, ….

A family is a set of patterns with one slot that all take the same values. It becomes the ``rows``
of a mapping: one row of the table is read once for each value.
"""

import re
from collections.abc import Mapping, Sequence

from dabiao.intake.cells.identity_cells import FIRST_YEAR, LAST_YEAR
from dabiao.intake.proposals.likeness import bracketed
from dabiao.intake.proposals.measures import Thing
from dabiao.intake.proposals.sampled import SampledColumn
from dabiao.intake.proposals.years import MINGUO, MINGUO_YEARS
from dabiao.schemas.language import say
from dabiao.schemas.numerals import DIGITS, chinese_number
from dabiao.schemas.record import dataclass

_YEAR = "年"
_NUMBERED = {
    "年级": re.compile(rf"(?P<value>\d+|[{DIGITS}十]+)(?=年[级級])"),
    "grade": re.compile(
        r"(?:^|(?<=[\W_]))(?:[Gg]rade|[Cc]lass|[Yy]ear|[Gg])[ _-]?(?P<value>\d{1,2})(?!\d)"
    ),
    _YEAR: re.compile(
        r"(?<!\d)(?P<value>\d{4}(?!\d)|\d{2,4}(?=年|学年|學年))(?:[学學]年度?|年度?)?"
    ),
}
"""What may be numbered, and how its number stands in a header."""


@dataclass(frozen=True)
class Family:
    """Patterns of headers that take the same values, such as grades or years.

    ``name`` says what is numbered, ``meanings`` what the values mean, ``things`` what the columns
    of each pattern are: their header has a variable in the place of the value.
    """

    name: str
    meanings: Mapping[str, int]
    things: Sequence[Thing]

    @property
    def by_year(self) -> bool:
        """Whether years are numbered."""
        return self.name == _YEAR

    @property
    def variable(self) -> str:
        """What stands for a value in a mapping, in braces."""
        return f"{{{_called(self.name)}}}"


def _called(name: str) -> str:
    return {"年级": say("年级", "grade"), _YEAR: say("年", "year")}.get(name, name)


def find_families(columns: Sequence[SampledColumn]) -> list[Family]:
    """Find the families among some columns, largest first."""
    found: dict[tuple[str, str, str], dict[str, SampledColumn]] = {}
    for column in columns:
        header = column.header
        slots = ((name, pattern.search(header)) for name, pattern in _NUMBERED.items())
        name, match = next(((name, m) for name, m in slots if m), ("", None))
        if match is not None and _meaning(name, match["value"]):
            start, end = match.span("value")
            whole = f"{header[:start]}{{{_called(name)}}}{header[end:]}"
            # 年级班级数 is a measure of its own, beside 班级数.
            start, end = (start, end) if name == "年级" else match.span()
            rest = f"{header[:start]}{header[end:]}".strip(" _-—的:：()（）")
            found.setdefault((name, whole, rest), {}).setdefault(match["value"], column)
    families: dict[tuple[str, frozenset[str]], Family] = {}
    for (name, whole, rest), by_value in found.items():
        if len(by_value) > 1:
            meanings = {value: _meaning(name, value) for value in by_value}
            key = name, frozenset(by_value)
            before = families.get(key, Family(name, meanings, ()))
            names = rest, rest.removeprefix(name)
            thing = Thing((whole,), names, tuple(by_value.values()), bracketed(rest)[1])
            families[key] = Family(name, before.meanings, (*before.things, thing))
    return sorted(families.values(), key=lambda each: -len(each.meanings) * len(each.things))


def _meaning(name: str, value: str) -> int:
    """Give the grade or year that a number means, one of the Minguo calendar too; 0 for none."""
    number = int(value) if value.isdecimal() else int(chinese_number(value) or 0)
    if name != _YEAR:
        return number
    number += MINGUO if number in MINGUO_YEARS else 0
    return number if FIRST_YEAR <= number <= LAST_YEAR else 0
