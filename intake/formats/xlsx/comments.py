"""Comments beside cells: what somebody wrote about a number and did not change in it."""

from collections.abc import Mapping
from dataclasses import field

from dabiao.intake.formats.xlsx.book import DAMAGE, Workbook, related
from dabiao.intake.formats.xlsx.xml import local, parse
from dabiao.schemas.addresses import areas
from dabiao.schemas.record import dataclass

AUTHOR = "达标 dabiao"
"""The author of our own comments, in either language; by this name they are known again.

Their text begins with it too, as there are programs that do not keep the authors.
"""
MOST, LONGEST = 1000, 200
"""Comments that are kept of a sheet, and characters of each."""


def read_comments(book: Workbook, part: str) -> dict[tuple[int, int], str]:
    """Give the comments of a sheet by row and position; those of our own making left out."""
    found = _Comments()
    for target in related(book, part).get("comments", {}).values():
        name = book.part(target)
        if name is None:
            continue
        try:
            parse(
                book.archive,
                name,
                book.limits.unpacked,
                "comments",
                start=found.start,
                end=found.end,
                text=found.text,
            )
        except DAMAGE:
            continue  # no cell is read otherwise for it
    return found.texts


def keep(texts: dict[tuple[int, int], str], at: tuple[int, int], words: str) -> None:
    """Keep a comment without what we added to it, unless it says nothing or there are too many."""
    text = " ".join(words.partition(AUTHOR)[0].split())
    if text and len(texts) < MOST:
        texts[at] = text


@dataclass(slots=True)
class _Comments:
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    _ref: str = ""
    _words: list[str] = field(default_factory=list)
    _inside: bool = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match local(tag):
            case "comment":
                self._ref, self._words = attributes.get("ref", ""), []
            case "t":
                self._inside = True

    def text(self, data: str) -> None:
        if self._inside and sum(map(len, self._words)) < LONGEST:
            self._words.append(data[:LONGEST])

    def end(self, tag: str) -> None:
        match local(tag):
            case "t":
                self._inside = False
            case "comment":
                for area in areas(self._ref):
                    keep(self.texts, (area.top, area.left - 1), "".join(self._words))
