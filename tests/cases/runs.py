"""Runs that open cases, and changes of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dabiao.cases.opening import open_cases
from dabiao.cases.store.store import Signature, Store
from dabiao.cases.updating import Said, update_cases
from dabiao.schemas.case import Case, CaseState
from dabiao.schemas.finding import Finding
from dabiao.schemas.run import Run
from tests.reports.sample import class_size, pupils, sample_run

OFFICE = "市教育督导室"


def signed(day: date, why: str = "", by: str = OFFICE) -> Signature:
    """Sign for an office."""
    return Signature(by, day, why)


def judged(classes: Iterable[tuple[int, int]], year: int = 2024) -> Run:
    """Judge the sizes of classes, each by its number."""
    findings = [
        replace(class_size(pupils(number), size, number), year=year, figures=year)
        for number, size in classes
    ]
    return run_of(findings, year)


def run_of(findings: Iterable[Finding], year: int) -> Run:
    """Make a run of findings."""
    return replace(sample_run(), findings=tuple(findings), as_of=year, years=(year,))


def opened(store: Store, sizes: Iterable[int], day: date, year: int = 2024) -> list[Case]:
    """Open cases of classes that are too large, in their order."""
    done = open_cases(store, judged(enumerate(sizes, 1), year), signed(day))
    return sorted(done.new, key=lambda case: case.subject)


def now(store: Store, number: str) -> Case:
    """Give a case as it is now."""
    case = store.read(lambda open_: open_.case(number))
    assert case is not None
    return case


def write(store: Store, number: str, day: date, said: Said, **more: str) -> Case:
    """Write what is said of a case on a day."""
    signature = signed(day, **more)
    (case,) = store.write(signature, lambda open_: update_cases(open_, [number], said))
    return case


STEPS: tuple[tuple[date, Said], ...] = (
    (date(2024, 1, 31), {"state": CaseState.NOTIFIED, "issued": date(2024, 1, 31)}),
    (date(2024, 2, 20), {"state": CaseState.ANSWERED, "progress": "正在分班"}),
    (date(2024, 2, 29), {"state": CaseState.RECTIFIED, "evidence": "分班名单"}),
    (
        date(2024, 12, 31),
        {"state": CaseState.RECHECKED, "rechecked": date(2024, 12, 31), "result": "合格"},
    ),
    (date(2025, 1, 1), {"state": CaseState.CLOSED, "closed_by": OFFICE}),
)
"""A case on its usual way, over a leap day and the end of a year."""
