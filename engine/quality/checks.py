"""Edit checks: relations of a rule pack that do not hold between the facts of a subject."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from dabiao.engine.data.algebra import Flags
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.quality.remarks import Remarks, reads_below
from dabiao.rules.catalog.edit_check import EditCheck
from dabiao.rules.formulas.formula import Formula, Measured, walk
from dabiao.schemas.level import Level
from dabiao.schemas.naming import Bilingual
from dabiao.schemas.reasons.remarks import BrokenRelation
from dabiao.schemas.reasons.why import MeasuredValue
from dabiao.schemas.run import Note


class EditChecks:
    """Holds facts against the relations that a rule pack declares.

    Args:
        remarks: Makes remarks.
        checks: The relations, by slug.
    """

    def __init__(self, remarks: Remarks, checks: Mapping[str, EditCheck]) -> None:
        self._remarks = remarks
        self._evaluator = remarks.evaluator
        self._frames = remarks.frames
        self._checks = checks

    def find(self, years: Sequence[int]) -> Iterator[Note]:
        """Yield a note per relation, subject and year where it surely does not hold.

        What is missing leaves a relation open, and an open relation is no note. A relation is the
        business of those who reported something of it: where it only fails in sums, those below
        are told.
        """
        for check in self._checks.values():
            for level in check.levels:
                if level not in self._frames.facts.levels:
                    continue
                for year in years:
                    broken = self._broken(check, level, year)
                    for at in np.flatnonzero(broken).tolist():
                        yield self._note(check, SubjectYear(level, at, year))

    def _broken(self, check: EditCheck, level: Level, year: int) -> Flags:
        told = self._reported(check.relation, level, year)
        if told.any():
            told &= self._evaluator.truths(check.relation, level, year, "") == 0
        if told.any() and check.condition is not None:
            told &= self._evaluator.truths(check.condition, level, year, "") == 1
        return told

    def _reported(self, relation: Formula, level: Level, year: int) -> Flags:
        """Tell which subjects reported any measure of a relation themselves."""
        if reads_below(relation):
            return self._frames.reporting(level).copy()
        told = np.zeros(self._frames.size(level), bool)
        for slug in self._opened(relation, frozenset()):
            values = self._frames.values(level, slug, year)
            if values is not None:
                told |= ~np.isnan(values)
        return told

    def _opened(self, formula: Formula, within: frozenset[str]) -> Iterator[str]:
        """Yield the slugs a formula reads, and those its indicators are made of."""
        formulas = self._evaluator.vocabulary.formulas
        for part in walk(formula):
            if isinstance(part, Measured) and part.slug not in within:
                yield part.slug
                if part.slug in formulas:
                    yield from self._opened(formulas[part.slug], within | {part.slug})

    def _note(self, check: EditCheck, spot: SubjectYear) -> Note:
        cells = self._remarks.read(check.relation, spot)
        if check.condition is not None:
            cells = list(dict.fromkeys([*cells, *self._remarks.read(check.condition, spot)]))
        names = self._remarks.names
        values = tuple(
            MeasuredValue(
                names.measure(slug),
                self._remarks.value(where, slug),
                None if where.year == spot.year else where.year,
            )
            for where, slug in cells
        )
        relation = names.words(check.relation)
        label = Bilingual(check.name, check.english or check.name)
        remark = BrokenRelation(label, relation, values, check.definition)
        kind = "unusual" if check.unusual else "impossible"
        return self._remarks.make(kind, spot, cells, remark, check=check.slug)
