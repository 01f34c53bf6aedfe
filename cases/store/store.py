"""Cases, measures and files: read, and written with a line in the history."""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from enum import Enum
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from dabiao.cases.store.database import (
    DamageError,
    Done,
    MovedError,
    open_database,
    read,
    saying_why,
    write,
)
from dabiao.cases.store.tables import (
    ACTIONS,
    ATTACHMENTS,
    CASES,
    FILES,
    HISTORY,
    SUCCESSIONS,
)
from dabiao.schemas.case import Attachment, Case, CaseBook, CaseState, CorrectiveAction
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

CASE, ACTION = "case", "measure"
_LISTS = ("parents", "lead", "responsible", "cases")

Fields = Mapping[str, Any]
_Changes = Mapping[str, tuple[Any, Any]]
"""Field to what it was, and what it became."""
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who changes something, on which day, and why, in their own words."""

    by: str
    day: datetime.date
    why: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change.

    Attributes:
        key: Number of the case or measure.
        version: What it became the version of.
        act: What was done, in one word.
        at: When the program wrote it (UTC).
        day: The day it is about.
        by: Who did it.
        why: Why.
        changes: Field to what it was and what it became.
    """

    key: str
    version: int
    act: str
    at: str
    day: datetime.date
    by: str
    why: str
    changes: _Changes


class Transaction:
    """What is read and written together.

    Args:
        connection: A connection in a transaction.
        signature: Who writes; None where nothing is written.
    """

    def __init__(self, connection: Connection, signature: Signature | None) -> None:
        self._connection = connection
        self._signature = signature

    def cases(self) -> list[Case]:
        """Give all cases, by number."""
        return self._rows(CASES, sa.select(CASES).order_by(CASES.c.number), _case)

    def case(self, number: str) -> Case | None:
        """Give a case by its number."""
        wanted = sa.select(CASES).where(CASES.c.number == number)
        return next(iter(self._rows(CASES, wanted, _case)), None)

    def add_cases(self, cases: Sequence[Case]) -> None:
        """Write new cases."""
        if cases:
            lines = [self._history_line(CASE, case.number, 1, "opened", {}) for case in cases]
            self._connection.execute(HISTORY.insert(), lines)
            self._connection.execute(CASES.insert(), [_row(case) for case in cases])

    def change_case(self, case: Case, changes: Fields, act: str = "updated") -> Case:
        """Write what changes of a case, and give it as it is now; nothing where nothing does.

        Raises:
            MovedError: Somebody else has written it since it was read.
        """
        differing = _differing(case, changes)
        if not differing:
            return case
        values = {name: value for name, (_, value) in differing.items()}
        changed = replace(case, **values, version=case.version + 1, changed=self._signed.day)
        self._tell(CASE, case.number, changed.version, act, differing)
        row = _row(changed)
        self._update(CASES, case.number, case.version, {n: row[n] for n in (*differing, *_MOVING)})
        return changed

    def actions(self) -> list[CorrectiveAction]:
        """Give all measures, in the order they were added."""
        return self._rows(ACTIONS, sa.select(ACTIONS).order_by(ACTIONS.c.number), _action)

    def add_action(self, action: CorrectiveAction) -> None:
        """Write a new measure."""
        self._tell(ACTION, action.number, 1, "added", {})
        self._connection.execute(ACTIONS.insert().values(_row(action)))

    def change_action(self, action: CorrectiveAction, changes: Fields) -> CorrectiveAction:
        """Write what changes of a measure, and give it as it is now."""
        differing = _differing(action, changes)
        if not differing:
            return action
        values = {name: value for name, (_, value) in differing.items()}
        changed = replace(action, **values, version=action.version + 1)
        self._tell(ACTION, action.number, changed.version, "updated", differing)
        row = _row(changed)
        self._update(
            ACTIONS, action.number, action.version, {n: row[n] for n in (*differing, "version")}
        )
        return changed

    def attachments(self) -> list[Attachment]:
        """Give all attached files, each with its cases."""
        wanted = (
            sa.select(ATTACHMENTS, FILES.c.size)
            .join(FILES, FILES.c.sha256 == ATTACHMENTS.c.sha256)
            .order_by(ATTACHMENTS.c.sha256, ATTACHMENTS.c.case_number)
        )
        found: dict[str, Attachment] = {}
        for of in self._rows(ATTACHMENTS, wanted, dict[str, Any]):
            number = str(of.pop("case_number"))
            first = found.setdefault(str(of["sha256"]), Attachment(**of))
            found[first.sha256] = replace(first, cases=(*first.cases, number))
        return list(found.values())

    def content(self, sha256: str) -> bytes:
        """Give what stands in an attached file."""
        wanted = sa.select(FILES.c.content).where(FILES.c.sha256 == sha256)
        content = bytes(self._connection.execute(wanted).scalar_one())
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamageError(FILES.name)
        return content

    def attach(self, file: Attachment, content: bytes, case: Case) -> bool:
        """Keep a file with a case, its content once; tell whether it was new to the case."""
        known = sa.select(FILES.c.sha256).where(FILES.c.sha256 == file.sha256)
        if self._connection.execute(known).first() is None:
            values = {"sha256": file.sha256, "size": file.size, "content": content}
            self._connection.execute(FILES.insert().values(values))
        here = sa.select(ATTACHMENTS.c.name).where(
            ATTACHMENTS.c.sha256 == file.sha256, ATTACHMENTS.c.case_number == case.number
        )
        if self._connection.execute(here).first() is not None:
            return False
        version = case.version + 1
        self._tell(CASE, case.number, version, "attached", {"file": (None, file.name)})
        told = {"name": file.name, "added": file.added, "by": file.by, "expires": file.expires}
        self._connection.execute(
            ATTACHMENTS.insert().values(sha256=file.sha256, case_number=case.number, **told)
        )
        moved = {"version": version, "changed": self._signed.day}
        self._update(CASES, case.number, case.version, moved)
        return True

    def successions(self) -> dict[str, str]:
        """Give what codes became, by the code before."""
        found = self._connection.execute(sa.select(SUCCESSIONS.c.old, SUCCESSIONS.c.new))
        return {str(old): str(new) for old, new in found}

    def succeed(self, old: str, new: str) -> None:
        """Note that one code became another."""
        signed = self._signed
        values = {"old": old, "new": new, "at": _now(), "by": signed.by, "why": signed.why}
        self._connection.execute(SUCCESSIONS.insert().values(values))

    def history(self, key: str | None = None) -> list[HistoryLine]:
        """Give what was done, in order: to one case or measure, or to all."""
        wanted = sa.select(HISTORY).order_by(HISTORY.c.id)
        if key is not None:
            wanted = wanted.where(HISTORY.c.key == key)
        return self._rows(HISTORY, wanted, _line)

    def _rows(
        self, table: sa.Table, wanted: sa.Select[Any], made: Callable[[Mapping[str, Any]], Made]
    ) -> list[Made]:
        """Read rows of a table, each as what it is.

        Raises:
            DamageError: What stands there is not what was written.
        """
        kinds = {column.name: column.type.python_type for column in table.columns}
        try:
            found = [dict(row) for row in self._connection.execute(wanted).mappings()]
            for row in found:
                for name, kind in kinds.items():
                    if not isinstance(row[name], kind | None):
                        raise DamageError(table.name)
            return [made(row) for row in found]
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise DamageError(table.name) from error

    def _update(self, table: sa.Table, number: str, version: int, values: Fields) -> None:
        at = (table.c.number == number, table.c.version == version)
        if self._connection.execute(table.update().where(*at).values(dict(values))).rowcount != 1:
            raise MovedError(number)

    def _tell(self, thing: str, key: str, version: int, act: str, changes: _Changes) -> None:
        line = self._history_line(thing, key, version, act, changes)
        self._connection.execute(HISTORY.insert().values(line))

    def _history_line(
        self, thing: str, key: str, version: int, act: str, changes: _Changes
    ) -> dict[str, Any]:
        signed = self._signed
        told = json.dumps(changes, ensure_ascii=False, default=_plain)
        values = {"thing": thing, "key": key, "version": version, "act": act, "at": _now()}
        return values | {"day": signed.day, "by": signed.by, "why": signed.why, "changes": told}

    @property
    def _signed(self) -> Signature:
        if self._signature is None:
            raise TypeError("nothing is written without somebody who writes it")
        return self._signature


_MOVING = ("version", "changed")


class Store:
    """Where cases are kept.

    Args:
        where: A SQLite file, or the address of a PostgreSQL database.
        create: Whether a file that is not there yet is made.

    Raises:
        InputError: There is none, or it cannot be used.
    """

    def __init__(self, where: str, *, create: bool = False) -> None:
        self.where = where
        self._engine: Engine = open_database(where, create=create)

    def read(self, work: Callable[[Transaction], Done]) -> Done:
        """Read something as it stands at one moment."""
        with saying_why(self.where):
            return read(self._engine, lambda open_: work(Transaction(open_, None)))

    def write(self, signature: Signature, work: Callable[[Transaction], Done]) -> Done:
        """Write something whole or not at all; where somebody else was first, do it again."""
        with saying_why(self.where):
            return write(self._engine, lambda open_: work(Transaction(open_, signature)))

    def book(self, today: datetime.date) -> CaseBook:
        """Give all cases as they stand on a day, for a report to show."""

        def read(open_: Transaction) -> CaseBook:
            kept = tuple(open_.cases()), tuple(open_.actions()), tuple(open_.attachments())
            return CaseBook(today, *kept)

        return self.read(read)


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _differing(of: object, changes: Fields) -> dict[str, tuple[Any, Any]]:
    """Give of each field that changes what it is, and what it becomes."""
    pairs = {name: (getattr(of, name), value) for name, value in changes.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _row(of: Case | CorrectiveAction) -> dict[str, Any]:
    return dict(_columns(of))


def _columns(of: Case | CorrectiveAction) -> Iterator[tuple[str, Any]]:
    for each in fields(of):
        value = getattr(of, each.name)
        if each.name in _LISTS:
            value = json.dumps(value, ensure_ascii=False)
        yield each.name, value.value if isinstance(value, Enum) else value


def _case(row: Mapping[str, Any]) -> Case:
    read = dict(row)
    read |= {name: tuple(json.loads(read[name])) for name in _LISTS if name in read}
    read["level"], read["state"] = Level(read["level"]), CaseState(read["state"])
    read["outcome"] = None if read["outcome"] is None else Outcome(read["outcome"])
    return Case(**read)


def _action(row: Mapping[str, Any]) -> CorrectiveAction:
    return CorrectiveAction(**{**row, "cases": tuple(json.loads(row["cases"]))})


def _line(row: Mapping[str, Any]) -> HistoryLine:
    read = {key: value for key, value in row.items() if key not in ("id", "thing")}
    changes = {name: tuple(pair) for name, pair in json.loads(read.pop("changes")).items()}
    return HistoryLine(**read, changes=changes)


def _plain(value: object) -> object:
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
