"""Texts that are no number, and what to write instead: 三十五, 约45, 45-50, 同上."""

from dabiao.intake.cells.unusable import Unusable, shown
from dabiao.schemas.halfwidth import normalize
from dabiao.schemas.language import say
from dabiao.schemas.numerals import LARGE, NUMERAL, chinese_number
from dabiao.schemas.patterns import pattern
from dabiao.schemas.unit import is_known

_N = r"\d+(?:\.\d+)?"
_IN_WORDS = pattern(rf"(?P<number>[{NUMERAL}○点]+)(?P<unit>\D*)")
_FORMAL = pattern(rf"[零壹贰叁肆伍陆柒捌玖拾佰仟{LARGE}]{{2,}}\D*|[壹贰叁肆伍陆柒捌玖拾]")
_ABOUT = pattern(
    rf"(?:[约近≥≤><~≈]|大约|大概|不足|超过?|>=|<=).*{_N}.*|{_N}\D{{0,4}}?(?:以[上下]|左右|[余多+])"
)
_RANGE = pattern(rf"{_N}\D{{0,3}}?(?:[-~～—至到、/]|--){_N}.*")
_DITTO = frozenset(["同上", "同左", "同前", '"', "〃", "″", "''", "“", "”", "ditto"])
_SUM = pattern(rf"{_N}(?:[+-]{_N})*\+{_N}")
_BRACKETED = pattern(rf"\({_N}\)")
_REMARKED = pattern(rf"{_N}\D{{0,4}}?\(.*\D.*\)")


def instead(text: str) -> str:
    """Tell what to write instead of a text that is no number.

    Examples:
        >>> instead("三十五人"), instead("约45"), instead("45+3"), instead("一般")
        ('写成 35', '填实际的数，不填约数', '填算出的结果', '只填一个数，如 45')
    """
    plain = normalize(text).strip()
    number = _in_words(plain)
    if number is not None:
        return say(f"写成 {number:.15g}", f"write {number:.15g}")
    if _FORMAL.fullmatch(plain) or plain.startswith("百分之"):
        return say("用 0 至 9 填写", "write it with 0 to 9")
    if plain in _DITTO:
        return say("每格都要填数，不写“同上”", "write the number in each cell, not “ditto”")
    if _SUM.fullmatch(plain):
        return say("填算出的结果", "write what it comes to")
    if _ABOUT.fullmatch(plain):
        return say("填实际的数，不填约数", "write the number as it is, not about how much")
    if _RANGE.fullmatch(plain):
        return say("填一个数，不填范围", "write one number, not a range")
    if _BRACKETED.fullmatch(plain):
        return say(
            "去掉括号；是负数的，写负号", "drop the brackets; write the sign if it is negative"
        )
    if _REMARKED.fullmatch(plain):
        return say("只填数，说明写到别处", "write the number only, and the remark elsewhere")
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


def _in_words(text: str) -> float | None:
    """Read a number in words that says how large it is whatever the unit of its column."""
    match = _IN_WORDS.fullmatch(text)
    if match is None or not set(LARGE).isdisjoint(text):
        return None
    unit = match["unit"].strip()
    return chinese_number(match["number"]) if not unit or is_known(unit) else None
