"""Check the quantitative commitments of public plans against the facts that are submitted.

``load_rules``, ``load_facts`` and ``check`` are the library (docs/api.md). They are loaded when
they are first asked for, so that the program starts quickly.
"""

# Nothing is imported here, not even typing: when the program starts as a module, Python still looks
# into the folder one stands in first.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from dabiao.library import Result, RuleSet, Submission, check, load_facts, load_rules

__version__ = "0.1.0"

__all__ = [
    "Result",
    "RuleSet",
    "Submission",
    "__version__",
    "check",
    "load_facts",
    "load_rules",
]


def __getattr__(name: str) -> object:
    """Load the library when one of its names is asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module("dabiao.library"), name)
