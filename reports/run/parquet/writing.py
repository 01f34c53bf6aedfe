"""A run as Parquet: the run file for any size, which Spark, pandas and the like read as well.

A row is a finding: what everybody counts by stands in columns of numbers and words; all else that
it says is a form, which thousands of findings have in common, and the numbers to fill it in with.
The head of the run, which names whom and what findings speak of, stands beside the schema::

    dabiao        {"schema": …, "as_of": …, "rules": …, "facts": …}     for whoever is curious
    dabiao.head   the run without its findings, as .json has it: zlib, base64
"""

import base64
import io
import json
import zlib
from collections.abc import Collection
from typing import BinaryIO

from dabiao.reports.run.json import write_json
from dabiao.reports.run.parquet.arrow import BRIEF, ROWS, ArrowFindings
from dabiao.schemas.columns import SLOTS, FindingSource
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run

HEAD = "dabiao.head"
"""Where the head stands as a whole; in brief it stands under ``BRIEF``."""
_SORTED = ("rule", "year", "observed", "low", "high", "gap")
"""Columns whose least and greatest tell something: the others have those of everybody."""
_OFTEN = 4
"""From how many findings of each subject on, in a row group, its code and where it stands in a
table are told once there."""


def write_parquet(
    run: Run, source: FindingSource, outcomes: Collection[Outcome] | None, file: BinaryIO
) -> None:
    """Write a run, some rules at a time.

    Args:
        run: What was judged, with its head.
        source: Its findings.
        outcomes: Only those with one of these outcomes.
        file: Where to.
    """
    import pyarrow as pa
    from pyarrow import parquet

    made = ArrowFindings(source)
    brief = run.model_dump(
        mode="json", by_alias=True, include={"schema_", "as_of", "years", "rules", "facts"}
    )
    trial = [rule.id for rule in run.judged if rule.trial]
    told = json.dumps(brief | ({"trial": trial} if trial else {}), ensure_ascii=False)
    schema = made.schema().with_metadata({BRIEF: told, HEAD: _packed(run)})
    words = [field.name for field in schema if pa.types.is_dictionary(field.type)]
    told_once = [*words, "year", "figures", *SLOTS, "numbers.list.element"]
    if made.subjects * _OFTEN > ROWS:
        told_once.remove("code")
        told_once.remove("numbers.list.element")
    with parquet.ParquetWriter(
        file,
        schema,
        compression="snappy",
        use_dictionary=told_once,
        write_statistics=list(_SORTED),
        write_page_checksum=True,
    ) as writer:
        for table in made.whole_tables(outcomes):
            writer.write_table(table.cast(schema), row_group_size=len(table))


def _packed(run: Run) -> bytes:
    head = _Packing()
    write_json(run, (), head)
    return base64.b64encode(head.packed())


class _Packing(io.StringIO):
    """A text that is packed as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self._zipping = zlib.compressobj(6)
        self._zipped: list[bytes] = []

    def write(self, text: str, /) -> int:
        """Take some of it."""
        self._zipped.append(self._zipping.compress(text.encode()))
        return len(text)

    def packed(self) -> bytes:
        """Give all of it."""
        return b"".join([*self._zipped, self._zipping.flush()])
