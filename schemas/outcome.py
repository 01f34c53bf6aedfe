"""The six outcomes a finding can have."""

from collections.abc import Mapping
from enum import StrEnum

from dabiao.schemas.language import say


class Outcome(StrEnum):
    """What was concluded of one rule, one subject and one year; gravest first."""

    VIOLATION = "violation"
    BEHIND = "behind"
    MISSING = "missing"
    ON_TRACK = "on_track"
    COMPLIANT = "compliant"
    NOT_APPLICABLE = "not_applicable"

    @property
    def gravity(self) -> int:
        """0 for the gravest."""
        return _GRAVITY[self]

    @property
    def zh(self) -> str:
        """Chinese name, as features and reports write it."""
        return _ZH[self]

    @property
    def label(self) -> str:
        """Name in the language spoken now."""
        return say(self.zh, self.value.replace("_", " "))

    @classmethod
    def named(cls, text: str) -> "Outcome | None":
        """Find the outcome that a Chinese or English word means, or None.

        Examples:
            >>> Outcome.named("未达标"), Outcome.named("on track")
            (<Outcome.VIOLATION: 'violation'>, <Outcome.ON_TRACK: 'on_track'>)
        """
        return _NAMED.get(text.strip().lower().replace(" ", "_"))


OPEN = (Outcome.VIOLATION, Outcome.BEHIND)
"""What somebody has to mend."""
NOT_WELL = (*OPEN, Outcome.MISSING)
"""What somebody has to do something about."""


def count_judged(counts: Mapping[Outcome, int]) -> int:
    """Count what rules applied to: all findings but 不适用; what lacks data counts in."""
    return sum(counts.values()) - counts.get(Outcome.NOT_APPLICABLE, 0)


_ZH = {
    Outcome.VIOLATION: "未达标",
    Outcome.BEHIND: "滞后",
    Outcome.MISSING: "缺数据",
    Outcome.ON_TRACK: "推进中",
    Outcome.COMPLIANT: "达标",
    Outcome.NOT_APPLICABLE: "不适用",
}
_GRAVITY = {outcome: place for place, outcome in enumerate(Outcome)}
_NAMED = {zh: outcome for outcome, zh in _ZH.items()} | {
    outcome.value: outcome for outcome in Outcome
}
