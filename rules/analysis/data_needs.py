"""What has to be submitted so that rules can be judged."""

from collections.abc import Iterable, Iterator

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import Changes, Compares, Within, formulas, rolls_up
from dabiao.rules.catalog.roll_ups import tagged
from dabiao.rules.catalog.timing import (
    Phase,
    deadline,
    earlier_year,
    figures_year,
    in_year,
    phase,
    printed_baseline,
)
from dabiao.rules.formulas.formula import (
    Attainment,
    Below,
    Complies,
    Fold,
    Formula,
    Measured,
    Variation,
    parts,
    reads,
)
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass

_Look = tuple[Level, Measured | Attainment | Complies, int, tuple[Formula, ...]]
"""At which level something is looked at, what, in which year, and of whom only."""


@dataclass(frozen=True, slots=True)
class DataNeed:
    """An item of one year that a rule looks at.

    Attributes:
        rule: Id of the rule.
        area: Code of the place whose subjects the rule speaks of, or None for every place.
        level: Level of the subjects that are looked at.
        slug: The item.
        year: The year whose figure is wanted.
        only: What has to be true of such a subject in that year for it to be looked at.
    """

    rule: str
    area: str | None
    level: Level
    slug: str
    year: int
    only: tuple[Formula, ...] = ()


def needed_items(rules: Iterable[Rule], vocabulary: Vocabulary) -> dict[Level, set[str]]:
    """Collect the items that rules look at, by the level they are looked at.

    Indicators are followed down to their items; an item that sums up is named at the level at which
    the rule looks, not at the levels below that it may be summed from.
    """
    needed: dict[Level, set[str]] = {}
    for rule in rules:
        for formula in rule.formulas:
            for level, what, _, _ in _looks(formula, rule.level, 0, vocabulary):
                if isinstance(what, Measured):
                    needed.setdefault(level, set()).add(what.slug)
    return dict(sorted(needed.items(), key=lambda pair: pair[0].rank))


def needs(rules: Iterable[Rule], catalog: Catalog, year: int) -> set[DataNeed]:
    """Collect what is needed to judge rules in a year.

    That includes the earlier years of changes, of sums over years and of lines to a target, and
    whatever the rules need whose findings are rolled up. Rules that are not judged in that year
    need nothing.
    """
    needed: set[DataNeed] = set()
    waiting = [(rule, year) for rule in rules]
    seen: set[tuple[str, int]] = set()
    while waiting:
        rule, judged = waiting.pop()
        if (rule.id, judged) in seen or not phase(rule, judged).applies:
            continue
        seen.add((rule.id, judged))
        document = rule.document.id
        figures = figures_year(rule, judged)
        rolled = rolls_up(rule.norm)
        lower = [(*rolled, figures)] if rolled is not None else []
        for formula, at in _looked_at(rule, judged):
            own = () if formula is rule.condition or rule.condition is None else (rule.condition,)
            for level, what, when, only in _looks(formula, rule.level, at, catalog.vocabulary, own):
                match what:
                    case Measured(slug):
                        needed.add(DataNeed(rule.id, rule.jurisdiction, level, slug, when, only))
                    case Attainment(below, tag) | Complies(below, tag):
                        lower.append((below, tag, when))
        for below, tag, when in lower:
            ids = tagged(below, tag, document, catalog)
            waiting.extend((catalog.rules[each], when) for each in ids)
    return needed


def _looked_at(rule: Rule, judged: int) -> Iterator[tuple[Formula, int]]:
    """Yield the formulas that decide a rule, each with the year in which it is evaluated."""
    rule = in_year(rule, judged)
    norm, figures = rule.norm, figures_year(rule, judged)
    if rule.condition is not None:
        yield rule.condition, figures
    for formula in formulas(norm):
        yield formula, figures
    match norm:
        case Changes():
            begin = earlier_year(rule, norm, figures)
            if begin is not None and printed_baseline(rule, begin) is None:
                yield norm.value, begin
        case Compares() | Within() if rule.baseline is not None:
            until, since = deadline(rule), rule.baseline.year
            pending = phase(rule, judged) is Phase.PENDING
            if pending and until is not None and since < until and rule.baseline.value is None:
                yield norm.value, since


def _looks(
    formula: Formula,
    level: Level,
    year: int,
    vocabulary: Vocabulary,
    only: tuple[Formula, ...] = (),
) -> Iterator[_Look]:
    """Yield what a formula looks at, indicators followed down to their items."""
    if isinstance(formula, Attainment | Complies):
        yield level, formula, year, only
    elif not isinstance(formula, Measured):
        for read in reads(formula, year):
            own = only if read.level is None else _chosen(formula, read.part)
            yield from _looks(read.part, read.level or level, read.year, vocabulary, own)
    elif formula.slug in vocabulary.items:
        yield level, formula, year, only
    else:
        yield from _looks(vocabulary.formulas[formula.slug], level, year, vocabulary, only)


def _chosen(formula: Formula, part: Formula) -> tuple[Formula, ...]:
    """Give the condition by which those below are chosen of whom a part is asked."""
    if not isinstance(formula, Below | Variation) or formula.condition in (None, part):
        return ()
    if isinstance(formula, Below) and formula.fold is Fold.SHARE:
        return ()  # which is a share of all there are
    if part is formula.condition:
        return ()
    return tuple(each for each in parts(formula) if each is formula.condition)
