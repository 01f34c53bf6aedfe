"""Who was to report and who did, as a list."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, TextIO

from dabiao.reports.lists.listings import Listing
from dabiao.reports.returns import COUNTS
from dabiao.reports.wording import presence
from dabiao.schemas.attendance import Attendance, Attendee, Returned
from dabiao.schemas.border import border
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Subject

MOST_ITEMS = 4
"""Missing items named of one subject in a table for people."""


@dataclass(frozen=True, slots=True)
class Register:
    """The roll of one year.

    Attributes:
        year: The year.
        levels: The counts per level.
        areas: The same per level and county.
        attendees: The subjects to list.
        names: Names of places by code.
    """

    year: int
    levels: Sequence[Attendance]
    areas: Sequence[Attendance]
    attendees: Sequence[Attendee]
    names: Mapping[str, str]


def attendance_listing(register: Register) -> Listing:
    """List subjects, one a row; as JSON with the counts per level and county as well."""
    columns = {
        "level": say("层级", "level"),
        "code": say("代码", "code"),
        "name": say("名称", "name"),
        "above": say("上级", "lies in"),
        "status": say("状态", "status"),
        "new": say("新增", "new"),
        "lacking": say("缺几项", "items missing"),
        "items": say("缺哪些", "which"),
        "reason": say("说明", "remark"),
    }
    rows: list[dict[str, Scalar]] = [
        {
            "level": one.subject.level.label,
            "code": one.subject.code,
            "name": one.subject.name,
            "above": _above(one, register.names),
            "status": one.returned.label,
            "new": one.new,
            "lacking": len(one.lacking),
            "items": say("、", ", ").join(each.text for each in one.lacking),
            "reason": presence(one),
        }
        for one in register.attendees
    ]
    return Listing(columns, rows, _records(register))


def _records(register: Register) -> Any:  # noqa: ANN401 - plain data for JSON
    def plain(records: Iterable[Attendance]) -> list[Any]:
        return [asdict(record) for record in records]

    return {
        "year": register.year,
        "levels": plain(register.levels),
        "areas": plain(register.areas),
        "subjects": list(map(_record, register.attendees)),
    }


def print_attendance(register: Register, file: TextIO) -> None:
    """Print the counts per level, then per county, then the subjects level by level."""
    from rich.text import Text

    from dabiao.reports.terminal.consoles import console
    from dabiao.reports.terminal.grids import print_grid

    screen = console(file)

    def counts(first: str, rows: Sequence[tuple[str, Attendance]]) -> None:
        headings = [first, *(say(*words) for words in _COUNTED.values())]
        told = [[name, *(f"{getattr(each, key):,}" for key in _COUNTED)] for name, each in rows]
        print_grid(screen, headings, told, range(1, len(headings)))

    year = register.year
    screen.print(Text(say(f"{year}年填报情况", f"Returns of {year}"), "bold"))
    counts(say("层级", "level"), [(each.level.label, each) for each in register.levels])
    for level in Level:
        below = [each for each in register.areas if each.level is level]
        if below:
            title = say(f"\n{level.zh}，按旗县", f"\n{level.plural} by county")
            screen.print(Text(title, "bold"))
            named = [(register.names.get(each.area or "", each.area or ""), each) for each in below]
            counts(say("旗县", "county"), named)
    for level in Level:
        of_level = [one for one in register.attendees if one.subject.level is level]
        if not of_level:
            continue
        screen.print(Text(f"\n{level.label}", "bold"))
        headings = [
            say("代码", "code"),
            say("名称", "name"),
            say("上级", "lies in"),
            say("状态", "status"),
            say("缺什么、说明", "missing, remarks"),
        ]
        rows = (
            [
                one.subject.code,
                one.subject.name,
                _above(one, register.names),
                one.returned.label,
                _remark(one),
            ]
            for one in of_level
        )
        print_grid(screen, headings, rows)


_COUNTED = COUNTS | {
    "new": ("新增", "new"),
    "closed": ("撤销", "closed"),
    "merged": ("并入", "merged"),
}
"""What is counted, and what it is called."""


def _record(one: Attendee) -> dict[str, object]:
    return {
        "subject": border(Subject).dump_python(one.subject, mode="json"),
        "year": one.year,
        "returned": one.returned,
        "new": one.new,
        "lacking": [each.text for each in one.lacking],
        "reason": presence(one),
    }


def _above(one: Attendee, names: Mapping[str, str]) -> str:
    code = one.subject.parents[-1] if one.subject.parents else ""
    return names.get(code, code)


def _remark(one: Attendee) -> str:
    told = [reason] if (reason := presence(one)) else []
    if one.returned is Returned.PARTIAL:
        listed = say("、", ", ").join(each.text for each in one.lacking[:MOST_ITEMS])
        count = len(one.lacking)
        more = say(f"等 {count} 项", f" and others, {count} in all") if count > MOST_ITEMS else ""
        told.insert(0, say(f"缺 {listed}{more}", f"lacks {listed}{more}"))
    return say("；", "; ").join(told)
