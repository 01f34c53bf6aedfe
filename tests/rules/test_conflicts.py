"""Conflicts: what two commitments on one measure mean for one another."""

from pathlib import Path

import pytest

from dabiao.rules.analysis.conflicts import Relationship, find_conflicts, governing
from dabiao.rules.packs.read import read
from tests.rules.packs import write_pack

FEATURE = """\
# language: zh-CN
功能: 近视率
  背景:
    假如 依据文件"plan"

  @one
  规则: 一处
    背景:
      假如 出处"甲"
      而且 考核对象是"盟市"
      而且 到2025年底
      那么 {one}

  @two
  规则: 另一处
    背景:
      假如 出处"乙"
      而且 考核对象是"盟市"
      而且 {when}
      那么 {two}
"""


@pytest.mark.parametrize(
    ("one", "two", "when", "expected"),
    [
        ("近视率 应不高于 50%", "近视率 应不高于 50%", "到2024年底", ("duplicate", "one", None)),
        ("近视率 应不高于 50%", "近视率 应不高于 52%", "长期执行", ("stricter", "one", 2.0)),
        ("近视率 应不高于 52%", "近视率 应低于 52%", "长期执行", ("stricter", "two", 0.0)),
        ("近视率 应不高于 50%", "近视率 应不低于 52%", "长期执行", ("contradictory", "one", 2.0)),
        ("近视率 应不高于 50%", "近视率 应高于 50%", "长期执行", ("contradictory", "one", 0.0)),
    ],
)
def test_how_two_bounds_meet(
    one: str, two: str, when: str, expected: tuple[str, str, float | None], tmp_path: Path
) -> None:
    """Equal, stricter by how much, or impossible together."""
    pack = write_pack(tmp_path, rules=FEATURE.format(one=one, two=two, when=when))

    (found,) = find_conflicts(read([pack]).catalog)

    assert (found.relationship, found.first.removeprefix("plan/"), found.by) == expected


@pytest.mark.parametrize(
    ("two", "when"),
    [
        ("近视率 应不低于 10%", "到2025年底"),
        ("近视率 应不高于 52%", "自2021年至2024年每年"),
        ("近视率 应逐年不增", "长期执行"),
    ],
    ids=["both can be kept", "never in the same year", "another kind of demand"],
)
def test_what_is_no_conflict(two: str, when: str, tmp_path: Path) -> None:
    """Bounds on two sides, other years and other kinds of demand leave one another alone."""
    text = FEATURE.format(one="近视率 应不高于 50%", two=two, when=when)

    assert find_conflicts(read([write_pack(tmp_path, rules=text)]).catalog) == []


def test_the_strictest_governs(tmp_path: Path) -> None:
    """The looser rule points to the stricter one."""
    text = FEATURE.format(one="近视率 应不高于 50%", two="近视率 应不高于 52%", when="长期执行")

    catalog = read([write_pack(tmp_path, rules=text)]).catalog

    assert governing(catalog) == {"plan/two": "plan/one"}
    assert find_conflicts(catalog)[0].relationship is Relationship.STRICTER
