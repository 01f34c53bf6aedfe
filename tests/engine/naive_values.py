"""Sections 1 and 2 of docs/judgement.md, one subject and one value at a time, and not quickly.

Each function restates a passage of the page, which is right where they differ. No code is shared.
"""

import math
from collections.abc import Callable
from functools import partial, wraps
from typing import NamedTuple, TypeVar, assert_never, cast

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.norm import formulas
from dabiao.rules.formulas import formula as f
from dabiao.schemas.divisions import gbt_level
from dabiao.schemas.facts import Facts, LevelFacts, Standing
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime, RosterStatus
from dabiao.schemas.measure import Item, ItemType, Summation
from tests.engine import naive_numbers
from tests.engine.naive_dates import Calendar
from tests.engine.naive_numbers import add, add_all, divide, middle, percentile, ratio, round_up

Value = float | bool | str | None
"""None is missing."""


class Spot(NamedTuple):
    """Where a formula is evaluated: a subject, a year, and the document whose rule asks."""

    level: Level
    code: str
    year: int
    document: str


class World:
    """A catalog and a submission, as plain dictionaries."""

    def __init__(self, catalog: Catalog, facts: Facts) -> None:
        """Copy the facts, cell by cell."""
        self.catalog = catalog
        self.codes: dict[Level, list[str]] = {level: [] for level in Level}
        self.only_named: set[tuple[Level, str]] = set()
        self.parents: dict[str, str] = {}
        self.cells: dict[tuple[Level, str, int], dict[str, Value]] = {}
        self.spoilt: set[tuple[Level, str, int, str]] = set()
        self.possible: dict[tuple[Level, str, int, str], tuple[float, ...]] = {}
        self.texts = {
            slug
            for table in facts.levels.values()
            for slug, column in table.columns.items()
            if column.labels is not None
        }
        self.lives: dict[tuple[Level, str], Lifetime] = {}
        self.calendar = Calendar(facts)
        self.remembered: dict[object, object] = {}
        for level, table in facts.levels.items():
            self.codes[level] = list(table.codes)
            for code, parent, standing in zip(
                table.codes, table.parents, table.standings, strict=True
            ):
                if parent is not None:
                    self.parents[code] = parent
                if standing is Standing.NAMED:
                    self.only_named.add((level, code))
            for place, life in table.lifetimes.items():
                self.lives[level, table.codes[place]] = life
            for row in range(len(table.subject)):
                key = (level, table.codes[table.subject[row]], int(table.year[row]))
                self._copy(table, row, key)

    def _copy(self, table: LevelFacts, row: int, key: tuple[Level, str, int]) -> None:
        cells = self.cells.setdefault(key, {})
        for slug, column in table.columns.items():
            if row in column.unusable:
                self.spoilt.add((*key, slug))
            if row in column.possible:
                self.possible[*key, slug] = column.possible[row]
            number = float(column.values[row])
            if not math.isnan(number):
                cells[slug] = self._read(slug, number, column.labels)

    def _read(self, slug: str, number: float, labels: tuple[str, ...] | None) -> Value:
        if labels is not None:
            return labels[int(number)]
        item = self.catalog.vocabulary.items.get(slug)
        if item is None:
            return number
        match item.type:
            case ItemType.NUMBER | ItemType.INTEGER:
                return number
            case ItemType.BOOLEAN:
                return bool(number)
            case ItemType.CATEGORY:
                raise ValueError("a text has labels")
            case _:
                assert_never(item.type)

    def complies(self, spot: Spot, tag: str, counts: bool) -> bool | None:  # noqa: FBT001
        """Say whether a subject complies with the rules of a tag; whoever knows verdicts does."""
        raise NotImplementedError

    def attainment(self, spot: Spot, level: Level, tag: str) -> float | None:
        """Give 达标率 inside a formula; whoever knows verdicts says how."""
        raise NotImplementedError


Asks = TypeVar("Asks", bound=Callable[..., object])


def remembered(answer: Asks) -> Asks:
    """Look a thing up once in a world that does not change."""

    @wraps(answer)
    def once(world: World, *asked: object) -> object:
        known, key = world.remembered, (answer, *asked)
        if key not in known:
            known[key] = answer(world, *asked)
        return known[key]

    return cast("Asks", once)


# Section 1: which subjects are judged


def inside(world: World, code: str, area: str | None) -> bool:
    """A document without a jurisdiction speaks of every place."""
    return area is None or area in (code, *above(world, code))


@remembered
def above(world: World, code: str) -> list[str]:
    """Follow parent codes, else the places of the pack, else the leading digits.

    Where all that leads to no place, the leading digits of the subject's own code do.
    """
    found: list[str] = []
    parent = next_above(world, code)
    while parent is not None and parent not in (code, *found):
        found.append(parent)
        parent = next_above(world, parent)
    low = any(code in world.codes[level] for level in WITHIN_PLACES)
    if low and not any(is_place(world, each) for each in found):
        own = [code[:6], code[:4] + "00", code[:2] + "0000"] if code[:6].isdecimal() else []
        known = [each for each in own if is_place(world, each) and each != code]
        found += [each for place in known[:1] for each in (place, *above(world, place))]
    return found


@remembered
def is_place(world: World, code: str) -> bool:
    """A county, a prefecture or a region that anybody speaks of."""
    named = {rule.jurisdiction for rule in world.catalog.rules.values()}
    named |= {document.jurisdiction for document in world.catalog.documents.values()}
    said: list[f.Formula] = list(world.catalog.vocabulary.formulas.values())
    for rule in world.catalog.rules.values():
        said += [*formulas(rule.norm), *([] if rule.condition is None else [rule.condition])]
    named |= {part.code for each in said for part in f.walk(each) if isinstance(part, f.LiesIn)}
    place = world.catalog.places.get(code)
    return (
        code in named
        or (place is not None and place.level in PLACES)
        or any(code in world.codes[level] for level in PLACES)
    )


def lies_at(world: World, code: str, level: Level) -> bool:
    """Whether it is a subject or a place of a level, be it by its digits alone."""
    known = world.catalog.places.get(code)
    return code in world.codes[level] or (known.level if known else gbt_level(code)) is level


PLACES = (Level.REGION, Level.PREFECTURE, Level.COUNTY)
WITHIN_PLACES = (Level.TOWNSHIP, Level.SCHOOL, Level.CLASS)
assert (*PLACES, *WITHIN_PLACES) == tuple(Level), "the page says of each level which it is"


def next_above(world: World, code: str) -> str | None:
    """150602… lies in 150602, which lies in 150600, which lies in 150000."""
    if is_known(world, world.parents.get(code)):
        return world.parents[code]
    if code in world.catalog.places and world.catalog.places[code].parent is not None:
        return world.catalog.places[code].parent
    digits = code[:6]
    if len(digits) < 6 or not digits.isdecimal():
        return None
    if len(code) > 6:
        return digits
    wider = digits[:4] + "00" if digits[4:] != "00" else digits[:2] + "0000"
    return wider if wider != code else None


def is_known(world: World, parent: str | None) -> bool:
    """A parent code that no table, no place and no digit explains is as good as none."""
    subjects = (code for codes in world.codes.values() for code in codes)
    return parent is not None and (
        parent in world.catalog.places or parent in subjects or parent[:6].isdecimal()
    )


@remembered
def below(world: World, spot: Spot, level: Level) -> list[Spot]:
    """All known subjects of a level below this one; of its own level, itself."""
    if level is spot.level:
        return [spot]
    return [
        spot._replace(level=level, code=code)
        for code in sorted(world.codes[level])
        if spot.code in above(world, code)
    ]


@remembered
def exists(world: World, level: Level, code: str, year: int, due: object = None) -> bool:
    """The roster says from when to when; whoever submitted was there all the same, and not due."""
    if not due and submitted(world, level, code, year):
        return True
    life = world.lives.get((level, code), Lifetime())
    match life.status:
        case RosterStatus.CLOSED | RosterStatus.MERGED:
            if life.closed is None:
                return False
        case RosterStatus.OPEN | RosterStatus.NEW:
            pass
        case _:
            assert_never(life.status)
    if life.opened is not None and year < life.opened:
        return False
    if life.closed is not None and year > life.closed:
        return False
    schools = [one for one in above(world, code) if one in world.codes[Level.SCHOOL]]
    lives = level is Level.CLASS and bool(schools)
    return not lives or exists(world, Level.SCHOOL, schools[0], year, due)


@remembered
def submitted(world: World, level: Level, code: str, year: int) -> bool:
    """Tell whether any cell but those of categories was filled in, usable or not."""
    given = {slug for *of, slug in world.spoilt if tuple(of) == (level, code, year)}
    cells = world.cells.get((level, code, year), {})
    return bool((given | cells.keys()) - world.texts)


def there(world: World, spots: list[Spot], only: f.Formula | None = None) -> list[Spot]:
    """Leave out whoever does not exist in the year; or was not to report, if that is asked."""
    asked = [only]
    for one in asked:
        if one is not None and not isinstance(one, f.Below | f.Variation | f.Above):
            asked += f.parts(one)
    due = any(isinstance(one, f.SentIn) for one in asked)
    return [spot for spot in spots if exists(world, spot.level, spot.code, spot.year, due)]


# Section 2: values


@remembered
def value(  # noqa: C901, PLR0912  # one case per row of the table
    world: World, formula: f.Formula, spot: Spot
) -> Value:
    """Evaluate a formula; missing in, missing out, with the exceptions of section 2."""

    def at(part: f.Formula) -> Value:
        return value(world, part, spot)

    match formula:
        case f.Number(constant):
            return float(constant)
        case f.Text(constant) | f.Truth(constant):
            return constant
        case f.Measured(slug):
            return measured(world, slug, spot)
        case f.Scale(operand, factor):
            return numeric(lambda number: number * factor, at(operand))
        case f.Calculation(operator, left, right):
            return numeric(CALCULATIONS[operator], at(left), at(right))
        case f.Ratio(part, whole):
            return numeric(ratio, at(part), at(whole))
        case f.Relates(relation, left, right):
            return relates(relation, at(left), at(right))
        case f.Both(left, right):
            return both(at(left), at(right))
        case f.Either(left, right):
            return opposite(both(opposite(at(left)), opposite(at(right))))
        case f.Negation(operand):
            return opposite(at(operand))
        case f.Choice(condition, then, otherwise):
            chosen = at(condition)
            return None if chosen is None else at(then if chosen else otherwise)
        case f.Below():
            return fold(world, formula, spot)
        case f.Variation():
            return variation(world, formula, spot)
        case f.Above(level, operand):
            over = [each for each in above(world, spot.code) if each in world.codes[level]]
            upper = [spot._replace(level=level, code=each) for each in over]
            return value(world, operand, upper[0]) if upper else None
        case f.Ranking():
            return rank(world, formula, spot)
        case f.LiesIn(code):
            return code == spot.code or code in above(world, spot.code)
        case f.InYear(operand, year, back):
            return value(world, operand, spot._replace(year=year or spot.year - back))
        case f.Cumulative(operand, years):
            last = range(spot.year - years + 1, spot.year + 1)
            return total([value(world, operand, spot._replace(year=year)) for year in last])
        case f.Attainment(level, tag):
            return world.attainment(spot, level, tag)
        case f.Complies(_, tag, counts):
            return world.complies(spot, tag, counts)
        case f.SentIn(in_time):
            sent = submitted(world, spot.level, spot.code, spot.year)
            timely = world.calendar.in_time(spot.level, spot.code, spot.year) if in_time else True
            return None if timely is None else sent and timely
        case _:
            assert_never(formula)


def numeric(calculate: Callable[..., float | None], *operands: Value) -> float | None:
    """Calculate with numbers; missing as soon as one is."""
    if any(operand is None for operand in operands):
        return None
    return calculate(*operands)


CALCULATIONS: dict[f.Arithmetic, Callable[[float, float], float | None]] = {
    f.Arithmetic.ADD: add,
    f.Arithmetic.SUBTRACT: lambda left, right: add(left, -right),
    f.Arithmetic.MULTIPLY: lambda left, right: left * right,
    f.Arithmetic.DIVIDE: divide,
    f.Arithmetic.LARGER: max,
    f.Arithmetic.SMALLER: min,
    f.Arithmetic.ROUND_UP: round_up,
}


def alike(left: Value, right: Value) -> bool:
    """Numbers equal within a relative 1e-9 of the right side are equal."""
    if isinstance(left, float) and isinstance(right, float):
        return abs(left - right) <= 1e-9 * abs(right)
    return left == right


def relates(relation: f.Relation, left: Value, right: Value) -> bool | None:
    """Compare inside a formula."""
    if left is None or right is None:
        return None
    equal = alike(left, right)
    match relation:
        case f.Relation.EQUAL:
            return equal
        case f.Relation.UNEQUAL:
            return not equal
        case f.Relation.LESS:
            return not equal and smaller(left, right)
        case f.Relation.AT_MOST:
            return equal or smaller(left, right)
        case f.Relation.MORE:
            return not equal and smaller(right, left)
        case f.Relation.AT_LEAST:
            return equal or smaller(right, left)
        case _:
            assert_never(relation)


def smaller(left: Value, right: Value) -> bool:
    """Compare two numbers; nothing else is smaller or larger."""
    assert isinstance(left, float)
    assert isinstance(right, float)
    return left < right


def both(left: Value, right: Value) -> bool | None:
    """且 with a false side is false."""
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def opposite(operand: Value) -> bool | None:
    """非."""
    return None if operand is None else not operand


def total(parts: list[Value]) -> float | None:
    """Add up; one missing part makes the sum missing."""
    numbers = [part for part in parts if isinstance(part, float)]
    return add_all(numbers) if len(numbers) == len(parts) else None


def fold(  # noqa: C901 - one case per fold
    world: World, formula: f.Below, spot: Spot
) -> float | None:
    """合计, 计数, 平均, 最大, 最小, 占比."""
    known = below(world, spot, formula.level)
    everyone = there(world, known, formula.condition)
    holds = [
        True if formula.condition is None else value(world, formula.condition, one)
        for one in everyone
    ]
    if not known or None in holds:
        return None
    chosen = [one for one, held in zip(everyone, holds, strict=True) if held]
    heads = float(len(chosen))
    operand = formula.operand
    amounts = [] if operand is None else [value(world, operand, one) for one in chosen]
    match formula.fold:
        case f.Fold.COUNT:
            return heads
        case f.Fold.SHARE:
            if operand is None:
                return ratio(heads, len(everyone))
            whole = [value(world, operand, one) for one in everyone]
            return numeric(ratio, total(amounts), total(whole))
        case f.Fold.SUM:
            return total(amounts)
        case f.Fold.MEAN:
            return naive_numbers.of_some(amounts, lambda numbers: add_all(numbers) / len(numbers))
        case f.Fold.MEDIAN:
            return naive_numbers.of_some(amounts, middle)
        case f.Fold.PERCENTILE:
            assert formula.percent is not None
            return naive_numbers.of_some(amounts, partial(percentile, formula.percent))
        case f.Fold.MAXIMUM:
            return naive_numbers.of_some(amounts, max)
        case f.Fold.MINIMUM:
            return naive_numbers.of_some(amounts, min)
        case _:
            assert_never(formula.fold)


def rank(world: World, formula: f.Ranking, spot: Spot) -> float | None:
    """名次: one more than how many of its level have more; everybody's value is needed."""
    home = [spot.code]
    if formula.within is not None:
        home = [each for each in above(world, spot.code) if lies_at(world, each, formula.within)]
    if not home or not exists(world, spot.level, spot.code, spot.year):
        return None
    peers = [
        spot._replace(code=code)
        for code in world.codes[spot.level]
        if formula.within is None or home[0] in above(world, code)
    ]
    values = [value(world, formula.operand, peer) for peer in there(world, peers)]
    own = value(world, formula.operand, spot)
    numbers = [each for each in values if isinstance(each, float)]
    if len(numbers) < len(values) or not isinstance(own, float):
        return None
    return 1.0 + sum(each > own + 1e-9 * abs(own) for each in numbers)


def variation(world: World, formula: f.Variation, spot: Spot) -> float | None:
    """差异系数."""
    everyone = there(world, below(world, spot, formula.level), formula.condition)
    if formula.condition is not None:
        held = [value(world, formula.condition, one) for one in everyone]
        if None in held:
            return None
        everyone = [one for one, holds in zip(everyone, held, strict=True) if holds]
    amounts = [value(world, formula.operand, one) for one in everyone]
    weights = [value(world, formula.weight, one) for one in everyone]
    xs = [amount for amount in amounts if isinstance(amount, float)]
    ws = [weight for weight in weights if isinstance(weight, float)]
    if not everyone or len(xs) < len(everyone) or len(ws) < len(everyone):
        return None
    mean = divide(add_all([w * x for w, x in zip(ws, xs, strict=True)]), add_all(ws))
    if mean is None or mean == 0:
        return None
    spread = add_all([w * add(x, -mean) ** 2 for w, x in zip(ws, xs, strict=True)]) / add_all(ws)
    return None if spread < 0 else math.sqrt(spread) / mean


def measured(world: World, slug: str, spot: Spot) -> Value:
    """A reported value counts; else an indicator's formula, or the sum below.

    A cell that cannot be read is missing, and nothing stands in for it.
    """
    reported = world.cells.get((spot.level, spot.code, spot.year), {}).get(slug)
    if reported is not None or (spot.level, spot.code, spot.year, slug) in world.spoilt:
        return reported
    if slug in world.catalog.vocabulary.formulas:
        return value(world, world.catalog.vocabulary.formulas[slug], spot)
    return summed(world, world.catalog.vocabulary.items[slug], spot)


def summed(world: World, item: Item, spot: Spot) -> float | None:
    """Sum over the nearest lower level that is declared and at which there are any."""
    match item.summation:
        case Summation.NONE:
            return None
        case Summation.SUM:
            pass
        case _:
            assert_never(item.summation)
    for level in sorted(item.levels, key=lambda level: level.rank):
        parts = below(world, spot, level) if level.rank > spot.level.rank else []
        if parts:
            return total([measured(world, item.slug, part) for part in there(world, parts)])
    return None
