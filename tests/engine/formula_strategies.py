"""Random formulas: small, of every node, and full of boundary values.

Every tree is one that lint would pass: measures exist at the levels they are asked of, numbers
meet numbers and texts meet texts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st

from dabiao.rules.formulas import formula as f
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType

T = TypeVar("T")
Make = Callable[[], f.Formula]
Levels = tuple[Level, ...]

TRUTHS = (True, False)
OPTIONS = ("小学", "初中")
YEARS = (2020, 2021, 2022)
EXTREMES = (-1.0, -45.5, 0.1, 0.2, 0.3, 0.15, 2.675, 1e15, 1e-5, 3e-7, 2.0**53 - 1, 2.0**53)
NEAR = (1.0, 1.0, 1 + 9e-10, 1 - 9e-10, 1 + 1.1e-9, 1 - 1.1e-9, 1 + 3e-16, -1.0)
RELATIONS = tuple(f.Relation)


@dataclass(frozen=True)
class Pen:
    """What a formula may be written with.

    Attributes:
        draw: Hypothesis.
        vocabulary: The measures so far.
        ladder: The levels at which there are subjects.
        anchors: The numbers this example turns around.
        tags: Level and tag of the rules that may be rolled up.
        shares: Whether 达标率 may stand inside a larger formula.
    """

    draw: st.DrawFn
    vocabulary: Vocabulary
    ladder: Levels
    anchors: tuple[float, ...]
    tags: tuple[tuple[Level, str], ...] = ()
    shares: bool = False

    def one_of(self, *choices: T) -> T:
        """Choose; the first is the simplest."""
        return self.draw(st.sampled_from(choices))

    def chance(self, among: int) -> bool:
        """Say yes once in so many times."""
        return self.one_of(*[False] * (among - 1), *[True])

    def number(self) -> float:
        """Take an anchor or its neighbour, a small number, or an extreme one."""
        kind = self.draw(st.integers(0, 9))
        if kind < 3:
            return float(self.draw(st.integers(0, 4)))
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


def numeric(pen: Pen, levels: Levels, depth: int) -> f.Formula:
    """Write a formula that gives a number at every one of these levels."""
    slugs = pen.slugs(levels, ItemType.INTEGER, ItemType.NUMBER)
    leaves: list[Make] = [lambda: f.Number(pen.number())]
    if slugs:
        leaves += [lambda: f.Measured(pen.one_of(*slugs))] * 4
    if depth == 0:
        return pen.one_of(*leaves)()

    def inner() -> f.Formula:
        return numeric(pen, levels, depth - 1)

    nodes: list[Make] = [
        *leaves,
        lambda: f.Scale(inner(), pen.one_of(10000.0, 0.01, 100.0)),
        lambda: f.Calculation(pen.one_of(*f.Arithmetic), inner(), inner()),
        lambda: f.Ratio(inner(), inner()),
        lambda: f.Choice(boolean(pen, levels, depth - 1), inner(), inner()),
        lambda: f.InYear(inner(), back=1),
        lambda: f.InYear(inner(), year=pen.one_of(*YEARS, *YEARS, 1999)),
        lambda: f.Cumulative(inner(), pen.one_of(2, 3)),
    ]
    if lower := pen.lower(levels):
        nodes += [lambda: below(pen, pen.one_of(*lower), depth - 1)] * 4
        nodes.append(lambda: variation(pen, pen.one_of(*lower), depth - 1))
    shares = [(level, tag) for level, tag in pen.tags if level in lower]
    if pen.shares and shares:
        nodes += [lambda: f.Attainment(*pen.one_of(*shares))] * 2
    return pen.one_of(*nodes)()


def below(pen: Pen, level: Level, depth: int) -> f.Formula:
    """Fold the subjects of a lower level."""
    fold = pen.one_of(*f.Fold)
    bare = fold is f.Fold.COUNT or (fold is f.Fold.SHARE and pen.chance(2))
    operand = None if bare else numeric(pen, (level,), depth)
    wanted = fold is f.Fold.SHARE or pen.chance(2)
    return f.Below(fold, level, operand, boolean(pen, (level,), depth) if wanted else None)


def variation(pen: Pen, level: Level, depth: int) -> f.Formula:
    """Write a 差异系数."""
    return f.Variation(level, numeric(pen, (level,), depth), numeric(pen, (level,), 0))


def boolean(pen: Pen, levels: Levels, depth: int) -> f.Formula:
    """Write a condition."""
    if depth == 0 or pen.chance(3):
        return pen.one_of(*_plain_conditions(pen, levels, depth))()

    def inner() -> f.Formula:
        return boolean(pen, levels, depth - 1)

    nodes: list[Make] = [
        lambda: f.Both(inner(), inner()),
        lambda: f.Either(inner(), inner()),
        lambda: f.Negation(inner()),
        lambda: f.Choice(inner(), inner(), inner()),
        lambda: f.InYear(inner(), back=1),
    ]
    return pen.one_of(*nodes)()


def _plain_conditions(pen: Pen, levels: Levels, depth: int) -> list[Make]:
    """List what a condition can say without 且, 或 and 非."""

    def equality() -> f.Relation:
        return pen.one_of(f.Relation.EQUAL, f.Relation.UNEQUAL)

    def amount() -> f.Formula:
        return numeric(pen, levels, max(depth - 1, 0))

    plain: list[Make] = [
        lambda: f.Relates(pen.one_of(*RELATIONS), amount(), numeric(pen, levels, 0))
    ] * 2
    if slugs := pen.slugs(levels, ItemType.BOOLEAN):
        truths = [f.Measured(slug) for slug in slugs]
        plain.append(lambda: pen.one_of(*truths))
        plain.append(
            lambda: f.Relates(equality(), pen.one_of(*truths), f.Truth(pen.one_of(*TRUTHS)))
        )
    if slugs := pen.slugs(levels, ItemType.CATEGORY):
        texts = [f.Measured(slug) for slug in slugs]
        words = [f.Text(word) for word in (*OPTIONS, "高中")]
        plain.append(lambda: f.Relates(equality(), pen.one_of(*texts), pen.one_of(*words)))
        plain.append(lambda: f.Relates(equality(), pen.one_of(*texts), pen.one_of(*texts)))
    return plain
