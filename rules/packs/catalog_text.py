"""A catalog as text that can be read back, and that does nothing but stand there.

The text is one JSON list. Every distinct value of the catalog is one entry, after the values it is
made of, which it names by their places in the list: ``["Ratio", 4, 7]``. What an entry is made into
comes from a closed table of the models, so reading runs no code but theirs, whatever the text says.
"""

import hashlib
import json
import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from types import ModuleType
from typing import Any

from dabiao.rules.catalog import catalog as catalogs
from dabiao.rules.catalog import edit_check, indicator_table, norm
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.fingerprints import verdict_hash
from dabiao.rules.files.pack_files import is_built_in
from dabiao.rules.formulas import formula
from dabiao.schemas import document, finding, level, measure, rule, subject

_MODULES: tuple[ModuleType, ...] = (
    catalogs,
    edit_check,
    indicator_table,
    formula,
    norm,
    document,
    finding,
    level,
    measure,
    rule,
    subject,
)
_MADE = frozenset(["hash", "fingerprints"])
"""The fields that are no part of the text, in a catalog as in a rule: they are made from it."""


class TextError(ValueError):
    """A text that is no catalog."""


def catalog_text(catalog: Catalog) -> bytes:
    """Write a catalog; equal catalogs have equal texts, on every machine."""
    writer = _Writer()
    writer.place(catalog)
    return json.dumps(writer.entries, ensure_ascii=False, separators=(",", ":")).encode()


def text_hash(text: bytes) -> str:
    """Give the hash by which two catalogs are told apart."""
    return hashlib.sha256(text).hexdigest()


def rule_hash(rule: Rule) -> str:
    """Give the hash of one rule: of all that it says, wherever it stands."""
    if not rule.hash:
        writer = _Writer()
        writer.place(replace(rule, file="", line=0))
        _tell(rule, text_hash(json.dumps(writer.entries, ensure_ascii=False).encode()))
    return rule.hash


def _tell(rule: Rule, known: str) -> None:
    """Let a rule know its hash, which changes nothing of what it says."""
    object.__setattr__(rule, "hash", known)


def hashed(catalog: Catalog, text: bytes | None = None) -> Catalog:
    """Let a catalog know its own hash: that of its text, wherever its packs lie.

    Args:
        catalog: The catalog.
        text: Its text, where it is at hand.
    """
    text = catalog_text(catalog) if text is None else text
    named = {catalog.rules[id_].file for id_ in catalog.rules} | set(catalog.topics)
    own = [name for name in named if not is_built_in(name)]
    folder = posixpath.commonpath(map(posixpath.dirname, own)) if _all_alike(own) else ""
    if folder:
        begins = json.dumps(folder.rstrip("/") + "/", ensure_ascii=False)[:-1].encode()
        text = text.replace(begins, b'"')
    return replace(catalog, hash=text_hash(text))


def kept_text(catalog: Catalog, text: bytes | None = None) -> bytes:
    """Write a catalog to be kept: two hashes of each of its rules in a line, below it its text.

    Args:
        catalog: The catalog.
        text: Its text, where it is at hand.
    """
    vocabulary = catalog.vocabulary
    hashes = " ".join(f"{rule_hash(each)},{verdict_hash(each, vocabulary)}" for each in catalog)
    return hashes.encode("ascii") + b"\n" + (catalog_text(catalog) if text is None else text)


def kept_catalog(kept: bytes) -> Catalog:
    """Read a catalog that was kept.

    Raises:
        ValueError: It is no catalog, or has not as many rules as hashes.
    """
    hashes, _, text = kept.partition(b"\n")
    catalog = catalog_of(text)
    fingerprints: dict[str, str] = {}
    for each, known in zip(catalog, hashes.decode("ascii").split(), strict=True):
        own, _, fingerprints[each.id] = known.partition(",")
        _tell(each, own)
    object.__setattr__(catalog, "fingerprints", fingerprints)
    return catalog


def _all_alike(names: Sequence[str]) -> bool:
    """Tell whether names can have a folder in common."""
    return bool(names) and len({name.startswith("/") for name in names}) == 1


def catalog_of(text: bytes) -> Catalog:
    """Read a catalog from its text.

    Raises:
        TextError: The text is no catalog.
    """
    made: list[Any] = []
    makers, place = _makers(), made.__getitem__
    try:
        for entry in json.loads(text):
            if type(entry) is list:
                made.append(makers[entry[0]](*map(place, entry[1:])))
            else:
                made.append(entry)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise TextError(str(error)) from None
    if not made or not isinstance(made[-1], Catalog):
        raise TextError("the last entry is no catalog")
    return hashed(made[-1], text)


class _Writer:
    """Writes values into entries, each once."""

    def __init__(self) -> None:
        self.entries: list[object] = []
        self._places: dict[object, int] = {}
        self._known: dict[int, tuple[int, object]] = {}

    def place(self, value: object) -> int:
        """Give the place of a value, writing it first if it was not yet."""
        known = self._known.get(id(value))
        if known is not None:
            return known[0]
        entry: object = value
        if not (value is None or type(value) in (str, int, float, bool)):
            kind, parts = _taken_apart(value)
            entry = (kind, *(self.place(part) for part in parts))
        # 1, 1.0 and True are equal, but not the same.
        key = (type(entry), entry)
        at = self._places.setdefault(key, len(self.entries))
        if at == len(self.entries):
            self.entries.append(entry)
        self._known[id(value)] = (at, value)
        return at


def _taken_apart(value: object) -> tuple[str, list[Any]]:
    """Give the kind of a value and what it is made of."""
    kind = type(value).__name__
    names = _fields().get(kind)
    if names is not None:
        return kind, [getattr(value, name) for name in names]
    match value:
        case tuple():
            return "tuple", list(value)
        case frozenset():
            return "frozenset", sorted(value)
        case Mapping():
            return "dict", [part for pair in value.items() for part in pair]
        case date():
            return "date", [value.isoformat()]
        case Enum():
            return kind, [value.value]
    raise TypeError(f"a catalog holds no {kind}")


@cache
def _classes() -> dict[str, type]:
    found = [each for module in _MODULES for each in vars(module).values()]
    return {
        each.__name__: each
        for each in found
        if isinstance(each, type) and (is_dataclass(each) or issubclass(each, Enum))
    }


@cache
def _fields() -> dict[str, tuple[str, ...]]:
    """List the fields of every model, by its name."""
    found: dict[str, tuple[str, ...]] = {}
    for name, each in _classes().items():
        if is_dataclass(each):
            found[name] = tuple(part.name for part in fields(each) if part.name not in _MADE)
    return found


@cache
def _makers() -> dict[str, Callable[..., Any]]:
    """Tell how an entry of each kind is made of its parts."""
    made: dict[str, Callable[..., Any]] = {
        "tuple": lambda *parts: parts,
        "frozenset": lambda *parts: frozenset(parts),
        "dict": lambda *parts: dict(zip(parts[::2], parts[1::2], strict=True)),
        "date": date.fromisoformat,
    }
    names = _fields()
    for name, each in _classes().items():
        made[name] = _record(each, names[name]) if name in names else each
    return made


def _record(model: Any, names: tuple[str, ...]) -> Callable[..., Any]:  # noqa: ANN401 - any
    if names == tuple(part.name for part in fields(model) if part.init and not part.kw_only):
        made: Callable[..., Any] = model
        return made
    return lambda *parts: model(**dict(zip(names, parts, strict=True)))
