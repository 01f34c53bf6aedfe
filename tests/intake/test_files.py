"""Files and folders: what is read, what is skipped, and what is refused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import dabiao.intake.read
from dabiao.intake import Limits
from dabiao.intake.files import READ, REFUSED, SPREADSHEETS, WORKBOOKS, Submitted, hashes
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.problem import InputError
from tests.intake.submissions import Table, kinds, read, reported, workbook

SHEETS: dict[str, Table] = {"学校": [["代码", "年份", "学生数"], ["s1", 2025, 800]]}


def test_folder(tmp_path: Path) -> None:
    """What Excel and file managers leave behind is skipped, and a README; other files are told."""
    (tmp_path / "内").mkdir()
    workbook(tmp_path / "内" / "a.xlsx", SHEETS)
    for name in (
        "~$a.xlsx",
        ".hidden.csv",
        "Thumbs.db",
        "desktop.ini",
        "README.zh-CN.md",
        "读我.txt",
    ):
        (tmp_path / name).write_bytes(b"x")
    for name in ("说明.docx", "学校.txt", "readme.docx", "old.xls", "old.et"):
        (tmp_path / name).write_bytes(b"x")
    facts = read(tmp_path)
    assert kinds(facts) == ["old-workbook"] * 2 + ["unknown-format"] * 3
    assert [file.file for file in facts.files] == [f"{tmp_path.as_posix()}/内/a.xlsx"]
    assert facts.levels[Level.SCHOOL].codes == ["s1"]


def test_suffixes_are_a_contract() -> None:
    """What is read is read by these endings, and what is refused is named by these."""
    assert {".xlsx", ".xlsm", ".xltx", ".xltm"} == WORKBOOKS
    assert {".ods", ".ots"} == SPREADSHEETS
    assert {*WORKBOOKS, *SPREADSHEETS, ".csv", ".tsv", ".json", ".parquet"} == READ
    assert {".xls", ".et", ".xlsb", ".fods", ".numbers", ".xlt", ".ett"} == REFUSED


def test_nothing_to_read(tmp_path: Path) -> None:
    """Only where there is nothing at all is it an error of the whole."""
    with pytest.raises(InputError) as missing:
        read(tmp_path / "nowhere")
    assert missing.value.problems[0].code == "no-such-file"
    with pytest.raises(InputError) as empty:
        read(tmp_path)
    assert empty.value.problems[0].code == "empty-folder"
    (tmp_path / "x.docx").write_bytes(b"x")
    with pytest.raises(InputError) as useless:
        read(tmp_path / "x.docx")
    assert useless.value.problems[0].code == "unknown-format"
    with pytest.raises(InputError):
        read()


def test_one_of_two_is_missing(tmp_path: Path) -> None:
    """A file that is missing beside others is a problem."""
    facts = read(workbook(tmp_path / "a.xlsx", SHEETS), tmp_path / "b.xlsx")
    assert kinds(facts) == ["no-such-file"]
    assert facts.levels[Level.SCHOOL].codes == ["s1"]


def test_one_file_given_twice(tmp_path: Path) -> None:
    """A file is read once, however often it is given."""
    path = workbook(tmp_path / "a.xlsx", SHEETS)
    facts = read(path, tmp_path, path)
    assert (facts.problems, len(facts.files)) == ([], 1)


@pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
def test_names_that_are_no_text_stay_apart(tmp_path: Path) -> None:
    """Two files are never called the same, whatever bytes their names are of: both are hashed."""
    for name in (b"a\xff.json", b"a\xfe.json"):
        (tmp_path / os.fsdecode(name)).write_text("{}", "utf-8")
    assert sorted(hashes([tmp_path])) == ["a\\xfe.json", "a\\xff.json"]


def test_progress(tmp_path: Path) -> None:
    """Progress is told before each file."""
    told: list[tuple[str, int, int]] = []
    paths = [workbook(tmp_path / f"{name}.xlsx", SHEETS) for name in "ab"]
    read(*paths, progress=lambda *step: told.append(step))
    assert told == [(paths[0].as_posix(), 0, 2), (paths[1].as_posix(), 1, 2)]


def test_language_of_messages(tmp_path: Path) -> None:
    """Messages come in English when English is spoken."""
    from dabiao.schemas.language import Language, speaking

    rows: dict[str, Table] = {
        "班级": [["代码", "年份", "班级人数"], ["c1", 2025, "约45"], [None, 2025, 3]]
    }
    with speaking(Language.EN):
        facts = read(workbook(tmp_path / "a.xlsx", rows))
    assert [problem.message for problem in facts.problems] == [
        "this row has no code; values not read: 1",
        'class size: "约45" is no number',
    ]


def test_nothing_heavy_is_loaded_before_it_is_needed(tmp_path: Path) -> None:
    """Neither importing intake nor reading workbooks and small text loads Polars or openpyxl."""
    workbook(tmp_path / "a.xlsx", SHEETS)
    (tmp_path / "学校.csv").write_text("代码,年份\ns1,2025\n", "utf-8")
    program = (
        "import sys; from dabiao.intake import read_facts;"
        f"read_facts([{str(tmp_path)!r}], {{}}, {{}});"
        "print(sorted({'polars', 'openpyxl', 'yaml'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program holds, or that nobody may read, is a problem."""
    path = tmp_path / "学校.csv"
    path.write_text("代码,年份\ns1,2025\n", "utf-8")

    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    facts = read(path)
    assert kinds(facts) == ["file-unreadable"]
    assert facts.files == []


def test_file_that_changes_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is judged is what was hashed; a file that somebody writes to meanwhile is refused."""
    path = tmp_path / "学校.csv"
    path.write_text("代码,年份\ns1,2025\n", "utf-8")
    digest = dabiao.intake.read._digest

    def slow(file: Submitted, data: bytes | None) -> str:
        found = digest(file, data)
        path.write_text("代码,年份\ns1,2025\ns2,2025\n", "utf-8")
        return found

    monkeypatch.setattr(dabiao.intake.read, "_digest", slow)
    facts = read(path)
    assert kinds(facts) == ["file-unreadable"]
    assert facts.years() == []


def test_text_beyond_the_limit(tmp_path: Path) -> None:
    """A text or JSON file that is too large is not even read."""
    (tmp_path / "学校.csv").write_text("代码,年份\ns1,2025\n", "utf-8")
    (tmp_path / "x.json").write_text("{}" + " " * 50, "utf-8")
    assert kinds(read(tmp_path, limits=Limits(text=10, json=10))) == ["too-large", "too-large"]


@pytest.mark.parametrize(
    ("name", "told"), [("a.zip", "unpack"), ("a.7z", "unpack"), ("a.docx", "save")]
)
def test_what_to_do_with_other_formats(tmp_path: Path, name: str, told: str) -> None:
    """An archive is to be unpacked, and no archive to be saved as a workbook."""
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(InputError) as useless, speaking(Language.EN):
        read(tmp_path / name)
    assert told in (useless.value.problems[0].hint or "")


@pytest.mark.parametrize(
    "name",
    ["学校（旧）", "学校备份", "上年学校", "学校-计划", "school_old", "学校（示例）", "学校2024旧"],
)
def test_tables_that_are_not_what_is_submitted(tmp_path: Path, name: str) -> None:
    """An old sheet beside a new one is not read, and does not make its figures contradict."""
    header: list[object] = ["代码", "名称", "年份", "学生数"]
    sheets = {
        "学校": [header, ["s1", "一小", 2025, 900]],
        name: [header, ["s1", "一小", 2025, 800]],
    }
    facts = read(workbook(tmp_path / "a.xlsx", sheets))
    assert reported(facts, Level.SCHOOL, "s1", 2025, "pupils") == 900
    assert kinds(facts) == ["unknown-sheet"]
    assert "改名为“学校”" in (facts.problems[0].hint or "")


@pytest.mark.parametrize("name", ["学校 (2)", "学校（更正）", "学校_最终", "学校（模板）"])
def test_tables_that_are_called_otherwise(tmp_path: Path, name: str) -> None:
    """A copy, a correction or a filled-in template is read, with a warning."""
    rows: list[list[object]] = [["代码", "名称", "年份", "学生数"], ["s1", "一小", 2025, 900]]
    facts = read(workbook(tmp_path / "a.xlsx", {name: rows}))
    assert reported(facts, Level.SCHOOL, "s1", 2025, "pupils") == 900
    assert kinds(facts) == ["sheet-name"]
