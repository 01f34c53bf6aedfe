"""Coverage as rows for a table, JSON, CSV or Markdown, and as a sentence."""

from collections.abc import Mapping

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.coverage.assessment import Assessed, Coverage
from dabiao.rules.coverage.ledger import ClauseStatus
from dabiao.schemas.language import number_of, say

NO_CLAUSE = "no_clause"
"""Stands where the status of a clause does, for a rule that has none."""
_ORDER = (
    ClauseStatus.OPEN,
    ClauseStatus.NOT_CHECKABLE,
    ClauseStatus.COVERED,
    ClauseStatus.ACHIEVEMENT,
)

_Row = Mapping[str, str | int]
"""One clause, by key."""


def headings() -> dict[str, str]:
    """Give the columns of the rows, key to heading, in the language spoken now."""
    return {
        "number": say("编号", "number"),
        "status": say("状态", "status"),
        "place": say("位置", "place"),
        "line": say("行", "line"),
        "text": say("原文", "text"),
        "quantities": say("数量", "quantities"),
        "rules": say("规则", "rules"),
        "suggestions": say("可能是", "perhaps"),
        "reason": say("理由", "reason"),
        "fingerprint": say("指纹", "fingerprint"),
    }


def rows(found: Coverage, *, only_open: bool = False) -> list[_Row]:
    """Give a row per clause, the open ones first, each group in order of the text."""
    order = {status: at for at, status in enumerate(_ORDER)}
    chosen = found.open if only_open else found.assessed
    return [
        _row(each, found.document)
        for each in sorted(chosen, key=lambda each: (order[each.status], each.clause.number))
    ]


def _row(assessed: Assessed, document: str) -> _Row:
    return {
        "number": assessed.clause.number,
        "status": assessed.status.value,
        "place": assessed.clause.place,
        "line": assessed.clause.line,
        "text": " ".join(assessed.clause.text.split()),
        "quantities": " ".join(assessed.clause.quantities),
        "rules": _slugs(assessed.rules, document),
        "suggestions": _slugs(assessed.suggestions, document),
        "reason": assessed.reason,
        "fingerprint": assessed.clause.fingerprint,
    }


def idle_rows(found: Coverage, catalog: Catalog) -> list[_Row]:
    """Give a row per rule that no clause was found for, under the same keys."""
    return [
        {
            "number": 0,
            "status": NO_CLAUSE,
            "place": say("；", "; ").join(rule.places),
            "line": 0,
            "text": rule.title,
            "quantities": "",
            "rules": _slugs((rule.id,), found.document),
            "suggestions": "",
            "reason": say("原文里没有找到对应的句子", "no sentence of the text was found for it"),
            "fingerprint": "",
        }
        for rule in (catalog.rules[id_] for id_ in found.idle)
    ]


def _slugs(ids: tuple[str, ...], document: str) -> str:
    return " ".join(id_.removeprefix(f"{document}/") for id_ in ids)


def summary(found: Coverage) -> str:
    """Tell in a line how many clauses there are of each status, and how many rules have none."""
    counts = found.counts
    parts = [f"{status.label} {counts[status]:,}" for status in _ORDER]
    total = len(found.assessed)
    line = say(f"共 {total:,} 句", number_of(total, "clause")) + say("：", ": ")
    line += say("，", ", ").join(parts)
    if found.idle:
        line += say(
            f"；{len(found.idle):,} 条规则没有对应的句子",
            f"; {number_of(len(found.idle), 'rule')} without a clause",
        )
    return line
