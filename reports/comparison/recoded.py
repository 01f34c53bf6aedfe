"""Subjects that have another code now: their findings of before are told under that of today."""

from collections.abc import Mapping
from dataclasses import replace

from dabiao.schemas.finding import Finding, Input
from dabiao.schemas.level import Level
from dabiao.schemas.run import Run
from dabiao.schemas.subject import Subject


def new_codes(before: Run, after: Run) -> dict[str, str]:
    """Give the codes that subjects of the earlier run have in the later one, where they differ.

    A code that somebody else has by now is told by whoever has it.
    """
    there = {each.code for each in before.subjects}
    became = after.former_codes
    return {
        code: became[code] for code in sorted(there & became.keys()) if became[code] not in there
    }


def under(codes: Mapping[str, str], run: Run) -> Run:
    """Tell a run under other codes."""
    if not codes:
        return run
    subjects = tuple(
        replace(each, code=codes.get(each.code, each.code), parents=_above(codes, each.parents))
        for each in run.subjects
    )
    kept: dict[tuple[str, Level, tuple[str, ...]], Subject] = {}
    findings = tuple(_finding(codes, each, kept) for each in run.findings)
    return replace(run, subjects=subjects, findings=findings)


def _above(codes: Mapping[str, str], parents: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(codes.get(each, each) for each in parents)


def _finding(
    codes: Mapping[str, str],
    of: Finding,
    kept: dict[tuple[str, Level, tuple[str, ...]], Subject],
) -> Finding:
    whose = of.subject
    key = whose.code, whose.level, whose.parents
    if key not in kept:
        code = codes.get(whose.code, whose.code)
        kept[key] = replace(whose, code=code, parents=_above(codes, whose.parents))
    inputs: tuple[Input, ...] = of.inputs
    if any(each.subject in codes for each in inputs):
        inputs = tuple(
            replace(each, subject=codes.get(each.subject or "", each.subject)) for each in inputs
        )
    return replace(of, subject=kept[key], inputs=inputs)
