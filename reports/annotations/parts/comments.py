"""The comments of a sheet: ours put in and taken out, other people's left as they are."""

from collections.abc import Mapping
from dataclasses import field

from dabiao.intake.formats.xlsx.comments import AUTHOR
from dabiao.reports.annotations.parts.markup import (
    Element,
    appended,
    read_markup,
    spliced,
    xml_attribute,
    xml_text,
)
from dabiao.schemas.record import dataclass

_THREADED = "tc="
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_NEW = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{_MAIN}"><authors/><commentList/></comments>'
).encode()


@dataclass(frozen=True, slots=True)
class Commented:
    """What became of the comments of a sheet.

    Attributes:
        data: The part; None if there are no comments left.
        removed: Cells whose comment was taken out.
        added: Cells that have a comment now and had none of other people's.
    """

    data: bytes | None
    removed: set[str] = field(default_factory=set)
    added: list[str] = field(default_factory=list)


def merge_comments(data: bytes | None, notes: Mapping[str, str]) -> Commented:
    """Take our old comments out and put new ones in.

    Where somebody else has commented on a cell, ours is added below theirs. A conversation
    (threaded comment) is left alone.

    Args:
        data: The part as it is, or None.
        notes: Cell to what to say of it.
    """
    data = _NEW if data is None else data
    root = read_markup(data)
    authors, comments = root.child("authors"), root.child("commentList")
    if authors is None or comments is None:
        return merge_comments(None, notes)
    names = [author.whole_text() for author in authors.all("author")]
    edits: list[tuple[int, int, bytes]] = []
    removed: set[str] = set()
    theirs: set[str] = set()
    for comment in comments.all("comment"):
        author = _author(comment, names)
        reference = comment.attributes.get("ref", "")
        if author == AUTHOR or comment.whole_text().lstrip().startswith(AUTHOR):
            removed.add(reference)
            edits.append((comment.start, comment.end, b""))
            continue
        theirs.add(reference)
        if not author.startswith(_THREADED):
            edits.extend(_add_to(data, comment, notes.get(reference)))
    added = [reference for reference in notes if reference not in theirs]
    if not added and not theirs:
        return Commented(None, removed)
    p = root.prefix
    if added and AUTHOR not in names:
        new = f"<{p}author>".encode() + xml_text(AUTHOR) + f"</{p}author>".encode()
        edits.append(appended(data, authors, new))
        names.append(AUTHOR)
    if added:
        number = names.index(AUTHOR)
        new = b"".join(_comment(reference, notes[reference], number, p) for reference in added)
        edits.append(appended(data, comments, new))
    return Commented(spliced(data, edits), removed, added)


def _author(comment: Element, names: list[str]) -> str:
    number = comment.attributes.get("authorId", "")
    return names[int(number)] if number.isdecimal() and int(number) < len(names) else ""


def _comment(reference: str, note: str, author: int, p: str) -> bytes:
    return (
        f"<{p}comment ref=".encode()
        + xml_attribute(reference)
        + f' authorId="{author}"><{p}text>'.encode()
        + _runs(note, p)
        + f"</{p}text></{p}comment>".encode()
    )


def _runs(note: str, p: str, before: str = "") -> bytes:
    """Write our name in bold and the note below it."""
    font = f'<{p}sz val="9"/><{p}rFont val="Tahoma"/>'
    return (
        f'<{p}r><{p}rPr><{p}b/>{font}</{p}rPr><{p}t xml:space="preserve">'.encode()
        + xml_text(before + AUTHOR)
        + f'</{p}t></{p}r><{p}r><{p}rPr>{font}</{p}rPr><{p}t xml:space="preserve">'.encode()
        + xml_text("\n" + note)
        + f"</{p}t></{p}r>".encode()
    )


def _without_ours(runs: list[Element]) -> list[tuple[int, int, bytes]]:
    """Take out what we have said, however a program has cut the text into pieces since."""
    whole = "".join(run.whole_text() for run in runs)
    kept = len(whole.partition(AUTHOR)[0].rstrip("\n"))
    if AUTHOR not in whole:
        return []
    edits: list[tuple[int, int, bytes]] = []
    for run in runs:
        said = run.whole_text()
        holder = run if run.name == "t" else run.child("t")
        if kept <= 0 or holder is None:
            edits.append((run.start, run.end, b""))
        elif len(said) > kept:
            edits.append((holder.inner, holder.close, xml_text(said[:kept])))
        kept -= len(said)
    return edits


def _add_to(data: bytes, comment: Element, note: str | None) -> list[tuple[int, int, bytes]]:
    """Change what we have to say in somebody else's comment."""
    text = comment.child("text")
    if text is None:
        return []
    p = text.prefix
    runs = list(text.all("r"))
    bare = text.child("t")
    edits = _without_ours(([bare] if bare is not None else []) + runs)
    if note is None:
        return edits
    if bare is not None:  # a bare text and runs do not go together
        edits.append((bare.start, bare.start, f"<{p}r>".encode()))
        edits.append((bare.end, bare.end, f"</{p}r>".encode()))
    later = next((c.start for c in text.children if c.name in {"rPh", "phoneticPr"}), None)
    new = _runs(note, p, "\n")
    edits.append(appended(data, text, new) if later is None else (later, later, new))
    return edits
