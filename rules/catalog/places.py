"""Which places a pack speaks of: those facts are sorted by, as far as rules can tell."""

from collections.abc import Mapping

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.norm import formulas
from dabiao.rules.formulas.formula import Formula, LiesIn, walk
from dabiao.schemas.remembered import remembered


def places_spoken_of(catalog: Catalog) -> frozenset[str]:
    """Collect the codes of the places that documents, rules and formulas name."""
    asked = [
        part
        for rule in catalog
        for part in (*formulas(rule.norm), rule.condition)
        if part is not None
    ]
    named = {document.jurisdiction for document in catalog.documents.values()}
    named.update(rule.jurisdiction for rule in catalog)
    within = _named_by_any(catalog.vocabulary.formulas).union(*map(_named, asked))
    return within.union(code for code in named if code is not None)


@remembered(most=256)
def _named_by_any(indicators: Mapping[str, Formula]) -> frozenset[str]:
    return frozenset().union(*map(_named, indicators.values()))


@remembered(most=1 << 14)
def _named(formula: Formula) -> frozenset[str]:
    return frozenset(part.code for part in walk(formula) if isinstance(part, LiesIn))
