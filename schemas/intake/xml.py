"""XML parts of a workbook, read as a stream and never trusted."""

import zipfile
from collections.abc import Callable, Mapping
from pyexpat import ParserCreate

from dabiao.schemas.intake.unreadable import damaged, too_much
from dabiao.schemas.language import say

_CHUNK = 1 << 16

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


def parse(  # noqa: PLR0913 - three handlers of one parser
    archive: zipfile.ZipFile,
    part: str,
    limit: int,
    *,
    start: Start,
    end: End | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Feed a part of a workbook to handlers.

    Tags and attributes come with their prefixes, if they have any; see ``local``.

    Args:
        archive: The workbook.
        part: The name of the part.
        limit: Bytes after unpacking; the size that the archive claims is not asked.
        start: Takes each opening tag.
        end: Takes each closing tag.
        text: Takes text.

    Raises:
        Unreadable: It is too large or declares a document type, as only attacks do.
        ExpatError: It is no XML.
    """
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    size = 0
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                megabytes = limit >> 20
                raise too_much(
                    say(
                        f"{part} 解压后超过 {megabytes} MB",
                        f"{part} unpacks to over {megabytes} MB",
                    )
                )
            parser.Parse(chunk, False)  # noqa: FBT003 - takes no keywords
    parser.Parse(b"", True)  # noqa: FBT003


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
