"""Tables as offices publish them: our own headers and a mapping make the same facts of them."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from dabiao.intake import read_facts
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.intake.proposals import mapping_text, propose
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from dabiao.schemas.problem import Severity
from tests.intake.submissions import MEASURES, PLACES, Table, item, kinds, reported
from tests.intake.submissions import workbook as unmerged
from tests.intake.test_traps import book

SCHOOL = Level.SCHOOL
ALL = MEASURES | {"teachers": item("教师数", "teachers", [SCHOOL], "人", ItemType.INTEGER)}
WORDS = {"学校代码": "机构码", "学校名称": "校名", "学生数": "在校生", "教师数": "教职工"}
MAPPING = """tables:
  - level: 学校
    columns: {机构码: 代码, 校名: 名称, 在校生%s: 学生数, 教职工: 教师数}
"""
MERGED = ["A1:D1", "C3:D3", "A3:A4", "B3:B4", "E3:E4"]
TITLES: Table = [["2025年学校基本情况表"], ["填报单位：教育局", None, None, None, "单位：人"]]
ROWS: Table = [
    ["合计", None, 500, 240, 40],
    ["s1", "一小", 300, 140, 25],
    ["s2", "二小", 200, 100, 15],
    ["注：在校生数为学年初数。"],
    ["填表人：　　　审核人："],
]
NUMBERING: Table = [["甲", "乙", 1, 2, 3]]
TWO_ROWS: Table = [
    ["学校代码", "学校名称", "学生数", None, "教师数"],
    [None, None, "合计", "其中：女", None],
]
AGAIN: Table = [*TWO_ROWS, *NUMBERING, ["s3", "三小", 100, 45, 9]]
FACTS = {"s1": (300.0, 25.0), "s2": (200.0, 15.0)}
ASIDE = ["remark-row", "remark-row", "totals-row", "year-in-title"]


def foreign(rows: Table) -> Table:
    """Give a table with headers that only a mapping understands."""
    return [[WORDS.get(cell, cell) if isinstance(cell, str) else cell for cell in r] for r in rows]


def write(folder: Path, name: str, rows: Table, merged: Sequence[str]) -> Path:
    """Write a table as a workbook; without merged cells as a text in GB18030."""
    if merged:
        return book(folder / f"{name}.xlsx", {name: rows}, merged)
    path = folder / f"{name}.csv"
    width = max(map(len, rows))
    with path.open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([*row, *[None] * (width - len(row))] for row in rows)
    return path


def read(path: Path, mapping: str | None = None) -> Facts:
    """Read a file, by a mapping if it is given."""
    if mapping is None:
        return read_facts([path], ALL, PLACES)
    (path.parent / "map.yaml").write_text(mapping, "utf-8")
    return read_facts([path], ALL, PLACES, mapping=read_mapping(path.parent / "map.yaml"))


def values(facts: Facts) -> Mapping[str, tuple[object, object]]:
    """Give pupils and teachers of everybody who is in the facts of schools."""
    table = facts.levels[SCHOOL]
    codes = [table.codes[subject] for subject in table.subject.tolist()]
    return {
        code: (
            reported(facts, SCHOOL, code, 2025, "pupils"),
            reported(facts, SCHOOL, code, 2025, "teachers"),
        )
        for code in codes
    }


@pytest.mark.parametrize("merged", [MERGED, []], ids=["workbook", "text"])
@pytest.mark.parametrize("by_mapping", [False, True], ids=["own", "mapped"])
def test_a_form_of_statistics(tmp_path: Path, merged: list[str], *, by_mapping: bool) -> None:
    """Titles, units, a header of two rows, its numbering, totals first and notes below."""
    rows = [*TITLES, *TWO_ROWS, *NUMBERING, *ROWS]
    facts = read(write(tmp_path, "学校", rows, merged))
    if by_mapping:
        facts = read(write(tmp_path, "x", foreign(rows), merged), MAPPING % "合计")

    assert values(facts) == FACTS
    assert [kind for kind in kinds(facts) if kind != "unknown-column"] == ASIDE
    assert {note.code for note in facts.notes} >= {"title-rows", "numbering-row"}
    assert all(note.severity is Severity.NOTE for note in facts.notes)


@pytest.mark.parametrize("by_mapping", [False, True], ids=["own", "mapped"])
def test_header_of_several_rows_on_every_page(tmp_path: Path, *, by_mapping: bool) -> None:
    """A header that printing repeats is passed over with all its rows, and what follows is read."""
    rows = [*TITLES, *TWO_ROWS, *NUMBERING, *ROWS[:3], *AGAIN]
    merged = [*MERGED, "A9:A10", "B9:B10", "C9:D9", "E9:E10"]
    facts = read(write(tmp_path, "学校", rows, merged))
    if by_mapping:
        facts = read(write(tmp_path, "x", foreign(rows), merged), MAPPING % "合计")

    assert values(facts) == {**FACTS, "s3": (100.0, 9.0)}
    assert [note.code for note in facts.notes].count("repeated-header") == 3
    assert "another-table" not in kinds(facts)


def test_rows_of_a_wide_table_that_are_no_facts(tmp_path: Path) -> None:
    """Totals and repeated headers are seen where codes are composed, and told once."""
    header = ["机构码", "一班", "二班"]
    rows: Table = [
        header,
        ["合计", 90, 80],
        ["s1", 45, 40],
        header,
        ["s2", 45, 40],
        ["全市", 90, 80],
    ]
    text = """tables:
      - level: 班级
        rows: {班: [一, 二]}
        columns: {机构码: 上级代码, "{班}班": 班级人数}
        compose: {代码: "{机构码}-{班}"}
        constants: {年份: 2025}
    """
    facts = read(unmerged(tmp_path / "x.xlsx", {"Sheet1": rows}), text)

    assert facts.levels[Level.CLASS].codes == ["s1-一", "s1-二", "s2-一", "s2-二"]
    assert sorted((p.code, p.cell) for p in facts.problems if p.code != "parent-unknown") == [
        ("totals-row", "第2行"),
        ("totals-row", "第6行"),
    ]
    assert [note.code for note in facts.notes] == ["repeated-header"]


def test_names_that_begin_like_totals(tmp_path: Path) -> None:
    """全市 is nobody's code, but a subject that has one may be called so."""
    rows: Table = [
        ["代码", "名称", "年份", "学生数"],
        ["s1", "全市", 2025, 7],
        [None, "全市", 2025, 7],
    ]
    facts = read(unmerged(tmp_path / "x.xlsx", {"学校": rows}))

    assert facts.levels[SCHOOL].codes == ["s1"]
    assert kinds(facts) == ["totals-row"]


GROUPS: Table = [
    [None, None, "小学", None, "初中", None],
    ["机构码", "校名", "班数", "人数", "班数", "人数"],
    ["s1", "一校", 1, 40, 2, 70],
]


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        (GROUPS, []),
        ([["2025年情况"], ["基本信息", *GROUPS[0][1:]], *GROUPS[1:]], ["A2:B2", "C2:D2", "E2:F2"]),
    ],
    ids=["not merged", "over the codes too"],
)
def test_groups_over_columns_of_one_name(tmp_path: Path, rows: Table, merged: list[str]) -> None:
    """Group titles tell columns of one name apart, merged or not."""
    text = """tables:
      - {level: 学校, columns: {机构码: 代码, 初中人数: 学生数}, constants: {年份: 2025}}
    """
    facts = read(write(tmp_path, "x", rows, merged), text)

    assert reported(facts, SCHOOL, "s1", 2025, "pupils") == 70


def test_nothing_is_swallowed_by_a_header(tmp_path: Path) -> None:
    """Words below a header are names only where columns would have none; all else is told."""
    header = ["代码", "名称", "年份", "学生数", None]
    rows: Table = [header, [None, "一小", None, None, "已撤并"], ["s1", "二小", 2025, 300, None]]
    facts = read(unmerged(tmp_path / "x.xlsx", {"学校": rows}))

    assert values(facts) == {"s1": (300.0, None)}
    assert kinds(facts) == ["column-without-header", "missing-code"]


@pytest.mark.parametrize("merged", [MERGED, []], ids=["workbook", "text"])
def test_what_is_proposed_for_them(tmp_path: Path, merged: list[str]) -> None:
    """The proposal names the columns as the mapping finds them, and reads the same facts."""
    rows = foreign([*TITLES, *TWO_ROWS, *NUMBERING, *ROWS[:3], *AGAIN])
    path = write(tmp_path, "在校生", rows, merged)
    text = mapping_text(propose([path], ALL, PLACES))

    assert "在校生合计: 学生数" in text
    assert {c: v[0] for c, v in values(read(path, text)).items()} == {
        "s1": 300.0,
        "s2": 200.0,
        "s3": 100.0,
    }


def test_own_table_with_its_year_in_the_title(tmp_path: Path) -> None:
    """What is read without a mapping gets none proposed."""
    rows = [*TITLES, *TWO_ROWS, *NUMBERING, *ROWS]
    path = write(tmp_path, "学校", rows, MERGED)

    assert propose([path], ALL, PLACES).needless
