"""The round trip: a form is handed out, filled in, checked, handed back, mended, checked again."""

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.commands.conftest import Call

ROOT = Path(__file__).parents[2]
FIRST = 4
LEVELS = ("学校", "班级")
NUMBER = 4


def asked(sheet: Worksheet, *, in_forms: bool = True) -> Iterator[tuple[Cell, int | str]]:
    """Yield the cells that subjects known by code are asked to fill in, each with a fair value.

    What a form knows already is left alone: by the kind of a subject it asks, or does not.
    """
    upright = sheet.cell(3, 3).value == "数据项"  # an item a row, and not a column
    choices: dict[int | None, str] = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            left, top, _, _ = range_boundaries(str(rule.sqref).split()[0])
            options = str(rule.formula1).strip('"').split(",")
            choices[top if upright else left] = "小学" if "小学" in options else options[0]
    for row in sheet.iter_rows(min_row=FIRST):
        if row[0].value is None and not upright:
            continue
        for cell in row[4:]:
            known = in_forms and isinstance(cell.value, str)
            if isinstance(cell, Cell) and not cell.protection.locked and not known:
                yield cell, choices.get(cell.row if upright else cell.column, NUMBER)


@pytest.fixture
def returned(call: Call, tmp_path: Path) -> Path:
    """Hand out the form of one district of the Ordos plan, and have it filled in."""
    made = call(
        *("template", "--document", "ordos-145", "--area", "东胜区", "--year", "2025"),
        *(word for level in LEVELS for word in ("--level", level)),
        *("--roster", str(ROOT / "examples" / "ordos-2025"), "-o", "form.xlsx"),
    )
    assert made.exit_code == 0, made.stderr
    book = openpyxl.load_workbook("form.xlsx")
    count = 0
    for level in LEVELS:
        for cell, value in asked(book[level]):
            cell.value = value
            count += 1
    assert count > 300
    folder = tmp_path / "returned"
    folder.mkdir()
    book.save(folder / "东胜区.xlsx")
    return folder


def test_from_form_to_verdict_and_back(call: Call, returned: Path) -> None:
    """Three slips are told, marked and mended; then the check says what it says without them."""
    sound = call("check", str(returned), "--document", "ordos-145", "-f", "json")
    workbook = returned / "东胜区.xlsx"
    book = openpyxl.load_workbook(workbook)
    cells = list(asked(book["学校"], in_forms=False))
    number = next(cell for cell, value in cells if value == NUMBER)
    truth = next(cell for cell, value in cells if value == "是")
    pupils = next(cell for cell, value in asked(book["班级"]) if value == NUMBER)
    right = {cell: cell.value for cell in (number, truth, pupils)}
    number.value, truth.value, pupils.value = "十几个", "有吧", -3
    book.save(workbook)

    told = call("facts", "validate", str(returned), "--annotate", "marked", "-f", "json")
    spoilt = call("check", str(returned), "--document", "ordos-145", "-f", "json")

    assert told.exit_code == 3
    causes = [cause for cause in json.loads(told.stdout) if cause["severity"] == "error"]
    named = {(cause["sheet"], cell) for cause in causes for cell in cause["cells"]}
    assert named == {(cell.parent.title, cell.coordinate) for cell in right}
    before, after = (json.loads(each.stdout)["summary"] for each in (sound, spoilt))
    assert after["missing"] > before["missing"]
    assert after["compliant"] <= before["compliant"]

    marked = Path("marked/东胜区.xlsx")
    book = openpyxl.load_workbook(marked)
    assert book.sheetnames[-1] == "问题清单"
    for cell, value in right.items():
        wrong = book[cell.parent.title][cell.coordinate]
        assert wrong.comment is not None
        wrong.value = value
    book.save(marked)

    again = call("facts", "validate", str(marked), "--strict")
    mended = call("check", str(marked), "--document", "ordos-145", "-f", "json")

    assert again.exit_code == 0, again.stdout
    assert json.loads(mended.stdout)["summary"] == before
    assert verdicts(mended.stdout) == verdicts(sound.stdout)


def verdicts(run: str) -> dict[tuple[str, str], tuple[str, object]]:
    """Give outcome and observed value by rule and subject."""
    return {
        (each["rule"], each["subject"]): (each["outcome"], each.get("observed"))
        for each in json.loads(run)["findings"]
    }


def test_a_form_filled_in_every_cell_is_complete(call: Call, tmp_path: Path) -> None:
    """Whoever filled in all that a form asks for lacks nothing, also without the prefecture's."""
    made = call(
        *("template", "--document", "ordos-145", "--year", "2025", "--split-by", "旗县"),
        *("--roster", str(ROOT / "examples" / "ordos-2025"), "-o", "forms"),
    )
    assert made.exit_code == 0, made.stderr
    folder = tmp_path / "filled"
    folder.mkdir()
    for name in ("150602-东胜区.xlsx", "150627-伊金霍洛旗.xlsx"):
        book = openpyxl.load_workbook(Path("forms") / name)
        for level in ("旗县", "苏木乡镇", *LEVELS):
            for cell, value in asked(book[level]):
                cell.value = value
        book.save(folder / name)

    told = json.loads(call("facts", "roster", str(folder), "--year", "2025", "-f", "json").stdout)

    assert {each["level"]: each["reported"] for each in told["levels"]} == {
        "county": 2,
        "township": 4,
        "school": 16,
        "class": 90,
    }
    assert all(each["expected"] == each["reported"] for each in told["levels"])
    assert told["subjects"] == []
