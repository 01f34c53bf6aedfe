"""Sheets of a workbook, read cell by cell as a stream."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import pairwise

import numpy as np

from dabiao.intake.formats.merged_cells import MergedCells
from dabiao.intake.formats.table import (
    HEAD,
    Block,
    Cell,
    ErrorValue,
    Moment,
    Padded,
    Table,
    Uncomputed,
    text_cell,
)
from dabiao.intake.formats.xlsx.book import PLAIN, Workbook, unescape
from dabiao.intake.formats.xlsx.comments import read_comments
from dabiao.intake.formats.xlsx.number_formats import Shown, meant
from dabiao.intake.formats.xlsx.plain_rows import PlainCell, RowSieve, spelled_out
from dabiao.intake.formats.xlsx.text_runs import Look, TextRun, begin_run, joined
from dabiao.intake.formats.xlsx.xml import local, parse
from dabiao.intake.unreadable import damaged, too_much
from dabiao.schemas.addresses import letters
from dabiao.schemas.facts import Bools
from dabiao.schemas.language import say
from dabiao.schemas.numerals import held
from dabiao.schemas.patterns import pattern
from dabiao.schemas.record import dataclass

_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_LEAST, _MOST = 1e-99, 1e99
"""Between these a number is as it is written; of others one looks closer."""
_DIGITS = "0123456789"
_EXACT_DIGITS = 15
"""Digits of a number that spreadsheets keep."""
_SPAN = pattern(r"\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)")
_LONGEST = 1 << 17
"""Characters of a cell; Excel itself keeps 32767."""
_USUAL = 512
"""Bytes of a text that is remembered."""
_SMALLEST = 0.5
"""Points of a row, or characters of a column, of which nothing is seen."""
_SPAN_COST = 16
"""How many cells a merged cell or a hidden column is counted as, for what it costs."""
_TRUE = frozenset(["1", "true"])
_ISO_YEAR = pattern(r"(\d{4})-\d\d-\d\d")

_Column = tuple["array[int]", list[Cell]]
"""The places of its cells in the rows, and what they hold."""


def read_sheet(book: Workbook, part: str, file: str, name: str, *, hidden: bool) -> Table:
    """Read a sheet.

    Args:
        book: Its workbook.
        part: The part of the workbook that holds it.
        file: How the user calls the workbook.
        name: Its name.
        hidden: Whether it is hidden.

    Raises:
        Unreadable: It holds too much, or says impossible things.
    """
    written = book.part(part)
    if written is None:
        raise damaged(say(f"缺少工作表“{name}”", f'the sheet "{name}" is missing'))
    cells = _Cells(book)
    parse(
        book.archive,
        written,
        book.limits.unpacked,
        "worksheet",
        start=cells.start,
        end=cells.end,
        text=cells.text,
        take=RowSieve(cells.take_row, lambda: cells.inside).sift,
    )
    cells.refuse_twins()
    return Table(
        file,
        name,
        name,
        cells.head(),
        sorted(cells.columns),
        cells.blocks,
        spans=MergedCells(cells.spans),
        hidden=hidden,
        hidden_rows=cells.hidden_rows(),
        hidden_columns=[at for at in sorted(cells.columns) if cells.hidden_columns[at]],
        unseen=cells.unseen,
        covered=list(cells.covered()),
        comments=read_comments(book, part),
        outdated=cells.outdated,
    )


@dataclass(slots=True)
class _Cells:
    """The cells of a sheet that hold something, by column.

    A column is a list of values beside the places of its rows in ``numbers``, so that a lone cell
    far to the right or far below costs no more than any other.
    """

    book: Workbook
    numbers: list[int] = field(default_factory=list)
    columns: dict[int, _Column] = field(default_factory=dict)
    spans: "array[int]" = field(default_factory=lambda: array("l"))
    hidden_columns: Bools = field(default_factory=lambda: np.zeros(_LAST_COLUMN, bool))
    unseen: list[tuple[int, int]] = field(default_factory=list)
    outdated: list[tuple[int, int]] = field(default_factory=list)
    _hidden: "array[int]" = field(default_factory=lambda: array("l"))
    _positions: dict[str, int] = field(default_factory=dict)
    inside: bool = False
    """Whether the parser is among the rows."""
    _plain: set[bytes] = field(default_factory=set)
    _lettered: dict[bytes, _Column] = field(default_factory=dict)
    _shown: list[Cell] | None = None
    _count: int = 0
    _row: int = 0
    _column: int = -1
    _type: str = "n"
    _style: str = "0"
    _formula: bool = False
    _valued: bool = False
    _reading: bool = False
    _phonetic: bool = False
    _text: str = ""
    _runs: list[TextRun] = field(default_factory=list)
    _last: int = 0
    _most: int = 0
    _letters: int = 0

    def __post_init__(self) -> None:
        self._most = self.book.limits.cells
        self._letters = self.book.limits.letters

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag."""
        if tag == "c":
            reference = attributes.get("r")
            self._column = self._next() if reference is None else self._position(reference)
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._formula = self._valued = False
            self._text = ""
            self._runs.clear()
        elif tag == "v":
            self._reading = self._valued = True
        elif ":" in tag:
            self.start(local(tag), attributes)
        else:
            self._start_other(tag, attributes)

    def _start_other(self, tag: str, attributes: Mapping[str, str]) -> None:
        match tag:
            case "t":
                self._reading = not self._phonetic
            case "f":
                self._formula = True
            case "row":
                self._start_row(attributes)
            case "rPh":
                self._phonetic = True
            case "r":
                begin_run(self._runs, self._text)
            case "rPr" | "strike" | "vertAlign" if self._runs:
                self._runs[-1].take(tag, attributes)
            case "sheetData":
                self.inside = True
            case "mergeCell":
                self._span(attributes.get("ref", ""))
            case "col" if _is_hidden(attributes, "width"):
                self._count_more(_SPAN_COST)
                first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
                self.hidden_columns[max(first - 1, 0) : max(last, 0)] = True

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        number = int(attributes.get("r", self._row + 1))
        if number > _LAST_ROW or number < 1:
            raise damaged(say(f"行号 {number} 不合理", f"impossible row number {number}"))
        if number <= self._row:
            raise damaged(
                say(
                    f"第 {self._row} 行之后又是第 {number} 行",
                    f"row {number} stands below row {self._row}",
                )
            )
        self._row, self._column = number, -1
        if _is_hidden(attributes, "ht"):
            self._hidden.append(number)

    def end(self, tag: str) -> None:
        """Take a closing tag."""
        if tag == "c":
            value = self._value(self._text)
            if value is not None:
                self._keep(self._as_seen(value))
        elif tag in {"v", "t"}:
            self._reading = False
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "sheetData":
            self.inside = False
        elif ":" in tag:
            self.end(local(tag))

    def take_row(  # noqa: C901 - of every cell as little as can be is done, and at once
        self, attributes: Mapping[str, str], cells: Sequence[PlainCell]
    ) -> None:
        """Take a row that needed no parser; most of its cells are numbers or shared texts."""
        self._start_row(attributes)
        before = self._count
        if cells:  # whether any of them holds something is seen below
            self._last = self._row
            self.numbers.append(self._row)
        place, kept, letters = len(self.numbers) - 1, 0, 0
        strings, plain, columns = self._strings(), self._plain, self._lettered
        marked = self.book.marked
        for cell in cells:
            _, column_name, style, kind, formula, value, text = cell
            found: Cell
            if kind == b"s" and strings is not None and value and not formula:
                found = strings[int(value)]
            elif kind == b"inlineStr" and text and not (formula or value or marked):
                found = _known(text) if len(text) <= _USUAL else _inline(text)
                letters += len(found) if type(found) is str else 0
            elif (
                formula
                or not value
                or (kind and kind != b"n")
                or b"_" in value
                or not (style in plain or self._is_plain(style))
            ):
                self._take(*cell)
                continue
            else:
                whole = len(value) <= _EXACT_DIGITS and value.isdigit()
                try:
                    found = number = int(value) if whole else float(value)
                except ValueError:
                    number = 0.0
                if not (whole or _LEAST < abs(number) < _MOST):  # nor 0.0, which hardly any is
                    self._take(*cell)
                    continue
            if found is None:
                continue
            column = columns.get(column_name)
            if column is None:
                column = columns[column_name] = self._held(self._position(column_name.decode()))
            column[0].append(place)
            column[1].append(found)
            kept += 1
        self._count_more(kept)
        self._count_letters(letters)
        if cells and self._count == before:
            self.numbers.pop()

    def _take(self, *cell: bytes) -> None:
        """Take one cell of such a row as the parser would tell of it."""
        _, letters, style, kind, formula, value = (part.decode() for part in cell[:-1])
        self._column = self._position(letters)
        self._type, self._style = kind or "n", style or "0"
        self._formula, self._valued = bool(formula), bool(value)
        self._text = value or spelled_out(cell[-1])
        self._runs.clear()
        found = self._value(self._text)
        if found is not None:
            self._keep(self._as_seen(found))

    def _is_plain(self, style: bytes) -> bool:
        """Tell whether a style shows numbers as they are, and remember those that do."""
        if self.book.style(style.decode() or "0") != PLAIN:
            return False
        self._plain.add(style)
        return True

    def _strings(self) -> list[Cell] | None:
        """Give the shared texts as cells show them; None where that depends on the cell."""
        if self.book.marked or self.book.runs:
            return None
        if self._shown is None:
            strings = self.book.strings
            self._shown = [None if isinstance(s, str) and not s.strip() else s for s in strings]
        return self._shown

    def text(self, data: str) -> None:
        """Take text."""
        if self._reading:
            if len(self._text) > _LONGEST:
                raise damaged(
                    say(
                        f"第 {self._row} 行有超过 {_LONGEST} 字的单元格",
                        f"a cell of row {self._row} has more than {_LONGEST} characters",
                    )
                )
            self._text += data
            if self._runs:
                self._runs[-1].text += data

    def _next(self) -> int:
        if self._column + 1 >= _LAST_COLUMN:
            raise damaged(
                say(f"第 {self._row} 行的列太多", f"row {self._row} has too many columns")
            )
        return self._column + 1

    def _position(self, reference: str) -> int:
        column = reference.rstrip(_DIGITS)
        found = self._positions.get(column)
        if found is None:
            found = _position(column.upper())
            self._positions[column] = found
        return found

    def _span(self, reference: str) -> None:
        match = _SPAN.fullmatch(reference.upper())
        if match is not None:
            first, last = _position(match[1]), _position(match[3])
            self._count_more(_SPAN_COST)
            self.spans.extend((int(match[2]), int(match[4]), first, last))

    def _value(self, text: str) -> Cell:
        if self._formula and self.book.outdated:
            self.outdated.append((self._row, self._column))
        if self._formula and (not text.strip() or (text == "0" and self.book.uncomputed)):
            return None if self._type == "str" and self._valued else Uncomputed()
        match self._type:
            case "n":
                return self._number(text)
            case "s":
                value = self.book.strings[int(text)] if text else ""
                return None if isinstance(value, str) and not value.strip() else value
            case "str" | "inlineStr":
                return _text(text)
            case "e":
                return ErrorValue(text)
            case "b":
                return text.strip() == "1" if text else None
            case "d" if text:
                year = _ISO_YEAR.match(text)
                return Moment(text, int(year[1]) if year else None)
        return self._number(text)

    def _as_seen(self, value: Cell) -> Cell:
        """Give a cell as it looks: struck through, or with raised pieces."""
        look = self.book.style(self._style).look if self.book.marked else Look.PLAIN
        if type(value) is str:
            pieces: Sequence[TextRun] = self._runs
            if self._type == "s":
                pieces = self.book.runs.get(int(self._text), ()) if self.book.runs else ()
            if pieces:
                return text_cell(
                    joined((TextRun(unescape(run.text), run.look) for run in pieces), look)
                )
        return look.show(value)

    def _number(self, text: str) -> Cell:
        style = self.book.style(self._style)
        if text.isdecimal():
            if len(text) <= style.zeros:
                return Padded(int(text), style.zeros)
            if style.shown is Shown.NUMBER and not style.words and len(text) <= _EXACT_DIGITS:
                return int(text)
        elif not text.strip():
            return None
        try:
            number = held(text.replace("_", "?"))  # Python would read 1_0 as 10
        except ValueError:
            return text
        if number is None:
            return text
        if style.words is not None and (printed := style.words.printed(number)) is not None:
            return printed
        return meant(number, style.shown, from_1904=self.book.from_1904)

    def _count_more(self, cells: int) -> None:
        self._count += cells
        if self._count > self._most:
            raise too_much(say(f"超过 {self._most} 个单元格", f"over {self._most} cells"))

    def _count_letters(self, number: int) -> None:
        self._letters -= number
        if self._letters < 0:
            raise too_much(say("文字过多", "too much text"))

    def hidden_rows(self) -> list[int]:
        """Give the rows that are hidden and hold something."""
        hidden = set(self._hidden)
        return [number for number in self.numbers if number in hidden] if hidden else []

    def refuse_twins(self) -> None:
        """Refuse a sheet with two cells of one address, for nobody can say which holds."""
        for position, (places, _) in self.columns.items():
            if len(set(places)) < len(places):
                twice = next(place for place, other in pairwise(places) if place == other)
                cell = f"{letters(position)}{self.numbers[twice]}"
                raise damaged(say(f"有两个单元格 {cell}", f"it has two cells {cell}"))

    def covered(self) -> Iterator[tuple[int, int]]:
        """Give the cells below merged ones that hold something else than what is seen there."""
        for first, last, left, right in zip(*[iter(self.spans)] * 4, strict=True):
            begin, end = bisect_left(self.numbers, first), bisect_right(self.numbers, last)
            seen: Cell = None
            for position in range(left, min(right + 1, _LAST_COLUMN)):
                places, values = self.columns.get(position, ((), ()))
                for at in range(bisect_left(places, begin), bisect_left(places, end)):
                    if (self.numbers[places[at]], position) == (first, left):
                        seen = values[at]
                    elif values[at] != seen:
                        yield self.numbers[places[at]], position

    def _keep(self, value: Cell) -> None:
        self._count_more(1)
        if self._type != "s" and type(value) is str:
            self._count_letters(len(value))
        if self._row != self._last:
            self._last = self._row
            self.numbers.append(self._row)
        places, values = self._held(self._column)
        places.append(len(self.numbers) - 1)
        values.append(value)
        if self.book.marked and self.book.style(self._style).unseen:
            self.unseen.append((self._row, self._column))

    def _held(self, position: int) -> _Column:
        """Give what a column holds so far."""
        column = self.columns.get(position)
        if column is None:
            column = self.columns[position] = (array("l"), [])
        return column

    def head(self) -> Sequence[tuple[int, Mapping[int, Cell]]]:
        """Give the first rows."""
        rows: list[dict[int, Cell]] = [{} for _ in self.numbers[:HEAD]]
        for position in sorted(self.columns):
            places, values = self.columns[position]
            for place, value in zip(places[:HEAD], values[:HEAD], strict=True):
                if place < HEAD:
                    rows[place][position] = value
        return list(zip(self.numbers[:HEAD], rows, strict=True))

    def blocks(self, after: int, wanted: Sequence[int]) -> Iterator[Block]:
        """Give the rows below a row, as one block."""
        first = bisect_right(self.numbers, after)
        columns: dict[int, list[Cell]] = {}
        for position in wanted:
            column: list[Cell] = [None] * (len(self.numbers) - first)
            places, values = self.columns.get(position, ((), ()))
            for place, value in zip(places, values, strict=True):
                if place >= first:
                    column[place - first] = value
            columns[position] = column
        yield Block(np.array(self.numbers[first:], np.int32), columns)


def _is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Tell whether a row or column is hidden, or so small that nothing of it is seen."""
    if attributes.get("hidden") in _TRUE:
        return True
    return attributes.get(size, "").startswith("0") and float(attributes[size]) < _SMALLEST


def _inline(written: bytes) -> Cell:
    return _text(spelled_out(written))


_known = lru_cache(maxsize=8192)(_inline)
"""The same few thousand texts stand in every workbook."""


def _text(written: str) -> Cell:
    return text_cell(unescape(written)) if written.strip() else None


def _position(column: str) -> int:
    """Give the position of a column from its letters."""
    found = 0
    for letter in column:
        if not "A" <= letter <= "Z":
            raise damaged(say(f"列号 {column} 不合理", f"impossible column {column}"))
        found = found * 26 + ord(letter) - ord("A") + 1
    if not 0 < found <= _LAST_COLUMN:
        raise damaged(say(f"列号 {column} 不合理", f"impossible column {column}"))
    return found - 1
