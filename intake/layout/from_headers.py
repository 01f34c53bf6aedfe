"""What each header means, and with it how a table is read.

Each column of the header is asked three things in turn, and the first that answers takes it::

    学校代码   年份   在校生数（人）   備註
       │        │         │            └─ nobody knows it: told, with the nearest names
       │        │         └─ a measure of the vocabulary, with the unit in brackets or in the title
       └────────┴─ a fixed column: code, name, parent, year, level, and in rosters the lifetime

The texts of a column, its own and what titles add, are tried one after the other. A measure that
does not exist at the level of the table, a second column of the same measure and a unit that does
not convert are refused for the whole column, with one message; their values are missing rather
than guessed. Without a column of codes there is no plan.

``from_mapping`` makes the same ``plan.TablePlan`` from a mapping file; whoever reads values does
not know which of the two it was.
"""

from dataclasses import field
from difflib import get_close_matches
from typing import TypeGuard

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.cells.item_cells import ColumnReading
from dabiao.intake.cells.unusable import Unusable
from dabiao.intake.cells.variants import simplified
from dabiao.intake.formats.table import Table
from dabiao.intake.layout.headers import IN_BRACKETS, Header, unit_in_title
from dabiao.intake.layout.measures import (
    MeasureNames,
    exists_at,
    meant_otherwise,
    measure_named,
    told_of,
    with_those_sharing,
)
from dabiao.intake.layout.plan import ItemSource, TablePlan, TextSource
from dabiao.intake.layout.two_row_headers import is_neutral
from dabiao.intake.names import (
    LIFE,
    NUMBER_OF,
    Fixed,
    TableKind,
    fixed_column,
    nearest,
    plain,
    rank_of,
)
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, ItemType, Measure
from dabiao.schemas.patterns import pattern
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import conversion, is_known
from dabiao.schemas.unit import unit as unit_of

_UNITS_OF_ROWS = frozenset(map(plain, ("单位", "计量单位", "金额单位", "unit", "units")))
_NAMES = pattern(r".*(?:全称|简称|校名|园名|名字?)")
"""Headers of names that are called otherwise."""
_FIRST_ROWS = 3
"""Rows that tell whether a column counts them; a total may stand below."""
_LOST = pattern(r"\?{2,}")
"""What an encoding without Chinese leaves of it."""
_BY_HEADER = ("wrong-unit", "unknown-column")
"""Why a column is refused by its header, so that another one may be the item's."""
_LIFE_NAMES = [name.zh for name in LIFE]
"""What a roster may hold besides; other columns of it (an address, a telephone) are left alone."""


@dataclass
class HeaderPlanner:
    """Makes a plan of a table from its header.

    Attributes:
        dictionary: The measures.
        noticed: Takes down what is wrong with the header.
    """

    dictionary: MeasureNames
    noticed: ProblemLog
    _fixed: dict[Fixed, int] = field(default_factory=dict)
    _items: dict[str, ItemSource] = field(default_factory=dict)
    _other: list[tuple[str, str, Item | Indicator, list[Item | Indicator]]] = field(
        default_factory=list
    )
    _titles: dict[str, list[str]] = field(default_factory=dict)

    def plan(self, table: Table, header: Header, kind: Level | TableKind) -> TablePlan | None:
        """Plan how to read a table; None if it cannot be read."""
        level = kind if isinstance(kind, Level) else None
        self._fixed, self._items, self._other, self._titles = {}, {}, [], {}
        for at, texts in sorted(header.texts.items(), key=lambda each: rank_of(each[1], level)):
            self._take(table, header, at, texts, level, roster=kind is TableKind.ROSTER)
        if Fixed.CODE not in self._fixed:
            self.tell_no_header(table)
            return None
        self._refuse_by_units_of_rows(table, header)
        self._tell_other_meanings(table)
        if not header.is_of_form:  # whose titles are topics
            self._tell_titles(table)
        fixed = {name: TextSource((at,)) for name, at in self._fixed.items()}
        return TablePlan(
            level=level,
            roster=kind is TableKind.ROSTER,
            after=header.row,
            code=fixed[Fixed.CODE],
            name=fixed.get(Fixed.NAME),
            parent=fixed.get(Fixed.PARENT),
            year=fixed.get(Fixed.YEAR),
            rank=fixed.get(Fixed.LEVEL) if level is None else None,
            life={name: fixed[name] for name in LIFE if name in fixed},
            items=list(with_those_sharing(self._items.values(), self.dictionary)),
            nameless=[at for at in table.positions if at not in header.texts],
            printed=header.printed,
            margin=self._margin(table, header) if table.lettered else (),
        )

    def _margin(self, table: Table, header: Header) -> list[int]:
        """List the columns that are not read."""
        taken = {*self._fixed.values()}
        taken.update(at for item in self._items.values() for at in item.positions)
        return [at for at in table.positions if at not in taken and at in header.texts]

    def _take(  # noqa: PLR0913 - all that is known of one column
        self,
        table: Table,
        header: Header,
        at: int,
        texts: tuple[str, ...],
        level: Level | None,
        *,
        roster: bool,
    ) -> None:
        cell = table.cell(at, header.names) if table.keys is None else table.keys[at]
        for text in texts:
            fixed = fixed_column(text, level)
            if fixed is not None:
                self._take_fixed(table, header, at, text, fixed)
                return
            found = measure_named(self.dictionary, text, level)
            if found is not None:
                measure, unit = found
                if roster:
                    self._ignored_in_roster(table, cell, text, measure)
                    if is_kind(measure):
                        self._take_item(table, cell, at, text, ColumnReading(measure))
                elif level is not None and not exists_at(measure, level):
                    self._wrong_level(table, cell, measure, level)
                else:
                    if unit is None:
                        unit = self._unit_of_title(table, header, cell, measure)
                    reading = self.dictionary.reading(measure, unit)
                    self._take_item(table, cell, at, text, reading)
                    self._left_out(texts[0], text, cell)
                    if level is not None:
                        others = meant_otherwise(text, measure, level, self.dictionary)
                        self._other.append((cell, text, measure, others))
                return
        if not roster or get_close_matches(plain(texts[0]), _LIFE_NAMES, cutoff=0.7):
            self._unknown(table, cell, texts[0], level)

    def _left_out(self, whole: str, text: str, cell: str) -> None:
        """Take down what titles say over a column and its name does not, if that may matter."""
        name, own = plain(whole), plain(text)
        title = name.removesuffix(own) if name != own and name.endswith(own) else ""
        if title and title not in own and not is_neutral(title):
            self._titles.setdefault(title, []).append(cell)

    def _tell_titles(self, table: Table) -> None:
        for title, cells in self._titles.items():
            message = say(
                f"“{title}”是上方的标题，没有计入：{len(cells)} 列按自己的表头读取",
                f'the title "{title}" is left out: the {len(cells)} columns below are read by their'
                " own headers",
            )
            hint = say(
                f"指的是另一项（只算{title}的）的，表头写全；不是的，不必处理",
                "write the whole name in the header if it makes another thing of them",
            )
            cell = "+".join(cells)
            self.noticed.note(table.problem("group-title", message, hint, cell=cell))

    def _unit_of_title(
        self, table: Table, header: Header, cell: str, measure: Item | Indicator
    ) -> str | None:
        """Give the unit that the title states, where the header of the column states none."""
        unit = unit_in_title(header, measure)
        if unit is None:
            return None
        self.noticed.add(
            table.problem(
                "unit-in-title",
                say(
                    f"标题写明单位是{unit}，{measure.name}由{unit}换算为{measure.unit}",
                    f"the title says {unit}, so {measure.name} is converted from {unit}",
                ),
                say("把单位写进表头", "write the unit in the header"),
                Severity.WARNING,
                cell=cell,
                item=measure.slug,
            )
        )
        return unit

    def _take_fixed(self, table: Table, header: Header, at: int, text: str, fixed: Fixed) -> None:
        if plain(text).endswith(NUMBER_OF) and _counts_rows(table, header, at):
            return
        if fixed in self._fixed:
            if _say_the_same(table, header, self._fixed[fixed], at):
                return
            first = table.column(self._fixed[fixed])
            cell = table.cell(at, header.names) if table.keys is None else table.keys[at]
            self.noticed.add(
                table.problem(
                    "duplicate-column",
                    say(
                        f"{fixed.zh}列重复：{text}（已有 {first} 列，采用前者）",
                        f"a second column of {fixed.value}: {text} (column {first} is used)",
                    ),
                    say("只保留一列", "keep one of them"),
                    Severity.WARNING if plain(text).endswith(NUMBER_OF) else Severity.ERROR,
                    cell=cell,
                )
            )
            return
        self._fixed[fixed] = at

    def _take_item(
        self, table: Table, cell: str, at: int, text: str, reading: ColumnReading
    ) -> None:
        slug = reading.measure.slug
        before = self._items.get(slug)
        if reading.factor is None:
            # 学生数（上年） beside 学生数: the one that can be read is.
            refused = self._other_unit(table, cell, text, reading)
            if before is None:
                plain_reading = ColumnReading(reading.measure)
                self._items[slug] = ItemSource(plain_reading, (at,), refused=refused)
            return
        refusal = None if before is None else before.refused
        if before is None or (refusal is not None and refusal.code in _BY_HEADER):
            self._items[slug] = ItemSource(reading, (at,))
            return
        name = reading.measure.name
        columns = [table.column(position) for position in (*before.positions, at)]
        message = say(
            f"{name}有多列：{'、'.join(columns)}",
            f"{name} has several columns: {', '.join(columns)}",
        )
        hint = say("只保留一列", "keep one of them")
        self.noticed.add(table.problem("duplicate-column", message, hint, cell=cell, item=slug))
        refused = Unusable("duplicate-column", message, hint)
        self._items[slug] = ItemSource(before.reading, (*before.positions, at), refused=refused)

    def _other_unit(self, table: Table, cell: str, text: str, reading: ColumnReading) -> Unusable:
        """Refuse a column by its unit."""
        slug, name = reading.measure.slug, reading.measure.name
        own = reading.measure.unit or say("无单位的数", "a plain number")
        said = reading.unit or ""
        if not is_known(said) and said[-1:] != reading.measure.unit[-1:]:  # as of 美元 and 元
            return self._qualified(table, cell, text, reading)
        message = say(
            f"表头“{_line(text)}”的单位 {reading.unit} 不能换算为{name}的单位（{own}）",
            f'the unit {reading.unit} of "{_line(text)}" does not convert to {own}',
        )
        hint = say("改正表头中的单位，并核对本列数值", "mend the unit and check the column")
        self.noticed.add(
            table.problem("wrong-unit", message, hint, cell=cell, expected=own, item=slug)
        )
        return Unusable("wrong-unit", message, hint)

    def _qualified(self, table: Table, cell: str, text: str, reading: ColumnReading) -> Unusable:
        """Refuse a column whose brackets hold no unit: they make another thing of it."""
        slug, name = reading.measure.slug, reading.measure.name
        message = say(
            f"表头“{_line(text)}”括号里的“{reading.unit}”不是单位，这一列不作为{name}，未读取",
            f'"{reading.unit}" in "{_line(text)}" is no unit: not taken for {name}, not read',
        )
        hint = say(
            f"就是{name}的，括号里只写单位，或去掉括号；是另一项的（计划数、上年数等），不必处理",
            f"if it is just {name}, put its unit in the brackets, or drop them; if it is something"
            " else, such as a plan or last year's, there is nothing to do",
        )
        told = table.problem(
            "unknown-column", message, hint, Severity.WARNING, cell=cell, item=slug
        )
        self.noticed.add(told)
        return Unusable("unknown-column", message, hint)

    def _refuse_by_units_of_rows(self, table: Table, header: Header) -> None:
        """Refuse numbers whose unit a column 单位 gives row by row: 万元 here and 元 there."""
        places = [at for at, texts in header.texts.items() if plain(texts[0]) in _UNITS_OF_ROWS]
        below = [cells for number, cells in table.head if number > header.row]
        for at in places:
            written = {str(cells[at]).strip() for cells in below if cells.get(at) is not None}
            for slug, item in list(self._items.items()):
                own = item.reading.unit or item.reading.measure.unit
                factors = {each: conversion(unit_of(each), unit_of(own)) for each in written}
                other = next(
                    (u for u, factor in factors.items() if factor not in {None, 1.0}), None
                )
                if other is None or item.refused is not None or not item.positions:
                    continue
                name = item.reading.measure.name
                message = say(
                    f"“{_line(header.texts[at][0])}”列写有“{other}”，而{name}的单位是{own}；"
                    "不按行换算，这一列未采用",
                    f'the column of units has "{other}", and {name} is in {own}; it is not'
                    " converted row by row, so the column is not used",
                )
                hint = say(
                    f"换算成{own}，或在格中写明单位，如 3{other}；删去单位列",
                    f"convert it to {own}, or write the unit in the cells (3{other}), and delete"
                    " the column of units",
                )
                cell = table.cell(item.positions[0], header.names)
                told = table.problem("wrong-unit", message, hint, cell=cell, item=slug)
                self.noticed.add(told)
                refused = Unusable("wrong-unit", message, hint)
                self._items[slug] = ItemSource(item.reading, item.positions, refused=refused)

    def _tell_other_meanings(self, table: Table) -> None:
        """Say of a header what else it might mean, unless that has a column too."""
        for cell, text, measure, others in self._other:
            left = [item for item in others if item.slug not in self._items]
            if left:
                message, hint = told_of(text, measure, left)
                self.noticed.note(
                    table.problem("other-meaning", message, hint, cell=cell, item=measure.slug)
                )

    def _unknown(self, table: Table, cell: str, text: str, level: Level | None) -> None:
        fixed = [name.zh for name in LIFE] if level is None else _fixed_names(level)
        stem = IN_BRACKETS.fullmatch(plain(text))
        known = [] if level is None else self.dictionary.known(level)
        near = nearest(simplified(stem["stem"] if stem else text), [*known, *fixed])
        name = plain(stem["stem"] if stem else text)
        if level is not None and (name == level.zh or _NAMES.fullmatch(name)):
            near = [] if Fixed.NAME in self._fixed else [f"{level.zh}名称"]
        self.noticed.add(
            table.problem(
                "unknown-column",
                say(
                    f"不认识的列“{_line(text)}”，未读取",
                    f'unknown column "{_line(text)}", not read',
                ),
                _meant(plain(simplified(text)), near),
                Severity.WARNING,
                cell=cell,
            )
        )

    def _wrong_level(self, table: Table, cell: str, measure: Measure, level: Level) -> None:
        levels_zh = "、".join(at.zh for at in measure.levels)
        levels_en = ", ".join(at.value for at in measure.levels)
        self.noticed.add(
            table.problem(
                "item-not-at-level",
                say(
                    f"{measure.name}不在{level.zh}一级填报，未读取",
                    f"{measure.name} is not reported by a {level.value}, not read",
                ),
                say(f"填在{levels_zh}表中", f"report it by {levels_en}"),
                Severity.WARNING,
                cell=cell,
                item=measure.slug,
            )
        )

    def _ignored_in_roster(
        self, table: Table, cell: str, text: str, measure: Item | Indicator
    ) -> None:
        kind = is_kind(measure)
        self.noticed.add(
            table.problem(
                "item-in-roster",
                say(
                    f"名录中的“{_line(text)}”不作为填报数据"
                    + ("，只供制表时看类别用" if kind else ""),
                    f'"{_line(text)}" in the roster is not read'
                    + (
                        " as reported; it only tells forms what kind of subject each is"
                        if kind
                        else ""
                    ),
                ),
                say("填在相应层级的表中", "report it in the table of its level"),
                Severity.WARNING,
                cell=cell,
                item=measure.slug,
            )
        )

    def tell_no_header(self, table: Table) -> None:
        """Say that a table has no column of codes, or none that can be read any more."""
        cells = [str(cell) for _, row in table.head for cell in row.values()]
        if sum(_LOST.match(cell) is not None for cell in cells) > 1:
            message = say(
                "汉字都成了问号，文字在存盘时已经丢失", "all Chinese was lost and is question marks"
            )
            hint = say(
                "从原表另存为“CSV UTF-8”或 .xlsx", 'save the original as "CSV UTF-8" or .xlsx'
            )
        else:
            message = say("没有“代码”列", "there is no column of codes")
            hint = say(
                "表头应含 代码、名称、上级代码、年份",
                "the header should have code, name, parent and year",
            )
        self.noticed.add(table.problem("no-header", message, hint))


def _counts_rows(table: Table, header: Header, at: int) -> bool:
    """Tell whether a column numbers the rows from 1 on, so that it holds no codes."""
    first = next(iter(table.blocks(header.row, [at])), None)
    cells = list(first.columns[at][:_FIRST_ROWS]) if first is not None else []
    return bool(cells) and all(
        str(cell).strip().removesuffix(".0").lstrip("0") == str(number)
        for number, cell in enumerate(cells, 1)
    )


def _say_the_same(table: Table, header: Header, first: int, second: int) -> bool:
    """Tell whether a second column holds what the first does, as 统计年度 does beside 年份."""
    return all(
        is_blank(other) or str(other).strip() == str(one).strip()
        for block in table.blocks(header.row, sorted({first, second}))
        for one, other in zip(block.columns[first], block.columns[second], strict=True)
    )


def _fixed_names(level: Level) -> list[str]:
    others = [name.zh for name in Fixed if name is not Fixed.LEVEL and name not in LIFE]
    return [*others, f"{level.zh}代码"]


def _meant(header: str, near: list[str]) -> str:
    """Tell which columns a header may mean, and whether it says more than such a name does.

    Args:
        header: The header, as names are compared.
        near: The names it is like.
    """
    if not near:
        return say("确认它是否需要；不需要可删去", "delete it unless it is needed")
    if plain(near[0]) != header and plain(near[0]) in header:
        return say(
            f"就是{near[0]}的，改名为“{near[0]}”；是另一项的（如分项、其他年份），不必处理",
            f'if it is just {near[0]}, rename it "{near[0]}"; if it is something else, such as a'
            " part of it or another year, there is nothing to do",
        )
    return say(f"是否为{'、'.join(near)}", f"did you mean {', '.join(near)}")


def _line(text: str) -> str:
    return " ".join(text.split())


def is_kind(measure: Item | Indicator) -> TypeGuard[Item]:
    """Tell whether a measure may say of what kind a subject is, as 学校类别 in rosters does."""
    return isinstance(measure, Item) and measure.type in {ItemType.CATEGORY, ItemType.BOOLEAN}
