"""Text in a Word document, in a Chinese font and the Latin one that goes with it."""

from typing import TYPE_CHECKING

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
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001
    return run
