"""Tables that need no mapping, because they are as facts are submitted anyway."""

from dabiao.intake.formats.table import Table
from dabiao.intake.layout.headers import IN_BRACKETS, find_header
from dabiao.intake.layout.measures import MeasureNames
from dabiao.intake.layout.skipped_rows import stated_year
from dabiao.intake.names import Fixed, TableKind, fixed_column, loose_kind, plain, table_kind
from dabiao.intake.problem_log import ProblemLog
from dabiao.schemas.level import Level

_KNOWN = 0.5
"""What share of the headers has to be known; the others are told when the table is read."""


def is_own(table: Table, dictionary: MeasureNames) -> Level | TableKind | None:
    """Tell as what a table is read without a mapping; None if it is foreign."""
    file = table.file if table.lettered else None
    kind = table_kind(table.name) or loose_kind(table.name, file)
    if kind is None or kind is TableKind.NOTES:
        return None
    level = kind if isinstance(kind, Level) else None
    header = find_header(table, level, dictionary.narrows)
    if header is None:
        return None
    fixed: set[Fixed] = set()
    known = others = 0
    for texts in header.texts.values():
        meant = next((found for text in texts if (found := fixed_column(text, level))), None)
        if meant is not None:
            fixed.add(meant)
        elif any(_is_known(text, level, dictionary) for text in texts):
            known += 1
        else:
            others += 1
    dated = Fixed.YEAR in fixed or kind is TableKind.ROSTER
    dated = dated or stated_year(table, header, ProblemLog()) is not None
    if Fixed.CODE not in fixed or not dated:
        return None
    return kind if not others or known >= _KNOWN * (known + others) else None


def _is_known(text: str, level: Level | None, dictionary: MeasureNames) -> bool:
    match = IN_BRACKETS.fullmatch(plain(text))
    return dictionary.find(match["stem"] if match else text, level) is not None
