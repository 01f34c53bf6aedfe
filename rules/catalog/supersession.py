"""Documents that refer to one another: whether they may, and which takes whose place from when."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import Any

from dabiao.rules.files.document_files import DocumentFile
from dabiao.rules.words.nearest import did_you_mean
from dabiao.schemas.document import Document
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem
from dabiao.schemas.subject import Place

_Report = Callable[[Problem], None]

_KEYS = ("supersedes", "under")
"""By which a document names others."""


def successors(document: Document, documents: Mapping[str, Document]) -> tuple[Document, ...]:
    """List the document that takes a document's place, then the one that takes that one's, ….

    Where several take its place, the one that starts first does.
    """
    found: list[Document] = []
    here = document
    while True:
        newer = [
            each
            for each in documents.values()
            if here.id in each.supersedes and each not in found and each.id != document.id
        ]
        if not newer:
            return tuple(found)
        here = min(newer, key=lambda each: (each.period.from_, each.id))
        found.append(here)


def related(
    files: Sequence[DocumentFile],
    places: Mapping[str, Place],
    unread: Collection[str],
    report: _Report,
    *,
    places_known: bool = True,
) -> dict[str, Document]:
    """Check what documents say of one another, and give them by id without what is wrong in it.

    Args:
        files: The documents, each id once.
        places: Known places by code.
        unread: Ids of documents whose own file is wrong, which was reported.
        report: Called with every problem.
        places_known: Whether what there is of places could be read.
    """
    known = {each.document.id: each for each in files}
    for each in files:
        home = each.document.jurisdiction
        if home is not None and home not in places and places_known:
            report(_homeless(each, home, places))
    for each, key, other in _links(files):
        if other not in known and other not in unread:
            report(_unknown(each, key, other, known))
    wrong = _circular_links(known, report)
    for each, key, other in _links(files):
        id_ = each.document.id
        if key != "supersedes" or other not in known or (id_, key) in wrong:
            continue
        older = known[other].document
        if not _covers(each.document.jurisdiction, older.jurisdiction, places):
            wrong.add((id_, key))
            report(_elsewhere(each, older, places))
    mended: dict[str, dict[str, Any]] = {
        id_: {key: () for key in _KEYS if (id_, key) in wrong} for id_ in known
    }
    return {id_: replace(each.document, **mended[id_]) for id_, each in known.items()}


def _links(files: Iterable[DocumentFile]) -> Iterator[tuple[DocumentFile, str, str]]:
    """Yield each document with each key and id by which it names another."""
    for each in files:
        for key in _KEYS:
            yield from ((each, key, other) for other in getattr(each.document, key))


def _circular_links(known: Mapping[str, DocumentFile], report: _Report) -> set[tuple[str, str]]:
    """_Report circles, and give the documents and keys that make them."""
    wrong: set[tuple[str, str]] = set()
    told: set[frozenset[str]] = set()
    for key in _KEYS:
        links = {id_: getattr(each.document, key) for id_, each in known.items()}
        for circle in _circles(links):
            wrong |= {(id_, key) for id_ in circle}
            if frozenset(circle) not in told:  # two documents may name each other in both ways
                told.add(frozenset(circle))
                report(_circular(known, key, circle))
    return wrong


def _circles(links: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Yield circles of links until none is left, each beginning with the first of its members."""
    left = {id_: {each for each in others if each in links} for id_, others in links.items()}
    order = list(links)
    while True:
        try:
            TopologicalSorter(left).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][:0:-1]
            first = circle.index(min(circle, key=order.index))
            yield circle[first:] + circle[:first]
            for id_ in circle:
                left[id_] -= set(circle)
        else:
            return


def _covers(newer: str | None, older: str | None, places: Mapping[str, Place]) -> bool:
    """Tell whether one place is, or contains, another; an unknown one is told elsewhere."""
    if newer is None or newer == older or newer not in places:
        return True
    if older is None:
        return False
    if older not in places:
        return True
    here: str | None = older
    while here is not None and here in places:  # which lie in one another without a circle
        if here == newer:
            return True
        here = places[here].parent
    return False


def _homeless(said: DocumentFile, home: str, places: Mapping[str, Place]) -> Problem:
    named = (each for each in places.values() if home in (each.name, *each.aliases))
    return said.problem(
        "jurisdiction",
        "unknown-place",
        say(
            f"文件 {said.document.id} 的辖区 {home} 不在 places.csv 里",
            f"the jurisdiction {home} of {said.document.id} is not in places.csv",
        ),
        next((say(f"写代码 {each.code}", f"write {each.code}") for each in named), None)
        or did_you_mean(home, places)
        or say("核对代码，或在 places.csv 加一行", "check the code, or add it to places.csv"),
    )


def _unknown(said: DocumentFile, key: str, other: str, known: Collection[str]) -> Problem:
    id_ = said.document.id
    return said.problem(
        key,
        "unknown-document",
        say(f"{id_} 提到的文件 {other} 不存在", f"{id_} mentions {other}, which does not exist"),
        did_you_mean(other, [each for each in known if each != id_])
        or say("给它也写一份 document.yaml", "describe it with a document.yaml too"),
    )


def _circular(known: Mapping[str, DocumentFile], key: str, circle: Sequence[str]) -> Problem:
    said = known[circle[0]]
    zh, en = {"supersedes": ("取代", "supersedes"), "under": ("依据", "is under")}[key]
    hint = say(f"改 {key}：只写比它旧的文件", f"correct {key}: name older documents only")
    if key == "under":
        hint = say("改 under：只写它的上级文件", "correct under: name the documents above it")
    if len(circle) == 1:
        message = say(f"{circle[0]} {zh}了它自己", f"{circle[0]} {en} itself")
        return said.problem(key, "circular-document", message, hint)
    around = [*circle, circle[0]]
    message = say(
        f"文件之间绕成了圈：{f' {zh} '.join(around)}",
        f"documents go round in a circle: {f' {en} '.join(around)}",
    )
    return said.problem(key, "circular-document", message, hint)


def _elsewhere(said: DocumentFile, older: Document, places: Mapping[str, Place]) -> Problem:
    code = said.document.jurisdiction or ""
    here = places[code].name if code in places else code
    return said.problem(
        "supersedes",
        "supersedes-elsewhere",
        say(
            f"{said.document.id} 只管{here}，{older.id} 还管别处，不能由它取代",
            f"{said.document.id} binds {here} only, {older.id} other places too: it can't be"
            " superseded by it",
        ),
        say("核对 jurisdiction 和 supersedes", "check jurisdiction and supersedes"),
    )
