"""Norms: what a rule demands, once its sentence has been read and checked."""

from enum import StrEnum
from typing import assert_never

from dabiao.rules.formulas.formula import (
    Arithmetic,
    Attainment,
    Calculation,
    Either,
    Formula,
    InYear,
    Number,
    Relates,
    Relation,
    Truth,
    flattened,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import NormRecord, Span

RELATIONS = {  # some of them: a range is two
    Comparator.AT_LEAST: Relation.AT_LEAST,
    Comparator.MORE_THAN: Relation.MORE,
    Comparator.AT_MOST: Relation.AT_MOST,
    Comparator.LESS_THAN: Relation.LESS,
    Comparator.EQUAL: Relation.EQUAL,
}
_COMPARATORS = {relation: comparator for comparator, relation in RELATIONS.items()}


class Direction(StrEnum):
    """Which way a change has to go."""

    RISE = "rise"
    FALL = "fall"


@dataclass(frozen=True, slots=True)
class Compares:
    """A value against one bound; texts and truth values only with ``EQUAL``."""

    value: Formula
    comparator: Comparator
    bound: Formula


@dataclass(frozen=True, slots=True)
class Within:
    """A value between two bounds, both included."""

    value: Formula
    low: Formula
    high: Formula


@dataclass(frozen=True, slots=True)
class Changes:
    """A change over time of at least ``least``.

    Attributes:
        value: The measure that changes.
        direction: Rise or fall.
        span: Over which time.
        least: The smallest change that complies, in the measure's unit, or in % if ``relative``.
        relative: Whether the change is counted in % of the earlier value.
        since: The earlier year, for ``Span.SINCE``.
        strict: Whether ``least`` itself does not comply: 应逐年提高 asks for more than nothing.
    """

    value: Formula
    direction: Direction
    span: Span
    least: float
    relative: bool = False
    since: int | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class AllComply:
    """Every subject below complies with every rule of a tag."""

    level: Level
    tag: str


@dataclass(frozen=True, slots=True)
class EachComplies:
    """Each subject below complies with some of the rules of a tag, and nearly with the rest.

    Attributes:
        count: How many rules it must comply with.
        floor: Share of the standard the others must reach, in %; None leaves them free.
    """

    level: Level
    tag: str
    count: int
    floor: float | None


Norm = Compares | Within | Changes | AllComply | EachComplies


def formulas(norm: Norm) -> tuple[Formula, ...]:
    """List the formulas of a norm, the value first."""
    match norm:
        case Compares(value, _, bound):
            return (value, bound)
        case Within(value, low, high):
            return (value, low, high)
        case Changes(value):
            return (value,)
        case AllComply() | EachComplies():
            return ()
        case _:
            assert_never(norm)


def options(norm: Norm) -> tuple[Relates, ...]:
    """List the relations any of which is enough (或), where a norm is about such a choice."""
    found = flattened(norm.value, Either) if isinstance(norm, Compares) else []
    known = [each for each in found if isinstance(each, Relates)]
    return tuple(known) if len(known) == len(found) > 1 else ()


def relation(norm: Norm) -> Relates | None:
    """Write a norm as a relation that holds where it is kept, if it is one."""
    match norm:
        case Compares(value, comparator, bound):
            return Relates(RELATIONS[comparator], value, bound)
        case Changes(relative=False, span=Span.SINCE | Span.YEAR):
            before = InYear(norm.value, norm.since, 0 if norm.since is not None else 1)
            sides = (norm.value, before)
            later, earlier = sides if norm.direction is Direction.RISE else sides[::-1]
            moved = Calculation(Arithmetic.SUBTRACT, later, earlier)
            asked = Relation.MORE if norm.strict else Relation.AT_LEAST
            return Relates(asked, moved, Number(float(norm.least)))
        case Changes() | Within() | AllComply() | EachComplies():
            return None
        case _:
            assert_never(norm)


def alternatives(norm: Norm, record: NormRecord) -> tuple[Compares | Changes, ...]:
    """Give the demands of a sentence with 或, each as it is alone; none for other norms."""
    known = options(norm)
    wanted = isinstance(norm, Compares) and norm.bound == Truth(value=True)
    said = all(each.relation in _COMPARATORS for each in known)
    if len(known) != len(record.options) or not wanted or not said:
        return ()
    return tuple(_alone(each, told.kind) for each, told in zip(known, record.options, strict=True))


def _alone(said: Relates, kind: str) -> Compares | Changes:
    moved, least = said.left, said.right
    direction = next((each for each in Direction if kind.startswith(f"{each.value}-")), None)
    if direction is None or not isinstance(moved, Calculation) or not isinstance(least, Number):
        return Compares(said.left, _COMPARATORS[said.relation], said.right)
    rises = direction is Direction.RISE
    later, earlier = (moved.left, moved.right) if rises else (moved.right, moved.left)
    since = earlier.year if isinstance(earlier, InYear) else None
    span = Span.YEAR if since is None else Span.SINCE
    strict = said.relation is Relation.MORE
    return Changes(later, direction, span, least.value, since=since, strict=strict)


def rolls_up(norm: Norm) -> tuple[Level, str] | None:
    """Tell which findings below a norm is about, as level and tag, or None."""
    match norm:
        case AllComply(level, tag) | EachComplies(level, tag):
            return level, tag
        case Compares(value=Attainment(level, tag)) | Within(value=Attainment(level, tag)):
            return level, tag
        case Compares() | Within() | Changes():
            return None
        case _:
            assert_never(norm)


__all__ = [
    "RELATIONS",
    "AllComply",
    "Changes",
    "Compares",
    "Direction",
    "EachComplies",
    "Norm",
    "Span",
    "Within",
    "alternatives",
    "formulas",
    "options",
    "relation",
    "rolls_up",
]
