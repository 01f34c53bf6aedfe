"""Cases: opened from runs, changed one after the other, never forgotten; on both databases."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import exc

from dabiao.cases.actions import ActionChange, add_action, change_action
from dabiao.cases.attachments import attach
from dabiao.cases.clocks import last_day
from dabiao.cases.lint import lint
from dabiao.cases.opening import follow, open_cases
from dabiao.cases.store.store import HistoryLine, Store, Transaction
from dabiao.cases.store.tables import METADATA
from dabiao.cases.updating import Said, update_cases
from dabiao.reports.summaries import case_number
from dabiao.schemas.case import Attachment, CaseBook, CaseState
from dabiao.schemas.lifetime import RosterStatus
from dabiao.schemas.naming import SubjectName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import InputError
from dabiao.schemas.reasons.existence import Existence
from dabiao.schemas.reasons.why import NotThere
from dabiao.schemas.run import RunOptions
from tests.cases.conftest import new_database
from tests.cases.runs import OFFICE, STEPS, judged, now, opened, run_of, signed, write
from tests.reports.sample import class_size, pupils

DAY = date(2024, 1, 31)
CLOSING: Said = {**STEPS[-2][1], **STEPS[-1][1], "issued": DAY, "due": DAY}

UNSIGNED = """INSERT INTO history (thing, key, version, act, at, day, by, why, changes)
    VALUES ('case', 'x', 2, 'updated', 'x', '2024-01-01', ' ', '', '{}')"""


def codes(error: InputError) -> list[str]:
    """List the codes of problems."""
    return [each.code for each in error.problems]


def test_through_every_state_over_a_leap_year(store: Store) -> None:
    """One step a day, each with who, when and why; late counts from the day after the last."""
    (case,) = opened(store, [47], DAY)
    due = last_day(DAY, "1个月")
    for day, said in STEPS:
        extra = {"due": due} if said["state"] is CaseState.NOTIFIED else {}
        write(store, case.number, day, {**said, **extra}, why="按程序")
    closed = now(store, case.number)

    assert (due, closed.state, closed.version) == (date(2024, 2, 29), CaseState.CLOSED, 6)
    assert (closed.changed, closed.closed_by) == (date(2025, 1, 1), OFFICE)
    lines = store.read(lambda open_: open_.history(case.number))
    assert [(each.version, each.day, each.by) for each in lines] == [
        (1, DAY, OFFICE),
        *((at, day, OFFICE) for at, (day, _) in enumerate(STEPS, 2)),
    ]
    assert [each.changes["state"] for each in lines[1:]] == [
        ("opened", "notified"),
        ("notified", "answered"),
        ("answered", "rectified"),
        ("rectified", "re-checked"),
        ("re-checked", "closed"),
    ]
    assert all(each.why == "按程序" for each in lines[1:])


def test_opened_again_and_waived(store: Store) -> None:
    """What is opened again forgets its re-check; a waiver says who, why and until when."""
    (case,) = opened(store, [47], DAY)
    write(store, case.number, DAY, CLOSING)
    again = write(store, case.number, DAY, {"state": CaseState.OPENED}, why="又超了")
    with pytest.raises(InputError) as refused:
        write(store, case.number, DAY, {"state": CaseState.WAIVED, "reason": "撤并在即"})
    waiver: Said = {"approver": "市政府", "expires": date(2024, 12, 31), "reason": "撤并在即"}
    waived = write(store, case.number, DAY, {"state": CaseState.WAIVED, **waiver})

    assert (again.rechecked, again.result, again.closed_by) == (None, None, None)
    assert codes(refused.value) == ["case-incomplete"]
    assert "豁免批准人" in str(refused.value)
    assert (waived.state, waived.expires) == (CaseState.WAIVED, date(2024, 12, 31))
    assert [line.changes.get("closed_by") for line in history(store, case.number)][-2] == (
        OFFICE,
        None,
    )


def history(store: Store, number: str) -> list[HistoryLine]:
    """Read the history of a case."""
    return store.read(lambda open_: open_.history(number))


def test_what_cannot_follow(store: Store) -> None:
    """A step that is not in the table is refused, and so is one that lacks what it needs."""
    (case,) = opened(store, [47], DAY)
    with pytest.raises(InputError) as lacking:
        write(store, case.number, DAY, {"state": CaseState.CLOSED})
    write(store, case.number, DAY, CLOSING)
    with pytest.raises(InputError) as refused:
        write(store, case.number, DAY, {"state": CaseState.ANSWERED})

    assert (codes(lacking.value), codes(refused.value)) == (["case-incomplete"], ["case-step"])
    assert "--issued --due" in str(lacking.value.problems[0].hint)
    assert now(store, case.number).state is CaseState.CLOSED
    states = [line.changes["state"][1] for line in history(store, case.number)[1:]]
    assert states == ["notified", "rectified", "re-checked", "closed"]  # each with its own line


def test_all_or_none(store: Store) -> None:
    """Of several cases either all are changed or none; a version that moved on is refused."""
    first, second = opened(store, [47, 48], DAY)
    write(store, second.number, DAY, {"progress": "先改了"})

    def both(version: int | None) -> None:
        numbers = [first.number, second.number, "2024-00000-00000"]
        store.write(signed(DAY), lambda t: update_cases(t, numbers, {"person": "某"}, version))

    with pytest.raises(InputError) as refused:
        both(1)

    assert codes(refused.value) == ["case-moved", "no-such-case"]
    assert now(store, first.number).person is None


def test_the_same_run_opens_nothing_twice(store: Store) -> None:
    """A case is rule, subject and year; its number is the one that ledgers print."""
    run = judged([(1, 47), (2, 45), (3, 60)])
    once, twice = (open_cases(store, run, signed(DAY)) for _ in range(2))

    assert [case.number for case in once.new] == [
        case_number(each) for each in sorted(run.findings, key=lambda of: -(of.gap or 0))[:2]
    ]
    assert (twice.new, twice.known, twice.seen, twice.apart) == ([], 2, [], 0)
    narrower = open_cases(store, judged([(1, 47)]), signed(DAY))
    assert (narrower.known, narrower.seen, narrower.apart) == (1, [], 1)


def test_a_run_of_several_years_tells_the_latest_at_once(store: Store) -> None:
    """A case of an earlier year knows what came out since, from the day it is opened on."""
    years = judged([(1, 63)], 2023), judged([(1, 40)], 2024)
    run = run_of([each for of in years for each in of.findings], 2024)

    (case,) = open_cases(store, run, signed(DAY)).new
    again = open_cases(store, run, signed(DAY))

    assert (case.year, case.judged) == (2023, 2024)
    assert (again.new, again.seen, again.known) == ([], [], 1)


def test_what_is_late_stands_by_subject_among_equals(store: Store) -> None:
    """The latest comes first; cases as late as one another stand by subject, not by number."""
    cases = opened(store, [47, 48, 49, 50], DAY)
    issued = [replace(each, state=CaseState.NOTIFIED, due=DAY) for each in cases]
    issued[2] = replace(issued[2], due=date(2024, 1, 30))
    book = CaseBook(date(2024, 2, 5), tuple(reversed(issued)))

    assert [(case.subject, late) for case, late in book.overdue()] == [
        (issued[2].subject, 6),
        *sorted((each.subject, 5) for each in (issued[0], issued[1], issued[3])),
    ]
    assert CaseBook(DAY, tuple(issued[:2])).overdue() == []


def test_a_later_run_tells_how_it_is_now(store: Store) -> None:
    """What is mended is said so, and stays open until somebody closes it; an older run is not."""
    (case,) = opened(store, [47], DAY)
    mended = open_cases(store, judged([(1, 40)], 2025), signed(date(2025, 3, 1)))
    open_cases(store, judged([(1, 60)], 2023), signed(date(2025, 3, 2)))

    assert [(each.number, each.outcome) for each in mended.seen] == [
        (case.number, Outcome.COMPLIANT)
    ]
    found = now(store, case.number)
    assert (found.outcome, found.judged, found.state) == (
        Outcome.COMPLIANT,
        2025,
        CaseState.OPENED,
    )


def test_a_subject_is_followed(store: Store) -> None:
    """Through another name, a merger that a roster tells of, and a code that was changed.

    The number stays, and a run by the new code opens no second case of the same problem.
    """
    (case,) = opened(store, [47], DAY)
    renamed = replace(pupils(1), name="一年级甲班")
    findings = [replace(class_size(renamed, 47, 1), year=2024, figures=2024)]
    open_cases(store, run_of(findings, 2024), signed(DAY))
    into = SubjectName("1506020010102", "一年级2班")
    gone = NotThere(Existence(2025, RosterStatus.MERGED, closed=2024, merged_into=into))
    merged = [
        replace(class_size(renamed, 47, 1), outcome=Outcome.NOT_APPLICABLE, reason=gone),
        class_size(pupils(2), 50, 2),
    ]
    done = open_cases(store, run_of(merged, 2025), signed(date(2025, 3, 1)))
    moved = follow(store, "1506020010102", "1506990010102", signed(date(2025, 4, 1), "换码"))
    circle = follow(store, "1506990010102", case.origin, signed(date(2025, 4, 1)))
    recoded = replace(pupils(2), code="1506990010102")
    again = [replace(class_size(recoded, 47, 1), year=2024)]
    later = open_cases(store, run_of(again, 2024), signed(date(2025, 4, 2)))

    found = now(store, case.number)
    assert [each.number for each in done.followed] == [case.number]
    assert (found.origin, found.subject) == (pupils(1).code, "1506990010102")
    assert (found.outcome, found.judged) == (Outcome.VIOLATION, 2025)
    assert moved is not None
    assert case.number in {each.number for each in moved}
    assert circle is None
    assert later.new == []
    names = [line.changes["name"] for line in history(store, case.number) if "name" in line.changes]
    assert names[0] == ("示例第一小学 一年级1班", "示例第一小学 一年级甲班")


def test_the_past_cannot_be_altered(store: Store) -> None:
    """The database itself refuses it, whoever asks: no line changed or gone, nothing unsigned."""
    (case,) = opened(store, [47], DAY)
    forbidden = (
        "UPDATE history SET why = 'x'",
        "DELETE FROM history",
        "DELETE FROM cases",
        "UPDATE cases SET state = 'closed'",
        "UPDATE cases SET state = 'closed', version = 2",
        "UPDATE cases SET year = 1999, version = 2",
        "INSERT INTO actions (number, text, done, cases, version) VALUES ('M1','x',false,'[]',1)",
        UNSIGNED,
    )
    for statement in forbidden:
        with pytest.raises(exc.DBAPIError), store._engine.begin() as connection:
            connection.execute(sa.text(statement))

    assert now(store, case.number) == case
    assert len(history(store, case.number)) == 1


def test_the_steps_come_to_the_tables(store: Store) -> None:
    """What the migrations make is what the program reads and writes."""
    with store._engine.connect() as connection:
        options = {"version_table": "dabiao_version", "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_measures_serve_many_cases_and_close_none(store: Store) -> None:
    """One building for two findings; done, while they are not mended, it is named."""
    first, second = opened(store, [47, 48], DAY)
    building = ActionChange(
        text="新建教学楼", cost="3600000", serves=[first.number, second.number.lower()]
    )
    action = add_action(store, building, signed(DAY))
    other = add_action(store, ActionChange(text="增设班级", serves=[first.number]), signed(DAY))
    done = change_action(store, action.number, ActionChange(done=True, proof="验收单"), signed(DAY))
    left = change_action(store, other.number, ActionChange(leaves=[first.number]), signed(DAY))
    book = store.book(DAY)

    assert (action.number, other.number, left.cases) == ("M0001", "M0002", ())
    assert book.actions_of(first) == [done]
    assert {each.state for each in book.cases} == {CaseState.OPENED}
    (problem,) = lint(book)
    assert problem.code == "measure-without-effect"
    assert problem.file == "M0001"
    with pytest.raises(InputError) as refused:
        change_action(store, "M0009", ActionChange(done=True), signed(DAY))
    assert codes(refused.value) == ["no-such-measure"]


def test_a_file_is_kept_once_for_many_cases(store: Store, tmp_path: Path) -> None:
    """By what stands in it, whatever it is called; a case that is not there keeps it from all."""
    first, second = opened(store, [47, 48], DAY)
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"proof")
    (folder / "b.jpg").write_bytes(b"proof")
    attach(store, folder / "a.jpg", [first.number, second.number], signed(DAY), date(2025, 1, 1))
    attach(store, folder / "b.jpg", [first.number], signed(DAY))
    with pytest.raises(InputError) as refused:
        attach(store, folder / "c.jpg", [first.number], signed(DAY))

    (file,) = store.book(DAY).attachments
    assert (file.name, file.size, file.expires) == ("a.jpg", 5, date(2025, 1, 1))
    assert file.cases == tuple(sorted([first.number, second.number]))
    assert store.read(lambda open_: open_.content(file.sha256)) == b"proof"
    assert [line.act for line in history(store, first.number)] == ["opened", "attached"]
    assert codes(refused.value) == ["unkept-file"]


def test_lint_names_what_cannot_be_right(store: Store) -> None:
    """Closed without proof or re-check, or while it fails; days in disorder; waivers; copies."""
    cases = opened(store, [47, 48, 49, 50], DAY)
    closed, copied, waived, other = cases
    write(store, closed.number, DAY, {**CLOSING, "due": date(2024, 1, 1)})
    write(store, closed.number, DAY, {"evidence": None, "measure": "加强管理"})
    write(store, copied.number, DAY, {"measure": "加强 管理"})
    write(store, other.number, DAY, {"measure": "加强  管理", "state": CaseState.OPENED})
    end: Said = {"approver": "市政府", "expires": DAY, "reason": "撤并在即"}
    write(store, waived.number, DAY, {"state": CaseState.WAIVED, **end})
    book = store.book(date(2024, 2, 1))
    found = {(each.file, each.code) for each in lint(book)}
    bare = [
        replace(each, approver=None, rechecked=None) if each.number != other.number else each
        for each in book.cases
    ]
    worse = {(each.file, each.code) for each in lint(replace(book, cases=tuple(bare)))}

    assert found == {
        (closed.number, "closed-without-proof"),
        (closed.number, "closed-but-failing"),
        (closed.number, "due-before-issued"),
        (waived.number, "waiver-ended"),
        (min(copied.number, other.number), "same-measure"),
    }
    assert worse - found == {
        (closed.number, "closed-without-recheck"),
        (waived.number, "waiver-incomplete"),
    }
    file = Attachment("0" * 64, "a.jpg", 5, DAY, "甲", date(2024, 2, 1), (closed.number,))
    last, over = replace(book, attachments=(file,)), date(2024, 2, 2)
    unproved = [
        "closed-without-proof" in {each.code for each in lint(each_book)}
        for each_book in (last, replace(last, today=over))
    ]
    assert unproved == [False, True]  # a file counts through its last day


def test_a_part_of_the_cases(store: Store) -> None:
    """A report of a place, a unit or a document speaks of its own cases and no others."""
    (case,) = opened(store, [47], DAY)
    add_action(store, ActionChange(text="分班", serves=[case.number]), signed(DAY))
    book = store.book(DAY)
    parts = {
        "150602": RunOptions(area="150602"),
        "150603": RunOptions(area="150603"),
        "unit": RunOptions(unit="市教育体育局"),
        "other": RunOptions(unit="市财政局"),
        "document": RunOptions(document="ordos-145"),
    }
    found = {name: book.narrowed(to) for name, to in parts.items()}

    assert [name for name, part in found.items() if part.cases] == ["150602", "unit", "document"]
    assert [len(part.actions) for part in found.values()] == [1, 0, 1, 0, 1]


def test_what_is_read_is_of_one_moment(server: str) -> None:
    """Somebody who writes while a report is made changes nothing of it."""
    store = Store(new_database(server), create=True)

    def read(open_: Transaction) -> tuple[int, int]:
        before = len(open_.cases())
        opened(store, [47], DAY)
        return before, len(open_.cases())

    assert store.read(read) == (0, 0)
    assert len(store.book(DAY).cases) == 1
