"""The tables of documents, filled in from the facts of one place and year."""

from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Scalar
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import named_record
from dabiao.schemas.subject import Subject


@named_record
class TableHead:
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


@named_record
class TableCell:
    """One value, and how it came out where a rule looks at it; None where it is missing."""

    value: Scalar = None
    outcome: Outcome | None = None


@named_record
class TableRow:
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


@named_record
class FilledTable:
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


@named_record
class TableTarget:
    """A row of a target table: one target, and how far it has come.

    Attributes:
        rule: Id of the rule that states it.
        name: What the document calls it.
        group: The heading that the document puts it under.
        norm: What is demanded, as its feature writes it.
        unit: Unit of the baseline, the target and the value.
        baseline_year: The year it begins with.
        baseline: Where it began, printed or submitted.
        comparator: How the value must stand to the target.
        target: The bound that is to be reached in the end, where it is a number or a word.
        upper: The upper bound of ``between``.
        due: The year by which, where there is one.
        value: What there is now.
        progress: How much of the way from the baseline to the target lies behind, in %.
        outcome: How it came out; None where the rule does not judge the place.
    """

    rule: str
    name: str
    group: str = ""
    norm: str = ""
    unit: str = ""
    baseline_year: int | None = None
    baseline: Scalar = None
    comparator: Comparator | None = None
    target: Scalar = None
    upper: Scalar = None
    due: int | None = None
    value: Scalar = None
    progress: float | None = None
    outcome: Outcome | None = None


@named_record
class FilledTargets:
    """A target table for one place and year.

    Attributes:
        title: What it is called.
        document: Title of its document.
        place: The place it is for.
        year: The year its values are of.
        targets: Its targets, in the order of the document.
    """

    title: str
    document: str
    place: Subject
    year: int
    targets: tuple[TableTarget, ...]


DocumentTableFilled = FilledTable | FilledTargets
