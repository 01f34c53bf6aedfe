"""The ledger: one row a case, numbers as numbers, and no text that does anything."""

import datetime
import io
import operator
from collections import Counter
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.comparison.compare import compare
from dabiao.reports.forms.looks import Looks
from dabiao.reports.ledger import sheet
from dabiao.reports.ledger.long_sheet import LongSheet, TextRows
from dabiao.reports.ledger.sheet import (
    CellLink,
    Computed,
    Content,
    Entry,
    Figure,
    LedgerColumn,
    LedgerSheet,
    fitting,
)
from dabiao.reports.ledger.workbook import ledger_bytes
from dabiao.reports.outputs import UnwrittenError
from dabiao.reports.summaries import case_number, rate
from dabiao.schemas.finding import Units
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.outcome import Outcome, count_judged
from dabiao.schemas.run import Run
from tests.reports.hostile import FORMULA, NAMES, hostile_run
from tests.reports.sample import KANGBASHI, changed, class_size, pupils, sample_run

HEAD = 3
"""The row with the heads of a table."""
COMMAND = "dabiao check examples -o a.xlsx"
KNOWN = Circumstances(
    names={"150602": "东胜区", "150603": "康巴什区"},
    topics={"ordos-145/primary-class-size": "义务教育"},
    place="东胜区",
    command=COMMAND,
)


def opened(run: Run, known: Circumstances = KNOWN, *, values: bool = False) -> openpyxl.Workbook:
    """Write a run and open it as a spreadsheet does, with formulas or with what they come to."""
    return openpyxl.load_workbook(io.BytesIO(ledger_bytes(run, known)), data_only=values)


def rows(book: openpyxl.Workbook, page: str) -> list[dict[str, Any]]:
    """Read a table by its heads."""
    heads, *found = book[page].iter_rows(min_row=HEAD, values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in found]


def test_sheets_in_both_languages() -> None:
    """Each sheet has its name in the language spoken."""
    with speaking(Language.ZH):
        assert opened(sample_run()).sheetnames == [
            "汇总",
            "问题清单",
            "任务清单",
            "责任清单",
            "缺报清单",
            "报送情况",
            "说明",
        ]
    with speaking(Language.EN):
        book = opened(sample_run())
    assert book.sheetnames == [
        *("Overview", "Problems", "Tasks", "Duties", "Data owed", "Returns", "About"),
    ]
    assert rows(book, "Problems")[0]["state"] == "opened"


def test_a_row_a_case() -> None:
    """What is missed or behind is a row, gravest first; nothing else is."""
    run = sample_run()
    found = rows(opened(run), "问题清单")

    wanted = [one for one in run.findings if one.outcome in (Outcome.VIOLATION, Outcome.BEHIND)]
    assert sorted(row["编号"] for row in found) == sorted(map(case_number, wanted))
    assert [row["结论"] for row in found] == ["未达标"] * 4 + ["滞后"]


def test_a_case_says_what_is_known_and_leaves_the_rest_blank() -> None:
    """A class stands with its school, its county, its bound and its place; persons are blank."""
    (row,) = (
        each
        for each in rows(opened(sample_run()), "问题清单")
        if each["对象代码"] == pupils(1).code
    )

    assert row | {"编号": "", "依据条款": "", "剩余天数": "", "底稿（勿改）": ""} == {
        "编号": "",
        "结论": "未达标",
        "依据条款": "",
        "年份": 2025,
        "旗县": "东胜区",
        "学校": "示例第一小学",
        "学校代码": "1506020010",
        "对象": "一年级1班",
        "对象代码": "1506020010101",
        "主题": "义务教育",
        "目标": "小学标准班不超过45人",
        "问题": "班级人数为47人，应不高于45人，相差2人。",
        "实测": 47,
        "要求": 45,
        "差距": 2,
        "单位": "人",
        "约束性": "硬性要求",
        "整改措施（建议可改）": "“班级人数”由47人减至45人（减少2人）",
        "牵头单位": None,
        "责任单位": "市教育体育局；各旗区人民政府",
        "责任人": None,
        "下达日期": None,
        "整改期限": None,
        "剩余天数": "",
        "状态": "已立案",
        "进展": None,
        "佐证材料": None,
        "复核日期": None,
        "复核结果": None,
        "销号人": None,
        "豁免批准人": None,
        "豁免到期": None,
        "豁免理由": None,
        "上次结论": None,
        "变化": None,
        "数据出处": "schools.xlsx › 班级 › F12",
        "检查指纹": sample_run().fingerprint,
        "底稿（勿改）": "",
    }
    assert "第三章第三节" in row["依据条款"]


def test_numbers_are_shown_as_every_report_shows_them() -> None:
    """A value is kept in full and never shown as the bound it misses; a bound has its sign."""
    page = opened(sample_run())["问题清单"]
    heads = [cell.value for cell in page[HEAD]]
    (row,) = (
        each
        for each in page.iter_rows(min_row=HEAD + 1)
        if each[heads.index("实测")].value == 9.9962
    )
    cells = dict(zip(heads, row, strict=True))

    assert cells["实测"].number_format == "#,##0.000"  # 9.996: 10.00 would look like the bound
    assert (cells["要求"].value, cells["要求"].number_format) == (10, '"≥"#,##0')
    assert cells["差距"].value == pytest.approx(0.0038)
    assert cells["差距"].number_format == '#,##0.000"个百分点"'  # 10 − 9.996, as one reads them


def test_a_number_stays_with_its_case() -> None:
    """Rule, subject and year make the number; the value found, the outcome and words do not."""
    one = class_size(pupils(1), 47, 12)
    again = changed(class_size(pupils(1), 60, 99), title="别的说法", places=())
    others = [
        class_size(pupils(2), 47, 12),
        replace(one, year=2024),
        changed(one, id="ordos-145/other"),
    ]

    assert case_number(one) == case_number(again) == "2025-R94B7-PERE4"
    assert len({case_number(each) for each in (one, *others)}) == 4


def test_days_left_wait_for_a_date() -> None:
    """Days left are counted from what is typed into the due date, until the case is closed."""
    page = opened(sample_run())["问题清单"]
    heads = [cell.value for cell in page[HEAD]]
    first = HEAD + 1
    due, state = (
        page.cell(first, heads.index(name) + 1).coordinate for name in ("整改期限", "状态")
    )
    formula = page.cell(first, heads.index("剩余天数") + 1).value

    assert formula == f'=IF(OR({due}="",{state}="已销号",{state}="已豁免"),"",{due}-TODAY())'
    (choice,) = (each for each in page.data_validations.dataValidation if each.type == "list")
    assert choice.formula1 == '"已立案,已下达,已反馈,已整改,已复核,已销号,已豁免"'
    assert state in choice.sqref


def test_overview_adds_up_by_formulas() -> None:
    """Counties stand with their outcomes; totals and rates are formulas over them."""
    run = sample_run()
    page = opened(run)["汇总"]
    filled = [row for row in page.iter_rows() if row[0].value]
    cells = {str(row[0].value): row for row in reversed(filled)}  # the first of each
    dongsheng = cells["东胜区"]
    at = int(dongsheng[0].row or 0)

    counts = Counter(one.outcome for one in run.findings if "150602" in _codes(one))
    assert [cell.value for cell in dongsheng[1:7]] == [counts[each] for each in Outcome]
    assert [cell.value for cell in dongsheng[7:10]] == [
        f"=SUM(B{at}:G{at})",
        f"=H{at}-G{at}",
        f'=IF(I{at}=0,"",IF(AND(2*D{at}>I{at},F{at}=0),"缺数据",F{at}/I{at}))',
    ]
    assert cells["合计"][1].value == f"=SUM(B{at}:B{at + 1})"
    assert str(cells["已立案"][1].value).startswith("=COUNTIF('问题清单'!$Y$4:$Y$8,")
    charts: Any = page
    assert len(charts._charts) == 1  # openpyxl has no public name for them


def _codes(one: Any) -> tuple[str, ...]:  # noqa: ANN401
    return (*one.subject.parents, one.subject.code)


def test_rate_leaves_out_what_does_not_apply_only() -> None:
    """达标率 is 达标 of all that was judged: missing counts in, 不适用 does not."""
    counts = {Outcome.COMPLIANT: 1, Outcome.MISSING: 1, Outcome.NOT_APPLICABLE: 8}

    assert (count_judged(counts), rate(counts)) == (2, 50.0)
    assert rate({Outcome.NOT_APPLICABLE: 8}) is None


def test_duties_by_unit_and_part() -> None:
    """A unit that leads and one that takes part each have their row, with whom it is about."""
    found = rows(opened(sample_run()), "责任清单")
    by_unit = {(row["单位"], row["角色"], row["目标"]): row for row in found}

    rotation = "符合条件的教师每年交流不少于10%"
    assert by_unit["市教育体育局", "牵头", rotation]["未达标"] == 1
    assert by_unit["市委编办", "参与", rotation]["涉及对象"] == "东胜区"
    assert ("市教育体育局", "参与", rotation) not in by_unit
    sizes = by_unit["各旗区人民政府", "参与", "小学标准班不超过45人"]
    assert (sizes["未达标"], sizes["滞后"]) == (2, 0)


def test_nobody_named_is_said() -> None:
    """Where a document names no unit, nobody is made to lead."""
    one = changed(class_size(pupils(1), 47, 12), units=Units())
    (row,) = rows(opened(replace(sample_run(), findings=(one,))), "责任清单")

    assert (row["单位"], row["角色"]) == ("（文件未写明）", None)


def test_data_owed_by_whom() -> None:
    """What is missing stands with whoever has to submit it, and what waits for it."""
    (row,) = rows(opened(sample_run()), "缺报清单")

    assert (row["代码"], row["数据项"], row["年份"], row["待判条数"]) == (
        pupils(3).code,
        "班级人数",
        2025,
        2,
    )


def test_basis_says_what_the_run_rests_on() -> None:
    """Files, hashes, definitions and the command stand on the last sheet."""
    run = sample_run()
    text = "\n".join(
        str(cell) for row in opened(run)["说明"].iter_rows(values_only=True) for cell in row if cell
    )

    for said in (COMMAND, run.rules.hash, *(record.sha256 for record in run.facts)):
        assert said in text
    assert "达标率＝达标÷应判" in text
    for outcome in Outcome:
        assert outcome.label in text


def test_set_up_for_reading_and_printing() -> None:
    """Heads are frozen, filtered and repeated; pages lie across and are as wide as the paper."""
    book = opened(sample_run())
    for name in ("问题清单", "责任清单", "缺报清单"):
        page = book[name]
        assert page.freeze_panes == "B4"
        assert page.auto_filter.ref.startswith("A3:")
        assert page.print_title_rows == "$3:$3"
        assert page.page_setup.orientation == "landscape"
    assert book["责任清单"].page_setup.fitToHeight == 0
    cases = book["问题清单"]
    assert [each.id for each in cases.col_breaks.brk] == [17]
    assert cases.print_title_cols == "$A:$A"
    assert [
        cases[f"{each}3"].value for each, of in cases.column_dimensions.items() if of.hidden
    ] == ["底稿（勿改）"]
    assert cases["A1"].value is None, "a column that both pages repeat would cut a title off"
    assert cases["R1"].value == f"{cases['B1'].value}（续）"


def test_a_run_without_problems() -> None:
    """Nothing to mend is an empty list, not a broken workbook."""
    run = replace(sample_run(), findings=(), summary=dict.fromkeys(Outcome, 0))
    book = opened(run)

    assert rows(book, "问题清单") == [] or set(rows(book, "问题清单")[0].values()) == {None}
    assert "未达标 0" in str(list(book["说明"].iter_rows(values_only=True)))


def test_more_cases_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What no sheet has room for is not cut, but refused with a way out."""
    monkeypatch.setattr(sheet, "MOST_ROWS", 5)
    with pytest.raises(UnwrittenError, match="--area"):
        ledger_bytes(sample_run(), KNOWN)


@pytest.mark.parametrize("name", ["&" * 300, "\x00" * 300, "&P" * 150, "长" * 40_000])
def test_a_name_fits_the_foot_of_a_page(name: str) -> None:
    """The foot holds 255 characters, and an ampersand in a name is no command of its own."""
    book = opened(sample_run(), Circumstances(place=name, unit=name))
    foot: Any = book["责任清单"].oddFooter

    assert foot.left.text.startswith(f"指纹 {sample_run().fingerprint}")
    assert foot.right.text == "&P / &N"


def test_the_same_run_gives_the_same_bytes() -> None:
    """Nothing of the moment of writing goes into a ledger."""
    assert ledger_bytes(sample_run(), KNOWN) == ledger_bytes(sample_run(), KNOWN)


def test_hostile_names_are_texts() -> None:
    """A name that looks like a formula, markup or a command is a text, whole and visible."""
    book = opened(hostile_run(), Circumstances(place=FORMULA, unit=FORMULA, command=FORMULA))
    formulas = [
        cell.value
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    found = rows(book, "问题清单")

    ours = ("=IF(", "=SUM(", "=SUMPRODUCT(", "=COUNTIF(", "=H", "=I")
    assert [each for each in formulas if not str(each).startswith(ours)] == []
    assert len(found) == len(NAMES)
    assert {row["对象"] for row in found} == {fitting(name) for name in NAMES}
    guarded = [
        cell
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "s" and str(cell.value).startswith(FORMULA)
    ]
    assert guarded
    assert all(cell.quotePrefix for cell in guarded)


@pytest.mark.parametrize(
    ("text", "size"), [("长" * 32_767, 32_767), ("长" * 32_768, None), ("😀" * 16_384, None)]
)
def test_a_text_that_no_cell_has_room_for_is_cut_and_says_so(text: str, size: int | None) -> None:
    """A cell holds 32,767 characters, of which some count twice; nothing is lost in silence."""
    kept = fitting(text)

    assert len(kept.encode("utf-16-le")) // 2 <= 32_767
    assert (kept == text) is (size is not None)
    assert ("全文 32,768 字" in kept) is (size is None)


def test_names_of_places_that_nobody_was_judged_in() -> None:
    """A county of which no finding speaks is named all the same."""
    run = sample_run()
    classes = tuple(one for one in run.findings if one.subject.level.value == "class")
    found = rows(opened(replace(run, findings=classes)), "问题清单")

    assert {row["旗县"] for row in found} == {"东胜区", KANGBASHI.name}


def test_a_row_leads_to_its_cell() -> None:
    """Where a value was read from a workbook, its row leads there; hostile names lead nowhere."""
    page = opened(sample_run())["问题清单"]
    links = {cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink}

    assert "'班级'!F12" in links
    assert CellLink("x", "a.xlsx", "'!A1", "B1").target == ""
    assert CellLink("x", "a\u202e.xlsx", "班级", "B1").target == ""


def test_tasks_are_counted() -> None:
    """A row a commitment of the documents, with how many keep it; nobody's are left out."""
    found = {row["目标"]: row for row in rows(opened(sample_run()), "任务清单")}
    row = found["小学标准班不超过45人"]

    assert (row["应判"], row["达标"], row["未达标"], row["缺数据"]) == (4, 1, 2, 1)
    assert "寄宿制学校配备校医" not in found


def test_what_changed_since_an_earlier_run() -> None:
    """A row says what came out before, where that was something else."""
    run = sample_run()
    before = replace(run, findings=(class_size(pupils(1), 40, 12),))
    after = replace(run, findings=(class_size(pupils(1), 47, 12),))
    known = replace(KNOWN, comparison=compare(before, after))
    (row,) = rows(opened(after, known), "问题清单")

    assert (row["上次结论"], row["变化"]) == ("达标", "变差")


def test_what_findings_have_in_common_is_worded_once_and_nothing_else() -> None:
    """Each row of a rule says what it says where its finding is the only one, days left aside."""
    run = sample_run()
    schools = (pupils(1), 47, 12), (pupils(2, county="150603"), 52, 13), (pupils(3), 46, 14)
    first = class_size(*schools[0])
    found = [replace(class_size(*each), by=first.by) for each in schools]
    together = rows(opened(replace(run, findings=tuple(found))), "问题清单")
    alone = [rows(opened(replace(run, findings=(each,))), "问题清单")[0] for each in found]

    for row in (*together, *alone):
        assert row.pop("剩余天数").startswith("=IF(")
    key = operator.itemgetter("编号")
    assert sorted(together, key=key) == sorted(alone, key=key)
    assert len({row["问题"] for row in together}) == len(found)


def test_rows_as_text_are_the_cells_that_a_workbook_writes_one_by_one() -> None:
    """What comes as text reads as what XlsxWriter makes of each cell: values, looks and links."""
    day, link = datetime.date(2026, 3, 31), CellLink("甲校 B2", "a.xlsx", "学校", "B2")
    many: list[list[Content]] = [
        ["=1+1", "", None, 7, Figure(1234.56789, "#,##0.00"), "<&>\n二"],
        [Entry("=2"), Entry(), Entry(day, date=True), Entry(date=True), link, link],
        [Computed('=IF(A1<1,"",2)', ""), Computed("=1", 1), Computed('="a"', "a"), "=1+1", 1, "字"],
    ]
    columns = [LedgerColumn("甲", "a", 9, centred=at > 2) for at in range(len(many[0]))]
    made = []
    for kind, sheet_of in ((LedgerSheet, None), (LongSheet, TextRows)):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream) as book:
            kind(book.add_worksheet("x", sheet_of), Looks(book)).table(columns, many)
        page = openpyxl.load_workbook(stream)["x"]
        made.append([page.dimensions, page.auto_filter.ref, *map(_seen, page.iter_rows())])
    assert made[0] == made[1]
    assert len(made[0]) == 2 + HEAD + len(many)
    assert any("a.xlsx" in str(each) for each in made[1])


def _seen(row: Any) -> object:  # noqa: ANN401 - cells of any kind
    high = row[0].parent.row_dimensions[row[0].row].height
    return high, [
        (
            *(cell.value, cell.data_type, cell.number_format, cell.quotePrefix),
            *map(repr, (cell.border, cell.font, cell.fill, cell.alignment, cell.protection)),
            cell.hyperlink and (cell.hyperlink.target, cell.hyperlink.location),
        )
        for cell in row
    ]


def test_the_title_names_the_place_as_the_page_does() -> None:
    """Of a run that was not narrowed too, or two ledgers of two places could not be told apart."""
    known = Circumstances(names={"150600": "鄂尔多斯市"})

    assert opened(sample_run(), known)["汇总"]["A1"].value == "鄂尔多斯市2025年度问题整改台账"


def test_counties_stand_in_one_order() -> None:
    """Whoever has most to mend first does not change where a county stands."""
    run = sample_run()
    grave = [each for each in run.findings if each.subject.code == KANGBASHI.code]
    first = replace(grave[0], outcome=Outcome.VIOLATION)
    late = [replace(each, outcome=Outcome.BEHIND) for each in run.findings if each not in grave]
    page = opened(replace(run, findings=(first, *late)))["汇总"]
    named = [cell.value for cell in page["A"] if cell.value in {"东胜区", "康巴什区"}]

    assert named == ["东胜区", "康巴什区"] * 2
