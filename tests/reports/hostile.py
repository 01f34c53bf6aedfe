"""A run whose names are meant to do harm, or to be mistaken for something else."""

from dabiao.schemas.finding import Units
from dabiao.schemas.level import Level
from dabiao.schemas.run import Run
from dabiao.schemas.subject import Subject
from tests.reports.sample import class_size, sample_run

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
        citation = one.citation.model_copy(update={"title": name, "places": (name,)})
        update = {
            "title": name,
            "reason": name,
            "unit": name,
            "citation": citation,
            "units": Units(lead=(name,), responsible=(name,)),
            "remedy": (name,),
        }
        findings.append(one.model_copy(update=update))
        findings.append(class_size(school.model_copy(update={"code": f"x{at}"}), None, 13))
    run = sample_run()
    return run.model_copy(update={"findings": tuple(findings)})
