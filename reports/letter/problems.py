"""What is to be mended, as a letter tells it: in its text by commitment, in its annex by case."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.fields import fields
from dabiao.reports.letter.fields import CASE, Values, named
from dabiao.reports.priorities import priorities
from dabiao.reports.summaries import SubjectNames, case_number
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.outcome import OPEN, Outcome
from dabiao.schemas.record import dataclass

EXAMPLES = 3
"""Subjects told of a problem; all of them stand in the annex."""
MOST_CASES = 1_000
"""Cases in the annex; what lies beyond is counted, and said to be in the ledger."""
_CELLS = ("observed", "required", "gap")


@dataclass(frozen=True)
class Problems:
    """Words what is to be mended.

    Attributes:
        circumstances: What is known beside the run.
        places: The names of subjects.
        counterparts: What other rules say of the same.
        folder: The folder that all files of facts lie in.
    """

    circumstances: Circumstances
    places: SubjectNames
    counterparts: wording.Counterparts
    folder: str

    def grouped(
        self, findings: Sequence[Finding], judged: Mapping[str, int], *, only: bool
    ) -> Iterator[Values]:
        """Group what is to be mended by commitment, in the order of every report.

        Args:
            findings: The findings.
            judged: How many were judged by each rule.
            only: Whether all of it is of one document, which goes without saying then.
        """
        room, cases = MOST_CASES, 0
        ranked = priorities(findings, self.circumstances.outcomes or OPEN, judged)
        for number, priority in enumerate(ranked, 1):
            group = priority.findings
            first = priority.example
            units = first.units
            listed = list(self._cases(group[: max(0, room)], cases))
            room, cases = room - len(group), cases + len(listed)
            yield {
                "number": number,
                "main": first.outcome is Outcome.VIOLATION and not first.aspiration,
                "summary": self._summary(group),
                "place": wording.listed(first.citation.places)
                if only
                else wording.clause(first.citation),
                "least": self._least(group),
                "cases": [named(CASE, each) for each in listed],
                "goal": first.title,
                "outcome": first.outcome.label,
                "binding": wording.binding(first.by),
                "clause": wording.clause(first.citation),
                "required": self._required(group),
                "how_many": len(group),
                "present": [self._present(one) for one in group[:EXAMPLES]],
                "more": _more(len(group)),
                "units": _units(first),
                "lead": wording.listed(units.lead),
                "responsible": wording.listed(units.responsible),
                "source": wording.listed(
                    dict.fromkeys(
                        wording.cells(one.inputs, self.folder, wording.MOST_CELLS)
                        for one in group[:EXAMPLES]
                    )
                ),
                "remedy": [
                    self._of(one) + wording.either(wording.remedies(one))
                    for one in group[:EXAMPLES]
                    if one.remedy
                ],
            }

    def _summary(self, group: Sequence[Finding]) -> str:
        """Say in one sentence how many fall short, and of whom it is worst."""
        first = group[0]
        worst = self._present(first).rstrip("。.")
        if len(group) == 1:
            own = self.places.label(first.subject) == self.circumstances.place
            alone = worst.removeprefix(self._of(first))
            return say(alone, alone[:1].upper() + alone[1:]) if own else worst
        level, count = first.subject.level, len(group)
        many = say(f"{count:,} {level.counted_in}{level.zh}", f"{count:,} {level.plural}")
        told = {self.counterparts.reason(one).rstrip("。.") for one in group}
        if len(told) == 1:
            few = say("、", ", ").join(dict.fromkeys(self._label(one) for one in group))
            return (few if count <= EXAMPLES else many) + say("：", ": ") + told.pop()
        return say(f"{many}，差距最大的是{worst}", f"{many}, farthest off {worst}")

    def _least(self, group: Sequence[Finding]) -> str:
        """Say what has to change at least, where it is the same thing for all of them."""
        told = {wording.either(wording.remedies(one)) for one in group}
        if len(told) > 1:
            return say("因对象而异，见附件1", "varies; see annex 1")
        return told.pop() or self._required(group)

    def _required(self, group: Sequence[Finding]) -> str:
        """Write the bound, where it is the same for all of them."""
        said = {wording.required_in_words(one) for one in group}
        return said.pop() if len(said) == 1 else say("因对象而异，见附件", "varies; see the annex")

    def _present(self, finding: Finding) -> str:
        return self._of(finding) + self.counterparts.reason(finding)

    def _of(self, finding: Finding) -> str:
        return self._label(finding) + say("：", ": ")

    def _label(self, finding: Finding) -> str:
        """Name a subject; whom the letter goes to goes without saying."""
        return self.places.in_sentence(finding.subject, self.circumstances.place or "")

    def _cases(self, group: Sequence[Finding], before: int) -> Iterator[Values]:
        columns = fields(*_CELLS)
        for number, one in enumerate(group, before + 1):
            cells = {field.key: field.text(one) for field in columns}
            yield cells | {
                "number": number,
                "case": case_number(one),
                "subject": self.places.in_sentence(one.subject),
                "code": one.subject.code,
                "goal": one.title,
                "reason": self.counterparts.reason(one),
                "binding": wording.binding(one.by),
                "state": self._state(one),
                "remedy": wording.either(wording.remedies(one)),
                "units": _units(one),
                "source": wording.cells(one.inputs, self.folder, wording.MOST_CELLS),
            }

    def _state(self, finding: Finding) -> str:
        book = self.circumstances.cases
        case = None if book is None else book.of(finding)
        if book is None or case is None:
            return ""
        return wording.case_state(case, case.days_late(book.today))


def cases_left_out(findings: Iterable[Finding]) -> int:
    """Count the cases that the annex has no room for."""
    return max(0, sum(one.outcome in OPEN for one in findings) - MOST_CASES)


def _units(finding: Finding) -> str:
    lead, responsible = (
        wording.listed(each) for each in (finding.units.lead, finding.units.responsible)
    )
    told = [
        say("牵头：", "lead: ") + lead if lead else "",
        say("责任：", "responsible: ") + responsible if responsible else "",
    ]
    return say("；", "; ").join(each for each in told if each) or say(
        "文件未写明", "not named in the document"
    )


def _more(number: int) -> str:
    if number <= EXAMPLES:
        return ""
    return say(
        f"以上是差距最大的 {EXAMPLES} 个，共 {number:,} 个，见附件。",
        f"These are the {EXAMPLES} farthest off; {number:,} in all, in the annex.",
    )
