"""Everything that is worth a second look in a submission."""

from dabiao.engine.judgement import Judgement
from dabiao.engine.quality.copies import Copies
from dabiao.engine.quality.jumps import Jumps
from dabiao.engine.quality.outliers import Outliers
from dabiao.engine.quality.peers import Peers
from dabiao.engine.quality.remarks import Remarks
from dabiao.schemas.level import Level
from dabiao.schemas.run import Note

_UNPLACED = len(Level)


def survey(judgement: Judgement) -> list[Note]:
    """List all remarks on a submission, in an order that depends on nothing but the data.

    Beyond the notes that every run has, these are jumps, outliers and copied rows, which take a
    look at everybody at once.

    Args:
        judgement: What was judged; which rules, does not matter.
    """
    evaluator = judgement.evaluator
    remarks = Remarks(evaluator, judgement.builder.names)
    peers = Peers(evaluator, judgement.catalog.peers)
    found = judgement.notes()
    for look in (Jumps(remarks, peers), Outliers(remarks, peers), Copies(remarks)):
        found.extend(look.find(judgement.years))
    return sorted(found, key=_order)


def _order(note: Note) -> tuple[int, str, int, str, str, str, str]:
    rank = _UNPLACED if note.level is None else note.level.rank
    year, about = note.year or 0, (note.measure or "", note.check or "", repr(note.remark))
    return rank, note.subject or "", year, note.kind, *about
