"""Tables as people really send them: what is read, what is told, and what is noted, in each."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from dabiao.intake import Limits, read_facts
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from tests.intake.submissions import MEASURES, PLACES, Table, item, kinds, reported

COUNTY, SCHOOL = Level.COUNTY, Level.SCHOOL
_MORE = [
    item("小学班级数", "primary_classes", [COUNTY], "个", ItemType.INTEGER),
    item("班级数", "classes", [COUNTY], "个", ItemType.INTEGER),
    item("小学学生数", "primary_pupils", [COUNTY], "人", ItemType.INTEGER),
    item("女生数", "girls", [SCHOOL], "人", ItemType.INTEGER),
]
ALL = MEASURES | {measure.slug: measure for measure in _MORE}
HEADER = ["代码", "名称", "上级代码", "年份", "学生数"]
FIRST: list[object] = ["s1", "一小", "150602", 2025, 300]
SECOND: list[object] = ["s2", "二小", "150602", 2025, 10]
CLASS_ROW: list[object] = ["c1", "一班", "s1", 2025, 45]
GOT = {"s1.pupils": 300.0}
BOTH = {"s1.pupils": 300.0, "s2.pupils": 10.0}
REFUSED = "refused"


def read(path: Path) -> Facts:
    """Read a file with the measures of this module."""
    return read_facts([path], ALL, PLACES)


def found(facts: Facts, address: str) -> object:
    """Give the value of ``code.item``; ``REFUSED`` for a cell that could not be used."""
    code, _, slug = address.partition(".")
    for level in facts.levels:
        value = reported(facts, level, code, 2025, slug)
        if value is not None:
            return REFUSED if isinstance(value, str) else value
    return None


def book(
    path: Path,
    sheets: Mapping[str, Table],
    merged: Sequence[str] = (),
    change: Callable[[openpyxl.Workbook], None] | None = None,
) -> Path:
    """Write a workbook; ``merged`` is about its only sheet."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for span in merged:
            sheet.merge_cells(span)
    if change is not None:
        change(made)
    made.save(path)
    return path


def schools(*rows: Sequence[object]) -> dict[str, Table]:
    """Give the sheet of schools."""
    return {"学校": rows}


@pytest.mark.parametrize(
    ("rows", "problems", "notes", "values"),
    [
        ([["东胜区学校情况表"], ["填报单位：教育局"], [], HEADER, FIRST], [], ["title-rows"], GOT),
        ([HEADER, [None, None, None, None, "人"], FIRST], [], [], GOT),
        ([HEADER, ["计量单位", None, None, None, "（人）"], FIRST], [], [], GOT),
        ([HEADER, ["甲", "乙", "丙", "丁", 1], FIRST], [], ["numbering-row"], GOT),
        ([HEADER, [1, 2, 3, 4, "5=6+7"], FIRST], [], ["numbering-row"], GOT),
        ([[None, "代码", None, "年份", "学生数"], [None, "s1", None, 2025, 300]], [], [], GOT),
        ([["学校标识码", "学校名称", "年份", "学生数"], ["s1", "一小", 2025, 300]], [], [], GOT),
        ([["学校（机构）代码", "年份", "学生数"], ["s1", 2025, 300]], [], [], GOT),
        ([HEADER, FIRST, HEADER, SECOND], [], ["repeated-header"], BOTH),
        (
            [HEADER, FIRST, [], ["代码", "名称", "上级代码", "年份", "女生数"], [*FIRST[:4], 140]],
            ["another-table"],
            [],
            {**GOT, "s1.girls": None},
        ),
        (
            [HEADER, FIRST, ["班级代码", "班级名称", "上级代码", "年份", "班级人数"], CLASS_ROW],
            ["another-table"],
            [],
            GOT,
        ),
        ([HEADER, FIRST, [None, None, "150602"]], [], [], GOT),
        ([HEADER, ["s1", "=1+1", "150602", 2025, 300]], ["formula-without-value"], [], GOT),
        ([HEADER], [], ["nothing-read"], {}),
    ],
    ids=[
        "titles",
        "units below",
        "labelled units below",
        "numbering",
        "numbering with sums",
        "blank columns",
        "identifier",
        "institution",
        "repeated header",
        "second table",
        "second table of another level",
        "parent alone",
        "name without a value",
        "header alone",
    ],
)
def test_rows_around_the_data(
    tmp_path: Path,
    rows: Table,
    problems: list[str],
    notes: list[str],
    values: dict[str, object],
) -> None:
    """What is no row of facts is recognised and told."""
    facts = read(book(tmp_path / "x.xlsx", schools(*rows)))
    assert (kinds(facts), [note.code for note in facts.notes]) == (problems, notes)
    assert {address: found(facts, address) for address in values} == values


@pytest.mark.parametrize("below", [True, False])
def test_a_header_in_two_languages(tmp_path: Path, *, below: bool) -> None:
    """Right below the header it may be said again in English; further down a table begins."""
    english: list[object] = ["code", "name", "parent", "year", "pupils"]
    data: Table = [FIRST, SECOND, FIRST]
    rows: Table = [english, *data[:2]] if below else [*data, english, SECOND]
    facts = read(book(tmp_path / "x.xlsx", schools(HEADER, *rows)))

    assert ("another-table" in kinds(facts)) is not below
    assert found(facts, "s1.pupils") == 300
    assert [note.code for note in facts.notes] == ["repeated-header"] * below


@pytest.mark.parametrize("word", ["合计", "小 计", "全旗合计：", "总计", "平均", "平均值", "Total"])
@pytest.mark.parametrize(
    "row",
    [[None, "?", None, 2025, 9], ["?", None, None, None, 9], ["150602", "?", None, 2025, 9]],
    ids=["as name", "as code", "with a code"],
)
def test_totals(tmp_path: Path, word: str, row: list[object]) -> None:
    """A row of totals is set aside, even where it has the code of the place above."""
    total = [word if cell == "?" else cell for cell in row]
    facts = read(book(tmp_path / "x.xlsx", schools(HEADER, total, FIRST)))
    assert kinds(facts) == ["totals-row"]
    assert facts.problems[0].cell == "第2行"
    assert facts.levels[SCHOOL].codes == ["s1"]


PLAIN: Table = [["代码", "学生数"], ["s1", 300]]


@pytest.mark.parametrize(
    ("file", "sheet", "rows", "problems", "value"),
    [
        ("x.xlsx", "学校", [["2025年学校情况表"], *PLAIN], ["year-in-title"], 300.0),
        ("x.xlsx", "学校2025", PLAIN, ["sheet-name", "year-in-title"], 300.0),
        ("x.xlsx", "2025年学校", PLAIN, ["sheet-name", "year-in-title"], 300.0),
        ("东胜区2025年.xlsx", "学校", PLAIN, ["year-in-title"], 300.0),
        ("x.xlsx", "学校", [["2024年和2025年情况"], *PLAIN], ["no-year-column"], None),
        ("x.xlsx", "学校", [["2024—2025学年初情况"], *PLAIN], ["no-year-column"], None),
        ("2024年.xlsx", "学校", [["2025年情况"], *PLAIN], ["no-year-column"], None),
        ("150602-20250901.xlsx", "学校", PLAIN, ["no-year-column"], None),
    ],
    ids=["title", "sheet", "before", "file", "two years", "school year", "contradiction", "date"],
)
def test_year_outside_of_a_column(  # noqa: PLR0917 - a table with as many columns
    tmp_path: Path,
    file: str,
    sheet: str,
    rows: Table,
    problems: list[str],
    value: float | None,
) -> None:
    """A year in a name or title is taken with a warning, unless there is any doubt."""
    facts = read(book(tmp_path / file, {sheet: rows}))
    assert kinds(facts) == problems
    assert found(facts, "s1.pupils") == value


@pytest.mark.parametrize(
    ("rows", "merged", "problems", "values"),
    [
        (
            [["代码", "年份", "小学", None], [None, None, "班级数", "学生数"], [1, 2025, 12, 300]],
            ["A1:A2", "B1:B2", "C1:D1"],
            [],
            {"1.primary_classes": 12.0, "1.primary_pupils": 300.0, "1.pupils": None},
        ),
        (
            [["代码", "年份", "初中", None], [None, None, "班级数", "学生数"], [1, 2025, 12, 300]],
            ["A1:A2", "B1:B2", "C1:D1"],
            ["unknown-column"] * 2,
            {"1.classes": None, "1.pupils": None},
        ),
        (
            [["代码", "年份", "规模", None], [None, None, "班级数", "学生数"], [1, 2025, 12, 300]],
            ["A1:A2", "B1:B2", "C1:D1"],
            [],
            {"1.classes": 12.0, "1.pupils": 300.0},
        ),
        (
            [
                ["代码", "年份", "规模", None],
                [None, None, "其中：小学阶段", None],
                [None, None, "班级数", "学生数"],
                [1, 2025, 12, 300],
            ],
            ["A1:A3", "B1:B3", "C1:D1", "C2:D2"],
            ["unknown-column"] * 2,
            {"1.classes": None, "1.pupils": None},
        ),
        (
            [
                ["代码", "年份", "规模", None],
                [None, None, "小学", None],
                [None, None, "班级数", "学生数"],
                [1, 2025, 12, 300],
            ],
            ["A1:A3", "B1:B3", "C1:D1", "C2:D2"],
            [],
            {"1.primary_classes": 12.0, "1.primary_pupils": 300.0},
        ),
        (
            [["代码", "年份", "学生数", None], [None, None, "计", "女"], [1, 2025, 300, 140]],
            ["A1:A2", "B1:B2", "C1:D1"],
            ["unknown-column"],
            {"1.pupils": 300.0},
        ),
        (
            [["代码", "年份", "学生数", None], [None, None, "女", "男"], [1, 2025, 140, 160]],
            ["A1:A2", "B1:B2", "C1:D1"],
            ["unknown-column"] * 2,
            {"1.pupils": None},
        ),
        *(
            (
                [["代码", "年份", title, None], [None, None, "班级数", "学生数"], [1, 2025, 12, 9]],
                ["A1:A2", "B1:B2", "C1:D1"],
                ["unknown-column"] * 2,
                {"1.classes": None, "1.pupils": None},
            )
            for title in ("上年", 2024, "计划数", "其中：女", "民办", "全国平均", "Last year")
        ),
        (
            [[None, None, "上年", None], ["代码", "年份", "班级数", "学生数"], [1, 2025, 12, 9]],
            [],
            ["unknown-column"] * 2,
            {"1.classes": None, "1.pupils": None},
        ),
        (
            [
                [None, None, "2025年度", None],
                ["代码", "年份", "班级数", "学生数"],
                [1, 2025, 12, 9],
            ],
            [],
            [],
            {"1.classes": 12.0, "1.pupils": 9.0},
        ),
        (
            [["代码", "年份", "教育支出"], [None, None, "万元"], [1, 2025, 1.2]],
            ["A1:A2", "B1:B2"],
            [],
            {"1.spending": 12000.0},
        ),
        *(
            (
                [
                    ["2025年基本信息", None, title],
                    ["代码", "年份", "班级数", "学生数"],
                    [1, 2025, 12, 9],
                ],
                merged,
                told,
                dict.fromkeys(("1.classes", "1.pupils")) if told else {"1.classes": 12.0},
            )
            for title, merged, told in (
                ("上年数", ["A1:B1", "C1:D1"], ["unknown-column"] * 2),
                ("其中：女", ["A1:B1", "C1:D1"], ["unknown-column"] * 2),
                ("计划数", [], ["unknown-column"] * 2),
                ("办学条件", ["A1:B1", "C1:D1"], []),
                ("单位：人", ["A1:B1", "C1:D1"], []),
            )
        ),
        (
            [
                ["代码", "年份", "班级", None, "学生数"],
                [None, None, "班级数", "小学班级数", "上年"],
                [1, 2025, 12, 4, 9],
            ],
            ["C1:D1"],
            ["unknown-column"],
            {"1.classes": 12.0, "1.primary_classes": 4.0, "1.pupils": None},
        ),
        (
            [["代码", "年份", "班级数", "学生数"], [None, None, "本年", "上年"], [1, 2025, 12, 9]],
            [],
            ["unknown-column"],
            {"1.classes": 12.0, "1.pupils": None},
        ),
    ],
    ids=[
        "joined",
        "narrowed",
        "neutral",
        "narrowed by half",
        "three rows",
        "whole of a group",
        "parts of a group",
        *("last year", "a year", "planned", "of these", "private", "elsewhere", "English"),
        "not merged",
        "the year of the table",
        "unit below",
        *(
            f"beside what stands over the codes: {at}"
            for at in ("year", "part", "plan", "", "unit")
        ),
        "one name below one title",
        "another year below",
    ],
)
def test_headers_of_several_rows(
    tmp_path: Path,
    rows: Table,
    merged: list[str],
    problems: list[str],
    values: dict[str, object],
) -> None:
    """A group title joins the names below it, and is never dropped where it narrows them."""
    facts = read(book(tmp_path / "x.xlsx", {"旗县": rows}, merged))
    assert kinds(facts) == problems
    assert {address: found(facts, address) for address in values} == values


@pytest.mark.parametrize(("title", "noted"), [("幼儿园", ["C2+D2"]), ("办学条件", [])])
def test_titles_that_are_left_out(tmp_path: Path, title: str, noted: list[str]) -> None:
    """What a title says and the names below do not is noted, unless it only sorts them."""
    rows: Table = [
        ["代码", "年份", title, None],
        [None, None, "班级数", "学生数"],
        [1, 2025, 12, 300],
    ]
    facts = read(book(tmp_path / "x.xlsx", {"旗县": rows}, ["A1:A2", "B1:B2", "C1:D1"]))

    assert [note.cell for note in facts.notes if note.code == "group-title"] == noted
    assert (found(facts, "1.classes"), found(facts, "1.pupils")) == (12, 300)


def test_what_is_hidden_is_read_and_noted(tmp_path: Path) -> None:
    """Hidden rows, columns and sheets are read like others, and a note says so."""

    def hide(made: openpyxl.Workbook) -> None:
        sheet = made["学校"]
        sheet.sheet_state = "hidden"
        sheet.row_dimensions[3].hidden = sheet.column_dimensions["E"].hidden = True
        sheet.auto_filter.ref = "A1:E3"

    sheets = {**schools(HEADER, FIRST, SECOND), "填报说明": [["如实填报"]]}
    facts = read(book(tmp_path / "x.xlsx", sheets, change=hide))
    assert facts.problems == []
    told = {note.code: note.cell for note in facts.notes}
    assert told == {
        "hidden-sheet": None,
        "hidden-rows": "第3行",
        "hidden-columns": "E",
    }
    assert found(facts, "s2.pupils") == 10


@pytest.mark.parametrize("name", ["学校（小学）", "学校-小学", "学校2", " 学校 (2)"])
def test_several_sheets_of_one_level(tmp_path: Path, name: str) -> None:
    """A sheet may carry an addition to the name of its level."""
    sheets: dict[str, Table] = {"学校 ": [HEADER, FIRST], name: [HEADER, SECOND]}
    facts = read(book(tmp_path / "x.xlsx", sheets))
    assert kinds(facts) == ["sheet-name"]
    assert (found(facts, "s1.pupils"), found(facts, "s2.pupils")) == (300, 10)


@pytest.mark.parametrize("name", ["Sheet1", "东胜区", "学校（东胜区）2025年", "上报-终稿(2)"])
def test_forms_whose_sheet_was_renamed(tmp_path: Path, name: str) -> None:
    """The title of a form still says of which level it is, whatever its sheet is called."""
    rows: Table = [["东胜区　2025年填报表：学校"], *PLAIN]
    facts = read(book(tmp_path / "x.xlsx", {name: rows}))
    assert kinds(facts) == ["sheet-name", "year-in-title"]
    assert found(facts, "s1.pupils") == 300


def test_sheet_named_by_its_year(tmp_path: Path) -> None:
    """Where the sheet says the year, the file says the level."""
    facts = read(book(tmp_path / "学校.xlsx", {"2025年": PLAIN}))
    assert kinds(facts) == ["sheet-name", "year-in-title"]
    assert found(facts, "s1.pupils") == 300


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("45 人", 45.0),
        ("１，２３４", 1234.0),
        ("1.2万人", 12000.0),
        ("45\u00a0", 45.0),
        ("(1,234)", "not-a-number"),
        ("约45", "not-a-number"),
        (">45", "not-a-number"),
        ("45-50", "not-a-number"),
        ("3-5", "date-in-cell"),
        ("百分之九十八", "not-a-number"),
        ("45+3", "not-a-number"),
        ("5e302", "out-of-range"),
        (5e302, "out-of-range"),
        (1e15, "out-of-range"),
        (999999999999999, 999999999999999.0),
        (datetime.date(2025, 3, 5), "date-in-cell"),
    ],
    ids=str,
)
def test_cells(tmp_path: Path, cell: object, expected: object) -> None:
    """A number is read however it is written; whatever is not one number is refused."""
    facts = read(book(tmp_path / "x.xlsx", schools(HEADER, [*FIRST[:4], cell])))
    value = found(facts, "s1.pupils")
    assert [value] == [expected] if isinstance(expected, float) else kinds(facts) == [expected]
    assert (value == REFUSED) == isinstance(expected, str)


def test_formulas_that_were_never_computed(tmp_path: Path) -> None:
    """Some programs write 0 for a formula and leave it to Excel; 0 is not taken for its value."""
    with xlsxwriter.Workbook(tmp_path / "x.xlsx") as made:
        sheet = made.add_worksheet("学校")
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, FIRST[:4])
        sheet.write_formula(1, 4, "=100+200")
        sheet.write_row(2, 0, SECOND[:4])
        sheet.write_formula(2, 4, "=4+6", value=10)
    facts = read(tmp_path / "x.xlsx")
    assert kinds(facts) == ["formula-without-value"]
    assert (found(facts, "s1.pupils"), found(facts, "s2.pupils")) == (REFUSED, 10)


def test_table_that_is_wrong_nearly_everywhere(tmp_path: Path) -> None:
    """A table of nothing but wrong cells is refused as a whole; other sheets are read."""
    wrong = [[f"s{at}", "", "150602", 2025, "约5"] for at in range(30)]
    sheets: dict[str, Table] = {"学校": [HEADER, *wrong], "学校2": [HEADER, FIRST]}
    path = book(tmp_path / "x.xlsx", sheets)
    facts = read_facts([path], ALL, PLACES, limits=Limits(unusable=20))
    refused = [problem for problem in facts.problems if problem.code == "hardly-usable"]
    assert [problem.sheet for problem in refused] == ["学校"]
    assert found(facts, "s1.pupils") == 300


BESIDE = ["代码", "名称", "上级代码", "年份", "学生数", "有图书室"]
IN_PLACE: list[object] = ["1506020010", "一小", "150602", 2025, 900, "是"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            ["1506020011", "二小", "150602", 2025, 7, 300, "否"],
            [None, ["column-without-header", "ragged-row"]],
        ),
        (
            ["1506020011", "二小", "150602", 2025, 300, "否", "已核"],
            [300, ["column-without-header"]],
        ),
        (["1506020011", "二小", "150602", 2025, "约300", "否"], [None, ["not-a-number"]]),
    ],
    ids=["shifted", "a remark beside it", "a bad cell"],
)
def test_a_row_of_a_workbook_that_is_shifted(
    tmp_path: Path, row: list[object], expected: list[object]
) -> None:
    """A row that goes beyond the header and does not fit it is not used; a remark moves nothing."""
    others = [
        ["15060200" + str(at), f"校{at}", "150602", 2025, 100 + at, "是"] for at in (20, 21, 22)
    ]
    facts = read(book(tmp_path / "x.xlsx", {"学校": [BESIDE, IN_PLACE, row, *others]}))
    value = found(facts, "1506020011.pupils")

    assert [None if value == REFUSED else value, kinds(facts)] == expected
    assert found(facts, "1506020010.pupils") == 900
