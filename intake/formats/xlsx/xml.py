"""XML parts of a workbook, read as a stream and never trusted."""

import codecs
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pyexpat import ParserCreate

from dabiao.intake.unreadable import Unreadable, damaged, too_much
from dabiao.schemas.language import say

_CHUNK = 1 << 16
_LONGEST = 1 << 22
"""Bytes of one tag."""
_LARGE = 1 << 23
_RATIO = 100
"""From so many bytes on, a part may be so many times as large as the workbook when unpacked."""
_DEEPEST = 10_000
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.-]{1,40})[\"']")
_ENCODINGS = frozenset(["iso-8859-1", "windows-1252", "gb2312", "gbk", "gb18030", "big5", "utf-16"])

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Take = Callable[[bytes, Callable[[bytes], None]], None]


def refuse_twins(archive: zipfile.ZipFile) -> None:
    """Refuse a workbook with two parts of one name and other contents: which holds, none can say.

    Raises:
        Unreadable: It has such parts.
    """
    seen: dict[str, tuple[int, int]] = {}
    for part in archive.infolist():
        name = part.filename.replace("\\", "/").lstrip("/").lower()
        if seen.setdefault(name, (part.CRC, part.file_size)) != (part.CRC, part.file_size):
            raise damaged(
                say(
                    f"有两个 {part.filename}，内容不同",
                    f"it has two parts {part.filename}, and they differ",
                )
            )


def parse(  # noqa: PLR0913 - three handlers of one parser
    archive: zipfile.ZipFile,
    part: str,
    limit: int,
    root: str,
    *,
    start: Start,
    end: End | None = None,
    text: Callable[[str], None] | None = None,
    take: Take = lambda piece, feed: feed(piece),
) -> None:
    """Feed a part of a workbook to handlers.

    Tags and attributes come with their prefixes, if they have any; see ``local``.

    Args:
        archive: The workbook.
        part: The name of the part.
        limit: Bytes after unpacking; the size that the archive claims is not asked.
        root: The tag that holds all others, so that no part is taken for another.
        start: Takes each opening tag.
        end: Takes each closing tag.
        text: Takes text.
        take: Takes each piece first, the end as an empty one, and gives on what is to be parsed.

    Raises:
        Unreadable: It is too large or declares a document type, as only attacks do.
        ExpatError: It is no XML.
    """
    parser = ParserCreate("utf-8")
    parser.buffer_text = True

    def begin(tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) != root:
            raise damaged(say(f"{part} 的内容不是 {root}", f"{part} does not hold a {root}"))
        parser.StartElementHandler = start
        start(tag, attributes)

    parser.StartElementHandler = begin
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    size = fed = depth = 0

    def feed(piece: bytes) -> None:
        nonlocal fed, depth
        # Every element costs memory until it is closed, and the parser has no bound of its own.
        depth += piece.count(b"<") - 2 * piece.count(b"</") - piece.count(b"/>")
        if depth > _DEEPEST:
            raise damaged(say(f"{part} 嵌套过深", f"{part} is nested too deeply"))
        parser.Parse(piece, False)  # noqa: FBT003 - no other way to say it - takes no keywords
        fed += len(piece)
        if parser.CurrentByteIndex < fed - _LONGEST:
            raise damaged(say(f"{part} 中有过长的内容", f"{part} holds something too long"))

    packed = _size(archive)
    with archive.open(part) as stream:
        chunk = stream.read(_CHUNK)
        recoded = _recoder(chunk)
        while chunk:
            size += len(chunk)
            if size > limit or (size > _LARGE and size > _RATIO * packed):
                raise _too_large(part, size)
            take(recoded(chunk), feed)
            chunk = stream.read(_CHUNK)
    take(b"", feed)
    parser.Parse(b"", True)  # noqa: FBT003 - no other way to say it


def _recoder(beginning: bytes) -> Callable[[bytes], bytes]:
    """Give what turns a part into UTF-8, which nearly all parts are in already."""
    if b"\0" in beginning[:4] or beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        marked = beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        name = "utf-16" if marked else "utf-16-be" if beginning[:1] == b"\0" else "utf-16-le"
    else:
        named = _ENCODING.match(beginning)
        name = named[1].decode().lower() if named is not None else "utf-8"
        if name in {"utf-8", "utf8", "us-ascii"}:
            return bytes
        if name not in _ENCODINGS:
            raise damaged(say(f"编码 {name} 不支持", f"the encoding {name} is not supported"))
    decode = codecs.getincrementaldecoder(name)().decode
    return lambda chunk: decode(chunk).encode()


def _size(archive: zipfile.ZipFile) -> int:
    """Give the bytes of the archive as a whole, which unlike what it claims cannot lie."""
    stream = archive.fp
    if stream is None:
        return 0
    place = stream.tell()
    size = stream.seek(0, io.SEEK_END)
    stream.seek(place)
    return size


def _too_large(part: str, size: int) -> Unreadable:
    megabytes = size >> 20
    return too_much(
        say(f"{part} 解压后超过 {megabytes} MB", f"{part} unpacks to over {megabytes} MB")
    )


def _refuse(*_: object) -> None:
    raise damaged(say("含有文档类型声明（DOCTYPE）", "it declares a document type"))


def local(name: str) -> str:
    """Give a tag or attribute without its prefix.

    Examples:
        >>> local("x:row"), local("row")
        ('row', 'row')
    """
    return name.rpartition(":")[2]


def attribute(attributes: Mapping[str, str], name: str) -> str | None:
    """Find an attribute whatever its prefix."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if local(key) == name), None)
