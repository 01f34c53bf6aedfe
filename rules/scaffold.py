"""Beginning a rule: a feature with boundary examples already in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dabiao.rules.build_norm import BuiltNorm, build_norm, read_formula
from dabiao.rules.catalog import Catalog
from dabiao.rules.checked import Checked
from dabiao.rules.draft import Draft, Phrase, Spot
from dabiao.rules.formula import Both, Either, Formula, Measured, Relates, Relation, Text, Truth
from dabiao.rules.norm import Changes
from dabiao.rules.sentences import Kind, find
from dabiao.rules.suggest import suggest
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import InputError, Problem, Severity
from dabiao.schemas.rule import Timing, TimingKind

_NOWHERE = Spot("-", 1, 1)


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


def outlined(outline: Outline, sentence: str, catalog: Catalog) -> Outline:
    """Fill what an outline leaves empty from a sentence of the plan.

    Raises:
        InputError: The sentence doesn't tell something that is needed.
    """
    told = suggest(sentence, outline.document, catalog)
    filled = replace(
        outline,
        title=outline.title or sentence.strip(" 。，；"),
        level=outline.level or told.level or "",
        timing=outline.timing or told.timing,
        norm=outline.norm or told.norm or "",
        aspiration=outline.aspiration or told.aspiration,
    )
    if not filled.norm:
        names = "、".join(told.measures)
        raise InputError(
            [
                Problem(
                    code="no-norm",
                    message=say(
                        "从这句话看不出对哪个数据项有什么要求",
                        "the sentence does not tell what is demanded of which measure",
                    ),
                    file="-",
                    expected=say("--norm 写明，如 班级人数 应不高于 45人", "say it with --norm"),
                    hint=say(f"相近的数据项：{names}", f"similar measures: {names}")
                    if names
                    else say("先在词汇里定义数据项", "define the item in a vocabulary first"),
                )
            ]
        )
    return filled


def scaffold(outline: Outline, catalog: Catalog) -> str:
    """Write the feature of a new rule in the language spoken now.

    The examples stand on both sides of the norm's boundary, with the outcomes its sentence means;
    the writer checks them against the document.

    Raises:
        InputError: Something in the outline is not a sentence of the language, or does not fit the
            pack; carries every problem.
    """
    problems: list[Problem] = []
    draft = Draft("-", Phrase(outline.title, _NOWHERE))
    for text, word in ((outline.timing, "given"), (outline.norm, "then")):
        sentence = find(text, word)
        if sentence is None or sentence.kind not in (Kind.DEFINITION, Kind.NORM):
            problems.append(
                Problem(
                    code="unknown-sentence",
                    message=say(f"没有这样的句式：{text}", f"no such sentence: {text}"),
                    file="-",
                    hint=say("dabiao rules steps 列出全部句式", "see dabiao rules steps"),
                )
            )
            continue
        sentence.apply(draft, Phrase(text, _NOWHERE), None)
    level = Level.named(outline.level)
    if level is None:
        problems.append(
            Problem(
                code="unknown-level",
                message=say(f"没有“{outline.level}”这个层级", f"no such level: {outline.level}"),
                file="-",
                expected="、".join(each.label for each in Level),
            )
        )
    built: BuiltNorm | None = None
    condition: Checked | None = None
    if level is not None and draft.norms:
        built = build_norm(*draft.norms[0], catalog.vocabulary, level, problems.append)
    if level is not None and outline.condition:
        said = Phrase(outline.condition, _NOWHERE)
        condition = read_formula(said, catalog.vocabulary, level, problems.append)
    if (
        built is None
        or not draft.timings
        or level is None
        or any(each.severity is Severity.ERROR for each in problems)
    ):
        raise InputError(problems)
    timing = draft.timings[0][0]
    given = _holding(condition.formula if condition is not None else None)
    return _Writer(outline, level, timing, catalog, given).write(built)


def catalog_year(document: str, catalog: Catalog) -> int:
    """Give a year a document is in force in."""
    known = catalog.documents.get(document)
    return known.period.to or known.period.from_ if known is not None else 2025


def boundary(built: BuiltNorm, catalog: Catalog) -> list[tuple[str, Outcome]]:
    """List values on both sides of a norm's boundary, with the outcomes they must have.

    Empty where the norm has no fixed numeric boundary.
    """
    record = built.record
    item = catalog.vocabulary.items.get(built.measure or "")
    if isinstance(record.threshold, bool) and item is not None:
        yes, no = say("是", "yes"), say("否", "no")
        good, bad = (yes, no) if record.threshold else (no, yes)
        return [(good, Outcome.COMPLIANT), (bad, Outcome.VIOLATION)]
    if isinstance(built.norm, Changes) or not isinstance(record.threshold, float):
        return []
    whole = isinstance(item, Item) and item.type is ItemType.INTEGER
    step = 1.0 if whole else _step(record.threshold)
    low, inside = record.threshold, Outcome.COMPLIANT
    outside = Outcome.VIOLATION
    match record.comparator:
        case Comparator.AT_LEAST:
            pairs = [(low, inside), (low - step, outside)]
        case Comparator.MORE_THAN:
            pairs = [(low + step, inside), (low, outside)]
        case Comparator.AT_MOST:
            pairs = [(low, inside), (low + step, outside)]
        case Comparator.LESS_THAN:
            pairs = [(low - step, inside), (low, outside)]
        case Comparator.EQUAL:
            pairs = [(low - step, outside), (low, inside), (low + step, outside)]
        case _:
            high = record.upper if record.upper is not None else low
            pairs = [
                (low - step, outside),
                (low, inside),
                (high, inside),
                (high + step, outside),
            ]
    return [(f"{value:.10g}", outcome) for value, outcome in pairs]


def _step(threshold: float) -> float:
    """Take the smallest step a printed value shows: a tenth for whole numbers."""
    decimals = len(f"{threshold:.10g}".partition(".")[2])
    return 10.0 ** -max(decimals, 1)


def _holding(condition: Formula | None) -> dict[str, str | bool]:
    """Give values with which a condition holds, as far as it only names categories and booleans."""
    match condition:
        case Relates(Relation.EQUAL, Measured(slug), Text(said) | Truth(said)):
            return {slug: said}
        case Measured(slug):
            return {slug: True}
        case Both(left, right):
            return {**_holding(left), **_holding(right)}
        case Either(left, _):
            return _holding(left)
        case _:
            return {}


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the feature of one outline."""

    outline: Outline
    level: Level
    timing: Timing
    catalog: Catalog
    given: Mapping[str, str | bool]

    @property
    def year(self) -> int:
        """The year in which the boundary is shown."""
        timing = self.timing
        return timing.last or timing.first or catalog_year(self.outline.document, self.catalog)

    def write(self, built: BuiltNorm) -> str:
        examples = boundary(built, self.catalog)
        lines = self._heading()
        if examples and built.measure is not None:
            name = self._name(built.measure)
            lines += self._both_sides(name, examples)
            lines += self._both_times(name, examples)
        else:
            lines += self._open_scenario()
        return "\n".join([*lines, *self._other_side()]) + "\n"

    def _name(self, slug: str) -> str:
        known = self.catalog.vocabulary.measure(slug)
        return say(known.name, known.slug)

    def _heading(self) -> list[str]:
        outline = self.outline
        step = say("      而且 ", "      And ")
        condition = say(f"仅限 {outline.condition}", f"only where {outline.condition}")
        return [
            say("# language: zh-CN", "# language: en"),
            say(f"功能: {outline.title}", f"Feature: {outline.title}"),
            say("  背景:", "  Background:"),
            say(
                f'    假如 依据文件"{outline.document}"',
                f'    Given the document "{outline.document}"',
            ),
            "",
            f"  @{outline.slug}",
            say(f"  规则: {outline.title}", f"  Rule: {outline.title}"),
            say("    背景:", "    Background:"),
            say(f'      假如 出处"{outline.place}"', f'      Given cited at "{outline.place}"'),
            step + say(f'考核对象是"{self.level.zh}"', f'the subjects are "{self.level.value}"'),
            *([step + condition] if outline.condition else []),
            step + outline.timing,
            *([step + say("属于力争目标", "this is an aspiration")] if outline.aspiration else []),
            say(f"      那么 {outline.norm}", f"      Then {outline.norm}"),
        ]

    def _facts(self, values: Mapping[str, str]) -> list[str]:
        """Write Given-steps: the first about a subject, the others about the same one."""
        told = [
            say(f"{self._name(slug)} 是 {value}", f"{self._name(slug)} is {value}")
            for slug, value in values.items()
        ]
        return [
            say(
                f"      假如 某{self.level.zh}的 {told[0]}",
                f"      Given a {self.level.value} whose {told[0]}",
            ),
            *(say(f"      而且 {each}", f"      And {each}") for each in told[1:]),
        ]

    def _both_sides(self, name: str, examples: Sequence[tuple[str, Outcome]]) -> list[str]:
        return [
            say("    场景大纲: 界线", "    Scenario Outline: boundary"),
            *self._facts(self._values(name, say("<值>", "<value>"))),
            self._when(self.year),
            *_outcomes(say("值", "value"), examples),
        ]

    def _both_times(self, name: str, examples: Sequence[tuple[str, Outcome]]) -> list[str]:
        """Show what falls short in the years around the deadline or the beginning."""
        known = self.catalog.documents.get(self.outline.document)
        bad = next((value for value, told in examples if told is Outcome.VIOLATION), None)
        first, last = self.timing.first, self.timing.last
        due = Outcome.VIOLATION
        match self.timing.kind:
            case TimingKind.DUE if last is not None:
                years = {last - 1: Outcome.ON_TRACK, last: due}
            case TimingKind.STANDING if first is not None:
                years = {first - 1: Outcome.NOT_APPLICABLE, first: due}
            case TimingKind.SPAN if first is not None and last is not None:
                years = {first - 1: Outcome.NOT_APPLICABLE, first: due, last: due}
                years[last + 1] = Outcome.NOT_APPLICABLE
            case _:
                return []
        if known is not None:
            begin, end = known.period.from_, known.period.to
            years = {at: told for at, told in years.items() if begin <= at <= (end or at)}
        if bad is None or set(years.values()) == {due}:
            return []
        return [
            say("    场景大纲: 时限", "    Scenario Outline: timing"),
            *self._facts(self._values(name, bad)),
            self._when(say("<年>", "<year>")),
            *_outcomes(say("年", "year"), [(str(at), told) for at, told in years.items()]),
        ]

    def _values(self, name: str, value: str) -> dict[str, str]:
        """Give the condition's values, and one of the measure that is looked at."""
        slug = self.catalog.vocabulary.names[name]
        given = {each: _written(said) for each, said in self.given.items() if each != slug}
        return {**given, slug: value}

    def _other_side(self) -> list[str]:
        """Write a scenario in which the condition does not hold, where there is an easy one."""
        for slug, said in self.given.items():
            item = self.catalog.vocabulary.items[slug]
            other: str | bool | None
            if isinstance(said, bool):
                other = not said
            else:
                other = next((each for each in item.options if each != said), None)
            if other is not None:
                return [
                    say("    场景: 不在适用范围", "    Scenario: outside the condition"),
                    *self._facts({slug: _written(other)}),
                    self._when(self.year),
                    self._then(Outcome.NOT_APPLICABLE),
                ]
        return []

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
            self._when(self.year),
            self._then(Outcome.COMPLIANT),
        ]

    def _when(self, year: int | str) -> str:
        return say(f"      当 在{year}年考核", f"      When judged in {year}")

    def _then(self, outcome: Outcome) -> str:
        return say(
            f'      那么 结论是"{outcome.zh}"', f'      Then the outcome is "{outcome.label}"'
        )


def _outcomes(heading: str, rows: Sequence[tuple[str, Outcome]]) -> list[str]:
    """Write the end of an outline: what comes out, and its examples."""
    table = [(heading, say("结论", "outcome")), *((value, told.label) for value, told in rows)]
    return [
        say('      那么 结论是"<结论>"', '      Then the outcome is "<outcome>"'),
        say("      例子:", "      Examples:"),
        *(f"        | {value} | {told} |" for value, told in table),
    ]


def _written(value: Scalar) -> str:
    """Write a value as scenarios do."""
    if isinstance(value, bool):
        return say("是", "yes") if value else say("否", "no")
    return f'"{value}"'
