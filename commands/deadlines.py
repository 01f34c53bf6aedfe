"""When forms were due, and when files came."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dabiao.cases.clocks import today
from dabiao.commands.exit_codes import Exit
from dabiao.commands.loading import or_exit
from dabiao.commands.options import option
from dabiao.reports.outputs import tell
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from dabiao.rules.catalog.catalog import Catalog
    from dabiao.schemas.facts import Facts
    from dabiao.schemas.level import Level


_DUE = ("截止日期，可按层级，如 学校=2025-10-31", "due date, perhaps of a level: school=2025-10-31")
_LOG = ("收件登记的文件：记下每个文件何时收到", "the log of what was received when, which is kept")
_CAME = ("今天以外的收件日期", "the day on which it came, if not today")


@dataclass(frozen=True)
class DaysSaid:
    """What somebody says of days.

    Attributes:
        due: Due dates, each of all forms or of one level.
        log: The log of what was received when, which is kept up.
        came: The day on which what the log doesn't know came; None for today.
    """

    due: Annotated[list[str] | None, option(*_DUE, "--due", metavar="[LEVEL=]DATE")] = None
    log: Annotated[Path | None, option(*_LOG, "--log", metavar="FILE.csv")] = None
    came: Annotated[str | None, option(*_CAME, "--received", metavar="DATE")] = None


def _due_dates(words: Sequence[str]) -> "dict[Level | None, datetime.date]":
    """Read due dates, each of all forms or of one level."""
    from dabiao.rules.catalog.selection import find_level

    found: dict[Level | None, datetime.date] = {}
    for word in words:
        level, _, date = word.rpartition("=")
        found[find_level(level) if level else None] = _day(date if level else word)
    return found


def set_deadlines(
    facts: "Facts",
    catalog: "Catalog",
    rules: Sequence[str],
    year: int | None,
    said: DaysSaid,
) -> None:
    """Let facts know when they were due: as was said, else by the documents; and when they came.

    Where somebody said only when they are due, they came today; where nobody said anything of
    days, nothing is known of them.

    Args:
        facts: The facts.
        catalog: The rule pack.
        rules: Ids of the rules they are judged by.
        year: The year judged; None for the usual one.
        said: What somebody says of days.
    """
    from dabiao.intake.facts.years import judged_year
    from dabiao.schemas.attendance import Deadlines

    until = _due_dates(said.due or ())
    if not until and said.log is None and said.came is None:
        return
    year = judged_year(facts) if year is None else year
    usual = {} if year is None else _of_documents(catalog, rules, year)
    first = _first_received(facts, said.log, said.came)
    facts.deadlines = Deadlines(year, usual | until, first)


def _of_documents(
    catalog: "Catalog", rules: Sequence[str], year: int
) -> "dict[Level | None, datetime.date]":
    """Give when documents have the forms of a year due; where several do, the earliest."""
    found: dict[Level | None, datetime.date] = {}
    documents = {catalog.rules[id_].document.id for id_ in rules}
    for id_ in documents:
        for level, day in catalog.documents[id_].due_dates(year).items():
            found[level] = min(day, found.get(level, day))
    return found


def _first_received(facts: "Facts", log: Path | None, came: str | None) -> dict[str, datetime.date]:
    """Take down what was received, and tell of each file on which day it first came.

    Without a log all of it came on the day that is said, or today.
    """
    from dabiao.intake.receipts import read_receipts, received
    from dabiao.reports.lists.returns.completeness import write_log

    day = today() if came is None else _day(came)
    with or_exit(Exit.FACTS):
        known = [] if log is None else read_receipts(log)
    receipts, kept = received(facts.files, known, day)
    if log is not None and kept != known:
        write_log(log, kept)
    return {file: receipt.first for file, receipt in receipts.items()}


def _day(text: str) -> datetime.date:
    from dabiao.schemas.days import day_in

    found = day_in(text)
    if found is None:
        tell(
            say(
                f"“{text}”不是日期；写成 2025-10-31，或 学校=2025-10-31",
                f"{text!r} is no date; write it like 2025-10-31, or school=2025-10-31",
            )
        )
        raise typer.Exit(Exit.USAGE)
    return found
