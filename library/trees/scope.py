"""Whose rows a rule needs: those of a county, of a prefecture, of a region, or everybody's."""

from collections.abc import Iterable, Iterator

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.roll_ups import rolled_up
from dabiao.rules.formulas.formula import Above, Ranking
from dabiao.schemas.level import Level

Tree = Level | None
"""The level of the place whose tree it is; None for everybody's."""
TREES: tuple[Tree, ...] = (Level.COUNTY, Level.PREFECTURE, Level.REGION, None)
"""Whose trees are judged, the smallest first."""
EVERYBODY = "all"
"""What the tree of everybody is called."""


def tree_name(tree: Tree) -> str:
    """Name the trees of a level."""
    return EVERYBODY if tree is None else tree.value


def by_tree(rules: Iterable[str], catalog: Catalog) -> dict[Tree, list[str]]:
    """Sort rules by the smallest tree that holds all they look at, the smallest first."""
    found: dict[Tree, list[str]] = {tree: [] for tree in TREES}
    for id_ in sorted(rules):
        found[tree_of(catalog.rules[id_], catalog)].append(id_)
    return {tree: ids for tree, ids in found.items() if ids}


def tree_of(rule: Rule, catalog: Catalog) -> Tree:
    """Give the level of the smallest tree that a rule, and those it rests on, can be judged in."""
    highest = Level.COUNTY
    for one in with_those_below(rule, catalog):
        levels = [one.level, *_looked_at(one, catalog)]
        if None in levels:
            return None
        highest = min(highest, *(each for each in levels if each is not None), key=_rank)
    return highest


def _rank(level: Level) -> int:
    return level.rank


def with_those_below(rule: Rule, catalog: Catalog) -> Iterator[Rule]:
    """Yield a rule and all whose verdicts it looks at."""
    waiting, seen = [rule.id], set[str]()
    while waiting:
        id_ = waiting.pop()
        if id_ not in seen:
            seen.add(id_)
            yield catalog.rules[id_]
            waiting.extend(rolled_up(catalog.rules[id_], catalog))


def _looked_at(rule: Rule, catalog: Catalog) -> Iterator[Tree]:
    """Yield the levels above that a rule looks at; None for everybody."""
    for part in catalog.vocabulary.unfold(rule.formulas):
        if isinstance(part, Above):
            yield part.level
        elif isinstance(part, Ranking):
            yield part.within
