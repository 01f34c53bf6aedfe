"""The parser that ``formula.lark`` describes; imported when the first formula is read."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any, cast

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedToken
from lark.lexer import Lexer, LexerState

from dabiao.rules.formulas.parsing.lexer import Amount, Lexeme
from dabiao.rules.formulas.parsing.syntax_tree import (
    Call,
    Chain,
    Infix,
    LevelName,
    Literal,
    Member,
    Minus,
    Name,
    Node,
    Not,
    Quoted,
    YesNo,
    depth,
)


class UnexpectedLexemeError(Exception):
    """A formula that goes on as no formula does.

    Attributes:
        lexeme: The first lexeme that does not fit, or None at the end.
        wants_operand: Whether a value was expected there.
    """

    def __init__(self, lexeme: Lexeme | None, *, wants_operand: bool) -> None:
        """Say what does not fit."""
        super().__init__(str(lexeme))
        self.lexeme = lexeme
        self.wants_operand = wants_operand


def build(lexemes: list[Lexeme]) -> Node:
    """Build the tree of a formula.

    Raises:
        UnexpectedLexemeError: The lexemes do not make a formula.
    """
    try:
        tree = _parser().parse(cast("str", lexemes))
    except UnexpectedToken as error:
        lexeme = error.token.value
        raise UnexpectedLexemeError(
            lexeme if isinstance(lexeme, Lexeme) else None,
            wants_operand="NUMBER" in error.expected,
        ) from error
    return cast("Node", tree)


class _Terminals(Lexer):
    """Hands on what is cut already."""

    def __init__(self, _: object) -> None:
        """Ignore the grammar's own idea of terminals."""

    def lex(self, lexer_state: LexerState, parser_state: object = None) -> Iterator[Token]:
        """Wrap each lexeme as the parser wants it."""
        del parser_state
        for lexeme in cast("Iterable[Lexeme]", lexer_state):
            token = Token(lexeme.kind, "")
            token.value = lexeme
            yield token


@cache
def _parser() -> Lark:
    grammar = (
        resources.files("dabiao.rules.formulas.parsing").joinpath("formula.lark").read_text("utf-8")
    )
    return Lark(grammar, parser="lalr", lexer=_Terminals, transformer=_Builder())


@v_args(inline=True)
class _Builder(Transformer[Any, Node]):
    """Makes a node of whatever the parser recognises, from the inside out."""

    def literal(self, token: Token) -> Node:
        amount = token.value.value
        assert isinstance(amount, Amount)  # noqa: S101 - the scanner puts nothing else there
        return Literal(
            token.value.spread, amount.value, amount.unit, amount.known, amount.magnified
        )

    def quoted(self, token: Token) -> Node:
        return Quoted(token.value.spread, token.value.value)

    def yes_no(self, token: Token) -> Node:
        return YesNo(token.value.spread, token.value.value)

    def name(self, token: Token) -> Node:
        return Name(token.value.spread, token.value.value)

    def level_name(self, token: Token) -> Node:
        return LevelName(token.value.spread, token.value.value)

    def member(self, of: LevelName | Name, _: Token, operand: Node) -> Node:
        return Member((of.spread[0], operand.spread[1]), of, operand, depth(operand) + 1)

    def call(self, name: Token, _: Token, *rest: Token | tuple[Node, ...]) -> Node:
        arguments = next((each for each in rest if isinstance(each, tuple)), ())
        closing = next(each for each in rest if isinstance(each, Token))
        at, function = name.value.spread, name.value.value
        deepest = max(map(depth, arguments), default=0)
        return Call((at[0], closing.value.spread[1]), at, function, arguments, deepest + 1)

    def arguments(self, *parts: Node | Token) -> tuple[Node, ...]:
        return tuple(part for part in parts if not isinstance(part, Token))

    def bracketed(self, opening: Token, inner: Node, closing: Token) -> Node:
        return replace(inner, spread=(opening.value.spread[0], closing.value.spread[1]))

    def minus(self, sign: Token, operand: Node) -> Node:
        return Minus((sign.value.spread[0], operand.spread[1]), operand, depth(operand) + 1)

    def inverted(self, word: Token, operand: Node) -> Node:
        return Not((word.value.spread[0], operand.spread[1]), operand, depth(operand) + 1)

    def infix(self, left: Node, sign: Token, right: Node) -> Node:
        deepest = max(depth(left), depth(right))
        spread = (left.spread[0], right.spread[1])
        operator = sign.value
        return Infix(spread, operator.spread, operator.value, left, right, deepest + 1)

    def chain(self, *parts: Node | Token) -> Node:
        operands = tuple(part for part in parts if not isinstance(part, Token))
        _, second, *_ = (part for part in parts if isinstance(part, Token))
        spread = (operands[0].spread[0], operands[-1].spread[1])
        return Chain(spread, second.value.spread, operands, max(map(depth, operands)) + 1)
