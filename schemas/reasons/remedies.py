"""What would comply: one number that could be another."""

from dabiao.schemas.naming import MeasureRef, SubjectRef
from dabiao.schemas.record import record


@record
class Remedy:
    """The smallest change of one submitted number that would comply.

    Attributes:
        measure: The number.
        before: What it is.
        after: What it would have to be.
        by: How far that is; below 0 where it has to go down.
        subject: Whose it is, where that is not the subject judged.
        year: Of which year it is, where that is not the year judged.
        summed: Whether nobody reported it, and it is a sum of those below.
    """

    measure: MeasureRef
    before: float | int
    after: float | int
    by: float | int
    subject: SubjectRef | None = None
    year: int | None = None
    summed: bool = False
