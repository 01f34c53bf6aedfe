"""Which rules a rule over verdicts rests on."""

from collections.abc import Iterable

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import rolls_up
from dabiao.rules.formulas.formula import Attainment, Complies, Formula
from dabiao.schemas.level import Level


def tag_key(document: str, tag: str) -> tuple[str, str]:
    """Read a tag as written in a rule of a document.

    Examples:
        >>> tag_key("ordos-145", "@标准化"), tag_key("ordos-145", "national/@标准化")
        (('ordos-145', '标准化'), ('national', '标准化'))
    """
    owner, slash, name = tag.rpartition("/")
    return (owner if slash else document, name.removeprefix("@"))


def tagged(level: Level, tag: str, document: str, catalog: Catalog) -> tuple[str, ...]:
    """List the ids of the rules about a level that carry a tag, named in a document's rule."""
    ids = catalog.tagged.get(tag_key(document, tag), ())
    return tuple(id_ for id_ in ids if catalog.rules[id_].level is level)


def named_tags(rule: Rule, catalog: Catalog) -> set[tuple[Level, str]]:
    """Collect the levels and tags a rule names: in its norm, its condition and its indicators."""
    own = rolls_up(rule.norm)
    found = tags_in(rule.formulas, catalog)
    return found if own is None else {own} | found


def tags_in(said: Iterable[Formula], catalog: Catalog) -> set[tuple[Level, str]]:
    """Collect the levels and tags that formulas name, indicators included."""
    parts = catalog.vocabulary.unfold(said)
    return {(part.level, part.tag) for part in parts if isinstance(part, Attainment | Complies)}


def rolled_up(rule: Rule, catalog: Catalog) -> tuple[str, ...]:
    """List the ids of the rules that must be judged before a rule can be."""
    found: set[str] = set()
    for level, tag in named_tags(rule, catalog):
        found.update(tagged(level, tag, rule.document.id, catalog))
    return tuple(sorted(found))
