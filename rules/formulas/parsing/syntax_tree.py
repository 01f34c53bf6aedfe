"""Formulas as written: a tree whose every node knows its place in the text."""

from enum import StrEnum
from typing import assert_never

from dabiao.rules.formulas.formula import Arithmetic, Relation
from dabiao.rules.formulas.functions import Function
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass

Spread = tuple[int, int]
"""First character of the text, and the one after the last."""


class Junction(StrEnum):
    """A word between two conditions."""

    AND = "and"
    OR = "or"


@dataclass(frozen=True, slots=True)
class Literal:
    """A number with what stood behind it.

    Attributes:
        known: Whether that is a customary unit, or none.
        magnified: Whether it was 万, 亿 or the like without a unit.
    """

    spread: Spread
    value: float
    unit: str
    known: bool = True
    magnified: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text in quotes."""

    spread: Spread
    value: str


@dataclass(frozen=True, slots=True)
class YesNo:
    """是 or 否."""

    spread: Spread
    value: bool


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a measure; without a slug it is a word that nobody has introduced."""

    spread: Spread
    slug: str | None


@dataclass(frozen=True, slots=True)
class LevelName:
    """The name of a level."""

    spread: Spread
    level: Level


@dataclass(frozen=True, slots=True)
class Member:
    """班级.班级人数: something of the subjects of a level; an unknown level is a ``Name``."""

    spread: Spread
    of: LevelName | Name
    operand: "Node"
    depth: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; None is a function that nobody knows."""

    spread: Spread
    at: Spread
    """Where its name stands."""
    function: Function | None
    arguments: tuple["Node", ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Minus:
    """A change of sign."""

    spread: Spread
    operand: "Node"
    depth: int


@dataclass(frozen=True, slots=True)
class Not:
    """非."""

    spread: Spread
    operand: "Node"
    depth: int


@dataclass(frozen=True, slots=True)
class Infix:
    """Two operands with an operator at ``at`` between them."""

    spread: Spread
    at: Spread
    operator: Arithmetic | Relation | Junction
    left: "Node"
    right: "Node"
    depth: int


@dataclass(frozen=True, slots=True)
class Chain:
    """1 < a < 2: more comparisons in a row than mean anything."""

    spread: Spread
    at: Spread
    operands: tuple["Node", ...]
    depth: int


Node = Literal | Quoted | YesNo | Name | LevelName | Member | Call | Minus | Not | Infix | Chain


def depth(node: Node) -> int:
    """Tell how many nodes lie on the longest way down from a node, itself included."""
    match node:
        case Literal() | Quoted() | YesNo() | Name() | LevelName():
            return 1
        case Member() | Call() | Minus() | Not() | Infix() | Chain():
            return node.depth
        case _:
            assert_never(node)


@dataclass(frozen=True, slots=True)
class Syntax:
    """A formula as written, and the tree it was read as."""

    text: str
    root: Node

    def snippet(self, spread: Spread) -> str:
        """Give the text of a place, shortened where it is long."""
        return shortened(self.text[spread[0] : spread[1]])


def shortened(text: str) -> str:
    """Keep a quoted piece of a formula to what a message has room for."""
    most = 40
    return text if len(text) <= most else text[: most - 1] + "…"
