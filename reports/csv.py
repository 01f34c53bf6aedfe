"""A run as a table of values, one finding a row, for Excel and for programs."""

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

from dabiao.reports import phrases
from dabiao.schemas.finding import Finding, Scalar
from dabiao.schemas.language import say
from dabiao.schemas.run import Run

_GUARDED = (*"=+-@＝＋－＠", "\t", "\r", "'")


def write_csv(run: Run, file: TextIO) -> None:
    """Write all findings of a run, numbers in full."""
    write_rows(_headings(), (_row(finding) for finding in run.findings), file)


def write_rows(headings: Sequence[str], rows: Iterable[Sequence[Scalar]], file: TextIO) -> None:
    """Write a table of values.

    A text that a spreadsheet would take for a formula gets an apostrophe before it, which makes it
    a text again, and so does one that begins with an apostrophe, so that taking one away gives
    back what was there. Numbers stay as they are.
    """
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_value(value) for value in row] for row in rows)


def _value(value: Scalar) -> str:
    match value:
        case None:
            return ""
        case bool():
            return say("是", "yes") if value else say("否", "no")
        case str():
            return f"'{value}" if value.startswith(_GUARDED) else value
        case float() if value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004 - no digit is lost
            return str(int(value))
        case _:
            return repr(value)


def _headings() -> tuple[str, ...]:
    return (
        say("结论", "outcome"),
        say("规则", "rule"),
        say("承诺", "commitment"),
        say("文件", "document"),
        say("出处", "places"),
        say("层级", "level"),
        say("代码", "code"),
        say("名称", "name"),
        say("上级代码", "parents"),
        say("年份", "year"),
        say("实测", "observed"),
        say("比较", "comparator"),
        say("要求", "required"),
        say("要求上限", "required upper"),
        say("单位", "unit"),
        say("差距", "gap"),
        say("怎样达标", "remedy"),
        say("牵头单位", "lead units"),
        say("责任单位", "responsible units"),
        say("力争", "aspiration"),
        say("不一致", "contradicts"),
        say("以更严的为准", "governed by"),
        say("理由", "reason"),
        say("数据来源", "cells"),
    )


def _row(finding: Finding) -> tuple[Scalar, ...]:
    subject = finding.subject
    return (
        finding.outcome.label,
        finding.rule,
        finding.title,
        finding.citation.title,
        phrases.listed(finding.citation.places),
        subject.level.label,
        subject.code,
        subject.name,
        phrases.listed(subject.parents),
        finding.year,
        finding.observed,
        phrases.comparator(finding.required.comparator),
        finding.required.value,
        finding.required.upper,
        finding.unit,
        finding.gap,
        phrases.listed(finding.remedy),
        phrases.listed(finding.units.lead),
        phrases.listed(finding.units.responsible),
        finding.aspiration,
        phrases.listed(finding.contradicts),
        finding.governed_by,
        finding.reason,
        phrases.cells(finding),
    )
