"""``dabiao facts ask``: which blank cells to ask for first."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dabiao.engine.asking import asks
from dabiao.rules.catalog.norm import Compares
from dabiao.rules.formulas.formula import (
    Arithmetic,
    Below,
    Calculation,
    Choice,
    Fold,
    Measured,
    Number,
    Ratio,
    Relates,
    Relation,
)
from dabiao.schemas.level import Level
from tests.commands.conftest import Call, Facts
from tests.engine.builders import A, B, C, at_least, county, judged, pack, rule, school

Submit = Callable[..., str]
MORE = """\
# language: zh-CN
功能: 规模
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称   | 标识     | 层级 | 单位 | 类型 | 范围 |
      | 学生数 | pupils   | 学校 | 人   | 整数 | 0..  |
      | 教师数 | teachers | 学校 | 人   | 整数 | 0..  |
      | 近视率 | myopia   | 学校 | %    | 数值 | 0..100 |

  @myopia
  规则: 近视率不高于60%
    背景:
      假如 出处"第四章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 近视率 应不高于 60%

  @large
  规则: 学校不超过2000人
    背景:
      假如 出处"第一章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 学生数 应不高于 2000人

  @small
  规则: 学校不少于100人
    背景:
      假如 出处"第二章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 学生数 应不低于 100人

  @per-teacher
  规则: 生师比
    背景:
      假如 出处"第三章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 学生数 ÷ 教师数 应不高于 15人/人
"""


@pytest.fixture
def ask(call: Call, pack: Path) -> Call:
    """Give a function that asks by the small pack and three more rules."""
    (pack / "more.feature").write_text(MORE, "utf-8")
    return lambda *of: call("facts", "ask", "--no-builtin", "--rules", pack.name, *of)


def schools(*rows: tuple[object, object]) -> Facts:
    """Submit schools with their pupils and teachers."""
    return {
        "学校": [
            {
                "代码": f"15060200{at:02}",
                "名称": f"第{at}小学",
                "上级代码": "150602",
                "年份": 2025,
                "有校医": True,
                "学生数": pupils,
                "教师数": teachers,
                "近视率": 20,
            }
            for at, (pupils, teachers) in enumerate(rows)
        ]
    }


def told(ask: Call, name: str) -> Any:  # noqa: ANN401 - as JSON has it
    """Give what is told as data."""
    return json.loads(ask(name, "-f", "json", "--year", "2025").stdout)  # or --as-of


def test_what_decides_most_comes_first(ask: Call, submit: Submit) -> None:
    """Pupils decide two rules alone, and a third with the teachers, who come after them."""
    found = told(ask, submit(schools((None, None), (300, None), (None, 20), (300, 20))))
    order = [(each["whose"]["code"][-2:], each["measure"]["slug"]) for each in found["first"]]
    assert order == [("02", "pupils"), ("00", "pupils"), ("00", "teachers"), ("01", "teachers")]
    assert [each["decides"] for each in found["first"]] == [3, 2, 1, 1]
    assert [each["settled"] for each in found["first"]] == [3, 5, 6, 7]
    assert [each["waiting"] for each in found["first"]] == [3, 3, 1, 1]
    assert (found["undecided"], found["blocked"]) == (7, 0)


def test_filling_a_cell_decides_as_many_as_was_said(ask: Call, submit: Submit) -> None:
    """Whoever fills in the first figure has as many undecided findings less."""
    before = told(ask, submit(schools((None, None), (None, 20))))
    assert before["first"][0]["whose"]["code"] == "1506020001"
    after = told(ask, submit(schools((None, None), (300, 20))))
    assert before["undecided"] - after["undecided"] == before["first"][0]["decides"] == 3


def test_what_decides_nothing_is_struck_out(ask: Call, submit: Submit) -> None:
    """A cell that may be read in two ways is owed still, and decides nothing if both are well."""
    facts = schools((300, 20))
    facts["学校"][0]["近视率"] = 0.5
    name = submit(facts)
    found = told(ask, name)
    assert found["undecided"] == 0
    assert [each["measure"]["slug"] for each in found["needless"]] == ["myopia"]
    assert "近\u0336视\u0336率\u0336" in ask(name).stdout
    rows = list(csv.DictReader(io.StringIO(ask(name, "-f", "csv").stdout.lstrip("\ufeff"))))
    assert [(row["次序"], row["数据项"]) for row in rows] == [("", "近视率")]
    assert "不必再催" in rows[0]["说明"]


def test_nothing_is_missing(ask: Call, submit: Submit) -> None:
    """Where all is decided nothing is asked for."""
    found = told(ask, submit(schools((300, 20))))
    assert (found["undecided"], found["first"], found["needless"]) == (0, [], [])


@pytest.mark.parametrize(("many", "named"), [(3, True), (21, False)], ids=["few", "many"])
def test_of_a_mean_the_one_who_lacks_is_asked(many: int, named: bool) -> None:  # noqa: FBT001
    """Where they are few; of many those who lack the figure are not named, and it is said."""
    mean = Below(Fold.MEAN, Level.SCHOOL, A, None)
    catalog = pack(rule(at_least(5, mean), level=Level.COUNTY))
    schools = [school(f"S{at:02}", a=1 if at else None, b=1) for at in range(many)]

    found = asks(judged(catalog, county(), *schools))

    assert [(each.whose.code, each.decides) for each in found.first] == [("S00", 1)] * named
    assert (found.undecided, found.blocked) == (1, not named)


BELOW_0 = Calculation(Arithmetic.DIVIDE, A, Calculation(Arithmetic.SUBTRACT, B, B))
WHICH = Choice(Relates(Relation.MORE, A, Number(5.0)), B, C)
FEW = Below(Fold.SUM, Level.SCHOOL, A, Relates(Relation.MORE, B, Number(5.0)))


@pytest.mark.parametrize(
    ("norm", "level", "cells", "asked", "settled", "blocked"),
    [
        (at_least(1, Ratio(A, B)), Level.SCHOOL, {"b": 0}, [], 0, 1),
        (at_least(1, Ratio(A, B)), Level.SCHOOL, {"b": 3}, ["a"], 1, 0),
        (at_least(1, Ratio(A, B)), Level.SCHOOL, {"a": 3}, ["b"], 1, 0),
        (at_least(1, BELOW_0), Level.SCHOOL, {"a": 3}, [], 0, 1),
        (at_least(1, WHICH), Level.SCHOOL, {"b": 3}, ["a", "c"], 1, 0),
        (at_least(1, WHICH), Level.SCHOOL, {"a": 3}, ["c"], 1, 0),
        (at_least(1, FEW), Level.COUNTY, {"b": 3}, [], 0, 0),
        (at_least(1, FEW), Level.COUNTY, {}, ["a", "b"], 1, 0),
    ],
)
def test_nothing_is_asked_for_in_vain(  # noqa: PLR0917 - a case and what comes of it
    norm: Compares,
    level: Level,
    cells: dict[str, int],
    asked: list[str],
    settled: int,
    blocked: int,
) -> None:
    """Who divides by 0 is not asked for what is divided; all that a condition may need is asked."""
    found = asks(judged(pack(rule(norm, level=level)), county(), school("S1", **cells)))

    assert sorted(each.measure.slug for each in found.first) == asked
    assert (found.first[-1].settled if asked else 0, found.blocked) == (settled, blocked)


def test_the_own_figure_of_a_sum_is_not_needless() -> None:
    """Where a county lacks the sum of its schools, its own cell would decide as well."""
    catalog = pack(rule(at_least(5, Measured("total")), level=Level.COUNTY))

    found = asks(judged(catalog, county(total=None), school("S1", total=None)))

    assert [(each.whose.code, each.decides) for each in found.first] == [("S1", 1)]
    assert found.needless == ()
