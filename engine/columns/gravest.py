"""The gravest findings of a rule, picked from its columns before any finding is built.

How far a finding is from its bound is first told roughly, noise and all, for every finding, and
then exactly for the few that may be among the gravest: noise moves nobody farther than ``_NEAR``.
"""

import math
from collections.abc import Callable

import numpy as np

from dabiao.engine.columns.records import Records
from dabiao.engine.columns.rule_columns import columns_at, rough_shares
from dabiao.engine.columns.rule_findings import rule_findings
from dabiao.engine.data.algebra import Index, Numbers
from dabiao.rules.catalog.catalog import Rule
from dabiao.schemas.finding import Finding
from dabiao.schemas.record import dataclass

_NEAR = 1e-8
_FEW = 100
"""Findings that are looked at exactly sooner than some of them are chosen."""


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


class GravestFirst:
    """The findings of one rule with one outcome, gravest first.

    Attributes:
        size: How many they are.
        top: How far the gravest of them is from its bound, as a part of it.

    Args:
        records: What was judged.
        rule: The rule.
        places: Gives the places of the findings of a year, among those the rule applies to.
    """

    def __init__(self, records: Records, rule: Rule, places: Callable[[Rule, int], Index]) -> None:
        self._records = records
        self._rule = rule
        self._places = places
        self._years: dict[int, _Ranked] = {}
        self.size = 0
        self.top = -math.inf

    def add(self, year: int) -> None:
        """Count the findings of a year in."""
        places = self._places(self._rule, year)
        if len(places):
            gravest = self._above(year, places, lambda shares: float(shares.max()))
            self.size += len(places)
            self.top = max(self.top, float(gravest.shares.max()))
            self._years[year] = gravest

    def gravest(self, most: int) -> list[Finding]:
        """Build the gravest findings."""

        def least(shares: Numbers) -> float:
            if len(shares) <= most:
                return -math.inf
            return float(np.partition(shares, len(shares) - most)[len(shares) - most])

        found = [
            known
            if len(places := self._places(self._rule, year)) <= _FEW
            else self._above(year, places, least)
            for year, known in self._years.items()
        ]
        years = np.concatenate([np.full(len(each.subjects), each.year) for each in found])
        subjects = np.concatenate([each.subjects for each in found])
        shares = np.concatenate([each.shares for each in found])
        order = np.lexsort((years, subjects, -shares))[:most]
        built: dict[tuple[int, int], Finding] = {}
        for year in self._years:
            here = np.sort(subjects[order[years[order] == year]])
            each = rule_findings(self._records, self._rule, year, here, brief=True)
            built |= zip(((year, at) for at in here.tolist()), each, strict=True)
        return [built[int(years[at]), int(subjects[at])] for at in order.tolist()]

    def _above(self, year: int, places: Index, least: Callable[[Numbers], float]) -> _Ranked:
        """Look exactly at those that may be as far from their bounds as something."""
        if len(places) > _FEW:
            rough = rough_shares(self._records, self._rule, year, places)
            least_here = least(rough)
            near = _NEAR * max(1.0, abs(least_here)) if math.isfinite(least_here) else 0.0
            places = places.take(np.flatnonzero(rough >= least_here - near))
        exact = columns_at(self._records, self._rule, year, places)
        return _Ranked(year, exact.subject, exact.relative_gap())
