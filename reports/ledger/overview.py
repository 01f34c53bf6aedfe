"""The first sheet (汇总): how it stands by county and by lead unit, and how mending goes on."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from dabiao.reports import wording
from dabiao.reports.counted.outcome_columns import OutcomeColumns, counter
from dabiao.reports.ledger.cases import cells_of
from dabiao.reports.ledger.sheet import (
    HINT,
    Computed,
    Content,
    LedgerColumn,
    LedgerSheet,
    rate_shown,
)
from dabiao.reports.summaries import NOT_JUDGED, OutcomeTally, mostly_missing, rate
from dabiao.schemas.addresses import letters
from dabiao.schemas.case import CaseState
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome, count_judged

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

_JUDGED = [outcome for outcome in Outcome if outcome is not NOT_JUDGED]
COLOURS = {
    Outcome.VIOLATION: "#C00000",
    Outcome.BEHIND: "#ED7D31",
    Outcome.MISSING: "#A6A6A6",
    Outcome.ON_TRACK: "#9DC3E6",
    Outcome.COMPLIANT: "#70AD47",
    Outcome.NOT_APPLICABLE: "#FFFFFF",
}
"""How outcomes are coloured in charts of workbooks."""
_FIRST, _NUMBER = 26.0, 11.0
_CHART_ROWS = 16
_BARS = 6
"""Bars that a chart of the usual height has room for."""
_PIXELS, _BAR = 20, 26
_WIDE = 820


def overview_name() -> str:
    """Name the sheet."""
    return say("汇总", "Overview")


def unnamed_unit() -> str:
    """Say that a document names nobody who leads."""
    return say("（文件未写明）", "(not named in the document)")


def by_county(columns: OutcomeColumns) -> list[OutcomeTally]:
    """Count by county, those above counties in rows of their own."""
    homes = columns.homes
    counted = columns.count(columns.home, len(homes), columns.every())
    found = [
        OutcomeTally(columns.places.home_label(code), code, counter(counts))
        for code, counts in zip(homes, counted, strict=True)
    ]
    return sorted(found, key=lambda tally: (tally.code, tally.label))


def by_lead_unit(columns: OutcomeColumns) -> list[OutcomeTally]:
    """Count by the unit that leads, those with most to mend first; what nobody leads comes last."""
    counted: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for rule, counts in columns.by_rule():
        for unit in rule.units.lead or ("",):
            counted[unit].update(counts)
    found = [OutcomeTally(unit or unnamed_unit(), unit, counted[unit]) for unit in sorted(counted)]
    return sorted(
        found, key=lambda tally: (not tally.code, [-tally.counts[each] for each in Outcome])
    )


def write_overview(  # noqa: PLR0913, PLR0917 - a sheet, and what stands on it
    book: "Workbook",
    sheet: LedgerSheet,
    columns: OutcomeColumns,
    title: str,
    states: Sequence[tuple[str, str]],
    closed: int = 0,
    lists_only: str = "",
) -> None:
    """Write the counts.

    Args:
        book: The workbook.
        sheet: An empty sheet of it.
        columns: What to count.
        title: What the ledger is about.
        states: The county and the state of each case that the list of problems has.
        closed: How many cases are closed, listed as problems or not.
        lists_only: What is said where the ledger lists a part of the findings.
    """
    widths = [_FIRST, *[_NUMBER] * (len(Outcome) + 3)]
    sheet.widths(widths)
    sheet.title(title)
    sheet.paragraph(HINT, 0, len(widths) - 1, wording.rate_definition(), sum(widths))
    if lists_only:
        told = say("注意：", "Note: ") + lists_only
        sheet.paragraph(2, 0, len(widths) - 1, told, sum(widths))
    counties = by_county(columns)
    row = _heading(sheet, 3, say("各旗县", "By county"))
    first = row + 1
    known = columns.outcomes
    row = _tallies(sheet, row, say("旗县", "county"), counties, known, summed=True)
    if counties and columns.whole:
        row = _chart(book, sheet, row + 1, first, len(counties))
    row = _heading(sheet, row + 1, say("各牵头单位", "By lead unit"))
    note = say(
        "一条规则有几个牵头单位的，各计一次，所以此表不作合计。",
        "A rule with several lead units counts for each of them, so there is no total.",
    )
    sheet.write(row, 0, note, "hint")
    known = tuple(Outcome) if columns.rules_whole else known
    row = _tallies(
        sheet, row + 1, say("牵头单位", "lead unit"), by_lead_unit(columns), known, summed=False
    )
    row = _heading(sheet, row + 1, say("整改进度", "Progress"))
    row = _progress(sheet, row, states, closed)
    _progress_by_county(sheet, row + 1, states, [columns.places.name(of.code) for of in counties])
    sheet.sheet.freeze_panes(2, 1)


def _progress(sheet: LedgerSheet, row: int, states: Sequence[tuple[str, str]], closed: int) -> int:
    """Count cases by state, and give the row after them."""
    columns = [LedgerColumn("状态", "state", _FIRST), LedgerColumn("条数", "cases", _NUMBER)]
    sheet.heads(columns, row)
    counts = Counter(state for _, state in states)
    cells = cells_of("state", len(states))
    for state in CaseState:
        row += 1
        formula = f'=COUNTIF({cells},"{state.label}")'
        sheet.row(row, [state.label, Computed(formula, counts[state.label])], columns)
    if mended := closed - counts[CaseState.CLOSED.label]:
        row += 1
        told = say("另已做到并销号的", "mended and closed beside these")
        sheet.row(row, [told, mended], columns)
    return row + 1


def _progress_by_county(
    sheet: LedgerSheet, row: int, states: Sequence[tuple[str, str]], order: Sequence[str]
) -> None:
    """Count cases by county and state, the counties in the order in which they stand above."""
    columns = [
        LedgerColumn("旗县", "county", _FIRST),
        *(LedgerColumn(each.label, each.label, _NUMBER) for each in CaseState),
    ]
    sheet.heads(columns, row)
    counts = Counter(states)
    counties, cells = (cells_of(key, len(states)) for key in ("county", "state"))
    named = dict.fromkeys(county for county, _ in states)
    for county in dict.fromkeys([*(each for each in order if each in named), *named]):
        row += 1
        formulas: list[Content] = [
            Computed(
                f'=SUMPRODUCT(({counties}=$A{row + 1})*({cells}="{state.label}"))',
                counts[county, state.label],
            )
            for state in CaseState
        ]
        sheet.row(row, [county, *formulas], columns)


def _heading(sheet: LedgerSheet, row: int, text: str) -> int:
    sheet.sheet.set_row(row, 22)
    sheet.write(row, 0, text, "heading")
    return row + 1


def _tallies(  # noqa: PLR0913 - a sheet, and what stands on it
    sheet: LedgerSheet,
    row: int,
    head: str,
    rows: Sequence[OutcomeTally],
    known: Collection[Outcome],
    *,
    summed: bool,
) -> int:
    """Write counts by outcome, with sums and rates as formulas, and give the row after them.

    Args:
        sheet: The sheet.
        row: The row to begin in.
        head: What is counted by.
        rows: The counts.
        known: The outcomes that were counted; of others, of sums and of rates nothing is written.
        summed: Whether the last row is the sum of all.
    """
    whole = len(known) == len(Outcome)
    columns = [
        LedgerColumn(head, head, _FIRST),
        *(LedgerColumn(each.label, each.label, _NUMBER) for each in Outcome),
        LedgerColumn("合计", "total", _NUMBER),
        LedgerColumn("应判", "judged", _NUMBER),
        LedgerColumn("达标率", "rate", _NUMBER),
    ]
    sheet.heads(columns, row)
    first = row + 1
    for tally in rows:
        row += 1
        counts: list[Content] = [tally.counts[each] if each in known else "" for each in Outcome]
        added_up = _sums(row, tally.counts) if whole else [""] * 3
        sheet.row(row, [tally.label, *counts, *added_up], columns)
    if summed and rows and whole:
        total = sum((tally.counts for tally in rows), Counter[Outcome]())
        row += 1
        sheet.cell(row, 0, say("合计", "total"), bold=True)
        sums = [
            Computed(f"=SUM({letters(at)}{first + 1}:{letters(at)}{row})", total[each])
            for at, each in enumerate(Outcome, 1)
        ]
        for at, content in enumerate([*sums, *_sums(row, total)], 1):
            sheet.cell(row, at, content, bold=True)
    return row + 1


def _sums(row: int, counts: Counter[Outcome]) -> list[Content]:
    """Add a row up: all of it, what was judged, and the share of that which complies."""
    column = {each: f"{letters(at)}{row + 1}" for at, each in enumerate(Outcome, 1)}
    total, of = (f"{letters(len(Outcome) + at)}{row + 1}" for at in (1, 2))
    known, least = rate(counts), mostly_missing(counts)
    complies, missing = column[Outcome.COMPLIANT], column[Outcome.MISSING]
    unknown = Outcome.MISSING.label
    share = unknown if least and not known else "" if known is None else known / 100
    told = f'IF(AND(2*{missing}>{of},{complies}=0),"{unknown}",{complies}/{of})'
    return [
        Computed(f"=SUM({next(iter(column.values()))}:{column[NOT_JUDGED]})", counts.total()),
        Computed(f"={total}-{column[NOT_JUDGED]}", count_judged(counts)),
        Computed(f'=IF({of}=0,"",{told})', share, rate_shown(counts)),
    ]


def _chart(book: "Workbook", sheet: LedgerSheet, row: int, first: int, bars: int) -> int:
    """Draw how the counties compare, and give the row below the picture."""
    chart = book.add_chart({"type": "bar", "subtype": "percent_stacked"})
    name = overview_name()
    for outcome in _JUDGED:
        at = list(Outcome).index(outcome) + 1
        chart.add_series(
            {
                "name": [name, first - 1, at],
                "categories": [name, first, 0, first + bars - 1, 0],
                "values": [name, first, at, first + bars - 1, at],
                "fill": {"color": COLOURS[outcome]},
                "gap": 40,
            }
        )
    chart.set_title(
        {"name": say("应判各项的结论", "Outcomes of what was judged"), "name_font": {"size": 12}}
    )
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0%"})
    chart.set_legend({"position": "bottom"})
    high = _CHART_ROWS * _PIXELS + max(0, bars - _BARS) * _BAR
    chart.set_size({"width": _WIDE, "height": high})
    sheet.sheet.insert_chart(row, 0, chart, {"description": say("各旗县结论", "by county")})
    return row + high // _PIXELS + 2
