"""Where one is in a document while reading it: the numbered parts that are open."""

import re
from dataclasses import field

from dabiao.rules.coverage.text.headings import Marker, Rank, tells_of_the_past
from dabiao.schemas.record import dataclass

_TITLE_SENTENCE = re.compile(r"[^。；！？]{1,40}")


@dataclass(slots=True)
class DocumentOutline:
    """The open parts of a document, and how many paragraphs of the innermost have passed."""

    open: dict[Rank, Marker] = field(default_factory=dict)
    box: Marker | None = None
    item: Marker | None = None
    """The numbered item of the box."""
    paragraph: int = 0
    box_paragraph: int = 0

    def enter(self, mark: Marker) -> None:
        """Begin a numbered part: it closes all that are as deep or deeper."""
        if mark.rank is Rank.BOX:
            self.box, self.item, self.box_paragraph = mark, None, 0
            return
        if self.box is not None and mark.rank >= Rank.THIRD:
            self.item, self.box_paragraph = mark, 0
            return
        self.leave_box()
        self.open = {
            rank: kept
            for rank, kept in self.open.items()
            if rank < mark.rank and mark.rank is not Rank.ANNEX
        }
        self.open[mark.rank] = mark
        self.paragraph = 0

    def leave_box(self) -> None:
        """End the box, if one is open."""
        self.box = self.item = None

    def count(self) -> None:
        """Count a paragraph."""
        if self.box is None:
            self.paragraph += 1
        else:
            self.box_paragraph += 1

    @property
    def place(self) -> str:
        """The place, as people write it: 第三章第三节二、第1段."""
        outer = "".join(self._outer())
        if self.box is not None:
            count = max(self.box_paragraph, 1)
            if self.item is None:
                return f"{outer}{self.box.label}，第{count}段"
            more = f"，第{count}段" if count > 1 else ""
            return f"{outer}{self.box.label}（{self.item.number}）{more}"
        deepest = max(self.open, default=None)
        count = max(self.paragraph, 1)
        if deepest is None:
            return f"开头第{count}段"
        numeral = deepest is Rank.FIRST and not self.open[deepest].label.startswith("第")
        joint = "、" if numeral else "，" if deepest >= Rank.THIRD else ""
        if deepest >= Rank.THIRD and count == 1:
            return outer
        return f"{outer}{joint}第{count}段"

    @property
    def part(self) -> str:
        """The place without its paragraph."""
        return "".join(self._outer()) + (self.box.label if self.box is not None else "")

    def _outer(self) -> list[str]:
        found: list[str] = []
        for rank, mark in sorted(self.open.items()):
            following = min((each for each in self.open if each > rank), default=None)
            box = following is None and self.box is not None
            numeral = rank is Rank.FIRST and not mark.label.startswith("第")
            joint = "、" if numeral and (box or following is Rank.THIRD) else ""
            found.append(mark.label + joint)
        return found

    @property
    def titles(self) -> tuple[str, ...]:
        """What the open parts are called, the widest first."""
        marks = [mark for _, mark in sorted(self.open.items())]
        marks += [mark for mark in (self.box, self.item) if mark is not None]
        found = [_TITLE_SENTENCE.match(mark.title) for mark in marks]
        return tuple(each[0] for each in found if each is not None)

    @property
    def past(self) -> bool:
        """Whether the innermost part that says so is about what was achieved."""
        told = [tells_of_the_past(title) for title in self.titles]
        return next((each for each in reversed(told) if each is not None), False)
