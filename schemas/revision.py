"""What a second submission changed: cells, problems and outcomes."""

from dataclasses import field
from enum import StrEnum
from typing import Final, Literal

from dabiao.schemas.finding import Scalar, Source
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import called, named_record

REVISION_SCHEMA: Final = "dabiao.revision/1"


class CellFate(StrEnum):
    """What became of a cell."""

    FILLED = "filled"
    """It says something, and said nothing that could be used."""
    CHANGED = "changed"
    """It says something else."""
    EMPTIED = "emptied"
    """It says nothing that can be used any more."""

    @property
    def label(self) -> str:
        """Name in the language spoken now."""
        zh = {CellFate.FILLED: "补填", CellFate.CHANGED: "改动", CellFate.EMPTIED: "清空或不能用"}
        return say(zh[self], self.value)


@named_record
class CellChange:
    """What one subject says of one item in a year, before and after.

    Attributes:
        spoilt: Whether the cell that says nothing that can be used, before or after, is not blank.
    """

    fate: CellFate
    level: Level
    subject: str
    name: str
    year: int
    measure: str
    measure_name: str
    before: Scalar = None
    after: Scalar = None
    unit: str = ""
    spoilt: bool = False
    source: Source | None = None
    """The cell as it stands now; of what was emptied, as it stood."""


@named_record
class VerdictChange:
    """An outcome that is another one now.

    Attributes:
        before: The outcome before; None where the subject was not known.
        after: The outcome now; None where the subject is gone.
        by_figures: Whether it is well now only because figures were changed that stood there
            before: with these as they were, and all else as it is now, it would not be.
        cells: The changed cells that it rests on, where that is so.
    """

    rule: str
    title: str
    level: Level
    subject: str
    name: str
    year: int
    before: Outcome | None
    after: Outcome | None
    by_figures: bool = False
    cells: tuple[CellChange, ...] = ()


@named_record
class ProblemRecord:
    """A problem that one of the submissions has and the other has not."""

    code: str
    severity: str
    place: str
    message: str


@named_record
class Revision:
    """Everything that a second submission changed."""

    schema_: Literal["dabiao.revision/1"] = field(
        default=REVISION_SCHEMA, metadata=called("schema")
    )
    year: int
    """The year that both were judged by."""
    cells: tuple[CellChange, ...]
    cured: tuple[ProblemRecord, ...]
    arisen: tuple[ProblemRecord, ...]
    verdicts: tuple[VerdictChange, ...]
