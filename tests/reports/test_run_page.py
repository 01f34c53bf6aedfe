"""docs/run.md and its Chinese twin: every record of a run file, with every field."""

import pytest

from dabiao.schemas.language import Language, speaking
from tests.reports import run_page


@pytest.mark.parametrize("spoken", Language)
def test_the_page_is_what_the_records_say(spoken: Language) -> None:
    """It is made from them; ``python -m tests.reports.run_page`` writes it anew."""
    written = run_page.PAGES[spoken].read_text("utf-8").partition(run_page.MARK)[2]

    with speaking(spoken):
        assert written == run_page.generated()


def test_every_field_has_a_meaning() -> None:
    """A record that says nothing of a field leaves its reader guessing."""
    with speaking(Language.EN):
        lines = run_page.generated().splitlines()

    assert [line for line in lines if line.startswith("| `") and line.endswith("|  |")] == []


def test_no_chinese_sentence_is_left_over() -> None:
    """Whatever stands in the table of Chinese sentences is said of a record or a field."""
    pages = "".join(page.read_text("utf-8") for page in run_page.PAGES.values())

    assert [zh for en, zh in run_page.CHINESE.items() if en not in pages or zh not in pages] == []
