"""Visits drawn by lot: whom, why, and all it takes to draw them again."""

from dataclasses import field
from typing import Annotated, Final, Literal

from dabiao.schemas.border import within
from dabiao.schemas.finding import Finding, Source
from dabiao.schemas.level import Level
from dabiao.schemas.naming import SubjectRef
from dabiao.schemas.record import called, named_record, record
from dabiao.schemas.run import Note
from dabiao.schemas.subject import Subject

TEAM: Final = 2
"""How many inspectors go together."""
VISITS_SCHEMA: Final = "dabiao.visits/1"


@record
class NotReturned:
    """A subject that was to report and has no row for the year.

    Attributes:
        subject: The subject.
        year: The year.
        listed: Whether only the roster has it.
    """

    subject: SubjectRef
    year: int
    listed: bool


@record
class VisitReason:
    """Something that makes a visit more likely.

    ``kind`` is that of a note, ``unreported`` for a subject of the roster without a row for the
    year, or the outcome of a finding; ``points`` is what it adds to the subject's risk; ``of`` is
    the note or finding itself; ``bears`` is how many outcomes could change if what is noted were
    corrected, None where that is not known.
    """

    kind: str
    points: float
    of: Note | Finding | NotReturned
    sources: tuple[Source, ...] = ()
    bears: int | None = None


@named_record
class Inspector:
    """Somebody who may be sent, as the list of inspectors has them."""

    name: str
    unit: str = ""


@named_record
class Visit:
    """A subject drawn.

    Attributes:
        risk: Its weight in the lot: 1 and the points of its reasons.
        stratum: Code of the place its lot was drawn in; None where it is not known.
        stratum_name: The name of that place.
        first: Whether it was drawn as the first of its stratum.
        reasons: Why, heaviest first; none for a subject drawn by lot alone.
        inspectors: Who goes, where a list was given.
    """

    subject: Subject
    risk: float
    stratum: str | None
    stratum_name: str = ""
    first: bool
    reasons: tuple[VisitReason, ...] = ()
    inspectors: tuple[str, ...] = ()


@named_record
class VisitSample:
    """A draw. The same facts, rules, options and seed give the same one.

    Attributes:
        share: Per cent of the population that was asked for.
        population: Subjects that could be drawn.
        strata: Places in which at least one was to be drawn.
        flagged: Subjects of the population with any reason.
        facts: SHA-256 over the hashes of all files, in order of hash.
        rules: SHA-256 of the rule pack.
        weights: Points of the first reason of each kind.
        staffed: Whether inspectors were drawn too.
    """

    schema_: Literal["dabiao.visits/1"] = field(default=VISITS_SCHEMA, metadata=called("schema"))
    seed: str
    share: float
    year: int
    level: Level
    area: str | None = None
    stratum_level: Level | None = None
    population: Annotated[int, within(0)]
    strata: Annotated[int, within(0)]
    flagged: Annotated[int, within(0)]
    also: tuple[str, ...] = ()
    facts: str
    rules: str
    weights: dict[str, float]
    staffed: bool = False
    visits: tuple[Visit, ...]
