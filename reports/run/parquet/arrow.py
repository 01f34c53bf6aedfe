"""Findings as Arrow tables, made of columns as they come: no more is held than is asked for.

One row a finding, numbers as numbers, texts as dictionaries. What a reader would look up by a code,
such as names, is left to whoever reads.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Sized
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from dabiao.reports.outputs import OutputError
from dabiao.reports.run.parquet.json_forms import JsonForms
from dabiao.schemas.columns import (
    NO_OUTCOME,
    OUTCOMES,
    FindingColumns,
    FindingForms,
    FindingSource,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T")
BRIEF = "dabiao"
"""Under which key a table tells in brief what it is of."""
ROWS = 250_000
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

    Attributes:
        subjects: How many subjects there are that they may be about.

    Args:
        source: The findings.
    """

    def __init__(self, source: FindingSource) -> None:
        import pyarrow as pa

        self._arrow = pa
        self._source = source
        rules = source.rules
        trial = [rule.id for rule in rules if rule.trial]
        self._marks = {BRIEF: json.dumps({"trial": trial})} if trial else None
        self._rule = {rule.id: at for at, rule in enumerate(rules)}
        self._first = dict(
            zip(Level, _offsets([source.codes(each) for each in Level]), strict=True)
        )
        codes = [code for level in Level for code in source.codes(level)]
        self.subjects = len(codes)
        self._rules = pa.array([rule.id for rule in rules], pa.string())
        units = sorted({rule.unit for rule in rules})
        self._unit = [units.index(rule.unit) for rule in rules]
        self._units = pa.array(units, pa.string())
        self._codes = pa.array(codes, pa.string())
        self._outcomes = pa.array([each.value for each in OUTCOMES])
        self._levels = pa.array([each.value for each in _LEVELS])
        self._comparators = pa.array([each.value for each in _COMPARATORS])

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

    def whole_tables(
        self, outcomes: Collection[Outcome] | None = None, rows: int = ROWS
    ) -> Iterator["pa.Table"]:
        """Yield them with all that each finding says, which stands in columns of its own."""
        forms = JsonForms()
        for some in together(self._source.forms(outcomes), lambda of: len(of.columns), rows):
            yield self._whole(some, forms)

    def schema(self) -> "pa.Schema":
        """Give the schema of these tables."""
        return self._whole([], JsonForms()).schema

    def _whole(self, of: Sequence[FindingForms], written: JsonForms) -> "pa.Table":
        pa = self._arrow
        table = self._table([each.columns for each in of])
        texts: dict[str, int] = {}  # each once, or Parquet would write them out every time
        places = [np.zeros(0, np.int32)]
        for each in of:
            known = [
                texts.setdefault(written.form(form, marked=at < each.alike), len(texts))
                for at, form in enumerate(each.forms)
            ]
            places.append(np.array(known, np.int32).take(each.form))
        begun = map(np.int32, _offsets([each.numbers for each in of]))
        starts = [each.starts[:-1] + first for each, first in zip(of, begun, strict=True)]
        numbers = np.concatenate([np.zeros(0), *(each.numbers for each in of)])
        ends = np.concatenate([*starts, np.array([len(numbers)], np.int32)])
        said = pa.DictionaryArray.from_arrays(
            pa.array(np.concatenate(places)), pa.array(list(texts), pa.string())
        )
        figures = np.repeat(
            np.array([each.figures for each in of], np.int16), [len(each.columns) for each in of]
        )
        table = table.append_column("figures", pa.array(figures, pa.int16()))
        table = table.append_column("form", said)
        values = pa.ListArray.from_arrays(pa.array(ends), pa.array(numbers, from_pandas=True))
        return table.append_column("numbers", values)

    def _table(self, of: Sequence[FindingColumns]) -> "pa.Table":
        pa = self._arrow
        sizes = [len(each) for each in of]

        def each(values: list[int], kind: type[np.generic]) -> "np.ndarray[Any, np.dtype[Any]]":
            return np.repeat(np.array(values, kind), sizes)

        def joined(columns: list[Any], kind: type[np.generic]) -> "np.ndarray[Any, np.dtype[Any]]":
            return np.concatenate([np.zeros(0, kind), *columns], dtype=kind, casting="unsafe")

        def named(places: "np.ndarray[Any, np.dtype[Any]]", words: object) -> object:
            return pa.DictionaryArray.from_arrays(pa.array(places), words)

        def numbers(key: str) -> object:
            columns = [
                # By what number a text goes means nothing to anybody else.
                np.full(len(c), np.nan) if c.kind == "text" else getattr(c, key)
                for c in of
            ]
            return pa.array(joined(columns, np.float64), from_pandas=True)

        def maybe(key: str) -> object:
            columns = [
                np.full(len(c), NO_OUTCOME, np.int8) if getattr(c, key) is None else getattr(c, key)
                for c in of
            ]
            places = joined(columns, np.int8)
            known = pa.array(places, mask=places == NO_OUTCOME)
            return pa.DictionaryArray.from_arrays(known, self._outcomes)

        rules, first = [self._rule[c.rule] for c in of], self._first
        subjects = [c.subject + first[c.level] if first[c.level] else c.subject for c in of]
        observed, low, high = (numbers(key) for key in ("observed", "low", "high"))
        return pa.table(
            {
                "rule": named(each(rules, np.int32), self._rules),
                "year": pa.array(each([c.year for c in of], np.int16)),
                "level": named(each([_LEVELS.index(c.level) for c in of], np.int8), self._levels),
                "code": named(joined(subjects, np.int32), self._codes),
                "outcome": named(joined([c.outcome for c in of], np.int8), self._outcomes),
                "observed": observed,
                "observed_text": self._texts(of, "observed"),
                "comparator": named(self._compared(of), self._comparators),
                "low": low,
                "high": high,
                "required_text": self._texts(of, "low"),
                "unit": named(each([self._unit[at] for at in rules], np.int32), self._units),
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


def together(some: Iterable[T], size: Callable[[T], int], most: int) -> Iterator[list[T]]:
    """Put together what comes in pieces, until there is enough of it."""
    waiting: list[T] = []
    held = 0
    for each in some:
        waiting.append(each)
        held += size(each)
        if held >= most:
            yield waiting
            waiting, held = [], 0
    if waiting:
        yield waiting


def _offsets(codes: Sequence[Sized]) -> list[int]:
    sizes = [len(each) for each in codes]
    return [sum(sizes[:at]) for at in range(len(sizes))]
