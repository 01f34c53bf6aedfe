"""A rule as data: what ``dabiao rules list --format json`` prints."""

from enum import StrEnum

from dabiao.schemas.finding import Units
from dabiao.schemas.level import Level
from dabiao.schemas.model import Model


class TimingKind(StrEnum):
    """When a norm has to hold."""

    DUE = "due"
    """By the end of a year, and from then on."""
    WITHIN = "within"
    """In the course of one year; that year's figures count, whenever it is asked."""
    STANDING = "standing"
    """In every year from a beginning on."""
    SPAN = "span"
    """In every year of a span."""


class Timing(Model):
    """When a norm has to hold.

    ``first`` is the first year of a standing or span rule (None: as long as its document is in
    force), ``last`` the year a due, within or span rule ends with. ``month`` is kept for readers;
    facts are yearly.
    """

    kind: TimingKind
    first: int | None = None
    last: int | None = None
    month: int | None = None


class Baseline(Model):
    """Where the line to a target begins: a year, and the value the document prints for it.

    Without a value, the facts of that year serve.
    """

    year: int
    value: float | None = None


class NormTarget(Model):
    """A line of a table of targets: the year, place or category, and the number."""

    where: str
    value: float


class NormRecord(Model):
    """The norm in words and, where it has one, its comparator, threshold and unit.

    Of a table of targets by year, the threshold is the last one.
    """

    text: str
    kind: str
    measure: str | None = None
    comparator: str | None = None
    threshold: float | str | bool | None = None
    upper: float | None = None
    unit: str = ""
    targets: tuple[NormTarget, ...] = ()


class RuleRecord(Model):
    """One rule, complete enough to be read without its feature."""

    id: str
    title: str
    description: str
    document: str
    places: tuple[str, ...]
    area: str | None
    level: Level
    condition: str | None
    norm: NormRecord
    timing: Timing
    baseline: Baseline | None
    aspiration: bool
    decimals: int | None
    units: Units
    contradicts: tuple[str, ...]
    governed_by: str | None
    superseded_by: str | None = None
    """Id of the document that takes the place of its own."""
    superseded_from: int | None = None
    """The first year in which that document is in force, and this rule applies to nobody."""
    tags: tuple[str, ...]
    file: str
    line: int
