"""A run in any format: who writes which."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TextIO

from dabiao.reports.format_names import Format

if TYPE_CHECKING:
    from dabiao.schemas.run import Run


def write_run(
    run: "Run",
    form: Format,
    file: TextIO,
    *,
    limit: int | None = None,
    names: Mapping[str, str] | None = None,
) -> None:
    """Write a run.

    Args:
        run: What to write.
        form: In which format.
        file: Where to.
        limit: How many violations a table lists; None for all. Other formats hold them all.
        names: Names of subjects that no finding is about.
    """
    match form:
        case Format.TABLE:
            from dabiao.reports.run.table import print_run
            from dabiao.reports.terminal.consoles import console

            print_run(run, console(file), limit, names)
        case Format.JSON:
            from dabiao.reports.run.json import write_json

            write_json(run, file)
        case Format.CSV:
            from dabiao.reports.run.csv import write_csv

            write_csv(run, file)
        case Format.MARKDOWN:
            from dabiao.reports.run.markdown import write_markdown

            write_markdown(run, file, names)
        case Format.HTML:
            from dabiao.reports.run.html import write_html

            write_html(run, file, names)
