"""A run written as a page."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TextIO
from urllib.parse import quote

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.fields import FIELDS
from dabiao.reports.page import debts, sections
from dabiao.reports.page.overview import Rate, overview, shade_in_words
from dabiao.reports.page.packing import Packing
from dabiao.reports.page.scope import title, whom
from dabiao.reports.page.templating import environment
from dabiao.reports.page.words import script_words
from dabiao.reports.priorities import OPEN, order_in_words, priorities
from dabiao.reports.returns import ReturnsTable, due_in_words
from dabiao.reports.summaries import SubjectNames, by_rule, common_folder, once_said
from dabiao.reports.wording import attendance_line
from dabiao.schemas.finding import Finding
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run


class Page:
    """What the template shows of a run.

    Tiles, matrix and what is printed are of the year judged last; the table holds every year.
    """

    def __init__(self, run: Run, known: Circumstances) -> None:
        """Look at a run."""
        self.run = run
        self.known = known
        self.places = SubjectNames(run, known.names)
        self.folder = common_folder([record.file for record in run.facts])
        self.findings = [each for each in run.findings if each.year == run.as_of]
        self.several_years = len(run.years) > 1
        self.whom = whom(run.findings, self.places, known)
        self.title = title(run, self.whom, known)
        self.overview = overview(run, self.findings, self.places)
        self.attendance = attendance_line(run)
        self.returns, self.due = ReturnsTable(run, self.places), due_in_words(run.due)
        self.once = once_said(run)
        self.homes = list(sections.homes(self.findings, self.places))
        self.units = sections.units(self.findings)
        self.issued_by = {of.by.document.id: of.by.document for of in self.findings}
        self.documents = sections.by_document(self.findings)
        self.debtors = debts.debtors(self.findings, self.places, self.folder)
        self.unjudged = debts.unjudged(self.findings)
        self.undecided = sections.undecided(self.findings)

    @cached_property
    def years(self) -> list[sections.YearsRow]:
        """Put the years side by side, where there are several."""
        return sections.years_apart(self.run.findings, self.run.years, self.places)

    @property
    def open_homes(self) -> list[sections.Home]:
        """Give the counties in which something is missed or behind."""
        return [home for home in self.homes if home.priorities]

    def section_of(self, code: str) -> str:
        """Name the section of a county; of one where nothing fails, that of all of them."""
        home = next((home for home in self.open_homes if home.code == code), None)
        return home.anchor if home else "places"

    def rate(self, counts: Mapping[Outcome, int]) -> Rate:
        """Give the share that complies."""
        return Rate(counts)

    def packed(self) -> dict[str, object]:
        """Pack all findings: what is missed and behind by what matters, then all the rest."""
        packing = Packing(self.places, self.folder)
        for finding in self._in_order():
            packing.add(finding)
        return packing.packed() | {
            "asOf": self.run.as_of,
            "years": self.run.years,
            "words": script_words(),
        }

    def _in_order(self) -> Iterator[Finding]:
        for year in reversed(self.run.years):
            of_year = [each for each in self.run.findings if each.year == year]
            for priority in priorities(of_year):
                yield from priority.findings
            for group in by_rule(each for each in of_year if each.outcome not in OPEN):
                yield from group


def write_html(run: Run, file: TextIO, circumstances: Circumstances | None = None) -> None:
    """Write a run as one page of HTML5 that needs nothing else: no font, no network."""
    page = Page(run, circumstances or Circumstances())
    template = environment().get_template("report.html.jinja")
    shown: Mapping[str, object] = {
        "page": page,
        "run": run,
        "fields": {field.key: field for field in FIELDS},
        "order_in_words": order_in_words(),
        "shade_in_words": shade_in_words(),
    }
    file.writelines(template.generate(shown))


def anchor(finding: Finding) -> str:
    """Name a finding within a page, the same in every report about it.

    It holds no character that an address would need to escape. ``report.js`` opens the finding.
    """
    parts = (finding.rule.replace("/", "."), finding.subject.code, str(finding.year))
    return quote(".".join(parts), safe="").replace("%", "~")
