"""Small packs that tests write into a folder."""

from pathlib import Path

DOCUMENT = """\
id: plan
title: 示例规划
jurisdiction: "150600"
period: {from: 2021, to: 2025}
"""
PLACES = """\
code,name,level,parent,note
150000,内蒙古自治区,region,,
150600,鄂尔多斯市,prefecture,150000,
150602,东胜区,county,150600,
150603,康巴什区,county,150600,
"""
WORDS = """\
# language: zh-CN
功能: 词汇
  背景:
    假如 数据项
      | 名称     | 标识           | 层级       | 单位 | 类型 | 范围               | 汇总 | 口径 |
      | 班级人数 | class_size     | 班级       | 人   | 整数 | 0..                |      |      |
      | 学段     | stage          | 班级、学校 |      | 类别 | 小学、初中、高中   |      |      |
      | 教师数   | teachers       | 学校       | 人   | 整数 | 0..                | 求和 |      |
      | 交流教师数 | rotated      | 学校       | 人   | 整数 | 0..                | 求和 |      |
      | 教育支出 | spending       | 旗县、盟市 | 万元 | 数值 | 0..                | 求和 |      |
      | 近视率   | myopia         | 盟市       | %    | 数值 | 0..100             |      |      |
      | 有校医   | has_doctor     | 学校       |      | 是否 |                    |      |      |
    而且 指标
      | 名称     | 标识           | 层级       | 单位 | 公式                        | 口径 |
      | 交流比例 | rotation_rate  | 学校、旗县 | %    | 比例(交流教师数, 教师数)    |      |

  场景大纲: 交流比例的口径
    假如 某学校的 教师数 是 <教师>
    而且 交流教师数 是 <交流>
    当 在2025年考核
    那么 交流比例 是 <比例>
    例子:
      | 教师 | 交流 | 比例  |
      | 40   | 4    | 10%   |
      | 30   | 4    | 13.3% |

  场景: 没有教师就没有比例
    假如 某学校的 教师数 是 0
    而且 交流教师数 是 0
    当 在2025年考核
    那么 交流比例 为空
"""
RULES = """\
# language: zh-CN
@义务教育
功能: 班额和交流
  背景:
    假如 依据文件"plan"

  @primary-class-size @标准
  规则: 小学每班不超过45人
    有条件的地方可以更少。

    背景:
      假如 出处"第三章，第1段"
      而且 考核对象是"班级"
      而且 仅限 学段 = "小学"
      而且 到2025年底
      那么 班级人数 应不高于 45人
    场景大纲: 界线
      假如 某班级的 学段 是 "<学段>"
      而且 班级人数 是 <人数>
      当 在2025年考核
      那么 结论是"<结论>"
      例子:
        | 学段 | 人数 | 结论   |
        | 小学 | 45   | 达标   |
        | 小学 | 46   | 未达标 |
        | 初中 | 46   | 不适用 |
    场景: 差距
      假如 某班级的 学段 是 "小学"
      而且 班级人数 是 48
      当 在2025年考核
      那么 结论是"未达标"
      而且 差距是 3人

  @rotation
  规则: 每年交流教师比例不低于10%
    背景:
      假如 出处"第四章"
      而且 考核对象是"旗县"
      而且 自2022年至2025年每年
      而且 责任单位"市教育体育局"、"各旗区人民政府"
      那么 交流比例 应不低于 10%
    场景: 由学校汇总
      假如 填报数据
        | 层级 | 代码   | 上级代码 | 教师数 | 交流教师数 |
        | 旗县 | 150602 | 150600   |        |            |
        | 学校 | s1     | 150602   | 60     | 5          |
        | 学校 | s2     | 150602   | 40     | 4          |
      当 在2023年考核
      那么 "150602"的结论是"未达标"
      而且 差距是 1%
    场景: 缺一所学校
      假如 填报数据
        | 层级 | 代码   | 上级代码 | 教师数 | 交流教师数 |
        | 旗县 | 150602 | 150600   |        |            |
        | 学校 | s1     | 150602   | 60     | 50         |
        | 学校 | s2     | 150602   | 40     |            |
      当 在2023年考核
      那么 "150602"的结论是"缺数据"

  @myopia
  规则: 近视率年均下降0.5个百分点以上
    背景:
      假如 出处"专栏6"
      而且 考核对象是"盟市"
      而且 自2021年起
      而且 基期2020年为58%
      而且 属于力争目标
      那么 近视率 应年均下降不少于 0.5个百分点
    场景大纲: 界线
      假如 某盟市的 近视率 是 <率>
      当 在2022年考核
      那么 结论是"<结论>"
      例子:
        | 率    | 结论   |
        | 57%   | 达标   |
        | 57.1% | 未达标 |

  @spending
  规则: 教育支出只增不减
    背景:
      假如 出处"第四章第三节二"
      而且 考核对象是"旗县"
      而且 长期执行
      那么 教育支出 应只增不减
    场景大纲: 与上年相比
      假如 某旗县的 教育支出 是 <今年>
      而且 教育支出 在2022年是 1.2亿元
      当 在2023年考核
      那么 结论是"<结论>"
      例子:
        | 今年      | 结论   |
        | 12000     | 达标   |
        | 11999万元 | 未达标 |
        |           | 缺数据 |

  @all-classes
  规则: 所有班级都符合标准
    背景:
      假如 出处"第三章"
      而且 考核对象是"旗县"
      而且 到2025年底
      那么 所有"班级"应符合"@标准"
    场景: 一个班超了
      假如 填报数据
        | 层级 | 代码   | 上级代码 | 学段 | 班级人数 |
        | 旗县 | 150603 |          |      |          |
        | 学校 | s1     | 150603   | 小学 |          |
        | 班级 | c1     | s1       | 小学 | 45       |
        | 班级 | c2     | s1       | 小学 | 46       |
      当 在2025年考核
      那么 "150603"的结论是"未达标"
"""
ENGLISH = """\
# language: en
Feature: Doctors
  Background:
    Given the document "plan"

  @school-doctor
  Rule: Every school has a doctor
    Background:
      Given cited at "chapter 5"
      And the subjects are "schools"
      And only where teachers > 10 and not (stage = "高中")
      And from September 2022
      And the lead unit is "Health Bureau"
      Then has_doctor should be "yes"
    Scenario Outline: both sides
      Given a school whose teachers is <teachers>
      And stage is "小学"
      And has_doctor is <doctor>
      When judged in <year>
      Then the outcome is "<outcome>"
      Examples:
        | teachers | doctor | year | outcome        |
        | 11       | yes    | 2023 | compliant      |
        | 11       | no     | 2023 | violation      |
        | 10       | no     | 2023 | not applicable |
        | 11       | no     | 2021 | not applicable |
        | 11       |        | 2023 | missing        |
"""


def write_pack(folder: Path, **features: str) -> Path:
    """Write a pack: the document, the places, the vocabulary and these features."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "document.yaml").write_text(DOCUMENT, "utf-8")
    (folder / "places.csv").write_text(PLACES, "utf-8")
    (folder / "words.feature").write_text(WORDS, "utf-8")
    for name, text in features.items():
        (folder / f"{name}.feature").write_text(text, "utf-8")
    return folder
