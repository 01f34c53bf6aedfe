"""From a sentence of a plan to a first outline of its rule, for its writer to correct."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dabiao.rules.catalog import Catalog
from dabiao.rules.halfwidth import halfwidth
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType, Measure

_CANDIDATES = 5
# How plans put a bound, the more telling wording first, and the sentence that means it.
_BOUNDS = (
    (r"不超过|不高于|不多于|不大于|以内|以下|控制在|至多", "应不高于"),
    (r"只增不减|逐年不减", "应只增不减"),
    (r"只减不增|逐年不增", "应逐年不增"),
    (r"不低于|不少于|不小于|以上|达到|达|至少|提高到|增加到", "应不低于"),
    (r"超过|高于|大于|突破", "应高于"),
    (r"低于|不足|少于", "应低于"),
    (r"下降到|降至|降到|减少到", "应不高于"),
)
_WITHOUT_NUMBER = ("应只增不减", "应逐年不增")
_TIMINGS = (
    (r"到(\d{4})年", "到{}年底"),
    (r"[自从](\d{4})年(?:\d{1,2}月)?起", "自{}年起"),
    (r"(\d{4})年(?:年底|底)前?", "到{}年底"),
    (r"(\d{4})年内?", "{}年内"),
    (r"每年|逐年|长期|常态化|始终|持续", "长期执行"),
)
_NUMBER = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)(?P<unit>万?(?:%|个百分点|[^\W\d_]{1,3}))?", re.UNICODE
)
_YEAR = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a sentence seems to say; empty where it does not tell.

    Attributes:
        measures: Names of measures it may be about, the likeliest first.
        level: Level of the subjects.
        timing: A timing sentence.
        norm: A norm sentence.
        aspiration: Whether it only strives (力争, 争取).
    """

    measures: tuple[str, ...]
    level: str | None
    timing: str
    norm: str | None
    aspiration: bool


def suggest(sentence: str, document: str, catalog: Catalog) -> Suggestion:
    """Read a sentence of a plan as far as its words are customary.

    Args:
        sentence: The sentence, as it stands in the plan.
        document: Id of the document.
        catalog: The pack; its vocabulary is where measures are looked for.
    """
    text = halfwidth(sentence)
    measures = list(_measures(text, catalog))
    first = measures[0] if measures else None
    return Suggestion(
        measures=tuple(measure.name for measure in measures),
        level=_level(text, document, catalog, first),
        timing=_timing(text, document, catalog),
        norm=_norm(text, first) if first is not None else None,
        aspiration=bool(re.search(r"力争|争取", text)),
    )


def _measures(text: str, catalog: Catalog) -> Iterator[Measure]:
    """Find the measures whose names share most with the text."""
    vocabulary = catalog.vocabulary
    scored = sorted(
        (
            (-_shared(measure.name, text), -len(measure.name), measure.slug, measure)
            for measure in (*vocabulary.items.values(), *vocabulary.indicators.values())
        ),
        key=lambda each: each[:3],
    )
    for score, _, _, measure in scored[:_CANDIDATES]:
        if -score >= _ENOUGH:
            yield measure


_ENOUGH = 0.6
"""Share of a name's pairs of characters that the sentence must hold."""


def _shared(name: str, text: str) -> float:
    plain = halfwidth(name)
    if plain in text:
        return 2.0
    pairs = {plain[at : at + 2] for at in range(len(plain) - 1)}
    return sum(pair in text for pair in pairs) / max(len(pairs), 1)


def _level(text: str, document: str, catalog: Catalog, measure: Measure | None) -> str | None:
    known = measure.levels if measure is not None else tuple(Level)
    for level in reversed(Level):  # 每校各班 speaks of classes
        if level in known and re.search(level.hint, text):
            return level.label
    home = catalog.documents[document].jurisdiction if document in catalog.documents else None
    place = catalog.places.get(home or "")
    level = place.level if place is not None and place.level in known else known[0]
    return level.label


def _timing(text: str, document: str, catalog: Catalog) -> str:
    for words, timing in _TIMINGS:
        if found := re.search(words, text):
            return timing.format(*found.groups())
    known = catalog.documents.get(document)
    if known is not None and known.period.to is not None:
        return f"到{known.period.to}年底"
    return "长期执行"


def _norm(text: str, measure: Measure) -> str | None:
    if isinstance(measure, Item) and measure.type is ItemType.BOOLEAN:
        return f'{measure.name} 应为"是"'
    bound = next((meant for words, meant in _BOUNDS if re.search(words, text)), "应不低于")
    if bound in _WITHOUT_NUMBER:
        return f"{measure.name} {bound}"
    found = _NUMBER.search(_YEAR.sub("", text))
    if found is None:
        return None
    magnitude = "万" if (found["unit"] or "").startswith("万") else ""
    return f"{measure.name} {bound} {found['number']}{magnitude}{measure.unit.removeprefix('万')}"
