"""A run written as a page."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TextIO
from urllib.parse import quote

from markupsafe import Markup, escape

from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.comparison.changes import by_kind, ended_waivers, since
from dabiao.reports.comparison.listing import headlines
from dabiao.reports.counted.outcome_columns import OutcomeColumns
from dabiao.reports.counted.recorded import source_of
from dabiao.reports.fields import FIELDS
from dabiao.reports.narrowing import cited, whom
from dabiao.reports.page import debts, sections
from dabiao.reports.page.charts import points, spark, svg
from dabiao.reports.page.columns import Commitment, PageColumns
from dabiao.reports.page.comparison import words as change_words
from dabiao.reports.page.overview import Rate, overview, shade_in_words
from dabiao.reports.page.packing import Packing
from dabiao.reports.page.scope import title
from dabiao.reports.page.telling import Beside, Telling
from dabiao.reports.page.words import script_words
from dabiao.reports.priorities import order_in_words
from dabiao.reports.returns import ReturnsTable, cut_off_in_words, due_in_words
from dabiao.reports.summaries import (
    common_folder,
    judged_years,
    number_of_outcome,
    once_said,
    yearly,
)
from dabiao.reports.tables.laid import laid
from dabiao.reports.templates.templating import environment
from dabiao.schemas.columns import OUTCOMES
from dabiao.schemas.excerpt import SheetExcerpt
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run
from dabiao.schemas.unseen import visible

MOST_LISTED = 1_000
"""Who owes data, and notes on the data, that a page prints; how many more there are is said."""


class Page:
    """What the template shows of a run.

    Tiles, matrix and what is printed are of the year judged last; the table holds every year.
    """

    def __init__(self, run: Run, known: Circumstances) -> None:
        """Look at a run."""
        self.run = run
        self.known = known
        whole = known.holds_all(run)
        forms = source_of(run, known).forms(known.outcomes)
        columns = self.columns = PageColumns(forms, run, known.names, known.outcomes or OUTCOMES)
        counted = self.counted = (
            OutcomeColumns.of(run, known) if known.outcomes and whole else columns
        )
        self.places = counted.places
        self.folder = common_folder([record.file for record in run.facts])
        every = counted.of_year(run.as_of)
        judged = None if columns.whole else counted.judged(run.as_of)
        ranked = columns.ranked(columns.of_year(run.as_of), judged=judged)
        self.several_years = len(run.years) > 1
        self.whom = whom(chain(counted.subjects, counted.whom()), self.places, known)
        self.judged_years = judged_years(yearly(run))
        self.title = title(self.judged_years, self.whom, known)
        self.overview = overview(run, counted, every, ranked)
        self.attendance = wording.attendance_line(run)
        self.returns, self.due = ReturnsTable(run, self.places), due_in_words(run.due)
        self.cut_off = cut_off_in_words(run)
        self.once = once_said(run)
        self.homes = list(sections.homes(columns, counted, run.as_of))
        by_rule = counted.by_rule(run.as_of)
        self.units = sections.units(by_rule, whole=counted.rules_whole)
        self.issued_by = {rule.document.id: rule.document for rule, _ in by_rule}
        self.documents = sections.by_document(by_rule)
        lacking = columns.with_outcome(Outcome.MISSING, run.as_of)
        self.debtors = debts.debtors(lacking, counted.whom(every), self.places, self.folder)
        self.comparison = self.known.comparison
        self.changes = [] if self.comparison is None else by_kind(self.comparison)
        self.waivers = ended_waivers(self.comparison)
        self.overdue = (
            []
            if self.known.cases is None
            else list(wording.overdue_rows(self.known.cases, self.places.label))
        )
        self.headlines = [] if self.comparison is None else list(headlines(self.comparison))
        self.tables = [laid(each) for each in run.tables]
        self.unjudged = debts.unjudged(columns.reasons(Outcome.NOT_APPLICABLE, run.as_of))
        self.undecided = list(columns.undecided(run.as_of))
        self.since = since(known.comparison)
        self.told = Telling(columns, Beside(run, columns, known.cases, self.since), self.folder)

    def chart(self, of: Finding) -> Markup:
        """Draw a finding, for those who have no scripts; nothing where it is a single number."""
        drawn = points(of)
        return svg(drawn) if drawn else Markup("")

    def rows(self, of: Commitment) -> Markup:
        """Give a row a subject: its name, what was observed, what is required, and the gap."""
        names = self.names
        numbers = self.columns.subject[of.places].tolist()
        cells = self.told.rows[of.places].tolist()
        rows = [
            f'<tr><th scope="row">{names[at]}</th>{row}</tr>'
            for at, row in zip(numbers, cells, strict=True)
        ]
        return Markup("\n".join(rows))  # noqa: S704 - each text was escaped

    @cached_property
    def names(self) -> list[Markup]:
        """The names of all subjects, by number."""
        return [escape(self.places.label(each)) for each in self.columns.subjects]

    @property
    def changed(self) -> int:
        """Count what changed since the run compared with."""
        return sum(len(each.changes) for each in self.changes)

    def difference(self, outcome: Outcome) -> str:
        """Say how many more or fewer findings of an outcome there are than before."""
        compared = self.comparison
        if compared is None:
            return ""
        if self.run.as_of not in compared.after.years:
            return say("上次没有考核这一年", "not judged before")
        was, now = (max(run.years.items())[1] for run in (compared.before, compared.after))
        if compared.before.asked != compared.after.asked:
            return say("上次的范围不同", "another scope before")
        if outcome not in was or outcome not in now:
            return say("上次没有保存", "not kept before")
        before = was[outcome]
        more = now[outcome] - before
        if more == 0:
            return say("与上次相同", "as before")
        return say(f"上次 {before:,}（{more:+,}）", f"before: {before:,} ({more:+,})")

    @cached_property
    def rule_years(self) -> list[sections.YearsRow]:
        """Put the years side by side for the commitments whose rates changed most."""
        return sections.most_changed(self.counted, self.judged_years)

    @cached_property
    def years(self) -> list[sections.YearsRow]:
        """Put the years side by side, where there are several."""
        return sections.years_apart(self.counted, self.judged_years)

    @property
    def open_homes(self) -> list[sections.Home]:
        """Give the counties in which something is missed or behind."""
        return [home for home in self.homes if home.priorities]

    def section_of(self, code: str) -> str:
        """Name the section of a county; of one where nothing fails, that of all of them."""
        home = next((home for home in self.open_homes if home.code == code), None)
        return home.anchor if home else "places"

    def rate(self, counts: Mapping[Outcome, int]) -> Rate:
        """Give the share of a document's findings that comply."""
        return Rate(counts, self.counted.rules_whole)

    @property
    def only(self) -> str:
        """Name what the page is a part of: a document, or rules that were asked for."""
        told = (self.known.document, wording.choice_asked(self.run.options))
        return wording.listed(filter(None, told))

    @property
    def listed(self) -> str:
        """Name the outcomes of what is listed; nothing where all are."""
        asked = self.known.outcomes or ()
        return say("、", ", ").join(each.label for each in Outcome if each in asked)

    def lists(self, outcome: Outcome) -> bool:
        """Tell whether findings with an outcome are listed."""
        return self.known.has(outcome)

    def total(self, outcome: Outcome) -> str:
        """Write how many findings of the year judged last have an outcome."""
        return number_of_outcome(yearly(self.run)[self.run.as_of], outcome)

    def counts(self, outcome: Outcome) -> bool:
        """Tell whether it is known how many findings of a rule have an outcome."""
        return self.counted.rules_whole or outcome in self.counted.outcomes

    def why_none(self, *outcomes: Outcome) -> str:
        """Say why a section is empty, unless nothing has such an outcome: not listed, not judged.

        Args:
            outcomes: What the section lists.
        """
        total = self.overview.total
        if total.known and not total.judged:
            return wording.nothing_judged()
        left = {each: total.counts.get(each, 0) for each in outcomes if not self.lists(each)}
        if not left or (total.known and not any(left.values())):
            return ""
        told = [
            f"{each.label} {count:,}" if total.known else each.label for each, count in left.items()
        ]
        named = wording.listed(told)
        return say(f"这份报告没有列出：{named}。", f"Not listed in this report: {named}.")

    def packed(self) -> dict[str, object]:
        """Pack all findings: what is missed and behind by what matters, then all the rest."""
        columns = self.columns
        listed = [each for each in Outcome if self.lists(each)]
        order = columns.in_order() if columns.whole else columns.in_order(self.counted.judged)
        return Packing(columns, order, self.told, self.since).packed() | {
            "asOf": self.run.as_of,
            "years": self.run.years,
            "sheets": [
                _packed_sheet(each, self.folder)
                for each in cited(self.run.sheets, columns.sources())
            ],
            "words": script_words(listed),
            "library": self.known.library,
            "listed": listed,
        }


def _packed_sheet(of: SheetExcerpt, folder: str) -> dict[str, object]:
    """Give a sheet as the page's script reads it."""
    cells = zip(of.numbers, map(_visible_each, of.cells), strict=True)
    return {
        "file": visible(of.file.removeprefix(folder)),
        "sheet": visible(of.sheet or ""),
        "columns": of.columns,
        "named": of.named,
        "heads": [visible(each) for each in of.heads],
        "rows": [[number, *texts] for number, texts in cells],
    }


def _visible_each(texts: Sequence[str]) -> Iterable[str]:
    """Show the characters of some texts that would not be seen: mostly there are none at all."""
    together = " ".join(texts)
    return texts if visible(together) == together else map(visible, texts)


def write_html(run: Run, file: TextIO, circumstances: Circumstances | None) -> None:
    """Write a run as one page of HTML5 that needs nothing else: no font, no network."""
    page = Page(run, circumstances or Circumstances())
    template = environment().get_template("report.html.jinja")
    shown: Mapping[str, object] = {
        "page": page,
        "run": run,
        "fields": {field.key: field for field in FIELDS},
        "order_in_words": order_in_words(),
        "shade_in_words": shade_in_words(),
        "spark": spark,
        "most_listed": MOST_LISTED,
    } | change_words()
    file.writelines(template.generate(shown))


def anchor(finding: Finding) -> str:
    """Name a finding within a page, the same in every report about it.

    It holds no character that an address would need to escape. ``report.js`` opens the finding.
    """
    parts = (finding.rule.replace("/", "."), finding.subject.code, str(finding.year))
    return quote(".".join(parts), safe="").replace("%", "~")
