"""Where a value comes from, and what is known of the values that findings rest on."""

from collections.abc import Sequence

import numpy as np

from dabiao.engine.data.subject_year import SubjectYear
from dabiao.schemas.finding import Input, Source
from dabiao.schemas.level import Level
from dabiao.schemas.reasons.origins import ValueOrigin
from dabiao.schemas.record import dataclass

STRETCHES = 10
"""Up to how many stretches of cells are listed."""

Gathered = dict[tuple[str, SubjectYear | tuple[SubjectYear, Level]], Input]
"""Values in the order they are read, by what they are of."""


class Reported:
    """What rests on one measure of one year, by subject.

    Attributes:
        given: The values of each subject that was looked at; the last one is that of nobody.
        beside: Of those who have more than a number in a cell, what each value is of.
        looked_at: Who was.
    """

    def __init__(self, size: int) -> None:
        self.given: list[tuple[Input, ...]] = [()] * (size + 1)
        self.beside: dict[int, Gathered] = {}
        self.looked_at = np.zeros(size, np.bool_)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value comes from: a cell, a number of subjects below, and how it came about."""

    source: Source | None = None
    parts: int | None = None
    origin: ValueOrigin | None = None
    sources: tuple[Source, ...] = ()


def kept(stretches: Sequence[Source]) -> tuple[int, int]:
    """Count the stretches of cells and those that are listed, if not all of them are."""
    return (len(stretches), STRETCHES) if len(stretches) > STRETCHES else (0, 0)
