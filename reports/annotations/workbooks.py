"""A workbook given back: marked where something is wrong, and otherwise as it was."""

import errno
import re
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path

from dabiao.intake.formats.xlsx.book import DAMAGE, open_workbook
from dabiao.intake.formats.xlsx.sheet import read_sheet
from dabiao.intake.limits import Limits
from dabiao.intake.unreadable import Unreadable, damaged, explain
from dabiao.reports.annotations.marks import FileMarks, Mark
from dabiao.reports.annotations.parts.comments import merge_comments
from dabiao.reports.annotations.parts.markup import (
    Element,
    Unpatchable,
    appended,
    read_markup,
    spliced,
    xml_attribute,
    xml_text,
)
from dabiao.reports.annotations.parts.package import Package, PartRelation
from dabiao.reports.annotations.parts.shapes import (
    ShapeNumbers,
    has_shapes,
    with_shapes,
    without_shapes,
)
from dabiao.reports.annotations.parts.splice import Splicer
from dabiao.reports.annotations.parts.styles import COLOURS, Styles
from dabiao.reports.annotations.parts.survey import CellAt, Survey, survey
from dabiao.reports.annotations.summary import (
    HEADER_ROW,
    MEMORY_COLUMN,
    SUMMARY,
    lines,
    quoted,
    remembered,
    summary_name,
    summary_part,
)
from dabiao.schemas.addresses import areas, letters
from dabiao.schemas.language import say
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NO_ROOM = frozenset([errno.ENOSPC, errno.EACCES, errno.EPERM, errno.EROFS])
_MOST_COMMENTS = 20_000
"""Comments in one sheet; cells beyond them are coloured only."""
_BEFORE_NAMES = ("externalReferences", "functionGroups")
"""What a workbook may have between its sheets and its names, the last first."""


def annotate_workbook(source: Path, target: Path, marks: FileMarks, limits: Limits) -> None:
    """Write a workbook with marks; old marks of ours are taken away first.

    Args:
        source: The workbook.
        target: Where to write it.
        marks: What is wrong with it.
        limits: How much is read.

    Raises:
        Unpatchable: It cannot be given back so, and why.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            annotation = _Annotation(Package(archive, limits), marks)
            if annotation.prepare():
                annotation.package.save(target)
            else:
                shutil.copyfile(source, target)
    except Unreadable as problem:
        raise Unpatchable(problem.message) from None
    except DAMAGE as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            raise
        raise Unpatchable(damaged(explain(error)).message) from None


@dataclass(slots=True)
class _Sheet:
    """A sheet on its way: what is to be marked in it, and its comments."""

    part: str
    marks: Mapping[CellAt, Mark]
    survey: Survey
    comments: PartRelation | None = None
    drawing: PartRelation | None = None
    boxes: bytes | None = None
    added: list[CellAt] = field(default_factory=list)


@dataclass
class _Annotation:
    """One workbook that is being marked."""

    package: Package
    marks: FileMarks
    _numbers: ShapeNumbers = field(default_factory=ShapeNumbers)

    def prepare(self) -> bool:
        """Make every change but those that are made in copying; tell whether there is any."""
        self._workbook = self._find_workbook()
        self._data = self.package.read(self._workbook)
        self._root = read_markup(self._data)
        if any("purl.oclc.org" in value for value in self._root.attributes.values()):
            raise _strict()
        relations = self.package.relations(self._workbook)
        self._sheets = list(self._find_sheets(relations))
        self._summary, memory = self._find_summary()
        styles = next((r.part for r in relations if r.kind == "styles"), None)
        old = self.package.read(styles) if styles is not None else None
        self._styles = Styles(remembered=memory) if old is None else Styles(old, memory)
        coloured = old is not None and any(c.encode() in old for c in COLOURS.values())
        touched = [
            sheet
            for name, part, _ in self._sheets
            if (self._summary is None or part != self._summary[1])
            and (sheet := self._touch(name, part, coloured=coloured)) is not None
        ]
        if not (touched or self._summary or self.marks.entries):
            return False
        for part in self.package.parts(".vml"):
            self._numbers.avoid(self.package.read(part))
        for sheet in touched:
            self._rewrite(sheet)
        if self._summary or self.marks.entries:
            self._write_summary()
        self._write_styles(styles)
        return True

    def _find_workbook(self) -> str:
        for relation in self.package.relations(""):
            if relation.kind == "officeDocument":
                if relation.strict:
                    raise _strict()
                return relation.part
        return "xl/workbook.xml"

    def _find_sheets(self, relations: list[PartRelation]) -> list[tuple[str, str, Element]]:
        """Give name, part and element of each sheet of cells."""
        parts = {r.id: r.part for r in relations if r.kind == "worksheet"}
        listed = self._root.child("sheets")
        sheets = list(listed.all("sheet")) if listed is not None else []
        return [
            (sheet.attributes.get("name", ""), parts[name], sheet)
            for sheet in sheets
            if (name := sheet.attribute("id")) in parts
        ]

    def _find_summary(self) -> tuple[tuple[str, str] | None, dict[int, int]]:
        """Find the list of problems that we wrote before, and what it remembers."""
        for name, part, _ in self._sheets:
            if SUMMARY.fullmatch(name):
                book = open_workbook(self.package.archive, self.package.limits)
                table = read_sheet(book, part, "", name, hidden=False)
                first = table.head[0][1] if table.head else {}
                text = first.get(MEMORY_COLUMN - 1)
                memory = remembered(text) if isinstance(text, str) else None
                if memory is not None:
                    return (name, part), memory
        return None, {}

    def _touch(self, name: str, part: str, *, coloured: bool) -> _Sheet | None:
        """Put the comments of a sheet in order; None if nothing of the sheet is to be changed."""
        wanted = self.marks.sheets.get(name, {})
        relations = {relation.id: relation for relation in self.package.relations(part)}
        comments = next((r for r in relations.values() if r.kind == "comments"), None)
        old = self.package.read(comments.part) if comments is not None else None
        # Whether any comment is ours shows only when they are read; most sheets have none at all.
        if not wanted and not coloured and old is None:
            return None
        with self.package.open(part) as source:
            found = survey(source, {row for row, column in wanted if not column})
        marks: dict[CellAt, Mark] = {}
        for cell, mark in zip(found.anchored(wanted), wanted.values(), strict=True):
            marks[cell] = marks[cell].joined(mark) if cell in marks else mark
        sheet = _Sheet(part, marks, found, comments, relations.get(found.legacy or ""))
        if sheet.drawing is not None:
            sheet.boxes = self.package.read(sheet.drawing.part)
        changed = self._comment(sheet, old)
        return sheet if changed or wanted or coloured else None

    def _comment(self, sheet: _Sheet, old: bytes | None) -> bool:
        """Change the comments of a sheet and take the boxes of old ones away."""
        told = sorted(sheet.marks)[:_MOST_COMMENTS]
        notes = {
            f"{letters(column - 1)}{row}": sheet.marks[row, column].note for row, column in told
        }
        if old is None and not notes:
            return False
        done = merge_comments(old, notes)
        if done.data == old:
            return False
        sheet.added = [_cell(reference) for reference in done.added]
        if sheet.boxes is not None:
            sheet.boxes = without_shapes(sheet.boxes, {_cell(each) for each in done.removed})
            if sheet.drawing is not None:
                self.package.write(sheet.drawing.part, sheet.boxes)
        if done.data is None:
            if sheet.comments is not None:
                self.package.remove(sheet.comments.part)
                self.package.unrelate(sheet.part, sheet.comments.id)
        elif sheet.comments is not None:
            self.package.write(sheet.comments.part, done.data)
        else:
            part = self.package.unused("xl/comments{}.xml")
            self.package.write(part, done.data)
            self.package.set_type(part, f"{_TYPE}comments+xml")
            self.package.relate(sheet.part, "comments", part)
        return True

    def _rewrite(self, sheet: _Sheet) -> None:
        """Let a sheet be copied with its marks, and its comments have their boxes."""
        drawing, drop = None, False
        if sheet.added:
            boxes = with_shapes(sheet.boxes, sheet.added, self._numbers, sheet.survey.width_of)
            if boxes is None:
                raise Unpatchable(
                    say("批注的图形无法识别", "the drawing of its comments is not understood")
                )
            if sheet.drawing is not None:
                self.package.write(sheet.drawing.part, boxes)
            else:
                part = self.package.unused("xl/drawings/vmlDrawing{}.vml")
                self.package.write(part, boxes)
                self.package.set_type(part, _DRAWING)
                drawing = self.package.relate(sheet.part, "vmlDrawing", part)
        elif sheet.boxes is not None and sheet.drawing is not None and not has_shapes(sheet.boxes):
            self.package.remove(sheet.drawing.part)
            self.package.unrelate(sheet.part, sheet.drawing.id)
            drop = True
        rows: dict[int, dict[int, Severity]] = {}
        for (row, column), mark in sheet.marks.items():
            rows.setdefault(row, {})[column] = mark.severity
        self.package.rewrite(
            sheet.part,
            Splicer(rows, sheet.survey, self._styles, drawing=drawing, drop_drawing=drop).copy,
        )

    def _write_summary(self) -> None:
        """Write the list of problems: in place of the old one, else as the last sheet."""
        if self._summary is not None:
            part = self._summary[1]
            for relation in self.package.relations(part):
                self.package.unrelate(part, relation.id)
        else:
            part = self.package.unused("xl/worksheets/sheet{}.xml")
            self.package.set_type(part, f"{_TYPE}worksheet+xml")
            self._list_sheet(self.package.relate(self._workbook, "worksheet", part))
        views = self._root.child("bookViews")
        viewed = views is not None and views.child("workbookView") is not None
        told = lines(self.marks.entries, self.marks.explained)
        self.package.write_late(part, lambda: summary_part(told, self._styles, viewed=viewed))

    def _list_sheet(self, relation: str) -> None:
        listed = self._root.child("sheets")
        if listed is None:
            raise Unpatchable(say("工作簿没有工作表", "the workbook has no sheets"))
        sheets = list(listed.all("sheet"))
        name = summary_name([sheet.attributes.get("name", "") for sheet in sheets])
        number = max((int(sheet.attributes.get("sheetId", "0")) for sheet in sheets), default=0)
        key = next((k for s in sheets for k in s.attributes if k.endswith(":id")), None)
        if key is None:
            raise Unpatchable(say("工作簿没有工作表", "the workbook has no sheets"))
        prefix = key.partition(":")[0]
        local = {k: v for s in sheets for k, v in s.attributes.items() if k == f"xmlns:{prefix}"}
        space = "".join(f' {k}="{v}"' for k, v in local.items())
        new = (
            f"<{listed.prefix}sheet{space} name=".encode()
            + xml_attribute(name)
            + f' sheetId="{number + 1}" {key}="{relation}"/>'.encode()
        )
        titles = _print_titles(name, len(sheets))
        named = self._root.child("definedNames")
        edits = [appended(self._data, listed, new)]
        if named is not None:
            edits.append(appended(self._data, named, _prefixed(titles, named.prefix)))
        else:
            whole = b"<definedNames>" + titles + b"</definedNames>"
            before = (self._root.child(each) for each in _BEFORE_NAMES)
            last = next((each for each in before if each is not None), listed)
            edits.append((last.end, last.end, _prefixed(whole, listed.prefix)))
        self.package.write(self._workbook, spliced(self._data, edits))

    def _write_styles(self, part: str | None) -> None:
        if part is None:
            part = self.package.unused("xl/styles{}.xml")
            self.package.set_type(part, f"{_TYPE}styles+xml")
            self.package.relate(self._workbook, "styles", part)
        self.package.write_late(part, self._styles.render)


def _print_titles(name: str, at: int) -> bytes:
    """Name the row that every printed page of the list begins with."""
    where = xml_text(f"{quoted(name)}!${HEADER_ROW}:${HEADER_ROW}")
    opening = f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">'
    return opening.encode() + where + b"</definedName>"


def _prefixed(markup: bytes, prefix: str) -> bytes:
    """Write the elements of a workbook with the prefix that its own have."""
    return re.sub(rb"<(/?)definedName", rb"<\1" + prefix.encode() + b"definedName", markup)


def _cell(reference: str) -> CellAt:
    found = areas(reference)
    return (found[0].top, found[0].left) if found else (0, 0)


def _strict() -> Unpatchable:
    return Unpatchable(
        say(
            "是“严格 Open XML”格式；请另存为普通的 .xlsx",
            "it is Strict Open XML; save it as an ordinary .xlsx",
        )
    )
