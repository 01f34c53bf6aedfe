"""How a cell of a workbook shows its text, as a whole and piece by piece: struck, raised, lowered.

The texts of a cell whose pieces look different are joined with what makes the difference visible:
45 struck through beside 48 is no 4548, and 45 beside a raised 1 is 45¹.
"""

from collections.abc import Iterable, Mapping
from enum import Enum, auto

from dabiao.intake.formats.table import (
    Cell,
    ErrorValue,
    Garbled,
    Moment,
    Padded,
    Percent,
    Uncomputed,
)
from dabiao.schemas.marks import lower, raise_, strike
from dabiao.schemas.record import dataclass

_OFF = frozenset(["0", "false", "off"])


class Look(Enum):
    """How a text looks."""

    PLAIN = auto()
    STRUCK = auto()
    RAISED = auto()
    LOWERED = auto()

    def write(self, text: str) -> str:
        """Write a text in this look.

        Examples:
            >>> Look.RAISED.write("1"), Look.PLAIN.write("1")
            ('¹', '1')
        """
        match self:
            case Look.STRUCK:
                return strike(text)
            case Look.RAISED:
                return raise_(text)
            case Look.LOWERED:
                return lower(text)
        return text

    def show(self, cell: Cell) -> Cell:
        """Give what a cell of this look shows; a dash or an error looks the same in all of them."""
        if (
            self is Look.PLAIN
            or cell is None
            or isinstance(cell, ErrorValue | Uncomputed | Garbled)
        ):
            return cell
        match cell:
            case Percent():
                text = f"{float(cell) * 100:.15g}%"
            case Padded():
                text = str(int(cell)).zfill(cell.width)
            case float():
                text = f"{cell:.15g}"
            case Moment():
                text = cell.shown
            case _:
                text = str(cell)
        return self.write(text) if any(map(str.isalnum, text)) else cell


@dataclass(slots=True)
class TextRun:
    """A piece of a text.

    Attributes:
        look: How it looks; None if like the cell it stands in.
    """

    text: str = ""
    look: Look | None = None

    def take(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take a tag of its format."""
        value = attributes.get("val", "")
        match tag:
            case "rPr" if self.look is None:
                self.look = Look.PLAIN
            case "strike" if value.lower() not in _OFF:
                self.look = Look.STRUCK
            case "vertAlign" if self.look is not Look.STRUCK:
                self.look = look_of(value)


def look_of(alignment: str) -> Look:
    """Tell what a vertical alignment looks like."""
    looks = {"superscript": Look.RAISED, "subscript": Look.LOWERED}
    return looks.get(alignment, Look.PLAIN)


def joined(runs: Iterable[TextRun], look: Look) -> str:
    """Join the pieces of a text in a cell of a look."""
    return "".join((look if run.look is None else run.look).write(run.text) for run in runs)


def begin_run(runs: list[TextRun], before: str) -> None:
    """Begin a piece of a text; what stands before the first one is a piece like its cell."""
    if before and not runs:
        runs.append(TextRun(before))
    runs.append(TextRun())
