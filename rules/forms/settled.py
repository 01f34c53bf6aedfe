"""Which conditions are settled by what is known of a subject, before it reports."""

from typing import assert_never

from dabiao.rules.forms.ground import Ground
from dabiao.rules.formulas.formula import (
    Above,
    Attainment,
    Below,
    Both,
    Calculation,
    Choice,
    Complies,
    Cumulative,
    Either,
    Formula,
    InYear,
    LiesIn,
    Measured,
    Negation,
    Number,
    Ranking,
    Ratio,
    Relates,
    Relation,
    Scale,
    SentIn,
    Text,
    Truth,
    Variation,
)
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class Settled:
    """Says of conditions whether they hold for a subject in a year, as far as anybody knows.

    Attributes:
        ground: Who lies in what, and what was reported before.
        year: The year.
    """

    ground: Ground
    year: int

    def holds(self, condition: Formula, code: str) -> bool | None:
        """Tell whether a condition holds; None where what it needs does not last."""
        match condition:
            case Relates(Relation.EQUAL | Relation.UNEQUAL as relation, left, right):
                one, other = self._said(left, code), self._said(right, code)
                if one is None or other is None:
                    return None
                return (one == other) is (relation is Relation.EQUAL)
            case Both(left, right):
                sides = {self.holds(left, code), self.holds(right, code)}
                return False if False in sides else None if None in sides else True
            case Either(left, right):
                sides = {self.holds(left, code), self.holds(right, code)}
                return True if True in sides else None if None in sides else False
            case Measured():
                said = self._said(condition, code)
                return said if isinstance(said, bool) else None
            case Negation(operand):
                inner = self.holds(operand, code)
                return None if inner is None else not inner
            case LiesIn(place):
                return self.ground.inside(code, place)
            case Above(level, operand):
                above = [
                    each for each in self.ground.above(code) if self.ground.level(each) is level
                ]
                return self.holds(operand, above[0]) if above else None
            case (
                Relates()
                | Truth()
                | Choice()
                | InYear()
                | Complies()
                | SentIn()
                | Number()
                | Text()
                | Scale()
                | Calculation()
                | Ratio()
                | Below()
                | Variation()
                | Ranking()
                | Cumulative()
                | Attainment()
            ):
                return None
            case _:
                assert_never(condition)

    def _said(self, part: Formula, code: str) -> str | bool | None:
        if isinstance(part, Text | Truth):
            return part.value
        if isinstance(part, Above):
            above = [
                each for each in self.ground.above(code) if self.ground.level(each) is part.level
            ]
            return self._said(part.operand, above[0]) if above else None
        if not isinstance(part, Measured):
            return None
        value = self.ground.past.lasts(code, part.slug, self.year)
        return value if isinstance(value, str | bool) else None

    def _above(self, code: str, level: Level) -> list[str]:
        return [each for each in self.ground.above(code) if self.ground.level(each) is level]
