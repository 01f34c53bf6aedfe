"""What is compared with what: a norm as a value between bounds, a vector of each.

Sections 4 and 5 of docs/judgement.md, except for lines, and the comparing itself, which matchers
do.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import assert_never

import numpy as np
import numpy.typing as npt

from dabiao.engine.data.algebra import (
    DUST,
    TOLERANCE,
    Flags,
    Index,
    Numbers,
    Truths,
    Vector,
    finite,
    numbers,
    quiet,
    rounded,
    subtract,
)
from dabiao.engine.evaluation.extent import extent
from dabiao.engine.faults import EngineFault
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import (
    AllComply,
    Changes,
    Compares,
    Direction,
    EachComplies,
    Span,
    Within,
    alternatives,
)
from dabiao.rules.catalog.timing import earlier_year, printed_baseline
from dabiao.rules.formulas.formula import (
    Choice,
    Cumulative,
    Formula,
    Number,
    counts_years,
    reads,
)
from dabiao.rules.formulas.looks import years_beside
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.reasons.why import ComparedKind
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import NormRecord

Evaluate = Callable[[Formula, int], Vector]
"""Evaluates a formula in a year for the subjects at hand."""
Gather = Callable[[Formula, int], Vector | FewNumbers]
"""Does so, and leaves few different numbers what they are."""
Bound = Numbers | float
_ALONE = NormRecord(text="", kind="")
_TEXT = np.dtype(np.int32)
_TRUTH = np.dtype(np.int8)


@dataclass
class Comparison:
    """A value that is to lie between two bounds.

    Texts and truth values are numbers here too; being equal is to lie between a value and itself.

    Attributes:
        held: The value observed, NaN where missing.
        low: The lower bound, NaN where missing; None for no such bound.
        high: The upper bound.
        open: Whether the bounds themselves are excluded.
        best: Where the bound is the best value there can be, which is enough; None for nowhere.
        comparator: The comparison that was asked for.
        kind: ``number``, ``truth`` or ``text``.
        decimals: Decimals at which both sides are compared.
        slack: By how much a bound may be missed.
    """

    held: Numbers | FewNumbers
    low: Bound | None
    high: Bound | None
    comparator: Comparator
    kind: ComparedKind = "number"
    open: bool = False
    best: Flags | None = None
    decimals: int | None = None
    slack: float = 0.0

    @cached_property
    def value(self) -> Numbers:
        """The value observed, one each."""
        return self.held.whole() if isinstance(self.held, FewNumbers) else self.held

    @cached_property
    def compared(self) -> Numbers:
        """The value as it is compared."""
        return rounded(self.value, self.decimals)

    def compared_at(self, places: Index) -> Numbers:
        """Give the value as it is compared, at some places."""
        return rounded(self.held.take(places), self.decimals)

    @cached_property
    def low_edge(self) -> Bound | None:
        """What the compared value may not be below, tolerance included."""
        if self.low is None:
            return None
        return self._edge(self.low, 1.0 if self.open else -1.0) - self.slack

    @cached_property
    def high_edge(self) -> Bound | None:
        """What the compared value may not be above, tolerance included."""
        if self.high is None:
            return None
        return self._edge(self.high, -1.0 if self.open else 1.0) + self.slack

    @property
    def keeps_low(self) -> Flags:
        """Where the lower bound is kept, if there is one; not where something is missing."""
        return self._keeps_low(self.compared)

    @property
    def keeps_high(self) -> Flags:
        """Where the upper bound is kept, if there is one; not where something is missing."""
        return self._keeps_high(self.compared)

    @property
    def keeps(self) -> Truths:
        """Where it is kept, 1 or 0; -1 where something is missing."""
        lacks = np.isnan(self.value)
        for bound in (self.low, self.high):
            if bound is not None:
                lacks = lacks | np.isnan(bound)
        return np.where(lacks, np.int8(-1), (self.keeps_low & self.keeps_high).astype(np.int8))

    def reached(self, value: Numbers) -> tuple[Flags, Flags]:
        """Tell where values reach the lower bound, and where the upper one.

        They keep it, and not only because what lies so close to a bound counts as the bound.
        """
        compared = rounded(value, self.decimals)
        low, high = self._keeps_low(compared), self._keeps_high(compared)
        if self.low is not None:
            low &= self._is_at(compared, self.low, 1.0)
        if self.high is not None:
            high &= self._is_at(compared, self.high, -1.0)
        return low, high

    def _keeps_low(self, value: Numbers) -> Flags:
        edge = self.low_edge
        if edge is None:
            return np.ones(len(value), bool)
        return value > edge if self.open else value >= edge

    def _keeps_high(self, value: Numbers) -> Flags:
        edge = self.high_edge
        if edge is None:
            return np.ones(len(value), bool)
        return value < edge if self.open else value <= edge

    @property
    def breaks(self) -> npt.NDArray[np.int8]:
        """Which bound is not kept: 0 for none, 1 for the lower one, 2 for the upper one alone."""
        upper = np.where(self.keeps_high, np.int8(0), np.int8(2))
        return np.where(self.keeps_low, upper, np.int8(1))

    def _is_at(self, compared: Numbers, bound: Bound, sign: float) -> Flags:
        """Tell what lies on a bound or, in the direction of the sign, beyond it."""
        near = rounded(np.asarray(bound), self.decimals)
        short = sign * (near - compared) - self.slack
        there: Flags = short <= DUST * np.maximum(np.abs(near), self.slack)
        return there

    def _edge(self, bound: Bound, sign: float) -> Bound:
        near = rounded(np.asarray(bound), self.decimals)
        room = TOLERANCE * np.maximum(np.abs(near), self.slack)
        edge = near + sign * room
        if self.open and self.best is not None:
            # One step out, so that to lie beyond the edge is to lie on the bound.
            included = np.nextafter(near - sign * room, -sign * np.inf)
            edge = np.where(self.best, included, edge)
        return float(edge) if isinstance(bound, float) else edge


def constant(formula: Formula) -> float | None:
    """Give the number that a formula always is, or None."""
    return formula.value if isinstance(formula, Number) else None


def is_written(bound: Formula) -> bool:
    """Tell whether a bound is a number as a document has it: one, or one for each kind or place."""
    match bound:
        case Choice(_, then, otherwise):
            return is_written(then) and is_written(otherwise)
        case _:
            return constant(bound) is not None


def attempts(
    rule: Rule, year: int, evaluate: Evaluate, vocabulary: Vocabulary, gather: Gather | None = None
) -> tuple[Comparison, ...]:
    """Read a norm that compares values as a demand, twice where years that it counts are open.

    Of years (连续n年, n年中k年) the first takes all that are open for kept, the second none; where
    these do not keep or break the same, neither has a value.

    Args:
        rule: The rule.
        year: The year whose figures are judged.
        evaluate: Evaluates formulas for the subjects at hand.
        vocabulary: The measures.
        gather: Evaluates what is compared, if that is not done like all the rest.

    Raises:
        EngineFault: The norm is about findings below.
    """
    of = _read(rule, year, evaluate, vocabulary, gather)
    counted = _years_counted(rule)
    if counted is None or not np.isnan(of.value).any():
        return (of,)
    kept = [numbers(evaluate(each.part, each.year)) for each in reads(counted, year)]

    def attempt(guess: float) -> Comparison:
        held = np.sum([np.where(np.isnan(each), guess, each) for each in kept], axis=0)

        def evaluate_so(formula: Formula, then: int) -> Vector:
            whole = formula == counted and then == year
            return held if whole else evaluate(formula, then)

        return _read(rule, year, evaluate_so, vocabulary)

    best, worst = attempt(1.0), attempt(0.0)
    alike = (best.keeps == worst.keeps) & (best.breaks == worst.breaks)
    return tuple(replace(each, held=np.where(alike, each.value, np.nan)) for each in (best, worst))


def _years_counted(rule: Rule) -> Cumulative | None:
    """Give the years that a norm is about, if it compares nothing else."""
    norm = rule.norm
    if isinstance(norm, Compares | Within) and counts_years(norm.value):
        return norm.value
    return None


def compare(rule: Rule, year: int, evaluate: Evaluate, vocabulary: Vocabulary) -> Comparison:
    """Read a norm as ``attempts`` do, with what is open failing.

    Raises:
        EngineFault: The norm is about findings below.
    """
    return attempts(rule, year, evaluate, vocabulary)[-1]


def _read(
    rule: Rule, year: int, evaluate: Evaluate, vocabulary: Vocabulary, gather: Gather | None = None
) -> Comparison:
    """Read a norm as a demand."""
    each = compare_each(rule, year, evaluate, vocabulary)
    if each:
        return _any_of(each)
    match rule.norm:
        case Compares(value, comparator, bound):
            observed = (gather or evaluate)(value, year)
            of = _compared(rule, observed, comparator, _bound(bound, year, evaluate))
            if is_written(bound) or of.kind != "number":
                return of
            beside = _beside(value, bound, year, evaluate, vocabulary)
            return _within_reach(of, beside, *extent(value, vocabulary, rule.level))
        case Within(value, low, high):
            return Comparison(
                held=numbers(evaluate(value, year)),
                low=_bound(low, year, evaluate)[0],
                high=_bound(high, year, evaluate)[0],
                comparator=Comparator.BETWEEN,
                decimals=rule.decimals,
                slack=rule.tolerance or 0.0,
            )
        case Changes():
            least, best = _least(rule, rule.norm, year, evaluate, vocabulary)
            return Comparison(
                held=change(rule, rule.norm, year, evaluate),
                low=least,
                high=None,
                comparator=Comparator.MORE_THAN if rule.norm.strict else Comparator.AT_LEAST,
                open=rule.norm.strict,
                best=best,
                decimals=rule.decimals,
                slack=rule.tolerance or 0.0,
            )
        case AllComply() | EachComplies():
            raise EngineFault(f"{rule.id} does not compare values")
        case _:
            assert_never(rule.norm)


def compare_each(
    rule: Rule, year: int, evaluate: Evaluate, vocabulary: Vocabulary
) -> list[Comparison]:
    """Read each of several demands any of which is enough (或) as it is alone; none elsewhere."""
    return [
        compare(
            replace(rule, norm=norm, norm_record=_ALONE, decimals=None, tolerance=None),
            *(year, evaluate, vocabulary),
        )
        for norm in alternatives(rule.norm, rule.norm_record)
    ]


def _any_of(demands: list[Comparison]) -> Comparison:
    """Demand that one of several demands is kept; unknown where none is and one is missing."""
    keep = [of.keeps for of in demands]
    kept = np.any([truth == 1 for truth in keep], axis=0)
    known = np.all([truth >= 0 for truth in keep], axis=0)
    return Comparison(
        held=np.where(kept, 1.0, np.where(known, 0.0, np.nan)),
        low=1.0,
        high=1.0,
        comparator=Comparator.EQUAL,
        kind="truth",
    )


def _bound(formula: Formula, year: int, evaluate: Evaluate) -> tuple[Bound, np.dtype[np.generic]]:
    fixed = constant(formula)
    if fixed is not None:
        return float(fixed), np.dtype(np.float64)
    vector = evaluate(formula, year)
    return numbers(vector), vector.dtype


def _compared(
    rule: Rule,
    value: Vector | FewNumbers,
    comparator: Comparator,
    bound: tuple[Bound, np.dtype[np.generic]],
) -> Comparison:
    limit, kind = bound
    kinds: dict[object, ComparedKind] = {_TEXT: "text", _TRUTH: "truth"}
    named: ComparedKind = "number"
    if not isinstance(value, FewNumbers) and kind == value.dtype:
        named = kinds.get(kind, "number")
    return Comparison(
        held=value if isinstance(value, FewNumbers) else numbers(value),
        low=limit if comparator.bounds_low else None,
        high=limit if comparator.bounds_high else None,
        comparator=comparator,
        kind=named,
        open=comparator.is_open,
        decimals=rule.decimals if named == "number" else None,
        slack=(rule.tolerance or 0.0) if named == "number" else 0.0,
    )


def _beside(
    value: Formula, bound: Formula, year: int, evaluate: Evaluate, vocabulary: Vocabulary
) -> Iterator[Numbers]:
    """Yield a value in the other years of which its bound reads it."""
    for each in years_beside(value, bound, year, vocabulary):
        yield numbers(evaluate(value, each))


def _within_reach(
    of: Comparison, beside: Iterable[Numbers], lowest: float, highest: float
) -> Comparison:
    """Demand the best value there can be where not even that would do.

    Args:
        of: What is compared.
        beside: The same value in the other years of which the bound reads it: one beyond the best
            shows that it is not the best, as does the value itself. Asked for where it matters.
        lowest: The least value there can be.
        highest: The greatest.
    """
    bound, best = (of.high, lowest) if of.low is None else (of.low, highest)
    if bound is None or of.comparator is Comparator.EQUAL or not np.isfinite(best):
        return of
    tried = replace(of, held=np.full(len(of.held), best))
    short = ~(tried.keeps_low & tried.keeps_high) & ~np.isnan(bound)
    seen = chain([of.value], beside)
    while short.any() and (value := next(seen, None)) is not None:
        short &= ~_beyond(value, best, rising=of.low is not None)
    if not short.any():
        return of
    near = np.where(short, best, bound)
    return replace(
        of,
        low=None if of.low is None else near,
        high=None if of.high is None else near,
        best=short,
    )


def _beyond(value: Numbers, best: float, *, rising: bool) -> Flags:
    """Tell where a value shows that the best there can be is not the best: a rate above 100%."""
    near = TOLERANCE * abs(best)
    beyond: Flags = value > best + near if rising else value < best - near
    return beyond


@quiet
def change(rule: Rule, norm: Changes, year: int, evaluate: Evaluate) -> Numbers:
    """Compute a change, positive in the direction that is asked for."""
    later = numbers(evaluate(norm.value, year))
    earlier, years = _earlier(rule, norm, year, evaluate)
    if norm.relative:
        earlier = np.where(earlier > 0, earlier, np.nan)
        if norm.span is Span.ANNUALISED:
            # Nothing grows from above 0 to below it at a steady rate, but within a single year.
            grown = np.where((later < 0) & (years != 1), np.nan, later / earlier)
            rise = 100.0 * subtract(grown ** (1.0 / years), np.ones(len(grown)))
        else:
            rise = 100.0 * subtract(later, earlier) / earlier
    else:
        rise = subtract(later, earlier) / years
    moved = finite(-rise if norm.direction is Direction.FALL else rise) + 0.0  # 0 has no sign
    if norm.relative:
        return moved
    largest = np.maximum(np.abs(later), np.abs(earlier))
    return np.where(np.abs(moved - norm.least) < DUST * largest, norm.least, moved)


def _earlier(rule: Rule, norm: Changes, year: int, evaluate: Evaluate) -> tuple[Numbers, int]:
    """Give what a change is counted from, NaN where missing, and over how many years."""
    begin = earlier_year(rule, norm, year)
    years = 1 if begin is None or norm.span is not Span.ANNUALISED else year - begin
    printed = None if begin is None else printed_baseline(rule, begin)
    if begin is not None and years != 0 and printed is None:
        return numbers(evaluate(norm.value, begin)), years
    size = len(evaluate(norm.value, year))
    return np.full(size, np.nan if printed is None or years == 0 else float(printed)), years or 1


@quiet
def _least(
    rule: Rule, norm: Changes, year: int, evaluate: Evaluate, vocabulary: Vocabulary
) -> tuple[Bound, Flags | None]:
    """Give the change that is demanded, and where it is only what leads to the best value."""
    lowest, highest = extent(norm.value, vocabulary, rule.level)
    best = lowest if norm.direction is Direction.FALL else highest
    if norm.relative or not np.isfinite(best):
        return float(norm.least), None
    earlier, years = _earlier(rule, norm, year, evaluate)
    if years < 0:  # before its baseline a rise leads down to the value judged, away from the best
        return float(norm.least), None
    left = subtract(np.full(len(earlier), best), earlier) / years
    left = -left if norm.direction is Direction.FALL else left
    less = left <= norm.least if norm.strict else left < norm.least
    for value in (earlier, numbers(evaluate(norm.value, year))):
        less &= ~_beyond(value, best, rising=norm.direction is Direction.RISE)
    if not less.any():
        return float(norm.least), None
    return np.where(less, left, norm.least), less
