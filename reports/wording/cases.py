"""Words for cases: how one stands, and which are late."""

from collections.abc import Callable, Iterator, Sequence

from dabiao.schemas.case import Case, CaseBook, CaseState
from dabiao.schemas.language import number_of, say
from dabiao.schemas.subject import Subject


def case_state(case: Case, days_late: int = 0) -> str:
    """Say how a case stands: its state, and how late it is."""
    said = case.state.label
    if case.state is CaseState.WAIVED and case.expires is not None:
        said += say(f"（至 {case.expires}）", f" (until {case.expires})")
    return said + (say("，", ", ") + days_of(case, days_late) if days_late else "")


def days_of(case: Case, days_late: int) -> str:
    """Say how late a case is."""
    if case.state is CaseState.WAIVED:
        return say(
            f"豁免到期已 {days_late:,} 天", f"waiver ended {number_of(days_late, 'day')} ago"
        )
    return say(f"超期 {days_late:,} 天", f"{number_of(days_late, 'day')} late")


def overdue_heading(book: CaseBook) -> str:
    """Say how many cases are late on which day."""
    late = len(book.overdue())
    return say(
        f"超期未销号 {late:,} 件（截至 {book.today}，共 {len(book.cases):,} 件）",
        f"{late:,} of {number_of(len(book.cases), 'case')} overdue on {book.today}",
    )


OVERDUE_COLUMNS = (
    ("编号", "number"),
    ("对象", "subject"),
    ("目标", "goal"),
    ("状态", "state"),
    ("期限", "due"),
    ("超期天数", "days late"),
)
"""The headings of a list of cases that are late."""


def overdue_rows(book: CaseBook, label: Callable[[Subject], str]) -> Iterator[Sequence[str]]:
    """Yield the cases that are late, a row each, the latest first.

    Args:
        book: The cases.
        label: Names a subject so that it is known among all others.
    """
    for case, late in book.overdue():
        waived = case.state is CaseState.WAIVED
        last = case.expires if waived else case.due
        yield (
            case.number,
            f"{label(case.about)} {case.subject}",
            case.title,
            say("豁免到期", "waiver ended") if waived else case.state.label,
            str(last or ""),
            f"{late:,}",
        )
