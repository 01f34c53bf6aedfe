"""Files that cannot be read at all, and files that are not what their name says."""

import errno
import re
from typing import TYPE_CHECKING

from dabiao.intake.limits import Limits
from dabiao.schemas.language import say
from dabiao.schemas.patterns import pattern
from dabiao.schemas.problem import Severity

if TYPE_CHECKING:
    from pyexpat import ExpatError

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_WEB = pattern(rb"(?:\xef\xbb\xbf)?\s*<(?:html|!doctype|table|meta|head|\?xml)\b", re.IGNORECASE)


class Unreadable(Exception):  # noqa: N818 - said of a file, not of a mistake in this program
    """A file or sheet that has to be left out as a whole.

    Attributes:
        code: Kind of problem.
        message: What is wrong with it.
        hint: What to do.
        line: The line of a text that makes it so.
        severity: Error, or a warning where nothing is lost by leaving it out.
    """

    def __init__(
        self,
        code: str,
        message: str,
        hint: str,
        line: int | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Say what is wrong and what to do."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.line = line
        self.severity = severity


def damaged(what: str) -> Unreadable:
    """Say that a file is damaged."""
    return Unreadable(
        "file-damaged",
        say(f"文件已损坏：{what}", f"the file is damaged: {what}"),
        say(
            "用 Excel 或 WPS 打开并另存，或请对方重发",
            "open and save it again, or ask for it again",
        ),
    )


def explain(error: BaseException) -> str:
    """Say what an error of the archive and XML readers means, in the language of the user.

    Their own messages are in English and name what no user knows.
    """
    if isinstance(error, OSError) and error.errno is not None:
        return explain_os(error)
    text = str(error)
    match type(error).__name__:
        case "BadZipFile" if "CRC" in text:
            return say("内容与校验码不符", "its content does not match its checksum")
        case "BadZipFile" | "error":
            return say("压缩结构不完整", "its archive is incomplete")
        case "NotImplementedError":
            return say("压缩方式不支持", "it is compressed in a way that is not supported")
        case "LZMAError" | "EOFError" | "OSError":
            return say("压缩内容不完整", "what it compresses is incomplete")
        case "RuntimeError" if "encrypted" in text:
            return say("压缩内容加了密", "what it compresses is encrypted")
        case "ExpatError":
            return _explain_xml(error)  # type: ignore[arg-type] # by name
    return say("各部分的内容互相不符", "its parts do not agree with one another")


def _explain_xml(error: "ExpatError") -> str:
    return say(
        f"XML 第 {error.lineno} 行第 {error.offset + 1} 列有误",
        f"its XML is wrong in line {error.lineno}, column {error.offset + 1}",
    )


_WHY = {
    errno.ENOENT: ("文件不存在", "it does not exist"),
    errno.EACCES: ("没有权限", "permission denied"),
    errno.EPERM: ("没有权限", "permission denied"),
    errno.EISDIR: ("是文件夹", "it is a folder"),
    errno.ENAMETOOLONG: ("文件名过长", "its name is too long"),
    errno.ELOOP: ("链接循环", "links that lead in a circle"),
    errno.ENOSPC: ("磁盘已满", "the disk is full"),
    errno.EDQUOT: ("磁盘已满", "the disk is full"),
    errno.EROFS: ("磁盘只读", "the disk is read-only"),
    errno.EFBIG: ("文件太大", "it is too large"),
    errno.EOPNOTSUPP: ("不是普通文件", "it is no ordinary file"),
    errno.EIO: ("磁盘读取出错", "the disk could not be read"),
}


def explain_os(error: OSError) -> str:
    """Say why the system did not let a file be read or written."""
    number = error.errno
    if number in _WHY:
        return say(*_WHY[number])
    return say(f"系统错误 {number}", error.strerror or f"system error {number}")


def too_much(what: str, hint: str | None = None) -> Unreadable:
    """Say that a file is larger than what is read."""
    return Unreadable(
        "too-large",
        say(f"超出读取上限：{what}", f"beyond what is read: {what}"),
        hint or say("拆分后提交，或存为 CSV、Parquet", "split it, or save it as CSV or Parquet"),
    )


def bound_rows(rows: int, columns: int, limits: Limits) -> None:
    """Refuse a table of more rows, or more numbers, than are taken into memory.

    Raises:
        Unreadable: It has more.
    """
    if rows > limits.rows:
        raise too_much(say(f"超过 {limits.rows} 行", f"over {limits.rows} rows"), _split())
    if rows * columns > limits.values:
        most = limits.values
        raise too_much(say(f"超过 {most} 个值", f"over {most} values"), _split())


def _split() -> str:
    return say("拆分成几个文件提交", "split it into several files")


def empty() -> Unreadable:
    """Say that a file holds nothing."""
    return Unreadable(
        "empty-file",
        say("文件是空的", "the file is empty"),
        say("检查是否传输中断，重新提交", "see whether it was cut short, and send it again"),
    )


def refuse_disguise(beginning: bytes, *, workbook: bool) -> None:
    """Refuse a file whose first bytes show that it is something else.

    Args:
        beginning: Its first kilobytes, and for compound files all of it.
        workbook: Whether its name says that it is a workbook rather than text.

    Raises:
        Unreadable: It is empty or something else.
    """
    save_as = say("用 Excel 或 WPS 打开后另存为 .xlsx", "open it and save it as .xlsx")
    if not beginning:
        raise empty()
    if beginning.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in beginning:
            raise Unreadable(
                "password",
                say("工作簿设有密码", "the workbook is protected by a password"),
                say("去掉打开密码后重新保存", "save it without the password"),
            )
        raise Unreadable(
            "old-workbook",
            say("这是旧格式（.xls 或 .et）的工作簿", "this is a workbook in an old format"),
            save_as,
        )
    if workbook and not beginning.startswith(b"PK"):
        web = _WEB.match(beginning) is not None
        what = say("网页或 XML", "a web page or XML") if web else say("文本", "text")
        if b"\0" in beginning and not beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise damaged(say("不是工作簿", "it is no workbook"))
        raise Unreadable(
            "not-a-workbook",
            say(f"扩展名是工作簿，内容却是{what}", f"named like a workbook, but it is {what}"),
            save_as
            if web
            else say("改名为 .csv，或另存为 .xlsx", "rename it to .csv, or save it as .xlsx"),
        )
    if not workbook and _WEB.match(beginning[:1000]):
        raise Unreadable(
            "not-text",
            say("扩展名是 CSV，内容却是网页", "named like CSV, but it is a web page"),
            save_as,
        )
    if not workbook and beginning.startswith(b"PK\x03\x04"):
        raise Unreadable(
            "not-text",
            say(
                "扩展名是文本，内容却是工作簿或压缩包",
                "named like text, but it is a workbook or archive",
            ),
            say("改名为 .xlsx，或解压后提交", "rename it to .xlsx, or unpack it"),
        )


def cannot_open(error: OSError) -> Unreadable:
    """Say why a file cannot be opened."""
    return Unreadable(
        "file-unreadable",
        say(f"无法打开：{explain_os(error)}", f"cannot be opened: {explain_os(error)}"),
        say(
            "检查权限，并关闭正在使用它的程序", "check permissions, and close programs that use it"
        ),
    )
