"""A run: all findings of one check, and what went into it."""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from dabiao.schemas.attendance import Attendance
from dabiao.schemas.finding import Finding, Scalar, Source
from dabiao.schemas.level import Level
from dabiao.schemas.model import Model
from dabiao.schemas.naming import MeasureRef, SubjectRef
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.remarks import AnyRemark
from dabiao.schemas.record import record

RUN_SCHEMA: Final = "dabiao.run/2"


class RulePackRecord(Model):
    """Which rules were used: the SHA-256 of the pack and the number of rules selected."""

    hash: str
    count: int


class FactFileRecord(Model):
    """A file of facts that went in."""

    file: str
    sha256: str
    rows: Annotated[int, Field(ge=0)]


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
    """How many rules applied to nobody for one reason."""

    cause: WhyNotApplied
    count: int
    level: Level | None = None


@record
class LevelCount:
    """How many of a level."""

    level: Level
    count: int


@record
class Caveat:
    """What has to be known before the counts of a run are read; every report begins with it.

    Attributes:
        kind: ``year-passed-over`` (there are facts of a later year, of too few to judge it by
            default), ``unplaced`` (nobody can tell where subjects lie, so that rules for certain
            places leave them out), ``outside`` (subjects lie outside the places of all selected
            rules), ``no-subject`` (rules for places that somebody reports from have nobody to
            judge) or ``nothing-applied`` (no rule applied to anybody).
        count: How many subjects; of ``no-subject`` and ``nothing-applied`` how many rules.
        year: The year passed over.
        level: The level of the subjects.
        named: Some of the subjects.
        years: The years judged.
        reporting: How many subjects report on the year that was judged instead.
        lacking: The rules without subjects, by level.
        causes: Why rules applied to nobody, most frequent first.
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

    @property
    def subjects(self) -> tuple[str, ...]:
        """Codes of some of the subjects."""
        return tuple(each.code for each in self.named)


class Run(Model):
    """The whole result of one check. Same rules, facts and year give the same bytes of JSON."""

    schema_: Annotated[Literal["dabiao.run/2"], Field(alias="schema")] = RUN_SCHEMA
    as_of: int
    years: tuple[int, ...]
    """The years judged: only ``as_of``, or every year up to it."""
    engine: str
    language: str
    rules: RulePackRecord
    facts: tuple[FactFileRecord, ...]
    summary: dict[Outcome, int]
    repeated: dict[Outcome, int] = Field(default_factory=dict)
    """How many of them say of a target what another finding says already (``JudgedRule.group``)."""
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    """Who was to report and who did, per year judged and level."""
    caveats: tuple[Caveat, ...] = ()
    """Whom and what the counts leave out."""

    @property
    def targets(self) -> dict[Outcome, int]:
        """The findings by outcome, each target counted once however often it is stated."""
        return {each: count - self.repeated.get(each, 0) for each, count in self.summary.items()}
