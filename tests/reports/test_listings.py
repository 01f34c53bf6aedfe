"""Listings, problems and proofs: the same rows in every format."""

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest

from dabiao.reports.format_names import LISTED, Format
from dabiao.reports.lists.listings import Listing, write_listing
from dabiao.reports.lists.problems import print_problems, problem_listing
from dabiao.reports.lists.rules import (
    print_proofs,
    print_rules,
    print_sentences,
    proof_listing,
    rule_listing,
    rule_sheet,
    sentence_listing,
)
from dabiao.schemas.document import Document, Period
from dabiao.schemas.finding import Scalar, Units
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.rule import Baseline, NormRecord, RuleRecord, Term, Timing, TimingKind

PROBLEMS = [
    Problem("unknown-column", "未知的列", Severity.WARNING, file="a.csv", cell="F1"),
    Problem("bad-number", "“四十”不是数", file="a.csv", cell="F3", expected="整数", hint="改为 40"),
]
RULE = RuleRecord(
    id="plan/size",
    title="班额不超过45人",
    description="",
    document="plan",
    places=("第1条",),
    area=None,
    level=Level.CLASS,
    condition=None,
    norm=NormRecord(text="班级人数 应不高于 45人", kind="compares", unit="人"),
    timing=Timing(kind=TimingKind.DUE, last=2025),
    baseline=Baseline(year=2020, value=52.0),
    aspiration=True,
    decimals=1,
    units=Units(lead=("教育局",), responsible=("学校",)),
    contradicts=(),
    governed_by=None,
    tags=("size",),
    file="plan/size.feature",
    line=9,
)
SIZE = Item(
    slug="size",
    name="班级人数",
    english="class size",
    levels=(Level.CLASS,),
    unit="人",
    type=ItemType.INTEGER,
)
PROOFS: list[dict[str, Scalar]] = [
    {
        "rule": "plan/size",
        "scenario": "界线",
        "example": "45",
        "file": "f",
        "line": 3,
        "passed": True,
        "message": "",
    },
    {
        "rule": "plan/size",
        "scenario": "界线",
        "example": "46",
        "file": "f",
        "line": 4,
        "passed": False,
        "message": "应为未达标",
    },
]


def written(of: Listing, form: Format) -> str:
    """Write a listing into a text."""
    file = io.StringIO()
    write_listing(of, form, file)
    return file.getvalue()


@pytest.mark.parametrize("form", [form for form in LISTED if form is not Format.XLSX])
@pytest.mark.parametrize(
    "of",
    [
        problem_listing(PROBLEMS),
        rule_listing([RULE]),
        rule_sheet(
            RULE,
            Document(id="plan", title="规划", period=Period(from_=2021)),
            RULE.norm.text,
            "东胜区",
            {Level.CLASS: [SIZE]},
        ),
        proof_listing(PROOFS),
    ],
    ids=["problems", "rules", "rule", "proofs"],
)
def test_every_format_has_every_row(of: Listing, form: Format) -> None:
    """Each row can be found in each format."""
    text = written(of, form)
    if form is Format.JSON:
        assert json.loads(text)
    elif form is Format.CSV:
        assert len(list(csv.reader(io.StringIO(text)))) == len(of.rows) + 1
    else:
        squeezed = "".join(text.split())
        assert all(str(next(iter(row.values()))) in squeezed for row in of.rows)


def test_a_listing_as_a_workbook() -> None:
    """Texts stay texts, numbers numbers, truths words; what stands above is there too."""
    rows: list[dict[str, object]] = [{"a": "=1+1", "b": 3, "c": 0.5, "d": True}]
    rows.append({"a": "007", "b": None, "c": 1.0, "d": False})
    columns = {"a": "甲", "b": "乙", "c": "丙", "d": "丁"}
    listing = Listing(columns, rows, above=("先读这个",))  # type: ignore[arg-type]
    with io.TextIOWrapper(io.BytesIO(), encoding="utf-8") as file:
        write_listing(listing, Format.XLSX, file)
        sheet = openpyxl.load_workbook(file.buffer).worksheets[0]
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found == [
        ["先读这个", None, None, None],
        ["甲", "乙", "丙", "丁"],
        ["=1+1", 3, 0.5, "是"],
        ["007", None, 1, "否"],
    ]
    assert (sheet["A3"].data_type, sheet.auto_filter.ref) == ("s", "A2:D4")
    assert (sheet.page_setup.fitToHeight, sheet.print_title_rows) == (0, "$2:$2")


def test_problems_come_gravest_first() -> None:
    """Errors stand before warnings, each with its place, and the count ends the list."""
    file = io.StringIO()
    print_problems(PROBLEMS, file)

    assert file.getvalue().splitlines() == [
        "a.csv F3: 错误: “四十”不是数 [bad-number]",
        "  应为：整数",
        "  办法：改为 40",
        "a.csv F1: 警告: 未知的列 [unknown-column]",
        "错误 1，警告 1",
    ]


def test_a_list_that_is_cut_says_so() -> None:
    """Where only a few are told, the rest are counted, and it is said how to see them."""
    file = io.StringIO()
    print_problems(PROBLEMS, file, 1)

    assert "[unknown-column]" not in file.getvalue()
    assert "dabiao facts validate" in file.getvalue()


def test_rules_can_be_copied_from_the_list() -> None:
    """A rule's id stands whole at the beginning of a line."""
    file = io.StringIO()
    print_rules([RULE], file)

    assert file.getvalue().splitlines() == [
        "plan/size  班额不超过45人",
        "    班级　班级人数 应不高于 45人　到2025年底　力争　牵头单位：教育局　责任单位：学校",
        "共 1 条",
    ]


def test_proofs_that_fail_are_told() -> None:
    """What came out otherwise is told with file and line, what held is counted."""
    file = io.StringIO()
    print_proofs(PROOFS, file)

    assert file.getvalue().splitlines() == [
        "f:4: 不符: 界线 46",
        "  应为未达标",
        "1 条规则的例子 2 个：符合 1，不符 1",
    ]


def test_sentences_have_meaning_and_example() -> None:
    """A sentence is told with the word it stands behind."""
    row = {
        "name": "due",
        "step": "given",
        "pattern": "到{last}年底",
        "example": "到2025年底",
        "meaning": "期限",
    }
    file = io.StringIO()
    print_sentences([row], file)

    assert file.getvalue().splitlines() == ["假如 到{last}年底", "    期限", "    例：到2025年底"]
    assert json.loads(written(sentence_listing([row]), Format.JSON)) == [row]


@pytest.mark.parametrize(
    ("timing", "zh", "en"),
    [
        (Timing(kind=TimingKind.DUE, last=2025), "到2025年底", "by the end of 2025"),
        (Timing(kind=TimingKind.DUE, last=2025, month=6), "到2025年6月底", "by the end of 2025-06"),
        (
            Timing(kind=TimingKind.STANDING, term=Term.QUARTER),
            "长期执行，每季度",
            "at all times, every quarter",
        ),
        (Timing(kind=TimingKind.WITHIN, last=2023), "2023年内", "within 2023"),
        (Timing(kind=TimingKind.STANDING), "长期执行", "at all times"),
        (Timing(kind=TimingKind.STANDING, first=2022, month=9), "自2022年9月起", "from 2022-09 on"),
        (
            Timing(kind=TimingKind.SPAN, first=2021, last=2025),
            "自2021年至2025年每年",
            "every year from 2021 to 2025",
        ),
    ],
)
def test_timing_in_words(timing: Timing, zh: str, en: str) -> None:
    """A timing is worded as documents word it."""
    assert timing.words == zh
    with speaking(Language.EN):
        assert timing.words == en


def test_a_rule_is_told_with_the_name_of_its_place() -> None:
    """A code alone says nothing to a reader; the rule's own slug is no tag to tell."""
    period = Period(from_=2021)
    plan = Document(id="plan", title="规划", jurisdiction="150602", period=period)
    own = RULE.id.rpartition("/")[2]
    rule = replace(RULE, area=None, tags=(own, "班额"))
    asked = {Level.SCHOOL: [replace(SIZE, unit="", name="学段")], Level.CLASS: [SIZE]}
    sheet = rule_sheet(rule, plan, "≤ 45", "东胜区", asked)
    told = {row["name"]: row["value"] for row in sheet.rows}

    assert (told["适用地区"], told["要求"], told["标签"]) == ("东胜区（150602）", "≤ 45", "班额")
    assert told["所用数据"] == "学校：学段；班级：班级人数（人）"
