"""Hundreds of malformed files: each is read or told, in no time and in one language."""

import re
from pathlib import Path

import openpyxl
import pytest

from dabiao.schemas.problem import Severity
from tests.intake.malformed import ROWS, malformed
from tests.intake.submissions import read

NUMBER = 120
ENGLISH = re.compile(r"[a-z]{3,} [a-z]{2,} ")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A workbook with a bit of everything."""
    path = tmp_path_factory.mktemp("sound") / "x.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "学校"
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A1:E1")
    sheet["E3"].number_format = "0%"
    sheet["E4"] = "=1+1"
    book.create_sheet("填报说明").append(["如实填报"])
    book.save(path)
    return path.read_bytes()


def test_nothing_is_lost_in_silence(tmp_path: Path, sound: bytes) -> None:
    """No malformed file raises anything, and none gives nothing without a word."""
    silent: list[str] = []
    english: list[str] = []
    for name, data in malformed(sound, NUMBER):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_bytes(data)
        facts = read(path)
        errors = [each for each in facts.problems if each.severity is Severity.ERROR]
        if not errors and not sum(file.rows for file in facts.files):
            silent.append(name)
        damage = [each.message for each in errors if each.code == "file-damaged"]
        english.extend(message for message in damage if ENGLISH.search(message))
    assert (silent, english) == ([], [])


def test_the_same_seed_gives_the_same_files(sound: bytes) -> None:
    """What fails once can be made again."""
    assert list(malformed(sound, 20)) == list(malformed(sound, 20))
    assert list(malformed(sound, 20)) != list(malformed(sound, 20, seed=2))
