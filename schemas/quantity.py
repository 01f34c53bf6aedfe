"""Quantities as people write them: 98%, 1.2万, １，２３４人, 45名, 1:19."""

from dabiao.schemas.halfwidth import normalize
from dabiao.schemas.marks import marks
from dabiao.schemas.numerals import SIZE, SIZES, held, round15
from dabiao.schemas.patterns import pattern
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import PER_ONE, Unit, conversion, unit

_PATTERN = pattern(
    r"(?P<sign>[+-]?)(?P<digits>[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)"
    rf"(?P<exponent>[eE][+-]?\d+)?\s*(?P<magnitude>{SIZE})?\s*(?P<unit>[^\d\s].*)?"
)
_ONE_TO_SO_MANY = pattern(r"(?P<part>\d+(?:\.\d+)?)\s*[:∶]\s*(?P<whole>\d+(?:\.\d+)?)")
_OF_A_QUOTIENT = 12


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what stood behind it.

    Attributes:
        value: The number, magnitudes such as 万 applied.
        unit: The unit as written, or an empty text.
        decimals: Decimals that were printed, before a magnitude was applied; those that a quotient
            is as good as exact to.
    """

    value: float
    unit: str
    decimals: int

    def measured_in(self, of: str | Unit) -> float | None:
        """Give the value in another unit, which it is in if none was written.

        Examples:
            >>> quantity("1.2万元").measured_in("千元"), quantity("3人").measured_in("元")
            (12.0, None)
        """
        of = unit(of) if isinstance(of, str) else of
        factor = conversion(unit(self.unit), of) if self.unit else 1.0
        return None if factor is None else round15(self.value * factor)


def quantity(text: str) -> Quantity | None:
    """Read a quantity; None if the text is not one.

    Examples:
        >>> quantity("1.2万元")
        Quantity(value=12000.0, unit='元', decimals=1)
        >>> quantity("1∶12.5")
        Quantity(value=0.08, unit='1:n', decimals=12)
        >>> quantity("１，２３４")
        Quantity(value=1234.0, unit='', decimals=0)
        >>> quantity("约45人") is None, quantity("45①") is None, quantity("1e-400") is None
        (True, True, True)
    """
    plain = normalize(text)
    if (ratio := _ONE_TO_SO_MANY.fullmatch(plain)) and (whole := float(ratio["whole"])):
        return Quantity(float(ratio["part"]) / whole, PER_ONE, _OF_A_QUOTIENT)
    match = _PATTERN.fullmatch(plain)
    if match is None or marks(plain):
        return None
    digits = match["digits"].replace(",", "")
    decimals = len(digits.partition(".")[2])
    number = held(match["sign"] + digits + (match["exponent"] or ""))
    if number is None:
        return None
    if match["magnitude"]:
        number = round15(number * SIZES[match["magnitude"]])
    return Quantity(number, (match["unit"] or "").strip(), decimals)
