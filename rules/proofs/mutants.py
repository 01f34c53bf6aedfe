"""Mutants: rules that differ from one another by the smallest step that a reader could miss.

A norm is changed in what it means, not in its words, so that every wording of a comparator has the
mutants of its meaning; a formula is changed where its own grammar finds a sign or a number. The
draft is then built again like any rule's, so no mutant says what the language cannot.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dabiao.rules.catalog.norm import Direction
from dabiao.rules.formulas.formula import Relation
from dabiao.rules.formulas.parsing.lexer import Lexeme, lexemes
from dabiao.rules.formulas.parsing.lexicon import known_words
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.language.draft import (
    ChangesDraft,
    ComparesDraft,
    Draft,
    NormDraft,
    Phrase,
    RollsUpDraft,
    SaysDraft,
    WithinDraft,
)
from dabiao.rules.language.norm_text import norm_text
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import say
from dabiao.schemas.rule import Timing, TimingKind

# Each comparator beside the ones it is most easily confused with.
_CONFUSED = {
    Comparator.AT_LEAST: (Comparator.MORE_THAN, Comparator.AT_MOST),
    Comparator.MORE_THAN: (Comparator.AT_LEAST, Comparator.LESS_THAN),
    Comparator.AT_MOST: (Comparator.LESS_THAN, Comparator.AT_LEAST),
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
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed draft of a rule, and what was changed, in a few words."""

    draft: Draft
    change: str


def mutants(draft: Draft, vocabulary: Vocabulary) -> Iterator[Mutant]:
    """Give every mutant of a rule's draft.

    Args:
        draft: What the rule's sentences said.
        vocabulary: The vocabulary as its feature understands it.
    """
    yield from _norms(draft, vocabulary)
    yield from _conditions(draft, vocabulary)
    yield from _timings(draft)
    yield from _baselines(draft)
    if draft.decimals:
        yield Mutant(_with(draft, decimals=[]), say("去掉“按N位小数比较”", "compared exactly"))


def _norms(draft: Draft, vocabulary: Vocabulary) -> Iterator[Mutant]:
    for norm, whole in draft.norms:
        for changed in changed_norms(norm, vocabulary):
            text = norm_text(changed)
            yield Mutant(_with(draft, norms=[(changed, Phrase(text, whole.spot))]), text)


def changed_norms(norm: NormDraft, vocabulary: Vocabulary) -> Iterator[NormDraft]:
    """Give the norms that one is most easily confused with, by what it means."""
    match norm:
        case ComparesDraft(left, comparator, right):
            for other in _CONFUSED[comparator]:
                yield replace(norm, comparator=other)
            yield from (replace(norm, left=each) for each in _reworked(left, vocabulary))
            yield from (replace(norm, right=each) for each in _reworked(right, vocabulary))
        case WithinDraft(left, low, high):
            yield ComparesDraft(left, Comparator.AT_LEAST, low)
            yield ComparesDraft(left, Comparator.AT_MOST, high)
            yield from (replace(norm, left=each) for each in _reworked(left, vocabulary))
            yield from (replace(norm, low=each) for each in _reworked(low, vocabulary))
            yield from (replace(norm, high=each) for each in _reworked(high, vocabulary))
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


def _changed_changes(norm: ChangesDraft, vocabulary: Vocabulary) -> Iterator[ChangesDraft]:
    falls = norm.direction is Direction.RISE
    yield replace(norm, direction=Direction.FALL if falls else Direction.RISE)
    yield from (replace(norm, left=each) for each in _reworked(norm.left, vocabulary))
    if norm.least is not None:
        for text in _renumbered(norm.least.text):
            yield replace(norm, least=Phrase(text, norm.least.spot))
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
        for changed in _reworked(condition, vocabulary):
            yield Mutant(
                _with(draft, conditions=[*others[:at], changed, *others[at:]]),
                say(f"仅限 {changed.text}", f"only where {changed.text}"),
            )


def _reworked(formula: Phrase, vocabulary: Vocabulary) -> Iterator[Phrase]:
    """Change one sign or one number of a formula, as its grammar reads it."""
    text = formula.text
    for lexeme in lexemes(text, known_words(tuple(vocabulary.names), ()))[0]:
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


def _timings(draft: Draft) -> Iterator[Mutant]:
    for timing, phrase in draft.timings:
        for changed in _moved(timing):
            yield Mutant(_with(draft, timings=[(changed, phrase)]), _told(changed))


def _moved(timing: Timing) -> Iterator[Timing]:
    for step in (-1, 1):
        if timing.first is not None:
            yield timing.model_copy(update={"first": timing.first + step})
        if timing.last is not None:
            yield timing.model_copy(update={"last": timing.last + step})


def _told(timing: Timing) -> str:
    match timing.kind:
        case TimingKind.DUE:
            return say(f"到{timing.last}年底", f"by the end of {timing.last}")
        case TimingKind.WITHIN:
            return say(f"{timing.last}年内", f"within {timing.last}")
        case TimingKind.STANDING:
            return say(f"自{timing.first}年起", f"from {timing.first}")
        case TimingKind.SPAN:
            return say(
                f"自{timing.first}年至{timing.last}年每年",
                f"every year from {timing.first} to {timing.last}",
            )


def _baselines(draft: Draft) -> Iterator[Mutant]:
    for year, value, whole in draft.baselines:
        if value is None:
            continue
        for text in _renumbered(value.text):
            changed = (year, Phrase(text, value.spot), whole)
            yield Mutant(
                _with(draft, baselines=[changed]),
                say(f"基期{year}年为{text}", f"the baseline of {year} is {text}"),
            )


def _with(draft: Draft, **changes: object) -> Draft:
    fresh = draft.inherit(draft.title, draft.description, ())
    fresh.tags, fresh.slug = draft.tags, draft.slug
    return replace(fresh, **changes)  # type: ignore[arg-type]


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
