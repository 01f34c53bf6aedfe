"""The work: thresholds over schools, made from a seed, as a rule pack and as tables.

A rule asks for a number against a bound, of the schools of one stage; one rule in five has one more
condition. There are 120 items, and one value in twenty is missing. The same rules are told to every
tool by ``Threshold``, which knows neither our language nor theirs.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import polars as pl

SEED = 20251122
ITEMS = 120
STAGES = ("幼儿园", "小学", "初中", "高中")
COUNTY = "150602"
YEAR = 2025
FIRST_CODE = 1506020000000
MISSING = 0.05
ORDERS = (">=", "<=", ">", "<")
WORDS = {">=": "应不低于", "<=": "应不高于", ">": "应高于", "<": "应低于"}
EXTRA_BOUND = 40.0


@dataclass(frozen=True, slots=True)
class Threshold:
    """One rule.

    Attributes:
        name: Its tag.
        item: The column it looks at; in a violation the value is there and breaks the bound.
        order: How the value must stand to the bound.
        stage: The stage of the schools it is about.
        extra: A column that must be above 40 for the rule to apply, or None.
    """

    name: str
    item: str
    order: str
    bound: float
    stage: str
    extra: str | None


@dataclass(frozen=True, slots=True)
class Workload:
    """Rules, and the facts they are about."""

    rules: tuple[Threshold, ...]
    schools: pl.DataFrame


def make(rules: int, schools: int, years: int = 1, seed: int = SEED) -> Workload:
    """Make a workload; the same numbers give the same."""
    chance = np.random.default_rng(seed)
    return Workload(_rules(rules, chance), _schools(schools, years, chance))


def _rules(number: int, chance: np.random.Generator) -> tuple[Threshold, ...]:
    return tuple(
        Threshold(
            name=f"rule-{at:04}",
            item=item_name(int(chance.integers(ITEMS))),
            order=ORDERS[int(chance.integers(len(ORDERS)))],
            bound=float(chance.integers(30, 70)),
            stage=STAGES[int(chance.integers(len(STAGES)))],
            extra=item_name(int(chance.integers(ITEMS))) if at % 5 == 0 else None,
        )
        for at in range(number)
    )


def _schools(number: int, years: int, chance: np.random.Generator) -> pl.DataFrame:
    stage = chance.integers(0, len(STAGES), number)
    codes = np.arange(FIRST_CODE, FIRST_CODE + number)
    tables = []
    for year in range(YEAR - years + 1, YEAR + 1):
        columns: dict[str, pl.Series] = {
            "代码": pl.Series(codes).cast(pl.String),
            "名称": pl.Series([f"学校{at}" for at in range(number)]),
            "上级代码": pl.Series([COUNTY]).new_from_index(0, number),
            "年份": pl.Series(np.full(number, year)),
            "学段": pl.Series(np.array(STAGES)[stage]),
        }
        for item in range(ITEMS):
            values = chance.normal(50, 15, number).round(2)
            missing = chance.random(number) < MISSING
            columns[item_name(item)] = pl.Series(np.where(missing, np.nan, values)).fill_nan(None)
        tables.append(pl.DataFrame(columns))
    return pl.concat(tables)


def item_name(at: int) -> str:
    """Name an item."""
    return f"数据{at:03}"


def write_pack(rules: Sequence[Threshold], folder: Path, jurisdiction: str | None = COUNTY) -> Path:
    """Write the rules as a rule pack, for a place or, without one, for everywhere."""
    folder.mkdir(parents=True, exist_ok=True)
    items = [
        f"      | {item_name(at)} | item_{at:03} | 学校 | 人 | 数值 | |" for at in range(ITEMS)
    ]
    head = [
        "# language: zh-CN",
        "功能: 门槛",
        "  背景:",
        '    假如 依据文件"plan"',
        "    而且 数据项",
        "      | 名称 | 标识 | 层级 | 单位 | 类型 | 范围 |",
        f"      | 学段 | stage | 学校 | | 类别 | {'、'.join(STAGES)} |",
        *items,
    ]
    told = [line for rule in rules for line in ("", *_told(rule))]
    (folder / "plan.feature").write_text("\n".join([*head, *told, ""]), "utf-8")
    where = "" if jurisdiction is None else f'jurisdiction: "{jurisdiction}"\n'
    (folder / "document.yaml").write_text(
        f"id: plan\ntitle: 规划\n{where}period: {{from: 2015}}\n", "utf-8"
    )
    (folder / "places.csv").write_text(
        f"code,name,level,parent\n150600,鄂尔多斯市,prefecture,\n{COUNTY},东胜区,county,150600\n",
        "utf-8",
    )
    return folder


def _told(rule: Threshold) -> list[str]:
    also = "" if rule.extra is None else f" 且 {rule.extra} > {EXTRA_BOUND:g}"
    return [
        f"  @{rule.name}",
        f"  规则: {rule.name}",
        "    背景:",
        '      假如 出处"第一条"',
        '      而且 考核对象是"学校"',
        f'      而且 仅限 学段 = "{rule.stage}"{also}',
        "      而且 长期执行",
        f"      那么 {rule.item} {WORDS[rule.order]} {rule.bound:g}人",
    ]


def write_facts(schools: pl.DataFrame, path: Path) -> Path:
    """Write the facts in the format that the name of the file says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    match path.suffix:
        case ".parquet":
            schools.write_parquet(path)
        case ".csv":
            schools.write_csv(path)
        case ".json":
            path.write_text(json.dumps({"学校": schools.to_dicts()}, ensure_ascii=False), "utf-8")
        case ".xlsx":
            _write_workbook(schools, path)
        case other:
            raise ValueError(other)
    return path


def _write_workbook(schools: pl.DataFrame, path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("学校")
        sheet.write_row(0, 0, schools.columns)
        for at, row in enumerate(schools.iter_rows(), start=1):
            sheet.write_row(at, 0, row)


def write_rules(rules: Sequence[Threshold], path: Path) -> Path:
    """Write the rules as plain data, for the tools that are no part of this house."""
    path.write_text(json.dumps([asdict(rule) for rule in rules], ensure_ascii=False), "utf-8")
    return path


def read_rules(path: Path) -> list[Threshold]:
    """Read the rules again."""
    return [Threshold(**each) for each in json.loads(path.read_text("utf-8"))]
