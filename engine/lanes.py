"""What if one number were another: formulas evaluated for many such numbers at once.

Each lane of a vector stands for one value of the number that is changed; everything that does not
depend on it is taken from what was evaluated already.
"""

from dataclasses import dataclass

import numpy as np

from dabiao.engine.algebra import Numbers, Vector, add, combine, fold, numbers, truths, vary
from dabiao.engine.evaluate import Evaluator, accumulate, summed_levels, sums_up
from dabiao.engine.spot import Spot
from dabiao.rules.formula import (
    Arithmetic,
    Below,
    Calculation,
    Cumulative,
    Fold,
    Formula,
    InYear,
    Measured,
    Ratio,
    Variation,
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
    """Evaluates formulas for several values of one number.

    Attributes:
        denominators: What was divided by, in order of evaluation.
    """

    def __init__(self, evaluator: Evaluator, scope: str, lever: Lever, values: Numbers) -> None:
        self.denominators: list[Numbers] = []
        self._evaluator = evaluator
        self._placement = evaluator.frames.placement
        self._presence = evaluator.frames.presence
        self._scope = scope
        self._lever = lever
        self._values = values

    def value(self, formula: Formula, spot: Spot) -> Vector:
        """Evaluate a formula for one subject and year, in every lane."""
        if not self._evaluator.mentions(formula, self._lever.slug):
            return self._known(formula, spot)
        if not self._concerns(spot):
            if not isinstance(formula, InYear | Cumulative):
                return self._known(formula, spot)
        elif isinstance(formula, Measured):
            return self._measured(formula, spot)
        match formula:
            case InYear(operand):
                return self.value(operand, spot.then(formula))
            case Cumulative(operand, years):
                spent = [self.numbers(operand, spot.ago(ago)) for ago in reversed(range(years))]
                return accumulate(spent)
            case Below() | Variation():
                return self._below(formula, spot)
            case Ratio(_, whole) | Calculation(Arithmetic.DIVIDE, _, whole):
                self.denominators.append(np.abs(self.numbers(whole, spot)))
        found = combine(formula, lambda part: self.value(part, spot), len(self._values))
        return self._known(formula, spot) if found is None else found

    def numbers(self, formula: Formula, spot: Spot) -> Numbers:
        """Evaluate a formula as numbers."""
        return numbers(self.value(formula, spot))

    def _concerns(self, spot: Spot) -> bool:
        """Tell whether the number is of the same year, and of the subject or of one below it."""
        return spot.year == self._lever.spot.year and self._child(spot.level) == spot.subject

    def _child(self, level: Level) -> int:
        """Give the subject of a level that the number's subject is or lies in; -1 for none."""
        own = self._lever.spot
        if level is own.level:
            return own.subject
        if level.rank > own.level.rank:
            return -1
        return int(self._placement.of(own.year).ladder(own.level, level)[own.subject])

    def _known(self, formula: Formula, spot: Spot) -> Vector:
        vector = self._evaluator.value(formula, spot.level, spot.year, self._scope)
        return np.broadcast_to(vector[spot.subject], len(self._values))

    def _measured(self, formula: Measured, spot: Spot) -> Vector:
        slug = formula.slug
        if slug == self._lever.slug and spot == self._lever.spot:
            return self._values
        frames, vocabulary = self._evaluator.frames, self._evaluator.vocabulary
        if frames.report(spot.level, slug, spot.year, spot.subject) is not None:
            return self._known(formula, spot)
        if slug in vocabulary.formulas:
            return self.value(vocabulary.formulas[slug], spot)
        item = vocabulary.items[slug]
        for lower in summed_levels(item, spot.level) if sums_up(item, spot.level) else ():
            if len(self._placement.of(spot.year).members(lower, spot.level, spot.subject)):
                members = self._presence.members(lower, spot.level, spot.subject, spot.year)
                child = self._child(lower)
                if child not in members:
                    break
                parts = self._evaluator.numbers(formula, lower, spot.year, self._scope)
                others = np.full(len(self._values), parts[members[members != child]].sum())
                return add(self.numbers(formula, Spot(lower, child, spot.year)), others)
        return self._known(formula, spot)

    def _below(self, formula: Below | Variation, spot: Spot) -> Vector:
        lower = formula.level
        child = self._child(lower)
        members = self._presence.members(lower, spot.level, spot.subject, spot.year)
        if child not in members:
            return self._known(formula, spot)
        lanes = len(self._values)
        group = np.repeat(np.arange(lanes), len(members))

        def spread(part: Formula) -> Vector:
            """Give the values of all members in all lanes, lane by lane."""
            vector = self._evaluator.value(part, lower, spot.year, self._scope)[members]
            table = np.tile(vector, (lanes, 1))
            table[:, members == child] = self.value(part, Spot(lower, child, spot.year))[:, None]
            return table.reshape(-1)

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
