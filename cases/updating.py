"""One case changed: by what may follow what, and with what has to be said for it."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, assert_never

from dabiao.cases.listing import field_name
from dabiao.cases.store.store import Transaction
from dabiao.cases.transitions import TRANSITIONS, lacking, steps
from dabiao.schemas.case import Case, CaseState
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.record import dataclass
from dabiao.schemas.unseen import visible

Saying = str | datetime.date | CaseState | None
Said = Mapping[str, Saying]
"""Field to what somebody says of it; None where they take it back."""

_RECHECK = ("rechecked", "result", "closed_by")
_WAIVER = ("approver", "expires", "reason")


@dataclass
class RefusedError(Exception):
    """A change that cannot be made.

    Attributes:
        code: What is wrong, in one word.
        field: The field of the case that it is about.
        message: What is wrong.
        expected: What would be right.
        hint: What to do.
    """

    code: str
    field: str
    message: str
    expected: str
    hint: str

    def at(self, place: FilePlace) -> Problem:
        """Tell it at a place."""
        return place.problem(self.code, self.message, hint=self.hint, expected=self.expected)


def update(open_: Transaction, case: Case, said: Said) -> Case:
    """Write what somebody says of a case, state by state; nothing where nothing changes.

    Raises:
        RefusedError: It cannot be so.
    """
    wanted = said.get("state")
    target = wanted if isinstance(wanted, CaseState) else case.state
    way = _way(case.state, target)
    rest = {name: _seen(value) for name, value in said.items() if name != "state"}
    planned: list[dict[str, Any]] = []
    coming = case
    for state in way or (case.state,):
        changes: dict[str, Any] = _taken_back(coming, state) if way else {}
        changes |= {**rest, "state": state}
        coming = replace(coming, **changes)
        _check(coming)
        planned.append(changes)
    for changes in planned:
        case = open_.change_case(case, changes)
    return case


def _seen(value: Saying) -> Saying:
    """Write characters that nobody sees, or that no database holds, so that they are seen."""
    return visible(value) if isinstance(value, str) and not isinstance(value, CaseState) else value


def _way(start: CaseState, target: CaseState) -> tuple[CaseState, ...]:
    if start is target:
        return ()
    way = steps(start, target)
    if way is None:
        raise RefusedError(
            "case-step",
            "state",
            say(
                f"“{start.label}”之后不能是“{target.label}”",
                f'"{target.label}" cannot follow "{start.label}"',
            ),
            say("、", ", ").join(each.label for each in TRANSITIONS[start]),
            say(
                "一步一步来；要重新整改的，先重新立案（已立案）",
                "go step by step; to begin anew, open it again first (opened)",
            ),
        )
    return way


def _taken_back(case: Case, state: CaseState) -> dict[str, Saying]:
    """Give what no longer holds of a case that begins anew; it stays in the history."""
    match state:
        case CaseState.OPENED:
            names: tuple[str, ...] = (*_RECHECK, *_WAIVER)
        case CaseState.NOTIFIED:
            names = _RECHECK
        case (
            CaseState.ANSWERED
            | CaseState.RECTIFIED
            | CaseState.RECHECKED
            | CaseState.CLOSED
            | CaseState.WAIVED
        ):
            names = ()
        case _:
            assert_never(state)
    return {name: None for name in names if getattr(case, name) is not None}


def _check(case: Case) -> None:
    """Refuse a case that does not say what its state needs."""
    names = lacking(case)
    if names:
        needed = say("、", ", ").join(map(field_name, names))
        options = " ".join(f"--{name.replace('_', '-')}" for name in names)
        raise RefusedError(
            "case-incomplete",
            names[0],
            say(
                f"“{case.state.label}”还缺：{needed}",
                f'"{case.state.label}" lacks: {needed}',
            ),
            needed,
            say(
                f"与状态一起填上：cases update 加 {options}，台账里填这几列",
                f"say it together with the state: {options} of cases update, or these columns of a"
                " ledger",
            ),
        )


def update_cases(
    open_: Transaction, numbers: Iterable[str], said: Said, expect: int | None = None
) -> list[Case]:
    """Write the same of several cases, of all or of none.

    Raises:
        InputError: One of them is not there, has moved on, or cannot be changed so.
    """
    problems: list[Problem] = []
    changed: list[Case] = []
    for number in numbers:
        case = open_.case(number.upper())
        if case is None:
            known = [each.number for each in open_.cases()]
            problems.append(no_such_case(number, known))
        elif expect is not None and case.version != expect:
            problems.append(_moved(case, expect))
        else:
            try:
                changed.append(update(open_, case, said))
            except RefusedError as error:
                problems.append(error.at(FilePlace(case.number)))
    if problems:
        raise InputError(problems)
    return changed


def _moved(case: Case, expect: int) -> Problem:
    return FilePlace(case.number).problem(
        "case-moved",
        say(
            f"已被别人改过：现在是第 {case.version} 版，您看的是第 {expect} 版",
            f"somebody changed it: it is at version {case.version}, you saw {expect}",
        ),
        hint=say(
            f"先看 dabiao cases show {case.number}，再改",
            f"look at dabiao cases show {case.number} first",
        ),
    )


def no_such_case(number: str, known: Iterable[str]) -> Problem:
    """Say that there is no case of a number, and which one may be meant."""
    close = get_close_matches(number.upper(), list(known), 1)
    return FilePlace(number).problem(
        "no-such-case",
        say("没有这个编号的案件", "there is no case of this number"),
        hint=say(f"是不是 {close[0]}？", f"did you mean {close[0]}?")
        if close
        else say("编号见 dabiao cases list", "dabiao cases list has the numbers"),
    )
