"""The formats of results: which there are, and how a file's name tells one.

A new format is a member of ``Format``, its suffix, and a line in ``write_run``.
"""

from enum import StrEnum
from pathlib import Path


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
