"""Why a cell cannot be used."""

from dataclasses import dataclass

from dabiao.schemas.intake.table import Cell, Fault, Garbled, Moment, Nested, Percent, Uncomputed
from dabiao.schemas.language import say
from dabiao.schemas.problem import Severity

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cell cannot be used.

    Attributes:
        code: Kind of problem.
        message: What is wrong, one clause.
        hint: What to do, where it is not plain from the message.
        severity: Error, or a warning where the cell may well be meant so.
        found: What the cell holds, where the message says it.
    """

    code: str
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR
    found: str | None = None


def shown(cell: Cell) -> str:
    """Show what a cell holds, in quotes and not at length."""
    text = bare(cell)
    return say(f"“{text}”", f'"{text}"')


def bare(cell: Cell) -> str:
    """Show what a cell holds, not at length."""
    match cell:
        case bool():
            text = say("是", "TRUE") if cell else say("否", "FALSE")
        case Percent():
            text = f"{float(cell) * 100:.10g}%"
        case float():
            text = f"{cell:.15g}"
        case Fault() | Moment() | Nested() | Garbled():
            text = cell.shown
        case Uncomputed():
            text = say("公式", "a formula")
        case _:
            text = " ".join(str(cell).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def special(cell: Cell) -> Reason | None:
    """Say what is wrong with a cell that holds neither a number nor a text."""
    match cell:
        case Uncomputed():
            return Reason(
                "formula-without-value",
                say("是公式，但没有保存计算结果", "is a formula whose value was not saved"),
                say(
                    "用 Excel 或 WPS 打开并保存，再提交",
                    "open and save it in Excel or WPS, then send it",
                ),
            )
        case Fault():
            return fault(cell.shown)
        case Moment():
            return Reason(
                "date-in-cell",
                say(f"是日期或时间 {cell.shown}", f"is a date or time, {cell.shown}"),
                say(
                    "把单元格格式改为数值后重新填写（Excel 会把 3-5 变成日期）",
                    "set the format to number and type it again (Excel turns 3-5 into a date)",
                ),
            )
        case Garbled():
            return Reason(
                "garbled-text",
                say(f"{shown(cell)}中有残缺的字符", f"{shown(cell)} holds halves of characters"),
                say("重新填写这一格", "type the cell again"),
            )
        case Nested():
            return Reason(
                "nested-value",
                say(f"{shown(cell)}不是单个的值", f"{shown(cell)} is not a single value"),
                say("只填一个值", "give a single value"),
            )
    return None


def fault(text: str) -> Reason:
    """Explain an error value of a spreadsheet."""
    known = {
        "#DIV/0!": say("除数为 0 或为空", "it divides by 0 or by nothing"),
        "#REF!": say("引用的单元格已被删除", "it refers to a cell that was deleted"),
        "#N/A": say("要查找的内容不存在", "what it looks up is not there"),
        "#VALUE!": say("参与计算的内容不是数值", "it computes with something that is no number"),
        "#NAME?": say("函数名有误", "it names an unknown function"),
        "#NUM!": say("数值超出可计算的范围", "a number in it is out of range"),
        "#NULL!": say("引用的区域没有交集", "the ranges it refers to do not meet"),
    }
    why = known.get(text.upper(), say("公式出错", "the formula fails"))
    return Reason(
        "formula-error",
        say(f"是公式错误 {text}：{why}", f"is the formula error {text}: {why}"),
        say("改正公式，或直接填写数值", "mend the formula, or type the number"),
    )


def merged(cell: str) -> Reason:
    """Say that a cell is merged with another that holds the value."""
    return Reason(
        "merged-cells",
        say(f"与 {cell} 合并，不知各是多少", f"is merged with {cell}, so nobody knows its share"),
        say("取消合并，逐格填写", "unmerge the cells and fill in each"),
    )
