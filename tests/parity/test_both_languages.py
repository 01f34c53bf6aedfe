"""Both languages: every message is written whole in Chinese and in English, side by side."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.sources import Source, sources

CHINESE = re.compile(r"[\u3400-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{3}")
SAID = re.compile(r"\w")
SHOWN = re.compile(r"学校\.parquet|班级/|可超过100%|元/人|百分点|1\.4万人")
"""Words of rules and names of files, which are written the same whoever reads the message."""
BLANK = {"读了 ", "年 ", ", {}", "〔　　　　〕　　号", "　　　　年　　月　　日"}
"""What one says, or leaves to be filled in by hand, where the other needs nothing."""


def text(node: ast.expr) -> str | None:
    """Give what a message says, ``{}`` for each value; nothing where it stands elsewhere."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        parts = (each.value if isinstance(each, ast.Constant) else "{}" for each in node.values)
        return "".join(str(each) for each in parts)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = text(node.left), text(node.right)
        return None if left is None or right is None else left + right
    return None


def wordings(module: Source) -> Iterator[tuple[int, str, str]]:
    """List the line, the Chinese and the English of each message that is written in a module."""
    for node in module.nodes:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id == "say" and len(node.args) > 1:
            zh, en = (text(each) for each in node.args)
            if zh is not None and en is not None:
                yield node.lineno, zh, en


def faults(zh: str, en: str) -> list[str]:
    """Say what a message lacks in one of its languages."""
    found = []
    if CHINESE.search(SHOWN.sub("", en)):
        found.append("Chinese in the English")
    if LATIN.search(zh) and zh == en:
        found.append("no Chinese")
    if bool(zh.strip()) != bool(en.strip()) and SAID.search(zh + en) and not {zh, en} & BLANK:
        found.append("one of them is empty")
    return found


@pytest.mark.parametrize(
    ("zh", "en", "found"),
    [
        ("没有文件", "there is no file", []),
        ("、", ", ", []),
        ("没有文件", "there is no 文件", ["Chinese in the English"]),
        ("there is no file", "there is no file", ["no Chinese"]),
        ("没有文件", "", ["one of them is empty"]),
    ],
)
def test_a_message_that_is_not_whole_is_found(zh: str, en: str, found: list[str]) -> None:
    """What is said in one language only, or in the wrong one, is noticed."""
    assert faults(zh, en) == found


def test_messages_are_whole_in_both_languages() -> None:
    """Whoever reads either language is told all of it, and none of the other."""
    read, wrong = 0, list[str]()
    for module in sources():
        for line, zh, en in wordings(module):
            read += 1
            wrong += [f"{module.path}:{line}: {found}" for found in faults(zh, en)]

    assert "\n".join(wrong) == ""
    assert read > 2000
