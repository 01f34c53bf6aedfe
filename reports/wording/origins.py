"""Words for where a value comes from, or why there is none."""

from typing import assert_never

from dabiao.reports.wording.lacks import several
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.reasons.origins import (
    ByMapping,
    ComputedValue,
    Concluded,
    Counted,
    NoRow,
    NotReported,
    OfEach,
    PrintedValue,
    Ranked,
    Summed,
    UnusableValue,
    ValueOrigin,
)


def origin(of: ValueOrigin) -> str:  # noqa: C901, PLR0912 - one case per kind
    """Say where a value comes from, or why there is none."""
    match of:
        case UnusableValue(problem):
            return problem
        case ByMapping():
            return say("映射文件写明的值", "given by the mapping file")
        case ComputedValue():
            return say("按口径计算", "computed")
        case Summed(level, count):
            told = say(f"{_counted(count, level)}合计", f"sum of {count} {level.plural}")
            return told + _more(of)
        case OfEach(level, count, lacking):
            told = say(f"{_counted(count, level)}各自的值", f"of {count} {level.plural}")
            if lacking:
                told += say(f"，其中{lacking}{level.counted_in}缺", f", {lacking} lack it")
            return told + _more(of)
        case Counted():
            return _chosen(of)
        case Ranked(count):
            return say(f"共{count}个排名", f"{count} are ranked")
        case NoRow():
            return say("该年没有填报", "no row for the year")
        case NotReported():
            return say("未填报", "not reported")
        case PrintedValue():
            return say("文件所载的基期值", "baseline printed in the document")
        case Concluded(outcome):
            return outcome.label
        case _:
            assert_never(of)


def _chosen(of: Counted) -> str:
    told = say(f"下级共{_counted(of.count, of.level)}", f"{of.count} below")
    if of.chosen is not None:
        told += say(f"，符合条件的{of.chosen}", f", {of.chosen} of them meet the condition")
    if of.unsure is not None:
        told += say("，缺数据的：", ", not known of ") + several(of.unsure)
    return told


def _more(of: Summed | OfEach) -> str:
    """Say how many stretches of cells there are, if not all of them are listed."""
    if not of.places:
        return ""
    return say(
        f"（在{of.places}处，记下前{of.kept}处）",
        f" (in {of.places} places, of which {of.kept} are kept)",
    )


def _counted(number: int, level: Level) -> str:
    return f"{number}{level.counted_in}{level.zh}"
