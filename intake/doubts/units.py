"""Units of headers by which numbers cannot be right: 4500 below 学生数（万人）, in a school.

Whoever fills in a form writes 4500 whatever its header says. The unit is doubted where it makes an
impossible number of one that could well be, where numbers of people come out to the ten thousand,
each of them, and where all numbers are magnitudes away from those of the same subjects, or of all
others, elsewhere. Then both readings are kept: which is right is for who filled it in to say.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from dabiao.intake.doubts.amounts import doubt_amounts, middle
from dabiao.intake.facts.rows import Batch, HeaderUnit, RowLog
from dabiao.schemas.facts import Column, Floats, Origin
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType, Measure
from dabiao.schemas.numerals import round15
from dabiao.schemas.problem import FilePlace, Problem, Severity

_LEAST_FACTOR = 100
"""From which factor on whole numbers tell; that counts come out to the ten is chance enough."""
_SEVERAL = 3
_LARGE, _LARGE_ABOVE = 100, 1000
"""What nobody writes in so large a unit to the one, in a county or below it, and above."""
_FAR, _FAR_FROM_ITSELF = 1.0, 0.5
"""Magnitudes that numbers of two units are apart in: those of all subjects, those of one."""
_LOOKED_AT = 2000
_Others = Mapping[str, Sequence[float]]
"""Code of a subject to the numbers that other tables give of it."""


def doubt_units(batches: Sequence[Batch], measures: Mapping[str, Measure], log: RowLog) -> None:
    """Keep both readings of columns, and of cells, whose unit cannot be right; tell where."""
    scaled: dict[tuple[Level, str, float], list[Batch]] = defaultdict(list)
    for batch in batches:
        for slug, stated in batch.header_units.items():
            if stated.rows.any():
                scaled[batch.level, slug, stated.factor].append(batch)
    for (level, slug, factor), of in scaled.items():
        measure = measures.get(slug)
        if isinstance(measure, Item):
            others = _others(batches, level, slug, factor)
            suspects = _whole(of, measure) | _far(of, slug, others)
            for at, batch in enumerate(of):
                if at in suspects or batch.header_units[slug].beyond:
                    _doubt(batch, measure, log)
    doubt_amounts(batches, measures, log)


def _raw(batch: Batch, slug: str) -> Floats:
    """Give the numbers of a column as they stand, without what is blank or nothing."""
    stated = batch.header_units[slug]
    values = batch.columns[slug].values[stated.rows]
    values = values[~np.isnan(values) & (values != 0)]
    return np.array([round15(each / stated.factor) for each in values.tolist()], np.float64)


def _whole(of: Sequence[Batch], measure: Item) -> set[int]:
    """Find tables of counts in which everybody comes out to the hundred or ten thousand.

    A number with a fraction shows that a unit is meant, for the table that it stands in.
    """
    if (
        measure.type is not ItemType.INTEGER
        or of[0].header_units[measure.slug].factor < _LEAST_FACTOR
    ):
        return set()
    numbers = {at: _raw(batch, measure.slug) for at, batch in enumerate(of)}
    numbers = {at: raw for at, raw in numbers.items() if len(raw) and not (raw % 1).any()}
    least = _LARGE_ABOVE if of[0].level.rank <= Level.PREFECTURE.rank else _LARGE
    large = any(np.abs(raw).max() >= least for raw in numbers.values())
    return set(numbers) if large or sum(map(len, numbers.values())) >= _SEVERAL else set()


def _others(batches: Iterable[Batch], level: Level, slug: str, factor: float) -> _Others:
    """Collect what tables that do not share a unit say of an item."""
    found: dict[str, list[float]] = defaultdict(list)
    for batch in batches:
        stated = batch.header_units.get(slug)
        if batch.level is not level or slug not in batch.columns:
            continue
        if stated is None or stated.factor != factor:
            for code, value in _numbers(batch, batch.columns[slug]):
                found[code].append(value)
    return found


def _numbers(batch: Batch, column: Column) -> Iterator[tuple[str, float]]:
    values = column.values
    for at in np.flatnonzero(~np.isnan(values) & (values != 0))[:_LOOKED_AT].tolist():
        yield batch.codes[at], abs(float(values[at]))


def _far(of: Sequence[Batch], slug: str, others: _Others) -> set[int]:
    """Find tables whose numbers are magnitudes away from what others say, unless taken as is."""
    if not others:
        return set()
    return {at for at, batch in enumerate(of) if _is_far(batch, slug, others)}


def _is_far(batch: Batch, slug: str, others: _Others) -> bool:
    stated = batch.header_units[slug]
    own = list(_numbers(batch, batch.columns[slug]))
    same = [(value, each) for code, value in own for each in others.get(code, ())]
    moved = math.log10(stated.factor)
    if same:
        away = middle(np.array([math.log10(value / each) for value, each in same]))
        return abs(away) >= _FAR_FROM_ITSELF and abs(away - moved) < abs(away) / 2
    known = [each for found in others.values() for each in found]
    if len(others) < _SEVERAL or not own:
        return False
    usual = math.log10(middle(np.array([value for _, value in own])))
    low, high = math.log10(min(known)) - _FAR, math.log10(max(known)) + _FAR
    return not low <= usual <= high and low <= usual - moved <= high


def _doubt(batch: Batch, measure: Item, log: RowLog) -> None:
    """Keep both readings of every number of a column that allows them."""
    slug = measure.slug
    stated, column = batch.header_units[slug], batch.columns[slug]
    values, unusable, possible = column.values.copy(), dict(column.unusable), dict(column.possible)
    first: tuple[float, float] | None = None
    for at in np.flatnonzero(stated.rows & ~np.isnan(values) & (values != 0)).tolist():
        value = float(values[at])
        raw = round15(value / stated.factor)
        if not _allows(measure, raw):
            continue
        first = first or (raw, value)
        cell = log.cell(batch.where(at), slug)
        told = _both(raw, value, stated, measure)
        unusable[at] = say(f"{cell}：{told}", f"{cell}: {told}")
        possible[at] = (value, raw)
        values[at] = np.nan
    if first is not None:
        batch.columns[slug] = Column(values, column.labels, unusable, possible)
        log.noticed.add(_problem(log.origin(batch.origin), measure, stated, first))


def _allows(measure: Item, value: float) -> bool:
    low, high = measure.bounds
    return low <= value <= high and (measure.type is not ItemType.INTEGER or value.is_integer())


def _both(raw: float, value: float, stated: HeaderUnit, measure: Item) -> str:
    own = measure.unit
    return say(
        f"表头的单位是{stated.unit}，{raw:.15g}可能是{value:.15g}{own}，也可能是{raw:.15g}{own}",
        f"the header says {stated.unit}: {raw:.15g} may be {value:.15g} {own} or {raw:.15g} {own}",
    )


def _problem(
    origin: Origin | None, measure: Item, stated: HeaderUnit, first: tuple[float, float]
) -> Problem:
    name = say(measure.name, measure.english or measure.name)
    told = _both(*first, stated, measure)
    place = FilePlace(
        origin.file if origin is not None else None,
        sheet=origin.sheet if origin is not None else None,
        cell=stated.cell,
    )
    return place.problem(
        "doubtful-unit",
        say(f"{name}：{told}", f"{name}: {told}"),
        say(
            f"确是{stated.unit}的，在格中写明，如 {first[0]:.15g}{stated.unit}；"
            f"不是的，改表头的单位为{measure.unit}",
            f"if they are in {stated.unit}, write so in the cells ({first[0]:.15g}{stated.unit});"
            f" if not, let the header say {measure.unit}",
        ),
        Severity.WARNING,
        found=stated.unit,
        item=measure.slug,
    )
