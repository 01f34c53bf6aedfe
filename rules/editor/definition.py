"""Where something that is named is defined."""

import re
from pathlib import Path
from typing import NamedTuple, assert_never

from dabiao.rules.editor.open_pack import PackView
from dabiao.rules.editor.things import NamedThing, ThingKind, plain
from dabiao.rules.files.document_files import document_id
from dabiao.rules.files.pack_files import PackFile


class TextSpot(NamedTuple):
    """A place in a file; the line is counted from 1."""

    path: Path
    line: int


def defined_at(thing: NamedThing, view: PackView) -> TextSpot | None:
    """Give the place where something is defined; None where nobody wrote it."""
    catalog = view.catalog
    if catalog is None:
        return None
    match thing.kind:
        case ThingKind.MEASURE:
            name = catalog.vocabulary.features.get(thing.key, "")
            measure = catalog.vocabulary.measure(thing.key)
            return _row_with(view, name, (measure.slug, measure.name))
        case ThingKind.RULE:
            rule = catalog.rules[thing.key]
            file = view.files.get(rule.file)
            return TextSpot(file.path, rule.line) if file is not None else None
        case ThingKind.DOCUMENT:
            described = (file for file in view.files.values() if _describes(file, thing.key))
            return next((TextSpot(file.path, 1) for file in described), None)
        case ThingKind.PLACE:
            tables = [name for name, file in view.files.items() if file.path.name == "places.csv"]
            found = (_row_with(view, name, (thing.key,)) for name in tables)
            return next((spot for spot in found if spot is not None and spot.line > 1), None)
        case ThingKind.FUNCTION | ThingKind.SENTENCE:
            return None
        case _:
            assert_never(thing.kind)


def _row_with(view: PackView, name: str, wanted: tuple[str, ...]) -> TextSpot | None:
    """Find the line of a table that has all of some cells."""
    file = view.files.get(name)
    if file is None:
        return None
    for at, line in enumerate(view.lines(name), 1):
        cells = {cell.strip() for cell in re.split(r"[|,]", plain(line))}
        if cells.issuperset(plain(each) for each in wanted):
            return TextSpot(file.path, at)
    return TextSpot(file.path, 1)


def _describes(file: PackFile, document: str) -> bool:
    return file.path.name == "document.yaml" and document_id(file) == document
