"""What a cell shows counts: marks beside digits, struck and raised text, words of formats."""

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from dabiao.intake.cells.identity_cells import read_code, read_year
from dabiao.intake.cells.item_cells import (
    CellNumber,
    ColumnReading,
    read_boolean,
    read_number,
    read_text,
)
from dabiao.intake.cells.unusable import Unusable
from dabiao.intake.formats.xlsx.printed import wording
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.schemas.facts import Facts
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.level import Level
from dabiao.schemas.marks import marks
from dabiao.schemas.measure import Item
from tests.intake.submissions import MEASURES, Table, item, kinds, read, reported, workbook

HEADER = ["代码", "名称", "上级代码", "年份", "学生数", "有图书室", "校名备注"]
CODE = "1506020001"
MARKS = "①⑴⒈²₂³½¼㊿❶➀🄀Ⅳⅳ㈠㏠㋀𝟒⁻ⓐª"


def reading(slug: str, unit: str | None = None) -> ColumnReading:
    """Read cells of an item."""
    measure = MEASURES[slug]
    assert isinstance(measure, Item)
    return ColumnReading(measure, unit)


def kind(found: object) -> object:
    """Give the kind of a problem."""
    return found.code if isinstance(found, Unusable) else found


@pytest.mark.parametrize("mark", MARKS)
def test_marks_are_no_digits(mark: str) -> None:
    """A mark beside digits or alone makes no number, code, year or yes of a cell, and is named."""
    for cell in (f"45{mark}", f"{mark}45", f"4{mark}5", mark):
        found = read_number(cell, reading("pupils"))
        assert isinstance(found, Unusable), cell
        assert found.code == "not-a-number"
        assert mark in found.message
        assert mark in (found.hint or "")
    for other in (read_code(f"150602{mark}"), read_code(mark), read_year(f"2024{mark}")):
        assert isinstance(other, Unusable)
        assert mark in (other.hint or "")
    assert kind(read_boolean(mark, reading("library"))) == "not-a-boolean"
    assert kind(read_boolean(f"1{mark}", reading("library"))) == "not-a-boolean"
    assert kind(read_text(f"小学{mark}", reading("stage"))) == "unknown-option"
    assert kind(read_number(f"98{mark}%", reading("enrolment"))) == "not-a-number"
    assert kind(read_number(f"98%{mark}", reading("enrolment"))) == "not-a-number"


@pytest.mark.parametrize("sign", "*＊※†‡")
def test_signs_of_notes_are_in_no_code(sign: str) -> None:
    """A code with the sign of a note is nobody's, even where no other code stands beside it."""
    found = read_code(f"1506020001{sign}")
    assert isinstance(found, Unusable)
    assert sign in (found.hint or "")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("１２３", "123"),
        ("１，２３４．５％", "1,234.5%"),
        ("ＡＢ", "AB"),
        ("90㎡", "90m2"),
        ("90m²", "90m2"),
        ("90 km²", "90 km2"),
        ("二〇二四", "二〇二四"),
        ("℃", "°C"),
    ],
    ids=repr,
)
def test_width_is_folded(text: str, plain: str) -> None:
    """Full-width digits, letters and punctuation are read, and so are the units of areas."""
    assert fold(text) == plain
    assert not marks(fold(text))


def test_areas_are_read() -> None:
    """An exponent behind a metre is a part of the unit, and a mark anywhere else."""
    area = item("校舍面积", "area", [Level.SCHOOL], "平方米")
    found = [read_number(cell, ColumnReading(area)) for cell in ("90㎡", "90m²", "90²m", "90²")]
    assert [each.value if isinstance(each, CellNumber) else kind(each) for each in found] == [
        90,
        90,
        "not-a-number",
        "not-a-number",
    ]


@pytest.mark.parametrize("format_", ["csv", "json", "xlsx"])
def test_marks_in_every_format(tmp_path: Path, format_: str) -> None:
    """A marked code is nobody's, a marked year none, a marked number none, wherever it stands."""
    rows = [
        [CODE, "甲校", "150602", "2024", "45①", "是", ""],
        ["1506020002③", "乙校", "150602", "2024", "99", "是", ""],
        ["1506020003", "丙校", "150602", "2024²", "99", "是", ""],
        ["1506020004", "丁校", "15060②", "2024", "45", "是", ""],
    ]
    path = tmp_path / f"学校.{format_}"
    if format_ == "xlsx":
        workbook(path, {"学校": [HEADER, *rows]})
    elif format_ == "csv":
        path.write_text("\n".join(",".join(row) for row in [HEADER, *rows]), encoding="utf-8")
    else:
        told = [dict(zip(HEADER, row, strict=True)) for row in rows]
        path.write_text(json.dumps({"学校": told}, ensure_ascii=False), encoding="utf-8")
    facts = read(path)
    school = facts.levels[Level.SCHOOL]
    assert "1506020002③" not in school.codes
    assert "15060200023" not in school.codes
    assert "45①" in str(reported(facts, Level.SCHOOL, CODE, 2024, "pupils"))
    assert reported(facts, Level.SCHOOL, "1506020004", 2024, "pupils") == 45
    assert school.parents[school.codes.index("1506020004")] is None
    assert kinds(facts).count("bad-code") == 2
    assert {"not-a-number", "bad-year"} <= set(kinds(facts))


def test_marks_in_mapped_tables(tmp_path: Path) -> None:
    """A code that is composed of columns keeps the marks of its pieces, and so is none."""
    table = tmp_path / "表.csv"
    table.write_text("县,号,人数\n150602,③,45\n150602,4,4²\n", encoding="utf-8")
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "tables:\n  - file: 表.csv\n    level: 学校\n    columns: {人数: 学生数}\n"
        '    compose: {代码: "{县}{号}"}\n    constants: {年份: 2024}\n',
        encoding="utf-8",
    )
    facts = read(table, mapping=read_mapping(mapping))
    assert facts.levels[Level.SCHOOL].codes == ["1506024"]
    assert kinds(facts) == ["bad-code", "not-a-number"]


STRUCK = InlineFont(strike=True)
RAISED = InlineFont(vertAlign="superscript")
LOWERED = InlineFont(vertAlign="subscript")
BOLD = InlineFont(b=True)


def rich(tmp_path: Path, *rows: Sequence[object], fonts: dict[str, Font] | None = None) -> Facts:
    """Read a workbook whose cells are not all of one look."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "学校"
    for row in (HEADER, *rows):
        sheet.append(list(row))
    for cell, font in (fonts or {}).items():
        sheet[cell].font = font
    book.save(tmp_path / "a.xlsx")
    return read(tmp_path / "a.xlsx")


def text(*pieces: str | tuple[InlineFont, str]) -> CellRichText:
    """Make a text of pieces."""
    return CellRichText(*(p if isinstance(p, str) else TextBlock(*p) for p in pieces))


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        (text((STRUCK, "45"), "48"), "“45”带删除线，其余是“48”"),
        (text("45", (STRUCK, "6")), "“6”带删除线，其余是“45”"),
        (text((STRUCK, "45"), (BOLD, "48")), "“45”带删除线，其余是“48”"),
        (text((STRUCK, "45")), "整格带删除线"),
        (text("45", (RAISED, "1")), "“¹”是角标"),
        (text("45", (LOWERED, "2")), "“₂”是角标"),
        (text("45", (RAISED, "a")), "“ᵃ”是角标"),
        (text("45", (RAISED, "[1]")), "“¹”是角标"),
    ],
    ids=["struck first", "struck last", "struck and bold", "all struck", *"1234"],
)
def test_struck_and_raised_pieces(tmp_path: Path, cell: CellRichText, hint: str) -> None:
    """What is struck through or raised is not joined to what stands beside it."""
    facts = rich(tmp_path, [CODE, "甲校", "150602", 2024, cell])
    assert [problem.code for problem in facts.problems] == ["not-a-number"]
    assert facts.problems[0].cell == "E2"
    assert hint in (facts.problems[0].hint or "")


def test_pieces_that_only_look_different(tmp_path: Path) -> None:
    """Pieces in another font, and the raised exponent of a unit, are one text."""
    facts = rich(tmp_path, [CODE, "甲校", "150602", 2024, text((BOLD, "4"), "5"), "是"])
    assert reported(facts, Level.SCHOOL, CODE, 2024, "pupils") == 45
    assert not facts.problems


@pytest.mark.parametrize(
    ("at", "cell", "problem"),
    [
        (0, text((STRUCK, "1506020009"), CODE), "bad-code"),
        (0, text(CODE, (RAISED, "1")), "bad-code"),
        (2, text("150602", (RAISED, "2")), "bad-code"),
        (3, text((STRUCK, "2023"), "2024"), "bad-year"),
        (5, text((STRUCK, "否"), "是"), "not-a-boolean"),
        (6, text((STRUCK, "甲"), "乙"), "struck-through"),
    ],
    ids=["code", "raised code", "parent", "year", "yes", "words"],
)
def test_struck_pieces_of_other_cells(
    tmp_path: Path, at: int, cell: CellRichText, problem: str
) -> None:
    """Codes, parents, years, yes and words are not read from what is struck through either."""
    row: list[object] = [CODE, "甲校", "150602", 2024, 45, "是", "甲"]
    row[at] = cell
    assert kinds(rich(tmp_path, row)) == [problem]


def test_struck_names(tmp_path: Path) -> None:
    """The name of a subject is what is left of it, and that is told."""
    name = text((STRUCK, "第一小学"), "第二小学")
    facts = rich(tmp_path, [CODE, name, "150602", 2024, 45])
    assert facts.levels[Level.SCHOOL].names == ["第二小学"]
    assert [(each.code, each.cell) for each in facts.problems] == [("struck-through", "B2")]
    assert reported(facts, Level.SCHOOL, CODE, 2024, "pupils") == 45


@pytest.mark.parametrize("value", [45, "45", 0.5, True], ids=repr)
def test_cells_struck_as_a_whole(tmp_path: Path, value: object) -> None:
    """A cell that is struck through as a whole is named and not used; a struck dash is a dash."""
    row = [CODE, "甲校", "150602", 2024, value]
    other = ["1506020002", "乙校", "150602", 2024, "—"]
    crossed = Font(strike=True)
    facts = rich(tmp_path, row, other, fonts={"E2": crossed, "E3": crossed})
    assert kinds(facts) == ["not-a-number"]
    assert "整格带删除线" in (facts.problems[0].hint or "")


def test_whole_cell_raised(tmp_path: Path) -> None:
    """A number that is raised as a whole is a mark."""
    facts = rich(
        tmp_path,
        [CODE, "甲校", "150602", 2024, 2],
        fonts={"E2": Font(vertAlign="superscript")},
    )
    assert kinds(facts) == ["not-a-number"]


def test_pieces_in_shared_texts(tmp_path: Path) -> None:
    """The texts that cells share are read by their pieces, which may undo the look of a cell."""
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    struck, plain = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
    sheet = book.add_worksheet("学校")
    sheet.write_row(0, 0, HEADER)
    for row in range(1, 5):
        sheet.write_row(row, 0, [f"150602000{row}", "甲校", "150602", 2024])
    sheet.write_rich_string(1, 4, struck, "45", plain, "48")
    sheet.write_rich_string(2, 4, plain, "4", "5")
    sheet.write_rich_string(3, 4, plain, "4", "5", struck)
    sheet.write_string(4, 4, "46", struck)
    book.close()
    facts = read(tmp_path / "a.xlsx")
    assert reported(facts, Level.SCHOOL, "1506020002", 2024, "pupils") == 45
    assert reported(facts, Level.SCHOOL, "1506020003", 2024, "pupils") == 45
    assert [p.cell for p in facts.problems if p.code == "not-a-number"] == ["E2", "E5"]


def shown(code: str, value: float) -> str | None:
    """Give what a number format shows besides the plain number."""
    words = wording(code)
    found = None if words is None else words.printed(value)
    return None if found is None else found.shown


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ('0.0"万"', 1.2, "1.2万"),
        ("0.0万", 1.2, "1.2万"),
        ("0.0\\万", 1.2, "1.2万"),
        ('0!.0,"万"', 12000, "1.2万"),
        ('0\\.0,"万"', 12000, "1.2万"),
        ('0"."0,"万元"', 12345, "1.2345万元"),
        ('0!.00,,"亿"', 123456789, "1.23456789亿"),
        ("0!.0000", 12345, "1.2345"),
        ("0.0,", 1234567, "1234.567"),
        ("#,##0,", 1234567, "1234.567"),
        ("0,.0", 1234567, "1234.567"),
        ('0.0,"K"', 1500, None),
        ('[>=10000]0!.0,"万";General', 12000, "1.2万"),
        ('[>=10000]0!.0,"万";General', 500, None),
        ('General"人"', 45, "45人"),
        ("0[$万元-804]", 5, "5万元"),
        ('"15060"00000', 20001, "1506020001"),
        ('000"-"000', 150602, "150-602"),
        ('0"人";-0"人"', -5, "-5人"),
        ('"约"0', 45, "约45"),
        ('"是";;"否"', 1, "是"),
        ("#,##0.00", 1234.5, None),
        ("#,##0;[Red]-#,##0", -5, None),
        ('_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', 5, None),
        ("[$¥-804]#,##0.00", 5, None),
        ("# ?/?", 0.5, None),
        ("0.00E+00", 5, None),
        ("@", 5, None),
        (";;;", 5, ""),
        ("0;;", 5, None),
        ("0;;", -5, ""),
        ("", 5, None),
        ('[=1]"是";[=0]"否"', 5, None),
        ("-0", 5, "-5"),
        ("-0", -5, None),
        ('"("0")"', 5, "-5"),
        ("0;0", -5, "5"),
        ("0;0", 5, None),
        ("0;[Red]0", -5, None),
        ("0_);(0)", -5, None),
        ('0"人";0"人"', -5, "5人"),
        ("[>100]0;0", -5, None),
        ("[<1]0%;0", 0.45, "45%"),
        ("[<1]0%;0", 45, "45"),
    ],
    ids=repr,
)
def test_what_formats_put_around_numbers(code: str, value: float, text: str | None) -> None:
    """Words, divisors and signs are read; separators, currency, colours and padding are none."""
    assert shown(code, value) == text


def test_what_a_format_does_not_show(tmp_path: Path) -> None:
    """A number that nobody sees is named and not used; a zero that is not shown is a zero."""
    rows: Table = [
        HEADER,
        [CODE, "甲校", "150602", 2024, 45, 1],
        ["1506020002", "乙校", "150602", 2024, 0, "是"],
        [1506020003, "丙校", 150602, 2024, 45, "是"],
    ]
    hidden = {f"学校!{cell}": ";;;" for cell in ("E2", "F2", "C4")} | {"学校!E3": "0;-0;;@"}
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": rows}, hidden))
    told = [(each.code, each.cell) for each in facts.problems if each.code == "hidden-value"]
    assert told == [("hidden-value", "C4"), ("hidden-value", "E2"), ("hidden-value", "F2")]
    assert reported(facts, Level.SCHOOL, "1506020002", 2024, "pupils") == 0


@pytest.mark.parametrize(
    ("header", "value", "format_", "expected"),
    [
        ("学生数", 1.2, '0.0"万"', 12000),
        ("学生数", 12000, '0!.0,"万"', 12000),
        ("学生数", 45, '0"人"', 45),
        ("学生数", 45, '0"所"', "wrong-unit"),
        ("学生数", 45, '"约"0', "not-a-number"),
        ("学生数", 0, '0"万"', 0),
        ("学生数", 12000, "0.0,", "ambiguous-magnitude"),
        ("学生数", 12, '0"0"', "ambiguous-magnitude"),
        ("学生数", 12, '"1"0', "ambiguous-magnitude"),
        ("学生数", 12, '"+"0', 12),
        ("教育收入", 1.2, '0.0"万"', "ambiguous-magnitude"),
        ("教育收入", 1.2, '0.0"万元"', 1.2),
        ("教育收入", 1.2, '0.0"亿元"', 12000),
        ("教育收入", 12000, '0!.0,"万元"', 1.2),
        ("教育收入", 12000, "0!.0000", 1.2),
        ("教育收入", 12000, '0.0,"万元"', "ambiguous-magnitude"),
        ("教育支出", 12000, "0.0,", "ambiguous-magnitude"),
        ("教育支出（千元）", 12000, "0.0,", 12000),
        ("教育支出", 12, '0.0"千元"', 12000),
        ("入学率", 0.98, "0.00%", 98),
        ("入学率", 98, '0"%"', 98),
        ("入学率", 980, '0"‰"', 98),
        ("入学率", 0.98, "0.0,%", "ambiguous-magnitude"),
        ("入学率", 0.98, "[<=1]0%;0", 98),
        ("入学率", 98, "[<=1]0%;0", 98),
        ("教育收入", 12, "-0", "ambiguous-magnitude"),
        ("增长", -12, "0;0", "ambiguous-magnitude"),
        ("增长", -0.12, "0%;0%", "ambiguous-magnitude"),
        ("增长", -12, "0;[Red]0", -12),
    ],
    ids=repr,
)
def test_magnitudes_in_number_formats(
    tmp_path: Path, header: str, value: float, format_: str, expected: object
) -> None:
    """A number is read as its cell shows it where that is certain, and named where it is not."""
    rows: Table = [["代码", "年份", header], ["150602", 2024, value]]
    facts = read(workbook(tmp_path / "a.xlsx", {"旗县": rows}, {"旗县!C2": format_}))
    table = facts.levels[Level.COUNTY]
    (column,) = table.columns.values()
    found: object = kinds(facts)[0] if kinds(facts) else float(column.values[0])
    assert found == expected


@pytest.mark.parametrize(
    ("value", "format_"),
    [(1, '"150602"0000'), (1506020001, '0"号"'), (1506020001, '"校"0'), (1506020001, "#,##0")],
    ids=repr,
)
def test_formats_of_codes_and_years(tmp_path: Path, value: int, format_: str) -> None:
    """Codes and years are those that the cells show, without the words of their formats."""
    rows: Table = [["代码", "年份", "学生数"], [value, 2024, 45]]
    formats = {"学校!A2": format_, "学校!B2": '0"年"'}
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": rows}, formats))
    assert reported(facts, Level.SCHOOL, CODE, 2024, "pupils") == 45


def test_a_format_that_scales_a_code(tmp_path: Path) -> None:
    """A code that is shown in thousands is none."""
    rows: Table = [["代码", "年份", "学生数"], [1506020001, 2024, 45]]
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": rows}, {"学校!A2": "0,"}))
    assert kinds(facts) == ["bad-code"]
    assert Level.SCHOOL not in facts.levels


@pytest.mark.parametrize(
    ("cell", "format_", "kept"),
    [
        (150602000100001, "General", True),
        (1506020001000010, "General", False),
        (152701199001011000, "0", False),
        (1506020001000010, "0000000000000000", False),
        (15060200010001, "0000000000000000", True),
        (1506020001000010, '0"号"', False),
        ("1506020001000010", "@", True),
        ("152701199001011234", "General", True),
        ("1.52701E+17", "@", False),
        ("152.701E+15", "@", False),
        ("15E+16", "@", False),
        ("152701199001011000.0", "@", False),
    ],
    ids=repr,
)
def test_long_codes(tmp_path: Path, cell: object, format_: str, kept: bool) -> None:  # noqa: FBT001
    """A number keeps 15 digits, so a longer code is read from a text and refused as a number."""
    rows: Table = [["代码", "年份", "学生数"], [cell, 2024, 45]]
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": rows}, {"学校!A2": format_}))
    assert (Level.SCHOOL in facts.levels) is kept
    assert kinds(facts) == ([] if kept else ["code-lost-digits"])


def test_long_codes_in_json(tmp_path: Path) -> None:
    """JSON keeps every digit of a whole number."""
    path = tmp_path / "a.json"
    path.write_text(
        '{"学校": [{"代码": 152701199001011234, "年份": 2024, "学生数": 45}]}', encoding="utf-8"
    )
    assert read(path).levels[Level.SCHOOL].codes == ["152701199001011234"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1,234", "98,5"], ["ambiguous-comma", "not-a-number"]),
        (["1,234", "0,985"], ["ambiguous-comma", "not-a-number"]),
        (["0,985", "0,137"], ["not-a-number", "not-a-number"]),
        (["98,5", "1,234"], ["ambiguous-comma", "not-a-number"]),
        (["1,234元", "1.234,5"], ["ambiguous-comma", "not-a-number"]),
        (["1,234", "98.5"], []),
        (["1,234", "约45"], ["not-a-number"]),
        (["1,234,567", "98,5"], ["not-a-number"]),
        (["1,234.5", "98,5"], ["not-a-number"]),
        (["１，２３４", "98，5"], ["ambiguous-comma", "not-a-number"]),
    ],
    ids=repr,
)
@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_commas_of_one_column(
    tmp_path: Path, format_: str, cells: list[str], expected: list[str]
) -> None:
    """A comma before three digits is not read where a comma of the same column is a point."""
    rows = [["代码", "年份", "教育支出"]]
    rows += [[f"15061{at}", "2024", cell] for at, cell in enumerate(cells)]
    if format_ == "xlsx":
        path = workbook(tmp_path / "a.xlsx", {"旗县": rows})
    else:
        path = tmp_path / "旗县.csv"
        path.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    assert [kind for kind in kinds(read(path)) if kind != "parent-unknown"] == expected
