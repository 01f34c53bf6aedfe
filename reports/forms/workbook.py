"""A form as a workbook, and where workbooks go."""

import datetime
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from dabiao.reports.file_sets import file_set
from dabiao.reports.forms.looks import PLAIN, Looks
from dabiao.reports.forms.notes import (
    guide_name,
    meanings_name,
    roster_name,
    write_guide,
    write_meanings,
    write_roster,
)
from dabiao.reports.forms.options import Options
from dabiao.reports.forms.sheet import write_sheet
from dabiao.reports.forms.upright import write_upright
from dabiao.reports.outputs import OutputError, check_file, could_write, write_bytes
from dabiao.schemas.form import Form
from dabiao.schemas.language import number_of, say
from dabiao.schemas.unseen import UNSEEN

SUFFIX = ".xlsx"
_FEW = 20
"""Workbooks told one by one."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


def form_bytes(form: Form) -> bytes:
    """Write a form as a workbook; the same form gives the same bytes."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "default_format_properties": dict(PLAIN)})
    book.set_properties(
        {
            "title": say(f"{form.area.name} {form.year}年填报表", f"{form.area.name} {form.year}"),
            "created": datetime.datetime(form.year, 1, 1),  # noqa: DTZ001 - as XlsxWriter has it
        }
    )
    looks, lists = Looks(book), Options(book)
    write_guide(book.add_worksheet(guide_name()), form, looks)
    for of in form.sheets:
        write = write_upright if form.stands_upright(of) else write_sheet
        write(book.add_worksheet(of.level.label), form, of, looks, lists)
    if form.roster:
        write_roster(book.add_worksheet(roster_name()), form, looks)
    write_meanings(book.add_worksheet(meanings_name()), form, looks)
    book.close()
    return stream.getvalue()


def write_form(form: Form, path: Path, *, force: bool = False) -> None:
    """Write a form into a file.

    Raises:
        OutputError: The file is no workbook by its name, exists already, or cannot be written.
    """
    if path.suffix.lower() != SUFFIX:
        raise OutputError(
            say(f"{path} 的后缀应为 {SUFFIX}", f"the name {path} should end in {SUFFIX}")
        )
    check_file(path, force=force)
    write_bytes(path, form_bytes(form))


def write_forms(
    forms: Sequence[Form],
    folder: Path,
    *,
    force: bool = False,
    progress: Callable[[str, float], None] | None = None,
) -> list[Path]:
    """Write each form into a file of its own, named after whom it is for.

    Args:
        forms: What to write.
        folder: Where; it is made if it is not there.
        force: Whether files that exist may be overwritten.
        progress: Told the file that is about to be written, and how much is done, from 0 to 1.

    Returns:
        The files.

    Raises:
        OutputError: It is no folder, or some file exists already.
        UnwrittenError: Something could not be written; then nothing was.
    """
    if folder.suffix.lower() == SUFFIX or (folder.exists() and not folder.is_dir()):
        raise OutputError(
            say(
                f"分开制表时，输出应为文件夹，不是 {folder}",
                f"several forms go into a folder, which {folder} is not",
            )
        )
    paths = [folder / _file_name(form) for form in forms]
    with could_write(folder):
        folder.mkdir(exist_ok=True)
    for path in paths:
        check_file(path, force=force)
    with could_write(folder), file_set(folder) as files:
        for done, (path, form) in enumerate(zip(paths, forms, strict=True)):
            if progress is not None:
                progress(say(f"写入 {path}", f"writing {path}"), done / len(paths))
            files.place(path).write_bytes(form_bytes(form))
    return paths


def what_was_written(forms: Sequence[Form]) -> str:
    """Tell what was written: each workbook in a line, or how many there are."""
    if len(forms) > _FEW:
        return say(f"写了 {len(forms):,} 个工作簿", f"{len(forms):,} workbooks")
    return "\n".join(_line(form) for form in forms)


def _line(form: Form) -> str:
    sheets = say("；", "; ").join(
        say(
            f"{of.level.zh} {len(of.fields)} 项 {len(of.rows)} 行",
            f"{of.level.value}, {number_of(len(of.fields), 'item')},"
            f" {number_of(len(of.rows), 'row')}",
        )
        for of in form.sheets
    )
    return f"{form.area.name}{say('：', ': ')}{sheets}"


def _file_name(form: Form) -> str:
    seen = UNSEEN.sub("_", f"{form.area.code}-{form.area.name}")
    return _FORBIDDEN.sub("_", seen) + SUFFIX
