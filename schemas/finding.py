"""Findings: what was concluded, why, from which cells, and what would mend it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from itertools import groupby
from typing import Annotated, Any

from dabiao.schemas.border import within
from dabiao.schemas.coded import Coded
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.document import Citation, Units
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureRef
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.origins import AnyOrigin
from dabiao.schemas.reasons.readings import AnyReadings, CellReadings
from dabiao.schemas.reasons.remedies import Remedy
from dabiao.schemas.reasons.why import AnyReason, Reason
from dabiao.schemas.record import called, dataclass, record
from dabiao.schemas.rule import JudgedRule, RuleRef, Timing
from dabiao.schemas.source import Scalar, Source
from dabiao.schemas.subject import JudgedSubject, Subject


@record
class Required:
    """The bound of a norm for one subject and year.

    Attributes:
        comparator: How the observed value must stand to it.
        value: The bound, the lower one for ``between``; nothing where it could not be computed.
        upper: The upper bound of ``between``.
    """

    comparator: Comparator
    value: Scalar = None
    upper: Scalar = None


@record
class Input:
    """One value that a judgement rests on.

    Attributes:
        of: What it is a value of: an item or indicator, a formula (without a slug), or a rule (by
            its id) for a finding below.
        value: What it was; None where missing.
        subject: Code of the subject it belongs to, where that is not the finding's own.
        year: Year it belongs to.
        source: The cell it was read from, the empty cell it should stand in, or the document that
            prints it; None for computed values and where there is no such cell.
        parts: How many subjects below it was summed or counted over.
        sources: Where the values of these subjects stand, if they are too many to be inputs of
            their own: the first stretches of cells, which ``origin`` counts.
        origin: Why it is missing, or how it came about; None where it was simply submitted.
    """

    of: MeasureRef
    value: Scalar = None
    subject: str | None = None
    year: int | None = None
    source: Source | None = None
    parts: int | None = None
    sources: tuple[Source, ...] = ()
    origin: AnyOrigin | None = None

    @property
    def measure(self) -> str:
        """Its slug; of a finding below the id of the rule."""
        return self.of.slug

    @property
    def name(self) -> str:
        """Its name in the language spoken now."""
        return self.of.text

    @property
    def unit(self) -> str:
        """Its unit."""
        return self.of.unit


@record
class Finding:
    """One rule, one subject, one year: the outcome and everything it rests on.

    Attributes:
        by: The rule.
        year: The year judged.
        figures: The year whose figures were judged, which may be an earlier one.
        subject: The subject.
        outcome: What was concluded.
        required: The bound.
        reason: Why.
        observed: What was observed.
        gap: How far that is from the bound, in ``unit``; only where the norm does not hold.
        remedy: Smallest changes that would comply; any one of them is enough.
        inputs: What it rests on.
        best: For an undecided roll-up: the outcome if everything missing came in well.
        worst: For an undecided roll-up: the outcome if everything missing came in badly.
        readings: What came of it that cells may mean several values, if any do.
    """

    by: RuleRef = field(metadata=called("rule"))
    year: Annotated[int, within(1, 9999)]
    figures: Annotated[int, within(1, 9999)]
    subject: JudgedSubject
    outcome: Outcome
    required: Required
    reason: AnyReason
    observed: Scalar = None
    gap: float | None = None
    remedy: tuple[Remedy, ...] = ()
    inputs: tuple[Input, ...] = ()
    best: Outcome | None = None
    worst: Outcome | None = None
    readings: AnyReadings | None = None

    @property
    def rule(self) -> str:
        """Id of the rule."""
        return self.by.id

    @property
    def title(self) -> str:
        """Title of the rule, in the language spoken now."""
        return self.by.called

    @property
    def unit(self) -> str:
        """Unit of the observed value."""
        return self.by.unit

    @property
    def citation(self) -> Citation:
        """Where the commitment stands."""
        return self.by.citation

    @property
    def timing(self) -> Timing:
        """When it has to hold, as the year judged sees it."""
        return self.by.due(self.year)

    @property
    def units(self) -> Units:
        """Who answers for it."""
        return self.by.units

    @property
    def aspiration(self) -> bool:
        """Whether the document only strives for it."""
        return self.by.aspiration

    @property
    def contradicts(self) -> tuple[str, ...]:
        """Ids of rules that say otherwise."""
        return self.by.contradicts

    @property
    def governed_by(self) -> str | None:
        """Id of the strictest rule on the same measure, where there is a stricter one."""
        governor = self.by.governor(self.year)
        return None if governor is None else governor.rule


@dataclass(frozen=True, slots=True, eq=False)
class RuleFindings:
    """The findings of one rule in one year, field by field, in order of the subjects' codes.

    What several of them have in common is one object wherever that is easily told, so that whoever
    writes them out can write it once and know it again.

    Attributes:
        by: The rule.
        year: The year judged.
        figures: The year whose figures were judged.
        subject: A subject a finding; and so on, as in ``Finding``.
    """

    by: JudgedRule
    year: int
    figures: int
    subject: Sequence[Subject]
    outcome: Sequence[Outcome]
    required: Sequence[Required]
    reason: Sequence[Reason]
    observed: Sequence[Scalar]
    gap: Sequence[float | None]
    remedy: Sequence[tuple[Remedy, ...]]
    inputs: Sequence[tuple[Input, ...]]
    best: Sequence[Outcome | None]
    worst: Sequence[Outcome | None]
    readings: Sequence[CellReadings | None]

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "Iterator[RuleFindings]":
        """Put findings that stand together and are of one rule and year into fields."""
        for _, group in groupby(findings, lambda of: (id(of.by), of.year, of.figures)):
            some = list(group)
            first = some[0]
            columns = ([getattr(each, name) for each in some] for name in COLUMNS)
            fields = (
                column if name in ("observed", "gap") else Coded.of(column)
                for name, column in zip(COLUMNS, columns, strict=True)
            )
            yield cls(first.by, first.year, first.figures, *fields)

    def __len__(self) -> int:
        """Count the findings."""
        return len(self.subject)

    def at(self, place: int) -> Finding:
        """Put one finding together."""
        return self.finding(tuple(getattr(self, name)[place] for name in COLUMNS))

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Give what each finding has for itself."""
        return zip(*(getattr(self, name) for name in COLUMNS), strict=True)

    def finding(self, row: tuple[Any, ...]) -> Finding:
        """Put a finding together."""
        return Finding(self.by, self.year, self.figures, *row)

    def __iter__(self) -> Iterator[Finding]:
        """Put each finding together."""
        return map(self.finding, self.rows())


COLUMNS = RuleFindings.__match_args__[3:]
"""The fields that each finding of a rule has for itself, as ``Finding`` takes them."""


__all__ = [
    "COLUMNS",
    "Citation",
    "Comparator",
    "Finding",
    "Input",
    "Level",
    "Required",
    "RuleFindings",
    "Scalar",
    "Source",
    "Units",
]
