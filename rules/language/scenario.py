"""Scenarios under way: the facts they give, and what judging them gives back."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Protocol

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.roll_ups import rolled_up, tagged, tags_in
from dabiao.rules.catalog.supersession import successors
from dabiao.rules.formulas.formula import Formula, Measured, walk
from dabiao.schemas.attendance import Deadlines
from dabiao.schemas.facts import Facts, Origin
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass
from dabiao.schemas.remembered import remembered
from dabiao.schemas.run import Note


class Judged(Protocol):
    """What comes back from judging a case."""

    def outcome(self, rule: str, subject: str) -> Outcome | None:
        """Give what came of a rule for a subject; None where it does not speak of it."""
        ...

    def findings(self, *, rule: str | None = None, subject: str | None = None) -> Iterable[Finding]:
        """Give the findings, narrowed to a rule and a subject."""
        ...

    def measure(self, slug: str, subject_code: str, year: int) -> Scalar:
        """Give the value of a measure; None where missing."""
        ...

    def broken(self, check: str) -> Iterable[Note]:
        """Give the remarks that come of an edit check."""
        ...


Judge = Callable[[Catalog, Facts, int], Judged]
"""Judges facts by a catalog for a year; the rule language doesn't know how."""


class UnprovedError(AssertionError):
    """A scenario came out otherwise than it says.

    Attributes:
        of: Gives the finding or the note that came out instead, if there is one: it takes long to
            build, and only who tells a person why looks at it.
    """

    def __init__(self, message: str, of: Callable[[], Finding | Note] | None = None) -> None:
        super().__init__(message)
        self.of = of


WhyOf = Callable[[Finding | Note], str]
"""Puts into words why something came out; the rule language doesn't know how."""


@dataclass(slots=True)
class ScenarioRow:
    """What a scenario says of one subject and year; a year of None is the year judged."""

    level: Level
    code: str
    name: str | None
    parent: str | None
    received: datetime.date | None = None
    values: dict[str, float | str | bool] = field(default_factory=dict)


@dataclass(slots=True)
class Scenario:
    """One scenario under way.

    Attributes:
        catalog: The pack, for names, places and the rules of tags.
        rule: The rule that is proved; None where a scenario proves indicators.
        judge: How facts are judged; None where the scenario is only read, not run.
        beside: Rules to judge along with it, so that each can be looked at in turn; they are about
            the same level and place, or other facts would be meant.
        documents: Ids of the documents that its pack knows: no other takes the place of one here.
            None for all of the catalog.
        rows: What was given, by level, code and year.
        due: The day by which forms were due, if it was said.
        subject: The subject that unnamed sentences speak of.
        year: The year judged, once it has been said.
        judged: What came out, once it has been judged.
    """

    catalog: Catalog
    rule: Rule | None
    judge: Judge | None = None
    beside: Sequence[Rule] = ()
    documents: frozenset[str] | None = None
    rows: dict[tuple[Level, str, int | None], ScenarioRow] = field(default_factory=dict)
    due: datetime.date | None = None
    subject: tuple[Level, str] | None = None
    year: int | None = None
    judged: Judged | None = None

    def row(self, level: Level, code: str, year: int | None) -> ScenarioRow:
        """Give the row of a subject and year, beginning it if there is none."""
        key = (level, code, year)
        if key not in self.rows:
            self.rows[key] = ScenarioRow(level, code, None, self._parent(level, code))
        return self.rows[key]

    def lone(self, level: Level) -> str:
        """Give the code of the one unnamed subject of a level.

        It lies inside the rule's jurisdiction, and is that place itself where the levels are equal.
        """
        home = self._home()
        if home is not None and self.catalog.places[home].level is level:
            return home
        return f"{level.value}-1"

    def _home(self) -> str | None:
        return self.rule.jurisdiction if self.rule is not None else None

    def _parent(self, level: Level, code: str) -> str | None:
        if code in self.catalog.places:
            return None
        above = {row.level: row.code for row in self.rows.values() if row.level.rank < level.rank}
        if above:
            nearest = max(above, key=lambda each: each.rank)
            if len({row.code for row in self.rows.values() if row.level is nearest}) == 1:
                return above[nearest]
        if self.rule is not None and self.rule.level.rank < level.rank:
            return self.lone(self.rule.level)
        home = self._home()
        return home if home != code else None

    def facts(self, year: int) -> Facts:
        """Put the rows together as a submission."""
        # slow to load, and not needed where a scenario is only read
        from dabiao.intake.facts.assemble import Row, assemble

        vocabulary = self.catalog.vocabulary
        days = list(dict.fromkeys(row.received for row in self.rows.values()))
        rows = [
            Row(
                level=row.level,
                code=row.code,
                name=row.name,
                parent=row.parent,
                year=year if said is None else said,
                values=dict(row.values),
                unusable={},
                origin=days.index(row.received) if self.due else 0,
                number=number,
            )
            for number, ((_, _, said), row) in enumerate(self.rows.items(), 2)
        ]
        given = {row.code for row in rows}
        for parent in dict.fromkeys(row.parent for row in rows if row.parent):
            place = self.catalog.places.get(parent)
            if parent not in given and place is not None:  # a scenario names whom it speaks of
                named = Row(place.level, parent, place.name, None, None, {}, {}, 0, 1)
                rows.append(named)
        named_days = {"" if day is None else day.isoformat(): day for day in days}
        origins = [Origin(name, None, {}) for name in named_days] if self.due else []
        measures = {slug: vocabulary.measure(slug) for row in rows for slug in row.values}
        found = assemble(rows, origins, measures, self.catalog.places, doubting=False)
        if self.due is not None:
            came = {name: day for name, day in named_days.items() if day is not None}
            found.deadlines = Deadlines(year, {None: self.due}, came)
        return found

    def run(self, year: int) -> None:
        """Judge what was given, for a year."""
        self.year = year
        if self.judge is not None:
            self.judged = self.judge(self._needed(), self.facts(year), year)

    def _needed(self) -> Catalog:
        """Narrow the catalog to the rule and what it, or a check of what was given, rolls up."""
        rules: dict[str, Rule] = {}
        waiting = [*self.beside] if self.rule is None else [self.rule, *self.beside]
        if self.rule is None:
            waiting += self._checked()
        while waiting:
            rule = waiting.pop()
            if rule.id not in rules:
                rules[rule.id] = self._known(rule)
                waiting.extend(self.catalog.rules[id_] for id_ in rolled_up(rule, self.catalog))
        whole = self.catalog
        return Catalog(
            documents=whole.documents,
            places=whole.places,
            vocabulary=whole.vocabulary,
            rules=dict(sorted(rules.items())),
            hash=whole.hash,
            tagged=_without_others(whole.tagged, rules),
            checks=whole.checks,
            peers=whole.peers,
        )

    def _checked(self) -> Iterator[Rule]:
        """Give the rules that edit checks hold what was given against."""
        given = {slug for row in self.rows.values() for slug in row.values}
        for check in self.catalog.checks.values():
            if given.isdisjoint(_read_by(check.relation)):
                continue
            for level, tag in sorted(tags_in([check.relation], self.catalog)):
                for id_ in tagged(level, tag, "", self.catalog):
                    yield self.catalog.rules[id_]

    def _known(self, rule: Rule) -> Rule:
        """Give a rule as its own pack knows it; a pack's proofs hold whatever is read beside it."""
        known = self.documents
        if known is None:
            return rule
        beside = tuple(each for each in rule.replaced_by if each.document in known)
        if beside != rule.replaced_by:
            rule = replace(rule, replaced_by=beside)
        if all(newer.id in known for newer in rule.superseded_by):
            return rule
        told = {id_: each for id_, each in self.catalog.documents.items() if id_ in known}
        return replace(rule, superseded_by=successors(rule.document, told))


@remembered(1000)
def _read_by(relation: Formula) -> frozenset[str]:
    """Give the slugs that a relation names itself: it is asked for in every scenario."""
    return frozenset(part.slug for part in walk(relation) if isinstance(part, Measured))


def _without_others(
    tagged: Mapping[tuple[str, str], tuple[str, ...]], rules: Mapping[str, Rule]
) -> dict[tuple[str, str], tuple[str, ...]]:
    keys = {(rule.document.id, tag) for rule in rules.values() for tag in rule.tags}
    return {
        key: kept
        for key in sorted(keys)
        if (kept := tuple(id_ for id_ in tagged.get(key, ()) if id_ in rules))
    }
