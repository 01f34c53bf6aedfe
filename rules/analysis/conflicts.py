"""Where two commitments speak of the same thing: which is stricter, which can't both be kept.

Pairs are compared in bound, scope and time, after rounding; a plan for a league with the plans of
its banners where both speak of a share. Of a table of targets each line is compared. Which pairs
are looked at, and that it costs no more than a measure has rules, is said in ``meetings``.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from itertools import chain
from typing import assert_never

from dabiao.rules.analysis.authority import above, is_part
from dabiao.rules.analysis.comparing import compare, each_asks_more, share_a_place
from dabiao.rules.analysis.demands import (
    FOREVER,
    Side,
    apart_by,
    common,
    compare_scopes,
    compare_times,
    due_years,
)
from dabiao.rules.analysis.meetings import (
    Demand,
    across_levels,
    at_one_level,
    changes_and_levels,
    demands,
)
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.timing import deadline
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import TimingKind


class Relationship(StrEnum):
    """How one commitment stands to another on the same measure; what matters most comes first."""

    CONTRADICTORY = "contradictory"
    """No value keeps both, or one thing is due at two dates."""
    LOOSER = "looser"
    """The first is of a document below the second one's, and asks for less."""
    DECLARED = "declared"
    """The rules say of one another that they disagree, in what can't be compared."""
    ANNUAL = "annual"
    """The first carries the second out for a year, and governs that year."""
    STRICTER = "stricter"
    """What keeps the first keeps the second too."""
    MIXED = "mixed"
    """The first asks for more, the second of more subjects."""
    ASPIRATION = "aspiration"
    """The first asks for more, but only strives for it."""
    MILESTONE = "milestone"
    """The first is a stage on the way to the second."""
    SUPERSEDED = "superseded"
    """The first one's document replaces the second one's."""
    DUPLICATE = "duplicate"
    """They demand the same."""
    INCOMPARABLE = "incomparable"
    """One asks for a change, the other for a level, and nothing printed leads from one to the
    other."""

    @property
    def label(self) -> str:
        """Name in the language spoken now."""
        return {
            "contradictory": say("互相矛盾", "contradictory"),
            "looser": say("前者比上级松", "the first is looser than the one above"),
            "declared": say("已注明不一致", "said to disagree"),
            "annual": say("当年以前者为准", "the first governs its year"),
            "stricter": say("前者更严", "the first is stricter"),
            "mixed": say("各有更严之处", "each is stricter in something"),
            "aspiration": say("前者更高但属力争", "the first is higher, but only striven for"),
            "milestone": say("前者是后者的阶段", "the first is a stage of the second"),
            "superseded": say("后者已被取代", "the second is superseded"),
            "duplicate": say("相同", "duplicate"),
            "incomparable": say(
                "比不出：前者要变化，后者要水平，没有印出基期的数",
                "not comparable: the first asks for a change, the second for a level, and no"
                " baseline is printed",
            ),
        }[self]


_DECEMBER = 12
_RANK = {each: at for at, each in enumerate(Relationship)}


class Respect(StrEnum):
    """In what two commitments differ."""

    LEVEL = "level"
    """Of whom: a league, or its banners."""
    BOUND = "bound"
    """How much."""
    SCOPE = "scope"
    """Of which of them."""
    TIME = "time"
    """From when on, or until when."""
    ASPIRATION = "aspiration"
    """Whether it is promised, or only striven for."""

    @property
    def label(self) -> str:
        """Name in the language spoken now."""
        return {
            "level": say("层级", "level"),
            "bound": say("要求", "bound"),
            "scope": say("对象", "scope"),
            "time": say("时间", "time"),
            "aspiration": say("力争", "aspiration"),
        }[self]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two commitments that meet.

    Attributes:
        relationship: How the first stands to the second.
        first: The rule it is told of.
        second: The other.
        by: How far their bounds lie apart, in ``unit``; None where that is no number.
        unit: The unit.
        years: First and last year in which both have to hold, or of the first where none is common.
        governing: Id of the rule to keep to; None where nobody can say.
        line: The line of a table that it is told of, in words; empty where that is all of a rule.
        differs: In what they differ, beside their places; nothing where they demand the same.
    """

    relationship: Relationship
    first: Rule
    second: Rule
    by: float | None
    unit: str
    years: tuple[int, int] | None
    governing: str | None
    line: str = ""
    differs: tuple[Respect, ...] = ()

    @property
    def acknowledged(self) -> bool:
        """Whether the rules say of one another that they disagree."""
        return _declared(self.first, self.second)

    def row(self) -> dict[str, str | float | bool | None]:
        """Give it as plain data, one value a key."""
        return {
            "relationship": self.relationship.value,
            "label": self.relationship.label,
            "differs": say("、", ", ").join(each.label for each in self.differs),
            "first": self.first.id,
            "first_title": self.first.title,
            "first_norm": self.first.norm_text,
            "second": self.second.id,
            "second_title": self.second.title,
            "second_norm": self.second.norm_text,
            "measure": self.first.measure or self.first.norm_text,
            "by": self.by,
            "unit": self.unit,
            "years": _span(self.years),
            "governing": self.governing,
            "acknowledged": self.acknowledged,
            "line": self.line,
        }


def find_conflicts(catalog: Catalog) -> list[Conflict]:
    """Find the pairs of rules that speak of the same thing, what matters most first.

    Rules over verdicts are left out: what they demand depends on other rules.
    """
    every = list(demands(catalog))
    meetings_of: dict[frozenset[str], dict[frozenset[int | str], tuple[Conflict, ...]]] = {}
    for one, other in (*at_one_level(every, catalog), *across_levels(every)):
        if one.rule.id == other.rule.id:
            continue
        if met := tuple(_meet(one, other, catalog)):
            meetings = meetings_of.setdefault(frozenset((one.rule.id, other.rule.id)), {})
            meetings[frozenset(map(_met_once, (one, other)))] = met
    lines = Counter({(each.rule.id, each.line): each.rule.id for each in every}.values())
    conflicts = [
        each
        for pair in meetings_of.values()
        for each in _of_a_pair([*chain(*pair.values())], lines)
    ]
    conflicts = [
        replace(each, first=catalog.rules[each.first.id], second=catalog.rules[each.second.id])
        for each in conflicts
    ]
    for rule in catalog:
        for id_ in rule.contradicts:
            pair = frozenset((rule.id, id_))
            if id_ in catalog.rules and pair not in meetings_of:
                meetings_of[pair] = {}
                conflicts.append(_only_declared(rule, catalog.rules[id_]))
    for one, other in changes_and_levels(every):
        pair = frozenset((one.rule.id, other.rule.id))
        if len(pair) > 1 and pair not in meetings_of and (years := _beside(one, other, catalog)):
            meetings_of[pair] = {}
            of = catalog.rules[one.rule.id], catalog.rules[other.rule.id]
            differs = (Respect.BOUND,)
            conflicts.append(
                Conflict(Relationship.INCOMPARABLE, *of, None, "", years, None, "", differs)
            )
    return sorted(conflicts, key=_order)


def _met_once(of: Demand) -> int | str:
    """Tell demands apart, but for those chosen from (或): they are one, whichever is looked at."""
    return of.rule.id if of.options else id(of)


def _beside(one: Demand, other: Demand, catalog: Catalog) -> tuple[int, int] | None:
    """Give the years in which two demands are made of the same subjects, if there are any."""
    if not share_a_place(one, other, catalog):
        return None
    if compare_scopes(one.rule.condition, other.rule.condition) is Side.APART:
        return None
    return common(one.due, other.due)


def _span(years: tuple[int, int] | None) -> str:
    """Write some years; those without an end end with the dash."""
    first, last = years or ("", "")
    ends = "" if last == FOREVER else last
    return str(first) if first == last else f"{first}–{ends}"


def _order(of: Conflict) -> tuple[int, str, str, tuple[int, int], str]:
    return _RANK[of.relationship], of.first.id, of.second.id, of.years or (0, 0), of.line


def _of_a_pair(meetings: list[Conflict], lines: Mapping[str, int]) -> list[Conflict]:
    """Tell of two rules once what holds of all lines of their tables."""
    first, *rest = meetings
    whole = len(meetings) == max(lines[first.first.id], lines[first.second.id])
    if rest and whole and all(each.relationship is Relationship.DUPLICATE for each in meetings):
        spans = [each.years for each in meetings if each.years is not None]
        years = (min(each[0] for each in spans), max(each[1] for each in spans)) if spans else None
        return [replace(first, years=years, line="")]
    return meetings


def _meet(one: Demand, other: Demand, catalog: Catalog) -> Iterator[Conflict]:
    """Tell how two rules on one measure stand to one another; nothing where they do not meet."""
    first, second = one.rule, other.rule
    if not share_a_place(one, other, catalog):
        return
    for newer, older in ((one, other), (other, one)):
        whole = older.rule.document.id in newer.rule.document.supersedes
        if whole or older.rule.id in {id_ for id_, _ in newer.rule.replaces}:
            alone = replace(older.rule, superseded_by=(), replaced_by=())
            ended = common(newer.due, due_years(alone))
            if ended is not None:
                yield _conflict(Relationship.SUPERSEDED, newer, older, ended, newer.rule.id)
            if whole or common(newer.due, older.due) is None:
                return
    if first.level is not second.level:
        across = _meet_across(one, other, catalog)
        yield from () if across is None else (across,)
        return
    scope = compare_scopes(first.condition, second.condition)
    if scope is Side.APART:
        return
    if above(second.document, first.document, catalog):
        one, other, scope = other, one, scope.turned
    yield from _meet_within(one, other, scope, catalog)


def _meet_within(one: Demand, other: Demand, scope: Side, catalog: Catalog) -> Iterator[Conflict]:
    """Compare two rules at one level; where one is above the other, it is the first."""
    bound = compare(one, other)
    if bound is Side.NEITHER and not each_asks_more(one, other):
        return
    superior = above(one.rule.document, other.rule.document, catalog)
    if bound is Side.EQUAL and scope is Side.EQUAL and _two_dates(one, other, superior=superior):
        years = common(one.due, other.due) or one.due
        yield _conflict(Relationship.CONTRADICTORY, one, other, years, None)
        return
    if bound is not Side.NEITHER and is_part(other.rule.document, one.rule.document, catalog):
        points = _points(other, one, bound.turned)
        if points is not None:
            yield points
            if points.relationship is Relationship.ASPIRATION or bound is Side.SECOND:
                return
    yield from _while_both_are_due(one, other, bound, scope, superior=superior)


def _while_both_are_due(
    one: Demand, other: Demand, bound: Side, scope: Side, *, superior: bool
) -> Iterator[Conflict]:
    """Compare two rules in the years in which both have to hold."""
    years = common(one.due, other.due)
    if years is None:
        return
    if bound is Side.APART:
        yield _conflict(Relationship.CONTRADICTORY, one, other, years, None)
        return
    if _both_end(one, other) and bound in (Side.FIRST, Side.SECOND):
        strict, loose = (one, other) if bound is Side.FIRST else (other, one)
        if _date(strict.rule) > _date(loose.rule):
            yield _conflict(Relationship.MILESTONE, loose, strict, years, None)
            return
    yield _ordered(one, other, years, _stricter(one, other, bound, scope), superior=superior)


def _points(points: Demand, plan: Demand, bound: Side) -> Conflict | None:
    """Compare the points of a year with the plan they carry out, which may be due later only.

    None where the plan asks for as much, or contradicts them, in the same years.
    """
    years = common(points.due, plan.force)
    if years is None:
        return None
    if points.rule.aspiration:
        sooner = bound is Side.EQUAL and common(years, plan.due) is None
        ahead = (bound is Side.FIRST or sooner) and not plan.rule.aspiration
        id_ = plan.rule.id
        return _conflict(Relationship.ASPIRATION, points, plan, years, id_) if ahead else None
    if bound is not Side.FIRST and plan.due is not None:
        years = common(years, (years[0], plan.due[0] - 1))
    if years is None:
        return None
    kind = Relationship.MILESTONE if bound is Side.SECOND else Relationship.ANNUAL
    return _conflict(kind, points, plan, years, points.rule.id)


def _meet_across(one: Demand, other: Demand, catalog: Catalog) -> Conflict | None:
    """Compare a league's target with one of its banners': neither binds whom the other binds."""
    if above(other.rule.document, one.rule.document, catalog):
        one, other = other, one
    if not above(one.rule.document, other.rule.document, catalog):
        return None
    if one.rule.level.rank > other.rule.level.rank or one.due is None or other.due is None:
        return None
    if compare_scopes(one.rule.condition, other.rule.condition) is Side.APART:
        return None
    bound = compare(one, other)
    if bound in (Side.NEITHER, Side.APART):
        return None
    years = common(one.due, other.due)
    if bound is Side.EQUAL and years is None:
        return None
    side = _stricter(one, other, bound, Side.EQUAL)
    found = _ordered(one, other, years or other.due, side, superior=True)
    return replace(found, governing=None)


def _stricter(one: Demand, other: Demand, bound: Side, scope: Side) -> Side:
    """Put bound and scope together; where both are equal, who has to hold it longer is stricter."""
    if Side.EQUAL not in (bound, scope):
        return bound if bound is scope else Side.NEITHER
    side = scope if bound is Side.EQUAL else bound
    if side is not Side.EQUAL:
        return side
    if one.rule.aspiration is not other.rule.aspiration:
        return Side.SECOND if one.rule.aspiration else Side.FIRST
    return _longer(one, other)


def _longer(one: Demand, other: Demand) -> Side:
    """Tell which of two equal demands is due earlier, or holds longer while both documents do."""
    first, second = _date(one.rule), _date(other.rule)
    if _both_end(one, other) and first != second:
        return Side.FIRST if first < second else Side.SECOND
    both = common(_period(one.rule), _period(other.rule))
    spans = [common(each.due, both) for each in (one, other)]
    if spans[0] is None or spans[1] is None:
        return Side.NEITHER
    return compare_times(spans[0], spans[1])


def _period(rule: Rule) -> tuple[int, int]:
    period = rule.document.period
    return period.from_, FOREVER if period.to is None else period.to


def _ordered(
    one: Demand, other: Demand, years: tuple[int, int], side: Side, *, superior: bool
) -> Conflict:
    """Tell of a pair of which one is stricter, or none."""
    match side:
        case Side.NEITHER | Side.APART:
            return _conflict(Relationship.MIXED, one, other, years, None)
        case Side.EQUAL:
            id_ = one.rule.id if superior and not one.rule.aspiration else None
            return _conflict(Relationship.DUPLICATE, one, other, years, id_)
        case Side.FIRST:
            strict, loose = one, other
        case Side.SECOND:
            strict, loose = other, one
        case _:
            assert_never(side)
    if strict.rule.aspiration:
        id_ = None if loose.rule.aspiration else loose.rule.id
        return _conflict(Relationship.ASPIRATION, strict, loose, years, id_)
    if superior and strict is one:
        return _conflict(Relationship.LOOSER, loose, strict, years, strict.rule.id)
    return _conflict(Relationship.STRICTER, strict, loose, years, strict.rule.id)


def _two_dates(one: Demand, other: Demand, *, superior: bool) -> bool:
    """Tell whether two rules say of one thing that it is due at different dates.

    A document below may have it earlier or later; that is stricter or looser. What is to be done in
    one year, and again in another, is done twice.
    """
    if not _both_end(one, other) or _date(one.rule) == _date(other.rule):
        return False
    if superior and _date(other.rule) < _date(one.rule):
        return False
    once = TimingKind.DUE in (one.rule.timing.kind, other.rule.timing.kind)
    return _declared(one.rule, other.rule) or (once and not superior)


def _both_end(one: Demand, other: Demand) -> bool:
    return deadline(one.rule) is not None and deadline(other.rule) is not None


def _date(of: Rule) -> tuple[int, int]:
    """Give the year and month by the end of which a norm has to hold; 0 where there is none."""
    return deadline(of) or 0, of.timing.month or _DECEMBER


def _declared(one: Rule, other: Rule) -> bool:
    return other.id in one.contradicts or one.id in other.contradicts


def _only_declared(one: Rule, other: Rule) -> Conflict:
    """Tell of a pair that only its rules say to disagree."""
    years = common(due_years(one), due_years(other))
    return Conflict(Relationship.DECLARED, one, other, None, one.unit, years, None)


def _conflict(
    relationship: Relationship,
    first: Demand,
    second: Demand,
    years: tuple[int, int] | None,
    governing_id: str | None,
) -> Conflict:
    choice = bool(first.options or second.options)
    by = (
        None
        if choice or compare(first, second) is Side.EQUAL
        else apart_by(first.bound, second.bound)
    )
    unit = "百分点" if first.rule.unit == "%" else first.rule.unit
    line = say("，", ", ").join(dict.fromkeys(filter(None, (first.line, second.line))))
    alike = relationship is Relationship.DUPLICATE
    differs = () if alike else tuple(_differing(first, second))
    of = first.rule, second.rule
    return Conflict(relationship, *of, by, unit, years, governing_id, line, differs)


def _differing(first: Demand, second: Demand) -> Iterator[Respect]:
    one, other = first.rule, second.rule
    if one.level is not other.level:
        yield Respect.LEVEL
    if compare(first, second) is not Side.EQUAL:
        yield Respect.BOUND
    if compare_scopes(one.condition, other.condition) is not Side.EQUAL:
        yield Respect.SCOPE
    if first.due != second.due or _date(one) != _date(other):
        yield Respect.TIME
    if one.aspiration is not other.aspiration:
        yield Respect.ASPIRATION
