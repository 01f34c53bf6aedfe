"""Tables of files as they were read, kept for whoever looks at their cells once more."""

import os
from collections.abc import Sequence
from pathlib import Path

from dabiao.intake.formats.table import Table

_ROOM = 1 << 20
"""Bytes of all files whose tables are kept: those that people fill in; larger ones are opened
again."""


class KeptTables:
    """Keeps the tables of files, as long as there is room."""

    def __init__(self) -> None:
        self._tables: dict[str, Sequence[Table]] = {}
        self._room = _ROOM

    def has_room(self, path: Path) -> bool:
        """Take up the room of a file, if there is enough."""
        size = path.stat().st_size
        if size > self._room:
            return False
        self._room -= size
        return True

    def keep(self, path: Path, tables: Sequence[Table]) -> None:
        """Keep all tables of a file."""
        self._tables[_name(path)] = tables

    def of(self, path: Path) -> Sequence[Table] | None:
        """Give the tables of a file; None where they were not kept."""
        return self._tables.get(_name(path))


def _name(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - links are not followed
