"""The words of a proposal: what targets are called, and which headers mean something."""

from functools import cached_property

from dabiao.intake.layout.measures import MeasureNames, exists_at, meant_otherwise
from dabiao.intake.names import Fixed, plain
from dabiao.intake.proposals.clues.keys import looks_like_key
from dabiao.intake.proposals.clues.likeness import kernel
from dabiao.intake.proposals.clues.variants import simplified
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item
from dabiao.schemas.unit import is_known

_SHORTEST = 3
"""Characters of the shortest name that is looked for inside a title."""


class ProposalWords:
    """What things are called.

    Args:
        dictionary: The measures.
    """

    def __init__(self, dictionary: MeasureNames) -> None:
        """Speak of the measures of a dictionary."""
        self._dictionary = dictionary

    @cached_property
    def _kernels(self) -> dict[str | frozenset[str], Item | Indicator]:
        return {
            kernel(name): measure
            for found in self._dictionary.names.values()
            for measure in found
            for name in (measure.name, measure.english or "", measure.slug)
            if name
        }

    def understood(self, text: str) -> bool:
        """Tell whether a text is a header that means something."""
        return looks_like_key(text) or self.is_measure(text)

    def is_measure(self, text: str) -> bool:
        """Tell whether a text is the name of a measure."""
        return kernel(text) in self._kernels

    def named_in(self, title: str, level: Level) -> Item | Indicator | None:
        """Give the measure of a level that a title names, the one with the longest name."""
        text = simplified(plain(title))
        found = [
            (len(name), measure.slug, measure)
            for measure in self._kernels.values()
            if (name := plain(measure.name).removesuffix("数")) in text
            and len(name) >= _SHORTEST
            and exists_at(measure, level)
        ]
        return max(found, key=lambda each: each[:2])[2] if found else None

    def meant_otherwise(self, header: str, measure: Item | Indicator, level: Level) -> list[Item]:
        """List what else of a level a header may mean, to another rule pack."""
        return meant_otherwise(header, measure, level, self._dictionary)

    def measure(self, name: str, level: Level) -> Item | Indicator | None:
        """Give the measure of a name, if it exists at a level."""
        found = self._dictionary.find(name, level)
        return found if found is not None and exists_at(found, level) else None


def fixed_name(fixed: Fixed) -> str:
    """Name a fixed column as a mapping does."""
    return say(fixed.zh, fixed.value)


def measure_name(measure: Item | Indicator) -> str:
    """Name a measure as a mapping does."""
    return say(measure.name, measure.english or measure.slug)


def with_unit(measure: Item | Indicator) -> str:
    """Name a measure and its unit."""
    unit = measure.unit if is_known(measure.unit) and measure.unit else ""
    return (
        f"{measure_name(measure)}{say(f'（{unit}）', f' ({unit})')}"
        if unit
        else measure_name(measure)
    )
