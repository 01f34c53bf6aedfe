"""Functions over verdicts: whether a subject complies with the rules of a tag, and how many do."""

from collections.abc import Sequence

from dabiao.rules.formulas.checking.checks import Checks
from dabiao.rules.formulas.checking.typed import Typed, ValueKind
from dabiao.rules.formulas.formula import Below, Both, Complies, Fold, Formula, Ratio
from dabiao.rules.formulas.functions import Function
from dabiao.rules.formulas.parsing.syntax_tree import Call, Node, Quoted
from dabiao.schemas.language import say
from dabiao.schemas.level import Level


def read_tag(checker: Checks, node: Node) -> str | None:
    """Read a tag in quotes."""
    tag = node.value.strip().removeprefix("@") if isinstance(node, Quoted) else ""
    if tag:
        return tag
    word = checker.syntax.snippet(node.spread)
    checker.report(
        node.spread,
        "no-tag",
        say(f"“{word}”不是标签", f"'{word}' is not a tag"),
        say('写带引号的标签，如 "@班额"', 'write a tag in quotes, such as "@class-size"'),
    )
    return None


def check_complies(checker: Checks, call: Call, level: Level) -> Typed | None:
    """Check 符合("@标签") and 适用("@标签"), of the subjects that the formula is about."""
    tag = read_tag(checker, call.arguments[0])
    if tag is None:
        return None
    return Typed(Complies(level, tag, call.function is Function.COUNTS), ValueKind.TRUTH)


def narrowed_rate(checker: Checks, lower: Level, tag: str, rest: Sequence[Node]) -> Formula | None:
    """Make 达标率 of those for whom a condition holds, weighted perhaps, of two sums or counts.

    Of those below only who has a finding that counts is looked at, as in the plain rate.
    """
    condition: Formula | None = None
    weight: Formula | None = None
    for node in rest:
        given = checker.value(node, lower)
        if given is None:
            return None
        if given.kind is ValueKind.TRUTH and condition is None and weight is None:
            condition = given.formula
        elif given.kind is ValueKind.NUMBER and weight is None:
            weight = given.formula
        else:
            checker.report(
                node.spread,
                "arguments",
                say("达标率先写条件，再写权重", "attainment takes a condition, then a weight"),
                say(f"写成 {Function.ATTAINMENT.usage}", f"write {Function.ATTAINMENT.usage}"),
            )
            return None
    fold = Fold.COUNT if weight is None else Fold.SUM
    sides = [
        Below(fold, lower, weight, asked if condition is None else Both(condition, asked))
        for asked in (Complies(lower, tag), Complies(lower, tag, counts=True))
    ]
    return Ratio(*sides)
