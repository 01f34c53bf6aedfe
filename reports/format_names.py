"""The formats of results: which there are, and how a file's name tells one.

A new format is a member of ``Format``, its suffix, and a line in ``write_run``.
"""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path


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


SHORT = (Format.TABLE, Format.SARIF, Format.MARKDOWN, Format.XLSX)
"""Formats that tell no more than what is not well; the rest they count at most, in columns."""

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

HEADED = (Format.JSON, Format.PARQUET, Format.HTML, Format.DOCX)
"""Formats that hold the head of a run, with all that its reports name."""

KEPT = (Format.JSON, Format.PARQUET)
"""Formats in which a run is kept and read back."""

PACKED = (Format.XLSX, Format.DOCX, Format.PARQUET)
"""Formats that are no text: a screen can't show them."""


def suffixes(of: Sequence[Format]) -> list[str]:
    """Give a suffix for each of some formats, the usual one."""
    usual: dict[Format, str] = {}
    for suffix, form in SUFFIXES.items():
        usual.setdefault(form, suffix)
    return [usual[form] for form in of]


def format_of(path: Path) -> Format | None:
    """Tell the format of a file by its name, or None."""
    return SUFFIXES.get(path.suffix.lower())
