"""A run written to every place that it goes to."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dabiao.reports.format_names import Format
from dabiao.reports.outputs import Output, Write, tell, write_each
from dabiao.schemas.language import say

if TYPE_CHECKING:
    from dabiao.reports.circumstances import Circumstances
    from dabiao.schemas.outcome import Outcome
    from dabiao.schemas.run import Run

LARGE = 50_000_000
"""Bytes of a page from which on browsers are slow to open it."""


def write_everywhere(
    run: "Run",
    known: "Circumstances",
    chosen: Sequence[Output],
    most: int | None,
    years: "Mapping[int, Mapping[Outcome, int]] | None" = None,
) -> None:
    """Write a run to every place it goes to, and count its findings where nothing is shown.

    Args:
        run: The run.
        known: What is known beside it.
        chosen: Where it goes to.
        most: How many findings are shown on a screen; None for all. A file has all of them.
        years: The findings of each year by outcome; None where the run tells.

    Raises:
        OutputError: It could not be written everywhere.
    """
    from dabiao.reports.summaries import counts_lines
    from dabiao.reports.writing.formats import write_run

    def write(output: Output) -> Write:
        limit = None if output.path else most
        return partial(write_run, run, output.form, limit=limit, circumstances=known)

    write_each(chosen, write)
    for output in chosen:
        if output.form is Format.HTML and output.path is not None:
            _tell_large(output.path)
    if all(output.path for output in chosen):
        tell("\n".join(counts_lines(run, years)))


def _tell_large(page: Path) -> None:
    """Tell of a page that a browser takes long to open, and what to do instead."""
    size = page.stat().st_size
    if size > LARGE:
        told = f"{size / 1e6:,.0f} MB"
        tell(
            say(
                f"{page} 有 {told}，浏览器打开会很慢，甚至打不开；加 --area 一个地区写一页，"
                "加 --outcome 未达标 只写没有做到的，或写成 .csv、.parquet",
                f"{page} has {told}, which a browser opens slowly or not at all; write a page for"
                " each place with --area, what is missed alone with --outcome violation, or .csv"
                " or .parquet",
            )
        )
