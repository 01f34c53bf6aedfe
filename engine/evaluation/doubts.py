"""Whom cells that may mean several values can concern: a rough look at all subjects at once.

Nobody it leaves out rests on such a cell, so that those few it does not leave out are looked at one
by one, and all others as if there were none.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

import numpy as np

from dabiao.engine.data.algebra import Flags, Index
from dabiao.engine.evaluation.evaluate import Evaluator, summed_levels, sums_up
from dabiao.rules.formulas.formula import (
    Above,
    Below,
    Formula,
    Measured,
    Ranking,
    Variation,
    parts,
    reads,
)
from dabiao.schemas.level import Level


class Doubts:
    """Tells for whom a formula may rest on a cell that may mean several values.

    Args:
        evaluator: Gives access to values.
    """

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._frames = evaluator.frames

    def are_in(self, formula: Formula) -> bool:
        """Tell whether a formula looks at a measure that has such cells."""
        return any(self._evaluator.mentions(formula, slug) for slug in self._frames.doubted)

    def reach(self, formula: Formula, level: Level, year: int) -> Flags:
        """Tell which subjects of a level it may be: those whose cells it looks at, needed or not.

        Args:
            formula: The formula.
            level: The level.
            year: The year in which it is evaluated.
        """
        found = np.zeros(self._frames.size(level), np.bool_)
        if self.are_in(formula):
            for inside in self._inside(formula, level, year):
                found |= inside
        return found

    def _inside(self, formula: Formula, level: Level, year: int) -> Iterator[Flags | np.bool_]:
        """Yield the same of what a formula looks at."""
        match formula:
            case Measured(slug):
                yield self._cells(slug, level, year)
                yield from self._made_of(formula, level, year)
            case Below(_, lower) | Variation(lower):
                for part in parts(formula):
                    yield self._above(part, lower, level, year)
            case Above(upper, operand):
                above = self._frames.hierarchy.of(year).groups(level, upper)
                yield np.append(self.reach(operand, upper, year), np.False_)[above]
            case Ranking(operand):
                yield self.reach(operand, level, year).any()
            case _:
                for read in reads(formula, year):
                    yield self.reach(read.part, level, read.year)

    def _cells(self, slug: str, level: Level, year: int) -> Flags:
        """Tell whose own cell it is."""
        found = np.zeros(self._frames.size(level), np.bool_)
        if (level, slug, year) in self._subjects:
            found[self._subjects[level, slug, year]] = True
        return found

    def _made_of(self, formula: Measured, level: Level, year: int) -> Iterator[Flags]:
        """Yield the same of what an indicator is calculated from, or an item is the sum of."""
        vocabulary = self._evaluator.vocabulary
        if formula.slug in vocabulary.formulas:
            yield self.reach(vocabulary.formulas[formula.slug], level, year)
        elif sums_up(vocabulary.items[formula.slug], level):
            for lower in summed_levels(vocabulary.items[formula.slug], level):
                yield self._above(formula, lower, level, year)

    @cached_property
    def _subjects(self) -> dict[tuple[Level, str, int], Index]:
        """Whose cells they are, by level, measure and year."""
        found: dict[tuple[Level, str, int], list[int]] = defaultdict(list)
        for level, slug, year, subject in self._frames.doubted_cells:
            found[level, slug, year].append(subject)
        return {key: np.array(subjects) for key, subjects in found.items()}

    def _above(self, formula: Formula, lower: Level, level: Level, year: int) -> Flags:
        """Tell in whom those lie for whom it may be."""
        above = self._frames.hierarchy.of(year).groups(lower, level)
        found = np.zeros(self._frames.size(level) + 1, np.bool_)
        found[above[self.reach(formula, lower, year)]] = True
        return found[:-1]
