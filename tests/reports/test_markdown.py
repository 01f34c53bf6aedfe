"""Markdown: counts, what is not well, what is missing."""

import io

from inline_snapshot import external_file

from dabiao.reports.run.markdown import escaped, write_markdown
from dabiao.schemas.run import Run
from tests.reports.sample import sample_run


def written(run: Run) -> str:
    """Write a run into a text."""
    file = io.StringIO()
    write_markdown(run, file)
    return file.getvalue()


def test_page() -> None:
    """The page is the approved one."""
    assert written(sample_run()) == external_file("approved/run.md", format=".txt")


def test_whatever_is_submitted_stays_text() -> None:
    """A name cannot break a table or begin a tag."""
    assert escaped("a|b\n<b>*c*") == r"a\|b<br>\<b\>\*c\*"
