"""Tables that lie on their side, and tables that only look so."""

from pathlib import Path

import pytest

from dabiao.intake import read_facts
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.intake.proposals import mapping_text, propose
from dabiao.schemas.level import Level
from tests.intake.foreign_tables import Rows
from tests.intake.submissions import MEASURES, PLACES, kinds, read, reported, source, workbook

SIDE: Rows = [
    ["代码", "1506020001", "1506020002"],
    ["名称", "甲校", "乙校"],
    ["年份", 2024, 2024],
    ["学生数", 100, 400],
]
UPRIGHT: Rows = [["代码", "名称", "年份", "学生数"], ["1506020001", "甲校", 2024, 100]]
TITLE: Rows = [["学校情况表"], *SIDE]
NUMBERED: Rows = [[at, *row] for at, row in enumerate(SIDE, 1)]
ONE: Rows = [row[:2] for row in SIDE]


@pytest.mark.parametrize("rows", [SIDE, TITLE, NUMBERED, ONE])
def test_it_is_told_once_and_not_read(tmp_path: Path, rows: Rows) -> None:
    """One error names the column of the headers and how to turn the table; nothing else is said."""
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": rows}))

    (problem,) = facts.problems
    assert problem.code == "table-on-its-side"
    assert ("B 列" if rows is NUMBERED else "A 列") in problem.message
    assert "转置" in (problem.hint or "")
    assert facts.levels == {}


FOREIGN: Rows = [
    ["School code", "1506020001", "1506020002"],
    ["School name", "A", "B"],
    ["Year", 2024, 2024],
    ["pupils", 100, 400],
]


@pytest.mark.parametrize("rows", [SIDE, TITLE, NUMBERED, ONE, FOREIGN])
def test_a_mapping_reads_it(tmp_path: Path, rows: Rows) -> None:
    """What is proposed for it says that it is turned; cells keep their addresses."""
    path = workbook(tmp_path / "a.xlsx", {"学校": rows})
    (tmp_path / "map.yaml").write_text(mapping_text(propose([path], MEASURES, PLACES)), "utf-8")
    facts = read_facts([path], MEASURES, PLACES, mapping=read_mapping(tmp_path / "map.yaml"))

    assert facts.problems == []
    assert reported(facts, Level.SCHOOL, "1506020001", 2024, "pupils") == 100
    column = "C" if rows is NUMBERED else "B"
    assert source(facts, Level.SCHOOL, "1506020001", "pupils") == f"{column}{len(rows)}"


@pytest.mark.parametrize("extra", [[], [["1506020002", "名称", 2024, 5]]])
def test_upright_tables_are_read(tmp_path: Path, extra: Rows) -> None:
    """Two headers in one row make a table stand upright, whatever its first column holds."""
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": [*UPRIGHT, *extra]}))

    assert "table-on-its-side" not in kinds(facts)
