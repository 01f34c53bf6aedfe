"""Cells that may mean one value or another: each is tried, and what all come to stands.

Such a cell is missing to everything else, so what is decided without it holds whatever it means.
Only what stays open for its sake is looked at again, subject by subject, with every combination of
what the cells may mean (docs/judgement.md, section 4).
"""

from collections.abc import Iterator
from itertools import islice, product

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, lacking, truths
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.evaluation.doubts import Doubts
from dabiao.engine.evaluation.evaluate import summed_levels, sums_up
from dabiao.engine.evaluation.rising import rises
from dabiao.engine.evaluation.what_if import Variable, WhatIf
from dabiao.engine.judging.matcher import CODE, Codes, MatchCase, Matcher
from dabiao.engine.judging.rule_plan import RulePlan, RulePlanner
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, Compares, Within, formulas
from dabiao.rules.catalog.timing import Phase, earlier_year, printed_baseline
from dabiao.rules.formulas.formula import (
    Above,
    Below,
    Choice,
    Formula,
    Measured,
    Ranking,
    Read,
    Variation,
    narrows,
    parts,
    reads,
)
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

MOST = 8
"""Cells of one finding whose combinations are all tried; of more, only the lowest and the highest
are, where these tell of all between, else the finding stays open."""


@dataclass(frozen=True, slots=True)
class ReadingTrial:
    """One subject under one rule, judged with everything that its cells may mean.

    Attributes:
        plan: What was compared, a place for each combination; the first takes every cell as it
            stands.
        cells: The cells.
        readings: What each of them means in each combination.
        extreme: Whether the combinations are the lowest and the highest of more than were tried.
    """

    plan: RulePlan
    cells: tuple[Variable, ...]
    readings: tuple[tuple[float, ...], ...]
    extreme: bool

    @property
    def meant(self) -> list[list[float]]:
        """What each of the cells may mean."""
        return [list(dict.fromkeys(values)) for values in zip(*self.readings, strict=True)]

    def common(self, codes: Codes) -> np.int8 | None:
        """Give what all combinations come to; None where they differ.

        Between two that fail may lie one that holds, unless they break the same bound.
        """
        breaks = [of.breaks for of in self.plan.comparisons]
        if (codes != codes[0]).any() or (
            self.extreme and any((each != each[0]).any() for each in breaks)
        ):
            return None
        first: np.int8 = codes[0]
        return first


class Readings:
    """Tries what cells may mean.

    Args:
        planner: Gives access to values, and makes plans.
    """

    def __init__(self, planner: RulePlanner) -> None:
        self._planner = planner
        self._evaluator = planner.evaluator
        self._frames = planner.evaluator.frames
        self._doubts = Doubts(planner.evaluator)
        self._concerned: dict[str, bool] = {}
        self._reached: tuple[RulePlan, Flags] | None = None

    def concerns(self, rule: Rule) -> bool:
        """Tell whether a rule looks at a measure with such cells; mostly there are none at all."""
        if not self._frames.doubted:
            return False
        if rule.id not in self._concerned:
            self._concerned[rule.id] = any(map(self._doubts.are_in, rule.formulas))
        return self._concerned[rule.id]

    def reach(self, plan: RulePlan) -> Flags:
        """Tell which subjects of a level may rest on such cells: of all others no cell is one.

        Args:
            plan: What is asked of some of them.
        """
        last = self._reached
        if last is None or last[0] is not plan:
            found = np.zeros(self._frames.size(plan.rule.level), np.bool_)
            if self.concerns(plan.rule):
                for formula, year in self._looks(plan):
                    found |= self._doubts.reach(formula, plan.rule.level, year)
            self._reached = last = (plan, found)
        return last[1]

    def settle(
        self, plan: RulePlan, outcome: Codes, matcher: Matcher
    ) -> tuple[Codes, frozenset[int]]:
        """Decide what is open for want of such cells, where all they may mean comes to the same.

        Args:
            plan: What was compared.
            outcome: What came of it.
            matcher: Compares.

        Returns:
            The outcomes, and the places of those that were decided here.
        """
        if not plan.comparisons or not self.concerns(plan.rule):
            return outcome, frozenset()
        found: dict[int, np.int8] = {}
        waiting: list[tuple[int, ReadingTrial]] = []

        within = self.reach(plan) if plan.who is None else self.reach(plan)[plan.who]

        def ask() -> Iterator[MatchCase]:
            for at in np.flatnonzero(self._open(plan, outcome) & within).tolist():
                trial = self.trial(plan, at)
                if trial is None:
                    if self.cells(plan, _subject(plan, at)):  # too many to try
                        aside = self._never_applies(plan, at)
                        found[at] = CODE[Outcome.NOT_APPLICABLE if aside else Outcome.MISSING]
                    continue
                waiting.append((at, trial))
                yield from trial.plan.cases()

        answers = matcher.match(ask())
        for answer in answers:
            at, trial = waiting.pop(0)
            given = [answer, *islice(answers, len(trial.plan.comparisons) - 1)]
            common = trial.common(trial.plan.outcomes(given))
            found[at] = CODE[Outcome.MISSING] if common is None else common
        settled = outcome.copy()
        for at, code in found.items():
            settled[at] = code
        decided = (at for at, code in found.items() if code != CODE[Outcome.MISSING])
        return settled, frozenset(decided)

    @staticmethod
    def _open(plan: RulePlan, outcome: Codes) -> Flags:
        """Tell what other values may decide: also what is on track because it has no line."""
        maybe: Flags = outcome == CODE[Outcome.MISSING]
        if plan.phase is Phase.PENDING:
            maybe |= outcome == CODE[Outcome.ON_TRACK]
        return maybe

    def trial(self, plan: RulePlan, at: int) -> ReadingTrial | None:
        """Judge a subject with everything that its cells may mean; None where it rests on none.

        Args:
            plan: What is asked of it and others.
            at: Its place among them.
        """
        rule, subject = plan.rule, _subject(plan, at)
        cells = self.cells(plan, subject)
        extreme = len(cells) > MOST
        if not cells or (extreme and not self._rises(plan)):
            return None
        meant = self._meant(cells)
        combined = list(product(*meant)) if not extreme else _extremes(meant)
        what_if = self._what_if(rule, cells, combined)
        tried = self._planner.tried(
            rule,
            plan.year,
            np.full(len(combined), subject),
            lambda formula, year: what_if.value(formula, SubjectYear(rule.level, subject, year)),
        )
        return ReadingTrial(tried, cells, tuple(combined), extreme)

    def _meant(self, cells: tuple[Variable, ...]) -> list[tuple[float, ...]]:
        return [
            self._frames.readings(cell.spot.level, cell.slug, cell.spot.year, cell.spot.subject)
            for cell in cells
        ]

    def _what_if(
        self, rule: Rule, cells: tuple[Variable, ...], combined: list[tuple[float, ...]]
    ) -> WhatIf:
        variables = {
            cell: np.array([each[place] for each in combined]) for place, cell in enumerate(cells)
        }
        return WhatIf(self._evaluator, rule.document.id, variables)

    def _never_applies(self, plan: RulePlan, at: int) -> bool:
        """Tell whether a condition is false whatever its own cells mean, if they are few."""
        rule = plan.rule
        if rule.condition is None:
            return False
        spot = SubjectYear(rule.level, _subject(plan, at), plan.figures)
        cells = tuple(dict.fromkeys(self._follow(rule.condition, spot, rule.document.id)))
        if not 0 < len(cells) <= MOST:
            return False
        what_if = self._what_if(rule, cells, list(product(*self._meant(cells))))
        return bool((truths(what_if.value(rule.condition, spot)) == 0).all())

    def _rises(self, plan: RulePlan) -> bool:
        """Tell whether what is compared only rises with the cells, and all else is known."""
        rule = plan.rule
        if not isinstance(rule.norm, Compares | Within) or plan.phase is not Phase.DUE:
            return False
        value, *others = formulas(rule.norm)
        if rule.condition is not None:
            others.append(rule.condition)
        vocabulary = self._evaluator.vocabulary
        in_doubt = self._doubts.are_in
        return rises(value, in_doubt, vocabulary) and not any(map(in_doubt, others))

    def cells(self, plan: RulePlan, subject: int) -> tuple[Variable, ...]:
        """List the cells that leave a finding open because they may mean several values."""
        rule, found = plan.rule, dict[Variable, None]()
        for formula, year in self._looks(plan):
            spot = SubjectYear(rule.level, subject, year)
            found.update(dict.fromkeys(self._follow(formula, spot, rule.document.id)))
        return tuple(found)

    def _looks(self, plan: RulePlan) -> Iterator[tuple[Formula, int]]:
        """Yield the formulas of a rule, each with a year in which it is looked at."""
        if plan.rule.condition is not None:
            yield plan.rule.condition, plan.figures
        for formula in formulas(plan.rule.norm):
            for year in self._years(plan, formula):
                yield formula, year

    @staticmethod
    def _years(plan: RulePlan, formula: Formula) -> list[int]:
        """List the years in which a rule looks at a formula of its norm."""
        rule, years = plan.rule, [plan.figures]
        if formula is not formulas(rule.norm)[0]:
            return years
        begin = None
        if isinstance(rule.norm, Changes):
            begin = earlier_year(rule, rule.norm, plan.figures)
        elif plan.phase is Phase.PENDING and rule.baseline is not None:
            begin = rule.baseline.year
        if begin is not None and printed_baseline(rule, begin) is None:
            years.append(begin)
        return years

    def _follow(self, formula: Formula, spot: SubjectYear, scope: str) -> Iterator[Variable]:
        """Yield the cells that leave a formula without a value."""
        if not self._doubts.are_in(formula):
            return
        if not lacking(self._evaluator.of_one(formula, spot, scope))[0]:
            return
        match formula:
            case Measured():
                yield from self._measured(formula, spot, scope)
            case Below() | Variation():
                yield from self._below(formula, spot, scope)
            case Above(level, operand):
                upper = spot.above(level, self._frames)
                if upper is not None:
                    yield from self._follow(operand, upper, scope)
            case Ranking(operand, within):
                for peer in spot.peers(within, self._frames).tolist():
                    yield from self._follow(operand, spot.of(peer), scope)
            case _:
                for read in self._needed(reads(formula, spot.year), formula, spot, scope):
                    yield from self._follow(read.part, spot.at(read.year), scope)

    def _needed(
        self, read: tuple[Read, ...], formula: Formula, spot: SubjectYear, scope: str
    ) -> tuple[Read, ...]:
        """Leave out of what a choice reads, once it is made, all but what was chosen."""
        if not isinstance(formula, Choice):
            return read
        holds = self._evaluator.truths(formula.condition, spot.level, spot.year, scope)
        chosen = {1: formula.then, 0: formula.otherwise}.get(int(holds[spot.subject]))
        return tuple(each for each in read if chosen is None or each.part == chosen)

    def _measured(self, formula: Measured, spot: SubjectYear, scope: str) -> Iterator[Variable]:
        slug, frames = formula.slug, self._frames
        if frames.readings(spot.level, slug, spot.year, spot.subject):
            yield Variable(spot, slug)
            return
        if frames.report(spot.level, slug, spot.year, spot.subject) is not None:
            return
        vocabulary = self._evaluator.vocabulary
        if slug in vocabulary.formulas:
            yield from self._follow(vocabulary.formulas[slug], spot, scope)
            return
        item = vocabulary.items[slug]
        for lower in summed_levels(item, spot.level) if sums_up(item, spot.level) else ():
            if len(frames.hierarchy.of(spot.year).members(lower, spot.level, spot.subject)):
                members = spot.existing(lower, self._frames)
                yield from self._members(formula, lower, members, spot.year, scope)
                return

    def _below(
        self, formula: Below | Variation, spot: SubjectYear, scope: str
    ) -> Iterator[Variable]:
        lower = formula.level
        members = spot.existing(lower, self._frames)
        condition = formula.condition
        if condition is not None:
            yield from self._members(condition, lower, members, spot.year, scope)
            if narrows(formula):
                holds = self._evaluator.truths(condition, lower, spot.year, scope)[members]
                members = members[holds != 0]
        for part in parts(formula):
            if part is not condition:
                yield from self._members(part, lower, members, spot.year, scope)

    def _members(
        self, formula: Formula, lower: Level, members: Index, year: int, scope: str
    ) -> Iterator[Variable]:
        vector = self._evaluator.value(formula, lower, year, scope)[members]
        for member in members[lacking(vector)].tolist():
            yield from self._follow(formula, SubjectYear(lower, member, year), scope)


def _subject(plan: RulePlan, at: int) -> int:
    return at if plan.who is None else int(plan.who[at])


def _extremes(meant: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """Take every cell as it stands, at its lowest and at its highest."""
    return [tuple(each[0] for each in meant), tuple(map(min, meant)), tuple(map(max, meant))]
