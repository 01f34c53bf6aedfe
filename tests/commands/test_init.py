"""A folder to work in: what it says is what later commands go by."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from dabiao.commands.settings import read_settings
from tests.commands.conftest import Call


@pytest.fixture
def begin(call: Call, pack: Path) -> Call:
    """Call ``init`` with the small pack."""
    return lambda *arguments: call("init", *arguments, "--rules", pack.name, "--no-builtin")


def test_later_commands_go_by_what_it_says(begin: Call, tmp_path: Path) -> None:
    """Document, place, year and packs need not be said again."""
    made = begin("工作", "--document", "示例规划", "--area", "东胜区", "--as-of", "2025")
    assert made.exit_code == 0, made.output
    assert (tmp_path / "工作" / "填报").is_dir()

    settings = read_settings(tmp_path / "工作", {})
    assert settings["document"] == ["plan"]
    assert (settings["area"], settings["as_of"]) == ("150602", 2025)
    assert [Path(each) for each in settings["rules"]] == [tmp_path / "pack"]
    assert "dabiao template -o" in made.output


def test_a_form_is_of_the_year_that_the_settings_name(
    begin: Call, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is typed wins."""
    begin("工作", "--document", "plan", "--area", "东胜区", "--as-of", "2024")
    monkeypatch.chdir(tmp_path / "工作")

    assert call("template", "--no-builtin", "-o", "a.xlsx").exit_code == 0
    assert call("template", "--no-builtin", "--year", "2025", "-o", "b.xlsx").exit_code == 0
    titles = [load_workbook(name).worksheets[0]["A1"].value for name in ("a.xlsx", "b.xlsx")]
    assert [title.partition("年")[0][-4:] for title in titles] == ["2024", "2025"]


def test_without_a_place_it_is_that_of_the_document(begin: Call, tmp_path: Path) -> None:
    """And without a year the latest of the facts is judged."""
    assert begin("工作", "--document", "plan").exit_code == 0

    settings = read_settings(tmp_path / "工作", {})
    assert settings["area"] == "150600"
    assert "as_of" not in settings


def test_it_asks_for_the_document_and_lists_them(begin: Call, tmp_path: Path) -> None:
    """Nothing is made before it is known."""
    asked = begin("工作")

    assert asked.exit_code == 2
    assert "plan" in asked.output
    assert not (tmp_path / "工作").exists()


@pytest.mark.parametrize(
    "wrong", [("--document", "plann"), ("--document", "plan", "--area", "东升区")]
)
def test_what_nobody_knows_is_refused_with_what_may_be_meant(
    begin: Call, tmp_path: Path, wrong: tuple[str, ...]
) -> None:
    """Before anything is made."""
    refused = begin("工作", *wrong)

    assert refused.exit_code == 4
    assert "plan" in refused.output or "东胜区" in refused.output
    assert not (tmp_path / "工作").exists()


def test_settings_that_are_there_are_left_alone(begin: Call, tmp_path: Path) -> None:
    """Unless somebody insists."""
    begin("工作", "--document", "plan")
    before = (tmp_path / "工作" / "dabiao.toml").read_text("utf-8")

    again = begin("工作", "--document", "plan", "--area", "150602")
    assert again.exit_code == 2
    assert (tmp_path / "工作" / "dabiao.toml").read_text("utf-8") == before
    assert begin("工作", "--document", "plan", "--area", "150602", "--force").exit_code == 0
    assert list((tmp_path / "工作" / "填报").iterdir()) == []


def test_the_year_proposed_is_the_last_of_the_document(begin: Call, pack: Path) -> None:
    """Where nobody says which."""
    file = pack / "document.yaml"
    file.write_text(file.read_text("utf-8").replace("to: 2025", "to: 2030"), "utf-8")

    assert "dabiao template --year 2030" in begin("工作", "--document", "plan").output
