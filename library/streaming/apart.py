"""Rows put apart by the county they lie in: only codes are looked at, and most rows stay put.

A row group of Parquet whose rows all lie in one county is left where it is. What mixes counties,
and all CSV and JSON, is written once more, sorted, into files that are mapped into memory where
they are needed: as much disk as the rows take, and no more memory than a few blocks of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from dabiao.library.streaming.texts import RowText
from dabiao.library.trees.check import TreesProgress
from dabiao.library.trees.homes import Grouping, grouped
from dabiao.library.trees.placing import Placer, placed, placers, schools_of
from dabiao.library.trees.tables import UNREADABLE, RowTable, unread_file
from dabiao.rules.catalog.catalog import Catalog
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from dabiao.intake.layout.mapping_file import MappingFile

_BLOCK = 32 << 20
"""Bytes of rows that are put apart at a time, about."""
_MANY = 4_000_000
"""Rows after which subjects that were noted already are let go of."""
_CELL = 8
"""Bytes that a cell takes, about."""
_HOME = "_home"
_Block = tuple[int, int, Mapping[int, pl.Series]]
"""Place of the first row, number of rows, and those columns that say who they are about."""


@dataclass(frozen=True, slots=True)
class CountyRows:
    """Rows of one table that all lie in one county, one after the other in a file.

    Attributes:
        table: The name of the table.
        level: Its level, where it is one's.
        path: The file.
        start: Place of the first row.
        rows: How many.
        columns: The headers.
    """

    table: str
    level: Level | None
    path: Path
    start: int
    rows: int
    columns: tuple[str, ...]

    def size(self, columns: Sequence[str] | None = None) -> int:
        """Tell how many bytes it takes, or some columns of it, about."""
        return self.rows * len(self.columns if columns is None else columns) * _CELL

    def read(self, columns: Sequence[str]) -> pl.DataFrame:
        """Read some of the columns."""
        if self.path.suffix == ".parquet":
            scan = pl.scan_parquet(self.path, glob=False)
        else:
            scan = pl.scan_ipc(self.path)
        return scan.select(columns).slice(self.start, self.rows).collect()


@dataclass
class RowsApart:
    """What is known of the rows of a folder.

    Attributes:
        pieces: The rows of each county; those of nobody knows which under an empty name.
        grouping: Which places lie in which, and are judged together.
        years: The years that rows speak of, where it was asked.
        damaged: What is wrong with files that cannot be read.
    """

    pieces: Mapping[str, list[CountyRows]]
    grouping: Grouping
    years: frozenset[int]
    damaged: tuple[str, ...]


@dataclass
class Sorting:
    """Goes through the tables of a folder.

    Attributes:
        tables: The tables.
        catalog: The rule packs.
        folder: Where to write rows that have to be put apart.
        mapping: How tables made for another purpose are read.
        every_year: Whether to note the years.
    """

    tables: Sequence[RowTable[Path]]
    catalog: Catalog
    folder: Path
    mapping: "MappingFile | None" = None
    every_year: bool = False
    _pieces: dict[str, list[CountyRows]] = field(default_factory=dict)
    _years: set[int] = field(default_factory=set)
    _damaged: list[str] = field(default_factory=list)
    _said: dict[str, str] = field(default_factory=dict)
    _placers: dict[tuple[str, ...], Sequence[Placer]] = field(default_factory=dict)
    _schools: pl.DataFrame | None = None
    _homes: dict[str, int] = field(default_factory=dict)
    _seen: list[pl.DataFrame] = field(default_factory=list)
    _written: int = 0

    def put_apart(self, progress: TreesProgress | None = None) -> RowsApart:
        """Find out which rows lie in which county.

        Args:
            progress: Is told what is being done, and how much of it is.

        Raises:
            EngineError: A table has no column of codes.
        """
        files = [(table, file) for table in self.tables for file in table.files]
        sizes = [file.stat().st_size for _, file in files]
        done, total = 0, sum(sizes) or 1
        self._find_schools()
        for (table, file), size in zip(files, sizes, strict=True):
            if progress is not None:
                progress(say(f"按旗县分开 {file.name}", f"by county: {file.name}"), done / total)
            try:
                self._take(table, file)
            except UNREADABLE as error:
                self._refuse(file, error)
            done += size
        shared = self._shared()
        grouping = grouped(filter(None, self._pieces), self._said, self.catalog.places, shared)
        return RowsApart(self._pieces, grouping, frozenset(self._years), tuple(self._damaged))

    def _refuse(self, file: Path, error: Exception) -> None:
        """Tell of a file that cannot be read; what was read of it is taken back."""
        for home, pieces in self._pieces.items():
            self._pieces[home] = [piece for piece in pieces if piece.path != file]
        self._damaged.append(unread_file(file, error))

    def _find_schools(self) -> None:
        """Learn in which county each school lies: who is below it need not say it."""
        if all(table.level not in (Level.CLASS, None) for table in self.tables):
            return
        found: list[pl.DataFrame] = []
        for table in self.tables:
            if table.level not in (Level.SCHOOL, None):
                continue
            for file in table.files:
                with suppress(*UNREADABLE):  # told when its rows are gone through
                    found += self._schools_of(table, file)
        if found:
            self._schools = pl.concat(found).unique("code", keep="first", maintain_order=True)

    def _schools_of(self, table: RowTable[Path], file: Path) -> Iterator[pl.DataFrame]:
        for names, (_, length, columns) in self._blocks(table, file, RowText(file)):
            yield schools_of(self._placers_of(table, names), columns, length)

    def _placers_of(self, table: RowTable[Path], names: Sequence[str]) -> Sequence[Placer]:
        key = (table.name, *names)
        if key not in self._placers:
            self._placers[key] = placers(table, names, self.catalog, self.mapping)
        return self._placers[key]

    def _blocks(
        self, table: RowTable[Path], file: Path, rows: RowText
    ) -> Iterator[tuple[Sequence[str], _Block]]:
        """Yield the headers and those columns that say who rows are about, some at a time."""
        if table.suffix == ".parquet":
            from pyarrow import parquet

            with parquet.ParquetFile(file) as opened:
                names = list(opened.schema_arrow.names)
                groups = range(opened.num_row_groups)
                sizes = [opened.metadata.row_group(at).num_rows for at in groups]
            readings = self._placers_of(table, names)
            wanted = sorted({at for each in readings for at in each.positions})
            scan = pl.scan_parquet(file, glob=False).select([names[at] for at in wanted])
            start = 0
            for size in sizes:
                block = scan.slice(start, size).collect()
                yield names, (start, size, dict(zip(wanted, block.get_columns(), strict=True)))
                start += size
            return
        start = 0
        for batch in rows.blocks():
            yield batch.columns, (start, len(batch), dict(enumerate(batch.get_columns())))
            start += len(batch)

    def _take(self, table: RowTable[Path], file: Path) -> None:
        """Go through a file."""
        rows = RowText(file)
        for at, (names, (start, length, columns)) in enumerate(self._blocks(table, file, rows)):
            found = self._place(table, names, length, columns)
            first = found[0] if length else None
            if table.suffix != ".parquet":
                block = pl.DataFrame(list(columns.values()))
                self._write(table, block, found)
            elif found.null_count() in (0, length) and found.n_unique() <= 1:
                piece = CountyRows(table.name, table.level, file, start, length, tuple(names))
                self._note(first or "", piece)
            else:
                self._rewrite(table, file, at, found)
        if rows.left_out is not None:
            self._damaged.append(rows.left_out)

    def _rewrite(self, table: RowTable[Path], file: Path, group: int, found: pl.Series) -> None:
        """Put a row group apart, some rows at a time."""
        from pyarrow import parquet

        done = 0
        with parquet.ParquetFile(file) as opened:
            rows = max(1, _BLOCK // (8 * len(opened.schema_arrow.names)))
            for batch in opened.iter_batches(rows, [group]):
                block = pl.from_arrow(batch)
                if isinstance(block, pl.DataFrame):
                    self._write(table, block, found.slice(done, len(block)))
                done += len(batch)

    def _write(self, table: RowTable[Path], block: pl.DataFrame, found: pl.Series) -> None:
        """Write rows once more, those of a county together."""
        homed = block.with_columns(found.fill_null("").alias(_HOME))
        ordered = homed.sort(_HOME, maintain_order=True)
        path = self.folder / f"{self._written}.arrow"
        self._written += 1
        ordered.drop(_HOME).write_ipc(path, compression="uncompressed")
        runs = ordered.get_column(_HOME).rle().struct.unnest()
        start = 0
        columns = tuple(block.columns)
        for rows, home in runs.iter_rows():
            self._note(home, CountyRows(table.name, table.level, path, start, rows, columns))
            start += rows

    def _note(self, home: str, piece: CountyRows) -> None:
        known = self._pieces.setdefault(home, [])
        last = known[-1] if known else None
        if last is not None and (last.path, last.start + last.rows) == (piece.path, piece.start):
            known[-1] = replace(last, rows=last.rows + piece.rows)
        else:
            known.append(piece)

    def _place(
        self,
        table: RowTable[Path],
        names: Sequence[str],
        length: int,
        columns: Mapping[int, pl.Series],
    ) -> pl.Series:
        """Tell of rows in which county they lie, and note whom they speak of."""
        found = placed(self._placers_of(table, names), columns, length, self._schools)
        self._said.update(found.above)
        for _, codes, *_ in found.said:
            self._see(codes, found.homes)
        if self.every_year:
            self._years |= found.years
        return found.homes

    def _see(self, codes: pl.Series, found: pl.Series) -> None:
        """Note who lies where, in a few bytes each."""
        for home in found.drop_nulls().unique().to_list():
            self._homes.setdefault(home, len(self._homes))
        lies = found.replace_strict(self._homes, default=None, return_dtype=pl.UInt32)
        seen = pl.DataFrame([codes.hash().alias("who"), lies.alias("lies")])
        self._seen.append(seen.filter(codes.is_not_null() & lies.is_not_null()).unique())
        if sum(map(len, self._seen)) > _MANY + 2 * len(self._seen[0]):
            self._seen = [pl.concat(self._seen).unique()]

    def _shared(self) -> list[list[str]]:
        """List the places of each subject whose rows lie in several."""
        if not self._seen:
            return []
        seen = pl.concat(self._seen).unique()
        several = seen.filter(pl.col("who").is_duplicated())
        together = several.group_by("who").agg("lies").get_column("lies").to_list()
        named = list(self._homes)
        return [[named[at] for at in places] for places in {tuple(sorted(of)) for of in together}]
