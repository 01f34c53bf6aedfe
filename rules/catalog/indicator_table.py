"""The tables of a document, filled in from the facts of a place: a row a subject, or a target."""

from dabiao.rules.formulas.formula import Formula
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class ColumnSource:
    """What the cells of one column come from, in its rows or at its foot.

    Attributes:
        formula: What is worked out.
        unit: The unit of what comes out.
        rule: Id of the rule whose outcome shades the cell, or None.
    """

    formula: Formula
    unit: str
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class IndicatorColumn:
    """One column of a table.

    Attributes:
        heading: Its heading, as written.
        body: What stands in its rows.
        foot: What stands at its foot, or None.
    """

    heading: str
    body: ColumnSource
    foot: ColumnSource | None = None


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """A table (表) of a document: for each place one, with a row for each subject in it.

    Attributes:
        title: What it is called; no two tables of a pack are called the same.
        document: Id of its document.
        whole: Level of the places that there is a table for.
        level: Level of the subjects that there is a row for.
        condition: What must be true of a subject for it to have a row, or None.
        columns: Its columns, in order.
        file: The feature it stands in.
        line: Its line.
    """

    title: str
    document: str
    whole: Level
    level: Level
    condition: Formula | None
    columns: tuple[IndicatorColumn, ...]
    file: str
    line: int

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules that its cells are shaded by."""
        sources = [source for each in self.columns for source in (each.body, each.foot)]
        return tuple(
            dict.fromkeys(
                source.rule for source in sources if source is not None and source.rule is not None
            )
        )


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A row of a target table.

    Attributes:
        rule: Id of the rule that states the target.
        name: What the document calls what it is a target of.
        group: The heading that the document puts it under; empty where there is none.
    """

    rule: str
    name: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class TargetTable:
    """A table (表) of a document: for each place one, with a row for each target it names.

    Attributes:
        title: What it is called; no two tables of a pack are called the same.
        document: Id of its document.
        whole: Level of the places that there is a table for, and of its rules.
        rows: Its rows, in order.
        file: The feature it stands in.
        line: Its line.
    """

    title: str
    document: str
    whole: Level
    rows: tuple[TargetRow, ...]
    file: str
    line: int

    @property
    def rules(self) -> tuple[str, ...]:
        """Ids of the rules that state its targets."""
        return tuple(dict.fromkeys(each.rule for each in self.rows))


DocumentTable = IndicatorTable | TargetTable
