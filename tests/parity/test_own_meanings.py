"""A pack that gives built-in words a meaning of its own, beside the built-in packs."""

from pathlib import Path

import pytest

import dabiao
from dabiao.rules.files.pack_files import built_in
from dabiao.rules.packs.read import read

ORDOS = Path(__file__).parents[2] / "examples" / "ordos-2025"
PACK = """\
# language: zh-CN
功能: 自己的口径
  背景:
    假如 依据文件"mine"
    而且 数据项
      | 名称       | 标识       | 层级 | 单位 | 类型 | 范围  | 口径     |
      | 班级人数   | class_size | 班级 | 人   | 整数 | 0..50 | 学年末   |
      | 专任教师数 | teachers   | 学校 | 百人 | 数值 | 0..   | 含外聘的 |
      | 学段       | stage      | 班级 |      | 类别 | 低段、高段 |     |
    而且 指标
      | 名称     | 标识 | 层级 | 单位 | 公式                      |
      | 大班额数 | big  | 学校 | 个   | 计数(班级, 班级人数 ≥ 41人) |

  @big
  规则: 没有41人以上的班
    背景:
      假如 出处"第一章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 大班额数 应等于 0个

  @teachers
  规则: 教师不少于一百人
    背景:
      假如 出处"第二章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 专任教师数 应不低于 1百人
"""


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pack."""
    folder = tmp_path_factory.mktemp("mine")
    text = 'id: mine\ntitle: 自己的规划\njurisdiction: "150600"\nperiod: {from: 2021, to: 2025}\n'
    (folder / "document.yaml").write_text(text, "utf-8")
    (folder / "rules.feature").write_text(PACK, "utf-8")
    return folder


def test_built_in_verdicts_stay_as_they_are(mine: Path) -> None:
    """Rules and findings of an example, to the last field; one's own judge by their own words."""
    catalogs, findings = [], []
    for rules in (dabiao.load_rules(), dabiao.load_rules(mine)):
        found = dabiao.check(rules, dabiao.load_facts(rules, ORDOS)).findings
        catalogs.append(rules.catalog)
        findings.append(found.to_pylist())
    (plain, both), (before, after) = catalogs, findings

    assert {id_: both.rules[id_] for id_ in plain.rules} == plain.rules
    own = [each for each in after if each["rule"].startswith("mine/")]
    assert [each for each in after if not each["rule"].startswith("mine/")] == before
    big = {each["code"]: each["observed"] for each in own if each["rule"] == "mine/big"}
    assert big["1506020001"] == 6  # as against its built-in namesake
    teachers = {each["outcome"] for each in own if each["rule"] == "mine/teachers"}
    assert teachers - {"not_applicable"} == {"missing"}


def test_built_in_words_stay_as_they_are(mine: Path) -> None:
    """Every name, item and formula; nothing is said of a file that is not one's own."""
    known = read([built_in()], proofs=False).catalog
    reading = read([built_in(), mine], known=known)

    words, before = reading.catalog.vocabulary, known.vocabulary
    assert {name: words.names[name] for name in before.names} == before.names
    assert {slug: words.items[slug] for slug in before.items} == before.items
    assert {slug: words.formulas[slug] for slug in before.formulas} == before.formulas
    assert {each.file for each in reading.problems} == {f"{mine.as_posix()}/rules.feature"}
    assert [each.code for each in reading.problems].count("own-meaning") == 4
