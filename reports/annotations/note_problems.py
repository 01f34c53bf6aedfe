"""Notes as problems: at their cells, with what stands in these, so that they can be given back."""

from collections.abc import Iterable, Iterator

import numpy as np

from dabiao.reports import wording
from dabiao.schemas.facts import Facts, LevelFacts
from dabiao.schemas.finding import Source
from dabiao.schemas.language import say
from dabiao.schemas.problem import CellPlace, Problem, Severity
from dabiao.schemas.run import Note


def note_problems(notes: Iterable[Note], facts: Facts) -> Iterator[tuple[Note, Problem]]:
    """Yield the notes that are about cells, each with a warning of its own that says the same.

    Args:
        notes: What was noted; what came of reading is left out, as it is a problem already.
        facts: The submission.
    """
    for note in notes:
        sources = note.sources or ((note.source,) if note.source else ())
        first = sources[0] if sources else None
        if note.kind == "problem" or first is None or first.cell is None:
            continue
        beside = [each for each in sources if _place(each) == _place(first)]
        others = [each for each in sources if _place(each) != _place(first)]
        problem = Problem(
            note.kind,
            wording.note(note),
            Severity.WARNING,
            file=first.file,
            sheet=first.sheet,
            cell="+".join(each.cell for each in beside if each.cell is not None),
            found=_values(note, sources, facts),
            hint=say(
                "核对原始材料：填错的改正，确实如此的写明原因",
                "see the records: mend what is wrong, or say why it is right",
            ),
            subject=note.subject,
            year=note.year,
            cause=f"{note.kind} {note.subject} {wording.note(note)}",
            also=tuple(CellPlace(each.file, each.sheet, each.cell or "") for each in others),
        )
        yield note, problem


def _place(source: Source) -> tuple[str, str | None]:
    return source.file, source.sheet


def _values(note: Note, sources: Iterable[Source], facts: Facts) -> str | None:
    """Give what stands in the cells of a note that are its subject's own; None for nothing."""
    table = None if note.level is None else facts.levels.get(note.level)
    at = None if table is None or note.subject is None else table.find(note.subject)
    if table is None or at is None:
        return None
    wanted = {(each.file, each.sheet, each.cell) for each in sources}
    told: list[str] = []
    for row in np.flatnonzero(table.subject == at).tolist():
        origin = facts.origins[int(table.origin[row])]
        for slug in (each.slug for each in note.about):
            cell = origin.cell(slug, int(table.number[row]))
            if (origin.file, origin.sheet, cell) in wanted:
                told.append(_value(table, slug, row))
    return say("、", ", ").join(told) or None


def _value(table: LevelFacts, slug: str, row: int) -> str:
    column = table.columns.get(slug)
    value = float("nan") if column is None else column.at(row)
    if column is None or np.isnan(value):
        return say("空", "blank")
    return f"{value:.15g}" if column.labels is None else column.labels[int(value)]
