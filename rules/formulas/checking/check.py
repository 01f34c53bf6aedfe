"""From the tree of a formula to what it means: names, kinds, levels and units all checked.

Every fault is reported, not only the first: a part that is wrong counts as unknown, and nothing
further is said about what depends on it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import ParamSpec, TypeVar, assert_never

from dabiao.rules.formulas.checking.check_call import check_call
from dabiao.rules.formulas.checking.remarks import bare_number
from dabiao.rules.formulas.checking.typed import (
    Typed,
    ValueKind,
    align,
    in_unit,
    not_a_condition,
    not_a_number,
)
from dabiao.rules.formulas.checking.units import add, divide, multiply, negate, paired
from dabiao.rules.formulas.error import FormulaError, FormulaFault
from dabiao.rules.formulas.formula import (
    Arithmetic,
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
from dabiao.rules.formulas.parsing.lexicon import fold
from dabiao.rules.formulas.parsing.syntax_tree import (
    Call,
    Chain,
    Infix,
    Junction,
    LevelName,
    Literal,
    Member,
    Minus,
    Name,
    Node,
    Not,
    Quoted,
    Spread,
    Syntax,
    YesNo,
)
from dabiao.rules.formulas.parsing.unknown_words import unknown_name, worded
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType, Measure
from dabiao.schemas.unit import POINTS, is_known, is_percent, is_points, parted, unit, unit_words

__all__ = ["Typed", "ValueKind", "align", "check", "in_unit", "uses"]

_P = ParamSpec("_P")
_R = TypeVar("_R")
_KINDS = {
    ItemType.BOOLEAN: ValueKind.TRUTH,
    ItemType.CATEGORY: ValueKind.TEXT,
    ItemType.INTEGER: ValueKind.NUMBER,
    ItemType.NUMBER: ValueKind.NUMBER,
}
# Sizes of units beyond these cannot be multiplied safely; no customary unit comes near.
_LEAST, _MOST = 1e-50, 1e50


def check(
    syntax: Syntax,
    vocabulary: Vocabulary,
    level: Level,
    remark: Callable[[FormulaFault], None] | None = None,
) -> Typed:
    """Work out what a formula means for the subjects of a level.

    Names become slugs and every conversion between units a ``Scale``.

    Args:
        syntax: The formula, as ``parse`` read it.
        vocabulary: The measures it may speak of; their own formulas are not needed.
        level: Level of the subjects it is about.
        remark: Called with what is no fault, but better said: numbers without a unit.

    Raises:
        FormulaError: It doesn't mean anything; carries every fault found.
    """
    checker = Checker(syntax, vocabulary)
    checked = checker.value(syntax.root, level)
    if checked is None or checker.faults:
        raise FormulaError(checker.faults)
    if remark is not None:
        for each in checker.remarks:
            remark(each)
    return checked


def uses(formula: Formula) -> frozenset[str]:
    """Give the slugs of all measures that a formula reads, at whatever level and year.

    Examples:
        >>> sorted(uses(Both(Measured("a"), Negation(Measured("b")))))
        ['a', 'b']
    """
    return frozenset(part.slug for part in walk(formula) if isinstance(part, Measured))


class Checker:
    """Checks one formula; every method gives None where it reported why there is no answer."""

    def __init__(self, syntax: Syntax, vocabulary: Vocabulary) -> None:
        """Start without faults."""
        self.syntax, self.vocabulary = syntax, vocabulary
        self.faults: list[FormulaFault] = []
        self.remarks: list[FormulaFault] = []

    def report(self, spread: Spread, code: str, message: str, hint: str | None = None) -> None:
        """Report a fault at a place of the formula."""
        self.faults.append(FormulaFault(spread[0], spread[1] - spread[0], code, message, hint))

    def attempt(self, make: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R | None:
        """Make something of checked parts, or report why that can't be."""
        try:
            return make(*args, **kwargs)
        except FormulaError as error:
            self.faults.extend(error.faults)
            return None

    def together(self, make: Callable[[Typed, Typed], _R], one: Typed, other: Typed) -> _R | None:
        """Bring two parts into one unit, and remark where one has none of its own."""
        made = self.attempt(make, one, other)
        if made is not None:
            self._remark(one, other.unit_text)
            self._remark(other, one.unit_text)
        return made

    def _remark(self, bare: Typed, unit_text: str) -> None:
        """Remark on a number that could be meant in another size: 100元 beside 万元, 50% as 0.5."""
        sized = parted(unit_text)[0] or is_percent(unit_text) or is_points(unit_text)
        if bare.unit is None and bare.constant != 0 and sized:
            self.remarks.append(bare_number(bare.text, unit_text, bare.spread))

    def value(self, node: Node, level: Level) -> Typed | None:
        """Check a node, whatever kind it is of."""
        checked = self._value(node, level)
        if checked is None:
            return None
        return replace(checked, spread=node.spread, text=self.syntax.snippet(node.spread))

    def number(self, node: Node, level: Level) -> Typed | None:
        """Check a node that must yield a number."""
        checked = self.value(node, level)
        if checked is None or checked.kind is ValueKind.NUMBER:
            return checked
        self.faults.extend(not_a_number(checked).faults)
        return None

    def condition(self, node: Node, level: Level) -> Formula | None:
        """Check a node that must be true or false."""
        checked = self.value(node, level)
        if checked is None or checked.kind is ValueKind.TRUTH:
            return None if checked is None else checked.formula
        self.faults.extend(not_a_condition(checked).faults)
        return None

    def _value(  # noqa: C901 - one case per kind of node
        self, node: Node, level: Level
    ) -> Typed | None:
        match node:
            case Literal():
                return self._literal(node)
            case Quoted(_, text):
                return Typed(Text(text), ValueKind.TEXT, constant=text)
            case YesNo(_, truth):
                return Typed(Truth(truth), ValueKind.TRUTH, constant=truth)
            case Name():
                return self._name(node, level)
            case LevelName(spread, below):
                self._level_alone(spread, below)
                return None
            case Member():
                return self._member(node, level)
            case Call():
                return check_call(self, node, level)
            case Minus(_, operand):
                number = self.number(operand, level)
                return None if number is None else negate(number)
            case Not(_, operand):
                truth_of = self.condition(operand, level)
                return None if truth_of is None else Typed(Negation(truth_of), ValueKind.TRUTH)
            case Chain():
                self._chain(node, level)
                return None
            case Infix():
                return self._infix(node, level)

    def _literal(self, node: Literal) -> Typed | None:
        if not node.unit:
            return Typed(
                Number(node.value), ValueKind.NUMBER, constant=node.value, magnified=node.magnified
            )
        text = node.unit if node.known else self._declared(node.unit)
        if text is None:
            declared = {
                measure.unit for measure in self.vocabulary.measures.values() if measure.unit
            }
            units = [*declared, *unit_words()]
            begun = max((each for each in units if node.unit.startswith(each)), key=len, default="")
            self.report(
                node.spread,
                "unknown-unit",
                say(f"没有单位“{node.unit}”", f"there is no unit '{node.unit}'"),
                worded(node.unit)
                or did_you_mean(node.unit, [begun] if begun else units)
                or say("单位照数据项表里的写", "write the unit as the table of items does"),
            )
            return None
        measured = unit(text)
        if not _LEAST < measured.factor < _MOST:
            self.report(
                node.spread,
                "unit-too-large",
                say(f"单位“{text}”无法计算", f"the unit '{text}' can't be calculated with"),
                say("写成简单的单位，如 元/人", "write a simple unit, such as 元/人"),
            )
            return None
        points = is_points(text)
        text = POINTS if points else "%" if is_percent(text) else text
        return Typed(
            Number(node.value), ValueKind.NUMBER, measured, text, points=points, constant=node.value
        )

    def _declared(self, word: str) -> str | None:
        """Find a unit that only the vocabulary knows."""
        units = {measure.unit for measure in self.vocabulary.measures.values()}
        declared = {fold(part): part for text in units for part in (*text.split("/"), text)}
        parts = [part if is_known(part) else declared.get(fold(part)) for part in word.split("/")]
        whole = "/".join(part for part in parts if part is not None)
        return declared.get(fold(word)) or (None if None in parts else whole)

    def _name(self, node: Name, level: Level) -> Typed | None:
        try:
            measure = self.vocabulary.measure(node.slug or "")
        except KeyError:
            words = self.vocabulary
            self.faults.append(
                unknown_name(self.syntax.text, node.spread, words.names, words.elsewhere)
            )
            return None
        kind = _KINDS[measure.type] if isinstance(measure, Item) else ValueKind.NUMBER
        if not self.vocabulary.exists_at(measure.slug, level):
            self._elsewhere(node, measure, kind, level)
        formula = Measured(measure.slug)
        if kind is not ValueKind.NUMBER:
            options = measure.options if isinstance(measure, Item) else ()
            return Typed(formula, kind, measure=measure.slug, options=options)
        return Typed(
            formula,
            kind,
            unit(measure.unit),
            measure.unit,
            measure=measure.slug,
            points=is_points(measure.unit),
        )

    def _elsewhere(self, node: Name, measure: Measure, kind: ValueKind, level: Level) -> None:
        """Report a measure that the subjects of this level don't have."""
        word = self.syntax.snippet(node.spread)
        levels = [each for each in Level if self.vocabulary.exists_at(measure.slug, each)]
        where = say("、", ", ").join(each.label for each in levels)
        below = next((each for each in levels if each.rank > level.rank), None)
        if below is None:
            hint = say(f"考核对象改为{where}，或换一项", f"judge {where}, or take another measure")
        else:
            inner = f"{below.label}.{word}"
            if kind is ValueKind.NUMBER and unit(measure.unit).pure:  # rates don't add up
                hint = say(f"写成 平均({inner})", f"write mean({inner})")
            elif kind is ValueKind.NUMBER:
                hint = say(
                    f"写成 合计({inner}) 或 平均({inner})", f"write sum({inner}) or mean({inner})"
                )
            else:
                truth = say("是", "yes") if kind is ValueKind.TRUTH else '"…"'
                hint = say(
                    f"写成 占比({below.label}, {word} = {truth})",
                    f"write share({below.label}, {word} = {truth})",
                )
        self.report(
            node.spread,
            "not-at-level",
            say(
                f"“{word}”在{level.label}这一层没有，只在{where}有",
                f"'{word}' doesn't exist for a {level.label}, only for: {where}",
            ),
            hint,
        )

    def _level_alone(self, spread: Spread, below: Level) -> None:
        word = self.syntax.snippet(spread)
        self.report(
            spread,
            "level-alone",
            say(
                f"“{word}”是层级，本身没有数值", f"'{word}' is a level and has no value of its own"
            ),
            say(f"要数有多少，写 计数({below.label})", f"write count({below.label}) to count them"),
        )

    def _member(self, node: Member, level: Level) -> Typed | None:
        if isinstance(node.of, Name):
            self.unknown_level(node.of.spread)
            return None
        if node.of.level is level:
            return self.value(node.operand, level)
        word = self.syntax.snippet(node.spread)
        self.report(
            node.spread,
            "level-alone",
            say(f"“{word}”有许多个，不知道取哪一个", f"there are many '{word}', not one"),
            say(f"写成 合计({word}) 或 平均({word})", f"write sum({word}) or mean({word})"),
        )
        self.value(node.operand, node.of.level)
        return None

    def unknown_level(self, spread: Spread, word: str | None = None) -> None:
        """Report a word that should have been a level."""
        word = self.syntax.snippet(spread) if word is None else word
        labels = [each.zh for each in Level] + [each.value for each in Level]
        listed = say("、", ", ").join(each.label for each in Level)
        self.report(
            spread,
            "unknown-level",
            say(f"没有“{word}”这个层级", f"there is no level '{word}'"),
            did_you_mean(word, labels) or say(f"层级有：{listed}", f"the levels are {listed}"),
        )

    def _chain(self, node: Chain, level: Level) -> None:
        self.report(
            node.at,
            "chained-comparison",
            say("比较不能连着写", "comparisons can't be chained"),
            say("分成两个，用“且”连起来：a < b 且 b < c", "join two by 'and': a < b and b < c"),
        )
        for operand in node.operands:
            self.value(operand, level)

    def _infix(self, node: Infix, level: Level) -> Typed | None:
        match node.operator:
            case Relation():
                return self._relates(node, node.operator, level)
            case Arithmetic():
                return self._calculates(node, node.operator, level)
            case Junction.AND | Junction.OR:
                left = self.condition(node.left, level)
                right = self.condition(node.right, level)
                if left is None or right is None:
                    return None
                both = node.operator is Junction.AND
                joined = Both(left, right) if both else Either(left, right)
                return Typed(joined, ValueKind.TRUTH)
            case _:
                assert_never(node.operator)

    def _calculates(self, node: Infix, operator: Arithmetic, level: Level) -> Typed | None:
        left, right = self.number(node.left, level), self.number(node.right, level)
        if left is None or right is None:
            return None
        match operator:
            case Arithmetic.MULTIPLY:
                return self.attempt(multiply, left, right)
            case Arithmetic.DIVIDE:
                return self.attempt(divide, left, right)
            case Arithmetic.ADD | Arithmetic.SUBTRACT:
                return self._adds(operator, left, right)
            case Arithmetic.LARGER | Arithmetic.SMALLER | Arithmetic.ROUND_UP:
                raise ValueError(f"{operator} is a function and stands between no two values")
            case _:
                assert_never(operator)

    def _adds(self, operator: Arithmetic, left: Typed, right: Typed) -> Typed | None:
        made = self.attempt(add, operator, left, right)
        if made is not None:
            summed = operator is Arithmetic.ADD
            self._remark(left, POINTS if right.share and summed else right.unit_text)
            self._remark(right, POINTS if left.share else left.unit_text)
        return made

    def _relates(self, node: Infix, relation: Relation, level: Level) -> Typed | None:
        unquoted = self._unquoted(node.left, node.right, level)
        if unquoted or self._unquoted(node.right, node.left, level):
            return None
        left, right = self.value(node.left, level), self.value(node.right, level)
        if left is None or right is None:
            return None
        sides = self.together(paired, left, right)
        if sides is None:
            return None
        if left.kind is not ValueKind.NUMBER and relation not in (Relation.EQUAL, Relation.UNEQUAL):
            sign = self.syntax.snippet(node.at)
            self.report(
                node.at,
                "no-order",
                say(
                    f"{left.kind.label}之间没有大小，不能用“{sign}”",
                    f"'{sign}' needs numbers, not {left.kind.label}",
                ),
                say(
                    "用 = 或 ≠；几个选项之间写“或”", "use = or ≠, and 'or' between several options"
                ),
            )
            return None
        return Typed(Relates(relation, sides[0], sides[1]), ValueKind.TRUTH)

    def _unquoted(self, node: Node, other: Node, level: Level) -> bool:
        """Report an option of a category that lacks its quotes."""
        unknown = isinstance(node, LevelName) or (isinstance(node, Name) and node.slug is None)
        if not (unknown and isinstance(other, Name)):
            return False
        measure = self.vocabulary.items.get(other.slug or "")
        word = self.syntax.snippet(node.spread)
        options = () if measure is None else measure.options
        if not any(fold(option) == fold(word) for option in options):
            return False
        self.value(other, level)
        self.report(
            node.spread,
            "unquoted-text",
            say(f"文字“{word}”没有加引号", f"the text '{word}' has no quotes"),
            say(f'写成 "{word}"', f'write "{word}"'),
        )
        return True
