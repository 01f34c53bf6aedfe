"""Rows that are about nobody: totals, codes that are none, other tables below, headers again."""

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from dabiao.intake.cells.totals import is_total
from dabiao.intake.layout.below import is_foreign_header
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from tests.intake.submissions import Table, kinds, read, reported, workbook

HEADER = ["代码", "名称", "上级代码", "年份", "学生数", "校名备注", "学校类型"]
ONE = ["1506020001", "甲校", "150602", 2024, 500, "公办", "小学"]
TWO = ["1506020002", "乙校", "150602", 2024, 400, "公办", "小学"]


def schools(
    tmp_path: Path, *rows: Sequence[object], header: Sequence[object] = HEADER, merged: str = ""
) -> Facts:
    """Read a table of schools."""
    path = workbook(tmp_path / "a.xlsx", {"学校": [header, *rows]})
    if merged:
        book = openpyxl.load_workbook(path)
        book["学校"].merge_cells(merged)
        book.save(path)
    return read(path)


def codes(facts: Facts) -> list[str]:
    """Give the codes of the schools."""
    return list(facts.levels[Level.SCHOOL].codes)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "汇总",
            "合计",
            "合计数",
            "小计",
            "总计",
            "总数",
            "总和",
            "总数计",
            "总计数",
            "累计",
            "计",
            "总",
        ),
        *(
            "平均",
            "平均数",
            "平均值",
            "校均",
            "生均值",
            "上年同期",
            "全部",
            "全部学校",
            "全县合计",
            "全校合计",
            "以上合计",
            "本页小计",
        ),
        *(
            "共2所",
            "共 3 个班",
            "共两所学校",
            "共计20人",
            "合计：2所",
            "小计（人）",
            "学校总数",
            "(全部)",
        ),
        *(
            "150602 汇总",
            "150602汇总",
            "150602 计数",
            "150602 平均值",
            "总计最大值",
            "合 计",
            "合　计：",
        ),
        *("合计①", "合计*", "總計", "合計", "Total", "Subtotal", "Grand Total", "150602 Total"),
        *("ＴＯＴＡＬ", "Total (2 schools)", "150602 Count", "GRAND  TOTAL"),
    ],
)
def test_words_of_totals(text: str) -> None:
    """Totals are known by their words, however these are spaced, spelled or put beside a code."""
    assert is_total(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "总部小学",
            "共和小学",
            "汇总路小学",
            "全部落小学",
            "合计小学",
            "总和村小学",
            "累计沟小学",
            "平均镇小学",
        ),
        *(
            "计算机学校",
            "会计",
            "设计",
            "实验小学总部",
            "共青团小学",
            "共三村小学",
            "全体小学校区",
            "小学部",
        ),
        *(
            "1506020001",
            "1506020001-01",
            "三（1）班",
            "Total小学",
            "Summit School",
            "Alliance",
            "All Saints",
        ),
    ],
)
def test_names_with_characters_of_totals(text: str) -> None:
    """A name that merely contains such characters is a name."""
    assert not is_total(text)


TOTAL = [None, None, None, 2024, 900, None, None]


@pytest.mark.parametrize("word", ["150602 汇总", "总计", "共2所", "平均数", "Total"])
@pytest.mark.parametrize("at", [0, 1, 2, 5, 6], ids=["code", "name", "parent", "item", "unread"])
def test_totals_wherever_the_word_stands(tmp_path: Path, at: int, word: str) -> None:
    """A row without a code is one of totals, whichever of its columns says so."""
    row: list[object] = [*TOTAL]
    row[at] = word
    facts = schools(tmp_path, ONE, TWO, row)
    assert codes(facts) == ["1506020001", "1506020002"]
    assert kinds(facts) == ["totals-row", *(["unknown-column"])]
    assert any(word in problem.message for problem in facts.problems)


@pytest.mark.parametrize("at", [2, 5, 6], ids=["parent", "item", "unread"])
def test_totals_with_the_code_of_a_place(tmp_path: Path, at: int) -> None:
    """A row with the code of the county, among its schools, is one of totals, if a cell says so.

    If none does, it is an error, and read no more than one that says so.
    """
    row: list[object] = ["150602", None, None, 2024, 900, None, None]
    assert "code-of-above" in kinds(schools(tmp_path, ONE, TWO, row))
    row[at] = "合计"
    facts = schools(tmp_path, ONE, TWO, row)
    assert codes(facts) == ["1506020001", "1506020002"]
    assert "totals-row" in kinds(facts)


def test_school_without_a_code(tmp_path: Path) -> None:
    """A row with a name is no row of totals because another column says 全部."""
    facts = schools(tmp_path, ONE, [None, "乙校", "150602", 2024, 400, "全部", "合计"])
    assert "missing-code" in kinds(facts)
    assert "totals-row" not in kinds(facts)


def test_real_schools_are_kept(tmp_path: Path) -> None:
    """Schools whose names contain such characters are read."""
    names = ["总部小学", "共和小学", "汇总路小学", "全部落小学", "会计学校"]
    rows = [[f"150602000{at}", name, "150602", 2024, 9] for at, name in enumerate(names)]
    facts = schools(tmp_path, *rows, header=HEADER[:5])
    assert len(codes(facts)) == len(names)
    assert not facts.problems


@pytest.mark.parametrize("format_", ["csv", "json"])
def test_totals_in_other_formats(tmp_path: Path, format_: str) -> None:
    """Totals are set aside in every format."""
    rows: Table = [ONE, TWO, ["150602 汇总", "", "", 2024, 900, "", ""]]
    path = tmp_path / f"学校.{format_}"
    if format_ == "csv":
        lines = [",".join(map(str, row[:6])) for row in (HEADER, *rows)]
        path.write_text("\n".join(lines), encoding="utf-8")
    else:
        told = [dict(zip(HEADER[:6], row, strict=False)) for row in rows]
        path.write_text(json.dumps({"学校": told}, ensure_ascii=False), encoding="utf-8")
    facts = read(path)
    assert codes(facts) == ["1506020001", "1506020002"]
    assert kinds(facts) == ["totals-row"]


@pytest.mark.parametrize("code", ["丙校", "150602 东胜", "150602 East", "1506020003（1）", "各校"])
def test_words_among_codes_of_digits(tmp_path: Path, code: str) -> None:
    """A code of words, or with spaces, is no code where the others are digits."""
    facts = schools(
        tmp_path, ONE[:6], TWO[:6], [code, None, "150602", 2024, 900], header=HEADER[:6]
    )
    assert codes(facts) == ["1506020001", "1506020002"]
    (problem,) = facts.problems
    assert (problem.code, problem.cell) == ("bad-code", "A4")


@pytest.mark.parametrize(
    "some",
    [
        ["甲校", "乙校"],
        ["甲校", "乙校", "1506020003"],
        ["1506020001-01", "1506020001-A"],
        ["15 06", "16"],
    ],
    ids=repr,
)
def test_codes_that_are_kept(tmp_path: Path, some: list[str]) -> None:
    """Where most codes are words they are codes; digits in groups are one code."""
    rows = [[code, None, "150602", 2024, 9] for code in some]
    facts = schools(tmp_path, *rows, header=HEADER[:5])
    assert codes(facts) == sorted(code.replace(" ", "") for code in some)
    assert not [problem for problem in facts.problems if problem.code == "bad-code"]


def test_years_over_rows_that_say_theirs(tmp_path: Path) -> None:
    """2023年 over the rows of a year is a caption, where a column says the year of each."""
    last = [*ONE[:3], 2023, *ONE[4:6]]
    facts = schools(tmp_path, ["2023年"], last, ["2024年"], ONE[:6], TWO[:6], header=HEADER[:6])
    assert kinds(facts) == ["remark-row", "remark-row"]
    assert sorted(facts.levels[Level.SCHOOL].year.tolist()) == [2023, 2024, 2024]


def test_codes_and_names_that_are_swapped(tmp_path: Path) -> None:
    """Names below 代码, and codes below 名称, are nobody: not schools whose code is a name."""
    rows = [[name, code, *rest] for code, name, *rest in (ONE[:6], TWO[:6])]
    facts = schools(tmp_path, *rows, header=HEADER[:6])
    assert not facts.levels or not codes(facts)
    assert kinds(facts) == ["bad-code", "bad-code"]
    assert all("两列像是填反了" in each.message for each in facts.problems)


SECOND = ["序号", "学校", "所在旗县", "年度", "专任教师", "学生"]
FOREIGN = [1, "乙校", "150602", 2024, 10, 300]


@pytest.mark.parametrize(
    ("between", "place"),
    [
        ([], "第4行"),
        ([[], []], "第6行"),
        ([["二、各校教师情况"]], "第4行"),
        ([[], [None, "二、各校教师情况"], ["单位：人"]], "第5行"),
    ],
    ids=["at once", "blank rows", "title", "title and unit"],
)
def test_second_table_below(tmp_path: Path, between: list[list[object]], place: str) -> None:
    """A table ends where foreign headers or their title begin; that is said once, at its place."""
    facts = schools(
        tmp_path, ONE[:6], TWO[:6], *between, SECOND, FOREIGN, FOREIGN, header=HEADER[:6]
    )
    assert codes(facts) == ["1506020001", "1506020002"]
    assert [(problem.code, problem.cell) for problem in facts.problems] == [
        ("another-table", place)
    ]


@pytest.mark.parametrize(
    "second",
    [
        ["学校", "班数", "教师数"],
        [None, "序号", "学校"],
        ["校名", "2022", "2023", "2024"],
        ["指标", "数量"],
        ["名称", "代码", "年份", "人数"],
    ],
    ids=repr,
)
def test_other_headers_below(tmp_path: Path, second: list[object]) -> None:
    """Headers of other tables are known by words that stand over columns."""
    facts = schools(tmp_path, ONE[:6], second, [1, "乙校", "x", 2024, 9], header=HEADER[:6])
    assert codes(facts) == ["1506020001"]
    assert kinds(facts) == ["another-table"]


@pytest.mark.parametrize("title", ["", "二、各校教师情况,,,,\n"], ids=["bare", "title"])
def test_second_table_in_a_text(tmp_path: Path, title: str) -> None:
    """A table in a text ends where foreign headers begin, too."""
    path = tmp_path / "学校.csv"
    path.write_text(
        f"代码,名称,上级代码,年份,学生数\n1506020001,甲校,150602,2024,9\n{title}"
        "序号,学校,旗县,年度,教师\n1,乙校,150602,2024,3\n",
        encoding="utf-8",
    )
    facts = read(path)
    assert codes(facts) == ["1506020001"]
    assert kinds(facts) == ["another-table"]


def test_second_table_in_a_mapped_table(tmp_path: Path) -> None:
    """A table that a mapping reads ends where foreign headers begin, too."""
    table, mapping = tmp_path / "表.csv", tmp_path / "m.yaml"
    table.write_text("校码,人数\n1506020001,9\n序号,教师数\n1,3\n", encoding="utf-8")
    mapping.write_text(
        "tables:\n  - file: 表.csv\n    level: 学校\n    columns: {校码: 代码, 人数: 学生数}\n"
        "    constants: {年份: 2024}\n",
        encoding="utf-8",
    )
    facts = read(table, mapping=read_mapping(mapping))
    assert codes(facts) == ["1506020001"]
    assert kinds(facts) == ["another-table"]


def test_second_table_without_a_column_of_years(tmp_path: Path) -> None:
    """Where the year is said elsewhere a header with a word for a code is seen all the same."""
    rows: Table = [
        ["代码", "名称", "学生数"],
        ["1506020001", "甲校", 9],
        ["序号", "学校", "人数"],
        [1, "乙", 3],
    ]
    facts = read(workbook(tmp_path / "2024.xlsx", {"学校": rows}))
    assert codes(facts) == ["1506020001"]
    assert "another-table" in kinds(facts)


@pytest.mark.parametrize(
    "title",
    [[], [["2024年各校情况"]], [["2024年各校情况"], ["单位：人"]]],
    ids=["bare", "title", "unit"],
)
def test_header_on_every_page(tmp_path: Path, title: list[list[object]]) -> None:
    """A header that is repeated, with or without its title, goes on with the table."""
    facts = schools(tmp_path, ONE[:6], *title, HEADER[:6], TWO[:6], header=HEADER[:6])
    assert codes(facts) == ["1506020001", "1506020002"]
    assert set(kinds(facts)) <= {"remark-row"}
    assert "repeated-header" in [note.code for note in facts.notes]


@pytest.mark.parametrize(
    "row",
    [
        {0: "1506020001", 1: "甲校", 2: "不详", 3: "不详"},
        {0: "甲校", 1: "公办", 2: "不详", 3: "未统计"},
        {1: "甲校", 2: "不详"},
        {0: "序号"},
        {0: "填表人：张三", 1: "单位：某校"},
        {0: "东胜区", 1: "甲校", 2: 2024, 3: 45},
        {0: "c1", 2: "2025", 3: "合计"},
    ],
    ids=repr,
)
def test_rows_that_head_nothing(row: dict[int, str | int | float | bool | None]) -> None:
    """Rows of data, of remarks and of a lone word are no headers."""
    assert not is_foreign_header(row, {2, 3})


def test_merged_codes(tmp_path: Path) -> None:
    """A code that is merged over the rows of several years is that of each."""
    rows: Table = [["1506020001", "甲校", "150602", 2023, 9], [None, None, None, 2024, 8]]
    facts = schools(tmp_path, *rows, header=HEADER[:5], merged="A2:A3")
    assert [reported(facts, Level.SCHOOL, "1506020001", y, "pupils") for y in (2023, 2024)] == [
        9,
        8,
    ]
    assert not facts.problems


def test_merged_words_are_no_codes(tmp_path: Path) -> None:
    """A word that is merged over rows is none of a code."""
    rows: Table = [ONE[:5], ["合计", None, None, 2023, 9], [None, None, None, 2024, 8]]
    facts = schools(tmp_path, *rows, header=HEADER[:5], merged="A3:A4")
    assert codes(facts) == ["1506020001"]
    assert kinds(facts) == ["missing-code", "totals-row"]


def test_roster_with_totals(tmp_path: Path) -> None:
    """A roster has no subject named 汇总, and none with a code of words."""
    rows: Table = [
        ["层级", "代码", "名称"],
        ["学校", "1506020001", "甲校"],
        ["学校", "150602 汇总", None],
        ["学校", "乙校", None],
    ]
    facts = read(workbook(tmp_path / "a.xlsx", {"名录": rows}))
    assert codes(facts) == ["1506020001"]
    assert kinds(facts) == ["bad-code", "totals-row"]


@pytest.mark.parametrize(
    "code", ["0", "2", "62", "012", 3, "000", "99999", 123456, "1111111111", "1234567890"]
)
def test_ordinals_and_counts_among_codes_of_many_digits(tmp_path: Path, code: str | int) -> None:
    """A count, ordinal or stopgap among codes of ten digits is nobody's, whatever its row holds."""
    rows: list[Sequence[object]] = [ONE[:6], TWO[:6], [code, "", "150602", 2024, 900]]
    facts = schools(tmp_path, *rows, header=HEADER[:6])
    assert codes(facts) == ["1506020001", "1506020002"]
    assert kinds(facts) == ["bad-code"]


@pytest.mark.parametrize(
    "kept",
    [
        *(["1", "1001", "1002", "1003"], ["1", "2", "3", "1506020001"], ["1", "11"]),
        *(["111111", "111112", "111113"], ["9999", "1001", "1002"]),
    ],
)
def test_short_codes_that_are_kept(tmp_path: Path, kept: list[str]) -> None:
    """Where other codes are short as well, or most are, or begin alike, a code is one."""
    rows = [[code, "校", "150602", 2024, 500, "公办", "小学"] for code in kept]
    assert sorted(codes(schools(tmp_path, *rows))) == sorted(kept)


@pytest.mark.parametrize(
    "header",
    [["设备", "名称", "单价", "序号", "总价", "备注"], ["设备", "金额", None, "项目", None, None]],
)
def test_table_of_things_below_a_single_row(tmp_path: Path, header: list[object]) -> None:
    """However many rows the table below has, it is another: none of its things is a school."""
    things = [["黑板", "件", 200, 1, 6000, ""], ["电脑", "台", 4000, 2, 120000, ""]]
    facts = schools(tmp_path, ONE[:6], [], header, *things, header=HEADER[:6])
    assert codes(facts) == ["1506020001"]
    assert kinds(facts) == ["another-table"]


def test_words_without_years_prove_nothing(tmp_path: Path) -> None:
    """Rows that have neither a code nor a year do not make codes of words usual."""
    facts = schools(tmp_path, ONE, *([word, "", "", at, 5] for at, word in enumerate("甲乙丙")))
    assert codes(facts) == ["1506020001"]


@pytest.mark.parametrize("word", ["END", "Rest", "x"])
def test_words_of_letters_among_codes_of_digits(tmp_path: Path, word: str) -> None:
    """A code without any digit, among codes of digits, is none, whatever it may mean."""
    row: list[object] = [word, None, None, 2024, 900, None, None]
    facts = schools(tmp_path, ONE, TWO, row)
    assert codes(facts) == ["1506020001", "1506020002"]
    assert [(each.code, each.cell) for each in facts.problems if each.code == "bad-code"] == [
        ("bad-code", "A4")
    ]


@pytest.mark.parametrize("text", ["小学", "初中部", "# 共5行", "城区", "东胜区 2024"])
@pytest.mark.parametrize("format_", ["xlsx", "csv"])
def test_headings_where_codes_stand(tmp_path: Path, text: str, format_: str) -> None:
    """A text that stands alone among codes of digits heads the rows below, and lacks no year."""
    rows: list[list[object]] = [
        ["1506020001", 2025, 300],
        [text, None, None],
        ["1506020002", 2025, 200],
    ]
    table = [list[object](["代码", "年份", "学生数"]), *rows]
    if format_ == "xlsx":
        facts = read(workbook(tmp_path / "a.xlsx", {"学校": table}))
    else:
        path = tmp_path / "学校.csv"
        text_of = "\n".join(",".join(map(str, (c or "" for c in row))) for row in table)
        path.write_text(text_of + "\n", "utf-8")
        facts = read(path)

    assert kinds(facts) == (["missing-year"] if "2024" in text else ["remark-row"])
    assert reported(facts, Level.SCHOOL, "1506020002", 2025, "pupils") == 200
