"""From a table and a plan to rows of facts, every row and cell accounted for."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

import numpy as np

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.cells.totals import is_total
from dabiao.intake.cells.unusable import shown
from dabiao.intake.facts.rows import Batch, HeaderUnit
from dabiao.intake.formats.table import Block, Cell, Ragged, Table
from dabiao.intake.layout.plan import TablePlan
from dabiao.intake.limits import Limits
from dabiao.intake.problem_log import ProblemLog
from dabiao.intake.unreadable import Unreadable
from dabiao.intake.values.block_cells import cell_at
from dabiao.intake.values.chosen_rows import chosen, latest_known
from dabiao.intake.values.columns import Finished
from dabiao.intake.values.identities import Identities, IdentityReader
from dabiao.intake.values.items import ItemReader, MergedValues, doubt_commas, is_lost
from dabiao.intake.values.lifetimes import LifetimeReader
from dabiao.intake.values.odd_rows import tell_trailing
from dabiao.intake.values.shifted_columns import (
    distrust,
    find_shifted_rows,
    find_shifts,
    fits,
    moved_row,
    telling,
    use_nothing,
)
from dabiao.schemas.facts import Bools, Column, Ints
from dabiao.schemas.language import number_of, say
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass


@dataclass
class TableReader:
    """Reads one table by one plan.

    Attributes:
        table: The table.
        plan: What to read from it.
        origin: Index that its rows carry.
        noticed: Takes down what is wrong.
        limits: How much is read.
    """

    table: Table
    plan: TablePlan
    origin: int
    noticed: ProblemLog
    limits: Limits
    _distrusted: dict[int, str] = field(default_factory=dict)
    _nameless: set[int] = field(default_factory=set)
    _beyond: set[int] = field(default_factory=set)
    _trailing: bool = False

    def read(self, level: Level) -> list[Batch]:
        """Read the rows of a table whose rows are all of one level.

        Raises:
            Unreadable: It is too large, or hardly anything in it can be used.
        """
        identities = IdentityReader(self.table, self.plan, self.noticed)
        who = identities.found
        readers = [ItemReader(self.table, item, self.plan.after) for item in self.plan.items]
        for block in self._blocks():
            start = len(who.codes)
            shifted = self._shifted(block)
            identities.add(block, shifted)
            block.let_go(self.plan.who)
            for reader in readers:
                reader.add(block)
                block.let_go(reader.item.positions)
            self._judge_ragged(block, start, who, shifted)
            self._note_beyond(block, start)
            self._bound(sum(reader.wrong for reader in readers))
        identities.finish()
        known = np.array([code is not None for code in who.codes], bool)
        if self.plan.year is None and known.any():
            self._tell_no_years(int(known.sum()))
        years = np.array(who.years, np.int32)
        kept = years > 0
        self._compare_years(who)
        rows = np.flatnonzero(kept).tolist()
        done = self._finish(readers, who, None if kept.all() else kept, rows)
        columns = {reader.slug: one.column for reader, one in zip(readers, done, strict=True)}
        if self.plan.latest is not None:
            self._put_down(self.plan.latest, who, columns, rows)
            years = np.array(who.years, np.int32)
        facts = self._batch(level, who, years, kept, columns)
        facts.header_units = dict(self._header_units(readers, done))
        facts.stated = {
            reader.slug: frozenset(facts.numbers[one.settled].tolist())
            for reader, one in zip(readers, done, strict=True)
            if one.settled is not None
        }
        if not (known & ~kept).any():
            return [facts] if facts.codes else []
        others = replace(self._batch(level, who, years, known & ~kept, {}), years=None)
        return [facts, others] if facts.codes else [others]

    @cached_property
    def _merged(self) -> MergedValues:
        return MergedValues(self.table, self.plan.after)

    def _compare_years(self, who: Identities) -> None:
        """Tell of a table none of whose rows is of the year that its title says."""
        if not self.plan.named or self.plan.named & set(who.years):
            return
        given = [at for at, year in enumerate(who.years) if year > 0]
        if not given:
            return
        title = say("、", ", ").join(map(str, sorted(self.plan.named)))
        first, number = who.years[given[0]], who.numbers[given[0]]
        positions = self.plan.year.positions if self.plan.year is not None else ()
        self.noticed.add(
            self.table.problem(
                "other-year-in-title",
                say(
                    f"标题或表名写的是 {title} 年，而“年份”列没有一行是；按列里的 {first} 年读取",
                    f"the title or the sheet says {title}, and no row does; {first} is taken from"
                    " the column",
                ),
                say("核对年份，改正写错的一处", "mend whichever is wrong"),
                Severity.WARNING,
                cell=self.table.cell(positions[0], number) if positions else None,
                found=str(first),
            )
        )

    def read_roster(
        self,
    ) -> tuple[Identities, list[Cell], list[Lifetime | None], dict[str, Column]]:
        """Read a roster.

        Returns:
            Who stands in it, the cells that name their levels, how long they are, and the kinds
            that it gives them.
        """
        identities = IdentityReader(self.table, self.plan, self.noticed)
        readers = [ItemReader(self.table, item, self.plan.after) for item in self.plan.items]
        levels: list[Cell] = []
        lives = LifetimeReader(self.table, self.plan.life, self.noticed)
        for block in self._blocks():
            start = len(identities.found.codes)
            shifted = self._shifted(block)
            identities.add(block, shifted)
            lives.add(block)
            for reader in readers:
                reader.add(block)
            self._judge_ragged(block, start, identities.found, shifted)
            if self.plan.rank is not None:
                levels.extend(self.plan.rank.cells(block.columns, len(block.numbers)))
        identities.finish()
        who = identities.found
        told = [
            None if code is None else lives.read(at, number, code)
            for at, (code, number) in enumerate(zip(who.codes, who.numbers, strict=True))
        ]
        done = self._finish(readers, who, None, range(len(who.codes)))
        kinds = {reader.slug: one.column for reader, one in zip(readers, done, strict=True)}
        return who, levels, told, kinds

    def _bound(self, wrong: int) -> None:
        """Refuse a table that is wrong nearly everywhere, as shifted columns make it."""
        if wrong > self.limits.unusable:
            raise Unreadable(
                "hardly-usable",
                say(
                    f"表中有超过 {self.limits.unusable} 个单元格不能使用，整张表未读取",
                    f"over {self.limits.unusable} cells cannot be used; the table was not read",
                ),
                say("检查各列是否错位", "see whether the columns are shifted"),
            )

    def _blocks(self) -> Iterator[Block]:
        rows = False
        for whole in self.table.blocks(self.plan.after, self.plan.wanted):
            block = chosen(whole, self.plan.where) if self.plan.where else whole
            rows = rows or bool(len(block.numbers))
            self._tell_nameless(block)
            yield block
        if self.plan.where and not rows:
            self.noticed.add(
                self.table.problem(
                    "mapping-unused",
                    say("没有一行符合 where", "no row is as where says"),
                    say("核对 where 的列和写法", "check the columns and texts of where"),
                    Severity.WARNING,
                )
            )

    def _batch(
        self,
        level: Level,
        who: Identities,
        years: Ints,
        rows: Bools,
        columns: Mapping[str, Column],
    ) -> Batch:
        numbers = np.array(who.numbers, np.int32)
        codes, names, parents = who.codes, who.names, who.parents
        if not rows.all():
            places = np.flatnonzero(rows).tolist()
            numbers, years = numbers[rows], years[rows]
            codes = [codes[at] for at in places]
            names, parents = [names[at] for at in places], [parents[at] for at in places]
        return Batch(
            level=level,
            origin=self.origin,
            numbers=numbers,
            codes=[code for code in codes if code is not None],
            names=names,
            parents=parents,
            years=years,
            columns=dict(columns),
        )

    def _finish(
        self,
        readers: Sequence[ItemReader],
        who: Identities,
        kept: Bools | None,
        rows: Sequence[int],
    ) -> list[Finished]:
        """Finish the columns, and tell of the cells that cannot be used."""
        doubt_commas(readers, self.table)
        done: list[Finished] = []
        wrong = 0
        for reader in readers:
            done.append(self._finish_one(reader, who, kept, rows))
            wrong += 0 if reader.item.shared else len(done[-1].column.unusable)
            self._bound(wrong)
        for reader, one in zip(readers, done, strict=True):
            self._merged.refuse_divided(reader, one, who, rows)
        self._distrust_moved(done, who, rows)
        failing = {
            reader.item.positions[0]: {who.numbers[rows[at]]: r for at, r in one.reasons.items()}
            for reader, one in zip(readers, done, strict=True)
            if len(reader.item.positions) == 1
            and one.reasons
            and reader.item.refused is None
            and not reader.item.shared
        }
        shifted = {at: s for s in find_shifts(self.table, self.plan, failing) for at in s.rows}
        few = 0 < 2 * len(self._beyond) < len(rows)
        beyond = [who.numbers[row] for row in rows if row in self._beyond] if few else ()
        lost = {
            reader.item.positions[0]
            for reader, one in zip(readers, done, strict=True)
            if len(reader.item.positions) == 1 and is_lost(one)
        }
        wrong_here = telling(failing, lost, self.table, self.plan)
        moved = list(find_shifted_rows(self.table, self.plan, wrong_here, shifted, beyond))
        if moved:
            places = {who.numbers[row]: (at, who.codes[row]) for at, row in enumerate(rows)}
            columns = [
                (reader.item.positions, one) for reader, one in zip(readers, done, strict=True)
            ]
            for problem in distrust(moved, self.table, columns, places):
                self.noticed.add(problem)
        told = {
            reader.item.positions: one
            for reader, one in zip(readers, done, strict=True)
            if not reader.item.shared
        }
        for reader, one in zip(readers, done, strict=True):
            before = told.get(reader.item.positions) if reader.item.shared else None
            shift = next((shifted[at] for at in reader.item.positions if at in shifted), None)
            for problem in reader.problems(one, who, rows, before):
                self.noticed.add(problem if shift is None else shift.explain(problem))
        return done

    def _header_units(
        self, readers: Sequence[ItemReader], done: Sequence[Finished]
    ) -> Iterator[tuple[str, HeaderUnit]]:
        """Yield the items whose numbers were converted from the unit of a header."""
        for reader, one in zip(readers, done, strict=True):
            unit, factor = reader.reading.unit, reader.reading.factor
            if unit and factor and one.scaled is not None and reader.item.positions:
                first = reader.item.positions[0]
                whole = self.table.keys is not None
                cell = (
                    self.table.column(first) if whole else self.table.cell(first, self.plan.after)
                )
                yield reader.slug, HeaderUnit(unit, factor, cell, one.scaled, one.beyond)

    def _note_beyond(self, block: Block, start: int) -> None:
        """Take down the rows of a workbook that hold something beyond its last header."""
        if not self.table.lettered or self.table.turned:
            return
        last = max(self.plan.wanted_by_name, default=0)
        for position in (at for at in self.plan.nameless if at > last):
            cells = block.columns[position]
            filled = (at for at in range(len(cells)) if not is_blank(cell_at(cells, at)))
            self._beyond.update(start + at for at in filled)

    def _distrust_moved(
        self, done: Sequence[Finished], who: Identities, rows: Sequence[int]
    ) -> None:
        """Use nothing of a row that goes beyond the header, as few do, and does not fit it."""
        if 2 * len(self._beyond) >= len(rows):
            return
        unfit = {at for one in done for at in one.reasons if rows[at] in self._beyond}
        what = say("有数据超出表头，本行各值可能错位", "goes beyond the header; maybe shifted")
        for at in sorted(unfit):
            number = who.numbers[rows[at]]
            for one in done:
                use_nothing(one, at, self.table.row(number), what)
            self.noticed.add(moved_row(self.table, number, what, who.codes[rows[at]]))

    def _finish_one(
        self, reader: ItemReader, who: Identities, kept: Bools | None, rows: Sequence[int]
    ) -> Finished:
        """Finish a column: mark the cells that cannot be used."""
        done = reader.finish(kept)
        if self._distrusted:
            for at, row in enumerate(rows):
                if row in self._distrusted:
                    done.reasons.pop(at, None)
                    done.column.possible.pop(at, None)
                    done.column.clear(at)
                    done.column.unusable[at] = self._distrusted[row]
        self._merged.refuse_covered(reader, done, who, rows)
        for at, reason in done.reasons.items():
            cell = reader.cell(who.numbers[rows[at]])
            done.column.unusable[at] = say(f"{cell}：{reason.message}", f"{cell}: {reason.message}")
        return done

    def _shifted(self, block: Block) -> Collection[int]:
        """List the rows that have more or fewer fields than the others, and may be shifted by that.

        Whatever shifts a value of a row shifts the last one as well. A row whose last value can
        stand nowhere else than where it stands is used: the fields at its end are just blank.
        """
        return {
            at
            for at, row in block.ragged.items()
            if not row.customary and not self._is_in_place(row)
        }

    def _judge_ragged(
        self, block: Block, start: int, who: Identities, shifted: Collection[int]
    ) -> None:
        """Tell of rows with more or fewer fields, and use nothing of those that may be shifted."""
        for at, row in block.ragged.items():
            code = who.codes[start + at]
            many = row.fields > row.expected
            cells = (cell_at(column, at) for column in block.columns.values())
            if code is None and (not many or any(map(is_total, cells))):
                continue  # a remark, a total, or a row that was told of
            number = who.numbers[start + at]
            if row.customary:
                if not self._trailing:  # of one row as of all
                    self._trailing = True
                    tell_trailing(number, self.table, self.noticed)
                continue
            what = say(
                f"本行有 {row.fields} 个字段，应有 {row.expected} 个",
                f"{row.fields} fields, not {row.expected}",
            )
            in_place = at not in shifted
            if in_place and many:
                continue
            if not in_place:
                self._distrusted[start + at] = f"{self.table.row(number)}{say('：', ': ')}{what}"
                if self.plan.roster or not self._is_code(code):
                    who.codes[start + at], who.years[start + at] = None, 0
            self.noticed.add(
                self.table.problem(
                    "ragged-row",
                    what
                    + (
                        say("，缺的按未填处理", "; those missing are taken as blank")
                        if in_place
                        else say(
                            "，各值可能错位，均不使用",
                            "; the values may be shifted and are not used",
                        )
                    ),
                    say('含逗号的内容加引号，如 "1,234"', 'put quotes around commas, as in "1,234"')
                    if many
                    else say(
                        "没有填的也要留出分隔符，分隔符用半角；文件断在这一行的，没有传完整，重新取一份",
                        "keep the separators of blank fields, in half width; if the file breaks"
                        " off here, it came incomplete: get it again",
                    ),
                    Severity.WARNING if in_place else Severity.ERROR,
                    line=number,
                    subject=code,
                )
            )

    def _is_code(self, code: str | None) -> bool:
        """Tell whether the code of a shifted row is one: left of all else, or of letters at least.

        The subject is then kept as one of which nothing can be used, and counts as missing.
        """
        return code is not None and (self.plan.code.positions == (0,) or code.isascii())

    def _is_in_place(self, row: Ragged) -> bool:
        """Tell whether the last value of a row can stand nowhere else than where it stands."""
        if row.last == 0:
            return True  # nothing stands beside it
        beside = row.expected - row.fields
        if beside > 0:
            others = range(row.last + 1, row.last + beside + 1)
        else:
            others = range(row.last + beside, row.last)
        return self._is_at_home(row.text, row.last) and not any(
            self._is_at_home(row.text, position) for position in others
        )

    def _is_at_home(self, text: str, position: int) -> bool:
        """Tell whether a text could be meant for a column; unread ones may hold anything."""
        if position in self.plan.nameless or position not in self.table.positions:
            return False
        readings = [item.reading for item in self.plan.items if position in item.positions]
        if readings:
            return all(fits(text, reading) for reading in readings)
        if self.plan.year is not None and position in self.plan.year.positions:
            return fits(text, None)
        return True

    def _put_down(
        self, year: int, who: Identities, columns: dict[str, Column], rows: Sequence[int]
    ) -> None:
        """Put the latest known value of each item down to one year; later ones are left alone."""
        codes = [who.codes[row] for row in rows]
        years = np.array([who.years[row] for row in rows], np.int32)
        early: list[int] = []
        for column in columns.values():
            kept = latest_known(codes, years, year, column.values)
            found = dict(zip((codes[at] for at in kept), years[kept].tolist(), strict=True))
            early += [of for of in found.values() if of < year]
            others = np.flatnonzero(years <= year)
            column.clear(others[~np.isin(others, kept)])
            for at in [at for at in column.unusable if years[at] < found.get(codes[at], 0)]:
                del column.unusable[at]
                column.possible.pop(at, None)
        for row in rows:
            who.years[row] = max(who.years[row], year)
        if early:
            self.noticed.note(
                self.table.problem(
                    "latest-known",
                    say(
                        f"{len(early):,} 个值取自较早的年份（最早 {min(early)} 年），"
                        f"记为 {year} 年",
                        f"{len(early):,} values are of earlier years, from {min(early)} on, and put"
                        f" down to {year}",
                    ),
                )
            )

    def _tell_nameless(self, block: Block) -> None:
        for position in self.plan.nameless:
            cells = block.columns[position]
            filled = (at for at in range(len(cells)) if not is_blank(cell_at(cells, at)))
            first = None if position in self._nameless else next(filled, None)
            if first is not None:
                self._nameless.add(position)
                column, found = self.table.column(position), shown(cell_at(cells, first))
                self.noticed.add(
                    self.table.problem(
                        "column-without-header",
                        say(
                            f"{column} 列没有表头，未读取（如{found}）",
                            f"column {column} has no header and was not read (e.g. {found})",
                        ),
                        say("补上表头，或删去这一列", "give it a header, or delete it"),
                        Severity.WARNING,
                        cell=self.table.cell(position, int(block.numbers[first])),
                    )
                )

    def _tell_no_years(self, rows: int) -> None:
        self.noticed.add(
            self.table.problem(
                "no-year-column",
                say(
                    f"没有“年份”列，{rows} 行数据未读取",
                    "there is no column of years, and nothing was read of"
                    f" {number_of(rows, 'row')}",
                ),
                say(
                    "加一列“年份”，或在映射文件的 constants 中写明；在表头里的，用 facts map 起草",
                    "add a column of years, or give the year in constants of a mapping file; where"
                    " headers say it, let facts map propose one",
                ),
            )
        )
