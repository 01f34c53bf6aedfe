"""CSV: every finding, no formula, no lost digit."""

import csv
import io

import pytest

from dabiao.reports.counted.recorded import RecordedFindings
from dabiao.reports.fields import FIELDS
from dabiao.reports.run.csv import write_csv, write_rows
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import Language, speaking
from tests.reports.sample import sample_run


def read(text: str) -> list[list[str]]:
    """Read rows."""
    return list(csv.reader(io.StringIO(text)))


def rows(*cells: Scalar) -> list[str]:
    """Write one row and read it back."""
    file = io.StringIO()
    write_rows(["x"] * len(cells), [cells], file)
    return read(file.getvalue())[1]


def test_every_finding_is_a_row() -> None:
    """Each finding stands on a row of its own, with the numbers in full."""
    run = sample_run()
    file = io.StringIO()
    write_csv(RecordedFindings(run).forms(), file)
    headings, *cells = read(file.getvalue())
    found = [dict(zip(headings, row, strict=True)) for row in cells]

    assert len(found) == len(run.findings)
    assert found[0]["实测"] == "47"
    assert found[0]["力争"] == "否"
    assert found[0]["数据来源"] == "examples/schools.xlsx › 班级 › F12"
    assert [row["实测"] for row in found if row["规则"].endswith("rotation")] == ["9.9962"]
    with speaking(Language.EN):
        file = io.StringIO()
        write_csv(RecordedFindings(run).forms(), file)
    assert read(file.getvalue())[1][0] == "violation"


def test_header_is_a_contract() -> None:
    """Other programs read these columns: new ones may come last, none goes or changes its name."""
    chinese = (
        "结论 规则 承诺 文件 出处 层级 代码 名称 上级代码 年份 实测 比较 要求 要求上限 单位 差距"
        " 整改参考 牵头单位 责任单位 力争 不一致 以此为准 理由 数据来源"
    )
    english = (
        "outcome,rule,commitment,document,places,level,code,name,parents,year,observed,comparator,"
        "required,required upper,unit,gap,remedy,lead units,responsible units,aspiration,"
        "contradicts,governed by,reason,cells"
    )

    assert [field.zh for field in FIELDS][:24] == chinese.split()
    assert [field.en for field in FIELDS][:24] == english.split(",")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@sum", "\t=1", "'=1", "  =1", "\u3000＝1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    """A text is guarded by an apostrophe; taking one away gives it back."""
    (cell,) = rows(text)

    assert cell == "'" + text


def test_numbers_are_not_guarded() -> None:
    """A negative number stays a number, with all its digits."""
    assert rows(-3.25, 1 / 3, 1e300, 7, None) == [
        "-3.25",
        repr(1 / 3),
        "1e+300",
        "7",
        "",
    ]
