"""Findings as Arrow tables, made of columns as they come: no more is held than is asked for.

One row a finding, numbers as numbers, texts as dictionaries. What a reader would look up by a code,
such as names, is left to whoever reads.
"""

from collections.abc import Collection, Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from dabiao.reports.outputs import OutputError
from dabiao.schemas.columns import NO_OUTCOME, OUTCOMES, FindingColumns, FindingSource
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 2_000_000
"""Rows that are held at a time."""
_LEVELS = tuple(Level)
_COMPARATORS = tuple(Comparator)


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
        rules = source.rules
        self._rule = {rule.id: at for at, rule in enumerate(rules)}
        self._first = dict(
            zip(Level, _offsets([source.codes(each) for each in Level]), strict=True)
        )
        codes = [code for level in Level for code in source.codes(level)]
        self._rules = pa.array([rule.id for rule in rules], pa.string())
        units = sorted({rule.unit for rule in rules})
        self._unit = np.array([units.index(rule.unit) for rule in rules], np.int32)
        self._units = pa.array(units, pa.string())
        self._codes = pa.array(codes, pa.string())
        self._outcomes = pa.array([each.value for each in OUTCOMES])
        self._levels = pa.array([each.value for each in _LEVELS])
        self._comparators = pa.array([each.value for each in _COMPARATORS])

    def table(self, outcomes: Collection[Outcome] | None = None) -> "pa.Table":
        """Give all of them as one table."""
        found = list(self.tables(outcomes))
        return self._arrow.concat_tables(found) if found else self._table([])

    def tables(
        self, outcomes: Collection[Outcome] | None = None, rows: int = ROWS
    ) -> Iterator["pa.Table"]:
        """Yield them in tables of about so many rows.

        Args:
            outcomes: Only those with one of these outcomes.
            rows: How many rows.
        """
        waiting: list[FindingColumns] = []
        held = 0
        for of in self._source.columns(outcomes):
            waiting.append(of)
            held += len(of)
            if held >= rows:
                yield self._table(waiting)
                waiting, held = [], 0
        if waiting:
            yield self._table(waiting)

    def _table(self, of: Sequence[FindingColumns]) -> "pa.Table":
        pa = self._arrow
        sizes = [len(each) for each in of]

        def each(values: list[int], kind: type[np.generic]) -> "np.ndarray[Any, np.dtype[Any]]":
            return np.repeat(np.array(values, kind), sizes)

        def joined(columns: list[Any], kind: type[np.generic]) -> "np.ndarray[Any, np.dtype[Any]]":
            return np.concatenate([np.zeros(0, kind), *columns]).astype(kind, copy=False)

        def named(places: "np.ndarray[Any, np.dtype[Any]]", words: object) -> object:
            missing = places < 0
            mask = missing if missing.any() else None
            return pa.DictionaryArray.from_arrays(pa.array(places, mask=mask), words)

        def numbers(key: str) -> object:
            return pa.array(joined([getattr(c, key) for c in of], np.float64), from_pandas=True)

        def maybe(key: str) -> object:
            columns = [
                np.full(len(c), NO_OUTCOME, np.int8) if getattr(c, key) is None else getattr(c, key)
                for c in of
            ]
            return named(joined(columns, np.int8), self._outcomes)

        rule = each([self._rule[c.rule] for c in of], np.int32)
        subject = joined([c.subject + self._first[c.level] for c in of], np.int32)
        observed, low, high = (numbers(key) for key in ("observed", "low", "high"))
        return pa.table(
            {
                "rule": named(rule, self._rules),
                "year": pa.array(each([c.year for c in of], np.int16)),
                "level": named(each([_LEVELS.index(c.level) for c in of], np.int8), self._levels),
                "code": named(subject, self._codes),
                "outcome": named(joined([c.outcome for c in of], np.int8), self._outcomes),
                "observed": observed,
                "observed_text": self._texts(of, "observed"),
                "comparator": named(self._compared(of), self._comparators),
                "low": low,
                "high": high,
                "required_text": self._texts(of, "low"),
                "unit": named(self._unit[rule], self._units),
                "gap": numbers("gap"),
                "best": maybe("hopes"),
                "worst": maybe("fears"),
            }
        )

    @staticmethod
    def _compared(of: Sequence[FindingColumns]) -> "np.ndarray[Any, np.dtype[np.int8]]":
        """Give the comparison that was made: where the best there can be is enough, by that."""
        found = [np.zeros(0, np.int8)]
        for c in of:
            places = np.full(len(c), _COMPARATORS.index(c.comparator), np.int8)
            if c.best is not None:
                enough = np.where(
                    np.isnan(c.low),
                    _COMPARATORS.index(Comparator.AT_MOST),
                    _COMPARATORS.index(Comparator.AT_LEAST),
                )
                places = np.where(c.best, enough, places).astype(np.int8)
            found.append(places)
        return np.concatenate(found)

    def _texts(self, of: Sequence[FindingColumns], key: str) -> object:
        """Give what is a text, where rules compare texts or truth values."""
        pa = self._arrow
        if all(c.kind == "number" for c in of):
            return pa.nulls(sum(map(len, of)), pa.string())
        written: list[str | None] = []
        for c in of:
            values = getattr(c, key)
            if c.kind == "number":
                written += [None] * len(c)
            else:
                written += [None if v != v else self._source.text(c, v) for v in values.tolist()]  # noqa: PLR0124 - NaN
        return pa.array(written, pa.string())


def _offsets(codes: Sequence[Sequence[str]]) -> list[int]:
    sizes = [len(each) for each in codes]
    return [sum(sizes[:at]) for at in range(len(sizes))]
