"""Causes: one line for what has gone wrong once, however many cells it shows in."""

import json
from pathlib import Path

from dabiao.intake.problem_groups import ProblemGroup, group_problems
from dabiao.intake.problem_log import ENOUGH, ProblemLog
from dabiao.schemas.addresses import areas, united
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.problem import Problem, Severity
from tests.intake.submissions import read, workbook

HEADER = ["代码", "名称", "上级代码", "年份", "有图书室", "学生数", "校名备注"]


def school(at: int, *values: object) -> list[object]:
    """Make a row of a school."""
    return [f"1506020{at:03}", f"第{at}小学", "150602", 2025, *values]


def causes(path: Path, rows: list[list[object]]) -> list[ProblemGroup]:
    """Read a sheet of schools and give what is wrong with it, by cause."""
    return group_problems(read(workbook(path / "a.xlsx", {"学校": [HEADER, *rows]})).problems)


def test_a_column_of_texts_is_one_cause(tmp_path: Path) -> None:
    """Texts where numbers are meant: one line with the cells as areas, and some of the texts."""
    rows = [school(at, "是", "不详" if at % 2 else "未统计") for at in range(300)]
    rows[150][5] = 30
    (cause,) = causes(tmp_path, rows)

    assert (cause.code, cause.count) == ("not-a-number", 299)
    assert cause.cells == ("F2:F151", "F153:F301")
    assert set(cause.found) == {"不详", "未统计"}
    assert "整数" in str(cause.expected)
    assert "共 299 处" in str(cause)
    assert len(str(cause).splitlines()) == 3


def test_an_unknown_parent_is_one_cause(tmp_path: Path) -> None:
    """Rows that name a parent nobody knows: one line for each such parent."""
    rows = [school(at, "是", 30) for at in range(20)]
    for at, row in enumerate(rows):
        row[2] = "甲" if at < 15 else "乙"
    found = causes(tmp_path, rows)

    assert [(cause.code, cause.cells, cause.found) for cause in found] == [
        ("parent-unknown", ("C2:C16",), ("甲",)),
        ("parent-unknown", ("C17:C21",), ("乙",)),
    ]


def test_columns_that_slipped_are_one_cause(tmp_path: Path) -> None:
    """Values one column too far to the right from some row on: one line, and the hint says so."""
    rows = [school(at, "是", 30, "公办") for at in range(10)]
    rows += [school(at, 2025, "是", 30) for at in range(10, 30)]
    rows[3][5] = "不详"
    slipped, other = causes(tmp_path, rows)

    assert slipped.cells == ("E12:F31",)
    assert "错位" in str(slipped.hint)
    assert "第12行" in str(slipped.hint)
    assert other.cells == ("F5",)
    assert "错位" not in (other.hint or "")


def test_what_is_only_wrong_has_not_slipped(tmp_path: Path) -> None:
    """Texts that would do in no column beside theirs are not said to have slipped."""
    rows = [school(at, "也许", "约三十") for at in range(20)]
    found = causes(tmp_path, rows)

    assert [cause.cells for cause in found] == [("E2:E21",), ("F2:F21",)]
    assert not any("错位" in str(cause.hint) for cause in found)


def test_missing_years_are_one_cause(tmp_path: Path) -> None:
    """Rows without a year are one line, and a sheet without a column of years is one too."""
    rows = [school(at, "是", 30) for at in range(30)]
    for row in rows:
        row[3] = None
    (cause,) = causes(tmp_path, rows)
    without = [[*row[:3], *row[4:]] for row in rows]
    path = workbook(tmp_path / "b.xlsx", {"学校": [[*HEADER[:3], *HEADER[4:]], *without]})
    facts = read(path)

    assert (cause.code, cause.cells) == ("missing-year", ("D2:D31",))
    assert [cause.code for cause in group_problems(facts.problems)] == ["no-year-column"]


def test_cells_beyond_those_told_are_kept(tmp_path: Path) -> None:
    """Of very many problems some are told one by one; no cell is lost, and the count is right."""
    rows = [school(at, "是", "不详") for at in range(ENOUGH + 500)]
    rows.append(school(ENOUGH + 500, "是", 30))
    for at, row in enumerate(rows):
        row[0] = f"15060200{at:05}"
    (cause,) = causes(tmp_path, rows)

    assert len(cause.problems) == ENOUGH + 1
    assert cause.count == ENOUGH + 500
    assert cause.cells == (f"F2:F{ENOUGH + 501}",)


def test_conflicting_values_name_every_cell(tmp_path: Path) -> None:
    """Two values for one item: the problem stands at the first and also speaks of the second."""
    rows = [school(1, "是", 30), school(1, "是", 31)]
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": [HEADER, *rows]}))
    problem = next(each for each in facts.problems if each.code == "conflicting-values")

    assert problem.cell == "F2"
    assert [spot.cell for spot in problem.also] == ["F3"]


def test_a_row_told_twice_is_one_cause(tmp_path: Path) -> None:
    """One code in two rows that disagree in every item: one line; so are the rows pasted twice."""
    wrong = [school(1, "是", 30), school(1, "否", 31)]
    twice = [school(at, *more) for more in (("是", 30), ("否", 31)) for at in range(5, 9)]
    found = causes(tmp_path, [*wrong, *twice])

    assert [(cause.code, cause.cells, cause.count) for cause in found] == [
        ("conflicting-values", ("E2:F2",), 2),
        ("conflicting-values", ("E4:F7",), 8),
    ]


def test_two_versions_of_a_file_are_one_cause(tmp_path: Path) -> None:
    """Of very many cells that differ between two files, those of both are kept."""
    for name, more in (("a", ("是", 30)), ("b", ("否", 31))):
        rows = [school(0, *more) for _ in range(700)]
        for at, row in enumerate(rows):
            row[0] = f"15060200{at:05}"
        workbook(tmp_path / f"{name}.xlsx", {"学校": [HEADER, *rows]})
    found = group_problems(read(tmp_path).problems)

    assert [(each.cells, each.count) for each in found] == [(("E2:F701",), 1400)]
    others = [spot for problem in found[0].problems for spot in problem.also]
    assert len(found[0].problems) == ENOUGH + 1
    assert [str(area) for area in united(a for spot in others for a in areas(spot.cell))] == [
        "E2:F701"
    ]


def test_paths_into_json_are_kept(tmp_path: Path) -> None:
    """Problems of a JSON file are put together by key, each path being told."""
    rows = [{"代码": str(at), "年份": 2025, "学生数": "x"} for at in range(1, 10)]
    (tmp_path / "a.json").write_text(json.dumps({"学校": rows}))
    (cause,) = group_problems(read(tmp_path / "a.json").problems)

    assert cause.cells[:2] == ("[0].学生数", "[1].学生数")
    assert cause.count == 9


def test_one_problem_is_told_as_before() -> None:
    """A cause with one problem reads like the problem."""
    problem = Problem("x", "“四十”不是数", file="a.xlsx", sheet="班级", cell="F3", found="四十")

    assert str(group_problems([problem])[0]) == str(problem)


def test_errors_and_warnings_do_not_mix() -> None:
    """The same column may have errors and warnings: two lines."""
    noticed = ProblemLog()
    for row in range(2, 6):
        severity = Severity.ERROR if row % 2 else Severity.WARNING
        noticed.add(Problem("x", "不对", severity, file="a.csv", cell=f"F{row}"))

    assert [cause.count for cause in group_problems(noticed.problems)] == [2, 2]


def test_english() -> None:
    """Places and counts are told in English as well."""
    with speaking(Language.EN):
        found = [
            Problem("x", f'"{text}" is no number', cell=f"F{row}", found=text)
            for row, text in enumerate(["a", "b", "a"], 2)
        ]
        (cause,) = group_problems(found)

        assert cause.message == '"a", "b" is no number (3 in all)'
        assert cause.where == "F2:F4"
