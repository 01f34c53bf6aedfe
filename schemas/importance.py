"""How much it matters that a commitment is missed: which one a reader is shown before others.

Commitments, not single findings, are put in order: hard ones before aspirations, those that are
due before those that are not, then by how many of the subjects fail. A rule that one subject of
one fails says less about a place than one that half the schools fail, so that shares of few are
drawn towards nothing. What is still level is told apart by how far it is missed, by how often the
document says it, and by its place in the document; never by how it is spelt.
"""

import re
from collections.abc import Sequence

from dabiao.schemas.numerals import NUMERAL, chinese_number
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

_DRAWN = 3
"""Subjects that count as if they complied, so that a share of few weighs less."""
_MOST_OF_A_GAP = 1.0
"""A gap weighs no more than all of the bound: beyond, it says more about the bound."""
_NUMBER = re.compile(rf"\d+|[{NUMERAL}]+")


@dataclass(frozen=True, slots=True)
class Importance:
    """What it is told by.

    Attributes:
        aspiration: Whether the document only strives for it.
        outcome: Whether it is missed or behind.
        failing: How many subjects have that outcome.
        judged: How many subjects the rule was judged for.
        gap: The widest gap, as a part of its bound.
        places: Where the document says it.
        rule: Id of the rule.
    """

    aspiration: bool
    outcome: Outcome
    failing: int
    judged: int
    gap: float
    places: Sequence[str]
    rule: str

    @property
    def order(self) -> tuple[object, ...]:
        """Give what it is sorted by: what matters most comes first."""
        return (
            self.aspiration,
            self.outcome.gravity,
            -self.failing / (self.judged + _DRAWN),
            -self.failing,
            -min(self.gap, _MOST_OF_A_GAP),
            -len(self.places),
            place_in_document(self.places),
            self.rule,
        )


def place_in_document(places: Sequence[str]) -> tuple[float, ...]:
    """Give the numbers in the first of some places in a document, to sort by.

    Examples:
        >>> place_in_document(["第三章第十二节，专栏15", "表1"])
        (3.0, 12.0, 15.0)
    """
    words = _NUMBER.findall(places[0]) if places else ()
    found = (float(word) if word.isdecimal() else chinese_number(word) for word in words)
    return tuple(number for number in found if number is not None)
