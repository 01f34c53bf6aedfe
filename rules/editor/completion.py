"""What may be typed next: sentences, and whatever fits into the slot that is being filled in."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.editor.things import document_of, plain, step_at
from dabiao.rules.formulas.examples import EXAMPLES
from dabiao.rules.formulas.functions import Function
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.sentences import SENTENCES, Sentence, SentenceKind
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import unit_words

_MOST = 100
_WORD = re.compile(r"[\w·/%]*$")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?\s*([^\W\d]*)$")
_SUBJECTS = re.compile(r'(?:考核对象是|the subjects are)\s*"([^"]+)"')
_SCENARIO = re.compile(r"\s*(?:场景大纲|场景|Scenario Outline|Scenario|Example)\s*:")
_BACKGROUND = re.compile(r"\s*(?:背景|规则|功能|Background|Rule|Feature)\s*:")
_PLACEHOLDER = re.compile(r"\{(\w+)\}|\[([^\]/]+)[^\]]*\]")
_CHOICE = re.compile(r"\[([^\]]+)\]")
_SLOTS = {
    "year": ("年份", "year"),
    "first": ("起始年", "first year"),
    "last": ("结束年", "last year"),
    "month": ("月", "month"),
    "level": ("层级", "level"),
    "left": ("数据项", "item"),
    "measure": ("数据项", "item"),
    "right": ("数和单位", "number and unit"),
    "value": ("数和单位", "number and unit"),
    "least": ("数和单位", "number and unit"),
    "formula": ("条件", "condition"),
    "tag": ("@标签", "@tag"),
    "names": ('"单位"', '"unit"'),
}
"""What stands in a slot until it is filled in."""
_ALONE = ("level", "year", "first", "last", "tag", "code", "count", "floor", "month", "names")
"""Slots that hold something of their own; the others hold a piece of a formula."""


class OfferKind(StrEnum):
    """What is offered."""

    SENTENCE = "sentence"
    MEASURE = "measure"
    FUNCTION = "function"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be typed.

    Attributes:
        label: What is shown.
        insert: What is put into the text, with ``${1:…}`` where something is to be filled in.
        detail: What it is, in a few words.
        kind: Which kind of thing.
        start: Where what it takes the place of begins in the line, counted from 0.
        first: Whether it fits better than the others.
    """

    label: str
    insert: str
    detail: str
    kind: OfferKind
    start: int
    first: bool = True


def offers(lines: list[str], row: int, column: int, catalog: Catalog) -> list[Offer]:
    """List what may be typed at a place of a feature, what fits best first."""
    if not 0 <= row < len(lines):
        return []
    line = plain(lines[row])[:column]
    asked = _Asked(lines, row, catalog)
    if line.lstrip().startswith("|"):
        found = list(asked.in_table(line))
    else:
        found = list(asked.in_step(line))
    unique = {(each.label, each.start): each for each in found}
    order = [OfferKind.SENTENCE, OfferKind.WORD, OfferKind.MEASURE, OfferKind.FUNCTION]
    best = sorted(unique.values(), key=lambda each: (not each.first, order.index(each.kind)))
    return best[:_MOST]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A place that something is asked for at."""

    lines: list[str]
    row: int
    catalog: Catalog

    @property
    def words(self) -> Vocabulary:
        return self.catalog.vocabulary

    def in_step(self, line: str) -> Iterator[Offer]:
        """Offer sentences, and what fills the slots that are open at the end of one."""
        step = step_at([*self.lines[: self.row], line], self.row)
        if step is None:
            return
        kind, _, start = step
        said = line[start:]
        # many sentences begin alike: what fills a slot is offered once, whosever it is
        open_slots: dict[tuple[str, int], tuple[Sentence, str]] = {}
        for each in SENTENCES:
            if each.kind.step != kind or each.kind not in self._kinds():
                continue
            yield from self._sentence(each, said, start)
            for slot, at in each.slots_open(said):
                name = slot if slot in _ALONE else f"{each.name} {slot}" if slot == "text" else ""
                open_slots.setdefault((name, at), (each, slot))
        for (_, at), (each, slot) in open_slots.items():
            yield from self._slot(each, slot, said[:at], said[at:], start + at)

    def _kinds(self) -> tuple[SentenceKind, ...]:
        """Tell which sentences may stand here: those of a scenario, or of a background."""
        for at in range(self.row, -1, -1):
            if _SCENARIO.match(plain(self.lines[at])):
                return (SentenceKind.FACTS, SentenceKind.JUDGING, SentenceKind.EXPECTED)
            if _BACKGROUND.match(plain(self.lines[at])):
                break
        return (SentenceKind.DEFINITION, SentenceKind.NORM)

    def _sentence(self, sentence: Sentence, said: str, start: int) -> Iterator[Offer]:
        """Offer a whole sentence, or what is left of it behind a measure that is typed already.

        It is offered in its customary words, or in the first of its others that begins as is typed.
        """
        patterns = sentence.zh if sentence.pattern == sentence.zh[0] else sentence.en
        for pattern in (each for whole in patterns for each in _wordings(whole)):
            rest, at, begun = self._behind_measure(pattern, said, start)
            label = _PLACEHOLDER.sub(lambda slot: _shown(slot[1], slot[2]), rest)
            open_end = rest.startswith("{") and begun.strip()
            if label.startswith(begun.strip()) and not open_end:
                yield Offer(label, _snippet(rest), sentence.meaning, OfferKind.SENTENCE, at)
                return

    def _behind_measure(self, pattern: str, said: str, start: int) -> tuple[str, int, str]:
        """Give what is left of a pattern and of a line, and its place, behind a known measure."""
        slot, _, rest = pattern.partition("}")
        name, _, begun = said.partition(" ")
        if slot in ("{left", "{measure") and name in self.words.names:
            return rest.lstrip(), start + len(name) + 1, begun
        return pattern, start, said

    def _slot(
        self, sentence: Sentence, slot: str, before: str, typed: str, start: int
    ) -> Iterator[Offer]:
        """Offer what fills a slot."""
        match slot:
            case "level":
                yield from self._of([each.label for each in Level], typed, start)
            case "year" | "first" | "last":
                yield from self._of(self._years(), typed, start)
            case "tag":
                yield from self._of(self._tags(), typed, start)
            case "code":
                yield from self._of(self._places(), typed, start)
            case "text":
                yield from self._of(self._texts(sentence, before), typed, start)
            case "count" | "floor" | "month" | "names":
                return
            case "value" if options := self._options(before):
                yield from self._of(options, typed, start)
            case _:
                yield from self._formula(typed, start)

    def _texts(self, sentence: Sentence, before: str) -> Iterable[str] | Mapping[str, str]:
        """List the texts that a quoted slot may hold."""
        catalog = self.catalog
        known: Mapping[str, Callable[[], Iterable[str] | Mapping[str, str]]] = {
            "document": lambda: {id_: each.title for id_, each in catalog.documents.items()},
            "used": lambda: {id_: each.title for id_, each in catalog.documents.items()},
            "area": self._places,
            "outcome": lambda: [each.label for each in Outcome],
            "outcome-of": lambda: [each.label for each in Outcome],
            "noted": lambda: {slug: each.name for slug, each in catalog.checks.items()},
            "not-noted": lambda: {slug: each.name for slug, each in catalog.checks.items()},
            "says": lambda: self._options(before),
            "contradiction": lambda: {id_: each.title for id_, each in catalog.rules.items()},
            "replacement": lambda: {id_: each.title for id_, each in catalog.rules.items()},
        }
        found = known.get(sentence.name)
        return found() if found is not None else ()

    def _options(self, before: str) -> list[str]:
        """List what the measure that a sentence has just named may say, where it says words."""
        named = [
            (before.rfind(name), len(name), slug)
            for name, slug in self.words.names.items()
            if name in before
        ]
        item = self.words.items.get(max(named, default=(0, 0, ""))[2])
        if item is None:
            return []
        yes_no = [say("是", "yes"), say("否", "no")]
        return yes_no if item.type is ItemType.BOOLEAN else list(item.options)

    def _formula(self, typed: str, start: int) -> Iterator[Offer]:
        """Offer measures, functions, levels; texts behind a comparison; units behind a number."""
        number = _NUMBER.search(typed)
        if number is not None:
            yield from self._of(sorted(unit_words()), number[1], start + number.start(1))
            return
        if typed.count('"') % 2:
            at = typed.rindex('"') + 1
            yield from self._of(self._options(typed[:at]), typed[at:], start + at)
            return
        word = _WORD.search(typed)
        begun = word[0] if word is not None else ""
        start += len(typed) - len(begun)
        level = self._level()
        for name, slug in self.words.names.items():
            measure = self.words.measure(slug)
            if name == say(measure.name, measure.slug):
                fits = level is None or self.words.exists_at(slug, level)
                unit = f" {measure.unit}" if measure.unit else ""
                kind = (
                    say("数据项", "item") if isinstance(measure, Item) else say("指标", "indicator")
                )
                yield from _matching(
                    Offer(name, name, f"{kind}{unit}", OfferKind.MEASURE, start, fits), begun
                )
        for function in Function:
            gives = say(*EXAMPLES[function].gives)
            called = f"{function.label}($1)"
            told = Offer(function.usage, called, gives, OfferKind.FUNCTION, start)
            yield from _matching(told, begun)
        yield from self._of([each.label for each in Level], begun, start)

    def in_table(self, line: str) -> Iterator[Offer]:
        """Offer what a cell may hold, by the heading of its column."""
        top = self.row
        while top > 0 and plain(self.lines[top - 1]).lstrip().startswith("|"):
            top -= 1
        heads = [cell.strip() for cell in plain(self.lines[top]).strip().strip("|").split("|")]
        cells = line.lstrip().split("|")[1:]
        typed = cells[-1].lstrip() if cells else ""
        start = len(line) - len(typed)
        if self.row == top:
            names = {each.name: each.unit for each in self.words.items.values()}
            yield from self._of(names, typed, start, first=False)
            return
        head = heads[len(cells) - 1] if 0 < len(cells) <= len(heads) else ""
        match head:
            case "层级" | "level":
                yield from self._of(
                    [each.label for each in Level],
                    typed.split("、")[-1],
                    len(line) - len(typed.split("、")[-1]),
                )
            case "单位" | "unit":
                yield from self._of(sorted(unit_words()), typed, start)
            case "类型" | "type":
                yield from self._of([each.zh for each in ItemType], typed, start)
            case "汇总" | "total":
                yield from self._of([say("求和", "sum")], typed, start)
            case "程度" | "degree":
                yield from self._of(
                    [say("不可能", "impossible"), say("少见", "unusual")], typed, start
                )
            case "结论" | "outcome":
                yield from self._of([each.label for each in Outcome], typed, start)
            case "公式" | "关系" | "仅限" | "formula" | "relation" | "only where":
                yield from self._formula(typed, start)
            case _:
                yield from self._of(self._options(head), typed, start)

    def _of(
        self,
        texts: Iterable[str] | Mapping[str, str],
        typed: str,
        start: int,
        *,
        first: bool = True,
    ) -> Iterator[Offer]:
        told = texts if isinstance(texts, Mapping) else dict.fromkeys(texts, "")
        for text, detail in told.items():
            yield from _matching(Offer(text, text, detail, OfferKind.WORD, start, first), typed)

    def _level(self) -> Level | None:
        """Tell the level of the rule that a line is of."""
        for at in range(self.row, -1, -1):
            if found := _SUBJECTS.search(plain(self.lines[at])):
                return Level.named(found[1])
        return None

    def _years(self) -> list[str]:
        document = self.catalog.documents.get(document_of(self.lines, self.row) or "")
        if document is None:
            return []
        last = document.period.to or document.period.from_ + 5
        return [str(year) for year in range(last, document.period.from_ - 2, -1)]

    def _tags(self) -> list[str]:
        here = document_of(self.lines, self.row)
        return [f"@{tag}" for document, tag in self.catalog.tagged if document == here]

    def _places(self) -> dict[str, str]:
        return {place.name: code for code, place in self.catalog.places.items()}


def _matching(offer: Offer, typed: str) -> Iterator[Offer]:
    """Give an offer if what is typed, or the end of it, may be the beginning of its label.

    It stands for what is typed from there on.
    """
    if not typed:
        yield offer
        return
    for at in range(len(typed)):
        rest = typed[at:]
        begins = offer.label.startswith(rest)
        if begins or (len(rest) > 1 and rest in offer.label):
            yield replace(offer, start=offer.start + at, first=offer.first and begins)
            return


def _wordings(pattern: str) -> Iterator[str]:
    """Write a pattern with each of the words that it leaves a choice of."""
    choice = _CHOICE.search(pattern)
    if choice is None:
        yield pattern
        return
    for word in choice[1].split("/"):
        yield from _wordings(pattern[: choice.start()] + word + pattern[choice.end() :])


def _shown(slot: str | None, choice: str | None) -> str:
    if choice:
        return choice
    return say(*_SLOTS.get(slot or "", ("…", "…")))


def _snippet(pattern: str) -> str:
    """Write a pattern so that an editor leads from slot to slot."""
    filled: list[str] = []

    def fill(slot: re.Match[str]) -> str:
        if slot[2]:
            return slot[2]
        filled.append(slot[1])
        return f"${{{len(filled)}:{_shown(slot[1], None)}}}"

    return _PLACEHOLDER.sub(fill, pattern)
