"""A console that knows colours, and the widths of terminals; loaded where there may be one."""

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Span, Text

from dabiao.schemas.unseen import visible


class ColourConsole(Console):
    """A console that shows what would not be seen, and sends no more than its own colours.

    Text is printed as it is, whatever brackets it holds.
    """

    def __init__(self, to: TextIO, width: int | None, *, plain: bool = False) -> None:
        """Print on a stream; ``plain`` where that is no terminal, whatever the surroundings say."""
        super().__init__(
            file=to,
            width=width,
            force_terminal=False if plain else None,
            highlight=False,
            markup=False,
            emoji=False,
        )

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
