"""``dabiao compare`` and ``dabiao trend``: runs beside each other, made from their files alone."""
# ruff: noqa: PLR0917 - Typer calls a command by the names of its options

from functools import partial
from pathlib import Path
from typing import Annotated

from dabiao.commands.exit_codes import Exit
from dabiao.commands.loading import read_run_file
from dabiao.commands.options import Files, Force, OutputFormat, argument, option
from dabiao.reports.lists.listings import write_out
from dabiao.reports.outputs import tell

_OLD = argument("OLD", "上一次 check -o 写出的 .json", "the .json of an earlier check -o")
_NEW = argument("NEW", "这一次的", "the one of a later check")
_RUNS = argument("RUN...", "几次 check -o 写出的 .json，按先后", "files of several runs, in order")


def compare(
    old: Annotated[Path, _OLD],
    new: Annotated[Path, _NEW],
    outcomes: Annotated[
        bool, option("只看结论变了的", "only other outcomes", "--outcomes-only")
    ] = False,
    form: OutputFormat = None,
    files: Files = None,
    force: Force = False,
) -> int:
    """Tell what changed between two runs, finding by finding, and why."""
    from dabiao.reports.comparison.compare import compare as compared
    from dabiao.reports.comparison.listing import comparison_listing, headlines, print_comparison

    found = compared(read_run_file(old), read_run_file(new))
    if outcomes:
        kept = tuple(each for each in found.changes if each.outcomes[0] is not each.outcomes[1])
        found = found.model_copy(update={"changes": kept})
    listing = comparison_listing(found)
    write_out(listing, form, files, force=force, prose=partial(print_comparison, found))
    if files:
        tell("\n".join(headlines(found)))
    return Exit.CHECKED


def trend(
    runs: Annotated[list[Path], _RUNS],
    form: OutputFormat = None,
    files: Files = None,
    force: Force = False,
) -> int:
    """Put the counts of several runs beside each other."""
    from dabiao.reports.comparison.trend import trend_listing

    listing = trend_listing([(path.name, read_run_file(path)) for path in runs])
    write_out(listing, form, files, force=force)
    return Exit.CHECKED
