"""Tables as values, each with the labels of its row and the heads of its column."""

import re
from collections.abc import Iterator, Sequence

from dabiao.rules.coverage.text.blocks import TextCell, TextTable
from dabiao.rules.coverage.text.headings import Rank, ends, marker
from dabiao.rules.coverage.text.mentions import narrow
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A cell that says something.

    Attributes:
        row: Its row, from 1.
        column: Its column, from 1.
        line: The line it begins on.
        text: What stands in it.
        labels: What its row is about, the widest first; empty for prose.
        heads: The heads of its column, the widest first.
        year: The year of its column, or None.
        item: The number its row begins with, or None.
        about: The longest text of its row: what a bare deadline belongs to.
    """

    row: int
    column: int
    line: int
    text: str
    labels: tuple[str, ...]
    heads: tuple[str, ...]
    year: int | None
    item: int | None
    about: str

    @property
    def is_value(self) -> bool:
        """Whether it means nothing without its labels."""
        return bool(self.labels)


_YEAR = re.compile(r"((?:19|20)\d\d)\s*年?")
_NUMBER = re.compile(r"\d")
_ONLY_YEAR = re.compile(r"\D*(?:19|20)\d\d\s*年?\D*")
_VALUE = re.compile(
    r"[\u4e00-\u9fff]{0,4}\s*[≥≤><约]?=?\s*\d[\d.,:：/—\-–~至\s]*(?:%|‰|[\u4e00-\u9fffA-Za-z]{0,6})"
    r"(?:以上|以下|左右|以内)?|[—–\-/无]+|"
)
_SERIAL = re.compile(r"序号|编号|No\.?|#", re.IGNORECASE)
_SHORT = 14
_MOST_HEADS = 3


def entries(table: TextTable) -> Iterator[TableEntry]:
    """Give the cells of a table that say something, row by row, without its heads."""
    width = max(len(row) for row in table.rows)
    depth = _head_rows(table.rows)
    heads = _heads(table.rows[:depth], width)
    above: list[str] = []
    group: tuple[str, ...] = ()
    for number, cells in enumerate(table.rows[depth:], depth + 1):
        row = _Row(number, cells, heads[width - len(cells) :], width - len(cells))
        texts = [_flat(cell.text) for cell in cells]
        filled = [text for text in texts if text]
        if len(filled) == 1 and len(filled[0]) <= 2 * _SHORT and not _NUMBER.search(filled[0]):
            group, above = (filled[0],), []
            continue
        if _is_prose(texts):
            yield from _prose(row)
            continue
        labelled = _label_columns(texts, row.heads)
        labels = _labels(texts[:labelled], above)
        above = labels
        named = [
            label
            for label, over in zip(labels, row.heads, strict=False)
            if label and not any(_SERIAL.search(head) for head in over)
        ]
        yield from _values(row, labelled, (*group, *named))


@dataclass(frozen=True, slots=True)
class _Row:
    """A row, and the heads over its cells; it may begin some columns from the left."""

    number: int
    cells: Sequence[TextCell]
    heads: Sequence[tuple[str, ...]]
    offset: int


def _flat(text: str) -> str:
    """Join the lines of a cell: a narrow column breaks words anywhere."""
    return re.sub(r"\s*\n\s*", "", text).strip()


def _head_rows(rows: Sequence[Sequence[TextCell]]) -> int:
    """Count the rows at the top that hold neither values nor prose."""
    depth = 0
    for row in rows[:_MOST_HEADS]:
        texts = [_flat(cell.text) for cell in row]
        if any(len(text) > _SHORT for text in texts):
            break
        if any(_NUMBER.search(text) and not _ONLY_YEAR.fullmatch(text) for text in texts):
            break
        if depth and all(not text or text in "—–-" for text in texts[1:]):
            break
        depth += 1
    return min(depth, len(rows) - 1)


def _heads(rows: Sequence[Sequence[TextCell]], width: int) -> list[tuple[str, ...]]:
    """Give the heads of every column, spreading those that stand over several."""
    spread: list[list[str]] = []
    texts = [[_flat(cell.text) for cell in row] for row in rows]
    for at, row in enumerate(texts):
        below = [text for text in texts[at + 1] if text] if at + 1 < len(texts) else []
        years = [text for text in row if _ONLY_YEAR.fullmatch(text)]
        if years and len(row) < width and len(below) % len(years) == 0 and len(below) > len(years):
            each = len(below) // len(years)
            full = row[: len(row) - len(years)] + [year for year in years for _ in range(each)]
        else:
            full = row
        spread.append([full[0]] * (width - len(full)) + full if full else [""] * width)
    columns = [tuple(row[column] for row in spread) for column in range(width)]
    return [tuple(dict.fromkeys(text for text in column if text)) for column in columns]


def _is_prose(texts: Sequence[str]) -> bool:
    """Tell whether a row says what it says in sentences, not in values under heads."""
    if any(_NUMBER.search(text) and _VALUE.fullmatch(narrow(text)) for text in texts[1:]):
        return False
    marks = [mark for mark in map(marker, texts) if mark is not None]
    numbered = any(mark.rank >= Rank.THIRD and mark.title for mark in marks)
    longest = max(texts, key=len, default="")
    return numbered or (len(longest) > 2 * _SHORT and (ends(longest) or bool(marks)))


def _label_columns(texts: Sequence[str], heads: Sequence[tuple[str, ...]]) -> int:
    """Count the cells at the left that say what the row is about."""
    for at, text in enumerate(texts):
        serial = any(_SERIAL.search(head) for head in heads[at])
        if text and at and not serial and _VALUE.fullmatch(narrow(text)):
            return at
        if at and any(_YEAR.search(head) for head in heads[at]):
            return at
    return len(texts)


def _labels(texts: Sequence[str], above: Sequence[str]) -> list[str]:
    """Fill labels that were left empty because they stand in a merged cell above."""
    found: list[str] = []
    inherits = True
    for at, text in enumerate(texts):
        inherits = inherits and not text
        found.append(above[at] if inherits and at < len(above) else text)
    return found


def _values(row: _Row, labelled: int, labels: tuple[str, ...]) -> Iterator[TableEntry]:
    about = "·".join(labels)
    for at, (cell, heads) in enumerate(zip(row.cells, row.heads, strict=True)):
        text = _flat(cell.text)
        column = row.offset + at + 1
        if not text or any(_SERIAL.search(head) for head in heads):
            continue
        if at >= labelled:
            year = _year(heads)
            yield TableEntry(row.number, column, cell.line, text, labels, heads, year, None, about)
        elif labelled == len(row.cells) or _says_something(text):
            yield TableEntry(row.number, column, cell.line, text, (), heads, None, None, about)


def _says_something(label: str) -> bool:
    """Tell whether what looks like a label may itself be a commitment."""
    mark = marker(label)
    text = mark.title if mark is not None else label
    return len(text) > 2 * _SHORT or _NUMBER.search(text) is not None


def _year(heads: Sequence[str]) -> int | None:
    found = _YEAR.search(" ".join(heads))
    return int(found[1]) if found else None


def _prose(row: _Row) -> Iterator[TableEntry]:
    item = None
    for cell in row.cells:
        mark = marker(_flat(cell.text))
        if mark is not None and mark.rank >= Rank.THIRD:
            item = mark.number
    about = max((_flat(cell.text) for cell in row.cells), key=len)
    for at, (cell, heads) in enumerate(zip(row.cells, row.heads, strict=True)):
        text = _flat(cell.text)
        column = row.offset + at + 1
        if text and not any(_SERIAL.search(head) for head in heads):
            yield TableEntry(row.number, column, cell.line, text, (), heads, None, item, about)
