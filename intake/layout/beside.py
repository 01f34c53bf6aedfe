"""Tables that stand beside each other on one sheet, told by a second header in the same row."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.formats.table import Cell, Table
from dabiao.intake.layout.headers import means_code
from dabiao.intake.names import Fixed, fixed_column, plain
from dabiao.schemas.level import Level

_NUMBERS = frozenset(["序号", "编号", "no", "no."])
_SAYS_WHO = frozenset([Fixed.CODE, Fixed.NAME, Fixed.PARENT, Fixed.YEAR])


def apart(table: Table, level: Level | None) -> list[Table]:
    """Give the tables of a sheet that stand beside each other; a lone one as it is.

    Another table begins behind columns that are blank throughout, with a header that says who or
    when though an earlier one did so already; or where the header of the first begins once more.

    Args:
        table: The sheet.
        level: The level of the first of them, if it is known.
    """
    if not table.lettered:
        return [table]
    for _, cells in table.head:
        code = next((at for at, cell in cells.items() if means_code(cell, level)), None)
        if code is not None:
            starts = _starts(table, {at: c for at, c in cells.items() if not is_blank(c)}, code)
            return [_part(table, *span) for span in _spans(table, starts)] if starts else [table]
    return [table]


def _starts(table: Table, cells: dict[int, Cell], code: int) -> list[int]:
    """Tell at which columns behind the first table others begin."""
    runs = _runs(table, sorted(cells))
    first = next(run for run in runs if code in run)
    said = {kind for at in first for kind in _kinds(cells[at])}
    found: set[int] = set()
    for run in (each for each in runs if each is not first):
        kinds = {kind for at in run for kind in _kinds(cells[at])}
        if run[0] > code and (kinds & said or any(_heads(cells[at]) for at in run)):
            found.add(run[0])
        said |= kinds
    texts = [plain(str(cells[at])) for at in first]
    again = [at for at in range(1, len(first)) if texts[at] == texts[0] and _repeats(texts, at)]
    return sorted({*found, *(first[at] for at in again)})


def _repeats(texts: Sequence[str], start: int) -> bool:
    """Tell whether a header goes on as it began: with a code and something else, at least."""
    same = [a for a, b in zip(texts, texts[start:], strict=False) if a == b]
    return len(same) > 1 and any(Fixed.CODE in _kinds(each) for each in same)


def _runs(table: Table, columns: Sequence[int]) -> list[list[int]]:
    """Part columns where all that lies between them is blank in every row."""
    held = set(table.positions)
    runs: list[list[int]] = []
    for at in columns:
        if runs and (at == runs[-1][-1] + 1 or held & set(range(runs[-1][-1] + 1, at))):
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _heads(cell: Cell) -> bool:
    """Tell whether a header numbers rows, or is called as somebody is at whatever level."""
    return isinstance(cell, str) and (
        plain(cell) in _NUMBERS or Level.named(plain(cell)) is not None
    )


def _kinds(cell: Cell) -> frozenset[Fixed]:
    """Tell what a header says of a row, at whatever level."""
    return _said_by(cell) if isinstance(cell, str) else frozenset()


@lru_cache(maxsize=4096)  # the same few hundred headers stand in every workbook
def _said_by(text: str) -> frozenset[Fixed]:
    named = [each for each in Level if plain(text).startswith(each.zh)]  # others say no more
    every = (fixed_column(text, each) for each in (None, *named))
    return frozenset(kind for kind in every if kind in _SAYS_WHO)


def _spans(table: Table, starts: Sequence[int]) -> list[tuple[int, int]]:
    ends = [*starts, max(table.positions) + 1]
    return list(zip([0, *starts], ends, strict=True))


def _part(table: Table, first: int, end: int) -> Table:
    """Give the columns of a table from one position to before another."""
    inside = range(first, end)
    head = [
        (number, {at: cell for at, cell in cells.items() if at in inside})
        for number, cells in table.head
    ]
    return replace(
        table,
        head=[(number, cells) for number, cells in head if cells],
        positions=[at for at in table.positions if at in inside],
        spans=table.spans.within(first, end),
        hidden_columns=[at for at in table.hidden_columns if at in inside],
    )
