"""Cells: every way in which people write a value, and every way in which it goes wrong."""

from pathlib import Path

import pytest

from dabiao.schemas.intake.cells import Number, Reading, read_boolean, read_number, read_text
from dabiao.schemas.intake.reason import Reason
from dabiao.schemas.intake.table import Fault, Moment, Nested, Percent, Uncomputed
from dabiao.schemas.level import Level
from tests.schemas.submissions import MEASURES, kinds, read, reported, workbook

COUNTY = Level.COUNTY


def number(slug: str, cell: object, unit: str | None = None) -> object:
    """Read a cell: the value in the item's unit, the kind of problem, or None."""
    reading = Reading(MEASURES[slug], unit)  # type: ignore[arg-type]
    found = read_number(cell, reading)  # type: ignore[arg-type]
    if isinstance(found, Reason):
        return found.code
    if isinstance(found, Number):
        return found.value * (1 if found.settled else reading.factor or 0)
    return found


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (45, 45),
        (45.0, 45),
        ("45", 45),
        ("１２３", 123),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("45人", 45),
        ("45 人", 45),
        ("45名", 45),
        (" 45 ", 45),
        ("1.2万", 12000),
        ("1.2万人", 12000),
        ("0", 0),
        (0, 0),
        ("+3", 3),
        ("1e3", 1000),
        ("'45", 45),
    ],
    ids=repr,
)
def test_numbers(cell: object, value: float) -> None:
    """Numbers are read however they are written."""
    assert number("class_size", cell) == value


@pytest.mark.parametrize(
    "cell",
    [None, "", " ", "　", "—", "——", "-", "–", "/", "／", "无", "N/A", "n/a", "...", "…", "null"],
    ids=repr,
)
def test_not_reported(cell: object) -> None:
    """Blank, dashes, slashes and 无 say that nothing is reported."""
    assert number("class_size", cell) is None
    assert read_text(cell, Reading(MEASURES["stage"])) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("约45", "not-a-number"),
        ("45左右", "not-a-number"),
        ("四十五", "not-a-number"),
        ("12,34", "not-a-number"),
        ("3~5", "not-a-number"),
        ("3-5", "date-in-cell"),
        ("3月5日", "date-in-cell"),
        ("2025-03-05", "date-in-cell"),
        (Moment("2025-03-05", 2025), "date-in-cell"),
        ("45元", "wrong-unit"),
        ("45%", "wrong-unit"),
        (Percent(0.98), "wrong-unit"),
        (True, "not-a-number"),
        ("是", "not-a-number"),
        (float("inf"), "not-a-number"),
        (float("nan"), "not-a-number"),
        ("inf", "not-a-number"),
        ("NaN", "not-a-number"),
        (10**400, "not-a-number"),
        ("1" * 400, "not-a-number"),
        (Fault("#DIV/0!"), "formula-error"),
        ("#REF!", "formula-error"),
        (Uncomputed(), "formula-without-value"),
        (Nested("[1]"), "nested-value"),
    ],
    ids=repr,
)
def test_unusable_numbers(cell: object, kind: str) -> None:
    """What is no number of persons is refused with its reason."""
    assert number("class_size", cell) == kind


@pytest.mark.parametrize(
    ("slug", "cell", "unit", "value"),
    [
        ("enrolment", "98%", None, 98),
        ("enrolment", "９８％", None, 98),
        ("enrolment", Percent(0.98), None, 98),
        ("enrolment", Percent(0.07), None, 7),
        ("enrolment", 98, None, 98),
        ("enrolment", "980‰", None, 98),
        ("coefficient", Percent(0.35), None, 0.35),
        ("coefficient", "35%", None, 0.35),
        ("times", Percent(1.5), None, 1.5),
        ("spending", 1.2, "万元", 12000),
        ("spending", "1.2万元", None, 12000),
        ("spending", "3元", "万元", 3),
        ("spending", "3万元", "万元", 30000),
        ("income", "1.2亿元", None, 12000),
        ("income", 12000, "元", 1.2),
        ("income", "1.2万", "元", 1.2),
        ("income", "1.2万", None, "ambiguous-magnitude"),
        ("spending", "1.2万", "万元", "ambiguous-magnitude"),
        ("per_pupil", "1.2万元/人", None, 12000),
        ("spending", Percent(0.5), None, "wrong-unit"),
        ("spending", "5人", None, "wrong-unit"),
    ],
    ids=repr,
)
def test_units(slug: str, cell: object, unit: str | None, value: object) -> None:
    """A unit in the cell counts before that of the header, and that before the item's."""
    assert number(slug, cell, unit) == value


@pytest.mark.parametrize(
    "cell", ["是", "有", "true", "TRUE", "Yes", 1, 1.0, "1", True, "√", "✓"], ids=repr
)
def test_yes(cell: object) -> None:
    """All these mean yes."""
    assert read_boolean(cell, Reading(MEASURES["library"])) == 1.0  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["否", "无", "False", "no", 0, 0.0, "0", False, "×"], ids=repr)
def test_no(cell: object) -> None:
    """All these mean no, 无 too."""
    assert read_boolean(cell, Reading(MEASURES["library"])) == 0.0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "kind"), [(2, "not-a-boolean"), ("也许", "not-a-boolean")], ids=repr
)
def test_neither_yes_nor_no(cell: object, kind: str) -> None:
    """Other numbers and texts are refused; a dash is not reported."""
    found = read_boolean(cell, Reading(MEASURES["library"]))  # type: ignore[arg-type]
    assert isinstance(found, Reason)
    assert found.code == kind
    assert read_boolean("—", Reading(MEASURES["library"])) is None  # type: ignore[arg-type]


def test_options() -> None:
    """A category takes its options only, and the nearest is suggested."""
    reading = Reading(MEASURES["stage"])  # type: ignore[arg-type]
    assert read_text(" 小学 ", reading) == "小学"
    found = read_text("小学学", reading)
    assert isinstance(found, Reason)
    assert "小学" in (found.hint or "")
    assert read_text("任意文字", Reading(MEASURES["remark"])) == "任意文字"  # type: ignore[arg-type]


def rates(
    tmp_path: Path, cells: list[object], formats: dict[str, str] | None = None
) -> list[object]:
    """Submit a column of enrolment rates and give what is read."""
    rows = [[f"1506{at:02}", 2025, cell] for at, cell in enumerate(cells, 1)]
    path = workbook(
        tmp_path / "x.xlsx", {"旗县": [["代码", "年份", "入学率"], *rows]}, formats or {}
    )
    facts = read(path)
    told = [p for p in facts.problems if p.code == "fraction-in-percent-item"]
    values = [
        reported(facts, COUNTY, f"1506{at:02}", 2025, "enrolment")
        for at in range(1, len(cells) + 1)
    ]
    return [*values, len(told)]


def test_fractions_in_a_column_of_fractions(tmp_path: Path) -> None:
    """A column between 0 and 1 holds fractions: 0.98 is 98 %, with one warning."""
    assert rates(tmp_path, [0.98, "0.5", 1, 0, 0.07]) == [98, 50, 100, 0, 7, 1]


def test_small_percentages_in_a_column_of_percentages(tmp_path: Path) -> None:
    """Among larger numbers 0.5 is 0.5 %, with a warning for each such cell; 1 is 1 %."""
    assert rates(tmp_path, [0.5, 12, 1, 0, 0.25]) == [0.5, 12, 1, 0, 0.25, 2]


def test_ones_and_zeros_are_taken_as_they_stand(tmp_path: Path) -> None:
    """A column of 0 and 1 gives no evidence of fractions."""
    assert rates(tmp_path, [1, 0]) == [1, 0, 0]


def test_formatted_cells_say_nothing_about_bare_ones(tmp_path: Path) -> None:
    """A percentage format speaks for its own cell only."""
    found = rates(tmp_path, [0.98, 0.97, "96%"], {"旗县!C2": "0.0%"})
    assert found == [98, 97, 96, 1]


def test_fractions_are_not_scaled_out_of_range(tmp_path: Path) -> None:
    """0.5 cannot mean 50 % where no more than 5 % is allowed."""
    rows = [["代码", "年份", "辍学率"], ["150602", 2025, 0.5]]
    facts = read(workbook(tmp_path / "x.xlsx", {"旗县": rows}))
    assert reported(facts, COUNTY, "150602", 2025, "dropout") == 0.5
    assert kinds(facts) == ["fraction-in-percent-item"]


def test_wrong_cells_are_told_with_place_and_reason(tmp_path: Path) -> None:
    """An unusable cell is a problem that can be mended, and has its reason in the facts."""
    rows = [
        ["代码", "年份", "班级人数", "学段"],
        ["c1", 2025, 45.5, "小学"],
        ["c2", 2025, -3, "小学"],
        ["c3", 2025, "约45", "大学"],
    ]
    facts = read(workbook(tmp_path / "x.xlsx", {"班级": rows}))
    assert kinds(facts) == ["not-a-number", "not-whole", "out-of-range", "unknown-option"]
    problem = next(p for p in facts.problems if p.code == "out-of-range")
    assert (problem.sheet, problem.cell, problem.subject) == ("班级", "C3", "c2")
    assert (problem.year, problem.item) == (2025, "class_size")
    assert "不小于 0" in (problem.expected or "")
    assert str(reported(facts, Level.CLASS, "c1", 2025, "class_size")).startswith("C2：")
    assert str(reported(facts, Level.CLASS, "c3", 2025, "stage")).startswith("D4：")


def test_binary_noise_is_no_fraction(tmp_path: Path) -> None:
    """A whole number that arithmetic left a trace on is whole."""
    rows = [["代码", "年份", "班级人数"], ["c1", 2025, 45.00000000000001], ["c2", 2025, "1.2345万"]]
    facts = read(workbook(tmp_path / "x.xlsx", {"班级": rows}))
    assert reported(facts, Level.CLASS, "c1", 2025, "class_size") == 45
    assert reported(facts, Level.CLASS, "c2", 2025, "class_size") == 12345
    assert kinds(facts) == []
