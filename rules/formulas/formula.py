"""Formulas as data: the nodes that a parsed, checked formula is made of.

A formula is never executed as code. Names are resolved to slugs and every unit conversion is an
explicit ``Scale`` by the time a tree leaves ``checking``, so whoever evaluates a tree needs
neither the vocabulary nor a table of units.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeGuard, assert_never

from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass


class Arithmetic(StrEnum):
    """A calculation with two numbers."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "×"
    DIVIDE = "÷"
    LARGER = "larger"
    SMALLER = "smaller"
    ROUND_UP = "round_up"
    """The smallest multiple of the right side that is not less than the left."""


class Relation(StrEnum):
    """A comparison inside a formula."""

    EQUAL = "="
    UNEQUAL = "≠"
    LESS = "<"
    AT_MOST = "≤"
    MORE = ">"
    AT_LEAST = "≥"


class Fold(StrEnum):
    """How the subjects below become one number."""

    SUM = "sum"
    COUNT = "count"
    MEAN = "mean"
    MAXIMUM = "max"
    MINIMUM = "min"
    SHARE = "share"
    MEDIAN = "median"
    PERCENTILE = "percentile"


@dataclass(frozen=True, slots=True)
class Number:
    """A literal, already in the unit of its surroundings."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A literal text, compared with a category."""

    value: str


@dataclass(frozen=True, slots=True)
class Truth:
    """A literal 是 or 否, compared with a boolean."""

    value: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """The value of an item or indicator of the subject at hand."""

    slug: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A value times a constant: a unit conversion."""

    operand: "Formula"
    factor: float


@dataclass(frozen=True, slots=True)
class Calculation:
    """Two numbers made into one."""

    operator: Arithmetic
    left: "Formula"
    right: "Formula"


@dataclass(frozen=True, slots=True)
class Ratio:
    """比例: 100 × part ÷ whole."""

    part: "Formula"
    whole: "Formula"


@dataclass(frozen=True, slots=True)
class Relates:
    """A comparison of two numbers, two texts or two truth values (the latter only = and ≠)."""

    relation: Relation
    left: "Formula"
    right: "Formula"


@dataclass(frozen=True, slots=True)
class Both:
    """且."""

    left: "Formula"
    right: "Formula"


@dataclass(frozen=True, slots=True)
class Either:
    """或."""

    left: "Formula"
    right: "Formula"


@dataclass(frozen=True, slots=True)
class Negation:
    """非."""

    operand: "Formula"


@dataclass(frozen=True, slots=True)
class Choice:
    """若(condition, then, otherwise)."""

    condition: "Formula"
    then: "Formula"
    otherwise: "Formula"


@dataclass(frozen=True, slots=True)
class Below:
    """合计, 计数, 平均, 占比 and the like over the subjects below; operands speak of those.

    ``percent`` is how many % of them lie below a 百分位.
    """

    fold: Fold
    level: Level
    operand: "Formula | None"
    condition: "Formula | None"
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class Variation:
    """差异系数: the weighted coefficient of variation over the subjects below."""

    level: Level
    operand: "Formula"
    weight: "Formula"
    condition: "Formula | None" = None


@dataclass(frozen=True, slots=True)
class Above:
    """上级: the operand of the subject of a higher level that this one lies in."""

    level: Level
    operand: "Formula"


@dataclass(frozen=True, slots=True)
class Ranking:
    """名次: at which place a subject's value stands among those of its level, the largest first.

    ``within`` is the level of the subject above that they all lie in; None for all there are.
    """

    operand: "Formula"
    within: Level | None = None


@dataclass(frozen=True, slots=True)
class LiesIn:
    """位于: whether the subject is a place, or lies in it."""

    code: str


@dataclass(frozen=True, slots=True)
class InYear:
    """The operand in another year: an absolute one, or so many years back (上年 is 1 back)."""

    operand: "Formula"
    year: int | None = None
    back: int = 0


@dataclass(frozen=True, slots=True)
class Cumulative:
    """累计: the sum of the operand over the last years, the year judged included."""

    operand: "Formula"
    years: int


def times(formula: "Formula", factor: int) -> "Formula":
    """Take a formula so many times; of a number that is a number."""
    if isinstance(formula, Number):
        return Number(formula.value * factor)
    return Calculation(Arithmetic.MULTIPLY, formula, Number(float(factor)))


def years_when(condition: "Formula", years: int) -> Cumulative:
    """年数: in how many of the last years a condition holds, the year judged included."""
    return Cumulative(Choice(condition, Number(1.0), Number(0.0)), years)


def counts_years(formula: "Formula") -> TypeGuard[Cumulative]:
    """Tell whether a formula is 年数."""
    match formula:
        case Cumulative(Choice(_, Number(1.0), Number(0.0))):
            return True
        case _:
            return False


@dataclass(frozen=True, slots=True)
class Attainment:
    """达标率: share of the subjects below that comply with all rules of a tag."""

    level: Level
    tag: str


@dataclass(frozen=True, slots=True)
class Complies:
    """符合: whether a subject complies with all rules of a tag; 适用: whether any counts."""

    level: Level
    tag: str
    counts: bool = False


@dataclass(frozen=True, slots=True)
class SentIn:
    """已报: whether the subject reported anything in the year; 按时: whether by the due date."""

    in_time: bool = False


def sent_in_rate(level: Level, *, in_time: bool) -> Below:
    """报送率 and 按时率: of those below that exist, how many sent in their forms, in %."""
    return Below(Fold.SHARE, level, None, SentIn(in_time))


def counts_senders(formula: "Below | Variation") -> bool:
    """Tell whether an aggregate asks who sent in forms, so that only who was to do so counts."""
    return formula.condition is not None and _asks_who_sent(formula.condition)


def narrows(formula: "Below | Variation") -> bool:
    """Tell whether only those count for whom a condition holds: a share is one of all."""
    share = isinstance(formula, Below) and formula.fold is Fold.SHARE
    return formula.condition is not None and not share


def _asks_who_sent(condition: "Formula") -> bool:
    """Tell whether a condition asks it of the subjects themselves, not of some below or above."""
    if isinstance(condition, Below | Variation | Above):
        return False
    return isinstance(condition, SentIn) or any(map(_asks_who_sent, parts(condition)))


Formula = (
    Number
    | Text
    | Truth
    | Measured
    | Scale
    | Calculation
    | Ratio
    | Relates
    | Both
    | Either
    | Negation
    | Choice
    | Below
    | Variation
    | Above
    | Ranking
    | LiesIn
    | InYear
    | Cumulative
    | Attainment
    | Complies
    | SentIn
)


Plain = Number | Truth | Scale | Calculation | Ratio | Relates | Both | Either | Negation | Choice
"""Formulas that are worked out from what their parts come to, of the same subject and year."""
_LEAVES = frozenset([Number, Text, Truth, Measured, LiesIn, Attainment, Complies, SentIn])
"""Formulas that are made of no others."""
WANDERING = (InYear, Cumulative, Choice, Below, Variation, Above, Ranking)
"""Formulas whose parts are of other subjects or years, or not all needed."""


def parts(formula: Formula) -> tuple[Formula, ...]:
    """List the formulas a formula is directly made of, in the order they are read.

    Examples:
        >>> parts(Ratio(Measured("a"), Measured("b")))
        (Measured(slug='a'), Measured(slug='b'))
    """
    match formula:
        case Number() | Text() | Truth() | Measured() | LiesIn() | Attainment() | Complies():
            return ()
        case SentIn():
            return ()
        case Scale(operand) | Negation(operand) | InYear(operand) | Cumulative(operand):
            return (operand,)
        case Above(_, operand) | Ranking(operand):
            return (operand,)
        case Ratio(left, right) | Both(left, right) | Either(left, right):
            return (left, right)
        case Calculation(_, left, right) | Relates(_, left, right):
            return (left, right)
        case Choice(condition, then, otherwise):
            return (condition, then, otherwise)
        case Below(_, _, operand, condition):
            return tuple(part for part in (operand, condition) if part is not None)
        case Variation(_, operand, weight, condition):
            return (operand, weight) if condition is None else (operand, weight, condition)
        case _:
            assert_never(formula)


@dataclass(frozen=True, slots=True)
class Read:
    """A part of a formula, and where a formula looks for its value.

    Attributes:
        part: The part.
        year: The year whose value of it is looked at.
        level: Level of the subjects below, or of the one above, of whom it is looked at; None for
            the subject itself, and those of its level that it is ranked among.
    """

    part: Formula
    year: int
    level: Level | None = None


def reads(formula: Formula, year: int) -> tuple[Read, ...]:
    """List what a formula reads where it is evaluated in a year: which part, of whom, of when.

    All that follows formulas takes it from here, so that none of them can look in another year, or
    at another subject, than the value was taken from. An item or indicator reads nothing here: what
    it is made of stands in the vocabulary. A part that is read of several years is listed for each,
    the earliest first.

    Examples:
        >>> reads(InYear(Measured("a"), back=1), 2024)
        (Read(part=Measured(slug='a'), year=2023, level=None),)
        >>> [read.year for read in reads(Cumulative(Measured("a"), years=3), 2024)]
        [2022, 2023, 2024]
    """
    match formula:
        case Below(_, level) | Variation(level) | Above(level):
            return tuple(Read(part, year, level) for part in parts(formula))
        case InYear(operand, absolute, back):
            return (Read(operand, year - back if absolute is None else absolute),)
        case Cumulative(operand, years):
            return tuple(Read(operand, year - ago) for ago in reversed(range(years)))
        case (
            Number()
            | Text()
            | Truth()
            | Measured()
            | Scale()
            | Calculation()
            | Ratio()
            | Relates()
            | Both()
            | Either()
            | Negation()
            | Choice()
            | Ranking()
            | LiesIn()
            | Attainment()
            | Complies()
            | SentIn()
        ):
            return tuple(Read(part, year) for part in parts(formula))
        case _:
            assert_never(formula)


def flattened(formula: Formula, word: type[Both] | type[Either]) -> list[Formula]:
    """List what is strung together by 且 or by 或; a formula that is no such string alone.

    Examples:
        >>> flattened(Both(Both(Truth(True), Truth(False)), Number(1.0)), Both)
        [Truth(value=True), Truth(value=False), Number(value=1.0)]
    """
    if isinstance(formula, word):
        return flattened(formula.left, word) + flattened(formula.right, word)
    return [formula]


def walk(formula: Formula) -> Iterator[Formula]:
    """Yield a formula and everything inside it, outermost first."""
    waiting = [formula]
    while waiting:
        found = waiting.pop()
        yield found
        if type(found) not in _LEAVES:
            waiting.extend(reversed(parts(found)))
