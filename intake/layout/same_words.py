"""Headers that mean one thing to one rule pack and another to the next.

Where a pack gives a word another meaning, ``Item.shares`` says that both read a cell alike: what
the column holds is read into each. Else the header is of the item that everybody means by it, and
whoever looks at the table is told of the other and how it is called.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dabiao.intake.cells.item_cells import ColumnReading
from dabiao.intake.layout.measures import MeasureNames, exists_at
from dabiao.intake.layout.plan import ItemSource
from dabiao.intake.names import plain
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item


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
) -> list[Item]:
    """List the other items of a level that some pack calls by the name that a header has."""
    names = {plain(text), plain(text).rpartition("(")[0], plain(measure.name)}
    found = {
        item.slug: item
        for name in sorted(names)
        for item in dictionary.meant.get(name, ())
        if item.slug != measure.slug and exists_at(item, level)
    }
    return list(found.values())


def told_of(text: str, measure: Item | Indicator, others: Iterable[Item]) -> tuple[str, str]:
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
