"""A run in any format: who writes which."""

from typing import TYPE_CHECKING, TextIO, assert_never

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.format_names import Format

if TYPE_CHECKING:
    from dabiao.schemas.run import Run


def write_run(
    run: "Run",
    form: Format,
    file: TextIO,
    *,
    limit: int | None = None,
    circumstances: Circumstances | None = None,
) -> None:
    """Write a run.

    Args:
        run: What to write.
        form: In which format.
        file: Where to.
        limit: How many violations a table lists; None for all. Other formats hold them all.
        circumstances: What is known beside the run.
    """
    known = circumstances or Circumstances()
    names = known.names
    match form:
        case Format.TABLE:
            from dabiao.reports.run.table import print_run
            from dabiao.reports.terminal.consoles import console

            print_run(run, console(file), limit, known)
        case Format.JSON:
            from dabiao.reports.run.json import write_json

            write_json(run, file)
        case Format.CSV:
            from dabiao.reports.run.csv import write_csv

            write_csv(run, file)
        case Format.MARKDOWN:
            from dabiao.reports.run.markdown import write_markdown

            write_markdown(run, file, names)
        case Format.HTML:
            from dabiao.reports.page.report import write_html

            write_html(run, file, known)
        case Format.XLSX:
            from dabiao.reports.ledger.workbook import ledger_bytes

            file.buffer.write(ledger_bytes(run, known))
        case Format.DOCX:
            from dabiao.reports.letter.document import letter_bytes

            file.buffer.write(letter_bytes(run, known))
        case _:
            assert_never(form)
