"""How much a formula comes to once its indicators are written out, and 累计 year by year.

Indicators that name one another twice, a few dozen in a row, would come to more than anybody can
work through: whoever follows a formula through its indicators relies on their being few.
"""

from collections.abc import Iterator, Mapping

from dabiao.rules.formulas.formula import Cumulative, Formula, Measured, parts, walk

MOST = 10_000
"""Parts of a formula that is written out. The largest built in has some hundred."""


def overgrown(formulas: Mapping[str, Formula]) -> Iterator[str]:
    """Yield the indicators that come to too much, those first that others are made of.

    Args:
        formulas: The formulas of indicators, by slug, in which there is no circle.
    """
    sizes: dict[str, int] = {}
    waiting = list(formulas)[::-1]
    while waiting:
        slug = waiting[-1]
        inside = (each.slug for each in walk(formulas[slug]) if isinstance(each, Measured))
        unknown = [each for each in inside if each in formulas and each not in sizes]
        if unknown and slug not in sizes:
            waiting += unknown
            continue
        waiting.pop()
        if slug not in sizes:
            sizes[slug] = _size(formulas[slug], sizes)
            if sizes[slug] > MOST:
                yield slug


def _size(formula: Formula, sizes: Mapping[str, int]) -> int:
    if isinstance(formula, Measured):
        return 1 + sizes.get(formula.slug, 0)
    times = formula.years if isinstance(formula, Cumulative) else 1
    return 1 + times * sum(_size(each, sizes) for each in parts(formula))
