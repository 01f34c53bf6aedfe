"""How the cells of a form look."""

from typing import TYPE_CHECKING, Any

from dabiao.schemas.form import Field
from dabiao.schemas.language import say
from dabiao.schemas.measure import ItemType
from dabiao.schemas.unit import PER_ONE, is_percent

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

PLAIN: dict[str, Any] = {"font_name": "Arial", "font_size": 10}
"""The font that widths of columns are counted in; it is as wide everywhere."""
SMALL = 8
"""Size of what is only said again."""
_LINE = "#A6A6A6"
_TINTS = (("#BDD7EE", "#DDEBF7"), ("#C6E0B4", "#E2EFDA"))
"""Of a topic and of its headers, by turns."""
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "hint": {"font_color": "#595959"},
    "margin": {},
    "who": {"bold": True, "bg_color": "#D9D9D9", "border": 1, "align": "center"},
    "given": {"bg_color": "#F2F2F2", "border": 1},
    "elsewhere": {"bg_color": "#D9D9D9", "border": 1, "locked": False},
    "known": {"bg_color": "#E2EFDA", "border": 1, "locked": False},
    "needless": {"bg_color": "#BFBFBF", "border": 1},
    "blank": {"bg_color": "#FFFBE6", "border": 1, "locked": False},
    "below": {"locked": False},
    "heading": {"bold": True, "font_size": 12, "font_color": "#1F4E79"},
    "text": {"text_wrap": True, "valign": "top"},
    "label": {"bold": True, "valign": "top"},
    "cell": {"text_wrap": True, "valign": "top", "border": 1},
    "column": {
        "bold": True,
        "bg_color": "#DDEBF7",
        "border": 1,
        "text_wrap": True,
    },
}


class Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: "Workbook") -> None:
        """Make formats in ``workbook``."""
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def look(self, name: str, **more: Any) -> "Format":  # noqa: ANN401 - as XlsxWriter - as XlsxWriter has it
        """Give a format by its name, with something added."""
        base = {
            "font_name": say("宋体", PLAIN["font_name"]),
            "font_size": PLAIN["font_size"],
            "border_color": _LINE,
            "valign": "vcenter",
        }
        wanted = base | _LOOKS[name] | more
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(wanted)
        return self._made[key]

    def topic(self, turn: int) -> "Format":
        """Give the format of a topic's title."""
        return self._tinted(_TINTS[turn % 2][0], align="left", indent=1, text_wrap=True)

    def header(self, turn: int) -> "Format":
        """Give the format of a header below a topic's title."""
        return self._tinted(_TINTS[turn % 2][1], align="center", text_wrap=True)

    def again(self, turn: int) -> "Format":
        """Give the format of a topic that is only said again, so that each page names its own."""
        return self._tinted(
            _TINTS[turn % 2][1],
            align="center",
            text_wrap=True,
            bold=False,
            font_size=SMALL,
            font_color="#7F7F7F",
        )

    def _tinted(self, color: str, **more: Any) -> "Format":  # noqa: ANN401 - as XlsxWriter
        return self.look("who", bg_color=color, **more)

    def input(self, field: Field, name: str) -> "Format":
        """Give the format in which a field is filled in.

        A percentage is typed as 98 and shown as 98%. The format of spreadsheets for percentages
        would not do: what they make of 0.5 typed into it depends on how they are set.
        """
        if not field.type.numeric:
            return self.look(name, align="center")
        if is_percent(field.unit):
            return self.look(name, align="right", num_format='General"%"')
        if field.unit == PER_ONE:  # else 1:13 becomes a time of day
            return self.look(name, align="right", num_format="@")
        if field.type is ItemType.INTEGER:
            return self.look(name, align="right", num_format="#,##0")
        return self.look(name, align="right")

    def text(self, name: str, **more: Any) -> "Format":  # noqa: ANN401 - as XlsxWriter - as XlsxWriter has it
        """Give the format of a code or a name, which stays the text that was typed."""
        return self.look(name, num_format="@", **more)
