"""Tables as they were found in files, before anybody asked what they mean."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Self, Unpack

from dabiao.intake.formats.merged_cells import MergedCells
from dabiao.schemas.addresses import letters, row_words
from dabiao.schemas.facts import Ints
from dabiao.schemas.problem import Problem, ProblemDetails, Severity
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    import polars as pl

HEAD = 20
"""Rows among which the header is looked for; whatever stands above it is a title."""


class Percent(float):
    """A number in a cell that is formatted as a percentage: 0.98 is shown as 98%."""

    __slots__ = ()


class Padded(int):
    """A whole number in a cell whose format fills it up with zeros: 11301 is shown as 011301."""

    def __new__(cls, number: int, width: int) -> Self:
        """Keep the number and the width at which it is shown."""
        made = super().__new__(cls, number)
        made.width = width
        return made

    width: int


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or a time: what it reads like, and its year if it has one."""

    shown: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Printed:
    """A number in a cell whose format puts words beside it or scales it: 1.2 is shown as 1.2万.

    Attributes:
        value: The number that the cell holds.
        shown: What the cell shows, with all digits.
        scale: What the format divides the number by before it shows it.
    """

    value: float
    shown: str
    scale: float = 1.0

    def __str__(self) -> str:
        """Give what the cell shows."""
        return self.shown


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """An error value of a spreadsheet, such as ``#DIV/0!``."""

    shown: str


@dataclass(frozen=True, slots=True)
class Uncomputed:
    """A formula whose value was never computed."""


@dataclass(frozen=True, slots=True)
class Nested:
    """A list or an object where a value should be: how it begins.

    Attributes:
        shown: How it begins.
        twice: Whether it is no such thing, but what a key holds that is given twice.
    """

    shown: str
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Garbled:
    """A text with halves of characters in it, which no text can hold: what it looks like."""

    shown: str


Cell = (
    None | str | bool | int | float | Printed | Moment | ErrorValue | Uncomputed | Nested | Garbled
)


def text_cell(text: str) -> str | Garbled:
    r"""Give a text as a cell.

    Examples:
        >>> text_cell("甲校"), text_cell("甲校\ud800")
        ('甲校', Garbled(shown='甲校\\ud800'))
    """
    whole = whole_text(text)
    return text if whole == text else Garbled(whole)


def whole_text(text: str) -> str:
    r"""Give a text that any file can hold: halves of characters are spelled out."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


@dataclass(frozen=True, slots=True)
class Ragged:
    """A row that has more or fewer fields than it should have.

    Attributes:
        fields: How many it has.
        expected: How many it should have.
        last: Position of its last field that says anything.
        text: What that field says.
        customary: Whether nearly all rows have as many, the last of them blank.
    """

    fields: int
    expected: int
    last: int
    text: str
    customary: bool = False


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """The last number of a text that does not end as a line does, so that it may have been cut.

    Attributes:
        number: Its row.
        position: Its column.
        text: What stands there.
        likely: Whether it looks as if it had been cut.
    """

    number: int
    position: int
    text: str
    likely: bool


class HeldColumns(Mapping[int, "pl.Series"]):
    """Columns that are read when they are asked for, and held until they are let go."""

    @abstractmethod
    def let_go(self, positions: Sequence[int]) -> None:
        """Hold some columns no longer; asked for again, they are read again."""


@dataclass(slots=True)
class Block:
    """Some consecutive rows of a table.

    Attributes:
        numbers: Their numbers.
        columns: Position of a column to its cells, one by one or in Arrow memory; columns nobody
            asked for are absent.
        ragged: Rows, by place in the block, that have more or fewer fields than they should have.
    """

    numbers: Ints
    columns: Mapping[int, "list[Cell] | pl.Series"]
    ragged: Mapping[int, Ragged] = field(default_factory=dict)

    def let_go(self, positions: Sequence[int]) -> None:
        """Say that some columns were read, so that memory need not hold them any longer."""
        if isinstance(self.columns, HeldColumns):
            self.columns.let_go(positions)


class TableProblemDetails(ProblemDetails, total=False):
    """What may be said of a problem of a table besides: in which cell or line it is, too."""

    cell: str | None
    line: int | None


@dataclass(slots=True)
class Table:
    """A sheet, a delimited file, a list of a JSON file or a Parquet file.

    Attributes:
        file: Path as given.
        sheet: Sheet name or JSON key, else None.
        name: What tells its level: the sheet name, the key, or the stem of the file.
        keys: Names of the columns where the format itself has them; else None, and the header
            is looked for in ``head``.
        head: Number and cells by position of the first rows that hold anything.
        positions: Columns that hold anything.
        blocks: Gives the rows below a row number, with the columns at some positions.
        spans: Merged cells.
        hidden: Whether a sheet is hidden.
        hidden_rows: Rows that hold something and are hidden; likewise columns.
        unseen: Cells whose text has the colour of its ground, by number and position.
        covered: Likewise cells that lie below a merged one and hold something else.
        comments: What somebody wrote beside a cell, by number and position.
        outdated: Cells with formulas whose values may be older than what these look at.
        turned: Whether its columns are the rows of a sheet: positions and numbers change places.
        open_end: The number that it ends with, if nothing says that it is whole.
        semicolons: Whether semicolons set its fields apart.
    """

    file: str
    sheet: str | None
    name: str
    head: Sequence[tuple[int, Mapping[int, Cell]]]
    positions: Sequence[int]
    blocks: Callable[[int, Sequence[int]], Iterator[Block]]
    keys: Sequence[str] | None = None
    spans: MergedCells = field(default_factory=MergedCells)
    hidden: bool = False
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    unseen: Sequence[tuple[int, int]] = ()
    covered: Sequence[tuple[int, int]] = ()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    outdated: Sequence[tuple[int, int]] = ()
    turned: bool = False
    open_end: OpenEnd | None = None
    semicolons: bool = False

    @property
    def lettered(self) -> bool:
        """Whether it is a table as it lies on a sheet or in a text."""
        return self.keys is None and not self.turned

    def column(self, position: int) -> str:
        """Name a column as addresses do."""
        if self.turned:
            return str(position)
        return letters(position) if self.keys is None else self.keys[position]

    def cell(self, position: int, number: int) -> str:
        """Address a cell."""
        if self.keys is not None:
            return f"[{number}].{self.keys[position]}"
        if self.turned:
            return f"{letters(number - 1)}{position}"
        return f"{letters(position)}{number}"

    def row(self, number: int) -> str:
        """Address a row."""
        if self.turned:
            return letters(number - 1)
        return f"[{number}]" if self.keys is not None else row_words(number)

    def cells(self, positions: Sequence[int], number: int) -> str:
        """Address cells of a row; the row, if they are none."""
        return "+".join(self.cell(each, number) for each in positions) or self.row(number)

    def problem(
        self,
        code: str,
        message: str,
        hint: str | None = None,
        severity: Severity = Severity.ERROR,
        **details: Unpack[TableProblemDetails],
    ) -> Problem:
        """Make a problem of this table, or of a cell or row of it."""
        return Problem(
            code,
            message,
            severity,
            file=self.file,
            sheet=self.sheet,
            hint=hint,
            **details,
        )
