"""Columns that are about single persons: nobody needs them here, and so they are told of."""

from dabiao.intake.cells.footers import is_footer
from dabiao.intake.formats.table import Table
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.language import say
from dabiao.schemas.personal import asks_for_person, holds_identity_number
from dabiao.schemas.problem import Severity

_LEAST = 10**17
"""The least number that has as many digits as an identity card."""


def tell_personal(table: Table, noticed: ProblemLog) -> None:
    """Warn of columns whose header asks for persons, or that hold numbers of identity cards.

    Only the first rows are looked at, and what they hold is never repeated.
    """
    if not _may_be_personal(table):
        return
    for position in table.positions:
        found = _first(table, position)
        if found is not None:
            row, what = found
            cell = table.cell(position, row)
            message = say(
                f"这一列是{what}；考核用不着个人信息", f"this column holds {what}; none are needed"
            )
            hint = say("删去这一列再提交，已发出的请收回", "delete the column before it is sent on")
            noticed.add(table.problem("personal-data", message, hint, Severity.WARNING, cell=cell))


def _may_be_personal(table: Table) -> bool:
    """Tell whether any cell says so; of nearly all tables none does."""
    written: set[str] = set()
    for _, row in table.head:
        for cell in row.values():
            if isinstance(cell, str):
                written.add(cell)
            elif type(cell) is int and abs(cell) >= _LEAST:
                return True
    texts = {text.strip() for text in written}
    return any(map(asks_for_person, texts.union(table.keys or ()))) or any(
        map(holds_identity_number, texts)
    )


def _first(table: Table, position: int) -> tuple[int, str] | None:
    """Find the first cell of a column that says it is about persons, and what it is."""
    if table.keys is not None and asks_for_person(table.keys[position]):
        row = table.head[0][0] if table.head else 0
        return row, say(f"“{table.keys[position]}”", f'"{table.keys[position]}"')
    for row, cells in table.head:
        cell = cells.get(position)
        if isinstance(cell, str):
            text = cell.strip()
            if table.keys is None and asks_for_person(text) and not is_footer(cells):
                return row, say(f"“{text}”", f'"{text}"')
        elif type(cell) is int and abs(cell) >= _LEAST:
            text = str(cell)
        else:
            continue
        if holds_identity_number(text):
            return row, say("身份证号", "numbers of identity cards")
    return None
