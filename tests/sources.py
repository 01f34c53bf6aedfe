"""The modules of the program, read and parsed once for all tests of how they are written."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
_PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
_PACKED = _PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
PARTS = tuple(each for each in _PACKED if "/" not in each)
ROOMS = tuple(each for each in PARTS if each != "features")
"""The folders of the program that hold Python."""


@dataclass(frozen=True)
class Source:
    """A module of the program.

    Attributes:
        path: Where it lies, from the top of the repository.
        text: What stands in it.
    """

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of its tree."""
        return list(ast.walk(self.tree))


@cache
def source(path: str) -> Source:
    """Read a module, once."""
    return Source(path, (REPOSITORY / path).read_text("utf-8"))


@cache
def _paths(room: str) -> list[str]:
    place = REPOSITORY / room
    found = [place] if place.is_file() else sorted(place.rglob("*.py"))
    return [path.relative_to(REPOSITORY).as_posix() for path in found]


def sources(*rooms: str) -> Iterator[Source]:
    """Yield the modules of some rooms, or of all."""
    for room in rooms or (*ROOMS, "cli.py"):
        yield from map(source, _paths(room))
