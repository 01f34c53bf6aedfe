"""Which items the rules need of whom: of those they apply to, what these have to say."""

from collections.abc import Iterable

import numpy as np

from dabiao.engine.data.algebra import Flags, lacking
from dabiao.engine.data.flag_bits import Bits, packed
from dabiao.engine.evaluation.evaluate import Evaluator, summed_levels, sums_up
from dabiao.engine.judging.rule_plan import RulePlanner
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import formulas
from dabiao.rules.catalog.timing import figures_year, phase
from dabiao.rules.formulas.formula import (
    Above,
    Below,
    Both,
    Choice,
    Either,
    Formula,
    Measured,
    Variation,
    narrows,
    parts,
    reads,
)
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item


class ExpectedItems:
    """Collects what rules need of the subjects of every level in a year.

    An item that could be summed from below is wanted of those it is asked of, as in a form, unless
    those below reported all of it. Where a condition is not known, only what it needs is wanted.
    What is asked of other years is not wanted in this one.

    Attributes:
        found: Per level and measure, of whom it is wanted: any of these, each under its id, as
            many measures are wanted of the same.
    """

    def __init__(self, planner: RulePlanner, year: int) -> None:
        self.found: dict[tuple[Level, str], dict[int, Bits]] = {}
        self._planner = planner
        self._evaluator: Evaluator = planner.evaluator
        self._frames = planner.evaluator.frames
        self._year = year
        self._scope = ""
        self._above: dict[tuple[Level, Level], Flags | None] = {}
        self._seen: dict[tuple[str | Level, Level, int], tuple[Flags, Flags]] = {}
        self._bits: dict[int, tuple[Flags, Bits]] = {}

    def add(self, rules: Iterable[Rule]) -> None:
        """Take down what rules need; those that apply to the same subjects are asked together."""
        alike: dict[tuple[object, ...], list[Rule]] = {}
        for rule in rules:
            if not self._planner.size(rule) or not phase(rule, self._year).applies:
                continue
            if figures_year(rule, self._year) == self._year:
                years = self._planner.segments.limits(rule, self._year)
                key = (rule.level, rule.jurisdiction, rule.condition, rule.document.id, years)
                alike.setdefault(key, []).append(rule)
        for group in alike.values():
            self._seen.clear()
            self._bits.clear()
            self._add(group)
            self._planner.trim()

    def _add(self, rules: list[Rule]) -> None:
        rule = rules[0]
        self._scope = rule.document.id
        there = self._planner.applicable(rule, self._year)
        if rule.condition is not None:
            self._visit(rule.condition, rule.level, there)
            there = there & (self._holds(rule.condition, rule.level) == 1)
        for each in rules if there.any() else ():
            for formula in formulas(each.norm):
                self._visit(formula, rule.level, there)

    def _holds(self, formula: Formula, level: Level) -> "np.ndarray[tuple[int], np.dtype[np.int8]]":
        return self._evaluator.truths(formula, level, self._year, self._scope)

    def _visit(self, formula: Formula, level: Level, of: Flags) -> None:
        match formula:
            case Measured(slug):
                # The same of the same subjects is asked once; a mask that is kept keeps its id.
                key = (slug, level, id(of))
                if key not in self._seen:
                    self._seen[key] = (of, of)
                    self._measured(slug, level, of)
            case Below() | Variation():
                self._below(formula, level, of)
            case Above(upper, operand):
                self._visit(operand, upper, self._lie_in(upper, level, of))
            case Choice(condition, then, otherwise):
                self._visit(condition, level, of)
                holds = self._holds(condition, level)
                self._visit(then, level, of & (holds == 1))
                self._visit(otherwise, level, of & (holds == 0))
            case Both(left, right) | Either(left, right):
                decides = 0 if isinstance(formula, Both) else 1
                self._visit(left, level, of & (self._holds(right, level) != decides))
                self._visit(right, level, of & (self._holds(left, level) != decides))
            case _:
                for read in reads(formula, self._year):
                    if read.year == self._year:
                        self._visit(read.part, level, of)

    def _below(self, formula: Below | Variation, level: Level, of: Flags) -> None:
        members = chosen = self._members(formula.level, level, of)
        condition = formula.condition
        if condition is not None:
            self._visit(condition, formula.level, members)
            if narrows(formula):
                chosen = members & (self._holds(condition, formula.level) == 1)
        for part in parts(formula):
            if part is not condition:
                self._visit(part, formula.level, chosen)

    def _lie_in(self, upper: Level, level: Level, of: Flags) -> Flags:
        """Tell in whom some subjects lie in the year."""
        key = (upper, level, id(of))
        if key not in self._seen:
            group = self._frames.hierarchy.of(self._year).groups(level, upper)
            above = np.zeros(self._frames.size(upper) + 1, np.bool_)
            above[group[of]] = True
            self._seen[key] = (of, above[:-1])
        return self._seen[key][1]

    def _members(self, lower: Level, level: Level, of: Flags) -> Flags:
        """Tell who lies below some subjects in the year."""
        key = (lower, level, id(of))
        if key not in self._seen:
            group = self._frames.lifetimes.groups(lower, level, self._year)
            self._seen[key] = (of, np.append(of, np.False_)[group])
        return self._seen[key][1]

    def _has_below(self, lower: Level, level: Level) -> Flags | None:
        """Tell who has anybody known below; None where all have."""
        key = (lower, level)
        if key not in self._above:
            _, known = self._evaluator.below(lower, level, self._year)
            self._above[key] = None if known.all() else known > 0
        return self._above[key]

    def _measured(self, slug: str, level: Level, of: Flags) -> None:
        vocabulary = self._evaluator.vocabulary
        formula, item = vocabulary.formulas.get(slug), vocabulary.items.get(slug)
        if formula is None and (item is None or not sums_up(item, level)):
            self._want(slug, level, of)
            return
        given = self._frames.given(level, slug, self._year)
        rest = of
        if given is not None:
            rest = of & ~given
            if not rest.any():
                self._want(slug, level, of)
                return
            self._want(slug, level, of & given)
        if formula is not None:
            self._visit(formula, level, rest)
        elif item is not None:
            self._summed(item, level, rest)

    def _summed(self, item: Item, level: Level, of: Flags) -> None:
        """Ask for an item that nobody reported where it is asked, though it could be summed.

        A form asks for it here and not below, so nobody below owes it; only where what they
        reported makes up the sum is it theirs.
        """
        made = self._made(item, level, of)
        if (of & ~made).any():
            self._want(item.slug, level, of & ~made)
        self._of_those_below(item, level, made, of & ~made)

    def _made(self, item: Item, level: Level, of: Flags) -> Flags:
        """Tell of whom those below reported all of an item."""
        return of & ~lacking(self._evaluator.summed(item, level, self._year, self._scope))

    def _of_those_below(self, item: Item, level: Level, made: Flags, left: Flags) -> None:
        """Ask for an item of those who made up a sum, be it only of a part of what is owed above.

        Args:
            item: The item.
            level: The level of the sums.
            made: Whose sum is there.
            left: Whose sum is not; of some who lie in them it may be.
        """
        for lower in summed_levels(item, level):
            above = self._has_below(lower, level)
            here, rest = (each if above is None else each & above for each in (made, left))
            if here.any():
                self._measured(item.slug, lower, self._members(lower, level, here))
            if rest.any() and sums_up(item, lower):
                given = self._frames.given(lower, item.slug, self._year)
                parts = self._members(lower, level, rest)
                parts = parts if given is None else parts & ~given
                whole = self._made(item, lower, parts)
                self._of_those_below(item, lower, whole, parts & ~whole)
            made, left = made & ~here, left & ~rest
        if made.any():
            self._want(item.slug, level, made)

    def _want(self, slug: str, level: Level, of: Flags) -> None:
        item = self._evaluator.vocabulary.items.get(slug)
        column = slug if item is None else item.column
        if id(of) not in self._bits:  # a mask that is kept keeps its id
            self._bits[id(of)] = of, packed(of)
        bits = self._bits[id(of)][1]
        self.found.setdefault((level, column), {})[id(bits)] = bits
