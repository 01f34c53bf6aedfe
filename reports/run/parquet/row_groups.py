"""Findings with all that they say, as the columns of row groups."""

from collections.abc import Iterator, Sequence
from functools import cached_property

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
from dabiao.reports.run.parquet.pages import Array, Chunk, DictionaryPage, Pieces, SomeRows
from dabiao.schemas.columns import FindingForms, FindingSource


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

    Args:
        source: The findings.
    """

    def __init__(self, source: FindingSource) -> None:
        self._flat = FlatFindings(source)
        self._written = JsonForms()
        self.subjects = len(self._flat.words["code"])

    @cached_property
    def _dictionaries(self) -> dict[str, DictionaryPage]:
        known = {id(words): DictionaryPage.of_texts(words) for words in self._flat.words.values()}
        return {name: known[id(words)] for name, words in self._flat.words.items()}

    def chunks(self, some: Sequence[FindingForms]) -> Iterator[Chunk]:
        """Yield the columns of some findings."""
        sizes = [len(each.columns) for each in some]
        pieces = [self._flat.pieces(each.columns) for each in some]
        for name in NAMES:
            if name in TEXTS:
                yield _texts([self._flat.texts(each.columns, name) for each in some], sizes)
                continue
            column = Pieces([each.pop(name) for each in pieces], sizes)
            if name == "year":
                yield pages.years(column)
            elif name in NUMBERS:
                yield pages.numbers(column)
            else:
                named = self._flat.words[name] if name == "rule" else None
                yield pages.words(
                    column, self._dictionaries[name], optional=name in TRIED, named=named
                )
        yield pages.years(Pieces([each.figures for each in some], sizes))
        yield self._forms(some, sizes)
        yield pages.ascending(Pieces([one_for_all(each.rows) for each in some], sizes))
        lengths: list[SomeRows] = [one_for_all(np.diff(each.starts)) for each in some]
        numbers = np.concatenate([each.numbers for each in some])
        numbers[np.isnan(numbers)] = 0.0  # for which their forms have no mark
        yield pages.lists(Pieces(lengths, sizes), numbers)

    def _forms(self, some: Sequence[FindingForms], sizes: Sequence[int]) -> Chunk:
        """Give what findings say, each form once."""
        texts: dict[str, int] = {}
        places: list[SomeRows] = []
        for each in some:
            known = [
                texts.setdefault(self._written.form(form, marked=at < each.alike), len(texts))
                for at, form in enumerate(each.forms)
            ]
            every: Array = np.array(known, np.int32)
            places.append(known[0] if len(known) == 1 else every.take(each.form))
        return pages.words(Pieces(places, sizes), DictionaryPage.of_texts(list(texts)))


def _texts(some: Sequence[list[str | None] | None], sizes: Sequence[int]) -> Chunk:
    """Give a column of texts, of which most rules have none."""
    known: dict[str | None, int] = {None: -1}
    places: list[SomeRows] = [
        -1
        if texts is None
        else np.array([known.setdefault(text, len(known) - 1) for text in texts], np.int32)
        for texts in some
    ]
    words = DictionaryPage.of_texts([text for text in known if text is not None])
    return pages.words(Pieces(places, sizes), words, optional=True)
