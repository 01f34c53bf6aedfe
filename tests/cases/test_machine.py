"""Whatever is done in whatever order: the database says what a simple model says.

The model is a dict a case and a set of pairs of states, and knows nothing of the program's table.
"""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

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
from dabiao.cases.store.store import Store
from dabiao.schemas.case import DAYS, CaseState
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
        expected, versions = self._expected(number, said, state)
        told = said if state is None else {**said, "state": state}
        if expected is None:
            with pytest.raises(InputError):
                write(self.store, number, self.day, told)
        else:
            write(self.store, number, self.day, told)
            self.model[number] = expected
            self.versions[number] += versions

    def _expected(
        self, number: str, said: dict[str, Any], state: CaseState | None
    ) -> tuple[dict[str, Any] | None, int]:
        before = self.model[number]
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

    @rule(number=consumes(cases))
    def forget(self, number: str) -> None:
        """Leave a case alone from now on."""

    @invariant()
    def agrees(self) -> None:
        """Each case says what the model says, and its history has a line for each version."""
        for case in self.store.book(self.day).cases:
            names = ("state", "outcome", *TEXTS, *DAYS)
            values = {name: getattr(case, name) for name in names}
            found = {name: value for name, value in values.items() if value is not None}
            assert found == self.model[case.number]
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
            max_examples=5,
            stateful_step_count=10,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
