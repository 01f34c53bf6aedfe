"""Justifications as people and programs read them: folded, each with its reason."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from dabiao.intake.justifications import FILE_COLUMNS, Justification, Justifications
from dabiao.reports.format_names import Format
from dabiao.reports.lists.listings import Listing, write_listing
from dabiao.reports.outputs import Output
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem

if TYPE_CHECKING:
    from dabiao.schemas.finding import Scalar

EXPLAINED = ("reason", "who", "when")
"""The fields that say why, who and when."""


def write_justifications(path: Path, known: Justifications) -> None:
    """Write the file of explanations.

    Raises:
        OutputError: It cannot be written.
    """
    columns = {field: say(*names) for field, names in FILE_COLUMNS.items()}
    rows: list[dict[str, Scalar]] = [
        {field: getattr(each, field) for field in FILE_COLUMNS} for each in known
    ]
    Output(path, Format.CSV).write(partial(write_listing, Listing(columns, rows), Format.CSV))


def why_right(of: Justification) -> str:
    """Tell why something is right, by whom and when."""
    by = say("，", ", ").join(each for each in (of.who, of.when) if each)
    return f"{of.reason}（{by}）" if by else of.reason


def columns() -> dict[str, str]:
    """Name the columns of lists that say why, who and when."""
    return {field: say(*FILE_COLUMNS[field]) for field in EXPLAINED}


def cells(of: Justification | None) -> "dict[str, Scalar]":
    """Give what stands in these columns."""
    return {field: "" if of is None else getattr(of, field) for field in EXPLAINED}


def print_explained(why: Mapping[Problem, Justification], file: TextIO) -> None:
    """Print what is explained, a line each."""
    if why:
        file.write(say("\n已说明\n", "\nExplained\n"))
    for problem, of in why.items():
        reason = why_right(of)
        file.write(
            say(
                f"  {problem.place}: {problem.message}——{reason}\n",
                f"  {problem.place}: {problem.message} – {reason}\n",
            )
        )


def counted(still: Sequence[Problem], why: Mapping[Problem, Justification]) -> str:
    """Say how many are open and how many are explained."""
    left = sum(problem.count for problem in still)
    return say(
        f"待核实 {left:,} 条，已说明 {len(why):,} 条", f"{left:,} open, {len(why):,} explained"
    )
