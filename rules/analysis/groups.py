"""Which rules state one target: the same demand in several places, or twins that disagree."""

from collections.abc import Iterable, Mapping
from itertools import combinations

from dabiao.rules.analysis.authority import above
from dabiao.rules.analysis.conflicts import Conflict, Relationship
from dabiao.rules.analysis.meetings import joined
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import Compares, options
from dabiao.rules.formulas.formula import Number, Text, Truth
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.formulas.whole import whole
from dabiao.schemas.comparator import Comparator


def groups(conflicts: Iterable[Conflict], catalog: Catalog) -> Mapping[str, str]:
    """Map each rule of a group to the member that all of it are counted by.

    Rules form a group if each demands what the others do, or says of them that they disagree
    (不一致), of the same subjects. The member to count by is of the highest document, a duty before
    an aspiration, and governs the others. A document that facts are judged by on request only
    states targets of its own.

    Args:
        conflicts: How pairs of rules stand to one another.
        catalog: The rules.
    """
    pairs = {frozenset((each.first.id, each.second.id)): each for each in conflicts if _one(each)}
    found: dict[str, str] = {}
    for component in _components(pairs):
        whole_pairs = {frozenset(pair) for pair in combinations(sorted(component), 2)}
        if whole_pairs <= pairs.keys():
            parts = [component]
        else:  # a sum that disagrees with its parts does not make the parts one target
            parts = _components(
                pair
                for pair in whole_pairs & pairs.keys()
                if pairs[pair].relationship is not Relationship.DECLARED
            )
        for part in parts:
            leading = _leading(part, catalog)
            found |= dict.fromkeys(part, leading)
    return dict(sorted(found.items()))


def _one(pair: Conflict) -> bool:
    """Tell whether two rules may state one target."""
    first, second = pair.first, pair.second
    return (
        not pair.line
        and (pair.relationship is Relationship.DUPLICATE or pair.acknowledged)
        and (first.level, first.condition) == (second.level, second.condition)
        and not (first.document.on_request or second.document.on_request)
    )


def _components(pairs: Iterable[frozenset[str]]) -> list[set[str]]:
    return list({id(each): each for each in joined(pairs).values()}.values())


def _leading(group: Iterable[str], catalog: Catalog) -> str:
    members = [catalog.rules[id_] for id_ in sorted(group)]
    governed = {
        each.id
        for each in members
        if any(governor.rule in {other.id for other in members} for governor in each.governors)
    }

    def order(rule: Rule) -> tuple[int, bool, bool, str]:
        higher = sum(above(each.document, rule.document, catalog) for each in members)
        return higher, rule.aspiration, rule.id in governed, rule.id

    return min(members, key=order).id


def is_token(rule: Rule, vocabulary: Vocabulary) -> bool:
    """Tell whether a rule asks whether something is there at all, rather than how much of it.

    It does if it asks for yes, no or a category, for more than 0, or for at least 1 of things that
    are counted.
    """
    if known := options(rule.norm):
        return all(isinstance(each.right, Text | Truth) for each in known)
    match rule.norm:
        case Compares(_, _, Text() | Truth()):
            return True
        case Compares(_, Comparator.MORE_THAN, Number(0.0)):
            return True
        case Compares(value, Comparator.AT_LEAST, Number(1.0)):
            return whole(value, vocabulary)
        case _:
            return False
