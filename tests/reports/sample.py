"""A run made by hand, with every kind of finding that a report has to show."""

from collections import Counter
from dataclasses import replace
from typing import Any

from dabiao.schemas.attendance import Attendance
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.document import Document, Period
from dabiao.schemas.finding import Finding, Input, Required, Scalar, Source, Units
from dabiao.schemas.level import Level
from dabiao.schemas.naming import Bilingual, MeasureName, SubjectName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.lacks import Lack, NamedFew, WhyMissing
from dabiao.schemas.reasons.origins import NotReported, PrintedValue, Summed
from dabiao.schemas.reasons.remedies import Remedy
from dabiao.schemas.reasons.why import (
    Compared,
    Lacking,
    LineToTarget,
    MeasuredValue,
    OutOfScope,
    Reason,
    RolledUp,
)
from dabiao.schemas.rule import JudgedRule
from dabiao.schemas.run import FactFileRecord, Note, RulePackRecord, Run
from dabiao.schemas.subject import ListedSubject, Subject

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


BOARDING = MeasureName("boarding", "寄宿制学校")


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
    remedy: tuple[Remedy, ...] = (),
    inputs: tuple[Input, ...] = (),
    lead: tuple[str, ...] = (),
    responsible: tuple[str, ...] = (),
    aspiration: bool = False,
    contradicts: tuple[str, ...] = (),
    best: Outcome | None = None,
    worst: Outcome | None = None,
    reason: Reason | None = None,
    value: str = "",
) -> Finding:
    """Make a finding of the Ordos plan."""
    judged = JudgedRule(
        id=f"ordos-145/{rule}",
        title=title,
        document=Document(id="ordos-145", title=PLAN, period=Period(from_=2021)),
        places=places,
        level=subject.level,
        unit=unit,
        value=Bilingual(value, value) if value else None,
        token=isinstance(bound, bool),
        aspiration=aspiration,
        units=Units(lead=lead, responsible=responsible),
        contradicts=contradicts,
    )
    return Finding(
        by=judged,
        subject=subject,
        year=2025,
        figures=2025,
        outcome=outcome,
        observed=observed,
        required=Required(comparator=comparator, value=bound, upper=upper),
        gap=gap,
        remedy=remedy,
        inputs=inputs,
        best=best,
        worst=worst,
        reason=reason or Compared(values="truth" if isinstance(bound, bool) else "number"),
    )


def changed(of: Finding, **by: Any) -> Finding:  # noqa: ANN401 - whatever a rule has
    """Give a finding of a rule that says something else."""
    return replace(of, by=replace(of.by, **by))


def class_size(subject: Subject, size: int | None, row: int) -> Finding:
    """Make a finding about the size of a class."""
    source = Source(file="examples/schools.xlsx", sheet="班级", cell=f"F{row}")
    measure = MeasureName("class_size", "班级人数", "class size", "人")
    reason: Reason = Compared(broken=45.0)
    if size is None:
        lack = Lack(WhyMissing.UNREPORTED, 2025, None, measure)
        outcome, reason = Outcome.MISSING, Lacking((lack,))
    else:
        outcome = Outcome.VIOLATION if size > 45 else Outcome.COMPLIANT
    remedy = (Remedy(measure, size, 45, 45 - size),) if size and size > 45 else ()
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
        remedy=remedy,
        inputs=(
            Input(
                of=measure,
                value=size,
                source=source if size is not None else None,
                origin=None if size is not None else NotReported(),
            ),
        ),
        responsible=(BUREAU, COUNTIES),
        reason=reason,
        value="班级人数",
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
            remedy=(Remedy(MeasureName("rotated", "交流教师数", None, "人"), 131, 132, 1),),
            inputs=(
                Input(
                    of=MeasureName("rotated", "交流教师数", None, "人"),
                    value=131.0,
                    source=Source(file="examples/counties.csv", cell="H3"),
                ),
                Input(
                    of=MeasureName("eligible", "符合交流条件的教师数", None, "人"),
                    value=1310.5,
                    parts=14,
                    origin=Summed(Level.SCHOOL, 14),
                ),
            ),
            lead=(BUREAU,),
            responsible=("市委编办", "市人力资源和社会保障局", COUNTIES),
            contradicts=("ordos-145/teacher-rotation-table",),
            reason=Compared(broken=10.0),
            value="交流比例",
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
                    of=MeasureName("pay_ok", "教师平均工资不低于公务员", None, ""),
                    value=False,
                    source=Source(file="examples/counties.csv", cell="K4"),
                ),
            ),
            responsible=("市财政局",),
            reason=Compared(values="truth"),
            value="教师平均工资不低于公务员",
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
                    of=MeasureName("preschool_rate", "学前三年毛入园率", None, "%"),
                    value=96.1,
                    source=Source(file="examples/counties.csv", cell="D3"),
                ),
                Input(
                    of=MeasureName("preschool_rate", "学前三年毛入园率", None, "%"),
                    value=95.0,
                    year=2020,
                    origin=PrintedValue(),
                ),
            ),
            lead=(BUREAU,),
            aspiration=True,
            reason=Compared(broken=98.5, line=LineToTarget(2025, 97.8)),
            value="学前三年毛入园率",
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
            reason=Compared(broken=45.0, line=LineToTarget(2027)),
            value="普职比",
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
                    of=MeasureName("class_size", "班级人数", "class size", "人"),
                    value=None,
                    subject=pupils(3).code,
                    origin=NotReported(),
                ),
            ),
            responsible=(BUREAU,),
            reason=RolledUp(
                Level.CLASS,
                3,
                1,
                unsure=NamedFew(
                    Level.CLASS, 1, (SubjectName(pupils(3).code, "示例第一小学一年级3班"),)
                ),
            ),
        ),
        finding(
            "boarding",
            "寄宿制学校配备校医",
            FIRST,
            Outcome.NOT_APPLICABLE,
            comparator=Comparator.EQUAL,
            bound=True,
            reason=OutOfScope((MeasuredValue(BOARDING, value=False),)),
        ),
        finding(
            "ratio",
            "城乡差异系数不高于0.45",
            DONGSHENG,
            Outcome.COMPLIANT,
            0.4312,
            Comparator.AT_MOST,
            0.45,
            value="城乡差异系数",
        ),
    )
    counts = Counter(one.outcome for one in findings)
    subjects = {(one.subject.level, one.subject.code): one.subject for one in findings}
    measures = {given.of.slug: given.of for one in findings for given in one.inputs}
    measures |= {each.slug: each for each in (BOARDING,)}
    return Run(
        as_of=2025,
        years=(2025,),
        engine="columnar",
        rules=RulePackRecord(
            hash="9f2c" * 16, count=9, selected=tuple(sorted({one.rule for one in findings}))
        ),
        documents=(findings[0].by.document,),
        judged=tuple({one.rule: one.by for one in findings}.values()),
        measures=tuple(measures.values()),
        subjects=tuple(
            ListedSubject(
                each.code,
                level,
                each.name,
                each.parents,
                f"{FIRST.name}{each.name}" if FIRST.code in each.parents else None,
            )
            for (level, _), each in subjects.items()
        ),
        places={"150000": "内蒙古自治区", "150600": "鄂尔多斯市"},
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
                of=SubjectName("150602", "东胜区"),
                level=Level.COUNTY,
                year=2025,
                about=(MeasureName("eligible", "符合交流条件的教师数", None, "人"),),
                reported=1310.5,
                computed=1300.0,
            ),
        ),
    )
