"""Delimited text: encodings, separators, quotes, lines, and the same cells by both ways."""

import codecs
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from dabiao.intake import Limits
from dabiao.intake.cells.item_cells import ColumnReading
from dabiao.intake.formats.csv import read_delimited
from dabiao.intake.formats.table import Cell
from dabiao.intake.values.columns import ColumnReader
from dabiao.schemas.level import Level
from dabiao.schemas.problem import InputError
from tests.intake.submissions import MEASURES, content, kinds, read, reported, source

CLASS = Level.CLASS
TEXT = "代码,名称,上级代码,年份,班级人数,学段\nc1,东胜区第一小学一年级一班,s1,2025,45,小学\n"
TRADITIONAL = (
    "代碼,名稱,上級代碼,年份,班级人数\n011301-1,私立淡江高中附設國小一年級,011301,2024,33\n"
    "011601-1,新北市淡水區興仁國小一年級,011601,2024,28\n"
)


def submit(tmp_path: Path, content: str | bytes, name: str = "班级.csv") -> Path:
    """Write a delimited file."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), None),
        (codecs.BOM_UTF8 + TEXT.encode(), None),
        (TEXT.encode("gb18030"), "GB18030"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-16-le"), "UTF-16-LE"),
        (TEXT.replace("\n", "\r\n").encode("gb18030"), "GB18030"),
        (TEXT.replace("\n", "\r").encode(), None),
    ],
    ids=["utf-8", "mark", "gb18030", "utf-16", "utf-16-be", "no mark", "crlf", "cr"],
)
def test_encodings(tmp_path: Path, data: bytes, encoding: str | None) -> None:
    """Every usual encoding is recognised, and told unless it is UTF-8."""
    facts = read(submit(tmp_path, data))
    assert facts.problems == []
    told = [(note.code, note.message) for note in facts.notes]
    assert told == ([] if encoding is None else [("encoding", f"按 {encoding} 编码读取")])
    assert facts.levels[CLASS].names == ["东胜区第一小学一年级一班"]
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45


def test_big5_is_told_from_gb18030(tmp_path: Path) -> None:
    """Nearly all Big5 text decodes as GB18030 too; the evidence decides."""
    facts = read(submit(tmp_path, TRADITIONAL.encode("big5", "replace")))
    assert "Big5" in facts.notes[0].message
    assert "新北市淡水區興仁國小一年級" in facts.levels[CLASS].names


def test_traditional_text_in_gb18030(tmp_path: Path) -> None:
    """Traditional characters do not make a text Big5."""
    facts = read(submit(tmp_path, TRADITIONAL.encode("gb18030")))
    assert "GB18030" in facts.notes[0].message
    assert "新北市淡水區興仁國小一年級" in facts.levels[CLASS].names


@pytest.mark.parametrize("other", ["小学", "初中"])
def test_chinese_that_would_be_cyrillic(tmp_path: Path, other: str) -> None:
    """A table in which 小学 is the only Chinese is valid UTF-8 as well, and read as Chinese."""
    rows = "".join(f"c{number},A,2025,小学\n" for number in range(1, 30))
    text = f"code,name,year,stage\n{rows}d,B,2025,{other}\n"
    facts = read(submit(tmp_path, text.encode("gb18030")))

    assert kinds(facts) == []
    assert "GB18030" in facts.notes[0].message
    assert reported(facts, CLASS, "c1", 2025, "stage") == "小学"


def test_cyrillic(tmp_path: Path) -> None:
    """Words in Cyrillic letters stay what they are."""
    facts = read(submit(tmp_path, "code,name,year,class_size\nc1,Сургууль,2025,45\n"))
    assert facts.levels[CLASS].names == ["Сургууль"]


def test_encoding_that_was_named(tmp_path: Path) -> None:
    """An encoding that the user names is not questioned, must hold, and is told of but once."""
    path = submit(tmp_path, TEXT.encode("gb18030"))
    assert read(path, encoding="gbk").notes == []
    assert kinds(read(path, encoding="utf-8")) == ["undecodable"]
    for named in ("klingon", "hex", ""):
        with pytest.raises(InputError, match="unknown-encoding") as refused:
            read(path, path, encoding=named)
        assert len(refused.value.problems) == 1


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp932", "学校コード,学校名,児童数\n1,千代田小学校,300\n"),
        ("cp1251", "Код;Школа;Ученики\n1;Гимназия;300\n"),
        ("cp1252", "Code;École;Élèves;Année\n1;Collège Molière;300;2024\n"),
        (
            "euc-kr",
            "학교코드,학교명,연도,학생수,교원수,학급수,주소,전화번호\n1,서울초등학교,2024,3\n",
        ),
    ],
)
def test_text_in_another_script(tmp_path: Path, encoding: str, text: str) -> None:
    """What is not Chinese is no nonsense in Chinese: its encoding is named, and can be given."""
    path = submit(tmp_path, text.encode(encoding))
    (problem,) = read(path).problems
    assert problem.code == "undecodable"
    assert f"--encoding {encoding}" in (problem.hint or "")
    assert kinds(read(path, encoding=encoding)) != ["undecodable"]


def test_undecodable_text(tmp_path: Path) -> None:
    """Bytes that are text in no encoding are told with their line."""
    facts = read(submit(tmp_path, TEXT.encode() + b"\xff\xff\xff\n"))
    assert kinds(facts) == ["undecodable"]
    assert "3" in facts.problems[0].message


@pytest.mark.parametrize("separator", [*",;\t|"], ids=["comma", "semicolon", "tab", "bar"])
def test_separators(tmp_path: Path, separator: str) -> None:
    """The separator is the one that sets the header apart."""
    text = TEXT.replace(",", separator).replace("一班", "一班，甲,乙;丙".replace(separator, ""))
    facts = read(submit(tmp_path, text))
    assert facts.problems == []
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45


def test_declared_separator(tmp_path: Path) -> None:
    """The first line that Excel writes is no title; lines count from it."""
    facts = read(submit(tmp_path, "sep=;\r\n代码;年份;班级人数\r\nc1;2025;45\r\n"))
    assert facts.problems == []
    assert source(facts, CLASS, "c1", "class_size") == "C3"


def test_titles_quotes_and_blank_lines(tmp_path: Path) -> None:
    """Titles, quoted line breaks and blank lines leave line numbers true."""
    text = '"东胜区\n班级情况表",,\n\n代码,年份,"班级人数\n（人）"\n'
    text += 'c1,2025,"1,234"\n\n,,\nc2,2025,"x""y"\n'
    facts = read(submit(tmp_path, text))
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 1234
    (problem,) = facts.problems
    assert (problem.code, problem.cell) == ("not-a-number", "C9")


def test_ragged_rows(tmp_path: Path) -> None:
    """Nothing of a row that may be shifted is used; where that cannot be, the rest is blank."""
    text = "代码,年份,班级人数,学段\nc1,2025,1,234,小学\nc2,2025,45\nc3,2025,45,小学,,\n"
    facts = read(submit(tmp_path, text))
    assert [(p.code, p.line, p.severity.value) for p in facts.problems] == [
        ("ragged-row", 2, "error"),
        ("ragged-row", 3, "warning"),
    ]
    assert "5 个字段" in str(reported(facts, CLASS, "c1", 2025, "class_size"))
    assert "5 个字段" in str(reported(facts, CLASS, "c1", 2025, "stage"))
    assert reported(facts, CLASS, "c2", 2025, "class_size") == 45
    assert reported(facts, CLASS, "c3", 2025, "stage") == "小学"


def test_quote_that_is_never_closed(tmp_path: Path) -> None:
    """A quote that would swallow the rest of the file is told with its line."""
    facts = read(submit(tmp_path, '代码,年份,班级人数\nc1,2025,45\nc2,2025,"46\nc3,2025,47\n'))
    (problem,) = facts.problems
    assert (problem.code, problem.line) == ("unclosed-quote", 3)


@pytest.mark.parametrize("small", [1 << 20, 0], ids=["record by record", "at once"])
@pytest.mark.parametrize("last", [4, 6])
def test_quotes_that_swallow_whole_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int, small: int
) -> None:
    """A quote that another one closes rows below leaves a record like any, and is told."""
    from dabiao.intake.formats import csv

    monkeypatch.setattr(csv, "read_delimited", partial(read_delimited, small=small))
    rows = [f"c{at},{at}班,s1,2025,{40 + at}" for at in range(300)]
    rows[3] = rows[3].replace("3班", '"3班')
    rows[last] = rows[last].replace(f"{last}班", f'{last}班"')
    facts = read(submit(tmp_path, "\n".join(["代码,名称,上级代码,年份,班级人数", *rows])))

    assert [(each.code, each.line) for each in facts.problems] == [("unclosed-quote", 5)]


@pytest.mark.parametrize(
    ("end", "told", "noted"),
    [
        ("45", [], ["maybe-cut"]),
        ("4", ["maybe-cut"], []),
        ("45\n", [], []),
        ('"45"', [], []),
        ("45\r\n", [], []),
        ("约4", ["not-a-number"], []),
    ],
)
def test_a_file_that_may_have_been_cut(
    tmp_path: Path, end: str, told: list[str], noted: list[str]
) -> None:
    """A number at the very end is read, and told of: as a warning if all above are longer."""
    rows = "".join(f"c{at},2025,{40 + at}\n" for at in range(4))
    facts = read(submit(tmp_path, f"代码,年份,班级人数\n{rows}c9,2025,{end}"))
    cut = [each for each in (*facts.problems, *facts.notes) if each.code == "maybe-cut"]

    assert (kinds(facts), [note.code for note in facts.notes]) == (told, noted)
    assert all(each.cell == "C6" for each in cut)


def test_texts_of_several_lines(tmp_path: Path) -> None:
    """What somebody broke into lines is one text, separators and all."""
    text = TEXT.replace("东胜区第一小学一年级一班", '"一班\n(原二班,三班,2024年搬来)"')
    facts = read(submit(tmp_path, text + text.partition("\n")[2].replace("c1", "c2")))

    assert kinds(facts) == []
    assert reported(facts, CLASS, "c1", 2025, "class_size") == 45


def test_name_that_is_no_level(tmp_path: Path) -> None:
    """A file that is not named after a level needs a mapping."""
    facts = read(submit(tmp_path, TEXT, "学校花名册.csv"))
    (problem,) = facts.problems
    assert (problem.code, problem.severity.value) == ("unknown-table", "error")
    assert "学校" in (problem.hint or "")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty-file"),
        (b"\n\n", "empty-file"),
        (b"PK\x03\x04", "not-text"),
        ("无,有\n1,2\n".encode(), "no-header"),
    ],
    ids=["empty", "blank", "zip", "no header"],
)
def test_files_that_hold_nothing(tmp_path: Path, data: bytes, kind: str) -> None:
    """An empty file, one that is something else and one without a header are told."""
    assert kinds(read(submit(tmp_path, data))) == [kind]


def test_too_many_rows(tmp_path: Path) -> None:
    """A table beyond the limit is refused."""
    text = "代码,年份\n" + "".join(f"c{at},2025\n" for at in range(50))
    assert kinds(read(submit(tmp_path, text), limits=Limits(rows=40))) == ["too-large"]


@pytest.mark.parametrize("quoted", [False, True], ids=["plain", "quoted"])
@pytest.mark.parametrize("line", [7, 600], ids=["near", "far"])
@pytest.mark.parametrize(
    "odd",
    [
        "c,2025,约4,小学,是",
        "c,2025,1,2,3,4",
        "c,2025,1,234,,",
        "c,2025,约4,小学,是,,",
        "c,2025",
        '"a""b",2025,7,"x\ny",1',
        'a"b,2025,7,小学,1',
        "",
        "合计,,5,,",
        ",2025,3,,",
    ],
    ids=repr,
)
def test_both_ways_give_the_same(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    odd: str,
    line: int,
    quoted: bool,  # noqa: FBT001
) -> None:
    """Reading by whole pieces and record by record differ in nothing but time."""
    from dabiao.intake import read as reading
    from dabiao.intake.formats import csv

    mark = '"' if quoted else ""
    lines = [f"{mark}c{at}{mark},2025,{at % 60},{mark}小学{mark},是" for at in range(700)]
    lines.insert(line, odd)
    path = submit(tmp_path, "代码,年份,班级人数,学段,有图书室\n" + "\n".join(lines) + "\n")
    slow = read(path)

    monkeypatch.setattr(csv, "_PIECE", 1 << 12)
    monkeypatch.setattr(csv, "read_delimited", partial(read_delimited, small=0))
    assert reading is not None
    assert content(read(path)) == content(slow)


def test_a_number_too_small_to_be_held_is_no_zero() -> None:
    """1e-400 is named, and 0.0 beside it is 0, also where a column is read at once."""
    reader = ColumnReader(ColumnReading(MEASURES["spending"]))
    cells: list[Cell] = ["1e-400", "0.0"]
    for part in (reader.read(cells), reader.read(pl.Series(cells))):
        assert ([*part.reasons], float(part.values[1])) == ([0], 0.0)


@pytest.mark.parametrize("name", ["东胜区第一小学", "小学", "学校", "一", "姓名", "蒙古族小学"])
@pytest.mark.parametrize(("most", "one"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_a_line_in_another_encoding(tmp_path: Path, name: str, most: str, one: str) -> None:
    """A line in another encoding is named, whether its bytes can be read as characters or not."""
    line = f"c2,{name},s1,2025,44,\n"
    facts = read(submit(tmp_path, TEXT.encode(most) + line.encode(one) + TEXT[-20:].encode(most)))
    (problem,) = facts.problems
    assert (problem.code, len(facts.levels)) == ("undecodable", 0)
    assert f"第 3 行是 {one.upper()} 编码的，其他行是 {most.upper()} 的" in problem.message


@pytest.mark.parametrize(
    "name",
    [
        "анги",
        "Өвөр Монгол",
        "α班",
        "é·ü",
        "Nǐ hǎo",
        "第一·小学",
        "ĞĞ",
        "Г班级",
        "A班Б",
        "xī西",
        "Сургууль第一",
        "3×4班",
        "工资÷人数",
    ],
)
def test_letters_among_chinese(tmp_path: Path, name: str) -> None:
    """Names in the letters of other alphabets are no line in another encoding."""
    facts = read(submit(tmp_path, f"{TEXT}c2,{name},s1,2025,44,小学\n"))
    assert (facts.levels[CLASS].names[1], kinds(facts)) == (name, [])


@pytest.mark.parametrize("name", ["第二小校", "小学", "第一小学", "东校区", "单位班"])
def test_a_word_in_another_encoding(tmp_path: Path, name: str) -> None:
    """One character in GB18030 within a line of UTF-8, whose bytes are a letter, is told."""
    gb = "".join(each.encode("gb18030").decode("utf-8", "ignore") or each for each in name)
    facts = read(submit(tmp_path, f"{TEXT}c2,{gb},s1,2025,44,小学\n"))
    (problem,) = facts.problems
    assert (problem.code, problem.hint) == ("encoding", "核对这一格，改正这个字")
    assert "第 3 行的“" in problem.message
    assert f"可能是“{name}”" in problem.message


def test_chinese_that_was_lost_when_it_was_saved(tmp_path: Path) -> None:
    """Saved in an encoding without Chinese, a table is nothing but question marks: that is said."""
    (problem,) = read(submit(tmp_path, TEXT.encode("latin-1", "replace"))).problems
    assert (problem.code, "问号" in problem.message) == ("no-header", True)
