"""How all findings of a run came out, as columns of numbers: whatever is counted is read off these.

A finding has a place in the columns; nothing is known of it but who, when and how.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.counted.recorded import source_of
from dabiao.reports.summaries import SubjectNames
from dabiao.schemas.coded import Coded, Places
from dabiao.schemas.columns import OUTCOMES, RuleOutcomes
from dabiao.schemas.finding import Finding
from dabiao.schemas.outcome import Outcome, count_judged
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.run import Run
from dabiao.schemas.subject import Subject

OutcomeCounts = npt.NDArray[np.int64]


class OutcomeColumns:
    """How the findings of a run came out, as columns.

    Attributes:
        places: Names of subjects.
        rules: The rules, each with its place as its number.
        rule: The number of the rule of each finding.
        year: The year judged.
        outcome: The outcome, as its gravity.
        subjects: Whom findings are about.
        subject: The number of the subject, among these.
        starts: Where the findings of each rule and year begin, and where those of the last end.
        outcomes: The outcomes of which all findings are among them; others have none.
        told: The findings of each rule by year and outcome, where the run tells more of these.
    """

    def __init__(
        self,
        parts: Iterable[RuleOutcomes],
        run: Run,
        names: Mapping[str, str] | None = None,
        outcomes: Collection[Outcome] = OUTCOMES,
    ) -> None:
        """Look through findings once.

        Args:
            parts: How they came out.
            run: The run they are of.
            names: Names of subjects that no finding is about, by code.
            outcomes: The outcomes of which all findings are among them.
        """
        self.outcomes = outcomes
        self.told = {} if self.whole else run.by_rule
        judged = sorted(run.judged, key=lambda each: each.id)
        self._judged = [each for each in judged if each.id in self.told]
        self.rules: list[JudgedRule] = []
        self.subjects: list[Subject] = []
        rules: dict[str, int] = {}
        numbered = _Numbered(self.subjects)
        told: list[int] = []
        years: list[int] = []
        came, subjects = list[Places](), list[Places]()
        for of in parts:
            number = rules.setdefault(of.by.id, len(rules))
            if number == len(self.rules):
                self.rules.append(of.by)
            told.append(number)
            years.append(of.year)
            came.append(of.outcome.astype(np.intp))
            subjects.append(numbered.numbers(of.subjects))
        sizes = [len(each) for each in came]
        self.rule = np.repeat(np.array(told, np.intp), sizes)
        self.year = np.repeat(np.array(years, np.intp), sizes)
        self.outcome = np.concatenate([np.zeros(0, np.intp), *came])
        self.subject = np.concatenate([np.zeros(0, np.intp), *subjects])
        self.starts = np.cumsum([0, *sizes])
        self.places = SubjectNames(run, names, self.whom())

    @classmethod
    def of(cls, run: Run, known: Circumstances) -> "OutcomeColumns":
        """Look through all findings of a run, also those that a report does not list."""
        outcomes = OUTCOMES if known.holds_all(run) else run.options.outcomes
        return cls(source_of(run, known).rule_outcomes(), run, known.names, outcomes)

    @property
    def whole(self) -> bool:
        """Whether the findings of every outcome are among them, so that rates are of all."""
        return len(self.outcomes) == len(OUTCOMES)

    @cached_property
    def _homes(self) -> tuple[Places, list[str]]:
        return self.lie_in(lambda of: self.places.home(of) or "")

    @property
    def home(self) -> Places:
        """The number of the county among ``homes``, or of what stands for one."""
        return self._homes[0]

    @property
    def homes(self) -> list[str]:
        """The codes of counties, or of what stands for them; nothing where none is known."""
        return self._homes[1]

    @cached_property
    def _schools(self) -> tuple[Places, list[str]]:
        return self.lie_in(self.places.school)

    @property
    def school(self) -> Places:
        """The number of the school among ``schools``; -1 where there is none."""
        return self._schools[0]

    @property
    def schools(self) -> list[str]:
        """The codes of schools."""
        return self._schools[1]

    def whom(self, findings: Places | None = None) -> Iterator[Subject]:
        """Yield whom some findings are about, the last of a code as the last finding has it.

        Args:
            findings: The findings; all of them if nothing is said.
        """
        column = self.subject if findings is None else self.subject[findings]
        _, first = np.unique(column[::-1], return_index=True)
        for at in np.sort(len(column) - 1 - first).tolist():
            yield self.subjects[column[at]]

    def met(self, findings: Places) -> Iterator[Subject]:
        """Yield whom some findings are about, in the order in which they are met first."""
        _, first = np.unique(self.subject[findings], return_index=True)
        for at in np.sort(first).tolist():
            yield self.subjects[self.subject[findings[at]]]

    def by_home(self, findings: Places) -> dict[str, Places]:
        """Sort some findings by the county that they lie in, or what stands for one."""
        in_order = findings[np.argsort(self.home[findings], kind="stable")]
        ends = np.flatnonzero(np.diff(self.home[in_order])) + 1
        parts = np.split(in_order, ends) if len(findings) else ()
        return {self.homes[self.home[part[0]]]: part for part in parts}

    def lie_in(self, name: Callable[[Subject], str | None]) -> tuple[Places, list[str]]:
        """Number what the subjects of findings lie in, -1 for nothing, and give its codes."""
        known: dict[str, int] = {}
        found = []
        for of in self.subjects:
            lies_in = name(of)
            found.append(-1 if lies_in is None else known.setdefault(lies_in, len(known)))
        return (np.array(found, np.intp)[self.subject] if found else self.subject), list(known)

    def __len__(self) -> int:
        """Count the findings."""
        return len(self.rule)

    def every(self) -> Places:
        """Give the places of all findings."""
        return np.arange(len(self))

    def of_year(self, year: int) -> Places:
        """Give the places of the findings of a year."""
        return np.flatnonzero(self.year == year)

    def count(self, keys: Places, size: int, findings: Places) -> OutcomeCounts:
        """Count some findings by a number that each of all findings has, and by outcome.

        Those with -1 are left out.
        """
        kept, width = keys[findings], len(OUTCOMES)
        both = (kept * width + self.outcome[findings])[kept >= 0]
        return np.bincount(both, minlength=size * width).reshape(size, width)

    def counts(self, findings: Places) -> Counter[Outcome]:
        """Count some findings by outcome."""
        return counter(np.bincount(self.outcome[findings], minlength=len(OUTCOMES)))

    @property
    def rules_whole(self) -> bool:
        """Whether the findings of each rule are counted with every outcome."""
        return self.whole or bool(self.told)

    def by_rule(self, year: int | None = None) -> list[tuple[JudgedRule, Counter[Outcome]]]:
        """Count the findings of a year by rule, of all years if none is named; none is empty."""
        if self.told:
            found = [(rule, Counter[Outcome]()) for rule in self._judged]
            for rule, counts in found:
                for of, counted in self.told[rule.id].items():
                    counts.update(counted if year in (None, of) else {})
            return [each for each in found if each[1]]
        return self.some_by_rule(self.every() if year is None else self.of_year(year))

    def some_by_rule(self, findings: Places) -> list[tuple[JudgedRule, Counter[Outcome]]]:
        """Count some findings by rule; rules that have none are left out."""
        counted = self.count(self.rule, len(self.rules), findings)
        return [(self.rules[at], counter(counted[at])) for at in np.flatnonzero(counted.any(1))]

    def judged(self, year: int | None = None) -> dict[str, int] | None:
        """Count what was judged by rule, in a year or in all.

        Returns:
            How many findings each rule has; None where it is not known.
        """
        if not self.rules_whole:
            return None
        return {rule.id: count_judged(counts) for rule, counts in self.by_rule(year)}

    @cached_property
    def governed(self) -> dict[tuple[str, str, int], Outcome]:
        """How rules came out of which one is kept in place of another: by rule, code and year."""
        found: dict[tuple[str, str, int], Outcome] = {}
        for start, end in zip(self.starts[:-1].tolist(), self.starts[1:].tolist(), strict=True):
            rule = self.rules[self.rule[start]] if start < end else None
            if rule is not None and (rule.governors or rule.governs):
                year = int(self.year[start])
                each = zip(self.subject[start:end], self.outcome[start:end], strict=True)
                found |= {(rule.id, self.subjects[s].code, year): OUTCOMES[o] for s, o in each}
        return found

    def lookup(self, rule: str, beside: Finding) -> Outcome | None:
        """Give how one of them came out for the subject and year of a finding of another."""
        return self.governed.get((rule, beside.subject.code, beside.year))


class _Numbered:
    """Numbers subjects, each once, however many rules speak of it."""

    def __init__(self, subjects: list[Subject]) -> None:
        self._subjects = subjects
        self._numbers: dict[tuple[object, ...], int] = {}
        self._known: dict[int, tuple[Sequence[Subject], Places]] = {}

    def numbers(self, column: Coded[Subject]) -> Places:
        """Give the number of the subject of each finding of a rule."""
        values = column.values
        known = self._known.get(id(values))
        if known is None or len(known[1]) != len(values):
            known = values, np.full(len(values), -1, np.intp)
            self._known[id(values)] = known  # which keeps the list, so that none takes its place
        numbers = known[1]
        new = column.places[numbers[column.places] < 0]
        for at in dict.fromkeys(new.tolist()):
            subject = values[at]
            key = (subject.code, subject.level, subject.parents, subject.name)
            number = self._numbers.setdefault(key, len(self._numbers))
            if number == len(self._subjects):
                self._subjects.append(subject)
            numbers[at] = number
        return numbers[column.places]


def counter(counts: OutcomeCounts) -> Counter[Outcome]:
    """Name the outcomes of counts."""
    return Counter(
        {each: count for each, count in zip(OUTCOMES, counts.tolist(), strict=True) if count}
    )
