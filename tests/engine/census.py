"""What the cases of a run are about: which members of the closed sets they judged, how often."""

import typing
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import assert_never

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import (
    AllComply,
    Changes,
    Compares,
    Direction,
    EachComplies,
    Norm,
    Span,
    Within,
    formulas,
    rolls_up,
)
from dabiao.rules.formulas import formula as f
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Summation
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import TimingKind
from tests.engine.formula_strategies import STAGED, named
from tests.engine.naive import Verdict

ENOUGH = 5
"""Times that a member of a set occurs at least in what a run decides."""
UNJUDGED = (Outcome.NOT_APPLICABLE, Outcome.MISSING)
ENUMS: tuple[type[Enum], ...] = (
    *(f.Fold, f.Arithmetic, f.Relation),
    *(TimingKind, Span, Direction, Comparator, Outcome),
)
MEMBERS = (
    *(named(member) for each in ENUMS for member in each),
    *(each.__name__ for each in typing.get_args(f.Formula)),
    *(each.__name__ for each in typing.get_args(Norm)),
    *("Compares of Attainment", "Within of Attainment", "Compares of years", "Within of years"),
    *(named(Summation.SUM), STAGED),
)
"""All that rules can be made of, and all that can come of it."""


def census(catalog: Catalog, verdicts: Iterable[Verdict]) -> Counter[str]:
    """Count, once a rule, what the rules are made of of which anything was decided."""
    counted: Counter[str] = Counter()
    decided: set[str] = set()
    for verdict in verdicts:
        counted[named(verdict.outcome)] += 1
        if verdict.outcome not in UNJUDGED:
            decided.add(verdict.rule)
    for rule in sorted(decided):
        counted.update(set(made_of(catalog, catalog.rules[rule])))
    return counted


def made_of(catalog: Catalog, rule: Rule) -> Iterator[str]:
    """List what a rule is made of, indicators included."""
    yield named(rule.timing.kind)
    if rule.stages:
        yield STAGED
    norm = rule.norm
    yield type(norm).__name__
    match norm:
        case Compares():
            yield named(norm.comparator)
        case Within():
            yield named(Comparator.BETWEEN)
        case Changes():
            yield named(norm.span)
            yield named(norm.direction)
        case AllComply() | EachComplies():
            pass
        case _:
            assert_never(norm)
    if rolls_up(norm) and formulas(norm):
        yield f"{type(norm).__name__} of Attainment"
    if isinstance(norm, Compares | Within) and f.counts_years(norm.value):
        yield f"{type(norm).__name__} of years"
    for formula in (*formulas(norm), *([] if rule.condition is None else [rule.condition])):
        yield from nodes(catalog, formula, rule.level)


def nodes(catalog: Catalog, formula: f.Formula, level: Level) -> Iterator[str]:
    """List the nodes of a formula asked of a level, and of the indicators it speaks of."""
    yield type(formula).__name__
    match formula:
        case f.Calculation(member) | f.Relates(member) | f.Below(member):
            yield named(member)
        case f.Measured(slug) if slug in catalog.vocabulary.formulas:
            yield from nodes(catalog, catalog.vocabulary.formulas[slug], level)
        case f.Measured(slug):
            item = catalog.vocabulary.items[slug]
            if item.summation is Summation.SUM and level is not item.levels[-1]:
                yield named(Summation.SUM)
    for read in f.reads(formula, 0):
        yield from nodes(catalog, read.part, read.level or level)
