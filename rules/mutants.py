"""Mutants: rules that differ from one another by the smallest step that a reader could miss.

A mutant is made of sentences, like any rule: one word or one number of the background is changed
and the draft is built again, so no mutant says what the language cannot.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dabiao.rules.draft import Draft, Phrase
from dabiao.rules.halfwidth import halfwidth
from dabiao.rules.sentences import find
from dabiao.schemas.language import say
from dabiao.schemas.rule import Timing, TimingKind

# Each comparator of a norm beside the ones it is most easily confused with.
_NORM_WORDS = {
    "应不低于": ("应高于", "应不高于"),
    "应不少于": ("应高于", "应不高于"),
    "应不小于": ("应高于", "应不高于"),
    "应达到": ("应高于", "应不高于"),
    "应至少为": ("应高于", "应不高于"),
    "应高于": ("应不低于", "应低于"),
    "应超过": ("应不低于", "应低于"),
    "应不高于": ("应低于", "应不低于"),
    "应不超过": ("应低于", "应不低于"),
    "应不多于": ("应低于", "应不低于"),
    "应不大于": ("应低于", "应不低于"),
    "应低于": ("应不高于", "应高于"),
    "应少于": ("应不高于", "应高于"),
    "应等于": ("应不低于", "应不高于"),
    "逐年不减": ("逐年不增",),
    "只增不减": ("只减不增",),
    "逐年不增": ("逐年不减",),
    "只减不增": ("只增不减",),
    "提高不少于": ("下降不少于",),
    "增加不少于": ("减少不少于",),
    "下降不少于": ("提高不少于",),
    "降低不少于": ("提高不少于",),
    "减少不少于": ("增加不少于",),
    "at least": ("more than", "at most"),
    "at most": ("less than", "at least"),
    "more than": ("at least", "less than"),
    "less than": ("at most", "more than"),
    "equal to": ("at least", "at most"),
    "not fall": ("not rise",),
    "not rise": ("not fall",),
    "rise by": ("fall by",),
    "fall by": ("rise by",),
    '"是"': ('"否"',),
    '"否"': ('"是"',),
    '"yes"': ('"no"',),
    '"no"': ('"yes"',),
}
_CONDITION_WORDS = {
    ">=": (">",),
    "<=": ("<",),
    "≥": (">",),
    "≤": ("<",),
    ">": (">=",),
    "<": ("<=",),
    "=": ("!=",),
    "且": ("或",),
    "或": ("且",),
    " and ": (" or ",),
    " or ": (" and ",),
}
_NUMBER = re.compile(r"(?<![A-Za-z_\d.@])\d+(?:\.\d+)?(?![\d.])")
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed draft of a rule, and what was changed, in a few words."""

    draft: Draft
    change: str


def mutants(draft: Draft) -> Iterator[Mutant]:
    """Give every mutant of a rule's draft."""
    yield from _norms(draft)
    yield from _conditions(draft)
    yield from _timings(draft)
    yield from _baselines(draft)
    if draft.decimals:
        yield Mutant(_with(draft, decimals=[]), say("去掉“按N位小数比较”", "compared exactly"))


def _norms(draft: Draft) -> Iterator[Mutant]:
    for _, whole in draft.norms:
        for text in (*_reworded(whole.text, _NORM_WORDS), *_renumbered(whole.text)):
            changed = _with(draft, norms=[])
            sentence = find(text, "then")
            if sentence is not None:
                sentence.apply(changed, Phrase(text, whole.spot), None)
                yield Mutant(changed, text)


def _conditions(draft: Draft) -> Iterator[Mutant]:
    for at, condition in enumerate(draft.conditions):
        others = [*draft.conditions[:at], *draft.conditions[at + 1 :]]
        yield Mutant(
            _with(draft, conditions=others),
            say(f"去掉 仅限 {condition.text}", f"without: only where {condition.text}"),
        )
        for text in (*_reworded(condition.text, _CONDITION_WORDS), *_renumbered(condition.text)):
            changed = [*others[:at], Phrase(text, condition.spot), *others[at:]]
            yield Mutant(
                _with(draft, conditions=changed), say(f"仅限 {text}", f"only where {text}")
            )


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


def _reworded(text: str, words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Replace each comparator, the longest at a place, outside of names it is part of."""
    longest_first = sorted(words, key=len, reverse=True)
    expression = re.compile("|".join(re.escape(word) for word in longest_first))
    for found in expression.finditer(halfwidth(text)):
        for other in words[found[0]]:
            yield text[: found.start()] + other + text[found.end() :]


def _renumbered(text: str) -> Iterator[str]:
    """Move each number by one unit of its last printed digit, up and down."""
    plain = halfwidth(text)
    quoted = [found.span() for found in _QUOTED.finditer(plain)]
    for found in _NUMBER.finditer(plain):
        if any(start < found.start() < end for start, end in quoted):
            continue
        decimals = len(found[0].partition(".")[2])
        for step in (-1, 1):
            value = float(found[0]) + step * 10.0**-decimals
            if value >= 0:
                yield f"{text[: found.start()]}{value:.{decimals}f}{text[found.end() :]}"
