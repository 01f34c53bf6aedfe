"""What a roster or an earlier return says of subjects.

Some items last: what kind of school it is, of which stage, whether it teaches seniors. They are
taken from the latest year in which they were given; whatever else was reported holds for its own
year alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Self

import numpy as np

from dabiao.schemas.facts import Column, Facts
from dabiao.schemas.finding import Scalar
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.record import dataclass

_ROSTER = 0
"""The year of what a roster says: before all that was reported."""
_Given = Mapping[tuple[str, str], Mapping[int, Scalar]]
"""Code and slug to year to value."""


@dataclass(frozen=True)
class Past:
    """What was reported before.

    Attributes:
        given: Whatever was reported, by code and item, of each year.
        lasting: The items that last.
    """

    given: _Given = field(default_factory=dict)
    lasting: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, facts: Facts | None, measures: Mapping[str, Item], lasting: Iterable[str] = ()
    ) -> Self:
        """Take down what can be used of earlier facts, of which some items last."""
        found: dict[tuple[str, str], dict[int, Scalar]] = {}
        for table in facts.levels.values() if facts is not None else ():
            for code, kinds in table.kinds.items():
                for slug, kind in kinds.items():
                    found.setdefault((code, slug), {})[_ROSTER] = kind
            for slug, column in table.columns.items():
                if slug not in measures:
                    continue
                for row in np.flatnonzero(~np.isnan(column.values)).tolist():
                    if row not in column.unusable:
                        key = (table.codes[int(table.subject[row])], slug)
                        value = _scalar(column, row, measures[slug])
                        found.setdefault(key, {})[int(table.year[row])] = value
        return cls(found, frozenset(lasting))

    def value(self, code: str, slug: str, year: int) -> Scalar:
        """Give what was reported of a year; None for nothing."""
        return self.given.get((code, slug), {}).get(year)

    def lasts(self, code: str, slug: str, year: int) -> Scalar:
        """Give what lasts, by the last that was said of it; None where nothing was."""
        if slug not in self.lasting:
            return None
        of = self.given.get((code, slug), {})
        return of[max(before)] if (before := [each for each in of if each <= year]) else None


def _scalar(column: Column, row: int, measure: Item) -> Scalar:
    value = float(column.values[row])
    if column.labels is not None:
        return column.labels[int(value)]
    return bool(value) if measure.type is ItemType.BOOLEAN else value
