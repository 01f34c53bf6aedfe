"""Sheets about one subject that stand upright, and tables on their side: an item a row.

Such a sheet is turned, so that it is read like any other: its rows become columns, and the columns
that are filled in become rows::

    数据项     单位  填报值  填报值   口径            代码    年份  班级数（个）
    代码             150602  150602                150602  2025  40
    年份             2025    2024          →       150602  2024  38
    班级数     个    40      38       …

Cells keep their addresses.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.formats.table import Block, Cell, Table
from dabiao.intake.names import plain

ITEMS, UNITS, VALUES = ("数据项", "item"), ("单位", "unit"), ("填报值", "value")
"""Titles of the columns that a turned sheet is read by."""

_YEAR = re.compile(r"\(\d{4}年?\)$")
"""A title may say of which year its values are; the row of years tells it."""
_Column = tuple[int, Mapping[int, Cell]]
"""A column of the sheet, from 1, and its cells by row."""


def stood_up(table: Table) -> Table | None:
    """Turn a sheet that stands upright; None if it is none."""
    if table.keys is not None:
        return None
    for number, cells in table.head:
        titles = {at: _title(cell) for at, cell in cells.items() if isinstance(cell, str)}
        items = next((at for at, title in titles.items() if title in ITEMS), None)
        values = [at for at, title in titles.items() if title in VALUES]
        if items is not None and values:
            units = next((at for at, title in titles.items() if title in UNITS), None)
            return _turn(table, number, items, units, [at for at in values if at > items])
    return None


@lru_cache(maxsize=8192)  # the same few thousand texts stand at the head of every workbook
def _title(text: str) -> str:
    return _YEAR.sub("", plain(text))


def laid_upright(table: Table, wanted: Collection[str]) -> Table:
    """Turn a table on its side: the headers stand in the column that holds most wanted names."""
    if not (table.lettered and table.head):
        return table
    texts = {at: {plain(str(cells.get(at))) for _, cells in table.head} for at in table.positions}
    items = max(texts, key=lambda at: (len(texts[at] & {*wanted}), -at))
    values = [at for at in table.positions if at > items]
    return _turn(table, table.head[0][0] - 1, items, None, values)


def _turn(table: Table, title: int, items: int, units: int | None, values: Sequence[int]) -> Table:
    rows = dict(_rows(table, title))
    headers: dict[int, Cell] = {
        number: _header(cells[items], None if units is None else cells.get(units))
        for number, cells in rows.items()
        if isinstance(cells.get(items), str) and not is_blank(cells[items])
    }
    columns = [
        (at + 1, {row: rows[row][at] for row in headers if at in rows[row]}) for at in values
    ]
    return replace(
        table,
        head=[(items + 1, headers), *columns],
        positions=sorted(headers),
        blocks=partial(_blocks, columns),
        turned=True,
        hidden_rows=(),
        hidden_columns=(),
        unseen=[(at + 1, number) for number, at in table.unseen],
        covered=[(at + 1, number) for number, at in table.covered],
        comments={(at + 1, number): said for (number, at), said in table.comments.items()},
        spans=type(table.spans)(),
    )


def _header(item: Cell, unit: Cell) -> str:
    text = str(item)
    return text if is_blank(unit) else f"{text}（{unit}）"


def _rows(table: Table, after: int) -> Iterator[tuple[int, dict[int, Cell]]]:
    for block in table.blocks(after, table.positions):
        columns = {at: list(cells) for at, cells in block.columns.items()}
        for place, number in enumerate(block.numbers.tolist()):
            found = {at: cells[place] for at, cells in columns.items()}
            yield number, {at: cell for at, cell in found.items() if cell is not None}


def _blocks(columns: Sequence[_Column], after: int, wanted: Sequence[int]) -> Iterator[Block]:
    kept = [column for column in columns if column[0] > after]
    cells: dict[int, list[Cell]] = {row: [column.get(row) for _, column in kept] for row in wanted}
    yield Block(np.array([number for number, _ in kept], np.int32), cells)
