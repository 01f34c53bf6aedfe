"""The tables of a folder: one for each level, and 名录 where there is one."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class RowTable:
    """A table of a folder.

    Attributes:
        name: Its level, or 名录, in the word by which it is read as such; else what it is called.
        level: The level of its rows, where it is one's.
        path: The file, or the folder of files.
        files: The files.
        suffix: Their format, as a suffix.
    """

    name: str
    level: Level | None
    path: Path
    files: tuple[Path, ...]
    suffix: str


def row_tables(folder: Path, *, mapped: bool = False) -> Sequence[RowTable]:
    """Find the tables of a folder, each a file or a folder named after a level, or 名录.

    Args:
        folder: The folder.
        mapped: Whether a mapping tells what they are, whatever they are called.

    Raises:
        EngineError: There is none of either, or they are of several formats.
    """
    if not folder.is_dir():
        raise EngineError(
            say(
                f"没有文件夹 {folder}；检查路径" if not folder.exists() else f"{folder} 不是文件夹",
                f"there is no folder {folder}; check the path"
                if not folder.exists()
                else f"{folder} is no folder",
            )
        )
    found: list[RowTable] = []
    suffixes: set[str] = set()
    for path in sorted(folder.iterdir()):
        kind = table_kind(path.stem)
        other = kind is None or kind is TableKind.NOTES
        if path.name.startswith((".", "_")) or (other and not mapped):
            continue
        inside = [path] if path.is_file() else sorted(path.rglob("*"))
        files = tuple(each for each in inside if each.suffix in SUFFIXES and _counts(each, path))
        formats = {each.suffix for each in files}
        suffixes |= formats
        if len(formats) != 1:
            continue
        level = kind if isinstance(kind, Level) and not mapped else None
        name = path.stem if mapped else ROSTER if level is None else level.zh
        found.append(RowTable(name, level, path, files, formats.pop()))
    twice = [each.name for at, each in enumerate(found) if each.name in _names(found[:at])]
    if twice:
        raise EngineError(
            say(
                f"{folder} 里有两张“{twice[0]}”表；请放进一个文件夹 {twice[0]}/",
                f"{folder} holds two tables of {twice[0]}; put the files into one folder"
                f" {twice[0]}/",
            )
        )
    if not found or len(suffixes) != 1:
        raise EngineError(
            say(
                f"{folder} 里应有各层级的表，每张一个文件或文件夹（学校.parquet、班级/），"
                "都是 .parquet、.csv 或 .json（每行一条）中的一种",
                f"{folder} should hold a table for each level, a file or a folder of files"
                " (学校.parquet, 班级/), all of them .parquet, .csv or .json (one row a line)",
            )
        )
    return found


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


def unread_file(file: Path, error: Exception) -> str:
    """Say that a file cannot be read, and why.

    Args:
        file: The file.
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


def _counts(file: Path, table: Path) -> bool:
    """Tell whether a file holds rows: what begins with . or _ is a remark of who wrote them."""
    inside = file.relative_to(table).parts if file != table else ()
    return not any(part.startswith((".", "_")) for part in inside)


def _names(tables: Sequence[RowTable]) -> set[str]:
    return {table.name for table in tables}
