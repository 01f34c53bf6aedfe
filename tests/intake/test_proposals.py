"""Proposals: the mapping of a foreign table, from its headers and from what stands in it."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from dabiao.intake import read_facts
from dabiao.intake.cells.variants import simplified
from dabiao.intake.layout.mapping_file import TableMapping, read_mapping
from dabiao.intake.proposals import Proposal, in_short, mapping_text, propose
from dabiao.intake.proposals.likeness import EQUIVALENT, alike, kernel
from dabiao.intake.proposals.writing import scalar
from dabiao.intake.proposals.years import year_in
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.files.pack_files import built_in
from dabiao.rules.packs.pack import read_pack
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Measure
from dabiao.schemas.problem import InputError, Severity
from tests.intake import foreign_tables
from tests.intake.foreign_tables import Foreign, Rows
from tests.intake.submissions import MEASURES

EXAMPLE = Path(__file__).parents[2] / "examples" / "wide-table"


@cache
def catalog(*, wide: bool = False) -> Catalog:
    """Read the built-in rules, with those of the wide table if wanted."""
    return read_pack([built_in(), *([EXAMPLE / "rules"] if wide else [])])


def measures(of: Catalog) -> dict[str, Measure]:
    """Give all that can be reported."""
    return of.vocabulary.measures


def write(folder: Path, of: Foreign) -> Path:
    """Write a foreign table as it would be sent."""
    path = folder / of.name
    if path.suffix == ".csv":
        text = io.StringIO()
        csv.writer(text).writerows(next(iter(of.sheets.values())))
        path.write_bytes(text.getvalue().encode(of.encoding))
        return path
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in of.sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for merged in of.merged:
            sheet.merge_cells(merged)
    book.save(path)
    return path


def proposed(path: Path, *, wide: bool = False, year: int | None = None) -> Proposal:
    """Propose a mapping for a file."""
    of = catalog(wide=wide)
    return propose([path], measures(of), of.places, year=year)


def table(folder: Path, rows: Rows, name: str = "表.csv") -> Path:
    """Write rows as a delimited file."""
    return write(folder, Foreign(name, {"": rows}, {}, 0))


def sources(reading: TableMapping) -> dict[str, str]:
    """Give what each target of a reading is taken from."""
    found = {target: source for source, target in reading.columns.items()}
    found |= {target: "+".join(parts) for target, parts in reading.sums.items()}
    found |= dict(reading.compose)
    found |= {target: f"={value}" for target, value in reading.constants.items()}
    if reading.year is not None:
        found["年份"] = f"{reading.year.column}+{reading.year.add}"
    return {
        target: source.replace("（", "(").replace("）", ")") for target, source in found.items()
    }


def readings(folder: Path, proposal: Proposal) -> dict[str, dict[str, str]]:
    """Write a proposal, read it back, and give what each level is read from."""
    (folder / "map.yaml").write_text(mapping_text(proposal), "utf-8")
    mapping = read_mapping(folder / "map.yaml")
    found: dict[str, dict[str, str]] = {}
    for reading in mapping.tables:
        found.setdefault(reading.level, {}).update(sources(reading))
    return found


@pytest.mark.parametrize("of", foreign_tables.ALL, ids=lambda of: of.name)
def test_what_a_careful_person_would_map(tmp_path: Path, of: Foreign) -> None:
    """Nothing that is expected is missing, nothing that counts is wrong, and it is read so."""
    path = write(tmp_path, of)
    proposal = proposed(path, wide=of.wide)

    assert readings(tmp_path, proposal) == of.expected
    used = catalog(wide=of.wide)
    mapping = read_mapping(tmp_path / "map.yaml")
    facts = read_facts([path], measures(used), used.places, mapping=mapping)
    assert [each for each in facts.problems if each.severity is Severity.ERROR] == []
    assert sum(file.rows for file in facts.files) == of.rows
    text = mapping_text(proposal)
    comments = [line for line in text.splitlines() if line.lstrip()[:1] == "#"]
    assert [header for header in of.left if header not in "".join(comments)] == []
    headers = next(iter(of.sheets.values()))[0]
    plain = [each for each in headers if each and not any(map(str.isdigit, each))]
    assert of.wide or len(headers) == 1 or [each for each in plain if each not in text] == []


def test_the_bundled_example_needs_no_edit(tmp_path: Path) -> None:
    """By its own rules, the proposal for the wide table is the mapping beside it."""
    own = read_pack([EXAMPLE / "rules"])
    found = propose([EXAMPLE / "schools.csv"], measures(own), own.places)
    (tmp_path / "map.yaml").write_text(mapping_text(found), "utf-8")

    expected = read_mapping(EXAMPLE / "map.yaml")
    assert read_mapping(tmp_path / "map.yaml").tables == expected.tables


def test_units_reach_the_facts(tmp_path: Path) -> None:
    """The unit of a title is written down, that of a header is read; both are converted."""
    path = write(tmp_path, foreign_tables.FINANCE)
    text = mapping_text(proposed(path))
    (tmp_path / "map.yaml").write_text(text, "utf-8")
    used = catalog()
    facts = read_facts(
        [path], measures(used), used.places, mapping=read_mapping(tmp_path / "map.yaml")
    )

    (county,) = facts.levels.values()
    values = {slug: float(column.values[0]) for slug, column in county.columns.items()}
    assert "公用经费总额: 元" in text
    assert county.codes[0] == "150602"
    assert values["education_budget"] == 12000.5
    assert sorted(values.values()) == [3000, 8000, 12000.5]


def test_both_languages_read_alike(tmp_path: Path) -> None:
    """An English proposal names targets in English and means the same."""
    path = write(tmp_path, foreign_tables.TRADITIONAL)
    with speaking(Language.EN):
        text = mapping_text(proposed(path, wide=True))
    assert "level: school" in text
    assert "pupils of a grade: " in text
    assert "# Columns that are not used" in text
    (tmp_path / "map.yaml").write_text(text, "utf-8")
    used = catalog(wide=True)
    facts = read_facts(
        [path], measures(used), used.places, mapping=read_mapping(tmp_path / "map.yaml")
    )
    assert sum(file.rows for file in facts.files) == 9


def test_doubt_is_a_comment(tmp_path: Path) -> None:
    """A qualifier more or less, a unit that does not fit, cells out of range: somebody decides."""
    rows: Rows = [
        ["学校代码", "学校名称", "年份", "男专任教师", "在校生数（平方米）", "举办者", "班级人数"],
        *(
            [f"k{at}", name, 2024, 9, 300, ["公办", "民办"][at % 2], 40]
            for at, name in enumerate(foreign_tables.SCHOOLS)
        ),
    ]
    proposal = proposed(table(tmp_path, rows))
    text = mapping_text(proposal)

    assert readings(tmp_path, proposal) == {
        "学校": {"代码": "学校代码", "名称": "学校名称", "年份": "年份"}
    }
    assert "# 男专任教师: 专任教师数  # 80%；请确认" in text
    assert "# 在校生数（平方米）: 在校生数  # 单位是平方米，不是人" in text
    assert "举办者" in text
    assert "# 班级人数:" in text


@pytest.mark.parametrize(
    "header",
    [
        "专任教师数（女）",
        "专任教师数[其中：编外]",
        "专任教师数（上年）",
        "专任教师数（2020年）",
        "专任教师数（人，不含兼职）",
        "专任教师数（人）（计划）",
        "专任教师数（实际）（人）",
    ],
)
def test_a_bracket_that_is_no_unit_is_a_qualifier(tmp_path: Path, header: str) -> None:
    """A column of some of them, or of another year, is proposed as a comment only."""
    path = table(tmp_path, [["学校代码", "年份", header], ["1506020001", 2024, 10]])
    text = mapping_text(proposed(path))

    assert list(readings(tmp_path, proposed(path))["学校"]) == ["代码", "年份"]
    assert any("专任教师数" in line and line.lstrip().startswith("#") for line in text.splitlines())


@pytest.mark.parametrize(
    "header",
    ["专任教师数", "专任教师数（人）", "专任教师数（必填）", "专任教师数（单位：人）（合计）"],
)
def test_units_duties_and_totals_are_no_qualifiers(tmp_path: Path, header: str) -> None:
    """What says no more than the name leaves the proposal certain."""
    path = table(tmp_path, [["学校代码", "年份", header], ["1506020001", 2024, 10]])

    assert "专任教师数" in readings(tmp_path, proposed(path))["学校"]


def test_a_unit_beside_a_qualifier_is_kept(tmp_path: Path) -> None:
    """The unit among other words is written down, as a mapping does not find it by itself."""
    path = table(tmp_path, [["学校代码", "年份", "公用经费总额（元，不含基建）"], ["S1", 2024, 10]])

    assert "# 公用经费总额: 元" in mapping_text(proposed(path))


def test_halves_in_brackets_are_added_up(tmp_path: Path) -> None:
    """Men and women, each in a column of its own, are all of them."""
    header = ["学校代码", "年份", "专任教师数（男）", "专任教师数（女）"]
    path = table(tmp_path, [header, ["1506020001", 2024, 10, 20]])

    found = readings(tmp_path, proposed(path))["学校"]
    assert found["专任教师数"] == "专任教师数(男)+专任教师数(女)"


def test_codes_like_those_of_places_are_codes(tmp_path: Path) -> None:
    """代码 is the code of the rows, however it looks, and nothing is taken twice."""
    header = ["代码", "名称", "上级代码", "年份", "甲", "乙"]
    rows = [[f"11301000{n}", f"{n}校", "011301", 2024, 1, 2] for n in (1, 2)]
    found = readings(tmp_path, proposed(table(tmp_path, [header, *rows], "学校.csv")))["学校"]

    assert (found["代码"], found["上级代码"]) == ("代码", "上级代码")


def test_the_code_without_a_qualifier_is_meant(tmp_path: Path) -> None:
    """Of 代码（旧） and 代码 it is the other one, whichever stands first."""
    header = ["学校代码（旧）", "学校代码", "年份", "专任教师数"]
    rows = [[f"15060100{n}", f"15060200{n}", 2024, n] for n in range(10, 14)]
    path = table(tmp_path, [header, *rows])

    assert readings(tmp_path, proposed(path))["学校"]["代码"] == "学校代码"


@pytest.mark.parametrize("cell", ["很多", -5, 1.5], ids=str)
def test_cells_speak_against_a_header(tmp_path: Path, cell: object) -> None:
    """A column whose cells are not what the item holds is not taken for it."""
    rows: Rows = [["学校代码", "学校名称", "年份", "在校生数"]]
    rows += [[f"k{at}", f"{at}小学", 2024, cell] for at in range(4)]
    text = mapping_text(proposed(table(tmp_path, rows)))

    assert "# 在校生数: 在校生数  # 4/4 格不合适" in text


def test_own_form_needs_no_mapping(tmp_path: Path) -> None:
    """A table as facts are submitted anyway is said to be one."""
    rows: Rows = [["代码", "名称", "年份", "在校生数"], ["a", "一小", 2024, 5]]
    proposal = proposed(table(tmp_path, rows, "学校.csv"))

    assert proposal.needless
    assert not proposal.useful
    assert "不需要映射" in " ".join(in_short(proposal))


def test_no_year_is_asked_for(tmp_path: Path) -> None:
    """Where nothing tells the year none is made up; the user may say it."""
    rows: Rows = [["学校代码", "学校名称", "在校生数"], ["k1", "一小", 5], ["k2", "二小", 6]]
    path = table(tmp_path, rows)

    assert "# 年份:" in mapping_text(proposed(path))
    assert "--year" in " ".join(in_short(proposed(path)))
    assert readings(tmp_path, proposed(path, year=2023))["学校"]["年份"] == "=2023"
    named = table(tmp_path, rows, "2022年表.csv")
    assert "年份: 2022  # 取自“2022年表" in mapping_text(proposed(named))
    assert "取自" not in mapping_text(proposed(named, year=2023))


def test_years_to_come_of_what_is_read_are_no_rows(tmp_path: Path) -> None:
    """Where other columns hold the measures, a wide family of nobody knows what is left out."""
    rows: Rows = [
        ["學校代碼", "學校名稱", "學年度", "學生人數", "推估114年人數", "推估115年人數"],
        *([f"0113{at:02}", f"第{at}小學", 113, 500 + at, 510, 520] for at in range(1, 9)),
    ]
    proposal = proposed(table(tmp_path, rows))
    assert [len(each.readings) for each in proposal.tables] == [1]
    assert readings(tmp_path, proposal)["学校"]["在校生数"] == "學生人數"
    assert "推估114年人數、推估115年人數" in mapping_text(proposal)


@pytest.mark.parametrize("title", ["", "2023—2024年各校在校生"])
def test_headers_of_years_beside_a_title(tmp_path: Path, title: str) -> None:
    """Where headers say the years no other one is certain, and no column is left unmentioned."""
    header = ["学校代码", "学校名称", "2023年在校生数", "2024年在校生数", "2024年专任教师", "工勤"]
    rows: Rows = [[f"150602000{at}", f"{at}小", 900, 950 + at, 50 + at, 3 + at] for at in range(5)]
    proposal = proposed(table(tmp_path, [[title], header, *rows] if title else [header, *rows]))
    text = mapping_text(proposal)

    assert readings(tmp_path, proposal)["学校"]["年份"] == "={年}"
    assert all(each in text for each in ("2024年专任教师", "工勤"))


def test_a_sheet_for_each_school_is_proposed_once(tmp_path: Path) -> None:
    """Sheets that are alike share one reading, which reads all of them; others have their own."""
    header = ["学校代码", "学校名称", "年份", "专任教师数"]
    sheets: dict[str, list[list[Any]]] = {
        f"{n}校": [header, [f"150602000{n}", f"第{n}小学", 2024, n]] for n in (1, 2, 3)
    }
    other: dict[str, list[list[Any]]] = {
        "丁校": [["学校代码", "学校名称", "专任教师数（女）"], ["1506020009", "丁校", 4]]
    }
    alike = write(tmp_path, Foreign("甲.xlsx", sheets, {}, 0))
    mixed = write(tmp_path, Foreign("乙.xlsx", {**sheets, **other}, {}, 0))

    text = mapping_text(proposed(alike))
    (tmp_path / "map.yaml").write_text(text, "utf-8")
    facts = read_facts(
        [alike],
        measures(catalog()),
        catalog().places,
        mapping=read_mapping(tmp_path / "map.yaml"),
    )

    assert text.count("level:") == 1
    assert "sheet:" not in text
    assert len(facts.levels[Level.SCHOOL].codes) == 3
    assert mapping_text(proposed(mixed)).count("sheet:") == 4


def test_tables_without_hope(tmp_path: Path) -> None:
    """Of what nobody can tell, columns and keys are there to be filled in; of no rows nothing."""
    nothing = mapping_text(proposed(table(tmp_path, [["甲", "乙"], [1, 2], [3, 4]])))
    assert "看不出层级，请核对" in nothing
    for line in ("# 甲:", "# 乙:", '# 代码: "{}"', "# 年份:"):
        assert line in nothing
    none = proposed(table(tmp_path, [["甲", "乙"]]))
    assert not none.useful
    assert "没有提出映射" in " ".join(in_short(none))
    with pytest.raises(InputError, match="no-such-file"):
        proposed(tmp_path / "nowhere.csv")


@given(st.text(min_size=1, max_size=8))
def test_any_header_can_be_written(text: str) -> None:
    """Whatever a header is, it comes back from the mapping file as it was."""
    line = " ".join(text.split())
    assert yaml.safe_load(f"{scalar(line)}: [{scalar(line)}]") == {line: [line]}


@settings(max_examples=50)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["学校代码", "名称", "2021年", "1年级", "男", "", "7", "x: y", "{a}"]),
            max_size=5,
        ),
        max_size=6,
    )
)
def test_no_table_is_too_strange(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    """Any table gets a mapping that can be read, or one that is to be filled in, or none."""
    folder = tmp_path_factory.mktemp("strange")
    path = table(folder, [*rows, ["a", "b"]])
    proposal = propose([path], MEASURES, {}, level=Level.SCHOOL)
    lines = [
        line
        for found in proposal.tables
        for each in found.readings
        for part in (("columns",), ("sums",), ("compose",))
        for line in each.parts.get(part, ())
    ]
    if any(line.sure for line in lines):
        assert readings(folder, proposal)


def test_no_two_measures_look_the_same() -> None:
    """What is taken away before names are compared tells none of our measures apart."""
    every: Mapping[str, Measure] = measures(catalog(wide=True))
    names = [measure.name for measure in every.values()]
    assert len({kernel(name) for name in names}) == len(set(names))


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("小学专任教师数", "专任教师数"),
        ("专任教师数", "幼儿园专任教师数"),
        ("班级数", "班级人数"),
        ("生均公用经费", "公用经费总额"),
        ("女教师数", "教师数"),
        ("近视率", "肥胖率"),
    ],
)
def test_a_qualifier_is_a_difference(header: str, name: str) -> None:
    """What a careful person keeps apart is never taken for the same."""
    assert alike(header, name) < EQUIVALENT


def test_years_in_titles() -> None:
    """A school year is the year it begins in; two years that are none of these say nothing."""
    assert year_in("2024-2025学年初") == 2024
    assert year_in("2 2024年经费") == 2024
    assert year_in("113學年度") == 2024
    assert year_in("2021年至2023年") is None
    assert year_in("第2024期3000人") == 2024
    assert year_in("12024号") is None
    assert [year_in(of) for of in ("令和元年度", "平成30年", "R5", "H元年x")] == [
        2019,
        2018,
        2023,
        None,
    ]


def test_years_that_stand_below_titles_which_are_not_merged(tmp_path: Path) -> None:
    """Each year of an item is a column of its own: none is proposed as the item of one year."""
    rows: Rows = [
        ["学校代码", "学校名称", "在校生数", "", ""],
        ["", "", "2022", "2023", "2024"],
        *([f"150602000{at}", f"第{at}小学", 300 + at, 310 + at, 320 + at] for at in range(1, 5)),
    ]
    (found,) = proposed(table(tmp_path, rows), wide=True).tables
    text = mapping_text(Proposal([found]))

    assert '"在校生数{年}": 在校生数' in text
    assert "年: [2022, 2023, 2024]" in text


def test_traditional_characters() -> None:
    """Pairs lead to simplified characters, and no further."""
    assert simplified("國民小學學生數") == "国民小学学生数"
    assert simplified(simplified("專任教師")) == simplified("專任教師")


def test_another_table_below(tmp_path: Path) -> None:
    """What stands below another header takes the codes of a table away from nobody."""
    path = tmp_path / "汇总.csv"
    rows = [f"150602000{at},第{at}小学,2024,{300 + at}" for at in range(1, 6)]
    header = "代码,校名,年份,在校生"
    below = ["表二 经费,,,", "代码,校名,年份,公用经费", *rows]
    path.write_text("\n".join([header, *rows, *below]), "utf-8")
    found = propose([path], measures(catalog()), catalog().places, level=Level.SCHOOL)

    (reading,) = found.tables[0].readings
    assert [line.key for line in reading.parts["columns",]] == ["代码", "校名", "年份", "在校生"]
