"""What of a rule is another thing: the parts it tells of itself, and formulas it rests on."""

import re
from collections.abc import Iterator

from dabiao.schemas.comparison import Cause, CauseKind
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.naming import Bilingual
from dabiao.schemas.rule import Baseline, JudgedRule, Timing

_PARTS = (
    *("condition", "norm", "value", "baseline", "timing", "decimals", "tolerance"),
    *("level", "area", "unit"),
)
"""What of a rule decides a verdict; the rest tells who answers for it and where it stands."""
_BOUNDS = frozenset({"norm", "baseline", "timing"})
_MARK = re.compile(r"\{([^{}]+)\}")


def is_bound(cause: Cause) -> bool:
    """Tell whether it is a part of a rule that says what is required, not what is observed."""
    return cause.kind is CauseKind.RULE and cause.part in _BOUNDS


def changed_rule(
    old: JudgedRule, new: JudgedRule, before: Finding, after: Finding
) -> Iterator[Cause]:
    """Say which parts of a rule differ; where none of those it tells does, one it does not tell.

    Args:
        old: The rule as the earlier run has it, whatever its year.
        new: As the later one has it.
        before: A finding of it.
        after: The same one later.
    """
    formulas = list(_formulas(before, after))
    yield from (each for each in changed_parts(old, new) if each.part != "formula" or not formulas)
    yield from formulas


def changed_parts(before: JudgedRule, after: JudgedRule) -> Iterator[Cause]:
    """Say which parts of a rule differ; where none of those it tells does, one it does not tell."""
    told = list(_told_parts(before, after))
    yield from told
    if not told and before.hash != after.hash:
        yield Cause(kind=CauseKind.RULE, part="formula")


def _told_parts(before: JudgedRule, after: JudgedRule) -> Iterator[Cause]:
    for part in _PARTS:
        one, other = getattr(before, part), getattr(after, part)
        if one != other:
            yield Cause(kind=CauseKind.RULE, part=part, before=_words(one), after=_words(other))
    one, other = (_force(each) for each in (before, after))
    if one != other:
        yield Cause(kind=CauseKind.RULE, part="document", before=one, after=other)


def _force(rule: JudgedRule) -> str:
    """Say where and when a document is in force."""
    of = rule.document
    last = "" if of.period.to is None else of.period.to
    return f"{of.jurisdiction or ''} {of.period.from_}–{last}".strip()


def _formulas(before: Finding, after: Finding) -> Iterator[Cause]:
    """Name the indicators that are computed otherwise, of those that both findings rest on."""
    for slug in dict.fromkeys(each.measure for each in after.inputs):
        one, other = (_formula(each, slug) for each in (before, after))
        if one is not None and other is not None and one[1] != other[1]:
            yield Cause(
                kind=CauseKind.RULE,
                part="formula",
                measure=slug,
                name=other[0],
                before=one[1],
                after=other[1],
            )


def _formula(finding: Finding, slug: str) -> tuple[str, str] | None:
    """Give the name of an indicator and its formula, with the names of what is in it."""
    names = {each.measure: each.name for each in finding.inputs}
    formula = next((each.of.formula for each in finding.inputs if each.measure == slug), None)
    if not slug or formula is None:
        return None
    return names[slug], _MARK.sub(lambda found: names.get(found[1], found[1]), formula.text)


def _words(part: object) -> Scalar:
    match part:
        case None | str() | int() | float():
            return part
        case Bilingual():
            return part.text
        case Timing():
            return part.words
        case Baseline():
            value = "" if part.value is None else f" {part.value:g}"
            return say(f"{part.year}年", f"{part.year}") + value
        case _:
            raise TypeError(type(part).__name__)
