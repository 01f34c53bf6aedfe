"""Forms as workbooks: they read back as they were written, and look after themselves."""

import io
import random
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from dabiao.engine.judge import judge
from dabiao.intake import read_facts
from dabiao.reports.forms import write_form, write_forms
from dabiao.reports.forms.workbook import form_bytes
from dabiao.reports.outputs import OutputError
from dabiao.rules.catalog.selection import Wanted, select
from dabiao.rules.forms import Ground, Order, find_area, find_levels, plan_forms
from dabiao.schemas.facts import Facts, Standing
from dabiao.schemas.form import Field, Form, FormRow, FormSheet, NeedingRule
from dabiao.schemas.language import Language, say, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import Severity
from dabiao.schemas.subject import Place
from tests.engine import builders
from tests.reports.blank_forms import catalog, field, item_rows, made, planned, sheet_of

Values = dict[tuple[Level, str, int, str], float | str]
FIRST = 5
"""The first row below the headers."""
TRUTH = {"是": 1.0, "yes": 1.0, "否": 0.0, "no": 0.0}
SAMPLE = [
    ("ordos-145", None, 2025, ("盟市", "旗县")),
    ("ordos-145", "150602", 2023, ("学校", "班级")),
    ("xilingol-2024", None, 2024, ()),
    ("taibus-145", "太仆寺旗", 2023, ()),
    ("aohan-2023", None, 2025, ("旗县",)),
]


def legal(field_: Field, draw: random.Random) -> float | str:
    """Draw a value that may stand in a column; the bounds and small numbers come often."""
    if not field_.type.numeric:
        return draw.choice(field_.options)
    low = -50.0 if field_.minimum is None else field_.minimum
    high = low + 100_000 if field_.maximum is None else field_.maximum
    if field_.type is ItemType.INTEGER:
        return draw.choice([int(low), int(high), draw.randint(int(low), int(high))])
    if field_.maximum is None:
        # Amounts of money or land that lie magnitudes apart are doubted, so theirs lie together.
        return draw.choice([low, high, round(draw.uniform(high / 2, high), 2)])
    small = min(high, low + 0.5)
    return draw.choice([low, high, small, round(draw.uniform(low, high), 2)])


def filled(form: Form, content: bytes, seed: int = 1) -> tuple[bytes, Values]:
    """Fill in every cell that is asked for; give the workbook, and what now stands in it."""
    draw = random.Random(seed)  # noqa: S311 - no secrets
    book = openpyxl.load_workbook(io.BytesIO(content))
    values: Values = {}
    for of in form.sheets:
        sheet = book[of.level.label]
        if form.stands_upright(of):
            values |= filled_upright(sheet, of, draw)
            continue
        unknown: Counter[int] = Counter()
        for at, row in enumerate(of.rows, FIRST):
            code = row.code
            if code is None:
                unknown[row.year] += 1
                code = f"{of.level.value}-{unknown[row.year]}"
                parent = "school-1" if of.level is Level.CLASS else form.area.code
                who = (code, f"某{code}", row.parent or parent)
                for column, text in enumerate(who, 1):
                    sheet.cell(at, column).value = text
            for column, asked in enumerate(of.fields, FIRST):
                if asked.slug in row.wanted:
                    value = legal(asked, draw)
                    sheet.cell(at, column).value = value
                    values[of.level, code, row.year, asked.slug] = TRUTH.get(str(value), value)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue(), values


def filled_upright(sheet: Worksheet, of: FormSheet, draw: random.Random) -> Values:
    """Fill in every cell that an upright sheet asks for; give what now stands in it."""
    titles = [str(cell.value).partition("\n")[0] for cell in sheet[3]]
    first = titles.index(say("填报值", "Value")) + 1
    values: Values = {}
    for at, asked in zip(item_rows(sheet), of.fields, strict=True):
        for column, row in enumerate(of.rows, first):
            if asked.slug in row.wanted:
                value = legal(asked, draw)
                sheet.cell(at, column).value = value
                values[of.level, str(row.code), row.year, asked.slug] = TRUTH.get(str(value), value)
    return values


def read_back(folder: Path, content: bytes) -> Facts:
    """Read a workbook as a submission."""
    path = folder / "form.xlsx"
    path.write_bytes(content)
    vocabulary = catalog().vocabulary
    measures = vocabulary.measures
    return read_facts([path], measures, catalog().places)


def values_of(facts: Facts) -> Values:
    """Collect everything that was read."""
    return dict(_values_of(facts))


def _values_of(facts: Facts) -> Iterator[tuple[tuple[Level, str, int, str], float | str]]:
    for level, table in facts.levels.items():
        for slug, column in table.columns.items():
            for at in np.flatnonzero(~np.isnan(column.values)).tolist():
                value = float(column.values[at])
                told = value if column.labels is None else column.labels[int(value)]
                yield (level, table.codes[table.subject[at]], int(table.year[at]), slug), told


def reporting(facts: Facts) -> set[str]:
    """List the codes of those who have a row."""
    return {
        code
        for table in facts.levels.values()
        for code, standing in zip(table.codes, table.standings, strict=True)
        if standing is Standing.REPORTED
    }


@pytest.fixture(params=list(Language))
def spoken(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Speak each of the languages."""
    with speaking(request.param):
        yield request.param


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize(("document", "area", "year", "levels"), SAMPLE)
def test_reads_back_unchanged(
    tmp_path: Path, document: str, area: str | None, year: int, levels: tuple[str, ...]
) -> None:
    """Untouched, a form says who is known and nothing else; filled in, exactly what was filled."""
    form = planned(document, area, year, levels)
    content = form_bytes(form)
    untouched = read_back(tmp_path, content)
    known = {row.code for of in form.sheets for row in of.rows if row.code}

    assert untouched.problems == []
    assert {note.code for note in untouched.notes} <= {"nothing-read"}
    assert values_of(untouched) == {}
    assert reporting(untouched) == known

    written, values = filled(form, content)
    facts = read_back(tmp_path, written)

    assert len(values) > 50
    assert facts.problems == []
    assert values_of(facts) == values


@pytest.mark.parametrize(("document", "year"), [("taibus-145", 2023), ("aohan-2023", 2025)])
def test_nothing_else_is_needed(tmp_path: Path, document: str, year: int) -> None:
    """Once a form is filled in, nothing is missing that somebody could have reported."""
    form = planned(document, None, year)
    facts = read_back(tmp_path, filled(form, form_bytes(form))[0])
    rules = select(catalog(), Wanted(documents=[document]))
    judgement = judge(catalog(), facts, rules=rules, as_of=year)
    missing = list(judgement.findings([Outcome.MISSING], brief=True))

    assert [(each.rule, each.reason) for each in missing if "未填报" in str(each.reason)] == []
    assert judgement.summary()[Outcome.COMPLIANT] > 10


def test_sheets_and_headers() -> None:
    """The guide comes first; a sheet has who and when first, and units below its headers."""
    form = made(field("pupils", unit="人"), field("doctor", ItemType.BOOLEAN, options=("是", "否")))
    content = form_bytes(form)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["学校"]

    assert book.sheetnames == ["填报说明", "学校", "名录", "指标说明"]
    assert [cell.value for cell in sheet[4]] == [
        *("代码", "名称", "上级代码", "年份", "pupils\n（人）", "doctor")
    ]
    assert [cell.value for cell in sheet[5]][:4] == ["s1", "第一小学", "150602", 2025]
    assert sheet["E3"].value == "一、基本情况"
    with speaking(Language.EN):
        assert openpyxl.load_workbook(io.BytesIO(form_bytes(form))).sheetnames == [
            *("instructions", "school", "roster", "notes")
        ]


def test_a_sheet_about_one_subject_stands_upright() -> None:
    """A prefecture's items stand below each other with their units, years, offices and rules."""
    form = planned("ordos-145", None, 2025, ("盟市",))
    (of,) = form.sheets
    sheet = sheet_of(form_bytes(form), "盟市")
    titles = [cell.value for cell in sheet[3]]
    assert titles[:5] == ["序号", "类", "数据项", "单位", "责任单位"]
    assert titles[5:-1] == [f"填报值\n（{year}年）" for year in of.years]
    (document,) = {clause.document for each in of.fields for clause in each.clauses}
    assert titles[-1] == f"口径、填法和依据：《{document}》"
    names = [sheet.cell(row, 3).value for row in range(4, 8)]
    assert names == ["代码", "名称", "上级代码", "年份"]
    assert [sheet.cell(7, 6 + at).value for at in range(len(of.rows))] == of.years
    assert len(item_rows(sheet)) == len(of.fields)
    assert str(sheet.cell(8, 1).value).startswith(of.fields[0].office)
    offices = [each.office for each in of.fields]
    assert offices == sorted(offices, key=offices.index)
    slugs = [each.slug for each in of.fields]
    parts = [(slugs.index(each.part_of), at) for at, each in enumerate(of.fields) if each.part_of]
    assert parts
    assert all(whole < at for whole, at in parts)
    best = slugs.index("strongest_branches")  # whose whole stands among the items of another topic
    assert str(sheet.cell(item_rows(sheet)[best], len(titles)).value).startswith(
        "其中项：不超过党支部数\n"
    )
    assert sheet.page_setup.fitToHeight == 0
    foot = sheet.oddFooter
    assert foot is not None
    assert "填报人" in str(foot.left.text)
    notes = "".join(str(sheet.cell(row, len(titles)).value) for row in range(8, sheet.max_row + 1))
    assert "（仅限 " in notes
    assert document not in notes
    said = [str(sheet.cell(at, 2).value) for at in item_rows(sheet)]
    assert said == [each.topic for each in of.fields]  # so that each page says it


def test_note_on_a_header() -> None:
    """A header tells its definition, what a cell may hold, and the clause that needs it."""
    note = sheet_of(form_bytes(made(field("pupils", unit="人"))), "学校")["E4"].comment

    assert note is not None
    assert [word in note.text for word in ("学年初的数", "整数", "《规划》第一章：题目")] == [
        True
    ] * 3


def test_only_cells_that_are_asked_for_are_open() -> None:
    """Headers, who is known, and what a year does not need are locked; the rest is not."""
    rows = (
        FormRow("s1", "第一小学", "150602", 2025, frozenset({"a", "b"})),
        FormRow("s1", "第一小学", "150602", 2024, frozenset({"b"})),
        FormRow(None, None, "150602", 2025, frozenset({"a", "b"})),
    )
    sheet = sheet_of(form_bytes(made(field("a"), field("b"), rows=rows)), "学校")

    def is_open(row: int) -> list[bool]:
        return [not sheet.cell(row, column).protection.locked for column in range(1, 7)]

    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet.protection.formatColumns
    assert is_open(4) == [False] * 6
    assert is_open(5) == [False, False, False, False, True, True]
    assert is_open(6) == [False, False, False, False, False, True]
    assert is_open(7) == [True] * 6
    colours = {sheet[cell].fill.start_color.rgb for cell in ("A5", "E4", "E5", "E6")}
    assert len(colours) == 4


def test_ranges_and_choices() -> None:
    """A cell takes what can be right, and says in words what that is."""
    form = made(
        field("whole", bounds=(1, 6)),
        field("share", ItemType.NUMBER, unit="%", bounds=(0, 100)),
        field("any", ItemType.NUMBER, bounds=(None, None)),
        field("doctor", ItemType.BOOLEAN, options=("是", "否")),
        field("kind", ItemType.CATEGORY, options=("中小学", "幼儿园")),
        field("remark", ItemType.CATEGORY),
        field("ratio", ItemType.NUMBER, unit="1:n", bounds=(0, 1)),
    )
    sheet = sheet_of(form_bytes(form), "学校")
    rules = {str(each.sqref).split(":")[0]: each for each in sheet.data_validations.dataValidation}
    told = {cell: (each.type, each.formula1, each.formula2) for cell, each in rules.items()}

    assert told.pop("G5")[0] == "decimal"
    assert told == {
        "D5": ("list", '"2025"', None),
        "E5": ("whole", "1", "6"),
        "F5": ("custom", "AND(ISNUMBER(F5),OR(F5=0,ABS(F5)>=1),AND(F5>=0,F5<=100))", None),
        "H5": ("list", '"是,否"', None),
        "I5": ("list", '"中小学,幼儿园"', None),
    }
    assert "98% 就填 98" in str(rules["F5"].prompt)
    assert rules["F5"].errorStyle == "warning"  # 0.98 may be meant, or come of typing 98%
    assert "整数" in str(rules["E5"].error)
    assert all(each.showErrorMessage for each in rules.values())
    assert sheet["K5"].number_format == "@"  # 1:13 stays what was typed


def test_choices_that_are_too_long() -> None:
    """Many choices, or choices with commas, stand on a sheet that intake passes over."""
    long = tuple(f"第{number}种很长的选项" for number in range(60))
    form = made(
        field("kind", ItemType.CATEGORY, options=long),
        field("other", ItemType.CATEGORY, options=("a,b", "c")),
    )
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(form)))
    formulas = [each.formula1 for each in book["学校"].data_validations.dataValidation]

    assert formulas[1:] == ["'选项'!$A$1:$A$60", "'选项'!$B$1:$B$2"]
    assert book["选项"].sheet_state == "hidden"


def test_what_is_needed_by_many_fits_its_row() -> None:
    """Where clauses are more than the tallest row holds, it says how many more there are."""
    clause = NeedingRule("plan/r", "很长的题目" * 12, "规划", ("第一章",))
    many = replace(field("kind"), clauses=(clause,) * 40)
    sheet = sheet_of(form_bytes(made(many, field("other"))), "指标说明")
    told = str(sheet["G2"].value).split("\n")

    assert told[-1] == f"另有 {41 - len(told)} 条"
    assert 300 < (sheet.row_dimensions[2].height or 0) <= 405
    assert (sheet.row_dimensions[3].height or 0) < 50


def test_same_form_same_bytes() -> None:
    """Nothing of a workbook depends on the moment it was written."""
    form = made(field("a"))

    assert form_bytes(form) == form_bytes(form)


def test_no_workbook_is_overwritten_unasked(tmp_path: Path) -> None:
    """Files are workbooks by name, and none is overwritten unasked."""
    form = made(field("a"))
    write_form(form, tmp_path / "a.xlsx")
    before: Mapping[str, int] = {"a.xlsx": (tmp_path / "a.xlsx").stat().st_mtime_ns}

    with pytest.raises(OutputError):
        write_form(form, tmp_path / "a.xlsx")
    with pytest.raises(OutputError):
        write_form(form, tmp_path / "a.csv")
    assert (tmp_path / "a.xlsx").stat().st_mtime_ns == before["a.xlsx"]
    write_form(form, tmp_path / "a.xlsx", force=True)
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")


def test_files_of_many(tmp_path: Path) -> None:
    """Several forms go into a folder, each named after whom it is for; all or none are written."""
    first, second = made(field("a")), made(field("b"))
    object.__setattr__(second, "area", replace(second.area, name="一小/分校"))
    folder = tmp_path / "forms"

    assert [path.name for path in write_forms([first, second], folder)] == [
        *("s1-第一小学.xlsx", "s1-一小_分校.xlsx")
    ]
    (folder / "s1-第一小学.xlsx").unlink()
    with pytest.raises(OutputError):
        write_forms([first, second], folder)
    assert [path.name for path in folder.iterdir()] == ["s1-一小_分校.xlsx"]
    with pytest.raises(OutputError):
        write_forms([first], tmp_path / "x.xlsx")


@pytest.mark.usefixtures("spoken")
@pytest.mark.parametrize("level", list(Level))
def test_every_level_has_a_form(tmp_path: Path, level: Level) -> None:
    """A rule of any level asks its subjects on a sheet of it, which reads back as filled."""
    places = [
        Place(code="150000", name="内蒙古自治区", level=Level.REGION),
        Place(code="150600", name="鄂尔多斯市", level=Level.PREFECTURE, parent="150000"),
        Place(code="150602", name="东胜区", level=Level.COUNTY, parent="150600"),
    ]
    norm = builders.at_least(1)
    items = [builders.item("a", level, unit="", bounds=(0, 9))]
    pack = builders.catalog([builders.rule(norm, level=level)], items, places=places)
    rules, ground = select(pack, Wanted()), Ground.of(pack.places)
    place = find_area("150000", rules, pack, ground)
    order = Order(place, 2025, find_levels([level.label], place), 2)
    (form,) = plan_forms(pack, rules, order, ground)
    written, values = filled(form, form_bytes(form))
    (tmp_path / "form.xlsx").write_bytes(written)
    facts = read_facts([tmp_path / "form.xlsx"], pack.vocabulary.items, pack.places)

    assert [sheet.level for sheet in form.sheets] == [level]
    assert {key[0] for key in values} == {level}
    assert values_of(facts) == values
    assert [each for each in facts.problems if each.severity is Severity.ERROR] == []
