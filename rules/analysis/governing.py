"""Which rule is to be kept in place of another, and in which years."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from dabiao.rules.analysis.authority import contains
from dabiao.rules.analysis.conflicts import Conflict, Relationship
from dabiao.rules.analysis.demands import Side, common, compare_scopes
from dabiao.rules.catalog.catalog import Catalog, Governor, Rule

_OVERRIDE = (
    Relationship.STRICTER,
    Relationship.LOOSER,
    Relationship.ANNUAL,
    Relationship.MILESTONE,
)


def governing(conflicts: Iterable[Conflict], catalog: Catalog) -> dict[str, tuple[Governor, ...]]:
    """Map each rule that others override to those, and the years in which they do.

    Only a duty that binds all whom the other binds overrides it. One whose document was superseded
    is governed by nothing: from then on it applies to nobody. A document that facts are judged by
    only on request governs no other. Where a line of a table of places or categories is overridden,
    the others are not, so the rule is not.
    """
    stronger: dict[str, list[tuple[bool, Governor]]] = {}
    for each in conflicts:
        if each.relationship not in _OVERRIDE or each.governing is None or each.years is None:
            continue
        strong, weak = each.first, each.second
        if each.governing == weak.id:
            strong, weak = weak, strong
        if strong.document.on_request or (each.line and _by_line(weak)):
            continue
        if strong.level is weak.level and _covers(strong, weak, catalog):
            annual = each.relationship is Relationship.ANNUAL
            stronger.setdefault(weak.id, []).append((annual, Governor(strong.id, *each.years)))
    return {
        weak: tuple(
            left
            for _, each in sorted(found, key=lambda one: (not one[0], one[1].rule))
            for left in _not_overridden(each, found, stronger)
        )
        for weak, found in sorted(stronger.items())
    }


def _not_overridden(
    governor: Governor,
    found: Iterable[tuple[bool, Governor]],
    stronger: Mapping[str, Iterable[tuple[bool, Governor]]],
) -> list[Governor]:
    """Give the years in which a rule is the one to keep to: no other of those overrides it."""
    left = [governor]
    for _, over in stronger.get(governor.rule, ()):
        for _, also in found:
            if also.rule == over.rule and (years := common(_years(over), _years(also))):
                left = [part for each in left for part in _without(each, *years)]
    return left


def _years(of: Governor) -> tuple[int, int]:
    return of.first, of.last


def _without(governor: Governor, first: int, last: int) -> Iterator[Governor]:
    """Give the years of a governor before and after some years."""
    if governor.first < first:
        yield replace(governor, last=min(governor.last, first - 1))
    if last < governor.last:
        yield replace(governor, first=max(governor.first, last + 1))


def _by_line(rule: Rule) -> bool:
    """Tell whether a rule demands several things at a time, by a table of places or categories."""
    return bool(rule.norm_record.targets) and not rule.stages


def _covers(strong: Rule, weak: Rule, catalog: Catalog) -> bool:
    """Tell whether a rule binds everybody whom another binds."""
    scope = compare_scopes(strong.condition, weak.condition)
    wide = contains(strong.jurisdiction, weak.jurisdiction, catalog)
    return wide and scope in (Side.EQUAL, Side.FIRST)
