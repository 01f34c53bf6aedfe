"""The formats of results: which there are, and how a file's name tells one.

A new format is a member of ``Format``, its suffix, and a line in ``write_run``.
"""

from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum
from pathlib import Path

from dabiao.schemas.outcome import OPEN, Outcome


class Format(StrEnum):
    """How a result is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    MARKDOWN = "markdown"
    HTML = "html"
    XLSX = "xlsx"
    DOCX = "docx"
    JUNIT = "junit"
    SARIF = "sarif"


SUFFIXES = {
    ".txt": Format.TABLE,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".csv": Format.CSV,
    ".parquet": Format.PARQUET,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xlsx": Format.XLSX,
    ".docx": Format.DOCX,
    ".xml": Format.JUNIT,
    ".sarif": Format.SARIF,
}


STREAMED = (
    Format.TABLE,
    Format.JSON,
    Format.JSONL,
    Format.CSV,
    Format.PARQUET,
    Format.JUNIT,
    Format.SARIF,
)
"""Formats that hold no finding longer than it takes to write it."""

TOLD_ONE_BY_ONE = (Format.MARKDOWN, Format.XLSX, Format.DOCX)
"""Formats that tell each finding that is missed or behind; all others they count, in columns."""

HEADED = (Format.JSON, Format.PARQUET, Format.HTML, Format.DOCX)
"""Formats that hold the head of a run, with all that its reports name."""

KEPT = (Format.JSON, Format.PARQUET)
"""Formats in which a run is kept and read back."""

NOTED = (*KEPT, Format.HTML)
"""Formats that hold the notes on facts, and the sheets that they rest on."""

PACKED = (Format.XLSX, Format.DOCX, Format.PARQUET)
"""Formats that are no text: a screen can't show them."""


LISTED = (Format.TABLE, Format.JSON, Format.CSV, Format.MARKDOWN, Format.XLSX)
"""Formats that a listing has."""

PAGED = (*LISTED, Format.HTML)
"""Formats of a listing that has a page too."""

TABLES = (*LISTED[:-1], Format.HTML, Format.XLSX, Format.DOCX)
"""Formats that a filled table has."""

EXPLAINED = (Format.TABLE, Format.JSON, Format.MARKDOWN)
"""Formats that an explanation has."""

LIBRARY = (Format.HTML, Format.MARKDOWN)
"""Formats that the library of rules has."""


def held(
    forms: Iterable[Format],
    outcomes: Collection[Outcome] | None = None,
    *,
    by_county: bool = False,
) -> tuple[Outcome, ...]:
    """Give the outcomes of which a run has to hold the findings to be written in some formats.

    Args:
        forms: The formats.
        outcomes: The outcomes of those that are listed; None for all.
        by_county: Whether a table has a chapter for each county, each with findings of its own.
    """
    if not by_county and not any(form in TOLD_ONE_BY_ONE for form in forms):
        return ()
    return tuple(each for each in OPEN if not outcomes or each in outcomes)


def suffixes(of: Sequence[Format]) -> list[str]:
    """Give a suffix for each of some formats, the usual one."""
    usual: dict[Format, str] = {}
    for suffix, form in SUFFIXES.items():
        usual.setdefault(form, suffix)
    return [usual[form] for form in of]


def format_of(path: Path) -> Format | None:
    """Tell the format of a file by its name, or None."""
    return SUFFIXES.get(path.suffix.lower())
