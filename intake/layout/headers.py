"""Headers: which rows they stand in, and which texts name a column."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field
from itertools import combinations

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.formats.merged_cells import CellSpan
from dabiao.intake.formats.table import Cell, Table
from dabiao.intake.layout.two_row_headers import (
    makes_other,
    names_below,
    says_other,
    titles_above,
)
from dabiao.intake.names import DUTIES, Fixed, fixed_column, is_form_title, plain, without_duty
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Measure
from dabiao.schemas.patterns import pattern
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import conversion, is_known
from dabiao.schemas.unit import unit as unit_of

IN_BRACKETS = pattern(r"(?P<stem>.+)[(\[【〔](?:单位:?)?(?P<unit>[^()\[\]【】〔〕]*)[)\]】〕]")
_STATED = pattern(r"(?:^|[^一-鿿])(?:计量|数量|金额)?单位:(?P<units>[^:()\s]+)")
_BRACKETS = "()[]【】〔〕"
_UNIT_LABELS = frozenset(["单位", "计量单位", "unit", "units"])
_STEMS = frozenset(["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "栏次", "列次"])
_NUMBERED = pattern(r"\(?(\d{1,4})\)?(?:=.*)?")
_WHOLE = frozenset(
    [
        "计",
        "合计",
        "小计",
        "总计",
        "总数",
        "数量",
        "total",
        "本年",
        "本年度",
        "今年",
        "本期",
        "当年",
    ]
)
"""What stands below a group title where the column is about the whole of the group."""
_AS_NUMBERS = pattern(
    r"(?:填|保留|精确到|小数点后|取|只填)*(?:[0-9一二两三四]位)?(?:整数|小数|数字|数值)(?:型|格式)?"
)
"""What says how a number is written."""
_DEEPEST = 5
"""Rows of a header whose texts are combined into names."""
_FEWEST = 3
_SEVERAL = 2

RowCells = Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table.

    Attributes:
        row: Number of its last row; -1 where the format itself names the columns.
        names: Number of the row in which the columns are named.
        texts: Position of a column to the texts that may name it, the likeliest first.
        units: Units that the title states for the whole table (单位：万元).
        above: Number and text of each row above it that is no part of it.
        numbering: Number of the row below the names that only numbers the columns, if any.
        printed: Position of a column to what stands over it in any row of the header, in plain.
    """

    row: int
    names: int
    texts: Mapping[int, tuple[str, ...]]
    units: tuple[str, ...] = ()
    above: Sequence[tuple[int, str]] = ()
    numbering: int | None = None
    printed: Mapping[int, frozenset[str]] = field(default_factory=dict)

    @property
    def is_of_form(self) -> bool:
        """Whether the table is of a form: what else stands above it is known."""
        return any(is_form_title(text) for _, text in self.above)


def find_header(table: Table, level: Level | None, narrows: Callable[[str], bool]) -> Header | None:
    """Find the header: the first row with a column of codes.

    Args:
        table: The table.
        level: Its level, if it has one.
        narrows: Tells whether a group title such as 小学 makes the columns below it mean something
            else than their own texts say.
    """
    if table.keys is not None:
        return Header(-1, -1, {at: (key,) for at, key in enumerate(table.keys)})
    for place, (_, cells) in enumerate(table.head):
        codes = [at for at, cell in cells.items() if means_code(cell, level)]
        if codes:
            return _header(table, place, codes[0], narrows)
    return None


def header_at(table: Table, place: int) -> Header:
    """Read the row at a place of the head as the header, whatever it says."""
    return _header(table, place, min(table.head[place][1]), lambda _: False)


def find_named(table: Table, wanted: Collection[str]) -> Header | None:
    """Find the header that names most of the columns that are asked for, by their plain names."""
    if table.keys is not None:
        return Header(-1, -1, {at: (key,) for at, key in enumerate(table.keys)})
    best: Header | None = None
    most = 0
    for place in range(len(table.head)):
        header = header_at(table, place)
        found = sum(any(plain(text) in wanted for text in each) for each in header.texts.values())
        if found > most:
            best, most = header, found
    return best


def repeats(printed: Mapping[int, frozenset[str]], cells: RowCells) -> bool:
    """Tell whether a row holds a row of the header again, as printing repeats it on every page."""
    said = {at: plain(str(cell)) for at, cell in cells.items() if not is_blank(cell)}
    words = any(not text.isdigit() for text in said.values())
    return words and all(text in printed.get(at, ()) for at, text in said.items())


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
        >>> unit_in_brackets("经费（万元，保留两位小数）"), unit_in_brackets("人数（整数）")
        ('万元', None)
    """
    match = IN_BRACKETS.fullmatch(without_duty("".join(fold(text).split()).strip("*:")))
    unit = match["unit"] if match is not None else ""
    return _without_advice(unit) or None


def _without_advice(said: str) -> str:
    """Leave out of brackets what only says how to write a number: 人、整数; 必填，保留两位小数."""
    parts = re.split(r"[,、;]", said)
    kept = [part for part in parts if part not in DUTIES and not _AS_NUMBERS.fullmatch(part)]
    return said if kept == parts else "".join(kept)


def means_code(cell: Cell, level: Level | None) -> bool:
    """Tell whether a cell is the header of the codes."""
    return isinstance(cell, str) and fixed_column(cell, level) is Fixed.CODE


def _header(table: Table, place: int, code: int, narrows: Callable[[str], bool]) -> Header:
    """Read a header whose column of codes begins in a row; group titles may stand above it."""
    number = table.head[place][0]
    place, names, spans = _extent(table, place, code, narrows)
    first = table.head[place][0]
    rows = {row: cells for row, cells in table.head if first <= row <= names}
    below = [(row, cells) for row, cells in table.head if row > names]
    last, units, numbering = names, dict[int, str](), None
    if below and (units := _units(below[0][1])):
        last = below.pop(0)[0]
    if below and _numbers_columns(below[0][1]):
        last = numbering = below[0][0]
    texts: dict[int, tuple[str, ...]] = {}
    merged = [span for row in rows for span in table.spans.starting(row)]
    paths = _paths([*merged, *spans], rows, code, number)
    for at in sorted({at for cells in rows.values() for at in cells if at >= 0}):
        found = _names_of(paths[at], narrows) if at in paths else ()
        if at in units:
            found = (*(f"{text}({units[at]})" for text in found), *found)
        if found:
            texts[at] = found
    above = [(row, _row_text(cells)) for row, cells in table.head if row < first]
    stated = _title_units(cells for row, cells in table.head if row < number)
    printed = _printed(cells for row, cells in table.head if first <= row <= last)
    return Header(last, names, texts, stated, above, numbering, printed)


def _extent(
    table: Table, place: int, code: int, narrows: Callable[[str], bool]
) -> tuple[int, int, list[CellSpan]]:
    """Tell how far a header reaches, from the row that names the codes on.

    Returns:
        The place of its first row, the number of its last one with names, and its titles that are
        not merged and reach over several columns all the same.
    """
    number, own = table.head[place]
    names = max(
        [
            number,
            *(end for _, end, left, right in table.spans.starting(number) if left <= code <= right),
        ]
    )
    spans: list[CellSpan] = []
    if names == number and place + 1 < len(table.head):
        below, cells = table.head[place + 1]
        spans = names_below(number, own, cells, code)
        names = below if spans else names
    if place and not spans and not _groups(table, table.head[place - 1], code, narrows):
        spans = titles_above(*table.head[place - 1], own, code)
        place -= bool(spans)
    while place and _groups(table, table.head[place - 1], code, narrows):
        place -= 1
    return place, names, spans


def _printed(rows: Iterable[RowCells]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for cells in rows:
        for at, cell in cells.items():
            found.setdefault(at, set()).add(plain(str(cell)))
    return {at: frozenset(texts) for at, texts in found.items()}


def _groups(
    table: Table, row: tuple[int, RowCells], code: int, narrows: Callable[[str], bool]
) -> bool:
    """Tell whether a row holds titles that are merged across columns, and not just over the codes.

    What is merged over the codes may be the title of the table, unless it is one of several, or
    the other makes another thing of what it stands over.
    """
    spans = [span for span in table.spans.starting(row[0]) if span[2] < span[3]]
    others = [span for span in spans if not span[2] <= code <= span[3]]
    if len(others) == len(spans):
        return bool(spans)
    if len(others) == 1:
        title = str(row[1].get(others[0][2], ""))
        return says_other(title) or narrows(title)
    return len(others) >= _SEVERAL and not any(":" in plain(str(cell)) for cell in row[1].values())


def _paths(
    spans: Sequence[CellSpan], rows: Mapping[int, RowCells], code: int, named: int
) -> dict[int, list[str]]:
    """Give the texts over each column, from the group titles down to its own.

    What stands over the codes above the row in which they are named is no part of any name.
    """
    paths: dict[int, list[str]] = {}
    for row, cells in sorted(rows.items()):
        over_codes = {left for top, _, left, right in spans if top == row and left <= code <= right}
        aside = over_codes | {code} if row < named else set[int]()
        over = {at: str(cell) for at, cell in cells.items() if at not in aside}
        for first, _, left, right in spans:
            title = cells.get(left) if first == row else None
            if left < right and not is_blank(title) and not left <= code <= right:
                over |= dict.fromkeys(range(left, right + 1), str(title))
        for at, text in over.items():
            path = paths.setdefault(at, [])
            if path[-1:] != [text]:
                path.append(text)
    return paths


def _names_of(path: Sequence[str], narrows: Callable[[str], bool]) -> tuple[str, ...]:
    """Give the names that a column may go by, the fullest first.

    A group title may be left out of the name unless it narrows it: 办学条件 over 学生数 says no
    more than 学生数, but 初中 over 学生数 does.
    """
    *groups, own = path[-_DEEPEST:]
    if not groups:
        return (own,)
    kept = [at for at, text in enumerate(groups) if narrows(text) or makes_other(text, own)]
    chosen = [
        [text for at, text in enumerate(groups) if at in some]
        for size in range(len(groups), -1, -1)
        for some in combinations(range(len(groups)), size)
        if set(kept) <= set(some)
    ]
    names = ["".join([*some, own]) for some in chosen]
    if plain(own).strip(_BRACKETS) in _WHOLE:
        names += ["".join(some) for some in chosen if some]
    unit = _as_unit(own)
    if unit:
        names = [f"{''.join(some)}({unit})" for some in chosen if some] + names
    return tuple(dict.fromkeys(names))


def _as_unit(cell: Cell) -> str:
    """Give the unit that a cell names, and nothing else; an empty text if it doesn't."""
    if not isinstance(cell, str):
        return ""
    text = "".join(fold(cell).split()).strip(_BRACKETS)
    return text if text and is_known(text) else ""


def _units(cells: RowCells) -> dict[int, str]:
    """Read a row of units below the names; empty if the row is none."""
    found: dict[int, str] = {}
    for at, cell in cells.items():
        if is_blank(cell) or (isinstance(cell, str) and plain(cell) in _UNIT_LABELS):
            continue
        found[at] = _as_unit(cell)
        if not found[at]:
            return {}
    return found


def _numbers_columns(cells: RowCells) -> bool:
    """Tell whether a row only numbers the columns: 甲, 乙, 1, 2."""
    stems = numbers = 0
    for _, cell in sorted(cells.items()):
        text = plain(str(cell))
        if text in _STEMS:
            stems += 1
            continue
        match = _NUMBERED.fullmatch(text)
        if match is None or int(match[1]) != numbers + 1:
            return False
        numbers += 1
    return bool(stems) or numbers >= _FEWEST


def _row_text(cells: RowCells) -> str:
    return " ".join(" ".join(str(cell).split()) for _, cell in sorted(cells.items()))


def _title_units(rows: Iterable[RowCells]) -> tuple[str, ...]:
    """Find what the rows above a header say of units."""
    for cells in rows:
        for cell in cells.values():
            match = _STATED.search(plain(cell)) if isinstance(cell, str) else None
            if match is not None:
                return tuple(re.split(r"[、/,;]", match["units"]))
    return ()
