"""Whatever changes between two runs, alone or with something else: that is named, and nothing else.

Random packs and submissions are judged; one input of one or two kinds is changed; they are judged
again, with both changes and with each alone.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from dabiao.engine.heading import headed
from dabiao.engine.judge import judge
from dabiao.reports.comparison.compare import compare
from dabiao.reports.counted.recorded import RecordedFindings
from dabiao.reports.run.json import write_json
from dabiao.reports.run.reading import read_run
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Compares
from dabiao.rules.formulas.formula import Arithmetic, Calculation, Measured, Number
from dabiao.schemas.comparison import Cause, CauseKind, FindingChange
from dabiao.schemas.document import Document
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime, RosterStatus
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run, RunOptions
from tests.engine.builders import Known, Row, at_least, catalog, document, rule
from tests.engine.strategies import Case, cases, profile

Draw = st.DrawFn


@dataclass(frozen=True)
class World:
    """What is judged, and what a run says of where it comes from."""

    case: Case
    documents: tuple[Document, ...] = ()
    digests: Mapping[Level, str] = field(default_factory=dict)
    version: str = "1"

    def run(self) -> Run:
        """Judge it."""
        case = self.case
        judgement = judge(
            case.catalog,
            case.submission.facts(),
            as_of=case.as_of,
            every_year=case.every_year,
        )
        run = headed(judgement.run(), judgement, RunOptions())
        files = tuple(
            replace(each, sha256=self.digests.get(_level(each.file), "as it was"))
            for each in run.facts
        )
        run = replace(run, facts=files, version=self.version)
        return written(run)

    def having(self, **changes: object) -> "World":
        """Judge something else."""
        return replace(self, case=replace(self.case, **changes))  # type: ignore[arg-type]

    def ruled(self, rules: list[Rule], *documents: Document) -> "World":
        """Judge by other rules."""
        old = self.case.catalog
        vocabulary = old.vocabulary
        made = catalog(
            rules,
            vocabulary.items.values(),
            {each: vocabulary.formulas[slug] for slug, each in vocabulary.indicators.items()},
            old.places.values(),
            (*old.documents.values(), *documents),
        )
        return self.having(catalog=made)

    def sent(self, level: Level) -> "World":
        """Say that the file of a level is another one."""
        return replace(self, digests={**self.digests, level: "another"})


def written(run: Run) -> Run:
    """Write a run into a file, and read it from there."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.json"
        with path.open("w", encoding="utf-8") as file:
            write_json(run, RecordedFindings(run).forms(), file)
        return read_run(path)


Change = Callable[[World], World]


def _level(file: str) -> Level:
    return Level(file.removesuffix(".csv").removeprefix("late-"))


def value(draw: Draw, world: World) -> tuple[Change, Level]:
    """Change one number in one cell."""
    places = [
        (row.level, row.code, row.year, slug)
        for row in world.case.submission.rows
        for slug, cell in row.cells.items()
        if isinstance(cell, float) and row.year <= world.case.as_of
    ]
    assume(places)
    place = draw(st.sampled_from(places))
    number = draw(st.sampled_from((0.0, 1.0, 44.0, 46.0, 99.0)))

    def change(of: World) -> World:
        rows = list(of.case.submission.rows)
        there = [
            at
            for at, row in enumerate(rows)
            if (row.level, row.code, row.year) == place[:3] and place[3] in row.cells
        ]
        assume(there)
        rows[there[0]] = replace(rows[there[0]], cells={**rows[there[0]].cells, place[3]: number})
        return of.having(submission=replace(of.case.submission, rows=tuple(rows)))

    return change, place[0]


def facts(draw: Draw, world: World) -> Change:
    """Submit another number."""
    change, level = value(draw, world)
    return lambda of: change(of).sent(level)


def reading(draw: Draw, world: World) -> Change:
    """Read another number from the same file."""
    return value(draw, world)[0]


def norm(draw: Draw, world: World) -> Change:
    """Demand another number."""
    asked = [each.id for each in world.case.catalog if _number(each) is not None]
    assume(asked)
    one, number = draw(st.sampled_from(asked)), draw(st.sampled_from((1.0, 45.5, 98.5)))

    def change(rule_: Rule) -> Rule:
        if rule_.id != one or not isinstance(rule_.norm, Compares):
            return rule_
        bound = replace(rule_.norm, bound=Number(number))
        return replace(rule_, norm=bound, norm_text=str(bound))

    return lambda of: of.ruled([change(each) for each in of.case.catalog])


def _number(of: Rule) -> float | None:
    bound = of.norm.bound if isinstance(of.norm, Compares) and not of.stages else None
    return bound.value if isinstance(bound, Number) else None


def formula(_: Draw, world: World) -> Change:
    """Compute an indicator otherwise."""
    assume(world.case.catalog.vocabulary.formulas)

    def change(of: World) -> World:
        old = of.case.catalog
        made = catalog(
            list(old),
            old.vocabulary.items.values(),
            {
                each: Calculation(Arithmetic.MULTIPLY, old.vocabulary.formulas[slug], Number(2.0))
                for slug, each in old.vocabulary.indicators.items()
            },
            old.places.values(),
            old.documents.values(),
        )
        return of.having(catalog=made)

    return change


def added(draw: Draw, world: World) -> Change:
    """Judge by one more rule, which rules over verdicts look at too."""
    rules = list(world.case.catalog)
    level = draw(st.sampled_from([each.level for each in rules]))
    assume(level in world.case.catalog.vocabulary.items["i0"].levels)
    tags = draw(st.sets(st.sampled_from(("甲", "乙"))))
    least = at_least(3, Measured("i0"))
    more = rule(least, "more", level, tags=tags, document=rules[0].document)
    return lambda of: of.ruled([*of.case.catalog, more])


def withdrawn(draw: Draw, world: World) -> Change:
    """Judge by one rule less."""
    rules = [each.id for each in world.case.catalog]
    assume(len(rules) > 1)
    gone = draw(st.sampled_from(rules))
    return lambda of: of.ruled([each for each in of.case.catalog if each.id != gone])


def superseded(_: Draw, world: World) -> Change:
    """Let another document take the place of one."""
    old = next(iter(world.case.catalog)).document.id
    taken = document("newer", first=2019, supersedes=[old])
    return lambda of: of.ruled(list(of.case.catalog), taken)


def year(_draw: Draw, _world: World) -> Change:
    """Judge the next year."""
    return lambda of: of.having(as_of=of.case.as_of + 1)


def roster(draw: Draw, world: World) -> Change:
    """Let somebody go, come, move, or be closed."""
    subjects = world.case.submission.subjects
    lowest = max(each.level for each in subjects)
    one = draw(st.sampled_from([each for each in subjects if each.level is lowest]))
    kind = draw(st.sampled_from(("goes", "comes", "moves", "closes")))
    others = {each.code for each in subjects if each.level.rank < lowest.rank} - {one.parent}
    assume(others)
    parent = draw(st.sampled_from(sorted(others)))

    def change(of: World) -> World:
        sent = of.case.submission
        known, rows = list(sent.subjects), list(sent.rows)
        if kind == "goes":
            known.remove(one)
            for at in reversed(range(len(rows))):  # the last first: who came late stays late
                sent = sent.without(at) if rows[at].code == one.code else sent
            rows = list(sent.rows)
        elif kind == "comes":
            known.append(Known(one.level, "150602999", one.parent))
            cells = next((each.cells for each in rows if each.code == one.code), {})
            rows += [Row(one.level, "150602999", each, cells) for each in (2020, 2021, 2022)]
        elif kind == "moves":
            known[known.index(one)] = replace(one, parent=parent)
        else:
            known[known.index(one)] = replace(one, life=Lifetime(RosterStatus.CLOSED, None, 2019))
        return of.having(submission=replace(sent, subjects=tuple(known), rows=tuple(rows)))

    return change


def program(_draw: Draw, _world: World) -> Change:
    """Judge with another version, which comes to the same."""
    return lambda of: replace(of, version="2")


CHANGES: Mapping[str, tuple[Callable[[Draw, World], Change], frozenset[CauseKind]]] = {
    "facts": (facts, frozenset({CauseKind.FACTS})),
    "reading": (reading, frozenset({CauseKind.READING})),
    "norm": (norm, frozenset({CauseKind.RULE})),
    "formula": (formula, frozenset({CauseKind.RULE})),
    "added": (added, frozenset({CauseKind.ADDED})),
    "withdrawn": (withdrawn, frozenset({CauseKind.WITHDRAWN})),
    "superseded": (superseded, frozenset({CauseKind.SUPERSEDED})),
    "year": (year, frozenset({CauseKind.YEAR})),
    "roster": (roster, frozenset({CauseKind.ROSTER})),
    "program": (program, frozenset()),
}


@st.composite
def worlds(draw: Draw) -> tuple[list[str], list[World]]:
    """Make a world, the same with one change, with another one, and with both."""
    case = draw(cases())
    rules = [
        replace(
            each,
            norm_text=str(each.norm),
            condition_text=None if each.condition is None else str(each.condition),
        )
        for each in case.catalog
    ]
    base = World(replace(case, every_year=False)).ruled(rules)
    # A run names the documents of its rules; of another nobody can tell whether it was known.
    assume(set(base.case.catalog.documents) == {each.document.id for each in rules})
    names = draw(st.lists(st.sampled_from(list(CHANGES)), min_size=2, max_size=2, unique=True))
    # Both in one file are one, and nobody can tell how a figure of another year was read before.
    assume(set(names) not in ({"facts", "reading"}, {"year", "reading"}))
    first, second = (CHANGES[name][0](draw, base) for name in names)
    return names, [base, first(base), second(base), second(first(base))]


Key = tuple[str, Level, str]
Changes = Mapping[Key, FindingChange]


def changes(before: Run, after: Run) -> Changes:
    """Give each finding that changed."""
    return {(each.rule, each.level, each.subject): each for each in compare(before, after).changes}


@given(worlds())
@profile(most=15)
def test_what_changed_is_named(made: tuple[list[str], list[World]]) -> None:
    """Alone: that and nothing else. In pairs: each that changes a finding by itself.

    A figure of somebody whom the roster takes away changes nothing any more where it counted. Where
    a cause is said to be enough by itself, or not to be, it is so.
    """
    names, there = made
    before, *after = [each.run() for each in there]
    one, other, both = (changes(before, run) for run in after)
    kinds = [CHANGES[name][1] for name in names]
    first, second, last = after
    counts = still_counts(kinds, second, last), still_counts(kinds[::-1], first, last)
    for found, allowed in ((one, kinds[0]), (other, kinds[1]), (both, kinds[0] | kinds[1])):
        for key, change in found.items():
            assert change.causes, key
            assert {cause.kind for cause in change.causes} <= allowed, (key, change)
    for key, change in both.items():
        for single, kind, counting in zip((one, other), kinds, counts, strict=True):
            alone = single.get(key)
            told = [cause for cause in change.causes if cause.kind in kind]
            if alone is not None and change.before is not None and seen(change) and counting(key):
                assert told, (change, kind)
            check_alone(change, alone, told)


def still_counts(
    kinds: Sequence[AbstractSet[CauseKind]], other: Run, both: Run
) -> Callable[[Key], bool]:
    """Tell where the first of two changes still changes a finding once the other was made.

    It does wherever it does alone, but for a figure beside a change of the roster.
    """
    figure = kinds[0] <= {CauseKind.FACTS, CauseKind.READING}
    if not figure or kinds[1] != {CauseKind.ROSTER}:
        return lambda _: True
    return changes(other, both).__contains__


def seen(change: FindingChange) -> bool:
    """Tell whether anything is asked afterwards."""
    return change.after is not None and change.after.outcome is not Outcome.NOT_APPLICABLE


def check_alone(change: FindingChange, alone: FindingChange | None, told: Sequence[Cause]) -> None:
    """Find what is said of a cause alone true."""
    for cause in told:
        if cause.alone is not None:
            assert change.before is not None
            became = None if alone is None else alone.outcomes[1]
            kept = [each is Outcome.COMPLIANT for each in (change.before.outcome, became)]
            turned = became is not None and kept[0] is not kept[1]
            assert cause.alone is turned, (change, alone)
