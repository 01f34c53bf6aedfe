"""Hostile names through every output: shown as what they are, wherever a result goes."""

import zipfile
from pathlib import Path

import pytest

from dabiao.schemas.unseen import UNSEEN
from tests.commands.conftest import Call

ROWS = (
    "代码,名称,上级代码,年份,学段,班级人数,杂\u202e项\n"
    "150602001001,\x1b[2K一班\u202e,1506020010,2025,小学,46,1\n"
    "150602001002,二\u200b班\u2066,1506020010,2025,小学\u202e,44,2\n"
    "150602001003,三班,1506020010,2025,小学,4\u202e5,3\n"
)
NAME = "班级\u202e报\x1b[2K"
"""Of the folder."""


def texts(path: Path) -> dict[str, str]:
    """Read all texts of a file, part by part."""
    if path.suffix in {".xlsx", ".docx"}:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            return {name: archive.read(name).decode("utf-8", "replace") for name in names}
    return {"": path.read_text("utf-8-sig")}


@pytest.fixture
def hostile(tmp_path: Path, pack: Path) -> Path:
    """Submit names that erase lines, turn text round and take no room."""
    assert pack.is_dir()
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "班级.csv").write_text(ROWS, "utf-8")
    return tmp_path / NAME


@pytest.mark.parametrize("form", ["json", "csv", "md", "html", "xlsx"])
def test_results(tmp_path: Path, hostile: Path, call: Call, form: str) -> None:
    """No file that a check writes holds them, and neither do its messages."""
    result = call("check", hostile.name, "--rules", "pack", "--no-builtin", "-o", f"run.{form}")

    assert result.exit_code == 1
    found = {name: UNSEEN.findall(text) for name, text in texts(tmp_path / f"run.{form}").items()}
    assert {name: each for name, each in found.items() if each} == {}
    assert UNSEEN.findall(result.stdout + result.stderr) == []
    assert "\\u202e" in result.stderr


def test_workbooks_given_back(tmp_path: Path, hostile: Path, call: Call) -> None:
    """What is said of a cell shows them; the cell itself stays what it is."""
    command = ("facts", "validate", hostile.name, "--rules", "pack", "--no-builtin")
    call(*command, "--annotate", "back")

    written = sorted((tmp_path / "back").glob("*.xlsx"))
    assert len(written) == 2
    for path in written:
        found = {
            name: UNSEEN.findall(text)
            for name, text in texts(path).items()
            if "comments" in name or "问题" in path.name
        }
        assert {name: each for name, each in found.items() if each} == {}
