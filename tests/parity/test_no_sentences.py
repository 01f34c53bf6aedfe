"""Sentences: what is found out is data, and only reports put it into words."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.sources import sources

CHINESE = re.compile(r"[\u4e00-\u9fff]")
REFUSALS = "EngineError"
"""What tells somebody that a wish cannot be met; it is said at once and never kept."""


def spoken(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield what is worded in a module, but for docstrings and for what refuses a wish."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == REFUSALS:
                continue
            if node.func.id == "say":
                yield node
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # a docstring
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if CHINESE.search(node.value):
                yield node
            continue
        yield from spoken(node)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('"""文档。"""\nx = 1\n', 0),
        ('x = "缺"\n', 1),
        ('x = say("是", "yes")\n', 2),
        ('raise EngineError(say("没有", "none"))\n', 0),
        ('x = f"{1}人"\n', 1),
    ],
    ids=["docstring", "literal", "say", "refusal", "pieces"],
)
def test_what_counts_as_a_sentence(source: str, found: int) -> None:
    """Literals in Chinese and calls of ``say`` do; docstrings and refusals do not."""
    assert len(list(spoken(ast.parse(source)))) == found


def test_the_engine_says_nothing() -> None:
    """So that a run made while one language is spoken can be told in the other."""
    found = [
        f"{module.path}:{node.lineno}"
        for module in sources("engine")
        for node in spoken(module.tree)
    ]

    assert found == []
