"""Whom a rule applies to: worked out once for all rules that ask it of the same subjects.

Hundreds of rules share a dozen conditions, so the subjects are sorted once per condition, place and
years looked at, and everything after that looks only at those a rule applies to::

    level     s0  s1  s2  s3  s4  s5  s6
    area      s0  s1  s2  s3  s4  s5            the place whose subjects it binds
    condition  1   0   1  -1   0   1            仅限 …; and 0 who did not exist
    who       s0      s2  s3      s5            to whom it applies, or may
    unsure     1       1  -1       1            where nobody knows
    aside         s1          s4                not applicable, whatever they report
"""

import numpy as np

from dabiao.engine.data.algebra import Flags, Index, Truths, Vector
from dabiao.engine.data.lifetimes import years_of
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.timing import Phase
from dabiao.rules.formulas.formula import Formula
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass

NOBODY: Index = np.zeros(0, np.intp)
_MANY = 16
"""One in so many are many."""
_ROOM = 8_000_000
"""Bytes of gathered columns that are kept: rules that ask for the same come one after another."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """The subjects of a level that some rules apply to, or may.

    Attributes:
        level: The level.
        everyone: How many subjects the level has.
        area: The subjects the rules speak of, ascending; None for all of the level.
        who: Those among them the rules apply to or may; None for all of the level.
        unsure: 1 where they apply and -1 where nobody knows, per subject of ``who``; None for 1.
    """

    level: Level
    everyone: int
    area: Index | None
    who: Index | None
    unsure: Truths | None = None

    @property
    def size(self) -> int:
        """How many they apply to, or may."""
        return self.everyone if self.who is None else len(self.who)

    @property
    def subjects(self) -> Index:
        """Those they apply to, or may."""
        return np.arange(self.everyone) if self.who is None else self.who

    def at(self, places: Index) -> Index:
        """Give some of them, by their places."""
        return places if self.who is None else self.who.take(places)

    def place(self, subject: int) -> int | None:
        """Find a subject among those they apply to; None where it is not."""
        return _place(self.who, subject, self.everyone)

    def places(self, subjects: Index) -> Index:
        """Find subjects among those they apply to, all of them at once; -1 for the others."""
        if self.who is None:
            return subjects
        if not len(self.who):
            return np.full(len(subjects), -1)
        if len(subjects) * _MANY > self.everyone:  # to look all of them up is quicker then
            every = np.full(self.everyone, -1, np.int32)
            every[self.who] = np.arange(len(self.who), dtype=np.int32)
            return every.take(subjects)
        found = np.minimum(np.searchsorted(self.who, subjects), len(self.who) - 1)
        return np.where(self.who[found] == subjects, found, -1)

    def speaks_of(self, subject: int) -> bool:
        """Tell whether the rules speak of a subject, whether they apply to it or not."""
        return _place(self.area, subject, self.everyone) is not None

    def aside(self) -> Index:
        """Give those whom the rules speak of and do not apply to, ascending."""
        if self.who is None:
            return NOBODY
        left = np.zeros(self.everyone, np.bool_)
        left[slice(None) if self.area is None else self.area] = True
        left[self.who] = False
        return np.flatnonzero(left)


def _place(among: Index | None, subject: int, everyone: int) -> int | None:
    if among is None:
        return subject if subject < everyone else None
    at = int(np.searchsorted(among, subject))
    return at if at < len(among) and among[at] == subject else None


class Segments:
    """Finds segments, and gathers what is asked of them.

    Args:
        evaluator: Evaluates conditions.
    """

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._frames = evaluator.frames
        self._found: dict[tuple[object, ...], Segment] = {}
        self._alike: dict[tuple[Formula, int, str, Segment], Vector | None] = {}
        self._gathered: dict[tuple[Formula, int, str], Vector] = {}
        self._gathered_of: Segment | None = None
        self._room = _ROOM

    def forget(self) -> None:
        """Let go of what was gathered."""
        self._gathered = {}
        self._room = _ROOM

    def of(self, rule: Rule, figures: int, phase: Phase) -> Segment:
        """Give the segment of a rule in a year.

        Args:
            rule: The rule.
            figures: The year whose figures are judged.
            phase: Where the year judged lies, seen from the rule.
        """
        hierarchy = self._frames.hierarchy.of(figures)
        key: tuple[object, ...] = (rule.level, rule.jurisdiction, hierarchy)
        area = hierarchy.inside(rule.jurisdiction, rule.level)
        sorted_out = phase.applies and (area is None or len(area) > 0)
        if sorted_out:
            condition = rule.condition
            named = condition is not None and self._evaluator.is_scoped(condition)
            scope = rule.document.id if named else ""
            key = (*key, figures, condition, scope, self.limits(rule, figures))
        found = self._found.get(key)
        if found is None:
            if sorted_out:
                found = self._sort(rule, figures, area)
            else:  # where nobody lies in its place, as little is asked as where it does not apply
                found = Segment(rule.level, self._frames.size(rule.level), area, NOBODY)
            self._found[key] = found
        return found

    def limits(self, rule: Rule, year: int) -> tuple[int, ...]:
        """List the years in which a rule looks at its subject; none where all always exist."""
        if self._frames.lifetimes.is_complete(rule.level):
            return ()
        return tuple(years_of(rule, year, self._evaluator.vocabulary))

    def absent(self, rule: Rule, year: int) -> Flags | None:
        """Tell who did not exist in a year that a rule looks at; None for nobody."""
        lifetimes = self._frames.lifetimes
        found = [lifetimes.flags(rule.level, each) for each in self.limits(rule, year)]
        limited = [there for there in found if there is not None]
        return ~np.logical_and.reduce(limited) if limited else None

    def _sort(self, rule: Rule, figures: int, area: Index | None) -> Segment:
        """Sort the subjects of an area by whether a rule applies to them."""
        size = self._frames.size(rule.level)
        absent = self.absent(rule, figures)
        holds: Truths | None = None
        there = np.ones(size, np.bool_) if absent is None else ~absent
        if rule.condition is not None:
            scope = rule.document.id
            holds = self._evaluator.truths(rule.condition, rule.level, figures, scope)
            there &= holds != 0
        who: Index = np.flatnonzero(there) if area is None else area[there[area]]
        who = who.astype(np.int32)  # kept as long as the verdicts, of which there may be hundreds
        unsure = None if holds is None else holds[who]
        if unsure is not None and (unsure > 0).all():
            unsure = None
        return Segment(rule.level, size, area, None if len(who) == size else who, unsure)

    def gather(self, formula: Formula, year: int, scope: str, segment: Segment) -> Vector:
        """Evaluate a formula for a segment; what is asked of it again is gathered once."""
        if segment.who is None:
            return self._evaluator.value(formula, segment.level, year, scope)
        if segment is not self._gathered_of or self._room < 0:
            self.forget()
            self._gathered_of = segment
        key = (formula, year, scope if self._evaluator.is_scoped(formula) else "")
        found = self._gathered.get(key)
        if found is None:
            found = self._evaluator.taken(formula, segment.level, year, scope, segment.who)
            self._gathered[key] = found
            self._room -= found.nbytes
        return found

    def alike(self, formula: Formula, year: int, scope: str, segment: Segment) -> Vector | None:
        """Give what a formula comes to, where that is the same for all of a segment; once.

        Who is picked out by a condition mostly has what it asks for in common.
        """
        key = (formula, year, scope, segment)
        if key not in self._alike:
            found = None
            if segment.size and self._evaluator.submitted(formula, segment.level, year) is None:
                whole = self._evaluator.value(formula, segment.level, year, scope)
                some = whole if segment.who is None else whole.take(segment.who)
                if whole.dtype != np.float64 and (some == some[0]).all():
                    found = some[:1].copy()
            self._alike[key] = found
        return self._alike[key]

    def submitted(self, formula: Formula, year: int, segment: Segment) -> FewNumbers | None:
        """Give what a segment submitted of a measure, where it is held as few numbers."""
        few = self._evaluator.submitted(formula, segment.level, year)
        if few is None or segment.who is None:
            return few
        return FewNumbers(few.values, few.places.take(segment.who))
