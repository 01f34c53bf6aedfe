"""What undecided findings wait for: the measures that somebody would have to submit.

Most rules look at measures of their own subject, of one year or another, and then it is read off
the columns who lacks which; so is what is made of one measure of those below. Where a value is made
of more, or it depends on a value which others are needed, what the findings say is looked at, once
where they say it alike.
"""

from collections import Counter
from dataclasses import field

import numpy as np

from dabiao.engine.columns.records import Records
from dabiao.engine.columns.rule_columns import columns_at
from dabiao.engine.columns.rule_findings import rule_findings
from dabiao.engine.columns.rule_forms import rule_forms
from dabiao.engine.data.algebra import Flags, Index, lacking
from dabiao.engine.evaluation.evaluate import sums_up
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, formulas, rolls_up
from dabiao.rules.catalog.timing import earlier_year, figures_year, in_year, printed_baseline
from dabiao.rules.formulas.formula import (
    Above,
    Attainment,
    Below,
    Choice,
    Formula,
    Measured,
    Number,
    Ranking,
    Relates,
    Text,
    parts,
    reads,
    walk,
)
from dabiao.schemas.awaited import awaited, first_awaited
from dabiao.schemas.columns import FORM
from dabiao.schemas.finding import Finding
from dabiao.schemas.level import Level
from dabiao.schemas.naming import MeasureName
from dabiao.schemas.record import dataclass

_INPUTS, _REASON = FORM.index("inputs"), FORM.index("reason")


@dataclass(slots=True)
class Waiting:
    """What undecided findings wait for.

    Attributes:
        measures: How many wait for which measure.
        unnamed: Those that wait for none.
    """

    measures: Counter[str] = field(default_factory=Counter)
    unnamed: list[Finding] = field(default_factory=list)


class Awaited:
    """Finds out what is waited for.

    Args:
        records: What was judged.
    """

    def __init__(self, records: Records) -> None:
        self._records = records
        self.waiting = Waiting()

    def add(self, rule: Rule, year: int, subjects: Index) -> None:
        """Count what the undecided findings of a rule and year wait for.

        Where one waits for several measures, the first by its Chinese name counts.
        """
        walk = _Walk(self._records, rule, subjects)
        if rolls_up(rule.norm) is None:
            walk.rule(year)
        else:
            walk.unsure[:] = True
        left = ~walk.unsure
        for lacks in (walk.lacks, walk.owed):  # what others owe counts where nothing of one's own
            for measure in sorted(lacks, key=lambda each: each.zh):
                if number := int(np.count_nonzero(left & lacks[measure])):
                    self.waiting.measures[measure.text] += number
                left &= ~lacks[measure]
        self._ask(rule, year, subjects[walk.unsure | left])

    def _ask(self, rule: Rule, year: int, subjects: Index) -> None:
        """Look at what findings say of which columns do not tell; what is said alike, once."""
        if not len(subjects):
            return
        places = self._records.verdict(rule, year).segment.places(subjects)
        of = columns_at(self._records, rule, year, places)
        forms = rule_forms(self._records, of, places)
        unnamed = np.zeros(len(forms.forms), np.bool_)
        counts = np.bincount(forms.form, minlength=len(forms.forms)).tolist()
        for at, (told, count) in enumerate(zip(forms.forms, counts, strict=True)):
            first = first_awaited(awaited(told[_INPUTS], told[_REASON]))
            if first is not None:
                self.waiting.measures[first.text] += count
            else:
                unnamed[at] = True
        left = subjects[unnamed[forms.form]]
        self.waiting.unnamed += rule_findings(self._records, rule, year, left, brief=True)


class _Walk:
    """One walk through the formulas of a rule, for all of its undecided findings at once.

    Attributes:
        lacks: Who did not submit which measure.
        owed: Of whom subjects below did not submit which measure.
        unsure: Whose findings have to be looked at.
    """

    def __init__(self, records: Records, rule: Rule, subjects: Index) -> None:
        self.lacks: dict[MeasureName, Flags] = {}
        self.owed: dict[MeasureName, Flags] = {}
        self.unsure: Flags = np.zeros(len(subjects), np.bool_)
        self._names = records.builder.names
        self._evaluator = records.planner.evaluator
        self._rule = rule
        self._subjects = subjects

    def rule(self, year: int) -> None:
        """Look at all that the rule looks at."""
        rule, figures = in_year(self._rule, year), figures_year(self._rule, year)
        everybody = np.ones(len(self._subjects), np.bool_)
        if rule.condition is not None:
            self._visit(rule.condition, figures, everybody)
        for formula in formulas(rule.norm):
            self._visit(formula, figures, everybody)
        if isinstance(rule.norm, Changes):
            begin = earlier_year(rule, rule.norm, figures)
            if begin is not None and printed_baseline(rule, begin) is None:
                self._visit(rule.norm.value, begin, everybody)

    def _visit(self, formula: Formula, year: int, of: Flags) -> None:
        match formula:
            case Measured(slug):
                self._measured(slug, year, of)
            case Choice() | Attainment() | Ranking():
                self.unsure |= of  # not all of its parts are needed, or they are of others
            case Above(upper, Measured(slug)) if self._is_submitted(slug, upper):
                self._above(slug, upper, year, of)
            case Below(level=lower) if (only := self._only_measure(formula)) is not None:
                self._below(only, lower, year, of)
            case _:
                for read in reads(formula, year):
                    if read.level is None:
                        self._visit(read.part, read.year, of)
                    else:
                        self.unsure |= of  # its parts are of others

    def _only_measure(self, formula: Below) -> str | None:
        """Give the one measure that something below is made of, where those submit it."""
        every = [each for part in parts(formula) for each in walk(part)]
        if not all(isinstance(each, Measured | Relates | Number | Text) for each in every):
            return None
        slugs = {each.slug for each in every if isinstance(each, Measured)}
        if len(slugs) != 1:
            return None
        (only,) = slugs
        certain = only not in self._evaluator.frames.doubted
        return only if certain and self._is_submitted(only, formula.level) else None

    def _below(self, slug: str, lower: Level, year: int, of: Flags) -> None:
        """Look at what those below submitted; who has nobody below lacks something else."""
        evaluator, level = self._evaluator, self._rule.level
        group, _ = evaluator.below(lower, level, year)
        values = evaluator.value(Measured(slug), lower, year, self._rule.document.id)
        members, missing = (np.zeros(evaluator.frames.size(level) + 1, np.bool_) for _ in range(2))
        members[group] = True
        missing[group[lacking(values)]] = True
        self.unsure |= of & ~members[self._subjects]
        self._add(slug, of & missing[self._subjects], self.owed)

    def _is_submitted(self, slug: str, level: Level) -> bool:
        """Tell whether a measure is nothing but what subjects of a level submit."""
        item = self._evaluator.vocabulary.items.get(slug)
        return item is not None and not sums_up(item, level)

    def _above(self, slug: str, upper: Level, year: int, of: Flags) -> None:
        """Look at what those submitted in whom they lie."""
        evaluator, frames = self._evaluator, self._evaluator.frames
        above = frames.hierarchy.of(year).groups(self._rule.level, upper)[self._subjects]
        values = evaluator.value(Measured(slug), upper, year, self._rule.document.id)
        missing = np.append(lacking(values), np.False_)
        self.unsure |= of & (above == len(values))  # who lies nowhere
        self._add(slug, of & missing[above])

    def _measured(self, slug: str, year: int, of: Flags) -> None:
        level, vocabulary = self._rule.level, self._evaluator.vocabulary
        frames = self._evaluator.frames
        formula = vocabulary.formulas.get(slug)
        if formula is not None:
            given = frames.values(level, slug, year)
            if given is not None:
                of = of & np.isnan(given[self._subjects])
                unusable = list(frames.unusable(level, slug, year))
                self._add(slug, of & np.isin(self._subjects, unusable))
                of = of & ~np.isin(self._subjects, unusable)
            self._visit(formula, year, of)
            return
        scope = self._rule.document.id
        values = self._evaluator.taken(Measured(slug), level, year, scope, self._subjects)
        missing = of & lacking(values)
        if sums_up(vocabulary.items[slug], level):
            self.unsure |= missing
        else:
            self._add(slug, missing)

    def _add(self, slug: str, who: Flags, to: dict[MeasureName, Flags] | None = None) -> None:
        lacks, of = self.lacks if to is None else to, self._names.measure(slug)
        lacks[of] = lacks[of] | who if of in lacks else who
