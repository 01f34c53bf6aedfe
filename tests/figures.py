"""Figures of docs/reliability.md, written by the suites that found them.

A figure stands between two marks there, ``<!-- name -->`` and ``<!-- /name -->``. A suite that is
run with WRITE_FIGURES=1 puts what it found in its place; the command is beside it on the page.
"""

import os
import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reliability.md"


def write(name: str, found: str) -> None:
    """Put a figure in its place, if figures are to be written."""
    if not os.environ.get("WRITE_FIGURES"):
        return
    page = PAGE.read_text("utf-8")
    place = re.compile(rf"(<!-- {name} -->).*?(<!-- /{name} -->)", re.DOTALL)
    written, places = place.subn(lambda at: at[1] + found + at[2], page)
    assert places == 1, f"{PAGE.name} has {places} places for {name}"
    PAGE.write_text(written, "utf-8")


def written(name: str) -> str:
    """Give a figure as it stands on the page."""
    found = re.search(rf"<!-- {name} -->(.*?)<!-- /{name} -->", PAGE.read_text("utf-8"), re.DOTALL)
    assert found is not None, name
    return found[1]
