"""Writing the feature of a rule that is begun: its background, and examples of its norm."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.norm import Changes, Span
from dabiao.rules.packs.norms.built import BuiltNorm
from dabiao.rules.writing.based_on import based_on
from dabiao.rules.writing.examples.applicability import Applicability
from dabiao.rules.writing.examples.below import below_examples
from dabiao.rules.writing.examples.boundary import (
    Earlier,
    Sides,
    alone,
    boundary,
    change,
    nearest_side,
    on_the_way,
    progress,
    ratio,
)
from dabiao.rules.writing.examples.example_tables import each_alone, outcomes
from dabiao.rules.writing.examples.step_writer import StepWriter, written
from dabiao.rules.writing.read_back import read_back
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import Timing, TimingKind

_FAR = 7
"""Years after its beginning in which a rule without an end is shown to hold still."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a policy writer says about a new rule.

    Attributes:
        document: Id of the document.
        slug: Slug of the rule, without ``@``.
        title: Its title.
        place: Where it stands in the document.
        level: Level of its subjects, in Chinese or English.
        timing: A timing sentence, e.g. ``到2025年底``.
        norm: A norm sentence, e.g. ``班级人数 应不高于 45人``.
        condition: A condition, or None.
        aspiration: Whether the document only strives for it.
        baseline: A baseline sentence, e.g. ``基期2020年为68%``, or an empty text.
        sentence: The plan's own words, where the rest was taken from them.
    """

    document: str
    slug: str
    title: str
    place: str
    level: str
    timing: str
    norm: str
    condition: str | None = None
    aspiration: bool = False
    baseline: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class FeatureWriter(StepWriter):
    """Writes the feature of one outline.

    Attributes:
        level: Level of the subjects.
        catalog: The pack.
        outline: The outline.
        timing: When the norm has to hold.
        whom: Values with which the rule's condition holds, and with which it does not.
        given: Those of them that examples begin with.
        begins: Year and value of the baseline, where there is one.
        others: Documents of other packs whose items the rule reads.
    """

    outline: Outline
    timing: Timing
    whom: Applicability
    given: Mapping[str, str | bool | float]
    begins: tuple[int, float | None] | None = None
    others: frozenset[str] = frozenset()

    @property
    def year(self) -> int:
        """The year in which the boundary is shown."""
        timing = self.timing
        return timing.last or timing.first or catalog_year(self.outline.document, self.catalog)

    def write(self, built: BuiltNorm) -> str:
        """Write the feature with the examples of its norm."""
        examples = boundary(built, self.catalog)
        changed = change(built, self.year, self.begins, self.catalog)
        lines = self._heading(self._read_back(built))
        share = ratio(built)
        if share is not None:
            name = self.name(share.part)
            lines += self._both_sides(name, share.sides)
            lines += self._both_times(name, share.sides)
        elif changed is not None and built.measure is not None:
            name = self.name(built.measure)
            lines += self._both_sides(name, changed[1], changed[0])
            lines += self._around(name, built, changed)
        elif examples and built.measure is not None:
            name = self.name(built.measure)
            lines += self._both_sides(name, examples)
            lines += self._both_times(name, examples)
            lines += self._both_ways(name, built)
            values = self._values(name, "")
            lines += each_alone(
                values,
                examples,
                self.level,
                year=self.year,
                within=self._home,
                catalog=self.catalog,
            )
        elif several := self._one_of_several(built) or self._below(built):
            lines += several
        else:
            lines += self._open_scenario()
        return "\n".join([*lines, *self._other_sides(built), *self._striven_for()]) + "\n"

    def _below(self, built: BuiltNorm) -> list[str]:
        """Show both sides of a norm on the subjects below, whoever the rule is about."""
        if self.outline.condition:
            return []
        timing, after = self.timing, (self.timing.last or 0) + 1
        known = timing.kind is TimingKind.WITHIN and after <= self._period[1]
        return below_examples(
            built,
            self.level,
            year=self.year,
            years=self._years(),
            within=self._home,
            catalog=self.catalog,
            late=after if known else None,
        )

    @property
    def _home(self) -> str | None:
        return self.catalog.documents[self.outline.document].jurisdiction

    def _read_back(self, built: BuiltNorm) -> list[str]:
        """Write what was understood beside the plan's own words."""
        outline = self.outline
        striven = say("力争做到", "striven for only") if outline.aspiration else ""
        where = say(f"只管 {outline.condition} 的", f"only where {outline.condition}")
        said = [outline.timing, where if outline.condition else "", outline.baseline, striven]
        told = read_back(built, self.level, said, self.catalog.vocabulary)
        quoted = " ".join(outline.sentence.split())
        return [
            *([say(f"  # 原话：{quoted}", f"  # The plan: {quoted}")] if quoted else []),
            say(f"  # 读作：{told}", f"  # Read as: {told}"),
        ]

    def _heading(self, read_as: Sequence[str]) -> list[str]:
        outline = self.outline
        step = say("      而且 ", "      And ")
        condition = say(f"仅限 {outline.condition}", f"only where {outline.condition}")
        return [
            say("# language: zh-CN", "# language: en"),
            say(f"功能: {outline.title}", f"Feature: {outline.title}"),
            say("  背景:", "  Background:"),
            *based_on(outline.document, self.others),
            "",
            *read_as,
            f"  @{outline.slug}",
            say(f"  规则: {outline.title}", f"  Rule: {outline.title}"),
            say("    背景:", "    Background:"),
            say(f'      假如 出处"{outline.place}"', f'      Given cited at "{outline.place}"'),
            step + say(f'考核对象是"{self.level.zh}"', f'the subjects are "{self.level.value}"'),
            *([step + condition] if outline.condition else []),
            step + outline.timing,
            *([step + outline.baseline] if outline.baseline else []),
            *([step + say("属于力争目标", "this is an aspiration")] if outline.aspiration else []),
            say(f"      那么 {outline.norm}", f"      Then {outline.norm}"),
        ]

    def _both_sides(
        self, name: str, examples: Sequence[tuple[str, Outcome]], earlier: Earlier | None = None
    ) -> list[str]:
        return [
            say("    场景大纲: 界线", "    Scenario Outline: boundary"),
            *self.facts(self._values(name, say("<值>", "<value>"))),
            *self._was(name, earlier),
            self.when(self.year),
            *outcomes([say("值", "value")], (([value], told) for value, told in examples)),
        ]

    def _both_times(self, name: str, examples: Sequence[tuple[str, Outcome]]) -> list[str]:
        """Show what falls short in the years around the deadline or the beginning."""
        bad = next((value for value, told in examples if told is Outcome.VIOLATION), None)
        good = next((value for value, told in examples if told is Outcome.COMPLIANT), None)
        years = self._years()
        if bad is None:
            return []
        lines = self._timed(name, bad, years) if len(years) > 1 else []
        if self.timing.kind is TimingKind.WITHIN and good is not None:
            lines += self._too_late(name, good, bad)
        return lines

    def _years(self) -> dict[int, Outcome]:
        """Give the years that tell a timing from any other, with what falls short in them."""
        begin, end = self._period
        first, last = self.timing.first, self.timing.last
        due = Outcome.VIOLATION
        years: dict[int, Outcome]
        match self.timing.kind:
            case TimingKind.DUE | TimingKind.WITHIN if last is not None:
                years = {last - 1: Outcome.ON_TRACK, last: due, last + 1: due}
                if self.begins is not None and self.begins[1] is not None:
                    del years[last - 1]  # its line decides
                if self.timing.kind is TimingKind.WITHIN:
                    del years[last + 1]  # that of the year itself does
            case TimingKind.STANDING if first is not None:
                years = {first - 1: Outcome.NOT_APPLICABLE, first: due, end: due}
            case TimingKind.STANDING:
                years = {begin: due, end: due}
            case TimingKind.SPAN if first is not None and last is not None:
                years = {first - 1: Outcome.NOT_APPLICABLE, first: due, last: due}
                years[last + 1] = Outcome.NOT_APPLICABLE
            case TimingKind.DUE | TimingKind.WITHIN | TimingKind.SPAN:
                return {}
            case _:
                assert_never(self.timing.kind)
        return {at: told for at, told in years.items() if begin <= at <= end}

    @property
    def _period(self) -> tuple[int, int]:
        """The first and the last year to show; of a document without an end, one far enough."""
        known = self.catalog.documents.get(self.outline.document)
        if known is None:
            return self.year - _FAR, self.year + _FAR
        begin = known.period.from_
        return begin, known.period.to or max(begin, self.timing.first or begin) + _FAR

    def _too_late(self, name: str, good: str, bad: str) -> list[str]:
        """Show that what is reached after the one year does not count."""
        year = self.timing.last
        if year is None or year + 1 > self._period[1]:
            return []
        values = self._values(name, good)
        before = {**values, list(values)[-1]: bad}
        return [
            say("    场景: 过了那一年再补不算", "    Scenario: too late"),
            *self.facts(values),
            *(
                say(
                    f"      而且 {self.name(slug)} 在{year}年是 {value}",
                    f"      And {self.name(slug)} was {value} in {year}",
                )
                for slug, value in before.items()
            ),
            self.when(year + 1),
            self.then(Outcome.VIOLATION),
        ]

    def _striven_for(self) -> list[str]:
        """Say that the document only strives for it, where it does."""
        if not self.outline.aspiration:
            return []
        return [
            say("    场景: 是力争的目标", "    Scenario: an aspiration"),
            self.when(self.year),
            say("      那么 属于力争目标", "      Then this is an aspiration"),
        ]

    def _timed(
        self, name: str, bad: str, years: Mapping[int, Outcome], earlier: Earlier | None = None
    ) -> list[str]:
        return [
            say("    场景大纲: 时限", "    Scenario Outline: timing"),
            *self.facts(self._values(name, bad)),
            *self._was(name, earlier),
            self.when(say("<年>", "<year>")),
            *outcomes([say("年", "year")], (([str(at)], told) for at, told in years.items())),
        ]

    def _was(self, name: str, earlier: Earlier | None) -> list[str]:
        """Write the value of an earlier year, of the same subject."""
        if earlier is None:
            return []
        return [
            say(
                f"      而且 {name} 在{earlier.year}年是 {earlier.value}",
                f"      And {name} was {earlier.value} in {earlier.year}",
            )
        ]

    def _around(self, name: str, built: BuiltNorm, changed: tuple[Earlier, Sides]) -> list[str]:
        """Show too small a change in the years around the deadline or the beginning."""
        earlier, sides = changed
        bad = sides[-1][0]
        first, last = self.timing.first, self.timing.last
        known = self.catalog.documents.get(self.outline.document)
        if self.timing.kind is TimingKind.DUE and last is not None:
            if not isinstance(built.norm, Changes) or earlier.year >= last - 1:
                return []
            years = {last - 1: Outcome.ON_TRACK, last: Outcome.VIOLATION}
            match built.norm.span:
                case Span.SINCE if built.norm.strict or on_the_way(earlier, sides, last):
                    return self._timed(name, bad, years, earlier)
                case Span.ANNUALISED:
                    return self._timed(name, earlier.value, years, earlier)
                case Span.SINCE | Span.YEAR:
                    return []
                case _:
                    assert_never(built.norm.span)
        lines: list[str] = []
        if self.timing.kind is TimingKind.WITHIN and last is not None:
            if last < self._period[1]:
                return self._too_late_a_change(name, earlier, sides, last)
            if isinstance(built.norm, Changes) and built.norm.span is Span.SINCE:
                before = Outcome.ON_TRACK if on_the_way(earlier, sides, last) else Outcome.BEHIND
                return self._timed(name, bad, {last - 1: before, last: Outcome.VIOLATION}, earlier)
        if first is not None and known is not None and first - 1 in known.period:
            lines += [
                say("    场景: 还没有开始", "    Scenario: not yet"),
                *self.facts(self._values(name, bad)),
                self.when(first - 1),
                self.then(Outcome.NOT_APPLICABLE),
            ]
        return lines + self._ends(name, built)

    def _ends(self, name: str, built: BuiltNorm) -> list[str]:
        """Show too small a change in the first and in the last year, where it is asked yearly."""
        if self.timing.kind not in (TimingKind.STANDING, TimingKind.SPAN):
            return []
        lines: list[str] = []
        begin, end = self._period
        for year, title in (
            (self.timing.first or begin, say("第一年", "the first year")),
            (self.timing.last or end, say("最后一年", "the last year")),
        ):
            begun = change(built, year, self.begins, self.catalog)
            if year != self.year and begun is not None:
                lines += [
                    say(f"    场景: {title}", f"    Scenario: {title}"),
                    *self.facts(self._values(name, begun[1][-1][0])),
                    *self._was(name, begun[0]),
                    self.when(year),
                    self.then(Outcome.VIOLATION),
                ]
        return lines

    def _too_late_a_change(self, name: str, earlier: Earlier, sides: Sides, year: int) -> list[str]:
        """Show that what changes enough after the one year does not count."""
        reached, short, first = (float(each) for each in (sides[0][0], sides[-1][0], earlier.value))
        later = f"{short + reached - first:.10g}"
        return [
            say("    场景: 过了那一年再补不算", "    Scenario: too late"),
            *self.facts(self._values(name, later)),
            *self._was(name, Earlier(year, sides[-1][0])),
            *self._was(name, earlier),
            self.when(year + 1),
            self.then(Outcome.VIOLATION),
        ]

    def _both_ways(self, name: str, built: BuiltNorm) -> list[str]:
        """Show what is on the way from the baseline, and what is behind."""
        known = self.catalog.documents.get(self.outline.document)
        due = self.timing.last
        if self.begins is None or due is None or self.timing.kind is not TimingKind.DUE:
            return []
        first = max(self.begins[0] + 1, known.period.from_ if known is not None else 0)
        titles = {
            first: say("进度", "progress"),
            due - 1: say("进度，到期前一年", "progress, a year before it is due"),
        }
        lines: list[str] = []
        for year in sorted(titles):
            sides = progress(built, due, year, self.begins, self.catalog)
            if sides:
                title = titles[year]
                lines += [
                    say(f"    场景大纲: {title}", f"    Scenario Outline: {title}"),
                    *self.facts(self._values(name, say("<值>", "<value>"))),
                    self.when(year),
                    *outcomes([say("值", "value")], (([value], told) for value, told in sides)),
                ]
        return lines

    def _values(self, name: str, value: str) -> dict[str, str]:
        """Give the condition's values, and one of the measure that is looked at."""
        return self._besides({self.catalog.vocabulary.names[name]: value})

    def _besides(self, values: Mapping[str, str]) -> dict[str, str]:
        """Give the condition's values, and those that are looked at behind them."""
        given = {slug: written(said) for slug, said in self.given.items() if slug not in values}
        return {**given, **values}

    def _other_sides(self, built: BuiltNorm) -> list[str]:
        """Show whom the condition takes in and whom not, each of its parts left alone once."""
        whom, year = self.whom, self.year
        sides = {} if built.measure is None else dict(boundary(built, self.catalog))
        bad = next(
            (value for value, outcome in sides.items() if outcome is Outcome.VIOLATION), None
        )
        asked = None if bad is None else built.measure
        falling = {} if asked is None or bad is None else {asked: _said(bad)}
        also = [both for each in whom.also if whom.holds(both := {**each, **falling})]
        if not whom.outside:
            return []
        own = whom.holding.get(asked or "")  # 教师数 > 2人 的，教师数 …
        if len(whom.outside) == 1 and not also and not isinstance(own, float):
            (only,) = whom.outside
            changed = {slug: said for slug, said in only.items() if said != whom.holding.get(slug)}
            return [
                say("    场景: 不在适用范围", "    Scenario: outside the condition"),
                *self.facts({slug: written(said) for slug, said in changed.items()}),
                self.when(year),
                self.then(Outcome.NOT_APPLICABLE),
            ]
        applies = Outcome.MISSING if bad is None else Outcome.VIOLATION
        cases = [(each, Outcome.NOT_APPLICABLE) for each in whom.outside]
        cases += [(each, applies) for each in also]
        if isinstance(own, float):
            cases.append((whom.holding, nearest_side(sides, own)))
        slugs = list(whom.holding)
        heads = [self.name(slug) for slug in slugs]
        facts = {slug: f"<{head}>" for slug, head in zip(slugs, heads, strict=True)}
        if asked is not None and bad is not None:
            facts.setdefault(asked, bad)
        return [
            say("    场景大纲: 适用范围", "    Scenario Outline: whom it is about"),
            *self.facts(facts),
            self.when(year),
            *outcomes(
                heads,
                (
                    ([written(case[slug]).strip('"') for slug in slugs], outcome)
                    for case, outcome in cases
                ),
            ),
        ]

    def _one_of_several(self, built: BuiltNorm) -> list[str]:
        """Show of demands of which one is enough that each is, and that with none it is not."""
        options = built.record.options
        every = [(each.measure, boundary(alone(each), self.catalog)) for each in options]
        slugs = [slug for slug, sides in every if slug is not None and sides]
        plain = all(each.kind == "compares" for each in options)
        if not slugs or not plain or len(set(slugs)) < len(every):
            return []
        fails = Outcome.VIOLATION
        bad = [next(value for value, told in sides if told is fails) for _, sides in every]
        rows = [
            ([value if n == at else bad[n] for n in range(len(bad))], told)
            for at, (_, sides) in enumerate(every)
            for value, told in sides
        ]
        shown = [f"<{chr(ord('a') + n)}>" for n in range(len(slugs))]
        lines = [
            say("    场景大纲: 做到一个就行", "    Scenario Outline: one is enough"),
            *self.facts(self._besides(dict(zip(slugs, shown, strict=True)))),
            self.when(self.year),
            *outcomes([each.strip("<>") for each in shown], rows),
        ]
        for year, told in self._years().items():
            lines += [
                say(f"    场景: 都没做到，{year}年", f"    Scenario: none is kept in {year}"),
                *self.facts(self._besides(dict(zip(slugs, bad, strict=True)))),
                self.when(year),
                self.then(told),
            ]
        return lines

    def _open_scenario(self) -> list[str]:
        """Leave the facts to the writer: the scenario fails until they are filled in."""
        return [
            say(
                "    场景: 界线（请填数据项和值）",
                "    Scenario: boundary (fill in item and value)",
            ),
            say(
                f"      假如 某{self.level.zh}的 数据项 是 值",
                f"      Given a {self.level.value} whose item is value",
            ),
            self.when(self.year),
            self.then(Outcome.COMPLIANT),
        ]


def _said(value: str) -> str | float:
    """Read a number as scenarios write it."""
    try:
        return float(value)
    except ValueError:
        return value


def catalog_year(document: str, catalog: Catalog) -> int:
    """Give a year a document is in force in."""
    known = catalog.documents.get(document)
    return known.period.to or known.period.from_ if known is not None else 2025
