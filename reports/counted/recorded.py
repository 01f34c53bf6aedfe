"""Findings that a run holds as records, told as columns: for a run that was read from a file."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, islice

import numpy as np

from dabiao.reports.at_once.recorded import forms_of
from dabiao.reports.circumstances import Circumstances
from dabiao.schemas.coded import Coded
from dabiao.schemas.columns import (
    NO_OUTCOME,
    OUTCOMES,
    FindingColumns,
    FindingForms,
    FindingNumbers,
    FindingSource,
    OutcomeCodes,
    RuleOutcomes,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Finding, RuleFindings, Scalar
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.why import ComparedKind
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.run import Run

TOGETHER = 5_000
"""Findings that are put into columns at a time."""
GiveFindings = Callable[[Collection[Outcome] | None], Iterable[Finding]]
"""Gives findings in order of rule and year, those with some outcomes or all."""
_CODES = {outcome: at for at, outcome in enumerate(OUTCOMES)} | {None: NO_OUTCOME}


class RecordedFindings:
    """A source of findings that are there one by one.

    Args:
        run: The run, of which the head counts.
        findings: Gives its findings, those with some outcomes or all; those that it holds if None.
        whole: Whether those of every outcome are there; as the run says if None.

    Attributes:
        whole: Whether those of every outcome are there, so that they can be counted.
    """

    def __init__(
        self, run: Run, findings: GiveFindings | None = None, *, whole: bool | None = None
    ) -> None:
        self._run = run
        self.whole = not run.options.outcomes if whole is None else whole
        self._words: list[str] = []
        self.findings = self._held if findings is None else findings

    @cached_property
    def rules(self) -> Sequence[JudgedRule]:
        """The rules judged by, in order of id."""
        return sorted(self._run.judged, key=lambda each: each.id)

    @cached_property
    def _subjects(self) -> dict[Level, dict[str, int]]:
        found: dict[Level, dict[str, int]] = {level: {} for level in Level}
        for each in self._run.subjects:
            known = found[each.level]
            known.setdefault(each.code, len(known))
        return found

    def codes(self, level: Level) -> Sequence[str]:
        """Give the codes of all subjects of a level."""
        return list(self._subjects[level])

    def text(self, of: FindingColumns, number: float) -> str:
        """Give the text, or the truth value as a word, that a number in columns stands for."""
        if of.kind == "truth":
            return str(bool(number)).lower()
        return self._words[int(number)]

    def by_rule(self, outcomes: Collection[Outcome] | None = None) -> Iterator[RuleFindings]:
        """Yield the findings of each rule and year, put together."""
        every = iter(self.findings(outcomes))
        while some := list(islice(every, TOGETHER)):
            yield from RuleFindings.of(some)

    def columns(self, outcomes: Collection[Outcome] | None = None) -> Iterator[FindingColumns]:
        """Yield the findings of each rule and year, those with some outcomes or all."""
        return (columns for _, columns in self._parts(outcomes))

    def rule_outcomes(self, outcomes: Collection[Outcome] | None = None) -> Iterator[RuleOutcomes]:
        """Yield for whom each rule came out how in each year, with some outcomes or all."""
        for _, group in groupby(self.findings(outcomes), lambda of: (of.rule, of.year)):
            some = list(group)
            whom = Coded.of([each.subject for each in some])
            told = _outcomes(each.outcome for each in some)
            yield RuleOutcomes(some[0].by, some[0].year, whom, told)

    def forms(
        self, outcomes: Collection[Outcome] | None = None, most: int = TOGETHER
    ) -> Iterator[FindingForms]:
        """Yield the same with all that each finding says, no more than so many at a time."""
        parts = self._parts(outcomes, min(most, TOGETHER))
        return (forms_of(some, columns) for some, columns in parts)

    def _parts(
        self, outcomes: Collection[Outcome] | None, most: int = TOGETHER
    ) -> Iterator[tuple[Sequence[Finding], FindingColumns]]:
        for _, group in groupby(self.findings(outcomes), _compared_alike):
            while some := list(islice(group, most)):
                yield some, self._columns(some)

    def _held(self, outcomes: Collection[Outcome] | None) -> Iterable[Finding]:
        every = self._run.findings
        return every if outcomes is None else (each for each in every if each.outcome in outcomes)

    def _columns(self, findings: Sequence[Finding]) -> FindingColumns:
        first = findings[0]
        level, comparator = first.subject.level, first.required.comparator
        known = self._subjects[level]
        bounds = [each.required for each in findings]
        low, high = ([each.value for each in bounds], [each.upper for each in bounds])
        if comparator is Comparator.EQUAL:
            high = low
        elif not comparator.bounds_low:
            low, high = [None] * len(findings), low
        observed = [each.observed for each in findings]
        return FindingColumns(
            rule=first.rule,
            year=first.year,
            level=level,
            subject=np.array(
                [known.setdefault(each.subject.code, len(known)) for each in findings], np.intp
            ),
            outcome=_outcomes(each.outcome for each in findings),
            observed=self._numbers(observed),
            low=self._numbers(low),
            high=self._numbers(high),
            gap=self._numbers([each.gap for each in findings]),
            comparator=comparator,
            hopes=_outcomes(each.best for each in findings),
            fears=_outcomes(each.worst for each in findings),
            kind=_kind([*observed, *low, *high]),
        )

    def _numbers(self, values: Sequence[Scalar]) -> FindingNumbers:
        return np.array([self._number(each) for each in values], np.float64)

    def _number(self, value: Scalar) -> float:
        if value is None:
            return np.nan
        if isinstance(value, str):
            self._words.append(value)
            return float(len(self._words) - 1)
        return float(value)


def source_of(run: Run, known: Circumstances) -> FindingSource:
    """Give where the findings of a run come from: the run holds them, if nothing else does."""
    return RecordedFindings(run) if known.source is None else known.source


def waiting(run: Run, known: Circumstances) -> Iterator[FindingForms]:
    """Yield the findings of a run that lack data, where a report lists them."""
    missing = Outcome.MISSING
    return source_of(run, known).forms((missing,)) if known.has(missing) else iter(())


def _compared_alike(of: Finding) -> tuple[str, int, int, Level, Comparator]:
    """Give what all findings have in common that columns tell once."""
    return of.rule, of.year, of.figures, of.subject.level, of.required.comparator


def _outcomes(outcomes: Iterable[Outcome | None]) -> OutcomeCodes:
    return np.array([_CODES[each] for each in outcomes], np.int8)


def _kind(values: Iterable[Scalar]) -> ComparedKind:
    """Tell what the numbers of columns stand for."""
    for each in values:
        if isinstance(each, str):
            return "text"
        if isinstance(each, bool):
            return "truth"
    return "number"
