"""How official documents number their parts: 第一章, 第二节, 一、, （一）, 1., （1）, 专栏1."""

import re
from enum import IntEnum
from typing import assert_never

from dabiao.rules.coverage.text.mentions import narrow
from dabiao.schemas.numerals import DIGITS, NUMERAL, SIZE, chinese_number
from dabiao.schemas.record import dataclass


class Rank(IntEnum):
    """How deep a numbered part lies; a smaller one contains a larger one."""

    ANNEX = 0
    CHAPTER = 1
    SECTION = 2
    FIRST = 3
    """一、"""
    SECOND = 4
    """（一）"""
    THIRD = 5
    """1."""
    FOURTH = 6
    """（1）"""
    FIFTH = 7
    """①"""
    BOX = 8
    """专栏1: lies inside whatever it stands in."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What a line is numbered with.

    Attributes:
        rank: How deep it lies.
        number: Its number; 0 for an annex without one.
        label: As places name it: 第三章, 二, （一）, 1.
        title: What follows it on the line.
    """

    rank: Rank
    number: int
    label: str
    title: str


_N = f"[{NUMERAL}]+"
_MARKERS = (
    (Rank.CHAPTER, re.compile(rf"第\s*({_N}|\d+)\s*([章篇编]|部分)(?![\u4e00-\u9fff]*[，。])")),
    (Rank.SECTION, re.compile(rf"第\s*({_N}|\d+)\s*节")),
    (Rank.FIRST, re.compile(rf"第\s*({_N}|\d+)\s*条(?=[\s:：])")),
    (Rank.FIRST, re.compile(rf"([{DIGITS}十]{{1,3}})\s*[、．.:：]")),
    (Rank.SECOND, re.compile(rf"[(（]\s*([{DIGITS}十]{{1,3}})\s*[)）][、．.]?")),
    (Rank.THIRD, re.compile(r"(\d{1,2})\s*[.、．](?!\d)")),
    (
        Rank.THIRD,
        re.compile(
            r"(\d{1,2}\.\d{1,2}(?:\.\d{1,2})*)[\s、．.]*(?=[\u4e00-\u9fff“《])"
            rf"(?!个|{SIZE}|[倍元人所分年米]|平方|公里|小时|周岁)"
        ),
    ),
    (Rank.FOURTH, re.compile(r"[(（]\s*(\d{1,2})\s*[)）][、．.]?")),
    (Rank.FOURTH, re.compile(r"(\d{1,2})\s*[)）]")),
    (Rank.FIFTH, re.compile(r"([①-⑳])")),
    (Rank.BOX, re.compile(rf"专\s*栏\s*({_N}|\d+)\s*[:：.、]?")),
    (Rank.ANNEX, re.compile(rf"附\s*[件表录]\s*({_N}|\d+)?\s*(?:[:：.、]|\s|$)")),
)
_CIRCLED = {chr(ord("①") + offset): offset + 1 for offset in range(20)}
_LONGEST_HEADING = 45
_END = "。！？；!?;"
_INSIDE = re.compile("[。；;！？]")
_CLOSING = "”）)》」\"' "

_PAST = re.compile(
    r"成就|(?:取得|主要|发展|工作|显著|阶段性?)的?(?:成绩|成效)|(?:工作|发展)回顾|发展基础$|现有基础"
    r"|(?:发展|基本|主要)现状|取得的?(?:主要)?(?:进展|突破)|工作总结|完成情况"
)
_AHEAD = re.compile(r"巩固|提升|持续|进一步|切实|强化|确保|增强|推动|推进|深化|提高|扩大|力争")
_NOT_PAST = re.compile(
    r"问题|短板|不足|形势|挑战|机遇|环境|(?:主要|总体|重点|发展|工作|年度)?(?:目标|任务|要求|打算|安排)$"
)


def marker(line: str) -> Marker | None:
    """Read what a line is numbered with; None if it is not.

    Examples:
        >>> marker("（二）推动义务教育优质均衡发展").label
        '（二）'
        >>> marker("3.5：6.5是职普比") is None
        True
    """
    text = narrow(line).strip()
    for rank, pattern in _MARKERS:
        found = pattern.match(text)
        if found is not None:
            return _marker(rank, found, line.strip()[found.end() :].strip())
    return None


def _marker(rank: Rank, found: re.Match[str], title: str) -> Marker:
    number = _number(found[1] or "")
    match rank:
        case Rank.CHAPTER:
            label = f"第{found[1]}{found[2]}"
        case Rank.SECTION:
            label = f"第{found[1]}节"
        case Rank.FIRST:
            label = f"第{found[1]}条" if found[0].startswith("第") else found[1]
        case Rank.SECOND:
            label = f"（{found[1]}）"
        case Rank.FOURTH:
            label = f"（{number}）"
        case Rank.BOX:
            label = f"专栏{number}"
        case Rank.ANNEX:
            kind = "附表" if "表" in found[0] else "附件"
            label = f"{kind}{number or ''}"
        case Rank.THIRD | Rank.FIFTH:
            label = found[1]
        case _:
            assert_never(rank)
    return Marker(rank, number, label, title)


def _number(text: str) -> int:
    if text in _CIRCLED:
        return _CIRCLED[text]
    if text.isdigit():
        return int(text)
    if "." in text:
        return int(text.rpartition(".")[2])
    return int(chinese_number(text) or 0)


def ends(text: str) -> bool:
    """Tell whether a sentence ends where the text does."""
    return text.rstrip(_CLOSING).endswith(tuple(_END)) or text.rstrip().endswith((":", "："))


def only_heading(text: str, mark: Marker | None) -> bool:
    """Tell whether a numbered line is a heading and nothing else."""
    if mark is None or len(text) > _LONGEST_HEADING or _INSIDE.search(mark.title):
        return False
    if mark.rank in (Rank.FOURTH, Rank.FIFTH):
        return len(mark.title) <= _LONGEST_HEADING // 3 and not re.search("[，,：:、]", mark.title)
    return True


def tells_of_the_past(title: str) -> bool | None:
    """Tell whether a heading is about what was achieved; None if it says nothing of the kind."""
    title = title.strip()
    if _PAST.search(title) and not _AHEAD.match(title):
        return True
    return False if _NOT_PAST.search(title) else None
