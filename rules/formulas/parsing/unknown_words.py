"""What to say of a word in a formula that nobody has introduced."""

import re
from collections.abc import Mapping

from dabiao.rules.formulas.error import FormulaFault
from dabiao.rules.formulas.parsing.lexicon import fold
from dabiao.rules.formulas.parsing.syntax_tree import Spread, shortened
from dabiao.rules.words.nearest import ask, nearest
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import say
from dabiao.schemas.numerals import NUMERAL, chinese_number

# Words for what a formula writes as a sign, longest first.
_WORDED = {
    "大于等于": "≥",
    "大于或等于": "≥",
    "小于等于": "≤",
    "小于或等于": "≤",
    "不低于": "≥",
    "不少于": "≥",
    "不小于": "≥",
    "不高于": "≤",
    "不超过": "≤",
    "不多于": "≤",
    "不大于": "≤",
    "不等于": "≠",
    "至少": "≥",
    "达到": "≥",
    "以上": "≥",
    "至多": "≤",
    "以下": "≤",
    "以内": "≤",
    "大于": ">",
    "高于": ">",
    "超过": ">",
    "多于": ">",
    "小于": "<",
    "低于": "<",
    "少于": "<",
    "不足": "<",
    "等于": "=",
    "除以": "÷",
    "乘以": "×",
    "加上": "+",
    "减去": "−",
    "at least": "≥",
    "at most": "≤",
    "more than": ">",
    "less than": "<",
    "equals": "=",
}
_WORDED_PATTERN = re.compile("|".join(map(re.escape, _WORDED)))
_JOINING = re.compile(r"(和|与|及|以及|并且|而且|同时|(?P<or>或者|或是))\s*")
_BEHIND = ("以上", "以下", "以内")
_LAST_YEAR = re.compile("(?:上一?年|去年)(?:的?水平|同期)?")
_MEAN_ABOVE = re.compile(r"(?P<whose>全区|全自治区|全盟|全市|全县|全旗)(?:的)?平均(?:水平|值|数)?")
_LEVELS = {"区": "自治区", "盟": "盟市", "市": "盟市", "县": "旗县", "旗": "旗县"}
_PART_OF = re.compile(r"(?P<name>.+)的(?P<share>\d+(?:\.\d+)?)%?$")
_PER_CENT = re.compile(rf"百分之([{NUMERAL}]+(?:点[{NUMERAL}]+)?)")
_IN_NUMERALS = re.compile(rf"([{NUMERAL}]+)\w{{0,2}}$")


def unknown_name(
    text: str, spread: Spread, names: Mapping[str, str], elsewhere: Mapping[str, str] | None = None
) -> FormulaFault:
    """Tell that a word is the name of nothing, and which names come close."""
    word = text[spread[0] : spread[1]]
    return FormulaFault(
        spread[0],
        spread[1] - spread[0],
        "unknown-name",
        say(
            f"没有叫“{shortened(word)}”的数据项或指标",
            f'no item or indicator is called "{shortened(word)}"',
        ),
        known_elsewhere(word, elsewhere or {})
        or _joined(word, names)
        or _of_last_year(word)
        or _of_mean_above(word)
        or _part_of(word, names)
        or (worded(word) if _begins_with_name(word, names) else None)
        or ask(closest_names(word, names))
        or worded(word)
        or _in_numerals(word)
        or say(
            "先在“数据项”或“指标”表里写上它；如果是文字，加上引号",
            "introduce it in a table of items or indicators first; put quotes around a text",
        ),
    )


def known_elsewhere(word: str, elsewhere: Mapping[str, str]) -> str | None:
    """Tell how to use a name that only another pack knows; None where none does."""
    owner = elsewhere.get(word) or elsewhere.get(halfwidth(word))
    return owner and say(
        f'它是文件 {owner} 定义的；要用它，在背景里写：使用"{owner}"的数据项',
        f'{owner} defines it; to use it, write into the background: uses the items of "{owner}"',
    )


def _joined(word: str, names: Mapping[str, str]) -> str | None:
    """Tell how conditions are joined, where a name stands behind another word for it."""
    found = _JOINING.match(word)
    if found is None or word[found.end() :].strip() not in names:
        return None
    sign = say("或", "or") if found["or"] else say("且", "and")
    return say(f"“{found[1]}”写成 {sign}", f'write {sign} for "{found[1]}"')


def _of_last_year(word: str) -> str | None:
    """Tell how the value of the year before is written."""
    if _LAST_YEAR.fullmatch(word) is None:
        return None
    return say("上一年的数写成 上年(数据项)", "the value of the year before is last_year(item)")


def _of_mean_above(word: str) -> str | None:
    """Tell how the value of the level above is written: 全市平均水平."""
    found = _MEAN_ABOVE.fullmatch(word)
    if found is None:
        return None
    level = _LEVELS[found["whose"][-1]]
    return say(
        f"写成 上级({level}.数据项)，由{level}填报；各下级的平均写 平均(下级.数据项)",
        "write above(level.item), which that level reports",
    )


def _part_of(word: str, names: Mapping[str, str]) -> str | None:
    """Tell how so many per cent of an item are written: 工资总额的1%."""
    found = _PART_OF.fullmatch(fold(word))
    if found is None or word[: found.end("name")] not in names:
        return None
    name, share = word[: found.end("name")], found["share"]
    return say(f"“的”写成 ×：{name} × {share}%", f"multiply: {name} × {share}%")


def _in_numerals(word: str) -> str | None:
    """Tell to write digits, where a number is written in words: 一个."""
    share = _PER_CENT.fullmatch(word)
    number = None if share is None else chinese_number(share[1])
    if number is not None:
        return say(f"数用数字写：{number:g}%", f"write numbers in digits: {number:g}%")
    found = _IN_NUMERALS.match(word)
    number = None if found is None else chinese_number(found[1])
    if found is None or number is None:
        return None
    digits = f"{number:g}{word[found.end(1) :]}"
    return say(f"数用数字写：{digits}", f"write numbers in digits: {digits}")


def _begins_with_name(word: str, names: Mapping[str, str]) -> bool:
    """Tell whether a word is a name and then a comparison in words, such as 班级人数不超过."""
    found = _WORDED_PATTERN.search(fold(word))
    return found is not None and word[: found.start()].strip() in ("", *names)


def closest_names(word: str, names: Mapping[str, str]) -> list[str]:
    """List the names closest to a word, each measure once, under the name that comes closest."""
    found: dict[str, str] = {}
    for name in nearest(word, names, 6):
        found.setdefault(names[name], name)
    return list(found.values())[:3]


def worded(word: str) -> str | None:
    """Tell which sign to write where a word says it; None where none does.

    Examples:
        >>> worded("班级人数不超过")
        '“不超过”写成 ≤'
    """
    match = _WORDED_PATTERN.search(fold(word))
    if match is None:
        return None
    if match[0] in _BEHIND:
        return say(
            f"前面有“应…”的，删去“{match[0]}”；条件里写成 {_WORDED[match[0]]}",
            f"leave it out of a demand; in a condition write {_WORDED[match[0]]}",
        )
    return say(
        f"“{match[0]}”写成 {_WORDED[match[0]]}", f'write {_WORDED[match[0]]} for "{match[0]}"'
    )
