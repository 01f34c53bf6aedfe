"""Check the quantitative commitments of public plans against the facts that are submitted.

As a library (docs/api.md)::

    import dabiao

    rules = dabiao.load_rules()                     # the built-in packs, and your own
    facts = dabiao.load_facts(rules, "returns")     # files and folders; load_frames: tables
    result = dabiao.check(rules, facts)             # a Result
    result.summary                                  # findings by outcome
    result.findings                                 # an Arrow table, a row a finding
    result.explain(rule, subject)                   # one finding, down to its cells
    result.report("report.html")                    # or .xlsx .md .csv .json .parquet ...

What goes wrong is an InputError, an EngineError or an OutputError, whose text says what to do.
Messages are in Chinese; ``with dabiao.speaking("en"):`` asks for English.
"""

# Nothing is imported here, not even typing: when the program starts as a module, Python still looks
# into the folder one stands in first. The library is loaded when it is first asked for.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from dabiao.library import (
        EngineError,
        ExplainedFinding,
        InputError,
        Outcome,
        OutputError,
        Result,
        RuleSet,
        Submission,
        check,
        load_facts,
        load_frames,
        load_rules,
        speaking,
    )

__version__ = "0.1.0"

__all__ = [
    "EngineError",
    "ExplainedFinding",
    "InputError",
    "Outcome",
    "OutputError",
    "Result",
    "RuleSet",
    "Submission",
    "__version__",
    "check",
    "load_facts",
    "load_frames",
    "load_rules",
    "speaking",
]


def __getattr__(name: str) -> object:
    """Load the library when one of its names is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("dabiao.library"), name)


def __dir__() -> list[str]:
    """Name the library too, so that ``help(dabiao)`` and completion show it."""
    return sorted({*globals(), *__all__})
