"""How a sentence of the rule language is described, recognised and carried out.

A sentence is one entry of a table: patterns in both languages, an example, a meaning, and an act::

    "到{year}年底"                                    the pattern
         │ _expression: a slot becomes a named group, a choice [a/b] an alternation,
         ▼              a space may be left out in Chinese, and one may stand behind 应
    到(?P<year>[0-9]{4})年底
         │ match: on the half-width step without its full stop, as long as the step itself
         ▼
    due(draft, year=Phrase("2025", its place))        the act, by the names of the slots

As half-width writing keeps every character's place, a slot knows its line and column, and what is
wrong with it later can be shown where it stands. Slots with a name in ``_SLOTS`` hold what that
says; any other holds a piece of a formula, which is read when the rule is built. An act that asks
for ``table`` gets the table below the step, one that asks for ``whole`` the step itself.
Definitions and norms are tried before facts, as a fact may say almost anything. The same table
serves the reader, the proofs and pytest-bdd, so that a sentence cannot mean two things.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import Any, assert_never

from dabiao.rules.language.draft import Draft, Phrase, StepTable
from dabiao.rules.sentences.tables import table_unread
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass


class SentenceKind(StrEnum):
    """What a sentence does, and so where it may stand."""

    DEFINITION = "definition"
    """A Given of a background: part of what is committed to."""
    NORM = "norm"
    """The Then of a rule's background: what is demanded."""
    FACTS = "facts"
    """A Given of a scenario: what was submitted."""
    JUDGING = "judging"
    """The When of a scenario."""
    EXPECTED = "expected"
    """A Then of a scenario: what must come out."""

    @property
    def step(self) -> str:
        """The Gherkin word it stands behind: given, when or then."""
        match self:
            case SentenceKind.DEFINITION | SentenceKind.FACTS:
                return "given"
            case SentenceKind.JUDGING:
                return "when"
            case SentenceKind.NORM | SentenceKind.EXPECTED:
                return "then"
            case _:
                assert_never(self)


_SHOULD = r"(?:应\s*(?:[不在达高超大多低少小至控为是有等比逐每只年连平]|[<>=≥≤])| should )"


def _whole(depth: int) -> str:
    """Write the expression of a text that leaves no bracket and no quotation mark open."""
    within = rf"(?:{_whole(depth - 1)})*" if depth else "[^()]*"
    return rf'[^()"]|"[^"]*"|\({within}\)'


_WHOLE = rf"(?:{_whole(6)})+"
# What a slot can hold, by its name; any other slot holds a piece of a formula.
_SLOTS = {
    "year": r"\d{4}",
    "first": r"\d{4}",
    "last": r"\d{4}",
    "month": r"1[0-2]|0?[1-9]",
    "term": "季度|学期|半年|月|month|quarter|half-year|term",
    "count": r"\d{1,3}",
    "floor": r"\d{1,3}(?:\.\d+)?",
    "text": r'[^"]+',
    "level": r'[^"\s]+?',
    "code": r'[^"]+',
    "tag": r'[^"]+',
    "years": r"\d{1,2}",
    "comparator": "不低于|不少于|不小于|达到|至少为|高于|超过|不高于|不超过|不多于|至多为|低于|少于"
    "|等于|at least|at most|more than|less than|equal to",
    "norm": rf"{_WHOLE}?{_SHOULD}{_WHOLE}?",
    "other": rf".+?{_SHOULD}.+",
    "names": r'"[^"]+"(?:\s*(?:,|和|及|and)?\s*"[^"]+")*',
}
_PIECE = re.compile(
    r"\{(?P<slot>\w+)\}|\[(?P<choice>[^\]]+)\]|(?P<space>\s+)|(?P<text>[^{}\[\]\s]+)"
)


@dataclass(frozen=True)
class Sentence:
    """One sentence of the rule language, in both languages.

    Attributes:
        name: Stable slug.
        kind: What it does.
        zh: Patterns in Chinese, the customary one first: ``{slot}`` is filled in, ``[a/b]`` is a
            choice of words, a space may be left out.
        en: Patterns in English.
        example_zh: A sentence as somebody would write it.
        example_en: The same in English.
        meaning_zh: What it means, in a line.
        meaning_en: The same in English.
        act: What it does to a draft.
        needs_table: Whether a table follows.
    """

    name: str
    kind: SentenceKind
    zh: tuple[str, ...]
    en: tuple[str, ...]
    example_zh: str
    example_en: str
    meaning_zh: str
    meaning_en: str
    act: Callable[..., None]

    @cached_property
    def needs_table(self) -> bool:
        """Whether a table follows the step."""
        return "table" in inspect.signature(self.act).parameters

    @cached_property
    def _wants_whole(self) -> bool:
        return "whole" in inspect.signature(self.act).parameters

    @cached_property
    def _expressions(self) -> tuple[re.Pattern[str], ...]:
        return tuple(_expression(pattern) for pattern in (*self.zh, *self.en))

    @property
    def pattern(self) -> str:
        """The customary pattern in the language spoken now."""
        return say(self.zh[0], self.en[0])

    @property
    def example(self) -> str:
        """The example in the language spoken now."""
        return say(self.example_zh, self.example_en)

    @property
    def meaning(self) -> str:
        """The meaning in the language spoken now."""
        return say(self.meaning_zh, self.meaning_en)

    def match(self, text: str) -> dict[str, tuple[int, int]] | None:
        """Find the slots of a text as spans, or None if it is not this sentence."""
        found = self.match_plain(plain_step(text))
        if found is None:
            return None
        return {slot: found.span(slot) for slot in found.groupdict() if found[slot]}

    def match_plain(self, plain: str) -> re.Match[str] | None:
        """Match a text that is half-width already."""
        for expression in self._expressions:
            if found := expression.fullmatch(plain):
                return found
        return None

    def slots_open(self, text: str) -> Iterator[tuple[str, int]]:
        """Give the slots that may be being filled in at the end of a text, and where they begin."""
        plain = halfwidth(text)
        for pattern in (*self.zh, *self.en):
            for piece in _PIECE.finditer(halfwidth(pattern)):
                if slot := piece["slot"]:
                    before = _expression(pattern[: piece.start()])
                    places = range(len(plain), -1, -1)
                    start = next((at for at in places if before.fullmatch(plain[:at])), None)
                    if start is not None:
                        yield slot, start

    def apply(self, draft: Draft, step: Phrase, table: StepTable | None) -> None:
        """Carry the sentence out on a draft; the step must match."""
        spans = self.match(step.text)
        if spans is None:
            raise ValueError(f"{step.text!r} is not the sentence {self.name}")
        given: dict[str, Any] = {
            slot: Phrase(step.text[start:end], step.spot.shifted(start))
            for slot, (start, end) in spans.items()
        }
        if self.needs_table:
            given["table"] = table
        elif table is not None:
            draft.problems.append(table_unread(step, table))
        if self._wants_whole:
            given["whole"] = step
        self.act(draft, **given)


def plain_step(text: str) -> str:
    """Make a step half-width and drop the stop at its end."""
    return halfwidth(text).rstrip(" .;,")


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    english = pattern.isascii()
    pieces: list[str] = []
    for piece in _PIECE.finditer(halfwidth(pattern)):
        if slot := piece["slot"]:
            pieces.append(f"(?P<{slot}>{_SLOTS.get(slot, '.+?')})")
        elif choice := piece["choice"]:
            words = sorted(choice.split("/"), key=len, reverse=True)
            pieces.append("(?:" + "|".join(re.escape(word) for word in words) + ")")
        elif piece["space"]:
            pieces.append(r"\s+" if english else r"\s*")
        else:
            pieces.append(re.escape(piece["text"]).replace("应", r"应\s*"))
    return re.compile("".join(pieces), re.IGNORECASE if english else 0)


SENTENCES: list[Sentence] = []
"""Every sentence there is."""


def sentence(
    kind: SentenceKind,
    zh: str | tuple[str, ...],
    en: str | tuple[str, ...],
    *,
    example: tuple[str, str],
    meaning: tuple[str, str],
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function the act of a sentence.

    The function's name is the sentence's. It is called with the draft and, by name, a ``Phrase``
    for every slot that was filled; with ``table`` and with ``whole``, the whole step, if it asks.
    """

    def enter(act: Callable[..., None]) -> Callable[..., None]:
        SENTENCES.append(
            Sentence(
                name=act.__name__.replace("_", "-"),
                kind=kind,
                zh=(zh,) if isinstance(zh, str) else zh,
                en=(en,) if isinstance(en, str) else en,
                example_zh=example[0],
                example_en=example[1],
                meaning_zh=meaning[0],
                meaning_en=meaning[1],
                act=act,
            )
        )
        return act

    return enter


LONGEST_STEP = 1000
"""Characters of a step; longer ones are no sentence, as patterns would take long over them."""


@lru_cache(maxsize=1 << 15)  # the same few are looked for again and again
def find(text: str, step: str) -> Sentence | None:
    """Find the sentence that a given, when or then step is, or None.

    Examples:
        >>> find("到2025年底", "given").name
        'due'
    """
    if len(text) > LONGEST_STEP:
        return None
    plain = plain_step(text)
    for kind in SentenceKind:  # definitions and norms first: a fact may say almost anything
        if kind.step == step:
            for each in SENTENCES:
                if each.kind is kind and each.match_plain(plain) is not None:
                    return each
    return None
