"""The boxes of comments, which workbooks still keep in a drawing of the old kind (VML).

Such a drawing need not be well-formed XML, so it is searched and not parsed.
"""

import re
from collections.abc import Callable, Iterable, Sequence

from dabiao.reports.annotations.parts.survey import CellAt
from dabiao.schemas.record import dataclass

_SHAPE = re.compile(rb"<((?:\w+:)?)shape\b(?!type).*?</\1shape\s*>\s*", re.DOTALL)
_NOTE = re.compile(rb"ObjectType\s*=\s*[\"']Note[\"']")
_ROW, _COLUMN = (re.compile(rb"<(?:\w+:)?%s>\s*(\d+)\s*</" % name) for name in (b"Row", b"Column"))
_NUMBER = re.compile(rb"_x0000_s(\d+)")
_BLOCKS = re.compile(rb"(<(?:\w+:)?idmap\b[^>]*?\bdata\s*=\s*[\"'])([\d,\s]*)([\"'])")
_END = re.compile(rb"</(?:\w+:)?xml\s*>\s*\Z")
_ROOT = re.compile(rb"<(?:\w+:)?xml\b[^>]*>")
_TYPE = b'id="_x0000_t202"'
_NAMESPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_BLOCK = 1024
"""Numbers of shapes come in blocks of so many; a drawing says which blocks are its own."""
_NEW = (
    "<xml " + " ".join(f'xmlns:{key}="{uri}"' for key, uri in _NAMESPACES.items()) + ">"
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout></xml>'
).encode()
_SHAPE_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_LINES, _CHARACTERS, _PIXELS = 7, 34.0, 7


@dataclass
class ShapeNumbers:
    """Numbers for shapes, none of which a drawing of the workbook uses."""

    next_block: int = 1

    def avoid(self, drawing: bytes) -> None:
        """Avoid the numbers of a drawing."""
        used = [int(number) // _BLOCK for number in _NUMBER.findall(drawing)]
        for match in _BLOCKS.finditer(drawing):
            used += [int(block) for block in match[2].split(b",") if block.strip()]
        self.next_block = max(self.next_block, *(block + 1 for block in used), 1)

    def take(self, count: int) -> list[int]:
        """Give so many numbers, in blocks of their own; the first of a block is not used."""
        per = _BLOCK - 1
        blocks = -(-count // per)
        first = self.next_block
        self.next_block += blocks
        return [(first + at // per) * _BLOCK + 1 + at % per for at in range(count)]


def without_shapes(drawing: bytes, cells: set[CellAt]) -> bytes:
    """Take out the boxes of the comments of some cells."""

    def keep(match: re.Match[bytes]) -> bytes:
        row, column = _ROW.search(match[0]), _COLUMN.search(match[0])
        if row is None or column is None or not _NOTE.search(match[0]):
            return match[0]
        return b"" if (int(row[1]) + 1, int(column[1]) + 1) in cells else match[0]

    return _SHAPE.sub(keep, drawing)


def has_shapes(drawing: bytes) -> bool:
    """Tell whether a drawing shows anything."""
    return _SHAPE.search(drawing) is not None or b"<v:group" in drawing


def with_shapes(
    drawing: bytes | None,
    cells: Sequence[CellAt],
    numbers: ShapeNumbers,
    width_of: Callable[[int], float],
) -> bytes | None:
    """Put in boxes for the comments of some cells.

    Args:
        drawing: The drawing, or None to make one.
        cells: The cells.
        numbers: Gives numbers that are free.
        width_of: Gives the width of a column in characters.

    Returns:
        The drawing; None if it is not one that can be added to.
    """
    data = _NEW if drawing is None else drawing
    root, end = _ROOT.search(data), _END.search(data)
    if root is None or end is None:
        return None
    taken = numbers.take(len(cells))
    spaces = "".join(
        f' xmlns:{key}="{uri}"'
        for key, uri in _NAMESPACES.items()
        if f"xmlns:{key}=".encode() not in root[0]
    )
    shapes = b"".join(
        _shape(cell, number, width_of, spaces) for cell, number in zip(cells, taken, strict=True)
    )
    if _TYPE not in data:
        shapes = _SHAPE_TYPE.replace(b" id=", spaces.encode() + b" id=", 1) + shapes
    data = data[: end.start()] + shapes + data[end.start() :]
    return _with_blocks(data, sorted({number // _BLOCK for number in taken}))


def _with_blocks(data: bytes, blocks: Iterable[int]) -> bytes:
    """Say which blocks of numbers belong to a drawing."""
    match = _BLOCKS.search(data)
    if match is None:
        return data
    known = {int(block) for block in match[2].split(b",") if block.strip()}
    used = {int(number) // _BLOCK for number in _NUMBER.findall(data)}
    written = ",".join(map(str, sorted((known & used) | set(blocks)))).encode()
    return data[: match.start(2)] + written + data[match.end(2) :]


def _shape(cell: CellAt, number: int, width_of: Callable[[int], float], spaces: str) -> bytes:
    row, column = cell
    return (
        f'<v:shape{spaces} id="_x0000_s{number}" type="#_x0000_t202" '
        "style='position:absolute;margin-left:60pt;margin-top:2pt;width:190pt;height:90pt;"
        'z-index:1;visibility:hidden\' fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/>'
        "<v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>"
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{_anchor(row, column, width_of)}</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column>"
        "</x:ClientData></v:shape>"
    ).encode()


def _anchor(row: int, column: int, width_of: Callable[[int], float]) -> str:
    """Place the box to the right of its cell, as wide as its text needs."""
    right, left = column + 1, _CHARACTERS
    while (width := width_of(right)) < left and right < column + 40:
        left -= width
        right += 1
    top = max(row - 2, 0)
    return f"{column}, 12, {top}, 8, {right - 1}, {int(left * _PIXELS)}, {top + _LINES}, 4"
