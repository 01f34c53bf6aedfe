"""Files that are written beside what they replace: one that is whole, or several that go together.

Nobody ever sees half of a file. What a write that was killed left behind is removed by the next one
into the same folder; it is known by its name, which tells the machine and the process.
"""

import hashlib
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dabiao.schemas.language import say
from dabiao.schemas.patterns import pattern

UNFINISHED: set[Path] = set()
"""What is being written now; whoever ends the program at once removes it."""
_HOST = hashlib.sha256(platform.node().encode("utf-8", "replace")).hexdigest()[:8]
_LEFT = pattern(rf"\.dabiao-[0-9a-f]{{12}}-{_HOST}-(?P<process>\d+)\.part")


@contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """Give a place beside a file to write it at; what is there in the end is removed."""
    clear_left(target.parent)
    name = hashlib.sha256(target.name.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    part = target.with_name(f".dabiao-{name}-{_HOST}-{os.getpid()}.part")
    UNFINISHED.add(part)
    try:
        yield part
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        UNFINISHED.discard(part)


def clear_left(folder: Path) -> None:
    """Remove what processes that no longer run left in a folder."""
    with suppress(OSError):
        for path in folder.glob(".dabiao-*.part"):
            found = _LEFT.fullmatch(path.name)
            if found is not None and not _runs(int(found["process"])):
                path.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    """Tell whether a process runs; where that cannot be asked without harm, it does."""
    if os.name == "nt" or process == os.getpid():
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


class FileSet:
    """Several files that appear together: each is written beside its place first.

    While they take their places, a file in the folder says that the set is not whole; it stays if
    the program is killed just then, and goes with the next set that is.
    """

    def __init__(self, folder: Path) -> None:
        """Begin a set in a folder, which is made when the first file needs it."""
        self.folder = folder
        self._parts: dict[Path, Path] = {}

    def place(self, target: Path) -> Path:
        """Give a place beside a file to write it at."""
        target.parent.mkdir(parents=True, exist_ok=True)
        clear_left(target.parent)
        number = len(self._parts)
        name = hashlib.sha256(f"{number} {target.name}".encode("utf-8", "surrogateescape"))
        part = target.with_name(f".dabiao-{name.hexdigest()[:12]}-{_HOST}-{os.getpid()}.part")
        self._parts[target] = part
        UNFINISHED.add(part)
        return part

    def put(self) -> None:
        """Let all files that were written take their places."""
        written = {target: part for target, part in self._parts.items() if part.exists()}
        sign = self.folder / _sign()
        if len(written) > 1:
            sign.write_text(_warning(), "utf-8")
        for target, part in written.items():
            part.replace(target)
            UNFINISHED.discard(part)
        for language in _SIGNS:
            (self.folder / language).unlink(missing_ok=True)

    def drop(self) -> None:
        """Remove whatever has not taken its place."""
        for part in self._parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
            UNFINISHED.discard(part)


_SIGNS = ("未写完.txt", "NOT-COMPLETE.txt")


def _sign() -> str:
    return say(*_SIGNS)


def _warning() -> str:
    return say(
        "这个文件夹里的文件没有写全：程序在写入时中断了。请重新运行命令，加 --force。\n",
        "The files in this folder are not complete: the program was stopped while they were put"
        " in place. Run the command again with --force.\n",
    )


@contextmanager
def file_set(folder: Path) -> Iterator[FileSet]:
    """Write a set of files; all of them appear, or none where something goes wrong before."""
    files = FileSet(folder)
    try:
        yield files
        files.put()
    finally:
        files.drop()
