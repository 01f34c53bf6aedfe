"""Cases to look at: listed, shown, linted, packed up."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dabiao.commands.cases.store import Cases, Today, day, opened
from dabiao.commands.exit_codes import Exit
from dabiao.commands.loading import read_run_file
from dabiao.commands.options import (
    Force,
    RunFile,
    argument,
    completion,
    option,
)
from dabiao.commands.options.groups import Destination
from dabiao.reports.outputs import (
    OutputError,
    check_file,
    print_line,
    write_bytes,
    write_stream,
)
from dabiao.schemas.language import say
from dabiao.schemas.problem import InputError

if TYPE_CHECKING:
    from dabiao.schemas.case import Case, CaseState

NUMBER = argument("NUMBER", "案件编号", "number of the case")
_BUNDLE = option("写入的 .zip", "the .zip to write", "--output", "-o", metavar="FILE.zip")
_STATE = option(
    "只看此状态的，如 已下达",
    "only in this state",
    "--state",
    metavar="STATE",
    autocompletion=completion.states,
)
_OVERDUE = option("只看超期的", "only those that are late", "--overdue")
_UNIT = option("只看此单位牵头或负责的", "only what this unit answers for", metavar="UNIT")
_AREA = option("只看此地区及其下级（代码）", "only this place and below", metavar="CODE")


def list_(
    *,
    cases: Cases = None,
    state: Annotated[list[str] | None, _STATE] = None,
    overdue: Annotated[bool, _OVERDUE] = False,
    unit: Annotated[str | None, _UNIT] = None,
    area: Annotated[str | None, _AREA] = None,
    today: Today = None,
    to: Destination,
) -> int:
    """List cases."""
    states = {read_state(word) for word in state or ()}
    book = opened(cases).book(day(today))
    from dabiao.cases.listing import case_listing, print_cases
    from dabiao.schemas.run import RunOptions

    book = book.narrowed(RunOptions(unit=unit, area=area))
    chosen = [case for case, _ in book.overdue()] if overdue else list(book.cases)
    wanted = [each for each in chosen if not states or each.state in states]
    prose = partial(print_cases, book, wanted)
    to.write(case_listing(book, wanted), prose=prose)
    return Exit.CHECKED


def show(
    number: Annotated[str, NUMBER],
    cases: Cases = None,
    today: Today = None,
) -> int:
    """Show a case whole, with all that was done."""
    store = opened(cases)
    book = store.book(day(today))
    from dabiao.cases.listing import case_lines

    case = find(book.cases, number)
    history = store.read(lambda open_: open_.history(case.number))
    print_line("\n".join(case_lines(book, case, history)))
    return Exit.CHECKED


def lint(cases: Cases = None, today: Today = None) -> int:
    """Name what cannot be right."""
    book = opened(cases).book(day(today))
    from dabiao.cases.lint import lint as linted
    from dabiao.reports.lists.problems import print_problems

    problems = linted(book)
    write_stream(sys.stdout, partial(print_problems, problems))
    return Exit.FOUND if problems else Exit.CHECKED


def bundle(
    context: typer.Context,
    path: RunFile,
    file: Annotated[Path, _BUNDLE],
    *,
    cases: Cases = None,
    today: Today = None,
    force: Force = False,
) -> int:
    """Pack up a run, its ledger and all proofs; the same again gives the same bytes."""
    if file.suffix.lower() != ".zip":
        raise OutputError(say(f"{file} 的后缀应为 .zip", f"{file} should end in .zip"))
    check_file(file, force=force)
    run = read_run_file(path)
    store = opened(cases)
    book = store.book(day(today))
    from dabiao.cases.bundle import bundle_bytes
    from dabiao.reports.circumstances import told_by

    command = (context.obj or "").replace(" --force", "")  # else the same would not be the same
    known = told_by(run, command, cases=book)
    write_bytes(file, bundle_bytes(store, run, known, book))
    return Exit.CHECKED


def read_state(word: str) -> "CaseState":
    """Read the name of a state.

    Raises:
        OutputError: There is none of this name.
    """
    from dabiao.schemas.case import CaseState

    found = CaseState.named(word)
    if found is None:
        known = say("、", ", ").join(each.label for each in CaseState)
        raise OutputError(
            say(
                f"没有状态“{word}”；可用：{known}", f"there is no state {word!r}; there are {known}"
            )
        )
    return found


def find(cases: "tuple[Case, ...]", number: str) -> "Case":
    """Find a case by its number; letters may be small."""
    from dabiao.cases.updating import no_such_case

    found = next((each for each in cases if each.number == number.upper()), None)
    if found is None:
        raise InputError([no_such_case(number, [each.number for each in cases])])
    return found
