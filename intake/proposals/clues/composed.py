"""The columns that tell rows apart together, whatever language their headers are in."""

import re
from collections.abc import Sequence

from dabiao.intake.formats.table import Cell
from dabiao.intake.proposals.clues.sampled import SampledColumn

_UNIQUE = 0.98
_MOST = 0.9
_KEYS = 4
"""Columns that a code is made of at most."""
_KINDS = 40
"""Kinds of rows that one school may have at most: years of school, classes, tracks."""
_LOOKS_CODED = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9_./-]{3,31}")
_SHORT = re.compile(r"[A-Z]{2,3}|[A-Z]{2}\d{1,3}")
"""Codes of countries and of regions of the European Union."""
_NUMBER = re.compile(r"[-+]?\d*[.,]\d+")


def looks_coded(column: SampledColumn) -> bool:
    """Tell whether a column holds codes by their look: letters and digits, all of one length."""
    if len(column.filled) < _MOST * len(column.cells) or len(column.counts) < 2:  # noqa: PLR2004 - of one nothing is told
        return False
    lengths = {len(text) for text in column.counts}
    if len(lengths) > 2:  # noqa: PLR2004 - as leading zeros that were lost
        return False
    short = column.share(_SHORT.fullmatch) == 1
    return short or (
        column.share(_LOOKS_CODED.fullmatch) == 1 and not column.share(_NUMBER.fullmatch)
    )


def tell_apart(columns: Sequence[SampledColumn], year: SampledColumn | None) -> bool:
    """Tell whether columns, and the year, tell the rows apart."""
    rows = _rows(columns, year)
    return len(set(rows)) >= _UNIQUE * len(rows)


def fewest(
    uppers: Sequence[SampledColumn],
    name: SampledColumn,
    more: Sequence[SampledColumn],
    year: SampledColumn | None,
) -> list[SampledColumn]:
    """Give the fewest columns that tell the rows apart, from the highest to the lowest."""
    tries = [[*uppers, name], *([*uppers, each, name] for each in more), [*uppers, *more, name]]
    return next((each for each in tries if tell_apart(each, year)), tries[0])


def beginning_with_code(
    columns: Sequence[SampledColumn], year: SampledColumn | None
) -> list[SampledColumn]:
    """Give the columns that make up a code: one that looks like codes, and what tells rows apart.

    The one with most different codes is tried first. The others are tried as they stand, as keys
    come before values; numbers that take many values are values. Nothing is given where four
    columns do not do.
    """
    coded = [each for each in columns if looks_coded(each)]
    for first in sorted(coded, key=lambda each: (-len(each.counts), each.position)):
        found = [first]
        for column in columns:
            if tell_apart(found, year) or len(found) == _KEYS:
                break
            if column in (first, year) or len(column.counts) > _KINDS or _is_value(column):
                continue
            if len(set(_rows([*found, column], year))) > len(set(_rows(found, year))):
                found.append(column)
        if tell_apart(found, year):
            return found
    return []


def _rows(columns: Sequence[SampledColumn], year: SampledColumn | None) -> list[tuple[Cell, ...]]:
    every = (*columns, *((year,) if year is not None else ()))
    return list(zip(*(column.said for column in every), strict=True))


def _is_value(column: SampledColumn) -> bool:
    return bool(column.share(_NUMBER.fullmatch))
