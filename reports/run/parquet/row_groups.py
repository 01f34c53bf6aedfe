"""Findings with all that they say, as the columns of row groups."""

from collections.abc import Iterator
from functools import cached_property
from typing import assert_never

import numpy as np

from dabiao.reports.run.parquet import pages
from dabiao.reports.run.parquet.file import ColumnKind, FileColumn
from dabiao.reports.run.parquet.flat import (
    NAMES,
    NUMBERS,
    TEXTS,
    TRIED,
    FlatFindings,
    one_for_all,
)
from dabiao.reports.run.parquet.json_forms import JsonForms
from dabiao.reports.run.parquet.pages import Chunk, DictionaryPage
from dabiao.reports.run.parquet.pieces import Array, Pieces, SomeRows
from dabiao.schemas.columns import FindingForms, FindingSource
from dabiao.schemas.distinct import FewNumbers


def _kind(name: str) -> ColumnKind:
    if name in TEXTS:
        return ColumnKind.TEXT
    if name == "year":
        return ColumnKind.YEAR
    return ColumnKind.NUMBER if name in NUMBERS else ColumnKind.WORD


FIELDS = (
    *(FileColumn(name, _kind(name), name in {*TEXTS, *TRIED, *NUMBERS}) for name in NAMES),
    FileColumn("figures", ColumnKind.YEAR),
    FileColumn("form", ColumnKind.WORD),
    FileColumn("row", ColumnKind.WHOLE),
    FileColumn("numbers", ColumnKind.NUMBERS),
)
"""The columns of the file."""


class RowGroups:
    """Makes row groups of findings.

    Attributes:
        flat: The columns that everybody counts by.
        written: Writes forms.

    Args:
        source: The findings.
    """

    def __init__(self, source: FindingSource) -> None:
        self.flat = FlatFindings(source)
        self.written = JsonForms()

    @cached_property
    def dictionaries(self) -> dict[str, DictionaryPage]:
        """Give the words of each column of words."""
        known = {id(words): DictionaryPage.of_texts(words) for words in self.flat.words.values()}
        return {name: known[id(words)] for name, words in self.flat.words.items()}


class RowGroup:
    """Findings with all that they say, as columns; no more is held than what is written.

    Attributes:
        size: How many they are.

    Args:
        groups: Has what row groups have in common.
    """

    def __init__(self, groups: RowGroups) -> None:
        self.size = 0
        self._groups = groups
        self._sizes: list[int] = []
        self._columns: dict[str, list[SomeRows]] = {field.name: [] for field in FIELDS}
        self._numbers: list[Array | FewNumbers] = []
        self._words: dict[str, dict[str | None, int]] = {name: {None: -1} for name in TEXTS}
        self._forms: dict[str, int] = {}

    def add(self, some: FindingForms) -> None:
        """Take some more."""
        of, flat = some.columns, self._groups.flat
        found = flat.pieces(of)
        for name in TEXTS:
            found[name] = self._placed(name, flat.texts(of, name))
        found |= {
            "figures": some.figures,
            "form": self._form(some),
            "row": one_for_all(some.rows),
            "numbers": one_for_all(np.diff(some.starts)),
        }
        for name, column in self._columns.items():
            column.append(found[name])
        self._numbers.append(_filled(some.numbers))
        self._sizes.append(len(of))
        self.size += len(of)

    def chunks(self) -> Iterator[Chunk]:
        """Yield the columns, each of which is let go of."""
        for field in FIELDS:
            column = Pieces(self._columns.pop(field.name), self._sizes)
            match field.kind:
                case ColumnKind.YEAR:
                    yield pages.years(column)
                case ColumnKind.NUMBER:
                    yield pages.numbers(column)
                case ColumnKind.WHOLE:
                    yield pages.ascending(column)
                case ColumnKind.NUMBERS:
                    yield pages.lists(column, self._numbers)
                case ColumnKind.TEXT:
                    texts = [text for text in self._words[field.name] if text is not None]
                    yield pages.words(column, DictionaryPage.of_texts(texts), optional=True)
                case ColumnKind.WORD if field.name == "form":
                    yield pages.words(column, DictionaryPage.of_texts(list(self._forms)))
                case ColumnKind.WORD:
                    yield pages.words(
                        column,
                        self._groups.dictionaries[field.name],
                        optional=field.optional,
                        named=self._groups.flat.words["rule"] if field.name == "rule" else None,
                    )
                case _:
                    assert_never(field.kind)

    def _form(self, some: FindingForms) -> SomeRows:
        """Tell which form each says, each of which stands there once."""
        known = [
            self._forms.setdefault(
                self._groups.written.form(form, marked=at < some.alike), len(self._forms)
            )
            for at, form in enumerate(some.forms)
        ]
        return known[0] if len(known) == 1 else np.array(known, np.int32).take(some.form)

    def _placed(self, name: str, texts: list[str | None] | None) -> SomeRows:
        """Tell which text each has; most rules have none."""
        if texts is None:
            return -1
        known = self._words[name]
        return np.array([known.setdefault(text, len(known) - 1) for text in texts], np.int32)


def _filled(numbers: Array | FewNumbers) -> Array | FewNumbers:
    """Put 0 where there is no number, for which forms have no mark."""
    if isinstance(numbers, FewNumbers):  # all of which are there
        return numbers
    missing = np.isnan(numbers)
    return np.where(missing, 0.0, numbers) if missing.any() else numbers
