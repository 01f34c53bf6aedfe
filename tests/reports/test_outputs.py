"""Outputs: complete or not there at all, and never over somebody's file."""

import os
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import pytest

from dabiao.reports.format_names import SUFFIXES, Format
from dabiao.reports.outputs import Output, OutputError, outputs, use_utf8, write_stream

ALL = tuple(Format)


def test_suffix_tells_the_format(tmp_path: Path) -> None:
    """Each file has the format of its name; nothing said is a table on standard output."""
    paths = [
        tmp_path / name
        for name in ("a.html", "a.json", "a.CSV", "a.md", "a.txt", "a.xlsx", "a.docx")
    ]

    assert [output.form.value for output in outputs(paths, None, ALL)] == [
        "html",
        "json",
        "csv",
        "markdown",
        "table",
        "xlsx",
        "docx",
    ]
    assert outputs(None, None, ALL) == [Output(None, Format.TABLE)]
    assert outputs([Path("-")], Format.JSON, ALL) == [Output(None, Format.JSON)]
    assert outputs([tmp_path / "a.out"], Format.CSV, ALL)[0].form is Format.CSV


def test_suffixes_are_a_contract() -> None:
    """People and programs name files by these; none goes, and every format has one."""
    rows = [".txt", ".json", ".jsonl", ".csv", ".parquet"]
    pages = [".md", ".markdown", ".html", ".htm", ".xlsx", ".docx"]

    programs = [".xml", ".sarif"]

    assert list(SUFFIXES) == [*rows, *pages, *programs]
    assert set(SUFFIXES.values()) == set(Format)


@pytest.mark.parametrize(
    ("name", "form", "allowed"),
    [
        ("a.html", Format.JSON, ALL),
        ("a.pdf", None, ALL),
        ("a.html", None, (Format.TABLE, Format.JSON)),
        ("nowhere/a.json", None, ALL),
        (".", Format.JSON, ALL),
    ],
    ids=["contradiction", "unknown", "not had", "no folder", "a folder"],
)
def test_outputs_that_are_refused(
    tmp_path: Path, name: str, form: Format | None, allowed: tuple[Format, ...]
) -> None:
    """What cannot be written is refused before any work is done."""
    with pytest.raises(OutputError):
        outputs([tmp_path / name], form, allowed)


@pytest.mark.parametrize("form", [Format.XLSX, Format.DOCX])
def test_a_screen_is_shown_no_workbook(form: Format, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no text goes to a file or a pipe; a screen is told how."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    with pytest.raises(OutputError, match=f"-o .*{form.value}"):
        outputs(None, form, ALL)
    monkeypatch.setattr("sys.stdout.isatty", lambda: False, raising=False)
    assert outputs(None, form, ALL) == [Output(None, form)]


def test_a_file_is_left_alone_unless_forced(tmp_path: Path) -> None:
    """Only --force writes over a file."""
    path = tmp_path / "a.json"
    path.write_text("mine", "utf-8")

    with pytest.raises(OutputError, match="--force"):
        outputs([path], None, ALL)
    (output,) = outputs([path], None, ALL, force=True)
    output.write(lambda file: file.write("达标\n"))
    assert path.read_bytes() == "达标\n".encode()


def test_nothing_is_left_of_what_fails(tmp_path: Path) -> None:
    """A report that breaks off halfway leaves the old file, and no other."""
    path = tmp_path / "a.json"
    path.write_text("old", "utf-8")

    def fail(file: TextIO) -> None:
        file.write("half")
        raise ValueError("broken off")

    with pytest.raises(ValueError, match="broken off"):
        Output(path, Format.JSON).write(fail)

    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_csv_files_open_in_excel(tmp_path: Path) -> None:
    """A CSV file begins with the mark by which Excel knows UTF-8."""
    path = tmp_path / "a.csv"
    Output(path, Format.CSV).write(lambda file: file.write("结论\n"))

    assert path.read_bytes() == b"\xef\xbb\xbf" + "结论\n".encode()


@pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """What a link points to is written, with the permissions anybody's new file has."""
    path, link = tmp_path / "a.json", tmp_path / "link.json"
    path.write_text("old", "utf-8")
    link.symlink_to(path)
    Output(link, Format.JSON).write(lambda file: file.write("new"))

    assert link.is_symlink()
    assert path.read_text("utf-8") == "new"
    umask = os.umask(0)
    os.umask(umask)
    assert path.stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.skipif(os.name == "nt", reason="a device of POSIX")
def test_a_device_is_written_to() -> None:
    """A device cannot be replaced, so it is written to."""
    Output(Path("/dev/null"), Format.JSON).write(lambda file: file.write("x"))

    assert not Path("/dev/null").is_file()


@pytest.mark.skipif(os.name == "nt", reason="signals and pipes of POSIX")
def test_a_closed_pipe_ends_quietly() -> None:
    """Whoever has seen enough may go; nothing complains."""
    program = (
        "import sys; from dabiao.reports.outputs import write_stream\n"
        "write_stream(sys.stdout, lambda out: [out.write('x' * 9999) for _ in range(999)])\n"
        "sys.exit(7)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()
        code = process.wait()

    assert (code, complaint) == (7, b"")


def test_an_old_code_page_gets_what_is_nearest(tmp_path: Path) -> None:
    """A minus that it lacks is no question mark: the number would be another one."""
    with (tmp_path / "out").open("w+", encoding="gbk") as stream:
        use_utf8(stream, always=False)
        write_stream(stream, lambda out: out.write("甲.xlsx › 学校：−5 m² ᠮ"), Format.TABLE)

    assert (tmp_path / "out").read_text("gbk") == "甲.xlsx > 学校：-5 m2 ?"


def test_an_old_code_page_does_not_break_it(tmp_path: Path) -> None:
    """On a stream that cannot hold a character, results other than tables are UTF-8."""
    with (tmp_path / "out").open("w+", encoding="gbk") as stream:
        write_stream(stream, lambda out: out.write("ᠮᠣᠩᠭᠣᠯ"), Format.JSON)

    assert (tmp_path / "out").read_bytes() == "ᠮᠣᠩᠭᠣᠯ".encode()
