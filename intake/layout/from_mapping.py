"""Plans for tables that are read through a mapping file."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import cached_property

from dabiao.intake.cells.item_cells import ColumnReading
from dabiao.intake.cells.unusable import Unusable
from dabiao.intake.formats.table import Cell, Table
from dabiao.intake.layout.headers import Header, find_named, unit_in_brackets, unit_in_title
from dabiao.intake.layout.mapping_file import SLOT, MappingFile, TableMapping, filled
from dabiao.intake.layout.measures import (
    MeasureNames,
    exists_at,
    meant_otherwise,
    told_of,
    with_those_sharing,
)
from dabiao.intake.layout.plan import ItemSource, TablePlan, TextSource
from dabiao.intake.layout.upright import laid_upright
from dabiao.intake.names import LIFE, Fixed, TableKind, fixed_column, nearest, plain, table_kind
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.language import say
from dabiao.schemas.measure import Indicator, Item
from dabiao.schemas.problem import FilePlace, Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import is_known

_FEW = 8
"""Columns that are named before the rest is counted."""


@dataclass
class MappingPlanner:
    """Plans tables by a mapping file.

    Attributes:
        mapping: The mapping file.
        dictionary: The measures.
        noticed: Takes down what is wrong.
    """

    mapping: MappingFile
    dictionary: MeasureNames
    noticed: ProblemLog
    _used: set[int] = field(default_factory=set)
    _told: set[tuple[str | int, ...]] = field(default_factory=set)

    def plans(self, table: Table) -> list[tuple[Table, Header, TablePlan]] | None:
        """Plan every reading of a table, turned where it lies on its side.

        None if the mapping file does not speak of it.
        """
        if table_kind(table.name) is TableKind.NOTES:
            return None
        matching = [
            at
            for at, entry in enumerate(self.mapping.tables)
            if entry.matches(table.file, table.sheet)
        ]
        if not matching:
            return None
        self._used.update(matching)
        plans: list[tuple[Table, Header, TablePlan]] = []
        told: set[int] = set()
        header: Header | None = None
        given = table
        for at in matching:
            entry = self.mapping.tables[at]
            names = (filled(name, slot) for slot in entry.variants for name in entry.sources)
            wanted = {plain(name) for name in names}
            table = laid_upright(given, wanted) if entry.turned else given
            header = find_named(table, wanted)
            if header is None:
                self._tell_no_header(table, at)
                continue
            for variant in entry.variants:
                reading = _Entry(self, at, entry, variant, table, header)
                plan = reading.plan()
                told.update(reading.told)
                if plan is not None:
                    plans.append((table, header, plan))
        if header is not None and plans:
            self._note_ignored(table, [t[0] for at, t in header.texts.items() if at not in told])
        return plans

    def understands(self, text: str) -> bool:
        """Tell whether a text is a header that some reading asks for."""
        return plain(text) in self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(
            plain(filled(name, slot))
            for entry in self.mapping.tables
            for slot in entry.variants
            for name in entry.sources
        )

    def finish(self) -> None:
        """Tell of readings that no table matched."""
        for at, entry in enumerate(self.mapping.tables):
            if at not in self._used:
                self.tell(
                    ("tables", at),
                    "mapping-unused",
                    say(
                        f"没有表用到第 {at + 1} 个映射（{entry.level}）",
                        f"no table matches reading {at + 1} ({entry.level})",
                    ),
                    say("检查 file 和 sheet", "check file and sheet"),
                    Severity.WARNING,
                )

    def tell(
        self,
        path: tuple[str | int, ...],
        code: str,
        message: str,
        hint: str | None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Tell of something in the mapping file, once."""
        if (code, message, *path) in self._told:
            return
        self._told.add((code, message, *path))
        line = self.mapping.text.line(path)
        problem = FilePlace(self.mapping.file, line).problem(
            code, message, severity=severity, hint=hint
        )
        if severity is Severity.NOTE:
            self.noticed.note(problem)
        else:
            self.noticed.add(problem)

    def _tell_no_header(self, table: Table, at: int) -> None:
        self.noticed.add(
            table.problem(
                "no-header",
                say(
                    f"没有找到第 {at + 1} 个映射要的列",
                    f"there are no columns that reading {at + 1} of the mapping asks for",
                ),
                hint=say("检查映射文件的 columns", "check columns in the mapping file"),
            )
        )

    def _note_ignored(self, table: Table, columns: Sequence[str]) -> None:
        if columns:
            few = say("、", ", ").join(" ".join(name.split()) for name in columns[:_FEW])
            more = say(" 等", " …") if len(columns) > _FEW else ""
            self.noticed.note(
                table.problem(
                    "columns-ignored",
                    say(
                        f"映射文件没有提到的 {len(columns)} 列未读取：{few}{more}",
                        f"not read, as the mapping file does not mention it: {few}{more}"
                        if len(columns) == 1
                        else f"{len(columns)} columns not read, as the mapping file does not"
                        f" mention them: {few}{more}",
                    ),
                )
            )


@dataclass
class _Entry:
    """One reading of one table, with one value of its variable."""

    mapper: MappingPlanner
    at: int
    entry: TableMapping
    variant: Mapping[str, str]
    table: Table
    header: Header
    told: set[int] = field(default_factory=set)
    """Columns that it asks for, or that were proposed for one that is not there."""
    _fixed: dict[Fixed, TextSource] = field(default_factory=dict)
    _items: dict[str, ItemSource] = field(default_factory=dict)
    _where: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def plan(self) -> TablePlan | None:
        """Plan it; None if it has no codes."""
        level = self.entry.kind
        self._check_values()
        self._take_all()
        if Fixed.CODE not in self._fixed:
            if Fixed.CODE not in map(self._meaning, self._targets):
                self._tell(
                    (),
                    "mapping-no-code",
                    say("没有写明“代码”从哪里来", "it does not say where codes come from"),
                    say("在 columns 或 compose 中写 代码", "give code in columns or compose"),
                )
            return None
        return TablePlan(
            level=level,
            roster=level is None,
            after=self.header.row,
            code=self._fixed[Fixed.CODE],
            name=self._fixed.get(Fixed.NAME),
            parent=self._fixed.get(Fixed.PARENT),
            year=self._fixed.get(Fixed.YEAR),
            rank=self._fixed.get(Fixed.LEVEL),
            life={name: self._fixed[name] for name in LIFE if name in self._fixed},
            items=list(with_those_sharing(self._items.values(), self.mapper.dictionary)),
            where=self._where,
            latest=self.entry.latest,
            margin=self._margin(),
            printed=self.header.printed,
        )

    def _margin(self) -> list[int]:
        """List the columns that are not read."""
        taken = {at for source in self._fixed.values() for at in source.positions}
        taken |= {at for item in self._items.values() for at in item.positions}
        taken |= self._where.keys()
        columns = self.table.positions if self.table.lettered else ()
        return [at for at in columns if at not in taken]

    def _take_all(self) -> None:
        entry = self.entry
        for source, texts in entry.where.items():
            position = self._find(source, ("where", source))
            if position is not None:
                self._where[position] = tuple(filled(text, self.variant) for text in texts)
        for source, target in entry.columns.items():
            self._take(("columns", source), target, [self._find(source, ("columns", source))])
        for target, sources in entry.sums.items():
            path = ("sums", target)
            self._take(path, target, [self._find(source, path) for source in sources])
        for target, text in entry.compose.items():
            self._compose(target, text)
        for target, value in entry.constants.items():
            self._take(("constants", target), target, [], value)
        if entry.year is not None:
            position = self._find(entry.year.column, ("year", "column"))
            self._once(("year",), Fixed.YEAR.zh, again=Fixed.YEAR in self._fixed)
            if position is not None:
                replacements = entry.values.get(Fixed.YEAR.zh, {})
                self._fixed[Fixed.YEAR] = TextSource((position,), replacements, entry.year.add)

    @property
    def _targets(self) -> list[str]:
        entry = self.entry
        year = [] if entry.year is None else [Fixed.YEAR.zh]
        return [*entry.columns.values(), *entry.sums, *entry.compose, *entry.constants, *year]

    def _meaning(self, target: str) -> Fixed | None:
        return fixed_column(target, self.entry.kind)

    def _check_values(self) -> None:
        named = [("values", target) for target in self.entry.values]
        for key, target in [*named, *(("units", target) for target in self.entry.units)]:
            if target not in self._targets:
                near = nearest(target, self._targets)
                self._tell(
                    (key, target),
                    "bad-mapping",
                    say(f"{key} 中的“{target}”没有来源", f'"{target}" in {key} has no source'),
                    say(f"是否为{'、'.join(near)}", f"did you mean {', '.join(near)}")
                    if near
                    else say("先在 columns 中写明", "give it in columns first"),
                )

    def _find(self, source: str, path: tuple[str, ...]) -> int | None:
        """Find a source column."""
        wanted = filled(source, self.variant)
        named = {at: [plain(text) for text in texts] for at, texts in self.header.texts.items()}
        found = [at for at, texts in named.items() if plain(wanted) == texts[0]]
        found = found or [at for at, texts in named.items() if plain(wanted) in texts]
        if len(found) > 1:  # MEASURE beside Measure
            found = [at for at in found if wanted in self.header.texts[at]] or found
        self.told.update(found)
        if len(found) == 1:
            return found[0]
        if found:
            columns = "、".join(self.table.column(at) for at in found)
            self._tell(
                path,
                "duplicate-column",
                say(f"“{wanted}”有多列：{columns}", f'"{wanted}" has several columns: {columns}'),
                say("在表中给它们不同的名称", "give them different names in the table"),
            )
            return None
        near = nearest(wanted, [texts[0] for texts in self.header.texts.values()])
        self.told.update(at for at, texts in self.header.texts.items() if texts[0] in near)
        self._tell(
            path,
            "mapping-column-missing",
            say(
                f"{self.table.file} 中没有“{wanted}”列",
                f'there is no column "{wanted}" in {self.table.file}',
            ),
            say(f"是否为{'、'.join(near)}", f"did you mean {', '.join(near)}")
            if near
            else say("检查表头", "check the header"),
        )
        return None

    def _take(
        self,
        path: tuple[str, ...],
        target: str,
        found: Sequence[int | None],
        constant: Cell = None,
    ) -> None:
        """Take down where a fixed column or an item comes from, if its columns were found."""
        positions = [position for position in found if position is not None]
        if len(positions) < len(found):
            return
        replacements = self.entry.values.get(target, {})
        fixed = self._meaning(target)
        if fixed is not None:
            if len(positions) > 1:
                self._tell(
                    path,
                    "bad-mapping",
                    say(f"“{target}”不能求和", f'"{target}" cannot be a sum'),
                    say("用 compose", "use compose"),
                )
                return
            parts: tuple[int | str, ...] = tuple(positions)
            if not parts:
                parts = (filled(str(constant), self.variant),)
            self._once(path, target, again=fixed in self._fixed)
            self._fixed[fixed] = TextSource(parts, replacements)
            return
        measure = self._measure(path, target)
        if measure is None:
            return
        if isinstance(constant, str):
            constant = filled(constant, self.variant)
        self._tell_other_meanings(path, target, measure)
        self._once(path, target, again=measure.slug in self._items)
        unit, refused = self._unit(path, target, measure, positions)
        reading = ColumnReading(measure, None if refused else unit, replacements)
        self._items[measure.slug] = ItemSource(
            reading, tuple(positions), constant, refused, self.entry.decimal == ","
        )

    def _unit(
        self, path: tuple[str, ...], target: str, measure: Item | Indicator, positions: list[int]
    ) -> tuple[str | None, Unusable | None]:
        """Give the unit of numbers without one, and why they cannot be used if it does not convert.

        It is the one that ``units`` says, else the header, else the title.
        """
        stated = [unit_in_brackets(self.header.texts[at][0]) for at in positions]
        units = {unit for unit in stated if unit is not None and is_known(unit)}
        given = self.entry.units.get(target)
        if given is not None:
            path, units = ("units", target), {given}
        if not units:
            return unit_in_title(self.header, measure) if positions else None, None
        unit = min(units)
        if len(units) == 1 and ColumnReading(measure, unit).factor is not None:
            return unit, None
        own = measure.unit or say("无单位的数", "a plain number")
        written = "、".join(sorted(units))
        message = say(
            f"“{target}”的单位是{own}，列的单位却是{written}",
            f'"{target}" is in {own}, but the columns are in {written}',
        )
        hint = say("在 units 中写明这一列的单位", "give the unit of the column in units")
        self._tell(path, "wrong-unit", message, hint)
        return None, Unusable("wrong-unit", message, hint)

    def _measure(self, path: tuple[str, ...], target: str) -> Item | Indicator | None:
        level = self.entry.kind
        measure = self.mapper.dictionary.find(target, level) if level is not None else None
        if measure is None:
            names = self.mapper.dictionary.known(level) if level is not None else []
            fixed = [name.zh for name in Fixed if level is None or name not in LIFE]
            near = nearest(target, [*names, *fixed])
            self._tell(
                path,
                "mapping-target-unknown",
                say(f"没有名为“{target}”的数据项或固定列", f'there is no item "{target}"'),
                say(f"是否为{'、'.join(near)}", f"did you mean {', '.join(near)}")
                if near
                else say("检查名称和规则", "check its name and the rules"),
            )
        elif level is not None and not exists_at(measure, level):
            self._tell(
                path,
                "item-not-at-level",
                say(
                    f"{measure.name}不在{level.zh}一级填报",
                    f"a {level.value} has no {measure.name}",
                ),
                say("改 level，或换一项", "change the level or the item"),
            )
            return None
        return measure

    def _tell_other_meanings(
        self, path: tuple[str, ...], target: str, measure: Item | Indicator
    ) -> None:
        """Say of a target what else it might mean, unless that has a source too."""
        level, find = self.entry.kind, self.mapper.dictionary.find
        if level is None:
            return
        given = [find(each, level) for each in self._targets]
        others = meant_otherwise(target, measure, level, self.mapper.dictionary)
        left = [item for item in others if item not in given]
        if left:
            message, hint = told_of(target, measure, left)
            self.mapper.tell(
                ("tables", self.at, *path), "other-meaning", message, hint, Severity.NOTE
            )

    def _compose(self, target: str, text: str) -> None:
        path = ("compose", target)
        parts: list[int | str] = []
        blanks: dict[int, str] = {}
        for at, piece in enumerate(SLOT.split(filled(text, self.variant))):
            if at % 2 == 0:
                if piece:
                    parts.append(piece)
                continue
            name, bar, instead = piece.partition("|")
            position = self._find(name, path)
            if position is None:
                return
            parts.append(position)
            if bar:
                blanks[position] = instead
        fixed = self._meaning(target)
        if fixed is None:
            self._tell(
                path,
                "bad-mapping",
                say(f"compose 只用于固定列，“{target}”不是", f'"{target}" is no fixed column'),
                say(
                    "数据项用 columns、sums 或 constants",
                    "use columns, sums or constants for items",
                ),
            )
            return
        self._once(path, target, again=fixed in self._fixed)
        self._fixed[fixed] = TextSource(
            tuple(parts), self.entry.values.get(target, {}), blanks=blanks
        )

    def _once(self, path: tuple[str, ...], target: str, *, again: bool) -> None:
        if again:
            self._tell(
                path,
                "bad-mapping",
                say(f"“{target}”写了两个来源", f'"{target}" is given two sources'),
                say("只保留一个", "keep one of them"),
            )

    def _tell(self, path: tuple[str, ...], code: str, message: str, hint: str) -> None:
        self.mapper.tell(("tables", self.at, *path), code, message, hint)
