"""The gate on the way out: every text that leaves the program shows what would not be seen."""

from collections.abc import Iterable
from typing import TextIO

from dabiao.schemas.unseen import visible


class Visible:
    """A stream that shows what would not be seen.

    Attributes:
        stream: Where it goes.
    """

    def __init__(self, stream: TextIO) -> None:
        """Show on a stream."""
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text."""
        return self.stream.write(visible(text))

    def writelines(self, lines: Iterable[str]) -> None:
        """Write texts one after the other."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> object:
        """Be the stream in all else."""
        return getattr(self.stream, name)
