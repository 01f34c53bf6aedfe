"""Places in a document: read from a rule's 出处, compared with where a clause stands."""

import re
from collections.abc import Mapping
from enum import IntEnum

from dabiao.rules.coverage.text.mentions import narrow
from dabiao.schemas.numerals import DIGITS, NUMERAL, chinese_number
from dabiao.schemas.record import dataclass

_N = f"[{NUMERAL}]+"
_PATTERNS = (
    ("chapter", re.compile(rf"第({_N}|\d+)(?:章|篇|编|部分)")),
    ("section", re.compile(rf"第({_N}|\d+)节")),
    ("box", re.compile(rf"专栏\s*({_N}|\d+)")),
    ("annex", re.compile(r"附[件表录]\s*(\d*)")),
    ("sentence", re.compile(r"第(\d+)句")),
    ("paragraph", re.compile(rf"第({_N}|\d+)段")),
    ("row", re.compile(r"第(\d+)行")),
    ("article", re.compile(rf"第({_N}|\d+)条")),
    ("item", re.compile(rf"第({_N}|\d+)[项款]")),
    ("second", re.compile(rf"[(（]([{DIGITS}十]{{1,3}})[)）]")),
    ("item", re.compile(r"[(（](\d{1,2})[)）]")),
    ("first", re.compile(rf"(?<![\u4e00-\u9fff])([{DIGITS}十]{{1,3}})(?![\u4e00-\u9fff])")),
    ("third", re.compile(r"(?<![\d.])(\d{1,2})(?![\d.%])")),
)
_QUOTED = re.compile(r"“[^”]*(?:“[^”]*”[^”]*)*”")
_OUTER = ("chapter", "section", "first", "article", "second", "third", "box", "annex", "item")


class Agreement(IntEnum):
    """How well a place that a rule names fits the place of a clause."""

    NONE = 0
    """Elsewhere, or not said."""
    NEAR = 1
    """The same part of the document."""
    SAME = 2
    """The same paragraph, item or row of a table."""


@dataclass(frozen=True, slots=True)
class ClausePlace:
    """A place taken apart into the numbers of its chapter, section, paragraph and so on.

    Attributes:
        keys: Part to number; annexes without a number are 0.
        words: What it says besides, such as the label of a table's row.
        table: Whether it speaks of a table.
    """

    keys: Mapping[str, int]
    words: str
    table: bool


def read_place(text: str) -> ClausePlace:
    """Take a place apart.

    Examples:
        >>> dict(read_place("第三章第一节二，第2段").keys)
        {'chapter': 3, 'section': 1, 'paragraph': 2, 'first': 2}
        >>> dict(read_place("专栏8（1）").keys), dict(read_place("正文二（五）28").keys)
        ({'box': 8, 'item': 1}, {'second': 5, 'first': 2, 'third': 28})
    """
    keys: dict[str, int] = {}
    rest = _QUOTED.sub("，", narrow(text)).replace("正文", "，")
    for key, pattern in _PATTERNS:
        found = pattern.search(rest)
        if found is None or (key in keys):
            continue
        number = _number(found[1])
        if number is None:
            continue
        keys[key] = number
        rest = rest[: found.start()] + "，" + rest[found.end() :]
    table = "表" in rest or ("annex" in keys and "清单" in rest)
    return ClausePlace(keys, rest, table)


def _number(text: str) -> int | None:
    if not text:
        return 0
    if text.isdigit():
        return int(text)
    value = chinese_number(text)
    return int(value) if value is not None else None


def agreement(rule: ClausePlace, clause: ClausePlace) -> Agreement:
    """Compare the place a rule names with that of a clause.

    A part that only one of them names says nothing, except boxes and annexes, which are places of
    their own.
    """
    one, other = dict(rule.keys), clause.keys
    if "article" in one and "article" not in other and "third" not in one:
        one["third"] = one.pop("article")  # many notices number their 条 1., 2., 3.
    if ("box" in one) != ("box" in other) or ("annex" in one) != ("annex" in other):
        return Agreement.NONE
    shared = [key for key in _OUTER if key in one and key in other]
    if not shared or any(one[key] != other[key] for key in shared):
        return Agreement.NONE
    if "box" in one and "item" in one and "item" not in other:
        return Agreement.NEAR
    deepest = [key for key in _OUTER if key in one][-1]
    if deepest not in other:
        return Agreement.NONE
    if "paragraph" in one:
        same = one["paragraph"] == other.get("paragraph", 1)
        return Agreement.SAME if same else Agreement.NEAR
    exact = deepest in ("article", "third", "item") or ("box" in one and "item" not in other)
    return Agreement.SAME if exact else Agreement.NEAR
