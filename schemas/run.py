"""A run: all findings of one check, and what went into it."""

from typing import Annotated, Final, Literal

from pydantic import Field

from dabiao.schemas.attendance import Attendance
from dabiao.schemas.finding import Finding, Scalar, Source
from dabiao.schemas.level import Level
from dabiao.schemas.model import Model
from dabiao.schemas.outcome import Outcome

RUN_SCHEMA: Final = "dabiao.run/1"


class RulePackRecord(Model):
    """Which rules were used: the SHA-256 of the pack and the number of rules selected."""

    hash: str
    count: int


class FactFileRecord(Model):
    """A file of facts that went in."""

    file: str
    sha256: str
    rows: Annotated[int, Field(ge=0)]


class Note(Model):
    """A remark on the quality of the data; never an outcome.

    ``kind`` is a slug such as ``sum-differs`` (a reported value differs from the sum below),
    ``indicator-differs`` (a reported indicator differs from its formula), ``impossible`` and
    ``unusual`` (an edit check does not hold), ``jump`` (a change from year to year unlike others),
    ``outlier`` (a value unlike those of its peers), ``copy`` (the same row as another subject's),
    ``repeat`` (the same row as the year before) or ``problem`` (an intake problem).
    """

    kind: str
    message: str
    subject: str | None = None
    level: Level | None = None
    year: int | None = None
    measure: str | None = None
    reported: Scalar = None
    computed: Scalar = None
    source: Source | None = None
    """The first cell to look at."""
    measures: tuple[str, ...] = ()
    """Slugs of all measures concerned, where there are several."""
    sources: tuple[Source, ...] = ()
    """All cells concerned, where there are several."""
    check: str | None = None
    """Slug of the edit check that does not hold."""
    others: tuple[str, ...] = ()
    """Codes of the other subjects concerned."""


class Caveat(Model):
    """What has to be known before the counts of a run are read; every report begins with it.

    ``kind`` is ``year-passed-over`` (there are facts of a later year, of too few to judge it by
    default), ``unplaced`` (nobody can tell where subjects lie, so that rules for certain places
    leave them out), ``outside`` (subjects lie outside the places of all selected rules),
    ``no-subject`` (rules for places that somebody reports from have nobody to judge) or
    ``nothing-applied`` (no rule applied to anybody).
    """

    kind: str
    message: str
    count: int
    """How many subjects; of ``no-subject`` and ``nothing-applied`` how many rules."""
    year: int | None = None
    level: Level | None = None
    subjects: tuple[str, ...] = ()
    """Codes of some of the subjects."""


class Run(Model):
    """The whole result of one check. Same rules, facts and year give the same bytes of JSON."""

    schema_: Annotated[Literal["dabiao.run/1"], Field(alias="schema")] = RUN_SCHEMA
    as_of: int
    years: tuple[int, ...]
    """The years judged: only ``as_of``, or every year up to it."""
    engine: str
    language: str
    rules: RulePackRecord
    facts: tuple[FactFileRecord, ...]
    summary: dict[Outcome, int]
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    """Who was to report and who did, per year judged and level."""
    caveats: tuple[Caveat, ...] = ()
    """Whom and what the counts leave out."""
