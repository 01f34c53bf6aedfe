"""Which of two demands is stricter, whatever they are made of: one bound, or several and 或."""

from itertools import product

from dabiao.rules.analysis.authority import contains
from dabiao.rules.analysis.demands import Allowed, DemandKey, Side, compare_bounds, crossed
from dabiao.rules.analysis.meetings import Demand
from dabiao.rules.catalog.catalog import Catalog


def compare(one: Demand, other: Demand) -> Side:
    """Tell which of two demands is stricter.

    Of a choice (或) each part has to come up to some part of the other, as nobody knows which will
    be kept; nothing keeps both only if no part goes with any of the other's. What a yearly rise
    comes to is the least that it asks for.
    """
    if one.options or other.options:
        return _compare_choices(one, other)
    side = compare_bounds(one.bound, other.bound)
    if side is Side.APART or (one.exact and other.exact):
        return side
    first = side in (Side.EQUAL, Side.FIRST) and other.exact
    second = side in (Side.EQUAL, Side.SECOND) and one.exact
    if first or second:
        return Side.FIRST if first else Side.SECOND
    return Side.NEITHER


def each_asks_more(one: Demand, other: Demand) -> bool:
    """Tell whether each of two demands that both can be kept asks for more in something."""
    if one.options or other.options:
        return False
    if one.exact and other.exact:
        return crossed(one.bound, other.bound)
    nested = (Side.EQUAL, Side.FIRST, Side.SECOND)
    apart = compare(one, other) is Side.NEITHER
    return apart and compare_bounds(one.bound, other.bound) in nested


def _compare_choices(one: Demand, other: Demand) -> Side:
    first, second = _parts(one), _parts(other)
    known = [each for each in (*first, *second) if each is not None]
    if len(known) == len(first) + len(second) and all(
        _pair(mine, theirs) is Side.APART for mine, theirs in product(first, second)
    ):
        return Side.APART
    stricter, looser = _comes_up_to(first, second), _comes_up_to(second, first)
    if stricter or looser:
        return Side.EQUAL if stricter and looser else Side.FIRST if stricter else Side.SECOND
    return Side.NEITHER


_Part = tuple[DemandKey, Allowed] | None


def _parts(of: Demand) -> tuple[_Part, ...]:
    return of.options or ((of.key, of.bound),)


def _comes_up_to(mine: tuple[_Part, ...], theirs: tuple[_Part, ...]) -> bool:
    """Tell whether whichever part is kept, one of the other's is."""
    return all(
        any(_pair(each, other) in (Side.EQUAL, Side.FIRST) for other in theirs) for each in mine
    )


def _pair(one: _Part, other: _Part) -> Side:
    if one is None or other is None or one[0] != other[0]:
        return Side.NEITHER
    return compare_bounds(one[1], other[1])


def share_a_place(one: Demand, other: Demand, catalog: Catalog) -> bool:
    """Tell whether some place is bound by both, by these lines of their tables."""
    first, second = one.rule.jurisdiction, other.rule.jurisdiction
    for of, place in ((one, second), (other, first)):
        if any(contains(nearer, place, catalog) for nearer in of.without if place is not None):
            return False
    return contains(first, second, catalog) or contains(second, first, catalog)
