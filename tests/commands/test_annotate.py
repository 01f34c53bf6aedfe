"""``dabiao facts validate --annotate``: workbooks to send back, and the way there by hand."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.commands.conftest import Call

CLASSES = ["代码", "名称", "上级代码", "年份", "学段", "班级人数"]
SCHOOLS = ["代码", "名称", "上级代码", "年份", "有校医"]
Fill = Callable[..., Path]


@pytest.fixture
def fill(tmp_path: Path) -> Fill:
    """Give a function that fills in a workbook with classes of so many pupils."""

    def write(*sizes: object) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "班级"
        sheet.append(CLASSES)
        for at, size in enumerate(sizes):
            sheet.append([f"15060200100{at}", f"{at}班", "1506020010", 2025, "小学", size])
        schools = book.create_sheet("学校")
        schools.append(SCHOOLS)
        schools.append(["1506020010", "第一小学", "150602", 2025, "是"])
        (tmp_path / "in").mkdir(exist_ok=True)
        book.save(tmp_path / "in" / "a.xlsx")
        return tmp_path / "in" / "a.xlsx"

    return write


@pytest.fixture
def validate(call: Call, pack: Path) -> Call:
    """Give a function that validates by the small pack alone."""
    return lambda *of: call("facts", "validate", "--no-builtin", "--rules", pack.name, *of)


def test_fill_validate_annotate_correct_validate(fill: Fill, validate: Call) -> None:
    """The next step is told; what comes back is corrected where it is marked, and then in order."""
    fill(44, "四十多", 46, -1)
    told = validate("in").stderr.splitlines()[-1]
    first = validate("in", "--annotate", "out")

    assert told.startswith("退回改正：dabiao facts validate ")
    assert told.endswith(" in --annotate 退回")
    assert first.exit_code == 3
    assert "退回改正" not in first.stderr
    assert "out/问题清单.xlsx" in first.stderr
    book = openpyxl.load_workbook("out/a.xlsx")
    bad = [cell for row in book["班级"].iter_rows() for cell in row if cell.comment is not None]
    assert [cell.coordinate for cell in bad] == ["F3", "F5"]
    for cell in bad:
        cell.value = 45
    Path("back").mkdir()
    book.save("back/a.xlsx")
    second = validate("back", "--annotate", "again")
    assert (second.exit_code, second.stdout) == (0, "")
    clean = openpyxl.load_workbook("again/a.xlsx")["班级"]
    assert not any(cell.comment for row in clean.iter_rows() for cell in row)


def test_english(fill: Fill, call: Call, pack: Path) -> None:
    """In English the comments and the list are in English."""
    fill("forty")
    options = ("--no-builtin", "--rules", pack.name, "--annotate", "out")
    result = call("--lang", "en", "facts", "validate", "in", *options)
    book = openpyxl.load_workbook("out/a.xlsx")

    assert "Problems.xlsx" in result.stderr
    assert book.sheetnames[-1] == "Problems"
    assert "Expected" in str(book["班级"]["F2"].comment.text)
    assert call("--lang", "en", "facts", "validate", "out", *options[:3]).exit_code == 3


def test_nothing_is_overwritten_unasked(fill: Fill, validate: Call) -> None:
    """Files that are there already are left alone unless --force is given."""
    fill(44)

    assert validate("in", "--annotate", "out").exit_code == 0
    again = validate("in", "--annotate", "out")
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert validate("in", "--annotate", "out", "--force").exit_code == 0
    assert validate("in", "--annotate", "in/out").exit_code == 2
