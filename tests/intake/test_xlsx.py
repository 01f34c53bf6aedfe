"""Workbooks: sheets, headers, rows and formats as people make them."""

import datetime
from pathlib import Path

import openpyxl
import pytest

from dabiao.schemas.facts import Standing
from dabiao.schemas.level import Level
from tests.intake.submissions import Cells, Table, kinds, read, reported, source, workbook

CLASS, SCHOOL, COUNTY = Level.CLASS, Level.SCHOOL, Level.COUNTY
HEADER = ["代码", "名称", "上级代码", "年份", "班级人数", "学段"]


def classes(tmp_path: Path, *rows: Cells, header: Cells = HEADER) -> Path:
    """Write a workbook with one sheet of classes."""
    return workbook(tmp_path / "x.xlsx", {"班级": [header, *rows]})


def test_a_plain_workbook(tmp_path: Path) -> None:
    """Two sheets, nothing to complain about, every value traceable."""
    path = workbook(
        tmp_path / "x.xlsx",
        {
            "班级": [HEADER, ["c1", "一班", "s1", 2025, 45, "小学"]],
            "学校": [
                ["代码", "名称", "上级代码", "年份", "学生数", "有图书室"],
                ["s1", "第一小学", "150602", 2025, 800, "有"],
            ],
        },
    )
    facts = read(path)
    assert facts.problems == []
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45
    assert reported(facts, CLASS, "c1", 2025, "stage") == "小学"
    assert reported(facts, SCHOOL, "s1", 2025, "library") == 1
    assert source(facts, CLASS, "c1", "class_size") == "E2"
    assert facts.levels[COUNTY].names == ["东胜区"]
    assert facts.levels[COUNTY].standings == [Standing.NAMED]
    assert (facts.years(), facts.files[0].rows) == ([2025], 2)


def test_english_sheets_and_headers(tmp_path: Path) -> None:
    """Levels, fixed columns and items have English names and slugs."""
    rows: Table = [
        ["Code", "Name", "Parent", "Year", "class size", "stage"],
        ["c1", "A", "s1", 2025, 45, "小学"],
    ]
    facts = read(workbook(tmp_path / "x.xlsx", {"Classes": rows}))
    assert facts.problems == []
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45


def test_headers_below_titles_with_units_and_line_breaks(tmp_path: Path) -> None:
    """Titles stand above the header; units and breaks stand in it; blank rows lie between."""
    rows: Table = [
        ["东胜区教育支出情况表（2025年）"],
        [],
        ["单位：万元", None, None, "填报人：某某"],
        ["代 码", "年份", "教育\n支出（万元）", "教育收入 [亿元]", "*入学率（％）"],
        [],
        ["150602", 2025, 1.2, 0.5, 98],
    ]
    facts = read(workbook(tmp_path / "x.xlsx", {"旗县": rows}))
    assert facts.problems == []
    assert reported(facts, COUNTY, "150602", 2025, "spending") == 12000
    assert reported(facts, COUNTY, "150602", 2025, "income") == 5000
    assert source(facts, COUNTY, "150602", "spending") == "C6"


def test_unit_in_the_title(tmp_path: Path) -> None:
    """A title that states a unit speaks for the columns that state none, with a warning."""
    rows: Table = [
        ["填报单位：东胜区教育局", "单位：万元、人"],
        ["代码", "年份", "教育支出", "教育收入", "系数"],
        ["150602", 2025, 1.2, 0.5, 2],
    ]
    facts = read(workbook(tmp_path / "x.xlsx", {"旗县": rows}))
    assert [(p.code, p.cell) for p in facts.problems] == [("unit-in-title", "C2")]
    assert reported(facts, COUNTY, "150602", 2025, "spending") == 12000
    assert reported(facts, COUNTY, "150602", 2025, "income") == 0.5
    assert reported(facts, COUNTY, "150602", 2025, "coefficient") == 2


def test_unit_of_another_kind_in_the_header(tmp_path: Path) -> None:
    """A column in the wrong unit is one problem, and none of its cells is used."""
    rows: Table = [["代码", "年份", "教育支出（人）"], ["150602", 2025, 5], ["150603", 2025, None]]
    facts = read(workbook(tmp_path / "x.xlsx", {"旗县": rows}))
    assert kinds(facts) == ["wrong-unit"]
    assert facts.problems[0].cell == "C1"
    assert "单位 人" in str(reported(facts, COUNTY, "150602", 2025, "spending"))
    assert reported(facts, COUNTY, "150603", 2025, "spending") is None


def test_unknown_unit_in_the_header(tmp_path: Path) -> None:
    """A unit nobody knows is not taken for the item's."""
    rows: Table = [["代码", "年份", "教育支出（美元）", "入学率（必填）"], ["150602", 2025, 5, 98]]
    facts = read(workbook(tmp_path / "x.xlsx", {"旗县": rows}))
    assert kinds(facts) == ["wrong-unit"]
    assert reported(facts, COUNTY, "150602", 2025, "enrolment") == 98


def test_unknown_column(tmp_path: Path) -> None:
    """An unknown column is a warning that names the nearest."""
    path = classes(
        tmp_path, ["c1", "一班", "s1", 2025, 45, "小学", 3], header=[*HEADER, "班级人数数"]
    )
    (problem,) = read(path).problems
    assert (problem.code, problem.cell, problem.severity.value) == (
        "unknown-column",
        "G1",
        "warning",
    )
    assert "班级人数" in (problem.hint or "")


def test_duplicate_column(tmp_path: Path) -> None:
    """Two columns of one item: neither can be trusted."""
    header = ["代码", "年份", "班级人数", "班级人数（人）"]
    facts = read(classes(tmp_path, ["c1", 2025, 45, 46], ["c2", 2025, None, None], header=header))
    assert kinds(facts) == ["duplicate-column"]
    assert "C、D" in str(reported(facts, CLASS, "c1", 2025, "class_size"))
    assert reported(facts, CLASS, "c2", 2025, "class_size") is None


def test_column_without_header(tmp_path: Path) -> None:
    """Cells below no header are told once."""
    facts = read(
        classes(
            tmp_path,
            ["c1", "一班", "s1", 2025, 45, "小学", 7],
            ["c2", "", "s1", 2025, 4, "小学", 8],
        )
    )
    (problem,) = facts.problems
    assert (problem.code, problem.cell) == ("column-without-header", "G2")


def test_item_of_another_level(tmp_path: Path) -> None:
    """An item in the sheet of a level where it does not exist is told and not read."""
    rows: Table = [["代码", "年份", "班级人数", "学生数"], ["s1", 2025, 45, 800]]
    facts = read(workbook(tmp_path / "x.xlsx", {"学校": rows}))
    assert kinds(facts) == ["item-not-at-level"]
    assert list(facts.levels[SCHOOL].columns) == ["pupils"]


def test_sums_exist_above_their_lowest_level(tmp_path: Path) -> None:
    """An item that sums up may be reported by every level above."""
    rows: Table = [["代码", "年份", "学生数"], ["150600", 2025, 800]]
    facts = read(workbook(tmp_path / "x.xlsx", {"盟市": rows}))
    assert facts.problems == []
    assert reported(facts, Level.PREFECTURE, "150600", 2025, "pupils") == 800


def test_no_header(tmp_path: Path) -> None:
    """A sheet of a level without a column of codes is an error."""
    facts = read(workbook(tmp_path / "x.xlsx", {"学校": [["名称", "学生数"], ["一小", 5]]}))
    assert kinds(facts) == ["no-header"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (150692, "150692"),
        (150692.0, "150692"),
        ("150692", "150692"),
        (" 150692 ", "150692"),
        ("１５０６９２", "150692"),
        ("011301", "011301"),
        ("c-1", "c-1"),
        ("150692.0", "150692"),
    ],
    ids=repr,
)
def test_codes(tmp_path: Path, cell: object, code: str) -> None:
    """Codes arrive as numbers and texts; leading zeros of texts stay."""
    facts = read(classes(tmp_path, [cell, "一班", None, 2025, 45, "小学"]))
    assert (facts.problems, facts.levels[CLASS].codes) == ([], [code])


def test_codes_shown_with_leading_zeros(tmp_path: Path) -> None:
    """A number whose format fills it up with zeros is the code that people see."""
    rows: Table = [["代码", "年份", "班级人数"], [11301, 2025, 45]]
    facts = read(workbook(tmp_path / "x.xlsx", {"班级": rows}, {"班级!A2": "000000"}))
    assert facts.levels[CLASS].codes == ["011301"]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (1.5060200101030102e17, "code-lost-digits"),
        (-1, "bad-code"),
        (1.5, "bad-code"),
        (True, "bad-code"),
    ],
    ids=repr,
)
def test_bad_codes(tmp_path: Path, cell: object, kind: str) -> None:
    """A code that is none, or lost its digits, is told together with what is lost by it."""
    facts = read(classes(tmp_path, [cell, "一班", None, 2025, 45, "小学"]))
    (problem,) = facts.problems
    assert (problem.code, problem.cell) == (kind, "A2")
    assert "2 个数据" in problem.message


def test_row_of_a_form_that_nobody_filled(tmp_path: Path) -> None:
    """A row that holds no more than a parent and a year speaks of nobody."""
    facts = read(classes(tmp_path, [None, None, "s1", 2025, None, None]))
    assert (facts.problems, facts.levels) == ([], {})


def test_written_percent_sign(tmp_path: Path) -> None:
    """A number with a per cent sign behind it is as many per cent, small ones too."""
    rows: Table = [["代码", "年份", "入学率"], ["1", 2025, 98.5], ["2", 2025, 0.5], ["3", 2025, 1]]
    formats = {f"旗县!C{row}": 'General"%"' for row in (2, 3, 4)}
    facts = read(workbook(tmp_path / "x.xlsx", {"旗县": rows}, formats))
    assert kinds(facts) == []
    found = [reported(facts, COUNTY, code, 2025, "enrolment") for code in "123"]
    assert found == [98.5, 0.5, 1.0]


def test_missing_code(tmp_path: Path) -> None:
    """A row without a code is named, with the number of values that are lost."""
    facts = read(classes(tmp_path, [None, "一班", "s1", 2025, 45, "—"]))
    (problem,) = facts.problems
    assert (problem.code, problem.cell, problem.severity.value) == ("missing-code", "A2", "error")
    assert "一班" in problem.message
    assert "1 个数据" in problem.message


@pytest.mark.parametrize(
    "cell",
    [
        2025,
        "2025",
        "2025年",
        2025.0,
        "２０２５",
        datetime.date(2025, 9, 1),
        "2025-09-01",
        "2025年9月",
    ],
    ids=repr,
)
def test_years(tmp_path: Path, cell: object) -> None:
    """Years arrive as numbers, texts and dates."""
    facts = read(classes(tmp_path, ["c1", "一班", None, cell, 45, "小学"]))
    assert (facts.problems, facts.years()) == ([], [2025])


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (None, "missing-year"),
        ("—", "missing-year"),
        ("2024-2025学年", "school-year"),
        ("2024-2025", "school-year"),
        ("2024学年", "school-year"),
        (25, "bad-year"),
        (2025.5, "bad-year"),
        (1890, "bad-year"),
        (2101, "bad-year"),
        ("今年", "bad-year"),
        (datetime.date(1905, 7, 17), "bad-year"),
    ],
    ids=repr,
)
def test_bad_years(tmp_path: Path, cell: object, kind: str) -> None:
    """A row without a usable year is told; its subject stays known, so that it is not forgotten."""
    facts = read(classes(tmp_path, ["c1", "一班", None, cell, 45, "小学"]))
    (problem,) = facts.problems
    assert (problem.code, problem.cell, problem.subject) == (kind, "D2", "c1")
    assert "2 个数据" in problem.message
    assert facts.levels[CLASS].standings == [Standing.ROSTER]
    assert facts.years() == []


def test_no_column_of_years(tmp_path: Path) -> None:
    """A missing column of years is one problem, not one per row."""
    facts = read(classes(tmp_path, ["c1", 45], ["c2", 46], header=["代码", "班级人数"]))
    (problem,) = facts.problems
    assert problem.code == "no-year-column"
    assert "2 行" in problem.message
    assert facts.levels[CLASS].codes == ["c1", "c2"]


def test_totals_and_remarks_are_set_aside(tmp_path: Path) -> None:
    """Rows of totals and remarks below the table are warnings, not facts."""
    path = classes(
        tmp_path,
        ["c1", "一班", "s1", 2025, 45, "小学"],
        ["合 计", None, None, None, 45],
        [None, "总计", None, 2025, 45],
        ["小计", "", "", 2025, 45],
        ["注：数据截至学年初"],
        ["填报人：某某", None, "联系电话："],
    )
    facts = read(path)
    assert kinds(facts) == ["remark-row"] * 2 + ["totals-row"] * 3
    assert all(problem.severity.value == "warning" for problem in facts.problems)
    assert len(facts.levels[CLASS].subject) == 1


def test_totals_in_a_column_before_the_codes(tmp_path: Path) -> None:
    """合计 may stand in the column of serial numbers."""
    header = ["序号", "代码", "年份", "班级人数"]
    facts = read(classes(tmp_path, [1, "c1", 2025, 45], ["合计", None, None, 45], header=header))
    assert kinds(facts) == ["totals-row", "unknown-column"]


def test_blank_and_hidden_rows(tmp_path: Path) -> None:
    """Blank rows are nothing, hidden ones are read, and row numbers stay true."""
    path = classes(
        tmp_path,
        [],
        ["c1", "一班", None, 2025, 45, "小学"],
        [None, " "],
        ["c2", "", None, 2025, 46, "小学"],
    )
    book = openpyxl.load_workbook(path)
    book["班级"].row_dimensions[5].hidden = True
    book["班级"].column_dimensions["E"].hidden = True
    book.save(path)
    facts = read(path)
    assert facts.problems == []
    assert source(facts, CLASS, "c2", "class_size") == "E5"
    assert reported(facts, CLASS, "c2", 2025, "class_size") == 46


def test_repeated_header(tmp_path: Path) -> None:
    """A header that printing repeated is no row."""
    facts = read(
        classes(
            tmp_path, ["c1", "", None, 2025, 45, "小学"], HEADER, ["c2", "", None, 2025, 5, "小学"]
        )
    )
    assert (facts.problems, facts.levels[CLASS].codes) == ([], ["c1", "c2"])


def test_merged_header_of_two_rows(tmp_path: Path) -> None:
    """Group titles above the header are merged across; fixed columns are merged downwards."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "旗县"
    sheet.append(["代码", "名称", "年份", "教育", None, "入学率"])
    sheet.append([None, None, None, "支出（万元）", "收入", None])
    sheet.append(["150602", "东胜区", 2025, 1.2, 5, 98])
    for span in ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"):
        sheet.merge_cells(span)
    book.save(tmp_path / "x.xlsx")
    facts = read(tmp_path / "x.xlsx")
    assert facts.problems == []
    assert reported(facts, COUNTY, "150602", 2025, "spending") == 12000
    assert reported(facts, COUNTY, "150602", 2025, "income") == 5
    assert reported(facts, COUNTY, "150602", 2025, "enrolment") == 98


def test_group_titles_above_the_header(tmp_path: Path) -> None:
    """A group title in the row above the header joins the names below it."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "旗县"
    sheet.append([None, None, "教育", None])
    sheet.append(["代码", "年份", "支出", "收入"])
    sheet.append(["150602", 2025, 7, 5])
    sheet.merge_cells("C1:D1")
    book.save(tmp_path / "x.xlsx")
    facts = read(tmp_path / "x.xlsx")
    assert facts.problems == []
    assert reported(facts, COUNTY, "150602", 2025, "spending") == 7


def test_formats(tmp_path: Path) -> None:
    """Formats of per cents, dates and plain numbers are told apart."""
    rows: Table = [
        ["代码", "年份", "入学率", "教育支出", "系数", "班额"],
        ["150602", 2025, 0.98, 45000, 0.35, 1],
        ["150603", 2025, 0.97, 45000, 0.35, 1],
    ]
    formats = {
        "旗县!C2": "0.00%",
        "旗县!C3": "0%;[Red]-0%",
        "旗县!D2": 'yyyy"年"m"月"',
        "旗县!D3": '#,##0.00"元";[Red]-#,##0.00"元"',
        "旗县!E2": "0%",
        "旗县!E3": "General",
    }
    facts = read(workbook(tmp_path / "x.xlsx", {"旗县": rows}, formats))
    assert kinds(facts) == ["date-in-cell", "unknown-column"]
    assert reported(facts, COUNTY, "150602", 2025, "enrolment") == 98
    assert reported(facts, COUNTY, "150603", 2025, "enrolment") == 97
    assert "日期" in str(reported(facts, COUNTY, "150602", 2025, "spending"))
    assert reported(facts, COUNTY, "150603", 2025, "spending") == 45000
    assert reported(facts, COUNTY, "150602", 2025, "coefficient") == 0.35


def test_formulas(tmp_path: Path) -> None:
    """A formula counts by its saved value; without one it is a problem."""
    facts = read(classes(tmp_path, ["c1", "一班", None, 2025, "=40+5", "小学"]))
    (problem,) = facts.problems
    assert (problem.code, problem.cell) == ("formula-without-value", "E2")
    assert "公式" in str(reported(facts, CLASS, "c1", 2025, "class_size"))


def test_names_of_sheets(tmp_path: Path) -> None:
    """Notes are skipped, additions are understood with a warning, others are told."""
    rows: Table = [HEADER, ["c1", "一班", "s1", 2025, 45, "小学"]]
    path = workbook(
        tmp_path / "x.xlsx",
        {
            "填报说明": [["本表由学校填报"]],
            "班级（2025）": rows,
            "学校表": [["代码", "年份"], ["s1", 2025]],
            "学校数": [["代码", "年份"], ["s1", 2025]],
            "空白": [],
        },
    )
    facts = read(path)
    assert kinds(facts) == ["sheet-name", "sheet-name", "unknown-sheet"]
    assert "学校" in (facts.problems[-1].hint or "")
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45


def test_several_sheets_of_one_level(tmp_path: Path) -> None:
    """Several sheets may speak of one level, and one may continue the other."""
    path = workbook(
        tmp_path / "x.xlsx",
        {
            "班级": [["代码", "年份", "班级人数"], ["c1", 2025, 45]],
            "班级(2)": [["代码", "年份", "学段"], ["c1", 2025, "小学"]],
        },
    )
    facts = read(path)
    assert kinds(facts) == ["sheet-name"]
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45
    assert reported(facts, CLASS, "c1", 2025, "stage") == "小学"


def test_indicator_reported_directly(tmp_path: Path) -> None:
    """A computed measure may be reported too."""
    rows: Table = [["代码", "年份", "生均支出（万元/人）"], ["150602", 2025, 1.5]]
    facts = read(workbook(tmp_path / "x.xlsx", {"旗县": rows}))
    assert facts.problems == []
    assert reported(facts, COUNTY, "150602", 2025, "per_pupil") == 15000


def test_dates_of_1904(tmp_path: Path) -> None:
    """Workbooks that count days from 1904 give the same years."""
    book = openpyxl.Workbook()
    book.epoch = datetime.datetime(1904, 1, 1)  # noqa: DTZ001
    sheet = book.active
    assert sheet is not None
    sheet.title = "班级"
    sheet.append(["代码", "年份", "班级人数"])
    sheet.append(["c1", datetime.date(2025, 9, 1), 45])
    book.save(tmp_path / "x.xlsx")
    assert read(tmp_path / "x.xlsx").years() == [2025]


def test_parents_that_are_no_codes(tmp_path: Path) -> None:
    """A parent that cannot be read is told once per row, and the row is kept."""
    facts = read(classes(tmp_path, ["c1", "一班", 1.5, 2025, 45, "小学"]))
    (problem,) = facts.problems
    assert (problem.code, problem.cell) == ("bad-code", "C2")
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45


def test_fixed_columns_given_twice(tmp_path: Path) -> None:
    """Of two columns of codes the first is used, and the second is told."""
    facts = read(
        classes(tmp_path, ["c1", "x", 2025, 45], header=["代码", "班级代码", "年份", "班级人数"])
    )
    assert [(p.code, p.cell) for p in facts.problems] == [("duplicate-column", "B1")]
    assert facts.levels[CLASS].codes == ["c1"]


def test_hidden_lists_and_notes_with_additions(tmp_path: Path) -> None:
    """Hidden sheets of no level, and notes of any year, are nobody's loss."""
    path = workbook(
        tmp_path / "x.xlsx",
        {"班级": [HEADER], "内部": [["x"]], "填报说明（2025）": [["x"]], "说明2025年": [["x"]]},
    )
    book = openpyxl.load_workbook(path)
    book["内部"].sheet_state = "hidden"
    book.save(path)
    assert read(path).problems == []


def test_sheet_that_nobody_named(tmp_path: Path) -> None:
    """A sheet with the name it was born with is what its file is named after, with a warning."""
    rows: Table = [["代码", "年份", "班级人数"], ["c1", 2025, 45]]
    facts = read(workbook(tmp_path / "班级.xlsx", {"Sheet1": rows}))
    assert kinds(facts) == ["sheet-name"]
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45
    assert kinds(read(workbook(tmp_path / "x.xlsx", {"Sheet1": rows}))) == ["unknown-sheet"]
