"""Tables that lie on their side: headers below each other, a column for each subject."""

from collections.abc import Callable

from dabiao.intake.formats.table import Table
from dabiao.intake.layout.headers import IN_BRACKETS
from dabiao.intake.layout.measures import MeasureNames
from dabiao.intake.names import fixed_column, plain
from dabiao.schemas.language import say
from dabiao.schemas.level import Level

_SEVERAL = 3
"""How many headers have to stand below each other, one of them of a code, name, parent or year."""
_COLUMNS = 3
"""Columns from the left in which they may stand, behind numbers and titles of groups."""


def headers_column(
    table: Table,
    level: Level | None,
    dictionary: MeasureNames,
    speaks: Callable[[str], bool] = lambda _: False,
) -> int | None:
    """Find the column that holds the headers of a table on its side; None if it stands upright.

    A table stands upright where any row has two headers beside each other.

    Args:
        table: The table.
        level: Its level, if it is known.
        dictionary: The measures.
        speaks: Tells whether a text may speak of codes, names or years in a foreign table.
    """
    if table.keys is not None:
        return None
    levels = (level,) if level is not None else (None, *Level)
    known: list[dict[int, tuple[str, bool]]] = []
    for _, cells in table.head:
        row: dict[int, tuple[str, bool]] = {}
        for at, cell in cells.items():
            if isinstance(cell, str) and cell.strip():
                fixed = any(fixed_column(cell, each) for each in levels) or speaks(cell)
                if fixed or _is_measure(cell, level, dictionary):
                    row[at] = plain(cell), fixed
                    if len({text for text, _ in row.values()}) > 1:
                        return None
        known.append(row)
    for at in list(table.positions)[:_COLUMNS]:
        found = dict(row[at] for row in known if at in row)
        if len(found) >= _SEVERAL and any(found.values()):
            return at
    return None


def _is_measure(text: str, level: Level | None, dictionary: MeasureNames) -> bool:
    match = IN_BRACKETS.fullmatch(plain(text))
    return dictionary.find(match["stem"] if match else text, level) is not None


def on_its_side(table: Table, column: int) -> tuple[str, str]:
    """Say that a table lies on its side, and what to do."""
    name = table.column(column)
    return (
        say(
            f"这张表横放着：表头在 {name} 列，每个对象一列；没有读取",
            f"the table lies on its side, with its headers in column {name} and a column for each"
            " subject; it was not read",
        ),
        say(
            "在 Excel 或 WPS 中复制整张表，选择性粘贴时勾选“转置”，表头就在第一行；"
            "或用 facts map 起草映射",
            "copy it and paste it special with Transpose, so that the headers are the first row; or"
            " read it by a mapping, which facts map proposes",
        ),
    )
