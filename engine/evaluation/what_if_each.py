"""What if a number of each of many subjects was another: ``what_if`` for all of them at once.

Every subject has as many lanes as values are tried of its own number, one subject's lanes behind
the other's; what does not depend on that number is taken from what was evaluated already.
"""

import numpy as np

from dabiao.engine.data.algebra import (
    TOLERANCE,
    Index,
    Numbers,
    Vector,
    combine,
    numbers,
)
from dabiao.engine.evaluation.evaluate import Evaluator, accumulate
from dabiao.rules.formulas.formula import (
    Above,
    Arithmetic,
    Attainment,
    Below,
    Calculation,
    Complies,
    Cumulative,
    Formula,
    InYear,
    LiesIn,
    Measured,
    Ranking,
    Ratio,
    SentIn,
    Text,
    Variation,
    parts,
    reads,
)
from dabiao.schemas.level import Level


def is_followed(evaluator: Evaluator, formula: Formula, slug: str) -> bool:
    """Tell whether a formula depends on a subject's own number in no other way than its own.

    By way of the one above or of those beside it may: they look back at whoever looks at them.
    """
    if not evaluator.mentions(formula, slug):
        return True
    match formula:
        case Measured():
            inner = evaluator.vocabulary.formulas.get(formula.slug)
            return formula.slug == slug or inner is None or is_followed(evaluator, inner, slug)
        case Above():
            return False
        case Below() | Variation():
            return not evaluator.looks_out(formula)
        case Ranking(operand):
            return not evaluator.looks_out(operand) and is_followed(evaluator, operand, slug)
        case _:
            return all(is_followed(evaluator, part, slug) for part in parts(formula))


class WhatIfEach:
    """Evaluates formulas for several values of one number of each of some subjects.

    Attributes:
        denominators: What was divided by, in order of evaluation.

    Args:
        evaluator: Gives what is known.
        scope: Id of the document whose tags formulas mean.
        level: The level of the subjects.
        subjects: The subjects.
        of: The measure, and of which year.
        values: The values of each of them, a row a subject.
    """

    def __init__(  # noqa: PLR0913 - whose number, and what it may be
        self,
        evaluator: Evaluator,
        scope: str,
        level: Level,
        subjects: Index,
        *,
        of: tuple[str, int],
        values: Numbers,
    ) -> None:
        self.denominators: list[Numbers] = []
        self._evaluator, self._scope = evaluator, scope
        self._level, self._subjects = level, subjects
        self._slug, self._year = of
        self._values: Numbers = values.reshape(-1)
        self._lanes = values.shape[1]

    def value(self, formula: Formula, year: int) -> Vector:
        """Evaluate a formula in a year, in every lane."""
        if not self._evaluator.mentions(formula, self._slug):
            return self._known(formula, year)
        match formula:
            case Measured():
                return self._measured(formula, year)
            case InYear():
                (read,) = reads(formula, year)
                return self.value(read.part, read.year)
            case Cumulative():
                asked = reads(formula, year)
                return accumulate([self.numbers(of.part, of.year) for of in asked])
            case Ranking():
                return self._ranked(formula, year)
            case Below() | Variation():
                return self._below(formula, year)
            case Text() | LiesIn() | Attainment() | Complies() | SentIn() | Above():
                return self._known(formula, year)
            case Ratio(_, whole) | Calculation(Arithmetic.DIVIDE, _, whole):
                if year == self._year:
                    self.denominators.append(self.numbers(whole, year))
        return combine(formula, lambda part: self.value(part, year), len(self._values))

    def numbers(self, formula: Formula, year: int) -> Numbers:
        """Evaluate a formula as numbers."""
        return numbers(self.value(formula, year))

    def _known(self, formula: Formula, year: int) -> Vector:
        vector = self._evaluator.value(formula, self._level, year, self._scope)
        return np.repeat(vector[self._subjects], self._lanes)

    def _own(self, _formula: Measured, _year: int) -> Vector:
        """Give the number itself."""
        return self._values

    def _below(self, formula: Below | Variation, year: int) -> Vector:
        """Fold those below, who do not know of it."""
        return self._known(formula, year)

    def _measured(self, formula: Measured, year: int) -> Vector:
        slug, inner = formula.slug, self._evaluator.vocabulary.formulas.get(formula.slug)
        if (slug, year) == (self._slug, self._year):
            return self._own(formula, year)
        known = self._known(formula, year)
        if inner is None:
            return known
        given = self._evaluator.frames.given(self._level, slug, year)
        if given is None:
            return self.value(inner, year)
        held = given[self._subjects]
        if held.all():
            return known
        computed = self.value(inner, year)
        return np.where(np.repeat(held, self._lanes), known, computed).astype(computed.dtype)

    def _ranked(self, formula: Ranking, year: int) -> Numbers:
        """Give the rank of each among others who have the value that they have."""
        evaluator, operand = self._evaluator, formula.operand
        group, groups = evaluator.frames.lifetimes.peers(self._level, formula.within, year)
        was = evaluator.numbers(operand, self._level, year, self._scope)
        own = self.numbers(operand, year).reshape(-1, self._lanes)
        beyond = own + TOLERANCE * np.abs(own)
        places = np.full(own.shape, np.nan)
        ordered = np.lexsort((was, group))
        begins = np.searchsorted(group[ordered], np.arange(groups + 1))
        mine = group[self._subjects]
        for at in np.unique(mine[mine < groups]).tolist():
            some = np.flatnonzero(mine == at)
            values = was[ordered[begins[at] : begins[at + 1]]]
            known = values[: np.searchsorted(values, np.nan)]
            before = was[self._subjects[some]]
            lacking = len(values) - len(known) - np.isnan(before)
            found = 1.0 + len(known) - np.searchsorted(known, beyond[some], side="right")
            found -= before[:, None] > beyond[some]
            found[lacking > 0] = np.nan
            places[some] = found
        places[np.isnan(own)] = np.nan
        outside = np.repeat(mine >= groups, self._lanes)
        return np.where(outside, self._known(formula, year), places.reshape(-1))
