"""What a header says: how much it is like the name of a measure, and what its brackets hold.

Names of measures differ by a qualifier as often as by a word of no weight: 小学专任教师数 is
not 专任教师数, but 专任教师人数 is. So words of no weight are taken away first. What is left is
either the same, and then so is the measure, or the likeness only says that somebody should look.
"""

import re
from difflib import SequenceMatcher
from functools import cache

from dabiao.intake.cells.totals import is_total
from dabiao.intake.cells.variants import simplified
from dabiao.intake.names import DUTIES, plain
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.numerals import DIGITS
from dabiao.schemas.unit import is_known

SAME = 1.0
"""The very name."""
EQUIVALENT = 0.95
"""The same but for words of no weight."""
_ALIKE = 0.9
"""What the likeness of names that differ is multiplied with, so that it stays below."""

_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_PARTS = re.compile(r"[,，、;；。:：]|\s{2,}|(?<=[一-鿿])\s+|\s+(?=[一-鿿])")
_LABEL = re.compile(r"^(?:计量)?单位[:：]?|^units?[:：]\s*|^in\s+", re.IGNORECASE)
_NO_MORE = DUTIES | {"数", "数量", "人数", "个数", "number", "no", "no.", "#", "count"}
_BEGINNING = re.compile(rf"^(?:[\d{DIGITS}十]+[、.．)]|其中[:：]?|[-—·•]+)+")
_MARKS = re.compile(r"[\s:：,，、;；/\\_\-—.·。()\[\]【】〔〕“”\"']+")
# What a word of a header is called in the vocabulary, whatever it is about.
_WORDS = (
    (re.compile(r"^是否"), ""),
    (re.compile(r"在校学生|在校生"), "学生"),
    (re.compile(r"(?<!级)班数"), "班级数"),
    (re.compile(r"幼稚园"), "幼儿园"),
    (re.compile(r"(?<=[生师员工长民户女子儿])总?人数"), "数"),
    (re.compile(r"(?:总数|总量|数量|个数|合计|小计|总计)$"), "数"),
    (re.compile(r"(?:总额|金额)$"), ""),
    (re.compile(r"[数的之]$|的|年末|期末|学年初"), ""),
)
_ENGLISH = re.compile(r"[a-z]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LIGHT = frozenset(["of", "the", "a", "an", "number", "no", "num", "nr", "total", "count", "in"])
_ALSO = {"pupil": "student", "enrolment": "student", "enrollment": "student"}
_PLURALS = (("ies", "y"), ("sses", "ss"), ("s", ""))


def alike(header: str, name: str) -> float:
    """Tell how much a header is like a name: 1 for the same, 0 for nothing in common.

    Examples:
        >>> alike("專任教師人數", "专任教师数"), alike("No. of Students", "students")
        (0.95, 0.95)
        >>> alike("小学专任教师数", "专任教师数") < 0.9
        True
    """
    if not header or not name:
        return 0.0
    if _plain(header) == _plain(name):
        return SAME
    left, right = kernel(header), kernel(name)
    if not left or not right:
        return 0.0
    if left == right:
        return EQUIVALENT
    if isinstance(left, frozenset) and isinstance(right, frozenset):
        return _ALIKE * 2 * len(left & right) / (len(left) + len(right))
    if isinstance(left, str) and isinstance(right, str):
        return _ALIKE * _ratio(left, right)
    return 0.0


_plain = cache(plain)


def _ratio(left: str, right: str) -> float:
    """Compare two texts; 0 where they do not even have half of their characters in common."""
    common = min(sum(letter in right for letter in left), sum(letter in left for letter in right))
    if 4 * common < len(left) + len(right):  # a quarter of both is half of either
        return 0.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


@cache
def kernel(text: str) -> str | frozenset[str]:
    """Reduce a name to what it says: characters of a Chinese one, words of an English one.

    Examples:
        >>> kernel("其中：在校學生總數（人）"), sorted(kernel("Number of full-time teachers"))
        ('学生', ['full', 'teacher', 'time'])
    """
    bare = strip_brackets(text)
    if bare.isascii():
        words = _ENGLISH.findall(_CAMEL.sub(" ", bare).replace("_", " ").lower())
        found = frozenset(_singular(word) for word in words)
        return frozenset(_ALSO.get(word, word) for word in found - _LIGHT) or found
    found_text = _BEGINNING.sub("", simplified(plain(bare)))
    found_text = _MARKS.sub("", found_text)
    for pattern, written in _WORDS:
        found_text = pattern.sub(written, found_text)
    return found_text


def strip_brackets(text: str) -> str:
    """Leave out what stands in brackets: units, duties, remarks."""
    bare = _BRACKETS.sub("", fold(text)).strip()
    return bare or text


def bracketed(header: str) -> tuple[str | None, str]:
    """Give the unit and the qualifier that stand in the brackets of a header.

    专任教师数（人） is 专任教师数, but 专任教师数（女） is only some of them.

    Examples:
        >>> bracketed("财政拨款总额(万元,不含基建)"), bracketed("专任教师数（女）")
        (('万元', '不含基建'), (None, '女'))
        >>> bracketed("在校生数（不含寄宿）（人）"), bracketed("人数（必填）（单位：人）")
        (('人', '不含寄宿'), ('人', ''))
    """
    unit: str | None = None
    others: list[str] = []
    for found in _BRACKETS.findall(fold(header)):
        for part in _PARTS.split(_LABEL.sub("", found.strip())):
            text = part.strip().strip("*")
            if not text or text.casefold() in _NO_MORE or is_total(text):
                continue
            if unit is None and is_known(text):
                unit = text
            else:
                others.append(text)
    return unit, "、".join(others)


def _singular(word: str) -> str:
    if len(word) > len("gas") and not word.endswith("ss"):
        for plural, single in _PLURALS:
            if word.endswith(plural):
                return word.removesuffix(plural) + single
    return word
