"""The tables of a folder: one for each level, and 名录 where there is one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Generic, TypeVar

import polars as pl

from dabiao.engine.faults import EngineError
from dabiao.intake.names import TableKind, table_kind
from dabiao.intake.unreadable import Unreadable, empty, explain_os
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass

UNREADABLE = (pl.exceptions.PolarsError, OSError, ValueError, Unreadable)
"""What is raised by files that are damaged: Arrow's own faults are ValueErrors."""
SUFFIXES = (".parquet", ".csv", ".json")
ROSTER = "名录"
File = TypeVar("File")
"""A file as whoever reads it names it: a path, or what Hadoop knows of it."""


@dataclass(frozen=True, slots=True)
class RowTable(Generic[File]):
    """A table of a folder.

    Attributes:
        name: Its level, or 名录, in the word by which it is read as such; else what it is called.
        level: The level of its rows, where it is one's.
        files: The files.
        suffix: Their format, as a suffix.
    """

    name: str
    level: Level | None
    files: tuple[File, ...]
    suffix: str


def row_tables(folder: Path, *, mapped: bool = False) -> Sequence[RowTable[Path]]:
    """Find the tables of a folder of this machine.

    Args:
        folder: The folder.
        mapped: Whether a mapping tells what they are, whatever they are called.

    Raises:
        EngineError: There is none of either, or they are of several formats.
    """
    if not folder.is_dir():
        raise no_folder(folder, exists=folder.exists())
    tops = [top for top in folder.iterdir() if may_be_table(top.name, mapped=mapped)]
    inside = (top.rglob("*") if top.is_dir() else (top,) for top in tops)
    files: dict[PurePath, Path] = {
        path.relative_to(folder): path for of in inside for path in of if not path.is_dir()
    }
    return tables_among(folder, files, mapped=mapped)


def may_be_table(name: str, *, mapped: bool) -> bool:
    """Tell whether a file or folder of a folder of rows may be a table of it, by its name.

    Args:
        name: Its name.
        mapped: Whether a mapping tells what tables are, whatever they are called.
    """
    kind = table_kind(PurePath(name).stem)
    known = mapped or (kind is not None and kind is not TableKind.NOTES)
    return known and not name.startswith((".", "_"))


def no_folder(folder: Path | str, *, exists: bool) -> EngineError:
    """Say that what was named as a folder is none.

    Args:
        folder: What was named.
        exists: Whether there is something of that name.
    """
    if exists:
        return EngineError(say(f"{folder} 不是文件夹", f"{folder} is no folder"))
    return EngineError(
        say(f"没有文件夹 {folder}；检查路径", f"there is no folder {folder}; check the path")
    )


def tables_among(
    folder: Path | str, files: Mapping[PurePath, File], *, mapped: bool
) -> Sequence[RowTable[File]]:
    """Find the tables among files, each a file or a folder named after a level, or 名录.

    Args:
        folder: The folder that they lie in, as it was named.
        files: The files of what may be a table, by where they lie in the folder.
        mapped: Whether a mapping tells what they are, whatever they are called.

    Raises:
        EngineError: There is none, or they are of several formats.
    """
    tops: dict[str, list[PurePath]] = {}
    for path in sorted(files):
        if path.suffix in SUFFIXES and not _is_remark(path):
            tops.setdefault(path.parts[0], []).append(path)
    tables: list[RowTable[File]] = []
    suffixes: set[str] = set()
    for top, inside in tops.items():
        stem = PurePath(top).stem
        kind = table_kind(stem)
        formats = {path.suffix for path in inside}
        suffixes |= formats
        if len(formats) != 1:
            continue
        level = kind if isinstance(kind, Level) and not mapped else None
        name = stem if mapped else ROSTER if level is None else level.zh
        tables.append(RowTable(name, level, tuple(files[path] for path in inside), formats.pop()))
    twice = [each.name for at, each in enumerate(tables) if each.name in _names(tables[:at])]
    if twice:
        raise EngineError(
            say(
                f"{folder} 里有两张“{twice[0]}”表；请放进一个文件夹 {twice[0]}/",
                f"{folder} holds two tables of {twice[0]}; put the files into one folder"
                f" {twice[0]}/",
            )
        )
    if not tables or len(suffixes) != 1:
        raise EngineError(
            say(
                f"{folder} 里应有各层级的表，每张一个文件或文件夹（学校.parquet、班级/），"
                "都是 .parquet、.csv 或 .json（每行一条）中的一种",
                f"{folder} should hold a table for each level, a file or a folder of files"
                " (学校.parquet, 班级/), all of them .parquet, .csv or .json (one row a line)",
            )
        )
    return tables


def column_names(header: Sequence[str]) -> list[str]:
    """Name the columns of a delimited text by its header.

    Raises:
        Unreadable: Two columns are called alike.
    """
    names = [
        name.strip() or say(f"第{number}列", f"column {number}")
        for number, name in enumerate(header, 1)
    ]
    twice = next((name for name, count in Counter(names).items() if count > 1), None)
    if twice is not None:
        raise Unreadable(
            "duplicate-column",
            say(f"有两列都叫“{twice}”", f"two columns are called {twice}"),
            say("删去一列，或改名", "delete one, or call it otherwise"),
        )
    return names


def unread_file(file: object, error: Exception) -> str:
    """Say that a file cannot be read, and why.

    Args:
        file: The file, told by its name.
        error: One of ``UNREADABLE``.
    """
    why = _why(error)
    return say(f"{file} 读不了：{why}", f"{file} cannot be read: {why}")


def _why(error: Exception) -> str:
    """Say why a file cannot be read."""
    if isinstance(error, pl.exceptions.NoDataError):
        return empty().message
    if isinstance(error, Unreadable):
        return error.message
    if isinstance(error, OSError) and error.errno is not None:
        return explain_os(error)
    why = next(iter(str(error).splitlines()), "")
    return say(f"已损坏，或不是这种格式（{why}）", f"damaged, or of another format ({why})")


def _is_remark(path: PurePath) -> bool:
    """Tell whether a file holds no rows: what begins with . or _ is a remark of who wrote them."""
    return any(part.startswith((".", "_")) for part in path.parts)


def _names(tables: Sequence[RowTable[File]]) -> set[str]:
    return {table.name for table in tables}
