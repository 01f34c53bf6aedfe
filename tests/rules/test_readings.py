"""Rules that may be read wrongly: each kind is found, and left alone where it is meant."""

from pathlib import Path

import pytest

from dabiao.rules.packs.read import read
from tests.rules.packs import DOCUMENT, write_pack

ITEMS = """\
# language: zh-CN
功能: 更多
  背景:
    假如 数据项
      | 名称         | 标识         | 层级 | 单位 | 类型 | 范围           | 口径 |
      | 学校类别     | school_kind  | 学校 |      | 类别 | 中小学、幼儿园 |      |
      | 示范专业数   | programmes   | 盟市 | 个   | 整数 | 0..            |      |
      | 项目数       | projects     | 盟市 | 个   | 整数 | 0..20          |      |
      | 新教师数     | new_teachers | 盟市 | 人   | 整数 | 0..            |      |
      | 持证新教师数 | certified    | 盟市 | 人   | 整数 | 0..            |      |
      | 入学率       | enrolment    | 盟市 | %    | 数值 | 0..100         |      |
      | 完成评估     | reviewed     | 盟市 |      | 是否 |                |      |
    而且 指标
      | 名称       | 标识            | 层级 | 单位 | 公式                         | 口径 |
      | 持证率     | certified_share | 盟市 | %    | 比例(持证新教师数, 新教师数) |      |
      | 有校医比例 | doctor_share    | 盟市 | %    | 占比(学校, 有校医 = 是)      |      |
"""
RULE = """\
  @{slug}
  规则: {title}
    {told}
    背景:
      假如 出处"甲"
      而且 考核对象是"{level}"
{more}      而且 {when}
      那么 {norm}
"""


def codes(folder: Path, *rules: str) -> list[str]:
    """Read rules and list what is said of them, but that they have no scenario."""
    text = '# language: zh-CN\n功能: 一\n  背景:\n    假如 依据文件"plan"\n\n' + "\n".join(rules)
    found = read([write_pack(folder, more=ITEMS, rules=text)]).problems
    return [each.code for each in found if each.code != "unproved"]


def rule(
    norm: str,
    title: str = "一条",
    *,
    slug: str = "one",
    level: str = "盟市",
    when: str = "到2025年底",
    told: str = "说明。",
    more: str = "",
) -> str:
    """Write a rule."""
    extra = f"      而且 {more}\n" if more else ""
    return RULE.format(
        slug=slug, title=title, told=told, level=level, more=extra, when=when, norm=norm
    )


KINDS = {
    "two bounds": ("range-as-ceiling", {"norm": "示范专业数 应在 10个 至 15个 之间"}),
    "one number": ("range-as-ceiling", {"norm": "示范专业数 应等于 10个"}),
    "a list": ("open-list", {"norm": "示范专业数 应不低于 20个", "title": "20个专业全部建成"}),
    "schools": ("school-kind-open", {"norm": '有校医 应为"是"', "level": "学校"}),
    "a share of schools": ("school-kind-open", {"norm": "有校医比例 应不低于 90%"}),
    "nobody": ("share-of-none", {"norm": "持证率 应不低于 100%"}),
    "kept": ("duty-to-keep", {"norm": "入学率 应不低于 98%", "title": "入学率保持在98%以上"}),
    "kept, in quotes": (
        "duty-to-keep",
        {"norm": "入学率 应不低于 98%", "told": "原文是“确保98%以上”。"},
    ),
    "midway": (
        "date-nobody-misses",
        {"norm": '完成评估 应为"是"', "title": "中期评估", "told": "原文没有写时限，按期末。"},
    ),
    "a plan of the period": (
        "date-nobody-misses",
        {"norm": '完成评估 应为"是"', "title": "印发总规划", "told": "原文没有写时限，按期末。"},
    ),
    "a window": (
        "window-before-document",
        {"norm": "累计(示范专业数, 3年) 应不低于 3个", "when": "自2022年起"},
    ),
    "soft title": (
        "unmarked-aspiration",
        {"norm": "示范专业数 应不低于 2个", "title": "力争有2个示范专业"},
    ),
    "soft source": (
        "unmarked-aspiration",
        {"norm": "示范专业数 应不低于 2个", "told": "原文是鼓励建设。"},
    ),
}
MEANT = {
    "at least": {"norm": "示范专业数 应不低于 10个"},
    "a ceiling": {"norm": "示范专业数 应在 10个 至 15个 之间", "told": "15个是上限。"},
    "exactly": {"norm": "示范专业数 应等于 10个", "told": "正好10个。"},
    "a balance": {"norm": "入学率 应在 40% 至 60% 之间"},
    "a closed list": {"norm": "项目数 应不低于 20个", "title": "20个项目全部建成"},
    "of a kind": {
        "norm": '有校医 应为"是"',
        "level": "学校",
        "more": '仅限 学校类别 = "中小学"',
    },
    "every kind": {"norm": '有校医 应为"是"', "level": "学校", "told": "各级各类学校都算。"},
    "somebody": {"norm": "持证率 应不低于 100%", "more": "仅限 新教师数 > 0人"},
    "always somebody": {"norm": "持证率 应不低于 100%", "told": "分母不会是0。"},
    "nearly all": {"norm": "持证率 应不低于 90%"},
    "every year": {
        "norm": "入学率 应不低于 98%",
        "title": "入学率保持在98%以上",
        "when": "长期执行",
    },
    "at the end": {
        "norm": "入学率 应不低于 98%",
        "title": "入学率保持在98%以上",
        "told": "按期末核。",
    },
    "with a line": {
        "norm": "入学率 应不低于 98%",
        "title": "入学率保持在98%以上",
        "more": "基期2020年为98%",
    },
    "midway, in the middle": {
        "norm": '完成评估 应为"是"',
        "title": "中期评估",
        "told": "原文没有写时限，按期中。",
        "when": "到2023年底",
    },
    "midway, dated": {"norm": '完成评估 应为"是"', "title": "中期评估"},
    "a window inside": {"norm": "累计(示范专业数, 3年) 应不低于 3个", "when": "自2023年起"},
    "soft and marked": {
        "norm": "示范专业数 应不低于 2个",
        "title": "力争有2个示范专业",
        "more": "属于力争目标",
    },
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_found(name: str, tmp_path: Path) -> None:
    """A rule of the kind draws its warning, and no other."""
    code, said = KINDS[name]

    assert codes(tmp_path, rule(**said)) == [code]


@pytest.mark.parametrize("name", MEANT)
def test_what_is_meant_is_left_alone(name: str, tmp_path: Path) -> None:
    """Written as the hint says, or said to be meant, it draws none."""
    assert codes(tmp_path, rule(**MEANT[name])) == []


@pytest.mark.parametrize(
    ("baseline", "expected"), [("", ["twin-without-baseline"]), ("基期2020年为90%", [])]
)
def test_twins_share_their_baseline(baseline: str, expected: list[str], tmp_path: Path) -> None:
    """Where one rule on a measure has a line, the other of the same document needs it too."""
    twins = (
        rule("入学率 应不低于 98%", more="基期2020年为90%"),
        rule("入学率 应不低于 97%", slug="two", more=baseline),
    )

    assert codes(tmp_path, *twins) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("名次 | rank | 盟市 | 名 | 整数 | 0..", ["open-range"]),
        ("名次 | rank | 盟市 | 名 | 整数 | 1..", []),
        ("覆盖率 | spread | 盟市 | % | 数值 | 0..", ["open-range"]),
        ("覆盖率 | spread | 盟市 | % | 数值 | 0..100", []),
    ],
)
def test_ranges_of_ranks_and_shares(row: str, expected: list[str], tmp_path: Path) -> None:
    """Ranks begin at 1, shares end at 100."""
    head = "      | 名称 | 标识 | 层级 | 单位 | 类型 | 范围 | 口径 |\n"
    text = f"# language: zh-CN\n功能: 二\n  背景:\n    假如 数据项\n{head}      | {row} | |\n"
    found = read([write_pack(tmp_path, ranges=text)]).problems

    assert [each.code for each in found] == expected


def test_a_gross_rate_may_pass_100(tmp_path: Path) -> None:
    """Its definition says so."""
    head = "      | 名称 | 标识 | 层级 | 单位 | 类型 | 范围 | 口径 |\n"
    row = "      | 毛入园率 | gross | 盟市 | % | 数值 | 0.. | 可超过100% |\n"
    text = f"# language: zh-CN\n功能: 二\n  背景:\n    假如 数据项\n{head}{row}"

    assert read([write_pack(tmp_path, ranges=text)]).problems == []


@pytest.mark.parametrize(
    ("bound", "more", "expected"),
    [
        ("97%", "", ["looser-than-above"]),
        ("97%", '与"plan/one"不一致', []),
        ("98%", "", []),
        ("99%", "", []),
    ],
)
def test_less_than_above_needs_a_clause(
    bound: str, more: str, expected: list[str], tmp_path: Path
) -> None:
    """A document that carries another out may not ask for less without saying so."""
    lower = tmp_path / "lower"
    lower.mkdir()
    about = DOCUMENT.replace("id: plan", "id: lower") + "under: [plan]\n"
    (lower / "document.yaml").write_text(about, "utf-8")
    text = '# language: zh-CN\n功能: 二\n  背景:\n    假如 依据文件"lower"\n\n'
    text += rule(f"入学率 应不低于 {bound}", more=more)
    (lower / "rules.feature").write_text(text, "utf-8")

    assert codes(tmp_path, rule("入学率 应不低于 98%")) == expected


@pytest.mark.parametrize(
    ("definition", "relation", "expected"),
    [
        ("其中的女教师", "", ["part-unchecked"]),
        ("其中的女教师", "女教师数 ≤ 全部教师数", []),
        ("其中的女教师", "全部教师数 ≥ 女教师数", []),
        ("女教师", "", []),
    ],
)
def test_a_part_is_kept_within_its_whole(
    definition: str, relation: str, expected: list[str], tmp_path: Path
) -> None:
    """Where the definition says that it is one, and a share is made of both."""
    text = f"""\
# language: zh-CN
功能: 二
  背景:
    假如 数据项
      | 名称       | 标识      | 层级 | 单位 | 类型 | 范围 | 口径         |
      | 女教师数   | women     | 学校 | 人   | 整数 | 0..  | {definition} |
      | 全部教师数 | all_staff | 学校 | 人   | 整数 | 0..  |              |
    而且 指标
      | 名称       | 标识        | 层级 | 单位 | 公式                       | 口径 |
      | 女教师比例 | women_share | 学校 | %    | 比例(女教师数, 全部教师数) |      |
"""
    if relation:
        text += f"""\
    而且 核对关系
      | 名称 | 标识   | 层级 | 关系       | 仅限 | 程度   | 说明 |
      | 部分 | within | 学校 | {relation} |      | 不可能 |      |
"""
    found = read([write_pack(tmp_path, parts=text)]).problems

    assert [each.code for each in found] == expected
