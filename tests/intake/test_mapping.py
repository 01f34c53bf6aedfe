"""Mapping files: tables made for another purpose."""

from pathlib import Path

import openpyxl
import pytest

from dabiao.intake import read_facts
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.schemas.facts import Facts, Standing
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType, Measure
from dabiao.schemas.problem import InputError
from tests.intake.submissions import Table, kinds, read, reported, source, workbook

CLASS, SCHOOL = Level.CLASS, Level.SCHOOL
EXAMPLE = Path(__file__).parents[2] / "examples" / "wide-table"
SHEET: Table = [
    ["学生情况"],
    ["编号", "校名", "届", "人数", "男", "女", "读物", "办别"],
    ["k1", "一小", 113, "450人", 230, 220, "有", "公立"],
    ["k2", "二小", 113, 300, 150, None, "无", "其他"],
    ["k3", "三小", 113, None, None, None, "有", "公立"],
]


def mapped(tmp_path: Path, text: str, rows: Table = SHEET) -> Facts:
    """Read a workbook through a mapping file."""
    (tmp_path / "map.yaml").write_text(text, "utf-8")
    path = workbook(tmp_path / "x.xlsx", {"Sheet1": rows})
    return read(path, mapping=read_mapping(tmp_path / "map.yaml"))


COLUMNS = "tables: [{level: 学校, columns: {编号: 代码, 校名: 名称, %s}, %s}]"


def test_columns_constants_and_values(tmp_path: Path) -> None:
    """Columns are renamed, texts translated, and constants filled in."""
    facts = mapped(
        tmp_path,
        COLUMNS
        % (
            "读物: 有图书室, 人数: 学生数, 办别: 校名备注",
            "constants: {年份: 2024}, values: {校名备注: {公立: 公办}}",
        ),
    )
    assert facts.problems == []
    told = {note.code: note.message for note in facts.notes}
    assert told["columns-ignored"] == "映射文件没有提到的 3 列未读取：届、男、女"
    assert facts.levels[SCHOOL].names == ["一小", "二小", "三小"]
    assert reported(facts, SCHOOL, "k1", 2024, "pupils") == 450
    assert reported(facts, SCHOOL, "k2", 2024, "library") == 0
    assert reported(facts, SCHOOL, "k1", 2024, "remark") == "公办"
    assert reported(facts, SCHOOL, "k2", 2024, "remark") == "其他"
    assert source(facts, SCHOOL, "k1", "pupils") == "D3"


def test_sums_and_years(tmp_path: Path) -> None:
    """A sum needs all its parts; a year may be counted from elsewhere."""
    text = COLUMNS % ("读物: 有图书室", "sums: {学生数: [男, 女]}, year: {column: 届, add: 1911}")
    facts = mapped(tmp_path, text)
    assert kinds(facts) == ["sum-incomplete"]
    assert facts.problems[0].cell == "E4+F4"
    assert reported(facts, SCHOOL, "k1", 2024, "pupils") == 450
    assert source(facts, SCHOOL, "k1", "pupils") == "E3+F3"
    assert "F4" in str(reported(facts, SCHOOL, "k2", 2024, "pupils"))
    assert reported(facts, SCHOOL, "k3", 2024, "pupils") is None


def test_rows_and_composed_codes(tmp_path: Path) -> None:
    """One wide row becomes several, each with its own cells."""
    text = """
tables:
  - level: class
    rows: {年级: [1, 2]}
    columns: {校: 上级代码, "{年级}年级": 班级人数}
    compose: {代码: "{校}-{年级}", 名称: "{名}{年级}年级"}
    constants: {年份: 2024, 学段: 小学}
"""
    rows: Table = [["校", "名", "1年级", "2年级"], ["011301", "一小", 30, 31], [None, "二小", 5, 6]]
    facts = mapped(tmp_path, text, rows)
    assert kinds(facts) == ["missing-code", "missing-code"]
    assert facts.levels[CLASS].codes == ["011301-1", "011301-2"]
    assert facts.levels[CLASS].names == ["一小1年级", "一小2年级"]
    assert facts.levels[SCHOOL].standings == [Standing.NAMED]
    assert reported(facts, CLASS, "011301-2", 2024, "class_size") == 31
    assert reported(facts, CLASS, "011301-2", 2024, "stage") == "小学"
    assert source(facts, CLASS, "011301-2", "class_size") == "D2"


def test_roster_by_mapping(tmp_path: Path) -> None:
    """A list of schools becomes a roster."""
    facts = mapped(
        tmp_path,
        "tables: [{level: 名录, columns: {编号: 代码, 校名: 名称}, constants: {层级: 学校}}]",
    )
    assert facts.problems == []
    assert facts.levels[SCHOOL].standings == [Standing.ROSTER] * 3


@pytest.mark.parametrize(
    ("columns", "rest", "kind"),
    [
        ("人: 学生数", "constants: {年份: 2024}", "mapping-column-missing"),
        ("人数: 学生", "constants: {年份: 2024}", "mapping-target-unknown"),
        ("人数: 班级人数", "constants: {年份: 2024}", "item-not-at-level"),
        ("人数: 学生数", "", "no-year-column"),
        ("人数: 学生数", "constants: {年份: 2024}, sums: {学生数: [男, 女]}", "bad-mapping"),
        ("人数: 学生数", "constants: {年份: 2024}, values: {学生: {a: 1}}", "bad-mapping"),
        ("人数: 学生数", "constants: {年份: 2024}, file: '*.csv'", "unknown-sheet"),
    ],
    ids=repr,
)
def test_mappings_that_do_not_fit(tmp_path: Path, columns: str, rest: str, kind: str) -> None:
    """What a mapping asks for and is not there is told, with the line of the mapping."""
    facts = mapped(tmp_path, "\n\n" + COLUMNS % (columns, rest or "rows: {}"))
    assert kind in kinds(facts)
    problem = next(problem for problem in facts.problems if problem.code == kind)
    if kind.startswith(("mapping", "bad", "item")):
        assert (problem.line, problem.file) == (3, (tmp_path / "map.yaml").as_posix())


def test_codes_that_nobody_gives(tmp_path: Path) -> None:
    """A reading without codes is told."""
    facts = mapped(tmp_path, "tables: [{level: 学校, columns: {校名: 名称}}]")
    assert kinds(facts) == ["mapping-no-code"]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("tables:\n  - level: 学校\n    colums: {a: 代码}\n", 3, "columns"),
        ("tables:\n  - level: 学堂\n    columns: {a: 代码}\n", 2, "层级"),
        ("tables:\n  - columns: {a: 代码}\n", 2, "level"),
        ("tables:\n  - level: 学校\n", 2, "哪些列"),
        ("tables: []\n", 1, "tables"),
        ("tables: 5\n", 1, "应为列表"),
        ("tables:\n  - level: 学校\n    columns: [a]\n", 3, "应为“键: 值”"),
        ("", 1, "文件"),
        ("table:\n  - level: 学校\n", 1, "tables"),
        ("tables:\n  - level: 学校\n    columns: {a: 代码, a: 名称}\n", 3, "两次"),
        ("tables: [\n", 2, "YAML"),
        ("tables: &a [*a]\n", 1, "引用"),
        ("tables:\n  - level: 学校\n    year: {colum: a}\n", 3, "column"),
        (
            "tables:\n  - level: 学校\n    columns: {a: 代码}\n    constants: {b: [1]}\n",
            4,
            "b 应为",
        ),
        ("tables:\n  - levle: 学校\n    columns: {a: 代码}\n", 2, "level"),
        ("tables:\n  - level: 学校\n    columns: {a: 代码}\n    sums: {b: []}\n", 4, "空的"),
        (
            "tables:\n  - level: 学校\n    columns: {a: 代码}\n    rows: {a: [1], b: [2]}\n",
            4,
            "rows",
        ),
    ],
    ids=repr,
)
def test_mistakes_in_mapping_files(tmp_path: Path, text: str, line: int, word: str) -> None:
    """Each mistake is told once, with line and the likely fix."""
    (tmp_path / "map.yaml").write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        read_mapping(tmp_path / "map.yaml")
    (told,) = error.value.problems
    assert told.line == line
    assert word in f"{told.message} {told.hint}"


def test_missing_mapping_file(tmp_path: Path) -> None:
    """A mapping file that is not there is an error of its own."""
    with pytest.raises(InputError):
        read_mapping(tmp_path / "map.yaml")


def test_the_example() -> None:
    """The example of a wide table reads as its page says."""
    items = [
        ("年级", "grade", ""),
        ("年级班级数", "grade_classes", "个"),
        ("年级学生数", "grade_pupils", "人"),
    ]
    measures: dict[str, Measure] = {
        slug: Item(name=name, slug=slug, levels=(CLASS,), unit=unit, type=ItemType.INTEGER)
        for name, slug, unit in items
    }
    facts = read_facts(
        [EXAMPLE / "schools.csv"], measures, {}, mapping=read_mapping(EXAMPLE / "map.yaml")
    )
    assert kinds(facts) == ["sum-incomplete"]
    assert len(facts.levels[SCHOOL].codes) == 5
    assert len(facts.levels[CLASS].subject) == 30
    assert reported(facts, CLASS, "900001-6", 2024, "grade_pupils") == 61
    assert source(facts, CLASS, "900001-6", "grade_pupils") == "W2+X2"
    assert reported(facts, CLASS, "900001-6", 2024, "grade") == 6


def test_mapping_of_json_and_of_several_tables(tmp_path: Path) -> None:
    """Patterns choose tables by name; a table nobody matches is read as usual, notes are not."""
    (tmp_path / "map.yaml").write_text(
        "tables: [{level: 学校, sheet: 'a*', columns: {id: 代码, n: 学生数},"
        " constants: {年份: 2025}}]",
        "utf-8",
    )
    (tmp_path / "x.json").write_text(
        '{"abc": [{"id": "s1", "n": 5}], "school": [{"code": "s2", "year": 2025}],'
        ' "说明": [{"id": "x"}]}',
        "utf-8",
    )
    facts = read(tmp_path / "x.json", mapping=read_mapping(tmp_path / "map.yaml"))
    assert facts.problems == []
    assert facts.levels[SCHOOL].codes == ["s1", "s2"]
    assert source(facts, SCHOOL, "s1", "pupils") == "[0].n"


@pytest.mark.parametrize(
    ("rest", "kind"),
    [
        ("sums: {名称: [男, 女]}", "bad-mapping"),
        ("compose: {学生数: '{男}'}", "bad-mapping"),
        ("compose: {名称: '{无此列}'}", "mapping-column-missing"),
        ("constants: {年份: 2024}, year: {column: 届}", "bad-mapping"),
        ("year: {column: 届别, add: 1911}", "mapping-column-missing"),
        ("columns: {编号: 代码, 男: 学生数}, rows: {}", "bad-mapping"),
    ],
    ids=repr,
)
def test_contradictory_mappings(tmp_path: Path, rest: str, kind: str) -> None:
    """Two sources of one thing, sums of texts and composed items are refused."""
    if rest.startswith("columns"):
        facts = mapped(
            tmp_path,
            "tables: [{level: 学校, columns: {编号: 代码, 男: 学生数, 女: 学生数},"
            " constants: {年份: 1999}}]",
        )
    else:
        facts = mapped(tmp_path, COLUMNS % ("人数: 学生数", rest))
    assert kind in kinds(facts)


def test_columns_of_one_name_and_headers_that_are_not_there(tmp_path: Path) -> None:
    """A source column must be one; a table with none of the columns is told."""
    text = "tables: [{level: 学校, columns: {a: 代码, b: 学生数}, constants: {年份: 2024}}]"
    twice = mapped(tmp_path, text, [["a", "b", "b"], ["s1", 1, 2]])
    assert kinds(twice) == ["duplicate-column"]
    assert kinds(mapped(tmp_path, text, [["c", "d"], ["s1", 1]])) == ["no-header"]


def test_numbers_that_stand_for_others(tmp_path: Path) -> None:
    """Values may be translated to numbers and truth values, constants may be numbers."""
    text = (
        "tables: [{level: 学校, columns: {编号: 代码, 办别: 有图书室, 届: 年份},"
        " constants: {学生数: 7},"
        " values: {有图书室: {公立: true, 其他: false}, 年份: {113: 2024}}}]"
    )
    facts = mapped(tmp_path, text)
    assert facts.problems == []
    assert reported(facts, SCHOOL, "k1", 2024, "library") == 1
    assert reported(facts, SCHOOL, "k2", 2024, "library") == 0
    assert reported(facts, SCHOOL, "k3", 2024, "pupils") == 7


MONEY: list[list[object]] = [
    ["编号", "支出（万元）", "补助(万元)", "收入", "人数（平方米）"],
    ["a", 3, 2, 50000, 5],
]


@pytest.mark.parametrize(
    ("level", "columns", "rest", "value", "kind"),
    [
        ("旗县", "支出（万元）: 教育支出", "", 30000, None),
        ("旗县", "支出（万元）: 教育支出", "units: {教育支出: 元}", 3, None),
        ("旗县", "", "sums: {教育支出: [支出（万元）, 补助(万元)]}", 50000, None),
        ("旗县", "收入: 教育支出", "units: {教育支出: 元}", 50000, None),
        ("旗县", "支出（万元）: 教育支出", "units: {教育支出: 人}", None, "wrong-unit"),
        ("旗县", "支出（万元）: 教育支出", "units: {学生数: 人}", 30000, "bad-mapping"),
        ("旗县", "人数（平方米）: 学生数", "", None, "wrong-unit"),
        ("旗县", "人数（平方米）: 学生数", "units: {学生数: 人}", None, None),
    ],
    ids=repr,
)
def test_units(  # noqa: PLR0917 - the columns of a table of cases
    tmp_path: Path, level: str, columns: str, rest: str, value: float | None, kind: str | None
) -> None:
    """The unit of units counts, else that of the header; one that does not convert is refused."""
    text = "tables: [{level: %s, columns: {编号: 代码, %s}, constants: {年份: 2024}, %s}]"
    facts = mapped(tmp_path, text % (level, columns, rest or "rows: {}"), MONEY)

    assert set(kinds(facts)) == ({kind} if kind else set())
    if value is not None:
        assert reported(facts, Level.COUNTY, "a", 2024, "spending") == value


def test_headers_of_two_rows(tmp_path: Path) -> None:
    """A group and what stands below it are one header; totals are set aside wherever they stand."""
    rows: Table = [
        ["序号", "编号", "小学", None, "初中", None],
        [None, None, "人数", "班数", "人数", "班数"],
        [1, "a", 7, 1, 9, 1],
        ["合计", None, 7, 1, 9, 1],
    ]
    (tmp_path / "map.yaml").write_text(
        "tables: [{level: 学校, columns: {编号: 代码, 初中人数: 学生数}, constants: {年份: 2024}}]",
        "utf-8",
    )
    path = workbook(tmp_path / "x.xlsx", {"Sheet1": rows})
    book = openpyxl.load_workbook(path)
    for merged in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
        book["Sheet1"].merge_cells(merged)
    book.save(path)
    facts = read(path, mapping=read_mapping(tmp_path / "map.yaml"))

    assert reported(facts, SCHOOL, "a", 2024, "pupils") == 9
    assert kinds(facts) == ["totals-row"]


def test_sums_of_cells_in_units_of_their_own(tmp_path: Path) -> None:
    """A cell that says its unit is added in that, and any other in the unit of its column."""
    rows: Table = [
        ["县", "甲（万元）", "乙（万元）"],
        *(["150602", "3元", 2], ["150603", 3, 2], ["150604", "3元", "2元"]),
    ]
    text = (
        "tables: [{level: 旗县, columns: {县: 代码}, sums: {教育支出: [甲（万元）, 乙（万元）]},"
        " constants: {年份: 2024}}]"
    )
    facts = mapped(tmp_path, text, rows)
    codes = ("150602", "150603", "150604")
    found = [reported(facts, Level.COUNTY, code, 2024, "spending") for code in codes]
    assert found == [20003, 50000, 5]


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ((1.5, 2), 3.5),
        ((1, 2), "B2+C2：1没有写百分号，可能是1%，也可能是100%"),
        ((0.5, 2), "B2+C2：0.5没有写百分号，可能是0.5%，也可能是50%"),
    ],
)
def test_sums_of_shares(tmp_path: Path, cells: tuple[float, float], value: float | str) -> None:
    """A part above 1 is a per cent; one up to 1 may be a fraction, and then there is no sum."""
    text = "tables: [{level: 旗县, columns: {县: 代码}, sums: {增长: [甲, 乙]}, %s}]"
    rows: Table = [["县", "甲", "乙"], ["150602", *cells]]
    facts = mapped(tmp_path, text % "constants: {年份: 2024}", rows)
    assert reported(facts, Level.COUNTY, "150602", 2024, "growth") == value
