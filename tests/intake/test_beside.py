"""Several tables on one sheet: beside each other, and below each other under other titles."""

from pathlib import Path

import pytest

from dabiao.schemas.level import Level
from tests.intake.submissions import Table, kinds, read, reported, source, workbook

HEADER = ["代码", "名称", "上级代码", "年份", "学生数"]
ONE = ["s1", "甲校", "150602", 2024, 45]
TWO = ["s2", "乙校", "150602", 2024, 77]
THREE = ["s3", "丙校", "150602", 2024, 46]
SCHOOL = Level.SCHOOL


@pytest.mark.parametrize("gap", [[], [None], [None, None]], ids=["touching", "one", "two"])
@pytest.mark.parametrize("title", [[], [["表一"]], [["序号"]]], ids=["bare", "title", "numbers"])
def test_the_same_table_twice(tmp_path: Path, gap: list[None], title: list[list[str]]) -> None:
    """Both halves of a list that was folded in two are read, each value with its own cell."""
    rows: Table = [*title, [*HEADER, *gap, *HEADER], [*ONE, *gap, *TWO], THREE]
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": rows}))
    assert facts.problems == []
    found = [reported(facts, SCHOOL, code, 2024, "pupils") for code in ("s1", "s2", "s3")]
    assert found == [45, 77, 46]
    column = "FGHIJKL"[len(gap) + 4]
    assert source(facts, SCHOOL, "s2", "pupils") == f"{column}{2 + len(title)}"
    assert "table-beside" in [each.code for each in facts.notes]


@pytest.mark.parametrize(
    "other",
    [
        (["旗县代码", "年份", "学生数"], ["150602", 2024, 99999]),
        (["学校", "学生数"], ["丁校", 88]),
        (["序号", "学生数"], [1, 88]),
        (["名称", "年份", "学生数"], ["丁校", 2024, 88]),
    ],
    ids=["counties", "by name", "by number", "names and years"],
)
def test_another_table_beside_it(tmp_path: Path, other: tuple[list[object], list[object]]) -> None:
    """A table under other headers is refused by its columns, and nobody is given its values."""
    rows: Table = [[*HEADER, None, *other[0]], [*ONE, None, *other[1]], [*TWO, None, *other[1]]]
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": rows}))
    assert kinds(facts) == ["another-table"]
    assert (facts.problems[0].cell or "").startswith("G:")
    assert reported(facts, SCHOOL, "s1", 2024, "pupils") == 45


def test_a_blank_column_within_a_table(tmp_path: Path) -> None:
    """Items behind a blank column belong to the table, and so does a column twice by mistake."""
    rows: Table = [[*HEADER, None, "有图书室"], [*ONE, None, "是"]]
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": rows}))
    assert facts.problems == []
    assert reported(facts, SCHOOL, "s1", 2024, "library") == 1
    twice: Table = [[*HEADER, "学生数"], [*ONE, 46]]
    assert kinds(read(workbook(tmp_path / "b.xlsx", {"学校": twice}))) == ["duplicate-column"]


def test_the_same_table_of_another_year_below(tmp_path: Path) -> None:
    """Where the year stands in the title, a second title of another year begins another table."""
    head = ["代码", "名称", "上级代码", "学生数"]
    one, two = [*ONE[:3], 45], [*TWO[:3], 77]
    rows: Table = [["表一 2023年"], head, one, [], ["表二 2024年"], head, two]
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": rows}))
    assert kinds(facts) == ["another-table", "year-in-title"]
    assert reported(facts, SCHOOL, "s1", 2023, "pupils") == 45
    assert "s2" not in facts.levels[SCHOOL].codes
    goes_on: Table = [["表一 2023年"], head, one, [], ["表一 2023年（续）"], head, two]
    facts = read(workbook(tmp_path / "b.xlsx", {"学校": goes_on}))
    assert kinds(facts) == ["year-in-title"]
    assert reported(facts, SCHOOL, "s2", 2023, "pupils") == 77
