"""Filled tables: the same values in every format, what falls short marked, harmless names."""

import csv
import io
import json
from collections.abc import Callable
from zipfile import ZipFile

import docx
import pytest
from openpyxl import load_workbook

from dabiao.reports.format_names import TABLES, Format
from dabiao.reports.tables.document import document_bytes
from dabiao.reports.tables.formats import write_tables
from dabiao.reports.tables.laid import laid
from dabiao.reports.tables.workbook import tables_bytes
from dabiao.schemas.border import border
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.filled_table import (
    FilledTable,
    FilledTargets,
    TableCell,
    TableHead,
    TableRow,
    TableTarget,
)
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.subject import Subject


def subject(code: str, name: str, level: Level = Level.SCHOOL) -> Subject:
    """Name a subject."""
    return Subject(code=code, name=name, level=level, parents=())


TABLE = FilledTable(
    title="生均面积",
    document="办法",
    place=subject("150602", "东胜区", Level.COUNTY),
    year=2024,
    level=Level.SCHOOL,
    heads=(
        TableHead(heading="学生数", unit="人"),
        TableHead(
            heading="面积",
            unit="平方米/人",
            rule="d/r",
            norm="面积 应不低于 4.5",
            bound=4.5,
            foot_norm="面积差异系数 应不高于 0.5",
        ),
    ),
    rows=(
        TableRow(
            subject=subject("S1", "=HYPERLINK(1)<b>"),
            cells=(TableCell(value=1200), TableCell(value=4.4999, outcome=Outcome.VIOLATION)),
            met=0,
            judged=1,
        ),
        TableRow(
            subject=subject("S2", "二小"),
            cells=(TableCell(value=None), TableCell(value=None, outcome=Outcome.MISSING)),
            met=0,
            judged=1,
        ),
    ),
    foot=(TableCell(), TableCell(value=0.34567, outcome=Outcome.COMPLIANT)),
    undecided=(subject("S3", "三小"),),
)

TARGETS = FilledTargets(
    title="主要指标",
    document="办法",
    place=subject("150602", "=东胜区<b>", Level.COUNTY),
    year=2024,
    targets=(
        TableTarget(
            rule="d/r",
            name="巩固率",
            group="义务教育",
            unit="%",
            baseline_year=2020,
            baseline=90,
            comparator=Comparator.AT_LEAST,
            target=95,
            due=2025,
            value=94.996,
            progress=99.92,
            outcome=Outcome.BEHIND,
        ),
        TableTarget(
            rule="d/s", name="做到", comparator=Comparator.EQUAL, target=True, value=True, due=2023
        ),
        TableTarget(
            rule="d/t",
            name="师生比",
            unit="1:n",
            baseline_year=2020,
            baseline=0.05,
            comparator=Comparator.BETWEEN,
            target=0.05,
            upper=0.0625,
            due=2025,
        ),
    ),
)


def written(form: Format) -> str:
    """Write the table in a format that is text."""
    stream = io.StringIO()
    write_tables([TABLE], form, stream)
    return stream.getvalue()


def test_every_format_is_there() -> None:
    """All formats but those of findings by the million, and those of other programs."""
    assert set(TABLES) == set(Format) - {
        Format.JSONL,
        Format.PARQUET,
        Format.JUNIT,
        Format.SARIF,
    }


def test_a_value_never_looks_like_the_bound_it_misses() -> None:
    """It has as many decimals as that takes."""
    for form in (Format.MARKDOWN, Format.HTML):
        text = written(form)
        assert "4.4999 ▼" in text
        assert "4.5 ▼" not in text


def test_programs_get_the_numbers_in_full() -> None:
    """CSV and JSON hold what was computed, and nothing where it is missing."""
    rows = list(csv.reader(io.StringIO(written(Format.CSV).removeprefix("\ufeff"))))

    assert rows[0][3:] == ["学生数（人）", "面积（平方米/人）", "达标项数"]
    assert rows[1][2:] == ["S1", "1200", "4.4999", "0"]
    assert rows[2][2:] == ["S2", "", "", "0"]
    assert rows[3][1:] == ["东胜区", "150602", "", "0.34567", ""]
    (record,) = json.loads(written(Format.JSON))
    assert border(FilledTable).validate_json(json.dumps(record)) == TABLE


@pytest.mark.parametrize("form", [Format.MARKDOWN, Format.HTML, Format.TABLE])
def test_people_are_told_what_is_required_and_who_is_not_in_it(form: Format) -> None:
    """The remarks stand below the table."""
    text = "".join(written(form).split())

    assert "《办法》" in text
    assert "面积应不低于4.5" in text
    assert "表尾一行的要求：面积差异系数应不高于0.5" in text
    assert "三小" in text


def test_a_name_is_text_in_a_page_and_in_a_workbook() -> None:
    """Whatever a school is called, nothing comes of it."""
    assert "<b>" not in written(Format.HTML)
    sheet = load_workbook(io.BytesIO(tables_bytes([laid(TABLE)])))["东胜区"]
    cell = sheet["A4"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)<b>", "s")


def test_what_falls_short_is_shaded_in_the_workbook() -> None:
    """Cells keep their numbers."""
    sheet = load_workbook(io.BytesIO(tables_bytes([laid(TABLE)])))["东胜区"]
    shade: Callable[[str], str] = lambda at: str(sheet[at].fill.fgColor.rgb)  # noqa: E731

    assert sheet["D4"].value == pytest.approx(4.4999)
    assert shade("D4").endswith("F8CBAD")
    assert not shade("C4").endswith("F8CBAD")
    assert [sheet["A6"].value, sheet["D6"].value] == ["东胜区", pytest.approx(0.34567)]


def test_the_same_table_gives_the_same_bytes() -> None:
    """Nothing depends on when it is written."""
    assert tables_bytes([laid(TABLE)]) == tables_bytes([laid(TABLE)])


def test_a_target_is_shown_with_its_sign_its_year_and_its_progress() -> None:
    """A value never looks like the target it misses; what is not of the common year says so."""
    texts = [[cell.text for cell in row] for row in laid(TARGETS).rows]

    assert list(laid(TARGETS).headings[:3]) == ["类别", "指标", "2020年"]
    assert texts[0][1:] == ["巩固率（%）", "90", "≥95（2025年）", "94.996 ▼", "99.9", "滞后"]
    assert texts[1][2:] == ["—", "是（2023年）", "是", "—", ""]
    assert texts[2][1:4] == ["师生比", "1:20", "1:20～1:16（2025年）"]


def test_english_says_once_that_names_are_in_chinese() -> None:
    """The head of their column says so, and beside the document it stands too."""
    with speaking(Language.EN):
        table = laid(TARGETS)

    assert table.headings[:2] == ("group (in Chinese)", "indicator (in Chinese)")
    assert table.remarks[0] == "办法 (in Chinese)"


def test_programs_get_targets_in_full() -> None:
    """Comparators and numbers, not the words for people."""
    stream = io.StringIO()
    write_tables([TARGETS], Format.CSV, stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().removeprefix("\ufeff"))))

    assert [rows[0][key] for key in ("规则", "比较", "目标", "现值")] == [
        "d/r",
        ">=",
        "95",
        "94.996",
    ]
    assert rows[2]["目标上限"] == "0.0625"


def test_a_document_shades_what_falls_short_and_repeats_its_head() -> None:
    """The same tables give the same bytes, and a name is text."""
    both = [laid(TABLE), laid(TARGETS)]
    written = io.BytesIO(document_bytes(both))
    found = docx.Document(written)

    assert {each.date_time[0] for each in ZipFile(written).infolist()} == {1980}  # whenever made
    assert document_bytes(both) == written.getvalue()
    assert [len(each.columns) for each in found.tables] == [5, 7]
    assert found.paragraphs[-3].text == "=东胜区<b>主要指标（2024年）"
    xml = [each._tbl.xml for each in found.tables]
    assert [each.count("F8CBAD") for each in xml] == [1, 2]
    assert all("w:tblHeader" in each for each in xml)
