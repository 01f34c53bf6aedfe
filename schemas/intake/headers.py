"""Headers: which row they stand in, and which texts name a column."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from dabiao.schemas.intake.names import Fixed, fixed_column, plain
from dabiao.schemas.intake.table import Cell, Table
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Measure
from dabiao.schemas.unit import conversion
from dabiao.schemas.unit import unit as unit_of

IN_BRACKETS = re.compile(r"(?P<stem>.+)[(\[【〔](?:单位:?)?(?P<unit>[^()\[\]【】〔〕]*)[)\]】〕]")
DUTIES = frozenset(["必填", "选填", "必报", "选报", "可选", "非必填", "required", "optional"])
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


def header_at(table: Table, place: int) -> Header:
    """Read the row at a place of the head as the header, whatever it says."""
    number, cells = table.head[place]
    return _header(table, place, number, min(cells))


def find_named(table: Table, wanted: Collection[str]) -> Header | None:
    """Find the header that names most of the columns that are asked for, by their plain names."""
    if table.keys is not None:
        return Header(-1, {at: (key,) for at, key in enumerate(table.keys)})
    best: Header | None = None
    most = 0
    for place in range(len(table.head)):
        header = header_at(table, place)
        found = sum(any(plain(text) in wanted for text in each) for each in header.texts.values())
        if found > most:
            best, most = header, found
    return best


def unit_in_title(header: Header, measure: Measure) -> str | None:
    """Give the unit that the title states, if exactly one of its units converts, and not by 1."""
    own = unit_of(measure.unit)
    factors = {unit: conversion(unit_of(unit), own) for unit in header.units}
    found = {unit: factor for unit, factor in factors.items() if factor is not None}
    return None if len(found) != 1 or 1.0 in found.values() else next(iter(found))


def unit_in_brackets(text: str) -> str | None:
    """Give the unit in the last brackets of a header, capitals kept; None where there is none.

    Examples:
        >>> unit_in_brackets("出口带宽（Mbps）"), unit_in_brackets("人数（必填）")
        ('Mbps', None)
    """
    match = IN_BRACKETS.fullmatch("".join(unicodedata.normalize("NFKC", text).split()).strip("*:"))
    unit = match["unit"] if match is not None else ""
    return None if unit in DUTIES or not unit else unit


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
    near = {*rows, above[0]}
    spans = [span for span in table.spans if span[0] in near]
    texts: dict[int, tuple[str, ...]] = {}
    for at in sorted({at for cells in rows.values() for at in cells}):
        lower = [str(cells[at]) for _, cells in sorted(rows.items()) if at in cells]
        group = _group(spans, rows, at) or _group(spans, {above[0]: above[1]}, at, not_over=code)
        own = lower[-1]
        joined = [lower[0] + own] if len(lower) > 1 else []
        if group is not None and group != own:
            joined.append(group + own)
        texts[at] = tuple(dict.fromkeys([*joined, own, lower[0]]))
    return Header(last, texts, _title_units(cells for row, cells in table.head if row < number))


def _group(
    spans: Iterable[tuple[int, int, int, int]],
    rows: Mapping[int, Mapping[int, Cell]],
    at: int,
    not_over: int | None = None,
) -> str | None:
    """Give the title that is merged across a column and its neighbours."""
    for first, _, left, right in spans:
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
