"""A table of a document, filled in from the facts of one place and year."""

from dabiao.schemas.finding import Scalar
from dabiao.schemas.level import Level
from dabiao.schemas.model import Model
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.subject import Subject


class TableHead(Model):
    """The head of a column.

    Attributes:
        heading: Its heading, as its feature writes it.
        unit: Unit of the values in its rows.
        foot_unit: Unit of the value at its foot.
        rule: Id of the rule that shades its rows.
        foot_rule: Id of the rule that shades its foot.
        norm: What the rule of its rows demands, as its feature writes it.
        foot_norm: What the rule of its foot demands.
        bound: The bound of the rule of its rows, where it is a number.
        foot_bound: The bound of the rule of its foot.
    """

    heading: str
    unit: str = ""
    foot_unit: str = ""
    rule: str | None = None
    foot_rule: str | None = None
    norm: str | None = None
    foot_norm: str | None = None
    bound: float | None = None
    foot_bound: float | None = None


class TableCell(Model):
    """One value, and how it came out where a rule looks at it; None where it is missing."""

    value: Scalar = None
    outcome: Outcome | None = None


class TableRow(Model):
    """One subject.

    Attributes:
        subject: The subject.
        cells: A cell a column.
        met: In how many cells the rule is complied with.
        judged: How many of its cells a rule applies to.
    """

    subject: Subject
    cells: tuple[TableCell, ...]
    met: int
    judged: int


class FilledTable(Model):
    """A table for one place and year.

    Attributes:
        title: What it is called.
        document: Title of its document.
        place: The place it is for.
        year: The year its values are of.
        level: Level of the subjects of its rows.
        heads: The heads of its columns.
        rows: A row for each subject, in order of code.
        foot: What stands below the columns; empty where nothing does.
        undecided: Subjects of which nobody knows whether they belong into it.
    """

    title: str
    document: str
    place: Subject
    year: int
    level: Level
    heads: tuple[TableHead, ...]
    rows: tuple[TableRow, ...]
    foot: tuple[TableCell, ...] = ()
    undecided: tuple[Subject, ...] = ()
