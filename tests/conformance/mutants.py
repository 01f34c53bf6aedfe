"""Whether the cases of conformance/ notice an engine that is wrong.

    python -m tests.conformance.mutants [--sample 100] [--seed 1] [--module evaluate.py] [--listed]

What the engine judges with is changed at random, one place at a time: an operator, a constant, a
condition, a choice. Each changed engine judges all cases, columns alone, and is caught by a finding
that is not as expected, by failing, or by taking ten times as long. Prints those that were not
caught, so that cases can be added for them. A change that changes nothing that is judged stands in
``equivalent.tsv``, with the reason, and is not counted; ``--listed`` tries those alone, and prints
what was caught all the same and so does not belong there. Needs a system that can fork.
"""

import argparse
import ast
import itertools
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

from dabiao.rules.catalog.catalog import Catalog
from dabiao.schemas.facts import Facts
from tests import figures

ROOT = Path(__file__).parents[2]
JUDGING = (
    *("evaluation/evaluate.py", "evaluation/extent.py", "evaluation/rising.py"),
    *("evaluation/what_if.py", "judging/columnar.py", "judging/comparison.py"),
    *("judging/readings.py", "judging/roll_ups.py", "judging/rule_plan.py"),
    *("judging/segments.py", "data/algebra.py", "data/lifetimes.py"),
)
"""What judges, and nothing that only tells of it."""
EQUIVALENT = {
    line.partition("\t")[0]
    for line in Path(__file__).with_name("equivalent.tsv").read_text("utf-8").splitlines()
}
"""Changes that change nothing: module, function, the text from there on, and what they are."""
TELLING = ("applicable", "unlisted", "lifetime", "tidy", "forget")
"""Functions of theirs that are asked for notes, attendance or how a number is written."""
SECONDS = 30.0
"""Of the processor, however busy it is with others."""
CAUGHT, MISSED, BY = 0, 1, 10
"""What a child ends with: by failing, not at all, or by so manieth a case from BY on."""

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_NAMES = {
    "all": "any",
    "any": "all",
    "min": "max",
    "max": "min",
    "minimum": "maximum",
    "maximum": "minimum",
    "floor": "ceil",
    "ceil": "floor",
    "fmin": "fmax",
    "fmax": "fmin",
    "zeros": "ones",
    "ones": "zeros",
}
Place = tuple[str, int, int, str, str]
"""Module, line, column, what is changed, and in which function."""


class Mutant(ast.NodeTransformer):
    """Lists the changes that can be made to a module, or makes one of them."""

    def __init__(self, wanted: int | None = None) -> None:
        self.found: list[tuple[int, int, str, str]] = []
        self._wanted = wanted
        self._within: list[str] = []

    def _here(self, node: ast.expr | ast.stmt, what: str) -> bool:
        self.found.append((node.lineno, node.col_offset, what, ".".join(self._within)))
        return len(self.found) - 1 == self._wanted

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Change what a function does, not what is said of it."""
        if node.name in TELLING:
            return node
        documented = ast.get_docstring(node) is not None
        self._within.append(node.name)
        node.body[documented:] = [self.visit(each) for each in node.body[documented:]]
        self._within.pop()
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Leave its decorators alone."""
        self._within.append(node.name)
        node.body = [self.visit(each) for each in node.body]
        self._within.pop()
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Change a value, not its type."""
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_Raise(self, node: ast.Raise) -> ast.AST:
        """Leave alone what is said of faults."""
        return node

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        """Leave alone what never happens."""
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        """Let < be ≤."""
        self.generic_visit(node)
        for at, operator in enumerate(node.ops):
            other = _SWAPPED[type(operator)]
            if self._here(node, f"{type(operator).__name__} → {other.__name__}"):
                node.ops[at] = other()  # type: ignore[call-overload]
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        """Let and be or."""
        self.generic_visit(node)
        other = _SWAPPED[type(node.op)]
        if self._here(node, f"{type(node.op).__name__} → {other.__name__}"):
            node.op = other()  # type: ignore[assignment]
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Let + be −."""
        self.generic_visit(node)
        other = _SWAPPED.get(type(node.op))
        if other is not None and self._here(node, f"{type(node.op).__name__} → {other.__name__}"):
            node.op = other()  # type: ignore[assignment]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        """Leave a sign or a not away."""
        self.generic_visit(node)
        return node.operand if self._here(node, f"{type(node.op).__name__} → nothing") else node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        """Let 0 be 1, and True be False."""
        value = node.value
        if isinstance(value, bool):
            return ast.Constant(not value) if self._here(node, f"{value} → {not value}") else node
        if isinstance(value, int | float):
            other = value * 10 if 0 < value < 0.1 else value + 1
            return ast.Constant(other) if self._here(node, f"{value} → {other}") else node
        return node

    def visit_If(self, node: ast.If) -> ast.AST:
        """Take a branch whatever is asked."""
        self.generic_visit(node)
        for truth in (True, False):
            if self._here(node, f"if → if {truth}"):
                node.test = ast.Constant(truth)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        """Take the other choice."""
        self.generic_visit(node)
        if self._here(node, "choices swapped"):
            node.body, node.orelse = node.orelse, node.body
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Let any be all."""
        return self._renamed(node, "id")

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Let minimum be maximum."""
        self.generic_visit(node)
        return self._renamed(node, "attr")

    def _renamed(self, node: ast.Name | ast.Attribute, field: str) -> ast.AST:
        name = getattr(node, field)
        if name in _NAMES and self._here(node, f"{name} → {_NAMES[name]}"):
            setattr(node, field, _NAMES[name])
        return node


class Changed(PathFinder, Loader):
    """Loads one module of the engine as it was changed."""

    def __init__(self, name: str, tree: ast.Module, path: Path) -> None:
        self.name, self.tree, self.path = name, tree, path

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:  # type: ignore[override]
        """Take over that one module."""
        return ModuleSpec(name, self) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed module."""
        module.__file__ = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), vars(module))  # noqa: S102


def places(chosen: str) -> list[tuple[str, int, Place]]:
    """List all changes that can be made: the module, which of its changes, and what it is."""
    found: list[tuple[str, int, Place]] = []
    for module in JUDGING:
        if module.endswith(chosen):
            mutant = Mutant()
            mutant.visit(ast.parse((ROOT / "engine" / module).read_text("utf-8")))
            found += [(module, at, (module, *one)) for at, one in enumerate(mutant.found)]
    return found


def change(module: str, at: int) -> Changed:
    """Make a change."""
    path = ROOT / "engine" / module
    tree = Mutant(at).visit(ast.parse(path.read_text("utf-8")))
    name = "dabiao.engine." + module.removesuffix(".py").replace("/", ".")
    return Changed(name, ast.fix_missing_locations(tree), path)


def in_a_child(work: Callable[[], int]) -> int | None:
    """Do something in a child that can do no harm; None where it did not end in time."""
    child = os.fork()
    if child == 0:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        code = CAUGHT
        try:
            code = work()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def wishes() -> argparse.Namespace:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--module", default="")
    parser.add_argument("--listed", action="store_true")
    return parser.parse_args()


def main() -> int:
    """Try a sample of changes, and print those that were not caught."""
    asked = wishes()
    from conformance.run import CASES
    from tests.conformance.reading import expected, given

    wanted = {case.name: expected(case.name) for case in CASES.iterdir()}
    names = sorted(wanted, key=lambda name: (len(wanted[name]), name))  # the quickest first
    cases: list[tuple[str, Catalog, Facts]] = [(name, *given(name)) for name in names]
    if any(name.startswith("dabiao.engine.") for name in sys.modules):
        raise SystemExit("the engine was loaded before it was changed")

    def judged() -> int:
        from tests.conformance.judging import wrong

        differing = (at for at, (name, c, f) in enumerate(cases) if wrong(c, f, wanted[name]))
        return min(BY + next(differing, MISSED - BY), 255)

    if in_a_child(judged) != MISSED:
        raise SystemExit("the engine as it stands does not pass")
    drawn = draw(asked)
    caught, begun = 0, time.monotonic()
    for module, at, place in drawn:

        def changed(module: str = module, at: int = at) -> int:
            sys.meta_path.insert(0, change(module, at))
            return judged()

        ended = in_a_child(changed)
        if ended is not None and BY <= ended < BY + len(cases):  # what caught one catches others
            cases.insert(0, cases.pop(ended - BY))
        caught += ended != MISSED
        if (ended == MISSED) is not asked.listed:
            said = "caught" if asked.listed else "not caught"
            tell(f"{said}: {place_key(place)} (line {place[1]})")
    counted = f"{caught} of {len(drawn)} drawn with seed {asked.seed}"
    tell(f"caught {counted}; {time.monotonic() - begun:.0f} s")
    if not asked.listed and not asked.module:
        figures.write("mutants", counted)
    return 0 if caught == (0 if asked.listed else len(drawn)) else 1


def draw(asked: argparse.Namespace) -> list[tuple[str, int, Place]]:
    """Draw changes, of those that change nothing or of the others."""
    every = places(asked.module)
    random.Random(asked.seed).shuffle(every)  # noqa: S311
    chosen = (each for each in every if (place_key(each[2]) in EQUIVALENT) is asked.listed)
    return list(itertools.islice(chosen, asked.sample))


def tell(text: str) -> None:
    """Print what was found, at once: it takes long."""
    print(text, flush=True)  # noqa: T201 - this is a program


def place_key(place: Place) -> str:
    """Name a change by its function, the text of its line and what it is, wherever that moves."""
    module, line, column, what, within = place
    text = (ROOT / "engine" / module).read_text("utf-8").splitlines()[line - 1]
    return f"{module} {within}: {text[column:].strip()}: {what}"


if __name__ == "__main__":
    sys.exit(main())
