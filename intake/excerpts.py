"""Sheets as they were submitted, as far as facts were read from them: cells as people see them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import field
from pathlib import Path

from dabiao.intake.cells.unusable import bare
from dabiao.intake.formats.kept_tables import KeptTables
from dabiao.intake.formats.table import Cell, Table, Uncomputed
from dabiao.intake.read import open_tables
from dabiao.schemas.addresses import letters, position_of
from dabiao.schemas.excerpt import SheetExcerpt
from dabiao.schemas.facts import Facts, Origin
from dabiao.schemas.problem import InputError
from dabiao.schemas.record import dataclass

MOST_CELLS = 300_000
"""Cells that are kept of all sheets together; sheets beyond are left out whole."""
_AHEAD = 8
"""Columns that may say what the rows of a sheet on its side are about."""


@dataclass(slots=True)
class _Wanted:
    """What is wanted of a sheet: positions of columns from 0, numbers of rows."""

    named: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class FactSheets:
    """Where the sheets that facts were read from are found again.

    Attributes:
        base: The folder in which the files lie; None where they are named as they are opened.
        encoding: Encoding of delimited files; None where it is guessed.
        kept: The tables that were kept when the facts were read; None where none were.
    """

    base: str | None = None
    encoding: str | None = None
    kept: KeptTables | None = None

    def tables(self, file: str) -> Sequence[Table]:
        """Give the tables of a file, which is opened once more where they were not kept.

        Raises:
            InputError: It is no longer what it was.
            OSError: It cannot be opened.
        """
        path = Path(self.base or "") / file
        tables = None if self.kept is None else self.kept.of(path)
        if tables is None:
            tables = list(open_tables([path], lambda _: False, encoding=self.encoding))
        return tables


AS_NAMED = FactSheets()
"""Where the files are named as they are opened."""


def excerpts(
    facts: Facts,
    read: Collection[str],
    within: Collection[str] | None = None,
    sheets: FactSheets = AS_NAMED,
) -> Iterator[SheetExcerpt]:
    """Yield what stands around the cells of some items; only of sheets and delimited files.

    Files whose tables were not kept are opened once more; one that cannot be is left out.

    Args:
        facts: What was read from them.
        read: Slugs of the items that are looked at.
        within: Codes of the subjects whose rows are wanted; None for all.
        sheets: Where these are found again.
    """
    wanted = _wanted(facts, set(read), within)
    left = MOST_CELLS
    for file in dict.fromkeys(file for file, _ in wanted):
        try:
            tables = sheets.tables(file)
        except (InputError, OSError):
            continue
        for table in tables:
            of = wanted.get((file, table.sheet))
            if of is None or table.keys is not None:
                continue
            left -= len(of.rows) * len(of.columns | of.named)
            if left < 0:
                return
            yield _excerpt(file, table, of)


def _wanted(
    facts: Facts, read: set[str], within: Collection[str] | None
) -> dict[tuple[str, str | None], _Wanted]:
    told = [at for at, origin in enumerate(facts.origins) if origin.lettered or origin.turned]
    numbers: dict[int, set[int]] = defaultdict(set)
    for level in facts.levels.values() if told else ():  # others may have millions of rows
        inside = [within is None or code in within for code in level.codes]
        rows = zip(
            level.subject.tolist(), level.origin.tolist(), level.number.tolist(), strict=True
        )
        for subject, origin, number in rows:
            if inside[subject]:
                numbers[origin].add(number)
    found: dict[tuple[str, str | None], _Wanted] = {}
    for at in told:
        origin = facts.origins[at]
        own = [each for slug, each in origin.columns.items() if slug in read]
        if at in numbers and own:
            of = found.setdefault((origin.file, origin.sheet), _Wanted())
            _add(of, origin, own, numbers[at])
    return found


def _add(of: _Wanted, origin: Origin, own: Sequence[str], numbers: set[int]) -> None:
    """Add what is wanted of a table; of one on its side rows and columns change places."""
    if origin.turned:
        of.rows |= {int(each) for columns in own for each in columns.split("+")}
        of.columns |= {number - 1 for number in numbers}
        of.named |= set(range(min(*of.columns, _AHEAD)))
        return
    of.columns |= {position_of(each) - 1 for columns in own for each in columns.split("+")}
    fixed = [each for columns in origin.fixed.values() for each in columns.split("+")]
    of.named |= {position_of(each) - 1 for each in fixed}
    of.rows |= numbers


def _excerpt(file: str, table: Table, of: _Wanted) -> SheetExcerpt:
    named, first = sorted(of.named), min(of.rows)
    columns = [*named, *sorted(of.columns - of.named)]
    heads = [
        next(
            (
                _text(cells.get(at))
                for number, cells in reversed(table.head)
                if number < first and _text(cells.get(at))
            ),
            "",
        )
        for at in columns
    ]
    cells: dict[int, tuple[str, ...]] = {
        number: tuple(_text(row.get(at)) for at in columns)
        for number, row in table.head
        if number in of.rows
    }
    below = max((number for number, _ in table.head), default=0)
    for block in table.blocks(below, columns):
        kept = [list(block.columns.get(at, ())) for at in columns]
        for place, number in enumerate(block.numbers.tolist()):
            if number in of.rows:
                cells[number] = tuple(_text(each[place]) if each else "" for each in kept)
    numbers = sorted(cells)
    return SheetExcerpt(
        file,
        tuple(map(letters, columns)),
        len(named),
        tuple(heads),
        tuple(numbers),
        tuple(cells[number] for number in numbers),
        table.sheet,
    )


def _text(cell: Cell) -> str:
    """Write a cell in no language."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case Uncomputed():
            return "="
        case _:
            return bare(cell)
