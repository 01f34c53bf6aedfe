"""Evaluating formulas: one vector per formula, level and year, each computed once."""

from collections.abc import Callable
from functools import cache

import numpy as np

from dabiao.engine.data.algebra import (
    Index,
    Numbers,
    Texts,
    Truths,
    Vector,
    combine,
    count,
    fold,
    lacking,
    nothing,
    numbers,
    quiet,
    ranks,
    total,
    truths,
    vary,
)
from dabiao.engine.data.frames import Frames
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.faults import EngineFault
from dabiao.rules.formulas.formula import (
    Above,
    Attainment,
    Below,
    Complies,
    Cumulative,
    Formula,
    InYear,
    LiesIn,
    Measured,
    Number,
    Plain,
    Ranking,
    SentIn,
    Text,
    Variation,
    counts_senders,
    parts,
    reads,
    walk,
)
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, ItemType, Summation

Complied = Callable[[Complies, int, str], Truths]
"""Gives per subject whether it complies with the rules of a tag; -1 where undecided."""
Attained = Callable[[Attainment, Level, int, str], Numbers]
"""Gives 达标率 per subject of a level in a year, for a rule of a document; NaN where undecided."""


def sums_up(item: Item, level: Level) -> bool:
    """Tell whether an item at a level is made of the subjects below where it is not reported."""
    if item.summation is not Summation.SUM:
        return False
    return level.rank < max(declared.rank for declared in item.levels)


class Evaluator:
    """Values of measures and formulas, whole columns at a time.

    Attributes:
        frames: The facts.
        vocabulary: The measures.
    """

    def __init__(
        self, frames: Frames, vocabulary: Vocabulary, attained: Attained, complied: Complied
    ) -> None:
        self.frames = frames
        self.vocabulary = vocabulary
        self._attained = attained
        self._complied = complied
        self._memo: dict[tuple[Formula, Level, int, str], Vector] = {}
        self._ordered: dict[tuple[Ranking, Level, int, str], tuple[Index, Index, Numbers]] = {}
        self._size = 0
        self._pending: set[tuple[Formula, Level, int, str]] = set()
        self.is_scoped = cache(self._is_scoped)
        self.looks_out = cache(self._looks_out)
        self.mentions = cache(self._mentions)

    @property
    def size(self) -> int:
        """Bytes that the computed vectors take up; what was submitted is not counted."""
        return self._size

    def forget(self) -> None:
        """Let go of everything that was computed."""
        self._memo.clear()
        self._ordered.clear()
        self._size = 0

    def value(self, formula: Formula, level: Level, year: int, scope: str) -> Vector:
        """Evaluate a formula for every subject of a level.

        Args:
            formula: The formula.
            level: The level.
            year: The year.
            scope: Id of the document whose tags the formula means.

        Raises:
            EngineFault: The formula contains itself.
        """
        key = (formula, level, year, scope if self.is_scoped(formula) else "")
        found = self._memo.get(key)
        if found is None:
            if key in self._pending:
                raise EngineFault(f"a formula contains itself: {formula!r}")
            self._pending.add(key)
            try:
                found = self._compute(formula, level, year, key[3])
            finally:
                self._pending.discard(key)
            self._memo[key] = found
            self._size += found.nbytes if found.flags.owndata else 0
        return found

    def submitted(self, formula: Formula, level: Level, year: int) -> FewNumbers | None:
        """Give a measure as it was submitted, where it is held as few different numbers."""
        if not isinstance(formula, Measured):
            return None
        item = self.vocabulary.items.get(formula.slug)
        if item is None or not item.type.numeric or sums_up(item, level):
            return None
        return self.frames.few(level, item.slug, year)

    def taken(
        self, formula: Formula, level: Level, year: int, scope: str, subjects: Index
    ) -> Vector:
        """Evaluate a formula for some subjects of a level."""
        few = self.submitted(formula, level, year)
        if few is not None:
            return few.take(subjects)
        return self.value(formula, level, year, scope).take(subjects)  # quicker than [subjects]

    def of_one(self, formula: Formula, spot: SubjectYear, scope: str) -> Vector:
        """Evaluate a formula for one subject, in a vector of its own."""
        return self.taken(formula, spot.level, spot.year, scope, np.array([spot.subject]))

    def numbers(self, formula: Formula, level: Level, year: int, scope: str) -> Numbers:
        """Evaluate a formula as numbers."""
        return numbers(self.value(formula, level, year, scope))

    def truths(self, formula: Formula, level: Level, year: int, scope: str) -> Truths:
        """Evaluate a formula as truth values."""
        return truths(self.value(formula, level, year, scope))

    def in_order(
        self, formula: Ranking, level: Level, subject: int, year: int, scope: str
    ) -> Numbers:
        """Give the values of all whom one is ranked among, the least first, NaN at the end."""
        key = (formula, level, year, scope if self.is_scoped(formula) else "")
        if key not in self._ordered:
            group, groups = self.frames.lifetimes.peers(level, formula.within, year)
            values = self.numbers(formula.operand, level, year, scope)
            order = np.lexsort((values, group))
            starts = np.searchsorted(group[order], np.arange(groups + 1)).astype(np.intp)
            self._ordered[key] = group, starts, values[order]
        of, begin, ordered = self._ordered[key]
        own = int(of[subject])
        return ordered[begin[own] : begin[own + 1]] if own + 1 < len(begin) else ordered[:0]

    def _is_scoped(self, formula: Formula) -> bool:
        """Tell whether a formula names a tag without saying whose."""
        for part in walk(formula):
            if isinstance(part, Attainment | Complies) and "/" not in part.tag:
                return True
            if isinstance(part, Measured) and part.slug in self.vocabulary.formulas:
                inner = self.vocabulary.formulas[part.slug]
                if inner != formula and self.is_scoped(inner):
                    return True
        return False

    def _looks_out(self, formula: Formula) -> bool:
        """Tell whether a formula looks at the subject above or at those beside."""
        return any(
            isinstance(part, Above | Ranking)
            or (
                isinstance(part, Measured)
                and part.slug in self.vocabulary.formulas
                and self.looks_out(self.vocabulary.formulas[part.slug])
            )
            for part in walk(formula)
        )

    def _mentions(self, formula: Formula, slug: str) -> bool:
        """Tell whether a formula rests on a measure, directly or through an indicator."""
        for part in walk(formula):
            if isinstance(part, Measured):
                if part.slug == slug:
                    return True
                inner = self.vocabulary.formulas.get(part.slug)
                if inner is not None and self.mentions(inner, slug):
                    return True
        return False

    def _compute(  # noqa: C901, PLR0912 - one case per form
        self, formula: Formula, level: Level, year: int, scope: str
    ) -> Vector:
        size = self.frames.size(level)

        def part(inner: Formula) -> Vector:
            return self.value(inner, level, year, scope)

        match formula:
            case Measured(slug) if slug in self.vocabulary.items:
                return self._item(self.vocabulary.items[slug], level, year, scope)
            case Measured(slug):
                return self._indicator(self.vocabulary.indicators[slug], level, year, scope)
            case Text(value):
                return np.broadcast_to(np.int32(self.frames.text(value)), size)
            case Below():
                due = counts_senders(formula)
                group, known = self.below(formula.level, level, year, due=due)
                folded = self.folded(formula, year, scope)
                return fold(formula.fold, *folded, group, size, known, formula.percent)
            case Variation():
                return self._varied(formula, level, year, scope)
            case Above(upper, operand):
                found = self.value(operand, upper, year, scope)
                group = self.frames.hierarchy.of(year).groups(level, upper)
                return np.append(found, nothing(found.dtype)).astype(found.dtype)[group]
            case Ranking(operand, within):
                group, groups = self.frames.lifetimes.peers(level, within, year)
                return ranks(self.numbers(operand, level, year, scope), group, groups)
            case LiesIn(code):
                return self._inside(code, level, year)
            case InYear():
                (read,) = reads(formula, year)
                return self.value(read.part, level, read.year, scope)
            case Cumulative():
                asked = reads(formula, year)
                return accumulate([self.numbers(of.part, level, of.year, scope) for of in asked])
            case Attainment():
                return self._attained(formula, level, year, scope)
            case Complies():
                return self._complied(formula, year, scope)
            case SentIn(in_time):
                return self._sent_in(level, year, in_time=in_time)
            case _:
                few = self._only(formula, level, year)
                return (
                    combine(formula, part, size) if few is None else _once_each(few, formula, part)
                )

    def _varied(self, formula: Variation, level: Level, year: int, scope: str) -> Numbers:
        """Tell how much the subjects below differ."""
        below, condition = formula.level, formula.condition
        group, _ = self.below(below, level, year, due=counts_senders(formula))
        values = self.numbers(formula.operand, below, year, scope)
        weights = self.numbers(formula.weight, below, year, scope)
        holds = None if condition is None else self.truths(condition, below, year, scope)
        return vary(values, weights, holds, group, self.frames.size(level))

    def _inside(self, code: str, level: Level, year: int) -> Truths:
        """Tell who lies in a place; everybody where all do."""
        inside = self.frames.hierarchy.of(year).inside(code, level)
        there = np.full(self.frames.size(level), np.int8(inside is None))
        if inside is not None:
            there[inside] = 1
        return there

    def _only(self, formula: Formula, level: Level, year: int) -> FewNumbers | None:
        """Give the only measure that a formula is made of, beside numbers, if it has few values."""
        inner = parts(formula)
        measured = {each for each in inner if isinstance(each, Measured)}
        if len(measured) != 1 or not all(isinstance(each, Measured | Number) for each in inner):
            return None
        few = self.submitted(measured.pop(), level, year)
        return few if few is not None and len(few.values) <= len(few) else None

    def _sent_in(self, level: Level, year: int, *, in_time: bool) -> Truths:
        """Tell who reported anything in a year, or did so by the day it was due."""
        everybody = np.ones(self.frames.size(level), np.bool_)
        sent = self.frames.submitted(level, year, everybody)
        timely = self.frames.timely(level, year) if in_time else everybody
        if timely is None:
            return np.full(len(sent), np.int8(-1))
        return (sent & timely).astype(np.int8)

    def folded(self, formula: Below, year: int, scope: str) -> tuple[Numbers | None, Truths | None]:
        """Give what an aggregate folds: values and condition of the subjects below."""
        values = holds = None
        if formula.operand is not None:
            values = self.numbers(formula.operand, formula.level, year, scope)
        if formula.condition is not None:
            holds = self.truths(formula.condition, formula.level, year, scope)
        return values, holds

    @quiet
    def _item(self, item: Item, level: Level, year: int, scope: str) -> Vector:
        reported = self.reported(item, level, year)
        if not sums_up(item, level):
            return reported
        open_ = lacking(reported)
        open_[list(self.frames.unusable(level, item.slug, year))] = False
        if not np.count_nonzero(open_):
            return reported
        return np.where(open_, self.summed(item, level, year, scope), reported)

    @quiet
    def summed(self, item: Item, level: Level, year: int, scope: str) -> Numbers:
        """Sum an item over the subjects below, whatever a subject reported itself."""
        values = np.full(self.frames.size(level), np.nan)
        left = np.ones(len(values), bool)
        for lower in summed_levels(item, level):
            group, known = self.below(lower, level, year)
            there = known > 0
            here = left & there
            if np.count_nonzero(here):
                parts = self.numbers(Measured(item.slug), lower, year, scope)
                values[here] = total(parts, group, len(values))[here]
                left &= ~there
        return values

    def below(
        self, lower: Level, upper: Level, year: int, *, due: bool = False
    ) -> tuple[Index, Numbers]:
        """Give the group of each lower subject, and how many are known below each upper one.

        Who does not exist in the year is known and lies in no group; nor, if only those count that
        were to report, who was not.
        """
        known = count(self.frames.hierarchy.of(year).groups(lower, upper), self.frames.size(upper))
        return self.frames.lifetimes.groups(lower, upper, year, due=due), known

    def reported(self, item: Item, level: Level, year: int) -> Vector:
        """Give an item as it was submitted, sums from below left out."""
        values = self.frames.values(level, item.slug, year)
        if values is None:
            return self._blank(item, level)
        if item.type is ItemType.BOOLEAN:
            return truths(values)
        if item.type is not ItemType.CATEGORY:
            return values
        column = self.frames.column(level, item.slug)
        labels = (column.labels if column else None) or ()
        table: Texts = np.array([*(self.frames.text(label) for label in labels), -1], np.int32)
        return table[np.where(np.isnan(values), len(labels), values).astype(np.intp)]

    def _blank(self, item: Item, level: Level) -> Vector:
        size = self.frames.size(level)
        if item.type.numeric:
            return np.full(size, np.nan)
        kind = np.int8 if item.type is ItemType.BOOLEAN else np.int32
        return np.full(size, -1, kind)

    def _indicator(self, indicator: Indicator, level: Level, year: int, scope: str) -> Vector:
        computed = self.value(self.vocabulary.formulas[indicator.slug], level, year, scope)
        given = self.frames.values(level, indicator.slug, year)
        if given is None:
            return computed
        reported = truths(given) if computed.dtype == np.int8 else given
        values = np.where(lacking(reported), computed, reported).astype(computed.dtype)
        unusable = list(self.frames.unusable(level, indicator.slug, year))
        values[unusable] = nothing(computed.dtype)
        return values


def _once_each(few: FewNumbers, formula: Plain, part: Callable[[Formula], Vector]) -> Vector:
    """Work a formula out once for each of the few numbers that its only measure has."""
    count = len(few.values)

    def number(inner: Formula) -> Vector:
        return few.values if isinstance(inner, Measured) else part(inner)[:count]

    return few.spread(combine(formula, number, count))


def summed_levels(item: Item, level: Level) -> list[Level]:
    """List the levels below at which an item is declared, nearest first."""
    return sorted((at for at in item.levels if at.rank > level.rank), key=lambda at: at.rank)


@quiet
def accumulate(values: list[Numbers]) -> Numbers:
    """Sum vectors; a missing one makes the sum missing."""
    size = len(values[0])
    return total(np.concatenate(values), np.tile(np.arange(size), len(values)), size)
