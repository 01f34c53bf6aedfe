"""In what two measures of one name are not the same."""

import re

from dabiao.rules.packs.clash import Difference
from dabiao.schemas.language import say
from dabiao.schemas.measure import Indicator, Item, Measure


def differences(known: Measure, said: Measure) -> list[Difference]:
    """List in what a measure is not the one that is known; what it leaves out it does not say."""
    pairs = [
        (say("种类", "the kind"), _kind(known), _kind(said)),
        (say("名称", "the name"), known.name, said.name),
        (say("标识", "the slug"), known.slug, said.slug),
        (say("英文", "the English name"), known.english, said.english or known.english),
        (say("层级", "the level"), _levels(known), _levels(said)),
        (say("单位", "the unit"), known.unit, said.unit),
        (say("口径", "the definition"), known.definition, said.definition or known.definition),
    ]
    if isinstance(known, Item) and isinstance(said, Item):
        pairs += [
            (say("类型", "the type"), known.type.zh, said.type.zh),
            (say("范围", "the range"), _bounds(known), _bounds(said)),
            (say("汇总", "the total"), known.summation.value, said.summation.value),
        ]
    if isinstance(known, Indicator) and isinstance(said, Indicator):
        one, other = (re.sub(r"\s", "", each.formula) for each in (known, said))
        pairs.append((say("公式", "the formula"), one, other))
    return [(name, one, other) for name, one, other in pairs if one != other]


def _kind(measure: Measure) -> str:
    return say("数据项", "item") if isinstance(measure, Item) else say("指标", "indicator")


def _levels(measure: Measure) -> str:
    return say("、", ", ").join(level.label for level in measure.levels)


def _bounds(item: Item) -> str:
    if item.options or (item.minimum is None and item.maximum is None):
        return "、".join(item.options)
    low, high = ("" if each is None else f"{each:.15g}" for each in (item.minimum, item.maximum))
    return f"{low}..{high}"
