"""Warnings and notes that are explained: in returned workbooks, in a file, until they change."""

import csv
import html
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.commands.conftest import Call
from tests.intake import test_ods as ods

Rows = list[list[object]]
HEADER = ["代码", "名称", "上级代码", "年份", "班级人数", "学段"]
SAID = ("确实如此", "张三", "2025-11-20")


@pytest.fixture
def facts_(call: Call, pack: Path) -> Call:
    """Give a function that looks at facts by the small pack alone."""
    return lambda what, *of: call("facts", what, *of, "--no-builtin", "--rules", pack.name)


def classes(
    path: Path, sizes: dict[int, object], last: int = 2025, school: str = "1506020010"
) -> Path:
    """Write a workbook of two years of twelve classes, the sizes of the second as given."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "班级"
    sheet.append(HEADER)
    for year in (last - 1, last):
        for at in range(12):
            size = sizes.get(at, 30 + at) if year == last else 30 + at
            sheet.append([f"{school}{at:02}", f"{at}班", school, year, size, "小学"])
    book.save(path)
    return path


def explain(path: Path, said: tuple[str, str, str] = SAID, code: str | None = None) -> int:
    """Fill in why every line of the list is right, or of those of one code; give their number."""
    book = openpyxl.load_workbook(path)
    sheet = book["问题清单"]
    every = range(4, sheet.max_row + 1)
    lines = [row for row in every if code in (None, sheet.cell(row, 14).value)]
    for row in lines:
        for at, text in enumerate(said, 11):
            sheet.cell(row, at).value = text
    book.save(path)
    return len(lines)


def test_a_note_is_explained_until_its_value_changes(facts_: Call, tmp_path: Path) -> None:
    """What a school writes in the returned list folds its note, and a new value brings it back."""
    classes(tmp_path / "a.xlsx", {3: 330})
    assert "待核实" not in facts_("quality", "a.xlsx", "--annotate", "out").stdout
    assert explain(tmp_path / "out" / "a.xlsx", code="jump") == 1

    first = facts_("quality", "out/a.xlsx", "--explained", "why.csv").stdout
    assert "已说明 1" in first
    assert first.index("已说明\n") < first.index("——确实如此（张三，2025-11-20）")
    (row,) = csv.DictReader((tmp_path / "why.csv").read_text("utf-8-sig").splitlines())
    assert (row["代号"], row["单元格"], row["值"]) == ("jump", "E17+E5", "33、330")
    assert row["核实说明"] == "确实如此"

    again = facts_("quality", "a.xlsx", "--explained", "why.csv", "-f", "json").stdout
    told = {note["kind"]: note.get("reason") for note in json.loads(again)}
    assert told["jump"] == "确实如此"

    classes(tmp_path / "a.xlsx", {3: 331})
    changed = facts_("quality", "a.xlsx", "--explained", "why.csv").stdout
    assert "已说明" not in changed
    assert "突变" in changed


def test_it_is_of_one_subject_and_year(facts_: Call, tmp_path: Path) -> None:
    """The same file of next year, or of another school, has to say anew why its figure is right."""
    classes(tmp_path / "a.xlsx", {3: 330})
    facts_("quality", "a.xlsx", "--annotate", "out")
    explain(tmp_path / "out" / "a.xlsx", code="jump")
    facts_("quality", "out/a.xlsx", "--explained", "why.csv")
    (tmp_path / "b").mkdir()

    def explained(of: Path, by: str = "why.csv") -> bool:
        told = facts_("quality", of.relative_to(tmp_path).as_posix(), "--explained", by).stdout
        assert "突变" in told
        return "已说明 1" in told

    assert explained(classes(tmp_path / "b" / "a.xlsx", {3: 330}))
    assert not explained(classes(tmp_path / "b" / "a.xlsx", {3: 330}, last=2026))
    assert not explained(classes(tmp_path / "b" / "a.xlsx", {3: 330}, school="1506020011"))
    rows = [line.split(",") for line in (tmp_path / "why.csv").read_text("utf-8-sig").splitlines()]
    older = "\n".join(",".join([*row[:5], *row[7:]]) for row in rows)
    (tmp_path / "older.csv").write_text(older, "utf-8")
    assert explained(classes(tmp_path / "b" / "a.xlsx", {3: 330}), "older.csv")


def test_a_figure_mended_beside_its_old_explanation(facts_: Call, tmp_path: Path) -> None:
    """An explanation left in the returned list is of the value that the list shows beside it."""
    classes(tmp_path / "a.xlsx", {3: 330})
    facts_("quality", "a.xlsx", "--annotate", "out")
    explain(tmp_path / "out" / "a.xlsx", code="jump")
    assert "已说明 1" in facts_("quality", "out/a.xlsx", "--explained", "why.csv").stdout
    book = openpyxl.load_workbook(tmp_path / "out" / "a.xlsx")
    book["班级"]["E17"].value = 331
    book.save(tmp_path / "out" / "a.xlsx")
    known = (tmp_path / "why.csv").read_bytes()
    changed = facts_("quality", "out/a.xlsx", "--explained", "why.csv").stdout
    assert "已说明" not in changed
    assert "突变" in changed
    assert (tmp_path / "why.csv").read_bytes() == known


def test_a_warning_is_explained_and_an_error_is_not(facts_: Call, tmp_path: Path) -> None:
    """A warning that is explained is folded, and passes --strict; an error has to be mended."""
    path = classes(tmp_path / "a.xlsx", {0: "四十多"})
    book = openpyxl.load_workbook(path)
    book["班级"].cell(1, 7).value = "不认识的列"
    book["班级"].cell(2, 7).value = 1
    book.save(path)
    facts_("validate", "a.xlsx", "--annotate", "out")
    assert explain(tmp_path / "out" / "a.xlsx") == 2

    result = facts_("validate", "out/a.xlsx", "--explained", "why.csv")
    assert "待核实 1 条，已说明 1 条" in result.output
    assert "[not-a-number]" in result.stdout
    assert "不认识的列“不认识的列”，未读取——确实如此" in result.stdout
    rows = facts_("validate", "out/a.xlsx", "--explained", "why.csv", "-f", "csv").stdout
    told = {
        row["代号"]: row["核实说明"] for row in csv.DictReader(rows.lstrip("\ufeff").splitlines())
    }
    assert told == {"not-a-number": "", "unknown-column": "确实如此"}


def test_what_is_explained_goes_back_unmarked(facts_: Call, tmp_path: Path) -> None:
    """Given back again, an explained note is in the list with its reason, and in no cell."""
    classes(tmp_path / "a.xlsx", {3: 330})
    facts_("quality", "a.xlsx", "--annotate", "out")
    explain(tmp_path / "out" / "a.xlsx")
    facts_("quality", "out/a.xlsx", "--explained", "why.csv", "--annotate", "again")
    book = openpyxl.load_workbook(tmp_path / "again" / "a.xlsx")
    sheet = book["问题清单"]
    assert tuple(sheet.cell(4, at).value for at in (11, 12, 13)) == SAID
    assert all(cell.comment is None for row in book["班级"].iter_rows() for cell in row)


def test_a_list_that_was_saved_as_ods(facts_: Call, tmp_path: Path) -> None:
    """Explanations count in whatever format of workbook they come back."""
    classes(tmp_path / "a.xlsx", {3: 330})
    facts_("quality", "a.xlsx", "--annotate", "out")
    explain(tmp_path / "out" / "a.xlsx", code="jump")
    book = openpyxl.load_workbook(tmp_path / "out" / "a.xlsx")
    rows = ((of.title, [ods.row(*map(_cell, line)) for line in of.values]) for of in book)
    ods.spreadsheet(tmp_path / "a.ods", *(ods.sheet(*lines, name=name) for name, lines in rows))

    assert "已说明 1" in facts_("quality", "a.ods", "--explained", "why.csv").stdout
    assert "确实如此,张三" in (tmp_path / "why.csv").read_text("utf-8-sig")


def _cell(value: object) -> str:
    text = html.escape(str(value or ""))
    return ods.number(value) if isinstance(value, int) else ods.text(text)


def test_outcomes_do_not_change(facts_: Call, check: Callable[..., object], tmp_path: Path) -> None:
    """A class of 330 stays in violation, whatever is said of it."""
    classes(tmp_path / "a.xlsx", {3: 330})
    facts_("quality", "a.xlsx", "--annotate", "out")
    before = check("a.xlsx", "-f", "csv")
    explain(tmp_path / "out" / "a.xlsx")
    facts_("quality", "out/a.xlsx", "--explained", "why.csv")
    after = check("out/a.xlsx", "-f", "csv")
    assert before.stdout == after.stdout  # type: ignore[attr-defined]


def test_another_file(facts_: Call, tmp_path: Path) -> None:
    """A file that is no file of explanations is refused, and left as it is."""
    classes(tmp_path / "a.xlsx", {})
    (tmp_path / "why.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    result = facts_("validate", "a.xlsx", "--explained", "why.csv")
    assert result.exit_code == 3
    assert "column-missing" in result.output
    assert (tmp_path / "why.csv").read_text("utf-8") == "甲,乙\n1,2\n"
