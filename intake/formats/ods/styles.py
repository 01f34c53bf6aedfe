"""How the cells, pieces of text and sheets of a spreadsheet look, by the names of their styles."""

from collections.abc import Mapping
from dataclasses import field
from itertools import count

from dabiao.intake.formats.ods.number_styles import KINDS, NumberStyle
from dabiao.intake.formats.xlsx.book import Style, style_of
from dabiao.intake.formats.xlsx.text_runs import Look
from dabiao.intake.formats.xlsx.xml import local
from dabiao.intake.limits import Limits
from dabiao.intake.unreadable import too_much
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

_PER_FORMAT = 20
"""Tags that one format may take."""
_WHITE = "#ffffff"
_DEEPEST = 20
"""CellLooks that a style may rest upon."""


@dataclass(slots=True)
class _Named:
    """A style as it is written: what it rests upon, and what it adds."""

    parent: str | None
    numbers: str | None
    look: Look | None = None
    colour: str | None = None
    ground: str | None = None
    hidden: bool = False


@dataclass(slots=True)
class CellLooks:
    """The styles that were read so far."""

    limits: Limits
    _named: dict[tuple[str, str], _Named] = field(default_factory=dict)
    _numbers: dict[str, NumberStyle] = field(default_factory=dict)
    _known: dict[str, Style] = field(default_factory=dict)
    _number: NumberStyle | None = None
    _style: _Named | None = None
    _seen: "count[int]" = field(default_factory=count)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag of styles."""
        name = local(tag)
        if next(self._seen) // _PER_FORMAT > self.limits.formats:
            raise too_much(say("格式或工作表过多", "too many formats or sheets"))
        own = {local(key): value for key, value in attributes.items()}
        if self._number is not None:
            self._number.start(name, attributes)
        elif name in KINDS:
            self._number = NumberStyle(name)
            self._numbers[own.get("name", "")] = self._number
        elif name == "style":
            self._style = _Named(own.get("parent-style-name"), own.get("data-style-name"))
            self._named[own.get("family", ""), own.get("name", "")] = self._style
        elif self._style is not None and name == "text-properties":
            self._style.look = _look(own)
            self._style.colour = own.get("color")
        elif self._style is not None and name == "table-cell-properties":
            self._style.ground = own.get("background-color")
        elif self._style is not None and name == "table-properties":
            self._style.hidden = own.get("display") == "false"

    def end(self, tag: str) -> None:
        """Take a closing tag of styles."""
        name = local(tag)
        if name in KINDS:
            self._number = None
        elif self._number is not None:
            self._number.end(name)
        elif name == "style":
            self._style = None

    def text(self, data: str) -> None:
        """Take text of styles."""
        if self._number is not None:
            self._number.text(data)

    def cell(self, name: str) -> Style:
        """Give the style of a cell by its name."""
        if name not in self._known:
            numbers = look = colour = ground = None
            for each in self._chain("table-cell", name):
                numbers = numbers or each.numbers
                look = look or each.look
                colour, ground = colour or each.colour, ground or each.ground
            found = None if numbers is None else self._numbers.get(numbers)
            code = None if found is None else found.code(self._numbers.get)
            self._known[name] = style_of(0, code, look, unseen=_is_unseen(colour, ground))
        return self._known[name]

    def run(self, name: str) -> Look | None:
        """Give the look of a piece of text; None if it is that of its cell."""
        return next((each.look for each in self._chain("text", name) if each.look), None)

    def hides(self, name: str) -> bool:
        """Tell whether a sheet of a style is hidden."""
        return any(each.hidden for each in self._chain("table", name))

    def _chain(self, family: str, name: str) -> list[_Named]:
        found: list[_Named] = []
        style = self._named.get((family, name))
        while style is not None and len(found) < _DEEPEST:
            found.append(style)
            style = self._named.get((family, style.parent or ""))
        return found


@dataclass(slots=True)
class Section:
    """Hands the styles of one section of a part on; those of pages may have the same names.

    Attributes:
        styles: Takes them.
        name: The tag of the section.
        inside: Whether it is being read.
    """

    styles: CellLooks
    name: str
    inside: bool = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag of the part."""
        if self.inside:
            self.styles.start(tag, attributes)
        else:
            self.inside = local(tag) == self.name

    def end(self, tag: str) -> None:
        """Take a closing tag of the part."""
        if self.inside and local(tag) == self.name:
            self.inside = False
        elif self.inside:
            self.styles.end(tag)

    def text(self, data: str) -> None:
        """Take text of the part."""
        if self.inside:
            self.styles.text(data)


def _is_unseen(colour: str | None, ground: str | None) -> bool:
    behind = _WHITE if ground in {None, "transparent"} else ground
    return colour is not None and colour.lower() == behind.lower()


def _look(own: Mapping[str, str]) -> Look:
    lines = [own.get(f"text-line-through-{each}", "none") for each in ("style", "type")]
    if any(line != "none" for line in lines):
        return Look.STRUCK
    position = own.get("text-position", "").split(" ")[0]
    if position == "super" or (position.endswith("%") and position[0] not in "-0"):
        return Look.RAISED
    if position == "sub" or position.startswith("-"):
        return Look.LOWERED
    return Look.PLAIN
