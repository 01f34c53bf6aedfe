"""The log of what was received when: each file, its first version and its last."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from dabiao.intake.formats.lists import read_list
from dabiao.intake.names import plain
from dabiao.schemas.facts import FactFile
from dabiao.schemas.language import say
from dabiao.schemas.problem import FilePlace, InputError, Problem
from dabiao.schemas.record import dataclass

LOG_COLUMNS = {
    "file": ("文件", "file"),
    "first": ("首次收到", "first received"),
    "first_hash": ("首次哈希", "first hash"),
    "last": ("最近收到", "last received"),
    "last_hash": ("最近哈希", "last hash"),
    "versions": ("版本数", "versions"),
}
"""Field of a receipt to the header of its column in both languages."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file that was received, perhaps several times.

    Attributes:
        file: What it is called, without the folder that all files lie in.
        first: On which day it first came.
        first_hash: SHA-256 of what came then.
        last: On which day it last came with another content.
        last_hash: SHA-256 of that.
        versions: How many contents there were.
    """

    file: str
    first: datetime.date
    first_hash: str
    last: datetime.date
    last_hash: str
    versions: int = 1


def received(
    files: Sequence[FactFile], known: Iterable[Receipt], today: datetime.date
) -> tuple[dict[str, Receipt], list[Receipt]]:
    """Take down what was received today.

    Args:
        files: The files of a submission.
        known: What was received before.
        today: The day.

    Returns:
        File, as the user named it, to its receipt; and the log, in order of file.
    """
    log = {each.file: each for each in known}
    found: dict[str, Receipt] = {}
    for file, name in _called([each.file for each in files]).items():
        sha256 = next(each.sha256 for each in files if each.file == file)
        old = log.get(name)
        if old is None:
            log[name] = Receipt(name, today, sha256, today, sha256)
        elif old.last_hash != sha256:
            log[name] = replace(old, last=today, last_hash=sha256, versions=old.versions + 1)
        found[file] = log[name]
    return found, sorted(log.values(), key=lambda each: each.file)


def _called(files: Sequence[str]) -> dict[str, str]:
    """Name files by as much of the end of their paths as tells them apart."""
    parts = {file: PurePath(file).parts for file in files}
    longest = max(map(len, parts.values()), default=0)
    for size in range(1, longest + 1):
        named = {file: "/".join(each[-size:]) for file, each in parts.items()}
        if len(set(named.values())) == len(files):
            return named
    return {file: file for file in files}


def read_receipts(path: Path) -> list[Receipt]:
    """Read a log; nothing if there is no such file yet.

    Raises:
        InputError: It cannot be read, or is something else.
    """
    if not path.exists():
        return []
    headers = [name for names in LOG_COLUMNS.values() for name in names]
    records = read_list(path, headers, LOG_COLUMNS["first"][:1])
    columns = {_field(cell): at for at, cell in enumerate(records[0].fields)}
    lacking = [say(*names) for field, names in LOG_COLUMNS.items() if field not in columns]
    if lacking:
        listed = say("、", ", ").join(lacking)
        told = say(f"没有这些列：{listed}", f"it lacks the columns {listed}")
        hint = say("这应是 --log 写出的文件", "it should be a file that --log wrote")
        place = FilePlace(path.as_posix(), records[0].line)
        raise InputError([place.problem("column-missing", told, hint)])
    return _receipts(path, [(each.line, each.fields) for each in records[1:]], columns)


def _receipts(
    path: Path, rows: Iterable[tuple[int, list[str]]], columns: dict[str | None, int]
) -> list[Receipt]:
    found: list[Receipt] = []
    problems: list[Problem] = []
    for line, row in rows:
        cells = {field: row[columns[field]].strip().removeprefix("'") for field in LOG_COLUMNS}
        try:
            found.append(
                Receipt(
                    cells["file"],
                    day(cells["first"]),
                    cells["first_hash"],
                    day(cells["last"]),
                    cells["last_hash"],
                    int(cells["versions"]),
                )
            )
        except ValueError:
            told = say("日期或版本数看不懂", "its dates or versions are not understood")
            hint = say("日期写成 2025-11-20", "write dates like 2025-11-20")
            problems.append(FilePlace(path.as_posix(), line).problem("bad-date", told, hint))
    if problems:
        raise InputError(problems)
    return found


def day(text: str) -> datetime.date:
    """Read a day, as spreadsheets may have written it again.

    Raises:
        ValueError: It is none.

    Examples:
        >>> day("2025-11-20") == day("2025/11/20")
        True
    """
    year, month, number = text.strip().replace("/", "-").split("-")
    return datetime.date(int(year), int(month), int(number))


def _field(header: str) -> str | None:
    wanted = plain(header)
    names = {plain(name): field for field, both in LOG_COLUMNS.items() for name in both}
    return names.get(wanted)
