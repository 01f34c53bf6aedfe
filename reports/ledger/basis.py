"""The last sheet (说明): what the run rests on, what its words mean, and how to repeat it."""

import dabiao
from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.counted.outcome_columns import OutcomeColumns
from dabiao.reports.ledger.sheet import Content, LedgerColumn, LedgerSheet
from dabiao.reports.summaries import counts_lines, judged_years, yearly
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run

_WIDTHS = (18.0, 60.0, 68.0, 12.0)
_FILES = (
    LedgerColumn("", "", _WIDTHS[0]),
    LedgerColumn("数据文件", "file of facts", _WIDTHS[1]),
    LedgerColumn("SHA-256", "SHA-256", _WIDTHS[2]),
    LedgerColumn("行数", "rows", _WIDTHS[3]),
)


def basis_name() -> str:
    """Name the sheet."""
    return say("说明", "About")


def write_basis(
    sheet: LedgerSheet,
    run: Run,
    columns: OutcomeColumns,
    circumstances: Circumstances,
    title: str,
) -> None:
    """Write what a reader needs to check the ledger."""
    sheet.widths(_WIDTHS)
    sheet.title(basis_name())
    row = 2
    for label, text in _lines(run, columns, circumstances, title):
        if text:
            sheet.paragraph(row, 1, len(_WIDTHS) - 1, text, sum(_WIDTHS[1:]))
            sheet.write(row, 0, label, "label")
            row += 1
    row += 1
    for at, column in enumerate(_FILES[1:], 1):
        sheet.write(row, at, column.heading, "column")
    for record in run.facts:
        row += 1
        told: list[Content] = [record.file, record.sha256, record.rows]
        for at, content in enumerate(told, 1):
            sheet.cell(row, at, content)


def _lines(
    run: Run, columns: OutcomeColumns, circumstances: Circumstances, title: str
) -> list[tuple[str, str]]:
    documents = {rule.document.id: rule.document.title for rule in columns.rules}
    years, only = yearly(run), wording.only(wording.choice_asked(run.options))
    return [
        (say("台账", "ledger"), title),
        (
            say("考核年份", "years judged"),
            say("、", ", ").join(map(str, judged_years(years))),
        ),
        (say("范围", "narrowed to"), wording.narrowed_to(circumstances)),
        (
            say("文件", "documents"),
            wording.listed(wording.document_title(documents[each]) for each in sorted(documents)),
        ),
        *((say("结论", "findings"), line) for line in counts_lines(run, years)),
        (say("报送", "returns"), wording.attendance_line(run)),
        *((say("注意", "note"), caution) for caution in wording.cautions(run, circumstances)),
        *((outcome.label, wording.meaning(outcome)) for outcome in Outcome),
        (say("达标率", "rate"), wording.rate_definition()),
        (
            say("约束性", "binding"),
            say(
                "文件要求做到的是硬性要求；文件写“力争”的是力争目标。",
                "What a document demands is hard; what it only strives for is an aspiration.",
            ),
        ),
        (
            say("规则", "rules"),
            say(
                f"{run.rules.count:,} 条{only}；SHA-256 {run.rules.hash}",
                f"{run.rules.count:,}{only}; SHA-256 {run.rules.hash}",
            ),
        ),
        (say("检查指纹", "fingerprint"), run.fingerprint),
        (say("程序", "program"), f"dabiao {dabiao.__version__}（{run.engine}）"),
        (say("重做一遍", "to repeat it"), circumstances.command),
    ]
