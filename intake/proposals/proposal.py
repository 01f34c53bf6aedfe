"""What is proposed for a table, before it is written down."""

from collections.abc import Sequence
from dataclasses import field
from enum import Enum, auto

from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass

EntryValue = str | int | tuple[str, ...]


class State(Enum):
    """What became of a table."""

    PROPOSED = auto()
    OWN = auto()
    """It is in the form in which facts are submitted anyway."""
    LEFT = auto()
    """Nothing can be proposed."""


@dataclass(frozen=True)
class ProposedEntry:
    """One entry of a mapping.

    Attributes:
        key: What stands before the colon.
        value: What stands behind it.
        remark: What to say about it.
        sure: Whether it counts; else it is written as a comment.
    """

    key: str
    value: EntryValue
    remark: str = ""
    sure: bool = True


@dataclass
class ProposedReading:
    """One reading of a table, entry by entry.

    Attributes:
        level: The level of its rows.
        where: Columns by which rows are chosen.
        rows: The variable and its values, where a row becomes several.
        year: The column of years and what is added to it.
        values: Target to what its texts stand for.
        decimal_comma: Whether numbers are written like 98,5.
        fixed: How many of the columns are no measures.
    """

    level: Level
    remark: str = ""
    where: list[ProposedEntry] = field(default_factory=list)
    rows: ProposedEntry | None = None
    columns: list[ProposedEntry] = field(default_factory=list)
    sums: list[ProposedEntry] = field(default_factory=list)
    compose: list[ProposedEntry] = field(default_factory=list)
    constants: list[ProposedEntry] = field(default_factory=list)
    year: tuple[str, int] | None = None
    values: dict[str, list[ProposedEntry]] = field(default_factory=dict)
    units: list[ProposedEntry] = field(default_factory=list)
    decimal_comma: bool = False
    fixed: int = 0

    @property
    def found(self) -> bool:
        """Whether it holds any measure for sure."""
        return any(line.sure for line in (*self.columns[self.fixed :], *self.sums))


@dataclass(frozen=True)
class TableProposal:
    """What is proposed for one table.

    Attributes:
        file: The file it stands in, where there are several.
        sheet: Its sheet or key, where the file has several tables.
        state: What became of it.
        why: What that rests on.
        readings: The readings.
        left: Headers that are not used, and why.
        undated: Whether nothing tells the year of its rows.
    """

    file: str | None
    sheet: str | None
    state: State
    why: str
    readings: Sequence[ProposedReading] = ()
    left: Sequence[tuple[str, str]] = ()
    undated: bool = False


@dataclass(frozen=True)
class Proposal:
    """What is proposed for a file, or for several.

    Attributes:
        tables: Table by table.
    """

    tables: Sequence[TableProposal]

    @property
    def useful(self) -> bool:
        """Whether there is a mapping to write."""
        return any(table.state is State.PROPOSED for table in self.tables)

    @property
    def needless(self) -> bool:
        """Whether every table can be read as it is."""
        return bool(self.tables) and all(table.state is State.OWN for table in self.tables)

    @property
    def undated(self) -> bool:
        """Whether somebody has to say the year of a table."""
        return any(table.undated for table in self.tables)
