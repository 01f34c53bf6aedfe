"""Which submitted numbers findings of a rule rest on: their own, and those of who lies below."""

from typing import Self

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, numbers
from dabiao.engine.evaluation.evaluate import Evaluator, sums_up
from dabiao.engine.evaluation.what_if_each import is_followed
from dabiao.engine.judging.rule_plan import RulePlan
from dabiao.rules.catalog.norm import formulas
from dabiao.rules.formulas.formula import Below, Formula, Measured, Variation, parts, reads
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass

TRIED = 20
"""Numbers of subjects below that are tried; with more, one of them alone decides little."""


@dataclass(frozen=True, slots=True, eq=False)
class Failing:
    """Failing findings of a rule.

    Attributes:
        plan: The rule, and what it compared.
        places: Their places in the plan.
        subjects: Who they are.
    """

    plan: RulePlan
    places: Index
    subjects: Index

    def only(self, chosen: Index | slice) -> "Failing":
        """Give some of them."""
        return Failing(self.plan, self.places[chosen], self.subjects[chosen])

    def looked_at(self) -> list[Formula]:
        """List what the rule looks at: what it compares, with what, and whom it applies to."""
        rule = self.plan.rule
        condition = () if rule.condition is None else (rule.condition,)
        return [*formulas(rule.norm), *condition]


@dataclass(frozen=True, slots=True, eq=False)
class Beneath:
    """Subjects below whose numbers a formula makes one of.

    Attributes:
        level: Their level.
        parts: What is asked of each of them.
        few: Below whom there are some, few enough for each to be tried.
    """

    level: Level
    parts: tuple[Formula, ...]
    few: Flags


class Grounds:
    """Finds the numbers that formulas rest on.

    Attributes:
        own: Measures of which some subjects have a number, each with who has it.
        beneath: Those below who are looked at.
        known: Of whom nothing else has to be looked at.

    Args:
        evaluator: Gives access to values.
        level: The level of some subjects.
        year: The year.
        subjects: The subjects.
    """

    def __init__(self, evaluator: Evaluator, level: Level, year: int, subjects: Index) -> None:
        self._evaluator, self._level, self._year, self._subjects = evaluator, level, year, subjects
        self.own: list[tuple[str, Flags]] = []
        self.beneath: list[Beneath] = []
        self.known = np.ones(len(subjects), np.bool_)

    @classmethod
    def of_findings(cls, evaluator: Evaluator, failing: Failing) -> Self:
        """Find what failing findings rest on."""
        plan = failing.plan
        found = cls(evaluator, plan.rule.level, plan.figures, failing.subjects)
        found.known &= ~np.isnan(plan.comparisons[-1].value.take(failing.places))
        for formula in formulas(plan.rule.norm):
            found.visit(formula, found.known.copy())
        for slug in {slug for slug, _ in found.own}:
            if not all(is_followed(evaluator, part, slug) for part in failing.looked_at()):
                found.known[:] = False
        return found

    def visit(self, formula: Formula, those: Flags) -> None:
        """Add what a formula rests on, of some of the subjects."""
        match formula:
            case Measured(slug):
                self._measured(slug, formula, those)
            case Below(level=lower) | Variation(level=lower):
                group, _ = self._evaluator.below(lower, self._level, self._year)
                size = self._evaluator.frames.size(self._level)
                members = np.bincount(group, minlength=size)[self._subjects]
                few = those & (members > 0) & (members <= TRIED)
                self.beneath.append(Beneath(lower, tuple(parts(formula)), few))
            case _:
                for read in reads(formula, self._year):
                    if read.year == self._year and read.level is None:
                        self.visit(read.part, those)

    def _measured(self, slug: str, formula: Measured, those: Flags) -> None:
        evaluator, vocabulary = self._evaluator, self._evaluator.vocabulary
        item = vocabulary.items.get(slug)
        if item is not None and not item.type.numeric:
            return
        held = evaluator.frames.given(self._level, slug, self._year)
        given = np.zeros_like(those) if held is None else those & held[self._subjects]
        value = numbers(evaluator.taken(formula, self._level, self._year, "", self._subjects))
        self.own.append((slug, given & ~np.isnan(value)))
        if item is None:
            self.visit(vocabulary.formulas[slug], those & ~given)
        elif sums_up(item, self._level):
            self.known &= ~those | given | np.isnan(value)
