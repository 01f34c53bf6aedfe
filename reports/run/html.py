"""A run as one self-contained page that an inspector reads, follows and prints."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import dabiao
from dabiao.reports import wording
from dabiao.reports.fields import FIELDS
from dabiao.reports.summaries import (
    MissingFigure,
    OutcomeTally,
    SubjectNames,
    by_rule,
    common_folder,
    lacks,
    shares,
    tallies,
)
from dabiao.reports.wording import attendance_line
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run

TEMPLATES = Path(__file__).parents[1] / "templates"
MOST_ROWS = 5_000
"""Rows of one kind that a page holds; what lies beyond is counted, and said to be elsewhere."""
MOST_INPUTS = 24
"""Values listed below one finding."""
FEW_INPUTS = 3
"""Values that fit beside a finding; more go below it."""
_MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Findings of one rule and one outcome in one home.

    Attributes:
        findings: Those that are shown, gravest first.
        hidden: How many more there are.
    """

    findings: Sequence[Finding]
    hidden: int

    @property
    def first(self) -> Finding:
        """Give one of them, to name the rule and its clause by."""
        return self.findings[0]


@dataclass(frozen=True, slots=True)
class Home:
    """A county (or what stands for one) with what is not as it should be in it."""

    code: str | None
    name: str
    counts: Counter[Outcome]
    groups: Sequence[Group]

    @property
    def anchor(self) -> str:
        """Name its section."""
        return place_anchor(self.code or "")


@dataclass(frozen=True, slots=True)
class Reporter:
    """A subject that has to report something, and what."""

    code: str
    name: str
    lacks: Sequence[MissingFigure]

    @property
    def waiting(self) -> int:
        """Count the findings that wait for it."""
        return len(
            {(one.rule, one.subject.code, one.year) for each in self.lacks for one in each.findings}
        )


@dataclass(frozen=True, slots=True)
class RuleSection:
    """One commitment and how often it came out how.

    Attributes:
        example: Any of its findings, to name it and its clause by.
        counts: Findings by outcome.
        reasons: Why it does not apply, most frequent reason first.
    """

    example: Finding
    counts: Counter[Outcome]
    reasons: Sequence[tuple[str, int]]


class Page:
    """What the template shows of a run."""

    def __init__(self, run: Run, names: Mapping[str, str] | None = None) -> None:
        """Group the findings of a run."""
        self.run = run
        self.places = SubjectNames(run, names)
        self.dated = len(run.years) > 1
        self.years = f"{run.years[0]}–{run.years[-1]}" if self.dated else str(run.as_of)
        self.total = sum(run.summary.values())
        self.folder = common_folder([record.file for record in run.facts])
        self.attendance = attendance_line(run)
        self.homes = list(self._homes())
        self.hidden = sum(group.hidden for home in self.homes for group in home.groups)
        lacking = lacks(run.findings)
        self.reporters = list(_reporters(lacking[:MOST_ROWS], self.places))
        self.more_lacks = len(lacking) - len(lacking[:MOST_ROWS])
        self.undecided = [
            group for group in by_rule(run.findings) if group[0].outcome is Outcome.MISSING
        ]
        on_track = [one for one in run.findings if one.outcome is Outcome.ON_TRACK]
        self.on_track = on_track[:MOST_ROWS]
        self.more_on_track = len(on_track) - len(self.on_track)
        self.rules = list(_rules(run.findings))
        self.notes = run.notes[:MOST_ROWS]
        self.more_notes = len(run.notes) - len(self.notes)

    def by_document(self) -> list[OutcomeTally]:
        """Count by document."""
        return tallies(self.run.findings, lambda one: [(one.citation.document, one.citation.title)])

    def by_home(self) -> list[OutcomeTally]:
        """Count by county."""
        return tallies(self.run.findings, lambda one: [self._home(one)])

    def by_unit(self) -> list[OutcomeTally]:
        """Count by the unit that answers for it, those with most to do first.

        Empty where no document names any.
        """
        unwritten = say("（文件未写明）", "(not named in the document)")
        found = tallies(
            self.run.findings,
            lambda one: (
                [(unit, unit) for unit in one.units.responsible or one.units.lead]
                or [("", unwritten)]
            ),
        )
        if not any(tally.code for tally in found):
            return []
        return sorted(found, key=lambda tally: [-tally.counts[outcome] for outcome in Outcome])

    def has_section(self, code: str) -> bool:
        """Tell whether a county has a section of its own."""
        return any((home.code or "") == code for home in self.homes)

    def _home(self, finding: Finding) -> tuple[str, str]:
        code = self.places.home(finding.subject)
        return code or "", self.places.name(code) if code else say("上级不详", "place unknown")

    def _homes(self) -> Iterator[Home]:
        grave = [
            one for one in self.run.findings if one.outcome in (Outcome.VIOLATION, Outcome.BEHIND)
        ]
        sections: dict[tuple[str, str], list[Finding]] = {}
        for finding in grave:
            sections.setdefault(self._home(finding), []).append(finding)
        groups = {home: by_rule(sections[home]) for home in sorted(sections)}
        sizes = [len(group) for home in groups.values() for group in home]
        share = iter(shares(sizes, MOST_ROWS))
        for (code, name), members in groups.items():
            shown = [(group, next(share)) for group in members]
            yield Home(
                code or None,
                name,
                Counter(one.outcome for one in sections[code, name]),
                [Group(group[:n], len(group) - n) for group, n in shown if n],
            )


def write_html(run: Run, file: TextIO, names: Mapping[str, str] | None = None) -> None:
    """Write a run as one page of HTML5 that needs nothing else: no script, no font, no network."""
    page = environment().get_template("report.html.jinja")
    file.writelines(page.generate(page=Page(run, names), run=run))


def environment() -> Environment:
    """Give what pages are made with: what is filled in is text and must be there."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals |= {
        "say": say,
        "version": dabiao.__version__,
        "phrases": wording,
        "fields": {field.key: field for field in FIELDS},
        "Outcome": Outcome,
        "anchor": anchor,
        "place_anchor": place_anchor,
        "most_inputs": MOST_INPUTS,
        "few_inputs": FEW_INPUTS,
    }
    return made


def anchor(finding: Finding) -> str:
    """Name a finding within a page, the same in every report about it.

    It holds no character that an address would need to escape.
    """
    parts = (finding.rule.replace("/", "."), finding.subject.code, str(finding.year))
    return _plain(".".join(parts))


def place_anchor(code: str) -> str:
    """Name the section of a county within a page."""
    return f"place-{_plain(code)}"


def _plain(text: str) -> str:
    return quote(text, safe="").replace("%", "~")


def _reporters(lacking: Iterable[MissingFigure], places: SubjectNames) -> Iterator[Reporter]:
    found: dict[str, list[MissingFigure]] = {}
    for lack in lacking:
        found.setdefault(lack.subject, []).append(lack)
    for code, each in found.items():
        yield Reporter(code, places.name(code), each)


def _rules(findings: Iterable[Finding]) -> Iterator[RuleSection]:
    examples: dict[str, Finding] = {}
    counts: dict[str, Counter[Outcome]] = defaultdict(Counter)
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    for finding in findings:
        examples.setdefault(finding.rule, finding)
        counts[finding.rule][finding.outcome] += 1
        if finding.outcome is Outcome.NOT_APPLICABLE:
            reasons[finding.rule][wording.reason(finding)] += 1
    for rule in sorted(examples):
        frequent = sorted(reasons[rule].items(), key=lambda item: (-item[1], item[0]))
        yield RuleSection(examples[rule], counts[rule], frequent[:_MOST_REASONS])
