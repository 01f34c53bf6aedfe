"""From a finding back to the cells: in every format that is read, and in every report."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.commands.conftest import Call
from tests.reports.test_page import packed
from tests.reports.test_page_script import lines_of

DOCUMENT = """\
id: plan
title: 示例规划
jurisdiction: "150602"
period: {from: 2021, to: 2030}
"""
PLACES = "code,name,level,parent\n150602,东胜区,county,\n"
FEATURE = """\
# language: zh-CN
功能: 来源
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称     | 标识   | 层级       | 单位 | 类型 | 范围       | 汇总 | 口径 |
      | 学生数   | pupils | 学校、旗县 | 人   | 整数 | 0..        | 求和 |      |
      | 经费     | budget | 旗县       | 万元 | 数值 | 0..        |      |      |
      | 班级人数 | size   | 班级       | 人   | 整数 | 0..        |      |      |
      | 学段     | stage  | 班级       |      | 类别 | 小学、初中 |      |      |

  @size
  规则: 小学每班不超过45人
    背景:
      假如 出处"第1段"
      而且 考核对象是"班级"
      而且 仅限 学段 = "小学"
      而且 长期执行
      那么 班级人数 应不高于 45人

  @pupils
  规则: 有学生
    背景:
      假如 出处"第2段"
      而且 考核对象是"旗县"
      而且 长期执行
      那么 学生数 应不低于 1000人

  @budget
  规则: 经费只增不减
    背景:
      假如 出处"第3段"
      而且 考核对象是"旗县"
      而且 长期执行
      那么 经费 应逐年不减

  @target
  规则: 经费达到目标
    背景:
      假如 出处"第4段"
      而且 考核对象是"旗县"
      而且 到2030年底
      而且 基期2020年为5万元
      那么 经费 应不低于 100万元
"""
ROWS: dict[str, list[dict[str, Any]]] = {
    "班级": [
        {
            "代码": "s1c1",
            "名称": "1班",
            "上级代码": "s1",
            "年份": 2025,
            "学段": "小学",
            "班级人数": 50,
        },
        {
            "代码": "s1c2",
            "名称": "2班",
            "上级代码": "s1",
            "年份": 2025,
            "学段": "小学",
            "班级人数": None,
        },
    ],
    "学校": [
        {"代码": f"s{at}", "名称": f"{at}校", "上级代码": "150602", "年份": 2025, "学生数": at}
        for at in range(1, 26)
    ],
    "旗县": [
        {"代码": "150602", "名称": "东胜区", "上级代码": None, "年份": 2024, "经费": 9},
        {"代码": "150602", "名称": "东胜区", "上级代码": None, "年份": 2025, "经费": 8},
    ],
}
MAP = """\
tables:
  - level: 班级
    sheet: 各班
    rows: {班: [1, 2]}
    columns: {校: 上级代码}
    sums: {班级人数: ["{班}班男", "{班}班女"]}
    compose: {代码: "{校}c{班}"}
    constants: {年份: 2025, 学段: 小学}
  - level: 学校
    sheet: 各校
    columns: {校: 代码, 人: 学生数}
    constants: {年份: 2025, 上级代码: "150602"}
  - level: 旗县
    sheet: 经费
    rows: {年: [2024, 2025]}
    columns: {区: 代码, "{年}年": 经费}
    constants: {年份: "{年}"}
"""
WIDE: dict[str, list[list[Any]]] = {
    "各班": [["校", "1班男", "1班女", "2班男", "2班女"], ["s1", 24, 26, None, None]],
    "各校": [["校", "人"], *([f"s{at}", at] for at in range(1, 26))],
    "经费": [["区", "2024年", "2025年"], ["150602", 9, 8]],
}


def as_workbook(folder: Path) -> list[str]:
    """Write the facts into one workbook, a sheet for each level."""
    return _workbook(
        folder, {name: [list(rows[0]), *map(_values, rows)] for name, rows in ROWS.items()}
    )


def as_wide_workbook(folder: Path) -> list[str]:
    """Write the facts as somebody else would, and a mapping file."""
    (folder / "map.yaml").write_text(MAP, "utf-8")
    return [*_workbook(folder, WIDE), "--mapping", "map.yaml"]


def as_csv(folder: Path) -> list[str]:
    """Write a delimited file for each level."""
    for name, rows in ROWS.items():
        lines = [list(rows[0]), *map(_values, rows)]
        text = "\n".join(",".join("" if v is None else str(v) for v in line) for line in lines)
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return [f"{name}.csv" for name in ROWS]


def as_json(folder: Path) -> list[str]:
    """Write one JSON file."""
    (folder / "facts.json").write_text(json.dumps(ROWS, ensure_ascii=False), "utf-8")
    return ["facts.json"]


def as_parquet(folder: Path) -> list[str]:
    """Write a Parquet file for each level."""
    import polars as pl

    for name, rows in ROWS.items():
        pl.DataFrame(rows).write_parquet(folder / f"{name}.parquet")
    return [f"{name}.parquet" for name in ROWS]


def _values(row: dict[str, Any]) -> list[Any]:
    return list(row.values())


def _workbook(folder: Path, sheets: dict[str, list[list[Any]]]) -> list[str]:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(folder / "facts.xlsx")
    return ["facts.xlsx"]


# Per way of writing: the class that is too large, its stage, the blank, the schools, both budgets.
CASES = {
    "xlsx": (as_workbook, "F2", "E2", "F3", "E2:E26", ("E2", "E3")),
    "csv": (as_csv, "F2", "E2", "F3", "E2:E26", ("E2", "E3")),
    "json": (
        as_json,
        "[0].班级人数",
        "[0].学段",
        "[1].班级人数",
        "[0…24].学生数",
        ("[0].经费", "[1].经费"),
    ),
    "parquet": (
        as_parquet,
        "[0].班级人数",
        "[0].学段",
        "[1].班级人数",
        "[0…24].学生数",
        ("[0].经费", "[1].经费"),
    ),
    "mapping": (as_wide_workbook, "B2+C2", None, "D2+E2", "B2:B26", ("B2", "C2")),
}
Write = Callable[[Path], list[str]]


@pytest.fixture
def submit_and_call(tmp_path: Path, call: Call) -> Callable[..., str]:
    """Give a function that writes facts in some way and calls a command on them."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "document.yaml").write_text(DOCUMENT, "utf-8")
    (folder / "places.csv").write_text(PLACES, "utf-8")
    (folder / "sources.feature").write_text(FEATURE, "utf-8")

    def run(write: Write, *arguments: str) -> str:
        found = call(*arguments, *write(tmp_path), "--no-builtin", "--rules", "pack")
        assert found.exit_code in (0, 1), found.output
        return found.stdout

    return run


@pytest.mark.parametrize("way", CASES)
def test_every_input_names_its_cell(submit_and_call: Callable[..., str], way: str) -> None:
    """A value, a condition, a blank, a sum of many, both years, and what the document prints."""
    write, size, stage, blank, schools, (before, now) = CASES[way]

    run = json.loads(submit_and_call(write, "check", "--format", "json"))

    inputs = {
        (
            found["rule"].partition("/")[2],
            found["subject"],
            given["of"],
            given["year"],
        ): given
        for found in run["findings"]
        for given in found["inputs"]
    }

    def cell(rule: str, subject: str, measure: str, year: int) -> object:
        return inputs[rule, subject, measure, year]["source"].get("cell")

    assert cell("size", "s1c1", "size", 2025) == size
    assert cell("size", "s1c1", "stage", 2025) == stage
    assert cell("size", "s1c2", "size", 2025) == blank
    assert "value" not in inputs["size", "s1c2", "size", 2025]
    total = inputs["pupils", "150602", "pupils", 2025]
    assert (total["value"], total["parts"]) == (325, 25)
    assert [source["cell"] for source in total["sources"]] == [schools]
    assert (cell("budget", "150602", "budget", 2024), cell("budget", "150602", "budget", 2025)) == (
        before,
        now,
    )
    printed = inputs["target", "150602", "budget", 2020]
    assert (printed["value"], printed["source"]["file"]) == (5, "示例规划")


@pytest.mark.parametrize("form", ["csv", "markdown", "html"])
def test_reports_show_the_cells(submit_and_call: Callable[..., str], form: str) -> None:
    """Whoever holds a report can open the workbook at the right place."""
    text = submit_and_call(as_workbook, "check", "--format", form)
    if form == "html":
        told = packed(text)
        text = "\n".join("\n".join(lines_of(told, at)) for at in range(len(told["subject"])))

    stated = (
        ("班级 › E2、F2", "旗县 › E3、E2")
        if form == "markdown"
        else ("班级 › F2", "旗县 › E2", "旗县 › E3")
    )
    for cell in (*stated, "班级 › F3", "学校 › E2:E26"):
        assert cell in text.replace("\\", ""), cell


def test_explanations_show_the_cells(submit_and_call: Callable[..., str]) -> None:
    """The reasoning of a finding ends in cells, those of its condition too."""
    size = submit_and_call(as_workbook, "explain", "plan/size", "s1c1", "-f", "markdown")
    assert "班级 › E2" in size
    assert "班级 › F2" in size
    mapped = submit_and_call(as_wide_workbook, "explain", "plan/size", "s1c1", "-f", "markdown")
    assert "各班 › B2+C2" in mapped
    assert "映射文件写明的值" in mapped
    target = submit_and_call(as_workbook, "explain", "plan/target", "150602", "-f", "markdown")
    assert "文件所载的基期值" in target
    assert "旗县 › E3" in target
    pupils = submit_and_call(as_workbook, "explain", "plan/pupils", "150602", "-f", "markdown")
    assert "学校 › E2:E26" in pupils
