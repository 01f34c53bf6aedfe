"""Words for what a run or a report leaves out: caveats, and rules that no longer apply."""

from collections.abc import Collection, Iterable
from typing import assert_never

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.wording.reasons import succeeded
from dabiao.schemas.language import number_of, say
from dabiao.schemas.outcome import NOT_WELL, Outcome
from dabiao.schemas.reasons.why import Replaced, Superseded
from dabiao.schemas.run import Caveat, EngineFailure, NotApplied, Run, WhyNotApplied

_FEW = 5
"""How many files and sheets are named."""


def caveat(of: Caveat) -> str:
    """Say what has to be known before the counts of a run are read."""
    match of.kind:
        case "unread":
            return _unread(of)
        case "year-passed-over":
            return _passed_over(of)
        case "unplaced" | "outside":
            return _left_out(of)
        case "no-subject":
            return _without_subject(of)
        case "engine-failed":
            return _replaced(of)
        case "withheld":
            return _withheld(of)
        case "others-left-out":
            return _others_left_out(of)
        case _:
            return _nothing_applied(of)


def cautions(
    of: Run,
    known: Circumstances,
    *,
    by_place: bool = True,
    shown: Collection[Outcome] = NOT_WELL,
) -> list[str]:
    """Say all that has to be known of a report: caveats, and that it lists only a part.

    Args:
        of: The run.
        known: What is known beside it.
        by_place: Whether the report counts by place.
        shown: The outcomes of the findings that a report of its format lists at all.
    """
    only = lists_only(of, known, by_place=by_place, shown=shown)
    return [*map(caveat, of.caveats), *filter(None, (only,))]


def lists_only(
    of: Run,
    known: Circumstances,
    *,
    by_place: bool = True,
    shown: Collection[Outcome] = NOT_WELL,
) -> str:
    """Say that a report lists the findings with some outcomes only; nothing where it lists all."""
    outcomes = known.outcomes or ()
    counted = known.holds_all(of) or (bool(of.by_rule) and not by_place)
    left_out = sum(count for each, count in of.summary.items() if each not in outcomes)
    if not outcomes or not left_out:
        return ""
    named = _named(each for each in Outcome if each in outcomes)
    apart = _named(each for each in Outcome if each in outcomes and each not in shown)
    apart = apart and say(
        f"；{apart}在这种报告里只计数，要逐条列出，用 .html、.csv 或 .json",
        f"; what is {apart} is only counted in such a report: .html, .csv and .json list it",
    )
    if counted:
        told = say(
            f"这里只列出{named}，另有 {left_out:,} 条别的结论没有列出；"
            "结论数和达标率按全部结论计算",
            f"only what is {named} is listed here, and not the {left_out:,} other findings; counts"
            " and rates are of all of them",
        )
        return told + apart
    zh, en = "分地区、学校", "places and schools"
    if not of.by_rule:
        zh = "分地区、学校、单位、文件和承诺"
        en = "places, schools, units, documents and commitments"
    told = say(
        f"这次检查只保存了{named}，另有 {left_out:,} 条别的结论没有逐条保存；{zh}的达标率算不出；"
        "要算，用 check 直接出这份报告，或保存时不加 --outcome",
        f"this run keeps only what is {named}, and not the {left_out:,} other findings one by one;"
        f" rates of {en} cannot be told; let check write this report, or keep the run without"
        " --outcome",
    )
    return told + apart


def _named(outcomes: Iterable[Outcome]) -> str:
    return say("、", ", ").join(each.label for each in outcomes)


def not_applying(id_: str, count: int | None, by: Superseded | Replaced) -> str:
    """Say what is in the place of a document with so many rules, or of a single rule."""
    told = succeeded(by)
    if count is None:
        return say(f"{id_} 不适用：{told}", f"{id_} does not apply: {told}")
    return say(
        f"{id_} 的 {count} 条规则不适用：{told}", f"{count} rules of {id_} do not apply: {told}"
    )


def _unread(of: Caveat) -> str:
    named = [" ".join(filter(None, (each.file, each.sheet))) for each in of.unread]
    listed = say("、", ", ").join(named[:_FEW]) + say("等", " …") * (len(named) > _FEW)
    return say(
        f"{of.count:,} 处没有读入，其中的数当作没有报：{listed}；原因见数据提示",
        f"not read, as if it had not been reported: {listed} ({of.count:,} in all);"
        " the notes on the data say why",
    )


def _passed_over(of: Caveat) -> str:
    (judged,), many, few, year = of.years, of.reporting or 0, of.count, of.year
    return say(
        f"考核的是 {judged} 年：有 {many:,} 个对象填报，而 {year} 年只有 {few:,} 个；"
        f"要考核 {year} 年，写明 --as-of {year}",
        f"the year judged is {judged}, on which {many:,} subjects report; only {few:,} do"
        f" on {year}, which --as-of {year} would judge",
    )


def _others_left_out(of: Caveat) -> str:
    named = say("、", ", ").join(each.label for each in of.outcomes)
    return say(
        f"这次检查只保存了{named}，另有 {of.count:,} 条结论没有保存；从中取出的部分只数保存了的，"
        "其他结论有几条、达标率是多少都不知道；要全数，用 check 直接限定范围",
        f"this run keeps only what is {named}, and not the {of.count:,} other findings; of a part"
        " of it only those kept are counted: how many have another outcome, and what the rate is,"
        " nobody knows; narrow the check itself to count all",
    )


def _left_out(of: Caveat) -> str:
    few = [say(f"{each.name}（{each.code}）", each.code) for each in of.named]
    more = say("等", " …") if of.count > len(few) else ""
    named = say("、", ", ").join(few) + more
    level, one = of.level, of.count == 1
    zh = en = f"{of.count:,}"
    if level is not None:
        zh = f"{of.count:,} {level.counted_in}{level.zh}"
        en = f"{of.count:,} {level.value if one else level.plural}"
    lie = "lies" if one else "lie"
    if of.kind == "unplaced":
        return say(
            f"{zh}不知道在哪里，限定地区的规则没有考核、没有计入：{named}；"
            "更正上级代码，或在名录中写明",
            f"nobody can tell where {en} {lie}; rules for certain places were not applied:"
            f" {named}; mend the parent, or say it in the roster",
        )
    return say(
        f"{zh}不在任何所选规则的适用地区，没有考核：{named}",
        f"{en} {lie} outside the places of all selected rules, not judged: {named}",
    )


def _without_subject(of: Caveat) -> str:
    zh = "、".join(f"{each.level.zh} {each.count:,} 条" for each in of.lacking)
    en = ", ".join(f"{each.count:,} about {each.level.plural}" for each in of.lacking)
    return say(
        f"{of.count:,} 条规则没有对象可考核（{zh}）：规则适用的地区里，这些层级既没有填报，"
        "也没有列入名录",
        f"{number_of(of.count, 'rule')} had nobody to judge: {en}; nobody of these levels"
        " reports from their places or stands in a roster",
    )


def _withheld(of: Caveat) -> str:
    whom = of.reporting or 0
    return say(
        f"这是公开版：不足 {of.least} 人的数不列出，也不让人推算出来；"
        f"{whom:,} 个对象的有些数和用到它们的 {of.count:,} 条结论没有列出，结论数不含它们",
        f"this is the public edition: nothing is told of fewer than {of.least} persons, nor can it"
        f" be worked out; some figures of {whom:,} subjects, and the {of.count:,} findings that"
        " rest on them, are left out of all counts",
    )


def _replaced(of: Caveat) -> str:
    how = say("出了错", "failed") if of.failure is None else _failed(of.failure)
    return say(
        f"durable-rules {how}，{of.count:,} 个观测改由按列比较得出，结论不受影响",
        f"durable-rules {how}; {of.count:,} observations were compared by columns instead,"
        " and no finding depends on it",
    )


def _failed(how: EngineFailure) -> str:
    match how:
        case EngineFailure.CRASHED:
            return say("异常退出", "crashed")
        case EngineFailure.HUNG:
            return say("没有按时回答", "did not answer in time")
        case EngineFailure.WRONG:
            return say("答错了", "answered wrongly")
        case EngineFailure.REFUSED:
            return say("答不上来", "could not answer")
        case _:
            assert_never(how)


def nothing_judged() -> str:
    """Say of a run, or a part of it, that nothing is known to be good or bad."""
    return say("没有可以判断的事项。", "Nothing could be judged.")


def _nothing_applied(of: Caveat) -> str:
    listed = say("；", "; ").join(
        say(f"{each.count:,} 条{_cause(each)}", f"{each.count:,} {_cause(each)}")
        for each in of.causes
    )
    when = say("、", ", ").join(map(str, of.years))
    return say(
        f"没有一条规则适用于 {when} 年的这些对象，什么也没有考核"
        f"（所选规则 {of.count:,} 条：{listed}）",
        f"no rule applied to anybody in {when}, so nothing was judged"
        f" (of {number_of(of.count, 'rule')} selected: {listed})",
    )


def _cause(of: NotApplied) -> str:
    match of.cause:
        case WhyNotApplied.AHEAD:
            return say("还没有开始执行", "have not started")
        case WhyNotApplied.SUPERSEDED:
            return say("的文件已由别的文件取代", "are of documents that others have superseded")
        case WhyNotApplied.OVER:
            return say("已经执行完毕，或在执行期之外", "are over, or outside their period")
        case WhyNotApplied.NONE_REPORTS:
            zh, en = ("", "it") if of.level is None else (of.level.zh, of.level.plural)
            return say(f"考核{zh}，而没有{zh}填报", f"are about {en}, of which none reports")
        case WhyNotApplied.NONE_INSIDE:
            return say("的适用地区里没有这样的对象", "have nobody in their place")
        case WhyNotApplied.NONE_MEANT:
            return say(
                "的条件（仅限）不符合，或对象当年不存在",
                "have a condition that does not hold, or their subjects did not exist",
            )
        case _:
            assert_never(of.cause)
