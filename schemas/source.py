"""Where a value stands."""

from dabiao.schemas.record import record

Scalar = float | int | str | bool | None


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
