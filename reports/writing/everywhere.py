"""A run written to every place that it goes to."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from dabiao.reports.outputs import Output, Write, tell, write_each

if TYPE_CHECKING:
    from dabiao.reports.circumstances import Circumstances
    from dabiao.schemas.outcome import Outcome
    from dabiao.schemas.run import Run


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
    if all(output.path for output in chosen):
        tell("\n".join(counts_lines(run, years)))
