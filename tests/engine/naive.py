"""The naive evaluator: docs/judgement.md once more, sections 3 to 7.

Like ``naive_values``, which has the sections before, it is slow, plain and independent of the
engines. Each function restates one passage of the page; where they differ, the page is right.
"""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple, assert_never

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import AllComply, Changes, Compares, EachComplies, Within, formulas
from dabiao.rules.formulas import formula as f
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.facts import Facts
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline, Timing, TimingKind
from tests.engine.naive_norms import (
    bounds_asked,
    change,
    counted_from,
    gap,
    line,
    meets,
)
from tests.engine.naive_numbers import ratio
from tests.engine.naive_values import (
    Spot,
    Value,
    World,
    below,
    exists,
    inside,
    numeric,
    value,
)
from tests.engine.naive_years import years_in


class Verdict(NamedTuple):
    """What the page says of one rule, subject and year.

    Attributes:
        broken: Whether the bound that is broken was a lower or an upper one.
        read: Whether it was open, but for cells that come to it whatever they mean.
        at_best: What is observed if all that is open passes, where that is another number.
        loose: Whether it is open and may come to 不适用.
    """

    rule: str
    year: int
    subject: str
    outcome: Outcome
    observed: Value = None
    bound: Value = None
    upper: Value = None
    gap: float | None = None
    best: Outcome | None = None
    worst: Outcome | None = None
    broken: Comparator | None = None
    read: bool = False
    at_best: Value = None
    loose: bool = False


class Bench(World):
    """A world in which verdicts are reached, each once."""

    def __init__(self, catalog: Catalog, facts: Facts) -> None:
        """Begin with no verdict."""
        super().__init__(catalog, facts)
        self.verdicts: dict[tuple[str, str, int], Verdict] = {}
        self.guesses: list[Guess] = []

    def verdict(self, rule: Rule, code: str, year: int) -> Verdict:
        """Judge one rule, subject and year."""
        key = (rule.id, code, year)
        if key not in self.verdicts:
            self.verdicts[key] = read(self, rule, code, year)
        return self.verdicts[key]

    def complies(self, spot: Spot, tag: str, counts: bool) -> bool | None:  # noqa: FBT001
        """符合 and 适用: of its own findings; who has none that counts does not comply."""
        rows = tally(self, spot, spot.level, tag) or [[]]
        [row] = rows
        if counts:
            return None if row and all(found.loose for found in row) else bool(row)
        if not row:
            return False
        best, worst = (all(passes(found, guess) for found in row) for guess in (True, False))
        return best if best == worst else None

    def attainment(self, spot: Spot, level: Level, tag: str) -> float | None:
        """Give 达标率 inside a larger formula: missing where what is open would change it."""
        rows = tally(self, spot, level, tag)
        best, worst = (attainment(rows, guess) for guess in (True, False))
        return best if best == worst else None


class Guess(Bench):
    """The same world, where every cell that may mean several values means one of them."""

    def __init__(self, bench: Bench, values: Iterable[float]) -> None:
        """Take the values in the order of the cells; verdicts below are those of the bench."""
        vars(self).update(vars(bench))
        self.bench = bench
        self.remembered = {}
        self.spoilt = bench.spoilt - set(bench.possible)
        self.cells = {key: dict(cells) for key, cells in bench.cells.items()}
        for (level, code, year, slug), number in zip(bench.possible, values, strict=True):
            self.cells[level, code, year][slug] = number

    def verdict(self, rule: Rule, code: str, year: int) -> Verdict:
        """Judge as the bench does."""
        return self.bench.verdict(rule, code, year)


def judge(catalog: Catalog, facts: Facts, years: Iterable[int]) -> list[Verdict]:
    """Judge every rule in every one of these years, in order of rule, year and subject."""
    world = Bench(catalog, facts)
    return [
        world.verdict(rule, code, year)
        for rule in sorted(catalog, key=lambda rule: rule.id)
        for year in sorted(years)
        for code in sorted(world.codes[rule.level])
        if inside(world, code, rule.jurisdiction) and (rule.level, code) not in world.only_named
    ]


# Section 3: timing


def phase(catalog: Catalog, rule: Rule, year: int) -> bool | None:
    """Tell whether the rule is due; None where it does not apply at all."""
    first, last, period = rule.timing.first, rule.timing.last, rule.document.period
    for other in catalog.documents.values():
        if rule.document.id in other.supersedes and other.period.from_ <= year:
            return None
    for one in catalog:
        if any(id_ == rule.id and first <= year for id_, first in one.replaces):
            return None
    if year < period.from_ or (period.to is not None and year > period.to):
        return None
    if first is not None and year < first:
        return None
    match rule.timing.kind:
        case TimingKind.DUE | TimingKind.WITHIN:
            return last is not None and year >= last
        case TimingKind.SPAN:
            return None if last is not None and year > last else True
        case TimingKind.STANDING:
            return True
        case _:
            assert_never(rule.timing.kind)


def figures_of(rule: Rule, year: int) -> int:
    """D年内 is judged on the figures of D ever after."""
    if rule.timing.kind is TimingKind.WITHIN and rule.timing.last is not None:
        return min(year, rule.timing.last)
    return year


def at_stage(rule: Rule, year: int) -> Rule:
    """Of targets by year the next one counts, from the one before; after all of them the last."""
    if not rule.stages:
        return rule
    by_year = {stage.year: stage for stage in rule.stages}
    until = min((each for each in by_year if each >= year), default=max(by_year))
    passed = [each for each in by_year if each < until]
    begins = rule.baseline
    if passed:
        begins = Baseline(year=max(passed), value=by_year[max(passed)].target)
    timing = Timing(kind=TimingKind.DUE, last=until)
    return replace(rule, norm=by_year[until].norm, timing=timing, baseline=begins)


# Section 4: from values to an outcome


def read(world: Bench, rule: Rule, code: str, year: int) -> Verdict:
    """Try every reading of the cells that may mean several values, where that may decide."""
    found = decide(world, rule, code, year)
    if not world.possible or found.outcome not in (Outcome.MISSING, Outcome.ON_TRACK):
        return found
    if not world.guesses:
        every = itertools.product(*world.possible.values())
        world.guesses = [Guess(world, values) for values in every]
    tried = [decide(guess, rule, code, year) for guess in world.guesses]
    outcomes = {each.outcome for each in tried}
    if len(outcomes) > 1 or outcomes == {Outcome.MISSING}:
        return found._replace(outcome=Outcome.MISSING)
    if tried[0] == found:
        return found
    return tried[0]._replace(read=True)


def decide(  # noqa: C901 - one case per kind of norm
    world: Bench, rule: Rule, code: str, year: int
) -> Verdict:
    """Take the five steps of section 4."""
    rule = at_stage(rule, year)
    blank = Verdict(rule.id, year, code, Outcome.NOT_APPLICABLE)
    due = phase(world.catalog, rule, year)
    if due is None:
        return blank
    spot = Spot(rule.level, code, figures_of(rule, year), rule.document.id)
    if not all(exists(world, rule.level, code, each) for each in looked_at(world, rule, spot.year)):
        return blank
    if rule.condition is not None:
        applies = value(world, rule.condition, spot)
        if applies is None:
            return blank._replace(outcome=Outcome.MISSING, loose=True)
        if applies is False:
            return blank
    norm = rule.norm
    match norm:
        case AllComply() | EachComplies():
            return rolled_up(world, norm, spot, blank, due=due)
        case Compares(value=f.Attainment() as share) | Within(value=f.Attainment() as share):
            return attained(world, rule, share, spot, blank, due=due)
        case (
            Compares(value=f.Cumulative(f.Choice(kept, f.Number(1.0), f.Number(0.0)), many))
            | Within(value=f.Cumulative(f.Choice(kept, f.Number(1.0), f.Number(0.0)), many))
        ):
            last = range(spot.year - many + 1, spot.year + 1)
            each = [value(world, kept, spot._replace(year=then)) for then in last]
            found = agreed(
                blank,
                lambda guess: settle(world, rule, years_kept(each, guess), spot, blank, due=due),
            )
            return found._replace(best=None, worst=None)  # named of findings below alone
        case Changes():
            observed: Value = change(world, rule, norm, spot)
        case Compares() | Within():
            observed = value(world, norm.value, spot)
        case _:
            assert_never(norm)
    return settle(world, rule, observed, spot, blank, due=due)


def years_kept(each: list[Value], guess: bool) -> float:  # noqa: FBT001
    """Count the years in which a comparison holds, those that nobody knows of as guessed."""
    return float(sum(guess if held is None else bool(held) for held in each))


def looked_at(world: Bench, rule: Rule, year: int) -> set[int]:
    """Collect the years in which the rule looks at its subject itself (section 1)."""
    asked = [*formulas(rule.norm), *([] if rule.condition is None else [rule.condition])]
    found = {year}.union(*(years_in(world, formula, year) for formula in asked))
    if isinstance(rule.norm, Changes):
        since = counted_from(rule, rule.norm, year)
        if rule.baseline is None or rule.baseline.year != since or rule.baseline.value is None:
            found |= {since} | years_in(world, rule.norm.value, since)
    return found


def settle(
    world: Bench, rule: Rule, observed: Value, spot: Spot, blank: Verdict, *, due: bool
) -> Verdict:
    """Compare what was observed with what is demanded."""
    wanted = bounds_asked(world, rule, spot)
    found = blank._replace(observed=observed, bound=wanted[0][1])
    if len(wanted) == 2:
        found = found._replace(upper=wanted[1][1])
    met = [meets(rule, observed, comparator, bound) for comparator, bound in wanted]
    if False not in met:
        return found._replace(outcome=Outcome.MISSING if None in met else Outcome.COMPLIANT)
    comparator, bound = wanted[met.index(False)]
    found = found._replace(outcome=Outcome.VIOLATION)
    if isinstance(observed, float) and isinstance(bound, float):
        side = broken_side(comparator, observed, bound)
        found = found._replace(broken=side, gap=gap(rule, observed, bound))
        stands = None if due else line(world, rule, bound, spot, side)
        exact = replace(rule, tolerance=None)  # what is allowed moves bounds, not lines
        if stands is not None and meets(exact, observed, side, stands) is False:
            return found._replace(outcome=Outcome.BEHIND)
    return found if due else found._replace(outcome=Outcome.ON_TRACK)


def broken_side(comparator: Comparator, observed: float, bound: float) -> Comparator:
    """Tell whether too little or too much is the matter."""
    match comparator:
        case Comparator.AT_LEAST | Comparator.MORE_THAN:
            return Comparator.AT_LEAST
        case Comparator.AT_MOST | Comparator.LESS_THAN:
            return Comparator.AT_MOST
        case Comparator.EQUAL:
            return Comparator.AT_LEAST if observed < bound else Comparator.AT_MOST
        case Comparator.BETWEEN:
            raise ValueError("between is two bounds, each with a side of its own")
        case _:
            assert_never(comparator)


# Section 6: roll-ups


def tally(world: Bench, spot: Spot, level: Level, tag: str) -> list[list[Verdict]] | None:
    """List, per subject below, the verdicts that count; None where no subject is known."""
    document, _, name = tag.rpartition("/")
    ids = world.catalog.tagged.get((document or spot.document, name.removeprefix("@")), ())
    rules = [world.catalog.rules[id_] for id_ in ids if world.catalog.rules[id_].level is level]
    everyone = below(world, spot, level)
    if not everyone:
        return None
    judged = [
        [
            world.verdict(rule, one.code, spot.year)
            for rule in rules
            if inside(world, one.code, rule.jurisdiction)
        ]
        for one in everyone
    ]
    return [[v for v in row if v.outcome is not Outcome.NOT_APPLICABLE] for row in judged]


def passes(found: Verdict, guess: bool) -> bool:  # noqa: FBT001
    """Tell whether a finding passes; an open one as guessed."""
    match found.outcome:
        case Outcome.MISSING:
            return guess
        case Outcome.COMPLIANT:
            return True
        case Outcome.VIOLATION | Outcome.BEHIND | Outcome.ON_TRACK:
            return False
        case Outcome.NOT_APPLICABLE:
            raise ValueError("what does not apply does not count")
        case _:
            assert_never(found.outcome)


def attainment(rows: list[list[Verdict]] | None, guess: bool) -> float | None:  # noqa: FBT001
    """达标率, open findings as guessed."""
    counted = [row for row in rows or [] if row]
    if not counted:
        return None
    good = [row for row in counted if all(passes(found, guess) for found in row)]
    return 100 * len(good) / len(counted)


def attained(
    world: Bench, rule: Rule, share: f.Attainment, spot: Spot, blank: Verdict, *, due: bool
) -> Verdict:
    """Judge a norm that is about 达标率 itself, twice where findings are open."""
    rows = tally(world, spot, share.level, share.tag)
    return tried(
        rows,
        blank,
        lambda guess: settle(world, rule, attainment(rows, guess), spot, blank, due=due),
    )


def rolled_up(
    world: Bench, norm: AllComply | EachComplies, spot: Spot, blank: Verdict, *, due: bool
) -> Verdict:
    """Judge 所有…应符合 and 每个…应至少符合, twice where findings are open."""
    rows = tally(world, spot, norm.level, norm.tag)

    def attempt(guess: bool) -> Verdict:  # noqa: FBT001
        counted = [row for row in rows or [] if row]
        good = sum(complies(world, norm, row, guess=guess) for row in counted)
        found = blank._replace(observed=float(good), bound=float(len(counted)))
        if good == len(counted):
            return found._replace(outcome=Outcome.COMPLIANT)
        outcome = Outcome.VIOLATION if due else Outcome.ON_TRACK
        return found._replace(outcome=outcome, gap=float(len(counted) - good))

    return tried(rows, blank, attempt)


def tried(
    rows: list[list[Verdict]] | None, blank: Verdict, attempt: Callable[[bool], Verdict]
) -> Verdict:
    """Try with all open findings passing and with all of them failing."""
    if rows is None:
        return blank._replace(outcome=Outcome.MISSING, loose=True)
    if not any(rows):
        return blank
    found = agreed(blank, attempt)
    return found._replace(loose=found.outcome is Outcome.MISSING)


def agreed(blank: Verdict, attempt: Callable[[bool], Verdict]) -> Verdict:
    """Give what both tries come to, with what is observed at worst."""
    well, badly = attempt(True), attempt(False)  # noqa: FBT003
    if (well.outcome, well.broken) == (badly.outcome, badly.broken):
        return badly if well == badly else badly._replace(at_best=well.observed)
    undecided = blank._replace(outcome=Outcome.MISSING)
    if Outcome.MISSING in (well.outcome, badly.outcome):  # something else is missing too
        return undecided
    return undecided._replace(best=well.outcome, worst=badly.outcome)


def complies(
    world: Bench, norm: AllComply | EachComplies, row: list[Verdict], *, guess: bool
) -> bool:
    """Tell whether one subject below does what a roll-up asks of it."""
    failed = [found for found in row if not passes(found, guess)]
    match norm:
        case AllComply():
            return not failed
        case EachComplies(count=count, floor=floor):
            if len(row) - len(failed) < min(count, len(row)):
                return False
            return floor is None or all(
                reaches(world, found, floor, guess=guess) for found in failed
            )
        case _:
            assert_never(norm)


def share_of_bound(comparator: Comparator, found: Verdict) -> float | None:
    """Tell by how many % a failed finding comes up to its bound."""
    match comparator:
        case Comparator.AT_LEAST | Comparator.MORE_THAN:
            return numeric(ratio, found.observed, found.bound)
        case Comparator.AT_MOST | Comparator.LESS_THAN:
            return numeric(ratio, found.bound, found.observed)
        case Comparator.EQUAL | Comparator.BETWEEN:
            return None
        case _:
            assert_never(comparator)


def reaches(world: Bench, found: Verdict, floor: float, *, guess: bool) -> bool:
    """Tell whether a failed finding comes up to so many % of its bound, which may be a guess."""
    if found.outcome is Outcome.MISSING:
        return floor <= 0
    norm = world.catalog.rules[found.rule].norm
    match norm:
        case Compares() if norm.comparator is not Comparator.EQUAL:
            if found.read:
                return guess
            tries = [found]
            if found.at_best is not None:
                tries.append(found._replace(observed=found.at_best))
            shares = [share_of_bound(norm.comparator, each) for each in tries]
            enough = {share is not None and share >= floor - 1e-9 * floor for share in shares}
            return guess if len(enough) > 1 else enough.pop()
        case Compares() | Within() | Changes() | AllComply() | EachComplies():
            return False
        case _:
            assert_never(norm)
