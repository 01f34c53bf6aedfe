"""Words for what is missing: whose, of which year, and why."""

from collections.abc import Iterable
from typing import assert_never

from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.reasons.lacks import Lack, NamedFew, WhyMissing
from dabiao.schemas.reasons.why import Lacking, ScopeUnknown
from dabiao.schemas.source import Source


def several(few: NamedFew) -> str:
    """Name the first of some subjects, and say how many there are in all."""
    return named([each.name for each in few.first], few)


def named(names: list[str], few: NamedFew) -> str:
    """Say how many there are in all behind the names of the first."""
    listed = say("、", ", ").join(names)
    if few.count <= len(names):
        return listed
    counted = f"{few.count}{few.level.counted_in}{few.level.zh}"
    return say(f"{listed}等{counted}", f"{listed} and {few.count - len(names)} more")


def lacks(every: Iterable[Lack]) -> str:
    """Say what is missing, seen from the subject judged."""
    return say("；", "; ").join(map(_lack, every))


def at_place(source: Source | None) -> str:
    """Say in brackets where a value stands: file, sheet, cell."""
    if source is None:
        return ""
    told = " ".join(part for part in (source.file, source.sheet, source.cell) if part)
    before = submitted_as(source)
    return say(f"（{told}{before}）", f" ({told}{before})")


def submitted_as(source: Source) -> str:
    """Say under which former code a value was submitted, if it was."""
    code = source.submitted_as
    return "" if code is None else say(f"，以原代码 {code} 填报", f", submitted as {code}")


def _lack(lack: Lack) -> str:  # noqa: C901 - one case per cause
    name = lack.measure.text if lack.measure else ""
    formula = lack.formula.text if lack.formula else ""
    who = several(lack.whose) if lack.whose else ""
    place, year = at_place(lack.source), lack.year
    whom, whose = who or "it", f"{who}的" if who else ""
    of = f" of {who}" if who else ""
    match lack.cause:
        case WhyMissing.NO_ROW:
            return say(
                f"{who}没有{year}年的填报数据，缺{name}",
                f"{f'{who} has ' if who else ''}no row for {year}, which leaves {name} missing",
            )
        case WhyMissing.UNUSABLE:
            return say(
                f"{whose}{name}{year}年的数据无法使用{place}",
                f"{name} of {year}{of} is unusable{place}",
            ) + _said(lack)
        case WhyMissing.DOUBTFUL:
            return say(
                f"{whose}{name}{year}年的数据有两种读法{place}",
                f"{name} of {year}{of} may be read in two ways{place}",
            ) + _said(lack)
        case WhyMissing.UNREPORTED:
            return say(
                f"{who}未填报{year}年的{name}{place}",
                f"{name} of {year} not reported{f' by {who}' if who else ''}{place}",
            )
        case WhyMissing.NONE_BELOW:
            return say(
                f"{who}没有已知的下级，{formula}无从算起",
                f"nothing below {whom} is known, so no {formula}",
            )
        case WhyMissing.NONE_ABOVE:
            return say(
                f"不知道{who or '它'}属于哪个上级，{formula}无从算起",
                f"what lies above {whom} is not known, so no {formula}",
            )
        case WhyMissing.NONE_COUNTED:
            return say(
                f"{whose}下级都不符合条件，{formula}无从算起",
                f"nothing below {whom} meets the condition, so no {formula}",
            )
        case WhyMissing.NO_DATE:
            return say(
                f"没有{year}年的截止日期或收到日期，{formula}无从算起",
                f"no due date of {year}, or no log of what came when, so no {formula}",
            )
        case WhyMissing.OPEN:
            return say(
                f"{whose}{formula}所看的结论未定或都不适用，无从算起",
                f"the findings that {formula} of {whom} looks at are open or do not apply",
            )
        case WhyMissing.UNDEFINED:
            return say(
                f"{whose}{formula}在{year}年算不出：除数为0",
                f"{formula} of {year} cannot be computed for {whom}: a division by 0",
            )
        case _:
            assert_never(lack.cause)


def _said(lack: Lack) -> str:
    """Repeat what was said of the cell, if there is only one."""
    return "" if lack.problem is None else say(f"：{lack.problem}", f": {lack.problem}")


def why_missing(lack: Lack) -> str:  # noqa: C901 - one case per cause
    """Say in a few words why a figure is missing."""
    match lack.cause:
        case WhyMissing.UNREPORTED:
            return say("未填报", "not reported")
        case WhyMissing.NO_ROW:
            return say("没有填报数据", "no row")
        case WhyMissing.UNUSABLE:
            return say("无法使用", "unusable") + _said(lack)
        case WhyMissing.DOUBTFUL:
            return say("有两种读法", "may be read in two ways") + _said(lack)
        case WhyMissing.NONE_BELOW:
            return say("没有已知的下级", "nothing below is known")
        case WhyMissing.NONE_ABOVE:
            return say("不知道属于哪个上级", "what lies above is not known")
        case WhyMissing.NONE_COUNTED:
            return say("下级都不符合条件", "nothing below meets the condition")
        case WhyMissing.NO_DATE:
            return say("没有截止日期或收到日期", "no due date, or no log of what came when")
        case WhyMissing.OPEN:
            return say(
                "所看的结论未定或都不适用", "the findings it looks at are open or do not apply"
            )
        case WhyMissing.UNDEFINED:
            return say("除数为0，算不出", "a division by 0")
        case _:
            assert_never(lack.cause)


def owed_below(
    finding: Finding,
) -> dict[tuple[str | None, str | None, int, str], Source | None]:
    """Give what others owe that a finding adds up: a class owes its figure, and not the city.

    Those that are not named are counted where the finding is; None stands for whom it is about.
    """
    if not isinstance(finding.reason, Lacking | ScopeUnknown):
        return {}
    owed: dict[tuple[str | None, str | None, int, str], Source | None] = {}
    for lack in finding.reason.lacks:
        whose, named = lack.whose, lack.measure or lack.formula
        if whose is None or named is None:
            return {}
        told, listed = why_missing(lack), (*whose.first, *whose.more)
        for each in listed:
            owed[each.code, named.text, lack.year, told] = lack.source
        if others := whose.count - len(listed):
            level = whose.level
            many = say(
                f"另{others:,}{level.counted_in}{level.zh}：{told}",
                f"{others:,} other {level.plural}: {told}",
            )
            owed[None, named.text, lack.year, many] = None
    return owed
