"""The parts of a workbook: every one is copied as it is, but for those that are changed."""

import posixpath
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import field
from pathlib import Path
from typing import IO

from dabiao.intake.limits import Limits
from dabiao.reports.annotations.parts.markup import (
    Element,
    Unpatchable,
    appended,
    read_markup,
    spliced,
    xml_attribute,
)
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass

Rewrite = Callable[[IO[bytes], IO[bytes]], None]
"""Copies a part from one stream to another, changing it on the way."""
_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_RELATIONS = (
    _HEAD + b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)
_SIGNED = "_xmlsignatures/"


@dataclass(frozen=True, slots=True)
class PartRelation:
    """What a part refers to.

    Attributes:
        id: The id by which the part calls it.
        kind: The last word of its type, e.g. ``comments``.
        part: The other part.
        strict: Whether the type is one of the strict variant of the format.
    """

    id: str
    kind: str
    part: str
    strict: bool


@dataclass
class Package:
    """A workbook as a package of parts, and what is to be changed in it.

    Attributes:
        archive: The package as it was.
        limits: How much is read.
    """

    archive: zipfile.ZipFile
    limits: Limits
    _names: dict[str, str] = field(default_factory=dict)
    _changed: dict[str, bytes] = field(default_factory=dict)
    _rewritten: dict[str, Rewrite] = field(default_factory=dict)
    _late: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    _removed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """List the parts.

        Raises:
            Unpatchable: The package is signed, so that a change would break the signature.
        """
        for name in self.archive.namelist():
            self._names.setdefault(name.replace("\\", "/").lstrip("/").lower(), name)
        if any(name.startswith(_SIGNED) for name in self._names):
            raise Unpatchable(
                say("带有数字签名，改动会使签名失效", "it is signed, and a change would undo that")
            )

    def has(self, part: str) -> bool:
        """Tell whether there is such a part."""
        name = self._name(part)
        return name not in self._removed and (name in self._changed or part.lower() in self._names)

    def open(self, part: str) -> IO[bytes]:
        """Open a part as it was."""
        return self.archive.open(self._name(part))

    def read(self, part: str) -> bytes:
        """Give a part as it stands now.

        Raises:
            Unpatchable: It is missing or too large.
        """
        name = self._name(part)
        if name in self._changed:
            return self._changed[name]
        if part.lower() not in self._names:
            raise Unpatchable(say(f"文件已损坏：缺少 {part}", f"it is damaged: no {part}"))
        with self.archive.open(name) as stream:
            data = stream.read(self.limits.json + 1)
        if len(data) > self.limits.json:
            raise Unpatchable(say(f"{part} 过大", f"{part} is too large"))
        return data

    def write(self, part: str, data: bytes) -> None:
        """Change a part, or add it."""
        name = self._name(part)
        self._changed[name] = data
        self._removed.discard(name)

    def rewrite(self, part: str, how: Rewrite) -> None:
        """Change a large part while it is copied."""
        self._rewritten[self._name(part)] = how

    def write_late(self, part: str, give: Callable[[], bytes]) -> None:
        """Change a part whose content is known only when all others are written."""
        self._late[self._name(part)] = give

    def remove(self, part: str) -> None:
        """Leave a part out, with its content type."""
        self._removed.add(self._name(part))
        self._changed.pop(self._name(part), None)
        data = self.read(_TYPES)
        gone = [
            (element.start, element.end, b"")
            for element in read_markup(data).all("Override")
            if element.attributes.get("PartName", "").lstrip("/").lower() == part.lower()
        ]
        self.write(_TYPES, spliced(data, gone))

    def unused(self, pattern: str) -> str:
        """Give a name for a new part, ``{}`` in the pattern being a number."""
        number = 1
        while self.has(name := pattern.format(number)) or name in self._late:
            number += 1
        return name

    def parts(self, suffix: str) -> list[str]:
        """List the parts with an ending."""
        return [name for name in self._names if name.endswith(suffix) and self.has(name)]

    def relations(self, part: str) -> list[PartRelation]:
        """Give what a part refers to inside the package."""
        rels = _relations_of(part)
        if not self.has(rels):
            return []
        folder = posixpath.dirname(part)
        return [
            _relation(element, folder)
            for element in read_markup(self.read(rels)).all("Relationship")
            if element.attributes.get("TargetMode") != "External"
        ]

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another, and give the id of it."""
        rels = _relations_of(part)
        data = self.read(rels) if self.has(rels) else _NO_RELATIONS
        root = read_markup(data)
        taken = {element.attributes.get("Id") for element in root.children}
        number = len(taken) + 1
        while (name := f"rId{number}") in taken:
            number += 1
        new = (
            f'<{root.prefix}Relationship Id="{name}" Type="{_OFFICE}{kind}" Target='.encode()
            + xml_attribute(f"/{target}")
            + b"/>"
        )
        self.write(rels, spliced(data, [appended(data, root, new)]))
        return name

    def unrelate(self, part: str, name: str) -> None:
        """Take a reference away."""
        rels = _relations_of(part)
        data = self.read(rels)
        gone = [
            (element.start, element.end, b"")
            for element in read_markup(data).all("Relationship")
            if element.attributes.get("Id") == name
        ]
        self.write(rels, spliced(data, gone))

    def set_type(self, part: str, content_type: str) -> None:
        """Say what a new part holds; ``.vml`` parts by their ending, others by name."""
        data = self.read(_TYPES)
        root = read_markup(data)
        if part.endswith(".vml"):
            known = {e.attributes.get("Extension", "").lower() for e in root.all("Default")}
            if "vml" in known:
                return
            kind, key, value = "Default", "Extension", "vml"
        else:
            kind, key, value = "Override", "PartName", f"/{part}"
        new = (
            f"<{root.prefix}{kind} {key}=".encode()
            + xml_attribute(value)
            + f' ContentType="{content_type}"/>'.encode()
        )
        edit = appended(data, root, new)
        if kind == "Default" and root.children:
            edit = (root.children[0].start, root.children[0].start, new)
        self.write(_TYPES, spliced(data, [edit]))

    def save(self, path: Path) -> None:
        """Write the package: untouched parts as they were, in the order in which they were."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            written: set[str] = set()
            for entry in self.archive.infolist():
                name = entry.filename
                if name in self._removed or name in self._late:
                    continue
                written.add(name)
                self._copy(entry, out)
            for name, data in self._changed.items():
                if name not in written and name not in self._removed:
                    out.writestr(name, data)
            for name, give in self._late.items():
                out.writestr(name, give())

    def _copy(self, entry: zipfile.ZipInfo, out: zipfile.ZipFile) -> None:
        name = entry.filename
        copy = zipfile.ZipInfo(name, entry.date_time)
        copy.compress_type = (
            entry.compress_type
            if entry.compress_type == zipfile.ZIP_STORED
            else zipfile.ZIP_DEFLATED
        )
        copy.external_attr, copy.create_system = entry.external_attr, entry.create_system
        if name in self._changed:
            out.writestr(copy, self._changed[name])
            return
        large = entry.file_size > 1 << 30
        with (
            self.archive.open(entry) as source,
            out.open(copy, "w", force_zip64=large) as target,
        ):
            self._rewritten.get(name, shutil.copyfileobj)(source, target)

    def _name(self, part: str) -> str:
        return self._names.get(part.lower(), part)


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relation(element: Element, folder: str) -> PartRelation:
    kind = element.attributes.get("Type", "")
    target = element.attributes.get("Target", "").replace("\\", "/")
    whole = target if target.startswith("/") else posixpath.join(folder, target)
    part = posixpath.normpath(whole).lstrip("/")
    strict = "purl.oclc.org" in kind
    return PartRelation(element.attributes.get("Id", ""), kind.rpartition("/")[2], part, strict)
