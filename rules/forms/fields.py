"""The columns of a form: what each is called, what it may hold, and where it stands."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from dabiao.intake.cells.item_cells import ColumnReading
from dabiao.intake.layout.measures import MeasureNames
from dabiao.intake.names import fixed_column
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.formulas.formula import Measured, Relates, Relation, walk
from dabiao.rules.formulas.to_text import render
from dabiao.schemas.form import Field, NeedingRule
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType, Summation
from dabiao.schemas.record import dataclass


@dataclass(frozen=True)
class Columns:
    """Makes the columns of forms from the vocabulary of a pack."""

    catalog: Catalog

    def fields(
        self, level: Level, wanted: Mapping[str, Iterable[str]], *, by_office: bool = False
    ) -> tuple[Field, ...]:
        """Make the columns of a sheet, in the order in which people would ask.

        What kind of subject it is comes first: the topic on whose items most conditions rest. Then
        come the topics of the shared vocabulary, then those that features with rules bring along;
        topics, and the items within each, in the order in which they were read; but a part stands
        below its whole, as edit checks have it.

        Args:
            level: The level of the sheet.
            wanted: Slugs of items to ids of the rules that need them; those that are read from
                one column make one of the form.
            by_office: Put together what one office answers for.
        """
        columns: dict[str, dict[str, Iterable[str]]] = {}
        for slug, ids in sorted(wanted.items()):
            column = self.catalog.vocabulary.items[slug].column
            columns.setdefault(column, {})[slug] = ids
        places = {slug: self._place(slug) for slug in columns}
        ordered = sorted(columns, key=places.__getitem__)
        made = {slug: self._field(slug, level, columns[slug]) for slug in ordered}
        if by_office:
            offices = list(dict.fromkeys(made[slug].office for slug in ordered))
            offices.sort(key=lambda office: not office)
            ordered.sort(key=lambda slug: offices.index(made[slug].office))
        return tuple(
            replace(made[slug], part_of=whole, part_elsewhere="" if whole else self._whole(slug))
            for slug, whole in self._below_wholes(ordered, made)
        )

    def _whole(self, slug: str) -> str:
        """Name what an item is a part of; its definition then begins with 其中, and needs it."""
        items = self.catalog.vocabulary.items
        whole = next((items[each] for each in self._wholes.get(slug, ()) if each in items), None)
        if whole is None or not items[slug].definition.startswith("其中"):
            return ""
        return say(whole.name, whole.english or whole.name)

    def _below_wholes(
        self, ordered: Sequence[str], made: Mapping[str, Field]
    ) -> Iterator[tuple[str, str]]:
        """Yield items, each part after its whole where both stand in one group, with the whole."""

        def group(slug: str) -> tuple[str, str]:
            return made[slug].topic, made[slug].office

        below: dict[str, list[str]] = {}
        for slug in ordered:
            wholes = [each for each in self._wholes.get(slug, ()) if each in made and each != slug]
            whole = next((each for each in wholes if group(each) == group(slug)), "")
            below.setdefault(whole, []).append(slug)
        told: set[str] = set()

        def walk(slug: str, whole: str) -> Iterator[tuple[str, str]]:
            if slug not in told:
                told.add(slug)
                yield slug, whole
                for part in below.get(slug, ()):
                    yield from walk(part, slug)

        for slug in below.get("", ()):
            yield from walk(slug, "")
        for slug in ordered:  # wholes of one another
            yield from walk(slug, "")

    @cached_property
    def _wholes(self) -> Mapping[str, tuple[str, ...]]:
        """What each item is at most: 普通话二级乙等以上教师数 ≤ 专任教师数."""
        found: dict[str, tuple[str, ...]] = {}
        for check in self.catalog.checks.values():
            match check.relation:
                case Relates(Relation.AT_MOST, Measured(part), Measured(whole)):
                    found[part] = (*found.get(part, ()), whole)
        return found

    def _field(self, slug: str, level: Level, asked: Mapping[str, Iterable[str]]) -> Field:
        named = self.catalog.vocabulary.items[slug]
        item = _read_by(named, [self.catalog.vocabulary.items[each] for each in asked])
        rules = [
            self.catalog.rules[id_]
            for id_ in sorted({id_ for ids in asked.values() for id_ in ids})
        ]
        truth = (say("是", "yes"), say("否", "no"))
        return Field(
            slug=slug,
            header=self._header(named, level),
            topic=self._topic(slug),
            type=item.type,
            unit=item.unit,
            minimum=item.minimum,
            maximum=item.maximum,
            options=truth if item.type is ItemType.BOOLEAN else item.options,
            expected=ColumnReading(item).expected,
            definition=item.definition,
            summed=item.summation is Summation.SUM
            and level.rank < max(each.rank for each in item.levels),
            clauses=tuple(map(self._clause, rules)),
        )

    def _clause(self, rule: Rule) -> NeedingRule:
        vocabulary, only = self.catalog.vocabulary, rule.condition
        return NeedingRule(
            rule.id,
            rule.title,
            rule.document.title,
            rule.places,
            "" if only is None else render(only, vocabulary),
            rule.units.names,
        )

    def _header(self, item: Item, level: Level) -> str:
        """Word a header that means this item and nothing else."""
        names = dict.fromkeys((say(item.name, item.english or item.name), item.name))
        for name in names:
            unit = say(f"（{item.unit}）", f" ({item.unit})") if item.unit else ""
            if self._means(name, item, level) and not self._taken(name + unit, item, level):
                return name + unit
        return item.slug

    def _means(self, name: str, item: Item, level: Level) -> bool:
        found = self._dictionary.find(name, level)
        return found is not None and found.slug == item.slug

    def _taken(self, header: str, item: Item, level: Level) -> bool:
        found = self._dictionary.find(header, level)
        return fixed_column(header, level) is not None or (
            found is not None and found.slug != item.slug
        )

    def _topic(self, slug: str) -> str:
        """Name the feature that an item comes from."""
        return self.catalog.topic(self.catalog.vocabulary.features.get(slug, "")).text

    def _place(self, slug: str) -> tuple[int, int]:
        return self._topics[self._topic(slug)], self._items[slug]

    @cached_property
    def _dictionary(self) -> MeasureNames:
        return MeasureNames.of(self.catalog.vocabulary.measures)

    @cached_property
    def _items(self) -> dict[str, int]:
        return {slug: at for at, slug in enumerate(self.catalog.vocabulary.items)}

    @cached_property
    def _topics(self) -> dict[str, int]:
        """The order of the topics; features of one name are one topic."""
        features = self.catalog.vocabulary.features
        with_rules = {rule.file for rule in self.catalog}

        def rank(slug: str) -> int:
            file = features.get(slug, "")
            return 0 if file == self._basics else 1 + (file in with_rules)

        ordered = sorted(self.catalog.vocabulary.items, key=rank)
        return {topic: at for at, topic in enumerate(dict.fromkeys(map(self._topic, ordered)))}

    @property
    def lasting(self) -> list[str]:
        """The items that last from year to year: categories, and what kind of subject it is."""
        vocabulary = self.catalog.vocabulary
        return [
            slug
            for slug, item in vocabulary.items.items()
            if item.type is ItemType.CATEGORY
            or (item.type is ItemType.BOOLEAN and vocabulary.features.get(slug) == self._basics)
        ]

    @cached_property
    def _basics(self) -> str | None:
        """The feature whose items most conditions rest on."""
        vocabulary = self.catalog.vocabulary
        asked = Counter(
            vocabulary.features.get(part.slug, "")
            for rule in self.catalog
            if rule.condition is not None
            for part in walk(rule.condition)
            if isinstance(part, Measured) and part.slug in vocabulary.items
        )
        return max(sorted(asked), key=asked.__getitem__) if asked else None


def _read_by(named: Item, asked: Sequence[Item]) -> Item:
    """Give what a column may hold that several items are read from: what any of them may be.

    Each is held to its own range when it is read.
    """
    if len(asked) == 1:
        return asked[0]
    lows, highs = zip(*((each.minimum, each.maximum) for each in asked), strict=True)
    told = {each.name: each.definition for each in asked if each.definition}
    return replace(
        named,
        minimum=None if None in lows else min(lows),
        maximum=None if None in highs else max(highs),
        definition=say("；", "; ").join(
            f"{name}{say('：', ': ')}{text}" for name, text in told.items()
        ),
    )
