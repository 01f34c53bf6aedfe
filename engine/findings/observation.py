"""One subject under one rule in one year: what the record, its reason and its remedy look at."""

from dataclasses import replace
from functools import cached_property
from typing import assert_never

import numpy as np

from dabiao.engine.data.algebra import rounded
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.data.tidy_columns import without_noise
from dabiao.engine.judging.comparison import Bound, Comparison
from dabiao.engine.judging.readings import ReadingTrial
from dabiao.engine.judging.rule_plan import RulePlan
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, EachComplies, Within
from dabiao.rules.formulas.formula import Attainment
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

FAILED = (Outcome.VIOLATION, Outcome.BEHIND, Outcome.ON_TRACK)


@dataclass
class Observation:
    """What was judged.

    Attributes:
        plan: The rule and what it compared.
        position: The subject's place among those the rule speaks of.
        subject: The subject's place in its level.
        outcome: The outcome.
        best: For an undecided roll-up, the outcome if everything open passes.
        worst: The outcome if everything open fails.
        trial: What came of everything that its cells may mean, where they may mean several values.
    """

    plan: RulePlan
    position: int
    subject: int
    outcome: Outcome
    best: Outcome | None = None
    worst: Outcome | None = None
    trial: ReadingTrial | None = None

    @property
    def rule(self) -> Rule:
        """The rule."""
        return self.plan.rule

    @property
    def spot(self) -> SubjectYear:
        """The subject in the year whose figures are judged."""
        return SubjectYear(self.rule.level, self.subject, self.plan.figures)

    @property
    def failed(self) -> bool:
        """Whether the norm does not hold."""
        return self.outcome in FAILED

    @property
    def comparison(self) -> Comparison | None:
        """What was compared; for a roll-up, with everything open failing."""
        return self.plan.comparisons[-1] if self.plan.comparisons else None

    @property
    def rolls_up(self) -> Attainment | AllComply | EachComplies | None:
        """What the norm asks of findings below, if it does."""
        match self.rule.norm:
            case AllComply() | EachComplies():
                return self.rule.norm
            case Compares(value=Attainment() as rate) | Within(value=Attainment() as rate):
                return rate
            case Compares() | Within() | Changes():
                return None
            case _:
                assert_never(self.rule.norm)

    @cached_property
    def condition(self) -> int:
        """Whether the rule applies: 1, 0 or -1."""
        return 1 if self.plan.condition is None else int(self.plan.condition[self.position])

    @property
    def is_absent(self) -> bool:
        """Whether the subject did not exist in a year that the rule looks at."""
        return self.plan.absent is not None and bool(self.plan.absent[self.position])

    @property
    def comparator(self) -> Comparator:
        """The comparison that was made: the best value there can be is enough."""
        of = self.comparison
        if of is None:
            return Comparator.EQUAL
        if not self.asks_for_the_best:
            return of.comparator
        return Comparator.AT_MOST if of.low is None else Comparator.AT_LEAST

    @property
    def asks_for_the_best(self) -> bool:
        """Whether more was asked for than there can be, so that the best value is enough."""
        best = None if self.comparison is None else self.comparison.best
        return best is not None and bool(best[self.position])

    @cached_property
    def observed(self) -> float | None:
        """The value observed; a text or truth value as its number."""
        if self.comparison is None:
            return None
        value = float(self.comparison.held.take(np.array([self.position]))[0])
        return None if value != value else value  # noqa: PLR0124 - NaN

    @cached_property
    def low(self) -> float | None:
        """The lower bound."""
        return None if self.comparison is None else self.at(self.comparison.low)

    @cached_property
    def high(self) -> float | None:
        """The upper bound."""
        return None if self.comparison is None else self.at(self.comparison.high)

    @cached_property
    def compared(self) -> float | None:
        """The value as it was compared."""
        return self.near(self.observed)

    def near(self, value: float | None) -> float | None:
        """Round a number to the decimals of the comparison."""
        if value is None or self.comparison is None:
            return None
        return float(rounded(np.asarray(value), self.comparison.decimals))

    @cached_property
    def breaks_low(self) -> bool:
        """Whether it is the lower bound that is not reached."""
        if self.compared is None or self.low is None or self.comparison is None:
            return False
        edge = self.at(self.comparison.low_edge)
        return edge is not None and (
            self.compared <= edge if self.comparison.open else self.compared < edge
        )

    @cached_property
    def broken(self) -> float | None:
        """The bound that is not kept, as it was compared; None where the norm holds."""
        if not self.failed or self.comparison is None or self.comparison.kind != "number":
            return None
        return self.near(self.low if self.breaks_low else self.high)

    @cached_property
    def missed(self) -> float | None:
        """The bound that is missed by no more than the rule allows; None where it is kept."""
        of, value = self.comparison, self.compared
        if of is None or not of.slack or value is None or self.outcome is not Outcome.COMPLIANT:
            return None
        exact = replace(of, slack=0.0)
        low, high = self.at(exact.low_edge), self.at(exact.high_edge)
        if low is not None and (value <= low if of.open else value < low):
            return self.near(self.low)
        if high is not None and (value >= high if of.open else value > high):
            return self.near(self.high)
        return None

    @cached_property
    def gap(self) -> float | None:
        """The distance to the bound that is not kept."""
        if self.broken is None or self.compared is None:
            return None
        return without_noise(abs(self.broken - self.compared), self.broken, self.compared)

    @cached_property
    def stands(self) -> float | None:
        """Where the line stands this year; None where there is none."""
        along = self.plan.line
        if along is None or not self.failed:
            return None
        return self.at(along.low if self.breaks_low else along.high)

    def at(self, values: Bound | None) -> float | None:
        """Give this subject's value of a vector."""
        if values is None:
            return None
        value = float(values if isinstance(values, float) else values[self.position])
        return None if value != value else value  # noqa: PLR0124 - NaN
