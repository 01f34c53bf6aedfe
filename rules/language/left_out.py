"""What was left out of a pack because of an error, so that nobody is told of the consequences."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import field

from dabiao.rules.language.draft import StepRow, StepTable
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.record import dataclass

_TAG = re.compile(r"[@＠]([\w-]+)")


@dataclass(slots=True)
class LeftOut:
    """What an error kept from being read, as far as its words can be told.

    Attributes:
        names: Names of measures.
        tags: Tags and slugs of rules, without ``@``.
        documents: Ids of documents.
    """

    names: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)

    def feature(self, text: str) -> None:
        """Leave out a whole feature: what stands in its tables may be names."""
        self.tags.update(_TAG.findall(text))
        for line in text.splitlines():
            if line.strip().startswith(("|", "｜")):
                self._add(cell.strip() for cell in re.split(r"[|｜]", line))

    def table(self, table: StepTable | None) -> None:
        """Leave out the table below a sentence that could not be read."""
        for row in table.rows if table is not None else ():
            self.row(row)

    def header(self, table: StepTable) -> None:
        """Leave out what stands in the first row of a table, which was to be its header."""
        self._add(cell.text.strip() for cell in table.header)

    def row(self, row: StepRow) -> None:
        """Leave out a line of a table, and what stands above it for headers."""
        self._add(cell.text.strip() for cell in row.header)
        self._add(cell.text.strip() for cell in row.cells.values())

    def add(self, other: "LeftOut") -> None:
        """Leave out what another left out too."""
        self.names |= other.names
        self.tags |= other.tags
        self.documents |= other.documents

    def _add(self, words: Iterable[str]) -> None:
        self.names.update(word for word in words if len(word) > 1)


def mentions(said: str, word: str, names: Collection[str]) -> bool:
    """Tell whether a fault at a word of a text comes of a name that was left out.

    Examples:
        >>> mentions("在校生数 / 教师数（女）", "教师数", {"教师数（女）"})
        True
        >>> mentions("在校生数 / 教师数", "在校生数", {"教师数"})
        False
    """
    plain, at = halfwidth(said), halfwidth(word).strip()
    return bool(at) and any(name in plain and (at in name or name in at) for name in _plain(names))


def _plain(names: Iterable[str]) -> Iterator[str]:
    return (halfwidth(name) for name in names)
