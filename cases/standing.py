"""How cases stood on a day of the past, as their history tells it."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from dabiao.cases.listing import FIELDS
from dabiao.cases.store.store import HistoryLine, Store, Transaction
from dabiao.cases.updating import Saying
from dabiao.schemas.case import DAYS, Case, CaseBook, CaseState

_Lines = Mapping[str, list[HistoryLine]]


def standing(store: Store, day: datetime.date) -> CaseBook:
    """Give the cases that were there on a day, each with what had been said of it by its end.

    What a run concluded of them since is not taken back.
    """

    def read(open_: Transaction) -> CaseBook:
        lines = _by_case(open_)
        there = (_stood(case, lines.get(case.number, ()), day) for case in open_.cases())
        return CaseBook(day, tuple(case for case in there if case is not None))

    return store.read(read)


def ended_waivers(
    store: Store, since: datetime.date, today: datetime.date
) -> dict[str, datetime.date]:
    """Give by case the last day of the waiver that ended latest, from one day until before another.

    A waiver that was taken back, or made longer, by its last day did not end on it.
    """

    def read(open_: Transaction) -> dict[str, datetime.date]:
        spans = ((number, _waived(lines, today)) for number, lines in _by_case(open_).items())
        ended = {
            number: [last for last, held in of if since <= last < min(held, today)]
            for number, of in spans
        }
        return {number: max(days) for number, days in ended.items() if days}

    return store.read(read)


def _waived(
    lines: Iterable[HistoryLine], today: datetime.date
) -> list[tuple[datetime.date, datetime.date]]:
    """Give each waiver's last day as it was said, with the day on which something else was said."""
    found: list[tuple[datetime.date, datetime.date]] = []
    said: dict[str, object] = {}
    last: datetime.date | None = None
    for line in (each for each in lines if each.day <= today):
        before = last
        said |= {name: after for name, (_, after) in line.changes.items()}
        waived = restored("state", said.get("state")) is CaseState.WAIVED
        until = restored("expires", said.get("expires"))
        last = until if waived and isinstance(until, datetime.date) else None
        if before is not None and last != before:
            found.append((before, line.day))
    return found if last is None else [*found, (last, datetime.date.max)]


def first_seen(store: Store, fingerprint: str) -> datetime.date | None:
    """Give the day on which cases were first opened from a run, or looked at again by it."""

    def read(open_: Transaction) -> datetime.date | None:
        lines = _by_case(open_)
        days = [
            day
            for case in open_.cases()
            for day, run in _runs(case, lines.get(case.number, []))
            if run == fingerprint
        ]
        return min(days, default=None)

    return store.read(read)


def restored(name: str, value: object) -> Saying:
    """Read a value as the history has it."""
    if value is None:
        return None
    if name == "state":
        return CaseState(str(value))
    return datetime.date.fromisoformat(str(value)) if name in DAYS else str(value)


def _by_case(open_: Transaction) -> _Lines:
    found: dict[str, list[HistoryLine]] = {}
    for line in sorted(open_.history(), key=lambda each: each.version):
        found.setdefault(line.key, []).append(line)
    return found


def _stood(case: Case, lines: Iterable[HistoryLine], day: datetime.date) -> Case | None:
    """Say a case as it stood; its lines are in order, whatever days they are about."""
    lines = list(lines)
    if not lines or lines[0].day > day:
        return None
    first: dict[str, object] = {}
    last: dict[str, object] = {}
    for line in lines:
        for name in FIELDS.keys() & line.changes.keys():
            first.setdefault(name, line.changes[name][0])
            if line.day <= day:
                last[name] = line.changes[name][1]
    said: dict[str, Any] = {name: restored(name, value) for name, value in (first | last).items()}
    return replace(case, **said)


def _runs(case: Case, lines: list[HistoryLine]) -> Iterable[tuple[datetime.date, str]]:
    """Give the runs that a case was opened from and seen by, each with the day."""
    seen = [(line.day, line.changes["run"]) for line in lines if "run" in line.changes]
    if lines:
        yield lines[0].day, str(seen[0][1][0]) if seen else case.run
    for day, (_, run) in seen:
        yield day, str(run)
