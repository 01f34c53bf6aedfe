"""Problems as people and programs read them: one by one, or put together by cause."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from dabiao.reports.format_names import LISTED, Format
from dabiao.reports.lists.listings import Listing, write_listing
from dabiao.reports.outputs import Output, Write, outputs, write_each
from dabiao.schemas.language import number_of, say
from dabiao.schemas.problem import Problem, Severity, problem_text

if TYPE_CHECKING:
    from dabiao.intake.justifications import Justification
    from dabiao.intake.problem_groups import ProblemGroup
    from dabiao.schemas.finding import Scalar

_GRAVITY = list(Severity)
FEW = 5
"""Problems told one by one where they are not what was asked for."""


def problem_listing(problems: Sequence[Problem]) -> Listing:
    """List problems, one a row."""
    columns = {
        "severity": say("程度", "severity"),
        "code": say("代号", "code"),
        "place": say("位置", "place"),
        "message": say("问题", "problem"),
        "found": say("填的是", "found"),
        "expected": say("应为", "expected"),
        "hint": say("办法", "hint"),
        "subject": say("对象", "subject"),
        "year": say("年份", "year"),
        "item": say("数据项", "item"),
    }
    records = [_record(problem) for problem in problems]
    rows = [
        {key: record[key] for key in columns} | {"severity": problem.severity.label}
        for problem, record in zip(problems, records, strict=True)
    ]
    return Listing(columns, rows, records)


def _record(problem: Problem) -> dict[str, Any]:
    """Give a problem as plain data, without what nobody outside asks for."""
    record = asdict(problem) | {"place": problem.place}
    for key, nothing in (("cause", None), ("also", ()), ("count", 1), ("whole", False)):
        if record[key] == nothing:
            del record[key]
    return record


def cause_listing(
    causes: Sequence["ProblemGroup"], why: "Mapping[Problem, Justification] | None"
) -> Listing:
    """List causes, one a row; as data each with its problems, and why where it is explained."""
    reasons = why or {}
    columns = {
        "severity": say("程度", "severity"),
        "code": say("代号", "code"),
        "place": say("位置", "place"),
        "count": say("处数", "count"),
        "message": say("问题", "problem"),
        "found": say("填的是", "found"),
        "expected": say("应为", "expected"),
        "hint": say("办法", "hint"),
    }
    rows: list[dict[str, Scalar]] = [
        {
            "severity": cause.severity.label,
            "code": cause.code,
            "place": cause.place,
            "count": cause.count,
            "message": cause.message,
            "found": say("、", ", ").join(cause.found),
            "expected": cause.expected,
            "hint": cause.hint,
        }
        for cause in causes
    ]
    records = [
        row
        | {
            "severity": cause.severity.value,
            "file": cause.file,
            "sheet": cause.sheet,
            "cells": list(cause.cells),
            "found": list(cause.found),
            "problems": [_record(problem) for problem in cause.problems],
        }
        | _reason(reasons.get(cause.problems[0]))
        for cause, row in zip(causes, rows, strict=True)
    ]
    return Listing(columns, rows, records)


def _reason(of: "Justification | None") -> dict[str, "Scalar"]:
    if of is None:
        return {}
    from dabiao.reports.lists.explained import cells

    return cells(of)


def numbered_listing(
    causes: Sequence["ProblemGroup"], why: "Mapping[Problem, Justification] | None"
) -> Listing:
    """List problems one by one, each with the number of its cause; explained ones with why."""
    problems = [problem for cause in causes for problem in cause.problems]
    one_by_one = problem_listing(problems)
    numbers = [number for number, cause in enumerate(causes, 1) for _ in cause.problems]
    columns = {"cause": say("原因", "cause"), **one_by_one.columns}
    rows = [{"cause": at, **row} for at, row in zip(numbers, one_by_one.rows, strict=True)]
    if why:
        from dabiao.reports.lists import explained

        columns |= explained.columns()
        told = [explained.cells(why.get(problem)) for problem in problems]
        rows = [row | more for row, more in zip(rows, told, strict=True)]
    return Listing(columns, rows)


def write_causes(
    problems: Sequence[Problem],
    form: Format | None,
    files: Sequence[Path] | None,
    *,
    force: bool,
    why: "Mapping[Problem, Justification] | None",
) -> None:
    """Write problems by cause to wherever they are wanted; as CSV one by one.

    Args:
        problems: What to write.
        why: Problems that are explained: told behind the others, each with its explanation.
        form: The format that was asked for, or None.
        files: Where to; standard output if nothing is said.
        force: Whether files may be overwritten.

    Raises:
        OutputError: It cannot be written there, or not in this format.
    """
    # slow to load, for what others don't need
    from dabiao.intake.problem_groups import ProblemGroup, group_problems

    causes = gravest_first(group_problems(problems))
    folded = [ProblemGroup([each]) for each in why or ()]

    def prose(file: TextIO) -> None:
        print_causes(causes, file)
        if why:
            from dabiao.reports.lists.explained import print_explained

            print_explained(why, file)

    def write(output: Output) -> Write:
        one_by_one = bool(why) or output.form is Format.CSV
        if one_by_one and output.form is not Format.JSON:
            listing = numbered_listing([*causes, *folded], why)
        else:
            listing = cause_listing([*causes, *folded], why)
        return partial(write_listing, listing, output.form, prose=prose)

    write_each(outputs(files, form, LISTED, force=force), write)


def gravest_first(causes: Sequence["ProblemGroup"]) -> list["ProblemGroup"]:
    """Put errors before warnings, and notes last."""
    return sorted(causes, key=lambda cause: _GRAVITY.index(cause.severity))


def print_causes(causes: Sequence["ProblemGroup"], file: TextIO, most: int | None = None) -> None:
    """Print causes one below the other, errors first, and how many problems there are.

    Args:
        causes: What to print.
        file: Where to.
        most: How many to tell in full; None for all, and for notes, of which one of each kind is
            told.
    """
    wrong = [each for each in gravest_first(causes) if each.severity is not Severity.NOTE]
    file.writelines(f"{cause}\n" for cause in wrong[:most])
    if wrong:
        _write_count([p for cause in wrong for p in cause.problems], len(wrong), file, most)
    if most is None:
        print_noted([each for each in causes if each.severity is Severity.NOTE], file)


def print_noted(causes: Sequence["ProblemGroup"], file: TextIO) -> None:
    """Tell one of the notes of each kind, and how many more there are."""
    kinds: dict[str, list[ProblemGroup]] = {}
    for cause in causes:
        kinds.setdefault(cause.code, []).append(cause)
    for same in kinds.values():
        line = problem_text(same[0].place, same[0].severity, same[0].message, same[0].code)
        if len(same) > 1:
            rest = len(same) - 1
            line += say(f"（同类另有 {rest:,} 处）", f" (and {rest:,} more of this kind)")
        file.write(f"{line}\n")


def print_problems(problems: Sequence[Problem], file: TextIO, most: int | None = None) -> None:
    """Print problems one below the other, errors first, and how many there are.

    One mistake that is repeated in many lines of text is told once, with its other places.

    Args:
        problems: What to print.
        file: Where to.
        most: How many to tell in full; None for all.
    """
    gravest = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)
    told = _repeated(gravest)
    for first, *others in told[:most]:
        file.write(f"{first}\n")
        if others:
            file.write(f"  {_elsewhere(others)}\n")
    if problems:
        _write_count(problems, len(told), file, most)


def _repeated(problems: Sequence[Problem]) -> list[list[Problem]]:
    """Put problems of lines of text together that say the very same, if they are many."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for at, problem in enumerate(problems):
        same = (problem.severity, problem.code, problem.message, problem.expected, problem.hint)
        in_text = problem.line is not None and problem.cell is None and problem.found is None
        groups.setdefault(same if in_text else (at,), []).append(problem)
    return [
        part
        for group in groups.values()
        for part in ([group] if len(group) > FEW else [[each] for each in group])
    ]


def _elsewhere(problems: Sequence[Problem]) -> str:
    """Tell how many more places say the same, and the first of them."""
    places = say("、", ", ").join(problem.place for problem in problems[:FEW])
    count = len(problems)
    more = say(" 等", ", …") if count > FEW else ""
    return say(f"同样的还有 {count:,} 处：{places}{more}", f"{count:,} more: {places}{more}")


def _write_count(problems: Sequence[Problem], lines: int, file: TextIO, most: int | None) -> None:
    file.write(counted(problems))
    if lines < len(problems):
        file.write(say(f"，出于 {lines:,} 个原因", f", of {number_of(lines, 'cause')}"))
    if most is not None and lines > most:
        file.write(
            say("；用 dabiao facts validate 看全部", "; dabiao facts validate lists them all")
        )
    file.write("\n")


def counted(problems: Sequence[Problem]) -> str:
    """Say how many problems there are."""
    errors = sum(problem.count for problem in problems if problem.severity is Severity.ERROR)
    warnings = sum(problem.count for problem in problems if problem.severity is Severity.WARNING)
    return say(f"错误 {errors:,}，警告 {warnings:,}", f"errors: {errors:,}, warnings: {warnings:,}")
