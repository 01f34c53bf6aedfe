"""Number formats that are for some numbers only: [>=100]0"人"."""

import pytest

from dabiao.intake.formats.xlsx.printed import wording


@pytest.mark.parametrize(
    ("condition", "below", "at", "above"),
    [
        ("<", "人", "个", "个"),
        (">", "个", "个", "人"),
        ("<=", "人", "人", "个"),
        (">=", "个", "人", "人"),
        ("=", "个", "人", "个"),
        ("<>", "人", "个", "人"),
    ],
)
def test_whether_a_condition_includes_its_bound(
    condition: str, below: str, at: str, above: str
) -> None:
    """A format that is for some numbers only shows its word for these, up to the very bound."""
    words = wording(f'[{condition}100]0"人";0"个"')
    assert words is not None
    printed = [words.printed(value) for value in (99.0, 100.0, 101.0)]

    assert [each and each.shown for each in printed] == [f"99{below}", f"100{at}", f"101{above}"]
