"""The ledger as a workbook."""

import datetime
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.counted.outcome_columns import OutcomeColumns
from dabiao.reports.forms.looks import Looks
from dabiao.reports.ledger.basis import basis_name, write_basis
from dabiao.reports.ledger.books import empty_book
from dabiao.reports.ledger.cases import cases_name, print_cases, states_of, write_cases
from dabiao.reports.ledger.duties import duties_name, owed_name, write_duties, write_owed
from dabiao.reports.ledger.kept import kept_sheets
from dabiao.reports.ledger.overview import overview_name, write_overview
from dabiao.reports.ledger.returns import returns_name, write_returns
from dabiao.reports.ledger.sheet import LedgerSheet, fitting
from dabiao.reports.ledger.tasks import tasks_name, write_tasks
from dabiao.reports.narrowing import whom as common_place
from dabiao.reports.summaries import SubjectNames, judged_years, yearly
from dabiao.schemas.case import CaseState
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_TITLE = 200
"""Characters of a title among a workbook's properties, which hold no more than 255."""


def ledger_bytes(run: Run, circumstances: Circumstances) -> bytes:
    """Write a run as a ledger; the same run gives the same bytes."""
    with empty_book() as (book, stream):
        _write(book, run, circumstances)
        book.close()
        return stream.getvalue()


def _write(book: "Workbook", run: Run, circumstances: Circumstances) -> None:
    """Write the sheets."""
    from dabiao.reports.ledger.long_sheet import LongSheet, TextRows

    columns = OutcomeColumns.of(run, circumstances)
    whom = wording.narrowed_to(circumstances)
    whom = whom or common_place(columns.whom(), columns.places, circumstances)
    title = ledger_title(yearly(run), whom)
    created = datetime.datetime(run.as_of, 1, 1)  # noqa: DTZ001 - as XlsxWriter has it
    book.set_properties({"title": fitting(title)[:_TITLE], "created": created})
    looks, places = Looks(book), columns.places
    names = (
        cases_name(),
        tasks_name(),
        duties_name(),
        owed_name(),
        returns_name(),
        basis_name(),
    )
    overview = LedgerSheet(book.add_worksheet(overview_name()), looks)
    cases, tasks, duties, owed, returns, basis = (
        LongSheet(book.add_worksheet(name, TextRows), looks) for name in names
    )
    write_cases(cases, run, columns, circumstances)
    states = states_of(run, columns, circumstances)
    kept = () if circumstances.cases is None else circumstances.cases.cases
    closed = sum(case.state is CaseState.CLOSED for case in kept)
    write_overview(
        book, overview, columns, title, states, closed, wording.lists_only(run, circumstances)
    )
    write_tasks(tasks, run, columns)
    write_duties(duties, run, columns, circumstances)
    write_owed(owed, run, columns, circumstances)
    write_returns(returns, run, places)
    write_basis(basis, run, columns, circumstances, title)
    foot = say(f"指纹 {run.fingerprint}　{title}", f"fingerprint {run.fingerprint}  {title}")
    print_cases(cases, foot)
    for sheet in (
        overview,
        tasks,
        duties,
        owed,
        returns,
        basis,
        *_kept(book, looks, places, circumstances),
    ):
        sheet.paper(foot, upright=sheet is overview)


def _kept(
    book: "Workbook", looks: Looks, places: SubjectNames, circumstances: Circumstances
) -> Iterator[LedgerSheet]:
    """Write what became of the cases, where cases are kept."""
    if circumstances.cases is None:
        return
    from dabiao.reports.ledger.long_sheet import LongSheet, TextRows

    for kept in kept_sheets(circumstances.cases, places):
        sheet = LongSheet(book.add_worksheet(kept.name, TextRows), looks)
        kept.write(sheet)
        yield sheet


def ledger_title(counts: Mapping[int, Mapping[Outcome, int]], whom: str) -> str:
    """Name the ledger after whom it is about, and the years in which a rule applied to anybody."""
    years = wording.years(judged_years(counts))
    about = ", ".join(each for each in (whom, years) if each)
    told = wording.of_years(whom, years)
    return say(f"{told}年度问题整改台账", f"Ledger of problems: {about}")
