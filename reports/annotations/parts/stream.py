"""Sheets read as a stream, and copied with bytes replaced on the way, in bounded memory."""

from collections.abc import Callable
from pyexpat import ExpatError, ParserCreate
from typing import IO

from dabiao.intake.unreadable import damaged, explain
from dabiao.reports.annotations.parts.markup import (
    Unpatchable,
    refuse_doctype,
    refuse_wide,
    tag_end,
)

_CHUNK = 1 << 16


class Copying:
    """Copies a part while its tags are read; handlers replace what they were given.

    Bytes are written as they were, up to the tag that is being read; so a handler may replace the
    tag it was called for, or write something before it, and nothing that lies further back.
    """

    def __init__(
        self,
        source: IO[bytes],
        target: IO[bytes] | None,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None],
    ) -> None:
        """Copy from ``source`` to ``target``, or only read."""
        self._source, self._target = source, target
        self._parser = ParserCreate()
        self._parser.StartElementHandler = self._opened
        self._parser.EndElementHandler = self._closed
        self._parser.StartDoctypeDeclHandler = refuse_doctype
        self._start, self._end = start, end
        self._held = bytearray()
        self._ready = bytearray()
        self._first = 0
        self._done = 0
        self._tag = 0

    def run(self) -> None:
        """Copy all of it.

        Raises:
            Unpatchable: It is no XML that can be patched.
        """
        beginning = True
        try:
            while chunk := self._source.read(_CHUNK):
                if beginning:
                    refuse_wide(chunk)
                    beginning = False
                self._held += chunk
                self._parser.Parse(chunk, False)  # noqa: FBT003 - no other way to say it - takes no keywords
                self._write_to(self._tag)
                self._forget()
            self._parser.Parse(b"", True)  # noqa: FBT003 - no other way to say it
        except ExpatError as error:
            raise Unpatchable(damaged(explain(error)).message) from None
        self._write_to(self._first + len(self._held))
        self._flush()

    @property
    def tag(self) -> bytes:
        """The tag that is being read."""
        begins = self._tag - self._first
        return bytes(self._held[begins : tag_end(self._held, begins)])

    def insert(self, new: bytes) -> None:
        """Write something before the tag that is being read."""
        self._write_to(self._tag)
        self._put(new)

    def replace(self, new: bytes) -> None:
        """Write something in place of the tag that is being read."""
        length = len(self.tag)
        self._write_to(self._tag)
        self._put(new)
        self._done = max(self._done, self._tag + length)

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        self._tag = self._parser.CurrentByteIndex
        self._start(name, attributes)

    def _closed(self, name: str) -> None:
        at = self._parser.CurrentByteIndex
        # A tag that closes itself ends where it stands or behind itself, as the parser likes it.
        self._tag = max(at, self._tag)
        self._end(name)

    def _write_to(self, place: int) -> None:
        if place > self._done:
            self._put(self._held[self._done - self._first : place - self._first])
            self._done = place

    def _put(self, data: bytes | bytearray) -> None:
        if self._target is not None:
            self._ready += data
            if len(self._ready) > _CHUNK:
                self._flush()

    def _flush(self) -> None:
        if self._target is not None:
            self._target.write(self._ready)
            self._ready.clear()

    def _forget(self) -> None:
        """Let go of what is written and will not be asked for again."""
        if self._tag > self._first:
            del self._held[: self._tag - self._first]
            self._first = self._tag
            self._done = max(self._done, self._first)
