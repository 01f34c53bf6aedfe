"""Filled tables in the format that is wanted."""

import json
from collections.abc import Sequence
from typing import TextIO, assert_never

from dabiao.reports.format_names import Format
from dabiao.reports.tables import cells
from dabiao.schemas.filled_table import FilledTable
from dabiao.schemas.language import say

TABLES = (Format.TABLE, Format.JSON, Format.CSV, Format.MARKDOWN, Format.HTML, Format.XLSX)
"""Formats a filled table has."""


def write_tables(tables: Sequence[FilledTable], form: Format, file: TextIO) -> None:
    """Write tables, one after the other.

    Args:
        tables: The tables: one definition, so that all have the same columns.
        form: In which format.
        file: Where to.
    """
    match form:
        case Format.TABLE:
            for table in tables:
                _print(table, file)
        case Format.JSON:
            records = [table.model_dump(mode="json") for table in tables]
            json.dump(records, file, ensure_ascii=False, indent=2)
            file.write("\n")
        case Format.CSV:
            from dabiao.reports.run.csv import write_rows

            heads = [say("表", "table"), *cells.headings(tables[0])]
            rows = ([cells.title(each), *row] for each in tables for row in cells.values(each))
            write_rows(heads, rows, file)
        case Format.MARKDOWN:
            from dabiao.reports.run.markdown import escaped, write_table

            for table in tables:
                file.write(f"## {escaped(cells.title(table))}\n\n")
                write_table(cells.headings(table), cells.texts(table), file)
                file.writelines(f"\n{escaped(said)}\n" for said in cells.remarks(table))
                file.write("\n")
        case Format.HTML:
            from dabiao.reports.tables.page import write_page

            write_page(tables, file)
        case Format.XLSX:
            from dabiao.reports.tables.workbook import tables_bytes

            file.buffer.write(tables_bytes(tables))
        case Format.DOCX | Format.JSONL | Format.PARQUET | Format.JUNIT | Format.SARIF:
            raise ValueError("a filled table has no such format")
        case _:
            assert_never(form)


def _print(table: FilledTable, file: TextIO) -> None:
    from rich.text import Text

    from dabiao.reports.terminal.consoles import console, ruled

    screen = console(file)
    screen.print(Text(cells.title(table), style="bold"))
    grid = ruled(screen)
    for heading in cells.headings(table):
        grid.add_column(heading, overflow="fold")
    for row in cells.texts(table):
        grid.add_row(*(Text(each) for each in row))
    screen.print(grid)
    for said in cells.remarks(table):
        screen.print(Text(said))
