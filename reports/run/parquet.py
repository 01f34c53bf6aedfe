"""Findings as Parquet, for Spark, pandas and everything else that counts by the million."""

from collections.abc import Collection
from typing import BinaryIO

from dabiao.reports.run.arrow import ArrowFindings
from dabiao.schemas.columns import FindingSource
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run


def write_parquet(
    run: Run, source: FindingSource, outcomes: Collection[Outcome] | None, file: BinaryIO
) -> None:
    """Write findings, some rules at a time; the head of the file says what was judged by what.

    Args:
        run: What was judged.
        source: Its findings.
        outcomes: Only those with one of these outcomes.
        file: Where to.
    """
    import pyarrow as pa
    from pyarrow import parquet

    made = ArrowFindings(source)
    head = run.model_dump_json(
        by_alias=True, include={"schema_", "as_of", "years", "rules", "facts"}
    )
    schema = made.table(()).schema.with_metadata({"dabiao": head})
    words = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    with parquet.ParquetWriter(
        file, schema, compression="snappy", use_dictionary=[*words, "low", "high"]
    ) as writer:
        for table in made.tables(outcomes):
            writer.write_table(table.cast(schema), row_group_size=len(table))
