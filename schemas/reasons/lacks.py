"""What is missing: whose, of which year, and why."""

from enum import StrEnum

from dabiao.schemas.level import Level
from dabiao.schemas.naming import Bilingual, MeasureRef, SubjectRef
from dabiao.schemas.record import record
from dabiao.schemas.source import Source


class WhyMissing(StrEnum):
    """Why there is no value."""

    UNREPORTED = "unreported"
    """The subject has a row, but this item is blank; several have blanks, or no row."""
    NO_ROW = "no-row"
    """The subject has no row for the year."""
    UNUSABLE = "unusable"
    """What was submitted could not be used."""
    DOUBTFUL = "doubtful"
    """What was submitted may mean several values."""
    NONE_BELOW = "none-below"
    """No subject below is known."""
    NONE_ABOVE = "none-above"
    """The subject above is not known."""
    NONE_COUNTED = "none-counted"
    """There are subjects below, but the condition holds for none."""
    NO_DATE = "no-date"
    """No due date, or nobody took down when files came."""
    OPEN = "open"
    """Findings below are open, or none of them counts."""
    UNDEFINED = "undefined"
    """All parts have values, but nothing can be made of them: a division by 0."""


@record
class NamedFew:
    """Some subjects of a level: the first of them by name, and how many there are.

    Attributes:
        level: Their level.
        count: How many there are.
        first: Codes of the first of them.
        more: Codes of the next ones, where it matters who they are.
    """

    level: Level
    count: int
    first: tuple[SubjectRef, ...]
    more: tuple[SubjectRef, ...] = ()


@record
class Lack:
    """One thing that is missing.

    Attributes:
        cause: Why.
        year: Of which year.
        whose: Who lacks it; None where it is the subject judged.
        measure: The measure, if it is one.
        formula: What could not be computed, if it is not.
        source: The cell, empty or unusable, if it is one.
        problem: What was wrong with the cell, as it was said when it was read.
    """

    cause: WhyMissing
    year: int
    whose: NamedFew | None = None
    measure: MeasureRef | None = None
    formula: Bilingual | None = None
    source: Source | None = None
    problem: str | None = None
