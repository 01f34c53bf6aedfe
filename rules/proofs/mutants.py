"""Mutants: rules that differ from one another by the smallest step that a reader could miss.

A norm is changed in what it means, not in its words, so that every wording of a comparator has the
mutants of its meaning; so are whom it is about, when, from what baseline and who answers for it.
Signs and numbers of a formula are changed where its own grammar finds them, as a number's smallest
step is that of its last printed digit. The draft is then built again like any rule's, so no mutant
says what the language cannot. What else a formula could be mistaken for is changed in the checked
rule (``formula_mutants``).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from dabiao.rules.catalog.catalog import Rule
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
from dabiao.rules.formulas.formula import Formula, Measured, Negation, Relation
from dabiao.rules.formulas.parsing.lexer import Lexeme, lexemes
from dabiao.rules.formulas.parsing.lexicon import known_words
from dabiao.rules.formulas.to_text import render
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import (
    AlternativesDraft,
    ChangesDraft,
    ComparesDraft,
    Draft,
    NormDraft,
    Phrase,
    RecurrenceDraft,
    RollsUpDraft,
    SaysDraft,
    TargetsDraft,
    WithinDraft,
)
from dabiao.rules.language.norm_text import norm_text
from dabiao.rules.proofs.formula_mutants import FormulaGround, changed_formulas
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.document import Period
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.record import dataclass
from dabiao.schemas.rule import Term, Timing, TimingKind
from dabiao.schemas.subject import Place

# Each comparator beside the ones it is most easily confused with.
_CONFUSED = {
    Comparator.AT_LEAST: (Comparator.MORE_THAN, Comparator.AT_MOST, Comparator.EQUAL),
    Comparator.MORE_THAN: (Comparator.AT_LEAST, Comparator.LESS_THAN),
    Comparator.AT_MOST: (Comparator.LESS_THAN, Comparator.AT_LEAST, Comparator.EQUAL),
    Comparator.LESS_THAN: (Comparator.AT_MOST, Comparator.MORE_THAN),
    Comparator.EQUAL: (Comparator.AT_LEAST, Comparator.AT_MOST),
    Comparator.BETWEEN: (),  # its bounds are changed
}
_RELATIONS = {
    Relation.AT_LEAST: ">",
    Relation.MORE: ">=",
    Relation.AT_MOST: "<",
    Relation.LESS: "<=",
    Relation.EQUAL: "!=",
    Relation.UNEQUAL: "=",
}
_OPPOSITE = {"是": "否", "否": "是", "yes": "no", "no": "yes", "true": "false", "false": "true"}
_JOINS = {"AND": (" 或 ", " or "), "OR": (" 且 ", " and ")}
YEAR = re.compile(r"\d{4}年?底?")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_LONG = 5
"""Years after which a rule without an end could be thought to be over."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed draft of a rule, and what was changed, in a few words."""

    draft: Draft
    change: str


def mutants(
    draft: Draft,
    vocabulary: Vocabulary,
    places: Mapping[str, Place] | None = None,
    period: Period | None = None,
) -> Iterator[Mutant]:
    """Give every mutant of a rule's draft.

    Args:
        draft: What the rule's sentences said.
        vocabulary: The vocabulary as its feature understands it.
        places: The places there are, by code.
        period: When the rule's document is in force, where that is known.
    """
    yield from _norms(draft, vocabulary)
    yield from _conditions(draft, vocabulary)
    yield from _timings(draft, period)
    yield from _baselines(draft)
    yield from _decimals(draft)
    yield from _tolerances(draft)
    yield from _levels(draft)
    yield from _areas(draft, places or {})
    yield from _units(draft)
    if draft.aspiration:
        yield Mutant(
            _with(draft, aspiration=False), say("去掉“属于力争目标”", "without: an aspiration")
        )


def formula_mutants(rule: Rule, vocabulary: Vocabulary) -> Iterator[tuple[Rule, str]]:
    """Give the rules in which one part of a formula is another, each with what was changed."""
    ground = FormulaGround(vocabulary, (rule.level,))
    for norm, changed in _rebuilt(rule.norm, ground):
        told = render(changed, vocabulary)
        measure = rule.measure
        if formula_of(norm) is changed:
            measure = changed.slug if isinstance(changed, Measured) else None
        yield replace(rule, norm=norm, measure=measure), say(f"要求里 {told}", f"norm: {told}")
    if rule.condition is not None:
        for changed in (Negation(rule.condition), *changed_formulas(rule.condition, ground)):
            text = render(changed, vocabulary)
            told = say(f"仅限 {text}", f"only where {text}")
            yield replace(rule, condition=changed, condition_text=text), told


def formula_of(norm: Norm) -> Formula | None:
    """Give the formula of what a norm is about, if it has one."""
    match norm:
        case Compares(value) | Within(value) | Changes(value):
            return value
        case AllComply() | EachComplies():
            return None
        case _:
            assert_never(norm)


def _rebuilt(norm: Norm, ground: FormulaGround) -> Iterator[tuple[Norm, Formula]]:
    """Give a norm with one formula changed, and that formula."""
    match norm:
        case Compares(value, _, bound):
            sides = {"value": value, "bound": bound}
        case Within(value, low, high):
            sides = {"value": value, "low": low, "high": high}
        case Changes(value):
            sides = {"value": value}
        case AllComply() | EachComplies():
            sides = {}
        case _:
            assert_never(norm)
    for side, formula in sides.items():
        for changed in changed_formulas(formula, ground):
            yield replace(norm, **{side: changed}), changed  # type: ignore[arg-type] # its own


def _norms(draft: Draft, vocabulary: Vocabulary) -> Iterator[Mutant]:
    for norm, whole in draft.norms:
        for changed in changed_norms(norm, vocabulary):
            text = norm_text(changed)
            yield Mutant(_with(draft, norms=[(changed, Phrase(text, whole.spot))]), text)


def changed_norms(  # noqa: C901 - one case per kind of norm
    norm: NormDraft, vocabulary: Vocabulary
) -> Iterator[NormDraft]:
    """Give the norms that one is most easily confused with, by what it means."""
    match norm:
        case ComparesDraft(left, comparator, right, term):
            for other in _CONFUSED[comparator]:
                yield replace(norm, comparator=other)
            yield from (replace(norm, term=each) for each in _other_terms(term))
            yield from (replace(norm, left=each) for each in reworked(left, vocabulary))
            yield from (replace(norm, right=each) for each in reworked(right, vocabulary))
            yield from (replace(norm, right=each) for each in _magnified(right))
        case WithinDraft(left, low, high):
            yield ComparesDraft(left, Comparator.AT_LEAST, low)
            yield ComparesDraft(left, Comparator.AT_MOST, high)
            yield from (replace(norm, left=each) for each in reworked(left, vocabulary))
            yield from (replace(norm, low=each) for each in reworked(low, vocabulary))
            yield from (replace(norm, high=each) for each in reworked(high, vocabulary))
        case SaysDraft(left, text):
            for word in _other_answers(left, text, vocabulary):
                yield replace(norm, text=Phrase(word, text.spot))
        case ChangesDraft():
            yield from _changed_changes(norm, vocabulary)
        case RollsUpDraft(count=count, floor=floor) if count is not None:
            yield from (replace(norm, count=each) for each in (count - 1, count + 1))
            if floor is not None:
                yield from (replace(norm, floor=each) for each in (floor - 1, floor + 1))
                yield replace(norm, floor=None)
        case TargetsDraft():
            yield from _changed_targets(norm, vocabulary)
        case RecurrenceDraft():
            yield from _changed_recurrences(norm, vocabulary)
        case AlternativesDraft():
            yield from _changed_alternatives(norm, vocabulary)


def _changed_alternatives(norm: AlternativesDraft, vocabulary: Vocabulary) -> Iterator[NormDraft]:
    """Leave out one of them, or change one."""
    for at, option in enumerate(norm.options):
        before, after = norm.options[:at], norm.options[at + 1 :]
        yield rest[0].norm if len(rest := (*before, *after)) == 1 else AlternativesDraft(rest)
        for changed in changed_norms(option.norm, vocabulary):
            if isinstance(changed, ComparesDraft | SaysDraft | ChangesDraft):
                other = replace(option, norm=changed, whole=option.whole.named(norm_text(changed)))
                yield AlternativesDraft((*before, other, *after))


def _other_terms(term: Term | None) -> Iterator[Term | None]:
    """Give none, and the terms of which a year has another number."""
    if term is not None:
        yield None
        yield from (each for each in Term if each.times != term.times)


def _changed_recurrences(
    norm: RecurrenceDraft, vocabulary: Vocabulary
) -> Iterator[RecurrenceDraft]:
    years, least = norm.years, norm.least
    for other in _CONFUSED[norm.comparator]:
        yield replace(norm, comparator=other)
    yield from (replace(norm, left=each) for each in reworked(norm.left, vocabulary))
    yield from (replace(norm, right=each) for each in reworked(norm.right, vocabulary))
    for step in (-1, 1):
        if years == least:
            yield replace(norm, years=years + step, least=least + step)
            continue
        if 0 < least + step <= years:
            yield replace(norm, least=least + step)
        if years + step >= least:
            yield replace(norm, years=years + step)


def _changed_targets(norm: TargetsDraft, vocabulary: Vocabulary) -> Iterator[TargetsDraft]:
    """Leave out a line of a table, change its target or its year, or the comparison."""
    for other in _CONFUSED[norm.comparator]:
        yield replace(norm, comparator=other)
    yield from (replace(norm, left=each) for each in reworked(norm.left, vocabulary))
    for at, (where, target) in enumerate(norm.targets):
        before, after = norm.targets[:at], norm.targets[at + 1 :]
        if before or after:
            yield replace(norm, targets=(*before, *after))
        lines = [(where, each) for each in reworked(target, vocabulary)]
        if YEAR.fullmatch(where.text.strip()):
            lines += [(where.named(text), target) for text in _renumbered(where.text)]
        for line in lines:
            yield replace(norm, targets=(*before, line, *after))


def _changed_changes(norm: ChangesDraft, vocabulary: Vocabulary) -> Iterator[ChangesDraft]:
    falls = norm.direction is Direction.RISE
    yield replace(norm, direction=Direction.FALL if falls else Direction.RISE)
    yield from (replace(norm, left=each) for each in reworked(norm.left, vocabulary))
    if norm.least is None and norm.span is Span.YEAR:
        yield replace(norm, strict=not norm.strict)
    if norm.strict and norm.span is not Span.YEAR:
        yield replace(norm, span=Span.YEAR, since=None)
    if norm.least is not None:
        for text in _renumbered(norm.least.text):
            yield replace(norm, least=Phrase(text, norm.least.spot))
        if norm.least.text.rstrip().endswith("%"):
            bare = norm.least.text.rstrip().removesuffix("%")
            yield replace(norm, least=Phrase(bare, norm.least.spot))
        if norm.span is not Span.YEAR:
            yield replace(norm, span=Span.YEAR, since=None)
        if norm.span is not Span.ANNUALISED:
            yield replace(norm, span=Span.ANNUALISED, since=None)
    if norm.since is not None:
        yield from (replace(norm, since=norm.since + step) for step in (-1, 1))


def _other_answers(left: Phrase, text: Phrase, vocabulary: Vocabulary) -> Iterator[str]:
    """Give what else a yes or no, or a category, could be asked to say."""
    if (opposite := _OPPOSITE.get(text.text.lower())) is not None:
        yield opposite
        return
    item = vocabulary.items.get(vocabulary.names.get(left.text.strip(), ""))
    yield from (each for each in (item.options if item else ()) if each != text.text)


def _conditions(draft: Draft, vocabulary: Vocabulary) -> Iterator[Mutant]:
    for at, condition in enumerate(draft.conditions):
        others = [*draft.conditions[:at], *draft.conditions[at + 1 :]]
        yield Mutant(
            _with(draft, conditions=others),
            say(f"去掉 仅限 {condition.text}", f"without: only where {condition.text}"),
        )
        for changed in reworked(condition, vocabulary):
            yield Mutant(
                _with(draft, conditions=[*others[:at], changed, *others[at:]]),
                say(f"仅限 {changed.text}", f"only where {changed.text}"),
            )


def reworked(formula: Phrase, vocabulary: Vocabulary) -> Iterator[Phrase]:
    """Change one sign or one number of a formula, as its grammar reads it."""
    text = formula.text
    for lexeme in lexemes(text, known_words(vocabulary.names))[0]:
        start, end = lexeme.spread
        for other in _others(lexeme, text[start:end]):
            yield Phrase(text[:start] + other + text[end:], formula.spot)


def _others(lexeme: Lexeme, written: str) -> Iterator[str]:
    if isinstance(lexeme.value, Relation):
        yield _RELATIONS[lexeme.value]
    elif lexeme.kind in _JOINS:
        yield say(*_JOINS[lexeme.kind])
    elif lexeme.kind == "NOT":
        yield ""
    elif lexeme.kind == "NUMBER":
        yield from _renumbered(written)


def _magnified(amount: Phrase) -> Iterator[Phrase]:
    """Leave out the 万 of an amount, or take a smaller one for its 亿."""
    for written, other in (("亿", "万"), ("万", "")):
        if re.search(rf"\d\s*{written}", amount.text):
            yield Phrase(amount.text.replace(written, other), amount.spot)
            return


def _timings(draft: Draft, period: Period | None) -> Iterator[Mutant]:
    for timing, phrase in draft.timings:
        for changed in (*_moved(timing), *_of_other_kinds(timing, period)):
            yield Mutant(_with(draft, timings=[(changed, phrase)]), changed.words)


def _moved(timing: Timing) -> Iterator[Timing]:
    for step in (-1, 1):
        if timing.first is not None:
            yield replace(timing, first=timing.first + step)
        if timing.last is not None:
            yield replace(timing, last=timing.last + step)


def _of_other_kinds(timing: Timing, period: Period | None) -> Iterator[Timing]:
    """Give the timings of other kinds that speak of the same years, or of one year fewer."""
    match timing.kind:
        case TimingKind.DUE | TimingKind.WITHIN:
            other = TimingKind.WITHIN if timing.kind is TimingKind.DUE else TimingKind.DUE
            yield Timing(kind=other, last=timing.last)
            yield Timing(kind=TimingKind.STANDING, first=timing.last)
            yield Timing(kind=TimingKind.STANDING)
            yield Timing(kind=TimingKind.SPAN, first=timing.last, last=timing.last)
            if timing.last is not None:
                yield Timing(kind=TimingKind.SPAN, first=timing.last, last=timing.last + _LONG)
        case TimingKind.STANDING:
            first = timing.first or (period.from_ if period is not None else None)
            if first is None:
                return
            if timing.first is None:
                yield Timing(kind=TimingKind.STANDING, first=first + 1)
            last = (period.to if period is not None else None) or first + _LONG + 1
            yield Timing(kind=TimingKind.SPAN, first=first, last=max(first, last - 1))
            yield Timing(kind=TimingKind.DUE, last=last)
            yield Timing(kind=TimingKind.WITHIN, last=first)
        case TimingKind.SPAN:
            yield Timing(kind=TimingKind.STANDING, first=timing.first)
            yield Timing(kind=TimingKind.DUE, last=timing.last)
        case _:
            assert_never(timing.kind)


def _baselines(draft: Draft) -> Iterator[Mutant]:
    for year, value, whole in draft.baselines:
        yield Mutant(_with(draft, baselines=[]), say("去掉基期", "without a baseline"))
        moved = [(year + step, value) for step in (-1, 1)]
        if value is not None:
            moved += [(year, Phrase(text, value.spot)) for text in _renumbered(value.text)]
        for other, said in moved:
            told = "" if said is None else said.text
            yield Mutant(
                _with(draft, baselines=[(other, said, whole)]),
                say(f"基期{other}年为{told}", f"the baseline of {other} is {told}")
                if told
                else say(f"基期{other}年", f"the baseline is {other}"),
            )


def _decimals(draft: Draft) -> Iterator[Mutant]:
    for places in draft.decimals:
        yield Mutant(_with(draft, decimals=[]), say("去掉“按N位小数比较”", "compared exactly"))
        for other in (places - 1, places + 1):
            if other >= 0:
                yield Mutant(
                    _with(draft, decimals=[other]),
                    say(f"按{other}位小数比较", f"compared to {other} decimal places"),
                )


def _tolerances(draft: Draft) -> Iterator[Mutant]:
    for amount in draft.tolerances:
        yield Mutant(_with(draft, tolerances=[]), say("去掉“允许相差”", "no difference allowed"))
        for text in _renumbered(amount.text):
            yield Mutant(
                _with(draft, tolerances=[Phrase(text, amount.spot)]),
                say(f"允许相差{text}", f"a difference of {text} is allowed"),
            )


def _levels(draft: Draft) -> Iterator[Mutant]:
    """Be about the subjects of another level, where they have what the rule speaks of."""
    for said in draft.levels:
        for level in Level:
            if level is not Level.named(said.text):
                changed = Phrase(level.zh, said.spot)
                yield Mutant(
                    _with(draft, levels=[changed]),
                    say(f"考核对象是{level.zh}", f"the subjects are {level.plural}"),
                )


def _areas(draft: Draft, places: Mapping[str, Place]) -> Iterator[Mutant]:
    """Drop the place a rule is narrowed to, or take the one above it or one beside it."""
    for said in draft.areas:
        yield Mutant(
            _with(draft, areas=[]),
            say(f"去掉 适用地区{said.text}", f"without: the area {said.text}"),
        )
        here = [each for each in places.values() if said.text in (each.code, each.name)]
        for place in here[:1]:
            beside = [
                each.code
                for each in places.values()
                if each.parent == place.parent and each.code != place.code
            ]
            for code in (*beside[:1], *([place.parent] if place.parent else [])):
                name = places[code].name if code in places else code
                yield Mutant(
                    _with(draft, areas=[Phrase(code, said.spot)]),
                    say(f"适用地区{name}", f"the area is {name}"),
                )


def _units(draft: Draft) -> Iterator[Mutant]:
    """Leave out one of those who answer for a rule, or take one list for the other."""
    for names in ("lead", "responsible"):
        listed: list[Phrase] = getattr(draft, names)
        for at, name in enumerate(listed):
            yield Mutant(
                _with(draft, **{names: [*listed[:at], *listed[at + 1 :]]}),
                say(f"不写单位“{name.text}”", f"without the unit {name.text}"),
            )
    if draft.lead != draft.responsible:
        yield Mutant(
            _with(draft, lead=draft.responsible, responsible=draft.lead),
            say("牵头单位与责任单位对调", "lead and responsible units exchanged"),
        )


def _with(draft: Draft, **changes: object) -> Draft:
    fresh = draft.inherit(draft.title, draft.description, ())
    fresh.tags, fresh.slug = draft.tags, draft.slug
    return replace(fresh, **changes)  # type: ignore[arg-type] # its own


def _renumbered(text: str) -> Iterator[str]:
    """Move a number by one unit of its last printed digit, up and down."""
    plain = halfwidth(text)
    for found in _NUMBER.finditer(plain):
        digits = found[0].replace(",", "")
        decimals = len(digits.partition(".")[2])
        for step in (-1, 1):
            value = float(digits) + step * 10.0**-decimals
            if value >= 0:
                yield f"{text[: found.start()]}{value:.{decimals}f}{text[found.end() :]}"
