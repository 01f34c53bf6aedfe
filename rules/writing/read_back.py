"""What was understood of a sentence, in plain words: to be held against the sentence itself."""

from dabiao.rules.catalog.norm import Changes, Compares, Direction, Norm, Span, Within
from dabiao.rules.formulas.to_text import render
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.rules.packs.norms.built import BuiltNorm
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.unit import PER_ONE

_BOUNDS = {
    Comparator.AT_LEAST: ("至少 {0}，正好 {0} 算达标", "{0} or more; {0} itself complies"),
    Comparator.MORE_THAN: ("超过 {0}，正好 {0} 不算", "more than {0}; {0} itself does not comply"),
    Comparator.AT_MOST: ("最多 {0}，正好 {0} 算达标", "{0} or less; {0} itself complies"),
    Comparator.LESS_THAN: ("低于 {0}，正好 {0} 不算", "less than {0}; {0} itself does not comply"),
    Comparator.EQUAL: ("正好 {0}，多了少了都不算", "{0} exactly, neither more nor less"),
    Comparator.BETWEEN: ("{0} 到 {1}，两头都算", "{0} to {1}, both included"),
}


def read_back(built: BuiltNorm, level: Level, said: list[str], vocabulary: Vocabulary) -> str:
    """Put in plain words who is judged, when, and what is demanded.

    Args:
        built: The norm as it was checked.
        level: Level of the subjects.
        said: The sentences beside it, as they stand in the rule: timing, condition, baseline, ….
        vocabulary: The words of the pack.
    """
    parts = [say(f"每个{level.zh}", f"each {level.value}"), *said, _demand(built, vocabulary)]
    return say("，", "; ").join(filter(None, parts))


def _demand(built: BuiltNorm, vocabulary: Vocabulary) -> str:
    record, norm = built.record, built.norm
    if isinstance(norm, Changes):
        return f"{render(norm.value, vocabulary)} {_change(norm, built.unit)}"
    value = _value(norm, vocabulary)
    plain = isinstance(record.threshold, float) and not record.targets
    if value is None or record.comparator is None or not plain:
        return record.text
    bounds = [
        _shown(each, record.unit)
        for each in (record.threshold, record.upper)
        if not isinstance(each, bool | str)
    ]
    return f"{value} {say(*_BOUNDS[Comparator(record.comparator)]).format(*bounds)}"


def _value(norm: Norm, vocabulary: Vocabulary) -> str | None:
    """Give what is compared, with every name in the language spoken now."""
    if isinstance(norm, Compares | Within):
        return render(norm.value, vocabulary)
    return None


def _shown(bound: float | None, unit: str) -> str:
    if bound and unit == PER_ONE:
        return f"1:{round(1 / bound, 6):.8g}"
    return "" if bound is None else f"{bound:.10g}{unit}"


def _change(norm: Changes, unit: str) -> str:
    """Tell from what, in which direction and how far something has to change."""
    rises = norm.direction is Direction.RISE
    since = {
        Span.YEAR: ("比上一年", "against the year before"),
        Span.ANNUALISED: ("从基期算起，平均每年", "a year on average since the baseline"),
        Span.SINCE: (f"比{norm.since}年", f"against {norm.since}"),
    }[norm.span]
    if norm.strict:
        zh, en = ("提高", "rises") if rises else ("下降", "falls")
        return say(f"{since[0]}{zh}，持平不算", f"{en} {since[1]}; the same does not comply")
    if not norm.least:
        zh, en = ("不低", "not lower") if rises else ("不高", "not higher")
        return say(f"{since[0]}{zh}，持平算达标", f"{en} {since[1]}; the same complies")
    least = f"{norm.least:.10g}{'%' if norm.relative else unit}"
    zh, en = ("提高", "rises") if rises else ("下降", "falls")
    return say(f"{since[0]}至少{zh} {least}", f"{en} by {least} or more {since[1]}")
