"""Findings as records: everything that is known of an outcome, put together when asked for."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import assert_never, cast

import numpy as np

from dabiao.engine.data.algebra import Index, tidy
from dabiao.engine.data.hierarchy import Hierarchy
from dabiao.engine.findings.evidence import LISTED, Evidence
from dabiao.engine.findings.naming import Names
from dabiao.engine.findings.observation import Observation
from dabiao.engine.findings.reasons import Reasons
from dabiao.engine.findings.remedies.finder import Remedies
from dabiao.engine.judging.matcher import OUTCOMES
from dabiao.engine.judging.readings import Readings
from dabiao.engine.judging.roll_ups import Verdict
from dabiao.engine.judging.rule_plan import RulePlanner
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, EachComplies, Within, formulas
from dabiao.rules.catalog.timing import Phase, earlier_year, printed_baseline
from dabiao.rules.formulas.formula import Formula, Number, Text, Truth
from dabiao.schemas.coded import Coded
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Finding, Input, Required, Scalar, Source
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.origins import Concluded, PrintedValue
from dabiao.schemas.subject import Subject


class FindingBuilder:
    """Makes findings of outcomes.

    Args:
        planner: Gives what a rule compared.
        readings: Tries what cells may mean.
        verdict: Gives the outcomes of a rule in a year.
        catalog: Knows features by name, and which rule is kept in whose place.
    """

    def __init__(
        self,
        planner: RulePlanner,
        readings: Readings,
        verdict: Callable[[Rule, int], Verdict],
        catalog: Catalog | None = None,
    ) -> None:
        evaluator = planner.evaluator
        self._planner = planner
        self._readings = readings
        self._verdict = verdict
        self.names = Names(evaluator.frames, evaluator.vocabulary, catalog)
        self.inputs = Evidence(evaluator, self.names)
        self.reasons = Reasons(planner, self.names, self.inputs)
        self.remedies = Remedies(planner, self.names)
        self._subjects: dict[tuple[Level, Hierarchy], list[Subject | None]] = {}

    def observations(self, rule: Rule, year: int, subjects: Index) -> Iterator[Observation]:
        """Look at some of the subjects that a rule speaks of, in order of code."""
        verdict = self._verdict(rule, year)
        plan, aside = self._planner.plan(rule, year), None
        segment, doubted = verdict.segment, self._readings.reach(plan)
        for subject in subjects.tolist():
            position = segment.place(subject)
            if position is None:
                if aside is None:
                    aside = self._planner.plan_aside(rule, year)
                at = int(np.searchsorted(aside.subjects, subject))
                yield Observation(aside, at, subject, Outcome.NOT_APPLICABLE)
                continue
            outcome = OUTCOMES[int(verdict.outcome[position])]
            observation = Observation(plan, position, subject, outcome)
            if verdict.tries and outcome is Outcome.MISSING and observation.condition == 1:
                best, worst = (OUTCOMES[int(each[position])] for each in verdict.tries)
                if Outcome.MISSING not in (best, worst):
                    observation.best, observation.worst = best, worst
            if position in verdict.read:
                trial = self._readings.trial(plan, position)
                if trial is not None:
                    observation = Observation(trial.plan, 0, subject, outcome, trial=trial)
            elif doubted[subject] and outcome is Outcome.MISSING:
                observation.trial = self._readings.trial(plan, position)
            yield observation

    def findings(
        self, rule: Rule, year: int, subjects: Index, *, brief: bool = False
    ) -> Iterator[Finding]:
        """Yield the findings of a rule for some of its subjects, in order of code."""
        for observation in self.observations(rule, year, subjects):
            yield self.finding(observation, brief=brief)

    def finding(self, observation: Observation, *, brief: bool = False) -> Finding:
        """Put together everything that is known of one outcome.

        Args:
            observation: The outcome, and what was seen.
            brief: Leave out what takes longest and a line of text has no room for: the remedies,
                and the inputs unless one of them is missing.
        """
        rule = observation.rule
        inputs = not brief or observation.outcome is Outcome.MISSING
        return Finding(
            by=self.names.rule(rule),
            subject=self.subject(rule.level, observation.subject, observation.plan.figures),
            year=observation.plan.year,
            figures=observation.plan.figures,
            outcome=observation.outcome,
            required=self._required(observation),
            reason=self.reasons.reason(observation),
            observed=self._observed(observation),
            gap=observation.gap,
            remedy=() if brief else self.remedies.find(observation),
            inputs=self.rests_on(observation) if inputs else (),
            best=observation.best,
            worst=observation.worst,
            readings=self.reasons.readings(observation),
        )

    def subject(self, level: Level, at: int, year: int) -> Subject:
        """Give a subject as a record, with what it lay in in a year."""
        return self.subjects(level, np.array([at]), year)[0]

    def subjects(self, level: Level, places: Index, year: int) -> Coded[Subject]:
        """Give some subjects, each the same object wherever it is met."""
        frames = self._planner.evaluator.frames
        hierarchy, tier = frames.hierarchy.of(year), frames.tier(level)
        known = self._subjects.setdefault((level, hierarchy), [None] * len(tier.codes))
        for at in places.tolist():
            if known[at] is None:
                known[at] = Subject(
                    code=tier.codes[at],
                    name=tier.names[at],
                    level=level,
                    parents=hierarchy.parents(level, at),
                )
        return Coded(cast("list[Subject]", known), places)

    def _observed(self, observation: Observation) -> Scalar:
        if observation.outcome is Outcome.NOT_APPLICABLE or observation.observed is None:
            return None
        value = self.reasons.value(observation, observation.observed)
        if isinstance(value, float):
            digits = 13 if isinstance(observation.rule.norm, Changes) else 15
            return tidy(value, digits)
        return value

    def _required(self, observation: Observation) -> Required:
        of = observation.comparison
        if of is None:
            return printed_requirement(observation.rule)
        low, high = (
            tidy(value) if isinstance(value, float) else value
            for value in (
                self.reasons.value(observation, bound)
                for bound in (observation.low, observation.high)
            )
        )
        if of.comparator is Comparator.BETWEEN:
            return Required(comparator=of.comparator, value=low, upper=high)
        return Required(comparator=observation.comparator, value=high if of.low is None else low)

    def rests_on(self, observation: Observation, *, whole: bool = False) -> tuple[Input, ...]:
        """Give what a judgement rests on, and may come to rest on if the whole is asked for."""
        own = observation.spot
        asked, baseline = self.asked(observation)
        spots = [(formula, own.at(year)) for formula, year in asked]
        found = self.inputs.gather(spots, own, observation.rule.document.id, whole=whole)
        return (*found, *baseline, *self._below(observation))

    def asked(
        self, observation: Observation
    ) -> tuple[list[tuple[Formula, int]], tuple[Input, ...]]:
        """Give the formulas that a judgement rests on, each with its year, and a printed value.

        All findings of a rule and year rest on the same that have the same ``condition`` and that
        fail alike.
        """
        rule, year = observation.rule, observation.plan.figures
        if not observation.plan.phase.applies or observation.is_absent:
            return [], ()
        asked = [] if rule.condition is None else [(rule.condition, year)]
        if observation.condition == 0 or not formulas(rule.norm):
            return asked, ()
        first, *others = formulas(rule.norm)
        asked.append((first, year))
        baseline: tuple[Input, ...] = ()
        begin = self._begin(observation)
        if begin is not None:
            printed = printed_baseline(rule, begin)
            if printed is None:
                asked.append((first, begin))
            else:
                of, value = self._printed_measure(rule, first), tidy(float(printed))
                source, origin = printed_in(rule), PrintedValue()
                baseline = (Input(of=of, value=value, year=begin, source=source, origin=origin),)
        return asked + [(formula, year) for formula in others], baseline

    @staticmethod
    def _begin(observation: Observation) -> int | None:
        """Give the earlier year that a change is counted from, or that a line begins in."""
        rule, plan = observation.rule, observation.plan
        if isinstance(rule.norm, Changes):
            return earlier_year(rule, rule.norm, plan.figures)
        if plan.phase is Phase.PENDING and observation.failed and plan.line is not None:
            return plan.line.since
        return None

    def _printed_measure(self, rule: Rule, formula: Formula) -> MeasureName:
        if rule.measure:
            return self.names.measure(rule.measure)
        written = self.names.words(formula)
        return MeasureName("", written.zh, written.en, rule.unit)

    def _below(self, observation: Observation) -> Iterator[Input]:
        """List the findings below that keep a roll-up from holding, up to a number."""
        norm = observation.rolls_up
        if norm is None or observation.condition != 1:
            return
        for rule, at, outcome in self.findings_below(observation, LISTED):
            yield Input(
                of=MeasureName(rule.id, rule.title),
                value=outcome.value,
                subject=self._planner.evaluator.frames.tier(norm.level).codes[at],
                year=observation.plan.figures,
                origin=Concluded(outcome),
            )

    def findings_below(
        self, observation: Observation, most: int
    ) -> list[tuple[Rule, int, Outcome]]:
        """List findings that do not pass, on subjects that do not or may not do what is asked."""
        norm = observation.rolls_up
        if norm is None:
            return []
        failing, unsure = self.reasons.below(observation)
        rules = self._planner.rollups.rules(norm.tag, norm.level, observation.rule.document.id)
        found = (
            (rule, at, outcome)
            for at in (*failing.tolist(), *unsure.tolist())
            for rule in rules
            if (outcome := self._verdict(rule, observation.plan.figures).of(at)) is not None
            and outcome not in (Outcome.COMPLIANT, Outcome.NOT_APPLICABLE)
        )
        return list(islice(found, most))


def printed_in(rule: Rule) -> Source:
    """Give the document that prints a baseline, which may stand elsewhere than the commitment."""
    return Source(file=rule.document.title)


def printed_requirement(rule: Rule) -> Required:
    """Give what a norm requires as far as the rule prints it, where nothing was compared."""
    match rule.norm:
        case Compares(_, comparator, bound):
            return Required(comparator=comparator, value=_literal(bound))
        case Within(_, low, high):
            return Required(
                comparator=Comparator.BETWEEN, value=_literal(low), upper=_literal(high)
            )
        case Changes(least=least, strict=strict):
            asked = Comparator.MORE_THAN if strict else Comparator.AT_LEAST
            return Required(comparator=asked, value=tidy(float(least)))
        case AllComply() | EachComplies():
            return Required(comparator=Comparator.AT_LEAST)
        case _:
            assert_never(rule.norm)


def _literal(formula: Formula) -> Scalar:
    if isinstance(formula, Number):
        return tidy(formula.value)
    return formula.value if isinstance(formula, Text | Truth) else None
