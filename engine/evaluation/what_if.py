"""What if some numbers were others: formulas evaluated for many such numbers at once.

Each lane of a vector stands for one value of each number that is changed; everything that does not
depend on them is taken from what was evaluated already.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from dabiao.engine.data.algebra import (
    TOLERANCE,
    Flags,
    Index,
    Numbers,
    Vector,
    combine,
    fold,
    numbers,
    ranks,
    total,
    truths,
    vary,
)
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.evaluation.evaluate import Evaluator, accumulate, summed_levels, sums_up
from dabiao.rules.formulas.formula import (
    Above,
    Arithmetic,
    Attainment,
    Below,
    Calculation,
    Complies,
    Cumulative,
    Fold,
    Formula,
    InYear,
    LiesIn,
    Measured,
    Ranking,
    Ratio,
    SentIn,
    Text,
    Variation,
    counts_senders,
    reads,
)
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """A number that could be another.

    Attributes:
        spot: Whose number it is, and of which year.
        slug: The measure.
    """

    spot: SubjectYear
    slug: str


class WhatIf:
    """Evaluates formulas for several values of some numbers.

    Attributes:
        denominators: What was divided by, in order of evaluation.
    """

    def __init__(
        self, evaluator: Evaluator, scope: str, variables: Mapping[Variable, Numbers]
    ) -> None:
        """Change each of the numbers, to as many values as there are lanes."""
        self.denominators: list[Numbers] = []
        self._evaluator = evaluator
        self._hierarchy = evaluator.frames.hierarchy
        self._lifetimes = evaluator.frames.lifetimes
        self._scope = scope
        self._variables = variables
        self._slugs = frozenset(variable.slug for variable in variables)
        self._years = frozenset(variable.spot.year for variable in variables)
        self._size = len(next(iter(variables.values())))
        self._within: dict[tuple[Level, int], frozenset[int]] = {}

    def value(  # noqa: C901 - one case per form
        self, formula: Formula, spot: SubjectYear
    ) -> Vector:
        """Evaluate a formula for one subject and year, in every lane."""
        if not any(self._evaluator.mentions(formula, slug) for slug in self._slugs):
            return self._known(formula, spot)
        if not self._concerns(formula, spot):
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
            case Above(level, operand):
                upper = spot.above(level, self._evaluator.frames)
                return self._known(formula, spot) if upper is None else self.value(operand, upper)
            case Ranking():
                return self._ranked(formula, spot)
            case Text() | LiesIn() | Attainment() | Complies() | SentIn():
                return self._known(formula, spot)
            case Ratio(_, whole) | Calculation(Arithmetic.DIVIDE, _, whole):
                if spot.subject in self._touched(spot.level, spot.year):
                    self.denominators.append(self.numbers(whole, spot))
        return combine(formula, lambda part: self.value(part, spot), self._size)

    def numbers(self, formula: Formula, spot: SubjectYear) -> Numbers:
        """Evaluate a formula as numbers."""
        return numbers(self.value(formula, spot))

    def _concerns(self, formula: Formula, spot: SubjectYear) -> bool:
        """Tell whether a number is of the subject or of one below it, in whatever year.

        A formula that looks at the one above or at those beside may rest on any.
        """
        return self._evaluator.looks_out(formula) or any(
            spot.subject in self._touched(spot.level, year) for year in self._years
        )

    def _concern_any(self, formula: Formula, level: Level, members: Index) -> bool:
        """Tell whether a number is of one of these or below it: 合计(学校.上年(…)) looks back."""
        return self._evaluator.looks_out(formula) or bool(self._changed(level, members))

    def _touched(self, level: Level, year: int) -> frozenset[int]:
        """Give the subjects of a level that numbers of a year are of, or that these lie in."""
        key = (level, year)
        if key not in self._within:
            own = (variable.spot for variable in self._variables if variable.spot.year == year)
            self._within[key] = frozenset(
                spot.subject
                if spot.level is level
                else int(self._hierarchy.of(year).ladder(spot.level, level)[spot.subject])
                for spot in own
                if level.rank <= spot.level.rank
            )
        return self._within[key]

    def _spread(self, part: Formula, lower: Level, members: Index, year: int) -> Vector:
        """Give the values of subjects below in all lanes, lane by lane."""
        vector = self._evaluator.value(part, lower, year, self._scope)[members]
        table = np.tile(vector, (self._size, 1))
        changed: Sequence[int] = range(len(members))
        if not self._evaluator.looks_out(part):
            changed = self._changed(lower, members)
        for at in changed:
            table[:, at] = self.value(part, SubjectYear(lower, int(members[at]), year))
        return table.reshape(-1)

    def _changed(self, level: Level, members: Index) -> Sequence[int]:
        """Tell which of some subjects a number is of, in whatever year, or of one below them."""
        touched = frozenset[int]().union(*(self._touched(level, year) for year in self._years))
        found: list[int] = np.flatnonzero(np.isin(members, [*touched])).tolist()
        return found

    def _lanes(self, members: Index) -> Index:
        """Give the lane of each value of subjects below."""
        return np.repeat(np.arange(self._size), len(members))

    def _known(self, formula: Formula, spot: SubjectYear) -> Vector:
        vector = self._evaluator.value(formula, spot.level, spot.year, self._scope)
        return np.broadcast_to(vector[spot.subject], self._size)

    def _measured(self, formula: Measured, spot: SubjectYear) -> Vector:
        slug = formula.slug
        changed = self._variables.get(Variable(spot, slug))
        if changed is not None:
            return changed
        frames, vocabulary = self._evaluator.frames, self._evaluator.vocabulary
        if frames.report(spot.level, slug, spot.year, spot.subject) is not None:
            return self._known(formula, spot)
        if slug in vocabulary.formulas:
            return self.value(vocabulary.formulas[slug], spot)
        item = vocabulary.items[slug]
        for lower in summed_levels(item, spot.level) if sums_up(item, spot.level) else ():
            if len(self._hierarchy.of(spot.year).members(lower, spot.level, spot.subject)):
                members = self._lifetimes.members(lower, spot.level, spot.subject, spot.year)
                if not self._concern_any(formula, lower, members):
                    break
                parts = numbers(self._spread(formula, lower, members, spot.year))
                return total(parts, self._lanes(members), self._size)
        return self._known(formula, spot)

    def _below(self, formula: Below | Variation, spot: SubjectYear) -> Vector:
        lower, due = formula.level, counts_senders(formula)
        members = self._lifetimes.members(lower, spot.level, spot.subject, spot.year, due=due)
        if not self._concern_any(formula, lower, members):
            return self._known(formula, spot)
        what_if, group = self._size, self._lanes(members)

        def spread(part: Formula) -> Vector:
            return self._spread(part, lower, members, spot.year)

        value, *divisor = folded_anew(formula, spread, group, what_if)
        self.denominators += divisor
        return value

    def _ranked(self, formula: Ranking, spot: SubjectYear) -> Vector:
        members = spot.peers(formula.within, self._evaluator.frames)
        own = np.flatnonzero(members == spot.subject)
        if not len(own):
            return self._known(formula, spot)
        if not self._evaluator.looks_out(formula.operand):
            return self._ranked_anew(formula, spot, members)
        values = numbers(self._spread(formula.operand, spot.level, members, spot.year))
        places = ranks(values, self._lanes(members), self._size)
        return places.reshape(self._size, -1)[:, own[0]]

    def _ranked_anew(self, formula: Ranking, spot: SubjectYear, members: Index) -> Vector:
        """Give the rank of one among others of whom few have another value than they have."""
        operand, evaluator = formula.operand, self._evaluator
        ordered = evaluator.in_order(formula, spot.level, spot.subject, spot.year, self._scope)
        was = evaluator.numbers(operand, spot.level, spot.year, self._scope)
        changed = members[self._changed(spot.level, members)].tolist()
        known = ordered[: np.searchsorted(ordered, np.nan)]
        lacking = len(ordered) - len(known) - np.isnan(was[changed]).sum()
        own = self.numbers(operand, spot)
        beyond = own + TOLERANCE * np.abs(own)
        places = 1.0 + len(known) - np.searchsorted(known, beyond, side="right")
        for member in changed:
            value = self.numbers(operand, spot.of(member))
            places += (value > beyond).astype(np.float64) - (was[member] > beyond)
            places[np.isnan(value)] = np.nan
        places[np.isnan(own) | bool(lacking)] = np.nan
        return places


def folded_anew(
    formula: Below | Variation, spread: Callable[[Formula], Vector], group: Index, size: int
) -> list[Numbers]:
    """Fold subjects below of whom one has another number; then give what was divided by, if any.

    Args:
        formula: How they are folded.
        spread: Gives the values of a formula, of all of them in all lanes.
        group: The lane of each of these values.
        size: How many lanes there are.
    """
    holds = None if formula.condition is None else truths(spread(formula.condition))
    if isinstance(formula, Variation):
        values, weights = numbers(spread(formula.operand)), numbers(spread(formula.weight))
        divisor = fold(Fold.SUM, weights, holds, group, size)
        return [vary(values, weights, holds, group, size), divisor]
    folded = None if formula.operand is None else numbers(spread(formula.operand))
    found = [fold(formula.fold, folded, holds, group, size, percent=formula.percent)]
    if formula.fold is Fold.MEAN:
        found.append(fold(Fold.COUNT, None, holds, group, size))
    if formula.fold is Fold.SHARE and folded is not None:
        found.append(fold(Fold.SUM, folded, None, group, size))
    return found


def as_large(divisor: Numbers, before: Numbers) -> Flags:
    """Tell where what is divided by has not shrunk, nor come to the other side of nothing.

    Of what is not known nobody can say that it did.
    """
    found: Flags = (divisor * np.sign(before) >= np.abs(before)) | np.isnan(before)
    return found
