"""Which measure a column holds: by its header, its unit, and what stands in it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from functools import cached_property

from dabiao.intake.cells.item_cells import ColumnReading
from dabiao.intake.layout.headers import Header, unit_in_brackets, unit_in_title
from dabiao.intake.layout.measures import MeasureNames, exists_at
from dabiao.intake.names import plain
from dabiao.intake.proposals.likeness import EQUIVALENT, alike
from dabiao.intake.proposals.sampled import SampledColumn
from dabiao.intake.values.columns import ColumnReader
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, ItemType
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import conversion, is_known, unit

_POSSIBLE = 0.68
"""How like a name a header has to be to be worth a look; to be sure, it has to be the same."""
_FEW = 3
_BAD = 0.1
"""What share of its cells may be unfit, as in any table people fill in."""
_SCALED = frozenset(["元", "平方米", "米", "千克"])
"""What is measured in units that differ by factors, so that a unit nobody states is a doubt."""
_HALVES = (
    ("男", "女"),
    (r"\bmale\b", "female"),
    (r"\bboys\b", "girls"),
    ("maschi", "femmine"),
    ("garçons", "filles"),
)
"""Two words of headers whose columns make up a whole between them."""
_HALF = re.compile("|".join(w for ws in _HALVES for w in ws[::-1]), re.IGNORECASE)
_HEADCOUNT = re.compile(
    r"(?:在校)?(?:学生|學生|生)?(?:[总總]?人[数數]|[总總]?[数數])?|班[额額]|pupils|students|enrol?ment"
)
_CLASS_SIZE = ("班级人数", "class size")
"""What the number of those in a class is, in a table of classes."""


@dataclass(frozen=True, eq=False)
class Thing:
    """A column, a pattern of columns, or two that are added up, and the measure it likely holds.

    Attributes:
        keys: Its headers, as a mapping writes them.
        names: What it may be called.
        columns: Its columns.
        qualifier: What it says in brackets that is no unit.
        measure: The measure, if it may hold any.
        score: How likely that is, from 0 to 1.
        unit: The unit of its numbers, where the mapping has to say it.
        against: What speaks against it.
        remark: What to look at even so.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    columns: tuple[SampledColumn, ...]
    qualifier: str = ""
    measure: Item | Indicator | None = None
    score: float = 0.0
    unit: str | None = None
    against: str = ""
    remark: str = ""

    @property
    def sure(self) -> bool:
        """Whether it stands without anybody's look."""
        return self.score >= EQUIVALENT and not self.against and not self.qualifier

    @property
    def rank(self) -> tuple[bool, float, int]:
        """How likely it is; the likeliest is the least, whole columns before sums."""
        return bool(self.against), -self.score, len(self.keys)


@dataclass
class MeasureFinder:
    """Finds measures of a dictionary for columns below a header, whose title may state a unit.

    ``of_classes`` says that every row is a class, so that those who are counted make up its size.
    """

    dictionary: MeasureNames
    header: Header
    of_classes: bool = False
    _likenesses: dict[tuple[str, str], float] = field(default_factory=dict)

    def assign(
        self, things: Iterable[Thing], levels: Sequence[Level]
    ) -> tuple[list[Thing], list[tuple[Thing, str]]]:
        """Decide which measure each thing holds, each measure once.

        Args:
            things: The things.
            levels: The levels that their rows may be of.

        Returns:
            What holds measures, doubtful ones too, and what holds none, and why.
        """
        every = [self.looked_up(each, levels) for each in things]
        for first, second in _pairs(every):
            whole = self.looked_up(_whole(first, second), levels)
            unknown = not any(each.measure for each in (whole, first, second))
            if unknown or (whole.sure and not first.sure and not second.sure):
                every[every.index(first)] = whole
                every.remove(second)
        holders: dict[str, Thing] = {}
        left = [(each, "") for each in every if each.measure is None]
        for each in sorted(every, key=lambda at: at.rank):
            if each.measure is None:
                continue
            holder = holders.setdefault(each.measure.slug, each)
            if holder is not each:
                name, taken = each.measure.name, "+".join(holder.keys)
                why = say(f"{name}已取自“{taken}”", f'{name} is taken from "{taken}"')
                left.append((each, why if each.score >= EQUIVALENT else ""))
        return [each for each in every if each in holders.values()], left

    def looked_up(self, thing: Thing, levels: Sequence[Level]) -> Thing:
        """Find the measure that a thing likely holds, by the name that fits best."""
        names = thing.names
        if self.of_classes and any(_HEADCOUNT.fullmatch(plain(each)) for each in names):
            names += _CLASS_SIZE
        found = [
            self._judged(replace(thing, measure=measure, score=score), measure)
            for measure in self._every
            if any(exists_at(measure, each) for each in levels)
            and (score := max(self._likeness(name, measure) for name in names)) >= _POSSIBLE
        ]
        # What is less than alike and does not even fit is not worth anybody's look.
        found = [each for each in found if not each.against or each.score >= EQUIVALENT]
        first, *others = sorted(found, key=lambda each: each.rank) or [thing]
        rival = others[0].measure if others and others[0].rank == first.rank else None
        if rival is not None and first.sure:
            return replace(first, against=say(f"也可能是“{rival.name}”", f'or "{rival.name}"'))
        return first

    @cached_property
    def _every(self) -> list[Item | Indicator]:
        measures = {m.slug: m for found in self.dictionary.names.values() for m in found}
        every = (measures[slug] for slug in sorted(measures))
        return [each for each in every if not (isinstance(each, Item) and each.shares)]

    def _likeness(self, name: str, measure: Item | Indicator) -> float:
        """Compare a header with every name of a measure, once."""
        key = (name, measure.slug)
        if key not in self._likenesses:
            names = (measure.name, measure.english or "", measure.slug)
            self._likenesses[key] = max(alike(name, each) for each in names)
        return self._likenesses[key]

    def _judged(self, thing: Thing, measure: Item | Indicator) -> Thing:
        """Look at units and cells."""
        if isinstance(measure, Item) and not measure.type.numeric:
            return replace(thing, against=_unlike(thing.columns, measure))
        units = {column.unit for column in thing.columns if column.unit is not None}
        if len(units) > 1:
            return replace(thing, against=say("各列单位不同", "their units differ"))
        given, explicit, remark = next(iter(units), None), None, ""
        if given is None:
            given = explicit = unit_in_title(self.header, measure)
            scaled = any(base in _SCALED for base, _ in unit(measure.unit).powers)
            if explicit is not None:
                remark = say(f"标题写明单位：{explicit}", f"the title says {explicit}")
            elif scaled and not self.header.units:
                own = measure.unit
                remark = say(f"没有写单位，按{own}读", f"no unit is given: read as {own}")
        elif any(each.unit != unit_in_brackets(each.header) for each in thing.columns):
            explicit = given
        if given is not None and conversion(unit(given), unit(measure.unit)) is None:
            told, own = _retold(given, measure), measure.unit or say("无单位", "no unit")
            if told is None:
                against = say(f"单位是{given}，不是{own}", f"in {given}, not in {own}")
                return replace(thing, against=against)
            given = explicit = told
        against = _unfit(ColumnReading(measure, given), thing.columns)
        return replace(thing, unit=explicit, against=against, remark=remark)


def _pairs(things: Iterable[Thing]) -> list[tuple[Thing, Thing]]:
    """Give the pairs that are halves of a whole, such as boys and girls."""
    by_key = {thing.keys[0].casefold(): thing for thing in things}
    found: list[tuple[Thing, Thing]] = []
    for key, thing in by_key.items():
        others = (re.sub(first, second, key, count=1) for first, second in _HALVES)
        other = next((each for each in others if each != key and each in by_key), None)
        found += [(thing, by_key[other])] if other is not None else []
    return found


def _whole(first: Thing, second: Thing) -> Thing:
    """Make one thing of two halves, called as both are but for the half."""
    names = [" ".join(_HALF.sub("", name).split()) for name in (*first.names, *second.names)]
    qualifiers = {_HALF.sub("", each.qualifier) for each in (first, second)}
    return Thing(
        (*first.keys, *second.keys),
        tuple(dict.fromkeys(names)),
        (*first.columns, *second.columns),
        "、".join(filter(None, sorted(qualifiers))),
    )


def _retold(given: str, measure: Item | Indicator) -> str | None:
    """Give the unit in full where a header says half of it: 生均经费（元） is in 元/人."""
    if "/" in measure.unit and "/" not in given:
        whole = f"{given}/{measure.unit.partition('/')[2]}"
        return whole if conversion(unit(whole), unit(measure.unit)) is not None else None
    counted = conversion(unit(f"{given}/人"), unit(f"{measure.unit}/人"))
    return measure.unit if counted == 1.0 and is_known(given) else None


def _unlike(columns: Sequence[SampledColumn], item: Item) -> str:
    """Say why texts are not what a category or a yes-or-no item holds."""
    if len(columns) > 1:
        return say("不能相加", "it cannot be added up")
    if item.type is ItemType.BOOLEAN or not item.options:
        return _unfit(ColumnReading(item), columns)
    strange = "、".join([text for text in columns[0].counts if text not in item.options][:_FEW])
    return say(f"不在选项中：{strange}", f"none of the options: {strange}") if strange else ""


def _unfit(reading: ColumnReading, columns: Sequence[SampledColumn]) -> str:
    """Say why cells are not what a measure holds; nothing if most of them are."""
    bad, given, first = 0, 0, ""
    for column in columns:
        reader = ColumnReader(reading)
        reader.add(list(column.filled))
        done = reader.finish()
        wrong = done.reasons.keys() - done.column.possible.keys()
        bad, given = bad + len(wrong), given + len(column.filled)
        first = first or (done.reasons[min(wrong)].message if wrong else "")
    if bad <= _BAD * given:
        return ""
    return say(f"{bad}/{given} 格不合适：{first}", f"{bad} of {given} cells do not fit: {first}")
