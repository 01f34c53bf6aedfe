"""Which of two documents stands above the other, and which carries the other out for a year."""

from dabiao.rules.catalog.catalog import Catalog
from dabiao.schemas.document import Document


def above(upper: Document, lower: Document, catalog: Catalog) -> bool:
    """Tell whether a document stands above another.

    It does if the other says that it carries it out (``under``), or a document that does, or if its
    place contains the other's.
    """
    if upper.id == lower.id:
        return False
    if upper.id in _carried_out(lower, catalog):
        return True
    if lower.id in _carried_out(upper, catalog):
        return False
    return contains(upper.jurisdiction, lower.jurisdiction, catalog) and not contains(
        lower.jurisdiction, upper.jurisdiction, catalog
    )


def is_part(points: Document, plan: Document, catalog: Catalog) -> bool:
    """Tell whether a document carries a plan out for some of its years, as points of a year do."""
    if plan.id not in _carried_out(points, catalog):
        return False
    if not contains(points.jurisdiction, plan.jurisdiction, catalog):
        return False
    short, long = points.period, plan.period
    if short.to is None or (short.from_, short.to) == (long.from_, long.to):
        return False
    return short.from_ in long and short.to in long


def contains(outer: str | None, inner: str | None, catalog: Catalog) -> bool:
    """Tell whether a place is, or contains, another; None is every place."""
    if outer is None:
        return True
    here = inner
    while here is not None:
        if here == outer:
            return True
        place = catalog.places.get(here)
        here = place.parent if place is not None else None
    return False


def _carried_out(document: Document, catalog: Catalog) -> set[str]:
    """Collect the documents that a document carries out, and those that they do."""
    found: set[str] = set()
    waiting = list(document.under)
    while waiting:
        id_ = waiting.pop()
        if id_ not in found and id_ in catalog.documents:
            found.add(id_)
            waiting += catalog.documents[id_].under
    return found
