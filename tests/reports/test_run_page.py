"""docs/run.md: every record of a run file, with every field."""

from tests.reports import run_page


def test_the_page_is_what_the_records_say() -> None:
    """It is made from them; ``python -m tests.reports.run_page`` writes it anew."""
    written = run_page.PAGE.read_text("utf-8").partition(run_page.MARK)[2]

    assert written == run_page.generated()


def test_every_field_has_a_meaning() -> None:
    """A record that says nothing of a field leaves its reader guessing."""
    lines = run_page.generated().splitlines()

    assert [line for line in lines if line.startswith("| `") and line.endswith("|  |")] == []
