"""What documents ask for (任务清单): a row a commitment, with how far it is kept."""

from collections import Counter
from collections.abc import Iterator

from dabiao.reports import wording
from dabiao.reports.counted.outcome_columns import OutcomeColumns
from dabiao.reports.ledger.sheet import Content, LedgerColumn, LedgerSheet, rate_cell
from dabiao.schemas.importance import place_in_document
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome, count_judged
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.run import Run

_TASKS = (
    LedgerColumn("依据条款", "clause", 34),
    LedgerColumn("主题", "topic", 16),
    LedgerColumn("目标", "goal", 32),
    LedgerColumn("要求", "norm", 34),
    LedgerColumn("时限", "timing", 14),
    LedgerColumn("约束性", "binding", 10, centred=True),
    LedgerColumn("牵头单位", "lead units", 16),
    LedgerColumn("责任单位", "responsible units", 18),
    LedgerColumn("应判", "judged", 7),
    LedgerColumn("达标", "compliant", 7),
    LedgerColumn("达标率", "rate", 9),
    LedgerColumn("未达标", "violation", 8),
    LedgerColumn("滞后", "behind", 7),
    LedgerColumn("推进中", "on track", 8),
    LedgerColumn("缺数据", "missing", 8),
)
_COUNTED = (Outcome.VIOLATION, Outcome.BEHIND, Outcome.ON_TRACK, Outcome.MISSING)


def tasks_name() -> str:
    """Name the sheet."""
    return say("任务清单", "Tasks")


def write_tasks(sheet: LedgerSheet, run: Run, columns: OutcomeColumns) -> None:
    """Write every commitment that applies to somebody, in the order of the documents."""
    counted = columns.by_rule(run.as_of)
    found = [(rule, counts) for rule, counts in counted if count_judged(counts)]
    hint = say(
        f"文件的一项承诺一行，{run.as_of}年；没有适用对象的不列。",
        f"One row for a commitment of a document, {run.as_of}; those that apply to nobody are"
        " left out.",
    )
    sheet.title(tasks_name() + say(f"（{len(found):,} 项）", f" ({len(found):,})"), hint)
    ranked = sorted(
        found, key=lambda of: (of[0].document.id, place_in_document(of[0].places), of[0].id)
    )
    sheet.table(_TASKS, _rows(ranked, run.as_of, columns))


def _rows(
    ranked: list[tuple[JudgedRule, Counter[Outcome]]], year: int, columns: OutcomeColumns
) -> Iterator[list[Content]]:
    """Yield a row a commitment; what was not counted stays empty."""
    whole = columns.rules_whole
    known = tuple(Outcome) if whole else columns.outcomes
    for rule, counts in ranked:
        yield [
            wording.clause(rule.citation),
            rule.topic_called,
            rule.called,
            rule.demanded,
            rule.due(year).words,
            wording.binding(rule),
            wording.listed(rule.units.lead),
            wording.listed(rule.units.responsible),
            count_judged(counts) if whole else "",
            counts[Outcome.COMPLIANT] if Outcome.COMPLIANT in known else "",
            rate_cell(counts) if whole else None,
            *(counts[outcome] if outcome in known else "" for outcome in _COUNTED),
        ]
