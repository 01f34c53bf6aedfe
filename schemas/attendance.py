"""Who was to report, and who did."""

import datetime
from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from dabiao.schemas.language import say
from dabiao.schemas.level import Level
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
    BLANK = "blank"
    """A row with nothing in it, though something was expected."""
    ABSENT = "absent"
    """No row at all, though something was expected."""
    CLOSED = "closed"
    """It was closed before, and nothing was expected."""
    MERGED = "merged"
    """It was merged into another before."""
    LATER = "later"
    """It opens only later."""

    @property
    def label(self) -> str:
        """Name in the language spoken now."""
        return say(_ZH[self], self.value)


_ZH = {
    Returned.REPORTED: "已报",
    Returned.PARTIAL: "部分",
    Returned.BLANK: "空表",
    Returned.ABSENT: "未报",
    Returned.CLOSED: "撤销",
    Returned.MERGED: "并入",
    Returned.LATER: "未启用",
}


@record
class Deadlines:
    """When forms of a year were due, and when files came.

    Attributes:
        year: The year that the forms are about; of other years nothing is said.
        due: The day by which the form of a level was due; None among them holds for all others.
        received: File to the day on which it was first received; None where nobody took it down.
    """

    year: int | None = None
    due: Mapping[Level | None, datetime.date] = field(default_factory=dict)
    received: Mapping[str, datetime.date] | None = None

    @property
    def known(self) -> Mapping[Level | None, datetime.date]:
        """When forms were due; nothing where nobody took down when files came."""
        return {} if self.received is None else self.due

    def of(self, level: Level, year: int) -> datetime.date | None:
        """Give the day by which the form of a level was due, where it is known who kept it."""
        return self.known.get(level, self.known.get(None)) if year == self.year else None


@record
class Attendance:
    """How completely, and how early, the subjects of a level reported what was asked of them.

    Attributes:
        year: The year.
        level: The level, whose form it is.
        area: Code of the place they lie in; None for all there are.
        item: The item that is looked at alone; None for all of them together.
        expected: Those that exist, reported or stand in the roster, and have something to report
            by the rules judged by: reported, partial, blank and absent together.
        reported: Those of which everything is there that the rules need.
        partial: Those of which something is; of one item nobody.
        blank: Those that have a row, and nothing in it.
        absent: Those that have no row.
        new: Of those expected, how many opened in the year, or report and stand in no roster though
            one covers them.
        closed: Those that were closed before.
        merged: Those that were merged into others before.
        on_time: Of those who reported anything, whose files were first received by the due date;
            None where no date was due, or nobody took down when files came.
        late: The others of them.
        required: Cells that were to be filled.
        filled: Those of them that hold something that can be used.
        sound: Of those who reported anything, who contradicts neither itself nor those below it;
            None where nobody looked.
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
    new: int = 0
    closed: int = 0
    merged: int = 0
    on_time: int | None = None
    late: int | None = None
    required: int = 0
    filled: int = 0
    sound: int | None = None

    @property
    def returned(self) -> int:
        """Who reported anything."""
        return self.reported + self.partial


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
        sent: Whether it reported all the same, though nothing was expected of it.
    """

    subject: Subject
    year: int
    returned: Returned
    new: bool = False
    lacking: tuple[MeasureRef, ...] = ()
    absence: Existence | None = None
    unlisted: bool = False
    sent: bool = False
