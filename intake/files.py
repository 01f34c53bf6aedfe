"""Which files are part of a submission."""

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from dabiao.intake.problem_log import ProblemLog
from dabiao.intake.unreadable import explain_os
from dabiao.schemas.facts import Facts
from dabiao.schemas.language import say
from dabiao.schemas.patterns import pattern
from dabiao.schemas.problem import FilePlace, InputError, Problem, Severity
from dabiao.schemas.record import dataclass

STDIN = "-"
WORKBOOKS = frozenset([".xlsx", ".xlsm", ".xltx", ".xltm"])
SPREADSHEETS = frozenset([".ods", ".ots"])
DELIMITED = frozenset([".csv", ".tsv"])
READ = WORKBOOKS | SPREADSHEETS | DELIMITED | {".json", ".parquet"}
REFUSED = frozenset([".xls", ".et", ".xlsb", ".fods", ".numbers", ".xlt", ".ett"])
_ARCHIVES = frozenset([".zip", ".7z", ".rar", ".tar", ".gz", ".tgz"])
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_OWN = pattern(r"(?i)file:(?://(?:localhost)?)?(/.*)")
_SILENT = frozenset(["thumbs.db", "desktop.ini"])
_ABOUT = frozenset(["readme", "读我", "自述", "license", "changelog"])
"""Names of files that tell of a folder, up to their first dot."""
_PROSE = frozenset([".md", ".txt", ".rst", ""])
"""Formats of text that no table is handed in as."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """A file of a submission.

    Attributes:
        file: Its path as the user gave it, with forward slashes.
        path: Where it is; meaningless for standard input.
    """

    file: str
    path: Path

    @property
    def suffix(self) -> str:
        """Its ending, in small letters; standard input is JSON."""
        return ".json" if self.file == STDIN else self.path.suffix.lower()


def is_address(path: Path | str) -> bool:
    """Tell whether something is named by an address (``hdfs://host/path``), not by a path."""
    return _ADDRESS.match(str(path)) is not None


def path_here(path: str) -> Path | None:
    """Give the path on this machine of what is named so; None of an address elsewhere."""
    if not is_address(path):
        return Path(path)
    own = _OWN.match(path)
    return None if own is None else Path(own[1])


def find_files(paths: Sequence[Path | str], noticed: ProblemLog) -> list[Submitted]:
    """Find the files of a submission, in order of path, each once.

    What Excel and file managers leave behind is skipped in silence; whatever else cannot be read
    is told.

    Args:
        paths: Files and folders; ``-`` is standard input.
        noticed: Takes down files that are missing or skipped.

    Raises:
        InputError: There is no file at all.
    """
    first = len(noticed.problems)
    files: dict[str, Submitted] = {}
    for given in paths:
        if str(given) == STDIN:
            files[STDIN] = Submitted(STDIN, Path(STDIN))
            continue
        if is_address(given):
            noticed.add(_elsewhere(str(given)))
            continue
        path = Path(given)
        if path.is_dir():
            candidates = list(_walk(path, noticed))
            kept = [file for file in candidates if _wanted(file, noticed)]
            if not candidates:
                noticed.add(_empty_folder(path))
        elif path.is_file():
            kept = [Submitted(_shown(path), path)] if _named(path, noticed) else []
        else:
            kept = []
            noticed.add(_no_such_file(path))
        for file in kept:
            files.setdefault(os.path.realpath(file.path), file)
    if not files:
        raise InputError(noticed.problems[first:] or [_nothing()])
    base = base_folder(paths)
    return sorted(files.values(), key=lambda file: within(base, file.file))


def base_folder(paths: Sequence[Path | str]) -> str | None:
    """Give the folder that a submission lies in: the innermost that holds all paths given.

    A folder that was given holds itself. None where there is no such folder.
    """
    files = [Path(path) for path in paths if str(path) != STDIN]
    folders = [_absolute(path if path.is_dir() else path.parent) for path in files]
    try:
        return os.path.commonpath(folders)
    except ValueError:  # nothing but standard input, or several drives
        return None


def _absolute(path: Path | str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links are not followed: names are what was given


def within(base: str | None, file: str) -> str:
    """Name a file as it lies in a folder, wherever that lies; others stay as they are."""
    if base is None or file == STDIN:
        return file
    path = PurePath(_absolute(file))
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else file


def hashes(paths: Sequence[Path | str]) -> dict[str, str]:
    """Hash the files of a submission, each by its name in it.

    Raises:
        InputError: There is no file at all.
    """
    base = base_folder(paths)
    files = find_files([path for path in paths if str(path) != STDIN], ProblemLog())
    return {within(base, each.file): file_hash(each.path) for each in files}


def file_hash(path: Path) -> str:
    """Give the SHA-256 of what stands in a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def named_within(facts: Facts, paths: Sequence[Path | str]) -> Facts:
    """Name all files of a submission as they lie in it, wherever that lies and whoever judges it.

    Args:
        facts: What was read.
        paths: The files and folders that were given.
    """
    base = base_folder(paths)
    names = {each.file: within(base, each.file) for each in facts.files}

    def renamed(problem: Problem) -> Problem:
        message = problem.message
        for file, name in names.items():
            message = message.replace(file, name) if file != name else message
        place = None if problem.file is None else within(base, problem.file)
        return replace(problem, file=place, message=message)

    return replace(
        facts,
        origins=[replace(each, file=within(base, each.file)) for each in facts.origins],
        files=[replace(each, file=within(base, each.file)) for each in facts.files],
        problems=[renamed(each) for each in facts.problems],
        notes=[renamed(each) for each in facts.notes],
    )


def _walk(folder: Path, noticed: ProblemLog) -> Iterator[Submitted]:
    def refuse(error: OSError) -> None:
        noticed.add(_unreadable_folder(error))

    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__MACOSX")))
        for name in folders:
            if Path(root, name).is_symlink():
                noticed.add(_linked_folder(Path(root, name)))
        for name in sorted(names):
            if not name.startswith((".", "~$")) and not _is_no_submission(name.lower()):
                path = Path(root, name)
                yield Submitted(_shown(path), path)


def _is_no_submission(name: str) -> bool:
    """Tell whether a file is surely none that somebody hands in: the system's, or a README.

    Only a text that is named so goes without a word; whatever else is not read is told of.
    """
    return name in _SILENT or (name.partition(".")[0] in _ABOUT and PurePath(name).suffix in _PROSE)


def _shown(path: PurePath) -> str:
    """Write a path with forward slashes, in characters that can be printed, unlike any other."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def _wanted(file: Submitted, noticed: ProblemLog) -> bool:
    """Tell whether a file of a folder is read, and say so if it is not."""
    if file.suffix in READ:
        if not file.path.is_file():
            noticed.add(_no_such_file(file.path))
            return False
        return True
    severity = Severity.ERROR if file.suffix in REFUSED else Severity.WARNING
    noticed.add(_not_read(file.file, file.suffix, severity))
    return False


def _named(path: Path, noticed: ProblemLog) -> bool:
    """Tell whether a file that was named is read, and say so if it is not."""
    if path.suffix.lower() in READ:
        return True
    noticed.add(_not_read(_shown(path), path.suffix.lower(), Severity.ERROR))
    return False


def _not_read(file: str, suffix: str, severity: Severity) -> Problem:
    if suffix in REFUSED:
        return FilePlace(file).problem(
            "old-workbook",
            say(f"不读取 {suffix} 格式的表格", f"tables in the format {suffix} are not read"),
            severity=severity,
            hint=say("用 Excel 或 WPS 打开后另存为 .xlsx", "open it and save it as .xlsx"),
        )
    return FilePlace(file).problem(
        "unknown-format",
        say("不是填报数据的格式，未读取", "not a format of submissions, not read"),
        severity=severity,
        expected=say("、", ", ").join(sorted(READ - WORKBOOKS - SPREADSHEETS | {".xlsx", ".ods"})),
        hint=say("解压后提交", "unpack it and send what is in it")
        if suffix in _ARCHIVES
        else say("其中若有数据，另存为 .xlsx 后提交", "if it holds data, save it as .xlsx"),
    )


def _no_such_file(path: Path) -> Problem:
    return FilePlace(_shown(path)).problem(
        "no-such-file",
        say("不是普通文件", "not an ordinary file")
        if path.exists()
        else say("没有这个文件或文件夹", "there is no such file or folder"),
        hint=say("检查路径", "check the path"),
    )


def _elsewhere(address: str) -> Problem:
    return FilePlace(address).problem(
        "no-such-file",
        say(
            "是地址，不是本机的文件或文件夹，未读取",
            "an address, not a file or folder of this machine, and not read",
        ),
        hint=say(
            "取到本机再检查；集群里的大批数据用 --engine spark --master …",
            "copy it here; for many rows in a cluster, use --engine spark --master …",
        ),
    )


def _linked_folder(path: Path) -> Problem:
    return FilePlace(_shown(path)).problem(
        "linked-folder",
        say("是链接到别处的文件夹，未读取", "a link to another folder, not read"),
        severity=Severity.WARNING,
        hint=say("需要的话，直接给出那个文件夹", "name that folder itself if it is needed"),
    )


def _empty_folder(path: Path) -> Problem:
    return FilePlace(_shown(path)).problem(
        "empty-folder",
        say("文件夹里没有填报数据", "the folder holds no submission"),
        expected=say("、", ", ").join(sorted(READ - WORKBOOKS - SPREADSHEETS | {".xlsx", ".ods"})),
        hint=say("把要检查的文件放进去", "put the files to be checked into it"),
    )


def _unreadable_folder(error: OSError) -> Problem:
    return FilePlace(_shown(Path(error.filename or ""))).problem(
        "file-unreadable",
        say(f"无法打开：{explain_os(error)}", f"cannot be opened: {explain_os(error)}"),
        hint=say("检查权限", "check the permissions"),
    )


def _nothing() -> Problem:
    return FilePlace(None).problem(
        "no-such-file",
        say("没有指定要检查的文件", "no file was given"),
        hint=say("给出文件或文件夹", "give a file or a folder"),
    )
