"""Coverage: which sentences of a policy text the rules cover, and which nobody has decided on.

What comes in is the text of a plan, a catalog and the ledger of what was decided; what goes out is
one assessment per clause. In order: ``text/`` finds the clauses; ``asked`` reads what is asked of
each number, and what a rule demands of it; ``profiles`` says what each rule looks like from outside
and ``places`` where it stands; ``matching`` finds the rules of a clause, all quantities accounted
for; ``ledger`` remembers decisions; ``assessment`` puts it together and ``listing`` makes rows of
it.

Must not know: facts or verdicts.
"""

from dabiao.rules.coverage.assessment import Assessed, Coverage, coverage, with_open
from dabiao.rules.coverage.ledger import (
    ClauseStatus,
    Decision,
    Ledger,
    ledger_path,
    read_ledger,
    write_ledger,
)
from dabiao.rules.coverage.listing import headings, idle_rows, rows, summary
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
    "idle_rows",
    "ledger_path",
    "read_ledger",
    "read_policy_text",
    "rows",
    "summary",
    "with_open",
    "write_ledger",
]
