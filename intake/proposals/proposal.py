"""What is proposed for tables, before it is written down."""

from collections.abc import Mapping, Sequence
from dataclasses import field

from dabiao.intake.names import Fixed
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass

EntryValue = str | int | tuple[str | int, ...] | Mapping[str, "EntryValue"]


@dataclass(frozen=True)
class Line:
    """One entry of a mapping: ``key: value  # remark``; a comment as a whole unless it is sure.

    Without a value somebody has to fill it in.
    """

    key: str
    value: EntryValue = ""
    remark: str = ""
    sure: bool = True


@dataclass
class Reading:
    """One reading of a table: rows of a level, and why it is that one.

    ``parts`` has the entries below each key of a mapping, and below each target of ``values``.
    """

    level: Level
    why: str = ""
    parts: dict[tuple[str, ...], list[Line]] = field(default_factory=dict)

    def add(self, part: str, line: Line, *target: str) -> None:
        """Add an entry under a key, or under a target below it."""
        self.parts.setdefault((part, *target), []).append(line)

    def extend(self, other: "Reading") -> None:
        """Add the entries of another reading."""
        for path, lines in other.parts.items():
            self.parts[path] = [*self.parts.get(path, ()), *lines]


@dataclass(frozen=True)
class TableProposal:
    """What is proposed for one table, by the names of its file and sheet where it needs them.

    ``left`` lists the headers that are not used, and why; ``turned`` says that the table lies on
    its side. Without readings ``why`` says why there are none: it is in the form of submissions
    (``own``), or nobody can read it.
    """

    readings: Sequence[Reading] = ()
    left: Sequence[tuple[str, str]] = ()
    why: str = ""
    own: bool = False
    undated: bool = False
    turned: bool = False
    file: str | None = None
    sheet: str | None = None


@dataclass(frozen=True)
class Proposal:
    """What is proposed for a file, or for several, table by table."""

    tables: Sequence[TableProposal]

    @property
    def useful(self) -> bool:
        """Whether there is a mapping to write."""
        return any(table.readings for table in self.tables)

    @property
    def needless(self) -> bool:
        """Whether every table can be read as it is."""
        return bool(self.tables) and all(table.own for table in self.tables)


def fixed_name(fixed: Fixed) -> str:
    """Name a fixed column as a mapping does."""
    return say(fixed.zh, fixed.value)
