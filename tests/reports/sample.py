"""A run made by hand, with every kind of finding that a report has to show."""

from collections import Counter

from dabiao.schemas.attendance import Attendance
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.finding import Citation, Finding, Input, Required, Scalar, Source, Units
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import FactFileRecord, Note, RulePackRecord, Run
from dabiao.schemas.subject import Subject

PLAN = "鄂尔多斯市“十四五”教育体育发展规划"
CLASS_SIZE = "第三章第三节二、优质均衡发展义务教育，第1段"
BUREAU = "市教育体育局"
COUNTIES = "各旗区人民政府"

DONGSHENG = Subject(code="150602", name="东胜区", level=Level.COUNTY, parents=("150000", "150600"))
KANGBASHI = Subject(
    code="150603", name="康巴什区", level=Level.COUNTY, parents=("150000", "150600")
)
FIRST = Subject(
    code="1506020010",
    name="示例第一小学",
    level=Level.SCHOOL,
    parents=("150000", "150600", "150602"),
)


def pupils(number: int, code: str = "1506020010", county: str = "150602") -> Subject:
    """Make a class of a school."""
    return Subject(
        code=f"{code}1{number:02}",
        name=f"一年级{number}班",
        level=Level.CLASS,
        parents=("150000", "150600", county, code),
    )


def finding(  # noqa: PLR0917 - as many as a finding has
    rule: str,
    title: str,
    subject: Subject,
    outcome: Outcome,
    observed: Scalar = None,
    comparator: Comparator = Comparator.AT_LEAST,
    bound: Scalar = None,
    unit: str = "",
    *,
    upper: Scalar = None,
    gap: float | None = None,
    places: tuple[str, ...] = ("表1第3行",),
    remedy: tuple[str, ...] = (),
    inputs: tuple[Input, ...] = (),
    lead: tuple[str, ...] = (),
    responsible: tuple[str, ...] = (),
    aspiration: bool = False,
    contradicts: tuple[str, ...] = (),
    best: Outcome | None = None,
    worst: Outcome | None = None,
    reason: str = "",
) -> Finding:
    """Make a finding of the Ordos plan."""
    return Finding(
        rule=f"ordos-145/{rule}",
        title=title,
        subject=subject,
        year=2025,
        outcome=outcome,
        observed=observed,
        required=Required(comparator=comparator, value=bound, upper=upper),
        unit=unit,
        gap=gap,
        remedy=remedy,
        inputs=inputs,
        citation=Citation(document="ordos-145", title=PLAN, places=places),
        units=Units(lead=lead, responsible=responsible),
        aspiration=aspiration,
        contradicts=contradicts,
        best=best,
        worst=worst,
        reason=reason or outcome.zh,
    )


def class_size(subject: Subject, size: int | None, row: int) -> Finding:
    """Make a finding about the size of a class."""
    source = Source(file="examples/schools.xlsx", sheet="班级", cell=f"F{row}")
    if size is None:
        outcome, reason = Outcome.MISSING, "班级人数没有填报"
    else:
        outcome = Outcome.VIOLATION if size > 45 else Outcome.COMPLIANT
        reason = f"班级人数 {size}人，{'高于' if size > 45 else '不高于'} 45人"
    return finding(
        "primary-class-size",
        "小学标准班不超过45人",
        subject,
        outcome,
        size,
        Comparator.AT_MOST,
        45.0,
        "人",
        gap=float(size - 45) if size is not None and size > 45 else None,
        places=(CLASS_SIZE,),
        remedy=(f"班级人数从 {size} 减到 45（少 {size - 45} 人）",) if size and size > 45 else (),
        inputs=(
            Input(
                measure="class_size",
                name="班级人数",
                value=size,
                unit="人",
                source=source if size is not None else None,
                reason=None if size is not None else "没有填报",
            ),
        ),
        responsible=(BUREAU, COUNTIES),
        reason=reason,
    )


def sample_run() -> Run:
    """Make the run."""
    findings = (
        class_size(pupils(1), 47, 12),
        class_size(pupils(2), 45, 13),
        class_size(pupils(3), None, 14),
        class_size(pupils(1, "1506030020", "150603"), 63, 15),
        finding(
            "teacher-rotation",
            "符合条件的教师每年交流不少于10%",
            DONGSHENG,
            Outcome.VIOLATION,
            9.9962,
            Comparator.AT_LEAST,
            10.0,
            "%",
            gap=0.0038,
            places=("第三章第五节，第2段", "表2第7行"),
            remedy=("交流教师数从 131 增到 132（多 1 人）",),
            inputs=(
                Input(
                    measure="rotated",
                    name="交流教师数",
                    value=131.0,
                    unit="人",
                    source=Source(file="examples/counties.csv", cell="H3"),
                ),
                Input(
                    measure="eligible",
                    name="符合交流条件的教师数",
                    value=1310.5,
                    unit="人",
                    parts=14,
                    reason="14 所学校之和",
                ),
            ),
            lead=(BUREAU,),
            responsible=("市委编办", "市人力资源和社会保障局", COUNTIES),
            contradicts=("ordos-145/teacher-rotation-table",),
            reason="交流比例 9.9962%，低于 10%",
        ),
        finding(
            "pay-not-below",
            "义务教育教师平均工资收入不低于当地公务员",
            KANGBASHI,
            Outcome.VIOLATION,
            observed=False,
            comparator=Comparator.EQUAL,
            bound=True,
            inputs=(
                Input(
                    measure="pay_ok",
                    name="教师平均工资不低于公务员",
                    value=False,
                    source=Source(file="examples/counties.csv", cell="K4"),
                ),
            ),
            responsible=("市财政局",),
            reason="为“否”，应为“是”",
        ),
        finding(
            "preschool-rate",
            "学前三年毛入园率达到98.5%",
            DONGSHENG,
            Outcome.BEHIND,
            96.1,
            Comparator.AT_LEAST,
            98.5,
            "%",
            gap=2.4,
            inputs=(
                Input(
                    measure="preschool_rate",
                    name="学前三年毛入园率",
                    value=96.1,
                    unit="%",
                    source=Source(file="examples/counties.csv", cell="D3"),
                ),
                Input(
                    measure="preschool_rate",
                    name="学前三年毛入园率",
                    value=95.0,
                    unit="%",
                    year=2020,
                    reason="文件所载基期值",
                ),
            ),
            lead=(BUREAU,),
            aspiration=True,
            reason="现为 96.1%，按进度应达 97.8%",
        ),
        finding(
            "stage-share",
            "普职比大体相当",
            KANGBASHI,
            Outcome.ON_TRACK,
            44.0,
            Comparator.BETWEEN,
            45.0,
            "%",
            upper=55.0,
            reason="现为 44%，期限未到",
        ),
        finding(
            "all-classes",
            "所有班级符合标准班额",
            FIRST,
            Outcome.MISSING,
            best=Outcome.VIOLATION,
            worst=Outcome.VIOLATION,
            inputs=(
                Input(
                    measure="class_size",
                    name="班级人数",
                    value=None,
                    subject=pupils(3).code,
                    reason="没有填报",
                ),
            ),
            responsible=(BUREAU,),
            reason="1 个班级缺数据",
        ),
        finding(
            "boarding",
            "寄宿制学校配备校医",
            FIRST,
            Outcome.NOT_APPLICABLE,
            comparator=Comparator.EQUAL,
            bound=True,
            reason="不是寄宿制学校",
        ),
        finding(
            "ratio",
            "城乡差异系数不高于0.45",
            DONGSHENG,
            Outcome.COMPLIANT,
            0.4312,
            Comparator.AT_MOST,
            0.45,
            reason="差异系数 0.431，不高于 0.45",
        ),
    )
    counts = Counter(one.outcome for one in findings)
    return Run(
        as_of=2025,
        years=(2025,),
        engine="columnar",
        language="zh",
        rules=RulePackRecord(hash="9f2c" * 16, count=9),
        facts=(
            FactFileRecord(file="examples/counties.csv", sha256="ab" * 32, rows=9),
            FactFileRecord(file="examples/schools.xlsx", sha256="cd" * 32, rows=310),
        ),
        summary={outcome: counts[outcome] for outcome in Outcome},
        findings=findings,
        attendance=(
            Attendance(year=2025, level=Level.COUNTY, expected=2, reported=2, partial=0, absent=0),
            Attendance(
                year=2025,
                level=Level.SCHOOL,
                expected=6,
                reported=3,
                partial=2,
                absent=1,
                new=1,
                closed=2,
                merged=1,
            ),
        ),
        notes=(
            Note(
                kind="sum-differs",
                message="东胜区2025年符合交流条件的教师数填报为1310.5人，下级合计为1300人；按填报值考核",
                subject="150602",
                level=Level.COUNTY,
                year=2025,
                measure="eligible",
                reported=1310.5,
                computed=1300.0,
            ),
        ),
    )
