"""Random vocabularies, rule packs and submissions: small, and full of boundary values.

Everything is built from the dataclasses of ``dabiao.rules``; no feature is read. What lint refuses
(unknown names, measures at levels where they do not exist, no deadline where one is needed) is not
made.
"""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from dabiao.rules.catalog.catalog import Catalog, Rule
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
from dabiao.schemas.document import Document
from dabiao.schemas.facts import Standing
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime, RosterStatus
from dabiao.schemas.measure import Indicator, Item, ItemType, Summation
from dabiao.schemas.rule import Baseline, Timing, TimingKind
from dabiao.schemas.subject import Place
from tests.engine.builders import (
    Cell,
    Known,
    Row,
    Submission,
    catalog,
    document,
    indicator,
    item,
    rule,
)
from tests.engine.formula_strategies import (
    EXTREMES,
    OPTIONS,
    TRUTHS,
    YEARS,
    Levels,
    Pen,
    boolean,
    numeric,
)

Draw = st.DrawFn

LADDERS = (
    (Level.COUNTY, Level.SCHOOL),
    (Level.COUNTY, Level.SCHOOL, Level.CLASS),
    (Level.PREFECTURE, Level.COUNTY, Level.SCHOOL),
    (Level.COUNTY, Level.TOWNSHIP, Level.SCHOOL),
    (Level.REGION, Level.PREFECTURE, Level.COUNTY),
    (Level.SCHOOL, Level.CLASS),
)
CODES = {
    Level.REGION: ("150000", "110000"),
    Level.PREFECTURE: ("150600", "152500"),
    Level.COUNTY: ("150602", "150603", "152527", "c4"),
}
PLACES = (
    Place(code="150000", name="内蒙古自治区", level=Level.REGION),
    Place(code="150600", name="鄂尔多斯市", level=Level.PREFECTURE, parent="150000"),
    Place(code="150602", name="东胜区", level=Level.COUNTY, parent="150600"),
    Place(code="152527", name="太仆寺旗", level=Level.COUNTY, parent="152500"),
)
AREAS = (*[None] * 6, "150000", "150600", "150602", "152527")


@dataclass(frozen=True, repr=False)
class Case:
    """A rule pack, a submission, and what to judge."""

    catalog: Catalog
    submission: Submission
    as_of: int
    every_year: bool = False

    def __repr__(self) -> str:
        """Say only what matters, a line each."""
        vocabulary = self.catalog.vocabulary
        rules = [
            f"{one.id} {one.level} {one.norm}, if {one.condition}, {one.timing}, {one.baseline},"
            f" decimals {one.decimals}, area {one.area}, tags {sorted(one.tags)},"
            f" {one.document.jurisdiction}, {one.document.period},"
            f" superseded by {[(each.id, each.period.from_) for each in one.superseded_by]}"
            for one in self.catalog
        ]
        items = [
            f"{one.slug}: {one.type} {[str(level) for level in one.levels]} {one.summation}"
            f" {one.minimum}..{one.maximum}"
            for one in vocabulary.items.values()
        ]
        formulas = [
            f"{one.slug}: {[str(level) for level in one.levels]} {vocabulary.formulas[one.slug]}"
            for one in vocabulary.indicators.values()
        ]
        rows = [f"{row.level} {row.code} {row.year} {row.cells}" for row in self.submission.rows]
        known = [
            f"{one.level} {one.code} in {one.parent}, {one.standing}, {one.life}"
            for one in self.submission.subjects
        ]
        asked = f"as of {self.as_of}" + (", every year" if self.every_year else "")
        places = f"places {sorted(self.catalog.places)}"
        return "\n".join(["", *rules, *items, *formulas, *known, *rows, places, asked])

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:  # noqa: FBT001
        """Print a failing example so that it can be read."""
        printer.text(repr(self))

    @property
    def years(self) -> list[int]:
        """The years judged."""
        told = {row.year for row in self.submission.rows if row.year <= self.as_of}
        return sorted(told | {self.as_of}) if self.every_year else [self.as_of]


def vocabularies(pen: Pen, ladder: Levels) -> tuple[list[Item], Mapping[Indicator, f.Formula]]:
    """Make items of every type at one or two levels, and indicators over them and each other."""
    items: list[Item] = []
    for number in range(pen.draw(st.integers(2, 4))):
        type_ = pen.one_of(ItemType.NUMBER, ItemType.INTEGER, ItemType.BOOLEAN, ItemType.CATEGORY)
        levels = pen.draw(st.sets(st.sampled_from(ladder), min_size=1, max_size=2))
        if number == 0:
            type_, levels = ItemType.NUMBER, {*levels, ladder[-1]}
        bounds = pen.one_of((None, None), (None, None), (0.0, None), (0.0, 100.0), (1.0, None))
        items.append(
            item(
                f"i{number}",
                *levels,
                type_=type_,
                summed=type_.numeric and pen.chance(2),
                unit=pen.one_of("人", "%", "万元", ""),
                options=OPTIONS if type_ is ItemType.CATEGORY else (),
                bounds=bounds if type_.numeric else (None, None),
            )
        )
    indicators: dict[Indicator, f.Formula] = {}
    for number in range(pen.draw(st.integers(0, 2))):
        levels = pen.draw(st.sets(st.sampled_from(ladder), min_size=1, max_size=2))
        made = indicator(f"k{number}", *levels, unit=pen.one_of("%", "人"))
        known = catalog([], items, indicators).vocabulary
        writer = replace(pen, vocabulary=known, tags=((ladder[-1], "plan/@r0"),), shares=True)
        indicators[made] = numeric(writer, made.levels, 2)
    return items, indicators


def norm(pen: Pen, level: Level) -> Norm:
    """Demand something of the subjects of a level."""
    here = (level,)
    some = any(lower.rank > level.rank for lower, _ in pen.tags)
    kind = pen.draw(st.integers(0, 9 if some else 7))
    least = pen.number()
    if kind < 3:
        bound = numeric(pen, here, 1) if pen.chance(4) else f.Number(pen.number())
        return Compares(numeric(pen, here, 2), pen.one_of(*_COMPARATORS), bound)
    if kind == 3:
        texts = pen.slugs(here, ItemType.CATEGORY)
        if texts and pen.chance(2):
            wanted: f.Formula = f.Text(pen.one_of(*OPTIONS))
            return Compares(f.Measured(pen.one_of(*texts)), Comparator.EQUAL, wanted)
        wanted = f.Truth(pen.one_of(*TRUTHS))
        return Compares(boolean(pen, here, 1), Comparator.EQUAL, wanted)
    if kind == 4:
        low, high = sorted((pen.number(), pen.number()))
        bounds: list[f.Formula] = [f.Number(low), f.Number(high)]
        if pen.chance(3):
            bounds[pen.one_of(0, 1)] = numeric(pen, here, 1)
        return Within(numeric(pen, here, 2), *bounds)
    if kind < 8:
        span, direction = pen.one_of(*Span), pen.one_of(*Direction)
        since = pen.one_of(2020, 2020, 2021, 2019) if span is Span.SINCE else None
        value = numeric(pen, here, 1)
        return Changes(value, direction, span, abs(least), pen.chance(3), since)
    return roll_up(pen, level)


def roll_up(pen: Pen, level: Level) -> Norm:
    """Demand something of the findings below a level."""
    lower, tag = pen.one_of(*(one for one in pen.tags if one[0].rank > level.rank))
    kind = pen.draw(st.integers(0, 5))
    if kind < 2:
        return AllComply(lower, tag)
    if kind < 4:
        return EachComplies(lower, tag, pen.one_of(1, 2), pen.one_of(None, 85.0, 100.0, 50.0))
    if kind == 4:
        return Within(f.Attainment(lower, tag), f.Number(50.0), f.Number(100.0))
    bound = f.Number(pen.one_of(100.0, 50.0, 200 / 3, 33.3))
    return Compares(f.Attainment(lower, tag), pen.one_of(*_COMPARATORS), bound)


_COMPARATORS = (
    Comparator.AT_LEAST,
    Comparator.MORE_THAN,
    Comparator.AT_MOST,
    Comparator.LESS_THAN,
    Comparator.EQUAL,
)


def timing(pen: Pen, *, lined: bool) -> Timing:
    """Demand it at some time; mostly later, where that gives a line."""
    if lined and pen.chance(2):
        return Timing(
            kind=pen.one_of(TimingKind.DUE, TimingKind.WITHIN), last=pen.one_of(2023, 2025)
        )
    kind = pen.one_of(*TimingKind, TimingKind.STANDING, TimingKind.DUE)
    year = pen.one_of(2022, 2021, 2023, 2025)
    if kind is TimingKind.STANDING:
        return Timing(kind=kind, first=pen.one_of(None, None, None, 2021))
    if kind is TimingKind.SPAN:
        return Timing(kind=kind, first=pen.one_of(2020, 2021), last=year)
    return Timing(kind=kind, last=year)


def rules(pen: Pen, ladder: Levels, documents: list[Document]) -> list[Rule]:
    """Make a few rules of any kind, or plain ones of the lowest level and a roll-up over them."""
    made: list[Rule] = []
    members = pen.one_of(0, 0, 1, 2)
    for number in range(members + pen.draw(st.integers(1, 3 - members))):
        lowest = number < members or (number == 0 and pen.chance(2))
        level = ladder[-1] if lowest else pen.one_of(*(ladder[:-1] if members else ladder))
        of = pen.one_of(*documents) if number else documents[0]
        writer = replace(pen, tags=_tags(made, of), shares=True)
        if number < members:
            wanted: Norm = Compares(
                f.Measured("i0"), pen.one_of(*_COMPARATORS), f.Number(pen.number())
            )
        elif members:
            wanted = roll_up(writer, level)
        else:
            wanted = norm(writer, level)
        annualised = isinstance(wanted, Changes) and wanted.span is Span.ANNUALISED
        baseline = None
        if annualised or pen.chance(2):
            value = pen.one_of(None, pen.number())
            baseline = Baseline(year=pen.one_of(2020, 2020, 2019, 2021), value=value)
        lined = baseline is not None or (isinstance(wanted, Changes) and wanted.since is not None)
        conditional = pen.chance(6 if members else 3)
        made.append(
            rule(
                wanted,
                f"r{number}",
                level,
                document=of,
                condition=boolean(writer, (level,), 2) if conditional else None,
                timing=timing(pen, lined=lined),
                baseline=baseline,
                decimals=pen.one_of(None, None, None, 0, 1, 2),
                area=pen.one_of(*[None] * 6, "150602", "150600"),
                tags=pen.draw(st.sets(st.sampled_from(("甲", "乙")))),
                unit=pen.one_of("人", "%", "百分点"),
            )
        )
    return made


def _tags(made: list[Rule], of: Document) -> tuple[tuple[Level, str], ...]:
    return tuple(
        (one.level, f"@{tag}" if one.document == of else f"{one.document.id}/@{tag}")
        for one in made
        for tag in sorted(one.tags)
    )


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


def subjects(pen: Pen, ladder: Levels, *, mortal: bool) -> list[Known]:
    """Grow a small tree: parents of the level above mostly, but also higher, unknown or none."""
    grown: list[Known] = []
    mortal = mortal or pen.chance(2)
    for place, level in enumerate(ladder):
        above = [known.code for known in reversed(grown)]
        most = min(2 if place == 0 else 3, len(CODES.get(level, "many")))
        for number in range(pen.draw(st.integers(1, most))):
            others = ("nowhere", "150603") if level.rank > Level.COUNTY.rank else ("nowhere",)
            parent = pen.one_of(*above, *above, None, *others) if above else None
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
        for at, slug in pen.draw(st.sets(st.sampled_from(places), min_size=1, max_size=4)):
            values = tuple(
                float(round(number)) if numeric[slug] else number
                for number in (pen.number(), pen.number())
            )
            found[at] = replace(found[at], cells={**found[at].cells, slug: values})
    return found


@st.composite
def cases(
    draw: Draw, *, complete: bool = False, mortal: bool = False, doubtful: bool = False
) -> Case:
    """Make a rule pack and a submission that fits it.

    Every second one (or each) is complete, in every second one (or each) some come and go, and in
    none (or each) some cells may mean one value or another.
    """
    ladder = draw(st.sampled_from(LADDERS))
    anchor = st.sampled_from((45.0, 3.0, 0.3, 55.55, 98.0, 2.5, *EXTREMES))
    anchors = tuple(draw(st.lists(anchor, min_size=1, max_size=2)))
    blank = Pen(draw, catalog([]).vocabulary, ladder, anchors)
    items, indicators = vocabularies(blank, ladder)
    pen = Pen(draw, catalog([], items, indicators).vocabulary, ladder, anchors)
    documents = [
        document(
            id_,
            jurisdiction=pen.one_of(*AREAS),
            first=pen.one_of(2015, 2015, 2015, 2021),
            last=pen.one_of(*[None] * 6, 2025, 2021),
            supersedes=pen.one_of((), (), ("plan",)) if id_ != "plan" else (),
        )
        for id_ in draw(st.sampled_from((("plan",), ("plan", "above"))))
    ]
    known = subjects(pen, ladder, mortal=mortal)
    places = PLACES if draw(st.booleans()) else ()
    pack = catalog(rules(pen, ladder, documents), items, indicators, places, documents)
    texts = frozenset(one.slug for one in items if one.type is ItemType.CATEGORY)
    complete = complete or draw(st.booleans())
    told = rows(pen, known, [*items, *indicators], complete=complete)
    if doubtful:
        told = doubted(pen, told, [*items, *indicators])
    submission = Submission(tuple(known), tuple(told), texts)
    return Case(pack, submission, draw(st.sampled_from((2022, 2021, 2020))), draw(st.booleans()))


def profile(share: float) -> settings:
    """Try as many examples as the time allows: the same ones each time, unless by hand."""
    thorough = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
    return settings(
        max_examples=2000 if thorough else int(200 * share),
        derandomize=not thorough,
        deadline=None,
        phases=set(Phase) - {Phase.explain},
        suppress_health_check=[HealthCheck.too_slow],
    )
