"""The customary sentence of a norm: what it means, put into words again."""

from dabiao.rules.catalog.norm_sentence import change_sentence, roll_up_sentence
from dabiao.rules.language.draft import (
    AlternativesDraft,
    ChangesDraft,
    ComparesDraft,
    NormDraft,
    RecurrenceDraft,
    RollsUpDraft,
    SaysDraft,
    TargetsDraft,
    WithinDraft,
)
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.language import say

_COMPARATORS = {  # some of them: a range has a sentence of its own
    Comparator.AT_LEAST: ("应不低于", "should be at least"),
    Comparator.MORE_THAN: ("应高于", "should be more than"),
    Comparator.AT_MOST: ("应不高于", "should be at most"),
    Comparator.LESS_THAN: ("应低于", "should be less than"),
    Comparator.EQUAL: ("应等于", "should be equal to"),
}


def norm_text(norm: NormDraft) -> str:
    """Write the customary sentence of a norm in the language spoken now.

    However a norm was worded, its sentence reads back to the same norm.
    """
    match norm:
        case ComparesDraft(left, comparator, right, term) if term is not None:
            asked, asked_en = _COMPARATORS[comparator]
            return say(
                f"{left.text} 应每{term.label}{asked.removeprefix('应')} {right.text}",
                f"{left.text} {asked_en} {right.text} every {term.label}",
            )
        case ComparesDraft(left, comparator, right):
            return f"{left.text} {say(*_COMPARATORS[comparator])} {right.text}"
        case WithinDraft(left, low, high):
            return say(
                f"{left.text} 应在 {low.text} 至 {high.text} 之间",
                f"{left.text} should be between {low.text} and {high.text}",
            )
        case SaysDraft(left, text):
            return say(f'{left.text} 应为"{text.text}"', f'{left.text} should be "{text.text}"')
        case ChangesDraft(left, direction, span, least, since, strict):
            told = None if least is None else least.text
            return change_sentence(left.text, direction, span, told, since=since, strict=strict)
        case RollsUpDraft():
            return _rolls_up(norm)
        case TargetsDraft():
            return _targets(norm)
        case RecurrenceDraft():
            return _recurs(norm)
        case AlternativesDraft(options):
            return say(" 或 ", " or ").join(norm_text(each.norm) for each in options)


def _targets(norm: TargetsDraft) -> str:
    """Write the sentence with its table behind it."""
    asked, asked_en = _COMPARATORS[norm.comparator]
    listed = say("、", ", ").join(f"{where.text} {target.text}" for where, target in norm.targets)
    return say(
        f"{norm.left.text} {asked} {norm.by.text}的目标（{listed}）",
        f"{norm.left.text} {asked_en} the targets by {norm.by.text} ({listed})",
    )


def _recurs(norm: RecurrenceDraft) -> str:
    asked, asked_en = _COMPARATORS[norm.comparator]
    asked, left, right = asked.removeprefix("应"), norm.left.text, norm.right.text
    if norm.years == norm.least:
        return say(
            f"{left} 应连续{norm.years}年{asked} {right}",
            f"{left} {asked_en} {right} for {norm.years} years running",
        )
    return say(
        f"{left} 应在{norm.years}年中至少{norm.least}年{asked} {right}",
        f"{left} {asked_en} {right} in at least {norm.least} of {norm.years} years",
    )


def _rolls_up(norm: RollsUpDraft) -> str:
    tag = norm.tag.text
    if norm.level is None:
        return say(f'自身应符合"{tag}"', f'itself should comply with "{tag}"')
    return roll_up_sentence(f'"{norm.level.text}"', f'"{tag}"', norm.count, norm.floor)
