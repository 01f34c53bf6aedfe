"""From a rule and a year to cases for a matcher, and from its answers to outcomes.

A plan holds, as vectors over the subjects of one rule in one year, all that has to be known before
anything is compared::

    rule, year ──► phase      does it apply this year, is it due?          rules.catalog.timing
                   who        whom it binds: the place it is narrowed to   data.hierarchy
                   absent     who did not exist in a year it looks at      data.lifetimes
                   condition  1 / 0 / -1 unknown                           evaluation.evaluate
                        └──►  applicable = condition, and 0 where absent
                   comparisons  value, low, high                           judging.comparison
                        │
                        ▼  matcher:  HOLDS  FAILS  UNKNOWN  INAPPLICABLE   per subject
                        │
    due:          as answered
    not due yet:  FAILS becomes on track or behind, by the line to the target

A norm over verdicts is compared twice: once as if all that is open below passed (``best``), once
as if it failed (``worst``). Where both answers agree, that is the outcome; else something is
missing. This is three-valued logic by its two extremes. What comes out once all is known lies
between them, so where both are on the same side of the one bound, it is too; a norm with two
bounds must have the same one broken by both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, Truths, Vector, divide, numbers, quiet, truths
from dabiao.engine.data.lifetimes import years_of
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.engine.judging.comparison import (
    Comparison,
    Evaluate,
    TargetLine,
    compare,
    falls_behind,
    line,
)
from dabiao.engine.judging.matcher import CODE, FAILS, Codes, MatchCase
from dabiao.engine.judging.roll_ups import Headcount, RollUps
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, EachComplies, Within
from dabiao.rules.catalog.timing import Phase, figures_year, phase
from dabiao.rules.formulas.formula import Attainment, Formula
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.outcome import Outcome

_SETTLED = [CODE[each] for each in (Outcome.COMPLIANT, Outcome.NOT_APPLICABLE, Outcome.MISSING)]
FEW = 10_000
"""Subjects up to which a plan is kept, as findings ask for it again."""


@dataclass(slots=True)
class RulePlan:
    """All that a rule asks of its subjects in a year.

    Attributes:
        rule: The rule.
        year: The year judged.
        figures: The year whose figures are judged.
        phase: Where the year lies, seen from the rule.
        who: The subjects inside the rule's area; None for all of its level.
        size: How many they are.
        condition: The condition, 1, 0 or -1 per subject; None where there is none.
        absent: Which subjects did not exist in a year that the rule looks at; None for none.
        applicable: The condition, and 0 where they did not, or a roll-up has nothing to count.
        comparisons: What is compared: once, or for roll-ups twice, with everything open passing and
            with everything open failing.
        line: The way to a norm that is not due yet.
        headcount: What a roll-up counts.
    """

    rule: Rule
    year: int
    figures: int
    phase: Phase
    who: Index | None
    size: int
    condition: Truths | None = None
    absent: Flags | None = None
    applicable: Truths | None = None
    comparisons: tuple[Comparison, ...] = ()
    line: TargetLine | None = None
    headcount: Headcount | None = None

    def cases(self) -> list[MatchCase]:
        """Give the questions for a matcher."""
        return [
            MatchCase(
                key=self.rule.id,
                applicable=self.applicable,
                value=of.compared,
                low=of.low_edge,
                high=of.high_edge,
                open=of.open,
            )
            for of in self.comparisons
        ]

    def outcomes(self, answers: Sequence[Codes]) -> Codes:
        """Turn the answers to the cases into outcomes."""
        if not self.comparisons:
            return np.full(self.size, CODE[Outcome.NOT_APPLICABLE])
        tries = self.tries(answers)
        if len(tries) == 1:
            return tries[0]
        best, worst = tries
        agree = best == worst
        first, second = self.comparisons
        if first.low is not None and first.high is not None:
            # Between two tries that fail may lie one that holds, unless they break the same bound.
            same = (first.keeps_low == second.keeps_low) & (first.keeps_high == second.keeps_high)
            agree &= same | np.isin(best, _SETTLED)
        return np.where(agree, best, CODE[Outcome.MISSING])

    def tries(self, answers: Sequence[Codes]) -> list[Codes]:
        """Turn each answer into outcomes: what fails is a violation only when due."""
        if self.phase is Phase.DUE:
            return list(answers)
        return [
            np.where(
                answer != FAILS,
                answer,
                np.where(falls_behind(of, self.line), CODE[Outcome.BEHIND], CODE[Outcome.ON_TRACK]),
            )
            for of, answer in zip(self.comparisons, answers, strict=True)
        ]


class RulePlanner:
    """Makes plans of rules.

    Attributes:
        evaluator: Evaluates formulas.
        rollups: Counts findings below.
    """

    def __init__(self, evaluator: Evaluator, rollups: RollUps) -> None:
        self.evaluator = evaluator
        self.rollups = rollups
        self._plans: dict[tuple[str, int], RulePlan] = {}

    def size(self, rule: Rule) -> int:
        """Count the subjects that a rule speaks of."""
        who = self.evaluator.frames.hierarchy.inside(rule.jurisdiction, rule.level)
        return self.evaluator.frames.size(rule.level) if who is None else len(who)

    def plan(self, rule: Rule, year: int) -> RulePlan:
        """Evaluate everything that a rule needs in a year."""
        key = (rule.id, year)
        if key in self._plans:
            return self._plans[key]
        plan = self._make(rule, year)
        if plan.size <= FEW:
            self._plans[key] = plan
        return plan

    def forget(self) -> None:
        """Let go of everything that was evaluated."""
        self._plans.clear()
        self.evaluator.forget()
        self.rollups.forget()

    def _make(self, rule: Rule, year: int) -> RulePlan:
        figures = figures_year(rule, year)
        who = self._inside(rule, figures)
        size = self.evaluator.frames.size(rule.level) if who is None else len(who)
        plan = RulePlan(rule, year, figures, phase(rule, year), who, size)
        if plan.phase.applies and plan.size:
            self._fill(plan, self.reader(rule, who))
        return plan

    def tried(self, rule: Rule, year: int, who: Index, evaluate: Evaluate) -> RulePlan:
        """Ask the same of some subjects, or of one subject several times, with other values.

        Args:
            rule: The rule, in a year in which it applies.
            year: The year judged.
            who: The subjects.
            evaluate: Gives the values.
        """
        plan = RulePlan(rule, year, figures_year(rule, year), phase(rule, year), who, len(who))
        self._fill(plan, evaluate)
        return plan

    def _fill(self, plan: RulePlan, evaluate: Evaluate) -> None:
        """Evaluate what a plan compares."""
        rule, year, figures, who = plan.rule, plan.year, plan.figures, plan.who
        if rule.condition is not None:
            plan.condition = truths(evaluate(rule.condition, figures))
        plan.absent = self._absent(rule, figures, who)
        plan.applicable = _where_present(plan.condition, plan.absent)
        self._compare(plan, evaluate)
        if plan.phase is Phase.PENDING:
            plan.line = line(rule, year, plan.comparisons[0], evaluate, self.evaluator.vocabulary)

    def _absent(self, rule: Rule, year: int, who: Index | None) -> Flags | None:
        lifetimes = self.evaluator.frames.lifetimes
        found = [lifetimes.flags(rule.level, each) for each in self.limits(rule, year)]
        limited = [there for there in found if there is not None]
        if not limited:
            return None
        absent: Flags = ~np.logical_and.reduce(limited)
        return absent if who is None else absent[who]

    def limits(self, rule: Rule, year: int) -> tuple[int, ...]:
        """List the years in which a rule looks at its subject; none where all always exist."""
        if self.evaluator.frames.lifetimes.is_complete(rule.level):
            return ()
        return tuple(years_of(rule, year, self.evaluator.vocabulary))

    def applicable(self, rule: Rule, year: int) -> Flags:
        """Tell which subjects of its level a rule applies to in a year, its condition aside."""
        who = self._inside(rule, year)
        found = np.zeros(self.evaluator.frames.size(rule.level), np.bool_)
        absent = self._absent(rule, year, who)
        found[slice(None) if who is None else who] = True if absent is None else ~absent
        return found

    def _inside(self, rule: Rule, year: int) -> Index | None:
        hierarchy = self.evaluator.frames.hierarchy.of(year)
        return hierarchy.inside(rule.jurisdiction, rule.level)

    def reader(self, rule: Rule, who: Index | None) -> Evaluate:
        """Give a function that evaluates formulas for the subjects of a rule."""

        def evaluate(formula: Formula, year: int) -> Vector:
            vector = self.evaluator.value(formula, rule.level, year, rule.document.id)
            return vector if who is None else vector[who]

        return evaluate

    def _compare(self, plan: RulePlan, evaluate: Evaluate) -> None:
        rule = plan.rule
        match rule.norm:
            case AllComply() | EachComplies():
                plan.headcount = self._headcount(plan, rule.norm)
                there = plan.headcount.there > 0
                plan.comparisons = tuple(
                    Comparison(
                        value=np.where(there, passing, np.nan),
                        low=plan.headcount.counting,
                        high=None,
                        comparator=Comparator.AT_LEAST,
                    )
                    for passing in (plan.headcount.best, plan.headcount.worst)
                )
            case Compares(value=Attainment() as rate) | Within(value=Attainment() as rate):
                plan.headcount = self._headcount(plan, rate)
                of = compare(rule, plan.figures, evaluate, self.evaluator.vocabulary)
                plan.comparisons = tuple(
                    replace(of, value=_share(passing, plan.headcount))
                    for passing in (plan.headcount.best, plan.headcount.worst)
                )
            case Compares() | Within() | Changes():
                plan.comparisons = (
                    compare(rule, plan.figures, evaluate, self.evaluator.vocabulary),
                )
            case _:
                assert_never(rule.norm)
        if plan.headcount is not None:
            plan.applicable = _where_counted(plan.applicable, plan.headcount)

    def _headcount(self, plan: RulePlan, norm: Attainment | AllComply | EachComplies) -> Headcount:
        rule = plan.rule
        whole = self.rollups.headcount(norm, rule.level, plan.figures, rule.document.id)
        return whole if plan.who is None else whole.of(plan.who)


@quiet
def _share(passing: Vector, headcount: Headcount) -> Vector:
    return divide(100.0 * numbers(passing), headcount.counting)


def _where_present(condition: Truths | None, absent: Flags | None) -> Truths | None:
    if absent is None:
        return condition
    applicable = np.ones(len(absent), np.int8) if condition is None else condition
    return np.where(absent, np.int8(0), applicable)


def _where_counted(condition: Truths | None, headcount: Headcount) -> Truths:
    applicable = np.ones(len(headcount.there), np.int8) if condition is None else condition
    return np.where(headcount.counts_nothing & (applicable == 1), np.int8(0), applicable)
