"""What has to be submitted so that rules can be judged."""

from collections.abc import Iterable, Iterator

from dabiao.rules.catalog import Rule, Vocabulary
from dabiao.rules.formula import Below, Formula, Measured, Variation, parts
from dabiao.rules.norm import formulas
from dabiao.schemas.level import Level


def needed_items(rules: Iterable[Rule], vocabulary: Vocabulary) -> dict[Level, set[str]]:
    """Collect the items that rules look at, by the level they are looked at.

    Indicators are followed down to their items; an item that sums up is named at the level at which
    the rule looks, not at the levels below that it may be summed from.
    """
    needed: dict[Level, set[str]] = {}
    for rule in rules:
        own = list(formulas(rule.norm))
        if rule.condition is not None:
            own.append(rule.condition)
        for formula in own:
            for level, slug in _items(formula, rule.level, vocabulary):
                needed.setdefault(level, set()).add(slug)
    return dict(sorted(needed.items(), key=lambda pair: pair[0].rank))


def _items(formula: Formula, level: Level, vocabulary: Vocabulary) -> Iterator[tuple[Level, str]]:
    match formula:
        case Measured(slug) if slug in vocabulary.items:
            yield level, slug
        case Measured(slug):
            yield from _items(vocabulary.formulas[slug], level, vocabulary)
        case Below(_, below, _, _) | Variation(below, _, _):
            for part in parts(formula):
                yield from _items(part, below, vocabulary)
        case _:
            for part in parts(formula):
                yield from _items(part, level, vocabulary)
