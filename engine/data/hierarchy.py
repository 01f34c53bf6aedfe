"""Who lies in what: the ladder of subjects above each subject.

Parent codes that were submitted come first, then the places of the rule pack, then the leading
digits of the code. Places found only in the latter two ways stand behind the subjects of their
level: they give a jurisdiction its members, but nobody judges them::

    tier of counties   [ 150602  150603 | 150600's other counties, mere places ]
                           ▲        ▲     └─ behind the subjects: index >= len(tier)
    tier of schools    [ s1  s2     s3 ]

    ladder(school, county)  = [ 0  0  1 ]      mere places keep their place, -1 for none
    groups(school, county)  = [ 0  0  1 ]      as numpy counts by: mere places and none are n

A node (a level and an index) is one number, the rank above 40 bits and the index below, so that a
whole level is placed with vectors. Levels are placed from the bottom up, because placing one may
add mere places to those above it only. Ladders over several levels are climbed by indexing one
ladder with another, and kept.
"""

import bisect
import copy
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

import numpy as np

from dabiao.engine.data.algebra import Flags, Index
from dabiao.schemas.coded import Coded
from dabiao.schemas.divisions import division, gbt_level, leading, level_by_ending
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.subject import Place

_LEVELS = tuple(Level)
_PLACES = (Level.COUNTY, Level.PREFECTURE, Level.REGION)
_COUNTY_DIGITS = 6
_SHIFT = 40  # a node is one number: the rank of its level above these bits, its index below


class Tier:
    """The subjects of one level, and the mere places that stand behind them."""

    def __init__(self, facts: Facts, level: Level) -> None:
        table = facts.levels.get(level)
        self.level = level
        self.codes: list[str] = table.codes if table else []
        self.names: list[str] = table.names if table else []
        self.parents: list[str | None] = table.parents if table else []
        self.moves = table.moves if table else {}
        lives = table.lifetimes.items() if table else ()
        self._before = {code: at for at, life in lives for code in life.former_codes}
        self.extra: list[str] = []
        self._extra_index: dict[str, int] = {}

    def __len__(self) -> int:
        """Count the subjects; mere places are not counted."""
        return len(self.codes)

    def find(self, code: str) -> int | None:
        """Find a subject or mere place by its code, a subject also by a code that it had before."""
        at = bisect.bisect_left(self.codes, code)
        if at < len(self.codes) and self.codes[at] == code:
            return at
        return self._before.get(code, self._extra_index.get(code))

    def admit(self, code: str) -> int:
        """Find a subject or mere place, or make a place of it."""
        found = self.find(code)
        if found is None:
            found = len(self.codes) + len(self.extra)
            self.extra.append(code)
            self._extra_index[code] = found
        return found

    def code(self, at: int) -> str:
        """Give the code of a subject or mere place."""
        return self.codes[at] if at < len(self.codes) else self.extra[at - len(self.codes)]


class Hierarchy:
    """The ladder above every subject.

    Attributes:
        tiers: The subjects by level.
    """

    def __init__(
        self, facts: Facts, places: Mapping[str, Place], jurisdictions: Iterable[str]
    ) -> None:
        self.tiers = {level: Tier(facts, level) for level in Level}
        self._places = places
        self._jurisdictions: dict[str, list[tuple[Level, int]]] = {}
        for code in sorted(set(jurisdictions)):
            self._jurisdictions[code] = self._admit(code)
        # From the bottom up, because placing a level may add places to the levels above it only.
        self._nodes: dict[Level, Index] = {}
        for level in reversed(_LEVELS):
            self._nodes[level] = self._place(self.tiers[level])
        self._ladders: dict[tuple[Level, Level], Index] = {}
        self._groups: dict[tuple[Level, Level], Index] = {}
        self._neighbours: dict[tuple[Level, Level], tuple[Index, int]] = {}
        self._sorted: dict[tuple[Level, Level], tuple[Index, Index]] = {}
        self._parents: dict[int, tuple[str, ...]] = {-1: ()}
        self._members: dict[tuple[str | None, Level], Index | None] = {}
        self._own: dict[Level, dict[int, int]] = {}
        self._named: dict[Level, dict[int, str | None]] = {}
        self._place_by_own_codes()
        self._moves = {
            level: facts.levels[level] for level in facts.levels if facts.levels[level].moves
        }
        self._years: dict[tuple[str | None, ...], Hierarchy] = {}

    def of(self, year: int) -> "Hierarchy":
        """Give the ladder of a year: the same, unless somebody lay elsewhere then."""
        if not self._moves:
            return self
        lain = tuple(t.parent_in(at, year) for t in self._moves.values() for at in t.moves)
        if lain not in self._years:
            self._years[lain] = self._in_year(year)
        return self._years[lain]

    def _in_year(self, year: int) -> "Hierarchy":
        other = copy.copy(self)
        other._nodes = dict(self._nodes)  # noqa: SLF001 - a copy of its own
        other._named = {  # noqa: SLF001 - as above
            level: {at: table.parent_in(at, year) for at in table.moves}
            for level, table in self._moves.items()
        }
        for level, table in self._moves.items():
            nodes = self._nodes[level].copy()
            for at in table.moves:
                said = self._said(table.parent_in(at, year), table.codes[at])
                nodes[at] = self._first(said, level)
            other._nodes[level] = nodes  # noqa: SLF001 - as above
        other._forget()  # noqa: SLF001 - as above
        return other

    def _forget(self) -> None:
        """Begin with nothing kept."""
        self._moves = {}
        self._ladders = {}
        self._groups = {}
        self._neighbours = {}
        self._sorted = {}
        self._parents = {-1: ()}
        self._members = {}

    def _place_by_own_codes(self) -> None:
        """Find a place for who lies in a subject that lies nowhere, by their own codes."""
        found: dict[Level, dict[int, int]] = {}
        for level in _LEVELS[Level.COUNTY.rank + 1 :]:
            if not len(self.tiers[level]):
                continue
            adrift = (self._nodes[level] >= 0) & self._is_adrift(level)
            for at in np.flatnonzero(adrift[: len(self.tiers[level])]).tolist():
                code = self.tiers[level].codes[at]
                node = self._first(self._guesses(None, code), Level.TOWNSHIP)
                if node >= 0:
                    found.setdefault(level, {})[at] = node
        if found:
            for level in _PLACES:  # some of the places may be new
                self._nodes[level] = self._place(self.tiers[level])
            self._own = found
            self._ladders.clear()

    def _is_adrift(self, level: Level) -> Flags:
        """Tell which subjects and mere places of a level below counties lie in no place."""
        adrift: Flags = np.logical_and.reduce([self.ladder(level, up) < 0 for up in _PLACES])
        return adrift

    def _admit(self, code: str) -> list[tuple[Level, int]]:
        """Find a jurisdiction among the subjects, or make it a place."""
        found = [
            (level, at)
            for level, tier in self.tiers.items()
            if (at := tier.find(code)) is not None and at < len(tier)
        ]
        place = self._places.get(code)
        level = place.level if place else level_by_ending(code)
        if not found or (place and all(at_level is not level for at_level, _ in found)):
            found.append((level, self.tiers[level].admit(code)))
        return found

    def _place(self, tier: Tier) -> Index:
        """Find the node directly above each subject and mere place of a level."""
        found: dict[str, int] = {}
        for named in {each for each in tier.parents if each is not None}:
            found[named] = self._first((named,), tier.level)
        for at, moves in tier.moves.items():  # where somebody lay is a place from the start
            for parent in moves.values():
                self._first(self._said(parent, tier.codes[at]), tier.level)
        nodes = [-1 if parent is None else found[parent] for parent in tier.parents]
        nodes.extend(-1 for _ in tier.extra)
        placed = np.array(nodes, np.intp)
        guessed: dict[tuple[str | None, str], int] = {}
        for at in np.flatnonzero(placed < 0).tolist():
            code = tier.code(at)
            parent = tier.parents[at] if at < len(tier) else None
            alone = len(code) <= _COUNTY_DIGITS or code in self._places
            key = (parent, code if alone else code[:_COUNTY_DIGITS] + "…")
            if key not in guessed:
                guessed[key] = self._first(self._guesses(parent, code), tier.level)
            placed[at] = guessed[key]
        return placed

    def _said(self, parent: str | None, code: str) -> Iterator[str]:
        """Yield the codes that tell what a subject lies in, the first that is known."""
        if parent is not None:
            yield parent
        yield from self._guesses(parent, code)

    def _guesses(self, parent: str | None, code: str) -> Iterator[str]:
        for known in (parent, code):
            if known is not None:
                place = self._places.get(known)
                if place is not None and place.parent is not None:
                    yield place.parent
                yield from leading(known)

    def _first(self, codes: Iterable[str], below: Level) -> int:
        """Give the node of the first code that is known above a level, or -1."""
        for code in codes:
            for level in _LEVELS[below.rank - 1 :: -1] if below.rank else ():
                tier = self.tiers[level]
                at = tier.find(code)
                if at is None and (place := self._places.get(code)) and place.level is level:
                    at = tier.admit(code)
                if at is not None:
                    return level.rank << _SHIFT | at
        return -1

    def ladder(self, lower: Level, upper: Level) -> Index:
        """Give the subject or mere place of the upper level above each of the lower; -1 for none.

        Mere places of the lower level stand behind its subjects.
        """
        key = (lower, upper)
        if key not in self._ladders:
            nodes = self._nodes[lower]
            ranks, above = nodes >> _SHIFT, nodes & ((1 << _SHIFT) - 1)
            climbed = np.full(len(nodes), -1, np.int32)
            for rank in range(lower.rank):
                here = np.flatnonzero((ranks == rank) & (nodes >= 0))
                if not len(here):
                    continue
                if rank == upper.rank:
                    climbed[here] = above[here]
                elif rank > upper.rank:
                    climbed[here] = self.ladder(_LEVELS[rank], upper)[above[here]]
            for at, node in self._own.get(lower, {}).items():
                place, index = _LEVELS[node >> _SHIFT], node & ((1 << _SHIFT) - 1)
                if climbed[at] >= 0:
                    continue  # it lay in a place in another year
                if place is upper:
                    climbed[at] = index
                elif place.rank > upper.rank:
                    climbed[at] = self.ladder(place, upper)[index]
            self._ladders[key] = climbed
        return self._ladders[key]

    def groups(self, lower: Level, upper: Level) -> Index:
        """Give the subject of the upper level above each subject of the lower.

        Subjects that lie in none carry the number of the upper level's subjects. Of one and the
        same level, each is its own.
        """
        key = (lower, upper)
        if lower is upper:
            return np.arange(len(self.tiers[upper]))
        if key not in self._groups:
            size = len(self.tiers[upper])
            above = self.ladder(lower, upper)[: len(self.tiers[lower])]
            self._groups[key] = np.where((above < 0) | (above >= size), size, above)
        return self._groups[key]

    def neighbours(self, lower: Level, upper: Level) -> tuple[Index, int]:
        """Number each subject of the lower level by what it lies in, of the upper; and count these.

        A place counts though nobody of it is a subject, also one that only codes begin with.
        Subjects that lie in none carry the number behind the last.
        """
        key = (lower, upper)
        if key not in self._neighbours:
            tier, codes = self.tiers[upper], self.tiers[lower].codes
            above = self.ladder(lower, upper)[: len(codes)].astype(np.intp)
            beyond: dict[str, int] = {}
            for at in np.flatnonzero(above < 0).tolist():
                place = self._by_digits(lower, at, upper)
                if place is not None:
                    known = tier.find(place)
                    new = len(tier) + len(tier.extra) + len(beyond)
                    above[at] = beyond.setdefault(place, new) if known is None else known
            count = len(tier) + len(tier.extra) + len(beyond)
            above[above < 0] = count
            self._neighbours[key] = above, count
        return self._neighbours[key]

    def _by_digits(self, level: Level, at: int, upper: Level) -> str | None:
        """Give the place of a level in which a subject lies that nothing but digits tells of."""
        node = int(self._nodes[level][at])
        above, index = _LEVELS[node >> _SHIFT], node & ((1 << _SHIFT) - 1)
        if node >= 0 and above.rank > upper.rank:
            return self._by_digits(above, index, upper)
        tier = self.tiers[level]
        named = tier.parents[at] if at < len(tier) else None
        named = self._named.get(level, {}).get(at, named)
        if named is not None and self._first((named,), level) >= 0:
            return None  # it lies in that, which lies above all places of the level
        if named is None or division(named) is None:
            said = leading(tier.code(at))
        else:
            said = chain((named,), leading(named))
        return next((each for each in said if gbt_level(each) is upper), None)

    def members(self, lower: Level, upper: Level, at: int) -> Index:
        """List the subjects of a lower level below one subject, in order of code."""
        key = (lower, upper)
        if key not in self._sorted:
            group = self.groups(lower, upper)
            ordered = np.argsort(group, kind="stable")
            begin = np.searchsorted(group[ordered], np.arange(len(self.tiers[upper]) + 1))
            self._sorted[key] = ordered, begin
        order, starts = self._sorted[key]
        return order[starts[at] : starts[at + 1]]

    def inside(self, jurisdiction: str | None, level: Level) -> Index | None:
        """Give the subjects of a level inside a place; None means all of them."""
        if jurisdiction is None:
            return None
        key = (jurisdiction, level)
        if key not in self._members:
            size = len(self.tiers[level])
            within = np.zeros(size, bool)
            for at_level, at in self._jurisdictions.get(jurisdiction, ()):
                if at_level is level and at < size:
                    within[at] = True
                elif at_level.rank < level.rank:
                    within |= self.ladder(level, at_level)[:size] == at
            self._members[key] = None if within.all() else np.flatnonzero(within)
        return self._members[key]

    def touches(self, jurisdiction: str | None, level: Level) -> Flags:
        """Tell which subjects of a level lie inside a place, or have it inside them."""
        size = len(self.tiers[level])
        who = self.inside(jurisdiction, level)
        found = np.zeros(size, np.bool_)
        found[slice(None) if who is None else who] = True
        for at_level, at in self._jurisdictions.get(jurisdiction or "", ()):
            if at_level.rank > level.rank:
                above = int(self.ladder(at_level, level)[at])
                if 0 <= above < size:
                    found[above] = True
        return found

    def lost(self, level: Level, *, wholly: bool = False) -> Flags:
        """Tell which subjects of a level lie nobody knows where.

        Args:
            level: The level.
            wholly: Only those that lie in no place at all; else those as well whose place itself
                lies nobody knows where.
        """
        size = len(self.tiers[level])
        if level.rank <= Level.COUNTY.rank:
            codes = self.tiers[level].codes
            found = np.zeros(size, np.bool_)
            found[[at for at in self.unplaced(level) if gbt_level(codes[at]) is None]] = True
            return found
        adrift: Flags = self._is_adrift(level)[:size]
        if wholly:
            return adrift
        county = self.ladder(level, Level.COUNTY)[:size]
        nowhere = np.append(self.lost(Level.COUNTY), np.False_)
        return adrift | nowhere[np.where(county < len(nowhere), county, -1)]

    def below(self, code: str, level: Level) -> Flags:
        """Tell which subjects of a level have a code or lie in who has it."""
        size = len(self.tiers[level])
        found = np.zeros(size, np.bool_)
        for upper in _LEVELS[: level.rank + 1]:
            at = self.tiers[upper].find(code)
            if at is not None and upper is not level:
                found |= self.ladder(level, upper)[:size] == at
            elif at is not None and at < size:
                found[at] = True
        return found

    def parents(self, level: Level, at: int) -> tuple[str, ...]:
        """List the codes of everything above a subject, highest first."""
        own = self._own.get(level, {}).get(at, -1)
        return (*self._chain(own), *self._chain(int(self._nodes[level][at])))

    def every_parents(self, level: Level) -> Coded[tuple[str, ...]]:
        """List the same for all subjects of a level; those in one place share one list."""
        nodes = self._nodes[level][: len(self.tiers[level])]
        found, places = np.unique(nodes, return_inverse=True)
        known = list(map(self._chain, found.tolist()))
        for at, node in self._own.get(level, {}).items():
            known.append((*self._chain(node), *known[places[at]]))
            places[at] = len(known) - 1
        return Coded(known, places)

    def _chain(self, node: int) -> tuple[str, ...]:
        if node not in self._parents:
            above, index = _LEVELS[node >> _SHIFT], node & ((1 << _SHIFT) - 1)
            self._parents[node] = (*self.parents(above, index), self.tiers[above].code(index))
        return self._parents[node]

    def is_placed(self, level: Level, at: int) -> bool:
        """Tell whether anything is known of where a subject lies."""
        return (
            int(self._nodes[level][at]) >= 0
            or level is Level.REGION
            or self.tiers[level].codes[at] in self._places
            or self.tiers[level].codes[at] in self._jurisdictions
        )

    def unplaced(self, level: Level) -> list[int]:
        """List the subjects of a level of which nothing is known of where they lie."""
        below = np.flatnonzero(self._nodes[level][: len(self.tiers[level])] < 0)
        return [at for at in below.tolist() if not self.is_placed(level, at)]
