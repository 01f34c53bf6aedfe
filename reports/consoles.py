"""Consoles: how wide, how coloured and with which lines text is printed."""

import os
from typing import TextIO

from rich.box import SIMPLE_HEAD, Box
from rich.console import Console
from rich.table import Table

PIPED_WIDTH = 100
"""Columns of a table that goes into a file or another program."""
WIDE = 130
"""Columns from which a table has room to spare."""

_PLAIN = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)


def console(stream: TextIO, width: int | None = None) -> Console:
    """Make a console that prints on a stream.

    Colour only where the stream is a terminal and NO_COLOR is unset; text is printed as it is,
    whatever brackets it holds.
    """
    made = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    if width is None and not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = PIPED_WIDTH
    made.size = made.size  # asked for once, not at every line
    return made


def ruled(on: Console) -> Table:
    """Make a table with a line under its headings, drawn with what the console can show."""
    plain = not on.is_terminal or on.options.ascii_only
    return Table(
        box=_PLAIN if plain else SIMPLE_HEAD,
        header_style="bold",
        pad_edge=False,
        expand=True,
    )
