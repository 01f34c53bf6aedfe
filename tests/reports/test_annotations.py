"""What is given back to a school: marks where something is wrong, and all else as it was."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.dom import minidom
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.cell import coordinate_to_tuple

from dabiao.intake.formats.xlsx.comments import AUTHOR
from dabiao.reports.annotations.folder import TargetFolder
from dabiao.reports.annotations.parts import stream
from dabiao.reports.annotations.parts.comments import merge_comments
from dabiao.reports.outputs import OutputError
from dabiao.schemas.language import Language, speaking
from tests.intake.submissions import content, kinds, read
from tests.reports.returned import (
    HEADER,
    ORDER,
    Rows,
    commented,
    corrected,
    elaborate,
    give_back,
    marked,
    parts,
    rezipped,
    rows,
    simple,
)

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def faulty() -> Rows:
    """Make rows with faults: no number, no year, a text for a yes or no, an unknown parent."""
    found = rows()
    found[1][4] = "四十多"
    found[3][3] = None
    found[5][5] = "也许"
    found[6][2] = "没有这个"
    return found


BAD = {"E3": "error", "D5": "error", "F7": "error", "C8": "error"}
GOOD = {"E3": 301, "D5": 2025, "F7": "是", "C8": "150602"}


def test_bad_cells_are_marked(tmp_path: Path) -> None:
    """Each bad cell has a colour and a comment that says what was found, expected, and to do."""
    source = simple(tmp_path / "a.xlsx", faulty())
    give_back(source, folder=tmp_path / "out")
    path = tmp_path / "out" / "a.xlsx"
    comments = commented(path)

    assert marked(path) == BAD
    assert set(comments) == set(BAD)
    assert {author for author, _ in comments.values()} == {AUTHOR}
    assert "四十多" in comments["E3"][1]
    assert "整数" in comments["E3"][1]
    assert "填写年份" in comments["D5"][1]


def test_summary_lists_each_cause_with_a_link(tmp_path: Path) -> None:
    """The last sheet lists every cause, and a click leads to the first of its cells."""
    source = simple(tmp_path / "a.xlsx", faulty())
    give_back(source, folder=tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "a.xlsx")
    sheet = book.worksheets[-1]
    links = {
        row[4].value: row[4].hyperlink.location
        for row in sheet.iter_rows(min_row=4)
        if row[4].hyperlink
    }

    assert book.sheetnames == ["学校", "问题清单"]
    assert links == {cell: f"'学校'!{cell}" for cell in BAD}


def test_summary_is_by_school(tmp_path: Path) -> None:
    """Problems of one school stand together, the gravest first; nobody's come first of all.

    A long name stands once, and its code on every line; printed pages begin with the titles.
    """
    of: Rows = rows()
    of[1][4], of[4][4], of[1][5] = "四十", "五十", "也许"
    give_back(simple(tmp_path / "a.xlsx", of), folder=tmp_path / "out")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "a.xlsx").worksheets[-1]
    found = [(str(row[2].value or ""), row[4].value) for row in sheet.iter_rows(min_row=4)]

    assert [cell for _, cell in found] == ["E3", "F3", "E6"]
    (first, again, other) = [school for school, _ in found]
    assert first.startswith("第1小学")
    assert first.endswith(again)
    assert again == "（1506020001）"
    assert other.startswith("第4小学")
    assert sheet.print_title_rows == "$3:$3"


def test_all_else_is_as_it_was(tmp_path: Path) -> None:
    """Of the other parts not a byte changes; of the sheet only the style of bad cells does."""
    source = elaborate(tmp_path / "a.xlsx", faulty())
    give_back(source, folder=tmp_path / "out")
    before, after = parts(source), parts(tmp_path / "out" / "a.xlsx")
    touched = {name for name in before if after.get(name) != before[name]}

    assert touched == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }
    assert set(after) - set(before) == {"xl/worksheets/sheet3.xml"}
    first, second = (parsed(of["xl/worksheets/sheet1.xml"]) for of in (before, after))
    changed = [
        cell.get("r")
        for cell, old in zip(second.iter(f"{_MAIN}c"), _cells_of(first, second), strict=True)
        if old is None or (cell.attrib, _inside(cell)) != (old.attrib, _inside(old))
    ]
    assert sorted(map(str, changed)) == sorted(BAD)


def parsed(data: bytes) -> Element:
    """Read a part."""
    return ElementTree.fromstring(data)  # noqa: S314


def _cells_of(
    first: ElementTree.Element, second: ElementTree.Element
) -> list[ElementTree.Element | None]:
    """Give the cells of one sheet beside those of another."""
    old = {cell.get("r"): cell for cell in first.iter(f"{_MAIN}c")}
    return [old.get(cell.get("r")) for cell in second.iter(f"{_MAIN}c")]


def _inside(cell: Element) -> list[bytes]:
    return [ElementTree.tostring(child) for child in cell]


def test_the_elaborate_survives(tmp_path: Path) -> None:
    """Formulas, cached values, formats, rules, names and other people's comments are kept."""
    source = elaborate(tmp_path / "a.xlsx", faulty())
    give_back(source, folder=tmp_path / "out")
    path = tmp_path / "out" / "a.xlsx"
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    sheet, comments = formulas["学校"], commented(path)

    assert (sheet["E2"].value, values["学校"]["E2"].value) == ("=100+201", 301)
    assert (sheet["E3"].number_format, sheet["E3"].font.bold) == ("0.00", True)
    assert sheet.column_dimensions["B"].width == pytest.approx(30.7, abs=1)
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["F2:F99"]
    assert sheet.protection.sheet
    assert not sheet["F7"].protection.locked
    assert sheet.print_area == "'学校'!$A$1:$G$30"
    assert formulas["填报说明"].sheet_state == "hidden"
    assert list(formulas.defined_names) == ["上限"]
    assert comments["G2"] == ("教务处", "不要动")
    assert comments["E3"][0] == "教务处"
    assert comments["E3"][1].startswith("请核对")
    assert "四十多" in comments["E3"][1]


@pytest.mark.parametrize("write", [simple, elaborate])
def test_the_package_is_sound(tmp_path: Path, write: Callable[[Path, Rows], Path]) -> None:
    """Every part is XML, every reference leads to a part, and sheets keep the prescribed order."""
    source = write(tmp_path / "a.xlsx", faulty())
    give_back(source, folder=tmp_path / "out")
    found = parts(tmp_path / "out" / "a.xlsx")
    for name, data in found.items():
        if name.endswith((".xml", ".rels", ".vml")):
            minidom.parseString(data)  # noqa: S318
    types = ElementTree.fromstring(found["[Content_Types].xml"])  # noqa: S314
    overrides = [each.get("PartName", "").lstrip("/") for each in types if each.get("PartName")]
    defaults = [each.get("Extension") for each in types if each.get("Extension")]

    assert set(overrides) <= set(found)
    assert len(overrides) == len(set(overrides))
    assert len(defaults) == len(set(defaults))
    assert {n for n in found if n.rpartition(".")[2] not in defaults} <= {*overrides, types.tag}
    for name in (name for name in found if name.startswith("xl/worksheets/sheet")):
        root = parsed(found[name])
        tags = [ORDER.index(child.tag.removeprefix(_MAIN)) for child in root]
        assert tags == sorted(tags)
        addresses = [str(cell.get("r")) for cell in root.iter(f"{_MAIN}c")]
        order = [coordinate_to_tuple(each) for each in addresses]
        assert order == sorted(set(order))
    shapes = [
        number
        for name, data in found.items()
        if name.endswith(".vml")
        for number in _shape_numbers(data)
    ]
    assert len(shapes) == len(set(shapes))


def _shape_numbers(drawing: bytes) -> list[str]:
    return [
        shape.getAttribute("id")
        for shape in minidom.parseString(drawing).getElementsByTagName("v:shape")  # noqa: S318
        if shape.getAttribute("id").startswith("_x0000_s")
    ]


@pytest.mark.parametrize("language", list(Language))
def test_the_loop_closes(tmp_path: Path, language: Language) -> None:
    """Fill in, check, mark, correct in the marked workbook, check again: nothing is wrong."""
    with speaking(language):
        source = elaborate(tmp_path / "a.xlsx", faulty())
        facts, _ = give_back(source, folder=tmp_path / "1")
        again, _ = give_back(tmp_path / "1" / "a.xlsx", folder=tmp_path / "2")
        # The library that corrects it here does not keep what formulas came to.
        good = GOOD | {"E2": 301}
        mended = corrected(tmp_path / "2" / "a.xlsx", tmp_path / "b.xlsx", good)
        clean, _ = give_back(mended, folder=tmp_path / "3")

        first, second = str(content(facts)), str(content(again))
        assert first.replace(str(tmp_path), "") == second.replace(str(tmp_path / "1"), "")
        assert kinds(clean) == []
        assert marked(tmp_path / "3" / "b.xlsx") == {}
        last = openpyxl.load_workbook(tmp_path / "3" / "b.xlsx")
        assert last["学校"]["E3"].fill.fgColor.rgb == "FF92D050"
        comments = commented(tmp_path / "3" / "b.xlsx")
        assert {cell: text.strip() for cell, (_, text) in comments.items()} == {
            "G2": "不要动",
            "E3": "请核对",
        }


@pytest.mark.parametrize("write", [simple, elaborate])
def test_marks_do_not_pile_up(tmp_path: Path, write: Callable[[Path, Rows], Path]) -> None:
    """A file that is marked twice is the same, byte by byte, as one that is marked once."""
    source = write(tmp_path / "a.xlsx", faulty())
    give_back(source, folder=tmp_path / "1")
    give_back(tmp_path / "1" / "a.xlsx", folder=tmp_path / "2")

    assert parts(tmp_path / "1" / "a.xlsx") == parts(tmp_path / "2" / "a.xlsx")


def test_colours_are_taken_away_exactly(tmp_path: Path) -> None:
    """A mark that is no longer needed gives the cell back the very style it had."""
    source = elaborate(tmp_path / "a.xlsx", faulty())
    give_back(source, folder=tmp_path / "1")

    def mend(name: str, data: bytes) -> bytes:
        return data.replace("四十多".encode(), b"340") if name == "xl/sharedStrings.xml" else data

    mended = rezipped(tmp_path / "1" / "a.xlsx", tmp_path / "b.xlsx", mend)
    give_back(mended, folder=tmp_path / "2")
    styles = [
        re.search(rb'<c r="E3" s="(\d+)"', parts(path)["xl/worksheets/sheet1.xml"])
        for path in (source, tmp_path / "1" / "a.xlsx", tmp_path / "2" / "b.xlsx")
    ]
    first, second, last = (style[1] if style else b"" for style in styles)

    assert marked(tmp_path / "2" / "b.xlsx") == {k: v for k, v in BAD.items() if k != "E3"}
    assert first == last != second


def test_a_clean_file_is_not_touched(tmp_path: Path) -> None:
    """Where nothing is wrong, the file is given back as it came, and it is said."""
    source = elaborate(tmp_path / "a.xlsx", rows())
    _, told = give_back(source, folder=tmp_path / "out")

    assert (tmp_path / "out" / "a.xlsx").read_bytes() == source.read_bytes()
    assert "没有问题的 1 个" in told[0]
    listed = openpyxl.load_workbook(tmp_path / "out" / "问题清单.xlsx")["问题清单"]
    assert listed["A2"].value == "没有发现问题。"


def test_prefixes_and_bare_rows(tmp_path: Path) -> None:
    """A sheet whose tags carry a prefix, and rows and cells without addresses, are marked too."""
    source = simple(tmp_path / "a.xlsx", faulty())

    def rename(name: str, data: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return data
        text = data.decode()
        for tag in ("worksheet", "sheetData", "row", "c", "v", "is", "t", "dimension"):
            text = text.replace(f"<{tag}>", f"<x:{tag}>").replace(f"<{tag} ", f"<x:{tag} ")
            text = text.replace(f"</{tag}>", f"</x:{tag}>")
        start, end = text.index("<x:sheetData>"), text.index("</x:sheetData>")
        body = text[start : end + 14]
        return (
            '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            + body
            + "</x:worksheet>"
        ).encode()

    prefixed = rezipped(source, tmp_path / "b.xlsx", rename)
    facts, _ = give_back(prefixed, folder=tmp_path / "out")

    assert len(facts.problems) == len(BAD)
    assert marked(tmp_path / "out" / "b.xlsx") == BAD
    assert set(commented(tmp_path / "out" / "b.xlsx")) == set(BAD)


def test_conversations_are_left_alone(tmp_path: Path) -> None:
    """A cell with a threaded comment gets its colour, and the comment stays as it is."""
    source = elaborate(tmp_path / "a.xlsx", faulty())

    def thread(name: str, data: bytes) -> bytes:
        author = "tc={00000000-0000-0000-0000-000000000001}"
        return data.replace("教务处".encode(), author.encode()) if "comments" in name else data

    threaded = rezipped(source, tmp_path / "b.xlsx", thread)
    give_back(threaded, folder=tmp_path / "out")
    path = tmp_path / "out" / "b.xlsx"

    assert marked(path) == BAD
    assert commented(path)["E3"] == commented(threaded)["E3"]


def test_merged_headers_are_marked_where_they_show(tmp_path: Path) -> None:
    """A mark on a cell that is hidden by merging goes to the cell that shows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "学校"
    sheet.append([*HEADER, "不认识的一列"])
    sheet.append([])
    for column in range(1, 9):
        sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
    for row in rows(3):
        sheet.append([*row, 1])
    book.save(tmp_path / "a.xlsx")
    facts, _ = give_back(tmp_path / "a.xlsx", folder=tmp_path / "out")

    assert kinds(facts) == ["unknown-column"]
    assert marked(tmp_path / "out" / "a.xlsx") == {"H1": "warning"}
    assert set(commented(tmp_path / "out" / "a.xlsx")) == {"H1"}


def test_what_cannot_be_marked_is_listed(tmp_path: Path) -> None:
    """A strict, a signed and a damaged workbook are said to be left out; the others are written."""
    source = simple(tmp_path / "good.xlsx", faulty())

    def strict(_: str, data: bytes) -> bytes:
        old = b"http://schemas.openxmlformats.org/"
        return data.replace(old + b"spreadsheetml/2006/main", _STRICT + b"spreadsheetml/main")

    rezipped(source, tmp_path / "strict.xlsx", strict)
    signed = tmp_path / "signed.xlsx"
    rezipped(source, signed, lambda _, data: data)
    with zipfile.ZipFile(signed, "a") as archive:
        archive.writestr("_xmlsignatures/origin.sigs", "")
    (tmp_path / "damaged.xlsx").write_bytes(source.read_bytes()[:3000])
    paths = sorted(tmp_path.glob("*.xlsx"))
    _, told = give_back(*paths, folder=tmp_path / "out")
    written = sorted(path.name for path in (tmp_path / "out").iterdir())

    assert written == ["good.xlsx", "问题清单.xlsx"]
    assert sum("没有标注" in line for line in told) == 3
    assert any("严格" in line for line in told)
    assert any("签名" in line for line in told)
    assert any("damaged.xlsx 没有标注：文件已损坏：压缩结构不完整" in line for line in told)


def test_styles_that_say_nothing(tmp_path: Path) -> None:
    """A table of styles without any style is filled, as one that is not there is made."""
    simple(tmp_path / "a.xlsx", faulty())
    name = "xl/styles.xml"
    nothing = f'<styleSheet xmlns="{_MAIN.strip("{}")}"/>'.encode()
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "b.xlsx"
    rezipped(tmp_path / "a.xlsx", source, lambda part, data: nothing if part == name else data)
    give_back(source, folder=tmp_path / "out")

    assert marked(tmp_path / "out" / "b.xlsx") == BAD


_STRICT = b"http://purl.oclc.org/ooxml/"


def test_a_text_becomes_a_workbook(tmp_path: Path) -> None:
    """A CSV is given back as a workbook of the same cells, which reads back as the same facts."""
    lines: Rows = [[*HEADER], *faulty()]
    text = "\n".join(",".join("" if v is None else str(v) for v in line) for line in lines)
    (tmp_path / "学校.csv").write_bytes(text.encode("gb18030"))
    facts, told = give_back(tmp_path / "学校.csv", folder=tmp_path / "out")
    again = read(tmp_path / "out" / "学校.xlsx")

    assert marked(tmp_path / "out" / "学校.xlsx") == BAD
    assert set(commented(tmp_path / "out" / "学校.xlsx")) == set(BAD)
    assert "学校.xlsx" in told[-1]
    assert kinds(again) == kinds(facts)


def test_a_list_for_the_whole_submission(tmp_path: Path) -> None:
    """One workbook lists the causes of all files, JSON included, and what became of each."""
    simple(tmp_path / "a.xlsx", faulty())
    (tmp_path / "b.json").write_text('{"学校": [{"代码": "1", "年份": 2025, "学生数": "x"}]}')
    give_back(tmp_path / "a.xlsx", tmp_path / "b.json", folder=tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "问题清单.xlsx")
    listed = {str(row[2].value).rpartition("/")[2] for row in book["问题清单"].iter_rows(min_row=2)}

    assert listed == {"a.xlsx", "b.json"}
    assert book["文件清单"].max_row == 3
    assert read(tmp_path / "out" / "问题清单.xlsx").problems == []


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    """Neither the submission nor files that are there already are written over."""
    source = simple(tmp_path / "a.xlsx", faulty())
    give_back(source, folder=tmp_path / "out")

    with pytest.raises(OutputError, match="--force"):
        give_back(source, folder=tmp_path / "out")
    give_back(source, folder=tmp_path / "out", force=True)
    with pytest.raises(OutputError, match="另选"):
        give_back(source, folder=tmp_path, force=True)
    with pytest.raises(OutputError, match="另选"):
        TargetFolder(tmp_path / "out").check([str(tmp_path)])


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.sets(st.tuples(st.integers(0, 11), st.sampled_from([3, 4, 5])), max_size=12),
    st.booleans(),
)
def test_whatever_is_wrong_is_marked(
    tmp_path: Path,
    wrong: set[tuple[int, int]],
    elaborately: bool,  # noqa: FBT001
) -> None:
    """Exactly the bad cells are marked, and the marked file says the same as the one sent."""
    found = rows()
    for row, column in wrong:
        found[row][column] = None if column == 3 else "错的"
    write = elaborate if elaborately else simple
    source = write(tmp_path / "a.xlsx", found)
    if elaborately:
        wrong = wrong - {(0, 4)}  # there is a formula
    facts, _ = give_back(source, folder=tmp_path / "out", force=True)
    path = tmp_path / "out" / "a.xlsx"
    undated = {row for row, column in wrong if column == 3}
    told = {(r, c) for r, c in wrong if c == 3 or r not in undated}

    assert set(marked(path)) == {f"{'DEF'[c - 3]}{r + 2}" for r, c in told}
    assert sorted(kinds(read(path))) == sorted(kinds(facts))


def test_pieces_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However small the pieces in which a sheet is read, it is copied alike."""
    source = elaborate(tmp_path / "a.xlsx", faulty())
    give_back(source, folder=tmp_path / "1")
    monkeypatch.setattr(stream, "_CHUNK", 7)
    give_back(source, folder=tmp_path / "2")

    assert parts(tmp_path / "1" / "a.xlsx") == parts(tmp_path / "2" / "a.xlsx")


@pytest.mark.parametrize(
    ("author", "text"),
    [
        ("", f"<t>{AUTHOR}\n错误</t>"),
        ("教务处", f"<t>请核对\n{AUTHOR}\n错误</t>"),
        ("教务处", "<r><t>请核对\n达标</t></r><r><t> dabiao</t></r><r><t>\n错误</t></r>"),
    ],
    ids=["author lost", "runs joined", "runs split"],
)
def test_our_words_are_found_again(author: str, text: str) -> None:
    """What we said in a comment is taken out, whatever a program has made of the comment since."""
    data = (
        f'<comments xmlns="{_MAIN[1:-1]}"><authors><author>{author}</author></authors><commentList>'
        f'<comment ref="E3" authorId="0"><text>{text}</text></comment></commentList></comments>'
    ).encode()
    done = merge_comments(data, {})
    left = "" if done.data is None else "".join(parsed(done.data).itertext())

    assert left == ("" if not author else "教务处请核对")
