"""What a form says about its columns: notes on headers, and what to do about a wrong entry."""

from collections.abc import Sequence
from typing import assert_never

from dabiao.intake.names import Fixed
from dabiao.schemas.form import Field, NeedingRule
from dabiao.schemas.language import say
from dabiao.schemas.unit import is_percent

_FEW = 3
"""Clauses told in full on a header."""


def header(fixed: Fixed) -> str:
    """Give the header of a column that says who and when."""
    return say(fixed.zh, fixed.value)


def fixed_note(fixed: Fixed) -> str:
    """Explain a column that says who and when; empty for those of rosters."""
    match fixed:
        case Fixed.CODE:
            return say(
                "考核对象的代码：地区用行政区划代码，学校用学校标识码，班级用自编的代码。"
                "同一个对象在各表、各年用同一个代码。",
                "Code of the subject: a place by its administrative code, a school by its own,"
                " a class by one you choose. Use the same code in every sheet and year.",
            )
        case Fixed.NAME:
            return say("考核对象的名称。", "Name of the subject.")
        case Fixed.PARENT:
            return say(
                "所属上级的代码：班级填学校的代码，学校填所在旗县（或苏木乡镇）的代码。",
                "Code of what it lies in: the school of a class, the county of a school.",
            )
        case Fixed.YEAR:
            return say(
                "数据是哪一年的。学年初的数据填学年开始的那一年。",
                "The year of the data; for a school year, the year in which it begins.",
            )
        case (
            Fixed.LEVEL
            | Fixed.STATUS
            | Fixed.OPENED
            | Fixed.CLOSED
            | Fixed.MERGED
            | Fixed.FORMER
            | Fixed.RECODED
        ):
            return ""
        case _:
            assert_never(fixed)


def field_note(field: Field) -> str:
    """Tell what a column asks for, what it may hold, and who wants to know."""
    told = [field.header]
    if field.definition:
        told.append(say("口径：", "Definition: ") + field.definition)
    told.append(say("填写：", "Fill in: ") + entry(field))
    if field.summed:
        told.append(
            say(
                "可不填：下级都报了这一项，就用下级的合计。",
                "May be left blank: where all subjects below report it, their sum counts.",
            )
        )
    told.append(say("依据：", "Needed by: ") + clauses(field.clauses, _FEW))
    return "\n".join(told)


def entry(field: Field) -> str:
    """Tell what a cell may hold, with an example where people ask for one."""
    if is_percent(field.unit):
        return field.expected + say("，98% 就填 98", "; 98% is typed as 98")
    return field.expected


def sign_off() -> str:
    """Name who signs a form, for the foot of every page; an ampersand would be a command."""
    zh = "填报人：＿＿＿＿　审核人：＿＿＿＿　负责人：＿＿＿＿　日期：＿＿＿＿　（公章）"
    return say(zh, "Filled in by ______  checked by ______  head ______  date ______  (seal)")


def clauses(of: Sequence[NeedingRule], most: int | None = None, known: str | None = None) -> str:
    """Name the clauses that rest on an item, by document and place.

    Args:
        of: The clauses.
        most: How many are told in full; None for all.
        known: The document that need not be named, as it is said elsewhere.
    """
    told = [
        ("" if clause.document == known else say("《{0}》", "{0}, ").format(clause.document))
        + say("；", "; ").join(clause.places)
        + say("：", ": ")
        + clause.title
        + (
            say(f"（仅限 {clause.condition}）", f" (only where {clause.condition})")
            if clause.condition
            else ""
        )
        for clause in of
    ]
    more = len(told) - len(told[:most])
    if more:
        told = [*told[:most], say(f"另有 {more} 条", f"and {more} more")]
    return "\n".join(told) if len(told) > 1 else told[0]


def refusal(field: Field) -> str:
    """Tell what to do about an entry that cannot be right."""
    told = say(
        f"{field.header}：应为{entry(field)}。没有的填 0，不知道的留空。",
        f"{field.header}: expected {entry(field)}. Type 0 for none; leave blank what you do not"
        " know.",
    )
    if not field.type.numeric:
        told = say(
            f"{field.header}：请从下拉列表中选择。不知道的留空。",
            f"{field.header}: choose from the list; leave blank what you do not know.",
        )
    return told
