"""What stands at a place of a text: a measure, a function, a rule, a document, a place."""

import re
from collections.abc import Iterator
from enum import StrEnum

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.formulas.functions import Function
from dabiao.rules.language.keyboard import half_width_marks
from dabiao.rules.packs.rule_from_draft import full_id
from dabiao.rules.sentences import find
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.record import dataclass

_QUOTED = re.compile(r'"([^"]*)"')
_TAG = re.compile(r"@([^\s@\"]+)")
_CALL = re.compile(r"(\w+?)\s*\(")
_STEP = re.compile(
    r"\s*(?P<word>假如|假设|假定|当|那么|而且|并且|同时|但是|Given|When|Then|And|But|\*)\s*(?P<text>.*)"
)
_STEPS = {"假如": "given", "假设": "given", "假定": "given", "当": "when", "那么": "then"} | {
    word.capitalize(): word for word in ("given", "when", "then")
}
_DOCUMENT = re.compile(r'(?:依据文件|the document)\s*"([^"]+)"')


class ThingKind(StrEnum):
    """What a word of a feature may be the name of."""

    MEASURE = "measure"
    FUNCTION = "function"
    RULE = "rule"
    DOCUMENT = "document"
    PLACE = "place"
    SENTENCE = "sentence"


@dataclass(frozen=True, slots=True)
class NamedThing:
    """Something that is named in a line.

    Attributes:
        kind: What it is.
        key: Slug, id, code or name by which it is known.
        start: Where its name begins in the line, counted from 0.
        end: Where it ends.
    """

    kind: ThingKind
    key: str
    start: int
    end: int


def plain(line: str) -> str:
    """Give a line as it is read: half-width, every character in its place."""
    return halfwidth(half_width_marks(line))


def thing_at(lines: list[str], row: int, column: int, catalog: Catalog) -> NamedThing | None:
    """Find what the innermost name around a place stands for; None where none does."""
    if not 0 <= row < len(lines):
        return None
    around = [
        each
        for each in (*_things(lines, row, catalog), *_sentence(lines, row))
        if each.start <= column <= each.end
    ]
    # the end of one may be the beginning of the next, which is the one that is looked at
    within = [each for each in around if column < each.end] or around
    return min(within, key=lambda each: each.end - each.start, default=None)


def _things(lines: list[str], row: int, catalog: Catalog) -> Iterator[NamedThing]:
    line = plain(lines[row])
    document = document_of(lines, row)
    for found in _QUOTED.finditer(line):
        kind = _quoted(found[1], document, catalog)
        if kind is not None:
            yield NamedThing(*kind, found.start(1), found.end(1))
    for found in _TAG.finditer(line):
        id_ = full_id(found[1], document or "")
        if id_ in catalog.rules:
            yield NamedThing(ThingKind.RULE, id_, found.start(), found.end())
    for found in _CALL.finditer(line):
        function = next(
            (f for at in range(len(found[1])) if (f := Function.named(found[1][at:]))), None
        )
        if function is not None:
            name = function.zh if found[1].endswith(function.zh) else function.value
            yield NamedThing(
                ThingKind.FUNCTION, function.value, found.end(1) - len(name), found.end(1)
            )
    yield from _measures(line, catalog)


def _measures(line: str, catalog: Catalog) -> Iterator[NamedThing]:
    """Find the names of measures, the longest where they overlap."""
    taken: list[NamedThing] = []
    for name, slug in catalog.vocabulary.names.items():
        shown = halfwidth(name)
        start = line.find(shown)
        while start >= 0:
            end = start + len(shown)
            if not (shown.isascii() and _inside_a_word(line, start, end)):
                taken.append(NamedThing(ThingKind.MEASURE, slug, start, end))
            start = line.find(shown, start + 1)
    for each in taken:
        if not any(
            other.start <= each.start
            and each.end <= other.end
            and other.end - other.start > each.end - each.start
            for other in taken
        ):
            yield each


def _inside_a_word(line: str, start: int, end: int) -> bool:
    before, behind = line[start - 1 : start], line[end : end + 1]
    return any(each.isascii() and (each.isalnum() or each == "_") for each in (before, behind))


def _quoted(said: str, document: str | None, catalog: Catalog) -> tuple[ThingKind, str] | None:
    """Tell what a quoted text names."""
    if said in catalog.documents:
        return ThingKind.DOCUMENT, said
    id_ = full_id(said, document or "")
    if id_ in catalog.rules:
        return ThingKind.RULE, id_
    for code, place in catalog.places.items():
        if said in (code, place.name, *place.aliases):
            return ThingKind.PLACE, code
    return None


def _sentence(lines: list[str], row: int) -> Iterator[NamedThing]:
    step = step_at(lines, row)
    if step is None:
        return
    kind, text, start = step
    known = find(text, kind)
    if known is not None:
        key = f"{known.kind.value}/{known.name}"
        yield NamedThing(ThingKind.SENTENCE, key, start, start + len(text))


def step_at(lines: list[str], row: int) -> tuple[str, str, int] | None:
    """Give the step of a line: given, when or then; its text, and where that begins."""
    found = _STEP.match(plain(lines[row]))
    if found is None:
        return None
    kind = next(
        (
            _STEPS[above["word"]]
            for at in range(row, -1, -1)
            if (above := _STEP.match(plain(lines[at]))) and above["word"] in _STEPS
        ),
        "given",
    )
    start, end = found.span("text")
    return kind, lines[row][start:end], start


def document_of(lines: list[str], row: int) -> str | None:
    """Give the document that a line's rule is of: the nearest one named above, else the first."""
    named = [
        (at, found[1]) for at, line in enumerate(lines) if (found := _DOCUMENT.search(plain(line)))
    ]
    above = [name for at, name in named if at <= row]
    return above[-1] if above else named[0][1] if named else None
