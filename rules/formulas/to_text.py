"""From a checked formula back to its text, in the language spoken now."""

from typing import assert_never

from dabiao.rules.formulas.formula import (
    WANDERING,
    Above,
    Arithmetic,
    Attainment,
    Below,
    Both,
    Calculation,
    Choice,
    Complies,
    Cumulative,
    Either,
    Fold,
    Formula,
    InYear,
    LiesIn,
    Measured,
    Negation,
    Number,
    Ranking,
    Ratio,
    Relates,
    Scale,
    SentIn,
    Text,
    Truth,
    Variation,
    walk,
)
from dabiao.rules.formulas.functions import Function
from dabiao.rules.formulas.in_words import in_words
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.unit import PER_ONE, is_known

# How tightly each form binds, as in formula.lark.
_OR, _AND, _NOT, _COMPARES, _ADDS, _MULTIPLIES, _SIGNED, _ATOM = range(8)
_SIGNS: dict[Arithmetic, tuple[str, int] | Function] = {
    Arithmetic.ADD: ("+", _ADDS),
    Arithmetic.SUBTRACT: ("−", _ADDS),
    Arithmetic.MULTIPLY: ("×", _MULTIPLIES),
    Arithmetic.DIVIDE: ("÷", _MULTIPLIES),
    Arithmetic.LARGER: Function.LARGER,
    Arithmetic.SMALLER: Function.SMALLER,
    Arithmetic.ROUND_UP: Function.ROUND_UP,
}
_PLAIN = 1e15
"""From here on numbers are written with an exponent."""


def render(formula: Formula, vocabulary: Vocabulary) -> str:
    """Write a formula as a policy writer would.

    Read and checked again, the text gives the same formula, unless that contains a ``Scale`` (shown
    as the multiplication it is) or multiplies by a literal that had a unit.

    Examples:
        >>> render(Ratio(Number(1.0), Number(4.0)), Vocabulary({}, {}, {}, {}))
        '比例(1, 4)'
    """
    return _Writer(vocabulary).write(formula, _OR)


def marked(formula: Formula, vocabulary: Vocabulary) -> str:
    """Write a formula with ``{slug}`` for each measure, so that values can stand there too.

    Where a part of it is of other subjects or years, or not always needed, it is put into words.
    """
    if any(isinstance(part, WANDERING) for part in walk(formula)):
        return in_words(formula, vocabulary)
    return _Marker(vocabulary).write(formula, _OR)


class _Writer:
    """Writes formulas with as few brackets as their reading allows."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def write(self, formula: Formula, least: int) -> str:
        """Write a formula, in brackets if it binds more loosely than ``least``."""
        text, binds = self._form(formula)
        return text if binds >= least else f"({text})"

    def _form(self, formula: Formula) -> tuple[str, int]:  # noqa: C901, PLR0912 - one case per form
        """Write a formula and tell how tightly it binds."""
        match formula:
            case Number(value):
                return _number(value), _SIGNED if value < 0 else _ATOM
            case Text(value):
                return _quoted(value), _ATOM
            case Truth(value):
                return (say("是", "yes") if value else say("否", "no")), _ATOM
            case Measured(slug):
                return self._name(slug), _ATOM
            case Scale(operand, factor):
                return self._scale(operand, factor)
            case Calculation(operator, left, right):
                written = _SIGNS[operator]
                if operator is Arithmetic.ROUND_UP and right == Number(1.0):
                    return self._given(Function.ROUND_UP, left), _ATOM
                if isinstance(written, Function):
                    return self._given(written, left, right), _ATOM
                sign, binds = written
                sides = self.write(left, binds), self.write(right, binds + 1)
                return f"{sides[0]} {sign} {sides[1]}", binds
            case Relates(relation, left, right):
                first, second = self._sides(left, right)
                return f"{first} {relation.value} {second}", _COMPARES
            case Both(left, right):
                word = say("且", "and")
                return f"{self.write(left, _AND)} {word} {self.write(right, _NOT)}", _AND
            case Either(left, right):
                word = say("或", "or")
                return f"{self.write(left, _OR)} {word} {self.write(right, _AND)}", _OR
            case Negation(operand):
                return f"{say('非', 'not')} {self.write(operand, _NOT)}", _NOT
            case LiesIn(code):
                return self._given(Function.LIES_IN, _quoted(code)), _ATOM
            case SentIn(in_time):
                return self._given(Function.SENT_IN_TIME if in_time else Function.SENT_IN), _ATOM
            case Complies(_, tag, counts):
                asked = Function.COUNTS if counts else Function.COMPLIES
                return self._given(asked, _tagged(tag)), _ATOM
            case Ratio() | Choice() | Below() | Variation() | InYear() | Cumulative():
                return self._call(formula), _ATOM
            case Above() | Ranking() | Attainment():
                return self._call(formula), _ATOM
            case _:
                assert_never(formula)

    def _scale(self, operand: Formula, factor: float) -> tuple[str, int]:
        sign, number = ("×", factor) if factor >= 1 else ("÷", float(f"{1 / factor:.12g}"))
        return f"{self.write(operand, _MULTIPLIES)} {sign} {_number(number)}", _MULTIPLIES

    def _sides(self, left: Formula, right: Formula) -> tuple[str, str]:
        """Write two compared values, a literal beside a measure with the measure's unit."""
        first, second = self.write(left, _ADDS), self.write(right, _ADDS)
        if isinstance(right, Number):
            second += self._unit(left)
        elif isinstance(left, Number):
            first += self._unit(right)
        return first, second

    def _unit(self, formula: Formula) -> str:
        if not isinstance(formula, Measured):
            return ""
        text = self.vocabulary.measure(formula.slug).unit
        # Only what will be read as a unit again: a name in it would be taken for a measure.
        words = text.split("/")
        named = any(word in self.vocabulary.names for word in words)
        plain = is_known(text) and text != PER_ONE and not named
        return text if plain else ""

    def _name(self, slug: str) -> str:
        """Give the name in the language spoken, provided that it leads back to the slug."""
        measure = self.vocabulary.measure(slug)
        name = say(measure.name, measure.english or slug)
        return name if self.vocabulary.names.get(name) == slug else slug

    def _call(  # noqa: C901, PLR0912 - one case per form
        self,
        formula: Ratio
        | Choice
        | Below
        | Variation
        | Above
        | Ranking
        | InYear
        | Cumulative
        | Attainment,
    ) -> str:
        match formula:
            case Ratio(part, whole):
                return self._given(Function.RATIO, part, whole)
            case Choice(condition, then, otherwise):
                return self._given(Function.IF, condition, then, otherwise)
            case Below(Fold.SHARE, level, None, SentIn(in_time)):
                rate = Function.ON_TIME_RATE if in_time else Function.SENT_IN_RATE
                return self._given(rate, level.label)
            case Below(fold, level, operand, condition, percent):
                share = () if percent is None else (_number(percent),)
                rest = () if condition is None else (condition,)
                of = self._below(level, operand)
                return self._given(Function(fold.value), of, *share, *rest)
            case Variation(level, operand, weight, condition):
                rest = () if condition is None else (condition,)
                return self._given(Function.VARIATION, level.label, operand, weight, *rest)
            case Above(level, operand):
                return self._given(Function.ABOVE, self._below(level, operand))
            case Ranking(operand, within):
                among = () if within is None else (within.label,)
                return self._given(Function.RANKING, operand, *among)
            case InYear(operand, None, back):
                text = self.write(operand, _OR)
                for _ in range(back):
                    text = f"{Function.PREVIOUS.label}({text})"
                return text
            case InYear(operand, year):
                return self._given(Function.IN_YEAR, operand, str(year))
            case Cumulative(Choice(condition, Number(1.0), Number(0.0)), years):
                return self._given(Function.YEARS_WHEN, condition, say(f"{years}年", str(years)))
            case Cumulative(operand, years):
                return self._given(Function.CUMULATIVE, operand, say(f"{years}年", str(years)))
            case Attainment(level, tag):
                return self._given(Function.ATTAINMENT, f'"{level.label}"', _tagged(tag))
            case _:
                assert_never(formula)

    def _below(self, level: Level, operand: Formula | None) -> str:
        return level.label if operand is None else f"{level.label}.{self.write(operand, _ATOM)}"

    def _given(self, function: Function, *arguments: Formula | str) -> str:
        texts = [each if isinstance(each, str) else self.write(each, _OR) for each in arguments]
        return f"{function.label}({', '.join(texts)})"


class _Marker(_Writer):
    """Writes a mark for each measure."""

    def _name(self, slug: str) -> str:
        return f"{{{slug}}}"


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < _PLAIN else repr(value)


def _tagged(tag: str) -> str:
    """Write a tag; that of another document has its @ behind that document's name."""
    return _quoted(tag if "@" in tag else f"@{tag}")


def _quoted(text: str) -> str:
    return f'"{text}"' if not any(quote in text for quote in '"“”') else f"「{text}」"
