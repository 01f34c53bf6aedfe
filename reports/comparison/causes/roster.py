"""Who is there and what lies in what, in one run and not in the other."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dabiao.schemas.comparison import Cause, CauseKind
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.reasons.origins import Concluded, Counted, OfEach, Ranked, Summed, ValueOrigin
from dabiao.schemas.reasons.why import (
    NotBegun,
    NotThere,
    OutsidePeriod,
    Over,
    Replaced,
    RolledUp,
    Superseded,
)
from dabiao.schemas.run import Run

MOST = 5
"""Up to how many of one kind are named; of more, how many more there are."""
_UNJUDGED = (Superseded, Replaced, OutsidePeriod, NotBegun, Over, NotThere)
_CODE = re.compile(r"[0-9]{6}")
"""The code of a place, as rules name it."""
_Lain = dict[int, set[tuple[str, ...]]]


class Listed:
    """Who is known in a run, and in what they lie.

    Args:
        run: The run.

    Attributes:
        known: The codes of all who are known, and of the places above them.
        named: The codes of the places that its rules and documents are about.
    """

    def __init__(self, run: Run) -> None:
        self._ways: dict[str, set[tuple[tuple[str, ...], tuple[int, ...]]]] = {}
        self._below: dict[tuple[str, Level], set[str]] = {}
        self._names = run.names
        for each in run.subjects:
            self._ways.setdefault(each.code, set()).add((each.parents, each.years))
            for parent in each.parents:
                self._below.setdefault((parent, each.level), set()).add(each.code)
        self._years = {rule.timing.figures(year) for rule in run.judged for year in run.years}
        self.known = self._ways.keys() | {above for above, _ in self._below}
        texts = (f"{each.area} {each.norm} {each.condition}" for each in run.judged)
        areas = (each.jurisdiction or "" for each in run.documents)
        self.named = set(_CODE.findall(" ".join((*texts, *areas)))) - self._ways.keys()

    def __bool__(self) -> bool:
        """Tell whether anybody is known; of a run by no rules nobody is."""
        return bool(self._ways)

    def __contains__(self, code: str) -> bool:
        """Tell whether somebody is known."""
        return code in self._ways

    def lain(self, code: str) -> _Lain:
        """Give in what somebody lies in each year that is judged; nothing of who is not known."""
        found: _Lain = {}
        for parents, years in self._ways.get(code, ()):
            for year in years or self._years:
                found.setdefault(year, set()).add(parents)
        return found

    def below(self, code: str, level: Level) -> set[str]:
        """Give those of a level who lie in somebody."""
        return self._below.get((code, level), set())

    def place(self, code: str, up: int = 1) -> str | None:
        """Say in what somebody lies; None of who is not known.

        Args:
            code: Who.
            up: How many steps above.
        """
        ways = sorted(self._ways.get(code, ()))
        if not ways:
            return None
        parents = dict.fromkeys(way[0][-up] for way in ways if len(way[0]) >= up)
        named = (self._names.get(each, each) for each in parents)
        return say("、", ", ").join(named) or say("上级不详", "place unknown")

    def depth(self, code: str) -> int:
        """Count the steps from somebody to the highest above them."""
        return max((len(parents) for parents, _ in self._ways.get(code, ())), default=0)

    def name(self, code: str) -> str | None:
        """Give the name of somebody who is known."""
        return self._names.get(code)


class RosterChanges:
    """Compares who is there.

    Args:
        before: Who is known in the earlier run.
        after: Who is known in the later one.
    """

    def __init__(self, before: Listed, after: Listed) -> None:
        self._lists = before, after
        self._apart = before.named - after.known, after.named - before.known
        """Places above somebody only because the rules of one run alone speak of them."""

    def moved(self, code: str) -> bool:
        """Tell whether somebody is known in one run alone, or lies in something else.

        Where both judge figures of the same years, these are compared.
        """
        if not all(self._lists):
            return False
        one, other = (
            {year: {self._above(at, each) for each in ways} for year, ways in lain.items()}
            for at, lain in enumerate(listed.lain(code) for listed in self._lists)
        )
        if years := one.keys() & other.keys():
            return any(one[year] != other[year] for year in years)
        return set().union(*one.values()) != set().union(*other.values())

    def _above(self, run: int, parents: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in parents if each not in self._apart[run])

    def cause(self, code: str, own: str = "") -> Cause:
        """Say where somebody lay and lies: at the nearest step above that differs.

        Args:
            code: The subject.
            own: The one whose finding it is about.
        """
        one, other = self._lists
        whose = None if code == own else code
        name = other.name(code) or one.name(code) or ""
        steps = range(1, max(one.depth(code), other.depth(code)) + 1)
        up = next((up for up in steps if one.place(code, up) != other.place(code, up)), 1)
        return Cause(
            kind=CauseKind.ROSTER,
            subject=whose,
            name="" if whose is None else name,
            before=one.place(code, up),
            after=other.place(code, up),
        )

    def changed(self, before: Finding, after: Finding, *, steady: bool) -> Iterator[Cause]:
        """Say what of the roster a finding rests on, and differs.

        Args:
            before: The finding of the earlier run.
            after: That of the later one.
            steady: Whether nothing else differs that decides whose values are looked at.
        """
        own = after.subject.code
        was, now = (_there(each) for each in (before, after))
        if was != now and before.year == after.year:
            yield Cause(kind=CauseKind.ROSTER, before=was, after=now)
        elif self._lies_elsewhere(before, after) or self.moved(own):
            yield self.cause(own, own)
        if not (_is_judged(before) and _is_judged(after)):
            return
        found = sorted(self._others(before, after, steady=steady))
        for cause, code in zip(self._few(found, own), found, strict=False):
            yield cause if self.moved(code) else self._counted(cause, code, before, after)
        one, other = (_counts(each) for each in (before, after))
        if steady and not found and (differing := _differing(one, other)):
            yield Cause(kind=CauseKind.ROSTER, before=differing[0], after=differing[1])

    def _counted(self, cause: Cause, code: str, before: Finding, after: Finding) -> Cause:
        """Say of who lies where it lay in which of the findings it counts."""
        was, now = (
            listed.place(code) if code in _others(of) else say("不计入", "does not count")
            for listed, of in zip(self._lists, (before, after), strict=True)
        )
        return replace(cause, before=was, after=now)

    def _lies_elsewhere(self, before: Finding, after: Finding) -> bool:
        above = (self._above(at, of.subject.parents) for at, of in enumerate((before, after)))
        return next(above) != next(above)

    def anywhere(self, before: Finding, after: Finding) -> list[Cause]:
        """Name whoever came, went or moved at any level below, where nothing nearer is known."""
        found: set[str] = set()
        for level in Level:
            found |= self._come_and_gone(before, after, level)
        return list(self._few(sorted(found), after.subject.code))

    def _few(self, codes: list[str], own: str) -> Iterator[Cause]:
        for at, code in enumerate(codes[:MOST], 1):
            more = len(codes) - MOST if at == MOST else 0
            yield replace(self.cause(code, own), more=more)

    def _come_and_gone(self, before: Finding, after: Finding, level: Level) -> set[str]:
        one, other = (
            listing.below(of.subject.code, level)
            for listing, of in zip(self._lists, (before, after), strict=True)
        )
        return one ^ other

    def _others(self, before: Finding, after: Finding, *, steady: bool) -> Iterator[str]:
        """Name the others whose values only one finding rests on, for want of them in the other."""
        known = _others(before) ^ _others(after)
        listed = known - {None, before.subject.code, after.subject.code}
        below: set[str] = set()
        for level in _levels(before) | _levels(after):
            below |= self._come_and_gone(before, after, level)
        yield from below
        for code in listed - below:
            if code is not None and (steady or self.moved(code)):
                yield code


def rests_on_others(finding: Finding) -> bool:
    """Tell whether a finding looks at anybody but its own subject."""
    return bool(_levels(finding)) or bool(_others(finding) - {None})


def _others(finding: Finding) -> set[str | None]:
    """Give the others whose values a finding rests on, other than by what is concluded of them."""
    return {each.subject for each in finding.inputs if not isinstance(each.origin, Concluded)}


def _is_judged(finding: Finding) -> bool:
    """Tell whether anything was looked at; else nothing that a finding rests on is known."""
    return not isinstance(finding.reason, _UNJUDGED)


def _there(finding: Finding) -> str | None:
    """Say what has become of a subject that is not there; None of one that is."""
    reason = finding.reason
    if not isinstance(reason, NotThere):
        return None
    existence = reason.existence
    return say("不存在", "not there") if existence is None else existence.status.label


def _levels(finding: Finding) -> set[Level]:
    """Give the levels of those below who count, whether or not they are listed."""
    found = {
        each.origin.level
        for each in finding.inputs
        if isinstance(each.origin, Summed | OfEach | Counted)
    }
    if isinstance(finding.reason, RolledUp):
        found.add(finding.reason.level)
    return found


def _counts(finding: Finding) -> dict[tuple[str, int | None], int]:
    """Give how many subjects values were made of."""
    return {
        (each.measure or each.of.zh, each.year): count
        for each in finding.inputs
        if (count := _count(each.origin)) is not None
    }


def _count(of: ValueOrigin | None) -> int | None:
    return of.count if isinstance(of, Summed | OfEach | Counted | Ranked) else None


def _differing(
    one: dict[tuple[str, int | None], int], other: dict[tuple[str, int | None], int]
) -> tuple[int, int] | None:
    pairs = ((one[key], other[key]) for key in other if key in one)
    return next((pair for pair in pairs if pair[0] != pair[1]), None)
