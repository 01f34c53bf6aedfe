"""The letter's own tables: of each column both headings, its width, and what it prints."""


def _counted(field: str) -> str:
    """Print a number as the sentences beside it do."""
    return f"'{{:,}}'.format(one.{field})"


CASES = (
    ("编号", "number", 30, "one.case"),
    ("对象", "subject", 38, "one.subject"),
    ("问题", "problem", 80, "one.reason"),
    ("差距", "gap", 18, "one.gap"),
    ("整改参考", "suggestion", 48, "one.remedy"),
    ("数据出处", "source", 42, "one.source"),
)
DUTIES = (
    ("序号", "no.", 10, "one.number"),
    ("目标", "goal", 46, "one.goal"),
    ("最低要求", "at least", 46, "one.least"),
    ("单位", "units", 26, "one.units if one.lead or one.responsible else ''"),
    ("责任人", "person", 14, ""),
    ("期限", "due", 14, ""),
)
REPLY = (
    ("序号", "no.", 12, "one.number"),
    ("目标", "goal", 70, "one.goal"),
    ("对象数", "subjects", 16, "one.how_many"),
    ("整改措施", "what was done", 62, ""),
    ("完成情况", "how far it is", 40, ""),
    ("佐证材料", "evidence", 35, ""),
    ("责任人", "person", 22, ""),
)
OWED = (
    ("序号", "no.", 12, "one.number"),
    ("应报者", "who", 52, "one.who"),
    ("代码", "code", 30, "one.code"),
    ("缺什么", "what is owed", 145, r"one.data|join('\n')"),
    ("待判", "waiting", 18, _counted("waiting")),
)
STANDING = (
    ("名称", "name", 60, "one.name"),
    ("应判", "judged", 16, _counted("judged")),
    ("达标", "met", 16, _counted("met")),
    ("达标率", "rate", 18, "one.rate"),
    ("未达标", "violation", 16, _counted("violations")),
    ("滞后", "behind", 14, _counted("behind")),
    ("缺数据", "missing", 16, _counted("missing")),
)
SCHOOLS = (
    ("序号", "no.", 15, "one.number"),
    ("学校", "school", 110, "one.name"),
    ("代码", "code", 60, "one.code"),
    ("未达标", "violation", 24, "one.violations"),
    ("滞后", "behind", 24, "one.behind"),
    ("缺数据", "missing", 24, "one.missing"),
)
