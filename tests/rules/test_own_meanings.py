"""A word that a pack defines again: what it means there, and what everybody else calls it."""

import io
from collections.abc import Collection, Mapping
from pathlib import Path

import openpyxl
import pytest

from dabiao.engine.judge import EngineChoice, judge
from dabiao.intake import read_facts
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.intake.proposals import mapping_text, propose
from dabiao.reports.forms.workbook import form_bytes
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.forms import Ground, Order, find_area, plan_forms
from dabiao.rules.packs.read import PackReading, read
from dabiao.rules.packs.spoken import spoken_by
from dabiao.rules.proofs.prove import prove
from dabiao.rules.writing.scaffold import Outline, outlined, scaffold
from dabiao.schemas.facts import Facts
from dabiao.schemas.form import Form
from dabiao.schemas.problem import Severity
from tests.rules.packs import PLACES
from tests.rules.test_read import judged

DOCUMENT = 'id: {id_}\ntitle: {id_}\njurisdiction: "150600"\nperiod: {{from: 2021, to: 2025}}\n'
FEATURE = """\
# language: zh-CN
功能: {id_}的规则
  背景:
    假如 依据文件"{id_}"
    {used}
    而且 数据项
      | 名称   | 标识     | 层级 | 单位 | 类型 | 范围 | 汇总 | 口径 |
      {items}
    而且 指标
      | 名称   | 标识  | 层级 | 单位 | 公式 | 口径 |
      {indicators}

  @few
  规则: 学生不超过{most}
    背景:
      假如 出处"第一章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 学生数 应不高于 {most}
    场景大纲: 界线
      假如 某学校的 学生数 是 {most}
      当 在2023年考核
      那么 结论是"达标"

  @many
  规则: 生师比不超过15
    背景:
      假如 出处"第二章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 生师比 应不高于 15
    场景: 界线
      假如 某学校的 学生数 是 300人
      而且 教师数 是 10
      当 在2023年考核
      那么 结论是"未达标"
"""
PUPILS = "| 学生数 | pupils | 学校 | 人 | 整数 | 0.. | | |"
FEWER = "| 学生数 | pupils | 学校 | 人 | 整数 | 0..500 | | 寄宿生 |"
HUNDREDS = "| 学生数 | pupils | 学校 | 百人 | 数值 | 0.. | | |"
TEACHERS = "| 教师数 | teachers | 学校 | 人 | 整数 | 0.. | | |"
RATIO = "| 生师比 | ratio | 学校 | | 学生数 ÷ 教师数 | |"


def pack(  # noqa: PLR0917 - what a pack is made of
    folder: Path, id_: str, pupils: str, most: str, used: str = "", indicators: str = RATIO
) -> Path:
    """Write a pack of one document."""
    folder.mkdir(parents=True)
    (folder / "document.yaml").write_text(DOCUMENT.format(id_=id_), "utf-8")
    items = f"{pupils}\n      {TEACHERS}"
    text = FEATURE.format(id_=id_, items=items, most=most, used=used, indicators=indicators)
    (folder / "rules.feature").write_text(text, "utf-8")
    return folder


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Write the pack that is there first."""
    folder = pack(tmp_path / "plan", "plan", PUPILS, "800人")
    (folder / "places.csv").write_text(PLACES, "utf-8")
    return folder


def beside(plan: Path, pupils: str, most: str, **more: str) -> PackReading:
    """Read another pack beside it."""
    mine = plan.parent / "mine"
    return read([plan, mine if mine.exists() else pack(mine, "mine", pupils, most, **more)])


def submitted(folder: Path, catalog: Catalog, **columns: object) -> Facts:
    """Read what one school says of 2023."""
    path = folder / "学校.csv"
    header = "，".join(columns).replace("，", ",")
    values = ",".join(map(str, columns.values()))
    path.write_text(
        f"代码,名称,上级代码,年份,{header}\n1506020001,一小,150602,2023,{values}\n", "utf-8"
    )
    return read_facts([path], catalog.vocabulary.measures, catalog.places)


def outcomes(catalog: Catalog, facts: Facts, engine: str = "columnar") -> dict[str, str]:
    """Judge, and give the outcome of each rule."""
    run = judge(catalog, facts, engine=EngineChoice(engine)).run()
    return {each.rule: each.outcome.value for each in run.findings}


@pytest.mark.parametrize("engine", ["columnar", "durable"])
def test_one_column_for_two_ranges(engine: str, plan: Path) -> None:
    """Where both read a cell alike, each holds what the plain column says to its own range."""
    catalog = beside(plan, FEWER, "400人").catalog

    for pupils, few, mine in (
        (400, "compliant", "compliant"),
        (450, "compliant", "violation"),
        (700, "compliant", "missing"),
        (900, "violation", "missing"),
    ):
        facts = submitted(plan.parent, catalog, 学生数=pupils, 教师数=100)
        found = outcomes(catalog, facts, engine)
        assert (found["plan/few"], found["mine/few"]) == (few, mine)
        told = [each for each in facts.problems if each.code == "out-of-range"]
        assert [each.item for each in told] == ["pupils_mine"] * (pupils > 500)
        assert all("学生数（mine）" in each.message for each in told)
        assert [each.code for each in facts.notes] == []


def test_what_neither_can_read_is_told_once(plan: Path) -> None:
    """One cell, one message."""
    catalog = beside(plan, FEWER, "400人").catalog

    facts = submitted(plan.parent, catalog, 学生数="很多", 教师数=100)

    assert len(facts.problems) == 1
    assert set(outcomes(catalog, facts).values()) == {"missing"}


def test_a_column_of_its_own_comes_before_the_shared_one(plan: Path) -> None:
    """Who writes the whole name means that item and no other."""
    catalog = beside(plan, FEWER, "400人").catalog

    facts = submitted(plan.parent, catalog, **{"学生数": 900, "学生数（mine）": 300, "教师数": 100})

    found = outcomes(catalog, facts)
    assert (found["plan/few"], found["mine/few"]) == ("violation", "compliant")


@pytest.mark.parametrize("engine", ["columnar", "durable"])
def test_what_would_be_read_otherwise_has_a_header_of_its_own(engine: str, plan: Path) -> None:
    """The plain header is of the pack that was there first; the note at it names the other."""
    catalog = beside(plan, HUNDREDS, "4百人").catalog

    plain = submitted(plan.parent, catalog, 学生数=300, 教师数=100)
    found = outcomes(catalog, plain, engine)
    assert (found["plan/few"], found["mine/few"]) == ("compliant", "missing")
    (note,) = plain.notes
    assert (note.code, note.severity, note.cell) == ("other-meaning", Severity.NOTE, "E1")
    assert "学生数（mine）" in note.message

    named = "学生数（mine）（人）"
    both = submitted(plan.parent, catalog, **{"学生数（人）": 900, named: 300, "教师数": 100})
    found = outcomes(catalog, both, engine)
    assert (found["plan/few"], found["mine/few"]) == ("violation", "compliant")
    assert [*both.notes, *both.problems] == []


def test_an_indicator_of_its_own_is_not_read_from_the_plain_header(plan: Path) -> None:
    """It is worked out, as what it is made of is another thing; the note names it."""
    catalog = beside(plan, FEWER, "400人").catalog

    facts = submitted(plan.parent, catalog, 学生数=300, 教师数=100, 生师比=20)

    found = outcomes(catalog, facts)
    assert (found["plan/many"], found["mine/many"]) == ("violation", "compliant")
    (note,) = facts.notes
    assert note.code == "other-meaning"
    assert "生师比（mine）" in note.message


def test_alone_a_word_means_what_its_pack_says(plan: Path) -> None:
    """Without the other pack the plain header is the only one, and nothing is said of it."""
    beside(plan, HUNDREDS, "4百人")
    (plan.parent / "mine" / "places.csv").write_text(PLACES, "utf-8")
    reading = read([plan.parent / "mine"])

    facts = submitted(plan.parent, reading.catalog, 学生数=5, 教师数=100)

    assert [*facts.notes, *facts.problems, *reading.problems] == []
    assert outcomes(reading.catalog, facts)["mine/few"] == "violation"


@pytest.mark.parametrize(
    ("pupils", "most"), [(FEWER, "400人"), (HUNDREDS, "4百人")], ids=["alike", "otherwise"]
)
def test_what_was_there_first_stays_as_it_is(pupils: str, most: str, plan: Path) -> None:
    """The same rules, items and findings, to the last field; its hash of a rule, too."""
    reading, alone = beside(plan, pupils, most), read([plan]).catalog

    both = reading.catalog
    assert [each.code for each in reading.problems] == ["own-meaning", "own-meaning"]
    assert {id_: rule for id_, rule in both.rules.items() if id_.startswith("plan/")} == alone.rules
    runs = []
    for catalog in (alone, both):
        facts = submitted(plan.parent, catalog, 学生数=450, 教师数=10)
        run = judge(catalog, facts).run()
        runs.append([each for each in run.findings if each.rule.startswith("plan/")])
    assert runs[0] == runs[1]
    assert all(each.passed for each in prove(reading.proofs, both, judged))


def test_a_formula_that_is_repeated_means_the_words_of_its_pack(plan: Path) -> None:
    """生师比 is repeated to the letter, but 学生数 is another thing; a chain of them too."""
    twice = "| 两倍 | twice | 学校 | | 2 × 生师比 | |\n      "
    reading = beside(plan, FEWER, "400人", indicators=twice + RATIO)

    formulas = reading.catalog.vocabulary.formulas
    assert formulas["ratio_mine"] != formulas["ratio"]
    names = reading.words["mine"].names
    assert names["生师比"] == "ratio_mine"
    facts = submitted(plan.parent, reading.catalog, 学生数=700, 教师数=100)
    found = outcomes(reading.catalog, facts)
    assert (found["plan/many"], found["mine/many"]) == ("compliant", "missing")


def test_two_packs_have_theirs(plan: Path) -> None:
    """Two that define a word again, each otherwise, do not meet; the order makes no difference."""
    mine = pack(plan.parent / "mine", "mine", FEWER, "400人")
    hers = pack(plan.parent / "hers", "hers", HUNDREDS, "3百人")

    for folders in ([plan, mine, hers], [plan, hers, mine]):
        reading = read(folders)
        catalog = reading.catalog
        assert all(each.passed for each in prove(reading.proofs, catalog, judged))
        columns = {"学生数": 450, "学生数（hers）": 2, "教师数": 100}
        found = outcomes(catalog, submitted(plan.parent, catalog, **columns))
        assert (found["plan/few"], found["mine/few"], found["hers/few"]) == (
            "compliant",
            "violation",
            "compliant",
        )


USES = '而且 使用"{}"的数据项'


def test_who_uses_a_pack_means_by_its_words_what_it_does(plan: Path) -> None:
    """Before what is known to all; where two that are used differ, one line says so."""
    mine = pack(plan.parent / "mine", "mine", HUNDREDS, "4百人")
    hers = pack(plan.parent / "hers", "hers", FEWER, "300人")
    user = pack(plan.parent / "user", "user", "", "4百人", USES.format("mine"))
    feature = user / "rules.feature"
    text = feature.read_text("utf-8").replace(f"      \n      {TEACHERS}\n", f"      {TEACHERS}\n")
    feature.write_text(text.replace(RATIO, RATIO.replace("生师比 |", "班师比 |")), "utf-8")

    reading = read([plan, mine, hers, user])
    assert reading.words["user"].names["学生数"] == "pupils_mine"
    assert "two-meanings" not in [each.code for each in reading.problems]

    uses = f"{USES.format('mine')}\n    {USES.format('hers')}"
    feature.write_text(feature.read_text("utf-8").replace(USES.format("mine"), uses), "utf-8")
    told = [each for each in read([plan, mine, hers, user]).problems if "user" in (each.file or "")]
    assert {(each.code, each.line, each.severity) for each in told if each.line == 6} == {
        ("two-meanings", 6, Severity.WARNING)
    }


@pytest.mark.parametrize(
    ("pupils", "most"), [(FEWER, "400人"), (HUNDREDS, "4百人")], ids=["alike", "otherwise"]
)
def test_a_form_reads_back(pupils: str, most: str, plan: Path) -> None:
    """It asks once for what one column serves, and for two things under their own names."""
    catalog = beside(plan, pupils, most).catalog
    planned = form(catalog, catalog.rules)
    sheet = planned.sheets[-1]
    headers = [each.header for each in sheet.fields]
    shared = pupils == FEWER
    assert (OWN in headers) != shared
    assert "学生数（人）" in headers
    (field,) = [each for each in sheet.fields if each.slug == "pupils"]
    assert field.maximum is None
    assert len(field.clauses) == (4 if shared else 2)
    alone = form(catalog, ["mine/few"]).sheets[-1]
    assert [each.header for each in alone.fields] == ["学生数（人）" if shared else OWN]
    assert alone.fields[0].maximum == (500 if shared else None)

    values = {"代码": "1506020001", "名称": "一小", "上级代码": "150602", "年份": 2023}
    values |= {"学生数（人）": 450, "教师数（人）": 30}
    path = filled(planned, plan.parent, values if shared else {**values, OWN: 4.1})
    vocabulary = catalog.vocabulary
    facts = read_facts([path], vocabulary.measures, catalog.places)

    assert facts.problems == []
    found = outcomes(catalog, facts)
    assert (found["plan/few"], found["mine/few"]) == ("compliant", "violation")


def test_a_drafted_mapping_names_what_it_means(plan: Path) -> None:
    """The plain word is proposed for what everybody means by it, with the other beside it."""
    catalog = beside(plan, HUNDREDS, "4百人").catalog
    vocabulary = catalog.vocabulary
    measures = vocabulary.measures
    head = "学校编码,学校名称,年份,学生数{}\n"
    rows = head + "1506020001,一小,2023,300{}\n1506020002,二小,2023,200{}\n"
    for more, noted in ((("", "", ""), 1), ((",学生数（mine）", ",3", ",2"), 0)):
        table, path = plan.parent / "表.csv", plan.parent / "map.yaml"
        table.write_text(rows.format(*more), "utf-8")
        path.write_text(mapping_text(propose([table], measures, catalog.places)), "utf-8")
        mapping = read_mapping(path)
        facts = read_facts([table], measures, catalog.places, mapping=mapping)

        told = {name for each in mapping.tables for name in each.columns.values()}
        assert ("学生数（mine）" in told) == bool(more[0])
        assert "学生数（mine）" in path.read_text("utf-8")
        assert [each.code for each in facts.notes].count("other-meaning") == noted
        columns = next(iter(facts.levels.values())).columns
        assert columns["pupils"].values.tolist() == [300, 200]
        assert ("pupils_mine" in columns) == bool(more[0])


OWN = "学生数（mine）（百人）"


def form(catalog: Catalog, rules: Collection[str]) -> Form:
    """Plan the form of a county."""
    ground = Ground.of(catalog.places)
    order = Order(find_area("150602", catalog.rules, catalog, ground), 2023)
    (planned,) = plan_forms(catalog, rules, order, ground)
    return planned


def filled(planned: Form, folder: Path, values: Mapping[str, object]) -> Path:
    """Write a form, and fill in a row of its schools."""
    book = openpyxl.load_workbook(io.BytesIO(form_bytes(planned)))
    sheet = book["学校"]
    for row in sheet.iter_rows():
        headers = {str(cell.value).replace("\n", ""): cell.coordinate for cell in row}
        if values.keys() <= headers.keys():
            for name, value in values.items():
                sheet[headers[name]].offset(1).value = value
    path = folder / "form.xlsx"
    book.save(path)
    return path


def test_a_new_rule_speaks_as_its_pack_does(plan: Path) -> None:
    """A sentence with a word of its document's pack means what that means."""
    beside(plan, HUNDREDS, "4百人")
    folders = [plan, plan.parent / "mine"]
    whole = read(folders).catalog
    for document, unit in (("mine", "百人"), ("plan", "人")):
        catalog = spoken_by(document, folders, whole)
        outline = Outline(document, "more", "", "第四章", "学校", "长期执行", "")
        said = f"学生数不超过7{unit}"
        text = scaffold(outlined(outline, said, catalog), catalog)
        path = plan.parent / document / "more.feature"
        path.write_text(text, "utf-8")
        reading = read(folders)
        assert f"学生数 应不高于 7{unit}" in text
        assert reading.errors == []
        measure = {"mine": "pupils_mine", "plan": "pupils"}[document]
        assert reading.catalog.rules[f"{document}/more"].measure == measure
        assert all(each.passed for each in prove(reading.proofs, reading.catalog, judged))
        path.unlink()


CATEGORY = "| 学生数 | pupils | 学校 | | 类别 | {} | | |"


def test_choices_of_ones_own(tmp_path: Path) -> None:
    """A category with other choices is another item; the plain header keeps the choices it had."""
    texts = {"plan": "多、少", "mine": "很多、很少"}
    for id_, options in texts.items():
        folder = pack(tmp_path / id_, id_, CATEGORY.format(options), "1人", indicators="")
        feature = folder / "rules.feature"
        text = feature.read_text("utf-8").partition("\n  @many")[0]
        text = text.replace(
            "    而且 指标\n      | 名称   | 标识  | 层级 | 单位 | 公式 | 口径 |\n      \n", ""
        )
        first = options.partition("、")[0]
        text = text.replace("学生数 应不高于 1人", f'学生数 应等于 "{first}"').replace("1人", first)
        feature.write_text(text, "utf-8")
    (tmp_path / "plan" / "places.csv").write_text(PLACES, "utf-8")
    reading = read([tmp_path / "plan", tmp_path / "mine"])

    assert reading.errors == []
    catalog = reading.catalog
    facts = submitted(tmp_path, catalog, **{"学生数": "多", "学生数（mine）": "很少"})
    assert facts.problems == []
    found = outcomes(catalog, facts)
    assert (found["plan/few"], found["mine/few"]) == ("compliant", "violation")
    wrong = submitted(tmp_path, catalog, 学生数="很多")
    assert [each.code for each in wrong.problems] == ["unknown-option"]
