"""How many fields the rows of a delimited table have, and which rows differ from the others.

A row with a field too many or too few may hold every value beside its place: a number whose
thousands are set off by a comma, a name with a comma, a separator that was left out. Blank fields
at the end say nothing of it, as the last fields of the row may have been blank from the start.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from dabiao.schemas.record import dataclass

_NEARLY_ALL = 0.9
_LEAST = 3
"""Rows from which on what nearly all do is the way of the table."""
_BLOCK = 16
"""Excel leaves out the separators of columns that are blank throughout sixteen rows."""
_HEAD, _THOUSANDS = re.compile(r"\s*[-+]?[1-9]\d{0,2}"), re.compile(r"\d{3}(?:\.\d*)?\s*")


@dataclass(frozen=True, slots=True)
class FieldWidths:
    """How many fields the rows of a table have.

    Attributes:
        fields: How many its header has.
        filled: How many of them, up to the last that says anything.
        usual: How many nearly all of its rows have; None where there is no such number.
        sound: Whether rows of that many hold every value in its place.
        doubtful: Whether each of these may be longer by a number that a comma cut in two.
        shorter: How many those have from which Excel left out blank fields at the end.
        closed: Whether the header ends in blank fields, and nearly all rows are blank below these.
    """

    fields: int
    filled: int
    usual: int | None = None
    sound: bool = True
    doubtful: bool = False
    shorter: frozenset[int] = frozenset()
    closed: bool = False

    @classmethod
    def of(
        cls, header: Sequence[str], below: Iterable[Sequence[str]] = (), separator: str = ","
    ) -> "FieldWidths":
        """Learn the width of a table from its header and from rows below it."""
        fields, filled = len(header), filled_to(header)
        # What says one thing only is a remark, and not written as rows of facts are.
        rows = [row for row in below if sum(map(bool, map(str.strip, row))) > 1]
        counts = Counter(map(len, rows))
        most, often = next(iter(counts.most_common(1)), (fields, 0))
        nearly_all = min(_NEARLY_ALL * len(rows), len(rows) - 1)
        usual = most if often >= max(_LEAST, nearly_all) else None
        cut = _cut_numbers([row for row in rows if len(row) == most], fields, separator)
        sound = most >= filled and not any(after.startswith("0") for _, after in cut)
        runs = ((size, sum(1 for _ in run)) for size, run in groupby(map(len, rows)))
        shorter = {size for size, length in runs if size < fields and length >= _BLOCK}
        if not counts[fields]:  # Excel gives the rows beside the header as many as the header
            shorter = set()
        beyond = sum(filled_to(row) > filled for row in rows)
        closed = filled < fields and len(rows) - beyond >= nearly_all
        return cls(fields, filled, usual, sound, bool(cut), frozenset(shorter), closed)

    def expected(self, count: int) -> int:
        """Tell how many fields a row should have that has so many, which it should not."""
        if self.usual is None or count == self.usual:
            return self.fields
        return self.usual if self.sound or count == self.fields else self.fields

    def is_beyond(self, row: Sequence[str]) -> bool:
        """Tell whether a row reaches beyond the last header, where nearly all others are blank."""
        return self.closed and filled_to(row) > self.filled

    def allows(self, count: int) -> bool:
        """Tell whether a row may have so many fields."""
        if count in self.shorter:
            return True
        if self.usual is not None:
            return self.sound and count == self.usual
        return self.filled <= count <= self.fields

    def is_customary(self, row: Sequence[str]) -> bool:
        """Tell whether a row is longer than the header as nearly all are, by blank fields."""
        return self.allows(len(row)) and len(row) > self.fields >= filled_to(row)

    def fits(self, row: Sequence[str]) -> bool:
        """Tell whether a row has the fields it should have, and nothing beyond the header."""
        if (self.doubtful and self.is_customary(row)) or self.is_beyond(row):
            return False
        return self.allows(len(row)) and (len(row) <= self.fields or filled_to(row) <= self.fields)


def filled_to(row: Sequence[str]) -> int:
    """Count the fields up to the last that says anything."""
    for at in range(len(row), 0, -1):
        if row[at - 1].strip():
            return at
    return 0


def _cut_numbers(
    rows: Sequence[Sequence[str]], fields: int, separator: str
) -> list[tuple[str, str]]:
    """Give the numbers that a comma may have cut in two, if they may explain every longer row.

    Thousands may begin with a zero, as in 1,034; a number of its own does not.
    """
    if separator != "," or any(len(row) <= fields for row in rows):
        return []
    found = [[pair for pair in pairwise(row) if _is_cut(*pair)] for row in rows]
    longer = all(
        len(pairs) >= len(row) - fields > 0 for pairs, row in zip(found, rows, strict=True)
    )
    return [pair for pairs in found for pair in pairs] if longer else []


def _is_cut(before: str, after: str) -> bool:
    head = _HEAD.fullmatch(before) or _THOUSANDS.fullmatch(before)
    return head is not None and _THOUSANDS.fullmatch(after) is not None
