"""What a letter's template can print, each in Chinese and in English.

A template writes either name: ``{{ 主送 }}`` or ``{{ addressee }}``. The page
docs/letter.zh-CN.md lists them all.
"""

from collections.abc import Mapping
from typing import Any

Values = dict[str, Any]

LETTER: Mapping[str, str] = {
    "kind": "文种",
    "addressed": "要回复",
    "title": "标题",
    "addressee": "主送",
    "years": "年份",
    "documents": "依据文件",
    "scope": "范围",
    "basis": "数据依据",
    "assessment": "总体评价",
    "rate": "达标率",
    "rate_definition": "达标率定义",
    "by_year": "分年度",
    "counts": "各结论条数",
    "change": "与上次相比",
    "evaluation": "评估",
    "period": "规划期",
    "indicators": "主要指标",
    "outlook": "目标进展",
    "topics": "分专题",
    "places": "分地区",
    "achievements": "主要成绩",
    "achievements_left_out": "未列成绩数",
    "cautions": "注意事项",
    "unlisted": "未列出的结论",
    "problems": "存在问题",
    "problems_left_out": "未详述问题数",
    "annex": "分项清单",
    "owed": "缺报数据",
    "owed_left_out": "未列缺报者数",
    "reply_days": "回复天数",
    "objection_days": "异议天数",
    "follow_up": "后续",
    "tables": "指标表",
    "cases": "问题清单",
    "cases_left_out": "未列问题数",
    "overdue": "超期案件",
    "overdue_left_out": "未列超期案件数",
    "schools": "学校名单",
    "schools_left_out": "未列学校数",
    "fingerprint": "校验",
    "command": "重做命令",
}
"""Fields of the letter itself."""

COUNT: Mapping[str, str] = {"outcome": "结论", "number": "条数"}
"""Of each of ``counts``."""

STANDING: Mapping[str, str] = {
    "name": "名称",
    "judged": "应判",
    "met": "达标",
    "rate": "达标率",
    "violations": "未达标",
    "behind": "滞后",
    "missing": "缺数据",
}
"""Of each of ``by_year``, ``topics`` and ``places``."""

TABLE: Mapping[str, str] = {
    "title": "标题",
    "headings": "表头",
    "widths": "列宽",
    "rows": "各行",
    "remarks": "说明",
}
"""Of each of ``tables``: a table of a document, filled in."""

GOALS: Mapping[str, str] = {
    "name": "名称",
    "number": "条数",
    "goals": "各目标",
    "left_out": "未列目标数",
}
"""Of each of ``outlook``: goals of a document that stand alike."""

PROBLEM: Mapping[str, str] = {
    "number": "序号",
    "goal": "目标",
    "main": "硬性到期",
    "summary": "情况",
    "place": "条款",
    "outcome": "结论",
    "binding": "约束性",
    "clause": "依据条款",
    "required": "要求",
    "how_many": "对象数",
    "present": "现状",
    "more": "其余",
    "units": "单位",
    "lead": "牵头单位",
    "responsible": "责任单位",
    "source": "数据出处",
    "remedy": "整改要求",
    "least": "最低整改",
    "cases": "清单",
}
"""Of each of ``problems`` and of ``annex``: one commitment that some subjects miss."""

OWED: Mapping[str, str] = {
    "number": "序号",
    "who": "应报者",
    "code": "代码",
    "data": "数据项",
    "waiting": "待判条数",
}
"""Of each of ``owed``: one subject that has to submit something."""

CASE: Mapping[str, str] = {
    "number": "序号",
    "case": "编号",
    "subject": "对象",
    "code": "代码",
    "goal": "目标",
    "reason": "问题",
    "observed": "实测",
    "required": "要求",
    "gap": "差距",
    "binding": "约束性",
    "state": "状态",
    "remedy": "整改建议",
    "units": "单位",
    "source": "数据出处",
}
"""Of each of ``cases``: one finding."""

OVERDUE: Mapping[str, str] = {
    "number": "序号",
    "case": "编号",
    "subject": "对象",
    "goal": "目标",
    "state": "状态",
    "due": "期限",
    "days": "超期天数",
}
"""Of each of ``overdue``: one case that is late, where cases are kept."""

SCHOOL: Mapping[str, str] = {
    "number": "序号",
    "name": "学校",
    "code": "代码",
    "violations": "未达标",
    "behind": "滞后",
    "missing": "缺数据",
}
"""Of each of ``schools``: one school where something is not as it should be."""


def named(fields: Mapping[str, str], values: Values) -> Values:
    """Let each value be found by both of its names."""
    return {name: values[key] for key, zh in fields.items() for name in (key, zh)}
