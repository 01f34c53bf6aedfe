"""Which measure a column holds: by its header, its unit, and what stands in it."""

from collections.abc import Sequence

from dabiao.intake.cells.item_cells import ColumnReading
from dabiao.intake.formats.table import Cell
from dabiao.intake.layout.headers import Header, unit_in_title
from dabiao.intake.layout.measures import MeasureNames, exists_at
from dabiao.intake.proposals.clues.likeness import EQUIVALENT, alike
from dabiao.intake.proposals.clues.sampled import SampledColumn
from dabiao.intake.values.columns import ColumnReader
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, ItemType
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import conversion, is_known, unit

SURE = EQUIVALENT
"""How like a header has to be for its proposal to stand without anybody's look."""
POSSIBLE = 0.68
"""How like it has to be to be worth a look."""
_ALIKE_ENOUGH = 0.3
"""How like a header has to be where every text of the column is an option of the item."""
_FEW = 3
"""Alternatives that are told."""
_BAD = 0.1
"""What share of its cells may be unfit, as in any table people fill in."""
_SCALED = frozenset(["元", "平方米", "米", "千克"])
"""What is measured in units that differ by factors, so that a unit nobody states is a doubt."""


@dataclass(frozen=True)
class Candidate:
    """A measure that a column may hold.

    Attributes:
        measure: The measure.
        score: How likely it is, from 0 to 1.
        unit: The unit of its numbers, where the mapping has to say it.
        against: What speaks against it, if anything does.
        remark: What to look at even so.
        strange: Texts that are none of the options, for a category.
        qualifier: What the header says in brackets that is no unit.
    """

    measure: Item | Indicator
    score: float
    unit: str | None = None
    against: str | None = None
    remark: str | None = None
    strange: tuple[str, ...] = ()
    qualifier: str = ""

    @property
    def sure(self) -> bool:
        """Whether it stands without anybody's look."""
        return self.score >= SURE and self.against is None and not self.qualifier


class Candidates:
    """Finds measures for columns.

    Args:
        dictionary: The measures.
        header: The header of the table, whose title may state a unit.
    """

    def __init__(self, dictionary: MeasureNames, header: Header) -> None:
        """Look among the measures of a dictionary."""
        measures = {m.slug: m for found in dictionary.names.values() for m in found}
        self._measures = [
            measure
            for _, measure in sorted(measures.items())
            if not (isinstance(measure, Item) and measure.shares)
        ]
        self._header = header
        self._known: dict[tuple[str, str], float] = {}

    def find(
        self, name: str, columns: Sequence[SampledColumn], level: Level, most: Level | None = None
    ) -> list[Candidate]:
        """List the measures that columns of a name may hold, the likeliest first.

        Args:
            name: What the columns are called.
            columns: The columns; several are added up, or are rows of one measure.
            level: The level of the rows, or the highest that it may be.
            most: The lowest level that it may be, if not ``level`` itself.
        """
        found = [
            self._judged(measure, score, columns)
            for measure in self._measures
            if _at(measure, level, most)
            and (score := self._score(name, measure, columns)) >= POSSIBLE
        ]
        # What is less than alike and does not even fit is not worth anybody's look.
        found = [each for each in found if each.against is None or each.score >= SURE]
        found.sort(key=lambda each: (each.against is not None, -each.score, each.measure.slug))
        if len(found) > 1 and found[1].sure and found[1].score == found[0].score:
            tie = say(f"也可能是“{found[1].measure.name}”", f'or "{found[1].measure.name}"')
            found[0] = Candidate(found[0].measure, found[0].score, found[0].unit, tie)
        return found[: _FEW + 1]

    def elsewhere(self, name: str, level: Level) -> Item | Indicator | None:
        """Give the measure of a name that does not exist at a level."""
        return next(
            (
                measure
                for measure in self._measures
                if not exists_at(measure, level) and self._likeness(name, measure) >= SURE
            ),
            None,
        )

    def _likeness(self, name: str, measure: Item | Indicator) -> float:
        """Compare a header with every name of a measure, once."""
        key = (name, measure.slug)
        if key not in self._known:
            names = (measure.name, measure.english or "", measure.slug)
            self._known[key] = max(alike(name, each) for each in names)
        return self._known[key]

    def _score(
        self, name: str, measure: Item | Indicator, columns: Sequence[SampledColumn]
    ) -> float:
        score = self._likeness(name, measure)
        if score < SURE and isinstance(measure, Item) and measure.options and len(columns) == 1:
            held = set(columns[0].counts)
            if len(held) > 1 and held <= set(measure.options):
                return SURE if score >= _ALIKE_ENOUGH else POSSIBLE
        return score

    def _judged(
        self, measure: Item | Indicator, score: float, columns: Sequence[SampledColumn]
    ) -> Candidate:
        """Look at units and cells."""
        units = {column.unit for column in columns if column.unit is not None}
        if isinstance(measure, Item) and not measure.type.numeric:
            return _of_texts(measure, score, columns)
        if len(units) > 1:
            return Candidate(measure, score, against=say("各列单位不同", "their units differ"))
        given, remark = next(iter(units), None), None
        explicit = None
        if given is None:
            given = explicit = unit_in_title(self._header, measure)
            if explicit is not None:
                remark = say(f"标题写明单位：{explicit}", f"the title says {explicit}")
            elif _scaled(measure.unit) and not self._header.units:
                remark = say(
                    f"表中没有写单位，按{measure.unit}读；不是就在 units 中写明",
                    f"no unit is given; read as {measure.unit}, else say so in units",
                )
        elif not all(column.unit_is_plain for column in columns if column.unit is not None):
            explicit = given
        if given is not None and _factor(given, measure) is None:
            told = _retold(given, measure)
            if told is None:
                own = measure.unit or say("无单位", "no unit")
                return Candidate(
                    measure,
                    score,
                    against=say(f"单位是{given}，不是{own}", f"in {given}, not in {own}"),
                )
            given = explicit = told
        against = _unfit(ColumnReading(measure, given), columns)
        return Candidate(measure, score, explicit, against, remark)


def _at(measure: Item | Indicator, level: Level, most: Level | None) -> bool:
    if most is None:
        return exists_at(measure, level)
    return any(level.rank <= each.rank <= most.rank for each in measure.levels)


def _factor(given: str, measure: Item | Indicator) -> float | None:
    return conversion(unit(given), unit(measure.unit))


def _retold(given: str, measure: Item | Indicator) -> str | None:
    """Give the unit in full where a header says half of it: 生均经费（元） is in 元/人."""
    if "/" in measure.unit and "/" not in given:
        whole = f"{given}/{measure.unit.partition('/')[2]}"
        return whole if _factor(whole, measure) is not None else None
    counted = conversion(unit(f"{given}/人"), unit(f"{measure.unit}/人"))
    return measure.unit if counted == 1.0 and is_known(given) else None


def _scaled(own: str) -> bool:
    return any(base in _SCALED for base, _ in unit(own).powers)


def _of_texts(item: Item, score: float, columns: Sequence[SampledColumn]) -> Candidate:
    """Look at the cells of a category or a yes-or-no item."""
    if len(columns) > 1:
        return Candidate(item, score, against=say("不能相加", "it cannot be added up"))
    if item.type is ItemType.BOOLEAN or not item.options:
        return Candidate(item, score, against=_unfit(ColumnReading(item), columns))
    remark = say("内容都是它的选项", "all of it is among the options") if score < SURE else None
    strange = tuple(text for text in columns[0].counts if text not in item.options)
    if strange and len(strange) == len(columns[0].counts):
        shown = "、".join(strange[:_FEW])
        return Candidate(
            item,
            score,
            against=say(f"没有一个写法在选项中：{shown}", f"none of the options: {shown}"),
            strange=strange,
        )
    return Candidate(item, score, remark=None if strange else remark, strange=strange)


def _unfit(reading: ColumnReading, columns: Sequence[SampledColumn]) -> str | None:
    """Say why cells are not what a measure holds; None if most of them are."""
    bad, given, first = 0, 0, None
    for column in columns:
        reader = ColumnReader(reading)
        cells: list[Cell] = list(column.filled)
        reader.add(cells)
        done = reader.finish()
        wrong = done.reasons.keys() - done.column.possible.keys()
        bad, given = bad + len(wrong), given + len(cells)
        if wrong and first is None:
            first = done.reasons[min(wrong)].message
    if not given or bad <= _BAD * given:
        return None
    return say(f"{bad}/{given} 格不合适：{first}", f"{bad} of {given} cells do not fit: {first}")
