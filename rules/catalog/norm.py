"""Norms: what a rule demands, once its sentence has been read and checked."""

from enum import StrEnum
from typing import assert_never

from dabiao.rules.formulas.formula import Attainment, Either, Formula, Relates, flattened
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import Span


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
    "AllComply",
    "Changes",
    "Compares",
    "Direction",
    "EachComplies",
    "Norm",
    "Span",
    "Within",
    "formulas",
    "options",
    "rolls_up",
]
