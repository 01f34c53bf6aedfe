"""What a letter says: from the run, and from nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, assert_never

import numpy as np

import dabiao
from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.comparison.listing import headlines
from dabiao.reports.counted.outcome_columns import OutcomeColumns
from dabiao.reports.counted.recorded import waiting
from dabiao.reports.fields import fields
from dabiao.reports.letter.evaluation import outlook, period
from dabiao.reports.letter.fields import (
    CASE,
    COUNT,
    GOALS,
    LETTER,
    OVERDUE,
    OWED,
    PROBLEM,
    SCHOOL,
    STANDING,
    TABLE,
    Values,
    named,
)
from dabiao.reports.letter.standing import (
    RuleCounts,
    achievements,
    by_year,
    failing_schools,
    filled_tables,
    owing,
    places,
    topics,
)
from dabiao.reports.narrowing import latest
from dabiao.reports.page.scope import whom as common_place
from dabiao.reports.priorities import priorities
from dabiao.reports.summaries import (
    SubjectNames,
    case_number,
    common_folder,
    counts_all,
    judged_as_told,
    rate_in_words,
    yearly,
)
from dabiao.schemas.filled_table import FilledTargets
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.letter import LetterKind
from dabiao.schemas.outcome import OPEN, Outcome, count_judged
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.run import Run
from dabiao.schemas.unseen import visible

EXAMPLES = 3
"""Subjects told of a problem; all of them stand in the annex."""
MOST_CASES = 1_000
"""Cases in the annex; what lies beyond is counted, and said to be in the ledger."""
MOST_OVERDUE = 20
"""Cases that are named as late; the others are in the ledger."""
MOST_PROBLEMS, MOST_REPORTED = 45, 20
"""Commitments told one by one in a letter, and in a report; all stand in the annex."""
_HASH = 12
"""Digits of a hash that tell one from another."""
_CELLS = ("observed", "required", "gap")


def letter(run: Run, circumstances: Circumstances) -> Values:
    """Give the values of all fields of a letter."""
    writer = _LetterWriter(run, circumstances)
    return named(LETTER, _shown(writer.values()))


class _LetterWriter:
    """Writes of the year judged last; of several years the letter has only their counts."""

    def __init__(self, whole: Run, circumstances: Circumstances) -> None:
        self.whole = whole
        self.run = run = latest(whole)
        self.circumstances = circumstances
        self.columns = columns = OutcomeColumns.of(whole, circumstances)
        self.some = columns.of_year(run.as_of)
        self.places = SubjectNames(run, circumstances.names, columns.whom(self.some))
        self.folder = common_folder([record.file for record in run.facts])
        self.listed = tuple(filter(circumstances.lists, run.findings))
        self.counted = self.some if circumstances.holds_all(whole) else self.some[:0]
        """All findings, where they are known."""
        self.rules = self._rule_counts()
        self.counterparts = wording.Counterparts(columns.lookup)

    def values(self) -> Values:
        run, whom = self.run, wording.narrowed_to(self.circumstances)
        place, wishes = (
            common_place(
                chain(self.columns.met(self.some), self.columns.whom(self.some)),
                self.places,
                self.circumstances,
            ),
            self.circumstances.wishes,
        )
        cited = [by for by, _ in self.rules] or self._about()
        documents = {by.document.id: by.document.title for by in cited}
        problems = list(self._problems(only=len(documents) == 1))
        achieved, not_told = achievements(
            self.rules, self.columns, self.some, self.circumstances.place or ""
        )
        overdue = list(self._overdue())
        year = run.as_of
        lacking = waiting(self.whole, self.circumstances)
        owed = owing((of for of in lacking if of.columns.year == year), self.places, self.folder)
        schools = failing_schools(self.columns, self.counted, self.places)
        standing = places(self.columns, self.counted, self.places)
        most = MOST_PROBLEMS if self.kind.addressed else MOST_REPORTED
        years = str(run.as_of)
        known = counts_all(run) and count_judged(run.summary)
        return {
            "kind": self.kind.label,
            "addressed": self.kind.addressed,
            "title": self._title(whom or place, years),
            "addressee": self.circumstances.unit or self.circumstances.place or "",
            "years": years,
            "documents": [
                wording.in_its_language(wording.document_title(documents[each]))
                for each in sorted(documents)
            ],
            "scope": whom or place,
            "basis": self._basis(len(documents)),
            "assessment": self._assessment(),
            "rate": rate_in_words(run.summary) if known else "",
            "rate_definition": wording.rate_definition(),
            "by_year": [named(STANDING, each) for each in by_year(yearly(self.whole))],
            "counts": [
                named(COUNT, {"outcome": each.label, "number": run.summary.get(each, 0)})
                for each in Outcome
                if each in run.summary
            ],
            "change": self._change(),
            "evaluation": self.kind.evaluates,
            **self._evaluation(),
            "topics": [named(STANDING, each) for each in topics(self.rules)],
            "places": [named(STANDING, each) for each in standing],
            "achievements": achieved,
            "achievements_left_out": not_told,
            "unlisted": self._unlisted(),
            "cautions": wording.cautions(run, self.circumstances),
            "problems": [named(PROBLEM, each) for each in problems[:most]],
            "annex": [named(PROBLEM, each) for each in problems if each["cases"]],
            "problems_left_out": max(0, len(problems) - most),
            "reply_days": wishes.reply_days,
            "objection_days": wishes.objection_days,
            "follow_up": wishes.follow_up,
            "owed": [named(OWED, each) for each in owed.rows],
            "owed_left_out": owed.left_out,
            "cases": [one for each in problems for one in each["cases"]],
            "cases_left_out": max(0, sum(one.outcome in OPEN for one in self.listed) - MOST_CASES),
            "overdue": [named(OVERDUE, each) for each in overdue[:MOST_OVERDUE]],
            "overdue_left_out": max(0, len(overdue) - MOST_OVERDUE),
            "schools": [named(SCHOOL, each) for each in schools.rows],
            "schools_left_out": schools.left_out,
            "fingerprint": self._fingerprint(),
            "command": self.circumstances.command,
        }

    def _evaluation(self) -> Values:
        """Say how far a document has come; its tables of indicators stand in the text then."""
        run, kind = self.run, self.kind
        about = {by.document.id for by in self._about()}
        within = [of for of in run.tables if kind.evaluates and isinstance(of, FilledTargets)]
        rest = [of for of in run.tables if of not in within]
        known = self.rules if kind.evaluates and len(self.counted) else ()
        found = outlook(known, run.as_of, over=kind is LetterKind.FINAL)
        documents = [each for each in run.documents if each.id in about]
        return {
            "period": period(documents, run.as_of) if kind.evaluates else [],
            "outlook": [named(GOALS, each) for each in found],
            "indicators": [named(TABLE, each) for each in filled_tables(within)],
            "tables": [named(TABLE, each) for each in filled_tables(rest)],
        }

    def _rule_counts(self) -> RuleCounts:
        """Count by rule; nothing where the run does not tell."""
        if len(self.counted):
            return self.columns.some_by_rule(self.counted)
        told = {id_: years.get(self.run.as_of) for id_, years in self.run.by_rule.items()}
        return [(by, counts) for by in self.run.judged if (counts := told.get(by.id))]

    def _about(self) -> list[JudgedRule]:
        """List the rules of which there are findings."""
        return [self.columns.rules[at] for at in np.unique(self.columns.rule[self.some]).tolist()]

    def _unlisted(self) -> list[str]:
        """Name the outcomes of which there are findings, or may be, that are not listed."""
        wanted, counts = self.circumstances.outcomes or Outcome, self.run.summary
        unknown = not counts_all(self.run)
        left = (each for each in Outcome if each not in wanted)
        return [each.label for each in left if unknown or counts.get(each, 0)]

    @property
    def kind(self) -> LetterKind:
        """What is written: what was wished, or what fits whom it goes to."""
        known = self.circumstances
        if known.wishes.kind is not None:
            return known.wishes.kind
        if known.unit or known.place:
            return LetterKind.NOTICE
        if known.document is None:
            return LetterKind.ANNUAL
        ends = [each.period.to for each in self.run.documents if each.title == known.document]
        over = any(end is not None and end <= self.run.as_of for end in ends)
        return LetterKind.FINAL if over else LetterKind.MIDTERM

    def _title(self, recipient: str, years: str) -> str:
        told = wording.of_years(recipient, years)
        match self.kind:
            case LetterKind.NOTICE:
                return say(
                    f"关于{told}年度问题限期整改的通知",
                    f"Notice of corrections required: {recipient}, {years}",
                )
            case LetterKind.OPINION:
                return say(f"{told}年度督导意见书", f"Inspection opinion: {recipient}, {years}")
            case LetterKind.ANNUAL:
                return say(
                    f"{told}年度教育发展监测报告",
                    f"Annual monitoring report: {recipient}, {years}",
                )
            case LetterKind.MIDTERM | LetterKind.FINAL:
                label = self.kind.label
                return say(f"{recipient}{label}（{years}年）", f"{recipient}: {label}, {years}")
            case _:
                assert_never(self.kind)

    def _change(self) -> str:
        """Say what changed since the run compared with; nothing where there is none."""
        found = self.circumstances.comparison
        return (
            ""
            if found is None
            else say("。", ". ").join([*headlines(found, marked=False), ""]).strip()
        )

    def _basis(self, documents: int) -> str:
        run = self.run
        rules = len(self.rules) or run.rules.count
        only = wording.only(wording.choice_asked(run.options))
        told = say(
            f"{documents:,} 份文件、{rules:,} 条规则{only}，{wording.facts_read(run)}",
            f"Documents: {documents:,}; rules: {rules:,}{only}; {wording.facts_read(run)}",
        )
        returns = wording.attendance_line(run)
        return told + (say("；报送情况：", "; returns: ") + returns if returns else "")

    def _assessment(self) -> str:
        run, counts = self.run, self.run.summary
        of, met = count_judged(counts), counts.get(Outcome.COMPLIANT, 0)
        share = rate_in_words(counts)
        if not counts_all(run):
            kept = [each for each in Outcome if counts.get(each, 0)]
            return say("达标率算不出；", "The rate cannot be told; ") + (
                _counted((each.label, counts[each]) for each in kept) + say("。", ".")
            )
        apart = counts.get(Outcome.NOT_APPLICABLE, 0)
        if not of:
            return wording.nothing_judged()
        pending = sum(counts.get(each, 0) for each in OPEN)
        hard = sum(
            counted.get(each, 0) for by, counted in self.rules if not by.aspiration for each in OPEN
        )
        others = _counted(
            (each.label, counts.get(each, 0))
            for each in (Outcome.VIOLATION, Outcome.BEHIND, Outcome.MISSING, Outcome.ON_TRACK)
        )
        told = say(
            f"{run.as_of}年度应判 {of:,} 项，达标 {met:,} 项，"
            f"达标率 {share}{others and '；' + others}。",
            f"In {run.as_of}, {of:,} were judged and {met:,} comply, a rate of"
            f" {share}{others and '; ' + others}.",
        )
        if apart:
            told += say(f"另有 {apart:,} 项不适用。", f" {apart:,} more do not apply.")
        if pending and self.rules:
            kinds = _counted(
                (
                    (say("硬性要求", "hard"), hard),
                    (say("力争目标", "aspirations"), pending - hard),
                )
            )
            told += say(
                f"须整改的 {pending:,} 项中，{kinds}。",
                f" Of {pending:,} to be mended: {kinds}.",
            )
        return told

    def _problems(self, *, only: bool) -> Iterator[Values]:
        """Group what is to be mended by commitment, in the order of every report.

        Args:
            only: Whether all of it is of one document, which goes without saying then.
        """
        room, cases = MOST_CASES, 0
        wanted = self.circumstances.outcomes or OPEN
        judged = judged_as_told(self.run, self.run.as_of)
        if judged is None:
            counted = self.columns.some_by_rule(self.some)
            judged = {by.id: count_judged(counts) for by, counts in counted}
        ranked = priorities(self.run.findings, wanted, judged)
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
            return worst.removeprefix(self._of(first)) if own else worst
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
        own = self.circumstances.place or ""
        return self.places.label(finding.subject).removeprefix(f"{own} ")

    def _cases(self, group: Sequence[Finding], before: int) -> Iterator[Values]:
        columns = fields(*_CELLS)
        for number, one in enumerate(group, before + 1):
            cells = {field.key: field.text(one) for field in columns}
            yield cells | {
                "number": number,
                "case": case_number(one),
                "subject": self.places.label(one.subject),
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

    def _overdue(self) -> Iterator[Values]:
        book, keys = self.circumstances.cases, list(OVERDUE)[1:]
        rows = () if book is None else wording.overdue_rows(book, self.places.label)
        for number, row in enumerate(rows, 1):
            yield {"number": number, **dict(zip(keys, row, strict=True))}

    def _fingerprint(self) -> str:
        files = say("、", ", ").join(
            f"{record.file.removeprefix(self.folder)} {record.sha256[:_HASH]}"
            for record in self.run.facts[:EXAMPLES]
        )
        if len(self.run.facts) > EXAMPLES:
            files += say(f"……共 {len(self.run.facts)} 个", f"… {len(self.run.facts)} in all")
        rules = self.run.rules.hash[:_HASH]
        mark, files = self.whole.fingerprint, files or say("不列出", "not listed")
        return say(
            f"dabiao {dabiao.__version__}；检查指纹 {mark}；规则 {rules}；数据 {files}",
            f"dabiao {dabiao.__version__}; fingerprint {mark}; rules {rules}; facts {files}",
        )


def _counted(counts: Iterable[tuple[str, int]]) -> str:
    """String together what there is of each, and leave out what there is none of."""
    return say("，", ", ").join(
        say(f"{label} {count:,} 项", f"{label} {count:,}") for label, count in counts if count
    )


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


def _shown(value: Any) -> Any:  # noqa: ANN401 - texts at any depth
    """Show the characters in texts that nobody would see, and that a document can't hold."""
    match value:
        case str():
            return visible(value)
        case dict():
            return {key: _shown(each) for key, each in value.items()}
        case list():
            return [_shown(each) for each in value]
        case _:
            return value
