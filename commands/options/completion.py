"""What a shell offers as an option or argument is typed: rules, documents, levels, places, units.

All of it comes from the rule packs that the command names so far. Whatever is wrong with them is
told when the command runs; a shell that asks is offered nothing.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from dabiao.schemas.level import Level

if TYPE_CHECKING:
    from dabiao.rules.catalog.catalog import Catalog

Offers = list[tuple[str, str]]
"""What can be typed, each with what it means."""


def rules(context: typer.Context, incomplete: str) -> Offers:
    """Offer rules by id, and by title once some of one is typed."""
    return _offers(((rule.id, rule.title) for rule in _catalog(context)), incomplete)


def documents(context: typer.Context, incomplete: str) -> Offers:
    """Offer documents by id or title."""
    known = ((rule.document.id, rule.document.title) for rule in _catalog(context))
    return _offers(known, incomplete)


def tags(context: typer.Context, incomplete: str) -> Offers:
    """Offer the tags of rules."""
    return _offers(((tag, "") for rule in _catalog(context) for tag in rule.tags), incomplete)


def areas(context: typer.Context, incomplete: str) -> Offers:
    """Offer places by code or name."""
    places = getattr(_catalog(context), "places", {})
    return _offers(((code, place.name) for code, place in places.items()), incomplete)


def units(context: typer.Context, incomplete: str) -> Offers:
    """Offer units that answer for something."""
    known = ((name, "") for rule in _catalog(context) for name in rule.units.names)
    return _offers(known, incomplete)


def tables(context: typer.Context, incomplete: str) -> Offers:
    """Offer tables of documents by title."""
    return _offers(((title, "") for title in getattr(_catalog(context), "tables", {})), incomplete)


def states(incomplete: str) -> Offers:
    """Offer the states of a case."""
    from dabiao.schemas.case import CaseState

    return _offers(((state.label, state.value) for state in CaseState), incomplete)


def levels(incomplete: str) -> Offers:
    """Offer levels by either name."""
    return _offers(((level.zh, level.value) for level in Level), incomplete)


def _catalog(context: typer.Context) -> "Catalog | tuple[()]":
    from dabiao.rules.files.pack_files import pack_folders
    from dabiao.rules.packs.pack import read_pack
    from dabiao.schemas.problem import InputError

    packs = [Path(each) for each in context.params.get("packs") or ()]
    try:
        return read_pack(pack_folders(packs, builtin=context.params.get("builtin", True)))
    except InputError:
        return ()


def _offers(known: Iterable[tuple[str, str]], incomplete: str) -> Offers:
    """Give what begins as what was typed does: a word, or what it means."""

    def each() -> Iterator[tuple[str, str]]:
        for word, meaning in known:
            if word.startswith(incomplete):
                yield word, meaning
            elif incomplete and meaning.startswith(incomplete):
                yield meaning, word

    return sorted(set(each()))
