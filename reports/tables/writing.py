"""Text in a Word document, in a Chinese font and the Latin one that goes with it."""

import io
from typing import TYPE_CHECKING, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_LATIN = "Times New Roman"


def write(
    paragraph: "Paragraph", text: str, font: str, size: float, *, bold: bool = False
) -> "Run":
    """Add text to a paragraph.

    Args:
        paragraph: The paragraph.
        text: The text.
        font: The font of its Chinese characters.
        size: Its size in points.
        bold: Whether it is bold.
    """
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, _LATIN
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def undated(document: BinaryIO) -> bytes:
    """Take from a document when it was put together: the same content is the same bytes then."""
    stream = io.BytesIO()
    with ZipFile(document) as found, ZipFile(stream, "w", ZIP_DEFLATED) as kept:
        for entry in found.infolist():
            kept.writestr(ZipInfo(entry.filename), found.read(entry), ZIP_DEFLATED)
    return stream.getvalue()
