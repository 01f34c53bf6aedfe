"""A foreign table, as far as a proposal needs it: its header, and some of its rows."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING

from dabiao.intake.cells.identity_cells import is_blank, is_remark
from dabiao.intake.cells.totals import is_total, is_whole_place
from dabiao.intake.cells.unusable import special
from dabiao.intake.formats.table import Cell, Table
from dabiao.intake.layout.headers import Header, header_at, repeats, unit_in_brackets
from dabiao.intake.names import plain
from dabiao.intake.proposals.clues.likeness import strip_brackets
from dabiao.intake.proposals.clues.qualifiers import bracketed
from dabiao.intake.proposals.clues.variants import simplified
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import is_known

if TYPE_CHECKING:
    import polars as pl

ROWS = 2000
"""Rows that are looked at; what a column holds shows in them."""
_WEIGHT = 3
"""What a header that is understood weighs against one that is only a text."""
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SHORT = 40
"""Characters of the longest text that may be a header."""


@dataclass(frozen=True, eq=False)
class SampledColumn:
    """A column: where it stands, what its header says, and some of its cells.

    Attributes:
        position: Where it stands, from 0.
        address: What people call it: a letter or a key.
        header: Its header, in one line.
        cells: Its cells in the sampled rows; totals and remarks below the table are left out.
        twice: Whether another column has the same header, so that a mapping cannot name it.
    """

    position: int
    address: str
    header: str
    cells: tuple[Cell, ...]
    twice: bool = False

    @cached_property
    def stem(self) -> str:
        """The header without what stands in brackets."""
        return strip_brackets(self.header)

    @cached_property
    def bare(self) -> str:
        """The stem as headers are compared: simplified, without brackets."""
        return simplified(plain(self.stem)).replace("(", "").replace(")", "")

    @cached_property
    def unit(self) -> str | None:
        """The unit that the header states."""
        found = unit_in_brackets(self.header)
        return found if found is not None and is_known(found) else bracketed(self.header)[0]

    @cached_property
    def qualifier(self) -> str:
        """What the header says in brackets that is no unit: 女, 预算, 不含基建."""
        return bracketed(self.header)[1]

    @property
    def unit_is_plain(self) -> bool:
        """Whether a mapping reads the unit from the header by itself."""
        return unit_in_brackets(self.header) == self.unit

    @cached_property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that say something."""
        return tuple(cell for cell in self.cells if not is_blank(cell) and special(cell) is None)

    @cached_property
    def said(self) -> tuple[Cell, ...]:
        """The cells, row by row; those that say nothing are alike."""
        return tuple(None if is_blank(cell) else cell for cell in self.cells)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The cells that say something, as people would write them; 3.0 is 3."""
        return tuple(
            f"{cell:.15g}" if isinstance(cell, float) else " ".join(str(cell).split())
            for cell in self.filled
        )

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each text occurs."""
        return Counter(self.texts)

    @property
    def distinct(self) -> float:
        """How many of the cells that say something are different, from 0 to 1."""
        return len(self.counts) / len(self.texts) if self.texts else 0.0

    def share(self, holds: Callable[[str], object]) -> float:
        """Tell for what share of its cells something holds."""
        if not self.texts:
            return 0.0
        return sum(n for text, n in self.counts.items() if holds(text)) / len(self.texts)


@dataclass(frozen=True)
class TableSample:
    """A table with a header that was found, and some of its rows.

    Attributes:
        table: The table.
        header: Its header.
        columns: Its columns with a header, from left to right.
        titles: What stands above the header.
        rows: How many rows were looked at.
    """

    table: Table
    header: Header
    columns: tuple[SampledColumn, ...]
    titles: tuple[str, ...]
    rows: int

    @property
    def names(self) -> tuple[str, ...]:
        """What the table is called: titles, the name of its sheet, that of its file."""
        stem = PurePath(self.table.file).stem
        return tuple(dict.fromkeys((*self.titles, self.table.sheet or "", stem)))


def sample(table: Table, understood: Callable[[str], bool]) -> TableSample | None:
    """Find the header of a table and take some rows; None if it holds no table.

    Args:
        table: The table.
        understood: Tells whether a text is a header that means something.
    """
    header = _find_header(table, understood)
    if header is None:
        return None
    cells: dict[int, list[Cell]] = {at: [] for at in table.positions}
    rows = 0
    ragged: set[int] = set()
    for block in table.blocks(header.row, list(table.positions)):
        taken = min(len(block.numbers), ROWS - rows)
        ragged.update(rows + at for at, row in block.ragged.items() if not row.customary)
        for at in table.positions:
            found = block.columns.get(at)
            cells[at].extend([None] * taken if found is None else _listed(found)[:taken])
        rows += taken
        if rows >= ROWS:
            break
    kept = [
        row
        for row in range(rows)
        if row not in ragged and not _aside({at: cells[at][row] for at in cells}, header)
    ]
    texts = {at: _line(texts[0]) for at, texts in header.texts.items()}
    often = Counter(map(plain, texts.values()))
    columns = tuple(
        SampledColumn(
            position=at,
            address=table.column(at),
            header=text,
            cells=tuple(cells[at][row] for row in kept),
            twice=often[plain(text)] > 1,
        )
        for at, text in sorted(texts.items())
        if at in cells and text
    )
    above = [row for number, row in table.head if number <= header.row]
    titles = tuple(
        _line(str(cell)) for row in above for cell in row.values() if isinstance(cell, str)
    )
    shown = {plain(text) for text in texts.values()}
    titles = tuple(title for title in titles if plain(title) not in shown)
    return TableSample(table, header, columns, titles, len(kept))


def _listed(cells: "list[Cell] | pl.Series") -> list[Cell]:
    if isinstance(cells, list):
        return cells
    from dabiao.intake.cells.arrow_cells import cells_of

    return cells_of(cells)


def _aside(row: Mapping[int, Cell], header: Header) -> bool:
    """Tell whether a row is one of totals, a remark, the header again, or blank."""
    first = [cell for cell in row.values() if not is_blank(cell)][:3]
    totals = any(is_total(cell) or is_whole_place(cell) for cell in first[:2])
    return not first or totals or is_remark(first[0]) or repeats(header.printed, row)


def _find_header(table: Table, understood: Callable[[str], bool]) -> Header | None:
    """Find the row with most headers: texts that differ, those that are understood above all."""
    if table.keys is not None:
        return Header(-1, -1, {at: (key,) for at, key in enumerate(table.keys)})
    best: Header | None = None
    most = 1
    for place, (_, cells) in enumerate(table.head):
        header = header_at(table, place)
        texts = {plain(each[0]): each[0] for each in header.texts.values()}
        words = [text for text in texts.values() if not _is_number(text) and len(text) <= _SHORT]
        weight = len(words) + _WEIGHT * sum(map(understood, words))
        if len(cells) > 1 and weight > most:
            best, most = header, weight
    return best


def _is_number(text: str) -> bool:
    return not any(character.isalpha() for character in text)


def _line(text: str) -> str:
    """Write a header in one line: Chinese ones lose their spaces, which do not count anyway."""
    return ("" if _CHINESE.search(text) else " ").join(text.split())
