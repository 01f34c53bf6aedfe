"""``dabiao cases``: what is typed, what is said, and with which code it ends."""

import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands.conftest import Call, call, check, facts, pack

__all__ = ["call", "check", "pack"]

BY = ("--by", "市督导室")


@pytest.fixture
def run_file(check: Call, tmp_path: Path) -> str:
    """Judge a class that is too large, and keep the run."""
    (tmp_path / "facts.json").write_text(json.dumps(facts(46), ensure_ascii=False), "utf-8")
    assert check("facts.json", "-o", "run.json").exit_code == 1
    return "run.json"


@pytest.fixture
def number(call: Call, run_file: str) -> str:
    """Open its case, and give its number."""
    assert call("cases", "open", run_file, *BY, "--on", "2024-01-31").exit_code == 0
    return str(listed(call)[0]["number"])


def listed(call: Call, *more: str) -> list[dict[str, Any]]:
    """List the cases."""
    return list(json.loads(call("cases", "list", "-f", "json", *more).stdout))


def test_a_case_by_hand(call: Call, number: str) -> None:
    """From its notice to its last line, in both languages, as one would type it."""
    notice = ("--state", "已下达", "--issued", "2024-01-31", "--within", "1个月")
    told = call("cases", "update", number.lower(), *BY, *notice, "--why", "限期整改")
    late = listed(call, "--overdue", "--today", "2024-03-01")
    in_time = listed(call, "--overdue", "--today", "2024-02-29")
    shown = call("cases", "show", number, "--today", "2024-03-01")
    english = call("--lang", "en", "cases", "show", number, "--today", "2024-03-01")

    assert told.exit_code == 0
    assert (late[0]["due"], late[0]["late"], in_time) == ("2024-02-29", 1, [])
    assert "已下达，超期 1 天" in shown.stdout
    assert "状态 已立案 → 已下达　因：限期整改" in shown.stdout
    assert "state opened → notified  why: 限期整改" in english.stdout


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (("update", "2025-NOSUCH", *BY), "[no-such-case]"),
        (("close", "NUMBER", *BY), "[case-incomplete]"),
        (("update", "NUMBER", *BY, "--expect", "7"), "[case-moved]"),
        (("update", "NUMBER", *BY, "--state", "办结"), "没有状态"),
        (("update", "NUMBER", *BY, "--due", "下周"), "不是日期"),
        (("update", "NUMBER", *BY, "--within", "30天"), "--issued"),
        (("update", "NUMBER"), "--by"),
        (("list", "--cases", "mysql://secret@host/x"), "[cases-unreadable]"),
        (("list", "--cases", "facts.json"), "[cases-unreadable]"),
        (("list", "--cases", "elsewhere.sqlite"), "[no-cases]"),
        (("attach", "nothing.jpg", "NUMBER", *BY), "[unkept-file]"),
        (("measures", "update", "M9", *BY), "[no-such-measure]"),
        (("import", "facts.json", *BY), "[no-ledger]"),
    ],
)
def test_what_cannot_be_done(call: Call, number: str, typed: tuple[str, ...], code: str) -> None:
    """It is told in one message, never a traceback, and nothing is changed."""
    result = call("cases", *(number if word == "NUMBER" else word for word in typed))

    assert result.exit_code in (2, 3)
    assert code in result.stderr
    assert "Traceback" not in result.output
    assert "secret" not in result.output
    assert listed(call)[0]["version"] == 1


def test_without_the_extra(call: Call, run_file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who did not install it is told how to."""
    monkeypatch.setattr("dabiao.commands.cases.store.find_spec", lambda _: None)
    for command in (("cases", "list"), ("report", run_file, "--cases", "a.sqlite")):
        result = call(*command)
        assert (result.exit_code, "dabiao[cases]" in result.stderr) == (2, True)


def test_settings_say_where_and_who(call: Call, run_file: str, tmp_path: Path) -> None:
    """``dabiao.toml`` holds for the folder, its paths start from it, and reports follow."""
    (tmp_path / "dabiao.toml").write_text('cases = "kept.sqlite"\nby = "市督导室"\n', "utf-8")
    told = call("cases", "open", run_file)
    reported = call("report", run_file, "--today", "2024-03-01")

    assert told.exit_code == 0
    assert (tmp_path / "kept.sqlite").exists()
    assert "超期未销号 0 件（截至 2024-03-01，共 1 件）" in reported.stdout


def test_reports_say_what_is_overdue(call: Call, number: str, run_file: str) -> None:
    """Table, Markdown, page, ledger and letter name the case and its days."""
    due = ("--issued", "2024-01-01", "--due", "2024-02-29", "--state", "已下达")
    call("cases", "update", number, *BY, *due)
    known = ("--cases", "cases.sqlite", "--today", "2024-03-10", "--force")
    written = [word for name in ("a.txt", "a.md", "a.html", "a.xlsx") for word in ("-o", name)]
    call("report", run_file, *known, *written)
    call("report", run_file, *known, "--area", "东胜区", "-o", "a.docx")

    assert f"{number}  已下达，超期 10 天" in Path("a.txt").read_text("utf-8")
    assert f"| {number} |" in Path("a.md").read_text("utf-8")
    page = Path("a.html").read_text("utf-8")
    section = page[page.index('<section id="overdue"') :].partition("</section>")[0]
    assert "超期未销号 1 件（截至 2024-03-10，共 1 件）" in section
    assert f"<tr><td>{number}</td>" in section
    assert "<td>10</td>" in section
    rows = list(openpyxl.load_workbook("a.xlsx")["超期清单"].iter_rows(values_only=True))
    assert (rows[-1][0], rows[-1][-1]) == (number, "10")
    letter = zipfile.ZipFile("a.docx").read("word/document.xml").decode()
    assert re.search(f"{number}　.*一年级1班", letter)


def test_a_public_edition_tells_of_no_case_that_gives_a_figure_away(
    call: Call, number: str, run_file: str, tmp_path: Path
) -> None:
    """That a case was opened says how large a figure is, and so do people's words."""
    said = ("--state", "已下达", "--issued", "2026-03-01", "--due", "2026-03-05")
    call("cases", "update", number, *said, "--measure", "46人减到45人", *BY, "--on", "2026-03-01")
    call("cases", "measures", "add", "减1人", "--case", number, *BY)
    report = ("report", run_file, "--cases", "cases.sqlite", "--today", "2026-04-01")
    for least, told in (("46", True), ("47", False)):
        for form in ("table", "markdown"):
            done = call(*report, "--suppress-below", least, "--format", form)
            assert done.exit_code == 0, done.stderr
            assert (number in done.stdout) is told
            assert "46人减到" not in done.stdout
            assert "减1人" not in done.stdout
    (tmp_path / "findings").mkdir()
    parts = call("report", "findings", "--area", "150602", "--suppress-below", "5")
    assert (parts.exit_code, "公开版" in parts.stderr) == (2, True)


def test_a_list_says_how_many_it_has(call: Call, number: str) -> None:
    """Also where there are none: nothing at all would look like a command that did nothing."""
    assert call("cases", "measures", "list").stdout == "共 0 条措施\n"
    none = call("cases", "list", "--state", "已销号", "--today", "2024-03-01")
    assert none.stdout == "列出 0 件；超期未销号 0 件（截至 2024-03-01，共 1 件）\n"
    call("cases", "measures", "add", "减1人", "--case", number, *BY)
    assert call("--lang", "en", "cases", "measures", "list").stdout.endswith("\n1 measure\n")


def test_a_bundle_is_the_same_again(call: Call, number: str, run_file: str) -> None:
    """Page, ledger, run, files by what stands in them, and an index; twice the same bytes."""
    Path("proof.JPG").write_bytes(b"proof")
    call("cases", "attach", "proof.JPG", number, *BY, "--expires", "2025-12-31")
    bundle = ("cases", "bundle", run_file, "-o", "b.zip", "--today", "2024-03-10")
    assert call(*bundle).exit_code == 0
    first = Path("b.zip").read_bytes()
    assert call(*bundle).exit_code == 2
    assert call(*bundle, "--force").exit_code == 0
    assert call("cases", "bundle", run_file, "-o", "b.txt").exit_code == 2

    assert Path("b.zip").read_bytes() == first
    with zipfile.ZipFile("b.zip") as archive:
        names = archive.namelist()
        index = json.loads(archive.read("目录.json"))
        (kept,) = index["attachments"]
        assert archive.read(kept["file"]) == b"proof"
        told = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in index["files"]}
    assert index["files"] == told
    assert kept["sha256"] == hashlib.sha256(b"proof").hexdigest()
    assert names == ["报告.html", "台账.xlsx", "run.json", kept["file"], "目录.json"]
    assert kept["file"] == f"佐证/{kept['sha256'][:16]}.jpg"
    assert (kept["name"], kept["cases"], kept["expires"]) == ("proof.JPG", [number], "2025-12-31")
    assert set(index["files"]) == set(names) - {"目录.json"}


def test_a_school_that_was_merged(call: Call, check: Call, tmp_path: Path) -> None:
    """A roster says who took it over: the case goes on there, under its number."""
    school = {"代码": "1506020011", "名称": "第二小学", "上级代码": "150602", "年份": 2024}
    first = {"代码": "1506020010", "名称": "第一小学", "上级代码": "150602"}
    before = {"学校": [school | {"有校医": "否"}, first | {"年份": 2024, "有校医": "是"}]}
    listed_ = {"层级": "学校", "代码": "1506020011", "名称": "第二小学", "上级代码": "150602"}
    merged = {"状态": "合并", "停办年份": 2024, "并入代码": "1506020010"}
    after = {"学校": [first | {"年份": 2025, "有校医": "是"}], "名录": [listed_ | merged]}
    for name, submitted in (("old", before), ("new", after)):
        (tmp_path / f"{name}.json").write_text(json.dumps(submitted, ensure_ascii=False), "utf-8")
        check(f"{name}.json", "-o", f"{name}-run.json")
    call("cases", "open", "old-run.json", *BY)
    (case,) = listed(call)
    told = call("cases", "open", "new-run.json", *BY)
    (again,) = listed(call)

    assert "对象变更 1 件" in told.stdout
    assert (case["subject"], again["subject"]) == ("东胜区 第二小学", "东胜区 第一小学")
    assert (again["number"], again["outcome"]) == (case["number"], "达标")
    assert "（原 1506020011）" in call("cases", "show", case["number"]).stdout


def test_what_nobody_would_see_is_shown(call: Call, number: str) -> None:
    """Halves of characters, and what a terminal obeys, are written so that they are seen."""
    odd = "\udcff\x1b[2J"
    told = call("cases", "update", number, "--by", odd, "--why", odd, "--progress", odd)
    added = call("cases", "measures", "add", odd, "--by", odd, "--case", number)
    followed = call("cases", "follow", odd, "x", "--by", odd)
    shown = call("cases", "show", number)

    assert [each.exit_code for each in (told, added, followed, shown)] == [0, 0, 0, 0]
    assert "\\udcff\\u001b[2J" in shown.stdout
    assert "\x1b" not in shown.stdout
