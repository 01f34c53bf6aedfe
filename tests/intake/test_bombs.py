"""Small files that would become large: each is given up early, with a message that says why."""

import os
import zipfile
from pathlib import Path

import polars as pl
import pytest

from dabiao.intake import Limits
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.problem import InputError
from tests.intake.submissions import kinds, read, reported

KINDS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
HEADER = (
    '<row><c t="str"><v>代码</v></c><c t="str"><v>年份</v></c><c t="str"><v>学生数</v></c></row>'
)
FACT = '<row><c t="str"><v>s1</v></c><c><v>2025</v></c><c><v>45</v></c></row>'
ROWS = HEADER + FACT
MEGABYTE = 1 << 20
BOMB = f"<row><c{' ' * 900}/></row>" * 40_000


def sheet(rows: str, after: str = "") -> str:
    """Write a sheet."""
    return f"<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>"


def archive(path: Path, *, target: str = "s.xml", **parts: str | bytes) -> Path:
    """Write a workbook by hand: ``s`` is its sheet, ``t`` its texts, ``y`` its styles."""
    links = f'<Relationship Id="s" Type="{KINDS}/worksheet" Target="{target}"/>'
    for name, kind in (("t", "sharedStrings"), ("y", "styles")):
        if name in parts:
            links += f'<Relationship Id="{name}" Type="{KINDS}/{kind}" Target="{name}.xml"/>'
    book = '<workbook xmlns:r="r"><sheets><sheet name="学校" r:id="s"/></sheets></workbook>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", book)
        made.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        for name, part in parts.items():
            made.writestr(f"xl/{name}.xml", part)
    return path


@pytest.mark.parametrize(
    "written",
    [
        sheet(ROWS).encode(),
        ('<?xml version="1.0" encoding="UTF-16"?>' + sheet(ROWS)).encode("utf-16"),
        sheet(ROWS).encode("utf-16-le"),
        sheet(ROWS).encode("utf-16-be"),
        ('<?xml version="1.0" encoding="GB2312"?>' + sheet(ROWS)).encode("gb2312"),
        sheet(ROWS.replace("<row>", '<row r="7">', 1)).encode(),
        sheet('<row><c r="c1" t="str"><v>x</v></c></row>' + ROWS).encode(),
        sheet("<row/>" * 50_000 + ROWS).encode(),
        sheet(ROWS).replace("<v>", "<x:v>").replace("</v>", "</x:v>").encode(),
    ],
    ids=["plain", "utf-16", "le", "be", "gb2312", "gap", "small letters", "blank rows", "prefix"],
)
@pytest.mark.parametrize("target", ["s.xml", "/xl/s.xml", "..\\xl\\s.xml"])
def test_unusual_but_sound(tmp_path: Path, written: bytes, target: str) -> None:
    """Strict workbooks without styles or shared texts, in any encoding, are read."""
    facts = read(archive(tmp_path / "x.xlsx", s=written, target=target))
    assert facts.problems == []
    assert reported(facts, Level.SCHOOL, "s1", 2025, "pupils") == 45


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"s": sheet("<row>" + "<c/>" * 20_000 + "</row>")}, "列太多"),
        ({"s": sheet('<row r="2"/>' + '<row r="1"/>')}, "第 2 行之后又是第 1 行"),
        ({"s": sheet("<a>" * 20_000)}, "嵌套过深"),
        ({"s": sheet('<row a="' + "x" * 5 * MEGABYTE + '"/>')}, "过长"),
        ({"s": sheet("<!--" + "x" * 5 * MEGABYTE + "-->")}, "过长"),
        ({"s": sheet('<row><c t="str"><v>' + "x" * MEGABYTE + "</v></c></row>")}, "131072 字"),
        ({"s": '<?xml version="1.0" encoding="zip"?>' + sheet(ROWS)}, "编码 zip 不支持"),
        ({"s": "<theme/>"}, "不是 worksheet"),
        ({"s": sheet(ROWS), "y": "<theme/>"}, "不是 styleSheet"),
        ({}, "缺少工作表“学校”"),
        ({"s": sheet(ROWS)[:-30]}, "XML 第 1 行"),
    ],
    ids=[
        "columns",
        "order",
        "depth",
        "attribute",
        "comment",
        "text",
        "encoding",
        "other part",
        "other styles",
        "no part",
        "cut",
    ],
)
def test_damage(tmp_path: Path, parts: dict[str, str], said: str) -> None:
    """What cannot be a sheet is told, wholly in the language chosen."""
    path = archive(tmp_path / "x.xlsx", **parts)
    facts = read(path)
    assert kinds(facts) == ["file-damaged"]
    assert said in facts.problems[0].message
    with speaking(Language.EN):
        assert read(path).problems[0].message.replace("学校", "").isascii()


@pytest.mark.parametrize(
    ("parts", "limits"),
    [
        ({"s": sheet(ROWS), "t": "<sst>" + "<si/>" * 2000 + "</sst>"}, Limits(cells=1000)),
        ({"s": sheet(ROWS), "t": f"<sst><si><t>{'x' * 9999}</t></si></sst>"}, Limits(letters=999)),
        ({"s": sheet(f'<row><c t="str"><v>{"x" * 9999}</v></c></row>')}, Limits(letters=999)),
        (
            {"s": sheet(ROWS), "y": f"<styleSheet>{'<numFmt/>' * 999}</styleSheet>"},
            Limits(formats=9),
        ),
        ({"s": sheet(ROWS, '<mergeCell ref="A2:C3"/>' * 99)}, Limits(cells=1000)),
        ({"s": sheet(ROWS, '<col min="1" max="9" hidden="1"/>' * 99)}, Limits(cells=1000)),
    ],
    ids=["texts", "letters", "inline", "formats", "merges", "columns"],
)
def test_bombs(tmp_path: Path, parts: dict[str, str], limits: Limits) -> None:
    """Whatever is kept has a bound, and so has what is only unpacked."""
    path = archive(tmp_path / "x.xlsx", **parts)
    assert kinds(read(path, limits=limits)) == ["too-large"]


def test_a_bound_may_be_reached(tmp_path: Path) -> None:
    """A sheet may have as many cells as the bound says, and not one more."""
    cells = "".join(f"<row>{'<c><v>1</v></c>' * 4}</row>" for _ in range(3))
    path = archive(tmp_path / "x.xlsx", s=sheet(cells))
    assert kinds(read(path, limits=Limits(cells=12))) != ["too-large"]
    assert kinds(read(path, limits=Limits(cells=11))) == ["too-large"]


def test_bomb_is_given_up_early(tmp_path: Path) -> None:
    """A file of some kilobytes is not unpacked to its end."""
    path = archive(tmp_path / "x.xlsx", s=sheet(BOMB))
    assert path.stat().st_size < MEGABYTE // 4
    assert "超过 10 MB" in read(path).problems[0].message


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[" * 5000, "not-json"),
        ("[" + "9" * 5000 + "]", "not-json"),
        ('{"school": [' + "{}," * 5000 + "{}]}", "too-large"),
        ('{"school": [' + "1," * 9000 + "1]}", "too-large"),
    ],
    ids=["deep", "long number", "objects", "values"],
)
def test_json(tmp_path: Path, text: str, kind: str) -> None:
    """JSON is measured before it is taken apart."""
    path = tmp_path / "x.json"
    path.write_text(text)
    facts = read(path, limits=Limits() if kind == "not-json" else Limits(cells=12_000))
    assert kinds(facts) == [kind]
    assert "Error" not in facts.problems[0].message


def test_parquet(tmp_path: Path) -> None:
    """Parquet packs equal values into nothing; their number is bounded all the same."""
    frame = pl.DataFrame({"代码": ["s1"] * 9000, "年份": [2025] * 9000, "学生数": [5] * 9000})
    frame.write_parquet(tmp_path / "学校.parquet")
    assert kinds(read(tmp_path / "学校.parquet", limits=Limits(values=20_000))) == ["too-large"]
    assert kinds(read(tmp_path / "学校.parquet", limits=Limits(rows=8_000))) == ["too-large"]
    (tmp_path / "学校.parquet").write_bytes(b"PAR1 nonsense PAR1")
    facts = read(tmp_path / "学校.parquet")
    assert [each.message for each in facts.problems] == ["文件已损坏：不是有效的 Parquet"]


def test_delimited(tmp_path: Path) -> None:
    """Values are bounded, and so is a line."""
    path = tmp_path / "学校.csv"
    path.write_text("代码,年份,学生数\n" + "s1,2025,5\n" * 9000, "utf-8")
    assert kinds(read(path, limits=Limits(values=20_000))) == ["too-large"]
    path.write_text("代码,年份,学生数\n" + "," * 40 * MEGABYTE, "utf-8")
    assert kinds(read(path)) == ["too-large"]


@pytest.mark.parametrize(
    "text",
    [
        "代码,年份,学生数" + "（" * 9000 + "\ns1,2025,5\n",
        "代码,年份,学生数\ns1,2025,5\n" + "1" * 9000 + "\n",
        "代码,年份,学生数\n" + "".join(f"s1,2025,{at}\n" for at in range(900)),
    ],
    ids=["header", "year", "contradictions"],
)
def test_what_is_told_is_bounded(tmp_path: Path, text: str) -> None:
    """However long a cell or a list of places is, a problem says its first and last words."""
    path = tmp_path / "学校.csv"
    path.write_text(text, "utf-8")
    said = [problem.message for problem in read(path).problems]

    assert said
    assert max(map(len, said)) < 1_100


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_what_is_no_file(tmp_path: Path) -> None:
    """Pipes, links that lead nowhere and linked folders are told, and nothing waits for them."""
    os.mkfifo(tmp_path / "学校.csv")
    (tmp_path / "班级.csv").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(InputError) as caught:
        read(tmp_path)
    told = sorted((Path(each.file or "").name, each.code) for each in caught.value.problems)
    assert told == [
        ("loop", "linked-folder"),
        ("学校.csv", "no-such-file"),
        ("班级.csv", "no-such-file"),
    ]


@pytest.mark.parametrize("kind", [pl.Date, pl.Datetime("ms"), pl.Datetime("us", "Asia/Shanghai")])
def test_days_that_no_calendar_has(tmp_path: Path, kind: pl.DataType) -> None:
    """A day of the year 5,881,580 is a bad cell, named, and not the end of the program."""
    most = pl.Series([2**31 - 1 if kind == pl.Date else 2**62, 0])
    days = most.cast(pl.Int32 if kind == pl.Date else pl.Int64).cast(kind)
    table = {"代码": ["s1", "s2"], "年份": [2025, 2025], "学生数": days}
    pl.DataFrame(table).write_parquet(tmp_path / "学校.parquet")

    told = kinds(read(tmp_path / "学校.parquet"))
    assert len(told) == 2
    assert set(told) <= {"not-a-number", "date-in-cell"}
