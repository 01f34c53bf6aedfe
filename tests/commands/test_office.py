"""``check`` for Excel and Word: a ledger, a letter, and what is refused."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from dabiao.commands.exit_codes import Exit
from dabiao.reports.letter.templates import reading
from tests.commands.conftest import FEATURE, Call, facts


@pytest.fixture
def submitted(submit: Callable[..., str]) -> str:
    """Submit a class that is too large, in a school without a doctor."""
    return submit(facts(size=47, doctor="否"))


def test_a_ledger(check: Call, submitted: str, tmp_path: Path) -> None:
    """The suffix asks for a ledger; it tells topics, and the command that makes it again."""
    found = check(submitted, "-o", "台账.xlsx")

    assert found.exit_code == 1
    book = openpyxl.load_workbook(tmp_path / "台账.xlsx")
    sheet = book["问题清单"]
    assert {row[9] for row in sheet.iter_rows(min_row=4, values_only=True)} == {"班额和校医"}
    basis = [row[1] for row in book["说明"].iter_rows(values_only=True)]
    assert f"dabiao check --no-builtin --rules pack {submitted} -o 台账.xlsx" in basis


def test_ledger_and_page_at_once(check: Call, submitted: str, tmp_path: Path) -> None:
    """Several formats come from one run."""
    check(submitted, "-o", "a.xlsx", "-o", "a.html", "--area", "东胜区", "-o", "a.docx")

    assert {path.suffix for path in tmp_path.glob("a.*")} == {".xlsx", ".html", ".docx"}


def test_a_ledger_into_a_pipe(check: Call, submitted: str) -> None:
    """A ledger can go to a stream that is no screen."""
    found = check(submitted, "--format", "xlsx")

    assert openpyxl.load_workbook(io.BytesIO(found.stdout_bytes)).sheetnames[0] == "汇总"


def test_a_letter_to_a_county(check: Call, submitted: str, tmp_path: Path) -> None:
    """A letter goes to the county of ``--area``, and says what was found in it."""
    found = check(submitted, "--area", "东胜区", "-o", "通知书.docx")
    text = [each.text for each in docx.Document(str(tmp_path / "通知书.docx")).paragraphs]

    assert found.exit_code == 1
    assert "东胜区：" in text
    assert any(each.startswith("（1）小学每班不超过45人。第一小学的一年级1班：") for each in text)
    assert any("学校都有校医（未达标，力争目标" in each for each in text)


def test_a_letter_to_a_school(check: Call, submitted: str, tmp_path: Path) -> None:
    """A letter can go to a school, about itself and its classes."""
    check(submitted, "--area", "第一小学", "-o", "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))

    assert "第一小学：" in [each.text for each in document.paragraphs]
    assert len(document.tables[0].rows) == 3


def test_a_letter_to_a_unit(check: Call, submitted: str, tmp_path: Path) -> None:
    """``--unit`` keeps what the unit answers for; counts and the exit code are of that alone."""
    found = check(submitted, "--unit", "市教育体育局", "-o", "a.docx")
    text = "\n".join(each.text for each in docx.Document(str(tmp_path / "a.docx")).paragraphs)

    assert "未达标 1" in found.output
    assert "市教育体育局：" in text
    assert "校医" not in text


def test_a_unit_that_leads(call: Call, pack: Path, submitted: str) -> None:
    """A unit that leads is found as one that takes part is."""
    led = FEATURE.replace("责任单位", "牵头单位")
    (pack / "classes.feature").write_text(led, "utf-8")
    found = call("check", "--no-builtin", "--rules", "pack", submitted, "--unit", "市教育体育局")

    assert "小学每班不超过45人" in found.output
    assert "校医" not in found.output


def test_an_unknown_unit(check: Call, submitted: str) -> None:
    """A unit that no rule names is told, with the one that may be meant."""
    found = check(submitted, "--unit", "市教育局")

    assert found.exit_code == Exit.RULES
    assert "市教育体育局" in found.output


def test_an_evaluation(check: Call, submitted: str, tmp_path: Path) -> None:
    """What is evaluated straight from facts has all that a saved run has: the plan's period too."""
    check(submitted, "--letter", "midterm", "-o", "a.docx")
    text = [each.text for each in docx.Document(str(tmp_path / "a.docx")).paragraphs]

    assert any("的规划期是" in each for each in text)


def test_a_letter_to_nobody(check: Call, submitted: str) -> None:
    """A letter needs somebody to go to; a report does not."""
    found = check(submitted, "--letter", "notice", "-o", "a.docx")

    assert found.exit_code == 2
    assert "--area" in found.output


def test_without_the_extra(
    check: Call, submitted: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where the extra is not installed, one message says how to install it; a ledger needs none."""
    monkeypatch.setattr(reading, "find_spec", lambda _: None)
    found = check(submitted, "--area", "东胜区", "-o", "a.docx")

    assert found.exit_code == 2
    assert 'pip install "dabiao[word]"' in found.output
    assert not (tmp_path / "a.docx").exists()
    assert check(submitted, "-o", "a.xlsx").exit_code == 1


def test_a_template_of_ones_own(check: Call, submitted: str, tmp_path: Path) -> None:
    """``--template`` is filled in; one with a mistake is named, and the rest is written."""
    document = docx.Document()
    document.add_paragraph("致{{ 主送 }}")
    document.save(str(tmp_path / "own.docx"))
    area = ("--area", "东胜区", "--template", "own.docx")
    check(submitted, *area, "-o", "a.docx")
    assert [each.text for each in docx.Document(str(tmp_path / "a.docx")).paragraphs] == [
        "致东胜区"
    ]

    document.add_paragraph("{{ 局长 }}")
    document.save(str(tmp_path / "own.docx"))
    found = check(submitted, *area, "-o", "b.docx", "-o", "b.xlsx")
    assert found.exit_code == 2
    assert "没有字段“局长”" in found.output
    assert not (tmp_path / "b.docx").exists()
    assert (tmp_path / "b.xlsx").exists()


def test_a_template_for_no_letter(check: Call, submitted: str) -> None:
    """A template without a letter is a mistake, not nothing."""
    found = check(submitted, "--template", "own.docx", "-o", "a.xlsx")

    assert found.exit_code == 2
    assert "-o 通知书.docx" in found.output
