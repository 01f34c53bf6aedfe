"""Random formulas: small, of every node, and full of boundary values.

Every tree is one that lint would pass: measures exist at the levels they are asked of, numbers
meet numbers and texts meet texts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TypeVar

from dabiao.rules.formulas import formula as f
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from tests.engine.dice import Dice

T = TypeVar("T")
Make = Callable[[], f.Formula]
Levels = tuple[Level, ...]

TRUTHS = (True, False)
OPTIONS = ("小学", "初中")
YEARS = (2020, 2021, 2022)
IN = ("150602", "150600", "150000", "152527")
EXTREMES = (-1.0, -45.5, 0.1, 0.2, 0.3, 0.15, 2.675, 1e15, 1e-5, 3e-7, 2.0**53 - 1, 2.0**53)
NEAR = (1.0, 1.0, 1 + 9e-10, 1 - 9e-10, 1 + 1.1e-9, 1 - 1.1e-9, 1 + 3e-16, -1.0)


@dataclass(frozen=True)
class Pen:
    """What a formula may be written with.

    Attributes:
        dice: Where chance comes from.
        vocabulary: The measures so far.
        ladder: The levels at which there are subjects.
        anchors: The numbers this example turns around.
        tags: Level and tag of the rules that may be rolled up.
        shares: Whether 达标率 may stand inside a larger formula.
        own: Whether a condition may look at a verdict on the subject itself.
    """

    dice: Dice
    vocabulary: Vocabulary
    ladder: Levels
    anchors: tuple[float, ...]
    tags: tuple[tuple[Level, str], ...] = ()
    shares: bool = False
    own: bool = True

    def one_of(self, *choices: T) -> T:
        """Choose; the first is the simplest."""
        return self.dice.one_of(choices)

    def chance(self, among: int) -> bool:
        """Say yes once in so many times."""
        return self.dice.one_of((*[False] * (among - 1), True))

    def number(self) -> float:
        """Take an anchor or its neighbour, a small number, or an extreme one."""
        kind = self.dice.whole(0, 9)
        if kind < 3:
            return float(self.dice.whole(0, 4))
        if kind < 8:
            return self.one_of(*self.anchors) * self.one_of(*NEAR)
        return self.one_of(*EXTREMES)

    def slugs(self, levels: Levels, *types: ItemType) -> list[str]:
        """List the measures of a type that exist at all of these levels."""
        found = self.vocabulary
        items = [slug for slug, one in found.items.items() if one.type in types]
        numbers = list(found.indicators) if ItemType.NUMBER in types else []
        return [
            slug
            for slug in (*items, *numbers)
            if all(found.exists_at(slug, level) for level in levels)
        ]

    def lower(self, levels: Levels) -> list[Level]:
        """List the levels below all of these; one with no subjects only now and then."""
        wanted = tuple(Level) if self.chance(12) else self.ladder
        return [level for level in wanted if level.rank > max(one.rank for one in levels)]


def numeric(pen: Pen, levels: Levels, depth: int, about: str | None = None) -> f.Formula:
    """Write a formula that gives a number at every one of these levels, with this node outermost.

    Without a node, or where it cannot stand, any that can; every fold and every calculation is one.
    """
    nodes = _numeric_nodes(pen, levels, depth)
    many = [name for name in nodes for _ in range(WEIGHTS.get(name, 1))]
    return nodes[about if about in nodes else pen.one_of(*many)]()


WEIGHTS = {"Measured": 8, "Attainment": 2, "Scale": 2, "Ratio": 2, "Choice": 2, "InYear": 4}
"""How often a node is written, where not once."""


def _numeric_nodes(  # noqa: C901 - one line per node
    pen: Pen, levels: Levels, depth: int
) -> dict[str, Make]:
    """List the nodes that can give a number, by the names of the census."""
    slugs = pen.slugs(levels, ItemType.INTEGER, ItemType.NUMBER)
    nodes: dict[str, Make] = {"Number": lambda: f.Number(pen.number())}
    if slugs:
        nodes["Measured"] = lambda: f.Measured(pen.one_of(*slugs))
    if depth == 0:
        return nodes

    def inner() -> f.Formula:
        return numeric(pen, levels, depth - 1)

    def in_year() -> f.Formula:
        if pen.one_of(*TRUTHS):
            return f.InYear(inner(), back=1)
        return f.InYear(inner(), year=pen.one_of(*YEARS, *YEARS, 1999))

    nodes |= {
        "Scale": lambda: f.Scale(inner(), pen.one_of(10000.0, 0.01, 100.0)),
        "Ratio": lambda: f.Ratio(inner(), inner()),
        "Choice": lambda: f.Choice(boolean(pen, levels, depth - 1), inner(), inner()),
        "InYear": in_year,
        "Cumulative": lambda: f.Cumulative(inner(), pen.one_of(2, 3)),
    }
    for operator in f.Arithmetic:
        nodes[named(operator)] = partial(_calculation, operator, inner)
    if lower := pen.lower(levels):
        for fold in f.Fold:
            nodes[named(fold)] = partial(_below, pen, fold, lower, depth - 1)
        nodes["Variation"] = lambda: f.Variation(
            level := pen.one_of(*lower),
            numeric(pen, (level,), depth - 1),
            numeric(pen, (level,), 0),
            boolean(pen, (level,), depth - 1) if pen.chance(3) else None,
        )
    if upper := [level for level in pen.ladder if level.rank < min(one.rank for one in levels)]:
        nodes["Above"] = lambda: f.Above(
            level := pen.one_of(*upper), numeric(pen, (level,), depth - 1)
        )
    nodes["Ranking"] = lambda: f.Ranking(inner(), pen.one_of(None, *upper))
    shares = [(level, tag) for level, tag in pen.tags if level in lower]
    if pen.shares and shares:
        nodes["Attainment"] = lambda: f.Attainment(*pen.one_of(*shares))
    return nodes


STAGED = "targets by year"
"""What the census calls a rule with a target for each of several years."""


def named(member: Enum) -> str:
    """Name a member with its set: ``Fold.SUM``."""
    return f"{type(member).__name__}.{member.name}"


def _calculation(operator: f.Arithmetic, inner: Make) -> f.Formula:
    if operator is f.Arithmetic.ROUND_UP:
        return f.Calculation(operator, inner(), f.Number(1.0))
    return f.Calculation(operator, inner(), inner())


def _below(pen: Pen, fold: f.Fold, lower: Sequence[Level], depth: int) -> f.Formula:
    """Fold the subjects of a lower level."""
    level = pen.one_of(*lower)
    bare = fold is f.Fold.COUNT or (fold is f.Fold.SHARE and pen.chance(2))
    operand = None if bare else numeric(pen, (level,), depth)
    wanted = fold is f.Fold.SHARE or pen.chance(2)
    condition = boolean(pen, (level,), depth) if wanted else None
    percent = pen.one_of(25.0, 50.0, 0.0, 100.0, 33.3) if fold is f.Fold.PERCENTILE else None
    return f.Below(fold, level, operand, condition, percent)


def boolean(pen: Pen, levels: Levels, depth: int, about: str | None = None) -> f.Formula:
    """Write a condition, with this node outermost."""
    plain = _plain_conditions(pen, levels, depth)
    nodes = plain if depth == 0 else plain | _joined_conditions(pen, levels, depth)
    if about in nodes:
        return nodes[about]()
    chosen = plain if depth == 0 or pen.chance(3) else nodes
    return chosen[pen.one_of(*chosen)]()


def _joined_conditions(pen: Pen, levels: Levels, depth: int) -> dict[str, Make]:
    """List what makes conditions of conditions."""

    def inner() -> f.Formula:
        return boolean(pen, levels, depth - 1)

    return {
        "Both": lambda: f.Both(inner(), inner()),
        "Either": lambda: f.Either(inner(), inner()),
        "Negation": lambda: f.Negation(inner()),
        "Choice": lambda: f.Choice(inner(), inner(), inner()),
        "InYear": lambda: f.InYear(inner(), back=1),
    }


def _plain_conditions(pen: Pen, levels: Levels, depth: int) -> dict[str, Make]:
    """List what a condition can say without 且, 或 and 非."""

    def equality() -> f.Relation:
        return pen.one_of(f.Relation.EQUAL, f.Relation.UNEQUAL)

    def relates(relation: f.Relation) -> f.Formula:
        amount = numeric(pen, levels, max(depth - 1, 0))
        return f.Relates(relation, amount, numeric(pen, levels, 0))

    # Of single rules only: the rule that is being made may carry any other tag itself.
    own = [each for each in pen.tags if (each[0],) == levels and "@r" in each[1]]
    plain: dict[str, Make] = {
        "LiesIn": lambda: f.LiesIn(pen.one_of(*IN)),
        **{named(relation): partial(relates, relation) for relation in f.Relation},
    }
    if pen.shares and pen.own and own:
        plain["Complies"] = lambda: f.Complies(*pen.one_of(*own), pen.one_of(*TRUTHS))
    plain["SentIn"] = lambda: f.SentIn(pen.one_of(*TRUTHS))
    if slugs := pen.slugs(levels, ItemType.BOOLEAN):
        truths = [f.Measured(slug) for slug in slugs]
        plain["Measured"] = lambda: pen.one_of(*truths)
        plain["Truth"] = lambda: f.Relates(
            equality(), pen.one_of(*truths), f.Truth(pen.one_of(*TRUTHS))
        )
    if slugs := pen.slugs(levels, ItemType.CATEGORY):
        texts = [f.Measured(slug) for slug in slugs]
        words = [f.Text(word) for word in (*OPTIONS, "高中")]
        plain["Text"] = lambda: f.Relates(equality(), pen.one_of(*texts), pen.one_of(*words))
        plain["texts"] = lambda: f.Relates(equality(), pen.one_of(*texts), pen.one_of(*texts))
    return plain
