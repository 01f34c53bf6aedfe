"""Properties: whatever a table holds, nothing raises and no row or cell is lost."""

import csv
import json
import re
import tempfile
from pathlib import Path
from typing import TypeGuard

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.intake.cells.identity_cells import is_blank
from dabiao.intake.cells.totals import is_total
from dabiao.intake.formats.table import Cell
from dabiao.intake.names import plain, plain_each
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from tests.intake.submissions import MEASURES, content, read, workbook

COUNTY = Level.COUNTY
ITEMS = [slug for slug, measure in MEASURES.items() if COUNTY in measure.levels]
NAMES = [MEASURES[slug].name for slug in ITEMS]

PLAIN = ["45", "约45", "98%", "1.2万", "1,234", "45人", "1e5", "0.5", "１２", "inf", "nan", "-0"]
ODD = [
    "—",
    "无",
    "N/A",
    "是",
    "合计",
    "3-5",
    "#REF!",
    "注：说明",
    "2024-2025学年",
    "=x",
    "'7",
    "a\nb",
]
texts = st.one_of(
    st.sampled_from([*PLAIN, *ODD, '"']),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
)
numbers = st.one_of(
    st.integers(-5, 200),
    st.floats(0, 1).map(lambda value: round(value, 4)),
    st.floats(-1e6, 1e6).map(lambda value: round(value, 3)),
)
cells = st.one_of(st.none(), numbers, texts)
codes = st.one_of(st.none(), texts, st.integers(1, 12).map("c{}".format))
years = st.one_of(st.sampled_from([2024, 2025, "2025年", "2024.0"]), cells)
names = st.one_of(st.none(), texts)


@st.composite
def tables(draw: st.DrawFn, code: st.SearchStrategy[object] = codes) -> list[list[Cell]]:
    """Draw a table of counties: titles, a header, rows."""
    chosen = draw(st.lists(st.sampled_from([*NAMES, "备注", ""]), max_size=5, unique=True))
    header = ["代码", "名称", "年份", *chosen]
    rows = draw(
        st.lists(st.tuples(code, names, years, *[cells] * len(chosen)).map(list), max_size=8)
    )
    return [header, *rows]


def save(folder: Path, rows: list[list[Cell]], kind: str) -> tuple[Path, list[int]]:
    """Write a table in some format; give the number that each of its rows has there."""
    path = folder / f"旗县.{kind}"
    if kind == "xlsx":
        shown = [["'" + cell if _formula(cell) else cell for cell in row] for row in rows]
        workbook(path, {"旗县": shown})
        return path, list(range(1, len(rows) + 1))
    if kind == "json":
        header = [str(name) or "空" for name in rows[0]]
        listed = [dict(zip(header, row, strict=True)) for row in rows[1:]]
        path.write_text(json.dumps({"旗县": listed}, ensure_ascii=False), "utf-8")
        return path, list(range(-1, len(rows) - 1))
    numbers = []
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for row in rows:
            stream.flush()
            numbers.append(path.read_text("utf-8").count("\n") + 1)
            writer.writerow(["" if cell is None else cell for cell in row])
    return path, numbers


def may_be_total(header: list[Cell], row: list[Cell]) -> bool:
    """Tell whether a row is one of totals by its name or, without one, by what is no number."""
    beside = [cell for name, cell in zip(header, row, strict=True) if name not in NAMES]
    return any(map(is_total, beside))


def _formula(cell: object) -> TypeGuard[str]:
    return isinstance(cell, str) and cell.startswith("=")


def rows_of(facts: Facts) -> dict[int, int]:
    """Give row numbers of the table of counties to places in the facts."""
    if COUNTY not in facts.levels:
        return {}
    return {int(number): at for at, number in enumerate(facts.levels[COUNTY].number)}


def told_of(facts: Facts, number: int) -> bool:
    """Tell whether some problem names a row, or says that no row from one above is read."""
    pattern = re.compile(rf"(?<!\d){number}(?!\d)")
    return any(
        problem.line == number or (problem.cell is not None and pattern.search(problem.cell))
        for problem in facts.problems
    ) or any(
        number > row
        for problem in facts.problems
        if problem.code == "another-table"
        for row in (problem.line, *map(int, re.findall(r"\d+", problem.cell or "")))
        if row is not None
    )


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
@given(rows=tables())
@settings(max_examples=60)
def test_no_row_is_lost(kind: str, rows: list[list[Cell]]) -> None:
    """Every row that says anything about a subject is in the facts or named in a problem."""
    with tempfile.TemporaryDirectory() as folder:
        path, numbers = save(Path(folder), rows, kind)
        facts = read(path)
    kept = rows_of(facts)
    silent = ("备注", "", "上级代码", "年份")  # a form fills in parent and year beforehand
    read_columns = [at for at, name in enumerate(rows[0]) if name not in silent]
    for row, number in zip(rows[1:], numbers[1:], strict=True):
        says = any(not is_blank(row[at]) for at in read_columns)
        if says and number not in kept and row[0] != "代码":
            assert told_of(facts, number), (row, facts.problems)


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
@given(rows=tables(code=st.none()))
@settings(max_examples=60)
def test_no_cell_is_lost(kind: str, rows: list[list[Cell]]) -> None:
    """Every cell of a row that is kept is a value or has a reason."""
    rows = [row for row in rows if not may_be_total(rows[0], row)]
    for at, row in enumerate(rows[1:]):
        row[0], row[2] = f"c{at}", 2025
    with tempfile.TemporaryDirectory() as folder:
        path, numbers = save(Path(folder), rows, kind)
        facts = read(path)
    kept = rows_of(facts)
    ragged = any(each.code == "ragged-row" for each in facts.problems)  # blanks have a reason too
    for row, number in zip(rows[1:], numbers[1:], strict=True):
        for name, cell in zip(rows[0], row, strict=True):
            if name in NAMES:
                column = facts.levels[COUNTY].columns[ITEMS[NAMES.index(str(name))]]
                found = not np.isnan(column.values[kept[number]]) or kept[number] in column.unusable
                assert found == (not is_blank(cell)) or (found and ragged), (name, cell)


@given(rows=tables(code=st.none()))
@settings(max_examples=60)
def test_formats_agree(rows: list[list[Cell]]) -> None:
    """A table says the same as a workbook, as delimited text and as JSON.

    But for what stands below a blank at the end of the header: in text alone it may be the end of
    a number with a comma. And in JSON each value has a name, so that none can have moved.
    """
    rows = [row for row in rows if not may_be_total(rows[0], row)]
    moved = False
    if not rows[0][-1]:
        rows = [row[:-1] for row in rows]
    for at, row in enumerate(rows[1:]):
        row[0], row[2] = f"c{at}", 2025
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("xlsx", "csv", "json"):
            path, numbers = save(Path(folder), rows, kind)
            facts = read(path)
            moved |= any(each.code == "ragged-row" for each in facts.problems)
            kept = rows_of(facts)
            columns = facts.levels[COUNTY].columns if COUNTY in facts.levels else {}
            found.append(
                {
                    (slug, at): None
                    if np.isnan(column.values[kept[number]])
                    else float(column.values[kept[number]])
                    for slug, column in columns.items()
                    for at, number in enumerate(numbers[1:])
                }
            )
            path.unlink()
    assert found[0] == found[1]
    assert moved or found[1] == found[2]


@given(parts=st.lists(tables(), min_size=2, max_size=3), data=st.data())
@settings(max_examples=30)
def test_order_of_files_is_nothing(parts: list[list[list[Cell]]], data: st.DataObject) -> None:
    """Files in any order give the same facts and the same problems."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for at, rows in enumerate(parts):
            inner = Path(folder, str(at))
            inner.mkdir()
            paths.append(save(inner, rows, "csv")[0])
        shuffled = data.draw(st.permutations(paths))
        assert content(read(*shuffled)) == content(read(*paths))


@pytest.mark.parametrize("name", ["旗县.csv", "旗县.xlsx", "旗县.json", "旗县.parquet"])
@given(data=st.binary(max_size=300), text=st.text(max_size=200))
@settings(max_examples=60)
def test_noise_never_raises(name: str, data: bytes, text: str) -> None:
    """Any bytes at all give facts and problems."""
    for noise in (data, "代码,年份,入学率\n".encode() + data, text.encode("utf-8", "ignore")):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.write_bytes(noise)
            assert read(path).files is not None


@given(
    changes=st.lists(st.tuples(st.integers(0, 3999), st.integers(0, 255)), min_size=1, max_size=4)
)
@settings(max_examples=60)
def test_damaged_workbooks_never_raise(changes: list[tuple[int, int]]) -> None:
    """A workbook with some bytes changed gives facts and problems."""
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(
            Path(folder, "x.xlsx"), {"旗县": [["代码", "年份", "入学率"], ["150602", 2025, 98]]}
        )
        content = bytearray(path.read_bytes())
        for place, byte in changes:
            content[place] = byte
        path.write_bytes(bytes(content))
        assert read(path).files is not None


@given(
    st.lists(st.text(max_size=6) | st.sampled_from(["校 Ａ", "（本部）＊", "ﬁ", "45①", "a\0b", ""]))
)
def test_many_names_are_reduced_as_each_is(names: list[str]) -> None:
    """Whatever stands beside a name, it comes out as it would alone."""
    assert plain_each(names) == list(map(plain, names))


@pytest.mark.parametrize(
    "space", [" ", "\u3000", "\t", "\x1f", "\u2028", "\u200b", "\u200f", "\ufeff"]
)
def test_no_space_tells_names_apart(space: str) -> None:
    """Spaces of any kind are no part of a name, and neither is what has no width."""
    assert plain(f"{space}班级{space}人数") == plain("班级人数")
