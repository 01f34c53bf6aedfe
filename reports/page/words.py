"""What the page's script says, in the language of the report."""

from collections.abc import Sequence
from typing import assert_never

from dabiao.reports import wording
from dabiao.reports.fields import fields
from dabiao.reports.page.charts import Role
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.comparison import ChangeKind
from dabiao.schemas.language import say
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome


def _holds(outcome: Outcome) -> str:
    """Say whether what was compared holds; nothing where nothing is compared."""
    match outcome:
        case Outcome.COMPLIANT:
            return say("成立", "holds")
        case Outcome.VIOLATION | Outcome.BEHIND | Outcome.ON_TRACK:
            return say("不成立", "does not hold")
        case Outcome.MISSING:
            return say("不能确定", "not decided")
        case Outcome.NOT_APPLICABLE:
            return ""
        case _:
            assert_never(outcome)


def script_words(listed: Sequence[Outcome]) -> dict[str, object]:
    """Give each word by its name; ``{}`` stands for a number or a name.

    Args:
        listed: The outcomes of the findings that are listed.
    """
    headings = {field.key: field.heading for field in fields("observed", "required", "gap")}
    return headings | _of_fields() | _of_lists() | _of_sheets(listed) | _of_opened()


def _of_fields() -> dict[str, object]:
    """Name what there is to know of a finding."""
    return {
        "levels": [level.label for level in Level],
        "subject": say("考核对象", "subject"),
        "title": say("承诺", "commitment"),
        "outcome": say("结论", "outcome"),
        "lead": say("牵头单位", "lead unit"),
        "responsible": say("责任单位", "responsible units"),
        "leads": say("牵头", "leads"),
        "takesPart": say("参与", "takes part"),
        "clause": say("出处", "clause"),
        "reason": say("理由", "reason"),
        "remedy": say("整改参考", "to comply"),
        "mending": say("问题或整改参考", "what is wrong, or would mend it"),
        "inputs": say("依据数据", "values and cells"),
        "contradicts": say("文件另有不一致的规定", "the documents also say otherwise"),
        "governed": say("以哪条为准", "which rule governs"),
        "rule": say("规则", "rule"),
        "library": say("规则库", "library of rules"),
        "norm": say("要求", "norm"),
        "condition": say("仅限", "only where"),
        "remarks": say("说明", "remarks"),
        "due": say("时限", "timing"),
        "dues": {
            "due": say("已到期", "due"),
            "pending": say("未到期", "not due yet"),
            "standing": say("长期执行", "standing"),
        },
        "kind": say("性质", "kind"),
        "hard": say("硬性要求", "hard"),
        "aspiration": say("力争目标", "aspiration"),
        "strives": say("力争", "strives for"),
        "year": say("年份", "year"),
        "place": say("地区", "place"),
        "school": say("学校", "school"),
        "document": say("文件", "document"),
        "topic": say("专题", "topic"),
        "judged": say("应判", "judged"),
        "rate": say("达标率", "rate"),
    }


def _of_lists() -> dict[str, object]:
    """Give what stands around findings that are listed, filtered and grouped."""
    return {
        "all": say("全部", "all"),
        "colon": say("：", ": "),
        "comma": say("、", ", "),
        "semicolon": say("；", "; "),
        "bracketed": say("（{}）", " ({})"),
        "unwritten": say("（文件未写明）", "(not named in the document)"),
        "none": say("（无）", "(none)"),
        "found": say("{} 条结论", "{} findings"),
        "shortened": say(
            "只列前 {} 个，共 {} 个；要看其余的，请先筛选。",
            "Only the first {} of {} are listed; filter to see others.",
        ),
        "groups": say("{} 组，共 {} 条结论", "{} groups of {} findings"),
        "pages": say("第 {} 页，共 {} 页", "page {} of {}"),
        "open": say("展开：{}", "open: {}"),
        "remove": say("取消筛选：{}", "remove filter: {}"),
    }


def _of_sheets(listed: Sequence[Outcome]) -> dict[str, object]:
    """Give what stands on sheets that are printed for a school or a unit."""
    named = wording.listed(each.label for each in listed)
    return {
        "sheet": say("打印版", "sheet to print"),
        "sheets": say("一校一页", "a page a school"),
        "annex": say("附件：逐条理由", "Annex: the reasoning of each finding"),
        "number": say("序号", "no."),
        "nothing": say("没有符合条件的结论。", "No finding is like that."),
        "problems": say("存在问题", "What is not met"),
        "lacking": say("缺数据", "Missing"),
        "compliant": say("已达标 {} 条", "{} compliant"),
        "listed": say(f"只列出{named}", f"only what is {named}"),
        "signatures": [
            say("督导责任人：", "Inspector:"),
            say("被督导单位负责人：", "For the unit inspected:"),
            say("日期：", "Date:"),
        ],
    }


def _of_opened() -> dict[str, object]:
    """Give what stands in a finding that is opened: how it was worked out, and what is beside."""
    return {
        "worked": say("计算", "worked out"),
        "condition_state": say("{}：{}", "{}: {}"),
        "compared": say("比较", "comparison"),
        "against": say("{}　应{}：{}", "{}, required: {}: {}"),
        "lacks": say("缺", "missing"),
        "holds": {outcome.value: told for outcome in Outcome if (told := _holds(outcome))},
        "signs": {each.sign: each.label + say("", " ") for each in Comparator},
        "between": say("在{}至{}之间", "between {} and {}"),
        "yes": say("是", "yes"),
        "no": say("否", "no"),
        "exactly": say("为{}", "{}"),
        "be": say("为“{}”", "{}"),
        "chart": say("图", "chart"),
        "roles": {role.value: role.label for role in Role},
        "point": say("{}年{}{}", "in {}: {} {}"),
        "short": say("没有做到的", "who does not"),
        "others": say("等 {} 个", "{} in all"),
        "notes": say("数据提示", "notes on the data"),
        "before": say("与上次相比", "since last time"),
        "case": say("整改", "case"),
        "group": say("同一目标", "the same target"),
        "counted": say("（按这一条计数）", " (counted by this one)"),
        "since": say("变化", "change"),
        "sinces": {each: each.label for each in ChangeKind if each is not ChangeKind.GONE},
        "cell": say("单元格", "cell"),
        "readers": say("用到 {} 的结论", "findings that read {}"),
        "excerpt": say("原表：{}", "as submitted: {}"),
        "search": say("查询：{}", "search: {}"),
    }
