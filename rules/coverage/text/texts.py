"""Policy texts as files: plain text, in whatever encoding it was saved."""

import errno
from contextlib import suppress
from pathlib import Path

from dabiao.intake.limits import read_bounded
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError, Problem

_NOT_TEXT = {b"%PDF": "PDF", b"PK\x03\x04": "Word", b"\xd0\xcf\x11\xe0": "Word", b"{\\rtf": "RTF"}


def read_policy_text(path: Path) -> str:
    """Read a policy text: UTF-8, else what the bytes show it to be, such as GB18030.

    Raises:
        InputError: There is no such file, or it is not plain text.
    """
    try:
        data = read_bounded(path)
    except OSError as error:
        raise InputError([_unreadable(path, _why(path, error))]) from error
    return decode_policy_text(data, path)


def decode_policy_text(data: bytes, path: Path) -> str:
    """Decode a policy text; the path is only for messages.

    Raises:
        InputError: It is not plain text.
    """
    for mark, kind in _NOT_TEXT.items():
        if data.startswith(mark):
            message = say(f"这是 {kind} 文件，不是纯文本", f"this is a {kind} file, not plain text")
            raise InputError([_unreadable(path, message)])
    with suppress(UnicodeDecodeError):
        if b"\0" not in data:
            return data.decode("utf-8-sig")
    # Only other encodings need the evidence that submissions are read by, which is slow to load.
    from dabiao.intake.formats.encodings import decode
    from dabiao.intake.unreadable import Unreadable

    try:
        return bytes(decode(data, None, lambda _: False).text).decode()
    except Unreadable as error:
        message = say("认不出文件的编码", "the encoding of the file is unknown")
        raise InputError([_unreadable(path, message)]) from error


def _why(path: Path, error: OSError) -> str:
    if path.is_dir():
        return say("这是文件夹，不是文件", "this is a folder, not a file")
    if error.errno == errno.EFBIG:
        return say("文件太大", "the file is too large")
    if isinstance(error, FileNotFoundError):
        return say("没有这个文件", "there is no such file")
    return say("文件打不开", "the file can't be opened")


def _unreadable(path: Path, message: str) -> Problem:
    return FilePlace(str(path)).problem(
        "unreadable-text",
        message,
        hint=say(
            "把文件另存为纯文本（.txt，UTF-8）再用",
            "save the document as plain text (.txt, UTF-8) and use that",
        ),
    )
