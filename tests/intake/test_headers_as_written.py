"""Headers as forms write them: numbered, with advice in brackets, or of another thing."""

from pathlib import Path

import pytest

from dabiao.intake import read_facts
from dabiao.schemas.level import Level
from dabiao.schemas.problem import Severity
from tests.intake.submissions import PLACES, item, kinds, read, reported, workbook

COUNTY = Level.COUNTY


def counties(tmp_path: Path, *header: str) -> Path:
    """Write a table of one county: code, name, year, and 900 below whatever is left."""
    rows: list[list[object]] = [[*header], ["150602", "东胜区", 2025, *[900] * (len(header) - 3)]]
    return workbook(tmp_path / "a.xlsx", {"旗县": rows})


@pytest.mark.parametrize(
    "header",
    [
        ("1.代码", "2.名称", "3.年份", "4.学生数"),
        ("（1）旗县代码", "（2）旗县名称", "（3）年度", "（4）学生数（人）"),
        ("旗县代码", "旗县名称", "统计年度", "学生数"),
        ("一、代码", "二、名称", "三、年份", "四、学生数"),
        ("①代码", "②名称", "③年份", "④学生数（单位：人）"),
        ("旗县代码（6位）", "旗县名称（全称）", "年份（年）", "学生数（人，整数）"),
        ("代码（必填）", "名称（盖章）", "年份（四位数）", "学生数（必填，整数）"),
    ],
)
def test_numbers_and_advice_are_no_part_of_a_header(tmp_path: Path, header: list[str]) -> None:
    """Neither changes what a column holds, so both are left out in silence."""
    facts = read(counties(tmp_path, *header))
    assert (facts.problems, facts.levels[COUNTY].names) == ([], ["东胜区"])
    assert reported(facts, COUNTY, "150602", 2025, "pupils") == 900


@pytest.mark.parametrize("said", ["计划", "上年", "预计", "2024年", "含附设班", "男", "填计划数"])
def test_brackets_that_make_another_thing(tmp_path: Path, said: str) -> None:
    """What is no unit makes another thing of a column: nothing is lost by leaving it out."""
    facts = read(counties(tmp_path, "代码", "名称", "年份", f"学生数（{said}）", "教育支出"))
    assert kinds(facts) == ["unknown-column"]
    assert f"括号里的“{said}”不是单位" in facts.problems[0].message
    assert not isinstance(reported(facts, COUNTY, "150602", 2025, "pupils"), float)
    beside = read(counties(tmp_path, "代码", "名称", "年份", f"学生数（{said}）", "学生数"))
    assert reported(beside, COUNTY, "150602", 2025, "pupils") == 900


@pytest.mark.parametrize("header", ["旗县全称", "旗县名", "旗县", "旗县简称"])
def test_headers_that_may_mean_the_name(tmp_path: Path, header: str) -> None:
    """Whoever calls the names otherwise is told of 名称, and not of 代码."""
    facts = read(counties(tmp_path, "代码", header, "年份", "学生数"))
    (problem,) = facts.problems
    assert (problem.code, problem.hint) == ("unknown-column", "是否为旗县名称")


def test_the_unit_of_a_header_is_that_of_its_column_alone(tmp_path: Path) -> None:
    """Only what stands above the headers speaks of all columns."""
    money = {
        slug: item(name, slug, [COUNTY], "元") for name, slug in (("拨款", "a"), ("支出", "b"))
    }
    path = counties(tmp_path, "代码", "名称", "年份", "拨款（单位：万元）", "支出")
    facts = read_facts([path], money, PLACES)
    found = [reported(facts, COUNTY, "150602", 2025, slug) for slug in money]
    assert found == [9_000_000, 900]


@pytest.mark.parametrize("swapped", [False, True])
@pytest.mark.parametrize(
    ("own", "other", "same", "told"),
    [
        ("年份", "统计年度", (2025, 2025), []),
        ("年份", "统计年度", (2025, None), []),
        ("年份", "年度", (2025, 2024), ["duplicate-column"]),
        ("代码", "旗县代码", ("150602", "150602"), []),
        ("代码", "旗县代码", ("150602", "x7"), ["duplicate-column"]),
        ("旗县代码", "旗县编号", ("150602", "7"), ["duplicate-column"]),
    ],
)
def test_two_columns_of_one_thing(
    tmp_path: Path,
    own: str,
    other: str,
    same: tuple[object, object],
    told: list[str],
    *,
    swapped: bool,
) -> None:
    """The one that goes by the thing's own name is used, wherever it stands; else it is told."""
    columns = [(own, same[0]), (other, same[1])]
    columns = columns[::-1] if swapped else columns
    rest = ("年份", 2025) if "代码" in own else ("代码", "150602")
    columns = [rest, *columns, ("学生数", 900)]
    rows: list[list[object]] = [[each for each, _ in columns], [each for _, each in columns]]
    facts = read(workbook(tmp_path / "a.xlsx", {"旗县": rows}))
    assert kinds(facts) == told
    assert all(
        (each.severity is Severity.WARNING) == ("编号" in each.message) for each in facts.problems
    )
    assert reported(facts, COUNTY, "150602", 2025, "pupils") == 900


def test_a_number_of_a_level_is_its_code(tmp_path: Path) -> None:
    """旗县编号 is a code where there is no other; 编号 alone only numbers the rows."""
    facts = read(counties(tmp_path, "旗县编号", "名称", "年份", "学生数"))
    assert reported(facts, COUNTY, "150602", 2025, "pupils") == 900
    assert kinds(read(counties(tmp_path, "编号", "名称", "年份", "学生数"))) == ["no-header"]
    rows: list[list[object]] = [["旗县编号", "年份", "学生数"], [1, 2025, 900], [2, 2025, 800]]
    assert kinds(read(workbook(tmp_path / "b.xlsx", {"旗县": rows}))) == ["no-header"]
    rows = [["旗县编号", "代码", "年份", "学生数"], [1, "150602", 2025, 900]]
    assert kinds(read(workbook(tmp_path / "c.xlsx", {"旗县": rows}))) == []
