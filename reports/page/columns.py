"""All findings of a page as columns of numbers: whatever is counted or ranked is read off these.

A finding has a place in the columns. Only those that are shown one by one are put together again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dabiao.reports import wording
from dabiao.reports.summaries import SubjectNames, share_of_bound
from dabiao.schemas.coded import Coded, Places, Strung
from dabiao.schemas.finding import Finding, Input, RuleFindings
from dabiao.schemas.importance import Importance
from dabiao.schemas.outcome import OPEN, Outcome
from dabiao.schemas.reasons.why import Reason
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.run import Run
from dabiao.schemas.subject import Subject

OUTCOMES = tuple(Outcome)
_OPEN = [each in OPEN for each in OUTCOMES]
_NOT_APPLICABLE = Outcome.NOT_APPLICABLE.gravity
OutcomeCounts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Commitment:
    """Findings of one rule and one outcome.

    Attributes:
        example: The gravest of them, to name the rule and its clause by.
        places: Where they stand in the columns, the gravest first; never empty.
        judged: How many subjects the rule was judged for.
    """

    example: Finding
    places: Places
    judged: int


class PageColumns:
    """The findings of a run as columns.

    Attributes:
        parts: The findings, by rule and year.
        places: Names of subjects.
        rules: The rules, each with its place as its number.
        rule: The number of the rule of each finding.
        year: The year judged.
        outcome: The outcome, as its gravity.
        subject: The number of the subject, among ``subjects``.
        gap: How far it is from its bound, as a part of that.
        home: The number of the county among ``homes``, or of what stands for one.
        school: The number of the school among ``schools``; -1 where there is none.
    """

    def __init__(
        self, findings: Iterable[RuleFindings], run: Run, names: Mapping[str, str] | None = None
    ) -> None:
        """Read findings.

        Args:
            findings: The findings.
            run: The run they are of.
            names: Names of subjects that no finding is about, by code.
        """
        self.parts = [of for of in findings if len(of)]
        self.rules: list[JudgedRule] = []
        self.subjects: list[Subject] = []
        rules: dict[str, int] = {}
        numbered = _Numbered(self.subjects)
        sizes = [len(of) for of in self.parts]
        told: list[int] = []
        for of in self.parts:
            number = rules.setdefault(of.by.id, len(rules))
            if number == len(self.rules):
                self.rules.append(of.by)
            told.append(number)
        self.rule = np.repeat(np.array(told, np.intp), sizes)
        self.year = np.repeat(np.array([of.year for of in self.parts], np.intp), sizes)
        self.outcome = _joined(_outcomes(of) for of in self.parts)
        self.subject = _joined(map(numbered.numbers, self.parts))
        self.gap = np.concatenate([np.zeros(0), *map(_gaps, self.parts)])
        self._starts = np.cumsum([0, *sizes])
        self.places = SubjectNames(run, names, self.whom())
        self.homes: list[str] = []
        self.schools: list[str] = []
        self.home = self._numbers(lambda of: self.places.home(of) or "", self.homes)
        self.school = self._numbers(self.places.school, self.schools)
        codes = sorted({of.code for of in self.subjects})
        rank = {code: at for at, code in enumerate(codes)}
        self._code = np.array([rank[of.code] for of in self.subjects], np.intp)

    def whom(self, some: Places | None = None) -> Iterator[Subject]:
        """Yield whom some findings are about, the last of a code as the last finding has it.

        Args:
            some: The findings; all of them if nothing is said.
        """
        column = self.subject if some is None else self.subject[some]
        _, first = np.unique(column[::-1], return_index=True)
        for at in np.sort(len(column) - 1 - first).tolist():
            yield self.subjects[column[at]]

    def _numbers(self, name: Callable[[Subject], str | None], names: list[str]) -> Places:
        """Number what subjects lie in; the names are appended."""
        known: dict[str, int] = {}
        found = []
        for of in self.subjects:
            lies_in = name(of)
            found.append(-1 if lies_in is None else known.setdefault(lies_in, len(known)))
        names.extend(known)
        return np.array(found, np.intp)[self.subject] if found else self.subject

    def __len__(self) -> int:
        """Count the findings."""
        return len(self.rule)

    def finding(self, place: int) -> Finding:
        """Put one finding together."""
        part = int(np.searchsorted(self._starts, place, "right")) - 1
        return self.parts[part].at(place - int(self._starts[part]))

    @cached_property
    def texts(self) -> list[tuple[Coded[str], Coded[str], Coded[str]]]:
        """Say of each rule and year what was observed, what is required, and the gaps."""
        return [
            (wording.each_observed(of), wording.each_required(of), wording.each_gap(of))
            for of in self.parts
        ]

    def written(self, some: Places) -> tuple[list[str], ...]:
        """Say of some findings what was observed, what is required, and the gaps."""
        parts = np.searchsorted(self._starts, some, "right") - 1
        found = tuple(np.empty(len(some), np.object_) for _ in range(3))
        for part in np.unique(parts).tolist():
            here = parts == part
            within = some[here] - self._starts[part]
            for told, column in zip(found, self.texts[part], strict=True):
                told[here] = [column.values[at] for at in column.places[within].tolist()]
        return tuple(each.tolist() for each in found)

    def of_year(self, year: int) -> Places:
        """Give the places of the findings of a year."""
        return np.flatnonzero(self.year == year)

    def with_outcome(self, outcome: Outcome, some: Places) -> Iterator[Finding]:
        """Put together those of some findings that have an outcome."""
        return map(self.finding, some[self.outcome[some] == outcome.gravity].tolist())

    def reasons(self, outcome: Outcome, year: int) -> Iterator[tuple[Reason, int]]:
        """Yield why findings of a year have an outcome, each reason with how many have it."""
        for of in self.parts:
            if of.year == year:
                column = Coded.of(of.reason)
                found = column.places[_outcomes(of) == outcome.gravity]
                for at, count in zip(*np.unique(found, return_counts=True), strict=True):
                    yield column.values[at], int(count)

    def undecided(self, year: int) -> Iterator[Finding]:
        """Yield the roll-ups of a year of which something is certain though data is missing."""
        for of in self.parts:
            best = Coded.of(of.best)
            if of.year == year and any(each is not None for each in best.values):
                yield from (each for each in of if each.best is not None)

    def inputs(self) -> Iterator[Input]:
        """Yield the values that findings rest on."""
        for of in self.parts:
            for column in Strung.of(of.inputs).columns:
                for at in np.unique(column.places).tolist():
                    yield from column.values[at]

    def count(self, keys: Places, size: int, some: Places) -> OutcomeCounts:
        """Count some findings by a number that each of all findings has, and by outcome.

        Those with -1 are left out.
        """
        kept, width = keys[some], len(OUTCOMES)
        both = (kept * width + self.outcome[some])[kept >= 0]
        return np.bincount(both, minlength=size * width).reshape(size, width)

    def counts(self, some: Places) -> Counter[Outcome]:
        """Count some findings by outcome."""
        return counter(np.bincount(self.outcome[some], minlength=len(OUTCOMES)))

    def by_rule(self, some: Places) -> list[tuple[JudgedRule, Counter[Outcome]]]:
        """Count some findings by rule; rules that have none are left out."""
        counted = self.count(self.rule, len(self.rules), some)
        return [(self.rules[at], counter(counted[at])) for at in np.flatnonzero(counted.any(1))]

    def ranked(self, some: Places, wanted: Sequence[bool] = _OPEN) -> list[Commitment]:
        """Put findings together by rule and outcome, and in the order in which these matter.

        Args:
            some: Findings of one year, which the counts are of.
            wanted: Which outcomes are asked for, by gravity; those open if nothing is said.
        """
        judged = np.bincount(
            self.rule[some[self.outcome[some] != _NOT_APPLICABLE]], minlength=len(self.rules)
        )
        kept = some[np.array(wanted)[self.outcome[some]]]
        keys = (self._code[self.subject[kept]], -self.gap[kept], self.outcome[kept])
        kept = kept[np.lexsort((*keys, self.rule[kept]))]
        both = self.rule[kept] * len(OUTCOMES) + self.outcome[kept]
        ends = [0, *(np.flatnonzero(np.diff(both)) + 1).tolist(), len(kept)]
        found = []
        for start, end in pairwise(ends if len(kept) else ()):
            first = int(kept[start])
            rule = self.rules[self.rule[first]]
            order = Importance(
                rule.aspiration,
                OUTCOMES[self.outcome[first]],
                end - start,
                int(judged[self.rule[first]]),
                float(self.gap[first]),
                rule.places,
                rule.id,
            ).order
            found.append((order, kept[start:end], int(judged[self.rule[first]])))
        found.sort(key=lambda each: each[0])
        return [Commitment(self.finding(int(at[0])), at, of) for _, at, of in found]

    def in_order(self) -> Places:
        """Give all places as a page lists them: year by year, what matters first.

        Within a year what is open stands first, then the other outcomes, the gravest first.
        """
        found = []
        for year in np.unique(self.year)[::-1].tolist():
            some = self.of_year(year)
            found += [each.places for each in self.ranked(some)]
            rest = some[~np.array(_OPEN)[self.outcome[some]]]
            others = self.ranked(rest, [True] * len(OUTCOMES))
            others.sort(key=lambda each: each.example.outcome.gravity)
            found += [each.places for each in others]
        return np.concatenate(found) if found else np.zeros(0, np.intp)


class _Numbered:
    """Numbers subjects, each once, however many rules speak of it."""

    def __init__(self, subjects: list[Subject]) -> None:
        self._subjects = subjects
        self._numbers: dict[tuple[object, ...], int] = {}
        self._known: dict[int, tuple[Sequence[Subject], Places]] = {}

    def numbers(self, of: RuleFindings) -> Places:
        """Give the number of the subject of each finding of a rule."""
        column = Coded.of(of.subject)
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


def _outcomes(of: RuleFindings) -> Places:
    column = Coded.of(of.outcome)
    return np.array([each.gravity for each in column.values], np.intp)[column.places]


def _gaps(of: RuleFindings) -> npt.NDArray[np.float64]:
    """Give how far each is from its bound, as ``relative_gap`` does."""
    found = np.where(_outcomes(of) == Outcome.VIOLATION.gravity, 1.0, 0.0)
    for at, gap in enumerate(of.gap):
        if gap is not None:
            found[at] = share_of_bound(gap, of.observed[at], of.required[at])
    return found


def _joined(parts: Iterable[Places]) -> Places:
    return np.concatenate([np.zeros(0, np.intp), *parts])
