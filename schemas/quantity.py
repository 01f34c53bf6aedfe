"""Quantities as people write them: 98%, 1.2万, １，２３４人, 45名."""

import re
from dataclasses import dataclass

from dabiao.schemas.marks import fold, marks

_MAGNITUDE = {
    "": 1.0,
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "万亿": 1e12,
}
_PATTERN = re.compile(
    r"(?P<sign>[+-]?)(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)"
    r"(?P<exponent>[eE][+-]?\d+)?\s*(?P<magnitude>万亿|百万|千万|百|千|万|亿)?\s*(?P<unit>[^\d\s].*)?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what stood behind it.

    Attributes:
        value: The number, magnitudes such as 万 applied.
        unit: The unit as written, or an empty text.
        decimals: Decimals that were printed, before a magnitude was applied.
    """

    value: float
    unit: str
    decimals: int


def normalize(text: str) -> str:
    """Make full-width digits, letters, signs and punctuation half-width, and trim; marks stay.

    Examples:
        >>> normalize("　１，２３４．５％（估）"), normalize("45①")
        ('1,234.5%(估)', '45①')
    """
    return fold(text).replace("−", "-").replace("，", ",").replace("–", "-").strip()


def quantity(text: str) -> Quantity | None:
    """Read a quantity; None if the text is not one.

    Examples:
        >>> quantity("1.2万元")
        Quantity(value=12000.0, unit='元', decimals=1)
        >>> quantity("１，２３４")
        Quantity(value=1234.0, unit='', decimals=0)
        >>> quantity("约45人") is None, quantity("45①") is None
        (True, True)
    """
    plain = normalize(text)
    match = _PATTERN.fullmatch(plain)
    if match is None or marks(plain):
        return None
    digits = match["digits"].replace(",", "")
    decimals = len(digits.partition(".")[2])
    number = float(match["sign"] + digits + (match["exponent"] or ""))
    magnitude = _MAGNITUDE[match["magnitude"] or ""]
    value = float(f"{number * magnitude:.15g}") if magnitude != 1.0 else number
    return Quantity(value, (match["unit"] or "").strip(), decimals)
