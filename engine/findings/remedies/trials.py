"""The search for how far numbers that a finding rests on have to go, of all of them at once.

Every number has a stretch of lanes of its own, in which it alone is another; ``searches`` does the
same for the own numbers of many findings.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, Numbers, numbers, quiet, truths
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.engine.evaluation.quotients import is_quotient, steps_to
from dabiao.engine.evaluation.what_if import Variable, WhatIf, as_large
from dabiao.engine.findings.observation import Observation
from dabiao.engine.findings.remedies.stepping import (
    FARTHEST,
    LANES,
    NEAR,
    POWERS,
    STEP,
    around,
    bounds,
    may_lead,
)
from dabiao.engine.judging.comparison import compare
from dabiao.rules.catalog.norm import formulas
from dabiao.rules.formulas.formula import Measured
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One number that could be another, so that the norm holds."""

    variable: Variable
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class _Range:
    """What a number may become: so many steps up (positive) or down from what it is."""

    start: float
    step: float
    low: float
    high: float

    def most(self, sign: int) -> int:
        """Count the steps one way that the range leaves room for."""
        room = (self.high - self.start) if sign > 0 else (self.start - self.low)
        return int(min(np.floor(room / self.step + 1e-6), 2.0**FARTHEST))

    def at(self, steps: Index) -> Numbers:
        """Give the numbers so many steps away."""
        return np.round(self.start + self.step * steps, 9)


@dataclass(frozen=True, slots=True)
class _Way:
    """Numbers of steps of one number one way, farther and farther."""

    variable: Variable
    steps: Index


@dataclass(frozen=True, slots=True)
class _Bracket:
    """Steps one way that do not mend, the next ones that do, and whether the norm holds then."""

    before: int
    after: int
    complies: bool

    @property
    def is_wide(self) -> bool:
        """Whether fewer steps might do."""
        return abs(self.after - self.before) > 1


class Trials:
    """Tries other numbers for those that a failing finding rests on.

    Args:
        evaluator: Gives access to values.
        observation: The finding.
    """

    def __init__(self, evaluator: Evaluator, observation: Observation) -> None:
        self._evaluator = evaluator
        self._observation = observation
        self._ranges: dict[Variable, _Range] = {}

    def changes(self, variables: Sequence[Variable]) -> list[Change]:
        """Find how far each number has to go, where it may; all of one level."""
        for variable in variables:
            if (allowed := self._range(variable)) is not None:
                self._ranges[variable] = allowed
        asked = [each for each in variables if each in self._ranges]
        found: dict[Variable, list[int]] = {}
        for way, bracket in self._brackets(self._first(asked)):
            if bracket.complies:
                found.setdefault(way.variable, []).append(bracket.after)
        return [
            Change(variable, allowed.start, float(allowed.at(np.array([best]))[0]))
            for variable, allowed in self._ranges.items()
            if variable in found and (best := min(found[variable], key=_nearest))
        ]

    def _brackets(self, ways: Sequence[_Way]) -> list[tuple[_Way, _Bracket]]:
        """Find the fewest steps that mend, of each number each way; nothing where none do."""
        known: list[tuple[_Way, _Bracket]] = []
        waiting = [(way, bracket) for way, bracket in self._tried(ways, [0] * len(ways)) if bracket]
        while waiting:
            known += [each for each in waiting if not each[1].is_wide]
            wide = [each for each in waiting if each[1].is_wide]
            closer = [_Way(way.variable, _between(bracket)) for way, bracket in wide]
            befores = [bracket.before for _, bracket in wide]
            waiting = [(way, found) for way, found in self._tried(closer, befores) if found]
        return known

    def _range(self, variable: Variable) -> _Range | None:
        spot, vocabulary = variable.spot, self._evaluator.vocabulary
        (start,) = numbers(self._evaluator.of_one(Measured(variable.slug), spot, "")).tolist()
        if np.isnan(start):
            return None
        measure = vocabulary.measure(variable.slug)
        if not isinstance(measure, Item):
            return _Range(start, STEP, -np.inf, np.inf)
        step = 1.0 if measure.type is ItemType.INTEGER else STEP
        low, high = bounds(measure)
        report = self._evaluator.frames.report(spot.level, variable.slug, spot.year, spot.subject)
        if report is None:
            # A sum may pass the bounds of its parts, but not 0 if they may not.
            return _Range(start, step, min(low, start) if low < 0 else 0.0, np.inf)
        return _Range(start, step, low, high)

    def _first(self, variables: Sequence[Variable]) -> list[_Way]:
        """Give the numbers of steps to try first, of each number each way."""
        of = self._observation
        slugs = {each.slug for each in variables} if of.broken is not None else ()
        known = {slug for slug in slugs if is_quotient(of.rule.norm, slug, self._evaluator)}
        curved = [each for each in variables if each.slug in known]
        edges = self._steps_to_edge(curved)
        ways: list[_Way] = []
        for sign in (1, -1):
            beside = dict(zip(curved, around(sign * edges).tolist(), strict=True))
            leads = dict(zip(curved, may_lead(sign * edges).tolist(), strict=True))
            for variable in variables:
                most = self._ranges[variable].most(sign)
                if most > 0 and (leads.get(variable, True) or not self._is_exact):
                    tried = {*beside.get(variable, ())} or self._anywhere(variable)
                    steps = [*sorted(each for each in tried if 0 < each < most), most]
                    ways.append(_Way(variable, sign * np.array(steps)))
        return ways

    @property
    def _is_exact(self) -> bool:
        of = self._observation.comparison
        return of is not None and of.decimals is None

    def _anywhere(self, variable: Variable) -> set[int]:
        # Most often the number itself is what is compared, and the gap says how far it has to go.
        gap = (self._observation.gap or 0.0) / self._ranges[variable].step
        guess = int(min(gap, POWERS[-1]))
        return {*POWERS.tolist(), *range(guess - 1, guess + 3)}

    @quiet
    def _steps_to_edge(self, variables: Sequence[Variable]) -> Numbers:
        """Give how many steps of each number lead to the bound that was broken."""
        of = self._observation
        if not variables or of.comparison is None:
            return np.zeros(0)
        edge = of.at(of.comparison.low_edge if of.breaks_low else of.comparison.high_edge)
        ranges = [self._ranges[each] for each in variables]
        near = np.array([max(np.ceil(abs(at.start) / at.step / 2), NEAR) for at in ranges])
        ways = [
            _Way(each, np.array([far, 2 * far]))
            for each, far in zip(variables, near.tolist(), strict=True)
        ]
        what_if = self._what_if(ways)
        value, *_ = formulas(of.rule.norm)
        *there, here = np.broadcast_to(what_if.numbers(value, of.spot), 2 * len(ways) + 1)
        values = np.full(len(ways), here), np.array(there[::2]), np.array(there[1::2])
        return steps_to(np.float64(edge), values, (near, 2 * near))

    def _what_if(self, ways: Sequence[_Way]) -> WhatIf:
        """Let every way have its lanes; in the last one all is as it is."""
        ends = np.cumsum([0, *(len(way.steps) for way in ways)])
        values = {
            way.variable: np.full(ends[-1] + 1, self._ranges[way.variable].start) for way in ways
        }
        for way, begin, end in zip(ways, ends[:-1], ends[1:], strict=True):
            values[way.variable][begin:end] = self._ranges[way.variable].at(way.steps)
        return WhatIf(self._evaluator, self._observation.rule.document.id, values)

    @quiet
    def _tried(
        self, ways: Sequence[_Way], befores: Sequence[int]
    ) -> list[tuple[_Way, _Bracket | None]]:
        """Tell which steps of each way are the first to mend the bound that was broken.

        Args:
            ways: The ways.
            befores: Steps of each that are known not to mend.
        """
        if not ways:
            return []
        rule, spot = self._observation.rule, self._observation.spot
        what_if = self._what_if(ways)
        of = compare(
            rule,
            spot.year,
            lambda part, year: what_if.value(part, replace(spot, year=year)),
            self._evaluator.vocabulary,
        )
        keeps_low, keeps_high = of.reached(of.value)
        complies = keeps_low & keeps_high
        for each in what_if.denominators:
            complies &= as_large(each, each[-1])
        if rule.condition is not None:
            complies &= truths(what_if.value(rule.condition, spot)) == 1
        mends = keeps_low if self._observation.breaks_low else keeps_high
        cuts = np.cumsum([len(way.steps) for way in ways])
        return [
            (way, _bracket(way.steps, before, mended, whole))
            for way, before, mended, whole in zip(
                ways,
                befores,
                np.split(mends, cuts)[:-1],
                np.split(complies, cuts)[:-1],
                strict=True,
            )
        ]


def _nearest(steps: int) -> tuple[int, int]:
    """Order steps by how many they are; of as many either way, those up come first."""
    return abs(steps), -steps


def _between(bracket: _Bracket) -> Index:
    """Give the numbers of steps to try between two."""
    before, after = bracket.before, bracket.after
    sign = 1 if after > before else -1
    stride = -(-abs(after - before) // LANES)
    return np.append(np.arange(before + sign, after, sign * stride), after)


def _bracket(steps: Index, before: int, mends: Flags, complies: Flags) -> _Bracket | None:
    """Find the first steps that mend, and those before, which do not."""
    if not mends.any():
        return None
    at = int(np.argmax(mends))
    return _Bracket(int(steps[at - 1]) if at else before, int(steps[at]), bool(complies[at]))
