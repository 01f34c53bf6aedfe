"""A sheet copied with the styles of some cells changed, and nothing else."""

from collections import deque
from typing import IO

from dabiao.reports.annotations.parts.markup import with_attributes, xml_attribute
from dabiao.reports.annotations.parts.stream import Copying
from dabiao.reports.annotations.parts.styles import Styles
from dabiao.reports.annotations.parts.survey import Marks, Survey, column_of
from dabiao.schemas.addresses import Area, areas, letters
from dabiao.schemas.problem import Severity

# What may follow a legacyDrawing in a sheet, in the order that the standard prescribes.
_AFTER = frozenset(["legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"])
_AFTER |= {"webPublishItems", "tableParts", "extLst", "AlternateContent"}
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TOP = 2


class Splicer:
    """Copies one sheet."""

    def __init__(
        self,
        marks: Marks,
        survey: Survey,
        styles: Styles,
        *,
        drawing: str | None = None,
        drop_drawing: bool = False,
    ) -> None:
        """Mark cells.

        Args:
            marks: Which cells, none of them hidden by merging.
            survey: What is known of the sheet.
            styles: The styles of the workbook.
            drawing: Id of a drawing of comments to refer to, where the sheet has none yet.
            drop_drawing: Whether the reference that it has is taken away.
        """
        self._marks, self._survey, self._styles = marks, survey, styles
        self._drawing, self._drop = drawing, drop_drawing
        self._rows = deque(sorted(marks))
        self._left: list[int] = []
        self._row = self._column = self._depth = self._row_style = 0
        self._row_prefix = self._cell_prefix = ""
        self._sealed = self._behind = self._dropping = False

    def copy(self, source: IO[bytes], target: IO[bytes]) -> None:
        """Copy the sheet."""
        self._copying = Copying(source, target, self._start, self._end)
        self._copying.run()

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if tag == "v":
            return
        prefix, colon, name = tag.rpartition(":")
        match name:
            case "c" if self._row:
                self._cell(prefix + colon, attributes)
            case "row" if not self._behind:
                self._open_row(prefix + colon, attributes)
            case "col":
                self._restyle("style", attributes)
            case "sheetData" if self._depth == _TOP:
                self._open_cells(prefix + colon)
            case "dimension" if self._rows:
                self._widen(attributes.get("ref", ""))
            case "legacyDrawing" if self._depth == _TOP and self._drop:
                self._dropping = not self._closes_itself
                self._copying.replace(b"")
            case _ if self._depth == _TOP and self._behind and name in _AFTER:
                self._draw(prefix + colon if name != "AlternateContent" else self._row_prefix)

    def _end(self, tag: str) -> None:
        self._depth -= 1
        if tag in {"v", "c"}:
            return
        prefix, colon, name = tag.rpartition(":")
        if name == "row" and self._row:
            if not self._sealed:
                self._insert_cells(None)
            self._sealed = False
        elif name == "sheetData":
            if not self._sealed:
                self._insert_rows(None)
            self._row, self._behind, self._sealed = 0, True, False
        elif name == "legacyDrawing" and self._dropping:
            self._dropping = False
            self._copying.replace(b"")
        elif not self._depth:
            self._draw(prefix + colon)

    @property
    def _closes_itself(self) -> bool:
        return self._copying.tag.endswith(b"/>")

    def _widen(self, reference: str) -> None:
        """Let the stated size of the sheet cover the marks."""
        known = areas(reference)
        if len(known) != 1 or not known[0].left:
            return
        columns = [column for row in self._marks.values() for column in row]
        area = known[0]
        wide = Area(
            min(area.left, *columns),
            min(area.top, self._rows[0]),
            max(area.right, *columns),
            max(area.bottom, self._rows[-1]),
        )
        if wide != area:
            self._copying.replace(with_attributes(self._copying.tag, {"ref": str(wide)}))

    def _open_cells(self, prefix: str) -> None:
        self._row_prefix = self._cell_prefix = prefix
        if self._closes_itself and self._rows:
            name = f"{prefix}sheetData"
            rows = b"".join(self._new_row(row) for row in self._rows)
            opening = self._copying.tag[:-2].rstrip() + b">"
            self._copying.replace(opening + rows + f"</{name}>".encode())
            self._rows.clear()
            self._sealed = True

    def _open_row(self, prefix: str, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0
        self._row_prefix = self._cell_prefix = prefix
        own = attributes.get("customFormat") in {"1", "true"}
        self._row_style = int(attributes.get("s", "0")) if own else -1
        self._insert_rows(self._row)
        self._left = sorted(self._marks.get(self._row, ()))
        if self._rows and self._rows[0] == self._row:
            self._rows.popleft()
        changes: dict[str, str | None] = {}
        if own and self._styles.restore(self._row_style) != self._row_style:
            changes["s"] = str(self._styles.restore(self._row_style))
        spans = attributes.get("spans", "").split(":")
        if self._left and len(spans) == 2 and all(map(str.isdigit, spans)):  # noqa: PLR2004 - first, last
            first, last = min(int(spans[0]), *self._left), max(int(spans[1]), *self._left)
            if [str(first), str(last)] != spans:
                changes["spans"] = f"{first}:{last}"
        tag = with_attributes(self._copying.tag, changes) if changes else self._copying.tag
        if self._left and tag.endswith(b"/>"):
            cells = b"".join(self._new_cell(self._row, column) for column in self._left)
            closing = f"</{prefix}row>".encode()
            self._copying.replace(tag[:-2].rstrip() + b">" + cells + closing)
            self._left, self._sealed = [], True
        elif changes:
            self._copying.replace(tag)

    def _cell(self, prefix: str, attributes: dict[str, str]) -> None:
        self._cell_prefix = prefix
        self._column = column_of(attributes.get("r"), self._column)
        self._insert_cells(self._column)
        severity = None
        if self._left and self._left[0] == self._column:
            severity = self._marks[self._row][self._left.pop(0)]
        self._restyle("s", attributes, severity)

    def _restyle(
        self, name: str, attributes: dict[str, str], severity: Severity | None = None
    ) -> None:
        style = int(attributes.get(name, "0"))
        new = self._style(style, severity)
        if new != style:
            self._copying.replace(with_attributes(self._copying.tag, {name: str(new)}))

    def _style(self, style: int, severity: Severity | None) -> int:
        """Take an old mark away, and put a new one on."""
        before = self._styles.restore(style)
        return before if severity is None else self._styles.mark(before, severity)

    def _insert_rows(self, before: int | None) -> None:
        new = b""
        while self._rows and (before is None or self._rows[0] < before):
            new += self._new_row(self._rows.popleft())
        if new:
            self._copying.insert(new)

    def _insert_cells(self, before: int | None) -> None:
        new = b""
        while self._left and (before is None or self._left[0] < before):
            new += self._new_cell(self._row, self._left.pop(0))
        if new:
            self._copying.insert(new)

    def _new_row(self, row: int) -> bytes:
        self._row_style = -1
        prefix = self._row_prefix
        cells = b"".join(self._new_cell(row, column) for column in sorted(self._marks[row]))
        return f'<{prefix}row r="{row}">'.encode() + cells + f"</{prefix}row>".encode()

    def _new_cell(self, row: int, column: int) -> bytes:
        inherited = self._survey.style_of(column) if self._row_style < 0 else self._row_style
        style = self._style(inherited, self._marks[row][column])
        return f'<{self._cell_prefix}c r="{letters(column - 1)}{row}" s="{style}"/>'.encode()

    def _draw(self, prefix: str) -> None:
        if self._drawing is None:
            return
        name = xml_attribute(self._drawing).decode()
        tag = f'<{prefix}legacyDrawing xmlns:r="{_RELATIONS}" r:id={name}/>'
        self._copying.insert(tag.encode())
        self._drawing = None
