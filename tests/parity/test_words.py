"""Words: one name stands for one thing, and every folder says what it is for."""

import ast
from collections import defaultdict

import pytest

from tests.sources import REPOSITORY, ROOMS, source, sources

FOLDERS = sorted(
    str(path.parent.relative_to(REPOSITORY))
    for room in ROOMS
    for path in (REPOSITORY / room).rglob("__init__.py")
)
FEWEST_LINES = 5
MOST_MODULES = 12
ALIKE = {"schemas"}
"""Folders whose modules are all of one shape, a model each, so that many are easily found."""


def named(tree: ast.Module) -> list[str]:
    """List the public classes and aliases of types that a module introduces."""
    found = [node.name for node in tree.body if isinstance(node, ast.ClassDef)]
    assigned = [node.targets[0] for node in tree.body if isinstance(node, ast.Assign)]
    found += [target.id for target in assigned if isinstance(target, ast.Name)]
    return [name for name in found if name[0].isupper() and not name.isupper()]


def test_one_word_one_idea() -> None:
    """No two modules have a public class or alias of the same name."""
    places: dict[str, list[str]] = defaultdict(list)
    for module in sources():
        for name in named(module.tree):
            places[name].append(module.path)

    assert {name: where for name, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize("folder", FOLDERS)
def test_folders_say_what_they_are_for(folder: str) -> None:
    """A folder's docstring says what comes in, what goes out, and what it must not know."""
    text = ast.get_docstring(source(f"{folder}/__init__.py").tree)

    assert text is not None
    assert len(text.splitlines()) >= FEWEST_LINES
    assert "ust not know" in text or "Nothing here knows" in text


@pytest.mark.parametrize("folder", [each for each in FOLDERS if each not in ALIKE])
def test_folders_fit_in_the_eye(folder: str) -> None:
    """A folder has so few modules that a stranger reads their names at a glance."""
    modules = {path.name for path in (REPOSITORY / folder).glob("*.py")} - {"__init__.py"}

    assert len(modules) <= MOST_MODULES
