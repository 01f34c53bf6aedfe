"""Rows on their way to whoever judges them: packed by county, as columns, with what they are."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

PACKED = "county string, kind string, payload binary"
"""What packed rows are: the county they lie in, the name of their table, the rows themselves."""
COUNTY = "_county"
"""The column that tells where a row lies; it is no part of the table."""


def packer(kind: str) -> Any:  # noqa: ANN401 - a function that Spark sends to its workers
    """Give what packs batches of one table."""

    def pack(batches: "Iterator[pa.RecordBatch]") -> "Iterator[pa.RecordBatch]":
        import pyarrow as pa
        import pyarrow.compute as pc

        for batch in batches:
            table = pa.Table.from_batches([batch])
            homes = table.column(COUNTY)
            rows = table.drop_columns([COUNTY])
            for county in pc.unique(homes).to_pylist():
                within = rows.filter(
                    pc.is_null(homes) if county is None else pc.equal(homes, county)
                )
                yield pa.RecordBatch.from_pydict(
                    {"county": [county or ""], "kind": [kind], "payload": [_packed(within)]}
                )

    return pack


def _packed(table: "pa.Table") -> bytes:
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def unpacked(payloads: Sequence[bytes]) -> "pa.Table":
    """Put the rows of one table together again."""
    import pyarrow as pa

    tables = [pa.ipc.open_stream(each).read_all() for each in payloads]
    return pa.concat_tables(tables, promote_options="permissive")
