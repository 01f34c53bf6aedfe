"""Who is there and what lies in what, in one run and not in the other."""

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
_Ways = frozenset[tuple[tuple[str, ...], tuple[int, ...]]]


class Listed:
    """Who is known in a run, and in what they lie.

    Args:
        run: The run.
    """

    def __init__(self, run: Run) -> None:
        self._ways: dict[str, set[tuple[tuple[str, ...], tuple[int, ...]]]] = {}
        self._below: dict[tuple[str, Level], set[str]] = {}
        self._names = run.names
        for each in run.subjects:
            self._ways.setdefault(each.code, set()).add((each.parents, each.years))
            for parent in each.parents:
                self._below.setdefault((parent, each.level), set()).add(each.code)

    def __bool__(self) -> bool:
        """Tell whether anybody is known; of a run by no rules nobody is."""
        return bool(self._ways)

    def __contains__(self, code: str) -> bool:
        """Tell whether somebody is known."""
        return code in self._ways

    def ways(self, code: str) -> _Ways:
        """Give in what somebody lies, and in which years; nothing of who is not known."""
        return frozenset(self._ways.get(code, ()))

    def below(self, code: str, level: Level) -> set[str]:
        """Give those of a level who lie in somebody."""
        return self._below.get((code, level), set())

    def place(self, code: str) -> str | None:
        """Say in what somebody lies; None of who is not known."""
        ways = sorted(self._ways.get(code, ()))
        if not ways:
            return None
        parents = dict.fromkeys(way[0][-1] for way in ways if way[0])
        named = (self._names.get(each, each) for each in parents)
        return say("、", ", ").join(named) or say("上级不详", "place unknown")

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

    def moved(self, code: str) -> bool:
        """Tell whether somebody is known in one run alone, or lies in something else."""
        one, other = self._lists
        return bool(one) and bool(other) and one.ways(code) != other.ways(code)

    def cause(self, code: str, own: str = "") -> Cause:
        """Say where somebody lay and lies.

        Args:
            code: The subject.
            own: The one whose finding it is about.
        """
        one, other = self._lists
        whose = None if code == own else code
        name = other.name(code) or one.name(code) or ""
        return Cause(
            kind=CauseKind.ROSTER,
            subject=whose,
            name="" if whose is None else name,
            before=one.place(code),
            after=other.place(code),
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
        elif before.subject.parents != after.subject.parents or self.moved(own):
            yield self.cause(own, own)
        if not (_is_judged(before) and _is_judged(after)):
            return
        found = sorted(self._others(before, after, steady=steady))
        yield from self._few(found, own)
        one, other = (_counts(each) for each in (before, after))
        if steady and not found and (differing := _differing(one, other)):
            yield Cause(kind=CauseKind.ROSTER, before=differing[0], after=differing[1])

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
