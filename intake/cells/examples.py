"""Rows that show how a form is filled in, left standing above what was filled in."""

from collections.abc import Sequence

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.formats.table import Cell
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.patterns import pattern

_EXAMPLE = pattern(
    r"[(\[【]?(?:填写|填报|填表|录入)?(?:示例|样例|范例|举例)(?:行|数据)?\d*[)\]】]?(?::.*)?|例如?:.*"
    r"|(?:示例|样例|范例|某某?|[×xX]{2,})(?:实验|第[一二三1-3])?(?:小学|中学|学校|幼儿园|初中|高中)"
    r"|.*[(\[【](?:例|[^()\[\]【】]*(?:示例|样例|范例|请删除?)[^()\[\]【】]*)[)\]】]"
)
HINTS = frozenset("例删某×xX")
"""One character of each of these words, so that other texts need no closer look."""


def is_example(cell: Cell) -> bool:
    """Tell whether a code or name says that its row is an example, and about nobody.

    Examples:
        >>> is_example("填写示例"), is_example("第一小学（示例，请删除）"), is_example("示例县")
        (True, True, False)
        >>> is_example("示例小学"), is_example("××小学"), is_example("鄂托克旗示例小学7")
        (True, True, False)
    """
    if not isinstance(cell, str) or HINTS.isdisjoint(cell) or is_blank(cell):
        return False
    return _EXAMPLE.fullmatch("".join(fold(cell).split())) is not None


def few_examples(columns: Sequence[Sequence[Cell]], rows: Sequence[int]) -> set[int]:
    """List the rows that say that they are examples, unless most do, as in a table for show."""
    found = {at for cells in columns for at in rows if is_example(cells[at])}
    return found if len(found) == 1 or 2 * len(found) <= len(rows) else set()
