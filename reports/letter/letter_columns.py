"""The tables of the letter's own template: of each column both headings, its width, its field."""

CASES = (
    ("编号", "number", 30, "case"),
    ("对象", "subject", 38, "subject"),
    ("问题", "problem", 80, "reason"),
    ("差距", "gap", 18, "gap"),
    ("整改参考", "suggestion", 48, "remedy"),
    ("数据出处", "source", 42, "source"),
)
DUTIES = (
    ("序号", "no.", 10, "number"),
    ("目标", "goal", 46, "goal"),
    ("至少", "at least", 46, "least"),
    ("单位", "units", 26, "units"),
    ("责任人", "person", 14, ""),
    ("期限", "due", 14, ""),
)
REPLY = (
    ("序号", "no.", 12, "number"),
    ("目标", "goal", 70, "goal"),
    ("对象数", "subjects", 16, "how_many"),
    ("整改措施", "what was done", 62, ""),
    ("完成情况", "how far it is", 40, ""),
    ("佐证材料", "evidence", 35, ""),
    ("责任人", "person", 22, ""),
)
STANDING = (
    ("名称", "name", 60, "name"),
    ("应判", "judged", 16, "judged"),
    ("达标", "met", 16, "met"),
    ("达标率", "rate", 18, "rate"),
    ("未达标", "violation", 16, "violations"),
    ("滞后", "behind", 14, "behind"),
    ("缺数据", "missing", 16, "missing"),
)
SCHOOLS = (
    ("序号", "no.", 15, "number"),
    ("学校", "school", 110, "name"),
    ("代码", "code", 60, "code"),
    ("未达标", "violation", 24, "violations"),
    ("滞后", "behind", 24, "behind"),
    ("缺数据", "missing", 24, "missing"),
)
