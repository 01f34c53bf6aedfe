"""Texts that are no number, and what to write instead: 三十五, 约45, 45-50, 同上."""

from dabiao.intake.cells.unusable import Unusable, shown
from dabiao.schemas.halfwidth import normalize
from dabiao.schemas.language import say
from dabiao.schemas.numerals import DIGITS, LARGE, MAGNITUDES, NUMERAL, chinese_number
from dabiao.schemas.patterns import pattern
from dabiao.schemas.unit import is_known

_N = r"\d+(?:\.\d+)?"
_IN_WORDS = pattern(rf"(?P<number>[{NUMERAL}○点]+)(?P<unit>\D*)")
_SHARE = pattern(rf"百分之(?P<number>[{NUMERAL}○点]+)")
_TENTHS = pattern(rf"(?P<number>[{DIGITS}])成(?P<behind>[{DIGITS}])?")
_BY_SIZES = pattern(rf"(?:\d[{''.join(MAGNITUDES)}]){{2,}}\d?\D*")
_TO_WORDS = str.maketrans("0123456789", f"零{DIGITS}")
_DECIMAL_COMMA = pattern(r"[+-]?(?:0+,\d+|\d+,(?!\d{3}$)\d+)%?")
_OTHERWISE = (
    (
        pattern(r"[+-]?\d[\d.,]*[eE][+-]?\d+"),
        "核对是否多打了 E 或几位数字",
        "see whether an E or digits were typed too many",
    ),
    (
        pattern(r"没有|[暂尚]无|未统计|不详|不清楚|待定|未知|不适用|缺|略|空白?|none|unknown|nan"),
        "没有的填 0，不知道的留空",
        "write 0 for none, and nothing if it is not known",
    ),
    (
        pattern(r"[详见]{1,2}(?:附件|附表|附后|备注|说明|另表|后|上|下)\D*\d*"),
        "把数填在这一格里",
        "write the number in this cell",
    ),
    (
        pattern(rf"[{NUMERAL}]*[{LARGE}][{NUMERAL}]*|(?:{_N}[{''.join(MAGNITUDES)}])+\d*\D*"),
        "用 0 至 9 填写，并写明单位",
        "write it with 0 to 9, and its unit",
    ),
    (
        pattern(rf"[零壹贰叁肆伍陆柒捌玖拾佰仟{LARGE}]{{2,}}\D*|[壹贰叁肆伍陆柒捌玖拾]|百分之.*"),
        "用 0 至 9 填写",
        "write it with 0 to 9",
    ),
    (
        pattern("同[上左前]|\"|〃|″|''|“|”|ditto"),
        "每格都要填数，不写“同上”",
        "write the number in each cell, not “ditto”",
    ),
    (pattern(rf"{_N}(?:[+-]{_N})*\+{_N}"), "填算出的结果", "write what it comes to"),
    (
        pattern(
            rf"(?:[约近≥≤><~≈]|大约|大概|不足|超过?|>=|<=).*{_N}.*"
            rf"|{_N}\D{{0,4}}?(?:以[上下]|左右|[余多+])"
        ),
        "填实际的数，不填约数",
        "write the number as it is, not about how much",
    ),
    (
        pattern(rf"{_N}/{_N}"),
        "填一个数：是分数的填算出的结果，不填范围",
        "write one number: what a fraction comes to, and no range",
    ),
    (
        pattern(rf"{_N}\D{{0,3}}?(?:[-~～—至到、/]|--){_N}.*"),
        "填一个数，不填范围",
        "write one number, not a range",
    ),
    (
        pattern(rf"\({_N}\)"),
        "去掉括号；是负数的，写负号",
        "drop the brackets; write the sign if it is negative",
    ),
    (
        pattern(rf"{_N}\D{{0,4}}?\(.*\D.*\)"),
        "只填数，说明写到别处",
        "write the number only, and the remark elsewhere",
    ),
)
"""What people write in place of a number, and what to tell them to write instead."""


def instead(text: str) -> str:
    """Tell what to write instead of a text that is no number.

    Examples:
        >>> instead("三十五人"), instead("约45"), instead("45+3"), instead("一般")
        ('写成 35人', '填实际的数，不填约数', '填算出的结果', '只填一个数，如 45')
    """
    plain = normalize(text).strip()
    number = _in_words(plain)
    if number is not None:
        return say(f"写成 {number}", f"write {number}")
    if _DECIMAL_COMMA.fullmatch(plain):
        number = plain.replace(",", ".")
        return say(f"小数点用点，写成 {number}", f"write it with a point: {number}")
    for written, zh, en in _OTHERWISE:
        if written.fullmatch(plain):
            return say(zh, en)
    return say("只填一个数，如 45", "give one number, e.g. 45")


def lost_digits(cell: str) -> Unusable:
    """Say of a number in scientific notation that it is not whole."""
    return Unusable(
        "not-a-number",
        say(
            f"{shown(cell)}是科学计数法，只留下开头几位，后面各位已丢失",
            f"{shown(cell)} is in scientific notation and keeps the first digits only",
        ),
        say(
            "把单元格格式改为数值，再导出或填写",
            "set the format to number before exporting, or type the number",
        ),
    )


def too_narrow(cell: str) -> Unusable:
    """Say what ##### is."""
    return Unusable(
        "not-a-number",
        say(
            f"{shown(cell)}是列宽不够时的显示，数没有导出来",
            f"{shown(cell)} is what a column too narrow shows; the number was not exported",
        ),
        say("把列调宽，重新导出或填写", "widen the column and export it again, or type the number"),
    )


def _in_words(text: str) -> str | None:
    """Write a number in words in digits, with its unit.

    That of 两万 is that of its column, if there is none behind it: 两万元 in a column of 万元.
    """
    if (share := _SHARE.fullmatch(text)) is not None:
        number = chinese_number(share["number"])
        return None if number is None else f"{number:.15g}%"
    if (tenths := _TENTHS.fullmatch(text)) is not None:
        behind = chinese_number(tenths["behind"] or "零")
        return f"{chinese_number(tenths['number']):.0f}{behind:.0f}%"
    if _BY_SIZES.fullmatch(text):  # 1千2百
        text = text.translate(_TO_WORDS)
    match = _IN_WORDS.fullmatch(text)
    if match is None:
        return None
    unit, number = match["unit"].strip(), chinese_number(match["number"])
    if number is None or (not is_known(unit) if unit else not set(LARGE).isdisjoint(text)):
        return None
    return f"{number:.15g}{unit}"
