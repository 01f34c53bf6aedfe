"""Which figures may not be told: small ones, and those that would give them away.

A figure of persons below the threshold is small; 0 is not. Alone among figures that are told it
would follow by subtraction, so another is withheld beside it::

    county  90   told
      school  40   told
      school   3   small: withheld
      school  47   withheld too, so that 90 − 40 says only what both have together

Each measure is looked at by itself. What is withheld of a subject is withheld of all below it, who
add up to it. Where nobody is left beside a small one, the figure above is withheld in its turn. So
every sum that is told has two parts at least of which nothing is, together large enough, and sums
have such parts in common only through sums that are told themselves: all that follows of a part is
that it is no more than all of them. Of an indicator and what it is made of all is withheld, or
nothing.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from dabiao.reports.summaries import finding_inputs
from dabiao.schemas.run import Run
from dabiao.schemas.unit import unit

_PERSONS = (("人", 1),)
_NAMED = re.compile(r"\{(\w+)\}")
PersonCount = tuple[str, int, str]
"""Code of a subject, a year, and a measure."""


def withheld(runs: Sequence[Run], least: int) -> frozenset[PersonCount]:
    """Give the figures that may not be told.

    Args:
        runs: The run, or several that are told beside each other: what each tells of a year, the
            others may give away. Of two values of a figure the smaller counts that is not 0.
        least: The smallest number of persons that may be told.
    """
    figures: dict[int, dict[str, dict[str, float]]] = {}
    for finding in itertools.chain.from_iterable(run.findings for run in runs):
        for (code, year), each in finding_inputs(finding):
            if each.measure and isinstance(each.value, float | int):
                measured = unit(each.unit)
                if measured.powers == _PERSONS:
                    told = figures.setdefault(year, {}).setdefault(each.measure, {})
                    value = each.value * measured.factor
                    told[code] = min(value, told.get(code) or value) or told.get(code, value)
    made = [
        (each.slug, *dict.fromkeys(_NAMED.findall(each.formula.zh)))
        for each in dict.fromkeys(of for run in runs for of in run.measures)
        if each.formula is not None
    ]
    return frozenset(
        (code, year, slug)
        for year, told in figures.items()
        for slug, code in _Year(runs, year, told, least).withheld(made)
    )


class _Year:
    """All figures of a year."""

    def __init__(
        self, runs: Sequence[Run], year: int, figures: dict[str, dict[str, float]], least: int
    ) -> None:
        below = _below(runs, year)
        order = _deepest_first(below)
        self._trees = {slug: _Tree(below, order, told, least) for slug, told in figures.items()}

    def withheld(self, made: list[tuple[str, ...]]) -> Iterator[tuple[str, str]]:
        """Give what is withheld by measure and code, once nothing gives anything away any more.

        Args:
            made: Indicators, each with the measures that it is made of.
        """
        for tree in self._trees.values():
            tree.settle()
        changed = True
        while changed:
            changed = False
            for parts in made:
                known = [self._trees[slug] for slug in parts if slug in self._trees]
                for code in sorted({code for tree in known for code in tree.gone}):
                    for tree in known:
                        if code in tree.figures and code not in tree.gone:
                            tree.withhold(code)
                            tree.settle()
                            changed = True
        for slug, tree in self._trees.items():
            for code in tree.gone & tree.figures.keys():
                yield slug, code


def _below(runs: Sequence[Run], year: int) -> dict[str, list[str]]:
    """Tell who lies directly in whom."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in itertools.chain.from_iterable(run.subjects for run in runs):
        if not each.years or year in each.years:
            chain = (*each.parents, each.code)
            for above, below in itertools.pairwise(chain):
                found[above].add(below)
    return {above: sorted(below) for above, below in found.items()}


def _deepest_first(below: dict[str, list[str]]) -> list[str]:
    order: list[str] = []
    seen: set[str] = set()

    def visit(code: str) -> None:
        if code not in seen:
            seen.add(code)
            for each in below.get(code, ()):
                visit(each)
            order.append(code)

    for code in sorted(below):
        visit(code)
    return [code for code in order if code in below]


class _Tree:
    """The figures of one measure, as the subjects lie in each other.

    Attributes:
        figures: The figures that are known, by code.
        gone: Codes of whom nothing is told.
    """

    def __init__(
        self,
        below: dict[str, list[str]],
        order: list[str],
        figures: dict[str, float],
        least: int,
    ) -> None:
        self.figures = figures
        self.gone: set[str] = set()
        self._below = below
        self._order = order
        self._least = least
        for code, value in figures.items():
            if 0 < value < least:
                self.withhold(code)

    def withhold(self, code: str) -> None:
        """Withhold the figure of a subject, and those of all below it."""
        waiting = [code]
        while waiting:
            code = waiting.pop()
            if code not in self.gone:
                self.gone.add(code)
                waiting.extend(self._below.get(code, ()))

    def settle(self) -> None:
        """Withhold figures until no sum that is told gives any of them away."""
        for above in self._order:
            while above in self.figures and above not in self.gone and not self._safe(above):
                rest = {each: self.figures[each] for each in self._parts(above)}
                able = [each for each in rest if each not in self.gone and rest[each] > 0]
                self.withhold(min(able, key=lambda each: (rest[each], each), default=above))

    def _parts(self, above: str) -> list[str]:
        """List the nearest subjects below one that have a figure: what its own is the sum of."""
        found: list[str] = []
        for each in self._below.get(above, ()):
            found += [each] if each in self.figures else self._parts(each)
        return found

    def _safe(self, above: str) -> bool:
        """Tell whether the figure of a subject gives away none of its parts."""
        gone = [self.figures[each] for each in self._parts(above) if each in self.gone]
        small = [value for value in gone if 0 < value < self._least]
        if not gone or not any(gone):
            return True
        return len(gone) > 1 and (not small or sum(gone) >= 2 * self._least - 1)
