"""Where in a Word template something stands: its parts, and the tags in each, in order."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from docx.document import Document

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LONGEST = 40
"""Characters of a paragraph that are told, for it to be found by."""


@dataclass(frozen=True, slots=True)
class TemplateParagraph:
    """A paragraph of a template.

    Attributes:
        place: Where it stands, in words.
        text: All of it, however many fonts it is in.
        in_table: Whether it stands in a table.
    """

    place: str
    text: str
    in_table: bool

    @property
    def named(self) -> str:
        """Its place with its beginning, in words."""
        shown = " ".join(self.text.split())
        if len(shown) > _LONGEST:
            shown = f"{shown[:_LONGEST]}…"
        return say(f"{self.place}“{shown}”", f"{self.place}, “{shown}”")

    @property
    def tags(self) -> list[str]:
        """What it has between braces, in order."""
        return _TAG.findall(self.text)

    @property
    def rest(self) -> str:
        """What it has besides."""
        return _TAG.sub("", self.text)


def template_parts(document: "Document") -> Iterator[list[TemplateParagraph]]:
    """Yield the paragraphs of each part that is filled in by itself: body, headers, footers."""
    yield list(_paragraphs(document.element.body, say("正文", "body")))
    told: set[Any] = set()
    for number, section in enumerate(document.sections, 1):
        which = say(f"第{number}节的", f" of section {number}")
        if len(document.sections) == 1:
            which = ""
        for kind, (zh, en) in _KINDS.items():
            part = getattr(section, kind)
            if part.is_linked_to_previous or part.part.partname in told:
                continue
            told.add(part.part.partname)
            yield list(_paragraphs(part._element, say(which + zh, en + which)))


_KINDS = {
    "header": ("页眉", "header"),
    "first_page_header": ("首页页眉", "header of the first page"),
    "even_page_header": ("偶数页页眉", "header of even pages"),
    "footer": ("页脚", "footer"),
    "first_page_footer": ("首页页脚", "footer of the first page"),
    "even_page_footer": ("偶数页页脚", "footer of even pages"),
}


def _paragraphs(of: Any, part: str) -> Iterator[TemplateParagraph]:  # noqa: ANN401 - XML
    from docx.oxml.ns import qn

    word = {name: qn(f"w:{name}") for name in ("p", "t", "tab", "tbl", "tr", "tc")}
    tables = list(of.iter(word["tbl"]))
    number = 0
    for paragraph in of.iter(word["p"]):
        text = "".join(
            "\t" if each.tag == word["tab"] else each.text or ""
            for each in paragraph.iter(word["t"], word["tab"])
            if next(each.iterancestors(word["p"])) is paragraph
        )
        cell = next(paragraph.iterancestors(word["tc"]), None)
        if cell is None:
            number += 1
            place = say(f"{part}第{number}段", f"{part}, paragraph {number}")
        else:
            row, table = cell.getparent(), next(cell.iterancestors(word["tbl"]))
            at = tables.index(table) + 1
            line = list(table.iter(word["tr"])).index(row) + 1
            column = list(row.iter(word["tc"])).index(cell) + 1
            place = say(
                f"{part}第{at}张表第{line}行第{column}格",
                f"{part}, table {at}, row {line}, cell {column}",
            )
        yield TemplateParagraph(place, text, cell is not None)
