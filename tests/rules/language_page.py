"""The page about the rule language: what of it is written by the program, and must not drift.

``python -m tests.rules.language_page`` writes these parts anew, each between its two comments.
"""

import re
from collections.abc import Callable
from pathlib import Path

from dabiao.rules.files.document_files import KEYS
from dabiao.rules.formulas.examples import EXAMPLES
from dabiao.rules.formulas.functions import Function
from dabiao.rules.sentences import SENTENCES, SentenceKind
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.unit import unit_words

PAGE = Path(__file__).parents[2] / "docs" / "rule-language.zh-CN.md"
_PART = re.compile(r"<!-- (?P<name>[\w-]+) -->\n(?P<body>.*?)<!-- / -->", re.DOTALL)


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(each.replace('|', '｜') for each in row)} |\n" for row in lines)


def _sentences(kind: SentenceKind) -> str:
    rows = [
        [f"`{each.pattern}`", each.meaning, f"`{each.example}`"]
        for each in SENTENCES
        if each.kind is kind
    ]
    return _table(["句式", "含义", "例"], rows)


def _functions() -> str:
    rows = [
        [f"`{each.usage}`", EXAMPLES[each].gives[0], f"`{EXAMPLES[each].example[0]}`"]
        for each in Function
    ]
    return _table(["函数", "得到什么", "例"], rows)


def _keys() -> str:
    return _table(["键", "写法"], [[f"`{key}`", f"`{zh}`"] for key, (zh, _) in KEYS.items()])


def _levels() -> str:
    return _table(["层级", "英文"], [[each.zh, f"`{each.value}`"] for each in Level])


def _outcomes() -> str:
    return "、".join(each.label for each in Outcome) + "\n"


def _units() -> str:
    return "、".join(sorted(unit_words())) + "\n"


PARTS: dict[str, Callable[[], str]] = {
    "definition": lambda: _sentences(SentenceKind.DEFINITION),
    "norm": lambda: _sentences(SentenceKind.NORM),
    "facts": lambda: _sentences(SentenceKind.FACTS),
    "judging": lambda: _sentences(SentenceKind.JUDGING),
    "expected": lambda: _sentences(SentenceKind.EXPECTED),
    "functions": _functions,
    "keys": _keys,
    "levels": _levels,
    "outcomes": _outcomes,
    "units": _units,
}


def written(page: str) -> str:
    """Give the page with each part as it is now."""
    with speaking(Language.ZH):
        return _PART.sub(
            lambda part: f"<!-- {part['name']} -->\n{PARTS[part['name']]()}<!-- / -->", page
        )


def named(page: str) -> list[str]:
    """List the parts of the page."""
    return [part["name"] for part in _PART.finditer(page)]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
