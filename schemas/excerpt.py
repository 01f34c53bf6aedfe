"""What stands around the cells that a run cites, as it was submitted."""

from dabiao.schemas.record import record


@record
class SheetExcerpt:
    """The part of a sheet that findings rest on.

    Attributes:
        file: The file, as its sources have it.
        columns: The letters of the columns that are kept, in order.
        named: How many of them, at the left, say what a row is about.
        heads: What stands above each of them.
        numbers: The numbers of the rows that are kept, in order.
        cells: Their cells as they were submitted, a row each.
        sheet: The sheet of a workbook.
    """

    file: str
    columns: tuple[str, ...]
    named: int
    heads: tuple[str, ...]
    numbers: tuple[int, ...]
    cells: tuple[tuple[str, ...], ...]
    sheet: str | None = None

    def __post_init__(self) -> None:
        """Refuse a table that is none, when it is read back.

        Raises:
            ValueError: There are not as many heads as columns, or cells in a row, or rows.
        """
        widths = {len(self.heads), *map(len, self.cells)} - {len(self.columns)}
        if widths or len(self.numbers) != len(self.cells):
            raise ValueError("rows and columns differ in number")
        if not 0 <= self.named <= len(self.columns):
            raise ValueError("more columns are named than there are")
