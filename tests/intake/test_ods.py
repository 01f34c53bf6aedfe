"""OpenDocument spreadsheets: what their cells hold and show, and what is passed over."""

import zipfile
from pathlib import Path

import pytest

from dabiao.intake import Limits
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from tests.intake.submissions import Table, kinds, read, reported, workbook

SPACES = "".join(
    f' xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
    for each in ("office", "style", "text", "table", "number")
)
SPACES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
CODE = "1506020001"


def text(words: str, more: str = "") -> str:
    """Write a cell of text."""
    inside = f"<text:p>{words}</text:p>"
    return f'<table:table-cell office:value-type="string"{more}>{inside}</table:table-cell>'


def number(value: object, more: str = "", kind: str = "float") -> str:
    """Write a cell of a number."""
    what = f'office:value-type="{kind}" office:value="{value}"'
    return f"<table:table-cell {what}{more}><text:p>{value}</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    """Write a row."""
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


HEADER = row(*map(text, ("代码", "名称", "上级代码", "年份", "学生数", "有图书室", "校名备注")))


def school(*cells: str, code: str = CODE, more: str = "") -> str:
    """Write the row of a school."""
    return row(
        text(code),
        text("甲校" if code == CODE else f"学校{code}"),
        text("150602"),
        number(2024),
        *cells,
        more=more,
    )


def sheet(*rows: str, name: str = "学校", more: str = "") -> str:
    """Write a sheet."""
    return f'<table:table table:name="{name}"{more}>{"".join(rows)}</table:table>'


def spreadsheet(
    path: Path, *sheets: str, styles: str = "", named: str = "", body: str = "spreadsheet"
) -> Path:
    """Write a spreadsheet by hand.

    Args:
        path: Where.
        sheets: Its sheets.
        styles: Styles of its content.
        named: Styles that have names people gave them.
        body: What kind of document it is.
    """
    content = (
        f"<office:document-content{SPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:{body}>{''.join(sheets)}"
        f"</office:{body}></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content)
        made.writestr(
            "styles.xml",
            f"<office:document-styles{SPACES}><office:styles>{named}</office:styles>"
            '<office:automatic-styles><style:style style:name="s" style:family="table-cell">'
            '<style:text-properties style:text-line-through-style="solid"/></style:style>'
            "</office:automatic-styles></office:document-styles>",
        )
    return path


def facts_of(tmp_path: Path, *rows: str, styles: str = "", named: str = "") -> Facts:
    """Read a spreadsheet with a sheet of schools."""
    path = spreadsheet(tmp_path / "a.ods", sheet(HEADER, *rows), styles=styles, named=named)
    return read(path)


def pupils(facts: Facts, code: str = CODE) -> object:
    """Give the number of pupils of a school."""
    return reported(facts, Level.SCHOOL, code, 2024, "pupils")


def test_a_spreadsheet_is_read_as_a_workbook_is(tmp_path: Path) -> None:
    """The same cells in either format are the same facts, each with its cell."""
    found = facts_of(tmp_path, school(number(45), text("是"), text("甲")))
    rows: Table = [
        ["代码", "名称", "上级代码", "年份", "学生数", "有图书室", "校名备注"],
        [CODE, "甲校", "150602", 2024, 45, "是", "甲"],
    ]
    same = read(workbook(tmp_path / "a.xlsx", {"学校": rows}))
    for facts in (found, same):
        assert facts.problems == []
        assert pupils(facts) == 45
        assert reported(facts, Level.SCHOOL, CODE, 2024, "library") == 1
        assert facts.origins[0].cell("pupils", 2) == "E2"
        assert facts.origins[0].sheet == "学校"
    assert found.levels[Level.SCHOOL].names == same.levels[Level.SCHOOL].names


def test_kinds_of_values(tmp_path: Path) -> None:
    """Truths, per cents, dates and formulas are what they are in workbooks."""
    truth = '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
    date = '<table:table-cell office:value-type="date" office:date-value="2024-03-05T00:00:00"/>'
    bare = '<table:table-cell table:formula="of:=[.A1]"/>'
    fails = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string"'
        ' office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        "</table:table-cell>"
    )
    shown = number(0, ' table:formula="of:=[.A1]"').replace("<text:p>0", "<text:p>Err:502")
    facts = facts_of(
        tmp_path,
        school(number(45), truth),
        school(date, code="2"),
        school(bare, code="3"),
        school(fails, code="4"),
        school(shown, code="6"),
        school(
            '<table:table-cell table:formula="of:=T([.A1])" office:value-type="string"/>', code="5"
        ),
    )
    assert reported(facts, Level.SCHOOL, CODE, 2024, "library") == 1
    wrong = ["date-in-cell", "formula-error", "formula-error", "formula-without-value"]
    assert kinds(facts) == wrong
    counties = sheet(
        row(*map(text, ("代码", "年份", "入学率"))),
        row(text("150602"), number(2024), number(0.985, kind="percentage")),
        name="旗县",
    )
    told = read(spreadsheet(tmp_path / "b.ods", counties))
    assert reported(told, Level.COUNTY, "150602", 2024, "enrolment") == 98.5


WAN = (
    '<number:number-style style:name="N1"><number:number number:decimal-places="1"'
    ' number:min-integer-digits="1"/><number:text>万</number:text></number:number-style>'
)
HIDDEN = '<number:number-style style:name="N1"><number:text/></number:number-style>'
ZEROS = (
    '<number:number-style style:name="N1"><number:number number:min-integer-digits="10"/>'
    "</number:number-style>"
)
SCALED = (
    '<number:number-style style:name="N1"><number:number number:decimal-places="1"'
    ' number:min-integer-digits="1" number:display-factor="1000"/></number:number-style>'
)
EMBEDDED = (
    '<number:number-style style:name="N1"><number:number number:min-integer-digits="2">'
    '<number:embedded-text number:position="1">.</number:embedded-text></number:number>'
    "</number:number-style>"
)
CONDITION = (
    f'{WAN.replace("N1", "N2")}<number:number-style style:name="N1"><number:number'
    ' number:min-integer-digits="1"/><style:map style:condition="value()&gt;=10"'
    ' style:apply-style-name="N2"/></number:number-style>'
)
CELL = '<style:style style:name="s" style:family="table-cell" style:data-style-name="N1"/>'


@pytest.mark.parametrize(
    ("format_", "value", "wanted"),
    [
        (WAN, 1, 10000),
        (CONDITION, 12, 120000),
        (CONDITION, 9, 9),
        (HIDDEN, 45, "存有 45，而单元格格式使它不显示"),
        (SCALED, 12000, "单元格存的是 12000，按格式显示为“12”，不知以哪个为准"),
        (EMBEDDED, 125, "单元格存的是 125，按格式显示为“12.5”，不知以哪个为准"),
    ],
    ids=["words", "condition", "no condition", "hidden", "scaled", "embedded"],
)
def test_what_a_cell_shows_counts(tmp_path: Path, format_: str, value: int, wanted: object) -> None:
    """The format of a number says what it means, as in workbooks."""
    cell = number(value, ' table:style-name="s"')
    found = pupils(facts_of(tmp_path, school(cell), styles=format_ + CELL))
    assert found == wanted if not isinstance(wanted, str) else wanted in str(found)


def test_formats_of_columns_and_of_named_styles(tmp_path: Path) -> None:
    """A cell that names no style has that of its column, which may rest on a named one."""
    columns = '<table:table-column table:default-cell-style-name="t"/>'
    cells = row(number(602), text("甲校"), text("150602"), number(2024), number(45))
    resting = '<style:style style:name="t" style:family="table-cell" style:parent-style-name="s"/>'
    path = spreadsheet(
        tmp_path / "a.ods", sheet(columns, HEADER, cells), styles=resting, named=ZEROS + CELL
    )
    assert read(path).levels[Level.SCHOOL].codes == ["0000000602"]


def test_struck_and_raised_pieces(tmp_path: Path) -> None:
    """What is struck through or raised is not joined to what stands beside it."""
    styles = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="T2" style:family="text">'
        '<style:text-properties style:text-position="super 58%"/></style:style>'
    )
    struck = text('<text:span text:style-name="T1">45</text:span>48')
    raised = text('45<text:span text:style-name="T2">1</text:span>')
    facts = facts_of(tmp_path, school(struck), school(raised, code="2"), styles=styles)
    assert kinds(facts) == ["not-a-number", "not-a-number"]
    assert "¹" in str(pupils(facts, "2"))


def test_what_is_no_cell_is_passed_over(tmp_path: Path) -> None:
    """Comments, pictures, deleted cells and styles of pages are not what a cell holds.

    Comments that say a number are told.
    """
    comment = (
        '<table:table-cell office:value-type="float" office:value="45"><office:annotation>'
        "<text:p>99</text:p></office:annotation><text:p>45</text:p></table:table-cell>"
    )
    name = text('甲<text:s text:c="2"/>校</text:p><text:p>x')
    body = sheet(HEADER, row(text(CODE), name, text("150602"), number(2024), comment))
    deleted = f"<table:tracked-changes>{sheet(HEADER, school(number(1), code='9'))}"
    path = spreadsheet(tmp_path / "a.ods", f"{deleted}</table:tracked-changes>{body}", styles=CELL)
    facts = read(path)
    assert [(each.code, each.cell) for each in facts.problems] == [("comment-on-cell", "E2")]
    assert pupils(facts) == 45
    assert facts.levels[Level.SCHOOL].codes == [CODE]
    assert facts.levels[Level.SCHOOL].names == ["甲 校 x"]


_WHITE = '<style:text-properties fo:color="#ffffff"/>'
_RED = '<style:text-properties fo:color="#ff0000"/>'
_RED_GROUND = '<style:table-cell-properties fo:background-color="#ff0000"/>'


@pytest.mark.parametrize(
    ("look", "told"),
    [
        (_WHITE, ["unseen-text"]),
        (_RED_GROUND + _RED, ["unseen-text"]),
        (_RED + _RED_GROUND, ["unseen-text"]),
        (_RED_GROUND + _WHITE, []),
    ],
    ids=["white", "red", "ground-last", "white-on-red"],
)
def test_text_in_the_colour_of_its_ground(tmp_path: Path, look: str, told: list[str]) -> None:
    """White on white is read and warned about, in whatever order the style says it."""
    style = f'<style:style style:name="w" style:family="table-cell">{look}</style:style>'
    cell = number(45, ' table:style-name="w"')
    facts = read(spreadsheet(tmp_path / "a.ods", sheet(HEADER, school(cell)), styles=style))

    assert kinds(facts) == told


def test_repeated_merged_and_hidden_cells(tmp_path: Path) -> None:
    """What is written once for several cells and rows stands in each of them."""
    blank = row("<table:table-cell/>", more=' table:number-rows-repeated="3"')
    merged = row(text("150602", ' table:number-rows-spanned="2"'), number(2023), number(1)) + row(
        "<table:covered-table-cell/>", number(2024), number(2), more=' table:visibility="collapse"'
    )
    end = row(
        '<table:table-cell table:number-columns-repeated="16384"/>',
        more=' table:number-rows-repeated="1048000"',
    )
    county = sheet(row(*map(text, ("代码", "年份", "系数"))), blank, merged, end, name="旗县")
    twice = sheet(
        HEADER,
        school(
            number(45, ' table:number-columns-repeated="1"'), more=' table:number-rows-repeated="2"'
        ),
        name="学校",
        more=' table:style-name="ta"',
    )
    hidden = (
        '<style:style style:name="ta" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
    )
    facts = read(spreadsheet(tmp_path / "a.ods", county, twice, styles=hidden))
    assert reported(facts, Level.COUNTY, "150602", 2024, "coefficient") == 2
    assert kinds(facts) == ["duplicate-row"]
    assert [each.code for each in facts.notes] == ["hidden-rows", "hidden-sheet"]
    assert facts.origins[0].cell("coefficient", 6) == "C6"


@pytest.mark.parametrize(
    "rows",
    [
        row(number(1), more=' table:number-rows-repeated="1000000"'),
        row(
            number(1, ' table:number-columns-repeated="16000"'),
            more=' table:number-rows-repeated="90"',
        ),
        row(text("x" * 100_001)),
    ],
    ids=["rows", "columns", "letters"],
)
def test_a_little_that_would_become_much(tmp_path: Path, rows: str) -> None:
    """What is repeated counts as often as it is, and is refused before it takes memory."""
    path = spreadsheet(tmp_path / "a.ods", sheet(HEADER, rows))
    assert kinds(read(path, limits=Limits(cells=1_000_000, letters=100_000))) == ["too-large"]


@pytest.mark.parametrize(
    "rows",
    [
        row(number(1, ' table:number-columns-repeated="99999"')),
        row(number(1), more=' table:number-rows-repeated="1048577"'),
        row(number("1_0")),
        row(number(1, ' table:number-columns-repeated="x"')),
        row(text("y" * 140_000)),
    ],
    ids=["too wide", "too tall", "no number", "no count", "one cell"],
)
def test_impossible_things(tmp_path: Path, rows: str) -> None:
    """A spreadsheet that says what none can say is damaged."""
    assert kinds(read(spreadsheet(tmp_path / "a.ods", sheet(rows)))) == ["file-damaged"]


def test_files_that_are_no_spreadsheets(tmp_path: Path) -> None:
    """Texts, encrypted files and workbooks under this name are refused, each with its advice."""
    assert kinds(read(spreadsheet(tmp_path / "a.ods", body="text"))) == ["not-a-workbook"]
    assert kinds(read(spreadsheet(tmp_path / "b.ods"))) == ["file-damaged"]
    locked = spreadsheet(tmp_path / "c.ods", sheet(HEADER))
    with zipfile.ZipFile(locked, "a") as archive:
        entry = "<m:file-entry><m:encryption-data/></m:file-entry>"
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="m">{entry}</m:manifest>')
    assert kinds(read(locked)) == ["password"]
    other = workbook(tmp_path / "d.xlsx", {"学校": [["代码"]]}).rename(tmp_path / "d.ods")
    found = read(other).problems
    assert [each.code for each in found] == ["other-workbook"]
    assert ".xlsx" in (found[0].hint or "")
    with zipfile.ZipFile(tmp_path / "e.ods", "w") as archive:
        archive.writestr("x", "x")
    assert kinds(read(tmp_path / "e.ods")) == ["not-a-workbook"]
    (tmp_path / "f.ods").write_text("代码,年份\n", encoding="utf-8")
    assert kinds(read(tmp_path / "f.ods")) == ["not-a-workbook"]
