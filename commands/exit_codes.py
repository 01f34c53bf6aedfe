"""How a command ends: exit codes, and which of them a run earns."""

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from dabiao.schemas.outcome import Outcome, count_judged
from dabiao.schemas.problem import Problem, Severity

if TYPE_CHECKING:
    from dabiao.schemas.run import Caveat


class Exit(IntEnum):
    """What the program ends with. Where several apply: the first of 70, 74, 4, 3, 6, 1, 5."""

    CHECKED = 0
    """Everything was checked; nothing at or above ``--fail-on``."""
    FOUND = 1
    """There are findings at or above it."""
    USAGE = 2
    """The command was not used as it can be."""
    FACTS = 3
    """A submission cannot be read."""
    RULES = 4
    """A rule pack is wrong, or no rule is selected."""
    UNDECIDED = 5
    """Nothing is violated, but something is undetermined."""
    NOTHING = 6
    """No rule applied to anybody: nothing was judged, whatever ``--fail-on`` says."""
    FAULT = 70
    """Our fault."""
    UNWRITTEN = 74
    """The result could not be written: a closed stream, a full disk, a folder that is not there."""
    INTERRUPTED = 130
    """Somebody pressed Ctrl-C."""


class FailOn(StrEnum):
    """From which outcome on a check ends with another code than 0."""

    VIOLATION = "violation"
    BEHIND = "behind"
    MISSING = "missing"
    NEVER = "never"


class NotWell(StrEnum):
    """Outcomes that may count when subjects to visit are drawn."""

    VIOLATION = "violation"
    BEHIND = "behind"
    MISSING = "missing"


def earned(
    summary: Mapping[Outcome, int],
    fail_on: FailOn,
    *,
    aside: bool,
    unread: bool,
    counted: Mapping[Outcome, int] | None = None,
    caveats: Iterable["Caveat"] = (),
) -> Exit:
    """Tell what a check earns that came to its end.

    Args:
        summary: How many of its findings came out how.
        fail_on: From which outcome on it is not 0.
        aside: Whether a rule pack was left aside.
        unread: Whether a part of the submission could not be read.
        counted: The findings that count, where not all of them do.
        caveats: What limits them: of whom nobody knows where they lie, what is missing is unknown.
    """
    if aside:
        return Exit.RULES
    if unread:
        return Exit.FACTS
    if not count_judged(summary):
        return Exit.NOTHING
    code = ending(summary if counted is None else counted, fail_on)
    unplaced = any(caveat.kind == "unplaced" for caveat in caveats)
    if code is Exit.CHECKED and unplaced and fail_on is FailOn.MISSING:
        return Exit.UNDECIDED
    return code


def ending(counted: Mapping[Outcome, int], fail_on: FailOn) -> Exit:
    """Tell what a check earns by which something was judged.

    Args:
        counted: How many of its findings that count came out how.
        fail_on: From which outcome on it is not 0.
    """
    if fail_on is FailOn.NEVER:
        return Exit.CHECKED
    if counted[Outcome.VIOLATION] or (fail_on is not FailOn.VIOLATION and counted[Outcome.BEHIND]):
        return Exit.FOUND
    if fail_on is FailOn.MISSING and counted[Outcome.MISSING]:
        return Exit.UNDECIDED
    return Exit.CHECKED


def acceptable(problems: Iterable[Problem], *, strict: bool) -> bool:
    """Tell whether an input has no error; if strict, no problem at all."""
    return not any(strict or problem.severity is Severity.ERROR for problem in problems)
