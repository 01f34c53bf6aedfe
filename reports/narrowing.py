"""A run narrowed to a place, a unit or a document: the same findings, fewer of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from dabiao.reports.circumstances import Circumstances
from dabiao.reports.summaries import SubjectNames, repeats, yearly
from dabiao.schemas.addresses import areas, letters
from dabiao.schemas.attendance import Attendance
from dabiao.schemas.excerpt import SheetExcerpt
from dabiao.schemas.filled_table import DocumentTableFilled
from dabiao.schemas.finding import Finding, Source
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import OTHERS_LEFT_OUT, Caveat, Note, Run, RunOptions
from dabiao.schemas.subject import Subject

_MOST_HOMES = 3
"""Counties that stand for a place that has no name."""
_OF_ALL = ("year-passed-over", "withheld", "unread", "engine-failed", OTHERS_LEFT_OUT)
"""The caveats that hold for every part of a run; the others count all of it."""


def narrowed(run: Run, to: RunOptions) -> Run:
    """Keep the findings on a place and what lies in it, of a unit, of a document; count them anew.

    Args:
        run: The run.
        to: What it is narrowed to; nothing where all three are None.
    """
    if (to.area, to.unit, to.document) == (None, None, None):
        return run
    findings = tuple(each for each in run.findings if _keeps(each, to))
    counts = recounted(findings, run.years)
    told_by_rule = bool(run.by_rule) and to.area == run.options.area
    caveats = _caveats(run, counted=told_by_rule)
    if told_by_rule:
        counts |= _counts(run, to)
    elif any(each.kind == OTHERS_LEFT_OUT for each in caveats):
        counts |= _known(counts, run.options.outcomes)
    place = run.options.area if _lies_in(run, to.area) else to.area
    own = replace(run.options, area=place, unit=to.unit, document=to.document)
    return replace(
        run,
        options=own,
        **counts,
        attendance=_attendance(run, to.area),
        counties=_counties(run, to.area),
        caveats=caveats,
        notes=_notes(run, to.area),
        tables=tuple(each for each in run.tables if _keeps_table(each, run, to)),
        sheets=tuple(cited(run.sheets, _sources(findings))),
    )


def recounted(findings: tuple[Finding, ...], years: Sequence[int]) -> dict[str, Any]:
    """Give findings and their counts as the fields of a run that holds just these."""
    counts = Counter(finding.outcome for finding in findings)
    yearly = Counter((finding.year, finding.outcome) for finding in findings)
    again = Counter(finding.outcome for finding in repeats(findings))
    return {
        "findings": findings,
        "summary": {outcome: counts[outcome] for outcome in Outcome},
        "by_year": {
            year: {outcome: yearly[year, outcome] for outcome in Outcome}
            for year in (years if len(years) > 1 else ())
        },
        "by_rule": {},
        "repeated": {outcome: again[outcome] for outcome in Outcome},
    }


def by_rule(findings: Iterable[Finding]) -> dict[str, dict[int, dict[Outcome, int]]]:
    """Count findings by rule, year and outcome."""
    found: dict[str, dict[int, dict[Outcome, int]]] = {}
    for each in findings:
        counts = found.setdefault(each.rule, {}).setdefault(each.year, {})
        counts[each.outcome] = counts.get(each.outcome, 0) + 1
    return found


def _counts(run: Run, to: RunOptions) -> dict[str, Any]:
    """Count the findings of a unit or a document by what a run tells of its rules."""
    asked = {
        each.id
        for each in run.judged
        if (to.unit is None or to.unit in each.units.names)
        and (to.document is None or to.document == each.document.id)
    }
    rules = {id_: years for id_, years in run.by_rule.items() if id_ in asked}
    yearly: dict[int, Counter[Outcome]] = {year: Counter() for year in run.years}
    for years in rules.values():
        for year, counts in years.items():
            yearly[year].update(counts)
    total = sum(yearly.values(), Counter[Outcome]())
    return {
        "by_rule": rules,
        "summary": {outcome: total[outcome] for outcome in Outcome},
        "by_year": {
            year: {outcome: yearly[year][outcome] for outcome in Outcome}
            for year in (run.years if len(run.years) > 1 else ())
        },
        "repeated": {},
    }


def _known(counts: Mapping[str, Any], kept: Sequence[Outcome]) -> dict[str, Any]:
    """Leave out of counts those of outcomes of which nobody knows how many there are."""
    return {
        "summary": {each: counts["summary"][each] for each in kept},
        "by_year": {
            year: {each: of[each] for each in kept} for year, of in counts["by_year"].items()
        },
        "repeated": {},
    }


def latest(run: Run) -> Run:
    """Keep the findings of the year judged last, where several were judged; count them anew."""
    if len(run.years) == 1:
        return run
    year = run.as_of
    findings = tuple(each for each in run.findings if each.year == year)
    return replace(
        run,
        years=(year,),
        **recounted(findings, (year,)) | {"summary": yearly(run)[year], "by_rule": run.by_rule},
        attendance=tuple(each for each in run.attendance if each.year == year),
        counties=tuple(each for each in run.counties if each.year == year),
        tables=tuple(each for each in run.tables if each.year == year),
    )


def _lies_in(run: Run, area: str | None) -> bool:
    """Tell whether a run was narrowed to a place before that lies in another one."""
    own = run.options.area
    return any(each.code == own and area in each.parents for each in run.subjects)


def _keeps(finding: Finding, to: RunOptions) -> bool:
    subject = finding.subject
    return (
        (to.area is None or to.area == subject.code or to.area in subject.parents)
        and (to.unit is None or to.unit in finding.units.names)
        and (to.document is None or to.document == finding.by.document.id)
    )


def _keeps_table(table: DocumentTableFilled, run: Run, to: RunOptions) -> bool:
    titles = {each.id: each.title for each in run.documents}
    inside = to.area is None or to.area == table.place.code or to.area in table.place.parents
    return inside and (to.document is None or titles.get(to.document) == table.document)


def _sources(findings: Iterable[Finding]) -> Iterator[tuple[Source, Sequence[int]]]:
    """Yield the cells that findings rest on."""
    for given in chain.from_iterable(each.inputs for each in findings):
        for source in filter(None, (given.source, *given.sources)):
            yield source, ()


def cited(
    sheets: Sequence[SheetExcerpt], sources: Iterable[tuple[Source, Sequence[int]]]
) -> Iterator[SheetExcerpt]:
    """Keep of sheets the rows and columns that findings cite, with what says what a row is.

    Args:
        sheets: The sheets.
        sources: Cells, each with further rows in which the same columns are cited.
    """
    wanted: dict[tuple[str, str | None], dict[str, set[int]]] = defaultdict(dict)
    for source, more in sources if sheets else ():
        wanted[source.file, source.sheet].setdefault(source.cell or "", set()).update(more)
    for sheet in sheets:
        of = wanted.get((sheet.file, sheet.sheet), {})
        places = [area for cell in of for area in areas(cell)]
        rows = {row for area in places for row in range(area.top, area.bottom + 1)}.union(
            *of.values()
        )
        columns = {
            letters(at - 1) for area in places for at in range(area.left, area.right + 1)
        } | set(sheet.columns[: sheet.named])
        kept = [at for at, column in enumerate(sheet.columns) if column in columns]
        lines = [at for at, number in enumerate(sheet.numbers) if number in rows]
        if lines:
            yield replace(
                sheet,
                columns=tuple(sheet.columns[at] for at in kept),
                heads=tuple(sheet.heads[at] for at in kept),
                numbers=tuple(sheet.numbers[at] for at in lines),
                cells=tuple(tuple(sheet.cells[line][at] for at in kept) for line in lines),
            )


def _notes(run: Run, area: str | None) -> tuple[Note, ...]:
    """Keep the notes on a place and what lies in it."""
    if area is None:
        return run.notes
    inside = {each.code for each in run.subjects if area == each.code or area in each.parents}
    return tuple(each for each in run.notes if each.subject is None or each.subject in inside)


def _attendance(run: Run, area: str | None) -> tuple[Attendance, ...]:
    """Give who reported: of all, or of a county; of other places the run does not say."""
    if area is None:
        return run.attendance
    return tuple(each for each in run.counties if each.area == area)


def _counties(run: Run, area: str | None) -> tuple[Attendance, ...]:
    """Give the counties that are a place or lie in it."""
    if area is None:
        return run.counties
    inside = {each.code for each in run.subjects if area in (each.code, *each.parents)}
    return tuple(each for each in run.counties if each.area in inside | {area})


def _caveats(run: Run, *, counted: bool) -> tuple[Caveat, ...]:
    """Keep what holds for every part; say so where findings were left out and cannot be counted."""
    kept, held = run.options.outcomes, [each for each in run.caveats if each.kind in _OF_ALL]
    left_out = sum(run.summary.values()) - len(run.findings)
    if kept and left_out and not counted:
        held.append(Caveat(kind=OTHERS_LEFT_OUT, count=left_out, outcomes=kept))
    return tuple(held)


def whom(judged: Iterable[Subject], places: SubjectNames, known: Circumstances) -> str:
    """Name the place that subjects lie in: the lowest one that all of them do.

    Where none is known, the first counties are named.

    Args:
        judged: The subjects, in order.
        places: Their names.
        known: What a run was narrowed to.
    """
    if known.place:
        return known.place
    subjects = {each.code: each for each in judged}
    common: list[str] | None = None
    for subject in subjects.values():
        path = _path(subject)
        common = path if common is None else _alike(common, path)
    if common:
        return places.name(common[-1])
    homes = list(dict.fromkeys(places.home(each) for each in subjects.values()))
    names = [places.name(code) for code in homes if code]
    told = say("、", ", ").join(names[:_MOST_HOMES])
    if len(names) > _MOST_HOMES:
        told += say(f"等{len(names)}个地区", f" and {len(names) - _MOST_HOMES} more")
    return told


def _path(subject: Subject) -> list[str]:
    return [*subject.parents, subject.code]


def _alike(first: list[str], second: list[str]) -> list[str]:
    same = []
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        same.append(one)
    return same
