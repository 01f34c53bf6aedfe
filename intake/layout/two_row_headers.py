"""Headers of two rows whose titles are not merged, as in a CSV: 小学,, above 班数,学生数,班数.

Only what can be nothing else is taken for a title: one that stands over columns that would have no
name without it, or the name of another.
"""

from collections import Counter
from collections.abc import Mapping

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.formats.merged_cells import CellSpan
from dabiao.intake.formats.table import Cell
from dabiao.intake.names import plain

_Cells = Mapping[int, Cell]


def names_below(row: int, titles: _Cells, below: _Cells, code: int) -> list[CellSpan]:
    """Tell how far each title reaches, if the row below it goes on with the names.

    It does if it holds nothing but words, and these stand under titles with a gap to their right,
    and in these gaps.

    Args:
        row: Number of the row of titles, in which the codes are named.
        titles: Its cells.
        below: The cells of the next row.
        code: The column of codes.

    Returns:
        The titles as if they were merged; empty if the row below is none of names.
    """
    names = _words(below)
    if not names or code in names:
        return []
    found: list[CellSpan] = []
    for left in sorted(at for at in names if not is_blank(titles.get(at))):
        right = left
        while right + 1 in names and is_blank(titles.get(right + 1)):
            right += 1
        if right == left:
            return []
        found.append((row, row, left, right))
    under = {at for _, _, left, right in found for at in range(left, right + 1)}
    return found if under == names.keys() else []


def titles_above(row: int, titles: _Cells, names: _Cells, code: int) -> list[CellSpan]:
    """Tell how far each group title reaches, if a row holds those of names that repeat below it.

    Args:
        row: Number of the row of titles.
        titles: Its cells.
        names: The cells of the next row, in which the codes are named.
        code: The column of codes.

    Returns:
        The titles as if they were merged; empty if they are none, or leave two names alike.
    """
    words = _words(titles)
    often = Counter(plain(str(cell)) for cell in names.values())
    twice = {at for at, cell in names.items() if often[plain(str(cell))] > 1}
    if not twice or code in words or not words.keys() <= names.keys():
        return []
    if any(":" in plain(text) for text in words.values()):
        return []  # 单位：人 and the like
    found: list[CellSpan] = []
    for left in sorted(words):
        right = left
        while {left, right + 1} <= twice and is_blank(titles.get(right + 1)):
            right += 1
        found.append((row, row, left, right))
    under = {at for _, _, left, right in found for at in range(left, right + 1)}
    return found if twice <= under else []


def _words(cells: _Cells) -> dict[int, str]:
    """Give the cells of a row if all of them are words; else nothing."""
    filled = {at: cell for at, cell in cells.items() if not is_blank(cell)}
    words = {at: cell for at, cell in filled.items() if isinstance(cell, str)}
    only = len(words) == len(filled) and all(map(_is_word, words.values()))
    return words if only else {}


def _is_word(text: str) -> bool:
    return any(character.isalpha() for character in text)
