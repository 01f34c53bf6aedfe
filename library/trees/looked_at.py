"""What rules look at: a tree above counties is judged with those columns of the rows below alone.

What is kept is more than what is looked at, never less: an item is kept at every level at which it
exists, as it may be summed from any. Where a rule asks whether anything was reported at all, every
column is kept.
"""

from collections.abc import Iterable

from dabiao.intake.layout.measures import MeasureNames, measure_named
from dabiao.library.trees.scope import with_those_below
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.norm import rolls_up
from dabiao.rules.formulas.formula import Measured, SentIn
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class LookedAt:
    """What some rules look at.

    Attributes:
        levels: The levels at which they look at anything.
        slugs: The measures.
        rows: Whether it counts that there is a row with anything in it, whatever it is.
    """

    levels: frozenset[Level]
    slugs: frozenset[str]
    rows: bool

    @property
    def lowest(self) -> int:
        """The rank below which nothing is looked at; townships say where others lie."""
        return max(each.rank for each in (*self.levels, Level.TOWNSHIP))

    def kept(self, names: Iterable[str], level: Level, dictionary: MeasureNames) -> list[str]:
        """Give those columns of a table of a level that matter, the first of all if none does.

        Args:
            names: The headers.
            level: The level.
            dictionary: What headers may mean.
        """
        if self.rows:
            return list(names)
        found = ((name, measure_named(dictionary, name, level)) for name in names)
        return [name for name, known in found if known is None or known[0].slug in self.slugs]


def looked_at(rules: Iterable[str], catalog: Catalog) -> LookedAt:
    """Collect what rules, and those they rest on, look at."""
    levels: set[Level] = set()
    slugs: set[str] = set()
    rows = False
    for id_ in rules:
        for rule in with_those_below(catalog.rules[id_], catalog):
            levels.add(rule.level)
            below = rolls_up(rule.norm)
            levels |= {below[0]} if below is not None else set()
            for part in catalog.vocabulary.unfold(rule.formulas):
                rows |= isinstance(part, SentIn)
                level = getattr(part, "level", None)
                levels |= {level} if isinstance(level, Level) else set()
                if isinstance(part, Measured):
                    slugs.add(part.slug)
                    item = catalog.vocabulary.items.get(part.slug)
                    if isinstance(item, Item):
                        levels |= {*item.levels}
                        slugs.add(item.column)
    return LookedAt(frozenset(levels), frozenset(slugs), rows)
