"""A foreign table, as far as a proposal needs it: its header, and some of its rows."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import compress
from pathlib import PurePath

from dabiao.intake.cells.identity_cells import is_blank, is_remark
from dabiao.intake.cells.totals import is_total, is_whole_place
from dabiao.intake.formats.table import Cell, Table
from dabiao.intake.layout.below import is_caption, is_foreign_header
from dabiao.intake.layout.headers import Header, header_at, repeats, unit_in_brackets
from dabiao.intake.names import plain
from dabiao.intake.proposals.likeness import bracketed, strip_brackets
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import is_known

COLUMNS = 500
"""Columns of one table that are compared with the measures; no person edits longer mappings."""
ROWS = 2000
"""Rows that are looked at; what a column holds shows in them."""
_WEIGHT = 3
"""What a header that is understood weighs against one that is only a text."""
_SHORT = 40
"""Characters of the longest text that may be a header."""


@dataclass(frozen=True, eq=False)
class SampledColumn:
    """A column: where it stands, its header in one line, and its cells in the sampled rows.

    ``twice`` says that another column has the same header, so that a mapping cannot name it.
    """

    position: int
    header: str
    cells: tuple[Cell, ...]
    twice: bool = False

    @cached_property
    def stem(self) -> str:
        """The header without what stands in brackets."""
        return strip_brackets(self.header)

    @cached_property
    def unit(self) -> str | None:
        """The unit that the header states."""
        found = unit_in_brackets(self.header)
        return found if found is not None and is_known(found) else bracketed(self.header)[0]

    @cached_property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that say something."""
        return tuple(cell for cell in self.said if cell is not None)

    @cached_property
    def said(self) -> tuple[Cell, ...]:
        """The cells, row by row; those that say nothing are alike."""
        return tuple(None if is_blank(cell) else cell for cell in self.cells)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each text occurs, as people would write it; 3.0 is 3."""
        return Counter(
            f"{cell:.15g}" if isinstance(cell, float) else " ".join(str(cell).split())
            for cell in self.filled
        )

    @property
    def distinct(self) -> float:
        """How many of the cells that say something are different, from 0 to 1."""
        return len(self.counts) / len(self.filled) if self.filled else 0.0

    def share(self, holds: Callable[[str], object]) -> float:
        """Tell for what share of the cells that say something a thing holds."""
        kept = sum(n for text, n in self.counts.items() if holds(text))
        return kept / len(self.filled) if self.filled else 0.0


@dataclass(frozen=True)
class TableSample:
    """A table with a header that was found, and its columns."""

    table: Table
    header: Header
    columns: tuple[SampledColumn, ...]

    def only(self, kept: Sequence[bool]) -> "TableSample":
        """Give the table with some of its rows only."""
        cut = (replace(each, cells=tuple(compress(each.cells, kept))) for each in self.columns)
        return replace(self, columns=tuple(cut))

    @property
    def names(self) -> tuple[str, ...]:
        """What the table is called: titles, the name of its sheet, that of its file."""
        titles = (_line(text) for _, text in self.header.above)
        return (*titles, self.table.sheet or "", PurePath(self.table.file).stem)


def sample(table: Table, understood: Callable[[str], bool]) -> TableSample | None:
    """Find the header of a table and take some rows; None if it holds no table.

    Args:
        table: The table.
        understood: Tells whether a text is a header that means something.
    """
    header = _find_header(table, understood)
    if header is None:
        return None
    texts = {at: _line(each[0]) for at, each in header.texts.items()}
    rows = _rows(table, header)
    often = Counter(texts.values())
    cells = dict(zip(table.positions, zip(*rows, strict=True), strict=True)) if rows else {}
    columns = tuple(
        SampledColumn(at, text, cells.get(at, ()), twice=often[text] > 1)
        for at, text in sorted(texts.items())
        if at in table.positions and text
    )
    return TableSample(table, header, columns)


def _rows(table: Table, header: Header) -> list[tuple[Cell, ...]]:
    """Take the first rows, without those of totals and remarks and those that are shifted."""
    from dabiao.intake.cells.arrow_cells import cells_of

    kept: list[tuple[Cell, ...]] = []
    taken = 0
    for block in table.blocks(header.row, list(table.positions)):
        blank: list[Cell] = [None] * len(block.numbers)
        columns = (block.columns.get(at, blank) for at in table.positions)
        listed = (each if isinstance(each, list) else cells_of(each) for each in columns)
        for at, row in enumerate(zip(*listed, strict=True)):
            shifted = at in block.ragged and not block.ragged[at].customary
            cells = dict(zip(table.positions, row, strict=True))
            if _begins_table(cells, header):
                return kept
            if not shifted and not _aside(cells, header):
                kept.append(row)
        taken += len(block.numbers)
        if taken >= ROWS:
            break
    return kept[:ROWS]


def _aside(row: dict[int, Cell], header: Header) -> bool:
    """Tell whether a row is one of totals, a remark, the header again, or blank."""
    first = [cell for cell in row.values() if not is_blank(cell)][:3]
    totals = any(is_total(cell) or is_whole_place(cell) for cell in first[:2])
    remark = not first or is_remark(first[0]) or is_caption(row)
    return remark or totals or repeats(header.printed, row)


def _begins_table(row: dict[int, Cell], header: Header) -> bool:
    """Tell whether a row is the header of another table: some names are those of this one."""
    said = {at: plain(str(cell)) for at, cell in row.items() if not is_blank(cell)}
    again = sum(text in header.printed.get(at, ()) for at, text in said.items())
    return again > 1 and is_foreign_header(row, set()) and not repeats(header.printed, row)


def _find_header(table: Table, understood: Callable[[str], bool]) -> Header | None:
    """Find the row with most headers: texts that differ, those that are understood above all."""
    if table.keys is not None:
        return Header(-1, -1, {at: (key,) for at, key in enumerate(table.keys)})
    best, most = None, 1
    for place, (_, cells) in enumerate(table.head):
        header = header_at(table, place)
        texts = {plain(each[0]): each[0] for each in header.texts.values()}
        words = [each for each in texts.values() if _is_word(each) and len(each) <= _SHORT]
        weight = len(words) + _WEIGHT * sum(map(understood, words))
        if len(cells) > 1 and weight > most:
            best, most = header, weight
    return best


def _is_word(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _line(text: str) -> str:
    """Write a header in one line: Chinese ones lose their spaces, which do not count anyway."""
    return ("" if re.search(r"[\u3400-\u9fff]", text) else " ").join(text.split())
