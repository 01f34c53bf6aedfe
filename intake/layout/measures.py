"""The measures that headers and mapping files may name.

A header may mean one thing to one rule pack and another to the next. Where both read a cell alike,
``Item.shares`` says so, and what the column holds is read into each. Else the header is of the item
that everybody means by it, and whoever looks at the table is told how the other is called.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from dabiao.intake.cells.item_cells import ColumnReading
from dabiao.intake.layout.plan import ItemSource
from dabiao.intake.names import plain, plain_each
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, Measure, Summation
from dabiao.schemas.record import dataclass

NamedMeasure = tuple[Item | Indicator, str | None]
"""The measure that a header means, and the unit in its brackets, if it has any."""


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
