"""Who was to report, and who did."""

from enum import StrEnum

from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.model import Model
from dabiao.schemas.naming import MeasureRef
from dabiao.schemas.reasons.existence import Existence
from dabiao.schemas.record import record
from dabiao.schemas.subject import Subject


class Returned(StrEnum):
    """What a subject returned in a year."""

    REPORTED = "reported"
    """Everything that the rules that apply to it need."""
    PARTIAL = "partial"
    """Something, but not everything."""
    ABSENT = "absent"
    """Nothing, though it was expected."""
    CLOSED = "closed"
    """Nothing, and it was closed before."""
    MERGED = "merged"
    """Nothing, and it was merged into another before."""
    LATER = "later"
    """Nothing, and it opens only later."""

    @property
    def label(self) -> str:
        """Name in the language spoken now."""
        return say(_ZH[self], self.value)


_ZH = {
    Returned.REPORTED: "已报",
    Returned.PARTIAL: "部分",
    Returned.ABSENT: "未报",
    Returned.CLOSED: "撤销",
    Returned.MERGED: "并入",
    Returned.LATER: "未启用",
}


class Attendance(Model):
    """How many subjects of a level were to report in a year, and how many did.

    Attributes:
        year: The year.
        level: The level.
        area: Code of the place they lie in; None for all there are.
        expected: Those that exist, reported or stand in the roster, and have something to report
            by the rules judged by: reported, partial and absent together.
        reported: Those of which everything is there that the rules need.
        partial: Those of which something is.
        absent: Those of which nothing is.
        new: Of those expected, how many opened in the year, or report and stand in no roster though
            one covers them.
        closed: Those that were closed before.
        merged: Those that were merged into others before.
    """

    year: int
    level: Level
    area: str | None = None
    expected: int
    reported: int
    partial: int
    absent: int
    new: int = 0
    closed: int = 0
    merged: int = 0


@record
class Attendee:
    """One subject of a roster, and what it returned.

    Attributes:
        subject: The subject.
        year: The year.
        returned: What it returned.
        new: Whether it opened in the year, or stands in no roster though one covers it.
        lacking: The items that are missing.
        absence: Why it was not expected, if the roster says so.
        unlisted: Whether it is new because no roster lists it.
    """

    subject: Subject
    year: int
    returned: Returned
    new: bool = False
    lacking: tuple[MeasureRef, ...] = ()
    absence: Existence | None = None
    unlisted: bool = False


@record
class Completeness:
    """How completely, and how early, the subjects of a level reported what was asked of them.

    Attributes:
        year: The year.
        level: The level.
        area: Code of the county they lie in; None for all there are.
        item: The item that is looked at alone; None for all of them together.
        expected: Who was to report it, of those that exist: the next four together.
        reported: Who reported all of it.
        partial: Who reported some of it, which of one item nobody can.
        blank: Who has a row and reported nothing of it.
        absent: Who has no row at all.
        on_time: Of those who reported anything, whose files were first received by the due date;
            None where none was given.
        late: The others of them.
        required: Cells that were to be filled.
        filled: Those of them that hold something that can be used.
        sound: Of those who reported anything, who contradicts neither itself nor those below it.
    """

    year: int
    level: Level
    area: str | None = None
    item: MeasureRef | None = None
    expected: int = 0
    reported: int = 0
    partial: int = 0
    blank: int = 0
    absent: int = 0
    on_time: int | None = None
    late: int | None = None
    required: int = 0
    filled: int = 0
    sound: int = 0

    @property
    def returned(self) -> int:
        """Who reported anything of it."""
        return self.reported + self.partial
