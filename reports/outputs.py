"""Where results go: a file that is complete or not there at all, or a stream that may close."""

import codecs
import errno
import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from dabiao.reports.file_sets import part_of
from dabiao.reports.format_names import PACKED, Format, format_of, suffixes
from dabiao.reports.streams import forsake, is_gone
from dabiao.reports.terminal.progress import ProgressDisplay, quiet
from dabiao.reports.visible import Visible
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

Write = Callable[[TextIO], object]
_EXCEL_READS = "utf-8-sig"
_HELD = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY)
"""What a system says of a file that another program holds open."""


class OutputError(Exception):
    """A result that cannot be written where it was wanted."""


class UnwrittenError(OutputError):
    """A result that was there and could not be written: a disk is full, a stream is closed."""


@dataclass(frozen=True, slots=True)
class Output:
    """One place a result goes to, and its format.

    Attributes:
        path: The file; None for standard output.
        form: The format.
    """

    path: Path | None
    form: Format

    def write(self, write: Write) -> None:
        """Write the result.

        Raises:
            UnwrittenError: It cannot be written there.
        """
        if self.path is None:
            write_stream(sys.stdout, write, self.form)
        else:
            _write_file(self.path, write, self.form)


def outputs(
    paths: Sequence[Path] | None,
    form: Format | None,
    allowed: Sequence[Format],
    *,
    force: bool = False,
) -> list[Output]:
    """Decide where a result goes before any work is done for it.

    Args:
        paths: Files, ``-`` for standard output; none means standard output.
        form: The format that was asked for, or None.
        allowed: The formats this result has.
        force: Whether a file that exists may be overwritten.

    Raises:
        OutputError: A format does not fit, or a file exists already or cannot be made.
    """
    decided = []
    for path in paths or [Path("-")]:
        target = None if str(path) == "-" else path
        chosen = _format(target, form, allowed)
        if target is not None:
            check_file(target, force=force)
        decided.append(Output(target, chosen))
    return decided


def _format(target: Path | None, form: Format | None, allowed: Sequence[Format]) -> Format:
    """Choose the format that was asked for, or that a file is named as; a screen is shown text."""
    named = format_of(target) if target else None
    if form is not None and named is not None and named is not form:
        raise OutputError(
            say(
                f"{target} 的后缀是 {named.value} 格式，--format 却要 {form.value}；请只说一种",
                f"{target} is named as {named.value}, but --format asks for {form.value};"
                " say only one of them",
            )
        )
    chosen = form or named or (Format.TABLE if target is None else None)
    if chosen is None:
        raise OutputError(
            say(
                f"看不出 {target} 要写成什么格式；请用后缀 {' '.join(suffixes(allowed))}，"
                "或加 --format",
                f"the name {target} does not tell a format; end it in one of"
                f" {', '.join(suffixes(allowed))}, or add --format",
            )
        )
    if chosen not in allowed:
        known = say("、", ", ").join(each.value for each in allowed)
        raise OutputError(
            say(
                f"这个命令没有 {chosen.value} 格式；可用：{known}",
                f"this command has no format {chosen.value}; there are {known}",
            )
        )
    if target is None and chosen in PACKED and sys.stdout.isatty():
        raise OutputError(
            say(
                f"{chosen.value} 格式不能显示在屏幕上；写入文件，如 -o 结果.{chosen.value}",
                f"a screen can't show {chosen.value}; write it to a file, as"
                f" -o result.{chosen.value}",
            )
        )
    return chosen


def write_each(chosen: Sequence[Output], write: Callable[[Output], Write]) -> None:
    """Write a result to every place it goes to; one that fails does not keep it from the others.

    Raises:
        UnwrittenError: It could not be written everywhere.
        OutputError: Something was wrong with what it was to be written into.
    """
    failed: list[OutputError] = []
    for output in chosen:
        try:
            told = say(f"写入 {output.path}", f"writing {output.path}")
            with nullcontext() if output.path is None else ProgressDisplay(sys.stderr, told):
                output.write(write(output))
        except OutputError as error:
            failed.append(error)
    if failed:
        written_badly = all(isinstance(error, UnwrittenError) for error in failed)
        kind = UnwrittenError if written_badly else OutputError
        raise kind("\n".join(map(str, failed)))


def check_file(path: Path, *, force: bool) -> None:
    """Refuse a file that should not or cannot be written, before any work is done for it.

    Raises:
        OutputError: It is a folder, or exists already.
        UnwrittenError: It lies in a folder that does not exist, or can have no such name.
    """
    with could_write(path):
        is_folder = path.is_dir()
    if is_folder:
        raise OutputError(say(f"{path} 是文件夹", f"{path} is a folder"))
    if path.is_file() and not force:
        raise OutputError(
            say(
                f"{path} 已存在，没有覆盖；要覆盖请加 --force",
                f"{path} exists and was left alone; add --force to overwrite it",
            )
        )
    check_folder(path)


def spare_inputs(written: Iterable[Path], read: Iterable[Path]) -> None:
    """Refuse to write a result over what it is made of, even where files may be overwritten.

    Raises:
        OutputError: A file to be written is one of those to be read.
    """
    known = list(read)
    for path in written:
        for each in known:
            with suppress(OSError):  # one of them is not there
                if path.is_file() and path.samefile(each):
                    raise OutputError(
                        say(
                            f"{path} 是这次要读的文件，没有覆盖；结果换个文件名",
                            f"{path} is read by this command and was left alone; give the result"
                            " another name",
                        )
                    )


def check_folder(path: Path) -> None:
    """Refuse a file in a folder that is not there.

    Raises:
        UnwrittenError: It is not.
    """
    if path.parent.is_dir():
        return
    if path.parent.exists():
        raise UnwrittenError(
            say(
                f"{path.parent} 是文件，不是文件夹，里面写不了 {path.name}",
                f"{path.parent} is a file and no folder that could hold {path.name}",
            )
        )
    raise UnwrittenError(
        say(
            f"没有文件夹 {path.parent}；请先建立",
            f"there is no folder {path.parent}; make it first",
        )
    )


def _write_file(path: Path, write: Write, form: Format) -> None:
    encoding = _EXCEL_READS if form is Format.CSV else "utf-8"
    with _whole_file(path) as file:
        text = io.TextIOWrapper(file, encoding=encoding, newline="\n")
        write(cast("TextIO", Visible(text)))
        text.detach()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file that is no text.

    Raises:
        UnwrittenError: The file cannot be written.
    """
    with _whole_file(path) as file:
        file.write(content)


@contextmanager
def _whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write beside the file and rename, so that nobody ever sees half of it."""
    target = path.resolve()
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        with could_write(path), target.open("wb") as file:  # a pipe, a device
            yield file
        return
    with could_write(path), part_of(target) as part:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)


@contextmanager
def could_write(path: Path) -> Iterator[None]:
    """Say why a file cannot be written; whoever reads from a pipe may go at any time.

    Raises:
        UnwrittenError: It cannot be written.
    """
    try:
        yield
    except OSError as error:
        if is_gone(error):
            return
        if error.errno == errno.ENOENT:
            check_folder(path)
        from dabiao.intake.unreadable import explain_os

        why = explain_os(error) if error.errno is not None else str(error)
        told = say(f"不能写入 {path}：{why}", f"cannot write {path}: {why}")
        if error.errno in _HELD:
            told += say(
                "；若它正在 Excel 中打开，请先关闭", "; if it is open in Excel, close it first"
            )
        raise UnwrittenError(told) from error


def print_line(text: str) -> None:
    """Print a text that is a result."""
    write_stream(sys.stdout, lambda stream: stream.write(text.rstrip("\n") + "\n"))


def tell(text: str) -> None:
    """Tell somebody something that is not a result."""
    write_stream(sys.stderr, lambda stream: stream.write(text + "\n"))


def write_stream(stream: TextIO, write: Write, form: Format = Format.TABLE) -> None:
    """Write to a stream whose reader may go away at any time, which is not an error.

    Messages that nobody can be told change nothing of the result, nor of the exit code.

    Raises:
        UnwrittenError: It is the result, and could not be written.
    """
    if form is not Format.TABLE:
        use_utf8(stream, always=True)
    try:
        with quiet():
            write(cast("TextIO", Visible(stream)))
            stream.flush()
    except OSError as error:
        forsake(stream)
        if stream is not sys.stderr and not is_gone(error):
            raise _not_taken(error) from error


def _not_taken(error: OSError) -> UnwrittenError:
    from dabiao.intake.unreadable import explain_os

    if error.errno == errno.EBADF:
        why = say("标准输出已关闭", "standard output is closed")
    else:
        why = say("标准输出写不进去：", "standard output cannot be written to: ") + explain_os(
            error
        )
    return UnwrittenError(
        say(
            f"{why}，结果没有完整写出；用 -o 写入文件，或换个去处",
            f"{why}; the result was not written in full; use -o, or send it elsewhere",
        )
    )


_NEAREST = {"›": ">", "−": "-", "²": "2", "³": "3", "¥": "￥"}
"""What says the same where a code page lacks a character that we write."""


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Put the nearest character where a code page lacks one: a lost minus is another number."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(_NEAREST.get(each, "?") for each in lacking), error.end


codecs.register_error("dabiao.nearest", _nearest)


def use_utf8(stream: TextIO, *, always: bool) -> None:
    """Make a stream print every character, whatever code page it was opened with."""
    if hasattr(stream, "reconfigure"):
        if always:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        else:
            stream.reconfigure(errors="dabiao.nearest")
