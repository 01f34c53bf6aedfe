"""Findings as Arrow tables, made of columns as they come: no more is held than is asked for.

One row a finding, numbers as numbers, texts as dictionaries. What a reader would look up by a code,
such as names, is left to whoever reads.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from dabiao.reports.outputs import OutputError
from dabiao.reports.run.parquet.flat import NAMES, NUMBERS, TEXTS, TRIED, FlatFindings
from dabiao.reports.run.parquet.pieces import Pieces, together
from dabiao.schemas.columns import FindingColumns, FindingSource
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome

if TYPE_CHECKING:
    import pyarrow as pa

BRIEF = "dabiao"
"""Under which key a table tells in brief what it is of."""
ROWS = 250_000
"""Rows that are held at a time."""
_PLACES = {"rule": np.int32, "code": np.int32, "unit": np.int32}
"""How places among words are told where there may be many words."""


def check_arrow() -> None:
    """Refuse to make Arrow tables that can't be made, before any work is done for them.

    Raises:
        OutputError: The library for it is not installed.
    """
    if find_spec("pyarrow") is None:
        raise OutputError(
            say(
                '写 .parquet 要另装组件：python -m pip install "dabiao[arrow]"；'
                "也可以写 .jsonl 或 .csv",
                'writing .parquet needs an extra: python -m pip install "dabiao[arrow]";'
                " .jsonl and .csv need none",
            )
        )


class ArrowFindings:
    """Makes Arrow tables of findings.

    Args:
        source: The findings.
    """

    def __init__(self, source: FindingSource) -> None:
        import pyarrow as pa

        self._arrow = pa
        self._source = source
        trial = [rule.id for rule in source.rules if rule.trial]
        self._marks = {BRIEF: json.dumps({"trial": trial})} if trial else None
        self._flat = FlatFindings(source)
        self._words = {
            name: pa.array(words, pa.string()) for name, words in self._flat.words.items()
        }

    def table(self, outcomes: Collection[Outcome] | None = None) -> "pa.Table":
        """Give all of them as one table, whose metadata name the rules on trial, if any."""
        found = list(self.tables(outcomes))
        table = self._arrow.concat_tables(found) if found else self._table([])
        return table if self._marks is None else table.replace_schema_metadata(self._marks)

    def tables(
        self, outcomes: Collection[Outcome] | None = None, rows: int = ROWS
    ) -> Iterator["pa.Table"]:
        """Yield them in tables of about so many rows.

        Args:
            outcomes: Only those with one of these outcomes.
            rows: How many rows.
        """
        for some in together(self._source.columns(outcomes), len, rows):
            yield self._table(some)

    def _table(self, of: Sequence[FindingColumns]) -> "pa.Table":
        sizes = [len(each) for each in of]
        pieces = [self._flat.pieces(each) for each in of]
        return self._arrow.table(
            {
                name: self._texts(of, name)
                if name in TEXTS
                else self._column(name, Pieces([each[name] for each in pieces], sizes))
                for name in NAMES
            }
        )

    def _column(self, name: str, column: Pieces) -> object:
        pa = self._arrow
        if name == "year":
            return pa.array(column.spread(np.int16))
        if name in NUMBERS:
            return pa.array(column.spread(np.float64), from_pandas=True)
        places = column.spread(_PLACES.get(name, np.int8))
        known = pa.array(places, mask=places < 0) if name in TRIED else pa.array(places)
        return pa.DictionaryArray.from_arrays(known, self._words[name])

    def _texts(self, of: Sequence[FindingColumns], name: str) -> object:
        pa = self._arrow
        if all(each.kind == "number" for each in of):
            return pa.nulls(sum(map(len, of)), pa.string())
        written = [self._flat.texts(each, name) or [None] * len(each) for each in of]
        return pa.array([text for texts in written for text in texts], pa.string())
