"""A sheet of the ledger: texts stay texts, numbers stay numbers, and the paper is set up."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from dabiao.reports.forms.looks import Looks
from dabiao.reports.forms.paper import lines
from dabiao.reports.numbers import NEARLY_ALL, NEARLY_NONE, brief, share_in_words
from dabiao.reports.outputs import UnwrittenError
from dabiao.reports.summaries import mostly_missing, rate
from dabiao.schemas.language import say
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.record import dataclass
from dabiao.schemas.unseen import UNSEEN, visible

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TITLE, HINT, HEAD = 0, 1, 2
"""Rows of a sheet that holds one table."""
MOST_ROWS = 1_048_576
"""Rows that a sheet has room for."""
_LONGEST = 32_767
"""Characters that a cell has room for; spreadsheets count some as two."""
_MOST_LINKS, _LONGEST_LINK = 60_000, 250
"""Links that a sheet has room for, and characters of one."""
_UNLINKED = set("#%'\"<>|?*[]{}\\")
"""Characters that a link can't hold without being taken for something else."""
_GUARDED = tuple("=+-@＝＋－＠\t\r'")
_LINE, _TALLEST = 14.0, 400.0
_A3, _A4 = 8, 9
_FOOT = 110
"""Characters of a foot: spreadsheets take 255 in all, and an ampersand is written as two."""
_SIDE, _TOP = 0.4, 0.6
_A3_ROOM = 162.0
"""Width of A3 across between the margins, in digits; some is to spare for wider fonts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a cell, and the format it is shown in."""

    value: float
    shown: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell that somebody fills in, and what stands in it at first."""

    value: str | datetime.date = ""
    date: bool = False


@dataclass(frozen=True, slots=True)
class Computed:
    """A formula of our own, and what it comes to now."""

    formula: str
    value: float | str
    shown: str = "#,##0"


@dataclass(frozen=True, slots=True)
class CellLink:
    """A text that leads to a cell of a workbook beside the ledger."""

    text: str
    file: str
    sheet: str
    cell: str

    @property
    def target(self) -> str:
        """Where it leads; nothing where no link can say it."""
        said = f"{self.file}{self.sheet}{self.cell}"
        plain = not UNSEEN.search(said) and not set(said) & _UNLINKED
        whole = f"external:{self.file}#'{self.sheet}'!{self.cell}"
        return whole if plain and len(whole) < _LONGEST_LINK else ""


Content = str | int | None | Figure | Entry | Computed | CellLink
More = tuple[tuple[str, Any], ...]
"""What is added to a look."""
Written = tuple[str | float | datetime.date | Computed | CellLink, str, More]
"""What is written into a cell: a value, the name of its look, and what is added to that."""
_RIGHT = ("align", "right")
_TYPED: More = (("valign", "top"), ("text_wrap", True))
_DATE: More = (("num_format", "yyyy-mm-dd"), ("align", "center"))


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column: its heading in both languages, its width, if it is centred, and if it is hidden."""

    zh: str
    en: str
    width: float
    centred: bool = field(default=False, kw_only=True)
    hidden: bool = field(default=False, kw_only=True)

    @property
    def heading(self) -> str:
        """Its heading in the language spoken now."""
        return say(self.zh, self.en)

    @property
    def more(self) -> More:
        """What its cells have beside the look of any."""
        return (("align", "center"),) if self.centred else ()


def figure(
    value: float,
    beside: float | None = None,
    sign: str = "",
    after: str = "",
    shown: str = "",
) -> Figure:
    """Give a number with as many decimals as every report shows of it.

    Args:
        value: The number, kept in full.
        beside: A number it must not look the same as.
        sign: Stands before it.
        after: Stands behind it.
        shown: How it is written, if not as a number by itself is.
    """
    text = shown or brief(value, beside)
    digits = len(text.partition(".")[2])
    as_shown = "General" if "e" in text else "#,##0" + ("." + "0" * digits if digits else "")
    before, behind = (f'"{each}"' if each else "" for each in (sign, after))
    return Figure(value, f"{before}{as_shown}{behind}")


def rate_shown(counts: Mapping[Outcome, int]) -> str:
    """Give the format in which a cell shows a rate as every report writes it.

    Examples:
        >>> rate_shown({Outcome.COMPLIANT: 1, Outcome.MISSING: 3})
        '"≥"0.0%'
        >>> rate_shown({Outcome.COMPLIANT: 9999, Outcome.MISSING: 1})
        '[=1]0%;[=0]0%;"99.9%"'
    """
    share, least = rate(counts), mostly_missing(counts)
    nearly = share is not None and (0 < share < NEARLY_NONE or NEARLY_ALL < share < 100)  # noqa: PLR2004 - 100 is all
    shown = f'"{share_in_words(share)}"' if nearly and share is not None else "0.0%"
    return f'"≥"{shown}' if least else f"[=1]0%;[=0]0%;{shown}"


def rate_cell(counts: Mapping[Outcome, int]) -> Content:
    """Give a rate as every report tells it: a number, or that data are missing."""
    share = rate(counts)
    if share is None:
        return None
    if mostly_missing(counts) and share == 0:
        return Outcome.MISSING.label
    return Figure(share / 100, rate_shown(counts))


def fitting(text: str) -> str:
    """Cut a text that no cell has room for, and say so."""
    shown = visible(text)
    if len(shown) <= _LONGEST // 2:
        return shown
    size = len(shown.encode("utf-16-le")) // 2
    if size <= _LONGEST:
        return shown
    kept = shown.encode("utf-16-le")[: 2 * (_LONGEST - 60)].decode("utf-16-le", "ignore")
    return kept + say(f"……（全文 {size:,} 字，此格写不下）", f"… ({size:,} characters in all)")


def check_room(rows: int) -> None:
    """Refuse a table that no sheet has room for, before anything is made for it.

    Args:
        rows: How many rows the table has below its heads.

    Raises:
        UnwrittenError: A sheet has no room for so many.
    """
    if rows > MOST_ROWS - HEAD - 1:
        raise UnwrittenError(_too_many(rows))


def _too_many(rows: int) -> str:
    return say(
        f"要列的有 {rows:,} 行，Excel 的一张工作表只有 {MOST_ROWS:,} 行；加 --area 分地区写，"
        "用 --document、--rule 或 --outcome 少写一些，或写成 .csv、.parquet",
        f"there are {rows:,} rows to list, and a sheet of Excel has {MOST_ROWS:,}; write place by"
        " place with --area, less with --document, --rule or --outcome, or .csv or .parquet",
    )


def lines_of(content: Content, column: LedgerColumn) -> int:
    """Count the lines that a content takes in a column."""
    text = content.value if isinstance(content, Entry) else content
    return lines(text, column.width) if isinstance(text, str) else 1


def _guarded(text: str, look: str, more: More) -> Written:
    """Keep a text a text, whatever it looks like, and however often it is edited."""
    return text, look, (*more, ("quote_prefix", True)) if text.startswith(_GUARDED) else more


def height_of(lines: int) -> float:
    """Tell how high a row of a table is that so many lines stand in."""
    return min(lines * _LINE + 4, _TALLEST)


class LedgerSheet:
    """A sheet being written, cell by cell."""

    def __init__(self, sheet: "Worksheet", looks: Looks) -> None:
        """Write on an empty sheet."""
        self.sheet = sheet
        self.looks = looks
        self._links = 0
        self._made: dict[tuple[str, More], Format] = {}
        sheet.hide_gridlines(2)

    def title(self, text: str, hint: str = "", at: int = 0) -> None:
        """Write what the sheet is, above everything else.

        Args:
            text: What it is called.
            hint: How it is used.
            at: The column it begins in; a column that every page repeats would cut it off.
        """
        self.sheet.set_row(TITLE, 26)
        self.write(TITLE, at, text, "title")
        if hint:
            self.sheet.set_row(HINT, 18)
            self.write(HINT, at, hint, "hint")

    def table(
        self, columns: Sequence[LedgerColumn], rows: Iterable[Sequence[Content]], top: int = HEAD
    ) -> int:
        """Write a table that can be filtered, with its heads frozen, and say which row is last.

        Raises:
            UnwrittenError: A sheet has no room for so many rows.
        """
        for at, column in enumerate(columns):
            self.sheet.set_column(at, at, column.width, None, {"hidden": column.hidden})
        self.heads(columns, top)
        last = top
        for last, row in enumerate(rows, top + 1):
            if last >= MOST_ROWS:
                raise UnwrittenError(_too_many(last - top))
            self.row(last, row, columns)
        self.sheet.freeze_panes(top + 1, 1)
        self.sheet.autofilter(top, 0, max(last, top + 1), len(columns) - 1)
        self.sheet.repeat_rows(top)
        return last

    def widths(self, sizes: Sequence[float]) -> None:
        """Set the widths of the columns."""
        for at, size in enumerate(sizes):
            self.sheet.set_column(at, at, size)

    def heads(self, columns: Sequence[LedgerColumn], row: int) -> None:
        """Write the heads of a table."""
        for at, column in enumerate(columns):
            self.write(row, at, column.heading, "column", align="center", valign="vcenter")
        tall = max(lines(column.heading, column.width) for column in columns)
        self.sheet.set_row(row, tall * _LINE + 6)

    def row(self, row: int, contents: Sequence[Content], columns: Sequence[LedgerColumn]) -> None:
        """Write the cells of a row, which is as high as its texts need."""
        tall = 1
        for at, (content, column) in enumerate(zip(contents, columns, strict=True)):
            tall = max(tall, lines_of(content, column))
            self.write_one(row, at, self.written(content, column.more))
        self.sheet.set_row(row, height_of(tall))

    def cell(self, row: int, at: int, content: Content, **more: Any) -> None:  # noqa: ANN401 - as above
        """Write a cell of a table."""
        self.write_one(row, at, self.written(content, tuple(more.items())))

    def write(self, row: int, at: int, text: str, look: str, **more: Any) -> None:  # noqa: ANN401 - as above - as XlsxWriter has it
        """Write a text as a text, whatever it looks like, and however often it is edited."""
        self.write_one(row, at, _guarded(text, look, tuple(more.items())))

    def written(self, content: Content, more: More) -> Written:
        """Give what is written of a content: a value, and how it looks."""
        match content:
            case str():
                return _guarded(content, "cell", more)
            case None:
                return "", "cell", more
            case int():
                return content, "cell", (("num_format", "#,##0"), _RIGHT, *more)
            case Figure(value, shown):
                return value, "cell", (("num_format", shown), _RIGHT, *more)
            case Entry(value, date):
                wanted = (*_TYPED, *(_DATE if date else ()), *more)
                if isinstance(value, str):
                    return _guarded(value, "blank", wanted)
                return value, "blank", wanted
            case CellLink(text) if not content.target or self._links >= _MOST_LINKS:
                return _guarded(text, "cell", more)
            case CellLink():
                return content, "cell", (("underline", 1), *more)
            case Computed():
                return content, "cell", (("num_format", content.shown), _RIGHT, *more)

    def write_one(self, row: int, at: int, of: Written) -> None:
        """Write a cell."""
        value, look, more = of
        drawn = self.look(look, more)
        match value:
            case "":
                self.sheet.write_blank(row, at, None, drawn)
            case str():
                self.sheet.write_string(row, at, fitting(value), drawn)
            case int() | float():
                self.sheet.write_number(row, at, value, drawn)
            case datetime.date():
                self.sheet.write_datetime(row, at, value, drawn)
            case CellLink():
                self._links += 1
                self.sheet.write_url(row, at, value.target, drawn, fitting(value.text))
            case Computed():
                self.sheet.write_formula(row, at, value.formula, drawn, value.value)

    def look(self, name: str, more: More) -> "Format":
        """Give a format; millions of cells share a few."""
        key = (name, more)
        if key not in self._made:
            self._made[key] = self.looks.look(name, **dict(more))
        return self._made[key]

    def paragraph(self, row: int, first: int, last: int, text: str, width: float) -> None:
        """Write a text over several columns, in a row as high as it needs."""
        shown = fitting(text)
        self.sheet.set_row(row, min(lines(shown, width) * _LINE + 3, _TALLEST))
        if first < last:
            self.sheet.merge_range(row, first, row, last, "", self.looks.look("text"))
        self.write(row, first, shown, "text")

    def paper(self, foot: str, *, upright: bool = False) -> None:
        """Set up the paper: as wide as a page of A4, across unless it is upright, numbered."""
        self._page(foot, _A4)
        if upright:
            self.sheet.set_portrait()
        self.sheet.fit_to_pages(1, 0)

    def paper_of_two(self, foot: str, columns: Sequence[LedgerColumn], break_at: int) -> None:
        """Set up A3 for a table of two pages side by side, the first column on both.

        Args:
            foot: What every page says at its foot.
            columns: The columns of the table.
            break_at: The column that the second page begins with.
        """
        self._page(foot, _A3)
        sizes = [column.width for column in columns if not column.hidden]
        widest = max(sum(sizes[:break_at]), sizes[0] + sum(sizes[break_at:]))
        self.sheet.set_print_scale(min(100, int(100 * _A3_ROOM / widest)))
        self.sheet.repeat_columns(0)
        self.sheet.set_v_pagebreaks([break_at])

    def _page(self, foot: str, size: int) -> None:
        self.sheet.set_landscape()
        self.sheet.set_paper(size)
        self.sheet.set_margins(_SIDE, _SIDE, _TOP, _TOP)
        said = visible(foot)[:_FOOT].replace("&", "&&")
        apart = " " if said[:1].isdigit() else ""  # else the digits would belong to the size
        self.sheet.set_footer(f"&L&8{apart}{said}&R&8&P / &N")
