"""Who is known, and who lies in what, as far as a roster and the places tell."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from functools import cached_property
from typing import Self

from dabiao.rules.forms.past import Past
from dabiao.schemas.divisions import gbt_level, leading
from dabiao.schemas.facts import Facts, Standing
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.record import dataclass
from dabiao.schemas.subject import Place, Subject


@dataclass(frozen=True)
class Ground:
    """The subjects that a form may be about.

    Attributes:
        names: Names by code.
        levels: Levels by code.
        parents: Codes of what each lies in, as far as somebody said so.
        listed: Codes of those that a roster lists or that reported before.
        places: Codes of the places of the rule pack.
        lifetimes: How long subjects exist, by code, where a roster says so.
        year: The year that a form is about; who does not exist in it is not known.
        former: Codes of today by former ones.
        past: What was reported before.
    """

    names: Mapping[str, str]
    levels: Mapping[str, Level]
    parents: Mapping[str, str]
    listed: frozenset[str]
    places: frozenset[str]
    lifetimes: Mapping[str, Lifetime] = field(default_factory=dict)
    year: int | None = None
    former: Mapping[str, str] = field(default_factory=dict)
    past: Past = field(default_factory=Past)
    _above: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, places: Mapping[str, Place], roster: Facts | None = None, year: int | None = None
    ) -> Self:
        """Know the places, and whoever stands in a roster or an earlier submission.

        Args:
            places: The places of the rule pack.
            roster: The roster or earlier submission.
            year: The year that a form is about; None for whoever ever existed.
        """
        names = {code: place.name for code, place in places.items()}
        levels = {code: place.level for code, place in places.items()}
        parents = {code: place.parent for code, place in places.items() if place.parent}
        listed: set[str] = set()
        lifetimes: dict[str, Lifetime] = {}
        for level, table in roster.levels.items() if roster is not None else ():
            who = zip(table.codes, table.names, table.parents, table.standings, strict=True)
            for code, name, parent, standing in who:
                names[code], levels[code] = name, level
                if parent is not None:
                    parents[code] = parent
                if standing is not Standing.NAMED:
                    listed.add(code)
            lifetimes |= {table.codes[at]: life for at, life in table.lifetimes.items()}
        former = {} if roster is None else roster.former_codes
        for old in former:
            for of in (names, levels, parents):
                of.pop(old, None)
        known = frozenset(places) - former.keys()
        parents = {code: former.get(parent, parent) for code, parent in parents.items()}
        return cls(names, levels, parents, frozenset(listed), known, lifetimes, year, former)

    def exists(self, code: str, year: int) -> bool:
        """Tell whether a subject exists in a year; a class does not outlive its school."""
        schools = [each for each in self.above(code) if self.levels.get(each) is Level.SCHOOL]
        lives = [self.lifetimes.get(each) for each in (code, *schools)]
        return all(life is None or life.covers(year) for life in lives)

    def level(self, code: str) -> Level | None:
        """Tell the level of a place or subject, at worst by the form of its code."""
        return self.levels.get(code) or gbt_level(code)

    def parent(self, code: str) -> str | None:
        """Give what a subject lies in: as it was said, else by the leading digits of its code."""
        if code in self.parents:
            return self.parents[code]
        near = (self.former.get(place, place) for place in leading(code))
        return next((place for place in near if place in self.levels), None)

    def above(self, code: str) -> tuple[str, ...]:
        """List what a subject lies in, nearest first."""
        if code not in self._above:
            found: list[str] = []
            parent = self.parent(code)
            while parent is not None and parent != code and parent not in found:
                found.append(parent)
                parent = self.parent(parent)
            self._above[code] = tuple(found)
        return self._above[code]

    def inside(self, code: str, place: str | None) -> bool:
        """Tell whether a subject is a place or lies in it; None is everywhere."""
        place = self.former.get(place or "", place)
        return place is None or code == place or place in self.above(code)

    def meet(self, area: str, place: str | None) -> bool:
        """Tell whether two places have anything in common."""
        return self.inside(area, place) or (place is not None and self.inside(place, area))

    def subject(self, code: str) -> Subject | None:
        """Give a subject with all that is above it; None if its level cannot be told."""
        level = self.level(code)
        if level is None:
            return None
        above = tuple(reversed(self.above(code)))
        return Subject(code=code, name=self.names.get(code, code), level=level, parents=above)

    def known(self, area: str, level: Level) -> list[Subject]:
        """List the subjects of a level in an area, in order of code.

        Where the roster lists any, it knows who there is; else the places do. A subject that was
        only named, as the parent of another, is one all the same.
        """
        found = {code for code in self._within(area) if self.levels.get(code) is level}
        if found & self.listed:
            named = {area} | {self.parents[code] for code in self.listed & self.parents.keys()}
            found -= self.places - self.listed - named
        if self.year is not None:
            found = {code for code in found if self.exists(code, self.year)}
        return [each for code in sorted(found) if (each := self.subject(code)) is not None]

    def _within(self, area: str) -> list[str]:
        """List the codes of an area and of all that lies in it."""
        found = dict.fromkeys([area])
        waiting = [area]
        while waiting:
            new = [code for code in self._children.get(waiting.pop(), ()) if code not in found]
            found.update(dict.fromkeys(new))
            waiting.extend(new)
        return list(found)

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for code in self.levels:
            above = self.above(code)
            if above:
                found.setdefault(above[0], []).append(code)
        return found

    def roster(self, area: str) -> Iterator[Subject]:
        """Yield everybody known in an area, the highest level first."""
        for level in Level:
            yield from self.known(area, level)
