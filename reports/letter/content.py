"""What a letter says: from the run, and from nothing else."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, assert_never

import numpy as np

import dabiao
from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.comparison.listing import headlines
from dabiao.reports.counted.outcome_columns import OutcomeColumns
from dabiao.reports.counted.recorded import waiting
from dabiao.reports.letter.evaluation import outlook, period
from dabiao.reports.letter.fields import (
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
from dabiao.reports.letter.problems import EXAMPLES, Problems, cases_left_out
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
from dabiao.reports.narrowing import whom as common_place
from dabiao.reports.summaries import (
    SubjectNames,
    common_folder,
    counts_all,
    judged_as_told,
    rate_in_words,
    yearly,
)
from dabiao.schemas.filled_table import FilledTargets
from dabiao.schemas.language import say
from dabiao.schemas.letter import LetterKind
from dabiao.schemas.outcome import OPEN, Outcome, count_judged
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.run import Run
from dabiao.schemas.unseen import visible

MOST_OVERDUE = 20
"""Cases that are named as late; the others are in the ledger."""
MOST_PROBLEMS, MOST_REPORTED = 45, 20
"""Commitments told one by one in a letter, and in a report; all stand in the annex."""
_HASH = 12
"""Digits of a hash that tell one from another."""


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
        circumstances, wishes = self.circumstances, self.circumstances.wishes
        cited = [by for by, _ in self.rules] or self._about()
        documents = {by.document.id: by.document.title for by in cited}
        return {
            **self._heading(documents),
            **self._standing(),
            **self._evaluation(),
            **self._mending(only=len(documents) == 1),
            **self._waiting(),
            "unlisted": self._unlisted(),
            "cautions": wording.cautions(self.run, circumstances),
            "reply_days": wishes.reply_days,
            "objection_days": wishes.objection_days,
            "follow_up": wishes.follow_up,
            "fingerprint": self._fingerprint(),
            "command": circumstances.command,
        }

    def _heading(self, documents: Mapping[str, str]) -> Values:
        """Say what the letter is, to whom it goes, and what it rests on.

        Args:
            documents: The titles of the documents that it is about, by id.
        """
        met = chain(self.columns.met(self.some), self.columns.whom(self.some))
        scope = wording.narrowed_to(self.circumstances) or common_place(
            met, self.places, self.circumstances
        )
        years = str(self.run.as_of)
        return {
            "kind": self.kind.label,
            "addressed": self.kind.addressed,
            "title": self._title(scope, years),
            "addressee": self.circumstances.unit or self.circumstances.place or "",
            "years": years,
            "documents": [
                wording.in_its_language(wording.document_title(documents[each]))
                for each in sorted(documents)
            ],
            "scope": scope,
            "basis": self._basis(len(documents)),
        }

    def _standing(self) -> Values:
        """Say what came out how often, in which years and of what, and what was achieved."""
        run = self.run
        known = counts_all(run) and count_judged(run.summary)
        standing = places(self.columns, self.counted, self.places)
        achieved, not_told = achievements(
            self.rules, self.columns, self.some, self.circumstances.place or ""
        )
        return {
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
            "topics": [named(STANDING, each) for each in topics(self.rules)],
            "places": [named(STANDING, each) for each in standing],
            "achievements": achieved,
            "achievements_left_out": not_told,
        }

    def _mending(self, *, only: bool) -> Values:
        """List what is to be mended, by commitment and case by case.

        Args:
            only: Whether all of it is of one document.
        """
        run = self.run
        judged = judged_as_told(run, run.as_of)
        if judged is None:
            counted = self.columns.some_by_rule(self.some)
            judged = {by.id: count_judged(counts) for by, counts in counted}
        telling = Problems(self.circumstances, self.places, self.counterparts, self.folder)
        problems = list(telling.grouped(run.findings, judged, only=only))
        most = MOST_PROBLEMS if self.kind.addressed else MOST_REPORTED
        schools = failing_schools(self.columns, self.counted, self.places)
        return {
            "problems": [named(PROBLEM, each) for each in problems[:most]],
            "problems_left_out": max(0, len(problems) - most),
            "annex": [named(PROBLEM, each) for each in problems if each["cases"]],
            "cases": [one for each in problems for one in each["cases"]],
            "cases_left_out": cases_left_out(self.listed),
            "schools": [named(SCHOOL, each) for each in schools.rows],
            "schools_left_out": schools.left_out,
        }

    def _waiting(self) -> Values:
        """List who owes data, and the cases whose day has passed."""
        lacking = waiting(self.whole, self.circumstances)
        now = (of for of in lacking if of.columns.year == self.run.as_of)
        owed = owing(now, self.places, self.folder)
        overdue = list(self._overdue())
        return {
            "owed": [named(OWED, each) for each in owed.rows],
            "owed_left_out": owed.left_out,
            "overdue": [named(OVERDUE, each) for each in overdue[:MOST_OVERDUE]],
            "overdue_left_out": max(0, len(overdue) - MOST_OVERDUE),
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

    def _overdue(self) -> Iterator[Values]:
        book, keys = self.circumstances.cases, list(OVERDUE)[1:]
        rows = () if book is None else wording.overdue_rows(book, self.places.in_sentence)
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
