"""The gravest findings of a rule, picked from its columns before any finding is built.

How far a finding is from its bound is first told roughly, noise and all, for every finding, and
then exactly for the few that may be among the gravest: noise moves nobody farther than ``_NEAR``.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from dabiao.engine.columns.records import Records
from dabiao.engine.columns.rule_columns import columns_at
from dabiao.engine.data.algebra import Index, Numbers
from dabiao.rules.catalog.catalog import Rule
from dabiao.schemas.finding import Finding

_NEAR = 1e-8


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Findings of one year.

    Attributes:
        year: The year.
        subjects: On whom, as places in the level.
        shares: How far each is from its bound, as a part of it.
    """

    year: int
    subjects: Index
    shares: Numbers


class Ranking:
    """The findings of one rule with one outcome, gravest first.

    Args:
        records: What was judged.
        rule: The rule.
        places: Gives the places of the findings of a year, among those the rule applies to.
    """

    def __init__(self, records: Records, rule: Rule, places: Callable[[Rule, int], Index]) -> None:
        self._records = records
        self._rule = rule
        self._places = places
        self._years: list[int] = []
        self._rough = -math.inf
        self.size = 0

    def add(self, year: int) -> None:
        """Count the findings of a year in."""
        places = self._places(self._rule, year)
        if not len(places):
            return
        rough = columns_at(self._records, self._rule, year, places, exact=False)
        self.size += len(places)
        self._years.append(year)
        self._rough = max(self._rough, float(rough.relative_gap().max()))

    def top(self) -> float:
        """Tell how far the gravest is from its bound, as a part of it."""
        return max(float(each.shares.max()) for each in self._above(lambda _: self._rough))

    def gravest(self, most: int) -> list[Finding]:
        """Build the gravest findings."""

        def least(shares: Numbers) -> float:
            if len(shares) <= most:
                return -math.inf
            return float(np.partition(shares, len(shares) - most)[len(shares) - most])

        found = self._above(least)
        years = np.concatenate([np.full(len(each.subjects), each.year) for each in found])
        subjects = np.concatenate([each.subjects for each in found])
        shares = np.concatenate([each.shares for each in found])
        order = np.lexsort((years, subjects, -shares))[:most]
        built: dict[tuple[int, int], Finding] = {}
        for year in self._years:
            here = np.sort(subjects[order[years[order] == year]])
            each = self._records.builder.findings(self._rule, year, here, brief=True)
            built |= zip(((year, at) for at in here.tolist()), each, strict=True)
        return [built[int(years[at]), int(subjects[at])] for at in order.tolist()]

    def _above(self, least: Callable[[Numbers], float]) -> list[_Ranked]:
        """Look exactly at those that may be as far from their bounds as something."""
        found: list[_Ranked] = []
        for year in self._years:
            places = self._places(self._rule, year)
            rough = columns_at(self._records, self._rule, year, places, exact=False).relative_gap()
            least_here = least(rough)
            near = _NEAR * max(1.0, abs(least_here)) if math.isfinite(least_here) else 0.0
            some = np.flatnonzero(rough >= least_here - near)
            if len(some):
                exact = columns_at(self._records, self._rule, year, places[some])
                found.append(_Ranked(year, exact.subject, exact.relative_gap()))
        return found
