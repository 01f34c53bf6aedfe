"""Halves of characters, as JSON and workbooks can hold them: a bad cell, at its place."""

from pathlib import Path

import pytest

from dabiao.intake.formats.xlsx.book import unescape
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.schemas.level import Level
from dabiao.schemas.problem import InputError
from tests.intake.submissions import Table, kinds, read, reported, workbook

CLASS, SCHOOL = Level.CLASS, Level.SCHOOL
ROW = '{"code": "c1", "name": "一班", "parent": "s1", "year": 2025, "class_size": 45}'


@pytest.mark.parametrize(
    ("before", "after", "cell"),
    [
        ('"c1"', r'"c1\ud800"', "[0].code"),
        ('"一班"', r'"一\udfff班"', "[0].name"),
        ('"s1"', r'"\ud800"', "[0].parent"),
        ("2025", r'"2025\ud800"', "[0].year"),
        ("45", r'"45\ud800"', "[0].class_size"),
    ],
)
def test_json(tmp_path: Path, before: str, after: str, cell: str) -> None:
    """The cell is told of, with what it holds, and nothing of it is used."""
    path = tmp_path / "facts.json"
    path.write_text(f'{{"class": [{ROW.replace(before, after)}]}}', "utf-8")
    facts = read(path)

    (problem,) = facts.problems
    assert (problem.code, problem.cell) == ("garbled-text", cell)
    assert r"\ud" in problem.message
    if cell == "[0].class_size":
        assert isinstance(reported(facts, CLASS, "c1", 2025, "class_size"), str)


@pytest.mark.parametrize(
    ("code", "name", "cell"),
    [("15060200\ufffd1", "甲校", "A2"), ("1506020001", "甲\ufffd校", "B2")],
)
def test_characters_that_were_lost_before(tmp_path: Path, code: str, name: str, cell: str) -> None:
    """What some program wrote for a character that it could not read is told of likewise."""
    rows: Table = [["代码", "名称", "年份", "学生数"], [code, name, 2024, 45]]
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": rows}))

    assert [(each.code, each.cell) for each in facts.problems] == [("garbled-text", cell)]
    assert (SCHOOL in facts.levels) is (cell == "B2")


def test_keys(tmp_path: Path) -> None:
    """A column or a list that is called so is unknown, and the rest is read."""
    path = tmp_path / "facts.json"
    row = ROW.replace('"code"', r'"甲\ud800": {"\ud800": 1}, "code"')
    path.write_text(rf'{{"class": [{row}], "班\ud800": [{ROW}]}}', "utf-8")
    facts = read(path)

    assert sorted(kinds(facts)) == ["unknown-column", "unknown-table"]
    assert all(problem.message.encode() for problem in facts.problems)
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45


def test_workbook(tmp_path: Path) -> None:
    """Workbooks write halves as _xD800_; two that belong together are one character."""
    rows: Table = [
        ["代码", "名称", "年份", "学生数"],
        ["s1", "甲_xD83D__xDE00_", 2025, 45],
        ["s2", "乙", 2025, "45_xD800_"],
    ]
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": rows}))

    assert [(problem.code, problem.cell) for problem in facts.problems] == [("garbled-text", "D3")]
    assert facts.levels[SCHOOL].names[0] == "甲😀"
    assert unescape("_xD83D__xDE00_") == "😀"


def test_mapping(tmp_path: Path) -> None:
    """A mapping file cannot put them into facts either."""
    path = tmp_path / "map.yaml"
    path.write_text('tables:\n  - level: 班级\n    constants: {学段: "\\ud800"}\n', "utf-8")

    with pytest.raises(InputError) as caught:
        read_mapping(path)
    assert [problem.line for problem in caught.value.problems] == [3]
