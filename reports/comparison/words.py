"""Why a finding is another one, in words."""

from typing import assert_never

from dabiao.reports import numbers
from dabiao.schemas.comparison import Cause, CauseKind
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome

_PARTS = {
    "condition": ("仅限", "only where"),
    "norm": ("要求", "norm"),
    "value": ("公式", "value"),
    "baseline": ("基期", "baseline"),
    "timing": ("时限", "timing"),
    "decimals": ("小数位", "decimals"),
    "tolerance": ("允许的差距", "tolerance"),
    "level": ("考核对象", "level"),
    "area": ("适用地区", "area"),
    "unit": ("单位", "unit"),
    "document": ("文件适用的地区和年份", "where and when its document is in force"),
    "formula": ("公式", "formula"),
}


def cause_words(cause: Cause) -> str:
    """Say one cause in a clause."""
    said = cause.kind.label + _part(cause.part) + _what(cause) + _alone(cause)
    if cause.more:
        said += say(f"，另有 {cause.more:,} 处", f", and {cause.more:,} more")
    return said


def _part(part: str) -> str:
    if not part:
        return ""
    word = say(*_PARTS[part]) if part in _PARTS else part
    return say(f"（{word}）", f" ({word})")


def _what(cause: Cause) -> str:
    """Say of whom or what, and from what to what."""
    match cause.kind:
        case CauseKind.WAIVER_EXPIRED:
            return say(
                f"：案件 {cause.name} 豁免到 {cause.before} 当天24点止，{cause.after} 起重新计算",
                f": case {cause.name} was waived through {cause.before}, and counts again from"
                f" {cause.after}",
            )
        case CauseKind.WAIVER:
            return _waived(cause)
        case CauseKind.NOT_KEPT:
            return _not_kept(cause)
        case CauseKind.FACTS | CauseKind.READING:
            told = _whose(cause) + _turn(_outcome(cause.before), _outcome(cause.after))
            return _after(told + _where(cause))
        case CauseKind.ROSTER:
            return _after(_whose(cause) + _turn(cause.before, cause.after))
        case (
            CauseKind.RULE
            | CauseKind.ADDED
            | CauseKind.WITHDRAWN
            | CauseKind.SUPERSEDED
            | CauseKind.YEAR
            | CauseKind.PROGRAM
            | CauseKind.UNKNOWN
        ):
            return _after(_whose(cause) + _turn(cause.before, cause.after))
        case _:
            assert_never(cause.kind)


def _after(text: str) -> str:
    return say("：", ": ") + text.strip() if text.strip() else ""


def _whose(cause: Cause) -> str:
    when = say(f"{cause.year}年", f"{cause.year} ") if cause.year else ""
    return "".join(f"{each} " for each in (cause.subject, when + cause.name) if each)


def _turn(before: Scalar, after: Scalar) -> str:
    if before is None and after is None:
        return ""
    return f"{numbers.scalar(before)} → {numbers.scalar(after)}"


def _outcome(value: Scalar) -> Scalar:
    """Say the outcome of a finding below in words; other values stay as they are."""
    known = {str(each): each for each in Outcome}
    return known[value].label if isinstance(value, str) and value in known else value


def _waived(cause: Cause) -> str:
    if cause.after is not None:
        return say(
            f"：案件 {cause.name} 新获豁免，到 {cause.after} 止",
            f": case {cause.name} was waived through {cause.after}",
        )
    return say(
        f"：案件 {cause.name} 到 {cause.before} 止的豁免提前取消",
        f": the waiver of case {cause.name} through {cause.before} was taken back",
    )


def _not_kept(cause: Cause) -> str:
    if cause.before is None:
        word = _outcome(cause.after)
        return say(f"：上次不是{word}，是什么没有保存", f": it was not {word} before")
    word = _outcome(cause.before)
    return say(f"：这次不是{word}，是什么没有保存", f": it is not {word} now")


def _where(cause: Cause) -> str:
    if cause.source is None:
        return ""
    of = cause.source
    return " [" + " ".join(each for each in (of.file, of.sheet, of.cell) if each) + "]"


def _alone(cause: Cause) -> str:
    if cause.alone is None:
        return ""
    if cause.kind is CauseKind.WAIVER_EXPIRED:
        return (
            say("，单凭这一点就要重新计算", ", enough by itself for it to count")
            if cause.alone
            else say("，单凭这一点还不至于", ", not enough by itself")
        )
    return (
        say("，单独就足以改变", ", enough by itself")
        if cause.alone
        else say("，单独还不足以改变", ", not enough by itself")
    )
