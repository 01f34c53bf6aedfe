"""When forms were due, and when files came."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dabiao.commands.exit_codes import Exit
from dabiao.commands.loading import or_exit
from dabiao.reports.outputs import tell
from dabiao.schemas.language import say

if TYPE_CHECKING:
    from dabiao.schemas.facts import Facts
    from dabiao.schemas.level import Level


def due_dates(words: Sequence[str]) -> "dict[Level | None, datetime.date]":
    """Read due dates, each of all forms or of one level."""
    from dabiao.rules.catalog.selection import find_level

    found: dict[Level | None, datetime.date] = {}
    for word in words:
        level, _, date = word.rpartition("=")
        found[find_level(level) if level else None] = _day(date)
    return found


def first_received(facts: "Facts", log: Path | None, came: str | None) -> dict[str, datetime.date]:
    """Take down what was received, and tell of each file on which day it first came.

    Without a log all of it came on the day that is said, or today.
    """
    from dabiao.intake.receipts import read_receipts, received
    from dabiao.reports.lists.returns.completeness import write_log

    today = datetime.datetime.now(datetime.UTC).astimezone().date() if came is None else _day(came)
    with or_exit(Exit.FACTS):
        known = [] if log is None else read_receipts(log)
    receipts, kept = received(facts.files, known, today)
    if log is not None and kept != known:
        write_log(log, kept)
    return {file: receipt.first for file, receipt in receipts.items()}


def _day(text: str) -> datetime.date:
    from dabiao.intake.receipts import day

    try:
        return day(text)
    except ValueError:
        tell(
            say(
                f"“{text}”不是日期；写成 2025-10-31，或 学校=2025-10-31",
                f"{text!r} is no date; write it like 2025-10-31, or school=2025-10-31",
            )
        )
        raise typer.Exit(Exit.USAGE) from None
