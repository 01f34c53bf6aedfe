"""How long a subject exists, and under which codes, as a roster (名录) has it."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from math import inf

from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass


class RosterStatus(StrEnum):
    """What a roster says has become of a subject."""

    OPEN = "open"
    NEW = "new"
    CLOSED = "closed"
    MERGED = "merged"

    @property
    def label(self) -> str:
        """Its name in the language that is spoken, as a roster writes it."""
        words = {"open": "在办", "new": "新建", "closed": "撤销", "merged": "合并"}
        return say(words[self.value], self.value)

    @property
    def has_ended(self) -> bool:
        """Whether the subject is no more, or will not be after its last year."""
        return self in (RosterStatus.CLOSED, RosterStatus.MERGED)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """From when to when a subject exists, and what it was before.

    Attributes:
        status: What has become of it.
        opened: The first year in which it exists; None if it always did.
        closed: The last year in which it exists; None if it goes on, or nobody says when it ended.
        merged_into: Code of the subject that took it over.
        former_codes: The codes that it had before, the latest first; it is the same subject.
        recoded: The first year of the code that it has now, where that is said.
    """

    status: RosterStatus = RosterStatus.OPEN
    opened: int | None = None
    closed: int | None = None
    merged_into: str | None = None
    former_codes: tuple[str, ...] = ()
    recoded: int | None = None

    def covers(self, year: int) -> bool:
        """Tell whether it existed in a year; who ended nobody knows when exists in none.

        Examples:
            >>> Lifetime(RosterStatus.CLOSED, closed=2024).covers(2024)
            True
            >>> Lifetime(RosterStatus.CLOSED).covers(2024)
            False
        """
        if self.status.has_ended and self.closed is None:
            return False
        return (self.opened or year) <= year <= (self.closed or year)

    def or_else(self, other: "Lifetime") -> "Lifetime":
        """Give the time in which it exists if one or the other is right: nobody knows which.

        Examples:
            >>> ended = Lifetime(RosterStatus.CLOSED, opened=2010, closed=2024)
            >>> ended.or_else(Lifetime(opened=2020)) == Lifetime(opened=2010)
            True
            >>> Lifetime(RosterStatus.CLOSED).or_else(ended) == ended
            True
        """
        dated = [each for each in (self, other) if each.closed or not each.status.has_ended]
        if len(dated) < 2:  # noqa: PLR2004 - of the other nobody says when it ended
            return dated[0] if dated else self
        last = max(dated, key=lambda each: each.closed or inf)
        opened = self.opened and other.opened and min(self.opened, other.opened)
        return replace(last, opened=opened)

    def is_ahead(self, year: int) -> bool:
        """Tell whether it opened only after a year."""
        return self.opened is not None and year < self.opened

    def why_absent(self, year: int, called: Callable[[str], str] = str) -> str:
        """Say why it does not exist in a year.

        Args:
            year: The year.
            called: Names the subject of a code.

        Examples:
            >>> Lifetime(RosterStatus.CLOSED, closed=2024).why_absent(2025)
            '2024年撤销'
        """
        if self.is_ahead(year):
            return say(f"{self.opened}年才启用", f"opened in {self.opened}")
        when = say("" if self.closed is None else f"{self.closed}年", "")
        since = "" if self.closed is None else f" in {self.closed}"
        if self.status is not RosterStatus.MERGED:
            return say(f"{when or '已'}撤销", f"closed{since}")
        if self.merged_into is None:
            return say(f"{when or '已'}合并", f"merged{since}")
        into = called(self.merged_into)
        return say(f"{when or '已'}并入{into}", f"merged into {into}{since}")
