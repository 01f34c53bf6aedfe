"""Closed sets: who takes apart an enum or a union says what becomes of each of its members.

A member that is added later is then refused by the type checker wherever it was forgotten, instead
of being judged like whatever came last.
"""

import ast
import enum
import importlib
import inspect
import pkgutil
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import dabiao
from tests.engine import naive, naive_norms, naive_values
from tests.sources import REPOSITORY, Source, source

MODULES = {
    module.name: importlib.import_module(module.name)
    for module in pkgutil.walk_packages(dabiao.__path__, prefix="dabiao.")
    if not module.name.endswith("__main__")
}

NAIVE = (naive, naive_norms, naive_values)

EXHAUSTIVE = frozenset({"assert_never", "combine", "parts", "reads", "walk"})
"""What a last branch may call instead of naming every member: ``assert_never``, and functions that
take the set apart themselves, exhaustively, or take only what is left of it."""
SOME = "# some of them"
"""Stands behind the opening of a table that is meant to leave members out."""


def _own_classes() -> Iterator[type]:
    for module in MODULES.values():
        for each in vars(module).values():
            if inspect.isclass(each) and each.__module__ == module.__name__:
                yield each


ENUMS = frozenset(each for each in _own_classes() if issubclass(each, enum.Enum))


def _unions() -> dict[str, frozenset[type]]:
    """Give the unions of classes of the house that have a name, and the members of each."""
    own = set(_own_classes())
    found = {}
    for module in MODULES.values():
        for name, each in vars(module).items():
            if isinstance(each, types.UnionType):
                members = frozenset(typing.get_args(each))
                if len(members) > 2 and members <= own:
                    found[name] = members
    return found


UNIONS = _unions()
"""Unions of three classes and more; of two, what is not the one is the other."""


@dataclass(frozen=True)
class Named:
    """A module of the house, and what its names mean."""

    source: Source
    names: dict[str, object]

    def place(self, line: int) -> str:
        """Say where a line stands."""
        return f"{self.source.path}:{line}"

    def owner(self, node: ast.expr) -> type[enum.Enum] | None:
        """Give the enum of the house that an expression is a member of: ``Fold.SUM``."""
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            named = self.names.get(node.value.id)
            if isinstance(named, type) and issubclass(named, enum.Enum) and named in ENUMS:
                return named if node.attr in named.__members__ else None
        return None

    def sets(self, pattern: ast.pattern) -> Iterator[type]:
        """Yield the enums and classes that a pattern speaks of, as a whole."""
        match pattern:
            case ast.MatchValue(value):
                owner = self.owner(value)
                if owner is not None:
                    yield owner
            case ast.MatchClass(ast.Name(name)):
                named = self.names.get(name)
                if isinstance(named, type):
                    yield named
            case ast.MatchOr(patterns):
                for each in patterns:
                    yield from self.sets(each)
            case ast.MatchAs(ast.pattern() as inner, _):
                yield from self.sets(inner)

    def asked(self, test: ast.expr) -> tuple[str, str] | None:
        """Tell which expression a test compares with members of which enum or union."""
        match test:
            case ast.Compare(left, [ast.Is() | ast.Eq()], [right]):
                owners = {self.owner(right)}
            case ast.Compare(left, [ast.In()], [ast.Tuple(members) | ast.Set(members)]):
                owners = {self.owner(each) for each in members}
            case ast.Call(ast.Name("isinstance"), [left, classes]):
                named = {
                    self.names.get(each.id)
                    for each in ast.walk(classes)
                    if isinstance(each, ast.Name)
                }
                of = next((name for name, every in UNIONS.items() if named <= every), None)
                return None if of is None else (ast.dump(left), of)
            case _:
                return None
        (owner, *others) = owners
        return None if owner is None or others else (ast.dump(left), owner.__name__)


def modules() -> Iterator[Named]:
    """Yield the modules of the house, and those of the naive evaluator, which must not guess."""
    for module in (*MODULES.values(), *NAIVE):
        path = Path(str(module.__file__)).resolve().relative_to(REPOSITORY)
        yield Named(source(path.as_posix()), vars(module))


def _calls(body: list[ast.stmt]) -> set[str]:
    return {
        each.func.id
        for stmt in body
        for each in ast.walk(stmt)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
    }


def _closed(named: set[type]) -> str | None:
    """Give the closed set that some enums and classes belong to; None if there is none."""
    for each in named & ENUMS:
        return each.__name__
    for name, members in UNIONS.items():
        if len(named & members) > 1 and named <= members:
            return name
    return None


def test_matches_are_exhaustive() -> None:
    """No ``match`` over an enum or a union of classes has a last branch for whatever is left."""
    found = []
    for module in modules():
        for node in module.source.nodes:
            if not isinstance(node, ast.Match):
                continue
            closed = _closed({each for case in node.cases for each in module.sets(case.pattern)})
            last = node.cases[-1]
            wild = isinstance(last.pattern, ast.MatchAs) and last.pattern.pattern is None
            if closed and wild and not _calls(last.body) & EXHAUSTIVE:
                found.append(f"{module.place(last.pattern.lineno)}: the rest of {closed}")

    assert found == []


def _chains(body: list[ast.stmt]) -> Iterator[list[ast.If]]:
    """Yield the runs of ``if`` and ``elif``, and of one ``if`` after the other that leaves."""
    run: list[ast.If] = []
    for stmt in body:
        if not isinstance(stmt, ast.If):
            yield run
            run = []
            continue
        chain = [stmt]
        while len(chain[-1].orelse) == 1 and isinstance(chain[-1].orelse[0], ast.If):
            chain.append(chain[-1].orelse[0])
        leaves = isinstance(stmt.body[-1], ast.Return | ast.Raise | ast.Continue)
        if len(chain) == 1 and leaves and not stmt.orelse:
            run.append(stmt)
            continue
        yield from (run, chain)
        run = []
    yield run


def test_questions_in_a_row_are_a_match() -> None:
    """Two questions in a row which member something is are one ``match``, which knows them all.

    Of the classes of a union two may be asked after by ``isinstance``, as of a few the rest often
    says nothing; three are a ``match``.
    """
    found = set()
    for module in modules():
        for node in module.source.nodes:
            for field in ("body", "orelse"):
                body = getattr(node, field, None)
                for chain in _chains(body) if isinstance(body, list) else ():
                    asked = [module.asked(each.test) for each in chain]
                    for of in filter(None, asked):
                        if asked.count(of) > (2 if of[1] in UNIONS else 1):
                            found.add(f"{module.place(chain[0].lineno)}: {of[1]}")

    assert sorted(found) == []


def test_tables_of_members_are_whole() -> None:
    """A table with a line per member of an enum has one for each, or says that it has not."""
    found = []
    for module in modules():
        for node in module.source.nodes:
            if not isinstance(node, ast.Dict) or len(node.keys) < 2:
                continue
            owners = {None if key is None else module.owner(key) for key in node.keys}
            (owner, *others) = owners
            if owner is None or others:
                continue
            names = {key.attr for key in node.keys if isinstance(key, ast.Attribute)}
            lacking = sorted(owner.__members__.keys() - names)
            if lacking and SOME not in module.source.text.splitlines()[node.lineno - 1]:
                said = f"{owner.__name__} without {', '.join(lacking)}"
                found.append(f"{module.place(node.lineno)}: {said}")

    assert found == []
