"""All findings of a page as columns of numbers: whatever is counted or ranked is read off these.

A finding has a place in the columns. Only those that are shown one by one are put together again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from dabiao.reports.at_once.alike import Alike, alike
from dabiao.reports.at_once.each import finding_at, undecided
from dabiao.reports.counted.outcome_columns import OutcomeColumns
from dabiao.schemas.coded import Places
from dabiao.schemas.columns import FORM, MARKS, OUTCOMES, FindingForms, RuleOutcomes
from dabiao.schemas.distinct import distinct
from dabiao.schemas.finding import Finding, Source
from dabiao.schemas.importance import Importance
from dabiao.schemas.language import say
from dabiao.schemas.outcome import OPEN, Outcome
from dabiao.schemas.reasons.why import Reason
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import Run

_OPEN = [each in OPEN for each in OUTCOMES]
_NOT_APPLICABLE = Outcome.NOT_APPLICABLE.gravity
_REASON, _INPUTS = (FORM.index(name) for name in ("reason", "inputs"))


@dataclass(frozen=True)
class Commitment:
    """Findings of one rule and one outcome.

    Attributes:
        outcome: The outcome.
        places: Where they stand in the columns, the gravest first; never empty.
        judged: How many subjects the rule was judged for; None where it is not known.
        find: Puts one of them together.
    """

    outcome: Outcome
    places: Places
    judged: int | None
    find: Callable[[int], Finding]

    @property
    def share(self) -> str:
        """Say how many there are, of how many."""
        of = "" if self.judged is None else f"/{self.judged:,}"
        return f"{len(self.places):,}{of}"

    @property
    def whom(self) -> str:
        """Say the same in words, with what they are."""
        level, number, of = self.example.subject.level, len(self.places), self.judged
        told = f"{number:,}" if of is None else f"{number:,} of {of:,}"
        many = level.value if (number if of is None else of) == 1 else level.plural
        return say(f"{level.zh} {self.share}", f"{told} {many}")

    @cached_property
    def example(self) -> Finding:
        """The gravest of them, to name the rule and its clause by."""
        return self.find(int(self.places[0]))


class PageColumns(OutcomeColumns):
    """The findings of a run as columns, with all that each says.

    Attributes:
        parts: The findings, by rule and year.
        gap: How far it is from its bound, as a part of that.
    """

    def __init__(
        self,
        findings: Iterable[FindingForms],
        run: Run,
        names: Mapping[str, str] | None = None,
        outcomes: Collection[Outcome] = OUTCOMES,
    ) -> None:
        """Read findings.

        Args:
            findings: The findings.
            run: The run they are of.
            names: Names of subjects that no finding is about, by code.
            outcomes: The outcomes of which all findings are among them.
        """
        self.parts = [of for of in findings if len(of.columns)]
        super().__init__(
            (
                RuleOutcomes(of.by, of.columns.year, of.subjects(), of.columns.outcome)
                for of in self.parts
            ),
            run,
            names,
            outcomes,
        )
        gaps = (of.columns.relative_gap() for of in self.parts)
        self.gap = np.concatenate([np.zeros(0), *gaps])
        codes = sorted({of.code for of in self.subjects})
        rank = {code: at for at, code in enumerate(codes)}
        self._code = np.array([rank[of.code] for of in self.subjects], np.intp)

    def part_of(self, place: int) -> int:
        """Tell in which part a finding stands."""
        return int(np.searchsorted(self.starts, place, "right")) - 1

    def finding(self, place: int) -> Finding:
        """Put one finding together."""
        part = self.part_of(place)
        return finding_at(self.parts[part], place - int(self.starts[part]))

    def with_outcome(self, outcome: Outcome, year: int) -> Iterator[tuple[FindingForms, Alike]]:
        """Yield those of a year that have an outcome, those together that say the same."""
        for of in self._of_year(year):
            for some in alike(of, by_outcome=True):
                if of.columns.outcome[some.places[0]] == outcome.gravity:
                    yield of, some

    def reasons(self, outcome: Outcome, year: int) -> Iterator[tuple[Reason, int]]:
        """Yield why findings of a year have an outcome, each reason with how many have it."""
        for of in self._of_year(year):
            counted = np.bincount(of.form[of.columns.outcome == outcome.gravity])
            for form in np.flatnonzero(counted).tolist():
                yield of.forms[form][_REASON], int(counted[form])

    def undecided(self, year: int) -> Iterator[Finding]:
        """Give the roll-ups of a year of which something is certain though data is missing."""
        return undecided(self._of_year(year))

    def _of_year(self, year: int) -> Iterator[FindingForms]:
        return (of for of in self.parts if of.columns.year == year)

    def sources(self) -> Iterator[tuple[Source, Sequence[int]]]:
        """Yield the cells that findings rest on.

        Cells that differ in their row alone are one source, with all the rows it stands for.
        """
        for of in self.parts:
            for some in alike(of):
                for given in of.forms[some.form][_INPUTS]:
                    for source in filter(None, (given.source, *given.sources)):
                        yield _filled(source, some)

    def ranked(
        self,
        findings: Places,
        wanted: Sequence[bool] = _OPEN,
        judged: Mapping[str, int] | None = None,
    ) -> list[Commitment]:
        """Put findings together by rule and outcome, and in the order in which these matter.

        Args:
            findings: Findings of one year.
            wanted: Which outcomes are asked for, by gravity; those open if nothing is said.
            judged: How many each rule was judged for, where these are not all of them.
        """
        known = self.whole or judged is not None
        if judged is None:
            applied = findings[self.outcome[findings] != _NOT_APPLICABLE]
            numbers = np.bincount(self.rule[applied], minlength=len(self.rules))
        else:
            numbers = np.array([judged.get(rule.id, 0) for rule in self.rules], np.intp)
        kept = findings[np.array(wanted)[self.outcome[findings]]]
        keys = (self._code[self.subject[kept]], -self.gap[kept], self.outcome[kept])
        kept = kept[np.lexsort((*keys, self.rule[kept]))]
        both = self.rule[kept] * len(OUTCOMES) + self.outcome[kept]
        ends = [0, *(np.flatnonzero(np.diff(both)) + 1).tolist(), len(kept)]
        found = []
        for start, end in pairwise(ends if len(kept) else ()):
            first = int(kept[start])
            rule = self.rules[self.rule[first]]
            outcome = OUTCOMES[self.outcome[first]]
            order = Importance(
                rule.aspiration,
                outcome,
                end - start,
                int(numbers[self.rule[first]]),
                float(self.gap[first]),
                rule.places,
                rule.id,
            ).order
            of = int(numbers[self.rule[first]]) if known else None
            found.append((order, Commitment(outcome, kept[start:end], of, self.finding)))
        return [each for _, each in sorted(found, key=lambda each: each[0])]

    def in_order(
        self, judged: Callable[[int], Mapping[str, int] | None] = lambda _: None
    ) -> Places:
        """Give all places as a page lists them: year by year, what matters first.

        Within a year what is open stands first, then the other outcomes, the gravest first.

        Args:
            judged: Gives how many each rule was judged for in a year, where these are not all.
        """
        found = []
        for year in distinct(self.year)[::-1].tolist():
            some = self.of_year(year)
            known = judged(year)
            found += [each.places for each in self.ranked(some, judged=known)]
            rest = some[~np.array(_OPEN)[self.outcome[some]]]
            others = self.ranked(rest, [True] * len(OUTCOMES), known)
            others.sort(key=lambda each: each.outcome.gravity)
            found += [each.places for each in others]
        return np.concatenate(found) if found else np.zeros(0, np.intp)


def _filled(source: Source, group: Alike) -> tuple[Source, Sequence[int]]:
    """Give a cell of some findings, which may be said once for all of them, and its rows."""
    cell = source.cell or ""
    mark = next((each for each in MARKS[: len(group.numbers)] if each in cell), None)
    if mark is None:
        return source, ()
    rows = distinct(group.numbers[MARKS.index(mark)]).astype(np.intp).tolist()
    return replace(source, cell=cell.replace(mark, str(rows[0]))), rows
