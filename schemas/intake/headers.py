"""Headers: which row they stand in, and which texts name a column."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dabiao.schemas.intake.names import Fixed, fixed_column, plain
from dabiao.schemas.intake.table import Cell, Table
from dabiao.schemas.level import Level

_STATED = re.compile(r"(?:^|[^一-鿿])(?:计量|数量|金额)?单位:(?P<units>[^:()\s]+)")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table.

    Attributes:
        row: Number of its last row; -1 where the format itself names the columns.
        texts: Position of a column to the texts that may name it, the likeliest first.
        units: Units that the title states for the whole table (单位：万元).
    """

    row: int
    texts: Mapping[int, tuple[str, ...]]
    units: tuple[str, ...] = ()


def find_header(table: Table, level: Level | None) -> Header | None:
    """Find the header: the first row with a column of codes."""
    if table.keys is not None:
        return Header(-1, {at: (key,) for at, key in enumerate(table.keys)})
    for place, (number, cells) in enumerate(table.head):
        codes = [at for at, cell in cells.items() if _means_code(cell, level)]
        if codes:
            return _header(table, place, number, codes[0])
    return None


def _means_code(cell: Cell, level: Level | None) -> bool:
    return isinstance(cell, str) and fixed_column(cell, level) is Fixed.CODE


def _header(table: Table, place: int, number: int, code: int) -> Header:
    """Read a header that starts in a row, with group titles in the row above or below it."""
    last = number
    for first, end, left, right in table.spans:
        if first == number and left <= code <= right:
            last = max(last, end)
    rows = {row: cells for row, cells in table.head if number <= row <= last}
    above = table.head[place - 1] if place else (0, {})
    texts: dict[int, tuple[str, ...]] = {}
    for at in sorted({at for cells in rows.values() for at in cells}):
        lower = [str(cells[at]) for _, cells in sorted(rows.items()) if at in cells]
        group = _group(table, rows, at) or _group(table, {above[0]: above[1]}, at, not_over=code)
        own = lower[-1]
        joined = [lower[0] + own] if len(lower) > 1 else []
        if group is not None and group != own:
            joined.append(group + own)
        texts[at] = tuple(dict.fromkeys([*joined, own, lower[0]]))
    return Header(last, texts, _title_units(cells for row, cells in table.head if row < number))


def _group(
    table: Table,
    rows: Mapping[int, Mapping[int, Cell]],
    at: int,
    not_over: int | None = None,
) -> str | None:
    """Give the title that is merged across a column and its neighbours."""
    for first, _, left, right in table.spans:
        if first not in rows or not left < right or not left <= at <= right:
            continue
        if not_over is not None and left <= not_over <= right:
            continue
        text = rows[first].get(left)
        if isinstance(text, str):
            return text
    return None


def _title_units(rows: Iterable[Mapping[int, Cell]]) -> tuple[str, ...]:
    """Find what the rows above a header say of units."""
    for cells in rows:
        for cell in cells.values():
            match = _STATED.search(plain(cell)) if isinstance(cell, str) else None
            if match is not None:
                return tuple(re.split(r"[、/,;]", match["units"]))
    return ()
