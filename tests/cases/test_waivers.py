"""What a waiver changes between two runs: no outcome, only whether a case counts."""

from dataclasses import replace
from datetime import date

import pytest

from dabiao.cases.opening import open_cases
from dabiao.cases.standing import ended_waivers, first_seen, standing
from dabiao.cases.store.store import Store
from dabiao.cases.updating import Said
from dabiao.reports.comparison.compare import compare
from dabiao.reports.comparison.waivers import Waivers
from dabiao.reports.comparison.words import cause_words
from dabiao.schemas.case import Case, CaseState
from dabiao.schemas.comparison import CauseKind, RunComparison
from dabiao.schemas.subject import ListedSubject
from tests.cases.runs import STEPS, judged, opened, run_of, signed, write
from tests.reports.sample import class_size, pupils

OPENED, EARLIER, LAST = date(2024, 1, 31), date(2024, 2, 1), date(2024, 2, 29)
AFTER = date(2024, 3, 1)
WAIVER: Said = {"approver": "市政府", "expires": LAST, "reason": "撤并在即"}
WAIVED: Said = {"state": CaseState.WAIVED, **WAIVER}
CLOSED: Said = {
    name: value for _, step in STEPS for name, value in step.items() if name != "state"
} | {"due": LAST}
OLD = judged([(1, 47)])


@pytest.fixture(name="case")
def waived(store: Store) -> Case:
    """Open a case of a class that is too large, and waive it on the day after."""
    (case,) = opened(store, [47], OPENED)
    write(store, case.number, EARLIER, WAIVED)
    return case


def compared(store: Store, day: date, size: int = 47, before: date = EARLIER) -> RunComparison:
    """Compare the run that opened the case with one on a later day."""
    return compare(OLD, judged([(1, size)]), between(store, before, day))


def between(store: Store, before: date, day: date) -> Waivers:
    """Give what is kept of waivers on two days and in between."""
    books = standing(store, before), standing(store, day)
    return Waivers(*books, ended_waivers(store, before, day))


def test_a_waiver_holds_until_the_midnight_of_its_last_day(store: Store, case: Case) -> None:
    """On 29 February nothing is another thing; on 1 March the case counts again, and that is told.

    The outcome is the same on both days.
    """
    within, ended = compared(store, LAST), compared(store, AFTER)

    assert (within.changes, within.same) == ((), 1)
    (change,) = ended.changes
    (cause,) = change.causes
    assert change.outcomes[0] is change.outcomes[1]
    assert (cause.kind, cause.name) == (CauseKind.WAIVER_EXPIRED, case.number)
    assert (cause.before, cause.after) == ("2024-02-29", "2024-03-01")
    assert "豁免到 2024-02-29 当天24点止，2024-03-01 起重新计算" in cause_words(cause)
    assert (change.before and change.before.waived, change.after and change.after.waived) == (
        LAST,
        None,
    )


@pytest.mark.usefixtures("case")
def test_beside_another_cause_each_is_told_alone(store: Store) -> None:
    """The figure is another one too; that the waiver ended is enough for what failed before."""
    (change,) = compared(store, AFTER, 48).changes

    assert {cause.kind for cause in change.causes} > {CauseKind.WAIVER_EXPIRED}
    assert [each.alone for each in change.causes if each.kind is CauseKind.WAIVER_EXPIRED] == [True]


@pytest.mark.parametrize(
    ("said", "day", "told"),
    [
        ({"expires": date(2024, 12, 31)}, LAST, []),
        ({"expires": date(2024, 3, 5)}, LAST, [(CauseKind.WAIVER_EXPIRED, "2024-03-05")]),
        ({"state": CaseState.OPENED}, LAST, [(CauseKind.WAIVER, "2024-02-29")]),
        ({"state": CaseState.OPENED}, AFTER, [(CauseKind.WAIVER_EXPIRED, "2024-02-29")]),
    ],
    ids=["longer", "longer but over", "taken back", "opened again after its end"],
)
def test_what_became_of_a_waiver(
    store: Store, case: Case, said: Said, day: date, told: list[tuple[CauseKind, str]]
) -> None:
    """One that goes on is no change; one that was made longer ended on the later day.

    One that was taken back by its last day did not end on it.
    """
    write(store, case.number, day, said)
    causes = [cause for each in compared(store, date(2024, 3, 10)).changes for cause in each.causes]

    assert [(each.kind, each.before) for each in causes] == told


def test_waived_since_and_taken_back(store: Store, case: Case) -> None:
    """Both change what counts, and neither is an end by itself."""
    granted = compared(store, LAST, before=OPENED).changes
    write(store, case.number, date(2024, 2, 10), {"state": CaseState.OPENED})
    back = compared(store, date(2024, 2, 11)).changes

    assert [cause_words(each.causes[0]) for each in (*granted, *back)] == [
        f"豁免有变：案件 {case.number} 新获豁免，到 2024-02-29 止",
        f"豁免有变：案件 {case.number} 到 2024-02-29 止的豁免提前取消",
    ]


def test_waived_and_over_since(store: Store, case: Case) -> None:
    """A waiver that was given after the earlier run, and ended before the later, is told too.

    What was closed in the meantime counts no more, whatever became of its waiver.
    """
    ended = compared(store, AFTER, before=OPENED).changes
    write(store, case.number, AFTER, {"state": CaseState.OPENED})
    write(store, case.number, AFTER, {**CLOSED, "state": CaseState.CLOSED})

    assert [each.causes[0].kind for each in ended] == [CauseKind.WAIVER_EXPIRED]
    assert compared(store, AFTER, before=OPENED).changes == ()


def test_cases_as_they_stood(store: Store, case: Case) -> None:
    """By the day each change is about; before it was opened there is none.

    The day of the earlier run is that on which cases were opened from it.
    """
    write(store, case.number, date(2024, 2, 3), {"state": CaseState.OPENED})
    days = (date(2024, 1, 30), OPENED, EARLIER, date(2024, 2, 3))
    states = [[each.state.value for each in standing(store, day).cases] for day in days]

    assert states == [[], ["opened"], ["waived"], ["opened"]]
    assert standing(store, EARLIER).cases[0].waived_until(LAST) == LAST
    assert first_seen(store, OLD.fingerprint) == OPENED
    assert first_seen(store, "0" * 16) is None


def test_a_case_of_another_code(store: Store, case: Case) -> None:
    """A roster says which code was before: the case is told under that of today, and is the same.

    Findings of both are compared as one, and that the code is another one is no change.
    """
    recoded = replace(pupils(1), code="1506990010102")
    new = run_of([replace(class_size(recoded, 47, 1), year=2024, figures=2024)], 2024)
    listed = ListedSubject(
        recoded.code, recoded.level, recoded.name, recoded.parents, former_codes=(pupils(1).code,)
    )
    here = ListedSubject(pupils(1).code, recoded.level, recoded.name, recoded.parents)
    old = replace(OLD, subjects=(here,))
    new = replace(new, subjects=(listed,))
    found = compare(old, new, between(store, EARLIER, AFTER))

    assert found.recoded == {pupils(1).code: recoded.code}
    assert [[cause.kind for cause in each.causes] for each in found.changes] == [
        [CauseKind.WAIVER_EXPIRED]
    ]
    done = open_cases(store, new, signed(AFTER))
    assert (done.new, done.known, [each.number for each in done.followed]) == (
        [],
        1,
        [case.number],
    )
