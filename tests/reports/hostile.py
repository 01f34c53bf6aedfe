"""A run whose names are meant to do harm, or to be mistaken for something else."""

from dataclasses import replace

from dabiao.schemas.finding import Units
from dabiao.schemas.level import Level
from dabiao.schemas.naming import Bilingual, MeasureName
from dabiao.schemas.reasons.lacks import Lack, WhyMissing
from dabiao.schemas.reasons.remedies import Remedy
from dabiao.schemas.reasons.why import Lacking
from dabiao.schemas.run import Run
from dabiao.schemas.subject import Subject
from tests.reports.sample import changed, class_size, sample_run

FORMULA = "=cmd|' /C calc'!A0"
MARKUP = '<b>&"{{ title }}"{% raw %}</w:t>'
UNSEEN = "甲\x00\x1b[2K\u202e校_x0041_"
LONG = "长" * 40_000
NAMES = (FORMULA, MARKUP, UNSEEN, LONG, "+1", "@sum", "-1", "'=1")


def hostile_run() -> Run:
    """Make a run in which schools, units and documents have such names."""
    findings = []
    for at, name in enumerate(NAMES):
        school = Subject(
            code=f"=150602{at:04}", name=name, level=Level.SCHOOL, parents=("150600", "150602")
        )
        one = class_size(school, 50 + at, 12)
        document = replace(one.by.document, title=name)
        measure = MeasureName("size", name, name, name)
        findings.append(
            replace(
                changed(
                    one,
                    title=name,
                    unit=name,
                    document=document,
                    places=(name,),
                    value=Bilingual(name, name),
                    units=Units(lead=(name,), responsible=(name,)),
                ),
                remedy=(Remedy(measure, 50, 45, -5),),
                reason=Lacking((Lack(WhyMissing.UNUSABLE, 2025, None, measure, problem=name),)),
            )
        )
        findings.append(class_size(replace(school, code=f"x{at}"), None, 13))
    run = sample_run()
    return replace(run, findings=tuple(findings))
