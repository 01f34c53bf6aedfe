"""From parsed rows to facts: subjects sorted and named, rows reconciled, contradictions told.

Everything here is independent of the order in which files were given: what comes first is what
comes first by path, sheet and row.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby

import numpy as np

from dabiao.intake.facts.codes.twins import tell_twins
from dabiao.intake.facts.duplicates import Duplicates
from dabiao.intake.facts.former_codes import FormerCodes, bridge_codes
from dabiao.intake.facts.kindred import Kindred
from dabiao.intake.facts.near_codes import tell_near_codes
from dabiao.intake.facts.roster import Roster
from dabiao.intake.facts.rows import Batch, Row, RowLog
from dabiao.intake.facts.shared_codes import settle_places, settle_shared_codes
from dabiao.intake.facts.subjects import find_subjects, set_totals_aside
from dabiao.intake.facts.years import tell_strays
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.facts import Column, FactFile, Facts, Floats, Ints, LevelFacts, Origin, packed
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Item, Measure, is_category
from dabiao.schemas.subject import Place

__all__ = ["Batch", "Row", "assemble", "assemble_batches"]


def assemble(
    rows: Iterable[Row],
    origins: Sequence[Origin],
    measures: Mapping[str, Measure],
    places: Mapping[str, Place],
    *,
    doubting: bool = True,
) -> Facts:
    """Make facts of single rows.

    Args:
        rows: The rows, in any order.
        origins: The tables that ``Row.origin`` points into; may be empty for rows without one.
        measures: Items and indicators by slug.
        places: Known places by code.
        doubting: Whether to tell of subjects and years that can hardly be right.
    """

    def by_table(row: Row) -> tuple[int, int, bool]:
        return row.level.rank, row.origin, row.year is None

    ordered = sorted(rows, key=lambda row: (*by_table(row), row.number))
    batches = [_batch(list(group), measures) for _, group in groupby(ordered, key=by_table)]
    return assemble_batches(batches, origins, measures, places, doubting=doubting)


def _batch(rows: Sequence[Row], measures: Mapping[str, Measure]) -> Batch:
    first = rows[0]
    slugs = sorted({slug for row in rows for slug in (*row.values, *row.unusable)})
    if first.year is None and slugs:
        raise ValueError(f"row {first.number} has values but no year")
    years, lives = None, None
    if first.year is not None:
        years = np.array([row.year for row in rows], np.int32)
    else:
        lives = [row.life for row in rows]
    return Batch(
        level=first.level,
        origin=first.origin,
        numbers=np.array([row.number for row in rows], np.int32),
        codes=[row.code for row in rows],
        names=[row.name for row in rows],
        parents=[row.parent for row in rows],
        years=years,
        columns={slug: _column(slug, rows, measures) for slug in slugs},
        lives=lives,
    )


def _column(slug: str, rows: Sequence[Row], measures: Mapping[str, Measure]) -> Column:
    unusable = {at: row.unusable[slug] for at, row in enumerate(rows) if slug in row.unusable}
    given = [None if slug in row.unusable else row.values.get(slug) for row in rows]
    labels: tuple[str, ...] | None = None
    texts = {value for value in given if isinstance(value, str)}
    if texts or is_category(measures.get(slug)):
        labels = tuple(sorted(texts))
        place = {text: float(at) for at, text in enumerate(labels)}
        values = [np.nan if value is None else place[str(value)] for value in given]
    else:
        values = [np.nan if value is None else float(value) for value in given]
    return Column(np.array(values, np.float64), labels, unusable)


def assemble_batches(  # noqa: PLR0913 - these are what facts are made of
    batches: Iterable[Batch],
    origins: Sequence[Origin],
    measures: Mapping[str, Measure],
    places: Mapping[str, Place],
    *,
    files: Sequence[FactFile] = (),
    noticed: ProblemLog | None = None,
    doubting: bool = True,
) -> Facts:
    """Make facts of columns.

    Args:
        batches: The rows by table, in any order.
        origins: The tables that ``Batch.origin`` points into, in order of file and sheet.
        measures: Items and indicators by slug.
        places: Known places by code.
        files: Files that were read.
        noticed: What was noticed before, and takes what is noticed now.
        doubting: As above.
    """
    noticed = ProblemLog() if noticed is None else noticed
    log = RowLog(origins, noticed)
    ordered = sorted(batches, key=lambda batch: (batch.origin, batch.years is None))
    ordered, former = bridge_codes(ordered, log)
    ordered = set_totals_aside(ordered, places, log)
    ordered = settle_places(ordered, places, log)
    ordered, shared = settle_shared_codes(ordered, log)
    kin = find_subjects(ordered, places, log, shared, former)
    shared |= former.doubled
    levels: dict[Level, LevelFacts] = {}
    rosters = [batch for batch in ordered if batch.lives is not None]
    listed = Roster(log)
    for level in Level:
        subjects = kin[level]
        if subjects:
            mine = [batch for batch in ordered if batch.level is level and batch.years is not None]
            levels[level] = _level(level, subjects, mine, measures, former)
            Duplicates(levels[level], measures, log, shared).reconcile()
            listed.take(levels[level], [batch for batch in rosters if batch.level is level])
    listed.check(levels)
    if doubting:
        tell_near_codes(levels, kin, places, log)
        tell_twins(levels, kin, places, log)
        tell_strays(levels, log)
    noticed.finish()
    return Facts(
        levels,
        list(origins),
        sorted(files, key=lambda file: file.file),
        noticed.problems,
        noticed.notes,
    )


def _level(
    level: Level,
    subjects: Kindred,
    batches: list[Batch],
    measures: Mapping[str, Measure],
    former: FormerCodes,
) -> LevelFacts:
    codes, names, parents, standings = subjects.in_order
    place = {code: bisect_left(codes, code) for code, of in subjects.made.items() if of.moves}
    named = list(chain.from_iterable(batch.codes for batch in batches))
    sizes = [len(batch.codes) for batch in batches]
    starts = np.cumsum([0, *sizes]).tolist()
    total = starts[-1]

    def joined(parts: list[Ints]) -> Ints:
        return np.concatenate(parts) if parts else np.zeros(0, np.int32)

    columns: dict[str, Column] = {}
    for slug in sorted({slug for batch in batches for slug in batch.columns}):
        parts = [
            (at, b.columns[slug])
            for at, b in zip(starts, batches, strict=False)
            if slug in b.columns
        ]
        columns[slug] = _join(parts, total, measures.get(slug))
    return LevelFacts(
        level=level,
        codes=codes,
        names=[name or code for code, name in zip(codes, names, strict=True)],
        parents=parents,
        standings=standings,
        subject=_places(named, codes),
        year=joined([batch.years for batch in batches if batch.years is not None]),
        origin=np.repeat(np.array([batch.origin for batch in batches], np.int32), sizes),
        number=joined([batch.numbers for batch in batches]),
        columns=columns,
        moves={place[code]: dict(subjects[code].moves or {}) for code in sorted(place)},
        submitted_as=dict(_submitted_as(level, batches, former)),
    )


def _places(named: list[str], codes: list[str]) -> Ints:
    """Find codes among those of all subjects; mostly each has one row, and they stand in order."""
    if named == codes:
        return np.arange(len(codes), dtype=np.int32)
    place = {code: at for at, code in enumerate(codes)}
    return np.fromiter(map(place.__getitem__, named), np.int32, len(named))


def _submitted_as(
    level: Level, batches: Iterable[Batch], former: FormerCodes
) -> Iterator[tuple[int, str]]:
    """Yield the rows that were submitted under another code, each with it."""
    start = 0
    for batch in batches if former.submitted else ():
        for at, number in enumerate(batch.numbers.tolist(), start):
            code = former.submitted.get((level, batch.origin, number))
            if code is not None:
                yield at, code
        start += len(batch.codes)


def _join(parts: list[tuple[int, Column]], total: int, measure: Measure | None) -> Column:
    """Put the parts of a column at their places; a column of one part is not copied."""
    labels: tuple[str, ...] | None = None
    if any(column.labels is not None for _, column in parts):
        texts = {text for _, column in parts for text in column.labels or ()}
        options = measure.options if isinstance(measure, Item) else ()
        labels = tuple(option for option in options if option in texts)
        labels += tuple(sorted(texts - set(labels)))
        parts = [(start, _relabel(column, labels)) for start, column in parts]
    first = parts[0][1]
    if len(parts) == 1 and len(first.held) == total:
        return replace(first, labels=labels)
    values: Floats = np.full(total, np.nan)
    unusable: dict[int, str] = {}
    possible: dict[int, tuple[float, ...]] = {}
    for start, column in parts:
        values[start : start + len(column.held)] = column.values
        unusable |= {start + at: reason for at, reason in column.unusable.items()}
        possible |= {start + at: readings for at, readings in column.possible.items()}
    return Column(packed(values), labels, unusable, possible)


def _relabel(column: Column, labels: tuple[str, ...]) -> Column:
    place = {text: at for at, text in enumerate(labels)}
    table = np.array([place[text] for text in column.labels or ()] or [0], np.float64)
    places = column.values
    known = ~np.isnan(places)
    values = np.full(len(places), np.nan)
    values[known] = table[places[known].astype(np.int64)]
    return Column(packed(values), labels, column.unusable)
