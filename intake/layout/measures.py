"""The measures that headers and mapping files may name.

A header may mean one thing to one rule pack and another to the next. Where both read a cell alike,
``Item.shares`` says so, and what the column holds is read into each. Else the header is of the item
that everybody means by it, and whoever looks at the table is told how the other is called.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from dabiao.intake.cells.item_cells import ColumnReading
from dabiao.intake.layout.headers import IN_BRACKETS, unit_in_brackets
from dabiao.intake.layout.plan import ItemSource
from dabiao.intake.names import plain, plain_each, unnumbered
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, Measure, Summation
from dabiao.schemas.patterns import pattern
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import conversion, in_small_letters, is_known, parted
from dabiao.schemas.unit import unit as unit_of

NamedMeasure = tuple[Item | Indicator, str | None]
"""The measure that a header means, and the unit in its brackets, if it has any."""
_CODED = pattern(r"([01])[=:为代表示]*([是否有无])")
_FILLING = pattern(
    r"(?:[请只填写打勾选或和与划、/,;.=:\"“”0-9\s]|为|代表|表示|单位|是|否|有|无|没有|单选|多选|可选|选择|下拉|列表|"
    r"文字|文本|[√×✓✗✔✘☑☒]|yes|no|true|false|y|n)*"
)
"""What says how a yes or no or a choice is written: 是/否, 有填1，无填0, 下拉选择."""
_LONGEST_UNIT = 6
"""Letters of a unit that stands right behind the name of its measure: 平方米/人."""
_BEFORE_UNITS = "/／:：,，、"
"""What stands between a name and its unit, where these are no brackets."""


@dataclass(frozen=True)
class MeasureNames:
    """The measures that a header may mean.

    Attributes:
        names: Plain name, English name or slug to the measures of that name.
        options: What the categories may say, plain.
        sharing: Slug of an item to those that are read from its column too.
        meant: Plain name to the measures that a pack of its own calls so, and nobody else does.
        found: What headers were found to mean at a level: the same stand in every workbook.
    """

    names: Mapping[str, list[Item | Indicator]]
    options: frozenset[str] = frozenset()
    sharing: Mapping[str, list[Item]] = field(default_factory=dict)
    meant: Mapping[str, list[Item | Indicator]] = field(default_factory=dict)
    found: dict[tuple[str, Level | None], "NamedMeasure | None"] = field(default_factory=dict)
    _readings: dict[tuple[str, str | None], ColumnReading] = field(default_factory=dict)

    @classmethod
    def of(cls, measures: Mapping[str, Measure]) -> "MeasureNames":
        """Collect the names of measures."""
        named = [
            (name, measure)
            for _, measure in sorted(measures.items())
            if isinstance(measure, Item | Indicator)
            for name in dict.fromkeys((measure.name, measure.slug, measure.english or ""))
            if name
        ]
        names: dict[str, list[Item | Indicator]] = {}
        for name, (_, measure) in zip(plain_each([each for each, _ in named]), named, strict=True):
            names.setdefault(name, []).append(measure)
        known = [each for each in measures.values() if isinstance(each, Item | Indicator)]
        items = [each for each in known if isinstance(each, Item)]
        options = frozenset(plain(option) for item in items for option in item.options)
        sharing: dict[str, list[Item]] = {}
        meant: dict[str, list[Item | Indicator]] = {}
        for each in known:
            if isinstance(each, Item) and each.shares is not None:
                sharing.setdefault(each.shares, []).append(each)
                continue
            for word in each.own_words:
                meant.setdefault(plain(word), []).append(each)
        return cls(names, options, sharing, meant)

    def narrows(self, group: str) -> bool:
        """Tell whether a group title sorts subjects or people, as 小学 or 其中：初中阶段 do."""
        text = plain(group).removeprefix("其中").strip(":")
        return bool({text, text.removesuffix("阶段"), text.removesuffix("部")} & self.options)

    def find(self, name: str, level: Level | None) -> Item | Indicator | None:
        """Find the measure of a name, one that exists at the level before all others."""
        found = self.names.get(plain(name), [])
        here = [measure for measure in found if level is None or exists_at(measure, level)]
        return next(iter(here or found), None)

    def reading(self, measure: Item | Indicator, unit: str | None) -> ColumnReading:
        """Tell how a measure is read in a unit; the same for all tables."""
        key = (measure.slug, unit)
        if key not in self._readings:
            self._readings[key] = ColumnReading(measure, unit)
        return self._readings[key]

    def known(self, level: Level | None) -> list[str]:
        """Names that a header may have at a level."""
        measures = {
            measure.slug: measure
            for found in self.names.values()
            for measure in found
            if level is None or exists_at(measure, level)
        }
        return [name for m in measures.values() for name in (m.name, m.english) if name]


def exists_at(measure: Measure, level: Level) -> bool:
    """Tell whether a measure may be reported at a level: where declared, or above as a sum."""
    if level in measure.levels:
        return True
    summed = isinstance(measure, Item) and measure.summation is Summation.SUM
    return summed and level.rank < max(declared.rank for declared in measure.levels)


def with_those_sharing(
    sources: Iterable[ItemSource], dictionary: MeasureNames
) -> Iterator[ItemSource]:
    """Yield where items come from, and those that are read from the column of one of them.

    One that has a column of its own is read from that.
    """
    found = {source.reading.measure.slug: source for source in sources}
    for source in list(found.values()):
        for item in dictionary.sharing.get(source.reading.measure.slug, ()):
            reading = ColumnReading(item, source.reading.unit, source.reading.replacements)
            found.setdefault(item.slug, replace(source, reading=reading, shared=True))
    yield from found.values()


def meant_otherwise(
    text: str, measure: Item | Indicator, level: Level, dictionary: MeasureNames
) -> list[Item | Indicator]:
    """List the other measures of a level that some pack calls by the name that a header has."""
    names = {plain(text), plain(text).rpartition("(")[0], plain(measure.name)}
    found = {
        item.slug: item
        for name in sorted(name for name in names if name in dictionary.meant)
        for item in dictionary.meant[name]
        if item.slug != measure.slug and exists_at(item, level)
    }
    return list(found.values())


def told_of(
    text: str, measure: Item | Indicator, others: Iterable[Item | Indicator]
) -> tuple[str, str]:
    """Say what a header is read as, and how the items are called that it does not mean."""
    name = say(measure.name, measure.english or measure.name)
    zh = "、".join(f"“{item.name}”" for item in others)
    en = ", ".join(f'"{item.english or item.name}"' for item in others)
    line = " ".join(text.split())
    return (
        say(
            f"“{line}”读作{name}；另有规则包用这个词指别的，那一项叫{zh}",
            f'"{line}" is read as {name}; a rule pack means another thing by it: {en}',
        ),
        say(
            f"没有填错就不用管；填的是另一项，表头改为{zh}",
            f"leave it if that is what it is; else let the header be {en}",
        ),
    )


def measure_named(dictionary: MeasureNames, text: str, level: Level | None) -> NamedMeasure | None:
    """Find the measure that a header means, and the unit in its brackets, if it has any."""
    key = (text, level)
    if key not in dictionary.found:
        found = _measure_named(dictionary, text, level)
        bare = unnumbered(text) if found is None else text
        dictionary.found[key] = found if bare == text else _measure_named(dictionary, bare, level)
    return dictionary.found[key]


def _measure_named(dictionary: MeasureNames, text: str, level: Level | None) -> NamedMeasure | None:
    measure = dictionary.find(text, level)
    if measure is not None:
        return measure, None
    match = IN_BRACKETS.fullmatch(plain(text))
    if match is None:
        return _measure_and_unit(dictionary, text, level)
    measure = dictionary.find(match["stem"], level)
    if measure is None:
        return None
    if isinstance(measure, Item) and not measure.type.numeric:
        return (measure, None) if _tells_how_to_fill(match["unit"], measure) else None
    unit = unit_in_brackets(text)
    times, one = parted(unit or "")
    if times and not one:  # 经费（万） can only be in 万元, of an item in 元 as of one in 万元
        unit = times + parted(measure.unit)[1]
    return measure, measure.unit if in_small_letters(unit, measure.unit) else unit


def _measure_and_unit(
    dictionary: MeasureNames, text: str, level: Level | None
) -> tuple[Item | Indicator, str] | None:
    """Find the measure that a header means with its unit behind it: 经费/千元, 经费：元, 入学率%.

    Whatever does not convert makes another thing of it: 经费/人.
    """
    name, _, own = max((text.rpartition(mark) for mark in _BEFORE_UNITS), key=lambda of: len(of[0]))
    ends = range(max(1, len(text) - _LONGEST_UNIT), len(text))
    for stem, said in ((name, own), *((text[:at], text[at:]) for at in ends)):
        unit = "".join(fold(said).split()).strip("*:")
        measure = dictionary.find(stem, level) if stem and is_known(unit) else None
        if measure is None or (isinstance(measure, Item) and not measure.type.numeric):
            continue
        if conversion(unit_of(unit), unit_of(measure.unit)) is not None:
            return measure, unit
    return None


def _tells_how_to_fill(said: str, measure: Item) -> bool:
    """Tell whether brackets behind a yes or no, or a choice, say no more than how to write it.

    Whatever else stands there makes another thing of it: planned, last year's, before a merger.
    """
    for option in sorted(map(plain, measure.options), key=lambda option: -len(option)):
        said = said.replace(option, "")
    against = any((digit == "1") != (word in "是有") for digit, word in _CODED.findall(said))
    return not against and _FILLING.fullmatch(said) is not None
