"""Tables of documents: described in a feature, checked like everything else there."""

from pathlib import Path

import pytest

from dabiao.rules.catalog.indicator_table import IndicatorTable, TargetRow, TargetTable
from dabiao.rules.packs.catalog_text import catalog_of, catalog_text
from dabiao.rules.packs.read import PackReading, read
from dabiao.schemas.level import Level
from tests.rules.packs import DOCUMENT, PLACES, RULES, WORDS

HEAD = """\
# language: zh-CN
功能: 表
  背景:
    假如 依据文件"plan"
"""
SENTENCE = '每个"旗县"一张表"交流情况"，每行一个"学校"，仅限 教师数 > 0人'
COLUMNS = """\
      | 列       | 公式                  | 规则   | 表尾     | 表尾规则 |
      | 教师     | 教师数                |        |          |          |
      | 交流比例 | 比例(交流教师数, 教师数) | <规则> | 交流比例 | rotation |
"""


def reading(folder: Path, table: str, columns: str = COLUMNS, rule: str = "") -> PackReading:
    """Read a pack with one table."""
    text = f"{HEAD}    而且 {table}\n{columns.replace('<规则>', rule)}"
    for name, content in {
        "document.yaml": DOCUMENT,
        "places.csv": PLACES,
        "词汇.feature": WORDS,
        "规则.feature": RULES,
        "表.feature": text,
    }.items():
        (folder / name).write_text(content, "utf-8")
    return read([folder], proofs=False)


def test_a_table_knows_its_columns_rules_and_who_has_a_row(tmp_path: Path) -> None:
    """Everything its sentence and its columns say."""
    found = reading(tmp_path, SENTENCE)
    table = found.catalog.tables["交流情况"]

    assert found.errors == []
    assert isinstance(table, IndicatorTable)
    assert (table.document, table.whole, table.level) == ("plan", Level.COUNTY, Level.SCHOOL)
    assert table.condition is not None
    assert [each.heading for each in table.columns] == ["教师", "交流比例"]
    assert [each.body.unit for each in table.columns] == ["人", "%"]
    assert table.rules == ("plan/rotation",)


def test_a_table_is_kept_with_its_catalog(tmp_path: Path) -> None:
    """A pack that is kept between runs keeps its tables."""
    catalog = reading(tmp_path, SENTENCE).catalog

    assert catalog_of(catalog_text(catalog)).tables == catalog.tables


def test_the_same_in_english(tmp_path: Path) -> None:
    """Both languages describe the same table."""
    chinese = reading(tmp_path, SENTENCE).catalog.tables["交流情况"]
    sentence = (
        'for each "county" a table "交流情况" with a row for each "school" where teachers > 0'
    )
    english = reading(tmp_path, sentence).catalog.tables["交流情况"]

    assert english == chinese


@pytest.mark.parametrize(
    ("table", "columns", "rule", "code"),
    [
        ('每个"旗县"一张表"甲"，每行一个"校"', COLUMNS, "", "unknown-level"),
        ('每个"学校"一张表"甲"，每行一个"旗县"', COLUMNS, "", "unknown-level"),
        ('每个"旗县"一张表"甲"，每行一个"学校"，仅限 教师数', COLUMNS, "", "not-a-condition"),
        (SENTENCE, "", "", "table-missing"),
        (SENTENCE, COLUMNS, "rotations", "unknown-rule"),
        (SENTENCE, COLUMNS, "rotation", "not-at-level"),
        (SENTENCE, COLUMNS.replace("公式 ", "算式 "), "", "unknown-column"),
        (SENTENCE, COLUMNS.replace("| 教师数   ", "|          "), "", "column-missing"),
        (SENTENCE, COLUMNS.replace("| 教师数   ", "| 老师数   "), "", "unknown-name"),
    ],
    ids=["level", "order", "condition", "none", "rule", "rule level", "column", "lacks", "name"],
)
def test_what_is_wrong_is_told_once_and_the_table_left_out(
    tmp_path: Path, table: str, columns: str, rule: str, code: str
) -> None:
    """At its place in the feature."""
    found = reading(tmp_path, table, columns, rule)

    assert [each.code for each in found.errors] == [code]
    assert found.errors[0].line is not None
    assert not found.catalog.tables


def test_two_tables_of_one_name_clash(tmp_path: Path) -> None:
    """A title tells one table."""
    other = COLUMNS.replace("| 教师     ", "| 老师     ")
    twice = f"{COLUMNS}    而且 {SENTENCE}\n{other}"

    found = reading(tmp_path, SENTENCE, twice)

    assert [each.code for each in found.errors] == ["pack-clash"]


TARGETS = '每个"旗县"一张表"主要指标"，每行一条规则'
ROWS = """\
      | 规则   | 指标 | 类别 |
      | <规则> | 交流 | 教师 |
"""


def test_a_target_table_has_a_row_a_rule(tmp_path: Path) -> None:
    """In the order of the document, under the names it uses, in either language."""
    rows = ROWS.replace("<规则>", "rotation") + "      | plan/rotation | | |\n"
    found = reading(tmp_path, TARGETS, rows)
    table = found.catalog.tables["主要指标"]
    english = 'for each "county" a table "主要指标" with a row for each rule'

    assert found.errors == []
    assert isinstance(table, TargetTable)
    assert table.rows[0] == TargetRow("plan/rotation", "交流", "教师")
    assert table.rows[1].name == found.catalog.rules["plan/rotation"].title
    assert reading(tmp_path, english, rows).catalog.tables["主要指标"] == table
    assert catalog_of(catalog_text(found.catalog)).tables == found.catalog.tables


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (ROWS.replace("<规则>", "rotations"), "unknown-rule"),
        (ROWS.replace("<规则>", "primary-class-size"), "not-at-level"),
        (ROWS.replace("<规则>", ""), "column-missing"),
        (ROWS.replace("指标 ", "公式 "), "unknown-column"),
        ("", "table-missing"),
    ],
    ids=["rule", "level", "lacks", "column", "none"],
)
def test_what_is_wrong_with_a_target_table_is_told_once(
    tmp_path: Path, rows: str, code: str
) -> None:
    """At its place in the feature, and the table is left out."""
    found = reading(tmp_path, TARGETS, rows)

    assert [each.code for each in found.errors] == [code]
    assert not found.catalog.tables
