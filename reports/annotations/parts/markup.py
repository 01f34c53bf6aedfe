"""XML that is changed by replacing bytes, so that whatever is not touched stays as it was."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pyexpat import ExpatError, ParserCreate
from xml.sax.saxutils import escape, quoteattr

from dabiao.intake.unreadable import damaged, explain
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")
_ATTRIBUTE = re.compile(rb"""\s([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


class Unpatchable(Exception):  # noqa: N818 - said of a file, not of a mistake in this program
    """A workbook that cannot be given back with marks, and why."""


@dataclass(slots=True)
class Element:
    """An element of a part, with the places of its tags.

    Attributes:
        name: Its name without prefix.
        prefix: The prefix with its colon, or nothing.
        start: Where its opening tag begins.
        inner: Where its opening tag ends.
        close: Where its closing tag begins; ``inner`` if it has none.
        end: Where it ends.
        text: The text directly in it.
    """

    name: str
    prefix: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    close: int = 0
    end: int = 0
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    @property
    def empty(self) -> bool:
        """Whether it is a tag that closes itself."""
        return self.end == self.inner

    def attribute(self, name: str) -> str | None:
        """Give an attribute, whatever its prefix."""
        if name in self.attributes:
            return self.attributes[name]
        return next((v for k, v in self.attributes.items() if k.rpartition(":")[2] == name), None)

    def child(self, name: str) -> "Element | None":
        """Give the first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> Iterator["Element"]:
        """Give the children of a name."""
        return (child for child in self.children if child.name == name)

    def whole_text(self) -> str:
        """Give the text in it, that of what it holds included."""
        return self.text + "".join(child.whole_text() for child in self.children)


def read_markup(data: bytes) -> Element:
    """Read a small part of a workbook; the result is its outermost element.

    Raises:
        Unpatchable: It is no XML in one of the encodings in which it can be patched.
    """
    refuse_wide(data)
    parser = ParserCreate()
    parser.buffer_text = True
    open_: list[Element] = []
    roots: list[Element] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        prefix, colon, name = tag.rpartition(":")
        made = Element(name, prefix + colon, attributes, at, tag_end(data, at))
        (open_[-1].children if open_ else roots).append(made)
        open_.append(made)

    def end(_: str) -> None:
        done = open_.pop()
        if data[done.inner - 2 : done.inner] == b"/>":
            done.close = done.end = done.inner
        else:
            done.close = parser.CurrentByteIndex
            done.end = data.index(b">", done.close) + 1

    def text(found: str) -> None:
        if open_:
            open_[-1].text += found

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(data, True)  # noqa: FBT003 - takes no keywords
    except ExpatError as error:
        raise Unpatchable(damaged(explain(error)).message) from None
    return roots[0]


def refuse_wide(beginning: bytes) -> None:
    """Refuse a part whose characters take two bytes.

    Raises:
        Unpatchable: It is such a part.
    """
    if beginning.startswith(_WIDE):
        raise Unpatchable(say("其中的 XML 是 UTF-16 编码", "its XML is in UTF-16"))


def refuse_doctype(*_: object) -> None:
    """Refuse a part that declares a document type.

    Raises:
        Unpatchable: Always.
    """
    raise Unpatchable(say("含有文档类型声明（DOCTYPE）", "it declares a document type"))


def tag_end(data: bytes | bytearray, start: int) -> int:
    """Tell where a tag that begins at ``start`` ends."""
    match = _TAG.match(data, start)
    if match is None:
        raise Unpatchable(say("文件已损坏：标签不完整", "it is damaged: a tag is cut"))
    return match.end()


def with_attributes(tag: bytes, values: Mapping[str, str | None]) -> bytes:
    """Change attributes of an opening tag, or add them; None takes one away.

    Examples:
        >>> with_attributes(b'<c r="A1" s="3"/>', {"s": "5", "t": "n"})
        b'<c r="A1" s="5" t="n"/>'
        >>> with_attributes(b'<c r="A1" s="3">', {"s": None})
        b'<c r="A1">'
    """
    edits: list[tuple[int, int, bytes]] = []
    left = dict(values)
    for match in _ATTRIBUTE.finditer(tag):
        name = match[1].decode("utf-8", "replace")
        if name not in left:
            continue
        value = left.pop(name)
        if value is None:
            edits.append((match.start(), match.end(), b""))
        else:
            edits.append((match.start(2), match.end(2), ascii_xml(quoteattr(value))))
    added = "".join(f" {name}={quoteattr(value)}" for name, value in left.items() if value)
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    edits.append((end, end, ascii_xml(added)))
    return spliced(tag, edits)


def spliced(data: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Replace stretches of bytes, each given by start, end and what takes its place.

    Those that begin at one place are made in the order in which they are given.
    """
    pieces: list[bytes] = []
    done = 0
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        pieces += [data[done:start], new]
        done = end
    return b"".join([*pieces, data[done:]])


def appended(data: bytes, parent: Element, new: bytes) -> tuple[int, int, bytes]:
    """Give the edit that adds to the end of an element, whether it closes itself or not."""
    if not parent.empty:
        return parent.close, parent.close, new
    opening = data[parent.start : parent.inner]
    tag = opening[:-2].rstrip() + b">"
    return parent.start, parent.end, tag + new + f"</{parent.prefix}{parent.name}>".encode()


def xml_text(text: str) -> bytes:
    """Write a text into XML; characters that XML has no place for become a question mark.

    Only ASCII is written, so that it fits whatever encoding a part is in.
    """
    return ascii_xml(escape(_clean(text)))


def xml_attribute(text: str) -> bytes:
    """Write a text as an attribute, in quotes."""
    return ascii_xml(quoteattr(_clean(text)))


def _clean(text: str) -> str:
    """Leave out what XML cannot hold, and escape what would be read as a character: ``_x0041_``."""
    return _ESCAPE.sub("_x005F_", _NOT_XML.sub("?", text))


def ascii_xml(markup: str) -> bytes:
    """Write markup in ASCII, other characters by number."""
    return markup.encode("ascii", "xmlcharrefreplace")
