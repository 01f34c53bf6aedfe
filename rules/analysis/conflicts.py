"""Where two commitments speak of the same thing: which is stricter, which can't both be kept."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from typing import assert_never

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, EachComplies, Within
from dabiao.rules.catalog.timing import Phase, phase
from dabiao.rules.formulas.formula import (
    Both,
    Either,
    Formula,
    Measured,
    Number,
    Relates,
    Relation,
    Text,
    Truth,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import say

_AHEAD = 10
"""Years looked at beyond the beginning of a document without an end."""


class Relationship(StrEnum):
    """How one commitment stands to another on the same measure."""

    DUPLICATE = "duplicate"
    """They demand the same."""
    STRICTER = "stricter"
    """What keeps the first keeps the second too."""
    CONTRADICTORY = "contradictory"
    """No value keeps both."""
    SUPERSEDED = "superseded"
    """The first one's document replaces the second one's."""

    @property
    def label(self) -> str:
        """Name in the language spoken now."""
        return {
            "duplicate": say("相同", "duplicate"),
            "stricter": say("前者更严", "the first is stricter"),
            "contradictory": say("不能同时做到", "contradictory"),
            "superseded": say("后者已被取代", "the second is superseded"),
        }[self]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two commitments that meet.

    Attributes:
        relationship: How the first stands to the second.
        first: Id of the stricter or newer rule.
        second: Id of the other.
        measure: What both are about, as the first writes it.
        by: How far their bounds lie apart, in ``unit``; None where that is no number.
        unit: The unit.
        years: First and last year in which both have to hold.
        acknowledged: Whether the rules say of one another that they disagree.
    """

    relationship: Relationship
    first: str
    second: str
    measure: str
    by: float | None
    unit: str
    years: tuple[int, int]
    acknowledged: bool

    def row(self) -> dict[str, str | float | bool | None]:
        """Give it as plain data, one value a key."""
        return {
            "relationship": self.relationship.value,
            "label": self.relationship.label,
            "first": self.first,
            "second": self.second,
            "measure": self.measure,
            "by": self.by,
            "unit": self.unit,
            "years": "–".join(dict.fromkeys(str(year) for year in self.years)),
            "governing": self.governing,
            "acknowledged": self.acknowledged,
        }

    @property
    def governing(self) -> str | None:
        """Id of the rule to keep to; None where no value keeps both."""
        return None if self.relationship is Relationship.CONTRADICTORY else self.first


@dataclass(frozen=True, slots=True)
class _Demand:
    """What a rule leaves allowed: a range of numbers, or one text or truth value."""

    low: float
    high: float
    open: bool
    says: str | bool | None = None


def find_conflicts(catalog: Catalog) -> list[Conflict]:
    """Find every pair of rules that speak of the same measure, subjects and years.

    Rules over verdicts are left out: what they demand depends on other rules.
    """
    groups: dict[tuple[object, ...], list[tuple[Rule, _Demand]]] = {}
    for rule in catalog:
        told = _about(rule)
        if told is not None:
            groups.setdefault(told[0], []).append((rule, told[1]))
    found = [
        conflict
        for members in groups.values()
        for (one, demand), (other, demanded) in combinations(members, 2)
        if (conflict := _meet(one, demand, other, demanded, catalog)) is not None
    ]
    return sorted(found, key=lambda each: (each.relationship, each.first, each.second))


def governing(catalog: Catalog) -> dict[str, str]:
    """Map each rule that a stricter one overrides to the strictest of those.

    One whose document was superseded is governed by nothing: from then on it applies to nobody.
    Nor does a document that facts are judged by on request only govern others.
    """
    stronger: dict[str, str] = {}
    for conflict in find_conflicts(catalog):
        asked_for = catalog.rules[conflict.first].document.on_request
        if conflict.relationship is Relationship.STRICTER and not asked_for:
            stronger.setdefault(conflict.second, conflict.first)
    return {weaker: _strongest(weaker, stronger) for weaker in sorted(stronger)}


def _strongest(rule: str, stronger: Mapping[str, str]) -> str:
    """Follow the way up to a rule that nothing overrides."""
    seen = {rule}
    while rule in stronger and stronger[rule] not in seen:
        rule = stronger[rule]
        seen.add(rule)
    return rule


def _about(rule: Rule) -> tuple[tuple[object, ...], _Demand] | None:
    """Tell what a rule is about, in a form that is equal for the same thing, and its demand."""
    match rule.norm:
        case Compares(value, comparator, Number(bound)):
            return (rule.level, value), _range(comparator, bound)
        case Compares(value, _, Text(said) | Truth(said)):
            return (rule.level, value), _Demand(0, 0, open=False, says=said)
        case Within(value, Number(low), Number(high)):
            return (rule.level, value), _Demand(low, high, open=False)
        case Changes(value, direction, span, least, relative, since):
            about = (rule.level, value, direction, span, relative, since)
            return about, _Demand(least, math.inf, open=False)
        case Compares() | Within() | AllComply() | EachComplies():
            return None
        case _:
            assert_never(rule.norm)


def _range(comparator: Comparator, bound: float) -> _Demand:
    low = bound if comparator.bounds_low else -math.inf
    high = bound if comparator.bounds_high else math.inf
    return _Demand(low, high, open=comparator.is_open)


def _meet(
    one: Rule, demand: _Demand, other: Rule, demanded: _Demand, catalog: Catalog
) -> Conflict | None:
    if not _same_place(one, other, catalog) or _apart(one, other):
        return None
    replaced = _replaced(one, other)
    if replaced is not None:
        first, second = replaced
        alone = replace(second, superseded_by=())
        ended = _common_years(first, alone)
        if ended is None:
            return None
        return _conflict(Relationship.SUPERSEDED, first, second, None, ended)
    years = _common_years(one, other)
    if not years:
        return None
    if demand == demanded:
        return _conflict(Relationship.DUPLICATE, one, other, None, years)
    if demand.says is not None or demanded.says is not None:
        return _conflict(Relationship.CONTRADICTORY, one, other, None, years)
    if _empty(demand, demanded):
        gap = max(demand.low, demanded.low) - min(demand.high, demanded.high)
        return _conflict(Relationship.CONTRADICTORY, one, other, gap, years)
    if _inside(demand, demanded):
        return _conflict(Relationship.STRICTER, one, other, _apart_by(demand, demanded), years)
    if _inside(demanded, demand):
        return _conflict(Relationship.STRICTER, other, one, _apart_by(demanded, demand), years)
    return None


def _conflict(
    relationship: Relationship,
    first: Rule,
    second: Rule,
    by: float | None,
    years: tuple[int, int],
) -> Conflict:
    measure = first.measure or first.norm_text
    acknowledged = second.id in first.contradicts or first.id in second.contradicts
    return Conflict(relationship, first.id, second.id, measure, by, first.unit, years, acknowledged)


def _empty(one: _Demand, other: _Demand) -> bool:
    low, high = max(one.low, other.low), min(one.high, other.high)
    touching = low == high and (one.open or other.open)
    return low > high or touching


def _inside(inner: _Demand, outer: _Demand) -> bool:
    """Tell whether whatever keeps the inner demand keeps the outer one."""
    low = inner.low > outer.low or (inner.low == outer.low and (inner.open or not outer.open))
    high = inner.high < outer.high or (inner.high == outer.high and (inner.open or not outer.open))
    return low and high


def _apart_by(inner: _Demand, outer: _Demand) -> float:
    gaps = [
        abs(a - b)
        for a, b in ((inner.low, outer.low), (inner.high, outer.high))
        if math.isfinite(a) and math.isfinite(b)
    ]
    return round(max(gaps, default=0.0), 9)


def _common_years(one: Rule, other: Rule) -> tuple[int, int] | None:
    both = [year for year in _due_years(one) if year in set(_due_years(other))]
    return (both[0], both[-1]) if both else None


def _due_years(rule: Rule) -> list[int]:
    period = rule.document.period
    last = period.to if period.to is not None else period.from_ + _AHEAD
    return [year for year in range(period.from_, last + 1) if phase(rule, year) is Phase.DUE]


def _same_place(one: Rule, other: Rule, catalog: Catalog) -> bool:
    """Tell whether some place is bound by both."""
    first, second = one.jurisdiction, other.jurisdiction
    if first is None or second is None:
        return True
    return first in _above(second, catalog) or second in _above(first, catalog)


def _above(code: str, catalog: Catalog) -> Iterator[str]:
    here: str | None = code
    while here is not None:
        yield here
        place = catalog.places.get(here)
        here = place.parent if place is not None else None


def _apart(one: Rule, other: Rule) -> bool:
    """Tell whether the conditions ask some category to say different things."""
    first, second = _allowed(one.condition), _allowed(other.condition)
    return any(said.isdisjoint(second.get(slug, said)) for slug, said in first.items())


def _allowed(condition: Formula | None) -> dict[str, frozenset[str]]:
    """List what a condition lets categories say; categories it leaves open are not listed."""
    if isinstance(condition, Both | Either):
        one, other = _allowed(condition.left), _allowed(condition.right)
        common = one.keys() & other.keys()
        if isinstance(condition, Either):
            return {slug: one[slug] | other[slug] for slug in common}
        return {**one, **other, **{slug: one[slug] & other[slug] for slug in common}}
    match condition:
        case Relates(Relation.EQUAL, Measured(slug), Text(said)):
            return {slug: frozenset({said})}
    return {}


def _replaced(one: Rule, other: Rule) -> tuple[Rule, Rule] | None:
    """Give the newer rule and the one its document supersedes, if either does."""
    for newer, older in ((one, other), (other, one)):
        if older.document.id in newer.document.supersedes:
            return newer, older
    return None
