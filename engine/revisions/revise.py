"""Two submissions, judged, to what the second changed."""

from collections.abc import Callable

from dabiao.engine.judgement import Judgement
from dabiao.engine.revisions.cells import as_before, differing
from dabiao.engine.revisions.problems import only_in
from dabiao.engine.revisions.verdicts import turned
from dabiao.schemas.facts import Facts
from dabiao.schemas.revision import CellFate, Revision


def revise(old: Judgement, new: Judgement, judge: Callable[[Facts], Judgement]) -> Revision:
    """Compare two submissions.

    Args:
        old: The first, judged.
        new: The second, judged by the same catalog in the same year.
        judge: Judges further facts in the same way.
    """
    pairs = list(differing(old.facts, new.facts, new.catalog.vocabulary.measures))
    changes = tuple(pair.change for pair in pairs)
    figures = any(change.fate is CellFate.CHANGED for change in changes)
    hybrid = judge(as_before(new.facts, pairs)) if figures else None
    return Revision(
        year=new.as_of,
        cells=changes,
        cured=tuple(only_in(old.facts.problems, new.facts.problems)),
        arisen=tuple(only_in(new.facts.problems, old.facts.problems)),
        verdicts=tuple(turned(old, new, hybrid, changes)),
    )
