"""How far a number that each of many failing findings rests on has to go.

Here the same steps are tried for all of them at once as ``trials`` tries for one, so that what
comes out is the same.
"""

from collections.abc import Iterator

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, Numbers, numbers, quiet, rounded, truths
from dabiao.engine.data.tidy_columns import distances
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.engine.evaluation.quotients import is_quotient, steps_to
from dabiao.engine.evaluation.what_if import as_large
from dabiao.engine.evaluation.what_if_below import WhatIfBelow
from dabiao.engine.evaluation.what_if_each import WhatIfEach
from dabiao.engine.findings.remedies.grounds import Failing
from dabiao.engine.judging.comparison import Bound, compare
from dabiao.rules.catalog.norm import formulas
from dabiao.rules.formulas.formula import Measured
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.record import dataclass

FARTHEST = 39
"""Fewer steps, as a power of two, than lead to within ``DUST`` of a bound that nothing reaches."""
POWERS = 2 ** np.arange(FARTHEST)
"""Numbers of steps that are tried first."""
LANES = 64
STEP = 0.01
NEAR = 100.0
"""Steps at least to where a curve is looked at, so that it is seen to bend."""
_SURE = 2.0
"""Steps by which an edge that was calculated is at most beside the true one, and more."""
_AT_ONCE = 2_000
"""Findings that are searched at once, so that their lanes stay near the processor."""


def bounds(item: Item) -> tuple[float, float]:
    """Give the range that an item may be in."""
    low, high = item.minimum, item.maximum
    return (-np.inf if low is None else low), (np.inf if high is None else high)


@dataclass(frozen=True, slots=True, eq=False)
class NumberTried:
    """A number that each of some failing findings rests on.

    Attributes:
        failing: The findings.
        slug: The measure that the numbers are of.
        below: Where they are numbers of subjects below: the level of these, and who they are.
    """

    failing: Failing
    slug: str
    below: tuple[Level, Index] | None = None

    def only(self, chosen: Index | slice) -> "NumberTried":
        """Give some of them."""
        below = self.below and (self.below[0], self.below[1][chosen])
        return NumberTried(self.failing.only(chosen), self.slug, below)


def stepped(evaluator: Evaluator, asked: NumberTried) -> tuple[Flags, Numbers, Numbers]:
    """Tell which findings can be mended by their number, from which value to which.

    Args:
        evaluator: Gives access to values.
        asked: The numbers.
    """
    found = [
        _Stepping(evaluator, asked.only(slice(begin, begin + _AT_ONCE))).found()
        for begin in range(0, len(asked.failing.subjects), _AT_ONCE)
    ]
    mends, before, after = map(np.concatenate, zip(*found, strict=True))
    return mends, before, after


class _Stepping:
    """The search for how far a number of each of some failing findings has to go.

    Args:
        evaluator: Gives access to values.
        asked: The numbers.
    """

    def __init__(self, evaluator: Evaluator, asked: NumberTried) -> None:
        self._evaluator, self._asked = evaluator, asked
        plan, slug, places = asked.failing.plan, asked.slug, asked.failing.places
        self._plan, self._slug, self._subjects = plan, slug, asked.failing.subjects
        level, whose = asked.below or (plan.rule.level, self._subjects)
        of = plan.comparisons[-1]
        start = evaluator.taken(Measured(slug), level, plan.figures, "", whose)
        self._start = numbers(start)
        measure = evaluator.vocabulary.measure(slug)
        whole = isinstance(measure, Item) and measure.type is ItemType.INTEGER
        self._step = 1.0 if whole else STEP
        self._range = bounds(measure) if isinstance(measure, Item) else (-np.inf, np.inf)
        value, low, low_edge, high, high_edge = (
            np.broadcast_to(_at(each, places), len(places))
            for each in (of.value, of.low, of.low_edge, of.high, of.high_edge)
        )
        compared = rounded(value, of.decimals)
        self._breaks_low: Flags = compared <= low_edge if of.open else compared < low_edge
        self._bound, self._compared = np.where(self._breaks_low, low, high), compared
        self._edge = np.where(self._breaks_low, low_edge, high_edge)

    def found(self) -> tuple[Flags, Numbers, Numbers]:
        """Tell who can be mended, from which number to which."""
        count = len(self._subjects)
        best, found = np.zeros(count, np.intp), np.zeros(count, np.bool_)
        for sign, first, leads in self._first():
            steps, complies = self._one_way(sign, first, leads)
            nearer = complies & (~found | (steps < np.abs(best)))
            best = np.where(nearer, sign * steps, best)
            found |= complies
        return found, self._start, self._reached(best[:, None], slice(None))[:, 0]

    def _first(self) -> Iterator[tuple[int, Index, Flags]]:
        """Yield both ways, the numbers of steps to try first, and of whom they may lead on."""
        rule, of = self._plan.rule, self._plan.comparisons[-1]
        if of.kind == "number" and is_quotient(rule.norm, self._slug, self._evaluator):
            steps = self._steps_to_edge()
            exact = of.decimals is None
            for sign in (1, -1):
                leads = may_lead(sign * steps) if exact else np.ones(len(steps), np.bool_)
                yield sign, around(sign * steps), leads
        else:
            anywhere = self._anywhere()
            for sign in (1, -1):
                yield sign, anywhere, np.ones(len(anywhere), np.bool_)

    def _anywhere(self) -> Index:
        """Give the numbers of steps to try first where nobody knows how far it is."""
        of, far = self._plan.comparisons[-1], np.zeros(len(self._subjects))
        if of.kind == "number":
            gap = distances(rounded(self._bound, of.decimals), self._compared)
            far = np.nan_to_num(gap / self._step)  # a cell of two readings misses by no one gap
        guess = np.minimum(far, float(POWERS[-1])).astype(np.intp)
        beside = guess[:, None] + np.arange(-1, 3)
        powers = np.broadcast_to(POWERS, (len(guess), len(POWERS)))
        return np.sort(np.hstack([powers, beside, np.full((len(guess), 1), 2**FARTHEST)]), axis=1)

    @quiet
    def _steps_to_edge(self) -> Numbers:
        """Give how many steps lead to the bound that was broken."""
        near = np.maximum(np.ceil(np.abs(self._start) / self._step / 2), NEAR)
        here, once, twice = self._values(np.stack([near, 2 * near], axis=1)).T
        return steps_to(self._edge, (here, once, twice), (near, 2 * near))

    def _reached(self, steps: Numbers | Index, chosen: Index | slice) -> Numbers:
        """Give the numbers so many steps away."""
        reached: Numbers = self._start[chosen, None] + self._step * steps
        return reached.round(9)

    def _one_way(self, sign: int, first: Index, leads: Flags) -> tuple[Index, Flags]:
        """Find how many steps one way mend, and where the whole norm holds then.

        Args:
            sign: Which way.
            first: The numbers of steps to try first, ascending.
            leads: Of whom this way may lead anywhere.
        """
        low, high = self._range
        room = high - self._start if sign > 0 else self._start - low
        most = np.minimum(np.floor(room / self._step + 1e-6), 2.0**FARTHEST).astype(np.intp)
        before, after = np.zeros(len(most), np.intp), np.zeros(len(most), np.intp)
        complies = np.zeros(len(most), np.bool_)
        some = np.flatnonzero(leads & (most > 0))
        tried = np.clip(first[some], 1, most[some, None])
        while len(some):
            mends, whole = self._tried(sign * tried, some)
            which = np.arange(len(some)), np.argmax(mends, axis=1)
            there = mends[which]
            less = tried[which[0], np.maximum(which[1] - 1, 0)]
            before[some] = np.where(which[1] > 0, less, before[some])
            after[some] = np.where(there, tried[which], 0)
            complies[some] = there & whole[which]
            some = some[there & (after[some] - before[some] > 1)]
            stride = -(-(after[some] - before[some]) // LANES)
            tried = before[some, None] + 1 + stride[:, None] * np.arange(LANES + 1)
            tried = np.minimum(tried, after[some, None])
        return after, complies

    def _what_if(self, values: Numbers, chosen: Index | slice) -> WhatIfEach:
        asked, rule = self._asked.only(chosen), self._plan.rule
        each = self._evaluator, rule.document.id, rule.level, asked.failing.subjects
        of = self._slug, self._plan.figures
        if asked.below is None:
            return WhatIfEach(*each, of=of, values=values)
        return WhatIfBelow(*each, of=of, values=values, below=asked.below)

    def _values(self, steps: Numbers) -> Numbers:
        """Give what is compared here, and so many steps away."""
        every = slice(None)
        values = self._reached(np.hstack([np.zeros((len(steps), 1)), steps]), every)
        value, *_ = formulas(self._plan.rule.norm)
        found = self._what_if(values, every).numbers(value, self._plan.figures)
        return found.reshape(values.shape)

    @quiet
    def _tried(self, steps: Index, chosen: Index) -> tuple[Flags, Flags]:
        """Tell which steps reach the bound that was broken, and which keep the whole norm.

        That is where the rule still applies too, and nothing that is divided by has shrunk.
        """
        rule, year = self._plan.rule, self._plan.figures
        values = self._reached(np.hstack([steps, np.zeros((len(chosen), 1), np.intp)]), chosen)
        what_if = self._what_if(values, chosen)
        of = compare(rule, year, what_if.value, self._evaluator.vocabulary)
        keeps_low, keeps_high = of.reached(of.value)
        complies = (keeps_low & keeps_high).reshape(values.shape)
        for each in what_if.denominators:
            lanes = each.reshape(values.shape)
            complies &= as_large(lanes, lanes[:, -1:])
        if rule.condition is not None:
            complies &= truths(what_if.value(rule.condition, year)).reshape(values.shape) == 1
        upward = self._breaks_low[chosen, None]
        mends = np.where(upward, *(each.reshape(values.shape) for each in (keeps_low, keeps_high)))
        return mends[:, :-1], complies[:, :-1]


def _at(bound: Bound | None, places: Index) -> Numbers:
    """Give a bound at some places; NaN where there is none."""
    if bound is None or isinstance(bound, float):
        return np.asarray(np.nan if bound is None else bound)
    return bound.take(places)


def may_lead(edge: Numbers) -> Flags:
    """Tell whether going on may lead to an edge, which is surely not so where it lies behind."""
    return ~((edge < -_SURE) & (edge > -(2.0**FARTHEST)))


def around(edge: Numbers) -> Index:
    """Give the numbers of steps to try first where one is known that leads to the edge."""
    known = np.nan_to_num(np.clip(edge, 0.0, 2.0**FARTHEST)).astype(np.intp)
    ends = np.ones((len(edge), 1), np.intp), np.full((len(edge), 1), 2**FARTHEST)
    return np.sort(np.hstack([ends[0], known[:, None] + np.arange(-1, 3), ends[1]]), axis=1)
