"""Consoles: how wide, how coloured and with which lines text is printed."""

import os
import sys
from typing import IO, TYPE_CHECKING, Any, Protocol, TextIO

if TYPE_CHECKING:
    from dabiao.reports.terminal.colours import ColourConsole

PIPED_WIDTH = 100
"""Columns of a table that goes into a file or another program."""
WIDE = 130
"""Columns from which a table has room to spare."""
_TELL_OF_TERMINALS = ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE")
"""Variables by which somebody says what a stream is."""


class Screen(Protocol):
    """What text is printed on."""

    @property
    def file(self) -> IO[str]:
        """The stream."""

    @property
    def width(self) -> int:
        """How many columns it has."""

    @property
    def is_terminal(self) -> bool:
        """Whether somebody looks at it."""

    @property
    def color_system(self) -> str | None:
        """The colours that it shows, if any."""

    def print(self, *texts: Any, soft_wrap: bool | None = None) -> None:  # noqa: ANN401 - as Rich
        """Print a text, in lines as wide as the screen unless it is soft."""


class _Plain:
    """A file or a pipe: it has a width, and no colours that a library would have to know."""

    is_terminal = False
    color_system = None

    def __init__(self, to: TextIO, width: int) -> None:
        self.file = to
        self.width = width

    def print(self, *texts: Any, soft_wrap: bool | None = None) -> None:  # noqa: ANN401 - as above
        """Print; an empty line needs nothing that others do."""
        if not texts:
            self.file.write("\n")
            return
        from dabiao.reports.terminal.colours import ColourConsole

        ColourConsole(self.file, self.width, plain=True).print(*texts, soft_wrap=soft_wrap)


def console(stream: TextIO, width: int | None = None) -> Screen:
    """Make a console that prints on a stream.

    Colour only where the stream is a terminal and NO_COLOR is unset; text is printed as it is,
    whatever brackets it holds. A file is the same whatever screen it is written from.
    """
    to = _beneath(stream)
    is_screen = to in {sys.stdout, sys.stderr} or to.isatty()
    told = any(name in os.environ for name in _TELL_OF_TERMINALS)
    if not is_screen or not (told or to.isatty()):
        return _Plain(to, width or PIPED_WIDTH)
    return coloured(stream, width)


def coloured(stream: TextIO, width: int | None = None) -> "ColourConsole":
    """Make one that prints on what may be a terminal."""
    from dabiao.reports.terminal.colours import ColourConsole

    made = ColourConsole(_beneath(stream), width)
    if width is None and not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = PIPED_WIDTH
    made.size = made.size  # asked for once, not at every line
    return made


def _beneath(stream: TextIO) -> TextIO:
    """Give the stream itself: a console shows what would not be seen, and its colours must pass."""
    to: TextIO = getattr(stream, "stream", stream)
    return to
