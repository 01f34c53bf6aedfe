"""Rows on their way to whoever judges them: packed by county, as columns, with what they are.

Where a row lies is told where it is read, by the code that ``../streaming`` uses too.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dabiao.library.spark.reading import UNFIT
from dabiao.library.trees.placing import Placed, Placer, placed, schools_of
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

PACKED = "county string, kind string, payload binary"
"""What packed rows are: the county they lie in, the name of their table, the rows themselves."""
NOTED = "what string, who string, of string"
"""What is noted of rows: of whom which county (``LIES``), or the place above (``ABOVE``); years."""
LIES, ABOVE, YEAR = "lies", "above", "year"
SCHOOLS = "code string, home string"
_AT_ONCE = 16 << 20
"""Bytes of rows that are put apart at a time, about."""


@dataclass(frozen=True)
class Placing:
    """How rows of some files say where they lie.

    Attributes:
        kind: The name of their table.
        names: The headers.
        readings: How the table says it.
        schools: The homes of schools, broadcast; None where nobody asks for them.
    """

    kind: str
    names: tuple[str, ...]
    readings: Sequence[Placer]
    schools: Any = None

    @property
    def positions(self) -> list[int]:
        """The columns that are looked at."""
        return sorted({at for each in self.readings for at in each.positions})

    def place(self, table: "pa.Table") -> Placed:
        """Tell where rows lie."""
        schools = None if self.schools is None else self.schools.value
        return placed(self.readings, self.columns(table), len(table), schools)

    def columns(self, table: "pa.Table") -> "dict[int, pl.Series]":
        """Give the columns that are looked at."""
        import polars as pl

        return {
            at: pl.Series(self.names[at], table.column(self.names[at])) for at in self.positions
        }


def schools_in(placing: Placing) -> Any:  # noqa: ANN401 - a function that Spark sends to its workers
    """Give what lists the schools of a table, and the county of each."""

    def listed(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        for table in _tables(batches):
            found = schools_of(placing.readings, placing.columns(table), len(table))
            yield from _batches(found)

    return listed


def noting(placing: Placing) -> Any:  # noqa: ANN401 - likewise
    """Give what notes who lies where, which place lies in which, and the years."""

    def noted(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        import polars as pl

        for table in _tables(batches):
            found = placing.place(table)
            rows = [(ABOVE, *pair) for pair in found.above.items()]
            rows += [(YEAR, str(year), "") for year in found.years]
            words = ["what", "who", "of"]
            yield from _batches(pl.DataFrame(rows, dict.fromkeys(words, pl.String), orient="row"))
            for _, codes, *_ in found.said:
                lies = pl.DataFrame([codes.alias("who"), found.homes.alias("of")])
                known = lies.drop_nulls().unique().with_columns(pl.lit(LIES).alias("what"))
                yield from _batches(known.select(words))

    return noted


def packer(placing: Placing) -> Any:  # noqa: ANN401 - likewise
    """Give what packs rows; those that do not fit the header are packed as they stand."""

    def pack(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        import pyarrow as pa
        import pyarrow.compute as pc

        for table in _tables(batches):
            fit = table
            if UNFIT in table.column_names:
                unfit = table.column(UNFIT)
                odd = [str(text) for text in unfit.drop_null().to_pylist()]
                if odd:
                    message = "\n".join(odd).encode()
                    yield _packed([""], [UNFIT], [message])
                fit = table.filter(pc.is_null(unfit)).drop_columns([UNFIT])
            homes = placing.place(fit).homes.fill_null("").rename("home").to_frame()
            ordered = homes.with_row_index().sort("home", maintain_order=True)
            rows = fit.take(pa.array(ordered.get_column("index").to_numpy()))
            start, counties, payloads = 0, list[str](), list[bytes]()
            for length, home in ordered.get_column("home").rle().struct.unnest().iter_rows():
                counties.append(home)
                payloads.append(_bytes(rows.slice(start, length)))
                start += length
            if counties:
                yield _packed(counties, [placing.kind] * len(counties), payloads)

    return pack


def _tables(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.Table]":
    """Put batches together: the fewer, the less is said about what their columns are."""
    import pyarrow as pa

    waiting: list[pa.RecordBatch] = []
    size = 0
    for batch in batches:
        waiting.append(batch)
        size += batch.nbytes
        if size >= _AT_ONCE:
            yield pa.Table.from_batches(waiting)
            waiting, size = [], 0
    if waiting:
        yield pa.Table.from_batches(waiting)


def _batches(frame: "pl.DataFrame") -> "Iterator[pa.RecordBatch]":
    import pyarrow as pa

    table = frame.to_arrow()
    plain = pa.schema([(name, pa.string()) for name in table.column_names])
    yield from table.cast(plain).to_batches()


def _packed(counties: list[str], kinds: list[str], payloads: list[bytes]) -> "pa.RecordBatch":
    import pyarrow as pa

    return pa.RecordBatch.from_pydict({"county": counties, "kind": kinds, "payload": payloads})


def _bytes(table: "pa.Table") -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def unpacked(payloads: Sequence[bytes]) -> "pl.DataFrame":
    """Put the rows of one table together again, whatever columns its files had."""
    import polars as pl
    import pyarrow as pa

    alike: dict[Any, list[pa.Table]] = {}
    for each in payloads:
        table = pa.ipc.open_stream(each).read_all()
        alike.setdefault(
            tuple(zip(table.schema.names, table.schema.types, strict=True)), []
        ).append(table)
    frames = [pl.DataFrame(pa.concat_tables(tables)) for tables in alike.values()]
    return pl.concat(frames, how="diagonal_relaxed")
