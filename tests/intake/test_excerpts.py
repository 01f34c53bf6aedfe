"""Sheets as they were submitted: the cells that facts were read from, as people see them."""

from pathlib import Path

import pytest

from dabiao.intake import excerpts as module
from dabiao.intake import read_facts
from dabiao.intake.excerpts import FactSheets, excerpts
from dabiao.intake.formats import kept_tables
from dabiao.intake.formats.kept_tables import KeptTables
from dabiao.schemas.excerpt import SheetExcerpt
from tests.intake.submissions import MEASURES, PLACES, read, workbook

HEADS = ("代码", "名称", "上级代码", "年份", "学生数", "有图书室", "校名备注")
ROWS = (
    ("各校基本情况", None, None, None, None, None, None),
    HEADS,
    ("1506020001", "甲校", "150602", 2025, "约300人", "是", "=x"),
    ("1506020002", "乙校", "150602", 2025, 45.5, True, None),
    ("1506030001", "丙校", "150603", 2025, 46, False, None),
)


def test_what_stands_around_cells(tmp_path: Path) -> None:
    """Heads, who a row is about and the items that are read, as typed; nothing else."""
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": ROWS}))
    (found,) = excerpts(facts, {"pupils", "library"})

    assert found == SheetExcerpt(
        (tmp_path / "a.xlsx").as_posix(),
        ("A", "B", "C", "D", "E", "F"),
        4,
        HEADS[:6],
        (3, 4, 5),
        (
            ("1506020001", "甲校", "150602", "2025", "约300人", "是"),
            ("1506020002", "乙校", "150602", "2025", "45.5", "TRUE"),
            ("1506030001", "丙校", "150603", "2025", "46", "FALSE"),
        ),
        "学校",
    )


def test_only_of_some_subjects(tmp_path: Path) -> None:
    """Rows of others are left out; so is a sheet of which no item is read."""
    facts = read(workbook(tmp_path / "a.xlsx", {"学校": ROWS}))
    (found,) = excerpts(facts, {"pupils"}, within={"1506020002"})

    assert found.numbers == (4,)
    assert list(excerpts(facts, {"class_size"})) == []


def test_files_that_are_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was taken away meanwhile is left out, and so is what is too much to keep."""
    path = workbook(tmp_path / "a.xlsx", {"学校": ROWS})
    facts = read(path)
    with monkeypatch.context() as patched:
        patched.setattr(module, "MOST_CELLS", 5)
        assert list(excerpts(facts, {"pupils"})) == []
    path.unlink()
    assert list(excerpts(facts, {"pupils"})) == []


@pytest.mark.parametrize("room", [1 << 20, 5])
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_tables_that_were_kept_are_not_opened_again(
    suffix: str, room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They say the same, whatever became of the file; large files are opened once more."""
    monkeypatch.setattr(kept_tables, "_ROOM", room)
    path, kept = tmp_path / f"学校{suffix}", KeptTables()
    if suffix == ".csv":
        lines = [",".join("" if cell is None else str(cell) for cell in row) for row in ROWS]
        path.write_text("\n".join([*lines, ""]), "utf-8")
    else:
        workbook(path, {"学校": ROWS})
    facts = read_facts([path], MEASURES, PLACES, kept=kept)
    (opened,) = excerpts(facts, {"pupils", "library"}, sheets=FactSheets(kept=KeptTables()))
    path.unlink()

    found = list(excerpts(facts, {"pupils", "library"}, sheets=FactSheets(kept=kept)))

    assert found == ([opened] if room > 5 else [])
