"""Rows that need no parser are read as the parser reads them, and rows that are none are not."""

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dabiao.intake import Limits
from dabiao.intake.formats.table import Table
from dabiao.intake.formats.xlsx import sheet as sheets
from dabiao.intake.formats.xlsx.plain_rows import RowSieve
from dabiao.intake.formats.xlsx.workbook import read_workbook
from dabiao.intake.unreadable import Unreadable
from tests.intake.test_bombs import archive

TEXTS = "<sst><si><t>甲校</t></si><si><t> </t></si><si><t>_x4EBA_</t></si></sst>"
STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="000000"/>'
    '<numFmt numFmtId="171" formatCode="0.0&quot;万&quot;"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="170"/><xf numFmtId="14"/>'
    '<xf numFmtId="171"/></cellXfs></styleSheet>'
)
CELLS = (
    '<c r="{}"><v>{}</v></c>',
    '<c r="{}" s="0" t="n"><v>{}.25</v></c>',
    '<c r="{}" s="1"><v>0.{}</v></c>',
    '<c r="{}" s="2"><v>{}</v></c>',
    '<c r="{}" s="3"><v>{}</v></c>',
    '<c r="{}" s="4"><v>1.{}</v></c>',
    '<c r="{}" s="9"><v>-{}E-2</v></c>',
    '<c r="{}" t="s"><v>0</v></c>',
    '<c r="{}" s="4" t="s"><v>0</v></c>',
    '<c r="{}" t="s"><v>1</v></c>',
    '<c r="{}" t="s"><v>2</v></c>',
    '<c r="{}" t="str"><f>A1&amp;"x"</f><v>x{}</v></c>',
    '<c r="{}" t="str"><v>值{}</v></c>',
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> 乙{} </t></is></c>',
    '<c r="{}" t="inlineStr"><is><r><t>丙</t></r></is></c>',
    '<c r="{}" t="inlineStr"><is><t>&#20064;{}&#65288;&#183;&#65289;</t></is></c>',
    '<c r="{}" t="inlineStr"><is><t>&#10;{}&amp;&#x4e59;&#128512;&#65279;</t></is></c>',
    '<c r="{}"><f>SUM(A1:A2)</f><v>{}</v></c>',
    '<c r="{}"><f>SUM(A1:A2)</f></c>',
    '<c r="{}"><f t="shared" si="0"/><v></v></c>',
    '<c r="{}" s="1"/>',
    '<c r="{}" t="b"><v>1</v></c>',
    '<c r="{}" t="e"><v>#DIV/0!</v></c>',
    '<c r="{}"><v>1_{}</v></c>',
    '<c r="{}"><v>{}0000000000000000</v></c>',
    '<c r="{}"><v>abc</v></c>',
    '<c r="{}"><v></v></c>',
    '<c s="1"><v>{0}</v></c>',
    '<x:c r="{}"><x:v>{}</x:v></x:c>',
    '<c  r="{}"><v>{}</v></c>',
    "<c r='{}'><v>{}</v></c>",
)
ROWS = (
    "<row>{}</row>",
    '<row r="{at}">{}</row>',
    '\n<row r="{at}" spans="1:9" hidden="1">{}</row>',
)
BETWEEN = ("", "", "", "\n", '<row r="{at}"/>', "<!-- note -->")
TRICKS = (
    '<!-- <row r="{at}"><c r="A{at}"><v>666</v></c></row> -->',
    '<row r="{at}"><!-- </row><row r="{at}"><c r="A1"><v>666</v></c></row> --></row>',
    '<row r="{at}"><c r="A1" t="str"><v><![CDATA[</row><row><c><v>6</v></c>]]></v></c></row>',
    '<row r="{at}"><c r="A1"><v>6&#54;6</v></c></row>',
    '<row r="{at}"><c r="A1" t="inlineStr"><is><t>&#65535;</t></is></c></row>',
    '<row r="{at}"><c r="A1" t="inlineStr"><is><t>&#55296;</t></is></c></row>',
)


def parsed(data: bytes, feed: Callable[[bytes], None]) -> None:
    """Let the parser have everything."""
    feed(data)


def content(path: Path) -> object:
    """Give all that is read of a workbook's only sheet, or why nothing is."""
    try:
        table = next(iter(read_workbook(path, "x.xlsx", Limits())))
    except Unreadable as error:
        return error.code
    if not isinstance(table, Table):
        return table.code
    (block,) = table.blocks(0, table.positions)
    cells = {at: [(type(each), each) for each in column] for at, column in block.columns.items()}
    return list(block.numbers), cells, table.hidden_rows, table.head


def written(seed: int) -> str:
    """Write the rows of a sheet, in many ways."""
    chance = random.Random(seed)  # noqa: S311 - seeded random cases are the point
    rows = ""
    for at in range(1, 60):
        few = CELLS[: chance.choice((2, 8, len(CELLS)))]
        cells = "".join(
            chance.choice(few).format(f"{letter}{at}", chance.randrange(10_000))
            for letter in "ABCDEFGHAA"[: chance.randrange(1, 9)]
        )
        row = chance.choice(ROWS).replace("{}", cells).replace("{at}", str(2 * at))
        rows += row + chance.choice(BETWEEN).format(at=2 * at + 1)
        if seed % 3 == 0 and chance.random() < 0.03:
            rows += chance.choice(TRICKS).format(at=2 * at + 1)
    return rows


@pytest.mark.parametrize("seed", range(120))
def test_rows_are_read_as_the_parser_reads_them(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a row holds, and however it is written."""
    whole = f"<worksheet><sheetData>{written(seed)}</sheetData></worksheet>"
    path = archive(tmp_path / "x.xlsx", s=whole, t=TEXTS, y=STYLES)
    found = content(path)
    monkeypatch.setattr(RowSieve, "sift", lambda _, data, feed: parsed(data, feed))

    assert found == content(path)


@pytest.mark.parametrize("trick", TRICKS)
def test_what_only_looks_like_a_row(
    trick: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows in comments are none, whatever stands around them."""
    plain = '<row r="{}"><c r="A{}"><v>{}</v></c></row>'
    around = [plain.replace("{}", str(at)) for at in (1, 3)]
    whole = (
        f"<worksheet><sheetData>{around[0]}{trick.format(at=2)}{around[1]}</sheetData></worksheet>"
    )
    path = archive(tmp_path / "x.xlsx", s=whole)
    found = content(path)
    monkeypatch.setattr(RowSieve, "sift", lambda _, data, feed: parsed(data, feed))

    assert found == content(path)


def test_plain_rows_cost_the_parser_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It sees a handful of tags, however many rows there are."""
    seen: list[str] = []
    start = sheets._Cells.start

    def counted(self: sheets._Cells, tag: str, attributes: Mapping[str, str]) -> None:
        seen.append(tag)
        start(self, tag, attributes)

    monkeypatch.setattr(sheets._Cells, "start", counted)
    row = (
        '<row r="{at}">' + "".join(f'<c r="{c}{{at}}"><v>{{at}}</v></c>' for c in "ABCD") + "</row>"
    )
    rows = "".join(row.format(at=at) for at in range(1, 5001))
    path = archive(tmp_path / "x.xlsx", s=f"<worksheet><sheetData>{rows}</sheetData></worksheet>")

    (table,) = read_workbook(path, "x.xlsx", Limits())

    assert isinstance(table, Table)
    assert [len(block.numbers) for block in table.blocks(0, table.positions)] == [5000]
    assert len(seen) < 10
