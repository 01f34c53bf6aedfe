"""Places, and the subjects that rules are about."""

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, overload

import numpy as np

from dabiao.schemas.border import Reference
from dabiao.schemas.coded import Coded
from dabiao.schemas.level import Level
from dabiao.schemas.naming import named
from dabiao.schemas.record import named_record, record

if TYPE_CHECKING:
    from pydantic import ValidationInfo


@named_record
class Place:
    """A place that rule packs speak of, by its GB/T 2260 code."""

    code: str
    name: str
    level: Level
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    """Other names that documents use for it."""


@named_record
class Subject:
    """One region, prefecture, county, township, school or class."""

    code: str
    name: str
    level: Level
    parents: tuple[str, ...] = ()
    """Codes of all the subjects above it that are known, highest first."""


@record
class ListedSubject:
    """A subject as the head of a run lists it.

    Attributes:
        code: Its code.
        level: Its level.
        name: Its name.
        parents: Codes of all the subjects above it that are known, highest first.
        called: What it is called among others, where that is more than its name: a class by its
            school too.
        years: The years in which it lies in these; empty where it is always so.
        former_codes: The codes that it had before by the roster (原代码), the latest first;
            what was submitted under them belongs to it.
    """

    code: str
    level: Level
    name: str
    parents: tuple[str, ...] = ()
    called: str | None = None
    years: tuple[int, ...] = ()
    former_codes: tuple[str, ...] = ()


class ListedSubjects(Sequence[ListedSubject]):
    """Subjects as columns, of whom there may be half a million: a record is made of whom one reads.

    Attributes:
        codes: The code of each.
        names: The name of each.
        rest: What else there is to say of each: a record without code and name.
    """

    __slots__ = ("codes", "names", "rest")

    def __init__(
        self, codes: Sequence[str], names: Sequence[str], rest: Coded[ListedSubject]
    ) -> None:
        self.codes = codes
        self.names = names
        self.rest = rest

    @classmethod
    def of(cls, records: Iterable[ListedSubject]) -> "ListedSubjects":
        """Take records apart; those that are columns already are returned."""
        if isinstance(records, ListedSubjects):
            return records
        codes: list[str] = []
        names: list[str] = []
        places: list[int] = []
        known: dict[tuple[object, ...], int] = {}
        rest: list[ListedSubject] = []
        for each in records:
            codes.append(each.code)
            names.append(each.name)
            said = each.level, each.parents, each.called, each.years, each.former_codes
            place = known.setdefault(said, len(rest))
            if place == len(rest):
                rest.append(_listed("", "", each))
            places.append(place)
        return cls(codes, names, Coded(rest, np.array(places, np.intp)))

    @classmethod
    def joined(cls, parts: "Sequence[ListedSubjects]") -> "ListedSubjects":
        """Put subjects behind one another."""
        codes = [code for part in parts for code in part.codes]
        names = [name for part in parts for name in part.names]
        return cls(codes, names, Coded.joined([part.rest for part in parts]))

    def __len__(self) -> int:
        """Count them."""
        return len(self.codes)

    @overload
    def __getitem__(self, at: int) -> ListedSubject: ...
    @overload
    def __getitem__(self, at: slice) -> "ListedSubjects": ...
    def __getitem__(self, at: int | slice) -> "ListedSubject | ListedSubjects":
        """Give one of them, or a stretch."""
        if isinstance(at, slice):
            return ListedSubjects(self.codes[at], self.names[at], self.rest[at])
        return _listed(self.codes[at], self.names[at], self.rest[at])

    def __iter__(self) -> Iterator[ListedSubject]:
        """Give them one by one."""
        return map(_listed, self.codes, self.names, self.rest)

    def __eq__(self, other: object) -> bool:
        """Tell whether others are the same, be they columns or records."""
        return isinstance(other, Sequence) and list(self) == list(other)

    def __hash__(self) -> int:
        """Give a number that is the same for all that are equal."""
        return hash(tuple(self))


def _listed(code: str, name: str, rest: ListedSubject) -> ListedSubject:
    return ListedSubject(
        code, rest.level, name, rest.parents, rest.called, rest.years, rest.former_codes
    )


def _judged(value: object, info: "ValidationInfo") -> Subject:
    if isinstance(value, Subject):
        return value
    level = getattr(info.data.get("by"), "level", None)
    ways: dict[int, Subject] = (
        named(info, "levels").get((level, value), {}) if isinstance(value, str) else {}
    )
    found = ways.get(info.data.get("figures", 0)) or ways.get(0)
    if found is None:
        raise ValueError(f"no {level} {value!r} stands among the subjects")
    return found


JudgedSubject = Annotated[
    Subject,
    Reference(
        attrgetter("code"),
        _judged,
        {"type": "string", "description": "Code of one of the subjects, of the level of the rule."},
    ),
]
"""The subject of a finding, which knows its rule and the year whose figures were judged."""
