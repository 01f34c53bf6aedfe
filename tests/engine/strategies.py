"""Random vocabularies, rule packs and submissions: small, and full of boundary values.

Everything is built from the dataclasses of ``dabiao.rules``; no feature is read. What lint refuses
(unknown names, measures at levels where they do not exist, no deadline where one is needed) is not
made.
"""

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
    formulas,
)
from dabiao.rules.formulas import formula as f
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.document import Document
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator, Item, ItemType, Summation
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline, Timing, TimingKind
from dabiao.schemas.subject import Place
from tests.engine.builders import (
    Submission,
    catalog,
    document,
    indicator,
    item,
    rule,
)
from tests.engine.dice import Dice, Drawn
from tests.engine.formula_strategies import (
    EXTREMES,
    OPTIONS,
    STAGED,
    TRUTHS,
    Levels,
    Pen,
    boolean,
    named,
    numeric,
)
from tests.engine.norm_strategies import COMPARATORS, norm, roll_up
from tests.engine.submission_strategies import dates, doubted, rows, subjects

LADDERS = (
    (Level.COUNTY, Level.SCHOOL),
    (Level.COUNTY, Level.SCHOOL, Level.CLASS),
    (Level.PREFECTURE, Level.COUNTY, Level.SCHOOL),
    (Level.COUNTY, Level.TOWNSHIP, Level.SCHOOL),
    (Level.REGION, Level.PREFECTURE, Level.COUNTY),
    (Level.SCHOOL, Level.CLASS),
)
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
    for number in range(pen.dice.whole(2, 4)):
        type_ = pen.one_of(ItemType.NUMBER, ItemType.INTEGER, ItemType.BOOLEAN, ItemType.CATEGORY)
        levels = set(pen.dice.some(ladder, 1, 2))
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
    for number in range(pen.dice.whole(0, 2)):
        levels = set(pen.dice.some(ladder, 1, 2))
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
    count = members + (pen.dice.whole(1, 3 - members) if about is None else 1)
    for number in range(count):
        of = pen.one_of(*documents) if number else documents[0]
        writer = replace(pen, tags=_tags(made, of), shares=True)
        said = None if number < members else about
        if said is not None:
            level = ladder[-2 if said in OVER_OTHERS else -1]
        else:
            lowest = number < members or (number == 0 and pen.chance(2))
            level = ladder[-1] if lowest else pen.one_of(*(ladder[:-1] if members else ladder))
        if number == 0 and level is ladder[-1]:
            writer = replace(writer, vocabulary=impartial(writer.vocabulary))
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
        one = _rule(writer, wanted, f"r{number}", level, of, members=members, about=said)
        made.append(replace(one, tags=one.tags - asked([*made, one])) if asked([one]) else one)
    return made


def asked(made: list[Rule]) -> set[str]:
    """Collect the tags that rules look at; who looks itself may not carry them: a circle."""
    tags = {one.norm.tag for one in made if isinstance(one.norm, AllComply | EachComplies)}
    for one in made:
        said = (*formulas(one.norm), *([] if one.condition is None else [one.condition]))
        parts = (part for formula in said for part in f.walk(formula))
        tags |= {part.tag for part in parts if isinstance(part, f.Attainment | f.Complies)}
    return {tag.rpartition("@")[2] for tag in tags}


def impartial(vocabulary: Vocabulary) -> Vocabulary:
    """Leave out the indicators that rest on a verdict: the rule judged there may not use them."""
    resting: set[str] = set()
    for slug, formula in vocabulary.formulas.items():  # those that are used come first
        parts = list(f.walk(formula))
        used = {part.slug for part in parts if isinstance(part, f.Measured)}
        if used & resting or any(isinstance(part, f.Attainment) for part in parts):
            resting.add(slug)
    kept = {slug: one for slug, one in vocabulary.indicators.items() if slug not in resting}
    return replace(vocabulary, indicators=kept)


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
        tags=pen.dice.some(("甲", "乙"), 0, 2),
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
    for year in sorted(pen.dice.some((2020, 2021, 2022, 2023), 2, 4)):
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


def make(
    dice: Dice,
    *,
    complete: bool = False,
    mortal: bool = False,
    doubtful: bool = False,
    size: int = 1,
) -> Case:
    """Make a rule pack and a submission that fits it.

    Every second one (or each) is complete, in every second one (or each) some come and go, and in
    none (or each) some cells may mean one value or another. A size says how many times more
    subjects there are at the lower levels.
    """
    ladder = dice.one_of(LADDERS)
    anchors = tuple(dice.some((45.0, 3.0, 0.3, 55.55, 98.0, 2.5, *EXTREMES), 1, 2))
    blank = Pen(dice, catalog([]).vocabulary, ladder, anchors)
    items, indicators = vocabularies(blank, ladder)
    pen = Pen(dice, catalog([], items, indicators).vocabulary, ladder, anchors)
    documents = [
        document(
            id_,
            jurisdiction=pen.one_of(*AREAS),
            first=pen.one_of(2015, 2015, 2015, 2021),
            last=pen.one_of(*[None] * 6, 2025, 2021),
            supersedes=pen.one_of((), (), ("plan",)) if id_ != "plan" else (),
        )
        for id_ in dice.one_of((("plan",), ("plan", "above")))
    ]
    known = subjects(pen, ladder, mortal=mortal, size=size)
    places = dice.one_of(((), PLACES))
    pack = catalog(rules(pen, ladder, documents), items, indicators, places, documents)
    texts = frozenset(one.slug for one in items if one.type is ItemType.CATEGORY)
    complete = complete or dice.one_of(TRUTHS)
    told = rows(pen, known, [*items, *indicators], complete=complete)
    if doubtful:
        told = doubted(pen, told, [*items, *indicators])
    as_of = dice.one_of((2022, 2021, 2020))
    submission = Submission(tuple(known), tuple(told), texts, *dates(pen, told))
    return Case(pack, submission, as_of, every_year=dice.one_of(TRUTHS))


@st.composite
def cases(
    draw: st.DrawFn, *, complete: bool = False, mortal: bool = False, doubtful: bool = False
) -> Case:
    """Make small ones, by hypothesis."""
    return make(Drawn(draw), complete=complete, mortal=mortal, doubtful=doubtful)


@st.composite
def cases_about(draw: st.DrawFn, about: str) -> Case:
    """Make rules of which one is about something, in force everywhere, and nearly complete facts.

    In every second case some cells may mean one value or another.
    """
    dice = Drawn(draw)
    ladder = dice.one_of(LADDERS)
    anchors = tuple(dice.some((45.0, 3.0, 0.3, 55.55, 98.0, 2.5), 1, 2))
    blank = Pen(dice, catalog([]).vocabulary, ladder, anchors)
    items, indicators = vocabularies(blank, ladder)
    if about == named(Summation.SUM):
        items[0] = replace(items[0], summation=Summation.SUM, levels=ladder[-2:])
    items += [
        item("truth", ladder[-1], type_=ItemType.BOOLEAN),
        item("text", ladder[-1], type_=ItemType.CATEGORY, options=OPTIONS),
    ]
    pen = Pen(dice, catalog([], items, indicators).vocabulary, ladder, anchors)
    known = subjects(pen, ladder, mortal=False, linked=not pen.chance(4))
    pack = catalog(rules(pen, ladder, [document()], about), items, indicators, PLACES)
    texts = frozenset(one.slug for one in items if one.type is ItemType.CATEGORY)
    complete = about != named(Outcome.MISSING) and not pen.chance(4)
    told = rows(pen, known, [*items, *indicators], complete=complete)
    if dice.one_of(TRUTHS):
        told = doubted(pen, told, [*items, *indicators])
    return Case(pack, Submission(tuple(known), tuple(told), texts, *dates(pen, told)), 2022)


def profile(share: float = 1.0, *, most: int = 120) -> settings:
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


THOROUGH = 10
"""How many times as many examples a thorough run tries."""
