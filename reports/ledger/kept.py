"""What became of the cases: late ones (超期清单), measures (措施清单), closed ones (已销号)."""

from collections.abc import Iterable, Sequence

from dabiao.reports import wording
from dabiao.reports.ledger.sheet import Content, LedgerColumn, LedgerSheet
from dabiao.reports.summaries import SubjectNames
from dabiao.schemas.case import CaseBook, CaseState
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

_WIDTHS = (18.0, 30.0, 34.0, 11.0, 12.0, 9.0)
_ACTIONS = (
    LedgerColumn("编号", "number", 10),
    LedgerColumn("措施", "measure", 40),
    LedgerColumn("负责人", "owner", 16),
    LedgerColumn("开始", "start", 12, centred=True),
    LedgerColumn("期限", "due", 12, centred=True),
    LedgerColumn("费用（元）", "cost (yuan)", 13),
    LedgerColumn("完成", "done", 8, centred=True),
    LedgerColumn("证明", "proof", 20),
    LedgerColumn("案件数", "cases", 8),
    LedgerColumn("仍未达标", "still failing", 9),
    LedgerColumn("案件编号", "numbers of cases", 40),
)
_CLOSED = (
    LedgerColumn("编号", "number", 18),
    LedgerColumn("对象", "subject", 30),
    LedgerColumn("目标", "goal", 34),
    LedgerColumn("复核日期", "re-checked", 12, centred=True),
    LedgerColumn("复核结果", "result", 16),
    LedgerColumn("佐证材料", "evidence", 24),
    LedgerColumn("附件数", "files", 8),
    LedgerColumn("销号人", "closed by", 14),
    LedgerColumn("现结论", "outcome now", 10, centred=True),
)
_Rows = Iterable[Sequence[Content]]


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A sheet about cases: its name, its columns, its rows."""

    name: str
    columns: Sequence[LedgerColumn]
    rows: _Rows

    def write(self, sheet: LedgerSheet) -> None:
        """Write it on an empty sheet."""
        sheet.title(self.name)
        sheet.table(self.columns, self.rows)


def kept_sheets(book: CaseBook, places: SubjectNames) -> list[KeptSheet]:
    """Give the sheets that a ledger has where cases are kept."""
    late = [
        LedgerColumn(*heading, width)
        for heading, width in zip(wording.OVERDUE_COLUMNS, _WIDTHS, strict=True)
    ]
    return [
        KeptSheet(say("超期清单", "Overdue"), late, wording.overdue_rows(book, places.label)),
        KeptSheet(say("措施清单", "Measures"), _ACTIONS, _actions(book)),
        KeptSheet(say("已销号", "Closed"), _CLOSED, _closed(book)),
    ]


def _actions(book: CaseBook) -> _Rows:
    cases = {each.number: each for each in book.cases}
    for action in book.actions:
        served = [cases[number] for number in action.cases if number in cases]
        yield [
            action.number,
            action.text,
            action.owner or "",
            str(action.start or ""),
            str(action.due or ""),
            action.cost or "",
            say("是", "yes") if action.done else say("否", "no"),
            action.proof or "",
            len(action.cases),
            sum(each.failing for each in served),
            "\n".join(action.cases),
        ]


def _closed(book: CaseBook) -> _Rows:
    for case in book.cases:
        if case.state is CaseState.CLOSED:
            yield [
                case.number,
                f"{case.name} {case.subject}",
                case.title,
                str(case.rechecked or ""),
                case.result or "",
                case.evidence or "",
                len(book.attachments_of(case)),
                case.closed_by or "",
                case.outcome.label if case.outcome is not None else "",
            ]
