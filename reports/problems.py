"""Problems as people and programs read them."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TextIO

from dabiao.reports.listings import Listing
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem, Severity

FEW = 5
"""Problems told one by one where they are not what was asked for."""


def problem_listing(problems: Sequence[Problem]) -> Listing:
    """List problems, one a row."""
    columns = {
        "severity": say("程度", "severity"),
        "code": say("代号", "code"),
        "place": say("位置", "place"),
        "message": say("问题", "problem"),
        "expected": say("应为", "expected"),
        "hint": say("办法", "hint"),
        "subject": say("对象", "subject"),
        "year": say("年份", "year"),
        "item": say("数据项", "item"),
    }
    records = [asdict(problem) | {"place": problem.place} for problem in problems]
    words = {Severity.ERROR: say("错误", "error"), Severity.WARNING: say("警告", "warning")}
    rows = [
        {key: record[key] for key in columns} | {"severity": words[problem.severity]}
        for problem, record in zip(problems, records, strict=True)
    ]
    return Listing(columns, rows, records)


def print_problems(problems: Sequence[Problem], file: TextIO, most: int | None = None) -> None:
    """Print problems one below the other, errors first, and how many there are.

    Args:
        problems: What to print.
        file: Where to.
        most: How many to tell in full; None for all.
    """
    gravest = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)
    file.writelines(f"{problem}\n" for problem in gravest[:most])
    if not problems:
        return
    file.write(counted(problems))
    if most is not None and len(problems) > most:
        file.write(
            say("；用 dabiao facts validate 看全部", "; dabiao facts validate lists them all")
        )
    file.write("\n")


def counted(problems: Sequence[Problem]) -> str:
    """Say how many problems there are."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    return say(f"错误 {errors:,}，警告 {warnings:,}", f"errors: {errors:,}, warnings: {warnings:,}")
