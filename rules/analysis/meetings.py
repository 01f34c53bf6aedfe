"""Which pairs of demands are worth a look, at no more cost than a measure has rules.

A rule is taken apart into what it demands of whom and when: a table of targets makes a demand of
each line. Demands on one measure that bind the same subjects in the same years form a class, in
which they are in order. Of a large measure only these pairs are looked at::

    within a class   each with the next in order, and with the tightest from below and from above
    between classes  each with the tightest of every class of its place, or of a place around it

A rule of which one of several demands is enough (或) stands with each of them, and is nowhere the
tightest. A change from a printed baseline stands with the levels too, by what it comes to
(``baselines``).

Nothing is lost by that. In a class, who contradicts anybody contradicts one of the two tightest;
who is looser than somebody is looser than the next or than the tightest; who demands the same as
another stands beside it. Between classes whoever contradicts, or is looser than, any member of a
class is so to its tightest. Only where more than ``FEW`` classes bind one place, each demand is
held against the tightest of all of them instead of those of each.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, reduce
from itertools import combinations, pairwise, product
from typing import TypeVar

from dabiao.rules.analysis.baselines import comes_to
from dabiao.rules.analysis.demands import (
    FOREVER,
    Allowed,
    DemandKey,
    about,
    common,
    due_and_in_force,
    of_option,
)
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import Compares, options
from dabiao.rules.formulas.formula import Both, Choice, Either, Formula, LiesIn, Measured, flattened
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass
from dabiao.schemas.remembered import remembered
from dabiao.schemas.rule import Timing, TimingKind

FEW = 24
"""So many demands on one measure are compared each with each."""


@dataclass(frozen=True)
class Demand:
    """What a rule demands of some, or of all, whom it binds; few meet another.

    Attributes:
        rule: The rule, as if it demanded nothing else.
        key: What it is about.
        bound: What it leaves allowed.
        line: The line of a table that it stands in, in words; empty for all of a rule.
        without: Codes of places that another line of the table speaks of.
        options: What the rule demands by 或, one of which is enough, this among them; None of what
            cannot be compared. Empty where the rule demands this.
        exact: Whether it demands no more than this: who comes up to what a yearly rise comes to
            need not have risen every year.
        aimed: Of a target of a table by year the first year in which it is the next one.
    """

    rule: Rule
    key: DemandKey
    bound: Allowed
    line: str = ""
    without: tuple[str, ...] = ()
    options: tuple[tuple[DemandKey, Allowed] | None, ...] = ()
    exact: bool = True
    aimed: int | None = None

    @property
    def due(self) -> tuple[int, int] | None:
        """The years in which it has to hold."""
        return self._years[0]

    @property
    def force(self) -> tuple[int, int] | None:
        """The years in which it applies."""
        return self._years[1]

    @cached_property
    def _years(self) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
        due, force = due_and_in_force(self.rule)
        if self.aimed is None:
            return due, force
        if self.rule.timing.kind is TimingKind.SPAN:
            until = Timing(kind=TimingKind.WITHIN, last=self.rule.timing.last)
            force = due_and_in_force(replace(self.rule, timing=until))[1]
        return due, common(force, (self.aimed, FOREVER))


def demands(catalog: Catalog) -> Iterator[Demand]:
    """Take rules apart; those over verdicts demand nothing that can be compared.

    A formula written out is about the same as the indicator that has it.
    """
    named = _indicators(catalog.vocabulary.formulas)
    for rule in catalog:
        before = rule.document.period.from_ - 1
        for part, line, without in _parts(rule, catalog):
            told = about(part)
            aimed = before + 1 if rule.stages else None
            before = part.timing.last or before
            if told is not None:
                (value, *rest), bound = told
                value = named.get(value, value)
                yield Demand(part, (value, *rest), bound, line, without, aimed=aimed)
                yield from _levels(part, value, without, catalog)
            yield from _enough(part, named, without)


@remembered(most=4)
def _indicators(formulas: Mapping[str, Formula]) -> Mapping[Formula, Formula]:
    """Give the indicator of each formula that one has."""
    return {formula: Measured(slug) for slug, formula in formulas.items()}


def family(rule: Rule, catalog: Catalog) -> list[str]:
    """List the rules that one may meet, whom these may meet, and so on; itself among them.

    How any others stand to one another does not depend on it.

    Args:
        rule: The rule, as it stands in the pack or changed.
        catalog: The pack.
    """
    about = {each.key[0] for each in demands(replace(catalog, rules={rule.id: rule}))}
    families = _families(catalog)
    found = {rule.id}.union(*(families.get(each, ()) for each in (rule.id, *about)))
    return [id_ for id_ in catalog.rules if id_ in found]


@remembered(most=4)
def _families(catalog: Catalog) -> Mapping[Formula | str, Collection[Formula | str]]:
    """Join rules by what they demand anything of, and by saying that they disagree."""
    pairs: list[tuple[str, Formula | str]]
    pairs = [(each.rule.id, each.key[0]) for each in demands(catalog)]
    return joined([*pairs, *((rule.id, id_) for rule in catalog for id_ in rule.contradicts)])


_Node = TypeVar("_Node")


def joined(pairs: Iterable[Collection[_Node]]) -> dict[_Node, set[_Node]]:
    """Join pairs that have a member in common; give each member all that it is joined to."""
    found: dict[_Node, set[_Node]] = {}
    for one, other in pairs:
        sides = found.setdefault(one, {one}), found.setdefault(other, {other})
        few, many = sorted(sides, key=len)
        if few is not many:
            many.update(few)
            found |= dict.fromkeys(few, many)
    return found


def _enough(
    rule: Rule, named: Mapping[Formula, Formula], without: tuple[str, ...]
) -> Iterator[Demand]:
    """Give each of the demands of a rule of which one is enough."""
    found: list[tuple[DemandKey, Allowed] | None] = []
    for each in options(rule.norm):
        told = of_option(each, rule)
        if told is None:
            found.append(None)
        else:
            (value, *rest), bound = told
            found.append(((named.get(value, value), *rest), bound))
    for option in found:
        if option is not None:
            yield Demand(rule, *option, without=without, options=tuple(found))


def _levels(
    rule: Rule, value: Formula, without: tuple[str, ...], catalog: Catalog
) -> Iterator[Demand]:
    """Give what a change from a printed baseline comes to, in the year in which it does."""
    told = comes_to(rule, value, catalog.vocabulary)
    if told is not None:
        year = Timing(kind=TimingKind.SPAN, first=told.year, last=told.year)
        part = rule if rule.timing.kind is TimingKind.DUE else replace(rule, timing=year)
        line = say(f"到{told.year}年{told.text}", f"{told.text} by {told.year}")
        yield Demand(part, (value,), told.bound, line, without, exact=told.exact)


def _parts(rule: Rule, catalog: Catalog) -> Iterator[tuple[Rule, str, tuple[str, ...]]]:
    """Give a rule by the lines of its table, if it has one."""
    if rule.stages:
        yield from _by_year(rule)
    elif rule.norm_record.targets and isinstance(rule.norm, Compares):
        yield from _by_line(rule, rule.norm, catalog)
    else:
        yield rule, "", ()


def _by_year(rule: Rule) -> Iterator[tuple[Rule, str, tuple[str, ...]]]:
    """Give what is demanded in the year of each target, and from the last one on."""
    for stage in rule.stages:
        last = stage is rule.stages[-1]
        kind = TimingKind.DUE if last else TimingKind.SPAN
        timing = Timing(kind=kind, first=None if last else stage.year, last=stage.year)
        part = replace(rule, norm=stage.norm, timing=timing, stages=())
        yield part, say(f"{stage.year}年", str(stage.year)), ()


def _by_line(
    rule: Rule, norm: Compares, catalog: Catalog
) -> Iterator[tuple[Rule, str, tuple[str, ...]]]:
    """Give what is demanded of each place or category; the nearest place comes first."""
    conditions: list[Formula] = []
    numbers: list[Formula] = []
    bound = norm.bound
    while isinstance(bound, Choice):
        conditions.append(bound.condition)
        numbers.append(bound.then)
        bound = bound.otherwise
    numbers.append(bound)
    terms = [] if rule.condition is None else flattened(rule.condition, Both)
    scope = next((each for each in terms if set(conditions) < {*flattened(each, Either)}), None)
    left = [each for each in flattened(scope, Either) if each not in conditions] if scope else []
    if len(left) != 1 or len(numbers) != len(rule.norm_record.targets):
        yield rule, "", ()
        return
    conditions += left
    rest = [each for each in terms if each is not scope]
    told = rule.norm_record.targets  # categories stand as they are written, places nearest first
    for at, (condition, number) in enumerate(zip(conditions, numbers, strict=True)):
        area, own, line = rule.area, [*rest, condition], told[at].where
        if isinstance(condition, LiesIn):
            area, own = condition.code, rest
            known = catalog.places.get(condition.code)
            line = condition.code if known is None else known.name
        nearer = tuple(each.code for each in conditions[:at] if isinstance(each, LiesIn))
        part = replace(
            rule,
            norm=replace(norm, bound=number),
            area=area,
            condition=reduce(Both, own) if own else None,
            stages=(),
        )
        yield part, line, nearer


def at_one_level(found: Iterable[Demand], catalog: Catalog) -> Iterator[tuple[Demand, Demand]]:
    """Give the pairs at one level that are worth a look: of many rules each has a few."""
    groups: dict[tuple[object, ...], list[Demand]] = {}
    for each in found:
        groups.setdefault((each.rule.level, *each.key), []).append(each)
    for group in groups.values():
        yield from combinations(group, 2) if len(group) <= FEW else _of_many(group, catalog)


def changes_and_levels(found: Iterable[Demand]) -> Iterator[tuple[Demand, Demand]]:
    """Give the pairs at one level of a change that comes to nothing known, and of a level."""
    every = list(found)
    changes: dict[tuple[object, ...], list[Demand]] = {}
    levels: dict[tuple[object, ...], list[Demand]] = {}
    known = {each.rule.id for each in every if len(each.key) == 1}
    for each in every:
        group = (each.rule.level, each.key[0])
        if len(each.key) == 1 and not each.options:
            levels.setdefault(group, []).append(each)
        elif len(each.key) > 1 and each.rule.id not in known and not each.options:
            changes.setdefault(group, []).append(each)
    for of, asked in changes.items():
        beside = levels.get(of, [])
        few = beside if len(beside) <= FEW else _tightest(beside)
        yield from product(asked, few)


def across_levels(found: Iterable[Demand]) -> Iterator[tuple[Demand, Demand]]:
    """Give the pairs at two levels: only shares mean the same at both."""
    groups: dict[tuple[object, ...], dict[object, list[Demand]]] = {}
    for each in found:
        if each.rule.unit in ("%", "百分点"):
            groups.setdefault(each.key, {}).setdefault(each.rule.level, []).append(each)
    for levels in groups.values():
        for upper, lower in combinations(levels.values(), 2):
            few = upper
            if len(upper) > FEW:
                few = [each for one in _classes(upper).values() for each in _tightest(one)]
            yield from product(few, lower)


_Class = tuple[object, ...]


def _classes(group: Iterable[Demand]) -> dict[_Class, list[Demand]]:
    """Sort demands by whom they bind, and when; the strivings and documents apart."""
    found: dict[_Class, list[Demand]] = {}
    for each in group:
        rule = each.rule
        binds = (rule.jurisdiction, rule.condition, each.without)
        when = (each.due, each.force, rule.timing)
        how = (each.options, each.exact, each.bound.recurrence)
        whose = (rule.document.id, rule.aspiration, *how)
        found.setdefault((*binds, *when, *whose), []).append(each)
    return found


def _of_many(group: Sequence[Demand], catalog: Catalog) -> Iterator[tuple[Demand, Demand]]:
    classes = _classes(group)
    for members in classes.values():
        yield from _in_order(members)
    lying: dict[str | None, list[_Class]] = {}
    for key in classes:
        lying.setdefault(_place(key), []).append(key)
    tightest = {key: _tightest(members) for key, members in classes.items()}
    for place, here in lying.items():
        around = [key for outer in _around(place, catalog) for key in lying.get(outer, ())]
        if len(here) + len(around) > FEW:
            whole = [each for key in (*here, *around) for each in classes[key]]
            yield from _beside(whole, _tightest(whole))
            continue
        for one, other in product(here, (*here, *around)):
            if one is not other:
                yield from _beside(classes[one], tightest[other])
        for one, other in product(here, around):  # from where nobody looks in here
            yield from _beside(tightest[one], classes[other])


def _beside(demands: Iterable[Demand], others: Sequence[Demand]) -> Iterator[tuple[Demand, Demand]]:
    """Pair each with each of others, never with itself."""
    return ((one, other) for one in demands for other in others if one is not other)


def _place(of: _Class) -> str | None:
    """Give the place whose subjects a class binds; None for every place."""
    return of[0] if isinstance(of[0], str) else None


def _around(place: str | None, catalog: Catalog) -> Iterator[str | None]:
    """Give the places that a place lies in, and all of them together."""
    while place is not None:
        known = catalog.places.get(place)
        place = known.parent if known is not None else None
        yield place


def _in_order(members: Sequence[Demand]) -> Iterator[tuple[Demand, Demand]]:
    """Pair each with the next in order of its bound, and with the tightest on either side."""
    ordered = sorted(members, key=_order)
    yield from pairwise(ordered)
    yield from _beside(ordered, _tightest(ordered))


def _order(of: Demand) -> tuple[str, float, float, bool, str]:
    return str(of.bound.says), of.bound.low, of.bound.high, of.bound.open, of.rule.id


def _tightest(members: Sequence[Demand]) -> list[Demand]:
    """Give those that leave least allowed from below and from above, and one of each word."""
    numbers: dict[tuple[object, ...], list[Demand]] = {}
    said: dict[tuple[object, ...], Demand] = {}
    for each in members:
        kind = (each.bound.recurrence, each.exact)
        if each.options:
            continue
        if each.bound.says is None:
            numbers.setdefault(kind, []).append(each)
        else:
            said[each.bound.says, *kind] = each
    found = list(said.values())
    for alike in numbers.values():
        found.append(max(alike, key=lambda each: (each.bound.low, each.bound.open)))
        found.append(min(alike, key=lambda each: (each.bound.high, not each.bound.open)))
    return [each for each in {id(one): one for one in found}.values() if not _free(each)]


def _free(of: Demand) -> bool:
    return of.bound.says is None and of.bound.low == -math.inf and of.bound.high == math.inf
