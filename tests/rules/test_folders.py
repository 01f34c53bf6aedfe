"""Packs read together: a later folder may use names that an earlier one has."""

from pathlib import Path

from dabiao.rules.proof import prove
from dabiao.rules.reading import Reading, read
from dabiao.schemas.level import Level
from tests.rules.packs import RULES, write_pack
from tests.rules.test_reading import judged

LATER = """\
# language: zh-CN
功能: 另一个文件夹
  背景:
    假如 依据文件"later"
    而且 数据项
      | 名称     | 标识       | 层级       | 单位 | 类型 | 范围 | 汇总 | 口径 |
      | 班级人数 | pupils_in  | 班级、学校 | 人   | 整数 | 0..  |      |      |
      | 校车数   | teachers   | 学校       | 辆   | 整数 | 0..  | 求和 |      |
    而且 指标
      | 名称     | 标识       | 层级 | 单位 | 公式                   | 口径 |
      | 有校车学校数 | schools_with_bus | 旗县 |      | 计数(学校, teachers > 0) |  |

  @buses
  规则: 每校至少2辆校车
    背景:
      假如 出处"第一章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 校车数 应不低于 2辆
    场景: 用标识说也是自己的数据项
      假如 某学校的 teachers 是 1辆
      当 在2023年考核
      那么 结论是"未达标"
"""
DOCUMENT = 'id: later\ntitle: 后来的文件\njurisdiction: "150602"\nperiod: {from: 2021, to: 2025}\n'


def together(folder: Path, later: str = LATER) -> Reading:
    """Read a pack and a later one that knows nothing of it."""
    first = write_pack(folder / "first", rules=RULES)
    second = folder / "second"
    second.mkdir()
    (second / "document.yaml").write_text(DOCUMENT, "utf-8")
    (second / "later.feature").write_text(later, "utf-8")
    return read([first, second])


def test_the_same_item_is_one(tmp_path: Path) -> None:
    """Same name, type and unit: one item, at the levels of both, under either slug."""
    vocabulary = together(tmp_path).catalog.vocabulary

    assert vocabulary.names["class_size"] == vocabulary.names["pupils_in"]
    assert vocabulary.measure(vocabulary.names["班级人数"]).levels == (Level.SCHOOL, Level.CLASS)


def test_a_slug_that_was_taken_goes_to_the_later_folder(tmp_path: Path) -> None:
    """Each folder means its own measure, and the proofs of both hold."""
    reading = together(tmp_path)

    assert [str(problem) for problem in reading.problems] == []
    results = prove(reading.proofs, reading.catalog, judged)
    assert [result.message for result in results if not result.passed] == []
    vocabulary = reading.catalog.vocabulary
    assert vocabulary.measure("teachers").name == "校车数"
    assert vocabulary.measure(vocabulary.names["教师数"]).name == "教师数"


def test_a_name_for_something_else(tmp_path: Path) -> None:
    """The same name with another unit is another item, each in its own folder."""
    other = LATER.replace(
        "| 班级人数 | pupils_in  | 班级、学校 | 人   |",
        "| 班级人数 | pupils_in  | 班级、学校 | 万人 |",
    )

    reading = together(tmp_path, other)

    assert [str(problem) for problem in reading.problems] == []
    results = prove(reading.proofs, reading.catalog, judged)
    assert [result.message for result in results if not result.passed] == []
