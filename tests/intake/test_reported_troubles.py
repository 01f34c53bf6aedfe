"""Troubles that people report of spreadsheets and tables of text, rebuilt as returns of schools."""

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font, PatternFill

from dabiao.intake import read_facts
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from tests.intake.submissions import MEASURES, PLACES, Table, item, kinds, reported, workbook

SCHOOL = Level.SCHOOL
MORE = [
    item("专任教师数", "teachers", [SCHOOL], "人", ItemType.INTEGER),
    item("占地面积", "area", [SCHOOL], "平方米"),
    item("公用经费", "funds", [SCHOOL], "万元"),
]
ALL = MEASURES | {measure.slug: measure for measure in MORE}
HEADER = ["代码", "名称", "上级代码", "年份", "学生数", "专任教师数", "占地面积"]
ROWS: list[list[object]] = [
    [f"150602000{at}", f"第{at}小学", "150602", 2024, 300 + 37 * at, 20 + at, 5200.5 + at]
    for at in range(1, 6)
]
UPRIGHT: Table = [
    ["数据项", "填报值"],
    *zip(HEADER[:4], ROWS[0][:4], strict=True),
    ["学生数", 300],
]
SUM: list[object] = [sum(float(str(row[at])) for row in ROWS) for at in (4, 5, 6)]


def schools(
    folder: Path,
    rows: Sequence[Sequence[object]],
    header: Sequence[object] = HEADER,
    format_: str = "xlsx",
) -> Facts:
    """Read a table of schools."""
    if format_ == "xlsx":
        return read_facts([workbook(folder / "a.xlsx", {"学校": [header, *rows]})], ALL, PLACES)
    path = folder / "学校.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in [header, *rows]), "utf-8")
    return read_facts([path], ALL, PLACES)


def pupils(facts: Facts) -> list[object]:
    """Give what each school reports of its pupils."""
    return [reported(facts, SCHOOL, code, 2024, "pupils") for code in facts.levels[SCHOOL].codes]


@pytest.mark.parametrize(
    "row",
    [
        ["填表人：", None, None, "审核人：", None, None, "制表日期：2024-10-08"],
        ["填表人", "某某", None, "审核人", "某某", "报出日期", date(2024, 10, 8)],
        ["单位负责人：", None, "填表人：", None, "联系电话：", 8325566, None],
        ["单位（盖章）", None, None, None, "负责人签字：", None, "2024年  月  日"],
        [None, None, None, None, None, None, "2024年10月8日"],
        ["（以下空白）"],
    ],
    ids=["labels", "cells of their own", "a telephone", "seals", "a day", "the end"],
)
def test_footers(tmp_path: Path, row: list[object]) -> None:
    """Who filled a table in, and when, stands below it: noted, and no error."""
    facts = schools(tmp_path, [*ROWS, [], row])

    assert (kinds(facts), [note.code for note in facts.notes]) == ([], ["remark-row"])
    assert len(pupils(facts)) == len(ROWS)


def test_a_number_in_a_footer_is_not_lost_in_silence(tmp_path: Path) -> None:
    """A number that no label says to be a telephone's may be one that somebody reports."""
    facts = schools(tmp_path, [*ROWS, ["填表人", None, None, None, 300]])

    assert kinds(facts) == ["missing-year"]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["2.学生数不含附设班。"], "remark-row"),
        (["数据来源：统计台账"], "remark-row"),
        ([None, "* 在建"], "remark-row"),
        (["二、乡镇学校"], "remark-row"),
        ([None, "其中：民办", None, 2024, 30, 4], "totals-row"),
        (["比上年增减", None, None, None, -7, 1], "totals-row"),
        (["1506029999", "全区", "150602", 2024, *SUM], "totals-row"),
        (["1506029999", None, None, 2024, *SUM], "totals-row"),
        ([None, "第七小学"], "missing-code"),
    ],
)
def test_rows_about_nobody(tmp_path: Path, row: list[object], kind: str) -> None:
    """Remarks, headings, parts, changes and sums of the others are no schools, code or not."""
    facts = schools(tmp_path, [*ROWS[:3], *ROWS[3:], row])

    assert kinds(facts) == [kind]
    assert len(pupils(facts)) == len(ROWS)


def test_sums_that_are_schools(tmp_path: Path) -> None:
    """What a roster lists is a school, whatever its numbers; so is one that equals by chance."""
    large: list[object] = ["1506020009", "第九小学", "150602", 2024, *SUM]
    sheets: dict[str, Table] = {
        "学校": [HEADER, *ROWS, large],
        "名录": [["层级", "代码", "名称"], ["学校", *large[:2]]],
    }
    facts = read_facts([workbook(tmp_path / "a.xlsx", sheets)], ALL, PLACES)
    chance = schools(tmp_path, [*ROWS, [*large[:4], SUM[0], 999, SUM[2]]])

    assert "totals-row" not in kinds(facts) + kinds(chance)
    assert (len(pupils(facts)), len(pupils(chance))) == (6, 6)


@pytest.mark.parametrize(
    ("numbers", "expected", "told"),
    [
        (["300", "2.000", "45"], [300, (2, 2000), 45], ["ambiguous-point"]),
        (["2.000"], [(2, 2000)], ["ambiguous-point"]),
        (["300.000", "2.000", "45.000"], [300, 2, 45], []),
        (["300", "2.0", "0.000"], [300, 2, 0], []),
    ],
    ids=["among others", "alone", "all of them", "no groups"],
)
@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_points_of_thousands(
    tmp_path: Path, numbers: list[str], expected: list[object], told: list[str], format_: str
) -> None:
    """2.000 among whole numbers may be two or two thousand, but for where a program wrote all."""
    rows = [[*row[:4], number] for row, number in zip(ROWS, numbers, strict=False)]
    facts = schools(tmp_path, rows, HEADER[:5], format_)
    column = facts.levels[SCHOOL].columns["pupils"]

    assert kinds(facts) == told
    assert [
        column.possible.get(at, value) for at, value in enumerate(column.values.tolist())
    ] == expected


@pytest.mark.parametrize("other", ["98,5", "1.234.567", "1.234,5"])
def test_points_in_a_column_with_decimal_commas(tmp_path: Path, other: str) -> None:
    """Where others write decimal commas, the point of 1.234 is anybody's guess; 2.5 is not."""
    numbers = [other, "1.234", "2.5"]
    rows = [[*row[:4], number] for row, number in zip(ROWS, numbers, strict=False)]
    facts = schools(tmp_path, rows, [*HEADER[:4], "占地面积"])

    assert kinds(facts) == ["ambiguous-point", "not-a-number"]
    assert reported(facts, SCHOOL, "1506020003", 2024, "area") == 2.5


def test_sums_of_columns_with_points(tmp_path: Path) -> None:
    """Columns that a mapping adds up have no sum where one of the numbers has two readings."""
    (tmp_path / "m.yaml").write_text(
        "tables:\n- level: 学校\n  columns: {代码: 代码, 年份: 年份}\n  sums: {学生数: [男, 女]}\n",
        "utf-8",
    )
    path = tmp_path / "a.csv"
    path.write_text("代码,年份,男,女\ns1,2024,2.000,30\ns2,2024,20,30\n", "utf-8")
    facts = read_facts([path], ALL, PLACES, mapping=read_mapping(tmp_path / "m.yaml"))

    assert kinds(facts) == ["ambiguous-point"]
    assert reported(facts, SCHOOL, "s2", 2024, "pupils") == 50


def test_what_nobody_sees(tmp_path: Path) -> None:
    """White on white is read and warned about; white on blue is seen. So in a form for one."""
    path = workbook(tmp_path / "a.xlsx", {"学校": [HEADER, *ROWS]})
    book = openpyxl.load_workbook(path)
    sheet = book["学校"]
    sheet["E3"].font = sheet["F4"].font = Font(color="FFFFFFFF")
    sheet["G5"].font = Font(color=Color(theme=0))
    sheet["F4"].fill = PatternFill("solid", fgColor="FF1F4E78")
    sheet.row_dimensions[4].height = 0.25
    book.save(path)
    facts = read_facts([path], ALL, PLACES)
    form = workbook(tmp_path / "b.xlsx", {"学校": UPRIGHT})
    book = openpyxl.load_workbook(form)
    book["学校"]["B6"].font = Font(color="FFFFFFFF")
    book.save(form)

    assert [(each.code, each.cell) for each in facts.problems] == [("unseen-text", "E3+G5")]
    assert [(note.code, note.cell) for note in facts.notes] == [("hidden-rows", "第4行")]
    assert [each.cell for each in read_facts([form], ALL, PLACES).problems] == ["B6"]


def test_what_nobody_sees_in_the_colour_of_all_cells(tmp_path: Path) -> None:
    """The look of all cells of a workbook counts where a cell has no other."""
    path = workbook(tmp_path / "a.xlsx", {"学校": [HEADER, *ROWS]})
    book = openpyxl.load_workbook(path)
    vars(book)["_fonts"][0] = Font(color="FFFFFFFF")
    for cell in [each for row in book["学校"] for each in row if each.coordinate != "E3"]:
        cell.font = Font(color="FF000000")
    book.save(path)

    problems = read_facts([path], ALL, PLACES).problems
    assert [(each.code, each.cell) for each in problems] == [("unseen-text", "E3")]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("2024年学校情况表", "year-in-title"),
        ("落实《2020年教育督导意见》学校情况表", "no-year-column"),
        ("打印日期：2025年3月2日", "no-year-column"),
        ("鄂教发〔2020〕15号", "no-year-column"),
    ],
)
def test_years_in_titles(tmp_path: Path, title: str, told: str) -> None:
    """The year of a document that a title cites, or of its printing, is not the data's."""
    rows: list[list[object]] = [[], [*HEADER[:3], "学生数"], *([*row[:3], row[4]] for row in ROWS)]
    facts = schools(tmp_path, rows, [title])

    assert kinds(facts) == [told]


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("公用经费（万元）（必填）", "12.5", 12.5),
        ("公用经费（元）", "￥125,000", 12.5),
        ("公用经费", "RMB 12.5万", 12.5),
        ("占地面积（平米）", 5200, 5200),
        ("占地面积", "5200平方", 5200),
    ],
)
def test_units_and_marks_that_people_write(
    tmp_path: Path, header: str, cell: object, expected: float
) -> None:
    """Duties in brackets, signs of currencies and short names of units are read as meant."""
    facts = schools(tmp_path, [[*ROWS[0][:4], cell]], [*HEADER[:3], "年份（必填）", header])
    slug = "funds" if "经费" in header else "area"

    assert (kinds(facts), reported(facts, SCHOOL, "1506020001", 2024, slug)) == ([], expected)


@pytest.mark.parametrize("format_", ["xlsx", "csv"])
@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("公用经费", "¥12.50", (12.5, 0.00125)),
        ("公用经费（万元）", "￥125000", (125000.0, 12.5)),
        ("公用经费（元）", "¥125000.00", 12.5),
        ("公用经费", "¥125000元", 12.5),
        ("公用经费", "¥12.5万", 12.5),
        ("公用经费", "1.23E+05", "not-a-number"),
        ("公用经费", "1.234E+02", 123.4),
        ("公用经费", "1e5", 100000.0),
    ],
)
def test_numbers_as_cells_show_them(
    tmp_path: Path, header: str, cell: str, expected: object, format_: str
) -> None:
    """What shows a sign may be in the unit of its column or in 元; an E may have cost digits."""
    facts = schools(tmp_path, [[*ROWS[0][:4], cell]], [*HEADER[:4], header], format_)
    column = facts.levels[SCHOOL].columns["funds"]
    value = reported(facts, SCHOOL, "1506020001", 2024, "funds")

    assert kinds(facts) in ([], [expected], ["doubtful-unit"])
    assert expected in (column.possible.get(0), value, *kinds(facts))


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ("有图书室（是/否）", True),
        ("有图书室（有填1，无填0）", True),
        ("有图书室（必填）", True),
        ("有图书室（规划）", False),
        ("有图书室（2023年）", False),
        ("有图书室（1=否，0=是）", False),
        ("校名备注（撤并前）", False),
    ],
)
def test_brackets_behind_what_has_no_unit(tmp_path: Path, header: str, *, known: bool) -> None:
    """Brackets say how to write a yes or a choice, or they make another thing of it."""
    facts = schools(tmp_path, [[*ROWS[0][:4], "是"]], [*HEADER[:4], header])
    slug = "library" if "图书室" in header else "remark"

    assert (slug in facts.levels[SCHOOL].columns) is known
    assert kinds(facts) == [] if known else ["unknown-column"]


@pytest.mark.parametrize("first", [True, False])
def test_a_column_beside_one_of_another_year(tmp_path: Path, *, first: bool) -> None:
    """学生数（上年） beside 学生数 is no second column of it, whichever comes first."""
    names, numbers = ["学生数（上年）", "学生数"], [9, 337]
    order = names if first else names[::-1]
    cells = numbers if first else numbers[::-1]
    facts = schools(tmp_path, [[*ROWS[0][:4], *cells]], [*HEADER[:4], *order])

    assert kinds(facts) == ["unknown-column"]
    assert pupils(facts) == [337]


@pytest.mark.parametrize("code", ["3月1日", "2024/3/1", "3/1/2024", "1-Mar", "2024-03-01 00:00:00"])
def test_codes_that_a_spreadsheet_made_dates_of(tmp_path: Path, code: str) -> None:
    """A date in words, as files of text have it, is no code: what was typed is lost."""
    facts = schools(tmp_path, [[code, *ROWS[0][1:]]], format_="csv")

    assert (kinds(facts), SCHOOL in facts.levels) == (["date-in-cell"], False)


@pytest.mark.parametrize(
    ("code", "told", "hint"),
    [
        ("000000", "bad-code", "真正的代码"),
        (0, "bad-code", "真正的代码"),
        ("150602-0007", "odd-code", "是否为 1506020007"),
        ("No.1506020007", "odd-code", "是否为 1506020007"),
        ("1506020003-1506020005", "odd-code", "核对代码"),
        ("1506020007-", "odd-code", "是否为 1506020007"),
        ("T1506020007", "odd-code", "是否为 1506020007"),
        ("2024-03-01", "odd-code", "核对代码"),
        ("1506020001-2", None, ""),
    ],
)
def test_codes_that_hold_a_place_or_are_parted(
    tmp_path: Path, code: object, told: str | None, hint: str
) -> None:
    """Nobody's code is zeros; a code that is written in parts is no other one, unless of a part."""
    facts = schools(tmp_path, [*ROWS, [code, "第七小学", *ROWS[0][2:]]])

    assert [each.code for each in facts.problems] == ([] if told is None else [told])
    assert all(hint in (each.hint or "") for each in facts.problems)


def test_one_code_with_a_letter_for_a_digit_of_its_county(tmp_path: Path) -> None:
    """A letter within the code of the county gives a lone code away; one behind it may be meant."""
    lone = schools(tmp_path, [["15O6020001", *ROWS[0][1:]]])
    meant = schools(tmp_path, [["150602S001", *ROWS[0][1:]]])

    assert [each.hint for each in lone.problems] == ["是否为 1506020001"]
    assert kinds(meant) == []


@pytest.mark.parametrize(
    "name", ["填写示例", "例：第一小学", "第一小学（示例，请删除）", "示例小学", "××小学", "XX中学"]
)
def test_the_example_of_a_form(tmp_path: Path, name: str) -> None:
    """The example that a form came with is no school; a table of nothing else is meant so."""
    row: list[object] = ["1506020099", name, *ROWS[0][2:]]
    facts = schools(tmp_path, [row, *ROWS])
    every = schools(tmp_path, [[each[0], f"{each[1]}（示例）", *each[2:]] for each in ROWS])

    assert (kinds(facts), pupils(facts)) == (["remark-row"], [row[4] for row in ROWS])
    assert (kinds(every), pupils(every)) == ([], pupils(facts))


def rewritten(path: Path, old: str, new: str, part: str = "xl/worksheets/sheet1.xml") -> Path:
    """Change a part of a workbook as no program for workbooks would."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)
    return path


@pytest.mark.parametrize("span", ["E3:E4", "e3:e4", "$E$3:$E$4"])
@pytest.mark.parametrize("below", [411, None, 374])
def test_what_lies_below_merged_cells(tmp_path: Path, span: str, below: int | None) -> None:
    """What a merged cell covers is read, and told of unless it is what is seen."""
    rows = [row[:5] for row in ROWS]
    rows[2][4] = below
    path = workbook(tmp_path / "a.xlsx", {"学校": [HEADER[:5], *rows]})
    merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{span}"/></mergeCells>'
    facts = read_facts([rewritten(path, "</sheetData>", merged)], ALL, PLACES)
    told = {411: ["unseen-text"], None: ["merged-cells"] * 2, 374: []}

    assert kinds(facts) == told[below]
    assert (pupils(facts)[2] == below) is (below is not None)


def test_what_stands_twice_in_a_workbook(tmp_path: Path) -> None:
    """Of two cells of one address, or two parts of one name, nobody can say which holds."""
    cells, parts = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    for path in (cells, parts):
        workbook(path, {"学校": [HEADER[:5], ROWS[0][:5]]})
    rewritten(cells, '<c r="E2"', '<c r="E2"><v>9</v></c><c r="E2"')
    with zipfile.ZipFile(parts, "a") as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
        book.writestr("xl/worksheets/Sheet1.xml", sheet.replace(b"337", b"9"))

    for path, found in ((cells, "E2"), (parts, "Sheet1.xml")):
        (problem,) = read_facts([path], ALL, PLACES).problems
        assert (problem.code, found in problem.message) == ("file-damaged", True)


@pytest.mark.parametrize(
    ("cell", "told"),
    [(320000, ["doubtful-unit"]), ("320000万元", []), ("320000元", []), (3000, []), (20000, [])],
)
def test_one_amount_in_another_unit(tmp_path: Path, cell: object, told: list[str]) -> None:
    """An amount magnitudes from all others, but not in 元, has two readings unless it says so."""
    amounts: list[object] = [30, 28, 45.5, 33, cell]
    rows = [[*row[:4], amount] for row, amount in zip(ROWS, amounts, strict=True)]
    facts = schools(tmp_path, rows, [*HEADER[:4], "公用经费"])
    possible = facts.levels[SCHOOL].columns["funds"].possible

    assert kinds(facts) == told
    assert possible == ({4: (320000.0, 32.0)} if told else {})


def test_counties_in_the_table_of_schools(tmp_path: Path) -> None:
    """Codes of known places of another level are told, though no other table has them."""
    facts = schools(tmp_path, [["150602", "东胜区", "150600", 2024, 30000, 2000, 9]])

    assert [(each.code, each.cell) for each in facts.problems] == [("code-at-two-levels", "A2")]


@pytest.mark.parametrize(
    ("units", "told"),
    [
        (["万元", "元", "万元"], ["unknown-column", "wrong-unit"]),
        (["万元"] * 3, ["unknown-column"]),
        (["第一小学", "教育局", "万元小学"], ["unknown-column"]),
    ],
    ids=["two", "one", "offices"],
)
def test_units_row_by_row(tmp_path: Path, units: list[str], told: list[str]) -> None:
    """Numbers whose unit stands in a column of its own, another one per row, are not used."""
    rows = [[*row[:4], 30, each] for row, each in zip(ROWS, units, strict=False)]
    facts = schools(tmp_path, rows, [*HEADER[:4], "公用经费", "单位"])
    found = reported(facts, SCHOOL, "1506020001", 2024, "funds")

    assert kinds(facts) == told
    assert isinstance(found, str) == ("wrong-unit" in told)


def test_one_area_in_mu(tmp_path: Path) -> None:
    """So has an area that is among the others in 亩."""
    facts = schools(tmp_path, [*ROWS[:4], [*ROWS[4][:6], 9.6]])

    assert kinds(facts) == ["doubtful-unit"]
    assert facts.levels[SCHOOL].columns["area"].possible == {4: (9.6, 6400.0)}


@pytest.mark.parametrize("name", ["第五小学（已撤并）", "第五小学(2023年并入第一小学)"])
def test_names_that_say_closed(tmp_path: Path, name: str) -> None:
    """A school whose name says that it is closed is told of, but for one that a roster lists."""
    row: list[object] = [*ROWS[4][:1], name, *ROWS[4][2:]]
    told = schools(tmp_path, [*ROWS[:4], row])
    listed: list[object] = ["学校", *row[:2], 2023]
    sheets: dict[str, Table] = {
        "学校": [HEADER, *ROWS[:4], row],
        "名录": [["层级", "代码", "名称", "停办年份"], listed],
    }
    known = read_facts([workbook(tmp_path / "b.xlsx", sheets)], ALL, PLACES)

    assert [(each.code, each.cell) for each in told.problems] == [("closed-by-name", "B6")]
    assert "closed-by-name" not in kinds(known)


def test_comments_on_a_form_for_one(tmp_path: Path) -> None:
    """A comment on an upright form is told at its own cell."""
    path = workbook(tmp_path / "a.xlsx", {"学校": UPRIGHT})
    book = openpyxl.load_workbook(path)
    book["学校"]["B6"].comment = Comment("应为 310", "")
    book.save(path)

    assert [(each.code, each.cell) for each in read_facts([path], ALL, PLACES).problems] == [
        ("comment-on-cell", "B6")
    ]


@pytest.mark.parametrize(("how", "told"), [('calcMode="manual"', True), ('calcMode="auto"', False)])
def test_formulas_that_nobody_had_computed(tmp_path: Path, how: str, told: bool) -> None:  # noqa: FBT001
    """Where formulas are computed only on request, what they hold may be old: outdated-formula."""
    path = workbook(tmp_path / "a.xlsx", {"学校": [HEADER, *ROWS]})
    count = str(ROWS[0][4])
    rewritten(path, f"<v>{count}</v>", f"<f>400+{int(count) - 400}</f><v>{count}</v>")
    rewritten(path, "calcId=", f"{how} calcId=", "xl/workbook.xml")
    facts = read_facts([path], ALL, PLACES)

    assert [(each.code, each.cell) for each in facts.problems] == [
        ("outdated-formula", "E2")
    ] * told
    assert pupils(facts) == [row[4] for row in ROWS]
