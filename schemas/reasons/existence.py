"""Why a subject does not exist in a year."""

from dabiao.schemas.lifetime import RosterStatus
from dabiao.schemas.naming import SubjectRef
from dabiao.schemas.record import record


@record
class Existence:
    """What a roster says of a subject, seen from a year in which it does not exist.

    Attributes:
        year: The year.
        status: What has become of it.
        opened: The first year in which it exists; None if it always did.
        closed: The last year in which it exists; None if nobody says when it ended.
        merged_into: What took it over.
    """

    year: int
    status: RosterStatus
    opened: int | None = None
    closed: int | None = None
    merged_into: SubjectRef | None = None

    @property
    def is_ahead(self) -> bool:
        """Whether it opened only after the year."""
        return self.opened is not None and self.year < self.opened
