"""The log of what was received when: each file, its first version and its last."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from dabiao.intake.cells.unusable import shown
from dabiao.intake.formats.lists import read_list
from dabiao.intake.names import plain
from dabiao.schemas.days import day_in
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
        hint = say(
            "这应是 --log 写出的文件；换一个文件名，或照它的表头改",
            "it should be a file that --log wrote; name another file, or give it its headers",
        )
        place = FilePlace(path.as_posix(), records[0].line)
        raise InputError([place.problem("column-missing", told, hint)])
    return _receipts(path, [(each.line, each.fields) for each in records[1:]], columns)


def _receipts(
    path: Path, rows: Iterable[tuple[int, list[str]]], columns: dict[str | None, int]
) -> list[Receipt]:
    receipts: dict[str, Receipt] = {}
    problems: list[Problem] = []
    for line, row in rows:
        cells = {
            field: row[at].strip().removeprefix("'") if (at := columns[field]) < len(row) else ""
            for field in LOG_COLUMNS
        }
        wrong = _wrong(cells, receipts)
        if wrong is not None:
            problems.append(FilePlace(path.as_posix(), line).problem(*wrong))
            continue
        read = (day_in(cells[each]) for each in ("first", "last"))
        first, last = (each for each in read if each is not None)
        receipts[cells["file"]] = Receipt(
            cells["file"],
            first,
            cells["first_hash"],
            last,
            cells["last_hash"],
            int(cells["versions"]),
        )
    if problems:
        raise InputError(problems)
    return list(receipts.values())


def _wrong(cells: dict[str, str], known: Collection[str]) -> tuple[str, str, str] | None:
    """Say what is wrong with a line of the log, as code, message and hint; None for nothing."""

    def told(code: str, field: str, zh: str, en: str) -> tuple[str, str, str]:
        text = shown(cells[field])
        name = say(*LOG_COLUMNS[field])
        hint = say(
            f"改成{zh}；不知道的，删去这一行，下次当作新收到的登记",
            f"give {en}; if nobody knows, delete the line: the file is logged anew when it comes",
        )
        return code, say(f"“{name}”是{text}，不是{zh}", f"{name!r} is {text}, not {en}"), hint

    for field in ("first", "last"):
        if day_in(cells[field]) is None:
            return told("bad-date", field, "日期，如 2025-11-20", "a day, such as 2025-11-20")
    count = cells["versions"]
    if not (count.isdecimal() and int(count)):
        return told("bad-value", "versions", "不小于 1 的整数", "a whole number, 1 or more")
    if not cells["file"] or not cells["first_hash"] or not cells["last_hash"]:
        blank = next(each for each in ("file", "first_hash", "last_hash") if not cells[each])
        return told("bad-value", blank, "--log 写出的内容", "what --log wrote")
    if cells["file"] in known:
        what = say(f"{cells['file']} 登记了两次", f"{cells['file']} is logged twice")
        return "listed-twice", what, say("只留一行", "keep one of the lines")
    return None


def _field(header: str) -> str | None:
    wanted = plain(header)
    names = {plain(name): field for field, both in LOG_COLUMNS.items() for name in both}
    return names.get(wanted)
