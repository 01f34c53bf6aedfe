"""What is missing where a value is missing: followed down to the reports that were not made."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, Vector, lacking
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.evaluation.evaluate import Evaluator, summed_levels, sums_up
from dabiao.engine.evaluation.what_if import Variable
from dabiao.engine.findings.naming import NAMED, Names
from dabiao.rules.formulas.formula import (
    Above,
    Attainment,
    Below,
    Both,
    Choice,
    Complies,
    Either,
    Formula,
    Measured,
    Ranking,
    SentIn,
    Variation,
    narrows,
    parts,
    reads,
)
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item
from dabiao.schemas.reasons.lacks import Lack, NamedFew, WhyMissing
from dabiao.schemas.reasons.readings import CellReading
from dabiao.schemas.record import dataclass
from dabiao.schemas.source import Source

_FOLLOWED = 20
"""Subjects of which each is asked what it lacks; what is told of more is who lacks the same."""


@dataclass(frozen=True, slots=True)
class MissingValue:
    """One thing that is missing.

    Attributes:
        cause: Why.
        level: Level of the subjects concerned.
        subjects: Who lacks it.
        year: The year.
        slug: The measure, if it is one.
        reason: What was wrong with the cell, if that was it.
        formula: What could not be computed.
    """

    cause: WhyMissing
    level: Level
    subjects: tuple[int, ...]
    year: int
    slug: str | None = None
    reason: str | None = None
    formula: Formula | None = None

    @classmethod
    def at(
        cls,
        spot: SubjectYear,
        cause: WhyMissing,
        slug: str | None = None,
        reason: str | None = None,
        formula: Formula | None = None,
    ) -> "MissingValue":
        """Say what one subject lacks."""
        return cls(cause, spot.level, (spot.subject,), spot.year, slug, reason, formula)

    @property
    def kind(self) -> WhyMissing:
        """The cause; that nobody reported it is one, be it that there is no row or no figure."""
        return WhyMissing.UNREPORTED if self.cause is WhyMissing.NO_ROW else self.cause

    def joined(self, subjects: Iterable[int]) -> "MissingValue":
        """Say the same of others too: of several it is told that they lack it, not how."""
        every = tuple(dict.fromkeys((*self.subjects, *subjects)))
        if len(every) == 1:
            return self
        return replace(self, cause=self.kind, subjects=every, reason=None)


KnownLacks = dict[tuple[Formula, SubjectYear], tuple[MissingValue, ...]]
"""What many subjects lack alike: what is missing above them, or of those they are ranked among."""


class MissingValues:
    """Finds out what is missing.

    Args:
        evaluator: Evaluates formulas.
        scope: Id of the document whose tags formulas mean.
        known: What many subjects lack alike, found before in the same scope.
    """

    def __init__(self, evaluator: Evaluator, scope: str, known: KnownLacks | None = None) -> None:
        self._evaluator = evaluator
        self._frames = evaluator.frames
        self._scope = scope
        self._known_of = {} if known is None else known

    def find(self, formula: Formula, spot: SubjectYear) -> list[MissingValue]:
        """List what a formula lacks for one subject, in the order it is read, nothing twice."""
        return list(dict.fromkeys(self._follow(formula, spot)))

    def _vector(self, formula: Formula, level: Level, year: int) -> Vector:
        return self._evaluator.value(formula, level, year, self._scope)

    def _is_missing(self, formula: Formula, spot: SubjectYear) -> bool:
        return bool(lacking(self._evaluator.of_one(formula, spot, self._scope))[0])

    def _follow(self, formula: Formula, spot: SubjectYear) -> Iterator[MissingValue]:
        if not self._is_missing(formula, spot):
            return
        match formula:
            case Measured():
                yield from self._measured(formula, spot)
            case Below() | Variation():
                yield from self._below(formula, spot)
            case Above():
                yield from self._above(formula, spot)
            case Ranking():
                yield from self._ranked(formula, spot)
            case Complies():
                yield MissingValue.at(spot, WhyMissing.OPEN, formula=formula)
            case SentIn():
                yield MissingValue.at(spot, WhyMissing.NO_DATE, formula=formula)
            case Attainment(below):
                there = len(self._known(below, spot))
                yield MissingValue.at(
                    spot, WhyMissing.OPEN if there else WhyMissing.NONE_BELOW, formula=formula
                )
            case _:
                asked = [(read.part, spot.at(read.year)) for read in reads(formula, spot.year)]
                yield from self._parts(formula, asked, spot)

    def _parts(
        self, formula: Formula, asked: list[tuple[Formula, SubjectYear]], spot: SubjectYear
    ) -> Iterator[MissingValue]:
        if isinstance(formula, Choice) and not self._is_missing(formula.condition, spot):
            (truth,) = self._evaluator.of_one(formula.condition, spot, self._scope)
            asked = [(formula.then if truth else formula.otherwise, spot)]
        elif isinstance(formula, Choice):
            asked = [(formula.condition, spot)]
        missing = [each for each in asked if self._is_missing(*each)]
        for part, there in missing:
            yield from self._follow(part, there)
        if not missing and not isinstance(formula, Both | Either):
            yield MissingValue.at(spot, WhyMissing.UNDEFINED, formula=formula)

    def _measured(self, formula: Measured, spot: SubjectYear) -> Iterator[MissingValue]:
        slug = formula.slug
        report = self._frames.report(spot.level, slug, spot.year, spot.subject)
        if report is not None and report.unusable is not None:
            doubted = self._frames.readings(spot.level, slug, spot.year, spot.subject)
            cause = WhyMissing.DOUBTFUL if doubted else WhyMissing.UNUSABLE
            yield MissingValue.at(spot, cause, slug, report.unusable)
            return
        vocabulary = self._evaluator.vocabulary
        if slug in vocabulary.formulas:
            yield from self._follow(vocabulary.formulas[slug], spot)
            return
        item = vocabulary.items[slug]
        for lower in self._summed_over(item, spot.level):
            if len(self._known(lower, spot)):
                members = spot.existing(lower, self._frames)
                yield from self._members(formula, lower, members, spot.year)
                return
        has_row = self._frames.rows(spot.level, spot.year, spot.subject)
        yield MissingValue.at(spot, WhyMissing.UNREPORTED if has_row else WhyMissing.NO_ROW, slug)

    def _summed_over(self, item: Item, level: Level) -> list[Level]:
        """List the levels below whose sum it may be, if anybody there was asked for it."""
        below = summed_levels(item, level) if sums_up(item, level) else []
        asked = any(self._frames.column(lower, item.slug) is not None for lower in below)
        return below if asked else []

    def _below(self, formula: Below | Variation, spot: SubjectYear) -> Iterator[MissingValue]:
        lower = formula.level
        if not len(self._known(lower, spot)):
            yield MissingValue.at(spot, WhyMissing.NONE_BELOW, formula=formula)
            return
        chosen = spot.members(formula, self._frames)
        lacks: list[MissingValue] = []
        condition = formula.condition
        if condition is not None:
            lacks += self._members(condition, lower, chosen, spot.year)
            if narrows(formula):
                chosen = chosen[self._vector(condition, lower, spot.year)[chosen] == 1]
        for part in parts(formula):
            if part is not condition:
                lacks += self._members(part, lower, chosen, spot.year)
        yield from lacks
        if not lacks:
            cause = WhyMissing.UNDEFINED if len(chosen) else WhyMissing.NONE_COUNTED
            yield MissingValue.at(spot, cause, formula=formula)

    def _ranked(self, formula: Ranking, spot: SubjectYear) -> Iterator[MissingValue]:
        peers = spot.peers(formula.within, self._frames)
        if not len(peers):
            yield MissingValue.at(spot, WhyMissing.NONE_ABOVE, formula=formula)
            return
        asked = (formula, spot.of(int(peers[0])))  # the same for all of them
        if asked not in self._known_of:
            lacks = self._members(formula.operand, spot.level, peers, spot.year)
            self._known_of[asked] = tuple(lacks)
        yield from self._known_of[asked]

    def _above(self, formula: Above, spot: SubjectYear) -> Iterator[MissingValue]:
        upper = spot.above(formula.level, self._frames)
        if upper is None:
            yield MissingValue.at(spot, WhyMissing.NONE_ABOVE, formula=formula)
            return
        asked = (formula.operand, upper)
        if asked not in self._known_of:
            self._known_of[asked] = tuple(self._follow(*asked))
        yield from self._known_of[asked]

    def _known(self, lower: Level, spot: SubjectYear) -> Index:
        return self._frames.hierarchy.of(spot.year).members(lower, spot.level, spot.subject)

    def _members(
        self, formula: Formula, lower: Level, members: Index, year: int
    ) -> Iterator[MissingValue]:
        """Say what some subjects lack, and who each of it, in the order in which it is met.

        Of many the first are followed; the others are named with what these did not report.
        """
        missing = members[lacking(self._vector(formula, lower, year)[members])]
        asked = self._to_ask(formula, lower, missing, year)
        found: dict[object, list[MissingValue]] = {}
        for at in missing[asked].tolist():
            for lack in self.find(formula, SubjectYear(lower, at, year)):
                alike = (lack.kind, lack.level, lack.slug, lack.year, lack.formula)
                found.setdefault(alike, []).append(lack)
        rest = missing[~asked]
        for first, *others in found.values():
            also = self._lack_too(first, lower, rest)
            if first.reason is not None and len(others) < NAMED and not also:
                yield from (first, *others)
            else:
                yield first.joined(chain(*(each.subjects for each in others), also))

    def _lack_too(self, lack: MissingValue, level: Level, subjects: Index) -> list[int]:
        """List those of some subjects who lack the same that one of them does."""
        if lack.slug is None or lack.level is not level or not len(subjects):
            return []
        spoilt = self._are_unusable(lack.slug, level, subjects, lack.year)
        if lack.kind is WhyMissing.UNREPORTED:
            blank = lacking(self._vector(Measured(lack.slug), level, lack.year)[subjects])
            found: list[int] = subjects[blank & ~spoilt].tolist()
            return found
        doubted = lack.cause is WhyMissing.DOUBTFUL
        where = level, lack.slug, lack.year
        return [
            at
            for at in subjects[spoilt].tolist()
            if bool(self._frames.readings(*where, at)) == doubted
        ]

    def _to_ask(self, formula: Formula, lower: Level, missing: Index, year: int) -> Flags:
        """Tell which of those who lack a value are followed: of a blank item one is enough."""
        asked = np.ones(len(missing), np.bool_)
        slug = formula.slug if isinstance(formula, Measured) else ""
        item = self._evaluator.vocabulary.items.get(slug)
        if item is not None and not self._summed_over(item, lower):
            asked = self._are_unusable(slug, lower, missing, year)
            asked[np.flatnonzero(~asked)[:1]] = True
        asked[np.flatnonzero(asked)[_FOLLOWED:]] = False
        return asked

    def _are_unusable(self, slug: str, level: Level, subjects: Index, year: int) -> Flags:
        return np.isin(subjects, list(self._frames.unusable(level, slug, year)))


class Lacks:
    """Makes records of what is missing, seen from the subject judged.

    Args:
        evaluator: Evaluates formulas.
        names: Names measures and subjects.
        scope: Id of the document whose tags formulas mean.
        own: The subject judged, in the year whose figures are.
        known: What many subjects lack alike, found before in the same scope.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        names: Names,
        scope: str,
        own: SubjectYear,
        known: KnownLacks | None = None,
    ) -> None:
        self._frames = evaluator.frames
        self._finder = MissingValues(evaluator, scope, known)
        self._names = names
        self._own = own

    def of(self, *asked: tuple[Formula, SubjectYear]) -> tuple[Lack, ...]:
        """List what some formulas lack, nothing twice."""
        found = dict.fromkeys(each for one in asked for each in self._finder.find(*one))
        return tuple(map(self._record, found))

    def reading(self, cell: Variable, values: tuple[float, ...]) -> CellReading:
        """Record a cell that may mean several values."""
        spot = cell.spot
        return CellReading(
            self._names.measure(cell.slug),
            values,
            self._whose(spot.level, (spot.subject,)),
            None if spot.year == self._own.year else spot.year,
            self._source(spot, cell.slug),
        )

    def _record(self, lack: MissingValue) -> Lack:
        source = None
        if lack.slug is not None and len(lack.subjects) == 1:
            spot = SubjectYear(lack.level, lack.subjects[0], lack.year)
            source = self._source(spot, lack.slug)
        return Lack(
            lack.cause,
            lack.year,
            self._whose(lack.level, lack.subjects),
            None if lack.slug is None else self._names.measure(lack.slug),
            None if lack.formula is None else self._names.words(lack.formula),
            source,
            lack.reason,
        )

    def _whose(self, level: Level, subjects: tuple[int, ...]) -> NamedFew | None:
        if level is self._own.level and subjects == (self._own.subject,):
            return None
        return self._names.few(level, subjects, len(subjects))

    def _source(self, spot: SubjectYear, slug: str) -> Source | None:
        where = (spot.level, slug, spot.year, spot.subject)
        report = self._frames.report(*where)
        return self._frames.blank(*where) if report is None else report.source
