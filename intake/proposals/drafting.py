"""Readings of one table: the one of its own rows, and one for each family of wide columns."""

import re
from collections.abc import Sequence
from dataclasses import field

from dabiao.intake.layout.measures import exists_at, meant_otherwise
from dabiao.intake.names import Fixed
from dabiao.intake.proposals.families import Family, find_families
from dabiao.intake.proposals.keys import Keys, composed, is_serial
from dabiao.intake.proposals.likeness import SAME, bracketed
from dabiao.intake.proposals.measures import MeasureFinder, Thing
from dabiao.intake.proposals.proposal import Line, Reading, TableProposal, fixed_name
from dabiao.intake.proposals.roles import MOST
from dabiao.intake.proposals.sampled import COLUMNS, SampledColumn
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item
from dabiao.schemas.record import dataclass

_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
_COMMA, _POINT = re.compile(r"-?\d+,\d{1,2}"), re.compile(r"-?\d+\.\d+")
_MARK = re.compile(r"[^\W\d_]{1,2}|[<>≤≥]?\s?\d{1,2}|[^\w\s]{1,3}")
"""What stands for a number that is not published: c, x, *, <5."""
_ASKED, _NUMBERS = 20, 0.5
"""Columns of numbers that are asked about one by one, and what share of their cells are numbers."""


@dataclass
class Drafting:
    """What the rows of a table are about, what finds its measures, and what of it is not used."""

    keys: Keys
    measures: MeasureFinder
    left: list[tuple[str, str]] = field(default_factory=list)

    def proposal(self) -> TableProposal:
        """Draft all readings."""
        rest, level = self._unused(), self.keys.level
        families = find_families([each for each in rest if not self._thing(each).sure])
        drafts = {at: draft for at, each in enumerate(families) if (draft := self._family(each))}
        years = [each for at, each in enumerate(families) if each.by_year and at not in drafts]
        wide = [*years, *(families[at] for at in drafts)]
        taken = {column for each in wide for thing in each.things for column in thing.columns}
        main = Reading(level, self.keys.why)
        main.extend(self.keys.about)
        main.extend(self.keys.date)
        self._look_for_commas(main)
        others = [each for each in rest if each not in taken]
        found = self._fill(main, others, ask=not wide)
        readings = list(drafts.values())
        for family in years:
            if readings or found:  # years to come, or past, of what other columns hold
                for thing in family.things:
                    self._leave([column.header for column in thing.columns])
            else:
                readings.append(self._wide(family, level))
                for thing in family.things:
                    _ask(readings[-1], thing)
        if not self.keys.dated and any(each.level is level for each in readings):
            left = {header for header, _ in self.left}
            drafted = [each.header for each in others if each.header not in left]
            self._leave(drafted, say("没有年份", "its year is not known"))
            readings[0].why = self.keys.why
            return TableProposal(readings, self.left)
        return TableProposal([main, *readings], self.left, undated=not self.keys.dated)

    def _unused(self) -> list[SampledColumn]:
        """List the columns that say nothing about what rows are about, and can be named."""
        rest: list[SampledColumn] = []
        chosen = {line.key for line in self.keys.about.parts.get(("where",), ())}
        for column in self.keys.sample.columns:
            if column in self.keys.used or column.header in chosen:
                continue
            if column.twice:
                self._leave([column.header], say("有两列同名", "two columns have this name"))
            elif is_serial(column) or not column.filled or len(rest) >= COLUMNS:
                why = say(
                    "没有内容、只是序号或列太多", "empty, numbers of rows, or too many columns"
                )
                self._leave([column.header], why)
            else:
                rest.append(column)
        return rest

    def _thing(self, column: SampledColumn) -> Thing:
        """Look a column up by its header, with what its brackets say."""
        level, header, part = self.keys.level, column.header, bracketed(column.header)[1]
        names = tuple(dict.fromkeys((f"{part}{column.stem}", column.stem)))
        named = self.measures.dictionary.find(header, level)
        if named is not None and exists_at(named, level):
            names, part = (header,), ""
        return self.measures.looked_up(Thing((header,), names, (column,), part), [level])

    def _look_for_commas(self, reading: Reading) -> None:
        """Say so if numbers are written like 98,5, and none like 98.5."""
        columns = self.keys.sample.columns
        points = any(each.share(_POINT.fullmatch) > 0 for each in columns)
        commas = (each for each in columns if each.share(_COMMA.fullmatch) > 0)
        if not points and any(each.share(_NUMBER.fullmatch) >= MOST for each in commas):
            reading.add("decimal", Line(","))

    def _fill(self, reading: Reading, columns: Sequence[SampledColumn], *, ask: bool) -> list[str]:
        """Draft what columns hold; give those that surely hold something."""
        things = [self._thing(each) for each in columns]
        taken, lost = self.measures.assign(things, [reading.level])
        for thing in taken:
            self._take(reading, thing)
        asked = 0
        for thing, why in lost:
            numeric = thing.columns[0].share(_NUMBER.fullmatch) > _NUMBERS
            if why or not numeric or asked >= _ASKED or (taken and not ask):
                self._leave(thing.keys, why)
                continue
            asked += 1
            _ask(reading, thing)
        return [key for thing in taken if thing.sure for key in thing.keys]

    def _family(self, family: Family) -> Reading | None:
        """Draft the reading of a family; None if its columns hold no measure for sure."""
        own = self.keys.level
        levels = [own] if family.by_year else [each for each in Level if each.rank > own.rank]
        taken, lost = self.measures.assign(family.things, levels) if levels else ([], [])
        sure = [each.measure for each in taken if each.sure and each.measure]
        if not sure:
            return None
        level = max(levels, key=lambda at: (sum(at in each.levels for each in sure), -at.rank))
        reading = self._wide(family, level)
        for thing in taken:
            if thing.measure is not None and exists_at(thing.measure, level):
                self._take(reading, thing)
            else:
                lost.append((thing, ""))
        for thing, why in lost:
            self._leave(thing.keys, why)
        return reading

    def _wide(self, family: Family, level: Level) -> Reading:
        """Begin the reading of a family: what its rows are about."""
        keys, slot, reading = self.keys, family.variable, Reading(level)
        item = self.measures.dictionary.find(family.name, level)
        target = measure_name(item) if item is not None and exists_at(item, level) else ""
        values = tuple(int(v) if v == str(m) else v for v, m in family.meanings.items())
        reading.add("rows", Line(slot[1:-1], values))
        source = keys.code or keys.name
        if family.by_year:
            target = fixed_name(Fixed.YEAR)
            reading.extend(keys.about)
        elif source is not None:
            parent = fixed_name(Fixed.PARENT)
            if keys.code is not None:
                reading.add("columns", Line(source.header, parent))
            else:
                reading.add("compose", Line(parent, composed(source)))
                keys.look_up(reading, source, Fixed.PARENT)
            reading.add("compose", Line(fixed_name(Fixed.CODE), f"{composed(source)}-{slot}"))
            if keys.name is not None:
                named = f"{composed(keys.name)}{slot}{'' if slot.isascii() else family.name}"
                reading.add("compose", Line(fixed_name(Fixed.NAME), named))
            reading.extend(keys.date)
        if target:
            reading.add("constants", Line(target, slot))
        meant = [Line(v, m) for v, m in family.meanings.items() if v != str(m)]
        for line in meant if target else ():
            reading.add("values", line, target)
        return reading

    def _take(self, reading: Reading, thing: Thing) -> None:
        """Write down a measure: what it is taken from, and what to look at."""
        measure, sure = thing.measure, thing.sure and self.keys.chosen
        if measure is None:
            return
        name = measure_name(measure)
        others = meant_otherwise(thing.keys[0], measure, reading.level, self.measures.dictionary)
        named, part = say("、", ", ").join(map(measure_name, others)), thing.qualifier
        remarks = [f"{thing.score:.0%}"] if thing.score < SAME else []
        if part:
            remarks.append(say(f"“{part}”不是单位，像是限定", f'"{part}" is no unit: only a part?'))
        remarks += [thing.against or ("" if sure else say("请确认", "please check")), thing.remark]
        if named:
            remarks.append(
                say(f"别的规则包用这个词指：{named}", f"to another pack it means {named}")
            )
        _add(reading, name, thing, say("；", "; ").join(filter(None, remarks)), sure=sure)
        if thing.unit is not None:
            reading.add("units", Line(name, thing.unit, sure=sure))

    def _leave(self, headers: Sequence[str], why: str = "") -> None:
        """Take down that headers are not used."""
        why = why or say("没有相近的数据项", "no item is like it")
        self.left.extend((each, why) for each in headers)


def measure_name(measure: Item | Indicator) -> str:
    """Name a measure as a mapping does."""
    return say(measure.name, measure.english or measure.slug)


def _ask(reading: Reading, thing: Thing) -> None:
    """Leave room for what a thing is."""
    told = say("哪一个数据项？填上并去掉行首的 #", "which item? give it and remove the #")
    _add(reading, "", thing, told, sure=False)


def _add(reading: Reading, name: str, thing: Thing, question: str, *, sure: bool) -> None:
    """Take an item, or nobody knows which, from a column or from several."""
    if len(thing.keys) > 1:
        reading.add("sums", Line(name or "?", thing.keys, question, sure))
    else:
        reading.add("columns", Line(thing.keys[0], name, question, sure))
    marks = {text: "" for column in thing.columns for text in column.counts if _is_mark(text)}
    if marks and thing.columns[0].share(_NUMBER.fullmatch) > _NUMBERS:
        header = thing.columns[0].header
        question = say(
            f"“{header}”中不是数的：算没有填报就去掉 #",
            f'no numbers in "{header}": remove the # if they say nothing',
        )
        reading.add("values", Line(name or "?", marks, question, sure=False))


def _is_mark(text: str) -> bool:
    return _MARK.fullmatch(text) is not None and not text.isdecimal()
