"""What to ask for first: the cells that were not filled, by how much they would decide."""

from dabiao.schemas.naming import MeasureRef, SubjectName
from dabiao.schemas.record import record
from dabiao.schemas.source import Source


@record
class Ask:
    """One figure to ask for.

    Attributes:
        whose: The subject that owes it.
        year: Its year.
        measure: The measure.
        source: The cell it should stand in, or cannot be used from; None where there is none.
        decides: How many findings it decides, once all that come before it in the list are known.
        settled: How many are decided with it and all before it.
        waiting: How many findings need it at all.
        rules: Ids of their rules.
    """

    whose: SubjectName
    year: int
    measure: MeasureRef
    source: Source | None = None
    decides: int = 0
    settled: int = 0
    waiting: int = 0
    rules: tuple[str, ...] = ()


@record
class Asks:
    """All that could be asked for.

    Attributes:
        year: The year judged.
        undecided: How many findings are undecided.
        first: What decides something, the most decisive first.
        blocked: How many findings no single figures decide: too many are missing to name them, or
            they wait for findings below, or divide by 0 whatever comes in.
        needless: What was owed and decides nothing any more.
    """

    year: int
    undecided: int
    first: tuple[Ask, ...]
    blocked: int
    needless: tuple[Ask, ...]
