"""Cells: every way in which people write a value, and every way in which it goes wrong."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from dabiao.intake.cells.identity_cells import read_code
from dabiao.intake.cells.item_cells import (
    CellNumber,
    ColumnReading,
    read_boolean,
    read_number,
    read_text,
)
from dabiao.intake.cells.unusable import Unusable
from dabiao.intake.formats.table import Cell, ErrorValue, Moment, Nested, Percent, Uncomputed
from dabiao.intake.layout.mapping_file import read_mapping
from dabiao.intake.values.columns import ColumnReader, Finished
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.unit import PER_ONE
from tests.intake.submissions import MEASURES, Table, item, kinds, read, reported, workbook

COUNTY = Level.COUNTY


def number(slug: str, cell: Cell, unit: str | None = None) -> object:
    """Read a cell: the value in the item's unit, the kind of problem, or None."""
    reading = ColumnReading(MEASURES[slug], unit)
    found = read_number(cell, reading)
    if isinstance(found, Unusable):
        return found.code
    if isinstance(found, CellNumber):
        return found.value * (1 if found.settled else reading.factor or 0)
    return found


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (45, 45),
        (45.0, 45),
        ("45", 45),
        ("１２３", 123),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("45人", 45),
        ("45 人", 45),
        ("45名", 45),
        (" 45 ", 45),
        ("1.2万", 12000),
        ("1.2万人", 12000),
        ("0", 0),
        (0, 0),
        ("+3", 3),
        ("1e3", 1000),
        ("'45", 45),
    ],
    ids=repr,
)
def test_numbers(cell: Cell, value: float) -> None:
    """Numbers are read however they are written."""
    assert number("class_size", cell) == value


@pytest.mark.parametrize(
    "cell",
    [None, "", " ", "　", "—", "——", "-", "–", "/", "／", "无", "N/A", "n/a", "...", "…", "null"],
    ids=repr,
)
def test_not_reported(cell: Cell) -> None:
    """Blank, dashes, slashes and 无 say that nothing is reported."""
    assert number("class_size", cell) is None
    assert read_text(cell, ColumnReading(MEASURES["stage"])) is None


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("约45", "not-a-number"),
        ("45左右", "not-a-number"),
        ("四十五", "not-a-number"),
        ("12,34", "not-a-number"),
        ("3~5", "not-a-number"),
        ("3-5", "date-in-cell"),
        ("1:30", "date-in-cell"),
        ("3月5日", "date-in-cell"),
        ("2025-03-05", "date-in-cell"),
        (Moment("2025-03-05", 2025), "date-in-cell"),
        ("45元", "wrong-unit"),
        ("45%", "wrong-unit"),
        (Percent(0.98), "wrong-unit"),
        (True, "not-a-number"),
        ("是", "not-a-number"),
        (float("inf"), "not-a-number"),
        (float("nan"), "not-a-number"),
        ("inf", "not-a-number"),
        ("NaN", "not-a-number"),
        ("1e400", "not-a-number"),
        ("1e-400", "not-a-number"),
        (10**400, "not-a-number"),
        ("1" * 400, "not-a-number"),
        (ErrorValue("#DIV/0!"), "formula-error"),
        ("#REF!", "formula-error"),
        (Uncomputed(), "formula-without-value"),
        (Nested("[1]"), "nested-value"),
    ],
    ids=repr,
)
def test_unusable_numbers(cell: Cell, kind: str) -> None:
    """What is no number of persons is refused with its reason."""
    assert number("class_size", cell) == kind


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("三十五", "写成 35"),
        ("一千二百人", "写成 1200人"),
        ("百分之九十八点五", "写成 98.5%"),
        ("九成五", "写成 95%"),
        ("三万二千元", "写成 32000元"),
        ("96,5", "小数点用点，写成 96.5"),
        ("1e-400", "核对是否多打了 E 或几位数字"),
        ("nan", "没有的填 0，不知道的留空"),
        ("暂无", "没有的填 0，不知道的留空"),
        ("两万", "用 0 至 9 填写，并写明单位"),
        ("一万二", "用 0 至 9 填写，并写明单位"),
        ("12万3千", "用 0 至 9 填写，并写明单位"),
        ("1千2百", "写成 1200"),
        ("1千2百人", "写成 1200人"),
        ("见附件", "把数填在这一格里"),
        ("详见附表2", "把数填在这一格里"),
        ("略", "没有的填 0，不知道的留空"),
        ("空", "没有的填 0，不知道的留空"),
        ("一般", "只填一个数，如 45"),
        ("叁拾伍", "用 0 至 9 填写"),
        ("约45", "填实际的数，不填约数"),
        ("45人以上", "填实际的数，不填约数"),
        ("≥45", "填实际的数，不填约数"),
        ("45～50", "填一个数，不填范围"),
        ("45/50", "填一个数：是分数的填算出的结果，不填范围"),
        ("20+25", "填算出的结果"),
        ("（45）", "去掉括号；是负数的，写负号"),
        ("45（含借读）", "只填数，说明写到别处"),
        ("〃", "每格都要填数，不写“同上”"),
        ("######", "把列调宽，重新导出或填写"),
        ("#", "只填一个数，如 45"),
    ],
)
def test_what_to_write_instead(cell: str, hint: str) -> None:
    """Whoever wrote no number is told what to write, and with which value where that is certain."""
    found = read_number(cell, ColumnReading(MEASURES["class_size"]))
    assert isinstance(found, Unusable)
    assert (found.code, found.hint) == ("not-a-number", hint)


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("12-15", "日期或范围"),
        ("3-5", "日期或范围"),
        ("19/20", "日期或分数"),
        ("2025-03-05", "日期或时间"),
    ],
)
def test_what_may_be_a_day_may_be_a_range(cell: str, what: str) -> None:
    """Two small numbers with a dash are not told to be a day for certain."""
    found = read_number(cell, ColumnReading(MEASURES["class_size"]))
    assert isinstance(found, Unusable)
    assert (found.code, found.message) == ("date-in-cell", f"“{cell}”是{what}，不是数值")


def test_points_are_no_share() -> None:
    """95个百分点 is by how much a share rose, whether the cell or the header says so."""
    found = read_number("95个百分点", ColumnReading(MEASURES["enrolment"]))
    assert isinstance(found, Unusable)
    assert (found.code, "差" in found.message) == ("wrong-unit", True)
    assert ColumnReading(MEASURES["enrolment"], "百分点").factor is None
    assert ColumnReading(item("提高", "rise", [Level.COUNTY], "百分点"), "%").factor == 1


@pytest.mark.parametrize(
    ("slug", "cell", "unit", "value"),
    [
        ("enrolment", "98%", None, 98),
        ("enrolment", "９８％", None, 98),
        ("enrolment", Percent(0.98), None, 98),
        ("enrolment", Percent(0.07), None, 7),
        ("enrolment", 98, None, 98),
        ("enrolment", "980‰", None, 98),
        ("coefficient", Percent(0.35), None, 0.35),
        ("coefficient", "35%", None, 0.35),
        ("times", Percent(1.5), None, 1.5),
        ("spending", 1.2, "万元", 12000),
        ("spending", "1.2万元", None, 12000),
        ("spending", "3元", "万元", 3),
        ("spending", "3万元", "万元", 30000),
        ("income", "1.2亿元", None, 12000),
        ("income", 12000, "元", 1.2),
        ("income", "1.2万", "元", 1.2),
        ("income", "1.2万", None, "ambiguous-magnitude"),
        ("spending", "1.2万", "万元", "ambiguous-magnitude"),
        ("per_pupil", "1.2万元/人", None, 12000),
        ("spending", Percent(0.5), None, "wrong-unit"),
        ("spending", "5人", None, "wrong-unit"),
    ],
    ids=repr,
)
def test_units(slug: str, cell: Cell, unit: str | None, value: object) -> None:
    """A unit in the cell counts before that of the header, and that before the item's."""
    assert number(slug, cell, unit) == value


@pytest.mark.parametrize(
    "cell", ["是", "有", "true", "TRUE", "Yes", 1, 1.0, "1", True, "√", "✓"], ids=repr
)
def test_yes(cell: Cell) -> None:
    """All these mean yes."""
    assert read_boolean(cell, ColumnReading(MEASURES["library"])) == 1.0


@pytest.mark.parametrize("cell", ["否", "无", "False", "no", 0, 0.0, "0", False, "×"], ids=repr)
def test_no(cell: Cell) -> None:
    """All these mean no, 无 too."""
    assert read_boolean(cell, ColumnReading(MEASURES["library"])) == 0.0


@pytest.mark.parametrize(
    ("cell", "kind"), [(2, "not-a-boolean"), ("也许", "not-a-boolean")], ids=repr
)
def test_neither_yes_nor_no(cell: Cell, kind: str) -> None:
    """Other numbers and texts are refused; a dash is not reported."""
    found = read_boolean(cell, ColumnReading(MEASURES["library"]))
    assert isinstance(found, Unusable)
    assert found.code == kind
    assert read_boolean("—", ColumnReading(MEASURES["library"])) is None


@pytest.mark.parametrize(("most", "readings"), [(None, (25.0, 0.04)), (1.0, ())])
def test_one_to_so_many(most: float | None, readings: tuple[float, ...]) -> None:
    """As it is written, or became a time as it was typed; 25 alone may be either side of 1."""
    item = Item(
        slug="ratio",
        name="师生比",
        levels=(Level.SCHOOL,),
        unit="1:n",
        type=ItemType.NUMBER,
        maximum=most,
    )
    reader = ColumnReader(ColumnReading(item))
    reader.add(["1:12.5", "1∶25", Moment("01:25", None), 0.04, 25, "1:0", Moment("01:02:03", None)])
    done = reader.finish()
    wrong = {at: each.code for at, each in done.reasons.items()}

    assert done.column.values[:4].tolist() == [0.08, 0.04, 0.04, 0.04]
    assert done.column.possible.get(4, ()) == readings
    assert readings or done.column.values[4] == 0.04
    assert wrong == ({4: "doubtful-unit"} if readings else {}) | {
        5: "not-a-number",
        6: "date-in-cell",
    }


_EDGES = (-1e15, -1.0, -0.5, -0.0, 0.0, 1e-9, 0.5, 1.0, 1.5, 2.5, 100.0, 100.5, 1e15, float("inf"))


@pytest.mark.parametrize("unit", ["%", PER_ONE, "人"])
@pytest.mark.parametrize("kind", [ItemType.NUMBER, ItemType.INTEGER])
@pytest.mark.parametrize("cell", [*_EDGES, "1.000", "1,234", "98,5", "3%", "3 人", "无", True])
def test_few_cells_and_many(kind: ItemType, unit: str, cell: Cell) -> None:
    """A cell is read alike in a column of a few cells and in one of many."""
    item = Item(
        slug="x",
        name="某数",
        levels=(Level.SCHOOL,),
        unit=unit,
        type=kind,
        minimum=0,
        maximum=100,
    )

    def of(cells: list[Cell]) -> Finished:
        reader = ColumnReader(ColumnReading(item))
        reader.add(cells)
        return reader.finish()

    few, many = of([cell]), of([cell, *[None] * 99])

    assert few.column.values.tolist() == pytest.approx(
        many.column.values[:1].tolist(), abs=0, rel=0, nan_ok=True
    )
    assert few.column.possible == many.column.possible
    assert (few.reasons, few.small) == (many.reasons, many.small)
    assert (few.settled is None) == (many.settled is None)


def test_options() -> None:
    """A category takes its options only, and the nearest is suggested."""
    reading = ColumnReading(MEASURES["stage"])
    assert read_text(" 小学 ", reading) == "小学"
    assert read_text("小 学", reading) == "小学"
    found = read_text("小学学", reading)
    assert isinstance(found, Unusable)
    assert "小学" in (found.hint or "")
    both = read_text("□小学 ☑初中", reading)
    assert isinstance(both, Unusable)
    assert both.hint == "改为可选项之一"  # which of the two it is, nobody guesses
    assert read_text("任意文字", ColumnReading(MEASURES["remark"])) == "任意文字"


def rates(
    tmp_path: Path,
    cells: Sequence[object],
    formats: dict[str, str] | None = None,
    header: str = "入学率",
) -> list[object]:
    """Submit a column of rates; give what is read, both readings as a text, and the warnings."""
    rows = [[f"1506{at:02}", 2025, cell] for at, cell in enumerate(cells, 1)]
    path = workbook(tmp_path / "x.xlsx", {"旗县": [["代码", "年份", header], *rows]}, formats or {})
    facts = read(path)
    told = [p for p in facts.problems if p.code == "fraction-in-percent-item"]
    (column,) = facts.levels[COUNTY].columns.values()
    values = [
        " ".join(f"{each:g}" for each in column.possible[at])
        if at in column.possible
        else float(column.values[at])
        for at in range(len(cells))
    ]
    assert column.unusable.keys() == column.possible.keys()
    return [*values, len(told)]


def test_small_numbers_keep_both_readings(tmp_path: Path) -> None:
    """0.98 may be 0.98 % or 98 %, and 1 may be 1 % or 100 %; 0 is nothing either way."""
    assert rates(tmp_path, [0.98, "0.5", 1, 0, 1.01]) == [
        "0.98 98",
        "0.5 50",
        "1 100",
        0,
        1.01,
        3,
    ]
    assert rates(tmp_path, [0.98]) == ["0.98 98", 1]


def test_other_cells_of_the_column_do_not_tell(tmp_path: Path) -> None:
    """Somebody else may have filled them in: neither fractions nor per cents speak for the rest."""
    assert rates(tmp_path, [0.5, 12, 98]) == ["0.5 50", 12, 98, 1]
    assert rates(tmp_path, [0.98, 0.97, "96%"], {"旗县!C2": "0.0%"}) == [98, "0.97 97", 96, 1]


def test_signs_and_formats_tell(tmp_path: Path) -> None:
    """A per cent sign in the cell, or in what it shows, says what it means, and nobody warns."""
    cells = [0.009, 0.9, "0.9%", "1％", 1]
    formats = {"旗县!C2": "0.0%", "旗县!C3": 'General"%"', "旗县!C6": "0%"}
    assert rates(tmp_path, cells, formats) == [0.9, 0.9, 0.9, 1, 100, 0]


def test_the_unit_in_the_header_tells(tmp_path: Path) -> None:
    """Under 入学率（%） 0.98 is 0.98 %, with a warning, as it is easily meant otherwise."""
    assert rates(tmp_path, [0.98, 1, 98], header="入学率（%）") == [0.98, 1, 98, 1]


def test_shares_below_a_per_cent_sign(tmp_path: Path) -> None:
    """Nothing but numbers up to one, half of them near it: the header may not have been read."""
    assert rates(tmp_path, [0.98, 0, 0.97, 1], header="入学率（%）") == [
        "0.98 98",
        0,
        "0.97 97",
        "1 100",
        3,
    ]
    assert rates(tmp_path, [0.98, 0.97], header="入学率（%）") == [0.98, 0.97, 2]
    assert rates(tmp_path, [0.98, 0.2, 0.3], header="入学率（%）") == [0.98, 0.2, 0.3, 3]


def test_the_allowed_range_tells(tmp_path: Path) -> None:
    """0.5 cannot mean 50 % where no more than 5 % is allowed; 0.05 may be 5 %, the most allowed."""
    cells = [0.5, 0.05, 0.051, 1]
    assert rates(tmp_path, cells, header="辍学率") == [0.5, "0.05 5", 0.051, 1, 3]


def test_small_numbers_to_be_added_up(tmp_path: Path) -> None:
    """Parts of a sum that may mean either leave no sum; with signs there is one."""
    (tmp_path / "map.yaml").write_text(
        "tables:\n- level: county\n  columns: {代码: 代码, 年份: 年份}\n"
        "  sums: {入学率: [甲, 乙]}\n",
        encoding="utf-8",
    )
    rows: Table = [
        ["代码", "年份", "甲", "乙"],
        ["150602", 2025, 0.6, 0.7],
        ["150603", 2025, 20, 30],
        ["150621", 2025, "0.6%", "0.7%"],
    ]
    path = workbook(tmp_path / "x.xlsx", {"旗县": rows})
    facts = read(path, mapping=read_mapping(tmp_path / "map.yaml"))

    assert str(reported(facts, COUNTY, "150602", 2025, "enrolment")).startswith("C2+D2：0.6没有写")
    assert reported(facts, COUNTY, "150603", 2025, "enrolment") == 50
    assert reported(facts, COUNTY, "150621", 2025, "enrolment") == pytest.approx(1.3)
    assert not facts.levels[COUNTY].columns["enrolment"].possible


def test_wrong_cells_are_told_with_place_and_reason(tmp_path: Path) -> None:
    """An unusable cell is a problem that can be mended, and has its reason in the facts."""
    rows: Table = [
        ["代码", "年份", "班级人数", "学段"],
        ["c1", 2025, 45.5, "小学"],
        ["c2", 2025, -3, "小学"],
        ["c3", 2025, "约45", "大学"],
    ]
    facts = read(workbook(tmp_path / "x.xlsx", {"班级": rows}))
    assert kinds(facts) == ["not-a-number", "not-whole", "out-of-range", "unknown-option"]
    problem = next(p for p in facts.problems if p.code == "out-of-range")
    assert (problem.sheet, problem.cell, problem.subject) == ("班级", "C3", "c2")
    assert (problem.year, problem.item) == (2025, "class_size")
    assert "不小于 0" in (problem.expected or "")
    assert str(reported(facts, Level.CLASS, "c1", 2025, "class_size")).startswith("C2：")
    assert str(reported(facts, Level.CLASS, "c3", 2025, "stage")).startswith("D4：")


def test_binary_noise_is_no_fraction(tmp_path: Path) -> None:
    """A whole number that arithmetic left a trace on is whole."""
    rows: Table = [
        ["代码", "年份", "班级人数"],
        ["c1", 2025, 45.00000000000001],
        ["c2", 2025, "1.2345万"],
    ]
    facts = read(workbook(tmp_path / "x.xlsx", {"班级": rows}))
    assert reported(facts, Level.CLASS, "c1", 2025, "class_size") == 45
    assert reported(facts, Level.CLASS, "c2", 2025, "class_size") == 12345
    assert kinds(facts) == []


@pytest.mark.parametrize(
    "code", ["\u202a150602\u202c", "\u2066150602\u2069", "150\xad602", "150602\ufe0f", "150602\x7f"]
)
def test_codes_with_what_nobody_sees(code: str) -> None:
    """What is copied from web pages and dialogs brings marks of direction: the code is the same."""
    assert read_code(code) == "150602"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        *(("1,506,020,001", "1506020001"), ("１，５０６，０２０，００１．０", "1506020001")),
        *(("1506020001,2", "1506020001,2"), ("150602,1506", "150602,1506")),
    ],
)
def test_codes_with_separators(written: str, code: str) -> None:
    """A code that was taken for a number, and written so, is the code; two in one cell are not."""
    assert read_code(written) == code


def test_codes_that_are_shown_from_right_to_left() -> None:
    """A code that is seen in another order than it is stored is none, for it may be either."""
    found = read_code("15\u202e0602")
    assert isinstance(found, Unusable)
    assert found.code == "bad-code"


@pytest.mark.parametrize(
    "cell", ["'1506020004'", "“1506020004”", '"1506020004"', '="1506020004"', "「1506020004」"]
)
def test_codes_in_quotes(cell: str) -> None:
    """Quotes around a code are no part of it."""
    assert read_code(cell) == "1506020004"


@pytest.mark.parametrize("cell", ["[1506020004]", "（1506020004）", "1506020004、", "1506020004;"])
def test_codes_with_signs_around(cell: str) -> None:
    """Brackets around a code and stops behind it are told, and make no other subject of it."""
    found = read_code(cell)
    assert isinstance(found, Unusable)
    assert (found.code, found.hint) == ("bad-code", "只写代码，不加括号和标点")


@pytest.mark.parametrize("code", ["1(1)", "s1-1(1)", "MB001", "1506020001-2", "1(1)班", "A.1"])
def test_codes_with_signs_within(code: str) -> None:
    """Signs within a code are its own."""
    assert read_code(code) == code
