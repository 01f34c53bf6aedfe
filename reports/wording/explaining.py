"""Words that only the whole reasoning of a finding needs: timing, comparison, line, precision."""

from typing import assert_never

from dabiao.reports.numbers import gap_unit, stated
from dabiao.reports.wording.reasons import asked, succeeded
from dabiao.schemas.explanation import Explanation
from dabiao.schemas.language import say
from dabiao.schemas.rule import JudgedRule, Phase


def timing(of: Explanation) -> str:
    """Say when a norm has to hold, and where that leaves the year judged."""
    finding = of.finding
    when, state = finding.timing.words, _state(of)
    told = say(f"{when}；{state}", f"{when}; {state}")
    if finding.figures != finding.year:
        told += say(
            f"，按{finding.figures}年的数据考核", f", judged on the figures of {finding.figures}"
        )
    return told


def _state(of: Explanation) -> str:
    year = of.finding.year
    match of.phase:
        case Phase.SUPERSEDED:
            return "" if of.succeeded is None else succeeded(of.succeeded)
        case Phase.OUTSIDE:
            return say(f"{year}年不在文件的适用期内", f"the document is not in force in {year}")
        case Phase.BEFORE:
            return say(f"{year}年还没有开始", f"not begun in {year}")
        case Phase.AFTER:
            return say(f"{year}年已经结束", f"over in {year}")
        case Phase.PENDING:
            return say(f"{year}年还没有到期", f"not due in {year}")
        case Phase.DUE:
            return say(f"{year}年已到期", f"due in {year}")
        case _:
            assert_never(of.phase)


def comparing(of: Explanation) -> str:
    """Say what was compared with what; nothing where nothing was."""
    if of.comparison is None:
        return ""
    unit = of.finding.unit if of.comparison.values == "number" else ""
    value = stated(of.compared, unit, of.comparison.broken)
    required = asked(of.finding, of.comparison)
    return say(f"{value}　应{required}", f"{value}, required: {required}")


def precision(rule: JudgedRule) -> str:
    """Say how closely both sides are compared."""
    allowed = ""
    if rule.tolerance is not None:
        most = stated(rule.tolerance, gap_unit(rule.unit))
        allowed = say(f"；允许相差{most}", f"; a difference of {most} is allowed")
    if rule.decimals is None:
        exact = say(
            "按填报和计算的值直接比较，只容许计算误差（相对1e-9）",
            "compared as reported and computed, up to the noise of computing (relative 1e-9)",
        )
        return exact + allowed
    rounded = say(
        f"双方先按{rule.decimals}位小数四舍五入再比较",
        f"both sides are rounded to {rule.decimals} decimals first",
    )
    return rounded + allowed


def target_line(of: Explanation) -> str | None:
    """Say where the line to the target stands; None where there is none."""
    line, unit, year = of.line, of.finding.unit, of.finding.year
    if line is None:
        return None
    begins, bound, stands = (stated(each, unit) for each in (line.begins, line.bound, line.stands))
    return say(
        f"从{line.since}年的{begins}到{line.until}年的{bound}，{year}年应到{stands}",
        f"from {begins} in {line.since} to {bound} in {line.until}: {stands} in {year}",
    )
