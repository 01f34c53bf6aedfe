"""The library: rules, facts and checks for notebooks and other programs (docs/api.md).

What comes in are rule packs and files; what goes out is a ``result.Result``, which never changes
and may be asked from several threads. ``rule_set`` reads packs and changes rules on trial,
``submission`` reads facts and keeps their columns from check to check, ``checking`` judges,
``arguments`` are looked at before anything is done, ``view`` is what a notebook shows.

Must not know: anything that rules, engine and reports know already; it only calls them.
"""

from dabiao.engine.faults import EngineError
from dabiao.library.checking import check
from dabiao.library.result import ExplainedFinding, Result
from dabiao.library.rule_set import RuleSet, load_rules
from dabiao.library.submission import Submission, load_facts, load_frames
from dabiao.reports.outputs import OutputError
from dabiao.schemas.language import speaking
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import InputError

__all__ = [
    "EngineError",
    "ExplainedFinding",
    "InputError",
    "Outcome",
    "OutputError",
    "Result",
    "RuleSet",
    "Submission",
    "check",
    "load_facts",
    "load_frames",
    "load_rules",
    "speaking",
]
