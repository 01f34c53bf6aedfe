"""What became of findings since an earlier run: worse, better, new, gone, or another value."""

from collections.abc import Iterable
from typing import NamedTuple

from dabiao.reports.comparison.listing import outcome_word
from dabiao.reports.comparison.words import cause_words
from dabiao.reports.numbers import quantity
from dabiao.schemas.comparison import CauseKind, ChangeKind, FindingChange, RunComparison
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

Key = tuple[str, str, int]
SINCE = ("", *(each for each in ChangeKind if each is not ChangeKind.GONE))
"""What may have become of a finding: nothing first; then what a filter of the page asks for."""


class Since(NamedTuple):
    """What became of a finding, as one of ``SINCE`` and in words."""

    kind: str
    text: str


UNCHANGED = Since("", "")


@dataclass(frozen=True, slots=True)
class ChangesOfKind:
    """Changes of one kind, as a section of a report shows them.

    Attributes:
        kind: What became of findings.
        changes: What changed.
    """

    kind: ChangeKind
    changes: tuple[FindingChange, ...]


def by_kind(comparison: RunComparison) -> list[ChangesOfKind]:
    """Sort changes by kind; what did not change its kind stands last."""
    found: dict[ChangeKind, list[FindingChange]] = {kind: [] for kind in ChangeKind}
    for change in comparison.changes:
        found[change.kind].append(change)
    return [ChangesOfKind(kind, tuple(changes)) for kind, changes in found.items() if changes]


def ended_waivers(comparison: RunComparison | None) -> ChangesOfKind:
    """Give those whose waiver has ended, whatever became of the outcome."""
    changes = () if comparison is None else comparison.changes
    ended = (each for each in changes if CauseKind.WAIVER_EXPIRED in each.kinds)
    return ChangesOfKind(ChangeKind.OTHER, tuple(ended))


def since(comparison: RunComparison | None) -> dict[Key, Since]:
    """Say of each finding that is another one, and still there, what became of it."""
    changes: Iterable[FindingChange] = () if comparison is None else comparison.changes
    return {
        (each.rule, each.subject, each.after.year): Since(each.kind, before_words(each))
        for each in changes
        if each.after is not None
    }


def before_words(change: FindingChange) -> str:
    """Say what a finding was before, and why it is another one now."""
    causes = say("；", "; ").join(cause_words(each) for each in change.causes)
    was = change.before
    if was is None and CauseKind.NOT_KEPT in change.kinds:
        return causes
    if was is None:
        return say(f"上次没有这一条；原因：{causes}", f"not there before; because: {causes}")
    value = "" if was.observed is None else quantity(was.observed, change.unit)
    told = " ".join(filter(None, (outcome_word(was.outcome), value)))
    return say(
        f"上次（{was.year}年）{told}；原因：{causes}",
        f"before ({was.year}): {told}; because: {causes}",
    )
