"""Drafts: what the sentences of a feature have said so far, not yet checked against anything."""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import field, fields
from typing import TYPE_CHECKING, Any, Unpack

from dabiao.rules.catalog.norm import Direction, Span
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.problem import FilePlace, Problem, ProblemDetails, Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import Term, Timing

if TYPE_CHECKING:
    from dabiao.rules.language.scenario import Scenario


Example = Sequence[tuple[str, str]]
"""A row of examples: what is filled in, and with what."""
SLUG = re.compile(r"@[a-z0-9][a-z0-9-]*")
"""The tag by which a rule is called."""


@dataclass(frozen=True, slots=True)
class FeaturePlace(FilePlace):
    """A place in a feature file; lines and columns from 1."""

    file: str
    line: int
    column: int

    def shifted(self, by: int) -> "FeaturePlace":
        """Give the place some columns further in the line."""
        return FeaturePlace(self.file, self.line, self.column + by)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A piece of a sentence and where it begins."""

    text: str
    spot: FeaturePlace

    def named(self, text: str) -> "Phrase":
        """Speak of something else, at the same place."""
        return Phrase(text, self.spot)

    def filled(self, example: Example) -> "Phrase":
        """Fill in a row of examples; a piece without a place for any stays as it is."""
        text = self.text
        if "<" in text:
            for name, value in example:
                text = text.replace(f"<{name}>", value)
        return self if text == self.text else self.named(text)

    def problem(
        self,
        code: str,
        message: str,
        hint: str | None = None,
        severity: Severity = Severity.ERROR,
        *,
        offset: int = 0,
        **details: Unpack[ProblemDetails],
    ) -> Problem:
        """Tell a problem with this piece, ``offset`` characters into it."""
        place = self.spot.shifted(offset)
        return place.problem(code, message, hint, severity, **details)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of a table below a step: header to cell, and the headers where they stand."""

    cells: Mapping[str, Phrase]
    spot: FeaturePlace
    header: Sequence[Phrase] = ()

    def cells_by(self, columns: Mapping[str, str]) -> dict[str, Phrase]:
        """Give the cells by the key of their column; headers may be in either language."""
        return {
            columns.get(header.strip(), header.strip().lower()): cell
            for header, cell in self.cells.items()
        }


@dataclass(frozen=True, slots=True)
class StepTable:
    """A table below a step."""

    header: Sequence[Phrase]
    rows: Sequence[StepRow]

    def filled(self, example: Example) -> "StepTable":
        """Fill in a row of examples; a table without a place for any stays as it is."""
        every = (*self.header, *(cell for row in self.rows for cell in row.cells.values()))
        if not any("<" in cell.text for cell in every):
            return self
        header = [cell.filled(example) for cell in self.header]
        names = {old.text: new.text for old, new in zip(self.header, header, strict=True)}
        rows = [
            StepRow(
                {names[name]: cell.filled(example) for name, cell in row.cells.items()},
                row.spot,
                header,
            )
            for row in self.rows
        ]
        return StepTable(header, rows)


@dataclass(frozen=True, slots=True)
class ComparesDraft:
    """``left`` compared with ``right``, or with as many of it as a year has terms."""

    left: Phrase
    comparator: Comparator
    right: Phrase
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class WithinDraft:
    """``left`` between ``low`` and ``high``."""

    left: Phrase
    low: Phrase
    high: Phrase


@dataclass(frozen=True, slots=True)
class SaysDraft:
    """``left`` is to say ``text``."""

    left: Phrase
    text: Phrase


@dataclass(frozen=True, slots=True)
class ChangesDraft:
    """``left`` is to change by at least ``least``.

    Without an amount it is not to go the other way or, if ``strict``, to change at all.
    """

    left: Phrase
    direction: Direction
    span: Span
    least: Phrase | None
    since: int | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class RollsUpDraft:
    """Subjects of ``level`` are to comply with ``tag``: all rules, or ``count`` of them.

    Without a level it is the subject itself that is to comply.
    """

    level: Phrase | None
    tag: Phrase
    count: int | None = None
    floor: float | None = None


@dataclass(frozen=True, slots=True)
class IndicatorTableDraft:
    """A table for each ``whole``, with a row for each ``lower``; its columns, one a row here."""

    title: Phrase
    whole: Phrase
    lower: Phrase
    condition: Phrase | None
    columns: Sequence[StepRow]


@dataclass(frozen=True, slots=True)
class TargetTableDraft:
    """A table for each ``whole``, with a row for each target; its rows."""

    title: Phrase
    whole: Phrase
    rows: Sequence[StepRow]


@dataclass(frozen=True, slots=True)
class TargetsDraft:
    """``left`` compared with the target that a table gives for the year, the place or the category.

    ``by`` is the header of the column that tells them apart.
    """

    left: Phrase
    comparator: Comparator
    by: Phrase
    targets: tuple[tuple[Phrase, Phrase], ...]


@dataclass(frozen=True, slots=True)
class RecurrenceDraft:
    """``left`` compared with ``right`` in at least so many of the last years."""

    left: Phrase
    comparator: Comparator
    right: Phrase
    years: int
    least: int


@dataclass(frozen=True, slots=True)
class OptionDraft:
    """One of several demands, and its sentence."""

    norm: "ComparesDraft | SaysDraft | ChangesDraft"
    whole: Phrase


@dataclass(frozen=True, slots=True)
class AlternativesDraft:
    """Any one of these is enough."""

    options: tuple[OptionDraft, ...]


NormDraft = (
    ComparesDraft
    | WithinDraft
    | SaysDraft
    | ChangesDraft
    | RollsUpDraft
    | TargetsDraft
    | RecurrenceDraft
    | AlternativesDraft
)


@dataclass(slots=True)
class Draft:
    """Everything said in a feature's background and, on a copy of it, in one rule's.

    A sentence that may stand only once is collected like the others; that it stood twice is found
    when the draft is built.
    """

    file: str
    title: Phrase
    description: str = ""
    slug: Phrase | None = None
    """The first tag of the rule itself that can be one; else its first."""
    tags: list[Phrase] = field(default_factory=list)
    documents: list[Phrase] = field(default_factory=list)
    items: list[StepRow] = field(default_factory=list)
    indicators: list[StepRow] = field(default_factory=list)
    checks: list[StepRow] = field(default_factory=list)
    peers: list[Phrase] = field(default_factory=list)
    used: list[Phrase] = field(default_factory=list)
    document_tables: list[IndicatorTableDraft | TargetTableDraft] = field(default_factory=list)
    places: list[Phrase] = field(default_factory=list)
    areas: list[Phrase] = field(default_factory=list)
    levels: list[Phrase] = field(default_factory=list)
    conditions: list[Phrase] = field(default_factory=list)
    timings: list[tuple[Timing, Phrase]] = field(default_factory=list)
    baselines: list[tuple[int, Phrase | None, Phrase]] = field(default_factory=list)
    lead: list[Phrase] = field(default_factory=list)
    responsible: list[Phrase] = field(default_factory=list)
    decimals: list[int] = field(default_factory=list)
    tolerances: list[Phrase] = field(default_factory=list)
    aspiration: bool = False
    contradicts: list[Phrase] = field(default_factory=list)
    replaces: list[tuple[Phrase, int]] = field(default_factory=list)
    norms: list[tuple[NormDraft, Phrase]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Kinds of the steps (given, then) that could not be read, and so are lacking."""
    problems: list[Problem] = field(default_factory=list)
    scenario: "Scenario | None" = None
    """The scenario under way; None while definitions are read."""

    @property
    def tables(self) -> tuple[list[Any], ...]:
        """What a rule says for all of its feature: what it defines, and whose items it uses."""
        defined = self.items, self.indicators, self.checks, self.peers, self.document_tables
        return *defined, self.used

    def inherit(self, title: Phrase, description: str, tags: Sequence[Phrase]) -> "Draft":
        """Begin a rule below this feature: all that was said holds for it too."""
        rule = copy(self)
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, list):
                setattr(rule, each.name, list(value))
        rule.title, rule.description = title, description
        slugs = (tag for tag in tags if SLUG.fullmatch(tag.text))
        rule.slug = next(slugs, tags[0] if tags else None)
        rule.tags = [*tags, *self.tags]
        rule.problems = []
        return rule
