"""Damaged and hostile files: one clear problem each, no traceback, bounded memory."""

import tracemalloc
import zipfile
from pathlib import Path

import pytest

from dabiao.intake import Limits
from dabiao.schemas.level import Level
from tests.intake.submissions import Table, kinds, read, reported, source, workbook

CLASS = Level.CLASS
SHEETS: dict[str, Table] = {"班级": [["代码", "年份", "班级人数"], ["c1", 2025, 45]]}
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def rewritten(tmp_path: Path, part: str, content: bytes | None, name: str = "y.xlsx") -> Path:
    """Write a workbook, one part of which is replaced or left out."""
    plain = workbook(tmp_path / "plain.xlsx", SHEETS)
    path = tmp_path / name
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != part:
                new.writestr(each, old.read(each))
        if content is not None:
            new.writestr(part, content)
    plain.unlink()
    return path


def sheet(rows: str, before: str = "") -> bytes:
    """Write a sheet by hand."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    inside = f"{before}<sheetData>{rows}</sheetData>"
    return f'<worksheet xmlns="{space}">{inside}</worksheet>'.encode()


HEADER = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>代码</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>年份</t></is></c>'
    '<c r="C1" t="inlineStr"><is><r><t>班级</t></r><rPh><t>ban</t></rPh><r><t>人数</t></r></is></c>'
    "</row>"
)
PART = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty-file"),
        (b"PK\x03\x04nonsense", "file-damaged"),
        (OLE + b"\0" * 600, "old-workbook"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "not-a-workbook"),
        (b'<?xml version="1.0"?><Workbook/>', "not-a-workbook"),
        ("代码,年份\n1,2025\n".encode("gb18030"), "not-a-workbook"),
        (b"\x00\x01\x02\x03" * 9, "file-damaged"),
    ],
    ids=["empty", "zip", "xls", "password", "html", "xml", "csv", "binary"],
)
def test_files_that_are_no_workbooks(tmp_path: Path, data: bytes, kind: str) -> None:
    """What is named .xlsx and is none is told for what it is."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    facts = read(path)
    assert kinds(facts) == [kind]
    assert facts.problems[0].hint


def test_archives_that_are_no_workbooks(tmp_path: Path) -> None:
    """Archives of other kinds, and workbooks in other formats."""
    for name, part, kind in (
        ("a.xlsx", "word/document.xml", "not-a-workbook"),
        ("b.xlsx", "content.xml", "other-workbook"),
        ("c.xlsx", "xl/workbook.bin", "other-workbook"),
    ):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(part, b"x")
        assert kinds(read(tmp_path / name)) == [kind]


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
def test_workbook_that_was_cut_short(tmp_path: Path, keep: float) -> None:
    """A workbook whose end is missing is damaged."""
    path = workbook(tmp_path / "x.xlsx", SHEETS)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    assert kinds(read(path)) == ["file-damaged"]


@pytest.mark.parametrize(
    "part",
    [
        "xl/workbook.xml",
        "xl/styles.xml",
        PART,
        "xl/_rels/workbook.xml.rels",
    ],
)
def test_workbook_with_a_broken_part(tmp_path: Path, part: str) -> None:
    """A part that is no XML is a problem, whichever it is."""
    assert "file-damaged" in kinds(read(rewritten(tmp_path, part, b"<a><b></a>")))


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def with_shared_texts(tmp_path: Path, texts: str) -> Path:
    """Write a workbook whose sheet refers to shared texts, as Excel does."""
    cells = "".join(f'<c r="{letter}1" t="s"><v>{at}</v></c>' for at, letter in enumerate("ABC"))
    rows = f'<row r="1">{cells}</row><row r="2"><c r="A2" t="s"><v>3</v></c>'
    rows += '<c r="B2"><v>2025</v></c><c r="C2"><v>45</v></c></row>'
    sheets = '<sheets><sheet name="班级" sheetId="1" r:id="a"/></sheets>'
    book = f'<workbook xmlns:r="{RELATIONS}">{sheets}</workbook>'
    links = "".join(
        f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for name, kind, target in (
            ("a", "worksheet", "worksheets\\Sheet1.xml"),
            ("b", "sharedStrings", "sharedStrings.xml"),
        )
    )
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        archive.writestr("XL/Worksheets/Sheet1.xml", sheet(rows))
        archive.writestr("xl/SharedStrings.xml", texts)
    return path


def test_shared_texts(tmp_path: Path) -> None:
    """Texts of several runs are one; readings of characters are none of it; names have no case."""
    texts = (
        "<sst><si><t>代码</t></si><si><r><t>年</t></r><r><t xml:space='preserve'>份 </t></r></si>"
        "<si><t>班级人数</t><rPh sb='0' eb='1'><t>banji</t></rPh></si>"
        "<si><t>c_x0031_</t></si></sst>"
    )
    facts = read(with_shared_texts(tmp_path, texts))
    assert facts.problems == []
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45


@pytest.mark.parametrize("texts", ["<sst><si><t>", "<sst><si><t>代码</t></si></sst>", "x"])
def test_broken_shared_texts(tmp_path: Path, texts: str) -> None:
    """Shared texts that are broken or too few."""
    assert kinds(read(with_shared_texts(tmp_path, texts))) == ["file-damaged"]


def test_missing_sheet(tmp_path: Path) -> None:
    """A sheet that is announced and not there."""
    assert kinds(read(rewritten(tmp_path, PART, None))) == ["file-damaged"]


def test_document_type_is_refused(tmp_path: Path) -> None:
    """Entities that multiply are never expanded."""
    bomb = b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 99 + b'">]>' + sheet(HEADER)
    facts = read(rewritten(tmp_path, PART, bomb))
    assert kinds(facts) == ["file-damaged"]
    assert "DOCTYPE" in facts.problems[0].message


def test_gigantic_dimensions_cost_nothing(tmp_path: Path) -> None:
    """What a sheet claims, and cells in its last corner, take no memory."""
    rows = (
        HEADER
        + '<row r="2"><c r="A2" t="inlineStr"><is><t>c1</t></is></c><c r="B2"><v>2025</v></c>'
        '<c r="C2"><v>45</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    path = rewritten(tmp_path, PART, sheet(rows, '<dimension ref="A1:XFD1048576"/>'))
    tracemalloc.start()
    facts = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert kinds(facts) == ["column-without-header"]
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45
    assert peak < 20_000_000


@pytest.mark.parametrize(
    "row",
    [
        '<row r="99999999999"><c r="A1"><v>1</v></c></row>',
        '<row r="-1"><c r="A1"><v>1</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="2"><c r="ZZZZZ2"><v>1</v></c></row>',
        '<row r="2"><c r="é2"><v>1</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>99</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
    ],
)
def test_impossible_cells(tmp_path: Path, row: str) -> None:
    """Rows and columns that cannot be, and texts that are not there."""
    assert kinds(read(rewritten(tmp_path, PART, sheet(HEADER + row)))) == ["file-damaged"]


def test_cells_without_addresses(tmp_path: Path) -> None:
    """Some programs write no addresses; cells then follow one another."""
    rows = (
        HEADER.replace(' r="1"', "")
        .replace(' r="A1"', "")
        .replace(' r="B1"', "")
        .replace(' r="C1"', "")
    )
    rows += '<row><c t="str"><v>c1</v></c><c><v>2025</v></c><c><v>45</v></c></row>'
    facts = read(rewritten(tmp_path, PART, sheet(rows)))
    assert facts.problems == []
    assert source(facts, CLASS, "c1", "class_size") == "C2"


def test_prefixes_and_odd_values(tmp_path: Path) -> None:
    """Prefixed tags, ISO dates, escaped characters, numbers that are none."""
    day = "2025-09-01T00:00:00"
    cells = [
        f'<c t="str"><v>c_x0031_</v></c><c t="d"><v>{day}</v></c><c><v>1_0</v></c>',
        '<c t="str"><v>c2</v></c><c><v>2025</v></c><c t="e"><v>#N/A</v></c>',
        '<c t="str"><v>c3</v></c><c><v>2025</v></c><c><f>A1</f><v/></c>',
        '<c t="str"><v>c4</v></c><c><v>2025</v></c><c t="b"><v>1</v></c>',
    ]
    rows = HEADER + "".join(f"<row>{row}</row>" for row in cells)
    content = sheet(rows).decode()
    for tag in ("worksheet", "sheetData", "row", "c", "v", "f", "is", "t", "r", "rPh"):
        content = content.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>")
        content = content.replace(f"</{tag}>", f"</x:{tag}>").replace(f"<{tag}/>", f"<x:{tag}/>")
    content = content.replace("xmlns=", "xmlns:x=")
    facts = read(rewritten(tmp_path, PART, content.encode()))
    assert kinds(facts) == [
        "formula-error",
        "formula-without-value",
        "not-a-number",
        "not-a-number",
    ]
    assert facts.levels[CLASS].codes == ["c1", "c2", "c3", "c4"]


def test_workbook_that_unpacks_to_too_much(tmp_path: Path) -> None:
    """A small file that unpacks to a large one is given up at the limit."""
    rows = HEADER + "".join(
        f'<row r="{at}"><c r="A{at}"><v>1</v></c></row>' for at in range(2, 20_000)
    )
    path = rewritten(tmp_path, PART, sheet(rows))
    assert kinds(read(path, limits=Limits(unpacked=500_000))) == ["too-large"]
    assert kinds(read(path, limits=Limits(cells=1000))) == ["too-large"]


def test_many_wrong_cells_are_counted(tmp_path: Path) -> None:
    """Wrong cells do not drown the rest: a thousand are told, the others counted."""
    wrong: Table = [[f"c{at}", 2025, "x"] for at in range(1500)]
    rows: Table = [["代码", "年份", "班级人数"], *wrong, ["d1", 2025, 45]]
    facts = read(workbook(tmp_path / "x.xlsx", {"班级": rows}))
    assert len(facts.problems) == 1001
    assert "500" in facts.problems[-1].message
    assert len(facts.levels[CLASS].columns["class_size"].unusable) == 1500
