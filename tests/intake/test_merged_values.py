"""Cells that are merged over rows and columns of data, and whose their values are."""

from pathlib import Path

from dabiao.intake.problem_groups import group_problems
from tests.intake.submissions import Table, kinds
from tests.intake.test_traps import (
    BOTH,
    COUNTY,
    FIRST,
    HEADER,
    REFUSED,
    SCHOOL,
    SECOND,
    book,
    found,
    read,
    schools,
)


def test_merged_cells_below_the_header(tmp_path: Path) -> None:
    """A parent and a year hold for all rows they are merged over; a number is nobody's."""
    rows = schools(HEADER, FIRST, ["s2", "二小", None, None, None], [None, None, None, None, None])
    facts = read(book(tmp_path / "x.xlsx", rows, ["C2:C4", "D2:D4", "E2:E4"]))
    (told,) = group_problems(facts.problems)
    assert (told.code, told.cells) == ("merged-cells", ("E2:E3",))
    assert facts.levels[SCHOOL].parents == ["150602", "150602"]
    assert (found(facts, "s1.pupils"), found(facts, "s2.pupils")) == (REFUSED, REFUSED)


def test_numbers_merged_across_columns(tmp_path: Path) -> None:
    """One number below two headers is nobody's."""
    rows = schools([*HEADER, "女生数"], [*FIRST, None])
    facts = read(book(tmp_path / "x.xlsx", rows, ["E2:F2"]))
    (told,) = group_problems(facts.problems)
    assert (told.code, told.cells, told.count) == ("merged-cells", ("E2:F2",), 2)
    assert [found(facts, f"s1.{each}") for each in ("pupils", "girls")] == [REFUSED, REFUSED]


def test_merged_cells_of_one_subject(tmp_path: Path) -> None:
    """Of a subject that takes several rows, a cell merged over these is its own."""
    rows = schools(HEADER, FIRST, ["s1", None, "150602", 2025, None], SECOND)
    facts = read(book(tmp_path / "x.xlsx", rows, ["E2:E3"]))
    assert "merged-cells" not in kinds(facts)
    assert {address: found(facts, address) for address in BOTH} == BOTH


def test_kinds_merged_over_rows(tmp_path: Path) -> None:
    """A yes or a kind that is merged over rows is said of each of them."""
    header = [*HEADER, "有图书室"]
    rows = schools(header, [*FIRST, "是"], [*SECOND, None])
    facts = read(book(tmp_path / "x.xlsx", rows, ["F2:F3"]))
    assert kinds(facts) == []
    assert [found(facts, f"{code}.library") for code in ("s1", "s2")] == [1.0, 1.0]


def test_two_readings_of_a_merged_number(tmp_path: Path) -> None:
    """A number of two readings that is merged over rows has none of them."""
    rows: Table = [["代码", "年份", "入学率"], ["150602", 2025, 0.98], ["150603", 2025, None]]
    facts = read(book(tmp_path / "x.xlsx", {"旗县": rows}, ["C2:C3"]))
    column = facts.levels[COUNTY].columns["enrolment"]
    assert (column.possible, sorted(column.unusable)) == ({}, [0, 1])
