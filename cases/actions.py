"""Measures (措施): things of their own, each for one case or many, and a case may have many.

That a measure is done closes no case: whether the finding is mended is for a re-check to say.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from dabiao.cases.store.store import Signature, Store, Transaction
from dabiao.cases.updating import no_such_case
from dabiao.schemas.case import CorrectiveAction
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.record import dataclass
from dabiao.schemas.unseen import visible


@dataclass(frozen=True, slots=True)
class ActionChange:
    """What somebody says of a measure; None where they say nothing of it.

    Attributes:
        text: What is done.
        owner: Who does it.
        start: The first day.
        due: The last day.
        cost: What it costs, in yuan.
        done: Whether it is done.
        proof: What shows that it is done.
        serves: Cases that it serves too.
        leaves: Cases that it serves no more.
    """

    text: str | None = None
    owner: str | None = None
    start: datetime.date | None = None
    due: datetime.date | None = None
    cost: str | None = None
    done: bool | None = None
    proof: str | None = None
    serves: Sequence[str] = ()
    leaves: Sequence[str] = ()


_SAID = ("text", "owner", "start", "due", "cost", "done", "proof")


def add_action(store: Store, said: ActionChange, signature: Signature) -> CorrectiveAction:
    """Note a measure, and give it a number.

    Raises:
        InputError: A case that it serves is not there.
    """

    def work(open_: Transaction) -> CorrectiveAction:
        taken = {each.number for each in open_.actions()}
        number = next(n for n in map(_number, range(1, len(taken) + 2)) if n not in taken)
        cases = _known(open_, said.serves)
        action = CorrectiveAction(number=number, cases=cases, **_said(said))
        open_.add_action(action)
        return action

    return store.write(signature, work)


def change_action(
    store: Store, number: str, said: ActionChange, signature: Signature
) -> CorrectiveAction:
    """Write what somebody says of a measure; its cases stay as they are.

    Raises:
        InputError: There is no such measure, or a case that it serves is not there.
    """

    def work(open_: Transaction) -> CorrectiveAction:
        found = {each.number: each for each in open_.actions()}.get(number.upper())
        if found is None:
            raise InputError([_no_such_action(number)])
        changes = _said(said)
        gone = {each.upper() for each in said.leaves}
        kept = [each for each in found.cases if each not in gone]
        changes["cases"] = tuple(dict.fromkeys([*kept, *_known(open_, said.serves)]))
        return open_.change_action(found, changes)

    return store.write(signature, work)


def _said(change: ActionChange) -> dict[str, Any]:
    """Give what somebody says; characters that nobody sees are written so that they are seen."""
    said = {name: getattr(change, name) for name in _SAID}
    return {
        name: visible(value) if isinstance(value, str) else value
        for name, value in said.items()
        if value is not None
    }


def _number(at: int) -> str:
    return f"M{at:04}"


def _known(open_: Transaction, numbers: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(number.upper() for number in numbers))
    if not wanted:
        return ()
    known = {each.number for each in open_.cases()}
    problems = [no_such_case(number, known) for number in wanted if number not in known]
    if problems:
        raise InputError(problems)
    return wanted


def _no_such_action(number: str) -> Problem:
    return FilePlace(number).problem(
        "no-such-measure",
        say("没有这个编号的措施", "there is no measure of this number"),
        hint=say("编号见 dabiao cases measures list", "dabiao cases measures list has the numbers"),
    )
