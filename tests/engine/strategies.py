"""Random vocabularies, rule packs and submissions: small, and full of boundary values.

Everything is built from the dataclasses of ``dabiao.rules``; no feature is read. What lint refuses
(unknown names, measures at levels where they do not exist, no deadline where one is needed) is not
made.
"""

import math
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from dabiao.rules.catalog.catalog import Catalog, Rule, Stage
from dabiao.rules.catalog.norm import (
    AllComply,
    Changes,
    Compares,
    EachComplies,
    Norm,
    Span,
)
from dabiao.rules.formulas import formula as f
from dabiao.schemas.document import Document
from dabiao.schemas.facts import Standing
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime, RosterStatus
from dabiao.schemas.measure import Indicator, Item, ItemType, Summation
from dabiao.schemas.outcome import Outcome
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
    STAGED,
    TRUTHS,
    YEARS,
    Levels,
    Pen,
    boolean,
    named,
    numeric,
)
from tests.engine.norm_strategies import COMPARATORS, norm, roll_up

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
        # The rule may use the indicator, which therefore must not look at its verdict.
        tags = ((ladder[-1], "plan/@r0"),)
        writer = replace(pen, vocabulary=known, tags=tags, shares=True, own=False)
        indicators[made] = numeric(writer, made.levels, 2)
    return items, indicators


def timing(pen: Pen, *, lined: bool, about: str | None = None) -> Timing:
    """Demand it at some time; mostly later, where that gives a line."""
    if about in (named(Outcome.BEHIND), named(Outcome.ON_TRACK)) or (lined and pen.chance(2)):
        return Timing(
            kind=pen.one_of(TimingKind.DUE, TimingKind.WITHIN), last=pen.one_of(2023, 2025)
        )
    kind = pen.one_of(*TimingKind, TimingKind.STANDING, TimingKind.DUE)
    kind = next((each for each in TimingKind if named(each) == about), kind)
    year = pen.one_of(2022, 2021, 2023, 2025)
    if kind is TimingKind.STANDING:
        return Timing(kind=kind, first=pen.one_of(None, None, None, 2021))
    if kind is TimingKind.SPAN:
        return Timing(kind=kind, first=pen.one_of(2020, 2021), last=year)
    return Timing(kind=kind, last=year)


def rules(
    pen: Pen, ladder: Levels, documents: list[Document], about: str | None = None
) -> list[Rule]:
    """Make a few rules of any kind, or plain ones of the lowest level and a roll-up over them.

    If they are to be about something, the last of them is.
    """
    made: list[Rule] = []
    members = pen.one_of(0, 0, 1, 2) if about is None else pen.one_of(1, 2)
    count = members + (pen.draw(st.integers(1, 3 - members)) if about is None else 1)
    for number in range(count):
        of = pen.one_of(*documents) if number else documents[0]
        writer = replace(pen, tags=_tags(made, of), shares=True)
        said = None if number < members else about
        if said is not None:
            level = ladder[-2 if said in OVER_OTHERS else -1]
        else:
            lowest = number < members or (number == 0 and pen.chance(2))
            level = ladder[-1] if lowest else pen.one_of(*(ladder[:-1] if members else ladder))
        if number < members:
            wanted: Norm = Compares(
                f.Measured("i0"), pen.one_of(*COMPARATORS), f.Number(pen.number())
            )
        elif said is not None:
            wanted = norm(writer, level, said)
        elif members:
            wanted = roll_up(writer, level)
        else:
            wanted = norm(writer, level)
        made.append(_rule(writer, wanted, f"r{number}", level, of, members=members, about=said))
    return made


OVER_OTHERS = frozenset(
    {
        *map(named, f.Fold),
        *("Below", "Variation", "Attainment", "AllComply", "EachComplies"),
        *("Compares of Attainment", "Within of Attainment", named(Summation.SUM)),
    }
)
"""What only a rule of those above can be about."""


def _rule(
    pen: Pen,
    wanted: Norm,
    slug: str,
    level: Level,
    of: Document,
    *,
    members: int,
    about: str | None,
) -> Rule:
    annualised = isinstance(wanted, Changes) and wanted.span is Span.ANNUALISED
    baseline = None
    if annualised or pen.chance(2) or about == named(Outcome.BEHIND):
        value = pen.one_of(None, pen.number())
        baseline = Baseline(year=pen.one_of(2020, 2020, 2019, 2021), value=value)
    lined = baseline is not None or (isinstance(wanted, Changes) and wanted.since is not None)
    odd = named(Outcome.NOT_APPLICABLE)
    conditional = about == odd or (about is None and pen.chance(6 if members else 3))
    made = rule(
        wanted,
        slug,
        level,
        document=of,
        condition=boolean(pen, (level,), 2) if conditional else None,
        timing=timing(pen, lined=lined, about=about),
        baseline=baseline,
        decimals=pen.one_of(None, None, None, 0, 1, 2),
        area=None if about else pen.one_of(*[None] * 6, "150602", "150600"),
        tags=pen.draw(st.sets(st.sampled_from(("甲", "乙")))),
        unit=pen.one_of("人", "%", "百分点"),
    )
    if pen.chance(5) and not isinstance(wanted, AllComply | EachComplies):
        made = replace(made, tolerance=pen.one_of(0.5, 1.0, 2.0))
    return staged(pen, made) if about == STAGED or (about is None and pen.chance(4)) else made


def staged(pen: Pen, made: Rule) -> Rule:
    """Give a rule that compares with a number a number for each of several years."""
    norm_ = made.norm
    if not isinstance(norm_, Compares) or not isinstance(norm_.bound, f.Number):
        return made
    stages = []
    for year in sorted(pen.draw(st.sets(st.sampled_from((2020, 2021, 2022, 2023)), min_size=2))):
        target = pen.number()
        stages.append(Stage(year, replace(norm_, bound=f.Number(target)), target))
    timing_ = Timing(kind=TimingKind.DUE, last=stages[-1].year)
    return replace(made, norm=stages[-1].norm, timing=timing_, stages=tuple(stages))


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


def subjects(pen: Pen, ladder: Levels, *, mortal: bool, linked: bool = False) -> list[Known]:
    """Grow a small tree: parents of the level above mostly, but also higher, unknown or none.

    If it is to be linked, all are of the level above.
    """
    grown: list[Known] = []
    mortal = mortal or pen.chance(2)
    for place, level in enumerate(ladder):
        above = [known.code for known in reversed(grown)]
        most = min(2 if place == 0 else 3, len(CODES.get(level, "many")))
        for number in range(pen.draw(st.integers(1, most))):
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
        for at, slug in pen.draw(st.sets(st.sampled_from(places), min_size=1, max_size=4)):
            values = tuple(
                float(round(number)) if numeric[slug] else number
                for number in (pen.number(), pen.number())
            )
            found[at] = replace(found[at], cells={**found[at].cells, slug: values})
    return found


def dates(pen: Pen, told: list[Row]) -> tuple[int | None, frozenset[int]]:
    """Say which year was due, perhaps, and which rows came too late for it."""
    return pen.one_of(2022, None, 2021), frozenset(at for at in range(len(told)) if pen.chance(4))


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
    as_of = draw(st.sampled_from((2022, 2021, 2020)))
    submission = Submission(tuple(known), tuple(told), texts, *dates(pen, told))
    return Case(pack, submission, as_of, draw(st.booleans()))


@st.composite
def cases_about(draw: Draw, about: str) -> Case:
    """Make rules of which one is about something, in force everywhere, and nearly complete facts.

    In every second case some cells may mean one value or another.
    """
    ladder = draw(st.sampled_from(LADDERS))
    anchor = st.sampled_from((45.0, 3.0, 0.3, 55.55, 98.0, 2.5))
    anchors = tuple(draw(st.lists(anchor, min_size=1, max_size=2)))
    blank = Pen(draw, catalog([]).vocabulary, ladder, anchors)
    items, indicators = vocabularies(blank, ladder)
    if about == named(Summation.SUM):
        update = {"summation": Summation.SUM, "levels": ladder[-2:]}
        items[0] = items[0].model_copy(update=update)
    items += [
        item("truth", ladder[-1], type_=ItemType.BOOLEAN),
        item("text", ladder[-1], type_=ItemType.CATEGORY, options=OPTIONS),
    ]
    pen = Pen(draw, catalog([], items, indicators).vocabulary, ladder, anchors)
    known = subjects(pen, ladder, mortal=False, linked=not pen.chance(4))
    pack = catalog(rules(pen, ladder, [document()], about), items, indicators, PLACES)
    texts = frozenset(one.slug for one in items if one.type is ItemType.CATEGORY)
    complete = about != named(Outcome.MISSING) and not pen.chance(4)
    told = rows(pen, known, [*items, *indicators], complete=complete)
    if draw(st.booleans()):
        told = doubted(pen, told, [*items, *indicators])
    return Case(pack, Submission(tuple(known), tuple(told), texts, *dates(pen, told)), 2022)


def profile(share: float = 1.0, *, most: int = 200) -> settings:
    """Try so many examples, the same ones each time.

    HYPOTHESIS_PROFILE=thorough tries several times as many, also the same ones each time;
    HYPOTHESIS_PROFILE=random as many, and others each time.
    """
    asked = os.environ.get("HYPOTHESIS_PROFILE")
    return settings(
        max_examples=int(most * share * (1 if asked is None else THOROUGH)),
        derandomize=asked != "random",
        deadline=None,
        phases=set(Phase) - {Phase.explain},
        suppress_health_check=[HealthCheck.too_slow],
    )


def seeds() -> range:
    """Give seeds to begin with, one after the other."""
    first = random.getrandbits(32) if os.environ.get("HYPOTHESIS_PROFILE") == "random" else 0
    return range(first, first + 4)


THOROUGH = 6
"""How many times as many examples a thorough run tries."""
