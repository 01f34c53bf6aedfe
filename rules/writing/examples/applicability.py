"""Whom a condition takes in: values with which it holds, and values with which it just does not.

Of two conditions joined by 且 each is left alone in turn, so that a rule without the other, or with
或 in its place, is told apart; of two joined by 或 each is shown to be enough.
"""

from collections.abc import Iterator
from typing import assert_never

from dabiao.rules.formulas.formula import (
    Both,
    Either,
    Formula,
    Measured,
    Negation,
    Number,
    Relates,
    Relation,
    Text,
    Truth,
    walk,
)
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.writing.examples.boundary import can_be, smallest_step
from dabiao.schemas.record import dataclass

ExampleValue = str | bool | float
"""A value of a category, a boolean or a number."""
ExampleValues = dict[str, ExampleValue]
"""Values of a subject, by slug."""
_Sides = tuple[list[ExampleValues], list[ExampleValues]]
"""Values with which a condition holds, and with which it does not."""


@dataclass(frozen=True, slots=True)
class Applicability:
    """Values that show whom a condition takes in.

    Attributes:
        condition: The condition.
        holding: With these it holds, as far as it asks for categories, booleans and numbers.
        also: With each of these it holds too, by another of its parts or at its other end.
        outside: With each of these it does not hold, and all but one of its parts do.
    """

    condition: Formula | None
    holding: ExampleValues
    also: tuple[ExampleValues, ...] = ()
    outside: tuple[ExampleValues, ...] = ()

    def holds(self, values: ExampleValues) -> bool:
        """Tell whether the condition is sure to hold with some values."""
        return self.condition is None or _truth(self.condition, values) is True


def applicability(condition: Formula | None, vocabulary: Vocabulary) -> Applicability:
    """Find values on both sides of a condition."""
    if condition is None:
        return Applicability(None, {})
    said = {
        part.right.value
        for part in walk(condition)
        if isinstance(part, Relates) and isinstance(part.right, Text)
    }
    finder = _Finder(vocabulary, frozenset(said))
    holds, fails = finder.sides(condition)
    known = [each for each in _once(holds) if _truth(condition, each) is True]
    plainest = known[0] if known else (holds[0] if holds else {})
    asked = dict.fromkeys(part.slug for part in walk(condition) if isinstance(part, Measured))
    first = {slug: plainest[slug] for slug in asked if slug in plainest}
    outside = [{**first, **each} for each in fails]
    told = tuple(each for each in _once(outside) if _truth(condition, each) is False)
    return Applicability(condition, first, tuple({**first, **each} for each in known[1:]), told)


def _once(values: list[ExampleValues]) -> Iterator[ExampleValues]:
    seen: list[ExampleValues] = []
    for each in values:
        if each not in seen:
            seen.append(each)
            yield each


@dataclass(frozen=True, slots=True)
class _Finder:
    vocabulary: Vocabulary
    said: frozenset[str]

    def sides(self, condition: Formula) -> _Sides:
        """Give values with which a condition holds, the plainest first, and such that it fails.

        Where nothing is known of a part, it is taken to hold with nothing said.
        """
        match condition:
            case Both(left, right):
                return self._both(self.sides(left), self.sides(right))
            case Either(left, right):
                one, other = self.sides(left), self.sides(right)
                fails, holds = self._both((one[1], one[0]), (other[1], other[0]))
                return holds, fails
            case Negation(operand):
                holds, fails = self.sides(operand)
                return fails, holds
            case Measured(slug):
                return [{slug: True}], [{slug: False}]
            case Relates(relation, Measured(slug), Truth(value)):
                return _turned(relation, [{slug: value}], [{slug: not value}])
            case Relates(relation, Measured(slug), Text(value)):
                item = self.vocabulary.items.get(slug)
                others = [each for each in item.options if each != value] if item else []
                others.sort(key=self.said.__contains__)
                unequal: list[ExampleValues] = [{slug: each} for each in others[:1]]
                return _turned(relation, [{slug: value}], unequal)
            case Relates(relation, Measured(slug), Number(value)):
                return self._numbers(relation, slug, value)
        return [{}], []

    @staticmethod
    def _both(
        one: _Sides,
        other: _Sides,
    ) -> _Sides:
        """Join two parts that both have to hold; what fails fails by one of them alone."""
        (first, *more), (second, *others) = one[0] or [{}], other[0] or [{}]
        if not (one[0] and other[0]):
            return [], [*one[1], *other[1]]
        holds = [{**second, **first}, {**first, **second}]
        holds += [{**second, **each} for each in more] + [{**first, **each} for each in others]
        fails = [{**second, **each} for each in one[1]] + [{**first, **each} for each in other[1]]
        return holds, fails

    def _numbers(self, relation: Relation, slug: str, value: float) -> _Sides:
        step = smallest_step(self.vocabulary.items.get(slug), value)
        below, above = value - step, value + step
        sides: tuple[list[float], list[float]]
        match relation:
            case Relation.AT_LEAST:
                sides = [value], [below]
            case Relation.MORE:
                sides = [above], [value]
            case Relation.AT_MOST:
                sides = [value], [above]
            case Relation.LESS:
                sides = [below], [value]
            case Relation.EQUAL:
                sides = [value], [below, above]
            case Relation.UNEQUAL:
                sides = [above, below], [value]
            case _:
                assert_never(relation)
        holds, fails = sides
        return self._possible(slug, holds), self._possible(slug, fails)

    def _possible(self, slug: str, numbers: list[float]) -> list[ExampleValues]:
        item = self.vocabulary.items.get(slug)
        return [{slug: number} for number in numbers if can_be(item, number)]


def _turned(relation: Relation, equal: list[ExampleValues], unequal: list[ExampleValues]) -> _Sides:
    return (unequal, equal) if relation is Relation.UNEQUAL else (equal, unequal)


def _truth(condition: Formula, values: ExampleValues) -> bool | None:
    """Tell whether a condition holds with some values; None where they do not decide it."""
    match condition:
        case Both(left, right):
            sides = {_truth(left, values), _truth(right, values)}
            return False if False in sides else None if None in sides else True
        case Either(left, right):
            sides = {_truth(left, values), _truth(right, values)}
            return True if True in sides else None if None in sides else False
        case Negation(operand):
            inner = _truth(operand, values)
            return None if inner is None else not inner
        case Measured(slug):
            said = values.get(slug)
            return said if isinstance(said, bool) else None
        case Relates(relation, Measured(slug), Text(value) | Truth(value) | Number(value)):
            return _compared(relation, values.get(slug), value)
    return None


def _compared(relation: Relation, value: ExampleValue | None, bound: ExampleValue) -> bool | None:
    if value is None:
        return None
    if relation in (Relation.EQUAL, Relation.UNEQUAL):
        return (value == bound) is (relation is Relation.EQUAL)
    if isinstance(value, str) or isinstance(bound, str):
        return None
    match relation:
        case Relation.AT_LEAST:
            return value >= bound
        case Relation.MORE:
            return value > bound
        case Relation.AT_MOST:
            return value <= bound
        case Relation.LESS:
            return value < bound
        case _:
            assert_never(relation)
