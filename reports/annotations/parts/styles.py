"""The table of styles: copies of styles with the colour of a mark, and the way back from them."""

from collections.abc import Mapping
from dataclasses import field

from dabiao.reports.annotations.parts.markup import (
    Element,
    appended,
    read_markup,
    spliced,
    with_attributes,
)
from dabiao.schemas.problem import Severity
from dabiao.schemas.record import dataclass

COLOURS = {  # some of them: a note asks nothing of anybody
    Severity.ERROR: "FFFFB9B4",
    Severity.WARNING: "FFFFD78C",
}
"""Light red and light amber. By these very shades marks are known again."""
_SUBSTITUTES = {  # some of them, as above
    Severity.ERROR: "FFFF99CC",
    Severity.WARNING: "FFFFCC99",
}
"""What LibreOffice writes in place of the background of a fill that is one of these."""
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles")
_LATER = ("dxfs", "tableStyles", "colors", "extLst")
_NO_FILL = 0
_MINIMAL = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    b'<fill><patternFill patternType="gray125"/></fill></fills>'
    b'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    b'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    b"</styleSheet>"
)
_DEFAULTS = {
    "fonts": ["<{p}font/>"],
    "fills": [
        '<{p}fill><{p}patternFill patternType="none"/></{p}fill>',
        '<{p}fill><{p}patternFill patternType="gray125"/></{p}fill>',
    ],
    "cellXfs": ['<{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'],
}


@dataclass
class _Entries:
    """The entries of one table, and those that are added to it."""

    element: Element | None
    entries: list[bytes]
    before: int

    def place(self, entry: bytes) -> int:
        """Give the place of an entry, adding it if there is none like it."""
        if entry not in self.entries:
            self.entries.append(entry)
        return self.entries.index(entry)


@dataclass
class Styles:
    """The styles of a workbook.

    Attributes:
        data: The part as it was; a minimal one if there is none.
        remembered: Style of a marked cell to the style that the cell had before, from the time
            the marks were made.
        marks: The same for marks that are made now.
    """

    data: bytes = _MINIMAL
    remembered: Mapping[int, int] = field(default_factory=dict)
    marks: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the tables of fonts, fills and styles."""
        self._root = read_markup(self.data)
        if self._root.empty:  # there is nothing in it that could be kept
            self.data = _MINIMAL
            self._root = read_markup(self.data)
        self._prefix = self._root.prefix
        self._tables = {name: self._read(name) for name in ("fonts", "fills", "cellXfs")}
        self._marked: dict[tuple[int, Severity], int] = {}
        self._restored: dict[int, int] = {}

    def _read(self, name: str) -> _Entries:
        element = self._root.child(name)
        if element is not None:
            entries = [self.data[child.start : child.end] for child in element.children]
        else:
            entries = [text.format(p=self._prefix).encode() for text in _DEFAULTS[name]]
        return _Entries(element, entries, len(entries) if element is not None else 0)

    def mark(self, style: int, severity: Severity) -> int:
        """Give the style that looks like another, with the colour of a mark."""
        known = self._marked.get((style, severity))
        if known is None:
            known = self._tables["cellXfs"].place(self._coloured(style, severity))
            self._marked[style, severity] = known
            self.marks[known] = style
        return known

    def restore(self, style: int) -> int:
        """Give the style that a cell had before it was marked; of others, their own."""
        known = self._restored.get(style)
        if known is None:
            known = self._restored[style] = self._before(style)
        return known

    def plain(self, *, bold: bool = False, link: bool = False, wrap: bool = True) -> int:
        """Give a style for the summary: text at the top of its cell, wrapped if need be."""
        p = self._prefix
        font = 0
        if bold or link:
            look = (f"<{p}b/>" if bold else "") + (f"<{p}u/>" if link else "")
            look += f'<{p}sz val="11"/>' + (f'<{p}color rgb="FF0563C1"/>' if link else "")
            look += f'<{p}name val="Calibri"/>'
            font = self._tables["fonts"].place(f"<{p}font>{look}</{p}font>".encode())
        entry = (
            f'<{p}xf numFmtId="0" fontId="{font}" fillId="0" borderId="0" xfId="0"'
            f' applyFont="{int(font > 0)}" applyAlignment="1">'
            f'<{p}alignment horizontal="left" vertical="top" wrapText="{int(wrap)}"/></{p}xf>'
        )
        return self._tables["cellXfs"].place(entry.encode())

    def render(self) -> bytes:
        """Write the part, with what was added."""
        edits: list[tuple[int, int, bytes]] = []
        for name, table in self._tables.items():
            new = b"".join(table.entries[table.before :])
            if not new:
                continue
            if table.element is None or table.element.empty:
                tag = f"{self._prefix}{name}"
                whole = (
                    f'<{tag} count="{len(table.entries)}">'.encode() + new + f"</{tag}>".encode()
                )
                at = self._place_of(name)
                spot = (at, at) if table.element is None else (table.element.start, at)
                edits.append((*spot, whole))
            else:
                opening = self.data[table.element.start : table.element.inner]
                counted = with_attributes(opening, {"count": str(len(table.entries))})
                edits.append((table.element.start, table.element.inner, counted))
                edits.append(appended(self.data, table.element, new))
        return spliced(self.data, edits)

    def _place_of(self, name: str) -> int:
        """Give the place for a table that is not there, in the order that is prescribed."""
        element = self._tables[name].element
        if element is not None:
            return element.end
        later = {*_ORDER[_ORDER.index(name) + 1 :], *_LATER}
        return next((c.start for c in self._root.children if c.name in later), self._root.close)

    def _entry(self, style: int) -> bytes:
        entries = self._tables["cellXfs"].entries
        return entries[style if 0 <= style < len(entries) else 0]

    def _filled(self, style: int, fill: int) -> bytes:
        """Give a style with another fill; everything else stays, to the byte."""
        entry = self._entry(style)
        end = read_markup(self._framed(entry)).children[0]
        length = end.inner - end.start
        applied = None if fill == _NO_FILL else "1"
        opening = with_attributes(entry[:length], {"fillId": str(fill), "applyFill": applied})
        return opening + entry[length:]

    def _coloured(self, style: int, severity: Severity) -> bytes:
        p = self._prefix
        # The colour that a cell had stays in its fill, as the background that nobody sees: so it
        # is still there when another program has saved the workbook and numbered the styles anew.
        colour = self._colour_of(style) or 'indexed="64"'
        fill = (
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{COLOURS[severity]}"/>'
            f"<{p}bgColor {colour}/></{p}patternFill></{p}fill>"
        )
        return self._filled(style, self._tables["fills"].place(fill.encode()))

    def _fill_of(self, style: int) -> Element | None:
        """Give the pattern of a style's fill."""
        xf = read_markup(self._framed(self._entry(style))).children[0]
        fills = self._tables["fills"].entries
        number = int(xf.attributes.get("fillId", "0"))
        if not 0 <= number < len(fills):
            return None
        return read_markup(self._framed(fills[number])).children[0].child("patternFill")

    def _colour_of(self, style: int) -> str | None:
        """Give the colour that a solid fill shows, as attributes."""
        pattern = self._fill_of(style)
        shown = pattern.child("fgColor") if pattern is not None else None
        if pattern is None or pattern.attributes.get("patternType") != "solid" or shown is None:
            return None
        return _attributes(shown)

    def _before(self, style: int) -> int:
        severity = self._severity(style)
        if severity is None:
            return style
        remembered = self.remembered.get(style)
        if remembered is not None and self._severity(remembered) is None:
            entries = len(self._tables["cellXfs"].entries)
            fills = len(self._tables["fills"].entries)
            if self._coloured(remembered, severity) == self._entry(style):
                return remembered
            del self._tables["cellXfs"].entries[entries:], self._tables["fills"].entries[fills:]
        return self._tables["cellXfs"].place(self._filled(style, self._fill_before(style)))

    def _fill_before(self, style: int) -> int:
        p = self._prefix
        pattern = self._fill_of(style)
        hidden = pattern.child("bgColor") if pattern is not None else None
        colour = _attributes(hidden) if hidden is not None else None
        mine = {f'rgb="{mark}"' for mark in COLOURS.values()}
        severity = self._severity(style)
        if severity is not None:
            mine.add(f'rgb="{_SUBSTITUTES[severity]}"')
        if colour is None or colour in mine or 'indexed="64"' in colour:
            return _NO_FILL
        fill = (
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor {colour}/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
        )
        return self._tables["fills"].place(fill.encode())

    def _severity(self, style: int) -> Severity | None:
        """Tell what a style marks, if it is one of ours."""
        colour = self._colour_of(style)
        shades = {f'rgb="{mark}"': severity for severity, mark in COLOURS.items()}
        return shades.get(colour) if colour is not None else None

    def _framed(self, entry: bytes) -> bytes:
        """Put an entry where its prefixes are known."""
        opening = self.data[self._root.start : self._root.inner]
        name = f"{self._root.prefix}{self._root.name}".encode()
        return opening + entry + b"</" + name + b">"


def _attributes(colour: Element) -> str:
    known = ("auto", "indexed", "rgb", "theme", "tint")
    return " ".join(f'{k}="{colour.attributes[k]}"' for k in known if k in colour.attributes)
