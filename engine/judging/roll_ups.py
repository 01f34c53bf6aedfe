"""Counting findings below: what roll-ups and 达标率 look at (docs/judgement.md, section 6).

From outcomes of a lower level to numbers of an upper one, in three steps, each kept and asked for
again::

    verdicts of the rules with a tag, per school        tally      how many count, pass, are open
        │  all of them, or so many of them, are asked for
        ▼
    school A  passes     school B  open     school C  fails            trial     best and worst
        │  hierarchy.groups: which county each lies in
        ▼
    county:  counting 3,  best 2 (A, B),  worst 1 (A),  open 1         headcount

``best`` takes what is open for passing, ``worst`` for failing. 达标率 as a number in a formula is
missing where they differ; a norm over verdicts is tried both ways (``rule_plan``). What does not
apply counts for nothing, and a county with schools none of which counts is not judged. A
floor (不低于标准的90%) is reached by what fails and yet comes near enough.
"""

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dabiao.engine.data.algebra import (
    TOLERANCE,
    Flags,
    Index,
    Numbers,
    Truths,
    count,
    divide,
    quiet,
)
from dabiao.engine.data.frames import Frames
from dabiao.engine.judging.comparison import Comparison
from dabiao.engine.judging.matcher import CODE, OUTCOMES, Codes
from dabiao.engine.judging.segments import Segment
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import AllComply, Compares, EachComplies, rolls_up
from dabiao.rules.formulas.formula import Attainment, Complies
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass

Counts = npt.NDArray[np.int32]
RollUp = Attainment | AllComply | EachComplies

_PASSES = CODE[Outcome.COMPLIANT]
_OPEN = CODE[Outcome.MISSING]
_COUNTS_NOT = CODE[Outcome.NOT_APPLICABLE]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcomes of one rule in one year.

    Attributes:
        segment: Whom the rule applies to, or may; nobody else has an outcome of its own.
        outcome: The outcome of each, as a place in ``Outcome``.
        read: Places of those that come out the same whatever their cells mean (``Readings``).
        tries: The outcomes of a norm over verdicts if all that is open passes, and if it fails.
    """

    segment: Segment
    outcome: Codes
    read: frozenset[int] = frozenset()
    tries: tuple[Codes, ...] = ()

    def of(self, subject: int) -> Outcome | None:
        """Give the outcome of one subject; None where the rule does not speak of it."""
        at = self.segment.place(subject)
        if at is not None:
            return OUTCOMES[int(self.outcome[at])]
        return Outcome.NOT_APPLICABLE if self.segment.speaks_of(subject) else None


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings of some rules, counted per subject.

    Attributes:
        counted: How many count at all.
        passed: How many of them pass.
        open: How many are open.
        loose: How many of these may turn out not to count.
        short: How many fail and do not even reach the floor.
        unsure: How many fail, and nobody knows whether they reach the floor.
    """

    counted: Counts
    passed: Counts
    open: Counts
    loose: Counts
    short: Counts
    unsure: Counts

    @property
    def failed(self) -> Counts:
        """How many fail."""
        failed: Counts = np.subtract(self.counted, self.passed + self.open)
        return failed


@dataclass(frozen=True, slots=True)
class Trial:
    """Which subjects of a lower level do what is asked.

    Attributes:
        counts: Whether any finding counts.
        sure: Whether any counts whatever comes of those that are open.
        best: Whether they do it if everything open passes.
        worst: Whether they do it if everything open fails.
        open: Whether any finding is open.
    """

    counts: Flags
    sure: Flags
    best: Flags
    worst: Flags
    open: Flags


@dataclass(frozen=True, slots=True)
class Headcount:
    """How the subjects below do, counted per subject above.

    Attributes:
        there: How many are known.
        counting: How many have findings that count.
        best: How many do what is asked if everything open passes.
        worst: How many do so if everything open fails.
        open: How many have open findings.
    """

    there: Numbers
    counting: Numbers
    best: Numbers
    worst: Numbers
    open: Numbers

    def of(self, who: Index) -> "Headcount":
        """Give the same for some of the subjects above."""
        return Headcount(
            self.there[who],
            self.counting[who],
            self.best[who],
            self.worst[who],
            self.open[who],
        )

    @property
    def counts_nothing(self) -> Flags:
        """Where there are subjects below, none of which any finding counts for."""
        found: Flags = np.logical_and(self.there > 0, self.counting == 0)
        return found


class RollUps:
    """Counts the findings below.

    Args:
        catalog: The rules.
        frames: The subjects.
        verdicts: Gives the outcomes of a rule in a year.
        comparisons: Gives what a rule compares in a year, for the subjects of its verdict: twice
            where something is open, and nothing where it compares nothing.
    """

    def __init__(
        self,
        catalog: Catalog,
        frames: Frames,
        verdicts: Callable[[Rule, int], Verdict],
        comparisons: Callable[[Rule, int], tuple[Comparison, ...]],
    ) -> None:
        self._catalog = catalog
        self._frames = frames
        self._verdicts = verdicts
        self._comparisons = comparisons
        self._trials: dict[tuple[RollUp, int, str], Trial] = {}
        self._tallies: dict[tuple[tuple[str, ...], Level, int, float | None], Tally] = {}

    @cached_property
    def _tagged(self) -> dict[tuple[str, str], tuple[str, ...]]:
        return index_tags(self._catalog.rules)

    def forget(self) -> None:
        """Let go of what was counted."""
        self._tallies.clear()
        self._trials.clear()

    def rules(self, tag: str, level: Level, scope: str) -> tuple[Rule, ...]:
        """List the rules of a level that carry a tag.

        Args:
            tag: The tag, with or without its document.
            level: The level the rules are about.
            scope: Id of the document that an unnamed tag belongs to; empty where nothing says
                so, as in the example of an indicator: then every document's.
        """
        owner, slash, name = tag.rpartition("/")
        document = owner if slash else scope
        documents = [document] if document else sorted(self._catalog.documents)
        ids = [
            id_
            for each in documents
            for id_ in self._tagged.get((each, name.removeprefix("@")), ())
        ]
        rules = (self._catalog.rules[id_] for id_ in ids)
        return tuple(rule for rule in rules if rule.level is level)

    def outcome(self, rule: Rule, year: int, subject: int) -> Outcome | None:
        """Give the outcome of a rule for one subject; None where it does not speak of it."""
        return self._verdicts(rule, year).of(subject)

    def tally(self, rules: tuple[Rule, ...], level: Level, year: int, floor: float | None) -> Tally:
        """Count the findings of rules per subject of their level."""
        key = (tuple(rule.id for rule in rules), level, year, floor)
        if key not in self._tallies:
            size = self._frames.size(level)
            tally = Tally(*(np.zeros(size, np.int32) for _ in range(6)))
            for rule in rules:
                verdict = self._verdicts(rule, year)
                who = slice(None) if verdict.segment.who is None else verdict.segment.who
                outcome = verdict.outcome
                counts = outcome != _COUNTS_NOT
                passes, is_open = outcome == _PASSES, outcome == _OPEN
                tally.counted[who] += counts
                tally.passed[who] += passes
                tally.open[who] += is_open
                tally.loose[who] += is_open & _may_not_count(rule, verdict.segment)
                if floor is not None:
                    fails = counts & ~passes & ~is_open
                    reaches = self._reaches(rule, year, floor)
                    if reaches:
                        best, worst = reaches[0], reaches[-1]
                        unsure = best != worst  # by how much it fails, nobody can say
                        unsure[list(verdict.read)] = True
                        tally.unsure[who] += fails & unsure
                        fails &= ~unsure & ~worst
                    tally.short[who] += fails
            self._tallies[key] = tally
        return self._tallies[key]

    @quiet
    def _reaches(self, rule: Rule, year: int, floor: float) -> list[Flags]:
        """Tell who comes to a share of the standard, in %, each time that it was compared.

        Not at all where norms of its kind never reach it.
        """
        found = []
        for of in self._comparisons(rule, year):
            if of.kind != "number" or not isinstance(rule.norm, Compares):
                return []
            if of.comparator is Comparator.EQUAL:
                return []
            if of.low is not None:
                share = divide(100.0 * of.value, np.asarray(of.low))
            else:
                share = divide(100.0 * np.asarray(of.high), of.value)
            found.append(np.greater_equal(share, floor - TOLERANCE * abs(floor)))
        return found

    def trial(self, norm: RollUp, year: int, scope: str) -> Trial:
        """Try which of the subjects of the lower level do what is asked."""
        key = (norm, year, scope)
        if key not in self._trials:
            self._trials[key] = self._try(norm, year, scope)
        return self._trials[key]

    def _try(self, norm: RollUp, year: int, scope: str) -> Trial:
        rules = self.rules(norm.tag, norm.level, scope)
        each = norm if isinstance(norm, EachComplies) else None
        tally = self.tally(rules, norm.level, year, each.floor if each else None)
        counts = tally.counted > 0
        if each is None:
            best = counts & (tally.failed == 0)
            worst = best & (tally.open == 0)
        else:
            asked = np.minimum(each.count, tally.counted)
            fair = counts & (tally.short == 0)
            best = fair & (tally.passed + tally.open >= asked)
            worst = fair & (tally.passed >= asked) & (tally.unsure == 0)
            if each.floor is not None and each.floor > 0:
                worst &= tally.open == 0
        sure = tally.counted > tally.loose
        return Trial(counts, sure, best, worst, (tally.open > 0) | (tally.unsure > 0))

    def headcount(self, norm: RollUp, upper: Level, year: int, scope: str) -> Headcount:
        """Count the subjects below that do what is asked, per subject above."""
        trial = self.trial(norm, year, scope)
        group = self._frames.hierarchy.of(year).groups(norm.level, upper)
        size = self._frames.size(upper)
        return Headcount(
            there=count(group, size),
            counting=count(group[trial.counts], size),
            best=count(group[trial.best], size),
            worst=count(group[trial.worst], size),
            open=count(group[trial.open], size),
        )

    @quiet
    def attained(self, norm: Attainment, upper: Level, year: int, scope: str) -> Numbers:
        """Give 达标率 as a number among others: missing where what is open would change it."""
        headcount = self.headcount(norm, upper, year, scope)
        share = divide(100.0 * headcount.worst, headcount.counting)
        return np.where(headcount.best == headcount.worst, share, np.nan)

    def complied(self, asked: Complies, year: int, scope: str) -> Truths:
        """Tell which subjects of a level comply with the rules of a tag, or have any that counts.

        Whoever has none does not comply; -1 where a finding is open and none fails, or where all
        that may count are open and may turn out not to.
        """
        trial = self.trial(Attainment(asked.level, asked.tag), year, scope)
        if asked.counts:
            return np.where(trial.sure, 1, np.where(trial.counts, -1, 0)).astype(np.int8)
        return np.where(trial.worst, 1, np.where(trial.best, -1, 0)).astype(np.int8)


def _may_not_count(rule: Rule, segment: Segment) -> Flags | bool:
    """Tell whose open findings may come to 不适用: the condition is missing, or what it rolls up.

    What is compared has no say in whether a rule applies.
    """
    if rolls_up(rule.norm) is not None:
        return True
    return False if segment.unsure is None else segment.unsure < 0


def index_tags(rules: Mapping[str, Rule]) -> dict[tuple[str, str], tuple[str, ...]]:
    """Find rules by document and tag; a rule's own slug is a tag too."""
    found: dict[tuple[str, str], list[str]] = {}
    for id_ in sorted(rules):
        rule = rules[id_]
        for tag in sorted(rule.tags | {id_.rpartition("/")[2]}):
            found.setdefault((rule.document.id, tag.removeprefix("@")), []).append(id_)
    return {key: tuple(ids) for key, ids in found.items()}
