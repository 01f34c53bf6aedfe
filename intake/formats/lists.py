"""Small tables of our own kind: lists of people, logs, explanations, as delimited text."""

from collections.abc import Collection
from pathlib import Path

from dabiao.intake.formats.csv import Record, read_records
from dabiao.intake.formats.encodings import decode
from dabiao.intake.limits import read_bounded
from dabiao.intake.names import plain
from dabiao.intake.unreadable import Unreadable, explain_os, refuse_disguise
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError


def read_list(
    path: Path, headers: Collection[str], telling: Collection[str], hint: str | None = None
) -> list[Record]:
    """Read a list in any encoding that facts may come in.

    Args:
        path: The file.
        headers: What its columns may be called, in either language.
        telling: Those of them by one of which its encoding is told.
        hint: What to do where it is no such text; None for what the reader says.

    Raises:
        InputError: It cannot be opened, or is no delimited text.
    """
    try:
        content = read_bounded(path)
        refuse_disguise(content, workbook=False)
        text = decode(content, None, lambda begun: any(word in begun for word in telling)).text
        return list(read_records(text, lambda field: plain(field) in headers))
    except OSError as error:
        told = say(f"无法打开：{explain_os(error)}", f"cannot be opened: {explain_os(error)}")
        do = say("检查路径和权限", "check the path and the permissions")
        problem = FilePlace(path.as_posix()).problem("file-unreadable", told, do)
    except Unreadable as wrong:
        place = FilePlace(path.as_posix(), wrong.line)
        problem = place.problem(wrong.code, wrong.message, wrong.hint if hint is None else hint)
    raise InputError([problem]) from None
