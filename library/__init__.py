"""The library: rules, facts and checks for notebooks and other programs (docs/api.md).

What comes in are rule packs and files; what goes out is a ``result.Result``, which never changes
and may be asked from several threads. ``rule_set`` reads packs and changes rules on trial,
``submission`` reads facts and keeps their columns from check to check, ``checking`` judges.

Must not know: anything that rules, engine and reports know already; it only calls them.
"""

from dabiao.library.checking import check
from dabiao.library.result import Result
from dabiao.library.rule_set import RuleSet, load_rules
from dabiao.library.submission import Submission, load_facts

__all__ = ["Result", "RuleSet", "Submission", "check", "load_facts", "load_rules"]
