"""Random submissions: who is known, since when and under whom, and what was told of them."""

import math
from dataclasses import replace

from dabiao.schemas.facts import Standing
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime, RosterStatus
from dabiao.schemas.measure import Indicator, Item, ItemType, Summation
from tests.engine.builders import Cell, Known, Row
from tests.engine.formula_strategies import OPTIONS, TRUTHS, YEARS, Levels, Pen

CODES = {
    Level.REGION: ("150000", "110000"),
    Level.PREFECTURE: ("150600", "152500"),
    Level.COUNTY: ("150602", "150603", "152527", "c4"),
}


def lifetime(pen: Pen) -> Lifetime | None:
    """Let a subject open late, or end early, once in a while."""
    status = pen.one_of(
        None, None, RosterStatus.OPEN, RosterStatus.NEW, RosterStatus.CLOSED, RosterStatus.MERGED
    )
    if status is None:
        return None
    ends = status.has_ended or pen.chance(4)
    opened = pen.one_of(None, None, *YEARS) if ends else pen.one_of(*YEARS)
    closed = pen.one_of(*YEARS, *YEARS, None) if ends else None
    if opened is not None and closed is not None:
        opened, closed = min(opened, closed), max(opened, closed)
    return Lifetime(status, opened, closed)


def subjects(
    pen: Pen, ladder: Levels, *, mortal: bool, linked: bool = False, size: int = 1
) -> list[Known]:
    """Grow a tree: parents of the level above mostly, but also higher, unknown or none.

    If it is to be linked, all are of the level above.
    """
    grown: list[Known] = []
    mortal = mortal or pen.chance(2)
    for place, level in enumerate(ladder):
        above = [known.code for known in reversed(grown)]
        most = min(2 if place == 0 else 3 * size, len(CODES.get(level, range(3 * size))))
        for number in range(pen.dice.whole(min(size, most), most)):
            others = ("nowhere", "150603") if level.rank > Level.COUNTY.rank else ("nowhere",)
            parent = pen.one_of(*above, *above, None, *others) if above else None
            if linked and place:
                parent = pen.one_of(*(one.code for one in grown if one.level is ladder[place - 1]))
            if level in CODES:
                code = CODES[level][number]
            else:
                code = f"{pen.one_of('150602', '152527', 'x')}{level.rank}{number}"
            standing = pen.one_of(Standing.ROSTER, Standing.NAMED)
            life = lifetime(pen) if mortal and standing is Standing.ROSTER else None
            grown.append(Known(level, code, parent, standing, life))
    if any(known.parent == "150603" for known in grown):
        grown.append(Known(Level.COUNTY, "150603", standing=Standing.NAMED))
    return list({known.code: known for known in reversed(grown)}.values())


def cell(pen: Pen, measure: Item | Indicator, *, complete: bool) -> Cell:
    """Fill a cell, or leave it empty."""
    if not complete and pen.chance(8):
        return pen.one_of(None, None, math.nan)
    if isinstance(measure, Indicator) or measure.type is ItemType.NUMBER:
        return pen.number()
    if measure.type is ItemType.INTEGER:
        return float(round(pen.number()))
    return pen.one_of(*TRUTHS) if measure.type is ItemType.BOOLEAN else pen.one_of(*OPTIONS)


def rows(
    pen: Pen, known: list[Known], measures: list[Item | Indicator], *, complete: bool
) -> list[Row]:
    """Report, with missing rows and cells; a sum or an indicator only sometimes."""
    told: list[Row] = []
    kept = {
        (measure.slug, level)
        for measure in measures
        for level in measure.levels
        if (
            isinstance(measure, Item)
            and (
                measure.summation is Summation.NONE or level == measure.levels[-1] or pen.chance(3)
            )
        )
        or (isinstance(measure, Indicator) and pen.chance(4))
    }
    for year in YEARS:
        for one in known:
            asked = [measure for measure in measures if (measure.slug, one.level) in kept]
            if not asked or (not complete and pen.chance(8)):
                continue
            if one.life is not None and not one.life.covers(year) and not pen.chance(8):
                continue
            cells = {measure.slug: cell(pen, measure, complete=complete) for measure in asked}
            if len(cells) > 1 and pen.chance(10):
                told.append(
                    Row(one.level, one.code, year, {asked[0].slug: cells.pop(asked[0].slug)})
                )
            told.append(Row(one.level, one.code, year, cells))
    return told


def doubted(pen: Pen, told: list[Row], measures: list[Item | Indicator]) -> list[Row]:
    """Let up to four numbers be one or another."""
    numeric = {
        measure.slug: isinstance(measure, Item) and measure.type is ItemType.INTEGER
        for measure in measures
        if isinstance(measure, Indicator) or measure.type.numeric
    }
    places = [(at, slug) for at, row in enumerate(told) for slug in row.cells if slug in numeric]
    found = list(told)
    if places:
        for at, slug in pen.dice.some(places, 1, 4):
            values = tuple(
                float(round(number)) if numeric[slug] else number
                for number in (pen.number(), pen.number())
            )
            found[at] = replace(found[at], cells={**found[at].cells, slug: values})
    return found


def dates(pen: Pen, told: list[Row]) -> tuple[int | None, frozenset[int]]:
    """Say which year was due, perhaps, and which rows came too late for it."""
    return pen.one_of(2022, None, 2021), frozenset(at for at in range(len(told)) if pen.chance(4))
