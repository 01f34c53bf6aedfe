"""What became of findings since an earlier run: worse, better, new, gone, or another value."""

from collections.abc import Iterable
from typing import NamedTuple

from dabiao.reports.comparison.listing import cause_words, outcome_word
from dabiao.reports.numbers import quantity
from dabiao.schemas.comparison import FindingChange, RunComparison
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

Key = tuple[str, str, int]
SINCE = ("", "worse", "better", "new", "other")
"""What may have become of a finding: nothing first; then what a filter of the page asks for."""
_BAD = (Outcome.VIOLATION, Outcome.BEHIND, Outcome.MISSING)


class Since(NamedTuple):
    """What became of a finding, as one of ``SINCE`` and in words."""

    kind: str
    text: str


UNCHANGED = Since("", "")


@dataclass(frozen=True, slots=True)
class ChangesOfKind:
    """ChangesOfKind of one kind, as a section of a report shows them.

    Attributes:
        kind: One of ``SINCE``, or ``gone``.
        changes: What changed.
    """

    kind: str
    changes: tuple[FindingChange, ...]

    @property
    def label(self) -> str:
        """Its heading in the language spoken now."""
        return kinds()[self.kind]


def kinds() -> dict[str, str]:
    """Name what may have become of a finding."""
    return {
        "worse": say("变差", "worse"),
        "better": say("好转", "better"),
        "new": say("新增", "new"),
        "gone": say("不再考核", "gone"),
        "other": say("其他变化", "other changes"),
    }


def kind_of(change: FindingChange) -> str:
    """Tell what became of a finding."""
    was, now = change.outcomes
    if was is None:
        return "new"
    if now is None:
        return "gone"
    if now in _BAD and now.gravity < was.gravity:
        return "worse"
    if was in _BAD and now.gravity > was.gravity:
        return "better"
    return "other"


def by_kind(comparison: RunComparison) -> list[ChangesOfKind]:
    """Sort changes by kind; what did not change its kind stands last."""
    found: dict[str, list[FindingChange]] = {kind: [] for kind in kinds()}
    for change in comparison.changes:
        found[kind_of(change)].append(change)
    return [ChangesOfKind(kind, tuple(changes)) for kind, changes in found.items() if changes]


def since(comparison: RunComparison | None) -> dict[Key, Since]:
    """Say of each finding that is another one, and still there, what became of it."""
    changes: Iterable[FindingChange] = () if comparison is None else comparison.changes
    return {
        (each.rule, each.subject, each.after.year): Since(kind_of(each), before_words(each))
        for each in changes
        if each.after is not None
    }


def before_words(change: FindingChange) -> str:
    """Say what a finding was before, and why it is another one now."""
    causes = say("；", "; ").join(cause_words(each) for each in change.causes)
    was = change.before
    if was is None:
        return say(f"上次没有这一条；原因：{causes}", f"not there before; because: {causes}")
    value = "" if was.observed is None else quantity(was.observed, change.unit)
    told = " ".join(filter(None, (outcome_word(was.outcome), value)))
    return say(
        f"上次（{was.year}年）{told}；原因：{causes}",
        f"before ({was.year}): {told}; because: {causes}",
    )
