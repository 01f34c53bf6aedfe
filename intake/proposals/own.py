"""Tables that need no mapping, because they are as facts are submitted anyway."""

from dabiao.intake.formats.table import Table
from dabiao.intake.layout.from_headers import HeaderPlanner
from dabiao.intake.layout.headers import find_header
from dabiao.intake.layout.measures import MeasureNames
from dabiao.intake.layout.skipped_rows import stated_year
from dabiao.intake.names import TableKind, loose_kind, table_kind
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.level import Level

_KNOWN = 0.5
"""What share of the headers has to be known; the others are told when the table is read."""


def is_own(table: Table, dictionary: MeasureNames) -> Level | TableKind | None:
    """Tell as what a table is read without a mapping; None if it is foreign."""
    kind = table_kind(table.name) or loose_kind(table.name, table.file if table.lettered else None)
    if kind is None or kind is TableKind.NOTES:
        return None
    level = kind if isinstance(kind, Level) else None
    header = find_header(table, level, dictionary.narrows)
    if header is None:
        return None
    plan = HeaderPlanner(dictionary, ProblemLog()).plan(table, header, kind)
    if plan is None:
        return None
    dated = plan.roster or plan.year or stated_year(table, header, ProblemLog())
    read, known = len(plan.wanted_by_name), len(plan.items)
    others = len(header.texts) - read
    return kind if dated and (not others or known >= _KNOWN * (known + others)) else None
