"""Filled tables in the format that is wanted."""

import json
from collections.abc import Sequence
from typing import TextIO, assert_never

from dabiao.reports.format_names import Format
from dabiao.reports.tables.laid import laid, values
from dabiao.schemas.border import border
from dabiao.schemas.filled_table import DocumentTableFilled


def write_tables(tables: Sequence[DocumentTableFilled], form: Format, file: TextIO) -> None:
    """Write tables, one after the other.

    Args:
        tables: The tables: one definition, so that all have the same columns.
        form: In which format.
        file: Where to.
    """
    match form:
        case Format.TABLE:
            _print(tables, file)
        case Format.JSON:
            records = [border(type(table)).dump_python(table, mode="json") for table in tables]
            json.dump(records, file, ensure_ascii=False, indent=2)
            file.write("\n")
        case Format.CSV:
            from dabiao.reports.run.csv import write_rows

            heads, rows = values(tables)
            write_rows(heads, rows, file)
        case Format.MARKDOWN:
            _markdown(tables, file)
        case Format.HTML:
            from dabiao.reports.tables.page import write_page

            write_page([laid(table) for table in tables], file)
        case Format.XLSX:
            from dabiao.reports.tables.workbook import tables_bytes

            file.buffer.write(tables_bytes([laid(table) for table in tables]))
        case Format.DOCX:
            from dabiao.reports.tables.document import document_bytes

            file.buffer.write(document_bytes([laid(table) for table in tables]))
        case Format.JSONL | Format.PARQUET | Format.JUNIT | Format.SARIF:
            raise ValueError("a filled table has no such format")
        case _:
            assert_never(form)


def _print(tables: Sequence[DocumentTableFilled], file: TextIO) -> None:
    from rich.text import Text

    from dabiao.reports.terminal.consoles import console
    from dabiao.reports.terminal.grids import print_grid
    from dabiao.reports.terminal.wrapping import print_wrapped

    screen = console(file)
    for table in map(laid, tables):
        print_wrapped(screen, Text(table.title, style="bold"))
        print_grid(screen, table.headings, ([cell.text for cell in line] for line in table.lines))
        for said in table.remarks:
            print_wrapped(screen, Text(said))


def _markdown(tables: Sequence[DocumentTableFilled], file: TextIO) -> None:
    from dabiao.reports.run.markdown import escaped, write_table

    for table in map(laid, tables):
        file.write(f"## {escaped(table.title)}\n\n")
        texts = [[cell.text for cell in line] for line in table.lines]
        write_table(list(table.headings), texts, file)
        file.writelines(f"\n{escaped(said)}\n" for said in table.remarks)
        file.write("\n")
