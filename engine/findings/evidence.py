"""The values a judgement rests on, each with the cell it was read from."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from dabiao.engine.data.algebra import TOLERANCE, Index, Vector, lacking, tidy
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.data.tidy_columns import written
from dabiao.engine.evaluation.evaluate import Evaluator, summed_levels, sums_up
from dabiao.engine.findings.missing import MissingValues
from dabiao.engine.findings.naming import NAMED, Names
from dabiao.engine.findings.provenance import STRETCHES, Gathered, Provenance, Reported, kept
from dabiao.rules.formulas.formula import (
    WANDERING,
    Above,
    Below,
    Choice,
    Fold,
    Formula,
    Measured,
    Ranking,
    Ratio,
    Variation,
    narrows,
    parts,
    reads,
    walk,
)
from dabiao.schemas.coded import Coded, Strung
from dabiao.schemas.finding import Input, Scalar, Source
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureName
from dabiao.schemas.reasons.lacks import WhyMissing
from dabiao.schemas.reasons.origins import (
    ByMapping,
    ComputedValue,
    Counted,
    NoRow,
    NotReported,
    OfEach,
    Ranked,
    Summed,
    UnusableValue,
    ValueOrigin,
)

LISTED = 20
"""Up to how many subjects below are listed one by one; of more, only where their cells stand."""
KEPT = 400_000
"""Up to how many values are kept, for other rules that rest on them."""


class Evidence:
    """Gathers inputs.

    Attributes:
        others: By measure, subject and scope, values that findings of another level rest on.
        among: By rank, one of those who are ranked and scope, the values of all of them.

    Args:
        evaluator: Evaluates formulas.
        names: Names measures.
    """

    def __init__(self, evaluator: Evaluator, names: Names) -> None:
        self._evaluator = evaluator
        self._frames = evaluator.frames
        self._names = names
        self._leaves: dict[Formula, tuple[str, ...] | None] = {}
        self._reported: dict[tuple[str, Level, int, str], Reported] = {}
        self._kept = 0
        self.others: dict[tuple[str, SubjectYear, str], Input] = {}
        self.among: dict[tuple[Formula, SubjectYear, str], tuple[tuple[str, Input], ...]] = {}

    def scalar(self, vector: Vector, at: int) -> Scalar:
        """Give one value of a vector as it stands in records."""
        value = vector[at]
        if vector.dtype == np.float64:
            return tidy(float(value))
        if value < 0:
            return None
        return bool(value) if vector.dtype == np.int8 else self._frames.words(int(value))

    def scalars(self, values: Vector) -> list[Scalar]:
        """Give the values of a vector as they stand in records."""
        if values.dtype == np.float64:
            return list(written(values))
        if values.dtype == np.int8:
            return [None if value < 0 else bool(value) for value in values.tolist()]
        words = self._frames.words
        return [None if value < 0 else words(value) for value in values.tolist()]

    def gather(
        self,
        formulas: list[tuple[Formula, SubjectYear]],
        own: SubjectYear,
        scope: str,
        *,
        whole: bool = False,
    ) -> list[Input]:
        """List the values that formulas rest on, in the order they are read, nothing twice.

        Args:
            formulas: The formulas, each with the subject and year it is evaluated for.
            own: The subject judged; inputs of others say whose they are.
            scope: Id of the document whose tags formulas mean.
            whole: Also what they may come to rest on, once an open condition is known.
        """
        gathering = _Gathering(self, self._evaluator, own, scope, whole=whole)
        for formula, spot in formulas:
            gathering.visit(formula, spot)
        return list(gathering.found.values())

    def rows(
        self, asked: Sequence[tuple[Formula, int]], level: Level, subjects: Index, scope: str
    ) -> Strung[Input]:
        """List for each of some subjects the values that formulas rest on, as ``gather`` does.

        What one of them reported stands in every finding that rests on it as the same object.

        Args:
            asked: The formulas, each with the year it is evaluated for.
            level: The level of the subjects.
            subjects: The subjects.
            scope: Id of the document whose tags formulas mean.
        """
        if self._kept + len(self.others) > KEPT:
            self._reported, self.others, self._kept = {}, {}, 0
        leaves: dict[tuple[str, int], None] = {}
        for formula, year in asked:
            slugs = self.leaves(formula)
            if slugs is None:
                return Strung.of(self._followed(asked, level, subjects, scope))
            leaves.update(dict.fromkeys((slug, year) for slug in slugs))
        if not leaves:
            return Strung([Coded.same((), len(subjects))])
        found = [self._of(slug, level, year, subjects, scope) for slug, year in leaves]
        columns = [Coded(each.given, subjects) for each in found]
        if len(found) == 1 or not any(each.beside for each in found):
            return Strung(columns)
        several = np.isin(subjects, [at for each in found for at in each.beside])
        if not several.any():
            return Strung(columns)
        alone = np.where(several, -1, subjects)
        joined: list[tuple[Input, ...]] = []
        for subject in subjects[several].tolist():
            gathered: Gathered = {}
            for (slug, year), each in zip(leaves, found, strict=True):
                (only,) = each.given[subject] if subject not in each.beside else (None,)
                if only is not None:
                    gathered[slug, SubjectYear(level, subject, year)] = only
                else:
                    gathered |= each.beside[subject]
            joined.append(tuple(gathered.values()))
        places = np.full(len(subjects), -1, np.intp)
        places[several] = np.arange(len(joined))
        together = Coded([*joined, ()], places)
        return Strung([*(Coded(each.given, alone) for each in found), together])

    def _followed(
        self, asked: Sequence[tuple[Formula, int]], level: Level, subjects: Index, scope: str
    ) -> list[tuple[Input, ...]]:
        """List what formulas rest on that have to be followed for each subject."""
        found = []
        for subject in subjects.tolist():
            spots = [(formula, SubjectYear(level, subject, year)) for formula, year in asked]
            found.append(tuple(self.gather(spots, spots[0][1], scope)))
        return found

    def _of(self, slug: str, level: Level, year: int, subjects: Index, scope: str) -> "Reported":
        """Give the values of a measure, and what they were made of, of some subjects at least."""
        scope = scope if self._evaluator.is_scoped(Measured(slug)) else ""
        key = (slug, level, year, scope)
        known = self._reported.get(key)
        if known is None:
            known = self._reported[key] = Reported(self._frames.size(level))
        wanted = subjects[~known.looked_at[subjects]]
        if len(wanted):
            self._kept += len(wanted)
            left = self._plainly(known, key, wanted)
            for subject in left.tolist():
                spot = SubjectYear(level, subject, year)
                gathering = _Gathering(self, self._evaluator, spot, scope)
                gathering.visit(Measured(slug), spot)
                known.beside[subject] = gathering.found
                known.given[subject] = tuple(gathering.found.values())
            known.looked_at[wanted] = True
        return known

    def _plainly(self, into: "Reported", of: tuple[str, Level, int, str], subjects: Index) -> Index:
        """Give the values of those that have one row, with the cell filled in or plainly empty.

        Returns:
            The others.
        """
        slug, level, year, scope = of
        rows = self._frames.only_rows(level, year, subjects)
        seen = self._frames.only_cells(level, slug, rows)
        if seen is None:
            return subjects
        plain, blank = seen
        item = self._evaluator.vocabulary.items.get(slug)
        if item is None or sums_up(item, level):
            plain &= ~blank  # an empty cell may have a value from elsewhere
        some, rows, blank = subjects[plain], rows[plain], blank[plain]
        known = self._evaluator.taken(Measured(slug), level, year, scope, some)
        values, sources = self.scalars(known), self._frames.cells(level, slug, rows)
        name, unreported = self._names.measure(slug), NotReported()
        left = subjects[~plain].tolist()
        for subject, value, source, empty in zip(
            some.tolist(), values, sources, blank.tolist(), strict=True
        ):
            if source is not None and source.cell is not None:
                origin = unreported if empty else None
                given = Input(name, value, None, year, source, None, (), origin)
                into.given[subject] = (given,)
            else:
                left.append(subject)
        return np.array(left, np.intp)

    def leaves(self, formula: Formula) -> tuple[str, ...] | None:
        """List the measures of a formula that rests on nothing but those of one subject and year.

        None for any other formula, which has to be followed for each subject.
        """
        if formula not in self._leaves:
            every = list(walk(formula))
            plain = not any(isinstance(part, WANDERING) for part in every)
            slugs = tuple(part.slug for part in every if isinstance(part, Measured))
            self._leaves[formula] = slugs if plain else None
        return self._leaves[formula]

    def summed(self, slug: str, spot: SubjectYear) -> tuple[Level, Index] | None:
        """Give the subjects that an item is summed over where it was not reported; None if not."""
        item = self._evaluator.vocabulary.items[slug]
        for lower in summed_levels(item, spot.level) if sums_up(item, spot.level) else ():
            if len(self._frames.hierarchy.of(spot.year).members(lower, spot.level, spot.subject)):
                there = spot.existing(lower, self._frames)
                return lower, there
        return None

    def short_of_all(
        self, formula: Formula, spot: SubjectYear, scope: str
    ) -> tuple[Level, Index] | None:
        """Give the subjects below who keep a share from 100%; None where nobody can say.

        They are those for whom its condition does not hold or, where both its parts are sums of
        what they reported, whose part is less than their whole.
        """
        match formula:
            case Measured(slug) if slug in self._evaluator.vocabulary.formulas:
                if self._frames.report(spot.level, slug, spot.year, spot.subject) is not None:
                    return None
                inner = self._evaluator.vocabulary.formulas[slug]
                return self.short_of_all(inner, spot, scope)
            case Below(Fold.SHARE, lower, condition=condition) if condition is not None:
                members = spot.members(formula, self._frames)
                holds = self._evaluator.truths(condition, lower, spot.year, scope)[members]
                return lower, members[holds == 0]
            case Ratio(Measured(part), Measured(whole)):
                return self._short_of_whole(part, whole, spot, scope)
        return None

    def _short_of_whole(
        self, part: str, whole: str, spot: SubjectYear, scope: str
    ) -> tuple[Level, Index] | None:
        items = self._evaluator.vocabulary.items
        if part not in items or whole not in items:
            return None
        where = spot.level, spot.year, spot.subject
        if any(self._frames.report(where[0], each, *where[1:]) for each in (part, whole)):
            return None
        one, other = self.summed(part, spot), self.summed(whole, spot)
        if one is None or other is None or one[0] is not other[0]:
            return None
        lower, members = one
        some, every = (
            self._evaluator.numbers(Measured(each), lower, spot.year, scope)[members]
            for each in (part, whole)
        )
        return lower, members[some < every - TOLERANCE * np.abs(every)]

    def of_many(
        self, slug: str, lower: Level, year: int, members: Index, vector: Vector
    ) -> "Provenance":
        """Say of how many subjects below the values are, how many lack them, and where they stand.

        Args:
            slug: The measure.
            lower: The level of the subjects.
            year: The year of the values.
            members: The subjects.
            vector: The values of all subjects of the level.
        """
        absent = int(lacking(vector[members]).sum())
        at = self._frames.stretches(lower, slug, year, members)
        origin = OfEach(lower, len(members), absent, *kept(at))
        return Provenance(None, len(members), origin, tuple(at[:STRETCHES]))

    def chosen(self, lower: Level, members: Index, holds: Vector) -> Counted:
        """Say how many subjects below meet a condition, and of whom nobody knows.

        Args:
            lower: Their level.
            members: The subjects.
            holds: Of each of them whether it does: 1, 0 or -1.
        """
        unsure = members[holds < 0]
        few = self._names.few(lower, unsure[:NAMED].tolist(), len(unsure))
        return Counted(lower, len(members), int((holds == 1).sum()), few if len(unsure) else None)

    def worked(self, formula: Formula, year: int, value: Scalar, origin: Counted | Ranked) -> Input:
        """Make an input of a part of a formula that is about several subjects."""
        written = self._names.words(formula)
        of = MeasureName("", written.zh, written.en)
        return Input(of=of, value=value, year=year, parts=origin.count, origin=origin)

    def describe(
        self, slug: str, spot: SubjectYear, own: SubjectYear, value: Scalar, origin: "Provenance"
    ) -> Input:
        """Make an input that says whose and of which year it is."""
        foreign = spot.level is not own.level or spot.subject != own.subject
        return Input(
            of=self._names.measure(slug),
            value=value,
            subject=self._frames.tier(spot.level).codes[spot.subject] if foreign else None,
            year=spot.year,
            source=origin.source,
            parts=origin.parts,
            sources=origin.sources,
            origin=origin.origin,
        )


class _Gathering:
    """One walk through formulas."""

    def __init__(
        self,
        inputs: Evidence,
        evaluator: Evaluator,
        own: SubjectYear,
        scope: str,
        *,
        whole: bool = False,
    ) -> None:
        self.found: Gathered = {}
        self._whole = whole
        self._evidence = inputs
        self._evaluator = evaluator
        self._frames = evaluator.frames
        self._own = own
        self._scope = scope

    def visit(self, formula: Formula, spot: SubjectYear) -> None:
        leaves = self._evidence.leaves(formula)
        if leaves is not None:
            for slug in leaves:
                if (slug, spot) not in self.found:
                    self._measured(slug, spot)
        else:
            self._wander(formula, spot)

    def _wander(self, formula: Formula, spot: SubjectYear) -> None:
        match formula:
            case Choice(condition, then, otherwise):
                self.visit(condition, spot)
                (truth,) = self._evaluator.of_one(condition, spot, self._scope)
                for part, reached in ((then, truth != 0), (otherwise, truth != 1)):
                    if reached and (truth >= 0 or self._whole):
                        self.visit(part, spot)
            case Below() | Variation():
                self._below(formula, spot)
            case Above(level, operand):
                upper = spot.above(level, self._frames)
                if upper is not None:
                    self.visit(operand, upper)
            case Ranking():
                self._ranked(formula, spot)
            case _:
                for read in reads(formula, spot.year):
                    self.visit(read.part, spot.at(read.year))

    def _vector(self, formula: Formula, level: Level, year: int) -> Vector:
        return self._evaluator.value(formula, level, year, self._scope)

    def _made(self, formula: Formula, spot: SubjectYear, origin: Counted | Ranked) -> None:
        """List what a formula about several subjects comes to, beside what it is made of."""
        if spot.level is not self._own.level or spot.subject != self._own.subject:
            return
        value = self._evidence.scalar(self._evaluator.of_one(formula, spot, self._scope), 0)
        given = self._evidence.worked(formula, spot.year, value, origin)
        self.found.setdefault((given.of.zh, spot), given)

    def _below(self, formula: Below | Variation, spot: SubjectYear) -> None:
        members = spot.members(formula, self._frames)
        chosen, condition = members, formula.condition
        if condition is None:
            self._made(formula, spot, Counted(formula.level, len(members)))
        else:
            holds = self._vector(condition, formula.level, spot.year)[members]
            self._made(formula, spot, self._evidence.chosen(formula.level, members, holds))
            self._members(condition, formula.level, members, spot)
            if narrows(formula):
                chosen = members[holds != 0 if self._whole else holds == 1]
        for part in parts(formula):
            if part is not condition:
                self._members(part, formula.level, chosen, spot)

    def _ranked(self, formula: Ranking, spot: SubjectYear) -> None:
        self.visit(formula.operand, spot)
        peers = spot.peers(formula.within, self._frames)
        self._made(formula, spot, Ranked(len(peers)))
        if len(peers) <= LISTED:
            self._members(formula.operand, spot.level, peers, spot)
            return
        among, known = (formula, spot.of(int(peers[0])), self._scope), self._evidence.among
        if among not in known:
            known[among] = tuple(self._many(formula.operand, spot.level, peers, spot.year))
        for slug, given in known[among]:
            self.found.setdefault((slug, (spot, spot.level)), given)

    def _members(self, formula: Formula, lower: Level, members: Index, spot: SubjectYear) -> None:
        """List the values of subjects below, or only say how many there are."""
        if len(members) <= LISTED:
            for at in members.tolist():
                self.visit(formula, SubjectYear(lower, at, spot.year))
            return
        for slug, given in self._many(formula, lower, members, spot.year):
            self.found.setdefault((slug, (spot, lower)), given)

    def _many(
        self, formula: Formula, lower: Level, members: Index, year: int
    ) -> Iterator[tuple[str, Input]]:
        """Say of each measure in a formula how many subjects it is known of, whoever is judged."""
        own = replace(self._own, year=year)
        for part in walk(formula):
            if isinstance(part, Measured):
                vector = self._vector(part, lower, year)
                origin = self._evidence.of_many(part.slug, lower, year, members, vector)
                yield part.slug, self._evidence.describe(part.slug, own, own, None, origin)

    def _measured(self, slug: str, spot: SubjectYear) -> None:
        if spot.level is self._own.level:
            given = self._given(slug, spot)
        else:
            other, known = (slug, spot, self._scope), self._evidence.others
            found = known.get(other)
            given = known[other] = self._given(slug, spot) if found is None else found
        self.found[slug, spot] = given
        if given.source is None:
            self._made_of(slug, spot)

    def _given(self, slug: str, spot: SubjectYear) -> Input:
        value = self._evidence.scalar(self._evaluator.of_one(Measured(slug), spot, self._scope), 0)
        origin = self._provenance(slug, spot)
        return self._evidence.describe(slug, spot, self._own, value, origin)

    def _provenance(self, slug: str, spot: SubjectYear) -> Provenance:
        """Say where a value comes from, or why there is none."""
        report = self._frames.report(spot.level, slug, spot.year, spot.subject)
        if report is not None:
            origin: ValueOrigin | None = None
            if report.unusable is not None:
                origin = UnusableValue(report.unusable)
            elif report.source is not None and report.source.cell is None:
                origin = ByMapping()
            return Provenance(report.source, None, origin)
        if slug in self._evaluator.vocabulary.formulas:
            return Provenance(origin=ComputedValue())
        summed = self._evidence.summed(slug, spot)
        if summed is not None:
            lower, members = summed
            at: list[Source] = []
            if len(members) > LISTED:
                at = self._frames.stretches(lower, slug, spot.year, members)
            of = Summed(lower, len(members), *kept(at))
            return Provenance(None, len(members), of, tuple(at[:STRETCHES]))
        lack = MissingValues(self._evaluator, self._scope).find(Measured(slug), spot)[0]
        if lack.cause is WhyMissing.NO_ROW:
            return Provenance(origin=NoRow())
        blank = self._frames.blank(spot.level, slug, spot.year, spot.subject)
        return Provenance(blank, None, NotReported())

    def _made_of(self, slug: str, spot: SubjectYear) -> None:
        """List what a value was computed or summed from."""
        if self._frames.report(spot.level, slug, spot.year, spot.subject) is not None:
            return
        formula = self._evaluator.vocabulary.formulas.get(slug)
        if formula is not None:
            self.visit(formula, spot)
            return
        summed = self._evidence.summed(slug, spot)
        if summed is not None and len(summed[1]) <= LISTED:
            self._members(Measured(slug), summed[0], summed[1], spot)
