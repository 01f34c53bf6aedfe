"""Filled tables as a page for a browser."""

from collections.abc import Sequence
from typing import TextIO

from dabiao.reports.tables.laid import LaidTable
from dabiao.reports.templates.templating import environment


def write_page(tables: Sequence[LaidTable], file: TextIO) -> None:
    """Write tables as one page that needs nothing else."""
    template = environment().get_template("tables.html.jinja")
    file.write(template.render(tables=tables))
