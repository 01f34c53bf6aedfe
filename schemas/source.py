"""Where a value stands."""

from typing import Annotated, Final, TypeGuard

from dabiao.schemas.border import AtBorder
from dabiao.schemas.record import record

_MOST_WHOLE: Final = 10**15
"""Larger whole numbers are written with an exponent; none has more digits than are exact."""


def _exact(value: object) -> object:
    if isinstance(value, int) and abs(value) > _MOST_WHOLE:
        raise ValueError("no number of so many digits is written so")
    return value


Scalar = Annotated[
    float | int | str | bool | None,
    AtBorder(lambda pydantic: [pydantic.AfterValidator(_exact)]),
]


def is_number(value: object) -> TypeGuard[float]:
    """Tell whether a value is a number, which a truth value is not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


@record
class Source:
    """The place a value was read from: a file, or the document that prints it.

    Attributes:
        file: The file; the title of a document that prints a value.
        sheet: The sheet of a workbook.
        cell: A cell (``F12``), several of them (``F4:F20``, ``G5+H5``), or nothing where there is
            no single one.
        submitted_as: The former code of its subject, where it was submitted under that.
    """

    file: str
    sheet: str | None = None
    cell: str | None = None
    submitted_as: str | None = None
