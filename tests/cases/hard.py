"""Processes that are killed, and processes that write at once: run by ``test_hard.py``.

python -m tests.cases.hard KILLED-ADDRESS WRITTEN-ADDRESS ...
"""

import json
import os
import signal
import sys
from datetime import date
from typing import Any

import alembic.runtime.environment
import alembic.script  # noqa: F401 - loaded once, not in each process
import sqlalchemy as sa

from dabiao.cases.actions import ActionChange, add_action
from dabiao.cases.opening import open_cases
from dabiao.cases.store.database import _engine
from dabiao.cases.store.store import Store, Transaction
from dabiao.cases.updating import update_cases
from dabiao.schemas.case import CaseState
from tests.cases.runs import STEPS, judged, opened, signed

DAY = date(2024, 1, 31)
TIMES = 8


def killed(where: str) -> list[str]:
    """Do the same thing again and again, killed at its first statement, its second, and so on.

    Of those that make the tables, each ninth; on a server, each second of the others. Gives what
    was there each time.
    """
    told: list[str] = []
    at, made = 1, False
    while True:
        child = os.fork()
        if child == 0:
            _work(where, at)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        found = _sound(where)
        told.append(found)
        if status == 0 and made:
            return told
        if not made and found != "nothing":
            at, made = 0, True
        at += (2 if "://" in where else 1) if made else 9


def _work(where: str, at: int) -> None:
    """Open two cases and take one to its end, but stop dead before a statement."""
    left = at

    def count(*_: Any) -> None:  # noqa: ANN401
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(sa.Engine, "before_cursor_execute", count)
    sa.event.listen(sa.Engine, "commit", count)
    store = Store(where, create=True)
    open_cases(store, judged([(1, 47), (2, 48)]), signed(DAY))
    number = store.book(DAY).cases[0].number
    said = {name: value for _, step in STEPS for name, value in step.items()}
    told = {**said, "due": DAY, "state": CaseState.CLOSED}
    store.write(signed(DAY), lambda open_: update_cases(open_, [number], told))


def _sound(where: str) -> str:
    """Say what is there: each change whole, and a line in the history for each version."""
    engine = _engine(where, create=True)
    with engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
    if not tables:
        return "nothing"

    def read(open_: Transaction) -> str:
        cases, lines = open_.cases(), open_.history()
        told = sorted((line.key, line.version) for line in lines)
        wanted = sorted((case.number, at + 1) for case in cases for at in range(case.version))
        states = ",".join(sorted(case.state.value for case in cases))
        return f"{states or '-'} {'sound' if told == wanted else 'torn'}"

    return Store(where).read(read)


def writers(where: str) -> str:
    """Let two processes write at once, each a field of the same case, and measures for it.

    Gives the number of the case.
    """
    store = Store(where, create=True)
    (case,) = opened(store, [47], DAY)
    children = []
    for name in ("person", "progress"):
        child = os.fork()
        if child == 0:
            _write(where, case.number, name)
            os._exit(0)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    return case.number


def _write(where: str, number: str, name: str) -> None:
    store = Store(where)
    for at in range(TIMES):
        told = {name: f"{name} {at}"}
        store.write(signed(DAY, by=name), lambda t, told=told: update_cases(t, [number], told))  # type: ignore[misc]
        add_action(store, ActionChange(text=f"{name} {at}", serves=[number]), signed(DAY, by=name))


if __name__ == "__main__":
    addresses = iter(sys.argv[1:])
    found = [(killed(one), writers(other)) for one, other in zip(addresses, addresses, strict=True)]
    json.dump(found, sys.stdout)
