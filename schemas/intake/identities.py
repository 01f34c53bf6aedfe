"""Who and when: the codes, names, parents and years of a table's rows."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dabiao.schemas.intake.headers import repeats
from dabiao.schemas.intake.identity import (
    is_blank,
    is_remark,
    is_total,
    is_whole_place,
    read_code,
    read_name,
    read_year,
)
from dabiao.schemas.intake.names import Fixed, fixed_column, plain
from dabiao.schemas.intake.plan import Plan, Source
from dabiao.schemas.intake.reason import Reason, bare, shown, special
from dabiao.schemas.intake.table import Block, Cell, Table
from dabiao.schemas.language import say
from dabiao.schemas.noticed import Noticed
from dabiao.schemas.problem import Problem, Severity

if TYPE_CHECKING:
    import polars as pl


@dataclass(slots=True)
class Identities:
    """Who and when, per row of a table.

    Attributes:
        numbers: Row numbers.
        codes: Codes; None where there is none that can be used.
        years: Years; 0 where there is none that can be used.
    """

    numbers: list[int] = field(default_factory=list)
    codes: list[str | None] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    parents: list[str | None] = field(default_factory=list)
    years: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row whose code or year needs a closer look.

    Attributes:
        keys: The cells that its code is made of; likewise its name.
        words: Its texts outside the items, where 合计 or a remark may stand.
        values: How many cells of items hold something.
    """

    number: int
    code: str | Reason | None
    year: int | Reason | None
    code_cell: Cell
    name_cell: Cell
    year_cell: Cell
    parent_cell: Cell
    keys: tuple[Cell, ...]
    names: tuple[Cell, ...]
    words: tuple[Cell, ...]
    values: int


@dataclass
class IdentityReader:
    """Reads who and when, block by block, and deals with rows that do not say.

    Attributes:
        table: The table.
        plan: How it is read.
        noticed: Takes down what is wrong.
        found: What was read so far.
    """

    table: Table
    plan: Plan
    noticed: Noticed
    found: Identities = field(default_factory=Identities)
    _closed: bool = False
    _years: dict[tuple[type, Cell], int | Reason | None] = field(default_factory=dict)
    _parents: dict[tuple[type, Cell], str | Reason | None] = field(default_factory=dict)

    def add(self, block: Block) -> None:
        """Read the next block."""
        length = len(block.numbers)
        plan, found = self.plan, self.found
        nothing: list[Cell] = [None] * length

        def cells(source: Source | None) -> list[Cell]:
            return nothing if source is None else source.cells(block.columns, length)

        code_cells, year_cells = cells(plan.code), cells(plan.year)
        name_cells, parent_cells = cells(plan.name), cells(plan.parent)
        numbers = block.numbers.tolist()
        if plan.parent is not None:
            parent_cells = _filled(self.table, plan, plan.parent, block, parent_cells)
        if plan.year is not None:
            year_cells = _filled(self.table, plan, plan.year, block, year_cells)
        names = [
            read_name(cell) if cell is None or type(cell) is str else self._name(cell, number)
            for cell, number in zip(name_cells, numbers, strict=True)
        ]
        codes = [_code(cell) for cell in code_cells]
        years = [self._year(cell) for cell in year_cells]
        key_pieces = plan.code.pieces(block.columns)
        name_pieces = [] if plan.name is None else plan.name.pieces(block.columns)
        odd = self._odd(key_pieces, name_pieces)
        good_codes = [code if isinstance(code, str) else None for code in codes]
        good_years = [year if isinstance(year, int) else 0 for year in years]
        for at in range(length):
            code = good_codes[at]
            if self._closed or code is None or not good_years[at] or at in odd:
                keys = tuple(each[at] for each in key_pieces)
                named = tuple(each[at] for each in name_pieces)
                row = _Row(
                    numbers[at],
                    codes[at],
                    years[at],
                    code_cells[at],
                    name_cells[at],
                    year_cells[at],
                    parent_cells[at],
                    keys,
                    named,
                    (*keys, *named, year_cells[at], *_cells(block, plan.margin, at)),
                    self._values(block, at),
                )
                if self._closed or self._is_aside(row, block, at):
                    good_codes[at], good_years[at] = None, 0
                elif code is None or not good_years[at]:
                    good_years[at] = 0
                    self._tell_incomplete(row)
        found.numbers.extend(numbers)
        found.codes.extend(good_codes)
        found.years.extend(good_years)
        found.names.extend(names)
        found.parents.extend(
            None if cell is None else self._parent(cell, number)
            for cell, number in zip(parent_cells, numbers, strict=True)
        )

    def _odd(self, keys: Sequence[Sequence[Cell]], names: Sequence[Sequence[Cell]]) -> set[int]:
        """List the rows of a block whose code or name may say that they are no row of facts."""
        odd = {at for cells in names for at, cell in enumerate(cells) if is_total(cell)}
        printed = self._printed
        dated = self._dated
        for cells in keys:
            odd.update(
                at
                for at, cell in enumerate(cells)
                if type(cell) is str
                and not cell.isdigit()
                and (
                    is_total(cell)
                    or is_whole_place(cell)
                    or (not dated and is_remark(cell))
                    or plain(cell) in printed
                )
            )
        return odd

    @property
    def _dated(self) -> bool:
        """Whether rows say themselves of which year they are."""
        return self.plan.year is not None and bool(self.plan.year.positions)

    @property
    def _printed(self) -> frozenset[str]:
        """What the header says over the codes."""
        over = (self.plan.printed.get(at, frozenset()) for at in self.plan.code.positions)
        return frozenset[str]().union(*over)

    def _values(self, block: Block, at: int) -> int:
        positions = [position for item in self.plan.items for position in item.positions]
        return sum(not is_blank(cell) for cell in _cells(block, positions, at))

    def _year(self, cell: Cell) -> int | Reason | None:
        key = (type(cell), cell)
        if key not in self._years:
            self._years[key] = read_year(cell)
        return self._years[key]

    def _name(self, cell: Cell, number: int) -> str | None:
        wrong = special(cell)
        if wrong is not None:
            message = say(f"名称：{wrong.message}", f"name: {wrong.message}")
            self._add(
                wrong.code, message, number, self.plan.name, wrong.hint, severity=Severity.WARNING
            )
        return read_name(cell)

    def _parent(self, cell: Cell, number: int) -> str | None:
        key = (type(cell), cell)
        if key not in self._parents:
            self._parents[key] = read_code(cell)
        found = self._parents[key]
        if isinstance(found, Reason):
            message = say(f"上级代码：{found.message}", f"parent: {found.message}")
            self._add(found.code, message, number, self.plan.parent, found.hint, found=bare(cell))
            return None
        return found

    def _is_aside(self, row: _Row, block: Block, at: int) -> bool:
        """Set a row aside that is none of facts: totals, a header again, a remark."""
        where = row.words if row.code is None else (*row.keys, *row.names)
        whole = row.words if row.code is None else row.keys
        total = next(iter((*filter(is_total, where), *filter(is_whole_place, whole))), None)
        if total is not None:
            what = say("是合计行，未作为填报数据", "is a row of totals and was set aside")
            self._set_aside("totals-row", row.number, f"{shown(total)}{_gap()}{what}")
            return True
        if self._is_header(row, block, at):
            return True
        remark = next((word for word in row.words if is_remark(word)), None)
        dated = self._dated and isinstance(row.year, int)
        if remark is not None and not row.values and not dated:
            what = say("是附注，未作为填报数据", "is a remark and was set aside")
            self._set_aside("remark-row", row.number, f"{shown(remark)}{_gap()}{what}")
            return True
        return False

    def _is_header(self, row: _Row, block: Block, at: int) -> bool:
        """Pass over a header that printing repeated; stop where another table begins."""
        cells = {place: cell_at(column, at) for place, column in block.columns.items()}
        names_code = any(plain(str(cell)) in self._printed for cell in row.keys)
        if (names_code or row.code is None) and repeats(self.plan.printed, cells):
            what = say("本行重复表头，未作为数据", "this row repeats the header and was not read")
            hint = say("不必处理", "nothing to do")
            self._add("repeated-header", what, row.number, None, hint, told=self.noticed.note)
            return True
        again = {fixed_column(word, self.plan.level) for word in row.words if isinstance(word, str)}
        if not names_code and not (Fixed.CODE in again and len(again - {None}) > 1):
            return False
        self._closed = True
        what = say(
            "本行起是另一张表（表头不同），以下各行均未读取",
            "another table begins here, under other headers; nothing below was read",
        )
        hint = say("一张工作表只放一张表", "put each table on a sheet of its own")
        self._add("another-table", what, row.number, None, hint)
        return True

    def _tell_incomplete(self, row: _Row) -> None:
        """Tell of a row without a code or year."""
        if not isinstance(row.code, str):
            self._tell_no_code(row)
        elif self.plan.year is not None and not self.plan.roster:
            self._tell_no_year(row, row.code)

    def _tell_no_code(self, row: _Row) -> None:
        lost = _lost(row.values)
        if isinstance(row.code, Reason):
            message = row.code.message + lost
            found = bare(row.code_cell)
            self._add(
                row.code.code, message, row.number, self.plan.code, row.code.hint, found=found
            )
            return
        plan = self.plan
        name = read_name(row.name_cell) if plan.name and plan.name.positions else None
        if is_blank(row.name_cell) and not row.values and not isinstance(row.year, Reason):
            return  # a year or a parent at most, as forms have in rows that nobody filled
        who = say(f"（{name}）", f" ({name})") if name else ""
        message = say(f"本行{who}没有代码{lost}", f"this row{who} has no code{lost}")
        hint = say("填写代码", "give the code")
        self._add("missing-code", message, row.number, plan.code, hint)

    def _tell_no_year(self, row: _Row, code: str) -> None:
        lost = _lost(row.values)
        found = None
        if isinstance(row.year, Reason):
            kind, message, hint = row.year.code, row.year.message + lost, row.year.hint
            found = bare(row.year_cell)
        else:
            kind = "missing-year"
            message = say(f"{code} 没有年份{lost}", f"{code} has no year{lost}")
            hint = say("填写年份", "give the year")
        self._add(kind, message, row.number, self.plan.year, hint, subject=code, found=found)

    def _set_aside(self, code: str, number: int, message: str) -> None:
        hint = say("表中只留填报行", "keep only rows of data in the table")
        self._add(code, message, number, None, hint, severity=Severity.WARNING)

    def _add(  # noqa: PLR0913, PLR0917 - a problem has as many sides
        self,
        code: str,
        message: str,
        number: int,
        source: Source | None,
        hint: str | None,
        subject: str | None = None,
        severity: Severity = Severity.ERROR,
        found: str | None = None,
        told: Callable[[Problem], None] | None = None,
    ) -> None:
        at = source.positions if source is not None else ()
        cells = "+".join(self.table.cell(position, number) for position in at)
        (told or self.noticed.add)(
            Problem(
                code,
                message,
                severity,
                file=self.table.file,
                sheet=self.table.sheet,
                cell=cells or self.table.row(number),
                found=found,
                hint=hint,
                subject=subject,
            )
        )


def _filled(
    table: Table, plan: Plan, source: Source, block: Block, cells: list[Cell]
) -> list[Cell]:
    """Give each row the text of the merged cell that covers it."""
    if len(source.positions) != 1 or len(source.parts) != 1:
        return cells
    numbers = block.numbers.tolist()
    found = cells
    for first, last, _, _ in table.spans.covering(source.positions[0], plan.after):
        begin, end = bisect_left(numbers, first), bisect_right(numbers, last)
        if begin < len(numbers) and numbers[begin] == first:
            found = cells.copy() if found is cells else found
            found[begin + 1 : end] = [
                cells[begin] if cell is None else cell for cell in cells[begin + 1 : end]
            ]
    return found


def _code(cell: Cell) -> str | Reason | None:
    if type(cell) is str and cell.isascii() and cell.isdigit():
        return cell  # what nearly all of them are
    return read_code(cell)


def _cells(block: Block, positions: Sequence[int], at: int) -> list[Cell]:
    return [cell_at(block.columns[position], at) for position in positions]


def cell_at(cells: "list[Cell] | pl.Series", at: int) -> Cell:
    """Give a cell of a column."""
    cell: Cell = cells[at]
    return cell


def _lost(values: int) -> str:
    if not values:
        return ""
    return say(f"，本行的 {values} 个数据未读取", f"; values not read: {values}")


def _gap() -> str:
    return say("", " ")
