"""A formula worked out for one subject, step by step, with the cells it goes back to."""

from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import islice
from typing import Any

from dabiao.engine.data.algebra import Index, Vector, lacking
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.engine.findings.evidence import Evidence
from dabiao.engine.findings.naming import Names
from dabiao.engine.findings.provenance import Provenance
from dabiao.rules.formulas.formula import (
    Above,
    Below,
    Formula,
    Measured,
    Number,
    Ranking,
    SentIn,
    Text,
    Truth,
    Variation,
    narrows,
    parts,
    reads,
    walk,
)
from dabiao.schemas.explanation import WorkedStep
from dabiao.schemas.finding import Scalar
from dabiao.schemas.level import Level
from dabiao.schemas.naming import Bilingual
from dabiao.schemas.reasons.origins import Counted, Ranked

LISTED = 10
"""Subjects below that are listed under an aggregate: those without a value, then the largest."""


class Stepper:
    """Works out formulas.

    Args:
        evaluator: Evaluates formulas.
        inputs: Tells where values come from.
        names: Names measures.
        own: The subject judged.
        scope: Id of the document whose tags formulas mean.
    """

    def __init__(
        self, evaluator: Evaluator, inputs: Evidence, names: Names, own: SubjectYear, scope: str
    ) -> None:
        self._evaluator = evaluator
        self._frames = evaluator.frames
        self._evidence = inputs
        self._names = names
        self._own = own
        self._scope = scope

    def steps(self, formula: Formula, spot: SubjectYear, depth: int = 0) -> Iterator[WorkedStep]:
        """Yield a formula and everything inside it, outermost first."""
        match formula:
            case Number() | Text() | Truth():
                if depth == 0:
                    yield self._step(formula, spot, depth)
            case Measured(slug):
                yield from self._measured(formula, slug, spot, depth)
            case Below() | Variation():
                yield from self._below(formula, spot, depth)
            case Above(level, operand):
                yield self._step(formula, spot, depth)
                upper = spot.above(level, self._frames)
                if upper is not None:
                    yield from self.steps(operand, upper, depth + 1)
            case Ranking(operand, within):
                peers = spot.peers(within, self._frames)
                given = Provenance(origin=Ranked(len(peers)))
                yield self._step(formula, spot, depth, given=given)
                yield from self._members(operand, spot.level, peers, spot, depth)
            case _:
                asked = [(read.part, spot.at(read.year)) for read in reads(formula, spot.year)]
                here = bool(asked) and all(there == spot for _, there in asked)
                filled = self._filled(formula, spot) if here else None
                yield self._step(formula, spot, depth, filled=filled)
                for part, there in asked:
                    yield from self.steps(part, there, depth + 1)

    def _vector(self, formula: Formula, level: Level, year: int) -> Vector:
        return self._evaluator.value(formula, level, year, self._scope)

    def _value(self, formula: Formula, spot: SubjectYear) -> Scalar:
        return self._evidence.scalar(self._evaluator.of_one(formula, spot, self._scope), 0)

    def _step(
        self,
        formula: Formula,
        spot: SubjectYear,
        depth: int,
        *,
        filled: Bilingual | None = None,
        given: Provenance | None = None,
    ) -> WorkedStep:
        foreign = spot.level is not self._own.level or spot.subject != self._own.subject
        return WorkedStep(
            depth=depth,
            text=self._names.formula(formula),
            filled=filled,
            value=self._value(formula, spot),
            unit=self._names.measure(formula.slug).unit if isinstance(formula, Measured) else "",
            year=spot.year,
            subject=self._names.subject(spot.level, spot.subject) if foreign else None,
            source=given.source if given else None,
            sources=given.sources if given else (),
            origin=given.origin if given else None,
        )

    def _measured(
        self, formula: Measured, slug: str, spot: SubjectYear, depth: int
    ) -> Iterator[WorkedStep]:
        (found, *_) = self._evidence.gather([(formula, spot)], self._own, self._scope)
        given = Provenance(found.source, found.parts, found.origin, found.sources)
        yield self._step(formula, spot, depth, given=given)
        if self._frames.report(spot.level, slug, spot.year, spot.subject) is not None:
            return
        inner = self._evaluator.vocabulary.formulas.get(slug)
        if inner is not None:
            yield from self.steps(inner, spot, depth + 1)
            return
        summed = self._evidence.summed(slug, spot)
        if summed is not None:
            yield from self._members(formula, summed[0], summed[1], spot, depth)

    def _below(
        self, formula: Below | Variation, spot: SubjectYear, depth: int
    ) -> Iterator[WorkedStep]:
        lower = formula.level
        every = members = spot.members(formula, self._frames)
        counted = Counted(lower, len(members))
        condition = formula.condition
        without = every[:0]
        if condition is not None:
            holds = self._vector(condition, lower, spot.year)[members]
            counted = self._evidence.chosen(lower, members, holds)
            without = members[holds != 1]
            members = members[holds == 1] if narrows(formula) else members
        yield self._step(formula, spot, depth, given=Provenance(origin=counted))
        if isinstance(condition, SentIn):  # who did not is what somebody has to look after
            yield from self._members(condition, lower, without, spot, depth)
        for part in parts(formula):
            if part is not condition:
                yield from self._members(part, lower, members, spot, depth)
        if len(every) > LISTED:
            yield from self._many(formula, every, spot, depth + 1)

    def _many(
        self, formula: Below | Variation, members: Index, spot: SubjectYear, depth: int
    ) -> Iterator[WorkedStep]:
        """Yield where the values of many subjects below stand, measure by measure."""
        parts_of = dict.fromkeys(part for part in walk(formula) if isinstance(part, Measured))
        for part in parts_of:
            vector = self._vector(part, formula.level, spot.year)
            given = self._evidence.of_many(part.slug, formula.level, spot.year, members, vector)
            if given.sources:
                yield WorkedStep(
                    depth=depth,
                    text=self._names.formula(part),
                    value=None,
                    year=spot.year,
                    sources=given.sources,
                    origin=given.origin,
                )

    def _members(
        self,
        formula: Formula,
        lower: Level,
        members: Index,
        spot: SubjectYear,
        depth: int,
    ) -> Iterator[WorkedStep]:
        """Yield the steps of some subjects below: the missing first, then the largest."""
        vector = self._vector(formula, lower, spot.year)
        order = sorted(members.tolist(), key=lambda at: _rank(vector, at))
        for at in islice(order, LISTED):
            yield from self.steps(formula, SubjectYear(lower, at, spot.year), depth + 1)

    def _filled(self, formula: Formula, spot: SubjectYear) -> Bilingual | None:
        """Write a formula with the values of its parts; None where one is missing."""
        given: dict[str, Any] = {}
        for field in fields(formula):
            part = getattr(formula, field.name)
            if any(part is each for each in parts(formula)):
                value = self._value(part, spot)
                if value is None:
                    return None
                given[field.name] = _literal(value)
        filled: Formula = replace(formula, **given)
        return self._names.formula(filled)


def _literal(value: float | str | bool) -> Formula:  # noqa: FBT001 - a value of any kind
    if isinstance(value, bool):
        return Truth(value)
    return Text(value) if isinstance(value, str) else Number(float(f"{value:.8g}"))


def _rank(vector: Vector, at: int) -> tuple[bool, float]:
    missing = bool(lacking(vector[at : at + 1])[0])
    return not missing, 0.0 if missing else -float(vector[at])
