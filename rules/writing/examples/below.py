"""Examples of a norm on the subjects below: how many there are, their sum, their mean.

合计(学校.在校生数) 应不低于 2000人        | 学校 | s1 | 150602 | 1000 |
                                          | 学校 | s2 | 150602 | <值> |   1000, 999, 1001
"""

import math
from collections.abc import Mapping, Sequence
from typing import assert_never

from dabiao.rules.analysis.authority import contains
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.norm import Compares
from dabiao.rules.formulas.formula import Below, Fold, Measured, Number
from dabiao.rules.packs.norms.built import BuiltNorm
from dabiao.rules.writing.examples.applicability import applicability
from dabiao.rules.writing.examples.boundary import smallest_step
from dabiao.rules.writing.examples.example_tables import cells
from dabiao.rules.writing.examples.step_writer import written
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

_MOST = 10
"""Rows of a table that somebody still reads."""


@dataclass(frozen=True, slots=True)
class _Tree:
    """A subject, and those below it that examples speak of.

    Attributes:
        code: Code of the subject.
        parent: Code of what it lies in, or an empty text.
        below: Codes of those below, as many as there can be.
        within: Code of what each of them lies in.
    """

    code: str
    parent: str
    below: tuple[str, ...]
    within: str


@dataclass(frozen=True, slots=True)
class _Case:
    """What those below submit, and what comes of it.

    Attributes:
        rows: The values of each of them, by slug; ``<甲>`` and ``<乙>`` are filled in.
        examples: What is filled in, and the outcome.
    """

    rows: tuple[Mapping[str, str], ...]
    examples: tuple[tuple[tuple[str, ...], Outcome], ...]

    def filled(self, outcome: Outcome) -> Sequence[Mapping[str, str]]:
        """Fill in the first example of an outcome; empty where none has it."""
        said = next((each for each, told in self.examples if told is outcome), None)
        if said is None:
            return ()
        filled = dict(zip(("<甲>", "<乙>"), said, strict=False))
        return [{slug: filled.get(of, of) for slug, of in row.items()} for row in self.rows]


def below_examples(  # noqa: PLR0913 - what a scenario is made of
    built: BuiltNorm,
    level: Level,
    *,
    year: int,
    years: Mapping[int, Outcome],
    within: str | None,
    catalog: Catalog,
    late: int | None,
) -> list[str]:
    """Write examples of a norm on those below; none where it is no such norm, or would take long.

    Args:
        built: The norm.
        level: Level of the subjects.
        year: The year judged.
        years: What comes in the years around its time of what falls short.
        within: Code of the place that the rule's document is of.
        catalog: The pack.
        late: A year in which it no longer counts that the demand is kept.
    """
    match built.norm:
        case Compares(Below() as fold, comparator, Number(bound)):
            case = _case(fold, comparator, bound, catalog)
        case _:
            return []
    tree = _tree(level, fold.level, within, catalog)
    if case is None or tree is None or len(case.rows) > len(tree.below):
        return []
    lines = [
        say("    场景大纲: 界线", "    Scenario Outline: boundary"),
        *_facts(case.rows, tree, level, fold.level, catalog),
        say(f"      当 在{year}年考核", f"      When judged in {year}"),
        *_outcomes(tree.code, ["甲", "乙"][: len(case.examples[0][0])], case.examples),
    ]
    short, enough = (case.filled(told) for told in (Outcome.VIOLATION, Outcome.COMPLIANT))
    if late is not None and short and enough:
        lines += [
            say("    场景: 过了那一年再补不算", "    Scenario: too late"),
            *_facts([*enough, *short], tree, level, fold.level, catalog, (late, late - 1)),
            say(f"      当 在{late}年考核", f"      When judged in {late}"),
            say(
                f'      那么 "{tree.code}"的结论是"{Outcome.VIOLATION.zh}"',
                f'      Then the outcome of "{tree.code}" is "{Outcome.VIOLATION.label}"',
            ),
        ]
    if not short or len(years) < len("12"):
        return lines
    return [
        *lines,
        say("    场景大纲: 时限", "    Scenario Outline: timing"),
        *_facts(short, tree, level, fold.level, catalog),
        say("      当 在<年>年考核", "      When judged in <year>"),
        *_outcomes(
            tree.code, [say("年", "year")], [((str(at),), told) for at, told in years.items()]
        ),
    ]


def _case(fold: Below, comparator: Comparator, bound: float, catalog: Catalog) -> _Case | None:
    match fold:
        case Below(Fold.COUNT | Fold.SHARE, _, None, condition) if condition is not None:
            return _counted(fold, comparator, bound, catalog)
        case Below(Fold.SUM | Fold.MEAN | Fold.MEDIAN | Fold.MAXIMUM | Fold.MINIMUM, _, Measured()):
            return _of_several(fold, comparator, bound, catalog)
    return None


def _of_several(
    fold: Below, comparator: Comparator, bound: float, catalog: Catalog
) -> _Case | None:
    """Give some that together are on either side of the bound, and some that do not count."""
    if not isinstance(fold.operand, Measured):
        return None
    slug = fold.operand.slug
    item = catalog.vocabulary.items.get(slug)
    step = smallest_step(item, bound)
    values = [bound, bound - step, bound + step]
    firsts, others = _summands(fold.fold, bound, step, values)
    if not firsts or any(value < 0 for value in (*firsts, *others)):
        return None
    whom = applicability(fold.condition, catalog.vocabulary)
    given = {each: written(said) for each, said in whom.holding.items()}
    if slug in given or (fold.condition is not None and not whom.outside):
        return None
    rows = [{**given, slug: f"{first:.10g}"} for first in firsts] + [{**given, slug: "<甲>"}]
    for each in whom.outside:
        outside = {name: written(said) for name, said in each.items()}
        rows.append({**outside, slug: f"{3 * bound + step:.10g}"})
    told = [
        ((f"{said:.10g}",), _outcome(value, comparator, bound))
        for said, value in zip(others, values, strict=True)
    ]
    return _Case(tuple(rows), tuple(told))


def _summands(
    fold: Fold, bound: float, step: float, values: Sequence[float]
) -> tuple[list[float], Sequence[float]]:
    """Give what some have, and what the last one has for the fold of all to take each value.

    With those of a mean and of a median, the other of the two and the least would differ.
    """
    half = math.floor(bound / 2 / step) * step
    match fold:
        case Fold.SUM:
            return [half], [value - half for value in values]
        case Fold.MAXIMUM:
            return [min(values)], values
        case Fold.MINIMUM:
            return [max(values)], values
        case Fold.MEDIAN:
            return [half, 2 * bound], values
        case Fold.MEAN:
            return [half, bound], [3 * value - half - bound for value in values]
        case Fold.COUNT | Fold.SHARE | Fold.PERCENTILE:
            return [], []
        case _:
            assert_never(fold)


def _counted(fold: Below, comparator: Comparator, bound: float, catalog: Catalog) -> _Case | None:
    """Give so many for whom a condition holds, and two more for whom it may."""
    whom = applicability(fold.condition, catalog.vocabulary)
    if not whom.outside:
        return None
    changed = [slug for slug, said in whom.outside[0].items() if said != whom.holding.get(slug)]
    if len(changed) != 1 or bound != int(bound):
        return None
    of: int | None = None
    count = int(bound)
    if fold.fold is Fold.SHARE:
        part = math.gcd(count, 100) or 100
        of = max(100 // part, 2)
        count = count * of // 100
    fixed = max(count - 1, 0)
    free = 2 if of is None else min(2, of - fixed)
    left = 0 if of is None else of - fixed - free
    if fixed + free + left > _MOST:
        return None
    [slug] = changed
    yes = {each: written(said) for each, said in whom.holding.items()}
    no = {each: written(said) for each, said in whom.outside[0].items()}
    names = ("<甲>", "<乙>")[:free]
    rows = [yes] * fixed + [{**yes, slug: name} for name in names] + [no] * left
    if of is None:  # for whom another part of the condition does not hold
        rows += [{each: written(said) for each, said in out.items()} for out in whom.outside[1:]]
    told = []
    for many in range(free + 1):
        said = tuple((yes if at < many else no)[slug].strip('"') for at in range(free))
        observed = fixed + many if of is None else 100 * (fixed + many) / of
        told.append((said, _outcome(observed, comparator, bound)))
    return _Case(tuple(rows), tuple(told))


def _outcome(value: float, comparator: Comparator, bound: float) -> Outcome:
    """Tell what comes of a value at a bound."""
    match comparator:
        case Comparator.AT_LEAST:
            holds = value >= bound
        case Comparator.MORE_THAN:
            holds = value > bound
        case Comparator.AT_MOST:
            holds = value <= bound
        case Comparator.LESS_THAN:
            holds = value < bound
        case Comparator.EQUAL | Comparator.BETWEEN:
            holds = value == bound
        case _:
            assert_never(comparator)
    return Outcome.COMPLIANT if holds else Outcome.VIOLATION


def _tree(level: Level, lower: Level, within: str | None, catalog: Catalog) -> _Tree | None:
    """Find a subject inside a place, and those below it; None where the pack knows no place."""
    inside = [each for each in catalog.places.values() if contains(within, each.code, catalog)]
    home = next((each for each in inside if each.level in (level, Level.COUNTY)), None)
    if home is None:
        return None
    if level.rank > Level.COUNTY.rank:
        return _Tree("x1", home.code, tuple(f"s{n}" for n in range(1, _MOST + 1)), "x1")
    home = next((each for each in inside if each.level is level), home)
    if home.level is not level:
        return None
    under = [each for each in inside if contains(home.code, each.code, catalog)]
    if lower.rank <= Level.COUNTY.rank:
        codes = tuple(each.code for each in under if each.level is lower)
        return _Tree(home.code, "", codes, home.code)
    county = next((each for each in under if each.level is Level.COUNTY), None)
    if county is None:
        return None
    return _Tree(home.code, "", tuple(f"s{n}" for n in range(1, _MOST + 1)), county.code)


def _facts(  # noqa: PLR0913, PLR0917 - what a table of facts is made of
    rows: Sequence[Mapping[str, str]],
    tree: _Tree,
    level: Level,
    lower: Level,
    catalog: Catalog,
    years: Sequence[int] = (),
) -> list[str]:
    """Write what a subject and those below it submit; in each of some years so many of the rows."""
    slugs = list(rows[0])
    names = [say(catalog.vocabulary.measure(each).name, each) for each in slugs]
    dated = [say("年份", "year")] if years else []
    heads = [say("层级", "level"), say("代码", "code"), say("上级代码", "parent")]
    table = [[*heads, *dated, *names]]
    many = len(rows) // max(len(years), 1)
    for at, year in enumerate(years or (None,)):
        when = [] if year is None else [str(year)]
        own = [say(level.zh, level.value), tree.code, tree.parent, *when]
        table.append([*own, *("" for _ in slugs)])
        for code, row in zip(tree.below, rows[at * many : (at + 1) * many], strict=False):
            said = [row[slug].strip('"') for slug in slugs]
            table.append([say(lower.zh, lower.value), code, tree.within, *when, *said])
    return [say("      假如 填报数据", "      Given the facts"), *map(cells, table)]


def _outcomes(
    code: str, heads: Sequence[str], examples: Sequence[tuple[tuple[str, ...], Outcome]]
) -> list[str]:
    return [
        say(
            f'      那么 "{code}"的结论是"<结论>"',
            f'      Then the outcome of "{code}" is "<outcome>"',
        ),
        say("      例子:", "      Examples:"),
        cells([*heads, say("结论", "outcome")]),
        *(cells([*said, told.label]) for said, told in examples),
    ]
