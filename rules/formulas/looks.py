"""What a formula looks at of its own subject, and in which year; not what lies below or above."""

from collections.abc import Iterator

from dabiao.rules.formulas.formula import Formula, Measured, Number, Text, Truth, reads
from dabiao.rules.formulas.vocabulary import Vocabulary

PartInYear = tuple[Formula, int]
"""A part of a formula, and the year in which it is evaluated."""


def looks(formula: Formula, year: int, vocabulary: Vocabulary) -> set[PartInYear]:
    """Collect a formula and its parts, by way of indicators too, each with its year.

    Args:
        formula: The formula.
        year: The year in which it is evaluated.
        vocabulary: The measures.
    """
    found = set[PartInYear]()
    waiting = [(formula, year)]
    while waiting:
        look = waiting.pop()
        if look not in found:
            found.add(look)
            waiting += _inside(look, vocabulary)
    return found


def _inside(look: PartInYear, vocabulary: Vocabulary) -> Iterator[PartInYear]:
    """Yield what a part looks at in its turn; nothing where it is no formula over its subject."""
    formula, year = look
    if isinstance(formula, Measured) and formula.slug in vocabulary.formulas:
        yield vocabulary.formulas[formula.slug], year
    for read in reads(formula, year):
        if read.level is None:
            yield read.part, read.year


def years_beside(value: Formula, bound: Formula, year: int, vocabulary: Vocabulary) -> list[int]:
    """List the other years of which a bound reads all that a value is made of, in order.

    What the bound reads in them is known wherever the bound is, whether it reads the value itself,
    a sum of it over years or what it is calculated from.

    Args:
        value: What is compared.
        bound: What it is compared with.
        year: The year in which they are.
        vocabulary: The measures.
    """
    read = looks(bound, year, vocabulary)
    return [
        each
        for each in sorted({when for _, when in read} - {year})
        if _made_of(value, each, vocabulary) <= read
    ]


def _made_of(value: Formula, year: int, vocabulary: Vocabulary) -> set[PartInYear]:
    """Collect what a value is made of in the end: items, and functions over others."""
    return {
        look
        for look in looks(value, year, vocabulary)
        if not isinstance(look[0], Number | Text | Truth) and not any(_inside(look, vocabulary))
    }
