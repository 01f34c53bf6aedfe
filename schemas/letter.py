"""What a letter or report is called, and what whoever sends it wants to be said in it."""

from enum import StrEnum

from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass


class LetterKind(StrEnum):
    """What is written."""

    NOTICE = "notice"
    """限期整改通知书, to a place, a school or a unit."""
    OPINION = "opinion"
    """督导意见书, likewise."""
    ANNUAL = "annual"
    """年度监测报告, to nobody in particular."""
    MIDTERM = "midterm"
    """中期评估报告 of a document."""
    FINAL = "final"
    """终期评估报告 of a document."""

    @property
    def label(self) -> str:
        """Its name in the language spoken now."""
        return say(*_LABELS[self])

    @property
    def addressed(self) -> bool:
        """Whether it goes to somebody who has to answer it."""
        return self in (LetterKind.NOTICE, LetterKind.OPINION)

    @property
    def evaluates(self) -> bool:
        """Whether it tells how far a document has come."""
        return self in (LetterKind.MIDTERM, LetterKind.FINAL)


_LABELS = {
    LetterKind.NOTICE: ("限期整改通知书", "notice to mend"),
    LetterKind.OPINION: ("督导意见书", "inspection opinion"),
    LetterKind.ANNUAL: ("年度监测报告", "annual monitoring report"),
    LetterKind.MIDTERM: ("中期评估报告", "mid-term evaluation"),
    LetterKind.FINAL: ("终期评估报告", "final evaluation"),
}


@dataclass(frozen=True, slots=True)
class LetterWishes:
    """What whoever sends a letter wants of it.

    Attributes:
        kind: What is written; None for what fits whom it goes to.
        reply_days: Within how many days a written reply is asked for; 0 for none.
        objection_days: Within how many days objections can be raised; 0 where nothing is said.
        follow_up: What happens afterwards, in the sender's words; nothing is invented.
    """

    kind: LetterKind | None = None
    reply_days: int = 30
    objection_days: int = 15
    follow_up: str = ""
