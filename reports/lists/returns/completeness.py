"""How completely and how early everybody reported, as people and programs read it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TextIO

from dabiao.intake.receipts import LOG_COLUMNS, Receipt
from dabiao.reports.format_names import Format
from dabiao.reports.lists.listings import Listing, write_listing
from dabiao.reports.outputs import Output
from dabiao.reports.returns import COUNTS, DATES, SHARES, due_in_words, percent, shares
from dabiao.schemas.attendance import Attendance
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import DueDate

_WORST = 15
"""Items of a level told in a table for people, the emptiest first."""


@dataclass(frozen=True, slots=True)
class CompletenessTable:
    """What is told of one year.

    Attributes:
        year: The year.
        rows: Levels, counties and items.
        due: When each form was due, where it is known when files came.
        names: Names of places by code.
    """

    year: int
    rows: Sequence[Attendance]
    due: Sequence[DueDate]
    names: Mapping[str, str]


def completeness_listing(of: CompletenessTable) -> Listing:
    """List levels, counties and items, one a row."""
    columns = {
        "level": say("表", "form"),
        "area": say("旗县", "county"),
        "item": say("数据项", "item"),
        **{key: say(*words) for key, words in (COUNTS | DATES).items()},
        "returned_share": say("报送率%", "returned %"),
        "on_time_share": say("按时率%", "on time %"),
        "required": say("应填格", "cells wanted"),
        "filled": say("已填格", "cells filled"),
        "filled_share": say("填报率%", "filled %"),
        "sound_share": say("无矛盾率%", "sound %"),
    }
    records = [_record(each) for each in of.rows]
    rows = [_row(each, of.names) for each in of.rows]
    return Listing(columns, rows, {"year": of.year, "rows": records}, header(of))


def _record(of: Attendance) -> dict[str, object]:
    fields = {key: value for key, value in asdict(of).items() if key != "item"}
    item = None if of.item is None else {"slug": of.item.slug, "name": of.item.text}
    return {**fields, "item": item, **shares(of)}


def _row(of: Attendance, names: Mapping[str, str]) -> dict[str, Scalar]:
    counts: dict[str, Scalar] = {key: getattr(of, key) for key in COUNTS | DATES}
    return {
        "level": of.level.label,
        "area": names.get(of.area or "", of.area or ""),
        "item": _item(of),
        **counts,
        **shares(of),
        "required": of.required,
        "filled": of.filled,
    }


def header(of: CompletenessTable) -> list[str]:
    """Say what is counted, and what was due when."""
    due = due_in_words(of.due)
    lines = [
        say(
            f"{of.year}年报送情况：已撤销、尚未启用的不计入应报；报送率 =（已报 + 部分）÷ 应报，"
            "填报率 = 已填格 ÷ 应填格，无矛盾率 = 报了且不自相矛盾的 ÷ 报了的",
            f"Returns of {of.year}: who is closed or opens later is not expected; returned ="
            " (reported + in part) ÷ expected, filled = cells filled ÷ cells wanted, sound = those"
            " who contradict nobody ÷ those who reported anything",
        )
    ]
    if due:
        lines.append(
            say(
                f"截止日期：{due}；文件首次收到的日子晚于截止日期的是迟报，之后的更正不算迟报；"
                "按时率 = 按时 ÷ 应报",
                f"due: {due}; late is whose file first came later, corrections are not; on time ="
                " on time ÷ expected",
            )
        )
    return lines


def print_completeness(of: CompletenessTable, file: TextIO) -> None:
    """Print levels, then counties, then the items that are emptiest."""
    from rich.text import Text

    from dabiao.reports.terminal.consoles import console
    from dabiao.reports.terminal.grids import print_grid
    from dabiao.reports.terminal.wrapping import print_wrapped

    screen = console(file)
    for line in header(of):
        print_wrapped(screen, Text(line))

    def table(title: str, first: str, rows: Iterable[tuple[str, Attendance]]) -> None:
        told = list(rows)
        if not told:
            return
        screen.print(Text(f"\n{title}", "bold"))
        words = COUNTS | DATES | SHARES
        headings = [first, *(say(*words[key]) for key in _columns(of))]
        lines = ([name, *_cells(each, of)] for name, each in told)
        print_grid(screen, headings, lines, range(1, len(headings)))

    whole = [each for each in of.rows if each.item is None]
    levels = ((each.level.label, each) for each in whole if each.area is None)
    table(say("各表", "Forms"), say("表", "form"), levels)
    for level in Level:
        counties = [each for each in whole if each.level is level and each.area is not None]
        named = ((of.names.get(each.area or "", each.area or ""), each) for each in counties)
        table(say(f"{level.zh}，按旗县", f"{level.plural} by county"), say("旗县", "county"), named)
    for level in Level:
        items = [
            each
            for each in of.rows
            if each.level is level and each.item and each.area is None and _wanting(each)
        ]
        items.sort(key=lambda each: (each.filled / each.required, _item(each)))
        more = len(items) - _WORST
        rest = say(f"（另有 {more} 项）", f" ({more} more)") if more > 0 else ""
        title = say(f"{level.zh}，没有填全的数据项{rest}", f"{level.plural}, items with gaps{rest}")
        table(title, say("数据项", "item"), ((_item(each), each) for each in items[:_WORST]))


def _item(of: Attendance) -> str:
    return "" if of.item is None else of.item.text


def _wanting(of: Attendance) -> bool:
    return of.filled < of.required


def _columns(of: CompletenessTable) -> tuple[str, ...]:
    """Name what a table for people tells of each row."""
    timed = (*DATES, "on_time_share") if of.due else ()
    return (*COUNTS, *timed, "returned_share", "filled_share", "sound_share")


def _cells(attendance: Attendance, of: CompletenessTable) -> list[str]:
    of_form = shares(attendance)
    return [
        percent(of_form[key]) if key in SHARES else _number(getattr(attendance, key))
        for key in _columns(of)
    ]


def _number(count: int | None) -> str:
    return "" if count is None else f"{count:,}"


def write_log(path: Path, log: Sequence[Receipt]) -> None:
    """Write the log of what was received when.

    Raises:
        OutputError: It cannot be written.
    """
    columns = {field: say(*names) for field, names in LOG_COLUMNS.items()}
    rows: list[dict[str, Scalar]] = [
        {
            "file": each.file,
            "first": each.first.isoformat(),
            "first_hash": each.first_hash,
            "last": each.last.isoformat(),
            "last_hash": each.last_hash,
            "versions": each.versions,
        }
        for each in log
    ]
    Output(path, Format.CSV).write(partial(write_listing, Listing(columns, rows), Format.CSV))
