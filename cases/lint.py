"""What cannot be right about cases and measures as they stand."""

from collections import defaultdict
from collections.abc import Iterator
from typing import assert_never

from dabiao.reports import wording
from dabiao.schemas.case import Case, CaseBook, CaseState
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, Problem, Severity


def lint(book: CaseBook) -> list[Problem]:
    """Name everything that somebody should look at, case by case, then measure by measure."""
    found = [problem for case in book.cases for problem in _of_case(book, case)]
    return [*found, *_same_words(book), *_without_effect(book)]


def _of_case(book: CaseBook, case: Case) -> Iterator[Problem]:
    place = FilePlace(case.number)
    if case.due is not None and case.issued is not None and case.due < case.issued:
        yield place.problem(
            "due-before-issued",
            say(
                f"整改期限 {case.due} 早于下达日期 {case.issued}",
                f"it is due on {case.due}, before it was issued on {case.issued}",
            ),
            hint=say("更正其中一个日期", "correct one of the days"),
        )
    match case.state:
        case CaseState.CLOSED:
            yield from _closed(book, case, place)
        case CaseState.WAIVED:
            yield from _waived(book, case, place)
        case (
            CaseState.OPENED
            | CaseState.NOTIFIED
            | CaseState.ANSWERED
            | CaseState.RECTIFIED
            | CaseState.RECHECKED
        ):
            pass
        case _:
            assert_never(case.state)


def _closed(book: CaseBook, case: Case, place: FilePlace) -> Iterator[Problem]:
    files = book.attachments_of(case)
    current = [each for each in files if each.expires is None or each.expires >= book.today]
    if case.evidence is None and not current:
        expired = say("；附件都已过期", "; all its files have expired") if files else ""
        yield place.problem(
            "closed-without-proof",
            say(f"已销号，却没有佐证{expired}", f"it is closed without any proof{expired}"),
            hint=say(
                f"补上：dabiao cases attach 文件 {case.number} --by 单位",
                f"add one: dabiao cases attach FILE {case.number} --by OFFICE",
            ),
        )
    if case.rechecked is None or case.result is None:
        yield place.problem(
            "closed-without-recheck",
            say("已销号，却没有复核", "it is closed without a re-check"),
            hint=say("补上复核日期和结果，或重新立案", "say when and how it was, or open it again"),
        )
    if case.failing and case.outcome is not None:
        yield place.problem(
            "closed-but-failing",
            say(
                f"已销号，而最近一次检查（{case.judged}年）的结论是{case.outcome.label}",
                f"it is closed, but the latest run ({case.judged}) says {case.outcome.label}",
            ),
            hint=say(
                "核实后重新立案：--state 已立案", "find out, and open it again: --state opened"
            ),
        )


def _waived(book: CaseBook, case: Case, place: FilePlace) -> Iterator[Problem]:
    lacks = [
        word
        for value, word in (
            (case.approver, say("批准人", "who approved it")),
            (case.expires, say("有效期", "when it ends")),
            (case.reason, say("理由", "why")),
        )
        if value is None
    ]
    if lacks:
        yield place.problem(
            "waiver-incomplete",
            say(
                f"已豁免，却没有写明{'、'.join(lacks)}", f"it is waived without {', '.join(lacks)}"
            ),
            hint=say("补上，或重新立案", "say it, or open the case again"),
        )
    late = case.days_late(book.today)
    if late:
        yield place.problem(
            "waiver-ended",
            wording.days_of(case, late),
            hint=say("重新立案，或由批准人再批", "open it again, or have it approved anew"),
        )


def _same_words(book: CaseBook) -> Iterator[Problem]:
    """Name measures that are word for word the same in several schools."""
    subjects: dict[str, dict[str, str]] = defaultdict(dict)
    for case in book.cases:
        if case.measure is not None:
            subjects[" ".join(case.measure.split())].setdefault(case.subject, case.number)
    for action in book.actions:
        if len(action.cases) == 1:  # for many cases it is one measure, and meant to be
            (number,) = action.cases
            case = next(each for each in book.cases if each.number == number)
            subjects[" ".join(action.text.split())].setdefault(case.subject, number)
    for text, numbers in subjects.items():
        if len(numbers) > 1:
            first, *others = numbers.values()
            yield FilePlace(first).problem(
                "same-measure",
                say(
                    f"措施“{text}”在 {len(numbers):,} 个对象一字不差，另见 {'、'.join(others)}",
                    f'the measure "{text}" stands word for word in {len(numbers):,} subjects,'
                    f" also in {', '.join(others)}",
                ),
                severity=Severity.WARNING,
                hint=say(
                    "是一件事的，记成一条措施；不是的，各写各的",
                    "where it is one thing, note it once for all; else write what each does",
                ),
            )


def _without_effect(book: CaseBook) -> Iterator[Problem]:
    """Name measures that are done while their findings still say that nothing is mended."""
    cases = {each.number: each for each in book.cases}
    for action in book.actions:
        failing = [number for number in action.cases if cases[number].failing]
        if action.done and failing:
            yield FilePlace(action.number).problem(
                "measure-without-effect",
                say(
                    f"措施已完成，而 {len(failing):,} 件案件仍未做到：{'、'.join(failing)}",
                    f"it is done, but the latest run says that {len(failing):,} of its cases are"
                    f" not mended: {', '.join(failing)}",
                ),
                severity=Severity.WARNING,
                hint=say("核实效果，或另定措施", "find out what it did, or take another measure"),
            )
