"""Consoles: how wide, how coloured and with which lines text is printed."""

import os
import sys
from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Span, Text

from dabiao.schemas.unseen import visible

PIPED_WIDTH = 100
"""Columns of a table that goes into a file or another program."""
WIDE = 130
"""Columns from which a table has room to spare."""


class _Console(Console):
    """A console that shows what would not be seen, and sends no more than its own colours."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Render; a text that holds characters that would not be seen shows them."""
        if isinstance(renderable, str):
            renderable = visible(renderable)
        elif isinstance(renderable, Text) and visible(renderable.plain) != renderable.plain:
            renderable = _shown(renderable)
        return super().render(renderable, options)

    def on_broken_pipe(self) -> None:
        """Leave it to who opened the stream; the library would end the program, with 1."""
        raise BrokenPipeError


def _shown(text: Text) -> Text:
    def moved(at: int) -> int:
        return len(visible(text.plain[:at]))

    spans = [Span(moved(start), moved(end), style) for start, end, style in text.spans]
    shown = text.blank_copy(visible(text.plain))
    shown.spans = spans
    return shown


def console(stream: TextIO, width: int | None = None) -> Console:
    """Make a console that prints on a stream.

    Colour only where the stream is a terminal and NO_COLOR is unset; text is printed as it is,
    whatever brackets it holds. A file is the same whatever screen it is written from.
    """
    # The console shows what would not be seen itself, and its colours must reach the terminal.
    to = getattr(stream, "stream", stream)
    is_screen = to in {sys.stdout, sys.stderr} or to.isatty()
    made = _Console(
        file=to,
        width=width if width or is_screen else PIPED_WIDTH,
        force_terminal=None if is_screen else False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    if width is None and is_screen and not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = PIPED_WIDTH
    made.size = made.size  # asked for once, not at every line
    return made
