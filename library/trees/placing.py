"""What a row says of where it lies: its code, that of who is above it, its year; by its headers."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dabiao.engine.faults import EngineError
from dabiao.intake.cells.identity_cells import read_year
from dabiao.intake.layout.plan import TextSource, text_of
from dabiao.intake.names import Fixed, fixed_column
from dabiao.library.trees.homes import WHOLE, homes
from dabiao.library.trees.tables import RowTable
from dabiao.rules.catalog.catalog import Catalog
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    import polars as pl

    from dabiao.intake.layout.mapping_file import MappingFile


@dataclass(frozen=True)
class Placer:
    """One reading of a table: where its rows say who they are about.

    Attributes:
        level: The level of its rows; None for a roster, whose rows say it themselves.
        code: Where codes come from; likewise the others.
    """

    level: Level | None
    code: TextSource
    parent: TextSource | None
    year: TextSource | None

    @property
    def positions(self) -> set[int]:
        """The columns that it looks at."""
        sources = (self.code, self.parent, self.year)
        return {at for each in sources if each is not None for at in each.positions}


@dataclass(frozen=True)
class Placed:
    """In which county rows lie, and whom they speak of.

    Attributes:
        homes: The county of each; null where nobody knows.
        said: For each reading of the table the codes, those above them, and the years.
    """

    homes: "pl.Series"
    said: Sequence[tuple[Placer, "pl.Series", "pl.Series", "pl.Series"]]

    @property
    def above(self) -> Mapping[str, str]:
        """What is said about which county or prefecture lies in which place."""
        found: dict[str, str] = {}
        for placer, codes, parents, _ in self.said:
            if placer.level in WHOLE and placer.level is not Level.REGION:
                pairs = codes.alias("c").to_frame().with_columns(parents.alias("p")).drop_nulls()
                found.update(pairs.unique(maintain_order=True).iter_rows())
        return found

    @property
    def years(self) -> set[int]:
        """The years that rows speak of."""
        cells = {cell for *_, years in self.said for cell in years.drop_nulls().unique()}
        return {year for year in map(read_year, cells) if isinstance(year, int)}


def placed(
    readings: Sequence[Placer],
    columns: Mapping[int, "pl.Series"],
    length: int,
    schools: "pl.DataFrame | None",
) -> Placed:
    """Tell of rows in which county they lie, by the first reading that can.

    Args:
        readings: How the table says it.
        columns: The columns that they look at.
        length: How many rows there are.
        schools: The ``code`` of each school and its ``home``.
    """
    import polars as pl

    found = pl.Series([None] * length, dtype=pl.String)
    said = []
    for placer in readings:
        sources = (placer.code, placer.parent, placer.year)
        codes, parents, years = (texts(each, columns, length) for each in sources)
        below = placer.level in (Level.CLASS, None)
        found = found.fill_null(homes(codes, parents, placer.level, schools if below else None))
        said.append((placer, codes, parents, years))
    return Placed(found, said)


def schools_of(
    readings: Sequence[Placer], columns: Mapping[int, "pl.Series"], length: int
) -> "pl.DataFrame":
    """Give the ``code`` of each school that rows speak of, and its ``home``."""
    import polars as pl

    found = pl.DataFrame(schema={"code": pl.String, "home": pl.String})
    for placer in readings:
        if placer.level is Level.SCHOOL:
            codes, parents = (texts(e, columns, length) for e in (placer.code, placer.parent))
            made = pl.DataFrame({"code": codes, "home": homes(codes, parents, Level.SCHOOL)})
            found = pl.concat([found, made.drop_nulls().unique("code", maintain_order=True)])
    return found


def texts(
    source: TextSource | None, columns: Mapping[int, "pl.Series"], length: int
) -> "pl.Series":
    """Give the texts of a source, without blanks around them; null where there is none."""
    import polars as pl

    if source is None:
        return pl.Series([None] * length, dtype=pl.String)
    plain = len(source.parts) == 1 and source.positions
    if not plain or source.replacements or source.add or source.blanks:
        cells = source.cells(columns, length)
        return pl.Series([None if c is None else text_of(c) for c in cells], dtype=pl.String)
    column = columns[source.positions[0]]
    if column.dtype.is_float():
        column = column.cast(pl.Int64, strict=False)
    found = column.cast(pl.String, strict=False).str.strip_chars()
    return found.to_frame("t").select(pl.when(pl.col("t") != "").then("t")).to_series()


def placers(
    table: RowTable[Any],
    names: Sequence[str],
    catalog: Catalog,
    mapping: "MappingFile | None",
) -> Sequence[Placer]:
    """Find out how a table says who its rows are about; several readings of a mapping, one each.

    Raises:
        EngineError: It has no column of codes.
    """
    found = _mapped(table, names, catalog, mapping) if mapping is not None else []
    if found:
        return found
    columns: dict[Fixed, TextSource] = {}
    for at, name in enumerate(names):
        fixed = fixed_column(name, table.level)
        if fixed is not None:
            columns.setdefault(fixed, TextSource((at,)))
    if Fixed.CODE not in columns:
        if mapping is not None:
            return []
        name = table.name
        raise EngineError(say(f"表“{name}”没有代码列", f"the table {name} has no column of codes"))
    parent, year = columns.get(Fixed.PARENT), columns.get(Fixed.YEAR)
    return [Placer(table.level, columns[Fixed.CODE], parent, year)]


def _mapped(
    table: RowTable[Any], names: Sequence[str], catalog: Catalog, mapping: "MappingFile"
) -> list[Placer]:
    from dabiao.intake.formats.table import Table
    from dabiao.intake.layout.from_mapping import MappingPlanner
    from dabiao.intake.layout.measures import MeasureNames
    from dabiao.intake.problem_log import ProblemLog

    planner = MappingPlanner(mapping, MeasureNames.of(catalog.vocabulary.measures), ProblemLog())
    file = table.name + table.suffix
    key = table.name if table.suffix == ".json" else None
    made = Table(file, key, table.name, [], range(len(names)), lambda *_: iter(()), keys=[*names])
    plans = [plan for *_, plan in planner.plans(made) or ()]
    return [Placer(plan.level, plan.code, plan.parent, plan.year) for plan in plans]
