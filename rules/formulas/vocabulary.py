"""The vocabulary: all measures of a pack, by whatever name they are called."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from dabiao.rules.formulas.formula import Formula, Measured, walk
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, Measure
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All measures of a pack, found by slug or by any of their names."""

    items: Mapping[str, Item]
    """By slug."""
    indicators: Mapping[str, Indicator]
    """By slug."""
    formulas: Mapping[str, Formula]
    """Checked formulas of the indicators, by slug."""
    names: Mapping[str, str]
    """Name, English name or slug to slug."""
    features: Mapping[str, str] = field(default_factory=dict)
    """Slug to the feature file that introduces it."""
    left_out: frozenset[str] = frozenset()
    """Words that an error kept from becoming names; empty in a sound pack."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Names that only other packs know, to the document whose items would have to be used.

    Of all packs together: those that one more pack would not know.
    """

    @property
    def measures(self) -> dict[str, Measure]:
        """All items and indicators, by slug."""
        return {**self.items, **self.indicators}

    def measure(self, slug: str) -> Measure:
        """Give an item or indicator by its slug.

        Raises:
            KeyError: There is none.
        """
        return self.items[slug] if slug in self.items else self.indicators[slug]

    def unfold(self, formulas: Iterable[Formula]) -> Iterator[Formula]:
        """Yield everything inside formulas and the indicators they name, each of these once.

        An indicator comes after what named it.
        """
        found = list(formulas)
        seen: set[str] = set()
        for formula in found:  # which grows
            for part in walk(formula):
                yield part
                if isinstance(part, Measured) and part.slug not in seen:
                    seen.add(part.slug)
                    if part.slug in self.formulas:
                        found.append(self.formulas[part.slug])

    def slugs_in(self, formulas: Iterable[Formula]) -> set[str]:
        """List the measures that formulas look at, through indicators."""
        return {part.slug for part in self.unfold(formulas) if isinstance(part, Measured)}

    def exists_at(self, slug: str, level: Level) -> bool:
        """Tell whether a measure can have a value at a level.

        An item that sums up exists at every level above its lowest too.
        """
        measure = self.measure(slug)
        if level in measure.levels:
            return True
        return (
            isinstance(measure, Item)
            and measure.summation.value == "sum"
            and level.rank < max(declared.rank for declared in measure.levels)
        )
