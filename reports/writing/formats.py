"""A run in any format: who writes which."""

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, TextIO, assert_never

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.format_names import Format
from dabiao.schemas.outcome import NOT_WELL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dabiao.schemas.columns import FindingForms
    from dabiao.schemas.finding import Finding
    from dabiao.schemas.run import Run


def write_run(  # noqa: C901, PLR0912 - one arm a format
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
    run, source = _listing(run, form, known), known.source
    findings: Iterable[Finding] = run.findings
    if source is not None:
        findings = chain.from_iterable(source.by_rule(known.outcomes))
    match form:
        case Format.TABLE:
            from dabiao.reports.run.table import print_run
            from dabiao.reports.terminal.consoles import console

            print_run(run, console(file), limit, known)
        case Format.JSON:
            from dabiao.reports.run.json import write_json

            write_json(run, _forms(run, known), file)
        case Format.JSONL:
            from dabiao.reports.run.jsonl import write_jsonl

            write_jsonl(_forms(run, known), file)
        case Format.CSV:
            from dabiao.reports.run.csv import write_csv

            write_csv(_forms(run, known), file)
        case Format.PARQUET:
            from dabiao.reports.counted.recorded import RecordedFindings
            from dabiao.reports.run.parquet.writing import write_parquet

            columns = RecordedFindings(run) if source is None else source
            write_parquet(run, columns, known.outcomes, file.buffer)
        case Format.MARKDOWN:
            from dabiao.reports.run.markdown import write_markdown

            write_markdown(run, file, known)
        case Format.HTML:
            from dabiao.reports.page.report import write_html

            write_html(run, file, known)
        case Format.XLSX:
            from dabiao.reports.ledger.workbook import ledger_bytes

            file.buffer.write(ledger_bytes(run, known))
        case Format.DOCX:
            from dabiao.reports.letter.document import letter_bytes

            file.buffer.write(letter_bytes(run, known))
        case Format.JUNIT:
            from dabiao.reports.exchange.junit import write_junit

            write_junit(run, findings, file, command=known.command)
        case Format.SARIF:
            from dabiao.reports.exchange.sarif import write_sarif

            if source is not None:
                findings = chain.from_iterable(source.by_rule(known.outcomes or NOT_WELL))
            write_sarif(run, findings, file, command=known.command)
        case _:
            assert_never(form)


def _listing(run: "Run", form: Format, known: Circumstances) -> "Run":
    """Give a run with what is listed of its findings, unless the format counts the others too."""
    if (form is Format.TABLE and known.by_county) or not known.outcomes:
        return run
    return replace(run, findings=tuple(filter(known.lists, run.findings)))


def _forms(run: "Run", known: Circumstances) -> "Iterator[FindingForms]":
    """Give the findings by what they say alike."""
    from dabiao.reports.counted.recorded import RecordedFindings

    if known.source is None:
        return RecordedFindings(run).forms()
    return known.source.forms(known.outcomes)
