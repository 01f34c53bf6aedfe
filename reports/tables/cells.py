"""What stands in the cells of a filled table, in words."""

from collections.abc import Sequence

from dabiao.reports import numbers
from dabiao.schemas.filled_table import FilledTable, TableCell
from dabiao.schemas.finding import Scalar
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome

SHADED = (Outcome.VIOLATION, Outcome.BEHIND)
"""Outcomes whose cells are shaded."""
_FINER = 3
"""Decimals at the foot, where variations stand, which are small numbers."""


def title(table: FilledTable) -> str:
    """Name a table after its place and year."""
    return say(
        f"{table.place.name}{table.title}（{table.year}年）",
        f"{table.place.name}: {table.title} ({table.year})",
    )


def counts(table: FilledTable) -> bool:
    """Tell whether a rule looks at any of its columns, so that what is met can be counted."""
    return any(head.rule is not None for head in table.heads)


def headings(table: FilledTable) -> list[str]:
    """Give its headings: who, its own with their units, and how many are met."""
    own = [f"{head.heading}（{head.unit}）" if head.unit else head.heading for head in table.heads]
    met = [say("达标项数", "met")] if counts(table) else []
    return [table.level.label, say("代码", "code"), *own, *met]


def values(table: FilledTable) -> list[list[Scalar]]:
    """Give its rows and its foot as values: numbers in full, nothing where one is missing."""
    more = counts(table)
    rows: list[list[Scalar]] = [
        [
            row.subject.name,
            row.subject.code,
            *(cell.value for cell in row.cells),
            *([row.met] if more else []),
        ]
        for row in table.rows
    ]
    if table.foot:
        foot = (cell.value for cell in table.foot)
        rows.append([foot_name(table), table.place.code, *foot, *([None] if more else [])])
    return rows


def texts(table: FilledTable) -> list[list[str]]:
    """Give the same as people read it; what falls short is marked."""
    bounds = [head.bound for head in table.heads]
    found = []
    for row in table.rows:
        cells = [shown(cell, bound) for cell, bound in zip(row.cells, bounds, strict=True)]
        met = [f"{row.met}/{row.judged}"] if counts(table) else []
        found.append([row.subject.name, row.subject.code, *cells, *met])
    if table.foot:
        found.append([foot_name(table), "", *foot_texts(table), *([""] * counts(table))])
    return found


def foot_texts(table: FilledTable) -> Sequence[str]:
    """Write its foot."""
    pairs = zip(table.foot, table.heads, strict=True)
    return [
        "" if cell.value is None and cell.outcome is None else shown(cell, head.foot_bound, _FINER)
        for cell, head in pairs
    ]


def shown(cell: TableCell, bound: float | None, decimals: int = 2) -> str:
    """Write a value so that it never looks like the bound it misses."""
    text = numbers.scalar(cell.value, bound, decimals)
    return f"{text} ▼" if cell.outcome in SHADED else text


def foot_name(table: FilledTable) -> str:
    """Say whose values stand at the foot."""
    return table.place.name


def remarks(table: FilledTable) -> list[str]:
    """Say what the shades mean, and who is not in it."""
    said = [table.document]
    if counts(table):
        said.append(say("▼ 加底纹的格子不达标", "▼ what is shaded falls short"))
        norms = list(dict.fromkeys(head.norm for head in table.heads if head.norm))
        said.append(say("要求：", "required: ") + say("；", "; ").join(norms))
    if table.undecided:
        names = say("、", ", ").join(each.name for each in table.undecided)
        said.append(
            say(f"缺数据，不知是否列入：{names}", f"not known whether they belong here: {names}")
        )
    return said
