"""What an editor tells of a name: its definition, and where it is used."""

from collections.abc import Iterator
from typing import assert_never

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import formulas
from dabiao.rules.editor.things import NamedThing, ThingKind
from dabiao.rules.formulas.examples import EXAMPLES
from dabiao.rules.formulas.formula import Formula, Measured, walk
from dabiao.rules.formulas.functions import Function
from dabiao.rules.sentences import SENTENCES
from dabiao.schemas.language import say
from dabiao.schemas.measure import Indicator, Item, Measure, Summation

_MOST = 8
"""Places of use that are listed."""


def told_of(thing: NamedThing, catalog: Catalog) -> str:
    """Tell of something, in Markdown."""
    match thing.kind:
        case ThingKind.MEASURE:
            return _paragraphs(_measure(thing.key, catalog))
        case ThingKind.FUNCTION:
            return _paragraphs(_function(Function(thing.key)))
        case ThingKind.RULE:
            return _paragraphs(_rule(catalog.rules[thing.key]))
        case ThingKind.DOCUMENT:
            return _paragraphs(_document(thing.key, catalog))
        case ThingKind.PLACE:
            place = catalog.places[thing.key]
            above = catalog.places.get(place.parent or "")
            within = say(f"，属{above.name}", f", in {above.name}") if above is not None else ""
            return f"**{place.name}** {place.code}：{place.level.label}{within}"
        case ThingKind.SENTENCE:
            return _paragraphs(_sentence(thing.key))
        case _:
            assert_never(thing.kind)


def _paragraphs(parts: Iterator[str]) -> str:
    return "\n\n".join(parts)


def _measure(slug: str, catalog: Catalog) -> Iterator[str]:
    measure = catalog.vocabulary.measure(slug)
    kind = say("数据项", "item") if isinstance(measure, Item) else say("指标", "indicator")
    unit = say(f"，单位 {measure.unit}", f", in {measure.unit}") if measure.unit else ""
    levels = say("、", ", ").join(level.label for level in measure.levels)
    yield f"**{measure.name}** `{slug}`"
    yield f"{kind}{say('，', ', ')}{levels}{unit}{_range(measure)}"
    if measure.definition:
        yield measure.definition
    if isinstance(measure, Indicator):
        yield f"= `{measure.formula}`"
    used = [
        *(rule.id for rule in catalog if slug in _measures_of(rule)),
        *(
            catalog.vocabulary.indicators[each].name
            for each, formula in catalog.vocabulary.formulas.items()
            if slug in _looked_at([formula])
        ),
    ]
    if used:
        more = say(f" 等 {len(used)} 处", f" … {len(used)} in all") if len(used) > _MOST else ""
        listed = say("、", ", ").join(used[:_MOST])
        yield say(f"用在：{listed}{more}", f"used by: {listed}{more}")


def _range(measure: Measure) -> str:
    if not isinstance(measure, Item):
        return ""
    told = say("、", ", ").join(measure.options)
    if measure.minimum is not None or measure.maximum is not None:
        ends = (measure.minimum, measure.maximum)
        told = "..".join("" if end is None else f"{end:.10g}" for end in ends)
    summed = say("，由下级求和", ", summed from below")
    return (say(f"，范围 {told}", f", {told}") if told else "") + (
        summed if measure.summation is Summation.SUM else ""
    )


def _measures_of(rule: Rule) -> set[str]:
    wanted = list(formulas(rule.norm))
    if rule.condition is not None:
        wanted.append(rule.condition)
    return _looked_at(wanted)


def _looked_at(wanted: list[Formula]) -> set[str]:
    parts = (part for formula in wanted for part in walk(formula))
    return {part.slug for part in parts if isinstance(part, Measured)}


def _function(function: Function) -> Iterator[str]:
    known = EXAMPLES[function]
    yield f"**{function.usage}**"
    yield say(*known.gives)
    yield f"{say('例：', 'e.g. ')}`{say(*known.example)}`"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"**{rule.title}** `{rule.id}`"
    yield f"{rule.level.label}{say('：', ': ')}{rule.norm_text}"
    if rule.condition_text:
        yield say(f"仅限 {rule.condition_text}", f"only where {rule.condition_text}")
    yield say("、", ", ").join(rule.places)
    if rule.description:
        yield rule.description


def _document(id_: str, catalog: Catalog) -> Iterator[str]:
    document = catalog.documents[id_]
    end = document.period.to or ""
    yield f"**{document.title}** `{id_}`"
    place = catalog.places.get(document.jurisdiction or "")
    where = place.name if place is not None else say("不限地区", "every place")
    yield f"{where}，{document.period.from_}—{end}"
    rules = sum(rule.document.id == id_ for rule in catalog)
    yield say(f"{rules} 条规则", f"{rules} rules")


def _sentence(key: str) -> Iterator[str]:
    kind, _, name = key.partition("/")
    for each in SENTENCES:
        if (each.kind.value, each.name) == (kind, name):
            yield f"**{each.pattern}**"
            yield each.meaning
            yield f"{say('例：', 'e.g. ')}{each.example}"
