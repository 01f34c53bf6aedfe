"""Another table below the rows of a table, told by its header."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from dabiao.intake.cells.identity_cells import is_blank, is_remark, read_year
from dabiao.intake.formats.table import Cell
from dabiao.intake.names import Fixed, fixed_column, plain
from dabiao.schemas.level import Level
from dabiao.schemas.patterns import pattern
from dabiao.schemas.quantity import quantity

_HEADS = pattern(
    "序号?|编号|编码|项目|指标|数量|金额|单价|总价|类别|类型|姓名|性别|备注|学校|校名|单位|旗县区?|县区|区县|地区|班级|年级|学段"
    "|小学|初中|高中|幼儿园|学生|教师|教职工|专任教师|所在地|(?:所在|所属)旗县|合计"
    r"|no\.?|school|class|county|item|pupils|students|teachers"
)
_ENDINGS = pattern(r".+(?:名称|名|代码|编号|人数|总数|数|率|比例|年份|年度|情况|金额|经费|面积)")
_LONGEST = 30
_SEVERAL = 2
_TITLES = 4
"""Rows of titles that may stand above a header."""

Cells = Mapping[int, Cell]


def is_foreign_header(cells: Cells, measured: AbstractSet[int]) -> bool:
    """Tell whether a row holds the header of another table.

    All of its cells are titles then, and several of them such as stand over columns, or one of them
    beside years, or beside others that stand where numbers and years belong.

    Args:
        cells: The cells of the row.
        measured: The columns of numbers and years.
    """
    filled = {at: cell for at, cell in cells.items() if not is_blank(cell)}
    if len(filled) < _SEVERAL or not all(map(_is_title, filled.values())):
        return False
    heads = sum(isinstance(cell, str) and _heads_column(cell) for cell in filled.values())
    years = {at for at, cell in filled.items() if isinstance(read_year(cell), int)}
    misplaced = filled.keys() & measured - years
    return heads >= _SEVERAL or (heads > 0 and max(len(years), len(misplaced)) >= _SEVERAL)


def is_caption(cells: Cells) -> bool:
    """Tell whether a row holds nothing but one text, as the title of a table does."""
    filled = [cell for cell in cells.values() if not is_blank(cell)]
    return len(filled) == 1 and isinstance(filled[0], str) and any(map(str.isalpha, filled[0]))


def header_below(rows: Sequence[Cells]) -> Cells | None:
    """Give the row that may be the header below a title, past further titles."""
    return next((row for row in rows[:_TITLES] if not is_caption(row)), None)


def _is_title(cell: Cell) -> bool:
    if isinstance(read_year(cell), int):
        return True
    if not isinstance(cell, str):
        return False
    text = plain(cell)
    words = any(map(str.isalpha, text)) and quantity(text) is None
    remark = is_remark(cell) and _HEADS.fullmatch(text) is None  # 备注 may head a column
    return words and ":" not in text and len(text) <= _LONGEST and not remark


def _heads_column(text: str) -> bool:
    word = plain(text).partition("(")[0]
    levels = (None, *Level)
    return (
        _HEADS.fullmatch(word) is not None
        or _ENDINGS.fullmatch(word) is not None
        or Level.named(word) is not None
        or any(fixed_column(text, level) is not None for level in levels)
    )


def header_words(cells: Iterable[Cell], level: Level | None) -> set[Fixed | None]:
    """Tell which fixed columns the words of a row name, be it in a table of another level."""
    words = [cell for cell in cells if isinstance(cell, str)]
    again = {fixed_column(word, level) for word in words}
    if Fixed.CODE not in again and again - {None}:
        again |= {fixed_column(word, other) for word in words for other in Level}
    return again
