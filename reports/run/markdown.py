"""A run as Markdown, to be pasted into a message, an issue or a document."""

import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from dabiao.reports import wording
from dabiao.reports.at_once.each import undecided
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.counted.outcome_columns import OutcomeColumns
from dabiao.reports.counted.recorded import waiting
from dabiao.reports.fields import fields
from dabiao.reports.returns import ReturnsTable, lacks
from dabiao.reports.summaries import (
    SubjectNames,
    by_rule,
    common_folder,
    judged_years,
    number_of_outcome,
    once_said,
    yearly,
)
from dabiao.reports.wording import attendance_line, open_roll_ups
from dabiao.schemas.columns import FindingForms
from dabiao.schemas.finding import Finding
from dabiao.schemas.language import number_of, say
from dabiao.schemas.outcome import OPEN, Outcome
from dabiao.schemas.run import Run

_MEANS_SOMETHING = re.compile(r"([\\`*_\[\]<>|~#])")


def write_markdown(run: Run, file: TextIO, circumstances: Circumstances | None = None) -> None:
    """Write counts, what is not as it should be, and what is missing."""
    known = circumstances or Circumstances()
    columns = OutcomeColumns.of(run, known)
    counted = yearly(run)
    places, of_years = columns.places, judged_years(counted)
    years = wording.years(of_years)
    whom = escaped(wording.narrowed_to(known))
    of_whom = f": {whom}" if whom else ""
    _line(file, say(f"# {wording.of_years(whom, years)}年考核结果", f"# Check of {years}{of_whom}"))
    _line(file)
    if returns := attendance_line(run):
        _line(file, escaped(returns))
        _line(file)
    for caution in wording.cautions(run, known, by_place=False):
        _line(file, f"> **{say('注意：', 'note:')}**{say('', ' ')}{escaped(caution)}")
        _line(file)
    dated = len(run.years) > 1
    headings = [say("年份", "year")] * dated + [outcome.label for outcome in Outcome]
    rows = (
        [str(year)] * dated + [number_of_outcome(counted[year], each) for each in Outcome]
        for year in of_years
    )
    write_table(headings, rows, file)
    if not dated and (once := once_said(run)):
        _line(file)
        _line(file, escaped(once))
    counterparts = wording.Counterparts(columns.lookup)
    for group in by_rule(run.findings, columns.judged()):
        if group[0].outcome in OPEN:
            _write_rule(group, run, places, counterparts, file)
    _write_missing(run, places, list(waiting(run, known)), file)
    _write_returns(run, places, file)
    _write_overdue(known, places, file)
    _write_inputs(run, known.command, file)


def _write_overdue(known: Circumstances, places: SubjectNames, file: TextIO) -> None:
    if known.cases is None:
        return
    _line(file)
    _line(file, f"## {wording.overdue_heading(known.cases)}")
    rows = list(wording.overdue_rows(known.cases, places.label))
    if rows:
        _line(file)
        write_table([say(*each) for each in wording.OVERDUE_COLUMNS], rows, file)


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]], file: TextIO) -> None:
    """Write a table; whatever its cells hold stays text."""
    _line(file, "| " + " | ".join(map(escaped, headings)) + " |")
    _line(file, "|" + " --- |" * len(headings))
    for row in rows:
        _line(file, "| " + " | ".join(map(escaped, row)) + " |")


def escaped(text: str) -> str:
    r"""Take the meaning from characters that Markdown would act on.

    Examples:
        >>> print(escaped("a|b <i>"))
        a\|b \<i\>
    """
    return _MEANS_SOMETHING.sub(r"\\\1", text).replace("\r", "").replace("\n", "<br>")


def _write_returns(run: Run, places: SubjectNames, file: TextIO) -> None:
    table = ReturnsTable(run, places)
    if table.rows:
        _line(file)
        _line(file, say("## 报送情况", "## Returns"))
        _line(file)
        write_table(table.headings, table.texts(), file)


def _write_rule(
    group: Sequence[Finding],
    run: Run,
    places: SubjectNames,
    counterparts: wording.Counterparts,
    file: TextIO,
) -> None:
    first, dated = group[0], len(run.years) > 1
    _line(file)
    heading = f"{first.outcome.label} {len(group):,}{say('：', ': ')}{first.title}"
    _line(file, f"## {escaped(heading)}")
    _line(file)
    _line(file, f"- {say('规则', 'rule')}{say('：', ': ')}`{first.rule}`")
    facts = [(say("依据", "clause"), wording.clause(first.citation))]
    if first.aspiration:
        facts.append((say("性质", "kind"), say("力争目标", "an aspiration")))
    if first.contradicts:
        facts.append((say("与此不一致", "at odds with"), wording.listed(first.contradicts)))
    governs = say("以哪条为准", "which rule governs")
    facts += [(governs, line) for line in counterparts.lines(group)]
    facts += wording.duties(first.units)
    for name, value in facts:
        _line(file, f"- {name}{say('：', ': ')}{escaped(value)}")
    _line(file)
    year = ("year",) if dated else ()
    shown = fields("code", *year, "observed", "required", "gap", "remedy")
    headings = [
        say("考核对象", "subject"),
        *(field.heading for field in shown),
        say("数据来源", "cells"),
    ]
    folder = common_folder([record.file for record in run.facts])
    rows = (
        [
            places.label(finding.subject),
            *(field.text(finding) for field in shown),
            wording.cells(finding.inputs, folder, wording.MOST_CELLS),
        ]
        for finding in group
    )
    write_table(headings, rows, file)


def _write_missing(
    run: Run, places: SubjectNames, waits: Sequence[FindingForms], file: TextIO
) -> None:
    missing = lacks(waits)
    if not missing:
        return
    _line(file)
    count = run.summary.get(Outcome.MISSING, 0)
    _line(file, f"## {Outcome.MISSING.label} {count:,}")
    _line(file)
    folder = common_folder([record.file for record in run.facts])
    headings = [
        say("应由谁报", "who has to report"),
        say("代码", "code"),
        say("缺什么", "what"),
        say("年份", "year"),
        say("原因", "reason"),
        say("位置", "cell"),
        say("影响结论", "findings waiting"),
    ]
    rows = (
        [
            places.name(lack.subject),
            lack.subject,
            lack.measure or "",
            str(lack.year),
            lack.reason,
            wording.cell(lack.source, folder) if lack.source else "",
            f"{len(lack.findings):,}",
        ]
        for lack in missing
    )
    write_table(headings, rows, file)
    hanging = list(undecided(waits))
    open_ = open_roll_ups(hanging, len(hanging))
    for line in ["", *open_] if open_ else ():
        _line(file, f"- {escaped(line)}" if line else "")


def _write_inputs(run: Run, command: str, file: TextIO) -> None:
    _line(file)
    _line(file, say("## 依据的数据和规则", "## What went in"))
    _line(file)
    comma = say("，", ", ")
    for record in run.facts:
        rows = say(f"{record.rows:,} 行", number_of(record.rows, "row"))
        _line(file, f"- {escaped(record.file)}{comma}{rows}{comma}SHA-256 `{record.sha256}`")
    count = say(f"规则 {run.rules.count:,} 条", number_of(run.rules.count, "rule"))
    only = escaped(wording.only(wording.choice_asked(run.options)))
    _line(file, f"- {count}{only}{comma}SHA-256 `{run.rules.hash}`")
    _line(file, f"- {say('检查指纹', 'fingerprint of the run')} `{run.fingerprint}`")
    if command:
        _line(file, f"- {say('重做一遍', 'to repeat it')} {_code(command)}")


def _code(text: str) -> str:
    """Write a text that is taken as it stands, between more backticks than it holds in a row."""
    inside = max(map(len, re.findall("`+", text)), default=0)
    fence, apart = "`" * (inside + 1), " " if inside else ""
    return f"{fence}{apart}{' '.join(text.splitlines())}{apart}{fence}"


def _line(file: TextIO, text: str = "") -> None:
    file.write(text + "\n")
