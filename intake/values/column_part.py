"""The cells of one block of a column, read but not yet settled."""

from dataclasses import field

from dabiao.intake.cells.unusable import Unusable
from dabiao.schemas.facts import Bools, Floats
from dabiao.schemas.record import dataclass


@dataclass(slots=True)
class Part:
    """The cells of one block of a column, read one by one.

    Attributes:
        values: Numbers, 1 and 0, or places in the column's list of texts; NaN for nothing.
        settled: Which of them are in the item's unit already.
        reasons: Place in the block to why the cell cannot be used.
        grouped: Place to the text of a number with a comma before three digits, as in 1,234.
        decimal: A text with a comma that can only be a decimal point, as in 98,5.
    """

    values: Floats
    settled: Bools
    reasons: dict[int, Unusable] = field(default_factory=dict)
    grouped: dict[int, str] = field(default_factory=dict)
    decimal: str | None = None
