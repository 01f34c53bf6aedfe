"""The table a supervisor sees first, for a terminal or a text file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.text import Text

from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.fields import fields
from dabiao.reports.numbers import NOTHING
from dabiao.reports.returns import ReturnsTable
from dabiao.reports.summaries import (
    SubjectNames,
    causes,
    digest_of,
    grave_groups,
    judged_years,
    number_of_outcome,
    once_said,
    rate_in_words,
    share_out,
)
from dabiao.reports.terminal.consoles import Screen
from dabiao.reports.terminal.wrapping import print_line, print_wrapped
from dabiao.reports.wording import attendance_line, open_roll_ups
from dabiao.schemas.digest import Digest, GraveGroup
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import number_of, say
from dabiao.schemas.outcome import OPEN, Outcome, count_judged
from dabiao.schemas.record import dataclass
from dabiao.schemas.run import Run
from dabiao.schemas.unseen import visible

STYLES = {
    Outcome.VIOLATION: "bold red",
    Outcome.BEHIND: "bold yellow",
    Outcome.MISSING: "magenta",
    Outcome.ON_TRACK: "cyan",
    Outcome.COMPLIANT: "green",
    Outcome.NOT_APPLICABLE: "dim",
}
"""How outcomes are coloured; the word is always there as well."""
_MOST_CAUSES = 4
_ONE_SCREEN = 10
"""Findings after which the counts have scrolled away and are told again."""


def print_run(
    run: Run,
    console: Screen,
    limit: int | None,
    circumstances: Circumstances | None,
) -> None:
    """Print what matters of a run: counts, then what is not as it should be, rule by rule.

    Args:
        run: What to print.
        console: Where to.
        limit: How many violations and delays to list; None for all. Every rule gets its share, and
            so does every county that has a chapter.
        circumstances: What is known beside the run; its digest has all that is printed.
    """
    known = circumstances or Circumstances()
    digest = known.digest or digest_of(run)
    _print_heading(run, digest, known, console)
    if known.by_county:
        places, chapters = _counties(run, known)
    else:
        groups = [of for of in digest.groups if known.has(of.outcome)]
        places, chapters = SubjectNames(run, known.names), [_Chapter(None, digest.years, groups)]
    groups = [group for chapter in chapters for group in chapter.groups]
    lots = [sum(group.size for group in chapter.groups) for chapter in chapters]
    shown = [
        share
        for chapter, lot in zip(chapters, share_out(lots, limit), strict=True)
        for share in share_out([group.size for group in chapter.groups], lot)
    ]
    listed = [
        group.gravest(share) if share else () for group, share in zip(groups, shown, strict=True)
    ]
    table = _Lines(console, run, places, listed, digest.counterpart)
    parts = iter(listed)
    for chapter in chapters:
        table.print_chapter(chapter, parts)
    _print_rest(sum(lots) - sum(shown), _unlisted_rules(groups, listed), console)
    if known.has(Outcome.MISSING):
        _print_missing(run, digest, console)
    _print_returns(run, places, limit, console)
    _print_overdue(known, places, limit, console)
    if sum(shown) > _ONE_SCREEN:
        console.print()
        _print_counts(digest.years, console)
    example = next((found[0] for found in listed if found), None)
    if example is None and groups:
        (example,) = groups[0].gravest(1)
    _print_next(run, known, example, console)


@dataclass(frozen=True, slots=True)
class _Chapter:
    """What is listed together: all of a run, or what is one county's.

    Attributes:
        name: The county; None for all of a run.
        years: The findings of each year by outcome.
        groups: What is missed and what is behind, rule by rule.
        whole: Whether the findings of every outcome were counted.
    """

    name: str | None
    years: Mapping[int, Mapping[Outcome, int]]
    groups: Sequence[GraveGroup]
    whole: bool = True

    def listed(self, outcome: Outcome) -> int:
        """Count the findings with an outcome that are listed, of whatever year."""
        return sum(counts.get(outcome, 0) for counts in self.years.values())


def _counties(run: Run, known: Circumstances) -> tuple[SubjectNames, list[_Chapter]]:
    """Give what is each county's; what a place above counties answers for itself stands first.

    All findings are counted, and those that may be listed looked at one by one.
    """
    from dabiao.reports.counted.outcome_columns import OutcomeColumns

    columns = OutcomeColumns.of(run, known)
    places, whole = columns.places, columns.whole
    listed: dict[str, list[Finding]] = {}
    for finding in run.findings:
        if finding.outcome in OPEN and known.lists(finding):
            listed.setdefault(places.home(finding.subject) or "", []).append(finding)
    chapters = []
    for code, some in sorted(columns.by_home(columns.every()).items()):
        of_year = {year: some[columns.year[some] == year] for year in run.years}
        nothing = dict.fromkeys(columns.outcomes, 0)
        counts = {year: {**nothing, **columns.counts(here)} for year, here in of_year.items()}
        judged = {by.id: count_judged(of) for by, of in columns.some_by_rule(some)}
        groups = grave_groups(listed.get(code, ()), judged, whole=whole)
        chapters.append(_Chapter(places.home_label(code), counts, groups, whole=whole))
    return places, chapters


def _print_heading(run: Run, digest: Digest, known: Circumstances, console: Screen) -> None:
    years, place = wording.years(judged_years(digest.years)), known.place or ""
    heading = Text(say(f"{wording.of_years(place, years)}年考核", f"Check of {years}"), "bold")
    if place:
        heading.append(say("", f", {place}"))
    document = known.document and wording.document_title(known.document)
    only = wording.only(known.unit, document, wording.choice_asked(run.options))
    heading.append(
        say(
            f"　{wording.facts_read(run)}　规则 {run.rules.count:,} 条{only}",
            f"   {wording.facts_read(run)}   rules: {run.rules.count:,}{only}",
        ),
        "dim",
    )
    print_wrapped(console, heading)
    _print_counts(digest.years, console)
    if len(run.years) == 1 and (once := once_said(run)):
        print_wrapped(console, Text(once, "dim"))
    if returns := attendance_line(run):
        print_wrapped(console, Text(returns, "dim"))
    for caution in wording.cautions(run, known, by_place=known.by_county):
        print_wrapped(console, Text(say("注意：", "note: ") + caution, "bold yellow"))


def _print_counts(years: Mapping[int, Mapping[Outcome, int]], console: Screen) -> None:
    """Print the findings by outcome, those of each year that was judged in a line of their own."""
    for year in judged_years(years):
        found = years[year]
        counts = [Text(say(f"{year}年", f"{year}"))] if len(years) > 1 else []
        for outcome in Outcome:
            count = found.get(outcome, 0)
            word = Text(outcome.label, STYLES[outcome] if count else "dim")
            told = number_of_outcome(found, outcome)
            counts.append(word.append(f" {told}", "bold" if count else "dim"))
        print_wrapped(console, Text(say("　", "   ")).join(counts))


class _Lines:
    """Findings in lines whose columns stand below one another throughout."""

    INDENT = 4

    def __init__(
        self,
        console: Screen,
        run: Run,
        places: SubjectNames,
        groups: Sequence[Sequence[Finding]],
        counterpart: wording.Lookup,
    ) -> None:
        """Measure what will be printed."""
        self._console = console
        self._places = places
        self._dated = len(run.years) > 1
        self._counterparts = wording.Counterparts(counterpart)
        cells = [self._cells(finding) for group in groups for finding in group]
        heads = ("", "", *(field.heading for field in fields("observed", "required", "gap")))
        self._widths = self._measured([heads, *cells])
        self._close = self._room() < 0  # a code stands behind its name where there is no room
        if self._close:
            self._widths = self._measured(map(self._closer, [heads, *cells]))
        self._widths[0] = max(0, min(self._widths[0], self._room()))
        self._heads = heads

    @staticmethod
    def _measured(rows: Iterable[Sequence[str]]) -> list[int]:
        return [max(map(cell_len, column)) for column in zip(*rows, strict=True)]

    def _room(self) -> int:
        """Tell how wide a name may be."""
        gaps = 2 * (len(self._widths) - 1)
        return self._console.width - sum(self._widths[1:]) - gaps - self.INDENT

    @staticmethod
    def _closer(cells: Sequence[str]) -> Sequence[str]:
        return (" ".join(filter(None, cells[:2])), "", *cells[2:])

    def _cells(self, finding: Finding) -> tuple[str, ...]:
        cells = (
            self._places.label(finding.subject),
            finding.subject.code + (f" {finding.year}" if self._dated else ""),
            wording.observed(finding, in_short=True),
            wording.required(finding),
            "" if (away := wording.gap(finding)) == NOTHING else away,
        )
        return tuple(map(visible, cells))  # they are measured as they will be seen

    def _print(self, cells: Sequence[str], styles: Sequence[str], indent: int) -> None:
        """Print a line; a name that is too long for its column has a line of its own."""
        start = self.INDENT + self._widths[0]
        cells = self._closer(cells) if self._close else cells
        name = Text(cells[0], styles[0])
        if name.cell_len > start - indent:
            print_wrapped(self._console, name, indent)
            name = Text("")
        line = Text(" " * indent).append_text(name)
        line.pad_right(start - line.cell_len)
        for at, (cell, style, width) in enumerate(
            zip(cells[1:], styles[1:], self._widths[1:], strict=True)
        ):
            space = " " * (width - cell_len(cell))
            line.append("  ")
            line.append(cell + space if at == 0 else space + cell, style)
        line.rstrip()
        print_wrapped(self._console, line)

    def print_chapter(self, chapter: _Chapter, listed: Iterator[Sequence[Finding]]) -> None:
        """Print a chapter; of each of its groups the findings that come next are listed."""
        if chapter.name is not None:
            year, counts = max(chapter.years.items())
            share = rate_in_words(counts) if chapter.whole else NOTHING
            title = Text(visible(chapter.name), "bold reverse")
            of = say(f"{year}年", f"{year} ") if len(chapter.years) > 1 else ""
            title.append(say(f"　{of}达标率 {share}", f"   {of}rate {share}"), "not reverse")
            self._console.print()
            print_wrapped(self._console, title)
            _print_counts(chapter.years, self._console)
        for outcome, groups in groupby(chapter.groups, key=lambda group: group.outcome):
            together = [(group, next(listed)) for group in groups]
            if any(findings for _, findings in together):
                self.print_outcome(outcome, chapter.listed(outcome))
            for group, findings in together:
                if findings:
                    self.print_rule(findings, group)

    def print_outcome(self, outcome: Outcome, count: int) -> None:
        """Print the heading of all findings of one outcome."""
        title = f"{outcome.label} {count:,}"
        self._console.print()
        self._print((title, *self._heads[1:]), (STYLES[outcome], *["dim"] * 4), 0)

    def print_rule(self, gravest: Sequence[Finding], group: GraveGroup) -> None:
        """Print a rule, how many fail it, its clause, who answers, and the gravest findings."""
        first = gravest[0]
        title = Text(first.title, "bold")
        if first.aspiration:
            title.append(say("（力争）", " (strives for)"))
        of = "" if group.judged is None else f"/{group.judged:,}"
        title.append(f"  {group.size:,}{of}", f"not bold {STYLES[first.outcome]}")
        title.append("  " + first.rule, "not bold cyan")
        source = Text(wording.clause(first.citation), "dim")
        beside = wording.duties(first.units)
        if first.contradicts:
            beside.append((say("与此不一致", "at odds with"), wording.listed(first.contradicts)))
        for heading, names in beside:
            source.append(say(f"　{heading}：{names}", f"   {heading}: {names}"))
        print_wrapped(self._console, title)
        print_wrapped(self._console, source, self.INDENT // 2)
        for id_, line in self._counterparts.by_rule(gravest).items():
            told = Text(line, "dim").append(f"  {id_}", "cyan")
            print_wrapped(self._console, told, self.INDENT // 2)
        styles = ("", "dim", "", "", STYLES[first.outcome])
        for finding in gravest:
            self._print(self._cells(finding), styles, self.INDENT)
        if len(gravest) < group.size:
            rest = group.size - len(gravest)
            more = say(f"…… 还有 {rest:,} 个", f"… and {rest:,} more")
            print_wrapped(self._console, Text(more, "dim"), self.INDENT)


def _unlisted_rules(groups: Sequence[GraveGroup], listed: Sequence[Sequence[Finding]]) -> int:
    """Count the rules of which nothing is listed, each once however many chapters it is in."""
    named = {found[0].rule for found in listed if found}
    rest = {
        each.rule
        for group, found in zip(groups, listed, strict=True)
        if not found
        for each in group.gravest(1)
    }
    return len(rest - named)


def _print_rest(findings: int, rules: int, console: Screen) -> None:
    if not findings:
        return
    whole = (
        say(f"，{rules:,} 条规则一个也没列出", f", nothing of {number_of(rules, 'rule')}")
        if rules
        else ""
    )
    told = say(
        f"还有 {findings:,} 个未列出{whole}：--all 全部列出，或用 -o 存为文件",
        f"{findings:,} are not listed{whole}: --all lists all, -o writes them to a file",
    )
    console.print()
    print_wrapped(console, Text(told, "bold"))


def _print_missing(run: Run, digest: Digest, console: Screen) -> None:
    total = run.summary.get(Outcome.MISSING, 0)
    if not total:
        return
    found = causes(digest)
    text = Text(Outcome.MISSING.label, STYLES[Outcome.MISSING])
    text.append(f" {total:,}", "bold")
    counted = found[:_MOST_CAUSES]
    if rest := sum(count for _, count in found[_MOST_CAUSES:]):
        counted.append((say("其余", "others"), rest))
    named = [say(f"{cause}（{count:,}）", f"{cause} ({count:,})") for cause, count in counted]
    if named:
        text.append(say("：", ": ") + say("、", ", ").join(named), "not bold")
    console.print()
    print_wrapped(console, text)
    for line in open_roll_ups(digest.hanging, digest.hanging_count):
        print_wrapped(console, Text(line), _Lines.INDENT)


def _print_returns(run: Run, places: SubjectNames, limit: int | None, console: Screen) -> None:
    """Print how far each form was returned, then each county's."""
    of = ReturnsTable(run, places)
    if not of.rows:
        return
    texts = of.texts()
    kept = [at for at in range(len(texts)) if at < of.forms or of.open[at]]
    rows = [texts[at] for at in kept]
    told = [of.headings, *(list(map(visible, row)) for row in rows[:limit])]
    widths = [max(map(cell_len, column)) for column in zip(*told, strict=True)]
    roomy = sum(widths) + 2 * (len(widths) - 1) <= console.width
    console.print()
    print_wrapped(console, Text(say("报送情况", "Returns"), "bold"))
    for number, row in enumerate(told):
        line = Text(style="" if number else "dim")
        for at, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cell_len(cell))
            gap = ("  " if roomy else " ") * bool(at)
            line.append(gap + (cell + space if at < of.NAMES else space + cell))
        print_wrapped(console, line)
    if limit is not None and len(rows) > limit:
        rest = len(rows) - limit
        print_wrapped(
            console, Text(say(f"…… 还有 {rest:,} 行", f"… and {rest:,} more rows"), "dim")
        )
    if whole := len(texts) - len(kept):
        told_ = say(f"其余 {whole:,} 行都已报齐", f"{whole:,} more rows are complete")
        print_wrapped(console, Text(told_, "dim"))


def _print_overdue(
    known: Circumstances, places: SubjectNames, limit: int | None, console: Screen
) -> None:
    """Print the cases that are late, the latest first."""
    if known.cases is None:
        return
    console.print()
    overdue = known.cases.overdue()
    style = "bold red" if overdue else "dim"
    print_wrapped(console, Text(wording.overdue_heading(known.cases), style))
    for case, late in overdue[:limit]:
        state, whom = wording.case_state(case, late), f"{places.label(case.about)} {case.subject}"
        print_wrapped(console, Text(f"{case.number}  {state}  {whom}  {case.title}"), _Lines.INDENT)
    if limit is not None and len(overdue) > limit:
        rest = len(overdue) - limit
        more = say(f"…… 还有 {rest:,} 件", f"… and {rest:,} more")
        print_wrapped(console, Text(more, "dim"), _Lines.INDENT)


def _print_next(run: Run, known: Circumstances, example: Finding | None, console: Screen) -> None:
    """Print what may be typed next, as it can be typed."""
    console.print()
    if example and known.again:
        many = len(run.years) > 1 and "--year" not in known.again
        year = f" --year {example.year}" if many else ""
        command = f"dabiao explain {example.rule} {example.subject.code} {known.again}{year}"
        _hint(say("逐步看懂一条：", "One of them step by step: "), command, console)
    told = say("存为可打印的报告：加上 ", "As a page to search and print: add ")
    _hint(told, "-o report.html", console)


def _hint(label: str, command: str, console: Screen) -> None:
    """Print a command in one line, so that it can be taken as it is."""
    print_line(console, Text(label + command, "dim"))
