"""Whatever is thrown at a reader: it reads, or says what is wrong, and nothing else happens.

Valid files are damaged in ways drawn at random, the same in every run; HYPOTHESIS_PROFILE=random
draws others. What was once found is kept as an example of its own.
"""

import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dabiao.engine.heading import headed
from dabiao.engine.judge import judge
from dabiao.intake import Limits
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.intake.plain_yaml import PlainYamlError, read_plain_yaml
from dabiao.reports.counted.recorded import RecordedFindings
from dabiao.reports.run.json import write_json
from dabiao.reports.run.reading import RunFileError, read_run
from dabiao.reports.seals.manifest import SealError, read_seal
from dabiao.rules.coverage.ledger import read_ledger
from dabiao.rules.formulas.error import FormulaError
from dabiao.rules.formulas.from_text import parse
from dabiao.rules.packs.read import read as read_pack
from dabiao.schemas.problem import InputError, Problem
from dabiao.schemas.run import RunOptions
from tests.engine.builders import at_least, pack, rule, school, submit
from tests.engine.strategies import profile
from tests.intake.submissions import Table, read, workbook
from tests.rules.packs import DOCUMENT, PLACES, RULES, WORDS

Damage = list[tuple[str, float, str]]
PIECES = [
    *("", " ", "\t", "\n", "\r", "|", "@", "#", ":", "：", "“", '"', "<", ">", "{", "}", "[", "]"),
    *(
        "%",
        "万",
        "亿",
        "①",
        "½",
        "0",
        "9" * 20,
        "1e999",
        "-",
        "−",
        "=",
        "且",
        "合计(",
        ")",
        "学校.",
    ),
    *("\x00", "\x1b[2K", "\u202e", "\ufeff", "\ud800", "&a", "*a", "!!x", "- ", "? ", "---", "~"),
    *("年份", "代码", "规则:", "背景:", "那么 ", "假如 ", "例子:", "x" * 1500, "Ａ", "𠮷", "é"),
]
WORDS_OF_FORMULAS = [
    *("班级人数", "教师数", "学校", "12", "1.2万", "45人", "+", "-", "×", "÷", "(", ")", ",", "，"),
    *("比例(", "合计(", "计数(", "若(", "上年(", "某年(", "2020", "累计(", "3年", "且", "或", "非"),
    *("=", "≤", ">", '"小学"', "学段", ".", "%", "名次(", "上级(", "达标率(", '"@标签"', "[" * 60),
    *("是", "[", "]", "“", "\x00", "\u202e", "𠮷", "１２", "①", "  "),
]


def damages() -> st.SearchStrategy[Damage]:
    """Draw what is done to a text: something put in, taken out, said twice or moved, and where."""
    what = st.sampled_from(["put", "cut", "twice", "swap"])
    return st.lists(st.tuples(what, st.floats(0, 1), st.sampled_from(PIECES)), max_size=6)


def damaged(text: str, damage: Damage) -> str:
    """Damage a text."""
    for what, place, piece in damage:
        at = int(place * len(text))
        line = text[at:].partition("\n")[0]
        match what:
            case "put":
                text = text[:at] + piece + text[at:]
            case "cut":
                text = text[:at] + text[at + 1 + len(piece) :]
            case "twice":
                text = text[:at] + line + "\n" + text[at:]
            case _:
                text = text[at:] + text[:at]
    return text


def write(path: Path, text: str) -> Path:
    """Write a text as it is, halves of characters too."""
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


@profile()
@given(st.lists(st.sampled_from(WORDS_OF_FORMULAS), max_size=30).map(" ".join))
@example("[" * 5000)
@example("(" * 90 + "班级人数" + ")" * 90)
@example("+".join(["班级人数"] * 600))
def test_a_damaged_formula_is_read_or_refused(text: str) -> None:
    """A formula is read or refused."""
    with suppress(FormulaError):
        parse(text, {"班级人数": "class_size", "教师数": "teachers", "学段": "stage"})


@profile(share=0.4)
@given(file=st.sampled_from(["rules", "words", "document", "places"]), damage=damages())
@example(file="document", damage=[("put", 1.0, "&a"), ("put", 1.0, "*a")])
@example(file="rules", damage=[("put", 0.3, "x" * 1500)])
@example(file="rules", damage=[("put", 0.5, "\ud800")])
def test_a_damaged_pack_is_read_or_told(file: str, damage: Damage) -> None:
    """A pack is read, or every problem in it is told with its place."""
    texts = {"rules": RULES, "words": WORDS, "document": DOCUMENT, "places": PLACES}
    texts[file] = damaged(texts[file], damage)
    names = {"rules": "rules.feature", "words": "words.feature"}
    names |= {"document": "document.yaml", "places": "places.csv"}
    with tempfile.TemporaryDirectory() as made:
        for name, text in texts.items():
            write(Path(made) / names[name], text)
        try:
            problems = read_pack([Path(made)]).problems
        except InputError as error:
            problems = error.problems
    assert all(each.file and each.message.encode() for each in problems)


@profile()
@given(damages())
@example([("put", 0.0, "? "), ("put", 0.0, "---")])
def test_damaged_yaml_is_plain_or_told(damage: Damage) -> None:
    """A file of YAML is plain, or it is told where it is not."""
    text = damaged(DOCUMENT + "list:\n  - a: [b, {c: d}]\n  - 'e'\n", damage)
    line = 1
    try:
        read_plain_yaml(text.encode("utf-8", "surrogatepass"), most=1 << 16, deepest=5)
    except PlainYamlError as error:
        line = error.line
    assert 1 <= line <= text.count("\n") + 2


MAPPING = (
    "tables:\n  - level: 学校\n    file: '*.csv'\n    columns: {编号: 代码, 男: 学生数}\n"
    "    sums: {学生数: [男, 女]}\n    compose: {名称: '{校}-{段}'}\n    constants: {年份: 2024}\n"
    "    values: {名称: {甲: 乙}}\n    units: {学生数: 人}\n"
)


@profile(share=0.5)
@given(damages())
def test_a_damaged_mapping_is_read_or_refused(damage: Damage) -> None:
    """A mapping is read or refused."""
    with tempfile.TemporaryDirectory() as made:
        path = write(Path(made) / "map.yaml", damaged(MAPPING, damage))
        problems: Sequence[Problem] = ()
        try:
            read_mapping(path)
        except InputError as error:
            problems = error.problems
        assert all(each.line for each in problems)


ROWS: Table = [
    ["代码", "名称", "上级代码", "年份", "学生数", "有校医"],
    ["1506020001", "一小", "150602", 2025, 45, "是"],
    ["1506020002", "二小", "150602", 2025, 4.5, "否"],
]
LISTED = {
    "school": [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]],
    "名录": [{"层级": "学校", "代码": "1506020003", "启用年份": 2020}],
}


def as_csv(damage: Damage, folder: Path) -> Path:
    """Damage a table of text."""
    text = "\n".join(",".join(map(str, row)) for row in ROWS)
    return write(folder / "学校.csv", damaged(text, damage))


def as_json(damage: Damage, folder: Path) -> Path:
    """Damage a file of JSON."""
    text = json.dumps(LISTED, ensure_ascii=False, indent=1)
    return write(folder / "facts.json", damaged(text, damage))


def as_cells(damage: Damage, folder: Path) -> Path:
    """Damage the cells of a workbook."""
    rows = [list(row) for row in ROWS]
    for _, place, piece in damage:
        row = rows[int(place * 0.999 * len(rows))]
        row[len(piece) % len(row)] = "".join(each for each in piece if each.isprintable())
    return workbook(folder / "x.xlsx", {"学校": rows})


def as_bytes(damage: Damage, folder: Path) -> Path:
    """Damage the bytes of a workbook."""
    return spoilt(workbook(folder / "x.xlsx", {"学校": ROWS}), damage)


def spoilt(path: Path, damage: Damage) -> Path:
    """Change some bytes of a file."""
    data = bytearray(path.read_bytes())
    for _, place, piece in damage:
        at = int(place * (len(data) - 1))
        data[at : at + 1] = piece.encode("utf-8", "surrogatepass")[:3]
    path.write_bytes(bytes(data))
    return path


def as_parquet(damage: Damage, folder: Path) -> Path:
    """Damage the bytes of a Parquet file."""
    path = folder / "学校.parquet"
    names = [str(each) for each in ROWS[0]]
    columns = zip(*([str(cell) for cell in row] for row in ROWS[1:]), strict=True)
    pl.DataFrame(dict(zip(names, columns, strict=True))).write_parquet(path)
    return spoilt(path, damage)


def as_ods(damage: Damage, folder: Path) -> Path:
    """Damage the content of a spreadsheet in OpenDocument."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p>'
            "</table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in ROWS
    )
    spaces = " ".join(
        f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"'
        for each in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="学校">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    path = folder / "x.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", damaged(content, damage).encode("utf-8", "surrogatepass"))
    return path


@pytest.mark.parametrize("make", [as_csv, as_json, as_cells, as_bytes, as_ods, as_parquet])
def test_a_damaged_submission_is_read_as_far_as_it_can_be(
    make: Callable[[Damage, Path], Path],
) -> None:
    """A submission is read as far as it can be, and what is wrong is told."""

    @profile(share=0.4)
    @given(damages())
    def read_it(damage: Damage) -> None:
        with tempfile.TemporaryDirectory() as made:
            found = read(make(damage, Path(made)), limits=Limits(cells=100_000))
            assert all(each.message.encode() and each.code for each in found.problems)

    read_it()


LEDGER = (
    "fingerprint,place,status,rules,reason\n0123456789ab,第一章,covered,primary-class-size,\n"
    "0123456789ac,第二章,not_checkable,,没有数据\n"
)


@profile(share=0.5)
@given(damages())
def test_a_damaged_ledger_is_read_or_refused(damage: Damage) -> None:
    """A ledger is read, line by line, or refused as a whole."""
    with tempfile.TemporaryDirectory() as made:
        problems: Sequence[Problem]
        try:
            problems = read_ledger(write(Path(made) / "l.csv", damaged(LEDGER, damage))).problems
        except InputError as error:
            problems = error.problems
        assert all(each.file for each in problems)


@profile(share=0.1)
@given(damages())
@example([("cut", 0.5, "x" * 1500)])
@example([("put", 0.5, "\ud800")])
def test_a_damaged_run_is_read_or_refused(damage: Damage) -> None:
    """A stored run is read, or refused in a sentence: as a run, to be judged again, and a seal."""
    with tempfile.TemporaryDirectory() as made:
        path = write(Path(made) / "run.json", damaged(stored(), damage))
        with suppress(RunFileError):
            read_run(path)
        with suppress(SealError):
            read_seal(path)


@cache
def stored() -> str:
    """Write a run of one school."""
    judged = judge(pack(rule(at_least(5))), submit(school(a=1)).facts())
    run = headed(judged.run(), judged, RunOptions())
    into = io.StringIO()
    write_json(run, RecordedFindings(run).forms(), into)
    return into.getvalue()
