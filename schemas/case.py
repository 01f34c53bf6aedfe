"""Cases: what becomes of a finding until it is closed, as reports show it."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from enum import StrEnum
from typing import assert_never

from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import OPEN, Outcome
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import RunOptions
from dabiao.schemas.subject import Subject


class CaseState(StrEnum):
    """Where a case stands."""

    OPENED = "opened"
    NOTIFIED = "notified"
    ANSWERED = "answered"
    RECTIFIED = "rectified"
    RECHECKED = "re-checked"
    CLOSED = "closed"
    WAIVED = "waived"

    @property
    def label(self) -> str:
        """Its name in the language spoken now."""
        return say(_ZH[self], self.value)

    @classmethod
    def named(cls, text: str) -> "CaseState | None":
        """Find the state that a Chinese or English word means, or None.

        Examples:
            >>> CaseState.named("已销号"), CaseState.named("re-checked"), CaseState.named("?")
            (<CaseState.CLOSED: 'closed'>, <CaseState.RECHECKED: 're-checked'>, None)
        """
        word = text.strip().lower()
        return next((each for each in cls if word in (each.value, _ZH[each])), None)


_ZH = {
    CaseState.OPENED: "已立案",
    CaseState.NOTIFIED: "已下达",
    CaseState.ANSWERED: "已反馈",
    CaseState.RECTIFIED: "已整改",
    CaseState.RECHECKED: "已复核",
    CaseState.CLOSED: "已销号",
    CaseState.WAIVED: "已豁免",
}

DAYS = ("issued", "due", "rechecked", "expires")
"""Fields of a case that people fill in with days; the others that they fill in hold texts."""


@dataclass(frozen=True, slots=True)
class Case:
    """A finding that somebody has to mend, and what has become of it.

    Who is named here was named by somebody who filled it in; nobody is made up.

    Attributes:
        number: Its number, which comes from rule, subject and year and stays.
        rule: Id of the rule.
        year: The year judged.
        origin: Code of the subject as it was when the case was opened.
        subject: Its code now, after mergers and changed codes.
        name: Its name.
        level: Its level.
        parents: Codes of the subjects above it, highest first.
        title: Title of the rule.
        document: Id of the document.
        lead: Units that lead.
        responsible: Units that take part.
        outcome: What the latest run concludes of it; None where none judges it any more.
        judged: The year that this is of: its own, or a later one.
        run: Fingerprint of that run.
        opened: The day on which it was opened.
        changed: The day of its last change.
        state: Where it stands.
        version: How often it was written; two who write at once are told apart by it.
        measure: What is to be done, in the words of those who filled it in.
        person: Who does it.
        issued: The day on which the notice was issued.
        due: The last day on which it is in time.
        progress: How far it is.
        evidence: What shows it.
        rechecked: The day of the re-check.
        result: What came of the re-check.
        closed_by: Who closed it.
        approver: Who approved the waiver.
        expires: The last day of the waiver, the whole of it.
        reason: Why it is waived.
    """

    number: str
    rule: str
    year: int
    origin: str
    subject: str
    name: str
    level: Level
    parents: tuple[str, ...]
    title: str
    document: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    outcome: Outcome | None
    judged: int
    run: str
    opened: datetime.date
    changed: datetime.date
    state: CaseState = CaseState.OPENED
    version: int = 1
    measure: str | None = None
    person: str | None = None
    issued: datetime.date | None = None
    due: datetime.date | None = None
    progress: str | None = None
    evidence: str | None = None
    rechecked: datetime.date | None = None
    result: str | None = None
    closed_by: str | None = None
    approver: str | None = None
    expires: datetime.date | None = None
    reason: str | None = None

    @property
    def failing(self) -> bool:
        """Whether the latest run says that it is not mended."""
        return self.outcome in OPEN

    def waived_until(self, day: datetime.date) -> datetime.date | None:
        """Give the last day of the waiver that holds on a day; None where none does.

        It holds through the whole of its last day.
        """
        held = self.state is CaseState.WAIVED and self.expires is not None and day <= self.expires
        return self.expires if held else None

    @property
    def about(self) -> Subject:
        """The subject, as it is now."""
        return Subject(code=self.subject, name=self.name, level=self.level, parents=self.parents)

    def days_late(self, today: datetime.date) -> int:
        """Count the days since it was to be done, or since its waiver ended; 0 if it is in time.

        The last day is in time until its midnight: late is who is not done on the day after.
        """
        match self.state:
            case CaseState.CLOSED:
                last = None
            case CaseState.WAIVED:
                last = self.expires
            case (
                CaseState.OPENED
                | CaseState.NOTIFIED
                | CaseState.ANSWERED
                | CaseState.RECTIFIED
                | CaseState.RECHECKED
            ):
                last = self.due
            case _:
                assert_never(self.state)
        return 0 if last is None else max(0, (today - last).days)


@dataclass(frozen=True, slots=True)
class CorrectiveAction:
    """A measure (措施) that somebody takes, for one case or many.

    Attributes:
        number: Its number.
        text: What is done.
        owner: Who does it.
        start: The first day.
        due: The last day.
        cost: What it costs, in yuan.
        done: Whether it is done; its cases stay as they are.
        proof: What shows that it is done.
        cases: Numbers of the cases it serves.
        version: How often it was written.
    """

    number: str
    text: str
    owner: str | None = None
    start: datetime.date | None = None
    due: datetime.date | None = None
    cost: str | None = None
    done: bool = False
    proof: str | None = None
    cases: tuple[str, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that shows something, kept with one case or many.

    Attributes:
        sha256: SHA-256 of what stands in it.
        name: What it was called.
        size: Its bytes.
        added: The day on which it was attached.
        by: Who attached it.
        expires: The last day on which it counts; None where it does not end.
        cases: Numbers of the cases it is kept with.
    """

    sha256: str
    name: str
    size: int
    added: datetime.date
    by: str
    expires: datetime.date | None = None
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseBook:
    """All cases as they stand on one day, for a report to show.

    Attributes:
        today: The day.
        cases: The cases, by number.
        actions: The measures.
        attachments: The files.
    """

    today: datetime.date
    cases: tuple[Case, ...]
    actions: tuple[CorrectiveAction, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    _found: dict[tuple[str, str, int], Case] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Index the cases by what findings know of them."""
        for each in reversed(self.cases):
            self._found[each.rule, each.origin, each.year] = each
        for each in reversed(self.cases):
            self._found.setdefault((each.rule, each.subject, each.year), each)

    def of(self, finding: Finding) -> Case | None:
        """Give the case of a finding; None where none was opened."""
        return self.about(finding.rule, finding.subject.code, finding.year)

    def about(self, rule: str, code: str, year: int) -> Case | None:
        """Give the case about a rule, a subject and a year; None where none was opened."""
        return self._found.get((rule, code, year))

    def overdue(self) -> list[tuple[Case, int]]:
        """Give the cases that are late, each with the days: the latest first, then by subject."""
        late = ((each, each.days_late(self.today)) for each in self.cases)
        return sorted(
            (pair for pair in late if pair[1]),
            key=lambda of: (-of[1], of[0].subject, of[0].number),
        )

    def actions_of(self, case: Case) -> list[CorrectiveAction]:
        """Give the measures that serve a case."""
        return [each for each in self.actions if case.number in each.cases]

    def attachments_of(self, case: Case) -> list[Attachment]:
        """Give the files kept with a case."""
        return [each for each in self.attachments if case.number in each.cases]

    def followed(self, codes: Mapping[str, str]) -> "CaseBook":
        """Let cases of subjects that have another code now be told under it.

        Args:
            codes: The codes of today by those of before.
        """
        cases = tuple(
            replace(each, subject=codes.get(each.subject, each.subject)) for each in self.cases
        )
        return CaseBook(self.today, cases, self.actions, self.attachments)

    def narrowed(self, to: RunOptions) -> "CaseBook":
        """Keep the cases of a place and what lies in it, of a unit, of a document."""
        cases = tuple(each for each in self.cases if _keeps(each, to))
        return CaseBook(self.today, cases, *_serving(self, {each.number for each in cases}))


def _keeps(case: Case, to: RunOptions) -> bool:
    return (
        (to.area is None or to.area == case.subject or to.area in case.parents)
        and (to.unit is None or to.unit in case.lead or to.unit in case.responsible)
        and (to.document is None or to.document == case.document)
    )


def _serving(
    book: CaseBook, numbers: Iterable[str]
) -> tuple[tuple[CorrectiveAction, ...], tuple[Attachment, ...]]:
    kept = set(numbers)
    return (
        tuple(each for each in book.actions if kept & set(each.cases)),
        tuple(each for each in book.attachments if kept & set(each.cases)),
    )
