"""Rosters (名录): who exists."""

import json
from pathlib import Path

import pytest

from dabiao.schemas.facts import Facts, Standing
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime, RosterStatus
from tests.intake.submissions import Table, kinds, read, workbook

CLASS, SCHOOL, COUNTY = Level.CLASS, Level.SCHOOL, Level.COUNTY


def test_roster(tmp_path: Path) -> None:
    """A roster names subjects of several levels; those that report are reported."""
    path = workbook(
        tmp_path / "x.xlsx",
        {
            "名录": [
                ["层级", "代码", "名称", "上级代码"],
                ["学校", "s1", "一小", "150602"],
                ["school", "s2", "二小", "150602"],
                ["班级", "c1", "一班", "s1"],
            ],
            "学校": [["代码", "年份", "学生数"], ["s1", 2025, 800]],
        },
    )
    facts = read(path)
    assert facts.problems == []
    assert facts.levels[SCHOOL].codes == ["s1", "s2"]
    assert facts.levels[SCHOOL].names == ["一小", "二小"]
    assert facts.levels[SCHOOL].standings == [Standing.REPORTED, Standing.ROSTER]
    assert facts.levels[CLASS].standings == [Standing.ROSTER]
    assert facts.files[0].rows == 1


def test_levels_that_the_roster_leaves_out(tmp_path: Path) -> None:
    """Levels are told from places, from the form of codes, or from the tables."""
    path = workbook(
        tmp_path / "x.xlsx",
        {
            "名录": [
                ["代码", "名称"],
                ["150602", "东胜区"],
                ["150621", "达拉特旗"],
                ["s1", "一小"],
                ["zz", "谁"],
            ],
            "学校": [["代码", "年份"], ["s1", 2025]],
        },
    )
    facts = read(path)
    assert kinds(facts) == ["roster-level"]
    assert facts.problems[0].subject == "zz"
    assert facts.levels[COUNTY].codes == ["150602", "150621"]
    assert facts.levels[SCHOOL].codes == ["s1"]


def test_wrong_rows_of_a_roster(tmp_path: Path) -> None:
    """A row without a code, one of no level, and data in a roster are told; remarks are not."""
    rows: Table = [
        ["层级", "代码", "名称", "年份", "学生数", "地址"],
        ["学校", None, "一小", None, 7, "某处"],
        ["学堂", "s2", "二小", 2025, 8, "某处"],
        ["合计", None, None, None, 15, None],
    ]
    facts = read(workbook(tmp_path / "x.xlsx", {"名录": rows}))
    assert kinds(facts) == ["item-in-roster", "missing-code", "roster-level", "totals-row"]


def test_roster_as_csv(tmp_path: Path) -> None:
    """A roster may be a delimited file."""
    path = tmp_path / "名录.csv"
    path.write_text("层级,代码,名称\n学校,011301,一小\n", "utf-8")
    facts = read(path)
    assert (facts.problems, facts.levels[SCHOOL].codes) == ([], ["011301"])


HEADER = ["层级", "代码", "名称", "上级代码", "状态", "启用年份", "停办年份", "并入代码"]


def roster(tmp_path: Path, *rows: list[object], header: list[str] = HEADER) -> Facts:
    """Read a roster with these rows, and a school that reports."""
    sheets: dict[str, Table] = {
        "名录": [header, *rows],
        "学校": [["代码", "年份", "学生数"], ["s1", 2024, 800], ["s1", 2025, None]],
    }
    return read(workbook(tmp_path / "x.xlsx", sheets))


def lifetimes(facts: Facts, level: Level = SCHOOL) -> dict[str, Lifetime]:
    """Give the lifetimes of a level by code."""
    table = facts.levels[level]
    return {table.codes[at]: life for at, life in table.lifetimes.items()}


@pytest.mark.parametrize(
    ("cells", "life"),
    [
        (["在办", None, None, None], Lifetime()),
        (["新建", 2025, None, None], Lifetime(RosterStatus.NEW, opened=2025)),
        (["撤销", None, 2024, None], Lifetime(RosterStatus.CLOSED, closed=2024)),
        (["停办", "", "2024年", None], Lifetime(RosterStatus.CLOSED, closed=2024)),
        (["合并", None, "2024-08-31", "s1"], Lifetime(RosterStatus.MERGED, None, 2024, "s1")),
        ([None, None, 2024, None], Lifetime(RosterStatus.CLOSED, closed=2024)),
        ([None, None, 2024, "s1"], Lifetime(RosterStatus.MERGED, None, 2024, "s1")),
        ([None, 2019, "至今", None], Lifetime(opened=2019)),
        (["2024年撤销", None, None, None], Lifetime(RosterStatus.CLOSED, closed=2024)),
        (["撤并（2024年8月）", None, None, "s1"], Lifetime(RosterStatus.MERGED, None, 2024, "s1")),
        ([" Closed ", None, 2024, None], Lifetime(RosterStatus.CLOSED, closed=2024)),
    ],
)
def test_lifetimes(tmp_path: Path, cells: list[object], life: Lifetime) -> None:
    """Status and years are read as people write them."""
    facts = roster(tmp_path, ["学校", "s2", "二小", "150602", *cells])

    assert facts.problems == []
    assert lifetimes(facts) == {"s2": life}


def test_nothing_said(tmp_path: Path) -> None:
    """Who has no status and no year has no lifetime, and is listed."""
    facts = roster(tmp_path, ["学校", "s2", "二小", "150602", None, None, "—", None])

    assert (facts.problems, lifetimes(facts)) == ([], {})
    listed = facts.levels[SCHOOL].listed
    assert listed is not None
    assert listed.tolist() == [False, True]


@pytest.mark.parametrize(
    ("cells", "code", "cell", "words"),
    [
        (["撤消", None, 2024, None], "bad-status", "E2", "撤销"),
        (["搬迁", None, None, None], "bad-status", "E2", "在办"),
        (["撤销", None, "去年", None], "bad-year", "G2", "停办年份"),
        (["撤销", 2025, 2020, None], "closed-before-opened", "G2", "2020"),
        (["撤销", None, None, None], "status-without-year", "G2", "各年都不再应报"),
        (["新建", None, None, None], "status-without-year", "F2", "各年都应报"),
        (["合并", None, 2024, "s2"], "merged-into-itself", "H2", "s2"),
        (["合并", None, 2024, "s9"], "merged-into-unknown", "H2", "s9"),
        (["合并", None, 2024, -7], "bad-code", "H2", "并入代码"),
    ],
)
def test_what_cannot_be_read(
    tmp_path: Path, cells: list[object], code: str, cell: str, words: str
) -> None:
    """Each is told with its place and what to do."""
    facts = roster(tmp_path, ["学校", "s2", "二小", "150602", *cells])
    first = next(problem for problem in facts.problems if problem.code == code)

    assert (first.sheet, first.cell, first.subject) == ("名录", cell, "s2")
    assert words in str(first)
    assert first.hint


def test_misspelt_column(tmp_path: Path) -> None:
    """A header that nearly is one of the roster's is told of; an address is not."""
    header = ["层级", "代码", "名称", "停办年分", "地址"]
    facts = roster(tmp_path, ["学校", "s2", "二小", 2024, "某处"], header=header)

    assert kinds(facts) == ["unknown-column"]
    assert "停办年份" in str(facts.problems[0])


def test_reporting_while_closed(tmp_path: Path) -> None:
    """Facts of a year after the last are told with their place; an empty row is nothing."""
    closed = roster(tmp_path, ["学校", "s1", "一小", "150602", "撤销", None, 2023, None])
    (problem,) = closed.problems

    assert (problem.code, problem.sheet, problem.cell) == ("reported-while-closed", "学校", "第2行")
    assert (problem.subject, problem.year) == ("s1", 2024)


def test_classes_of_a_closed_school(tmp_path: Path) -> None:
    """They are told of too, with the school that is no more."""
    sheets: dict[str, Table] = {
        "名录": [["层级", "代码", "停办年份"], ["学校", "s2", 2024]],
        "班级": [["代码", "上级代码", "年份", "班级人数"], ["c1", "s2", 2025, 40]],
    }
    (problem,) = read(workbook(tmp_path / "x.xlsx", sheets)).problems

    assert (problem.code, problem.subject) == ("reported-while-closed", "c1")
    assert "s2" in problem.message


DATED: Table = [
    ["层级", "代码", "名称", "上级代码", "年份"],
    ["旗县", "150602", "东胜区", None, None],
    ["旗县", "150603", "康巴什区", None, None],
]


@pytest.mark.parametrize(
    ("listed", "told", "lain"),
    [
        ([("150602", 2020), ("150603", 2025)], [], ["150602", "150603"]),
        ([("150602", None), ("150603", 2025)], [], ["150602", "150603"]),
        ([("150603", 2025), ("150602", 2023)], [], ["150602", "150603"]),
        ([("150602", 2025), ("150603", 2025)], ["parent-differs"], [None, None]),
        ([("150602", 2020), ("150603", 20245)], ["bad-year", "parent-differs"], [None, None]),
    ],
)
def test_a_roster_says_from_when_on(
    tmp_path: Path, listed: list[tuple[str, int | None]], told: list[str], lain: list[str | None]
) -> None:
    """Its year says since when a school lies in that county; what says none was so before."""
    sheets: dict[str, Table] = {
        "名录": [*DATED, *(["学校", "s1", "一小", *each] for each in listed)],
        "学校": [["代码", "年份", "学生数"], ["s1", 2024, 800], ["s1", 2025, 900]],
    }
    facts = read(workbook(tmp_path / "x.xlsx", sheets))
    assert kinds(facts) == told
    assert [facts.levels[SCHOOL].parent_in(0, year) for year in (2024, 2025)] == lain


@pytest.mark.parametrize(("parent", "told"), [("150603", []), ("150602", ["parent-differs"])])
def test_rows_beside_a_roster_with_years(tmp_path: Path, parent: str, told: list[str]) -> None:
    """Rows of facts agree with what the roster says of their year, or the roster holds."""
    sheets: dict[str, Table] = {
        "名录": [*DATED, ["学校", "s1", "一小", "150603", 2025]],
        "学校": [
            ["代码", "上级代码", "年份", "学生数"],
            ["s1", "150602", 2024, 800],
            ["s1", parent, 2025, 900],
        ],
    }
    facts = read(workbook(tmp_path / "x.xlsx", sheets))
    assert kinds(facts) == told
    assert [n.code for n in facts.notes] == ([] if told else ["parent-moves"])


def test_rows_before_all_years_of_a_roster(tmp_path: Path) -> None:
    """What the roster says without a year was so in all years before; rows may contradict it."""
    sheets: dict[str, Table] = {
        "名录": [
            *DATED,
            ["学校", "s1", "一小", "150602", None],
            ["学校", "s1", "一小", "150603", 2025],
        ],
        "学校": [
            ["代码", "上级代码", "年份", "学生数"],
            ["s1", "150603", 2022, 800],
            ["s1", "150603", 2025, 900],
        ],
    }
    facts = read(workbook(tmp_path / "x.xlsx", sheets))
    assert kinds(facts) == ["parent-differs"]
    lain = [facts.levels[SCHOOL].parent_in(0, year) for year in (2022, 2024, 2025)]
    assert lain == ["150602", "150602", "150603"]


def test_roster_that_contradicts_itself(tmp_path: Path) -> None:
    """It is there in each year in which one row says so; saying nothing contradicts nobody."""
    facts = roster(
        tmp_path,
        ["学校", "s2", "二小", "150602", None, None, None, None],
        ["学校", "s2", "二小", "150602", "撤销", 2010, 2023, None],
        ["学校", "s2", "二小", "150602", "撤销", 2008, 2024, None],
    )

    assert kinds(facts) == ["lifetime-differs"]
    assert lifetimes(facts) == {"s2": Lifetime(RosterStatus.CLOSED, 2008, closed=2024)}


def test_columns_of_rosters_mean_nothing_elsewhere(tmp_path: Path) -> None:
    """状态 in the table of a level is a column like any other."""
    path = workbook(tmp_path / "x.xlsx", {"学校": [["代码", "年份", "状态"], ["s1", 2025, "撤销"]]})

    assert kinds(read(path)) == ["unknown-column"]


def test_roster_as_json(tmp_path: Path) -> None:
    """A roster in JSON says the same, in Chinese or English."""
    members = [
        {"level": "school", "code": "s1", "status": "merged", "closed": 2024, "merged_into": "s2"},
    ]
    others = [{"层级": "学校", "代码": "s2", "启用年份": "2020年"}]
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    first.write_text(json.dumps({"roster": members}), "utf-8")
    second.write_text(json.dumps({"名录": others}, ensure_ascii=False), "utf-8")

    assert lifetimes(read(first, second)) == {
        "s1": Lifetime(RosterStatus.MERGED, None, 2024, "s2"),
        "s2": Lifetime(opened=2020),
    }


def test_a_roster_of_schools_as_people_head_it(tmp_path: Path) -> None:
    """学校代码 is the code of a roster too, and 已撤并 says no more than 撤并."""
    rows: Table = [
        ["学校代码", "学校名称", "层级", "上级代码", "状态", "停办年份"],
        ["1506020001", "一小", "学校", "150602", "已撤并", 2024],
    ]
    facts = read(workbook(tmp_path / "a.xlsx", {"名录": rows}))
    assert kinds(facts) == []
    assert facts.levels[Level.SCHOOL].codes == ["1506020001"]
