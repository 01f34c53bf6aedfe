"""What the checking of functions needs of the checker that meets them."""

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

from dabiao.rules.formulas.checking.typed import Typed
from dabiao.rules.formulas.formula import Formula
from dabiao.rules.formulas.parsing.syntax_tree import Node, Spread, Syntax
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.level import Level

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Checks(Protocol):
    """What a function needs of the checker that meets it."""

    syntax: Syntax
    vocabulary: Vocabulary

    def report(self, spread: Spread, code: str, message: str, hint: str | None = None) -> None:
        """Report a fault."""

    def attempt(self, make: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R | None:
        """Make something, or report why not."""

    def together(self, make: Callable[[Typed, Typed], _R], one: Typed, other: Typed) -> _R | None:
        """Bring two parts into one unit, or report why not."""

    def value(self, node: Node, level: Level) -> Typed | None:
        """Check a node."""

    def number(self, node: Node, level: Level) -> Typed | None:
        """Check a node that must yield a number."""

    def condition(self, node: Node, level: Level) -> Formula | None:
        """Check a node that must be true or false."""

    def unknown_level(self, spread: Spread, word: str | None = None) -> None:
        """Report a word that should have been a level."""
