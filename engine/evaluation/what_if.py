"""What if some numbers were others: formulas evaluated for many such numbers at once.

Each lane of a vector stands for one value of each number that is changed; everything that does not
depend on them is taken from what was evaluated already.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dabiao.engine.data.algebra import (
    Index,
    Numbers,
    Vector,
    combine,
    fold,
    numbers,
    total,
    truths,
    vary,
)
from dabiao.engine.data.subject_year import Spot
from dabiao.engine.evaluation.evaluate import Evaluator, accumulate, summed_levels, sums_up
from dabiao.rules.formulas.formula import (
    Arithmetic,
    Attainment,
    Below,
    Calculation,
    Cumulative,
    Fold,
    Formula,
    InYear,
    Measured,
    Ratio,
    Text,
    Variation,
    reads,
)
from dabiao.schemas.level import Level


@dataclass(frozen=True, slots=True)
class Lever:
    """A number that could be another.

    Attributes:
        spot: Whose number it is, and of which year.
        slug: The measure.
    """

    spot: Spot
    slug: str


class Lanes:
    """Evaluates formulas for several values of some numbers.

    Attributes:
        denominators: What was divided by, in order of evaluation.
    """

    def __init__(self, evaluator: Evaluator, scope: str, levers: Mapping[Lever, Numbers]) -> None:
        """Change each of the numbers, to as many values as there are lanes."""
        self.denominators: list[Numbers] = []
        self._evaluator = evaluator
        self._placement = evaluator.frames.placement
        self._presence = evaluator.frames.presence
        self._scope = scope
        self._levers = levers
        self._slugs = frozenset(lever.slug for lever in levers)
        self._years = frozenset(lever.spot.year for lever in levers)
        self._size = len(next(iter(levers.values())))
        self._within: dict[tuple[Level, int], frozenset[int]] = {}

    def value(self, formula: Formula, spot: Spot) -> Vector:
        """Evaluate a formula for one subject and year, in every lane."""
        if not any(self._evaluator.mentions(formula, slug) for slug in self._slugs):
            return self._known(formula, spot)
        if not self._concerns(spot):
            return self._known(formula, spot)
        match formula:
            case Measured():
                return self._measured(formula, spot)
            case InYear():
                (read,) = reads(formula, spot.year)
                return self.value(read.part, spot.at(read.year))
            case Cumulative():
                asked = reads(formula, spot.year)
                return accumulate([self.numbers(of.part, spot.at(of.year)) for of in asked])
            case Below() | Variation():
                return self._below(formula, spot)
            case Text() | Attainment():
                return self._known(formula, spot)
            case Ratio(_, whole) | Calculation(Arithmetic.DIVIDE, _, whole):
                if spot.subject in self._touched(spot.level, spot.year):
                    self.denominators.append(np.abs(self.numbers(whole, spot)))
        return combine(formula, lambda part: self.value(part, spot), self._size)

    def numbers(self, formula: Formula, spot: Spot) -> Numbers:
        """Evaluate a formula as numbers."""
        return numbers(self.value(formula, spot))

    def _concerns(self, spot: Spot) -> bool:
        """Tell whether a number is of the subject or of one below it, in whatever year."""
        return any(spot.subject in self._touched(spot.level, year) for year in self._years)

    def _touched(self, level: Level, year: int) -> frozenset[int]:
        """Give the subjects of a level that numbers of a year are of, or that these lie in."""
        key = (level, year)
        if key not in self._within:
            own = (lever.spot for lever in self._levers if lever.spot.year == year)
            self._within[key] = frozenset(
                spot.subject
                if spot.level is level
                else int(self._placement.of(year).ladder(spot.level, level)[spot.subject])
                for spot in own
                if level.rank <= spot.level.rank
            )
        return self._within[key]

    def _spread(self, part: Formula, lower: Level, members: Index, year: int) -> Vector:
        """Give the values of subjects below in all lanes, lane by lane."""
        vector = self._evaluator.value(part, lower, year, self._scope)[members]
        table = np.tile(vector, (self._size, 1))
        touched = self._touched(lower, year)
        for at, member in enumerate(members.tolist()):
            if member in touched:
                table[:, at] = self.value(part, Spot(lower, member, year))
        return table.reshape(-1)

    def _lanes(self, members: Index) -> Index:
        """Give the lane of each value of subjects below."""
        return np.repeat(np.arange(self._size), len(members))

    def _known(self, formula: Formula, spot: Spot) -> Vector:
        vector = self._evaluator.value(formula, spot.level, spot.year, self._scope)
        return np.broadcast_to(vector[spot.subject], self._size)

    def _measured(self, formula: Measured, spot: Spot) -> Vector:
        slug = formula.slug
        changed = self._levers.get(Lever(spot, slug))
        if changed is not None:
            return changed
        frames, vocabulary = self._evaluator.frames, self._evaluator.vocabulary
        if frames.report(spot.level, slug, spot.year, spot.subject) is not None:
            return self._known(formula, spot)
        if slug in vocabulary.formulas:
            return self.value(vocabulary.formulas[slug], spot)
        item = vocabulary.items[slug]
        for lower in summed_levels(item, spot.level) if sums_up(item, spot.level) else ():
            if len(self._placement.of(spot.year).members(lower, spot.level, spot.subject)):
                members = self._presence.members(lower, spot.level, spot.subject, spot.year)
                if self._touched(lower, spot.year).isdisjoint(members.tolist()):
                    break
                parts = numbers(self._spread(formula, lower, members, spot.year))
                return total(parts, self._lanes(members), self._size)
        return self._known(formula, spot)

    def _below(self, formula: Below | Variation, spot: Spot) -> Vector:
        lower = formula.level
        members = self._presence.members(lower, spot.level, spot.subject, spot.year)
        if self._touched(lower, spot.year).isdisjoint(members.tolist()):
            return self._known(formula, spot)
        lanes, group = self._size, self._lanes(members)

        def spread(part: Formula) -> Vector:
            return self._spread(part, lower, members, spot.year)

        if isinstance(formula, Variation):
            weights = numbers(spread(formula.weight))
            self.denominators.append(fold(Fold.SUM, weights, None, group, lanes))
            return vary(numbers(spread(formula.operand)), weights, group, lanes)
        values = None if formula.operand is None else numbers(spread(formula.operand))
        holds = None if formula.condition is None else truths(spread(formula.condition))
        if formula.fold is Fold.MEAN:
            self.denominators.append(fold(Fold.COUNT, None, holds, group, lanes))
        if formula.fold is Fold.SHARE and values is not None:
            self.denominators.append(np.abs(fold(Fold.SUM, values, None, group, lanes)))
        return fold(formula.fold, values, holds, group, lanes)
