"""Lists of like things (rules, problems, proofs, sentences) in any format but HTML and Word."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, assert_never

from dabiao.reports.format_names import LISTED, PAGED, Format
from dabiao.reports.lists.charts import ListingChart
from dabiao.reports.outputs import Output, Write, outputs, write_each
from dabiao.reports.streams import measured
from dabiao.schemas.record import dataclass

if TYPE_CHECKING:
    from dabiao.schemas.finding import Scalar


@dataclass(frozen=True, slots=True)
class Listing:
    """Like things, one a row.

    Attributes:
        columns: Key to heading, in order.
        rows: Values by key.
        records: The same as plain data for JSON, where that is more than the rows; or gives it.
        above: What to know before reading it, a paragraph each, where there is room for words.
        chart: How it is drawn in a workbook; None where it is not.
    """

    columns: Mapping[str, str]
    rows: Sequence[Mapping[str, "Scalar"]]
    records: Any = None
    above: Sequence[str] = ()
    chart: ListingChart | None = None


def write_out(  # noqa: PLR0913 - where to, and how for whom
    of: Listing,
    form: Format | None,
    files: Sequence[Path] | None = None,
    *,
    force: bool = False,
    prose: Callable[[TextIO], None] | None = None,
    page: Callable[[TextIO], None] | None = None,
) -> None:
    """Write a listing to wherever it is wanted.

    Args:
        of: The listing.
        form: The format that was asked for, or None.
        files: Where to; standard output if nothing is said.
        force: Whether files may be overwritten.
        prose: Prints it for people, where a table would not be the best way to.
        page: Writes it as a page, where there is one.

    Raises:
        OutputError: It cannot be written there, or not in this format.
    """
    chosen = outputs(files, form, LISTED if page is None else PAGED, force=force)

    def write(output: Output) -> Write:
        if output.form is Format.HTML and page is not None:
            return page
        return partial(write_listing, of, output.form, prose=prose)

    write_each(chosen, write)


def write_listing(
    of: Listing, form: Format, file: TextIO, *, prose: Callable[[TextIO], None] | None = None
) -> None:
    """Write a listing.

    Args:
        of: The listing.
        form: In which format.
        file: Where to.
        prose: Prints it for people, where a table would not be the best way to.
    """
    cells = ([row[key] for key in of.columns] for row in of.rows)
    shown = ([_shown(key, row[key]) for key in of.columns] for row in of.rows)
    match form:
        case Format.JSON:
            told = of.records() if callable(of.records) else of.records
            json.dump(told or of.rows, file, ensure_ascii=False, indent=2)
            file.write("\n")
        case Format.CSV:
            from dabiao.reports.run.csv import write_rows

            write_rows(list(of.columns.values()), cells, file)
        case Format.MARKDOWN:
            from dabiao.reports.run.markdown import escaped, write_table

            file.writelines(f"{escaped(line)}\n\n" for line in of.above)
            write_table(list(of.columns.values()), shown, file)
        case Format.XLSX:
            from dabiao.reports.lists.workbook import listing_bytes

            file.buffer.write(listing_bytes(of.columns, of.rows, of.above, of.chart))
        case (
            Format.TABLE
            | Format.JSONL
            | Format.PARQUET
            | Format.HTML
            | Format.DOCX
            | Format.JUNIT
            | Format.SARIF
        ):
            if prose is not None:
                if measured(file):
                    from dabiao.reports.terminal.wrapping import in_lines

                    file = in_lines(file)
                prose(file)
            else:
                _print(of, shown, file)
        case _:
            assert_never(form)


def _print(of: Listing, shown: Iterable[Sequence[str]], file: TextIO) -> None:
    from dabiao.reports.terminal.consoles import console
    from dabiao.reports.terminal.grids import print_grid

    numbers = {
        at
        for at, key in enumerate(of.columns)
        if all(isinstance(row[key], int | float) for row in of.rows)
    }
    headings = list(of.columns.values())
    print_grid(console(file), headings, shown, numbers)


def _shown(key: str, value: "Scalar") -> str:
    """Write a cell for people, with its thousands grouped; a year has none."""
    if value is None:
        return ""
    if key == "year" or isinstance(value, str):
        return str(value)
    from dabiao.reports.numbers import scalar

    return scalar(value)
