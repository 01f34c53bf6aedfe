"""From the text of a formula to its tree."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dabiao.rules.formulas.error import FormulaError, FormulaFault
from dabiao.rules.formulas.parsing.lexer import Lexeme, lexemes
from dabiao.rules.formulas.parsing.lexicon import known_words
from dabiao.rules.formulas.parsing.syntax_tree import Node, Spread, Syntax, depth, shortened
from dabiao.rules.formulas.parsing.unknown_words import closest_names, unknown_name, worded
from dabiao.schemas.language import say
from dabiao.schemas.remembered import remembered

__all__ = ["DEEPEST", "LONGEST", "FormulaError", "FormulaFault", "Syntax", "parse"]

DEEPEST = 64
"""How many operations may lie inside each other; whoever walks a formula may rely on it."""

LONGEST = 5000
"""How many characters a formula may have."""
_WORDS = ("NAME", "WORD", "LEVEL")
_IS = ("是", "为", "is", "are")
_ARROWS = {"=>": "≥", "=＞": "≥", "=<": "≤", "=＜": "≤"}
"""Comparisons as they are typed the wrong way round."""


def parse(text: str, names: Mapping[str, str]) -> Syntax:
    """Read a formula.

    Words that nobody has introduced become names without a slug, so that ``check`` can report
    them along with everything else. They are reported here if the formula can't be read at all.

    Args:
        text: The formula, in Chinese or English, full-width or half-width.
        names: Every name, English name and slug of a measure, to its slug.

    Raises:
        FormulaError: It isn't a formula; carries every fault found.

    Examples:
        >>> parse("班级人数 ≤ 45人", {"班级人数": "class_size"}).root.right
        Literal(spread=(7, 10), value=45.0, unit='人', known=True, magnified=False)
    """
    read = _read_with(names)
    if text not in read:
        read[text] = Syntax(text, _read(text, names))
    return read[text]


@remembered(most=4)
def _read_with(_names: Mapping[str, str]) -> dict[str, Syntax]:
    """Hold the formulas read with some names: rules say the same ones again, mutants nearly all."""
    return {}


def _read(text: str, names: Mapping[str, str]) -> Node:
    if len(text) > LONGEST:
        raise FormulaError([_too_long(text)])
    found, faults = lexemes(text, known_words(names))
    if not found and not faults:
        faults = [_empty()]
    found = [_with_slug(lexeme, names) for lexeme in found]
    root, wrong = _tree(text, found, names) if found else (None, None)
    if wrong is not None and not faults:
        faults = [wrong]
    if root is not None and depth(root) > DEEPEST:
        faults.append(_too_deep(text))
    if root is None or faults:
        raise FormulaError([*faults, *_unknown_names(text, found, names, faults)])
    return root


def _with_slug(lexeme: Lexeme, names: Mapping[str, str]) -> Lexeme:
    if lexeme.kind != "NAME":
        return lexeme
    return replace(lexeme, value=names[str(lexeme.value)])


def _tree(
    text: str, found: list[Lexeme], names: Mapping[str, str]
) -> tuple[Node | None, FormulaFault | None]:
    """Build the tree, or tell what keeps the lexemes from being one."""
    from dabiao.rules.formulas.parsing.parser import UnexpectedLexemeError, build

    try:
        return build(found), None
    except UnexpectedLexemeError as error:
        index = len(found) if error.lexeme is None else found.index(error.lexeme)
        if error.wants_operand and not (error.lexeme and error.lexeme.kind == "NOT"):
            return None, _no_operand(text, found, index)
        return None, _phrase(text, found, index, names) or _no_operator(text, found[index])


def _unknown_names(
    text: str, found: list[Lexeme], names: Mapping[str, str], faults: list[FormulaFault]
) -> Iterator[FormulaFault]:
    """Report the unknown words of a formula that cannot be read, once for each place."""
    covered = [(fault.offset, fault.offset + fault.length) for fault in faults]
    # what follows a gap may be anything, a text without its quotes among others
    covered += [(each.offset, len(text)) for each in faults if each.code == "missing-operator"]
    for index, lexeme in enumerate(found):
        start, end = lexeme.spread
        if (
            lexeme.kind == "WORD"
            and not any(after.kind == "DOT" for after in found[index + 1 : index + 2])
            and not any(begin < end and start < stop for begin, stop in covered)
        ):
            yield unknown_name(text, lexeme.spread, names)


def _empty() -> FormulaFault:
    return FormulaFault(
        0,
        0,
        "empty-formula",
        say("公式是空的", "the formula is empty"),
        say("补上名称、数或公式", "add a name, a number or a formula"),
    )


def _too_deep(text: str) -> FormulaFault:
    return FormulaFault(
        0,
        len(text),
        "too-deep",
        say(f"公式嵌套超过 {DEEPEST} 层", f"the formula is nested deeper than {DEEPEST}"),
        say("把其中一部分定义成指标", "make an indicator of a part of it"),
    )


def _too_long(text: str) -> FormulaFault:
    return FormulaFault(
        LONGEST,
        len(text) - LONGEST,
        "too-long",
        say(f"公式超过 {LONGEST} 个字", f"the formula is longer than {LONGEST} characters"),
        say("把其中一部分定义成指标", "make an indicator of a part of it"),
    )


def _no_operand(text: str, found: list[Lexeme], index: int) -> FormulaFault:
    """Report that a value is missing before a sign, a closing bracket or the end."""
    before = _quote(text, found[index - 1].spread) if index else ""
    if index == len(found):
        end = found[-1].spread[1]
        return FormulaFault(
            end,
            0,
            "missing-operand",
            say(f"公式没有写完：{before}后面少一项", f"the formula breaks off after {before}"),
            say("补上名称、数或公式", "add a name, a number or a formula"),
        )
    start, end = found[index].spread
    here = _quote(text, (start, end))
    if (sign := _ARROWS.get(text[max(start - 1, 0) : end])) is not None:
        return FormulaFault(
            start - 1,
            end - start + 1,
            "missing-operand",
            say("比较符号写反了", "the sign of a comparison the wrong way round"),
            say(f"写成 {sign}", f"write {sign}"),
        )
    if start == end:  # the bracket that was added to an open one
        here = say("结尾", "the end")
    return FormulaFault(
        start,
        end - start,
        "missing-operand",
        say(f"{here}前面少一项", f"a value is missing before {here}"),
        say("补上名称、数或公式", "add a name, a number or a formula"),
    )


def _no_operator(text: str, lexeme: Lexeme) -> FormulaFault:
    """Report what stands where only an operator, or the end, makes sense."""
    start, end = lexeme.spread
    here = _quote(text, (start, end))
    if lexeme.kind == "COMMA":
        return FormulaFault(
            start,
            end - start,
            "stray-comma",
            say(
                f"{here}只能用来分开函数括号里的各项", f"{here} only parts what a function is given"
            ),
            say("删掉它；几个条件之间写“且”或“或”", "delete it; join conditions by 'and' or 'or'"),
        )
    if lexeme.kind == "NOT":
        return FormulaFault(
            start,
            end - start,
            "misplaced-not",
            say(f"{here}不能直接跟在这里", f"{here} can't stand here as it is"),
            say(
                "“不是”写成 ≠；要否定一个条件，把“非”和条件一起括起来",
                "write ≠ for 'is not'; to deny a condition put 'not' and it in brackets",
            ),
        )
    message = say(f"{here}和前面的内容之间少一个运算符", f"an operator is missing before {here}")
    word = text[start:end].strip()
    equal = say(f"“{word}”写成 =，文字加引号", f'write = for "{word}", and quotes around a text')
    sign = equal if word.lower() in _IS else worded(word)
    if sign is not None:
        message = say(
            f"公式里用符号比较和运算，不写{here}",
            f"a formula compares and calculates by signs, not by {here}",
        )
    hint = sign or say(
        "在中间写上 +、−、×、÷、比较符号、且 或 或",
        "put +, −, ×, ÷, a comparison, 'and' or 'or' in between",
    )
    return FormulaFault(start, end - start, "missing-operator", message, hint)


def _phrase(
    text: str, found: list[Lexeme], index: int, names: Mapping[str, str]
) -> FormulaFault | None:
    """Take words side by side for one mistyped name, if there is a name they resemble."""
    first, last = index, index
    while first > 0 and found[first - 1].kind in _WORDS:
        first -= 1
    while last + 1 < len(found) and found[last + 1].kind in _WORDS:
        last += 1
    if first == last or found[index].kind not in _WORDS:
        return None
    spread: Spread = (found[first].spread[0], found[last].spread[1])
    word = text[spread[0] : spread[1]]
    if worded(word) or not closest_names(word, names):
        return None
    return unknown_name(text, spread, names)


def _quote(text: str, spread: Spread) -> str:
    word = shortened(text[spread[0] : spread[1]])
    return say(f"“{word}”", f"'{word}'")
