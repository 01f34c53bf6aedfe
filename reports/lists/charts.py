"""How a list is drawn in a workbook."""

from collections.abc import Mapping, Sequence

from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class ListingChart:
    """How a listing is drawn, where it can be: a column of parts a row, and a line above them.

    Attributes:
        title: What it shows.
        names: Key of the names of the rows.
        parts: Keys of the parts, each with its colour.
        line: Key of the rates, which are drawn as a line.
        rates: What each row has its rate of, by outcome; None where that is not known.
    """

    title: str
    names: str
    parts: Mapping[str, str]
    line: str
    rates: Sequence[Mapping[Outcome, int] | None]
