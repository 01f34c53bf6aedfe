"""What has to be known of a sheet before it can be marked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import IO

from dabiao.reports.annotations.parts.stream import Copying
from dabiao.schemas.addresses import Area, areas, position_of
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass

CellAt = tuple[int, int]
"""Row and column, from 1; a column of 0 means the first cell of the row."""
Marks = Mapping[int, Mapping[int, Severity]]
"""Row to column to how grave it is."""
_NORMAL_WIDTH = 9.0


@dataclass(frozen=True, slots=True)
class Width:
    """Some columns of a sheet, their width in characters and their style."""

    first: int
    last: int
    width: float
    style: int


@dataclass(slots=True)
class Survey:
    """What a sheet says of its columns, rows and merged cells.

    Attributes:
        widths: Its columns, where they are not as usual.
        merged: Merged cells.
        legacy: The id by which it refers to the drawing of its comments.
        first: Row to its first column, of the rows asked for.
    """

    widths: list[Width] = field(default_factory=list)
    usual: float = _NORMAL_WIDTH
    merged: list[Area] = field(default_factory=list)
    legacy: str | None = None
    first: dict[int, int] = field(default_factory=dict)

    def style_of(self, column: int) -> int:
        """Give the style of a column."""
        return next((w.style for w in self.widths if w.first <= column <= w.last), 0)

    def width_of(self, column: int) -> float:
        """Give the width of a column, in characters."""
        return next((w.width for w in self.widths if w.first <= column <= w.last), self.usual)

    def anchored(self, cells: Iterable[CellAt]) -> Iterator[CellAt]:
        """Give the cell in which each can be marked: what is merged shows its first cell only."""
        wanted = [(row, column or self.first.get(row, 1)) for row, column in cells]
        moved: dict[CellAt, CellAt] = {}
        rows: dict[int, set[int]] = {}
        for row, column in wanted:
            rows.setdefault(row, set()).add(column)
        for area in self.merged:
            few = min(area.bottom - area.top + 1, len(rows))
            lines = range(area.top, area.bottom + 1) if few < len(rows) else list(rows)
            for row in lines:
                if area.top <= row <= area.bottom:
                    for column in rows.get(row, ()):
                        if area.left <= column <= area.right:
                            moved[row, column] = (area.top, area.left)
        return (moved.get(cell, cell) for cell in wanted)


def survey(source: IO[bytes], rows: set[int]) -> Survey:
    """Look through a sheet.

    Args:
        source: The part.
        rows: Rows whose first cell is asked for.
    """
    surveyed = Survey()
    row = 0
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal row, depth
        depth += 1
        match tag.rpartition(":")[2]:
            case "row":
                row = int(attributes.get("r", row + 1))
            case "c" if row in rows and row not in surveyed.first:
                surveyed.first[row] = column_of(attributes.get("r"), 0)
            case "sheetFormatPr":
                surveyed.usual = float(attributes.get("defaultColWidth", _NORMAL_WIDTH))
            case "col":
                surveyed.widths.append(_width(attributes))
            case "mergeCell":
                surveyed.merged.extend(areas(attributes.get("ref", "")))
            case "legacyDrawing" if depth == 2:  # noqa: PLR2004 - directly in the sheet
                ids = (v for k, v in attributes.items() if k.rpartition(":")[2] == "id")
                surveyed.legacy = next(ids, None)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    Copying(source, None, start, end).run()
    return surveyed


def _width(attributes: Mapping[str, str]) -> Width:
    hidden = attributes.get("hidden") in {"1", "true"}
    return Width(
        int(attributes.get("min", "1")),
        int(attributes.get("max", "1")),
        0.0 if hidden else float(attributes.get("width", _NORMAL_WIDTH)),
        int(attributes.get("style", "0")),
    )


def column_of(reference: str | None, before: int) -> int:
    """Tell the column of a cell by its address, or as the one after ``before``."""
    if reference is None:
        return before + 1
    return position_of(reference.rstrip("0123456789"))
