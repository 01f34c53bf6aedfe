"""Places, and the subjects that rules are about."""

from operator import attrgetter
from typing import TYPE_CHECKING, Annotated

from dabiao.schemas.border import Reference
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
