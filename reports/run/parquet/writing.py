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
from collections.abc import Collection, Mapping
from typing import BinaryIO

from dabiao.reports.run.json import write_json
from dabiao.reports.run.json_records import JsonRecords
from dabiao.reports.run.parquet.arrow import BRIEF, ROWS
from dabiao.reports.run.parquet.file import ColumnKind, ParquetFile
from dabiao.reports.run.parquet.row_groups import FIELDS, RowGroup, RowGroups
from dabiao.schemas.columns import FindingSource
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run

HEAD = "dabiao.head"
"""Where the head stands as a whole; in brief it stands under ``BRIEF``."""
OFTEN = 8
"""How many findings of each subject a row group has, as all codes stand in it."""
MOST_ROWS = 1 << 22
"""Rows that are held at a time, however many subjects there are."""


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
    trial = tuple(rule.id for rule in run.judged if rule.trial)
    told = _in_brief(run) | ({"trial": trial} if trial else {})
    brief = ",".join(f"{json.dumps(key)}:{JsonRecords().text(of)}" for key, of in told.items())
    groups = RowGroups(source)
    beside = {BRIEF: f"{{{brief}}}", HEAD: _packed(run)}
    beside["ARROW:schema"] = _for_arrow(beside)
    into = ParquetFile(file, FIELDS, beside, f"dabiao version {run.version}")
    most = max(ROWS, min(OFTEN * len(groups.flat.words["code"]), MOST_ROWS))
    group = RowGroup(groups)
    for some in source.forms(outcomes, ROWS):
        group.add(some)
        if group.size >= most:
            into.write(group.size, group.chunks())
            group = RowGroup(groups)
    if group.size:
        into.write(group.size, group.chunks())
    into.close()


def _in_brief(run: Run) -> dict[str, object]:
    """Give what may be read of a head without the rest of it."""
    return {
        "schema": run.schema_,
        "as_of": run.as_of,
        "years": run.years,
        "rules": run.rules,
        "facts": run.facts,
    }


def _for_arrow(told: Mapping[str, str]) -> str:
    """Tell Arrow, and who reads with it, which columns to keep as words, and what else is told."""
    import pyarrow as pa

    kinds = {
        ColumnKind.WORD: pa.dictionary(pa.int32(), pa.string()),
        ColumnKind.TEXT: pa.string(),
        ColumnKind.YEAR: pa.int16(),
        ColumnKind.WHOLE: pa.int32(),
        ColumnKind.NUMBER: pa.float64(),
        ColumnKind.NUMBERS: pa.list_(pa.field("element", pa.float64(), nullable=False)),
    }
    schema = pa.schema([pa.field(of.name, kinds[of.kind], nullable=of.optional) for of in FIELDS])
    return base64.b64encode(schema.with_metadata(told).serialize().to_pybytes()).decode()


def _packed(run: Run) -> str:
    head = _Packing()
    write_json(run, (), head)
    return base64.b64encode(head.packed()).decode()


class _Packing(io.StringIO):
    """A text that is packed as it is written."""

    def __init__(self) -> None:
        super().__init__()
        self._zipping = zlib.compressobj(1)  # as small as 6 here, and quickest
        self._zipped: list[bytes] = []

    def write(self, text: str, /) -> int:
        """Take some of it."""
        self._zipped.append(self._zipping.compress(text.encode()))
        return len(text)

    def packed(self) -> bytes:
        """Give all of it."""
        return b"".join([*self._zipped, self._zipping.flush()])
