"""What comes of each reading of cells that may mean several values."""

from typing import Annotated, Literal

from dabiao.schemas.border import BY_KIND
from dabiao.schemas.naming import MeasureRef
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.lacks import NamedFew
from dabiao.schemas.record import record
from dabiao.schemas.source import Source


@record
class CellReading:
    """A cell, and all that it may mean.

    Attributes:
        measure: Its measure.
        values: What it may mean.
        whose: Whose it is; None where it is the subject judged.
        year: Its year, where it is not the one judged.
        source: Where it stands.
    """

    measure: MeasureRef
    values: tuple[float, ...]
    whose: NamedFew | None = None
    year: int | None = None
    source: Source | None = None


@record
class ReadAlike:
    """All readings come to the same outcome.

    Attributes:
        cells: The first of the cells.
        count: How many cells there are.
    """

    cells: tuple[CellReading, ...]
    count: int
    kind: Literal["read-alike"] = "read-alike"


@record
class ReadApart:
    """The readings come to different outcomes.

    Attributes:
        outcomes: What each comes to.
        values: What the cell means in each; empty where there are several cells.
        unit: Unit of these values.
    """

    outcomes: tuple[Outcome, ...]
    values: tuple[float, ...] = ()
    unit: str = ""
    kind: Literal["read-apart"] = "read-apart"


CellReadings = ReadAlike | ReadApart
AnyReadings = Annotated[CellReadings, BY_KIND]
