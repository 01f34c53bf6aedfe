"""Who and when: the codes, names, parents and years of a table's rows."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from functools import cached_property

import numpy as np

from dabiao.intake.cells.examples import few_examples, is_example
from dabiao.intake.cells.footers import is_footer, is_sentence
from dabiao.intake.cells.identity_cells import (
    is_blank,
    is_remark,
    read_code,
    read_name,
    read_year,
)
from dabiao.intake.cells.nobodys_codes import NobodysCodes
from dabiao.intake.cells.totals import is_derived, is_total, is_whole_place
from dabiao.intake.cells.unusable import Unusable, bare, hidden, marked, shown, special
from dabiao.intake.formats.table import Block, Cell, Garbled, Table
from dabiao.intake.layout.below import header_below, header_words, is_caption, is_foreign_header
from dabiao.intake.layout.headers import repeats
from dabiao.intake.layout.plan import TablePlan, TextSource, columns_of
from dabiao.intake.layout.skipped_rows import names_other_year, tell_below
from dabiao.intake.names import Fixed, fixed_column, plain
from dabiao.intake.problem_log import ProblemLog
from dabiao.intake.values.block_cells import (
    Closer,
    cells_of_row,
    filled_down,
    fills_any,
    is_plain,
    is_usual,
    row_of,
)
from dabiao.intake.values.odd_rows import (
    OddRow,
    explains_columns,
    heads_rows,
    not_read,
    refuse_unseparated,
    sums_others,
    tell_incomplete,
    tell_nobodys,
    translates,
)
from dabiao.intake.values.shifted_columns import moved_row, with_year_before
from dabiao.intake.values.usual_rows import usual_rows, usual_texts, usual_years
from dabiao.schemas.language import say
from dabiao.schemas.marks import STRIKE, struck
from dabiao.schemas.measure import ItemType
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.unseen import LOST, UNSEEN

_DIGIT = re.compile(r"\d")
_CODELESS = 200
"""Rows without a code that may be sums of sections; where more lack it, they are no sums."""
_LOOK_AHEAD = 5
"""Rows in which the header below a title is looked for."""
_RIGHT_BELOW = 2
"""Rows below the header in which it may be said again in another language."""


@dataclass(slots=True)
class Identities:
    """Who and when, per row of a table.

    Attributes:
        numbers: Row numbers.
        codes: Codes; None where there is none that can be used.
        years: Years; 0 where there is none that can be used, and -1 in a roster where what stands
            there is no year.
    """

    numbers: list[int] = field(default_factory=list)
    codes: list[str | None] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    parents: list[str | None] = field(default_factory=list)
    years: list[int] = field(default_factory=list)


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
    plan: TablePlan
    noticed: ProblemLog
    found: Identities = field(default_factory=Identities)
    _closed: bool = False
    _examples: set[int] = field(default_factory=set)
    _misdated: set[int] = field(default_factory=set)
    _codeless: int = 0
    _nobodys: NobodysCodes = field(default_factory=NobodysCodes)
    _lost: dict[int, int] = field(default_factory=dict)
    _years: dict[tuple[type, Cell], int | Unusable | None] = field(default_factory=dict)
    _parents: dict[tuple[type, Cell], str | Unusable | None] = field(default_factory=dict)

    def add(self, block: Block, shifted: Collection[int] = ()) -> None:
        """Read the next block.

        Args:
            block: The block.
            shifted: Rows whose cells may stand beside their columns, which is told elsewhere.
        """
        length = len(block.numbers)
        plan, found = self.plan, self.found
        nothing: list[None] = [None] * length

        def cells(source: TextSource | None, fills: Callable[[Cell], bool]) -> list[Cell]:
            if source is None:
                return [*nothing]
            return filled_down(self.table, plan.after, source, block, fills)

        code_cells, year_cells = cells(plan.code, is_usual), cells(plan.year, fills_any)
        name_cells = [*nothing] if plan.name is None else plan.name.cells(block.columns, length)
        parent_cells = cells(plan.parent, fills_any)
        numbers = block.numbers.tolist()
        usual = usual_rows(block, plan)
        rest: Sequence[int] = range(length) if usual is None else np.flatnonzero(~usual).tolist()
        names = usual_texts(name_cells, usual)
        for at in rest:
            cell = name_cells[at]
            names[at] = read_name(cell) if is_plain(cell) else self._name(cell, numbers[at])
        rows = Closer(block, rest, code_cells, name_cells, year_cells)
        codes, years = usual_texts(code_cells, usual), usual_years(year_cells, usual)
        moved = with_year_before(self.table, plan, rows, parent_cells, self._year)
        end = 0 if self._closed else self._judge(rows, codes, years, moved, shifted)
        codes[end:], years[end:] = nothing[end:], [0] * (length - end)
        self._mark_strange(block, codes, code_cells, rest)
        parents = usual_texts(parent_cells, usual)
        parents[end:] = nothing[end:]
        for at in rest:
            cell = parent_cells[at]
            none = cell is None or codes[at] is None or at in moved or at in shifted
            parents[at] = None if none else self._parent(cell, numbers[at])
        known = {*parents}
        for at in shifted:  # what is no parent of others may belong into a column beside it
            parent = read_code(parent_cells[at])
            parents[at] = parent if isinstance(parent, str) and parent in known else None
        for at in (*moved, *shifted):
            if (name := names[at]) is not None and name.isdigit():
                names[at] = None
        found.numbers.extend(numbers)
        found.codes.extend(codes)
        found.years.extend(years)
        found.names.extend(names)
        found.parents.extend(parents)

    def _judge(
        self,
        rows: Closer,
        codes: list[str | None],
        years: list[int],
        moved: Mapping[int, str],
        shifted: Collection[int],
    ) -> int:
        """Read the codes and years of rows that need a closer look; give where the table ends."""
        plan, block = self.plan, rows.block
        read = {at: read_code(rows.codes[at]) for at in rows.places}
        dated = {at: self._year(rows.years[at]) for at in rows.places}
        keys = plan.code.pieces(block.columns) if rows.places else []
        named = plan.name.pieces(block.columns) if rows.places and plan.name is not None else []
        odd = self._odd(keys, named, rows.places)
        for at in rows.places:
            code, year = read[at], dated[at]
            codes[at] = code if isinstance(code, str) else None
            years[at] = year if isinstance(year, int) else 0
            good = codes[at] is not None and bool(years[at])
            if good and at not in odd:
                continue
            row = self._row(
                rows, at, code, year, [[each[at] for each in of] for of in (keys, named)]
            )
            if self._is_aside(row, block, at):
                codes[at], years[at] = None, 0
                if self._closed:
                    return at
            elif not good:
                years[at] = -1 if plan.roster and isinstance(year, Unusable) else 0
                if at in moved and at not in shifted:
                    told = moved_row(self.table, row.number, moved[at], codes[at])
                    self.noticed.add(told)
                elif at not in shifted or codes[at] is None:
                    tell_incomplete(row, self.table, self.plan, self.noticed)
                    if codes[at] is not None and isinstance(year, Unusable):
                        self._misdated.add(len(self.found.codes) + at)
        return len(block.numbers)

    def _row(
        self,
        rows: Closer,
        at: int,
        code: str | Unusable | None,
        year: int | Unusable | None,
        pieces: Sequence[Sequence[Cell]],
    ) -> OddRow:
        keys, names = map(tuple, pieces)
        before = cells_of_row(rows.block, self._before, at)
        return OddRow(
            int(rows.block.numbers[at]),
            code,
            year,
            rows.codes[at],
            rows.names[at],
            rows.years[at],
            keys,
            names,
            (*keys, *names, rows.years[at], *before),
            tuple(row_of(rows.block, at).values()),
            self._values(rows.block, at),
        )

    def _odd(
        self, keys: Sequence[Sequence[Cell]], names: Sequence[Sequence[Cell]], rows: Sequence[int]
    ) -> set[int]:
        """List the rows of a block whose code or name may say that they are no row of facts."""
        self._examples = few_examples([*keys, *names], rows)
        odd = self._examples | {at for cells in names for at in rows if is_total(cells[at])}
        if any(map(any, names)):  # names are given, so rows without one may be totals
            odd.update(at for at in rows if not any(cells[at] for cells in names))
        printed = self._printed
        dated = self._dated
        for cells in keys:
            odd.update(
                at
                for at in rows
                if type(cell := cells[at]) is str
                and not cell.isdigit()
                and (
                    is_total(cell)
                    or is_whole_place(cell)
                    or not (cell.isascii() or (dated and _DIGIT.search(cell)))
                    or (not dated and is_remark(cell))
                    or plain(cell) in printed
                )
            )
        return odd

    def _mark_strange(
        self,
        block: Block,
        codes: Sequence[str | None],
        cells: Sequence[Cell],
        rows: Sequence[int],
    ) -> None:
        """Remember codes that may be nobody's, and how many values their rows hold."""
        before, doubted = len(self.found.codes), self._nobodys
        for at in rows:
            code = codes[at]
            if code is not None and doubted.mark(
                before + at, code, cells[at], words=self.plan.roster
            ):
                self._lost[before + at] = self._values(block, at)

    def finish(self) -> None:
        """Refuse codes that are nobody's, unless codes are composed of several columns."""
        if len(self.plan.code.parts) > 1:
            return
        # A row of a table with years that has neither a code nor a year proves nothing.
        proving = self.found.years if self._dated and not self.plan.roster else None
        for codes, what in [*self._nobodys.refused(self.found.codes, self.found.names, proving)]:
            self._refuse(codes, what)

    def _refuse(self, codes: Mapping[int, str], what: str) -> None:
        """Refuse codes, and tell why of those whose rows were not told of before."""
        for at, code in codes.items():
            # Of a row without a year was told, and of one whose year is none, but not of its code.
            told = not (self.found.years[at] or self.plan.roster or at in self._misdated)
            self.found.codes[at], self.found.years[at] = None, 0
            if not told:
                cell = self.table.cells(self.plan.code.positions, self.found.numbers[at])
                tell_nobodys(code, what + not_read(self._lost[at]), self.table, cell, self.noticed)

    @cached_property
    def _measured(self) -> tuple[int, ...]:
        """The columns of items."""
        return tuple(at for item in self.plan.items for at in item.positions)

    @cached_property
    def _counted(self) -> frozenset[int]:
        """The columns of numbers."""
        numeric = [item for item in self.plan.items if item.reading.type.numeric]
        return frozenset(at for item in numeric for at in item.positions)

    @cached_property
    def _before(self) -> list[int]:
        """The columns before the codes."""
        first = min(self.plan.code.positions, default=0)
        return [at for at in self.plan.wanted if at < first]

    @cached_property
    def _adding(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The columns of the codes, and those of whole numbers, which add up."""
        whole = [item for item in self.plan.items if item.reading.type is ItemType.INTEGER]
        return self.plan.code.positions, tuple(at for item in whole for at in item.positions)

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
        return sum(not is_blank(cell) for cell in cells_of_row(block, self._measured, at))

    def _year(self, cell: Cell) -> int | Unusable | None:
        key = (type(cell), cell)
        if key not in self._years:
            self._years[key] = read_year(cell)
        return self._years[key]

    def _name(self, cell: Cell, number: int) -> str | None:
        wrong = special(cell)
        if isinstance(cell, str) and STRIKE in cell:
            message = say(f"{shown(cell)}带删除线", f"{shown(cell)} is struck through")
            wrong, cell = marked("struck-through", message, cell), struck(cell)[1]
        elif isinstance(cell, str) and LOST in cell:
            wrong = special(Garbled(cell))
        elif isinstance(cell, str):
            wrong, cell = hidden(cell), UNSEEN.sub("", cell)
        if wrong is not None:
            message = say(f"名称：{wrong.message}", f"name: {wrong.message}")
            at = self.table.cells(columns_of(self.plan.name), number)
            told = self.table.problem(wrong.code, message, wrong.hint, Severity.WARNING, cell=at)
            self.noticed.add(told)
        return read_name(cell)

    def _parent(self, cell: Cell, number: int) -> str | None:
        key = (type(cell), cell)
        if key not in self._parents:
            self._parents[key] = read_code(cell)
        found = self._parents[key]
        if isinstance(found, Unusable):
            message = say(f"上级代码：{found.message}", f"parent: {found.message}")
            at, said = self.table.cells(columns_of(self.plan.parent), number), bare(cell)
            told = self.table.problem(found.code, message, found.hint, cell=at, found=said)
            self.noticed.add(told)
            return None
        return found

    def _is_aside(self, row: OddRow, block: Block, at: int) -> bool:
        """Set a row aside that is none of facts: totals, a header again, a remark."""
        cells = row_of(block, at)
        if self._repeats_header(row, cells) or self._is_unseparated(row, cells):
            return True
        if self._is_total(row, cells, block, at):
            return True
        if at in self._examples:
            example = next(filter(is_example, (*row.keys, *row.names)))
            what = say("是填表的例子，未作为填报数据", "is an example and was set aside")
            self._set_aside("remark-row", row.number, f"{shown(example)}{_gap()}{what}")
            return True
        if self._explains(row, cells, block, at) or self._begins_table(row, cells, block, at):
            return True
        remark = next((word for word in row.words if is_remark(word)), None)
        dated = self._dated and isinstance(row.year, int)
        text = self._lone_text(row, cells)
        if remark is None and text is not None:  # 2023年 over rows that say it themselves, or so
            caption = self._dated and isinstance(self._year(text), int)
            heading = heads_rows(text, row, block, self.plan) and not is_footer(cells)
            remark = text if caption or is_sentence(text) or heading else None
        if remark is not None and not row.values and not dated:
            what = say("是附注，未作为填报数据", "is a remark and was set aside")
            self._set_aside("remark-row", row.number, f"{shown(remark)}{_gap()}{what}")
            return True
        if not any(map(is_usual, row.keys)) and is_footer(cells):
            what = say(
                "本行是表尾（填表人、日期等），未作为数据",
                "this row says who filled the table in, or when, and was not read",
            )
            self._tell("remark-row", row.number, what)
            return True
        return False

    def _is_total(self, row: OddRow, cells: Mapping[int, Cell], block: Block, at: int) -> bool:
        """Set a row of totals aside, told by a word or, where nobody has a code, by its counts."""
        where: tuple[Cell, ...] = (*row.keys, *row.names)
        whole: tuple[Cell, ...] = row.keys
        nameless = self.plan.name is None or is_blank(row.name_cell)
        if row.code is None:
            where = whole = (*row.words, *row.beside) if nameless else row.words
        elif nameless and self.plan.name is not None:
            where = (*where, *(cell for at, cell in cells.items() if at not in self._counted))
        total = next(iter((*filter(is_total, where), *filter(is_whole_place, whole))), None)
        if total is not None:
            what = (
                say("是由其他行算出的，未作为填报数据", "is worked out from other rows; set aside")
                if is_derived(total)
                else say("是合计行，未作为填报数据", "is a row of totals and was set aside")
            )
            self._set_aside("totals-row", row.number, f"{shown(total)}{_gap()}{what}")
            return True
        looked = self._codeless < _CODELESS and not any(map(is_usual, row.keys))
        self._codeless += looked
        if looked and sums_others(block, at, *self._adding):
            what = say("本行是相邻各行之和，未作为填报数据", "this row adds up others; set aside")
            self._set_aside("totals-row", row.number, what)
            return True
        return False

    def _explains(self, row: OddRow, cells: Mapping[int, Cell], block: Block, at: int) -> bool:
        """Pass over a row right below the header that says how to fill in its columns."""
        below = row.number <= self.plan.after + _RIGHT_BELOW and at + 1 < len(block.numbers)
        if not below or not explains_columns(cells, self._keys(row_of(block, at + 1))):
            return False
        what = say("本行说明怎样填，未作为填报数据", "this row says how to fill in; set aside")
        self._set_aside("remark-row", row.number, what)
        return True

    def _lone_text(self, row: OddRow, cells: Mapping[int, Cell]) -> str | None:
        """Give the text of a row that holds nothing else."""
        lone = is_caption(cells) and isinstance(row.year, int | None)
        return (
            next((cell for cell in cells.values() if isinstance(cell, str)), None) if lone else None
        )

    def _is_unseparated(self, row: OddRow, cells: Mapping[int, Cell]) -> bool:
        """Refuse a row that stands in one field for being separated as the header is not."""
        text = self._lone_text(row, cells)
        return text is not None and refuse_unseparated(row.number, text, self.table, self.noticed)

    def _repeats_header(self, row: OddRow, cells: Mapping[int, Cell]) -> bool:
        """Pass over a header that printing repeated."""
        unnamed = row.code is None or all(map(is_blank, row.keys))
        again = (unnamed or self._names_code(row)) and repeats(self.plan.printed, cells)
        if not again and not self._translates_header(row, cells):
            return False
        what = say("本行重复表头，未作为数据", "this row repeats the header and was not read")
        self._tell("repeated-header", row.number, what)
        return True

    def _translates_header(self, row: OddRow, cells: Mapping[int, Cell]) -> bool:
        """Tell whether a row right below the header says it again in another language."""
        below = row.number <= self.plan.after + _RIGHT_BELOW and self.table.lettered
        names = {fixed_column(str(key), self.plan.level) for key in row.keys}
        return below and names == {Fixed.CODE} and translates(cells, self.plan.printed)

    def _keys(self, cells: Mapping[int, Cell]) -> list[Cell]:
        return [cells.get(at) for at in self.plan.code.positions]

    def _names_code(self, row: OddRow) -> bool:
        return any(plain(str(cell)) in self._printed for cell in row.keys)

    def _tell(self, code: str, number: int, what: str) -> None:
        hint = say("不必处理", "nothing to do")
        self.noticed.note(self.table.problem(code, what, hint, cell=self.table.row(number)))

    def _begins_table(self, row: OddRow, cells: Mapping[int, Cell], block: Block, at: int) -> bool:
        """Stop where another table begins, with its header or a title above it."""
        again, same = header_words(row.words, self.plan.level), False
        if not self._names_code(row) and not (Fixed.CODE in again and len(again - {None}) > 1):
            header: Mapping[int, Cell] | None = cells
            if self.table.lettered and is_caption(cells) and not any(map(is_remark, row.words)):
                below = range(at + 1, len(block.numbers))[:_LOOK_AHEAD]
                header = header_below([row_of(block, each) for each in below])
            same = header is not None and repeats(self.plan.printed, header)
            if same and header is not cells and not names_other_year(cells, self.plan):
                self._tell(
                    "repeated-header",
                    row.number,
                    say("是标题，未作为数据", "it is a title and was not read"),
                )
                return True
            if header is None or not (same or self._is_foreign(header)):
                return False
        self._closed = True
        tell_below(self.table, row.number, self.noticed, same=same)
        return True

    def _is_foreign(self, cells: Mapping[int, Cell]) -> bool:
        """Tell whether a row is the header of another table; a row with a code is none."""
        if any(is_usual(key) and _DIGIT.search(str(key)) for key in self._keys(cells)):
            return False
        years = self.plan.year.positions if self.plan.year is not None else ()
        return self.table.lettered and is_foreign_header(cells, {*years, *self._counted})

    def _set_aside(self, code: str, number: int, message: str) -> None:
        hint = say("表中只留填报行", "keep only rows of data in the table")
        at = self.table.row(number)
        self.noticed.add(self.table.problem(code, message, hint, Severity.WARNING, cell=at))


def _gap() -> str:
    return say("", " ")
