"""Rows whose code or year needs a closer look, and what to tell of those that lack one."""

from collections.abc import Mapping, Sequence

from dabiao.intake.cells.footers import is_section, says_how_to_fill
from dabiao.intake.cells.identity_cells import is_blank, read_name
from dabiao.intake.cells.unusable import Unusable, bare, shown
from dabiao.intake.formats.table import Block, Cell, Table
from dabiao.intake.layout.plan import TablePlan, columns_of
from dabiao.intake.problem_log import ProblemLog
from dabiao.intake.values.block_cells import cells_of_row, is_usual
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.language import say
from dabiao.schemas.problem import Severity
from dabiao.schemas.quantity import quantity
from dabiao.schemas.record import dataclass

_SEPARATORS = ",，;；、|\t"
_FOUR, _SEVERAL = 4, 2
_FAR = 500
"""Rows that a sum of a section may stand above or below."""
_LONG = 6
"""Digits from which on a number among texts is a code."""


@dataclass(frozen=True, slots=True)
class OddRow:
    """A row whose code or year needs a closer look.

    Attributes:
        keys: The cells that its code is made of; likewise its name.
        words: Its texts outside the items, where 合计 or a remark may stand.
        beside: All of its cells; 合计 may stand in any of them if it has no name.
        values: How many cells of items hold something.
    """

    number: int
    code: str | Unusable | None
    year: int | Unusable | None
    code_cell: Cell
    name_cell: Cell
    year_cell: Cell
    keys: tuple[Cell, ...]
    names: tuple[Cell, ...]
    words: tuple[Cell, ...]
    beside: tuple[Cell, ...]
    values: int


def tell_incomplete(row: OddRow, table: Table, plan: TablePlan, noticed: ProblemLog) -> None:
    """Tell of a row without a code or year."""
    if not isinstance(row.code, str):
        _tell_no_code(row, table, plan, noticed)
        if isinstance(row.year, Unusable) and not plan.roster:
            _tell_no_year(row, None, table, plan, noticed)
    elif plan.year is not None and (not plan.roster or isinstance(row.year, Unusable)):
        _tell_no_year(row, row.code, table, plan, noticed)


def _tell_no_code(row: OddRow, table: Table, plan: TablePlan, noticed: ProblemLog) -> None:
    lost, cell = not_read(row.values), table.cells(plan.code.positions, row.number)
    if isinstance(row.code, Unusable):
        wrong, found = row.code, bare(row.code_cell)
        told = table.problem(wrong.code, wrong.message + lost, wrong.hint, cell=cell, found=found)
        noticed.add(told)
        return
    name = read_name(row.name_cell) if plan.name and plan.name.positions else None
    if is_blank(row.name_cell) and not row.values and not isinstance(row.year, Unusable):
        return  # a year or a parent at most, as forms have in rows that nobody filled
    who = say(f"（{name}）", f" ({name})") if name else ""
    message = say(f"本行{who}没有代码{lost}", f"this row{who} has no code{lost}")
    hint = say(
        "填写代码；不是填报对象的行（如小计）删去",
        "give the code; delete the row if it is about nobody, such as a subtotal",
    )
    if name is not None and is_code(name):
        hint = say(
            "名称列里是代码：各格比表头右移了一列，移回来",
            "there is a code below the names: move the cells back to the left, below their headers",
        )
    noticed.add(table.problem("missing-code", message, hint, cell=cell))


def _tell_no_year(
    row: OddRow, code: str | None, table: Table, plan: TablePlan, noticed: ProblemLog
) -> None:
    lost = not_read(row.values) if code is not None else ""
    found = None
    if isinstance(row.year, Unusable):
        kind, message, hint = row.year.code, row.year.message + lost, row.year.hint
        found = bare(row.year_cell)
    else:
        kind = "missing-year"
        message = say(f"{code} 没有年份{lost}", f"{code} has no year{lost}")
        hint = say(
            "填写年份；不是填报对象的行（如小计）删去",
            "give the year; delete the row if it is about nobody, such as a subtotal",
        )
    at = table.cells(columns_of(plan.year), row.number)
    severity = Severity.WARNING if plan.roster else Severity.ERROR
    noticed.add(table.problem(kind, message, hint, severity, cell=at, found=found, subject=code))


def tell_nobodys(code: str, what: str, table: Table, cell: str, noticed: ProblemLog) -> None:
    """Tell of a code that is nobody's, and what shows it."""
    message = say(f"{shown(code)}不是代码：{what}", f"{shown(code)} is no code: {what}")
    hint = say(
        "填写代码；不是填报对象的行（如合计）删去",
        "give the code; delete the row if it is about nobody, such as a total",
    )
    noticed.add(table.problem("bad-code", message, hint, cell=cell, found=code))


def explains_columns(cells: Mapping[int, Cell], keys_below: Sequence[Cell]) -> bool:
    """Tell whether a row says how to fill in columns, and the next one begins the data."""
    filled = [cell for cell in cells.values() if not is_blank(cell)]
    coded = all(is_usual(key) and any(map(str.isdigit, str(key))) for key in keys_below)
    return coded and len(filled) > 1 and all(map(says_how_to_fill, filled))


def translates(cells: Mapping[int, Cell], printed: Mapping[int, frozenset[str]]) -> bool:
    """Tell whether a row holds words, all of them in another script than a header."""
    words = [cell for cell in cells.values() if not is_blank(cell)]
    over = "".join(text for texts in printed.values() for text in texts)
    other = all(isinstance(w, str) and w.isascii() != over.isascii() for w in words)
    return other and len(words) > 1


def heads_rows(text: str, row: OddRow, block: Block, plan: TablePlan) -> bool:
    """Tell whether a text that stands alone among codes of digits heads rows: 小学, # 5所."""
    if row.name_cell == text and is_section(text):
        return True
    if row.code_cell != text or is_usual(text) or _is_long_number(text):
        return False
    codes = (cell for at in plan.code.positions for cell in block.columns[at])
    return any(isinstance(cell, str | int) and str(cell).isdigit() for cell in codes)


def sums_others(block: Block, at: int, keys: Sequence[int], counts: Sequence[int]) -> bool:
    """Tell whether a row adds up rows right above it, or right below, in all of its counts.

    Rows without a code are passed over: they are sums themselves.

    Args:
        block: The rows.
        at: The place of the row.
        keys: The columns of the codes.
        counts: The columns of whole numbers.
    """
    wanted = _numbers(cells_of_row(block, counts, at))
    if sum(number > 0 for number in wanted) < _SEVERAL:
        return False
    for others in (range(at - 1, -1, -1), range(at + 1, len(block.numbers))):
        sums, added, passed = [0.0] * len(wanted), 0, 0
        for other in others[:_FAR]:
            if all(map(is_blank, cells_of_row(block, keys, other))):
                passed += 1
                if passed > _SEVERAL:
                    break
                continue
            passed = 0
            numbers = _numbers(cells_of_row(block, counts, other))
            sums, added = [a + b for a, b in zip(sums, numbers, strict=True)], added + 1
            if sums == wanted and added >= _SEVERAL:
                return True
            if any(a > b for a, b in zip(sums, wanted, strict=True)):
                break
    return False


def _numbers(cells: Sequence[Cell]) -> list[float]:
    """Give the numbers of cells; 0 for whatever is none."""
    said = (None if is_blank(cell) else quantity(str(cell)) for cell in cells)
    return [0.0 if each is None else each.value for each in said]


def _is_long_number(text: str) -> bool:
    """Tell whether a text holds as many digits as a code has."""
    return sum(map(str.isdigit, fold(text))) >= _FOUR


def is_unseparated(text: str, columns: int) -> bool:
    """Tell whether a text is a row that is separated otherwise than its table of so many columns.

    It has a part for each column, and one of them is a code; a remark is no such text.

    Examples:
        >>> is_unseparated("1506020010，第一小学，600", 3), is_unseparated("注：甲，乙，丙", 3)
        (True, False)
    """
    rows = [text.split(separator) for separator in _SEPARATORS if separator in text]
    return any(len(row) == columns and any(map(is_code, row)) for row in rows)


def is_code(text: str) -> bool:
    """Tell whether a text among others can be nothing but a code."""
    written = fold(text).strip()
    return len(written) >= _LONG and written.isdecimal()


def refuse_unseparated(number: int, text: str, table: Table, noticed: ProblemLog) -> bool:
    """Tell of a row that stands in one field; False if it does not."""
    if not is_unseparated(text, len(table.positions)):
        return False
    what = say(
        f"{shown(text)}的分隔符与表头的不同，没有分成各列，未读取",
        f"{shown(text)} is not separated as the header is, and was not read",
    )
    hint = say("分隔符改成和表头一样的，如半角逗号", "separate it as the header is")
    noticed.add(table.problem("ragged-row", what, hint, line=number))
    return True


def tell_trailing(number: int, table: Table, noticed: ProblemLog) -> None:
    """Tell of a table all of whose rows go beyond the header with blank fields."""
    noticed.add(
        table.problem(
            "blank-ends",
            say(
                "各行都比表头多出空的字段，按行末多余的逗号处理；其中有 1,234 这样的数就会错位",
                "every row has blank fields beyond the header, taken for commas at its end;"
                " numbers like 1,234 would be shifted",
            ),
            say(
                '数中的逗号加引号，如 "1,234"；没有这样的数，就在表头末尾也加上逗号',
                'put quotes around such numbers, as in "1,234"; if there are none, end the'
                " header in a comma as well",
            ),
            Severity.WARNING,
            line=number,
        )
    )


def not_read(values: int) -> str:
    """Say how many values of a row were lost; nothing where none were."""
    if not values:
        return ""
    return say(f"，本行的 {values} 个数据未读取", f"; values not read: {values}")
