"""Which measure a sentence of a plan names, where; and a number of it in the unit of that."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from dabiao.rules.files.policy_words import policy_words
from dabiao.rules.formulas.formula import Measured, Ratio
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.writing.plan_words import Piece
from dabiao.schemas.halfwidth import halfwidth
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, ItemType, Measure, is_category
from dabiao.schemas.record import dataclass
from dabiao.schemas.unit import PER_ONE, conversion, is_percent, is_points, parted, unit

_FILLERS = re.compile(r"总体|整体|全部|全面|的")
_NONE = re.compile("消除|清零|归零")
_CANDIDATES = 5
_NEAR = 0.5
"""Share of a name's pairs of characters that a sentence must hold to come near it."""
_TOTAL = r"(?:总人数|总数|人数|数)?"
_EACH = re.compile("[人生校班师户]均")
_WHOM = {"生": "生", "学": "生", "人": "人", "教": "师"}
"""For whom a mean is taken, by how 每生, 每名学生, 每人 and 每名教师 begin."""
_SHARE = r"(?:比例|占比|比重)"
_LIMIT = r"(?:应?(?:不低于|不少于|不小于|达到|达|超过|高于|不超过|不高于|至少达?到?|不得低于))"


@dataclass(frozen=True, slots=True)
class NamedSubject:
    """What a sentence makes a demand of.

    Attributes:
        name: What to call it.
        formula: What a norm calls it: a name, or a ratio of two.
        unit: Its unit.
        levels: Levels at which it exists, the highest first.
        boolean: Whether it is a yes or no.
        spans: Where its names begin and end in the sentence.
        others: Where names of other measures do.
    """

    name: str
    formula: str
    unit: str
    levels: tuple[Level, ...]
    boolean: bool
    spans: Mapping[int, int]
    others: Mapping[int, int] = field(default_factory=dict)


ANYTHING = NamedSubject("", "", "", tuple(Level), boolean=False, spans={})
"""What a sentence speaks of that names no measure."""


def subject_of(text: str, vocabulary: Vocabulary) -> NamedSubject | None:
    """Find the one measure, or the ratio of two, that a sentence names; None if it names none.

    Where it names several, the first is meant.
    """
    ratio = _ratio(text, vocabulary)
    if ratio is not None:
        return ratio
    named = _named(text, {halfwidth(each.name): each for each in vocabulary.measures.values()})
    usable = [each for each in named if each[2].unit or not is_category(each[2])]
    if not usable and _NONE.search(text):  # 消除大班额 is about 大班额数
        counted = {name.removesuffix("数"): each for name, each in _counts(vocabulary)}
        usable = named = _named(text, counted)
    if not usable:
        usable = named = list(_by_other_names(text, vocabulary))
    if not usable:
        return None
    measure = usable[0][2]
    boolean = isinstance(measure, Item) and measure.type is ItemType.BOOLEAN
    spans = {start: end for start, end, each in usable if each is measure}
    others = {start: end for start, end, each in named if each is not measure}
    levels = tuple(level for level in Level if vocabulary.exists_at(measure.slug, level))
    return NamedSubject(measure.name, measure.name, measure.unit, levels, boolean, spans, others)


def _counts(vocabulary: Vocabulary) -> Iterator[tuple[str, Measure]]:
    for each in vocabulary.measures.values():
        if each.name.endswith("数") and each.unit:
            yield halfwidth(each.name), each


def _by_other_names(text: str, vocabulary: Vocabulary) -> Iterator[tuple[int, int, Measure]]:
    """Find what plans call measures, where no name of one stands: 班额 is 班级人数.

    Of two that begin alike the longer comes last.
    """
    names = {each.name: each for each in vocabulary.measures.values()}
    found = (
        (*said.span(), names[use])
        for word in policy_words("measure-names")
        for use in word.uses
        if use in names
        for said in re.finditer(word.pattern, text)
    )
    yield from sorted(found, key=lambda each: each[:2])


def is_of_each(subject: NamedSubject, said: str) -> bool:
    """Tell whether a measure counts for each of whom is spoken.

    Args:
        subject: The measure: 生均公用经费, 教师人均工资.
        said: Of whom: 每生每年, 每名教师.
    """
    whom = _WHOM[said.removeprefix("每").removeprefix("名")[0]]
    return f"{whom}均" in subject.name or (whom == "人" and "均" in subject.name)


def near(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """List the names of the measures that share most with a sentence, the likeliest first."""
    scored = sorted(
        (-_shared(halfwidth(each.name), text), -len(each.name), each.slug, each.name)
        for each in vocabulary.measures.values()
    )
    return tuple(name for score, _, _, name in scored[:_CANDIDATES] if -score >= _NEAR)


def _shared(name: str, text: str) -> float:
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}
    return sum(pair in text for pair in pairs) / max(len(pairs), 1)


def _named(text: str, names: Mapping[str, Measure]) -> list[tuple[int, int, Measure]]:
    """Find names in a text, the longest where they overlap; 总体, 全部 and 的 may stand inside."""
    fillers = [found.span() for found in _FILLERS.finditer(text)]
    kept = [at for at in range(len(text)) if not any(start <= at < end for start, end in fillers)]
    plain = "".join(text[at] for at in kept)
    found: list[tuple[int, int, Measure]] = []
    for name in sorted(names, key=len, reverse=True):
        bare = _FILLERS.sub("", name)
        start = plain.find(bare) if bare else -1
        while start >= 0:
            begin, end = kept[start], kept[start + len(bare) - 1] + 1
            if not any(begin < stop and first < end for first, stop, _ in found):
                found.append((begin, end, names[name]))
            start = plain.find(bare, start + len(bare))
    return sorted(found, key=lambda each: each[0])


def _ratio(text: str, vocabulary: Vocabulary) -> NamedSubject | None:
    """Read 甲的比例不低于乙总数的10%, 甲不低于乙的10% and 甲占乙的10%: a share of two items."""
    counted = {
        halfwidth(each.name)[:-1]: each
        for each in vocabulary.items.values()
        if each.name.endswith("数") and each.unit
    }
    named = _named(text, counted)
    if len(named) != len(("part", "whole")):
        return None
    (start, stop, part), (begin, end, whole) = named
    between, behind = text[stop:begin], text[end:]
    share = re.fullmatch(rf"(?P<words>{_TOTAL}的?{_SHARE}){_LIMIT}", between)
    of = re.match(rf"{_TOTAL}的(?=[\d百])", behind)
    if of is not None and share is None:
        share = re.fullmatch(rf"(?P<words>{_TOTAL}){_LIMIT}", between)
    if share is None or of is None:
        share = re.fullmatch(rf"(?P<words>{_TOTAL}占)", between)
        of = re.match(rf"{_TOTAL}的?{_SHARE}?", behind)
    if share is None or of is None or part.unit != whole.unit:
        return None
    formula = f"比例({part.name}, {whole.name})"
    same = Ratio(Measured(part.slug), Measured(whole.slug))
    for slug, each in vocabulary.formulas.items():
        if each == same and slug in vocabulary.indicators:
            formula = vocabulary.indicators[slug].name
    levels = tuple(
        level
        for level in Level
        if vocabulary.exists_at(part.slug, level) and vocabulary.exists_at(whole.slug, level)
    )
    if not levels:
        return None
    spans = {start: stop + share.end("words"), begin: end + of.end()}
    return NamedSubject(formula, formula, "%", levels, boolean=False, spans=spans)


def amount_of(number: Piece) -> float:
    """Give the number itself."""
    return number.value if isinstance(number.value, float) else 0.0


def amount(number: Piece, subject: NamedSubject) -> str | None:
    """Write a bound in a unit that the measure can be compared in; None if there is none."""
    value, own = f"{amount_of(number):.10g}", subject.unit
    if PER_ONE in (number.unit, own):
        return number.text if number.unit == own else None
    magnitude, bare = parted(number.unit)
    if is_points(number.unit) or (not bare and amount_of(number) and _needs_unit(own)):
        return None
    if bare and conversion(unit(bare), unit(own)) is None:
        whole, _, each = own.partition("/")
        if not each or _EACH.match(subject.name) is None:
            return None
        if conversion(unit(bare), unit(whole)) is None:
            return None
        bare = f"{bare}/{each}"  # 人均…达到3平方米
    return value + magnitude + (bare or own)


def step(number: Piece, subject: NamedSubject) -> str | None:
    """Write an amount of change; a per cent of a percentage could be either, so is none."""
    value, own = f"{amount_of(number):.10g}", subject.unit
    if number.unit == PER_ONE:
        return None
    if is_percent(own):
        return f"{value}个百分点" if is_points(number.unit) else None
    return f"{value}%" if is_percent(number.unit) else amount(number, subject)


def _needs_unit(own: str) -> bool:
    """Tell whether a bare number could be meant in another unit: per cents, and money."""
    return is_percent(own) or "元" in own or bool(parted(own)[0])
