"""Names of places, looked up as people write them."""

from collections.abc import Iterable, Mapping

from dabiao.intake.names import plain
from dabiao.intake.proposals.clues.variants import simplified
from dabiao.schemas.subject import Place


class Gazetteer:
    """The known places by name.

    Args:
        places: The places by code.
    """

    def __init__(self, places: Mapping[str, Place]) -> None:
        """Index the places; a name that two of them have stands for neither."""
        found: dict[str, list[Place]] = {}
        for place in places.values():
            for name in {plain(each) for each in (place.name, *place.aliases)}:
                found.setdefault(name, []).append(place)
        self._places = {name: each[0] for name, each in found.items() if len(each) == 1}

    def named(self, text: str) -> Place | None:
        """Give the place that a text names; None if it names none."""
        return self._places.get(simplified(plain(text)))

    def codes(self, texts: Iterable[str]) -> dict[str, str]:
        """Give the codes of the places that texts name."""
        return {text: place.code for text in texts if (place := self.named(text)) is not None}
