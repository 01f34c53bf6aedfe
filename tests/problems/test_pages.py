"""Each kind of problem has a page that explains it, and an example that provokes it."""

import ast
import re
from functools import cache

import pytest

from tests.problems.pages import PAGES, REPOSITORY, Page, contents, pages
from tests.sources import sources

_CODE = re.compile(
    r"[a-z]+(?:-[a-z0-9]+)+|arguments|empty|encoding|misplaced|password|syntax|undecodable|unproved"
    r"|unreadable"
)
"""Codes have hyphens, but for these few."""
MAKERS = frozenset(
    {
        *("Problem", "problem", "Doubt", "Unusable", "marked", "Unreadable"),
        *("FormulaFault", "RefusedError", "fault", "report", "tell"),
        *("_tell", "_problem", "_refuse", "_set_aside", "_lack", "_at", "_one"),
    }
)
"""Functions and classes that are given a code, as their first argument or by name."""


def _constants() -> dict[str, str]:
    """Give the texts that modules have a name for; a code may be one, and used elsewhere."""
    return {
        target.id: node.value.value
        for module in sources()
        for node in module.tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _kept(node: ast.AST) -> set[str]:
    """Give the codes that are first given a name, or put into a list of problems yet to be made."""
    values: list[ast.expr] = []
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name | ast.Tuple):
        target, said = node.targets[0], node.value
        first = target.elts[0] if isinstance(target, ast.Tuple) else target
        if isinstance(first, ast.Name) and first.id in {"code", "kind"}:
            values = said.elts[:1] if isinstance(said, ast.Tuple) else [said]
    match node:
        case ast.Call(ast.Attribute(ast.Attribute(ast.Name("found"), "problems"), "append"), given):
            values = [each.elts[0] for each in given if isinstance(each, ast.Tuple)]
    texts = [each.value for each in values if isinstance(each, ast.Constant)]
    return {text for text in texts if isinstance(text, str) and _CODE.fullmatch(text)}


@cache
def _codes() -> set[str]:
    """Collect the codes that stand in the program."""
    found = {f"{what}-differs" for what in ("name", "parent")}  # put together, in facts/moves.py
    constants = _constants()
    for module in sources():
        for node in module.nodes:
            found |= _kept(node)
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                said = [word.value for word in node.keywords if word.arg == "code"]
                if name in MAKERS:
                    said += node.args
                for value in said:
                    texts = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
                    words = {
                        constants.get(text.id, "")
                        if isinstance(text, ast.Name)
                        else getattr(text, "value", None)
                        for text in texts
                    }
                    found |= {
                        word for word in words if isinstance(word, str) and _CODE.fullmatch(word)
                    }
    return found


def test_each_code_has_a_page() -> None:
    """No message sends the reader to a page that is not there, and no page is about nothing."""
    explained = {page.code for page in pages()}

    assert sorted(_codes() - explained) == []
    assert sorted(explained - _codes()) == []


def test_the_list_of_pages_is_whole() -> None:
    """The list names every page."""
    assert (PAGES / "README.md").read_text("utf-8") == contents()


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.code)
def test_page_shows_what_happens(page: Page) -> None:
    """A page says what to do in both languages, and its example prints what it says.

    Where no example can be typed, a page names the test that provokes its code.
    """
    assert page.title
    assert "**怎么办**" in page.text
    assert "**What to do**" in page.text
    if page.elsewhere is not None:
        file, _, name = page.elsewhere.partition("::")
        text = (REPOSITORY / file).read_text("utf-8")
        assert f"def {name}(" in text
        assert page.code in text
        return
    for spoken, printed in zip(("zh", "en"), page.outputs(), strict=True):
        assert page.run(spoken) == printed
        assert f"[{page.code}]" in printed
