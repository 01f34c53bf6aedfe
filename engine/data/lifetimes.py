"""Who exists in which year: what the roster says, and what was submitted all the same.

A roster (名录) may say when a subject opened and closed; without one, everybody always exists::

    year                2021    2022    2023    2024
    in the roster         ·      ──────────      ·      opened in 2022, closed after 2023
    rows of facts         ·       ✓       ✓      ✓      it reported all the same
    exists                ·       ✓       ✓      ✓
    a class of it         ·       ✓       ✓      ✓      as its school, at the longest

Facts outweigh the roster: who filled in a row of a year existed in it, and a note tells of the
contradiction. A rule applies to a subject only if it existed in every year the rule looks at of
the subject itself (``years_of``): the year judged, the year before where a change is asked for, a
baseline that no document prints. The subjects below are asked for year by year instead, so that a
closed school is no part of this year's sum and still part of last year's. Who was to report is
for the roster alone to say (``due``): a closed school that reported all the same is judged, and
counts neither among those who were to nor among those who did.
"""

from collections.abc import Callable

import numpy as np

from dabiao.engine.data.algebra import Flags, Index
from dabiao.engine.data.hierarchy import Hierarchy
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, formulas
from dabiao.rules.catalog.timing import earlier_year, printed_baseline
from dabiao.rules.formulas.looks import looks
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime


class Lifetimes:
    """Tells who exists in a year (docs/judgement.md, section 1).

    Args:
        facts: What was submitted.
        hierarchy: Who lies in what.
    """

    def __init__(self, facts: Facts, hierarchy: Hierarchy) -> None:
        self._facts = facts
        self._hierarchy = hierarchy
        self._complete: dict[Level, bool] = {}
        self._flags: dict[tuple[Level, int], Flags | None] = {}
        self._due: dict[tuple[Level, int], Flags | None] = {}
        self._groups: dict[tuple[Level, Level, int, bool], Index] = {}
        self._ranked: dict[tuple[Level, Level | None, int], tuple[Index, Index, Index]] = {}

    def flags(self, level: Level, year: int) -> Flags | None:
        """Tell which subjects of a level exist in a year; None where all do."""
        key = (level, year)
        if key not in self._flags:
            self._flags[key] = self._find(level, year)
        return self._flags[key]

    def unlisted(self, level: Level) -> Flags:
        """Tell which subjects stand in no roster, though one covers the place they lie in."""
        table = self._facts.levels[level]
        if table.listed is None or level.covered_in is None:
            return np.zeros(len(table.codes), np.bool_)
        above = self._hierarchy.ladder(level, level.covered_in)[: len(table.codes)]
        covered = above[table.listed & (above >= 0)]
        unlisted: Flags = ~table.listed & np.isin(above, covered)
        return unlisted

    def is_complete(self, level: Level) -> bool:
        """Tell whether all subjects of a level exist in every year."""
        if level not in self._complete:
            self._complete[level] = self._always(level)
        return self._complete[level]

    def _always(self, level: Level) -> bool:
        levels = (level,) if level.lives_with is None else (level, level.lives_with)
        tables = [self._facts.levels[each] for each in levels if each in self._facts.levels]
        return not any(table.lifetimes for table in tables)

    def _find(self, level: Level, year: int) -> Flags | None:
        if level not in self._facts.levels or self.is_complete(level):
            return None
        table, there = self._facts.levels[level], self._listed(level, year, self.flags)
        if not there.all():
            rows = np.flatnonzero((table.year == year) & ~there[table.subject])
            there[table.subject[rows[table.filled(rows)]]] = True
        return None if there.all() else there

    def _listed(
        self, level: Level, year: int, bearing_flags: Callable[[Level, int], Flags | None]
    ) -> Flags:
        table = self._facts.levels[level]
        there = np.ones(len(table.codes), np.bool_)
        for at, life in table.lifetimes.items():
            there[at] = life.covers(year)
        bearing = level.lives_with
        bearers = None if bearing is None else bearing_flags(bearing, year)
        if bearing is not None and bearers is not None:
            there &= np.append(bearers, np.True_)[self._hierarchy.of(year).groups(level, bearing)]
        return there

    def due(self, level: Level, year: int) -> Flags | None:
        """Tell which subjects the roster lets exist in a year, whatever they submitted.

        Only they are to report: who is closed counts neither among those who were to nor among
        those who did. None where all are.
        """
        key = (level, year)
        if key not in self._due:
            there = None
            if level in self._facts.levels and not self.is_complete(level):
                there = self._listed(level, year, self.due)
            self._due[key] = None if there is None or there.all() else there
        return self._due[key]

    def groups(self, lower: Level, upper: Level, year: int, *, due: bool = False) -> Index:
        """Give the subject of the upper level above each of the lower, as ``Hierarchy.groups``.

        Who does not exist lies in none; nor, if only those count that were to report, who was not.
        """
        there = self.due(lower, year) if due else self.flags(lower, year)
        hierarchy = self._hierarchy.of(year)
        if there is None:
            return hierarchy.groups(lower, upper)
        key = (lower, upper, year, due)
        if key not in self._groups:
            none = len(hierarchy.tiers[upper])
            self._groups[key] = np.where(there, hierarchy.groups(lower, upper), none)
        return self._groups[key]

    def peers(self, level: Level, within: Level | None, year: int) -> tuple[Index, int]:
        """Give the group in which each subject of a level is ranked, and how many groups there are.

        Who does not exist in the year lies in none.
        """
        there = self.flags(level, year)
        size, groups = len(self._hierarchy.tiers[level]), 1
        group: Index = np.zeros(size, np.intp)
        if within is not None:
            group, groups = self._hierarchy.of(year).neighbours(level, within)
        return (group if there is None else np.where(there, group, groups)), groups

    def peers_of(self, level: Level, within: Level | None, at: int, year: int) -> Index:
        """List those whom a subject is ranked among, itself included; nobody where it is not."""
        key = (level, within, year)
        if key not in self._ranked:
            home, groups = self.peers(level, within, year)
            by_home = np.argsort(home, kind="stable")
            begin = np.searchsorted(home[by_home], np.arange(groups + 1))
            self._ranked[key] = home, by_home, begin
        group, order, starts = self._ranked[key]
        own = int(group[at])
        return order[starts[own] : starts[own + 1]] if own + 1 < len(starts) else order[:0]

    def members(
        self, lower: Level, upper: Level, at: int, year: int, *, due: bool = False
    ) -> Index:
        """List the subjects of a lower level below one that exist in a year, in order of code.

        Args:
            lower: Their level.
            upper: The level of what they lie in.
            at: What they lie in.
            year: The year.
            due: Only those that were to report.
        """
        members = self._hierarchy.of(year).members(lower, upper, at)
        there = self.due(lower, year) if due else self.flags(lower, year)
        return members if there is None else members[there[members]]

    def lifetime(self, level: Level, at: int, year: int) -> Lifetime | None:
        """Give the lifetime that says why a subject does not exist in a year; None if it does."""
        there = self.flags(level, year)
        if there is None or there[at]:
            return None
        if level.lives_with is not None and self.is_of_school(level, at, year):
            school = int(self._hierarchy.of(year).groups(level, level.lives_with)[at])
            return self._facts.levels[level.lives_with].lifetimes[school]
        return self._facts.levels[level].lifetimes[at]

    def is_of_school(self, level: Level, at: int, year: int) -> bool:
        """Tell whether it is for its school's sake that a class does not exist in a year."""
        life = self._facts.levels[level].lifetimes.get(at)
        return level.lives_with is not None and (life is None or life.covers(year))


def years_of(rule: Rule, year: int, vocabulary: Vocabulary) -> list[int]:
    """List the years in which a rule looks at its subject: the year judged, then the latest first.

    Args:
        rule: The rule.
        year: The year whose figures are judged.
        vocabulary: The measures.
    """
    asked = [(formula, year) for formula in formulas(rule.norm)]
    if isinstance(rule.norm, Changes):
        begin = earlier_year(rule, rule.norm, year)
        if begin is not None and printed_baseline(rule, begin) is None:
            asked.append((rule.norm.value, begin))
    if rule.condition is not None:
        asked.append((rule.condition, year))
    found = {when for look in asked for _, when in looks(*look, vocabulary)}
    return [year, *sorted(found - {year}, reverse=True)]
