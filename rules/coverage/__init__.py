"""Coverage: which sentences of a policy text the rules cover, and which nobody has decided on."""

from dabiao.rules.coverage.assessment import Assessed, Coverage, coverage, with_open
from dabiao.rules.coverage.ledger import (
    ClauseStatus,
    Decision,
    Ledger,
    ledger_path,
    read_ledger,
    write_ledger,
)
from dabiao.rules.coverage.listing import headings, rows, summary
from dabiao.rules.coverage.text.clauses import Clause, clauses
from dabiao.rules.coverage.text.texts import read_policy_text

__all__ = [
    "Assessed",
    "Clause",
    "ClauseStatus",
    "Coverage",
    "Decision",
    "Ledger",
    "clauses",
    "coverage",
    "headings",
    "ledger_path",
    "read_ledger",
    "read_policy_text",
    "rows",
    "summary",
    "with_open",
    "write_ledger",
]
