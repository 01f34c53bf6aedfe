"""Why a cell cannot be used."""

from dabiao.intake.formats.table import (
    Cell,
    ErrorValue,
    Garbled,
    Moment,
    Nested,
    Percent,
    Printed,
    Uncomputed,
)
from dabiao.schemas.language import say
from dabiao.schemas.marks import marks, struck
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why a cell cannot be used.

    Attributes:
        code: Kind of problem.
        message: What is wrong, one clause.
        hint: What to do, where it is not plain from the message.
        severity: Error, or a warning where the cell may well be meant so.
        found: What the cell holds, where the message says it.
        readings: What the cell may mean in the item's unit, as it stands first, where it may mean
            several things.
    """

    code: str
    message: str
    hint: str | None = None
    severity: Severity = Severity.ERROR
    found: str | None = None
    readings: tuple[float, ...] = ()


def shown(cell: Cell) -> str:
    """Show what a cell holds, in quotes and not at length."""
    text = bare(cell)
    return say(f"“{text}”", f'"{text}"')


def bare(cell: Cell) -> str:
    """Show what a cell holds, not at length."""
    match cell:
        case str():  # which most are
            text = " ".join(cell.split())
        case bool():
            text = say("是", "TRUE") if cell else say("否", "FALSE")
        case Percent():
            text = f"{float(cell) * 100:.10g}%"
        case float():
            text = f"{cell:.15g}"
        case ErrorValue() | Moment() | Nested() | Garbled() | Printed():
            text = cell.shown
        case Uncomputed():
            text = say("公式", "a formula")
        case _:
            text = str(cell)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def marked(code: str, message: str, text: str) -> Unusable:
    """Say of a cell with marks that it cannot be used, and name the marks.

    Args:
        code: Kind of problem.
        message: What it is not.
        text: What it holds.
    """
    gone, left = struck(text)
    if gone and left.strip():
        hint = say(
            f"“{gone}”带删除线，其余是“{left.strip()}”：只留下要报的，去掉删除线",
            f'"{gone}" is struck through, beside "{left.strip()}": keep only what is meant,'
            " not struck through",
        )
    elif gone:
        hint = say(
            "整格带删除线：要报就去掉删除线，不报就清空",
            "it is struck through as a whole: undo that if it is meant, else clear the cell",
        )
    else:
        beside = marks(text) or "".join(each for each in text if not each.isalnum())
        hint = say(
            f"“{beside}”是角标或特殊字符，不是数字：注释号删去，数字用 0 至 9 填写",
            f'"{beside}" is a mark and no digit: delete it, or type what it means with 0 to 9',
        )
    return Unusable(code, message, hint)


def special(cell: Cell) -> Unusable | None:
    """Say what is wrong with a cell that holds neither a number nor a text."""
    match cell:
        case Uncomputed():
            return Unusable(
                "formula-without-value",
                say("是公式，但没有保存计算结果", "is a formula whose value was not saved"),
                say(
                    "用 Excel 或 WPS 打开并保存，再提交",
                    "open and save it in Excel or WPS, then send it",
                ),
            )
        case ErrorValue():
            return fault(cell.shown)
        case Printed(shown="") if cell.value:
            return Unusable(
                "hidden-value",
                say(
                    f"存有 {cell.value:.15g}，而单元格格式使它不显示",
                    f"holds {cell.value:.15g}, which the format of the cell does not show",
                ),
                say(
                    "要报就把单元格格式改为常规，不报就清空",
                    "set the format to general if it is meant, else clear the cell",
                ),
            )
        case Moment():
            return Unusable(
                "date-in-cell",
                say(f"是日期或时间 {cell.shown}", f"is a date or time, {cell.shown}"),
                say(
                    "把单元格格式改为数值后重新填写（Excel 会把 3-5 变成日期）",
                    "set the format to number and type it again (Excel turns 3-5 into a date)",
                ),
            )
        case Garbled():
            return Unusable(
                "garbled-text",
                say(f"{shown(cell)}中有残缺的字符", f"{shown(cell)} holds halves of characters"),
                say("重新填写这一格", "type the cell again"),
            )
        case Nested(twice=True):
            return Unusable(
                "duplicate-key",
                say(f"{shown(cell)}出现了两次", f"{shown(cell)} is given twice"),
                say("只保留一个", "keep one of them"),
            )
        case Nested():
            return Unusable(
                "nested-value",
                say(f"{shown(cell)}不是单个的值", f"{shown(cell)} is not a single value"),
                say("只填一个值", "give a single value"),
            )
    return None


def hidden(text: str) -> Unusable:
    """Say of a text that it holds what nobody would see, or what changes how it is seen."""
    return Unusable(
        "unseen-character",
        say(f"{shown(text)}中有看不见的字符", f"{shown(text)} holds characters nobody sees"),
        say("删去它们，或重新填写这一格", "delete them, or type the cell again"),
    )


def fault(text: str) -> Unusable:
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
    return Unusable(
        "formula-error",
        say(f"是公式错误 {text}：{why}", f"is the formula error {text}: {why}"),
        say("改正公式，或直接填写数值", "mend the formula, or type the number"),
    )


def merged(cells: str) -> Unusable:
    """Say that a cell is one with others, which have one value together."""
    return Unusable(
        "merged-cells",
        say(
            f"{cells} 合并成一格，不知各是多少", f"{cells} are one cell: nobody knows their shares"
        ),
        say("取消合并，逐格填写", "unmerge the cells and fill in each"),
    )
