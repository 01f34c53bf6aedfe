"""The formats of results: which there are, how a file's name tells one, and who writes it.

A new format is a member of ``Format``, its suffix, and a line in ``write_run``.
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from dabiao.schemas.run import Run


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"


SUFFIXES = {
    ".txt": Format.TABLE,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
}

SHORT = (Format.TABLE, Format.MARKDOWN)
"""Formats that hold no more than what is not well."""


def format_of(path: Path) -> Format | None:
    """Tell the format of a file by its name, or None."""
    return SUFFIXES.get(path.suffix.lower())


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
            from dabiao.reports.consoles import console
            from dabiao.reports.table import print_run

            print_run(run, console(file), limit, names)
        case Format.JSON:
            from dabiao.reports.json import write_json

            write_json(run, file)
        case Format.CSV:
            from dabiao.reports.csv import write_csv

            write_csv(run, file)
        case Format.MARKDOWN:
            from dabiao.reports.markdown import write_markdown

            write_markdown(run, file, names)
        case Format.HTML:
            from dabiao.reports.html import write_html

            write_html(run, file, names)
