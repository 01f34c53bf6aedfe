"""Whatever is done in whatever order: the database says what a simple model says.

The model is a dict a case and a set of pairs of states, and knows nothing of the program's table.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from dabiao.cases.opening import open_cases
from dabiao.cases.store.store import Store, Transaction
from dabiao.cases.updating import RefusedError, update
from dabiao.schemas.case import DAYS, Case, CaseState
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import InputError
from tests.cases.runs import judged, signed, write

ALLOWED = {
    *("opened>notified", "notified>answered", "notified>rectified", "answered>rectified"),
    *("answered>notified", "rectified>re-checked", "rectified>notified", "re-checked>closed"),
    *("re-checked>notified", "closed>opened", "waived>opened", "opened>waived"),
    *("notified>waived", "answered>waived", "rectified>waived", "re-checked>waived"),
}
NEEDED = {
    "notified": {"issued", "due"},
    "re-checked": {"rechecked", "result"},
    "closed": {"rechecked", "result", "closed_by"},
    "waived": {"approver", "expires", "reason"},
}
TEXTS = ("measure", "person", "progress", "evidence", "result", "closed_by", "approver", "reason")
START = date(2024, 2, 27)
CASE = Case(
    number="2024-6KQB3-9V7G4",
    rule="plan/a",
    year=2024,
    origin="c",
    subject="c",
    name="一班",
    level=Level.CLASS,
    parents=(),
    title="班额",
    document="plan",
    lead=(),
    responsible=(),
    outcome=Outcome.VIOLATION,
    judged=2024,
    run="",
    opened=START,
    changed=START,
)

said = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(TEXTS, st.sampled_from(["甲", "乙", None]))
    | dict.fromkeys(DAYS, st.sampled_from([START, START + timedelta(3), None])),
)


ORDER = ("opened", "notified", "answered", "rectified", "re-checked", "closed")


def model_way(start: str, end: str) -> list[str] | None:
    """Find the shortest way by trying all: one step, or several ahead."""
    if f"{start}>{end}" in ALLOWED:
        return [end]
    if start not in ORDER or end not in ORDER:
        return None
    between = ORDER[ORDER.index(start) + 1 : ORDER.index(end)]
    for length in range(len(between) + 1):
        for middle in itertools.combinations(between, length):
            way = [start, *middle, end]
            if all(f"{a}>{b}" in ALLOWED for a, b in itertools.pairwise(way)):
                return way[1:]
    return None


def model_change(
    before: dict[str, Any], said: Mapping[str, Any], state: CaseState | None
) -> tuple[dict[str, Any] | None, int]:
    """Say what a case is after a change, None if it cannot be, and how often it is written."""
    current = before["state"]
    way = [] if state is None or state == current else model_way(current, state.value)
    if way is None:
        return None, 0
    written, coming = 0, dict(before)
    for step in way or [current]:
        old = dict(coming)
        if way and step == "opened":
            for name in ("rechecked", "result", "closed_by", "approver", "expires", "reason"):
                coming.pop(name, None)
        if way and step == "notified":
            for name in ("rechecked", "result", "closed_by"):
                coming.pop(name, None)
        coming |= {**said, "state": step}
        coming = {name: value for name, value in coming.items() if value is not None}
        if not NEEDED.get(step, set()) <= coming.keys():
            return None, 0
        written += coming != old
    return coming, written


def in_model(case: Case) -> dict[str, Any]:
    """Give of a case what the model has."""
    values = {name: getattr(case, name) for name in ("state", "outcome", *TEXTS, *DAYS)}
    return {name: value for name, value in values.items() if value is not None}


WHOLE: dict[str, Any] = {**dict.fromkeys(TEXTS, "甲"), **dict.fromkeys(DAYS, START)}
"""All that can be said of a case."""


class InMemory:
    """Takes changes of a case as a transaction does."""

    def change_case(self, case: Case, changes: Mapping[str, Any]) -> Case:
        """Count a version for each change that is one."""
        changed = replace(case, **changes)
        return case if changed == case else replace(changed, version=case.version + 1)


@pytest.mark.parametrize("start", CaseState)
def test_every_state_after_every_other(start: CaseState) -> None:
    """Whatever is left unsaid, a state may follow or may not, as the model has it."""
    held = {name: WHOLE[name] for name in NEEDED.get(start.value, ())}
    case = replace(CASE, state=start, **held)
    parts = [{name: WHOLE[name] for name in WHOLE if name != left} for left in WHOLE]
    for end, told in itertools.product(CaseState, ({}, WHOLE, *parts)):
        expected, versions = model_change(in_model(case), told, end)
        try:
            found = update(cast("Transaction", InMemory()), case, {**told, "state": end})
        except RefusedError:
            assert expected is None
        else:
            assert (in_model(found), found.version) == (expected, case.version + versions)


class Machine(RuleBasedStateMachine):
    """Cases opened and changed at random, in the database and in the model."""

    cases = Bundle("cases")
    wheres: Iterator[str]

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.store = Store(next(self.wheres), create=True)
        self.model: dict[str, dict[str, Any]] = {}
        self.versions: dict[str, int] = {}
        self.day = START

    @rule(target=cases, sizes=st.lists(st.sampled_from([40, 50]), min_size=1, max_size=3))
    def open(self, sizes: list[int]) -> Any:  # noqa: ANN401 - as Hypothesis has it
        """Open cases of a run; those there are stay, and are told how it is now."""
        run = judged(enumerate(sizes, 1))
        done = open_cases(self.store, run, signed(self.day))
        for case in done.new:
            assert case.number not in self.model
            self.model[case.number] = {"state": "opened", "outcome": "violation"}
            self.versions[case.number] = 1
        for case in done.seen:
            assert case.outcome is not None
            self.model[case.number]["outcome"] = case.outcome.value
            self.versions[case.number] += 1
        return multiple(*(case.number for case in done.new))

    @rule()
    def wait(self) -> None:
        """Let a day pass: over the leap day, and over the end of the month."""
        self.day += timedelta(1)

    @rule(number=cases, said=said, state=st.none() | st.sampled_from(CaseState))
    def change(self, number: str, said: dict[str, Any], state: CaseState | None) -> None:
        """Say anything of a case: it is written if the model allows it, and else nothing is."""
        expected, versions = model_change(self.model[number], said, state)
        told = said if state is None else {**said, "state": state}
        if expected is None:
            with pytest.raises(InputError):
                write(self.store, number, self.day, told)
        else:
            write(self.store, number, self.day, told)
            self.model[number] = expected
            self.versions[number] += versions

    @rule(number=consumes(cases))
    def forget(self, number: str) -> None:
        """Leave a case alone from now on."""

    @invariant()
    def agrees(self) -> None:
        """Each case says what the model says, and its history has a line for each version."""
        for case in self.store.book(self.day).cases:
            assert in_model(case) == self.model[case.number]
            assert case.version == self.versions[case.number]
        lines = self.store.read(lambda open_: open_.history())
        told: dict[str, list[int]] = {number: [] for number in self.model}
        for line in lines:
            told[line.key].append(line.version)
        assert told == {
            number: list(range(1, version + 1)) for number, version in self.versions.items()
        }


def test_any_order_of_changes(where: str, request: pytest.FixtureRequest) -> None:
    """SQLite and PostgreSQL alike."""
    from tests.cases.conftest import new_database

    if "://" in where:
        server = request.getfixturevalue("server")
        fresh = (new_database(server) for _ in itertools.count())
    else:
        fresh = (f"{where}{at}" for at in itertools.count())

    class Here(Machine):
        wheres = fresh

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=3 if "://" in where else 5,  # a server takes its time
            stateful_step_count=10,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
