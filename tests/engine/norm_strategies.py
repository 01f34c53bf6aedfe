"""Random norms: of every kind, or about one thing that the census counts."""

from dabiao.rules.catalog.norm import (
    AllComply,
    Changes,
    Compares,
    Direction,
    EachComplies,
    Norm,
    Span,
    Within,
)
from dabiao.rules.formulas import formula as f
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.measure import ItemType, Summation
from tests.engine.formula_strategies import OPTIONS, STAGED, TRUTHS, Pen, boolean, named, numeric


def norm(pen: Pen, level: Level, about: str | None = None) -> Norm:
    """Demand something of the subjects of a level; of this kind, or about this."""
    some = any(lower.rank > level.rank for lower, _ in pen.tags)
    often = ("Compares", "Changes")
    kinds = (*often * 3, "truth", "Within", "Compares of years", *["roll-up"] * some * 2)
    about = pen.one_of(*PARTS[about]) if about in PARTS else about
    match KINDS.get(about or "", about) or pen.one_of(*kinds):
        case "Within":
            return _within(pen, level, about)
        case "Changes":
            return _changes(pen, level, about)
        case "truth":
            return _is_so(pen, level, about)
        case "roll-up":
            return roll_up(pen, level, about)
        case "Compares of years":
            return Compares(_years(pen, level), pen.one_of(*COMPARATORS), _of_three(pen))
        case "Within of years":
            return Within(_years(pen, level), _of_three(pen), _of_three(pen))
        case _:
            return _compares(pen, level, about)


KINDS = {
    **dict.fromkeys(map(named, (*Span, *Direction)), "Changes"),
    **dict.fromkeys(map(named, f.Relation), "truth"),
    **dict.fromkeys(
        ("Both", "Either", "Negation", "Relates", "Truth", "Text", "LiesIn", "Complies", "SentIn"),
        "truth",
    ),
    **dict.fromkeys(
        ("AllComply", "EachComplies", "Compares of Attainment", "Within of Attainment"), "roll-up"
    ),
    named(Comparator.BETWEEN): "Within",
    STAGED: "Compares",
}
"""What a rule about something demands, where that is not a comparison."""


PARTS = {
    "Below": tuple(map(named, f.Fold)),
    "Calculation": tuple(map(named, f.Arithmetic)),
    "Attainment": ("Attainment", "Compares of Attainment", "Within of Attainment"),
    named(Summation.SUM): ("Measured",),
}
"""What is about something that is several things."""


def _compares(pen: Pen, level: Level, about: str | None) -> Compares:
    value = numeric(pen, (level,), 2, about)
    comparator = next(
        (each for each in COMPARATORS if named(each) == about), pen.one_of(*COMPARATORS)
    )
    computed = about != STAGED and pen.chance(4)
    bound = numeric(pen, (level,), 1) if computed else f.Number(pen.number())
    return Compares(value, comparator, bound)


def _is_so(pen: Pen, level: Level, about: str | None) -> Compares:
    texts = pen.slugs((level,), ItemType.CATEGORY)
    if about is None and texts and pen.chance(2):
        wanted = f.Text(pen.one_of(*OPTIONS))
        return Compares(f.Measured(pen.one_of(*texts)), Comparator.EQUAL, wanted)
    truth = f.Truth(pen.one_of(*TRUTHS))
    return Compares(
        boolean(pen, (level,), 1 if about is None else 2, about), Comparator.EQUAL, truth
    )


def _within(pen: Pen, level: Level, about: str | None) -> Within:
    low, high = sorted((pen.number(), pen.number()))
    bounds: list[f.Formula] = [f.Number(low), f.Number(high)]
    if pen.chance(3):
        bounds[pen.one_of(0, 1)] = numeric(pen, (level,), 1)
    return Within(numeric(pen, (level,), 2, about), *bounds)


def _changes(pen: Pen, level: Level, about: str | None) -> Changes:
    span = next((each for each in Span if named(each) == about), pen.one_of(*Span))
    direction = next((each for each in Direction if named(each) == about), pen.one_of(*Direction))
    since = pen.one_of(2020, 2020, 2021, 2019) if span is Span.SINCE else None
    value = numeric(pen, (level,), 1)
    if pen.chance(4):
        return Changes(value, direction, span, 0.0, since=since, strict=True)
    return Changes(value, direction, span, abs(pen.number()), pen.chance(3), since)


def _years(pen: Pen, level: Level) -> f.Cumulative:
    return f.years_when(boolean(pen, (level,), 1), pen.one_of(2, 3))


def _of_three(pen: Pen) -> f.Number:
    return f.Number(pen.one_of(1.0, 2.0, 3.0, 0.0))


def roll_up(pen: Pen, level: Level, about: str | None = None) -> Norm:
    """Demand something of the findings below a level."""
    lower, tag = pen.one_of(*(one for one in pen.tags if one[0].rank > level.rank))
    kinds = (
        *("AllComply", "AllComply", "EachComplies", "EachComplies"),
        *("Compares of Attainment", "Within of Attainment"),
    )
    match about if about in kinds else pen.one_of(*kinds):
        case "AllComply":
            return AllComply(lower, tag)
        case "EachComplies":
            return EachComplies(lower, tag, pen.one_of(1, 2), pen.one_of(None, 85.0, 100.0, 50.0))
        case "Within of Attainment":
            return Within(f.Attainment(lower, tag), f.Number(50.0), f.Number(100.0))
        case _:
            bound = f.Number(pen.one_of(100.0, 50.0, 200 / 3, 33.3))
            return Compares(f.Attainment(lower, tag), pen.one_of(*COMPARATORS), bound)


COMPARATORS = (
    Comparator.AT_LEAST,
    Comparator.MORE_THAN,
    Comparator.AT_MOST,
    Comparator.LESS_THAN,
    Comparator.EQUAL,
)
