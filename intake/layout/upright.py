"""Sheets about one subject that stand upright, and tables on their side: an item a row.

Such a sheet is turned, so that it is read like any other: its rows become columns, and the columns
that are filled in become rows::

    数据项     单位  填报值  填报值   口径            代码    年份  班级数（个）
    代码             150602  150602                150602  2025  40
    年份             2025    2024          →       150602  2024  38
    班级数     个    40      38       …

Cells keep their addresses.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.formats.table import Block, Cell, Table
from dabiao.intake.names import Fixed, fixed_column, plain
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.patterns import pattern
from dabiao.schemas.record import dataclass

ITEMS, UNITS, VALUES = ("数据项", "item"), ("单位", "unit"), ("填报值", "value")
"""Titles of the columns that a turned sheet is read by."""

_YEAR = pattern(r"\(\d{4}年?\)$")
"""A title may say of which year its values are; the row of years tells it."""
_Column = tuple[int, Mapping[int, Cell]]
"""A column of the sheet, from 1, and its cells by row."""


@dataclass(frozen=True, slots=True)
class Titles:
    """The columns that a sheet with an item a row is read by.

    Attributes:
        number: The row of their titles.
        items: The column of items.
        units: The column of their units, if there is one.
        values: The columns that are filled in.
        codes: The column of codes, if there is one; each row then says whose value it holds.
    """

    number: int
    items: int
    units: int | None
    values: list[int]
    codes: int | None


def find_titles(table: Table, level: Level | None) -> Titles | None:
    """Find by which columns a sheet with an item a row is read; None if it is none.

    Args:
        table: The sheet.
        level: Its level, if it is known.
    """
    if table.keys is not None:
        return None
    for number, cells in table.head:
        titles = {at: _title(cell) for at, cell in cells.items() if isinstance(cell, str)}
        items = next((at for at, title in titles.items() if title in ITEMS), None)
        values = [at for at, title in titles.items() if title in VALUES]
        if items is not None and values:
            units = next((at for at, title in titles.items() if title in UNITS), None)
            codes = (at for at, title in titles.items() if fixed_column(title, level) is Fixed.CODE)
            filled = [at for at in values if at > items]
            return Titles(number, items, units, filled, next(codes, None))
    return None


def stood_up(table: Table, titles: Titles) -> Table:
    """Turn a sheet that stands upright."""
    return _turn(table, titles.number, titles.items, titles.units, titles.values)


def told_long(table: Table, titles: Titles) -> tuple[str, str]:
    """Say that each row of a table holds one item of one of several subjects, and what to do."""
    name = table.column(titles.items)
    return (
        say(
            f"一行只写了一个数据项（{name} 列），不是一个对象一行；没有读取",
            f"each row holds one item (named in column {name}), and no subject has a row of its"
            " own; the table was not read",
        ),
        say(
            "改成一个对象一年一行、每个数据项一列，Excel 或 WPS 的数据透视表就能做；"
            "或写一份映射，每个数据项用 where 选出它的行",
            "give each subject and year a row and each item a column, as a pivot table does; or"
            " write a mapping that picks the rows of each item by where",
        ),
    )


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
