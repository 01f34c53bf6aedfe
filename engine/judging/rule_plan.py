"""From a rule and a year to cases for a matcher, and from its answers to outcomes.

A plan holds, as vectors over the subjects that a rule applies to in one year, all that has to be
known before anything is compared. It is made once, and kept unless there is no room::

    rule, year ──► phase      does it apply this year, is it due?          rules.catalog.timing
                   segment    whom it applies to, or may                   judging.segments
                   condition  1 / -1 unknown                               of the segment
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
from dataclasses import replace
from typing import assert_never

import numpy as np

from dabiao.engine.data.algebra import (
    Flags,
    Index,
    Numbers,
    Truths,
    Vector,
    divide,
    numbers,
    quiet,
    rounded,
    truths,
)
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.engine.judging.comparison import (
    Comparison,
    Evaluate,
    Gather,
    attempts,
)
from dabiao.engine.judging.matcher import CODE, FAILS, Codes, MatchCase
from dabiao.engine.judging.roll_ups import Headcount, RollUps
from dabiao.engine.judging.segments import Segment, Segments
from dabiao.engine.judging.target_line import Sight, TargetLine, falls_behind, line
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, EachComplies, Within
from dabiao.rules.catalog.timing import Phase, figures_year, in_year, phase
from dabiao.rules.formulas.formula import Attainment, Formula
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

_SETTLED = [CODE[each] for each in (Outcome.COMPLIANT, Outcome.NOT_APPLICABLE, Outcome.MISSING)]
ROOM = 24_000_000
"""Bytes of plans that are kept: what is asked of the others again is gathered again."""
COMPUTED = 24_000_000
"""Bytes of computed columns that are kept from rule to rule."""


@dataclass(slots=True)
class RulePlan:
    """All that a rule asks of its subjects in a year.

    Attributes:
        rule: The rule.
        year: The year judged.
        figures: The year whose figures are judged.
        phase: Where the year lies, seen from the rule.
        who: The subjects; None for all of the level.
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

    @property
    def subjects(self) -> Index:
        """The subjects."""
        return np.arange(self.size) if self.who is None else self.who

    @property
    def nbytes(self) -> int:
        """Bytes that it takes up, beside what was submitted."""
        edges = [
            each
            for of in self.comparisons
            for each in (of.held, of.low, of.high)
            if isinstance(each, FewNumbers) or (isinstance(each, np.ndarray) and each.flags.owndata)
        ]
        return sum(8 * len(each) for each in edges)  # as much as they are once they are looked at

    def cases(self) -> list[MatchCase]:
        """Give the questions for a matcher."""
        return [
            MatchCase(
                key=self.rule.id,
                applicable=self.applicable,
                held=_compared(of),
                low=of.low_edge,
                high=of.high_edge,
                open=of.open,
            )
            for of in self.comparisons
        ]

    def outcomes(self, answers: Sequence[Codes]) -> Codes:
        """Turn the answers to the cases into outcomes."""
        return self.settled(self.tries(answers))

    def settled(self, tries: Sequence[Codes]) -> Codes:
        """Give the outcomes that all tries agree on."""
        if not tries:
            return np.full(self.size, CODE[Outcome.NOT_APPLICABLE])
        if len(tries) == 1:
            return tries[0]
        best, worst = tries
        agree = best == worst
        first, second = self.comparisons
        # Between two tries that fail may lie one that holds, unless they break the same bound.
        agree &= (first.breaks == second.breaks) | np.isin(best, _SETTLED)
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
        segments: Tells whom rules apply to.
    """

    def __init__(self, evaluator: Evaluator, rollups: RollUps) -> None:
        self.evaluator = evaluator
        self.rollups = rollups
        self.segments = Segments(evaluator)
        self._plans: dict[tuple[str, int], RulePlan] = {}
        self._latest: RulePlan | None = None
        self._room = ROOM

    def size(self, rule: Rule) -> int:
        """Count the subjects that a rule speaks of."""
        who = self.evaluator.frames.hierarchy.inside(rule.jurisdiction, rule.level)
        return self.evaluator.frames.size(rule.level) if who is None else len(who)

    def segment(self, rule: Rule, year: int) -> Segment:
        """Tell whom a rule applies to in a year."""
        return self.segments.of(rule, figures_year(rule, year), phase(rule, year))

    def plan(self, rule: Rule, year: int, segment: Segment | None = None) -> RulePlan:
        """Evaluate what a rule needs of those it applies to in a year.

        Args:
            rule: The rule.
            year: The year judged.
            segment: Whom it applies to, where that is at hand.
        """
        key = (rule.id, year)
        found, latest = self._plans.get(key), self._latest
        if latest is not None and (latest.rule.id, latest.year) == key:
            found = latest  # what is asked of a rule is mostly asked in one go
        if found is None:
            segment = segment or self.segment(rule, year)
            found = self._begin(rule, year, segment.who, segment.size)
            if segment.size:
                found.condition = found.applicable = segment.unsure
                self._compare(found, *self._readers(rule, segment))
            size = found.nbytes
            if size <= self._room:
                self._room -= size
                self._plans[key] = found
        self._latest = found
        return found

    def plan_aside(self, rule: Rule, year: int) -> RulePlan:
        """Evaluate the same for those whom a rule speaks of and does not apply to."""
        who = self.segment(rule, year).aside()
        plan = self._begin(rule, year, who, len(who))
        if plan.phase.applies and plan.size:
            absent = self.segments.absent(rule, plan.figures)
            plan.absent = None if absent is None else absent[who]

            def evaluate(formula: Formula, then: int) -> Vector:
                return self.evaluator.value(formula, rule.level, then, rule.document.id)[who]

            self._fill(plan, evaluate)
        return plan

    def tried(self, rule: Rule, year: int, who: Index, evaluate: Evaluate) -> RulePlan:
        """Ask the same of some subjects, or of one subject several times, with other values.

        Args:
            rule: The rule, in a year in which it applies.
            year: The year judged.
            who: The subjects, all of which exist.
            evaluate: Gives the values.
        """
        plan = self._begin(rule, year, who, len(who))
        self._fill(plan, evaluate)
        return plan

    @staticmethod
    def _begin(rule: Rule, year: int, who: Index | None, size: int) -> RulePlan:
        rule = in_year(rule, year)
        return RulePlan(rule, year, figures_year(rule, year), phase(rule, year), who, size)

    def _fill(self, plan: RulePlan, evaluate: Evaluate) -> None:
        """Evaluate the condition as well."""
        if plan.rule.condition is not None:
            plan.condition = truths(evaluate(plan.rule.condition, plan.figures))
        plan.applicable = _where_present(plan.condition, plan.absent)
        self._compare(plan, evaluate)

    def forget(self) -> None:
        """Let go of what was evaluated on the way."""
        self.evaluator.forget()
        self.segments.forget()
        self.rollups.forget()

    def trim(self) -> None:
        """Let go of it where it takes up room."""
        if self.evaluator.size > COMPUTED:
            self.forget()

    def applicable(self, rule: Rule, year: int) -> Flags:
        """Tell which subjects of its level a rule applies to in a year, its condition aside."""
        hierarchy = self.evaluator.frames.hierarchy.of(year)
        who = hierarchy.inside(rule.jurisdiction, rule.level)
        absent = self.segments.absent(rule, year)
        found = np.zeros(self.evaluator.frames.size(rule.level), np.bool_)
        found[slice(None) if who is None else who] = True
        return found if absent is None else found & ~absent

    def _readers(self, rule: Rule, segment: Segment) -> tuple[Evaluate, Gather]:
        """Give functions that evaluate formulas, and what is compared, for a segment."""

        def evaluate(formula: Formula, year: int) -> Vector:
            return self.segments.gather(formula, year, rule.document.id, segment)

        def gather(formula: Formula, year: int) -> Vector | FewNumbers:
            few = self.segments.submitted(formula, year, segment)
            return evaluate(formula, year) if few is None else few

        return evaluate, gather

    def _compare(self, plan: RulePlan, evaluate: Evaluate, gather: Gather | None = None) -> None:
        rule, vocabulary = plan.rule, self.evaluator.vocabulary
        match rule.norm:
            case AllComply() | EachComplies():
                plan.headcount = self._headcount(plan, rule.norm)
                there = plan.headcount.there > 0
                plan.comparisons = tuple(
                    Comparison(
                        held=np.where(there, passing, np.nan),
                        low=plan.headcount.counting,
                        high=None,
                        comparator=Comparator.AT_LEAST,
                    )
                    for passing in (plan.headcount.best, plan.headcount.worst)
                )
            case Compares(value=Attainment() as rate) | Within(value=Attainment() as rate):
                plan.headcount = self._headcount(plan, rate)
                (of,) = attempts(rule, plan.figures, evaluate, vocabulary)
                plan.comparisons = tuple(
                    replace(of, held=_share(passing, plan.headcount))
                    for passing in (plan.headcount.best, plan.headcount.worst)
                )
            case Compares() | Within() | Changes():
                plan.comparisons = attempts(rule, plan.figures, evaluate, vocabulary, gather)
            case _:
                assert_never(rule.norm)
        if plan.headcount is not None:
            plan.applicable = _where_counted(plan.applicable, plan.headcount)
        if plan.phase is Phase.PENDING:
            of = plan.comparisons[0]
            plan.line = line(rule, plan.year, of, evaluate, self._sight(plan))

    def _sight(self, plan: RulePlan) -> Sight:
        def existed(year: int) -> Flags | None:
            there = self.evaluator.frames.lifetimes.flags(plan.rule.level, year)
            return there if there is None or plan.who is None else there[plan.who]

        return Sight(self.evaluator.vocabulary, existed)

    def _headcount(self, plan: RulePlan, norm: Attainment | AllComply | EachComplies) -> Headcount:
        rule = plan.rule
        whole = self.rollups.headcount(norm, rule.level, plan.figures, rule.document.id)
        return whole if plan.who is None else whole.of(plan.who)


def _compared(of: Comparison) -> Numbers | FewNumbers:
    """Give a value as it is compared, as it is held."""
    if not isinstance(of.held, FewNumbers):
        return of.compared
    return FewNumbers(rounded(of.held.values, of.decimals), of.held.places)


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
