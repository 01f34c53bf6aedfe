"""The table a supervisor sees first, for a terminal or a text file."""

from collections.abc import Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dabiao.reports import wording
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.fields import fields
from dabiao.reports.summaries import (
    SubjectNames,
    causes,
    common_folder,
    digest_of,
    once_said,
    shares,
)
from dabiao.reports.wording import attendance_line, open_roll_ups
from dabiao.schemas.digest import Digest
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
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
_MOST_FILES = 3
_NARROWEST_NAME = 12
_ONE_SCREEN = 10
"""Findings after which the counts have scrolled away and are told again."""


def print_run(
    run: Run,
    console: Console,
    limit: int | None = None,
    circumstances: Circumstances | None = None,
) -> None:
    """Print what matters of a run: counts, then what is not as it should be, rule by rule.

    Args:
        run: What to print.
        console: Where to.
        limit: How many violations and delays to list; None for all. Every rule gets its share.
        circumstances: What is known beside the run; its digest has all that is printed.
    """
    known = circumstances or Circumstances()
    digest = known.digest or digest_of(run)
    _print_heading(run, console)
    groups = digest.groups
    shown = shares([group.size for group in groups], limit)
    listed = [
        group.gravest(share) if share else () for group, share in zip(groups, shown, strict=True)
    ]
    table = _Lines(console, run, SubjectNames(run, known.names), listed)
    together = groupby(zip(groups, listed, strict=True), key=lambda pair: pair[0].outcome)
    for outcome, pairs in together:
        table.print_outcome(outcome, run.summary.get(outcome, 0))
        for group, findings in pairs:
            if findings:
                table.print_rule(findings, group.size)
    _print_rest(sum(group.size for group in groups) - sum(shown), shown.count(0), console)
    _print_missing(run, digest, console)
    if sum(shown) > _ONE_SCREEN:
        console.print()
        _print_counts(run, console)
    example = next((found[0] for found in listed if found), None)
    if example is None and groups:
        (example,) = groups[0].gravest(1)
    _print_next(run, example, console)


def _print_heading(run: Run, console: Console) -> None:
    rows = sum(file.rows for file in run.facts)
    single = len(run.years) == 1
    years = str(run.as_of) if single else f"{run.years[0]}–{run.years[-1]}"
    heading = Text(say(f"{years}年考核", f"Check of {years}"), "bold")
    heading.append(
        say(
            f"　数据 {len(run.facts)} 个文件 {rows:,} 行　规则 {run.rules.count} 条　{run.engine}",
            f"   {len(run.facts)} files, {rows:,} rows   {run.rules.count} rules   {run.engine}",
        ),
        "dim",
    )
    console.print(heading)
    _print_counts(run, console)
    if once := once_said(run):
        console.print(Text(once, "dim"))
    if returns := attendance_line(run):
        console.print(Text(returns, "dim"))
    for caveat in run.caveats:
        console.print(Text(say("注意：", "note: ") + wording.caveat(caveat), "bold yellow"))


def _print_counts(run: Run, console: Console) -> None:
    counts = []
    for outcome in Outcome:
        count = run.summary.get(outcome, 0)
        word = Text(outcome.label, STYLES[outcome] if count else "dim")
        counts.append(word.append(f" {count:,}", "bold" if count else "dim"))
    console.print(Text(say("　", "   ")).join(counts))


class _Lines:
    """Findings in lines whose columns stand below one another throughout."""

    INDENT = 4

    def __init__(
        self, console: Console, run: Run, places: SubjectNames, groups: Sequence[Sequence[Finding]]
    ) -> None:
        """Measure what will be printed."""
        self._console = console
        self._places = places
        self._dated = len(run.years) > 1
        cells = [self._cells(finding) for group in groups for finding in group]
        heads = ("", "", *(field.heading for field in fields("observed", "required", "gap")))
        widths = [max(map(cell_len, column)) for column in zip(heads, *cells, strict=True)]
        room = console.width - sum(widths[1:]) - 2 * (len(widths) - 1) - self.INDENT
        widths[0] = max(_NARROWEST_NAME, min(widths[0], room))
        self._heads = heads
        self._widths = widths

    def _cells(self, finding: Finding) -> tuple[str, ...]:
        cells = (
            self._places.label(finding.subject),
            finding.subject.code + (f" {finding.year}" if self._dated else ""),
            wording.observed(finding),
            wording.required_sign(finding.required, finding.unit),
            wording.gap(finding) if finding.gap is not None else "",
        )
        return tuple(map(visible, cells))  # they are measured as they will be seen

    def _print(self, cells: Sequence[str], styles: Sequence[str], indent: int) -> None:
        """Print a line; a name that is too long goes on in the lines below."""
        start = self.INDENT + self._widths[0]
        name = Text(cells[0], styles[0])
        more: Sequence[Text] = ()
        if name.cell_len > start - indent:
            name, *more = name.wrap(self._console, start - indent, overflow="fold")
        line = Text(" " * indent).append_text(name)
        line.pad_right(start - line.cell_len)
        for at, (cell, style, width) in enumerate(
            zip(cells[1:], styles[1:], self._widths[1:], strict=True)
        ):
            space = " " * (width - cell_len(cell))
            line.append("  ")
            line.append(cell + space if at == 0 else space + cell, style)
        line.rstrip()
        self._console.print(line, soft_wrap=line.cell_len <= self._console.width)
        for part in more:
            self._console.print(Text(" " * indent).append_text(part), soft_wrap=True)

    def print_outcome(self, outcome: Outcome, count: int) -> None:
        """Print the heading of all findings of one outcome."""
        title = f"{outcome.label} {count:,}"
        self._console.print()
        self._print((title, *self._heads[1:]), (STYLES[outcome], *["dim"] * 4), 0)

    def print_rule(self, gravest: Sequence[Finding], size: int) -> None:
        """Print a rule, its clause, who answers for it, and the gravest of its findings."""
        first = gravest[0]
        title = Text(first.title, "bold")
        if first.aspiration:
            title.append(say("（力争）", " (strives for)"))
        title.append("  " + first.rule, "not bold cyan")
        source = Text(wording.clause(first.citation), "dim")
        if units := wording.units(first):
            source.append(say("　责任单位：", "   answers for it: ") + units)
        if first.contradicts:
            source.append(say("　与此不一致：", "   at odds with: "))
            source.append(wording.listed(first.contradicts))
        self._console.print(title)
        self._console.print(Padding(source, (0, 0, 0, self.INDENT // 2), expand=False))
        styles = ("", "dim", "", "", STYLES[first.outcome])
        for finding in gravest:
            self._print(self._cells(finding), styles, self.INDENT)
        if len(gravest) < size:
            rest = size - len(gravest)
            more = say(f"…… 还有 {rest:,} 个", f"… and {rest:,} more")
            self._console.print(Padding(Text(more, "dim"), (0, 0, 0, self.INDENT), expand=False))


def _print_rest(findings: int, rules: int, console: Console) -> None:
    if not findings:
        return
    whole = say(f"，{rules:,} 条规则一个也没列出", f", nothing of {rules:,} rules") if rules else ""
    console.print(
        Text(
            say(
                f"\n还有 {findings:,} 个未列出{whole}：--all 全部列出，或用 -o 存为文件",
                f"\n{findings:,} are not listed{whole}: --all lists all, -o writes them to a file",
            ),
            "bold",
        )
    )


def _print_missing(run: Run, digest: Digest, console: Console) -> None:
    total = run.summary.get(Outcome.MISSING, 0)
    if not total:
        return
    found = causes(digest)
    text = Text("\n" + Outcome.MISSING.label, STYLES[Outcome.MISSING])
    text.append(f" {total:,}", "bold")
    counted = found[:_MOST_CAUSES]
    if rest := sum(count for _, count in found[_MOST_CAUSES:]):
        counted.append((say("其余", "others"), rest))
    named = [say(f"{cause}（{count:,}）", f"{cause} ({count:,})") for cause, count in counted]
    if named:
        text.append(say("：", ": ") + say("、", ", ").join(named), "not bold")
    console.print(text)
    for line in open_roll_ups(digest.hanging, digest.hanging_count):
        console.print(Padding(Text(line), (0, 0, 0, _Lines.INDENT), expand=False))


def _print_next(run: Run, example: Finding | None, console: Console) -> None:
    lines = [say("存为可打印的报告：加上 ", "As a printable report: add ") + "-o report.html"]
    if example:
        files = [file.file for file in run.facts]
        if len(files) > _MOST_FILES:
            files = [common_folder(files).rstrip("/") or say("数据文件…", "FACTS…")]
        given = " ".join(files)
        lines.insert(
            0,
            say("逐步看懂一条：", "One of them step by step: ")
            + f"dabiao explain {example.rule} {example.subject.code} {given}",
        )
    console.print(Text("\n" + "\n".join(lines), "dim"))
