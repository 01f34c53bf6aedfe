"""Who was to report and how far it was done (报送情况), by form and county."""

from dabiao.reports.ledger.sheet import Content, Figure, LedgerColumn, LedgerSheet
from dabiao.reports.returns import ReturnsTable, due_in_words
from dabiao.reports.summaries import SubjectNames
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.run import Run

_FORM, _COUNTY, _NUMBER = 12, 16, 9


def returns_name() -> str:
    """Name the sheet."""
    return say("报送情况", "Returns")


def write_returns(sheet: LedgerSheet, run: Run, places: SubjectNames) -> None:
    """Write the counts of each form, then of each county and form."""
    hint = say(
        "已撤销、尚未启用的不计入应报；报送率 =（已报 + 部分）÷ 应报，填报率 = 已填格 ÷ 应填格。",
        "Who is closed or opens later is not expected; filled is of the cells wanted.",
    )
    due = due_in_words(run.due)
    title = say(f"（截止 {due}）", f" (due {due})") if due else ""
    sheet.title(returns_name() + title, hint)
    table = ReturnsTable(run, places)
    columns = [
        LedgerColumn(heading, heading, width)
        for heading, width in zip(
            table.headings,
            [_FORM, _COUNTY, *[_NUMBER] * (len(table.headings) - 2)],
            strict=True,
        )
    ]
    sheet.table(columns, ([_content(cell) for cell in row] for row in table.rows))


def _content(cell: Scalar) -> Content:
    return Figure(cell / 100, "0.0%") if isinstance(cell, float) else cell
