"""The findings of a run, or those on a place, or of a unit: counted, listed, told."""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice

import numpy as np

from dabiao.engine.columns.awaited import Awaited
from dabiao.engine.columns.filled import findings_of
from dabiao.engine.columns.gravest import GravestFirst
from dabiao.engine.columns.records import Records
from dabiao.engine.columns.rule_columns import aside, chosen, columns_at, rule_columns, wanted
from dabiao.engine.columns.rule_findings import rule_findings
from dabiao.engine.columns.rule_forms import rule_forms
from dabiao.engine.data.algebra import Flags, Index
from dabiao.engine.judging.matcher import CODE, Codes
from dabiao.engine.judging.segments import NOBODY
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.timing import figures_year
from dabiao.schemas.columns import ALIKE, OUTCOMES, FindingColumns, FindingForms, RuleOutcomes
from dabiao.schemas.digest import HANGING, Digest, GraveGroup
from dabiao.schemas.finding import Finding, RuleFindings
from dabiao.schemas.importance import Importance
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import JudgedRule

TOGETHER = 10_000
"""Findings of a rule that are put together at a time."""
_FEW = 5_000
"""Outcomes that are counted sooner all at once."""


class Excerpt:
    """Some of the findings of a run.

    Attributes:
        area: Code of the place that the subjects are or lie in; None for any.

    Args:
        records: What was judged.
        rules: Ids of the rules, sorted.
        years: The years, ascending.
        area: Code of the place that the subjects are or lie in; None for any.
        unit: The unit that answers for the rules, leading or taking part; None for any.
    """

    def __init__(
        self,
        records: Records,
        rules: tuple[str, ...],
        years: tuple[int, ...],
        area: str | None = None,
        unit: str | None = None,
    ) -> None:
        self._records = records
        self._years = years
        self.area = area
        named = (records.catalog.rules[id_] for id_ in rules)
        self._rules = [
            rule
            for rule in named
            if unit is None or unit in rule.units.lead or unit in rule.units.responsible
        ]
        self._within: dict[tuple[Level, int], Flags | None] = {}

    @property
    def whole(self) -> bool:
        """Whether it has the findings of every outcome: always."""
        return True

    @property
    def selected(self) -> Sequence[Rule]:
        """The rules judged by, as the catalog has them."""
        return self._rules

    @property
    def rules(self) -> list[JudgedRule]:
        """The rules judged by, in order of id."""
        return [self._records.builder.names.rule(rule) for rule in self._rules]

    def codes(self, level: Level) -> list[str]:
        """Give the codes of all subjects of a level."""
        return self._records.frames.tier(level).codes

    def text(self, of: FindingColumns, number: float) -> str:
        """Give the text, or the truth value as a word, that a number in columns stands for."""
        if of.kind == "truth":
            return "true" if number else "false"
        return self._records.frames.words(int(number))

    @cached_property
    def counts(self) -> dict[tuple[str, int], list[int]]:
        """The findings of each rule and year by outcome, in order of ``Outcome``."""
        found: dict[tuple[str, int], list[int]] = {}
        for rule, year in self._each():
            verdict, within = self._records.verdict(rule, year), self._of(rule, year)
            segment, outcome = verdict.segment, verdict.outcome
            spoken_of = segment.everyone if segment.area is None else len(segment.area)
            applied = segment.size
            if within is not None:
                inside = within if segment.who is None else within[segment.who]
                outcome = outcome[inside]
                spoken = within if segment.area is None else within[segment.area]
                applied, spoken_of = len(outcome), int(np.count_nonzero(spoken))
            counted = _counted(outcome)
            counted[OUTCOMES.index(Outcome.NOT_APPLICABLE)] += spoken_of - applied
            found[rule.id, year] = counted
        return found

    def told_by_rule(self) -> dict[str, dict[int, dict[Outcome, int]]]:
        """Count the findings of each rule and year by outcome, as far as there are any."""
        found: dict[str, dict[int, dict[Outcome, int]]] = {}
        for (rule, year), numbers in self.counts.items():
            counted = {each: n for each, n in zip(OUTCOMES, numbers, strict=True) if n}
            if counted:
                found.setdefault(rule, {})[year] = counted
        return found

    def summary(self, *, aspirations: bool = True) -> dict[Outcome, int]:
        """Count the findings by outcome, with or without what documents only strive for."""
        rules = self._records.catalog.rules
        counted = [
            numbers
            for (rule, _), numbers in self.counts.items()
            if aspirations or not rules[rule].aspiration
        ]
        return _totals(counted)

    def repeated(self) -> dict[Outcome, int]:
        """Count the findings that say of a target what another one of its group says already.

        Of each group the member to count by comes first; where it does not apply to a subject, the
        next that does is counted instead.
        """
        totals = np.zeros(len(OUTCOMES), np.int64)
        groups: dict[str, list[Rule]] = {}
        for rule in self._rules:
            if rule.group is not None:
                groups.setdefault(rule.group, []).append(rule)
        for group, rules in groups.items():
            rules.sort(key=lambda rule: (rule.id != group, rule.id))
            for year in self._years:
                said = np.zeros(self._records.frames.size(rules[0].level), np.bool_)
                for rule in rules:
                    subjects, outcome = self._judged(rule, year)
                    totals += np.bincount(outcome[said[subjects]], minlength=len(OUTCOMES))
                    said[subjects] = True
        return {each: int(total) for each, total in zip(OUTCOMES, totals, strict=True)}

    def _judged(self, rule: Rule, year: int) -> tuple[Index, Codes]:
        """Give those a rule applies to, and how it came out."""
        verdict, within = self._records.verdict(rule, year), self._of(rule, year)
        subjects, outcome = verdict.segment.subjects, verdict.outcome
        judged = outcome != CODE[Outcome.NOT_APPLICABLE]
        if within is not None:
            judged &= within[subjects]
        return subjects[judged], outcome[judged]

    def outcomes(self) -> Iterator[tuple[Rule, int, Index, Codes]]:
        """Yield whom each rule applies to in each year, and how it came out for each of them."""
        for rule, year in self._each():
            yield rule, year, *self._judged(rule, year)

    def columns(self, outcomes: Collection[Outcome] | None = None) -> Iterator[FindingColumns]:
        """Yield the findings of each rule and year, where there are any.

        Args:
            outcomes: Only those with one of these outcomes.
        """
        asked = wanted(outcomes)
        for rule, year in self._with_any(asked):
            yield rule_columns(self._records, rule, year, asked, self._of(rule, year))

    def rule_outcomes(self, outcomes: Collection[Outcome] | None = None) -> Iterator[RuleOutcomes]:
        """Yield for whom each rule came out how in each year, where there are any.

        Args:
            outcomes: Only those with one of these outcomes.
        """
        asked, builder = wanted(outcomes), self._records.builder
        for rule, year in self._with_any(asked):
            verdict, within = self._records.verdict(rule, year), self._of(rule, year)
            places, beside = chosen(verdict, asked, within), aside(verdict, asked, within)
            subjects, outcome = verdict.segment.at(places), verdict.outcome[places]
            if len(beside):
                subjects = np.concatenate([subjects, beside])
                left_out = np.full(len(beside), CODE[Outcome.NOT_APPLICABLE], outcome.dtype)
                order = np.argsort(subjects, kind="stable")
                subjects, outcome = subjects[order], np.concatenate([outcome, left_out])[order]
            whom = builder.subjects(rule.level, subjects, figures_year(rule, year))
            yield RuleOutcomes(builder.names.rule(rule), year, whom, outcome)

    def forms(
        self, outcomes: Collection[Outcome] | None = None, most: int = ALIKE
    ) -> Iterator[FindingForms]:
        """Yield the same with all that each finding says, some findings at a time.

        Args:
            outcomes: Only those with one of these outcomes.
            most: How many at a time.
        """
        asked, records = wanted(outcomes), self._records
        only = next(iter(outcomes)) if outcomes and len(set(outcomes)) == 1 else None
        for rule, year in self._with_any(asked):
            verdict, within = records.verdict(rule, year), self._of(rule, year)
            if len(aside(verdict, asked, within)):
                of = rule_columns(records, rule, year, asked, within)
                for first in range(0, len(of), most):
                    yield rule_forms(records, of.between(first, first + most))
                continue
            every = chosen(verdict, asked, within)
            for first in range(0, len(every), most):
                places = every[first : first + most]
                of = columns_at(records, rule, year, places, only=only)
                yield rule_forms(records, of, places)

    def _with_any(self, asked: Flags) -> Iterator[tuple[Rule, int]]:
        """Yield the rules and years that have findings with outcomes that are asked for."""
        places = np.flatnonzero(asked).tolist()
        for rule, year in self._each():
            counted = self.counts[rule.id, year]
            if any(counted[at] for at in places):
                yield rule, year
                self._records.planner.trim()

    def findings(
        self,
        outcomes: Collection[Outcome] | None = None,
        subject: str | None = None,
        *,
        brief: bool = False,
    ) -> Iterator[Finding]:
        """Yield findings by rule, year and subject, each with its whole reasoning.

        Args:
            outcomes: Only those with one of these outcomes.
            subject: Only those on the subject with this code.
            brief: Leave out remedies, and inputs that are all known: they take longest.
        """
        return chain.from_iterable(self.by_rule(outcomes, subject, brief=brief))

    def by_rule(
        self,
        outcomes: Collection[Outcome] | None = None,
        subject: str | None = None,
        *,
        brief: bool = False,
    ) -> Iterator[RuleFindings]:
        """Yield the same by rule and year, so many at a time as there is room for."""
        asked = wanted(outcomes)
        for rule, year in self._with_any(asked):
            subjects = self._subjects(rule, year, asked, subject)
            for start in range(0, len(subjects), TOGETHER):
                some = subjects[start : start + TOGETHER]
                yield findings_of(self._records, rule, year, some, brief=brief)

    def outcome(self, rule: str, beside: Finding) -> Outcome | None:
        """Give how a rule came out for the subject and year of a finding of another."""
        known = next((each for each in self._rules if each.id == rule), None)
        if known is None or known.level is not beside.subject.level:
            return None
        at = self._records.frames.tier(known.level).find(beside.subject.code)
        within = self._of(known, beside.year)
        if at is None or (within is not None and not within[at]):
            return None
        return self._records.verdict(known, beside.year).of(at)

    def _subjects(self, rule: Rule, year: int, asked: Flags, subject: str | None) -> Index:
        """Give those that a rule has findings about, or one of them."""
        verdict, within = self._records.verdict(rule, year), self._of(rule, year)
        if subject is not None:
            at = self._records.frames.tier(rule.level).find(subject)
            outcome = None if at is None else verdict.of(at)
            if at is None or outcome is None or not asked[CODE[outcome]]:
                return NOBODY
            return np.array([at]) if within is None or within[at] else NOBODY
        who = verdict.segment.at(chosen(verdict, asked, within))
        beside = aside(verdict, asked, within)
        return np.sort(np.concatenate([who, beside])) if len(beside) else who

    def digest(self) -> Digest:
        """Give what a supervisor sees first; findings are built of what is shown only."""
        groups = [
            group
            for outcome in (Outcome.VIOLATION, Outcome.BEHIND)
            for group in self._grave(outcome)
        ]
        awaited = Awaited(self._records)
        asked = wanted((Outcome.MISSING,))
        hanging: list[tuple[Rule, int, Index]] = []
        for rule, year in self._with_any(asked):
            verdict = self._records.verdict(rule, year)
            places = chosen(verdict, asked, self._of(rule, year))
            awaited.add(rule, year, verdict.segment.at(places))
            if verdict.tries:
                of = columns_at(self._records, rule, year, places)
                known = of.subject if of.hopes is None else of.subject[of.hopes >= 0]
                hanging.append((rule, year, known))
        waiting = awaited.waiting
        first = (
            finding
            for rule, year, who in hanging
            for finding in rule_findings(self._records, rule, year, who[:HANGING], brief=True)
        )
        return Digest(
            groups=groups,
            awaited=list(waiting.measures.items()),
            unnamed=waiting.unnamed,
            hanging=list(islice(first, HANGING)),
            hanging_count=sum(len(who) for _, _, who in hanging),
            counterpart=self.outcome,
            years=self.yearly(),
        )

    def yearly(self) -> dict[int, dict[Outcome, int]]:
        """Count the findings of each year by outcome."""
        found: dict[int, list[list[int]]] = {}
        for (_, year), numbers in self.counts.items():
            found.setdefault(year, []).append(numbers)
        return {year: _totals(found[year]) for year in self._years if year in found}

    def _grave(self, outcome: Outcome) -> list[GraveGroup]:
        """Give the findings with an outcome by rule, the rule that matters most first."""
        at = OUTCOMES.index(outcome)
        asked = wanted((outcome,))

        def places(rule: Rule, year: int) -> Index:
            return chosen(self._records.verdict(rule, year), asked, self._of(rule, year))

        ranked: list[tuple[tuple[object, ...], GraveGroup]] = []
        apart = OUTCOMES.index(Outcome.NOT_APPLICABLE)
        for rule in self._rules:
            years = [year for year in self._years if self.counts[rule.id, year][at]]
            if not years:
                continue
            ranking = GravestFirst(self._records, rule, places)
            for year in years:
                ranking.add(year)
            counts = (self.counts[rule.id, year] for year in self._years)
            judged = sum(sum(each) - each[apart] for each in counts)
            group = GraveGroup(outcome, ranking.size, judged, ranking.gravest)
            importance = Importance(
                rule.aspiration,
                outcome,
                ranking.size,
                judged,
                ranking.top,
                rule.places,
                rule.id,
            )
            ranked.append((importance.order, group))
        return [group for _, group in sorted(ranked, key=lambda each: each[0])]

    def _each(self) -> Iterator[tuple[Rule, int]]:
        for rule in self._rules:
            for year in self._years:
                yield rule, year

    def _of(self, rule: Rule, year: int) -> Flags | None:
        """Tell whose findings count; None where all of the level do."""
        key = (rule.level, figures_year(rule, year))
        if key not in self._within:
            within = self._records.concluded(rule.level)
            if self.area is not None:
                hierarchy = self._records.frames.hierarchy.of(key[1])
                below = hierarchy.below(self.area, rule.level)
                within = below if within is None else below & within
            self._within[key] = within
        return self._within[key]


def _totals(counted: list[list[int]]) -> dict[Outcome, int]:
    """Add up what was counted rule by rule."""
    totals = [sum(each) for each in zip(*counted, strict=True)]
    return dict(zip(OUTCOMES, totals or [0] * len(OUTCOMES), strict=True))


def _counted(outcome: Codes) -> list[int]:
    """Count outcomes by their codes: few of them all at once, many sooner code by code."""
    if len(outcome) < _FEW:
        counted: list[int] = np.bincount(outcome, minlength=len(OUTCOMES)).tolist()
        return counted
    return [int(np.count_nonzero(outcome == code)) for code in range(len(OUTCOMES))]
