"""A Parquet file of our own making is one to everybody: what was put in is what others read."""

import io
from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from dabiao.reports.run.parquet import pages
from dabiao.reports.run.parquet.file import ColumnKind, FileColumn, ParquetFile
from dabiao.reports.run.parquet.pages import Chunk, DictionaryPage
from dabiao.reports.run.parquet.pieces import Pieces, SomeRows
from tests.engine.strategies import profile

FIELDS = (
    FileColumn("word", ColumnKind.WORD),
    FileColumn("maybe", ColumnKind.WORD, optional=True),
    FileColumn("year", ColumnKind.YEAR),
    FileColumn("row", ColumnKind.WHOLE),
    FileColumn("number", ColumnKind.NUMBER, optional=True),
    FileColumn("numbers", ColumnKind.NUMBERS),
)
WORDS = ["甲", "乙", "丙"]


def saved(
    groups: Sequence[Sequence[Chunk]], rows: Sequence[int], fields: Sequence[FileColumn]
) -> bytes:
    """Write a file."""
    into = io.BytesIO()
    file = ParquetFile(into, fields, {"key": "值"}, "a test")
    for chunks, size in zip(groups, rows, strict=True):
        file.write(size, chunks)
    file.close()
    return into.getvalue()


def read(content: bytes) -> list[dict[str, object]]:
    """Read a file, its checksums and all, by two programs that have to agree."""
    table = parquet.ParquetFile(io.BytesIO(content), page_checksum_verification=True).read()
    assert table.schema.metadata == {b"key": "值".encode()}
    rows: list[dict[str, object]] = table.to_pylist()
    assert repr(pl.read_parquet(io.BytesIO(content)).to_dicts()) == repr(rows)
    return rows


def pieces(values: Sequence[Sequence[float]]) -> Pieces:
    """Put some columns behind one another, each as one number where it is one."""
    made: list[SomeRows] = [
        each[0] if len(set(map(repr, each))) == 1 else np.array(each) for each in values
    ]
    return Pieces(made, [len(each) for each in values])


NUMBERS = st.sampled_from([0.0, -1.5, 2.25, 1e300, float("nan")])
ROWS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(-1, 2),
        st.integers(1990, 2050),
        st.integers(0, 1 << 30),
        NUMBERS,
        st.lists(st.sampled_from([0.5, 3.0, -7.0]), max_size=2),
    ),
    min_size=1,
    max_size=20,
)


@profile(share=0.1)
@given(groups=st.lists(st.lists(ROWS, min_size=1, max_size=3), max_size=2))
def test_any_columns_are_read_alike(
    groups: list[list[list[tuple[int, int, int, int, float, list[float]]]]],
) -> None:
    """Whatever stands in pieces: one number for all rows, one each, none, lists of no numbers."""
    dictionary = DictionaryPage.of_texts(WORDS)
    made, expected = [], []
    for parts in groups:
        word, maybe, year, row, number, lengths = (
            pieces([[len(each[at]) if at == 5 else each[at] for each in part] for part in parts])  # type: ignore[arg-type,misc]
            for at in range(6)
        )
        every = [each for part in parts for each in part]
        values = [
            np.array([value for each in part for value in each[5]], np.float64) for part in parts
        ]
        made.append(
            [
                pages.words(word, dictionary, named=WORDS),
                pages.words(maybe, dictionary, optional=True),
                pages.years(year),
                pages.ascending(row),
                pages.numbers(number),
                pages.lists(lengths, values),
            ]
        )
        for w, m, y, r, n, own in every:
            known, there = WORDS[m] if m >= 0 else None, n if n == n else None  # noqa: PLR0124 - NaN
            named = ("word", "maybe", "year", "row", "number", "numbers")
            expected.append(dict(zip(named, (WORDS[w], known, y, r, there, own), strict=True)))

    rows = [sum(map(len, parts)) for parts in groups]
    assert read(saved(made, rows, FIELDS)) == expected


@pytest.mark.parametrize("different", [5, 300, 70_000])
def test_many_numbers_and_words_are_read_alike(different: int) -> None:
    """Places of one, two or four bytes, numbers told once each and as they come, any steps."""
    at = np.arange(100_000) * 7919 % different
    columns = [
        pages.words(
            Pieces([at], [len(at)]), DictionaryPage.of_texts([f"c{n}" for n in range(different)])
        ),
        pages.ascending(Pieces([at * 20_000], [len(at)])),
        pages.numbers(Pieces([at / 8], [len(at)])),
    ]
    table = parquet.read_table(io.BytesIO(saved([columns], [len(at)], (FIELDS[0], *FIELDS[3:5]))))

    assert table.column("word").to_pylist() == [f"c{n}" for n in at.tolist()]
    assert table.column("row").to_pylist() == (at * 20_000).tolist()
    assert table.column("number").to_pylist() == (at / 8).tolist()


@pytest.mark.parametrize(
    "words",
    [["150602", "150603"], ["学校甲", "学校乙"], ["a" * 127, "b" * 127], ["a" * 128, "b" * 128]],
    ids=["codes", "no ASCII", "long", "longer"],
)
def test_words_of_one_length_are_read_alike(words: list[str]) -> None:
    """Words as long as one another are the same words, whatever they are written in."""
    column = pages.words(Pieces([np.array([1, 0])], [2]), DictionaryPage.of_texts(words))

    assert read(saved([[column]], [2], FIELDS[:1])) == [{"word": words[1]}, {"word": words[0]}]


def test_what_all_have_in_common_takes_a_few_bytes() -> None:
    """A word, a year or a number of a million rows is written once, and that none is there."""
    million = [500_000, 500_000]
    dictionary = DictionaryPage.of_texts(WORDS)
    for chunk in (
        pages.words(Pieces([1, 2], million), dictionary),
        pages.years(Pieces([2025, 2024], million)),
        pages.numbers(Pieces([np.nan, 40.0], million)),
        pages.ascending(Pieces([0, 0], million)),
    ):
        assert chunk.count == 1_000_000
        assert chunk.size < 150


def test_what_is_least_and_most_is_told() -> None:
    """Whoever looks for a rule or a gap passes over row groups that have none."""
    chunks = [
        pages.words(Pieces([2, 0], [3, 3]), DictionaryPage.of_texts(WORDS), named=WORDS),
        pages.numbers(Pieces([np.array([1.5, np.nan, -2.0]), 4.0], [3, 3])),
    ]
    told = parquet.read_metadata(io.BytesIO(saved([chunks], [6], (FIELDS[0], FIELDS[4]))))
    words, numbers = (told.row_group(0).column(at).statistics for at in range(2))

    assert (words.min, words.max) == ("丙", "甲")
    assert (numbers.min, numbers.max, numbers.null_count) == (-2.0, 4.0, 1)
