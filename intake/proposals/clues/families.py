"""Wide columns that repeat one pattern: 1年级班数, 2年级班数, …; 2021年, 2022年, ….

A family is a set of patterns with one slot that all take the same values. It becomes the ``rows``
of a mapping: one row of the table is read once for each value.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto

from dabiao.intake.cells.identity_cells import FIRST_YEAR, LAST_YEAR
from dabiao.intake.layout.measures import MeasureNames
from dabiao.intake.proposals.clues.keys import MINGUO
from dabiao.intake.proposals.clues.sampled import SampledColumn
from dabiao.intake.proposals.clues.variants import simplified
from dabiao.schemas.measure import Item
from dabiao.schemas.numerals import DIGITS, chinese_number
from dabiao.schemas.record import dataclass

SLOT = "{}"
_NUMBER = re.compile(rf"\d+|[{DIGITS}十]+(?=年[级級])")
# What a number counts, after it or before it; years before grades would take 1年级 for a year.
_AFTER = (
    (re.compile(r"^年级"), "年级", False),
    (re.compile(r"^(?:学年度?|年度)"), "年", True),
    (re.compile(r"^年"), "年", True),
)
_BEFORE = re.compile(r"(?:^|[^a-z])(grade|year|g|yr)[ _-]?$", re.IGNORECASE)
_LONG_AGO = range(90, 190)


class SlotKind(Enum):
    """What the values of a slot are."""

    NUMBER = auto()
    """Grades and whatever else is numbered."""
    YEAR = auto()
    OPTION = auto()
    """Options of a category."""


@dataclass(frozen=True)
class Pattern:
    """Columns whose headers differ in one place only.

    Attributes:
        text: Their header, with ``{}`` in that place.
        rest: The header without that place: what the columns hold.
        columns: The columns by value.
    """

    text: str
    rest: str
    columns: Mapping[str, SampledColumn]


@dataclass(frozen=True)
class Family:
    """Patterns that take the same values.

    Attributes:
        kind: What the values are.
        name: What the slot stands for, as the variable of a mapping.
        label: What is written behind a value in a name: 3 is 3年级.
        meanings: Value as headers write it, to what it stands for.
        patterns: The patterns, as they stand in the table.
        item: The category whose options the values are.
    """

    kind: SlotKind
    name: str
    label: str
    meanings: Mapping[str, str]
    patterns: Sequence[Pattern]
    item: Item | None = None


@dataclass(frozen=True)
class _Slot:
    """One place of one header that may be a slot."""

    kind: SlotKind
    name: str
    label: str
    text: str
    rest: str
    value: str
    meaning: str
    column: SampledColumn
    item: Item | None = None


def find_families(columns: Sequence[SampledColumn], dictionary: MeasureNames) -> list[Family]:
    """Find the families among some columns, largest first; a column belongs to one at most."""
    options = _options(dictionary)
    slots = [slot for column in columns for slot in _slots(column, options)]
    patterns: dict[tuple[SlotKind, str, str], list[_Slot]] = {}
    for slot in slots:
        patterns.setdefault((slot.kind, slot.name, slot.text), []).append(slot)
    families: dict[tuple[SlotKind, str, tuple[str, ...]], list[list[_Slot]]] = {}
    for members in patterns.values():
        values = tuple(member.value for member in members)
        if len(set(values)) == len(values) > 1:
            first = members[0]
            families.setdefault((first.kind, first.name, tuple(sorted(values))), []).append(members)
    found: list[Family] = []
    taken: set[int] = set()
    for groups in sorted(families.values(), key=lambda each: -sum(map(len, each))):
        free = [g for g in groups if not taken & {slot.column.position for slot in g}]
        if free:
            found.append(_family(free))
            taken |= {slot.column.position for group in free for slot in group}
    return found


def _family(groups: Sequence[Sequence[_Slot]]) -> Family:
    first = groups[0][0]
    return Family(
        kind=first.kind,
        name=first.name,
        label=first.label,
        meanings={slot.value: slot.meaning for slot in groups[0]},
        patterns=[
            Pattern(group[0].text, group[0].rest, {slot.value: slot.column for slot in group})
            for group in groups
        ],
        item=first.item,
    )


def _options(dictionary: MeasureNames) -> list[tuple[str, Item]]:
    """List the options of categories, longest first, so that 普通高中 is not taken for 高中."""
    items = {m.slug: m for found in dictionary.names.values() for m in found}
    listed = [
        (option, item)
        for _, item in sorted(items.items())
        if isinstance(item, Item)
        for option in item.options
        if len(option) > 1
    ]
    return sorted(listed, key=lambda each: -len(each[0]))


def _slots(column: SampledColumn, options: Sequence[tuple[str, Item]]) -> Iterator[_Slot]:
    header = column.header
    for match in _NUMBER.finditer(header):
        slot = _numbered(column, match)
        if slot is not None:
            yield slot
    plainly = simplified(header)
    for option, item in options:
        at = plainly.find(option)
        if at >= 0:
            text = header[:at] + SLOT + header[at + len(option) :]
            rest = (header[:at] + header[at + len(option) :]).strip(" _-—")
            if rest:
                value = header[at : at + len(option)]
                yield _Slot(SlotKind.OPTION, item.name, "", text, rest, value, option, column, item)


def _numbered(column: SampledColumn, match: re.Match[str]) -> _Slot | None:
    header, value = column.header, match[0]
    before, after = header[: match.start()], header[match.end() :]
    text = before + SLOT + after
    meaning = value if value.isdecimal() else f"{chinese_number(value):g}"
    counted = _BEFORE.search(before)
    if counted is not None:
        rest = (before[: counted.start(1)] + after).strip(" _-")
        return _Slot(SlotKind.NUMBER, "grade", "", text, rest, value, meaning, column)
    for pattern, name, years in _AFTER:
        found = pattern.search(simplified(after))
        if found is None:
            continue
        if not years:
            # The word stays: 年级班级数 is a measure of its own, beside 班级数.
            return _Slot(SlotKind.NUMBER, name, name, text, before + after, value, meaning, column)
        year = _year(value)
        rest = (before + after[found.end() :]).strip(" _-—的:：")
        return (
            None
            if year is None
            else _Slot(SlotKind.YEAR, name, "", text, rest, value, year, column)
        )
    year = _year(value) if len(value) == len("2024") else None
    if year is not None:
        rest = (before + after).strip(" _-—:：()（）")
        return _Slot(SlotKind.YEAR, "年", "", text, rest, value, year, column)
    return None


def _year(value: str) -> str | None:
    """Give the year that a number means; one of the Minguo calendar too."""
    if not value.isdecimal():
        return None
    number = int(value)
    if number in _LONG_AGO:
        number += MINGUO
    return str(number) if FIRST_YEAR <= number <= LAST_YEAR else None
