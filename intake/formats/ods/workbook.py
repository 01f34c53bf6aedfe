"""OpenDocument spreadsheets, sheet by sheet."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from dabiao.intake.formats.ods.sheets import Sheets
from dabiao.intake.formats.ods.styles import CellLooks, Section
from dabiao.intake.formats.table import Table
from dabiao.intake.formats.xlsx.book import DAMAGE
from dabiao.intake.formats.xlsx.xml import local, parse, refuse_twins
from dabiao.intake.limits import Limits
from dabiao.intake.unreadable import Unreadable, damaged, explain, refuse_disguise
from dabiao.schemas.language import say

_BEGINNING = 4096
_CONTENT = "content.xml"
_STYLES = "styles.xml"
_MANIFEST = "META-INF/manifest.xml"


def read_spreadsheet(path: Path, file: str, limits: Limits) -> list[Table]:
    """Read the sheets of a spreadsheet.

    Args:
        path: Where it is.
        file: How the user calls it.
        limits: How much is read.

    Raises:
        Unreadable: It cannot be read.
    """
    with path.open("rb") as stream:
        beginning = stream.read(_BEGINNING)
        if beginning.startswith(b"\xd0\xcf"):
            beginning += stream.read(limits.json)
        refuse_disguise(beginning, workbook=True)
        try:
            with zipfile.ZipFile(stream) as archive:
                return _tables(archive, file, limits)
        except DAMAGE as error:
            raise damaged(explain(error)) from error


def _tables(archive: zipfile.ZipFile, file: str, limits: Limits) -> list[Table]:
    refuse_twins(archive)
    names = set(archive.namelist())
    if _CONTENT not in names:
        raise _other_format(names)
    if _MANIFEST in names:
        _refuse_encrypted(archive, limits)
    styles = CellLooks(limits)
    if _STYLES in names:
        named = Section(styles, "styles")
        parse(
            archive,
            _STYLES,
            limits.unpacked,
            "document-styles",
            start=named.start,
            end=named.end,
            text=named.text,
        )
    sheets = Sheets(file, styles, limits)
    parse(
        archive,
        _CONTENT,
        limits.unpacked,
        "document-content",
        start=sheets.start,
        end=sheets.end,
        text=sheets.text,
    )
    if not sheets.spreadsheet:
        raise Unreadable(
            "not-a-workbook",
            say("是 OpenDocument 文件，但不是电子表格", "it is OpenDocument, but no spreadsheet"),
            say("改交电子表格（.ods 或 .xlsx）", "send a spreadsheet (.ods or .xlsx)"),
        )
    if not sheets.tables:
        raise damaged(say("没有工作表", "it has no sheet"))
    return sheets.tables


def _other_format(names: set[str]) -> Unreadable:
    if "[Content_Types].xml" in names:
        return Unreadable(
            "other-workbook",
            say("扩展名是 .ods，内容却是 .xlsx", "named .ods, but it is an .xlsx"),
            say("把扩展名改为 .xlsx", "rename it to .xlsx"),
        )
    return Unreadable(
        "not-a-workbook",
        say("压缩包里没有工作簿", "the archive holds no workbook"),
        say("用 LibreOffice、Excel 或 WPS 打开后另存", "open it and save it again"),
    )


def _refuse_encrypted(archive: zipfile.ZipFile, limits: Limits) -> None:
    found: list[str] = []

    def start(tag: str, _: Mapping[str, str]) -> None:
        if local(tag) == "encryption-data":
            found.append(tag)

    parse(archive, _MANIFEST, limits.unpacked, "manifest", start=start)
    if found:
        raise Unreadable(
            "password",
            say("工作簿设有密码", "the workbook is protected by a password"),
            say("去掉打开密码后重新保存", "save it without the password"),
        )
