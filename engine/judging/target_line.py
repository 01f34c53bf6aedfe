"""The line from a baseline to a target, and who is below it (docs/judgement.md, section 4)."""

from collections.abc import Callable
from typing import NamedTuple, assert_never

import numpy as np

from dabiao.engine.data.algebra import TOLERANCE, Flags, Numbers, add, numbers, quiet, rounded
from dabiao.engine.judging.comparison import Bound, Comparison, Evaluate
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, EachComplies, Span, Within
from dabiao.rules.catalog.timing import deadline
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.formulas.whole import whole
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class TargetLine:
    """The straight way from a baseline to a target, at the year judged.

    Attributes:
        since: The year it begins.
        low: Where it stands on its way to the lower bound, per subject; NaN where there is none.
        high: Where it stands on its way to the upper bound.
    """

    since: int
    low: Numbers | None
    high: Numbers | None


class Sight(NamedTuple):
    """What a line is drawn by, beside what is compared.

    Attributes:
        vocabulary: The measures.
        existed: Tells who of the subjects at hand existed in a year; None for all of them.
    """

    vocabulary: Vocabulary
    existed: Callable[[int], Flags | None]


def line(
    rule: Rule, year: int, of: Comparison, evaluate: Evaluate, sight: Sight
) -> TargetLine | None:
    """Draw the line to a norm that is not due yet; None where there is none.

    Where only whole numbers can be observed, it stands at whole numbers too.

    Args:
        rule: The rule.
        year: The year judged.
        of: What the norm demands in that year.
        evaluate: Evaluates formulas for the subjects at hand.
        sight: The measures, and who of the subjects at hand existed when.
    """
    until, vocabulary = deadline(rule), sight.vocabulary
    norm = rule.norm
    if until is None or of.kind != "number":
        return None
    start: Numbers
    match norm:
        case Changes(value, span=Span.SINCE, since=int(since), relative=relative):
            start = np.zeros(len(of.held))
            steps = not relative and whole(value, vocabulary)
        case Compares(value) | Within(value) if rule.baseline is not None:
            since = rule.baseline.year
            steps = whole(value, vocabulary)
            if rule.baseline.value is not None:
                start = np.full(len(of.held), float(rule.baseline.value))
            else:
                start = _of_those(numbers(evaluate(value, since)), sight.existed(since))
        case Compares() | Within() | Changes() | AllComply() | EachComplies():
            return None
        case _:
            assert_never(norm)
    if since >= until:
        return None
    share = min(max(year - since, 0), until - since) / (until - since)

    @quiet
    def stands(target: Bound | None, sign: float) -> Numbers | None:
        if target is None:
            return None
        exact = add(start, (target - start) * share)
        return _step_before(exact, sign) if steps else exact

    return TargetLine(since, stands(of.low, 1.0), stands(of.high, -1.0))


def _of_those(values: Numbers, there: Flags | None) -> Numbers:
    """Leave out whoever did not exist: a sum over nobody below is 0, and no value to begin with."""
    return values if there is None else np.where(there, values, np.nan)


def _step_before(exact: Numbers, sign: float) -> Numbers:
    """Give the last whole number on the way: below it on the way up, above it on the way down."""
    near = np.round(exact)
    reached = np.abs(exact - near) <= TOLERANCE * np.maximum(np.abs(near), 1.0)
    return np.where(reached, near, sign * np.floor(sign * exact) + 0.0)


def falls_behind(of: Comparison, along: TargetLine | None) -> Flags:
    """Tell which of the subjects that miss their bound are below the line as well."""
    behind = np.zeros(len(of.held), bool)
    if along is None:
        return behind
    value = of.compared
    misses_low = np.zeros(len(value), bool)
    if of.low_edge is not None:
        misses_low = value <= of.low_edge if of.open else value < of.low_edge
    if along.low is not None:
        stands = rounded(along.low, of.decimals)
        behind |= misses_low & (value < stands - TOLERANCE * np.abs(stands))
    if along.high is not None:
        stands = rounded(along.high, of.decimals)
        behind |= ~misses_low & (value > stands + TOLERANCE * np.abs(stands))
    return behind
