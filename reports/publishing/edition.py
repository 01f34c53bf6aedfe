"""A run without what tells of those of whom nothing may be told."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

from dabiao.reports.narrowing import recounted
from dabiao.reports.publishing.withheld import PersonCount, withheld
from dabiao.reports.summaries import finding_inputs
from dabiao.schemas.case import CaseBook
from dabiao.schemas.finding import Finding, Input
from dabiao.schemas.level import Level
from dabiao.schemas.reasons.origins import ByMapping, ComputedValue, PrintedValue, Ranked, Summed
from dabiao.schemas.reasons.why import (
    Compared,
    NoChange,
    NotBegun,
    NotThere,
    OutOfScope,
    OutsidePeriod,
    Over,
    Replaced,
    Superseded,
)
from dabiao.schemas.run import Caveat, Run

_PLAIN = (ByMapping, ComputedValue, PrintedValue, Summed)
"""Origins of a figure that is submitted, or made of others that are told beside it."""
_OF_ITSELF = (
    *(Compared, NoChange, NotBegun, NotThere, OutOfScope, OutsidePeriod, Over, Replaced),
    Superseded,
)
"""Reasons that lie in the subject's own figures, or in none."""


def public_edition(run: Run, least: int, beside: Run | None = None) -> Run:
    """Leave out all that tells of fewer persons than may be told, and what would give them away.

    Findings that rest on a figure that may not be told are gone, with those that are made of such
    figures in another way than by a sum. Notes, what was decided while reading, tables of
    documents, sheets and the hashes of the files are left out whole: all but the last quote cells
    or are made of them, and whoever guesses a cell could try the guess on the hash.

    Args:
        run: The run.
        least: The smallest number of persons that may be told.
        beside: Another run whose edition is told beside this one, perhaps of the same figures.
    """
    kept = _Kept(run, withheld([run] if beside is None else [run, beside], least))
    findings = tuple(map(kept.bared, filter(kept.may_be_told, run.findings)))
    caveats = [each for each in run.caveats if each.kind == "year-passed-over"]
    lost, whom = len(run.findings) - len(findings), len({code for code, _ in kept.whom})
    caveats.append(Caveat(kind="withheld", count=lost, reporting=whom, least=least))
    return replace(
        run,
        **recounted(findings, run.years),
        facts=(),
        decisions=(),
        notes=(),
        tables=(),
        sheets=(),
        caveats=tuple(caveats),
    )


def public_cases(book: CaseBook, edition: Run) -> CaseBook:
    """Leave out the cases whose findings are not told, and whatever people wrote of the others.

    A case tells that its finding was grave enough to be opened, and nobody knows which figures or
    persons the words about it, the measures and the files name.

    Args:
        book: All cases.
        edition: The run without what may not be told.
    """
    there = {(each.rule, each.subject.code, each.year) for each in edition.findings}
    cases = tuple(
        replace(
            each,
            measure=None,
            person=None,
            progress=None,
            evidence=None,
            result=None,
            closed_by=None,
            approver=None,
            reason=None,
        )
        for each in book.cases
        if {(each.rule, code, each.year) for code in (each.origin, each.subject)} & there
    )
    return CaseBook(book.today, cases)


class _Kept:
    """Tells which findings may be told, and how."""

    def __init__(self, run: Run, gone: Collection[PersonCount]) -> None:
        self.gone = gone
        self._above: dict[str, set[str]] = defaultdict(set)
        levels: dict[str, set[Level]] = defaultdict(set)
        for each in run.subjects:
            self._above[each.code].update(each.parents)
            levels[each.code].add(each.level)
        self.whom = {(code, year) for code, year, _ in gone}
        self._over = {(code, year) for of, year in self.whom for code in self._above[of]}
        self._sums = {(code, year, slug) for of, year, slug in gone for code in self._above[of]}
        self._ranks = {(level, year, slug) for of, year, slug in gone for level in levels[of]}
        self._codes = {code for code, _ in self.whom}
        self._looked_at: dict[int, tuple[object, bool]] = {}

    def may_be_told(self, finding: Finding) -> bool:
        """Tell whether nothing follows from a finding for what is withheld."""
        here = {(finding.subject.code, year) for year in (finding.year, finding.figures)}
        if here & (self.whom | self._over) and not isinstance(finding.reason, _OF_ITSELF):
            return False  # it tells of other findings
        if self._is_named_in(finding.reason) or self._is_named_in(finding.readings):
            return False
        ranked = any(isinstance(each.origin, Ranked) for each in finding.inputs)
        return all(
            self._fits(finding, (*place, each.measure), each)
            and not (ranked and (finding.subject.level, *place[1:], each.measure) in self._ranks)
            for place, each in finding_inputs(finding)
        )

    def _is_named_in(self, told: object) -> bool:
        """Tell whether a record, which many findings have in common, names one of the withheld."""
        known = self._looked_at.get(id(told))
        if known is None:
            named = not self._codes.isdisjoint(_texts(told))
            known = self._looked_at[id(told)] = told, named  # which keeps what the key names
        return known[1]

    def _fits(self, finding: Finding, cell: PersonCount, of: Input) -> bool:
        """Tell whether a figure may stand in a finding, or can be left out of it."""
        if cell in self.gone:  # perhaps one part of a sum
            return finding.subject.code in self._above[cell[0]]
        if of.origin is None or isinstance(of.origin, _PLAIN):
            return bool(of.measure) or cell[:2] not in self._over
        return (cell if of.measure else cell[:2]) not in (self._sums if of.measure else self._over)

    def bared(self, finding: Finding) -> Finding:
        """Leave out what a finding says of what is withheld."""
        inputs = tuple(
            each
            for place, each in finding_inputs(finding)
            if (*place, each.measure) not in self.gone
        )
        remedies = tuple(
            each
            for each in finding.remedy
            if (
                finding.subject.code if each.subject is None else each.subject.code,
                finding.figures if each.year is None else each.year,
                each.measure.slug,
            )
            not in self.gone
        )
        if (len(inputs), len(remedies)) == (len(finding.inputs), len(finding.remedy)):
            return finding
        return replace(finding, inputs=inputs, remedy=remedies)


def _texts(told: object) -> Iterator[str]:
    """Yield all texts in a record."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for each in told.items():
            yield from _texts(each)
    elif isinstance(told, Iterable):
        for each in told:
            yield from _texts(each)
    else:
        kind: Any = type(told)
        for name in _fields(kind):
            yield from _texts(getattr(told, name))


@cache
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()
