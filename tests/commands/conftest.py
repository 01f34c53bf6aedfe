"""A small rule pack, facts to judge by it, and a way to call the program."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from dabiao.schemas.language import language, speaking
from tests.typed import typed

DOCUMENT = """\
id: plan
title: 示例规划
jurisdiction: "150600"
period: {from: 2021, to: 2025}
"""
PLACES = """\
code,name,level,parent
150600,鄂尔多斯市,prefecture,
150602,东胜区,county,150600
150603,康巴什区,county,150600
"""
FEATURE = """\
# language: zh-CN
@义务教育
功能: 班额和校医
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称     | 标识       | 层级 | 单位 | 类型 | 范围       | 汇总 | 口径 |
      | 班级人数 | class_size | 班级 | 人   | 整数 | 0..        |      |      |
      | 学段     | stage      | 班级 |      | 类别 | 小学、初中 |      |      |
      | 有校医   | doctor     | 学校 |      | 是否 |            |      |      |

  @primary-class-size
  规则: 小学每班不超过45人
    背景:
      假如 出处"第三章，第1段"
      而且 考核对象是"班级"
      而且 仅限 学段 = "小学"
      而且 到2025年底
      而且 责任单位"市教育体育局"
      那么 班级人数 应不高于 45人
    场景大纲: 界线
      假如 某班级的 学段 是 "小学"
      而且 班级人数 是 <人数>
      当 在2025年考核
      那么 结论是"<结论>"
      例子:
        | 人数 | 结论   |
        | 45   | 达标   |
        | 46   | 未达标 |

  @school-doctor
  规则: 学校都有校医
    背景:
      假如 出处"第四章，第2段"
      而且 考核对象是"学校"
      而且 长期执行
      而且 属于力争目标
      那么 有校医 应为"是"
    场景: 没有校医
      假如 某学校的 有校医 是 否
      当 在2025年考核
      那么 结论是"未达标"
"""

Facts = dict[str, list[dict[str, Any]]]
Call = Callable[..., Result]


def facts(size: object = 45, doctor: object = "是") -> Facts:
    """Make the facts of one school with one class."""
    school = {"代码": "1506020010", "名称": "第一小学", "上级代码": "150602", "年份": 2025}
    pupils = {"代码": "150602001001", "名称": "一年级1班", "上级代码": "1506020010", "年份": 2025}
    return {
        "学校": [school | {"有校医": doctor}],
        "班级": [pupils | {"学段": "小学", "班级人数": size}],
    }


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Write the rule pack into a folder."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "document.yaml").write_text(DOCUMENT, "utf-8")
    (folder / "places.csv").write_text(PLACES, "utf-8")
    (folder / "classes.feature").write_text(FEATURE, "utf-8")
    return folder


@pytest.fixture
def submit(tmp_path: Path) -> Callable[..., str]:
    """Give a function that writes facts into a file and names it."""

    def write(of: object, name: str = "facts.json") -> str:
        (tmp_path / name).write_text(json.dumps(of, ensure_ascii=False), "utf-8")
        return name

    return write


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Call]:
    """Give a function that calls the program, in a folder and a language of its own."""
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    with speaking(language()):
        yield typed


@pytest.fixture
def check(call: Call, pack: Path) -> Call:
    """Give a function that checks by the small pack alone."""

    def run(*arguments: str, stdin: str | None = None) -> Result:
        return call("check", "--no-builtin", "--rules", pack.name, *arguments, stdin=stdin)

    return run
