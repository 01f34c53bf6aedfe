"""A subject in a year: where formulas are evaluated when they are looked at one by one."""

from dataclasses import replace

from dabiao.engine.data.algebra import Index
from dabiao.engine.data.frames import Frames
from dabiao.rules.formulas.formula import Below, Variation, counts_senders
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class SubjectYear:
    """A subject in a year.

    Attributes:
        level: The subject's level.
        subject: The subject's place in its level.
        year: The year.
    """

    level: Level
    subject: int
    year: int

    def of(self, subject: int) -> "SubjectYear":
        """Go to another subject of the level."""
        return replace(self, subject=subject)

    def at(self, year: int) -> "SubjectYear":
        """Go to another year."""
        return replace(self, year=year)

    def ago(self, years: int) -> "SubjectYear":
        """Go back some years."""
        return self.at(self.year - years)

    def above(self, upper: Level, frames: Frames) -> "SubjectYear | None":
        """Give the subject of a higher level that this one lies in in the year, if it is known."""
        group = frames.hierarchy.of(self.year).groups(self.level, upper)
        at = int(group[self.subject])
        return SubjectYear(upper, at, self.year) if at < frames.size(upper) else None

    def peers(self, within: Level | None, frames: Frames) -> Index:
        """List the subjects of the same level, itself included, that it is ranked among."""
        return frames.lifetimes.peers_of(self.level, within, self.subject, self.year)

    def members(self, formula: Below | Variation, frames: Frames) -> Index:
        """List the subjects below that an aggregate is about, in order of code."""
        return frames.lifetimes.members(
            formula.level, self.level, self.subject, self.year, due=counts_senders(formula)
        )

    def existing(self, lower: Level, frames: Frames) -> Index:
        """List where those of a lower level stand that lie below in the year, in order of code."""
        return frames.lifetimes.members(lower, self.level, self.subject, self.year)

    def below(self, lower: Level, frames: Frames) -> list["SubjectYear"]:
        """Give them as subjects in the year."""
        return [SubjectYear(lower, at, self.year) for at in self.existing(lower, frames).tolist()]
