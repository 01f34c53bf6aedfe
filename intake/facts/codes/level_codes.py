"""The codes of a level: who has them, how long nearly all are, and who is listed anywhere."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

import numpy as np

from dabiao.intake.facts.kindred import Kin
from dabiao.intake.facts.near_codes import NearCodes
from dabiao.schemas.facts import Bools, LevelFacts
from dabiao.schemas.record import dataclass

ENOUGH = 4
"""Codes of a level from which on they tell how long a code is, and how it begins."""
FEW = 10
"""One in so many codes may be otherwise, for the others to tell that it should not be."""


@dataclass
class LevelCodes:
    """The codes of one level.

    Attributes:
        table: Its facts.
        kin: What is known of each subject.
    """

    table: LevelFacts
    kin: Mapping[str, Kin]

    @cached_property
    def listed(self) -> Bools:
        """Who stands in a roster."""
        none = np.zeros(len(self.table.codes), np.bool_)
        return none if self.table.listed is None else self.table.listed

    @cached_property
    def reported(self) -> Bools:
        """Who has a row of facts."""
        found = np.zeros(len(self.table.codes), np.bool_)
        found[self.table.subject] = True
        return found

    @cached_property
    def unlisted(self) -> Bools:
        """Who reported and stands in no roster."""
        found: Bools = self.reported & ~self.listed
        return found

    @cached_property
    def lengths(self) -> Counter[int]:
        """Count the subjects that reported by how long their codes are."""
        return Counter(map(len, self.codes))

    @cached_property
    def who(self) -> list[int]:
        """Who reported."""
        found: list[int] = np.flatnonzero(self.reported).tolist()
        return found

    @cached_property
    def codes(self) -> list[str]:
        """Give their codes."""
        codes = self.table.codes
        return codes if len(self.who) == len(codes) else [codes[at] for at in self.who]

    @cached_property
    def are_of_digits(self) -> bool:
        """Tell whether all of these are of digits."""
        return "".join(self.codes).isdigit()

    @cached_property
    def usual(self) -> int | None:
        """Give how long nearly all codes are; None where they are of many lengths."""
        (length, number), *_ = self.lengths.most_common(1)
        total = self.lengths.total()
        usual = total >= ENOUGH and total - number <= max(1, total // FEW)
        return length if usual else None

    @cached_property
    def usual_codes(self) -> NearCodes:
        """Search among the codes that are as long as nearly all."""
        codes = self.table.codes
        return NearCodes(codes[at] for at in self.who if len(codes[at]) == self.usual)
