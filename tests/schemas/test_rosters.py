"""Rosters (名录): who exists."""

from pathlib import Path

from dabiao.schemas.facts import Standing
from dabiao.schemas.level import Level
from tests.schemas.submissions import kinds, read, workbook

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
    rows = [
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
