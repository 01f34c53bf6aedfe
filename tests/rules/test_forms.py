"""Forms: which sheets, columns, rows and cells a place is asked to fill in."""

import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from dabiao.intake import read_facts
from dabiao.reports.forms.workbook import form_bytes
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.forms import Columns, Ground, Order, Past, find_area, find_levels, plan_forms
from dabiao.rules.packs.read import read
from dabiao.schemas.form import Form, FormSheet
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.problem import InputError, Severity
from tests.rules.packs import DOCUMENT, PLACES

WORDS = """\
# language: zh-CN
功能: 经费
  背景:
    假如 数据项
      | 名称     | 标识     | 英文     | 层级       | 单位 | 类型 | 范围   | 汇总 | 口径       |
      | 教育支出 | spending | spending | 旗县、盟市 | 万元 | 数值 | 0..    | 求和 | 全年决算数 |
      | 满意度   | content  | content  | 盟市       | %    | 数值 | 0..100 |      |            |
"""
BASICS = """\
# language: zh-CN
功能: 学校基本情况
  背景:
    假如 数据项
      | 名称     | 标识     | 英文            | 层级       | 单位 | 类型 | 范围           | 汇总 |
      | 学校类别 | kind     | kind of school  | 学校       |      | 类别 | 中小学、幼儿园 |      |
      | 学生数   | pupils   | pupils          | 学校、旗县 | 人   | 整数 | 0..            | 求和 |
      | 教师数   | teachers | teachers        | 学校、旗县 | 人   | 整数 | 0..            | 求和 |
      | 有校医   | doctor   | has a doctor    | 学校       |      | 是否 |                |      |
    而且 指标
      | 名称   | 标识  | 英文             | 层级       | 单位 | 公式            |
      | 生师比 | ratio | pupils a teacher | 学校、旗县 |      | 学生数 ÷ 教师数 |
"""
RULES = """\
# language: zh-CN
功能: 安全
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称     | 标识  | 英文        | 层级 | 单位 | 类型 | 范围 | 汇总 | 口径 |
      | 通过验收 | check | is approved | 学校 |      | 是否 |      |      |      |

  @approved
  规则: 学校都通过验收
    背景:
      假如 出处"第一章"
      而且 考核对象是"学校"
      而且 仅限 学校类别 = "中小学"
      而且 长期执行
      那么 通过验收 应为"是"

  @ratio
  规则: 生师比不高于19
    背景:
      假如 出处"第二章"
      而且 考核对象是"学校"
      而且 仅限 学校类别 = "中小学"
      而且 到2025年底
      那么 生师比 应不高于 19

  @doctors
  规则: 有校医的学校不少于10所
    背景:
      假如 出处"第三章"
      而且 考核对象是"盟市"
      而且 到2025年底
      那么 计数(学校, 有校医 = 是) 应不低于 10

  @spending
  规则: 教育支出逐年不减
    背景:
      假如 出处"第四章"
      而且 考核对象是"旗县"
      而且 自2022年起
      那么 教育支出 应逐年不减

  @dongsheng
  规则: 东胜区教育支出过亿
    背景:
      假如 出处"第四章，第2段"
      而且 适用地区"150602"
      而且 考核对象是"旗县"
      而且 2023年内
      那么 教育支出 应高于 10000万元

  @content
  规则: 满意度不低于85%
    背景:
      假如 出处"第五章"
      而且 考核对象是"盟市"
      而且 到2025年底
      那么 满意度 应不低于 85%
"""
ROSTER = """\
层级,代码,名称,上级代码
学校,1506020001,第一小学,150602
学校,1506020002,第二小学,150602
学校,1506030001,康巴什小学,150603
班级,150602000101,一年级1班,1506020001
"""


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """Read the pack of these tests."""
    files = {
        "pack/document.yaml": DOCUMENT,
        "pack/places.csv": PLACES,
        "pack/a-money.feature": WORDS,
        "pack/b-basics.feature": BASICS,
        "pack/0-rules.feature": RULES,
    }
    (tmp_path / "pack").mkdir()
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    reading = read([tmp_path / "pack"])
    assert reading.errors == []
    return reading.catalog


@pytest.fixture
def roster(tmp_path: Path, catalog: Catalog) -> Ground:
    """Know three schools in two counties."""
    (tmp_path / "名录.csv").write_text(ROSTER, "utf-8")
    facts = read_facts([tmp_path / "名录.csv"], catalog.vocabulary.measures, catalog.places)
    assert facts.problems == []
    return Ground.of(catalog.places, facts)


def form(
    catalog: Catalog,
    area: str | None = None,
    year: int = 2025,
    *,
    levels: tuple[str, ...] = (),
    rows: int | None = None,
    ground: Ground | None = None,
) -> Form:
    """Plan a form."""
    ground = ground or Ground.of(catalog.places)
    place = find_area(area, catalog.rules, catalog, ground)
    order = Order(place, year, find_levels(levels, place), rows)
    (planned,) = plan_forms(catalog, catalog.rules, order, ground)
    return planned


def sheet(of: Form, level: Level) -> FormSheet:
    """Give the sheet of a level."""
    return next(each for each in of.sheets if each.level is level)


def headers(of: FormSheet) -> list[str]:
    """List the headers of a sheet."""
    return [field.header for field in of.fields]


def test_only_what_rules_need(catalog: Catalog) -> None:
    """Parts of indicators and conditions are asked for; indicators and everything else are not."""
    school = sheet(form(catalog), Level.SCHOOL)

    assert sorted(headers(school)) == sorted(
        ["学校类别", "学生数（人）", "教师数（人）", "有校医", "通过验收"]
    )
    assert headers(sheet(form(catalog), Level.PREFECTURE)) == ["满意度（%）"]


def test_order_of_columns(catalog: Catalog) -> None:
    """What kind of subject it is comes first, the vocabulary next, what rules bring along last."""
    school = sheet(form(catalog), Level.SCHOOL)

    assert headers(school) == ["学校类别", "学生数（人）", "教师数（人）", "有校医", "通过验收"]
    assert [field.topic for field in school.fields] == [*["学校基本情况"] * 4, "安全"]


def test_a_form_is_english_where_the_pack_has_english(catalog: Catalog) -> None:
    """Headers, topics and choices come in English where the pack has English for them."""
    with speaking(Language.EN):
        school = sheet(form(catalog), Level.SCHOOL)

    assert headers(school) == [
        *("kind of school", "pupils (人)", "teachers (人)", "has a doctor", "is approved")
    ]
    assert school.fields[0].topic == "B basics"
    assert school.fields[3].options == ("yes", "no")


def test_levels_of_a_county(catalog: Catalog) -> None:
    """A county is asked for what rules above it look at below, not for what is above it."""
    county = form(catalog, "150602")

    assert [each.level for each in county.sheets] == [Level.COUNTY, Level.SCHOOL]
    assert "有校医" in headers(sheet(county, Level.SCHOOL))


def test_levels_that_are_wanted(catalog: Catalog) -> None:
    """Only the sheets that are asked for are there."""
    assert [each.level for each in form(catalog, "东胜区", levels=("school",)).sheets] == [
        Level.SCHOOL
    ]


def test_a_form_asks_for_the_years_that_a_norm_looks_at(catalog: Catalog) -> None:
    """A trend needs the year before; a norm of a past year the figures of that year."""
    counties = sheet(form(catalog), Level.COUNTY)
    rows = {(row.code, row.year): row.wanted for row in counties.rows}

    assert rows == {
        ("150602", 2025): {"spending"},
        ("150602", 2024): {"spending"},
        ("150602", 2023): {"spending"},
        ("150603", 2025): {"spending"},
        ("150603", 2024): {"spending"},
    }
    assert counties.years == [2025, 2024, 2023]


def test_cells_that_a_year_does_not_need(catalog: Catalog) -> None:
    """A row asks for nothing but what some rule needs of that very year."""
    narrow = form(catalog, "150602", 2022)

    assert {row.year for row in sheet(narrow, Level.COUNTY).rows} == {2022, 2021}
    assert {row.year for row in sheet(narrow, Level.SCHOOL).rows} == {2022}


def test_known_subjects(catalog: Catalog, roster: Ground) -> None:
    """Who stands in the roster has a row, with what it lies in; a few rows are left for others."""
    school = sheet(form(catalog, "150602", ground=roster), Level.SCHOOL)
    known = [(row.code, row.name, row.parent) for row in school.rows if row.code]
    others = [row for row in school.rows if row.code is None]

    assert known == [
        ("1506020001", "第一小学", "150602"),
        ("1506020002", "第二小学", "150602"),
    ]
    assert others
    assert {row.parent for row in others} == {"150602"}


@pytest.mark.parametrize(
    ("year", "asked"),
    [
        (2023, ["1506020002"]),
        (2024, ["1506020001", "1506020002"]),
        (2025, ["1506020001"]),
    ],
)
def test_who_does_not_exist(tmp_path: Path, catalog: Catalog, year: int, asked: list[str]) -> None:
    """A school is asked in the years of its life, and its classes no longer than it is."""
    head, first, second = ROSTER.splitlines()[:3]
    head, first, second = f"{head},启用年份,停办年份", f"{first},2024,", f"{second},,2024"
    own = "班级,150602000201,一年级1班,1506020002,,"
    (tmp_path / "名录.csv").write_text(f"{head}\n{first}\n{second}\n{own}\n", "utf-8")
    facts = read_facts([tmp_path / "名录.csv"], catalog.vocabulary.items, catalog.places)
    assert facts.problems == []
    ground = Ground.of(catalog.places, facts, year)
    planned = form(catalog, "150602", year, ground=ground)

    assert [row.code for row in sheet(planned, Level.SCHOOL).rows if row.code] == asked
    assert ground.exists("150602000201", year) == ("1506020002" in asked)


def test_rows_for_unknown_subjects(catalog: Catalog) -> None:
    """There are as many blank rows as are wanted, for each year; the area itself needs none."""
    school = sheet(form(catalog, "150602", rows=7), Level.SCHOOL)

    assert [(row.code, row.parent, row.year) for row in school.rows] == [(None, "150602", 2025)] * 7
    assert [row.code for row in sheet(form(catalog, "150602"), Level.COUNTY).rows] == ["150602"] * 3


def test_parent_that_could_be_several(catalog: Catalog) -> None:
    """Where schools may lie in any of several counties, nobody guesses."""
    school = sheet(form(catalog, rows=1), Level.SCHOOL)

    assert [row.parent for row in school.rows] == [None]


def test_one_school(catalog: Catalog, roster: Ground) -> None:
    """A school is a place as well."""
    own = form(catalog, "1506020001", ground=roster)

    assert [(row.code, row.parent) for row in sheet(own, Level.SCHOOL).rows] == [
        ("1506020001", "150602")
    ]
    assert own.area.name == "第一小学"


def test_clauses_and_definitions(catalog: Catalog) -> None:
    """Each column knows its definition, and the clauses that need it."""
    (spending,) = sheet(form(catalog), Level.COUNTY).fields

    assert spending.definition == "全年决算数"
    assert [(clause.rule, clause.places) for clause in spending.clauses] == [
        ("plan/dongsheng", ("第四章，第2段",)),
        ("plan/spending", ("第四章",)),
    ]
    assert form(catalog).clauses == set(catalog.rules)


def test_one_form_for_each_county(catalog: Catalog, roster: Ground) -> None:
    """Split by counties, each gets what concerns it and its own schools."""
    place = find_area(None, catalog.rules, catalog, roster)
    order = Order(place, 2025, (), 0)
    forms = plan_forms(catalog, catalog.rules, order, roster, Level.COUNTY)
    schools = [[row.code for row in sheet(each, Level.SCHOOL).rows] for each in forms]

    assert [each.area.code for each in forms] == ["150602", "150603"]
    assert schools == [["1506020001", "1506020002"], ["1506030001"]]
    assert sheet(forms[1], Level.COUNTY).years == [2025, 2024]


@pytest.mark.parametrize(
    ("area", "year", "level", "told"),
    [
        ("东圣区", 2025, None, ("unknown-subject", "东胜区")),
        (None, 2025, "学效", ("unknown-level", "学校")),
        ("150602", 2025, "盟市", ("level-above-area", "盟市")),
        (None, 2025, "班级", ("nothing-needed", "学校")),
        (None, 2020, None, ("nothing-needed", "2020")),
    ],
)
def test_what_cannot_be_made(
    catalog: Catalog, area: str | None, year: int, level: str | None, told: tuple[str, str]
) -> None:
    """What is wrong is named, and what could have been meant."""
    with pytest.raises(InputError) as caught:
        form(catalog, area, year, levels=() if level is None else (level,))

    assert [problem.code for problem in caught.value.problems] == [told[0]]
    assert told[1] in str(caught.value)


def test_nobody_to_split_by(catalog: Catalog) -> None:
    """Without a roster nobody knows the schools."""
    ground = Ground.of(catalog.places)
    order = Order(find_area(None, catalog.rules, catalog, ground), 2025)
    with pytest.raises(InputError) as caught:
        plan_forms(catalog, catalog.rules, order, ground, Level.SCHOOL)

    assert [problem.code for problem in caught.value.problems] == ["nobody-known"]


LAST_YEAR = """\
代码,名称,上级代码,年份,学校类别,学生数,教师数,有校医,通过验收
1506020001,第一小学,150602,2024,中小学,900,60,是,是
1506020002,第一幼儿园,150602,2024,幼儿园,200,20,否,
"""


def test_what_is_known_of_a_school(tmp_path: Path, catalog: Catalog) -> None:
    """Its kind is filled in, what cannot apply to it is asked of others, last year's is shown."""
    (tmp_path / "学校.csv").write_text(LAST_YEAR, "utf-8")
    items = catalog.vocabulary.items
    facts = read_facts([tmp_path / "学校.csv"], items, catalog.places)
    ground = Ground.of(catalog.places, facts, 2025)
    ground = replace(ground, past=Past.of(facts, items, Columns(catalog).lasting))
    (sheet,) = form(catalog, "150602", levels=("学校",), ground=ground).sheets
    school, kindergarten, *new = [row for row in sheet.rows if row.year == 2025]

    assert school.values == {"kind": "中小学"}
    assert school.before == {
        "kind": "中小学",
        "pupils": 900,
        "teachers": 60,
        "doctor": True,
        "check": True,
    }
    assert school.wanted == {"kind", "pupils", "teachers", "doctor", "check"}
    assert kindergarten.values == {"kind": "幼儿园"}
    assert kindergarten.wanted == {"kind", "doctor"}
    assert kindergarten.elsewhere == {"pupils", "teachers", "check"}
    assert new[0].values == {}
    assert new[0].wanted == school.wanted

    content = openpyxl.load_workbook(io.BytesIO(form_bytes(form(catalog, "150602", ground=ground))))
    drawn = {
        str(cell.value).partition("\n")[0]: at for at, cell in enumerate(content["学校"][4], 1)
    }
    kind, pupils = (content["学校"].cell(6, drawn[name]) for name in ("学校类别", "学生数"))
    assert kind.value == "幼儿园"
    assert (pupils.value, pupils.protection.locked) == (None, False)
    assert "按已知的类别" in str(content["学校"]["A2"].value)


def test_last_year_beside_this_one(tmp_path: Path, catalog: Catalog) -> None:
    """A sheet about one school has a column of last year's values, which is not read back."""
    (tmp_path / "学校.csv").write_text(LAST_YEAR, "utf-8")
    items = catalog.vocabulary.items
    facts = read_facts([tmp_path / "学校.csv"], items, catalog.places)
    ground = Ground.of(catalog.places, facts, 2025)
    ground = replace(ground, past=Past.of(facts, items, Columns(catalog).lasting))
    planned = form(catalog, "1506020001", levels=("学校",), ground=ground)
    (tmp_path / "表.xlsx").write_bytes(form_bytes(planned))
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx")["学校"]
    titles = [cell.value for cell in sheet[3]]
    before = titles.index("上年\n（2024年）") + 1
    shown = {sheet.cell(row, 3).value: sheet.cell(row, before).value for row in range(8, 14)}
    again = read_facts([tmp_path / "表.xlsx"], items, catalog.places)

    assert (shown["学生数"], shown["有校医"]) == (900, "是")
    assert [each for each in again.problems if each.severity is Severity.ERROR] == []
    assert again.years() == [2025]
