"""A run: all findings of one check, and what went into it."""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import field
from enum import StrEnum
from typing import Annotated, Final, Literal

from dabiao.schemas.attendance import Attendance
from dabiao.schemas.border import AtBorder, within
from dabiao.schemas.document import Document
from dabiao.schemas.excerpt import SheetExcerpt
from dabiao.schemas.filled_table import DocumentTableFilled
from dabiao.schemas.finding import Finding, Scalar, Source
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureName, MeasureRef, SubjectRef
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.remarks import AnyRemark
from dabiao.schemas.record import called, named_record, record
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.subject import ListedSubject

RUN_SCHEMA: Final = "dabiao.run/2"
OTHERS_LEFT_OUT: Final = "others-left-out"
"""The caveat of a part of a run that keeps only some outcomes: its counts are of these alone."""
_AS_TUPLE = AtBorder(lambda pydantic: [pydantic.AfterValidator(tuple)])
"""Lets what may be columns be a tuple, as all else that is read from a file."""
_DIGITS = 16
"""Digits of a fingerprint: enough to tell runs apart, few enough to be read out."""


@named_record
class RulePackRecord:
    """Which rules were used.

    Attributes:
        hash: SHA-256 of the pack.
        count: The number of rules selected.
        selected: Their ids.
        hashes: SHA-256 of each rule, by its id; two runs with the same hash judged by the same.
    """

    hash: str
    count: int
    selected: tuple[str, ...] = ()
    hashes: dict[str, str] = field(default_factory=dict)


@named_record
class RunOptions:
    """What was asked for: the rules that were wanted, and what the report was narrowed to.

    Attributes:
        documents: Documents, as they were named.
        rules: Rules, as they were named.
        tags: Tags.
        levels: Levels.
        tokens: Only rules that ask whether something is there if true, how much of it if false.
        every_year: Whether every year in the facts was judged.
        area: Code of the place that the run was narrowed to.
        unit: The unit that it was narrowed to.
        document: Id of the document that it was narrowed to.
        outcomes: Outcomes of the findings that are kept; empty where all are.
    """

    documents: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    tokens: bool | None = None
    every_year: bool = False
    area: str | None = None
    unit: str | None = None
    document: str | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def choice(self) -> tuple[object, ...]:
        """Which rules were asked for, as they were named; nothing where all were."""
        asked = (self.documents, self.rules, self.tags, self.levels, self.tokens)
        return asked if any(asked) or self.tokens is not None else ()


@named_record
class FactFileRecord:
    """A file of facts that went in.

    Attributes:
        file: Its path within the submission: from the innermost folder that holds all that was
            given.
        sha256: SHA-256 of what stands in it.
        rows: Rows of facts in it.
        received: On which day it first came, where somebody took that down.
    """

    file: str
    sha256: str
    rows: Annotated[int, within(0)]
    received: datetime.date | None = None


@named_record
class DueDate:
    """By which day a form was due.

    Attributes:
        level: The level whose form it is; None for all others.
        day: The day.
    """

    level: Level | None = None
    day: datetime.date


@record
class Note:
    """A remark on the quality of the data; never an outcome.

    Attributes:
        kind: A slug such as ``sum-differs`` (a reported value differs from the sum below),
            ``indicator-differs`` (a reported indicator differs from its formula), ``impossible``
            and ``unusual`` (an edit check does not hold), ``jump`` (a change from year to year
            unlike others), ``outlier`` (a value unlike those of its peers), ``copy`` (the same row
            as another subject's), ``repeat`` (the same row as the year before), ``unplaced``,
            ``only-named`` or ``not-in-roster`` (of a subject), or ``problem`` (of reading).
        of: The subject it is about.
        level: Its level.
        year: The year it is about.
        reported: What was reported.
        computed: What it comes to.
        source: The first cell to look at.
        about: The measures concerned, the first of them foremost.
        sources: All cells concerned, where there are several.
        check: Slug of the edit check that does not hold.
        others: Codes of the other subjects concerned.
        remark: The rest of what there is to say, by its kind.
    """

    kind: str
    of: SubjectRef | None = None
    level: Level | None = None
    year: int | None = None
    reported: Scalar = None
    computed: Scalar = None
    source: Source | None = None
    about: tuple[MeasureRef, ...] = ()
    sources: tuple[Source, ...] = ()
    check: str | None = None
    others: tuple[str, ...] = ()
    remark: AnyRemark | None = None

    @property
    def subject(self) -> str | None:
        """Code of the subject it is about."""
        return None if self.of is None else self.of.code

    @property
    def measure(self) -> str | None:
        """Slug of the foremost measure concerned."""
        return self.about[0].slug if self.about else None

    @property
    def measures(self) -> tuple[str, ...]:
        """Slugs of all measures concerned."""
        return tuple(each.slug for each in self.about)


class WhyNotApplied(StrEnum):
    """Why a rule applied to nobody."""

    AHEAD = "ahead"
    """It has not started."""
    SUPERSEDED = "superseded"
    """Its document has been superseded."""
    OVER = "over"
    """It is over, or outside its period."""
    NONE_REPORTS = "none-reports"
    """Nobody of its level reports."""
    NONE_INSIDE = "none-inside"
    """Nobody lies in its place."""
    NONE_MEANT = "none-meant"
    """Its condition holds for nobody, or its subjects did not exist."""


@record
class NotApplied:
    """How many rules applied to nobody for one reason.

    Attributes:
        cause: The reason.
        count: How many rules.
        level: Their level, where nobody of it reports.
    """

    cause: WhyNotApplied
    count: int
    level: Level | None = None


@record
class LevelCount:
    """How many of a level.

    Attributes:
        level: The level.
        count: How many.
    """

    level: Level
    count: int


class EngineFailure(StrEnum):
    """How a rules engine failed."""

    CRASHED = "crashed"
    """Its process ended."""
    HUNG = "hung"
    """It did not answer in time."""
    WRONG = "wrong"
    """It answered otherwise than columns."""
    REFUSED = "refused"
    """It said that it could not answer, or answered none or several times."""


@record
class Caveat:
    """What has to be known before the counts of a run are read; every report begins with it.

    Attributes:
        kind: ``year-passed-over`` (there are facts of a later year, of too few to judge it by
            default), ``unplaced`` (nobody can tell where subjects lie, so that rules for certain
            places leave them out), ``outside`` (subjects lie outside the places of all selected
            rules), ``no-subject`` (rules for places that somebody reports from have nobody to
            judge), ``nothing-applied`` (no rule applied to anybody), ``others-left-out`` (it is a
            part of a run that keeps only some outcomes, so that others cannot be counted) or
            ``unread`` (files or sheets could not be read, so that nothing is known of what stands
            there).
        count: How many subjects; of ``no-subject`` and ``nothing-applied`` how many rules; of
            ``unread`` how many files and sheets; of ``others-left-out`` how many findings.
        year: The year passed over.
        level: The level of the subjects.
        named: Some of the subjects.
        years: The years judged.
        reporting: How many subjects report on the year that was judged instead; of ``withheld``
            how many subjects nothing is told of.
        lacking: The rules without subjects, by level.
        causes: Why rules applied to nobody, most frequent first.
        failure: How the engine failed.
        least: The smallest number of persons that is told.
        unread: The files and sheets that could not be read.
        outcomes: The outcomes that are counted.
    """

    kind: str
    count: int
    year: int | None = None
    level: Level | None = None
    named: tuple[SubjectRef, ...] = ()
    years: tuple[int, ...] = ()
    reporting: int | None = None
    lacking: tuple[LevelCount, ...] = ()
    causes: tuple[NotApplied, ...] = ()
    failure: EngineFailure | None = None
    least: int | None = None
    unread: tuple[Source, ...] = ()
    outcomes: tuple[Outcome, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """Codes of some of the subjects."""
        return tuple(each.code for each in self.named)


@record
class ReadingDecision:
    """What was decided so that a file could be read.

    Attributes:
        code: What kind of decision, a code with a page in ``docs/problems/``.
        message: What was decided, as it was said when the file was read.
        file: The file.
        sheet: The sheet.
        cell: The cell or row.
    """

    code: str
    message: str
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None


@named_record
class Run:
    """The whole result of one check, in no language.

    Same rules, facts and year give the same bytes of JSON. The head comes first; findings, notes
    and caveats name rules, subjects, measures and documents by what stands there.

    Attributes:
        schema_: The name of this format.
        version: The version of the program.
        as_of: The year judged last.
        years: The years judged: only ``as_of``, or every year up to it.
        engine: What compared.
        options: What was asked for.
        rules: Which rules were used.
        documents: The documents they come from.
        judged: The rules judged by, and those that they look at.
        measures: Items and indicators, with their names and units.
        subjects: Who was judged or named, with the places above them.
        places: Names of places above them that are no subjects, by code.
        facts: The files of facts that went in.
        due: When the forms of the year judged last were due, where it is known when files came.
        decisions: What was decided so that they could be read.
        summary: How many findings of each outcome there are.
        by_year: The same per year, where several were judged.
        by_rule: The same per rule and year, where not all findings are kept.
        repeated: How many of them say of a target what another finding says already
            (``JudgedRule.group``).
        attendance: Who was to report and who did, per year judged and level.
        counties: The same per county.
        caveats: Whom and what the counts leave out.
        notes: What is worth a second look.
        tables: The tables of documents that the rules fill in.
        sheets: What stands around the cells that findings cite, as it was submitted.
        findings: What was concluded.
    """

    schema_: Literal["dabiao.run/2"] = field(default=RUN_SCHEMA, metadata=called("schema"))
    version: str = ""
    as_of: int
    years: tuple[int, ...]
    engine: str
    options: RunOptions = RunOptions()
    rules: RulePackRecord
    documents: tuple[Document, ...] = ()
    judged: tuple[JudgedRule, ...] = ()
    measures: tuple[MeasureName, ...] = ()
    subjects: Annotated[Sequence[ListedSubject], _AS_TUPLE] = ()
    places: dict[str, str] = field(default_factory=dict)
    facts: tuple[FactFileRecord, ...]
    due: tuple[DueDate, ...] = ()
    decisions: tuple[ReadingDecision, ...] = ()
    summary: dict[Outcome, int]
    by_year: dict[int, dict[Outcome, int]] = field(default_factory=dict)
    by_rule: dict[str, dict[int, dict[Outcome, int]]] = field(default_factory=dict)
    repeated: dict[Outcome, int] = field(default_factory=dict)
    attendance: tuple[Attendance, ...] = ()
    counties: tuple[Attendance, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    notes: tuple[Note, ...] = ()
    tables: tuple[DocumentTableFilled, ...] = ()
    sheets: tuple[SheetExcerpt, ...] = ()
    findings: tuple[Finding, ...]

    @property
    def fingerprint(self) -> str:
        """What tells two runs apart: the rules, the facts and the years, and nothing else.

        Where forms were due by a day, what was due and came when is a part of the facts.
        """
        facts = sorted(f"{each.sha256} {each.received or ''}".strip() for each in self.facts)
        facts += [f"{each.level or ''} {each.day}" for each in self.due]
        years = map(str, self.years)
        told = "\n".join([RUN_SCHEMA, self.rules.hash, *self.rules.selected, *facts, *years])
        return hashlib.sha256(told.encode()).hexdigest()[:_DIGITS]

    @property
    def names(self) -> dict[str, str]:
        """Names of all subjects and places, by code."""
        return self.places | {each.code: each.name for each in self.subjects}

    @property
    def former_codes(self) -> dict[str, str]:
        """Codes of today by the former ones, as far as nobody has these now."""
        now = {(each.level, each.code) for each in self.subjects}
        return {
            old: each.code
            for each in self.subjects
            for old in each.former_codes
            if (each.level, old) not in now
        }

    @property
    def targets(self) -> dict[Outcome, int]:
        """The findings by outcome, each target counted once however often it is stated."""
        return {each: count - self.repeated.get(each, 0) for each, count in self.summary.items()}
