"""Readings of one table: the one of its own rows, and one for each family of wide columns."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from dabiao.intake.cells.totals import is_total
from dabiao.intake.formats.table import Cell
from dabiao.intake.layout.measures import exists_at
from dabiao.intake.names import Fixed, plain
from dabiao.intake.proposals.assigning import Assigned, Thing, assign, halves_of
from dabiao.intake.proposals.candidates import POSSIBLE, Candidate, Candidates
from dabiao.intake.proposals.clues.families import SLOT, Family, SlotKind
from dabiao.intake.proposals.clues.keys import Keys, YearFound
from dabiao.intake.proposals.clues.likeness import SAME
from dabiao.intake.proposals.clues.qualifiers import bracketed
from dabiao.intake.proposals.clues.sampled import SampledColumn, TableSample
from dabiao.intake.proposals.proposal import ProposedEntry, ProposedReading
from dabiao.intake.proposals.words import ProposalWords, fixed_name, measure_name, with_unit
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item
from dabiao.schemas.record import dataclass

_HEADCOUNT = re.compile(
    r"(?:在校)?(?:学生|生)?(?:总?人数|总数|数|)|班额|pupils|students|enrolment|enrollment|headcount"
)
"""How a table of classes calls the number of those in a class."""
_MOST = 0.9
_COMMA, _POINT = re.compile(r"-?\d+,\d{1,2}"), re.compile(r"-?\d+\.\d+")
_ASKED = 20
"""Columns of numbers that are asked about one by one."""
_SHOWN = 5
"""Texts of a column that are shown."""
"""What share of its cells has to be the sum of others, as in any table people fill in."""


@dataclass
class Drafting:
    """All that is known of one table, and what of it is not used.

    Attributes:
        sample: The table.
        level: The level of its rows.
        keys: What its rows are about.
        years: Where its years come from.
        candidates: Finds measures.
        words: Names them.
        left: Headers that are not used, and why.
    """

    sample: TableSample
    level: Level
    keys: Keys
    years: YearFound | None
    candidates: Candidates
    words: ProposalWords
    left: list[tuple[str, str]] = field(default_factory=list)

    def main(self, why: str, columns: Sequence[SampledColumn]) -> ProposedReading:
        """Draft the reading of the rows as they stand."""
        draft = ProposedReading(self.level, why, decimal_comma=self._decimal_comma())
        self._identify(draft)
        self._date(draft)
        draft.fixed = len(draft.columns)
        things = [
            Thing(each.header, (each.header,), (each,))
            if self.words.measure(each.header, self.level) is not None
            else Thing(each.header, _qualified(each.qualifier, each.stem), (each,), each.qualifier)
            for each in columns
        ]
        done = assign(things, self._find)
        for each in done.taken:
            self._take(draft, each)
        if not done.taken:
            self._ask(draft, columns)
            return draft
        for key, reason in done.left:
            self.leave(key, reason or self._no_measure(key))
        return draft

    def _decimal_comma(self) -> bool:
        """Tell whether numbers are written like 98,5, and none like 98.5."""
        commas = [each for each in self.sample.columns if each.share(_COMMA.fullmatch) > 0]
        points = any(each.share(_POINT.fullmatch) > 0 for each in self.sample.columns)
        return not points and any(each.share(_is_number) >= _MOST for each in commas)

    def _ask(self, draft: ProposedReading, columns: Sequence[SampledColumn]) -> None:
        """Leave room for what its numbers are, and for which rows are meant."""
        self._choose(draft)
        asked = 0
        for column in columns:
            numeric = column not in self.keys.parts and column.share(_is_number) >= _MOST
            if numeric and asked < _ASKED:
                asked += 1
                draft.columns.append(ProposedEntry(column.header, "", _which(), sure=False))
            else:
                self.leave(column.header, self._no_measure(column.header))

    def _choose(self, draft: ProposedReading) -> None:
        """Show how rows of one kind are chosen, where several kinds share the columns."""
        for column in self.keys.parts[1:]:
            first, *others = column.counts
            named = say("、", ", ").join(others[:_SHOWN])
            told = f"{column.header}{say('：还有 ', ': also ')}{named}"
            draft.where.append(ProposedEntry(column.header, first, told, sure=False))

    def _find(self, name: str, columns: Sequence[SampledColumn]) -> list[Candidate]:
        """Find measures; those who are counted in a table of classes make up their size."""
        found = self.candidates.find(name, columns, self.level)
        total = is_total(name)
        if (found and found[0].sure) or not (total or _HEADCOUNT.fullmatch(plain(name))):
            return found
        for size in (f"{self.level.zh}人数", f"{self.level.value} size"):
            sized = [each for each in self.candidates.find(size, columns, self.level) if each.sure]
            if sized and not (total and not self._is_sum(columns)):
                return sized[:1]
            found = found or [replace(each, score=POSSIBLE) for each in sized[:1]]
        return found

    def _is_sum(self, columns: Sequence[SampledColumn]) -> bool:
        """Tell whether a column holds what two halves of a whole add up to."""
        whole = [_number(cell) for cell in columns[0].cells]
        for halves in halves_of(self.sample.columns):
            first, second = ([_number(cell) for cell in half.cells] for half in halves)
            sums = [a + b == c for a, b, c in zip(first, second, whole, strict=True)]
            if sums and sum(sums) >= _MOST * len(sums):
                return True
        return False

    def family(self, family: Family) -> ProposedReading | None:
        """Draft the reading of a family; None if its columns hold no measure."""
        slot = _slot(family)
        things = [
            Thing(
                pattern.text.replace(SLOT, slot),
                self._names(family, pattern.rest),
                tuple(pattern.columns.values()),
                bracketed(pattern.rest)[1],
            )
            for pattern in family.patterns
        ]
        by_year = family.kind is SlotKind.YEAR
        lowest = None if by_year else Level.CLASS
        highest = self.level if by_year else next(iter(_below(self.level)), None)
        if highest is None:
            return None
        done = assign(things, lambda name, of: self.candidates.find(name, of, highest, lowest))
        sure = [each for each in done.taken if each.candidate.sure]
        level = self.level if by_year else _level(self.level, sure)
        if by_year and not sure:
            return self._years_apart(family, slot)
        if not sure or level is None:
            return None
        draft = ProposedReading(
            level, rows=ProposedEntry(_variable(family), tuple(family.meanings))
        )
        self._place(draft, family, slot)
        draft.fixed = len(draft.columns)
        for each in done.taken:
            if exists_at(each.candidate.measure, level):
                self._take(draft, each, by_title=any(not p.rest for p in family.patterns))
            else:
                for key in each.keys:
                    self.leave(key, self._no_measure(key))
        for key, reason in done.left:
            self.leave(key, reason or self._no_measure(key))
        return draft

    def _years_apart(self, family: Family, slot: str) -> ProposedReading:
        """Draft the reading of years side by side that hold nobody knows what."""
        draft = ProposedReading(
            self.level, rows=ProposedEntry(_variable(family), tuple(family.meanings))
        )
        self._place(draft, family, slot)
        self._choose(draft)
        draft.fixed = len(draft.columns)
        for pattern in family.patterns:
            text = pattern.text.replace(SLOT, slot)
            draft.columns.append(ProposedEntry(text, "", _which(), sure=False))
        return draft

    def leave(self, header: str, why: str) -> None:
        """Take down that a header is not used."""
        self.left.append((header, why))

    def _names(self, family: Family, rest: str) -> tuple[str, ...]:
        """Say what the columns of a pattern may be called."""
        if rest:
            without = rest.replace(family.label, "", 1) if family.label else rest
            return tuple(dict.fromkeys(name for name in (rest, without) if name))
        named = (self.words.named_in(title, self.level) for title in self.sample.names)
        return tuple(measure.name for measure in named if measure is not None)

    def _no_measure(self, key: str) -> str:
        other = self.candidates.elsewhere(key, self.level)
        if other is None:
            return say("没有相近的数据项", "no item is like it")
        levels = say("、", ", ").join(level.label for level in other.levels)
        name = measure_name(other)
        return say(f"“{name}”由{levels}填报", f'"{name}" is reported by {levels}')

    def _identify(self, draft: ProposedReading) -> None:
        """Say where codes, names and parents come from."""
        keys = self.keys
        also = {fixed: say("、", ", ").join(headers) for fixed, headers in keys.also.items()}
        for fixed, column in (
            (Fixed.CODE, keys.code),
            (Fixed.NAME, keys.name),
            (Fixed.PARENT, keys.parent),
        ):
            if column is None:
                continue
            others = also.get(fixed)
            remark = say(f"也可能是：{others}", f"or else: {others}") if others else ""
            draft.columns.append(ProposedEntry(column.header, fixed_name(fixed), remark))
            for header in keys.also.get(fixed, ()):
                self.leave(
                    header,
                    say(
                        f"{fixed.zh}已取自“{column.header}”",
                        f'{fixed.value} is taken from "{column.header}"',
                    ),
                )
        if keys.parent is not None and keys.parent_places:
            draft.values[fixed_name(Fixed.PARENT)] = _coded(keys.parent_places, keys.parent)
        if keys.parent_names:
            told = say(
                "没有上级的代码，暂以名称为代码", "it has no code: its name stands in for it"
            )
            parent = fixed_name(Fixed.PARENT)
            draft.compose.append(ProposedEntry(parent, _joined(keys.parent_names), told))
        for column in keys.named:
            told = say("是上级的名称", "the name of what the rows lie in")
            self.leave(column.header, told)
        self._compose_codes(draft)

    def _compose_codes(self, draft: ProposedReading) -> None:
        """Say what codes are made of, where no column holds them."""
        keys, code = self.keys, fixed_name(Fixed.CODE)
        if keys.parts:
            told = say("表中没有代码，由几列合成", "there are no codes: made of several columns")
            draft.compose.append(ProposedEntry(code, _joined(keys.parts), told))
        elif keys.code is None and keys.name is None:
            told = say(
                "看不出代码：由哪些列合成，填在引号里，并去掉行首的 #",
                "its codes are not clear: say which columns make them up, and remove the #",
            )
            draft.compose.append(ProposedEntry(code, "{}", told, sure=False))
        elif keys.code is None and keys.name is not None:
            draft.compose.append(ProposedEntry(code, f"{{{keys.name.header}}}", self._no_codes()))
            if keys.places:
                draft.values[code] = _coded(keys.places, keys.name)

    def _no_codes(self) -> str:
        if self.keys.places:
            return say("表中没有代码，由名称查出", "there are no codes: looked up by name")
        return say(
            "表中没有代码，暂以名称为代码；有代码时请改",
            "there are no codes: names stand in for them until you mend it",
        )

    def _date(self, draft: ProposedReading) -> None:
        years, year = self.years, fixed_name(Fixed.YEAR)
        if years is None:
            told = say(
                "表中没有年份：填上并去掉行首的 #", "no year was found: give it and remove the #"
            )
            draft.constants.append(ProposedEntry(year, "", told, sure=False))
        elif years.column is None:
            told = say(f"取自“{years.told}”", f'from "{years.told}"') if years.told else ""
            draft.constants.append(ProposedEntry(year, years.constant or 0, told))
        elif years.add:
            draft.year = years.column.header, years.add
        else:
            draft.columns.append(ProposedEntry(years.column.header, year))
            if years.values:
                draft.values[year] = [
                    ProposedEntry(text, number) for text, number in years.values.items()
                ]

    def _place(self, draft: ProposedReading, family: Family, slot: str) -> None:
        """Say what the rows of a family are about."""
        if family.kind is SlotKind.YEAR:
            self._identify(draft)
            year = fixed_name(Fixed.YEAR)
            draft.constants.append(ProposedEntry(year, slot))
            if any(value != meaning for value, meaning in family.meanings.items()):
                draft.values[year] = [ProposedEntry(v, int(m)) for v, m in family.meanings.items()]
            return
        keys = self.keys
        source = keys.code or keys.name
        if source is None:
            return
        parent = fixed_name(Fixed.PARENT)
        if keys.code is not None:
            draft.columns.append(ProposedEntry(source.header, parent))
        else:
            draft.compose.append(ProposedEntry(parent, f"{{{source.header}}}"))
            if keys.places:
                draft.values[parent] = _coded(keys.places, source)
        draft.compose.append(ProposedEntry(fixed_name(Fixed.CODE), f"{{{source.header}}}-{slot}"))
        if keys.name is not None:
            named = f"{{{keys.name.header}}}{slot}{family.label}"
            draft.compose.append(ProposedEntry(fixed_name(Fixed.NAME), named))
        item = family.item or self.words.measure(family.label or family.name, draft.level)
        if item is not None and exists_at(item, draft.level):
            name = measure_name(item)
            draft.constants.append(ProposedEntry(name, slot))
            if any(value != meaning for value, meaning in family.meanings.items()):
                draft.values[name] = [
                    ProposedEntry(v, int(m) if m.isdecimal() else m)
                    for v, m in family.meanings.items()
                ]
        self._date(draft)

    def _take(self, draft: ProposedReading, each: Assigned, *, by_title: bool = False) -> None:
        """Write down a measure: what it is taken from, and what to look at."""
        candidate = each.candidate
        name = measure_name(candidate.measure)
        remark = _remark(candidate, each.also)
        others = self.words.meant_otherwise(each.keys[0], candidate.measure, draft.level)
        if others:
            named = say("、", ", ").join(map(measure_name, others))
            told = say(f"别的规则包用这个词指：{named}", f"to another pack it means {named}")
            remark = say("；", "; ").join(filter(None, (remark, told)))
        if by_title:
            remark = say("数据项取自表名", "the title names the item")
        if len(each.keys) > 1:
            draft.sums.append(ProposedEntry(name, each.keys, remark, candidate.sure))
        else:
            draft.columns.append(ProposedEntry(each.keys[0], name, remark, candidate.sure))
        if candidate.unit is not None:
            draft.units.append(ProposedEntry(name, candidate.unit, sure=candidate.sure))
        if not candidate.sure:
            return
        if candidate.strange and isinstance(candidate.measure, Item):
            options = say("、", ", ").join(candidate.measure.options)
            told = say(f"请改成其中之一：{options}", f"one of these: {options}")
            draft.values[name] = [
                ProposedEntry(text, "", told, sure=False) for text in candidate.strange
            ]


def _joined(columns: Sequence[SampledColumn]) -> str:
    """Compose the cells of columns, with a hyphen between them."""
    return "-".join(f"{{{each.header}{_or_blank(each)}}}" for each in columns)


def _or_blank(column: SampledColumn) -> str:
    """Let a part of a code be blank where a cell is."""
    return "|" if len(column.filled) < len(column.cells) else ""


def _which() -> str:
    return say("哪一个数据项？填上并去掉行首的 #", "which item? give it and remove the #")


def _is_number(text: str) -> bool:
    return not math.isnan(_number(text.replace(",", ".")))


def _number(cell: Cell) -> float:
    """Read a number as it stands; what is none is like nothing."""
    try:
        return float(str(cell).replace(",", ""))
    except ValueError:
        return math.nan


def _qualified(qualifier: str, stem: str) -> tuple[str, ...]:
    """Give what a column may be called: with its qualifier before it, and without."""
    return (f"{qualifier}{stem}", stem) if qualifier else (stem,)


def _coded(places: Mapping[str, str], column: SampledColumn) -> list[ProposedEntry]:
    """Write names of places and their codes; those without one wait for theirs."""
    told = say("没有找到代码，请填写", "its code is not known: give it")
    known = [ProposedEntry(text, places[text]) for text in column.counts if text in places]
    unknown = [text for text in column.counts if text not in places]
    return [*known, *(ProposedEntry(text, "", told, sure=False) for text in unknown)]


def _remark(candidate: Candidate, also: Sequence[Candidate]) -> str:
    parts = []
    if candidate.score < SAME:
        parts.append(f"{candidate.score:.0%}")
    if candidate.qualifier:
        what = candidate.qualifier
        parts.append(say(f"“{what}”不是单位，像是限定", f'"{what}" is no unit, so only a part?'))
    if candidate.against is not None:
        parts.append(candidate.against)
    elif not candidate.sure:
        parts.append(say("请确认", "please check"))
    if candidate.remark is not None:
        parts.append(candidate.remark)
    also = [each for each in also if each.against is None]
    if also and candidate.score < SAME:
        named = say("、", ", ").join(with_unit(each.measure) for each in also)
        parts.append(say(f"也可能是：{named}", f"or else: {named}"))
    return say("；", "; ").join(parts)


def _variable(family: Family) -> str:
    """Name the variable of a family."""
    if family.item is not None:
        return measure_name(family.item)
    return {"年级": say("年级", "grade"), "年": say("年", "year")}.get(family.name, family.name)


def _slot(family: Family) -> str:
    return f"{{{_variable(family)}}}"


def _below(level: Level) -> list[Level]:
    return [each for each in Level if each.rank > level.rank]


def _level(level: Level, sure: Sequence[Assigned]) -> Level | None:
    """Give the level below at which most of the measures exist, the highest such."""
    counts = {
        each: sum(each in found.candidate.measure.levels for found in sure)
        for each in _below(level)
    }
    best = max(counts, key=lambda each: counts[each], default=None)
    return best if best is not None and counts[best] else None
