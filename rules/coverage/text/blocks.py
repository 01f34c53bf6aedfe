"""A policy text as blocks: paragraphs and tables, each knowing its line.

Texts come out of word processors and web pages: cells one per line behind a tab, or side by side
with tabs or bars, or as a run of very short paragraphs; paragraphs broken by the ends of pages.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dabiao.rules.coverage.text.headings import Rank, ends, marker, only_heading
from dabiao.schemas.halfwidth import fold
from dabiao.schemas.numerals import SIZE
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text between two line ends, or more where a line end is only a page's.

    Attributes:
        line: The line it begins on, from 1.
        text: What it says.
        gap: Empty lines before it.
        boxed: Whether it stands in a frame.
    """

    line: int
    text: str
    gap: int = 0
    boxed: bool = False


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell of a table and its line."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class TextTable:
    """Rows of cells; rows may be of unequal length."""

    rows: tuple[tuple[TextCell, ...], ...]


TextBlock = Paragraph | TextTable

# Digits are looked at everywhere, so they are made half-width once; the rest stays as printed.
_DIGITS = {ord(wide): fold(wide) for wide in "０１２３４５６７８９％．"}
_LINE_END = re.compile(r"\r\n|\n|\r")
_BLANKS = " \u3000\u00a0\ufeff\f\v"
_PARAGRAPH_GAP = 2
_PROSE = 25
_WRAPPED = 20
_SHORT = 25
_YEAR = re.compile(
    r"(?:19|20)\d\d\s*年?(?:[（(].*[)）])?(?:目标|基数|基期|现状|完成)?(?:值|数|情况)?"
)
_VALUE = re.compile(
    rf"[≥≤><约＞＜]?=?\s*\d[\d.,:：—\-–/ ]*[%‰]?(?:{SIZE})?[个所人名年岁元项亩门班分学时]{{0,2}}"
    r"(?:以上|以下|左右|以内)?"
)
_FIRST_HEADS = re.compile(
    r"序号|(?:主要|具体)?\s*指\s*标(?:名称|类别|类型)?|项\s*目|类\s*[别型]|单位|目标任务|内\s*容"
)
_MORE_HEADS = re.compile(r"(?:指标)?属\s*性|性\s*质|备\s*注|单\s*位|年均.{0,6}|累计.{0,4}|责任单位")
_MOST_BEFORE = 6
_PARTS = (Rank.CHAPTER, Rank.SECTION, Rank.BOX, Rank.ANNEX)
_WORD = 12


def read_blocks(text: str) -> list[TextBlock]:
    """Cut a text into paragraphs and tables."""
    lines = [line.strip(_BLANKS) for line in _LINE_END.split(text.translate(_DIGITS))]
    found: list[TextBlock] = []
    here, gap = 0, 0
    while here < len(lines):
        if not lines[here].strip() and not _begins_table(lines, here):
            here, gap = here + 1, gap + 1
            continue
        if _cells_of(lines[here]) is not None:
            after, region = _region(lines, here)
            found.extend(_from_region(region, gap))
            here, gap = after, 0
            continue
        found.append(Paragraph(here + 1, lines[here].strip(), gap))
        here, gap = here + 1, 0
    return list(_flattened(_joined(found)))


def _begins_table(lines: Sequence[str], at: int) -> bool:
    """Tell whether a line with nothing but tabs is the empty first cell of a table."""
    following = lines[at + 1] if at + 1 < len(lines) else ""
    return "\t" in lines[at] and "\t" in following


def _cells_of(line: str) -> list[str] | None:
    """Give the cells of a line of a table, or None if it is none."""
    if line.startswith("|") and line.endswith("|") and len(line) > 1:
        cells = [each.strip(_BLANKS) for each in line[1:-1].split("|")]
        return [] if all(set(each) <= set("-:") for each in cells) else cells
    if "\t" not in line:
        return None
    first, *rest = line.split("\t")
    cells = [each.strip(_BLANKS) for each in rest]
    return cells if not first.strip() else [first.strip(_BLANKS), *cells]


def _region(lines: Sequence[str], start: int) -> tuple[int, list[list[list[TextCell]]]]:
    """Collect a table: rows of cells, each of one or more lines; and where it ends."""
    rows: list[list[list[TextCell]]] = []
    gap, here, fresh = 0, start, True
    while here < len(lines):
        line = lines[here]
        if not line.strip() and "\t" not in line:
            gap += 1
            if gap >= _PARAGRAPH_GAP:
                break
            here += 1
            continue
        cells = _cells_of(line)
        if cells is None:
            if not rows or _leaves(line, rows[-1], gap):
                break
            rows[-1][-1].append(TextCell(here + 1, line.strip()))
        elif cells:
            many = len(cells) > 1
            if fresh or gap or many:
                rows.append([])
            rows[-1].extend([TextCell(here + 1, each)] for each in cells)
            fresh = many
        gap, here = 0, here + 1
    return here, rows


def _leaves(line: str, row: list[list[TextCell]], gap: int) -> bool:
    """Tell whether a line without a tab is the text after a table, not more of its last cell."""
    mark = marker(line)
    if mark is not None and (mark.rank <= Rank.SECOND or mark.rank is Rank.BOX):
        return True
    return bool(gap) and len(row) > 1 and len(line) > 2 * _PROSE and ends(line)


def _from_region(region: list[list[list[TextCell]]], gap: int) -> Iterator[TextBlock]:
    rows = [
        [TextCell(cell[0].line, "\n".join(part.text for part in cell)) for cell in row]
        for row in region
    ]
    filled = [[cell for cell in row if cell.text] for row in rows]
    if all(len(row) <= 1 for row in filled) or _is_prose(filled):
        for row in region:
            for cell in row:
                for part in cell:
                    if part.text:
                        yield Paragraph(part.line, part.text, gap, boxed=True)
                        gap = 0
        return
    yield TextTable(tuple(tuple(row) for row in rows if row))


def _is_prose(rows: list[list[TextCell]]) -> bool:
    """Tell whether tabs only indent paragraphs."""
    cells = [cell for row in rows for cell in row]
    prose = [cell for cell in cells if len(cell.text) > _PROSE and ends(cell.text)]
    return 5 * len(prose) >= 4 * len(cells)


def _joined(blocks: list[TextBlock]) -> list[TextBlock]:
    """Join paragraphs that the end of a page or a narrow window has broken."""
    width = _wrap_width(blocks)
    found: list[TextBlock] = []
    length = 0
    for block in blocks:
        last = found[-1] if found else None
        if (
            isinstance(block, Paragraph)
            and isinstance(last, Paragraph)
            and _continues(last, block, width, length)
        ):
            latin = last.text[-1].isascii() and last.text[-1].isalpha() and block.text[0].isascii()
            space = " " if latin else ""
            found[-1] = replace(last, text=last.text + space + block.text)
        else:
            found.append(block)
        length = len(block.text) if isinstance(block, Paragraph) else 0
    return found


def _continues(last: Paragraph, text: Paragraph, width: int | None, last_length: int) -> bool:
    if text.gap >= _PARAGRAPH_GAP or last.boxed != text.boxed or ends(last.text):
        return False
    if width is not None and not text.gap and last_length >= width:
        return True  # a line that is full goes on, whatever the next begins with
    if marker(text.text) is not None:
        return False
    if only_heading(last.text, marker(last.text)):
        return False
    return last_length >= _WRAPPED and any(sign in last.text for sign in "，。；、,;：“")


def _wrap_width(blocks: list[TextBlock]) -> int | None:
    """Find the width a text was wrapped to, or None: then many lines end alike, mid-sentence."""
    lengths = [
        len(block.text)
        for block in blocks
        if isinstance(block, Paragraph) and not ends(block.text) and len(block.text) >= _WRAPPED
    ]
    if len(lengths) < 8 or max(lengths) > 120:  # noqa: PLR2004 - too few to tell; too long to be a window
        return None
    widest = sorted(lengths)[-max(1, len(lengths) // 10)]
    alike = [length for length in lengths if abs(widest - length) <= 2]  # noqa: PLR2004 - alike
    return widest - 3 if 2 * len(alike) >= len(lengths) else None


def _flattened(blocks: list[TextBlock]) -> Iterator[TextBlock]:
    """Find tables whose cells have become paragraphs: heads with years, then labels and values."""
    here = 0
    while here < len(blocks):
        run = _short_run(blocks, here)
        heads = _heads(run)
        if heads is None:
            yield blocks[here]
            here += 1
            continue
        before, after, years = heads
        yield from run[:before]
        yield TextTable(tuple(_flat_rows(run[before:], after - before, years)))
        here += len(run)


def _short_run(blocks: list[TextBlock], start: int) -> list[Paragraph]:
    """Collect the very short paragraphs from here on, up to the last that is a value."""
    found: list[Paragraph] = []
    last = 0
    for block in blocks[start:]:
        if not isinstance(block, Paragraph) or len(block.text) > _SHORT or ends(block.text):
            break
        mark = marker(block.text)
        if mark is not None and mark.rank in _PARTS:
            break
        found.append(block)
        if _is_value(block.text):
            last = len(found)
    for each in found[last : last + 2]:  # a target in words, and what stands beside it
        if marker(each.text) is not None or len(each.text) > _WORD:
            break
        last += 1
    return found[:last]


def _heads(run: Sequence[Paragraph]) -> tuple[int, int, int] | None:
    """Find where the heads of a table begin and end, and how many of them are years."""
    years = [at for at, each in enumerate(run) if _YEAR.fullmatch(each.text)]
    if len(years) < 2 or years[0] > _MOST_BEFORE:  # noqa: PLR2004 - a baseline and a target
        return None
    count = next((at for at in range(1, len(years)) if years[at] != years[0] + at), len(years))
    after = years[0] + count
    while after < len(run) and _MORE_HEADS.fullmatch(run[after].text):
        after += 1
    if count < 2 or len(run) < after + count + 1:  # noqa: PLR2004 - as above
        return None
    before = years[0]
    while before and _FIRST_HEADS.fullmatch(run[before - 1].text):
        before -= 1
    return before, after, count


def _flat_rows(run: Sequence[Paragraph], width: int, years: int) -> Iterator[tuple[TextCell, ...]]:
    cells = [TextCell(each.line, each.text) for each in run]
    yield tuple(cells[:width])
    dated = [at for at, cell in enumerate(cells[:width]) if _YEAR.fullmatch(cell.text)]
    extra = width - dated[-1] - 1
    labels: list[TextCell] = []
    here = width
    while here < len(cells):
        if not _is_value(cells[here].text):
            labels.append(cells[here])
            here += 1
            continue
        values: list[TextCell] = []
        while here < len(cells) and _is_value(cells[here].text):
            values.append(cells[here])
            here += 1
        while len(values) % years and here < len(cells):
            values.append(cells[here])  # a target in words
            here += 1
        yield from _label_values(labels, values, years, cells[here : here + extra])
        labels = []
        here += extra


def _label_values(
    labels: list[TextCell], values: list[TextCell], years: int, extra: list[TextCell]
) -> Iterator[tuple[TextCell, ...]]:
    """Give the rows of labels and the values after them; year by year where there are several."""
    count = max(len(values) // years, 1)
    named = labels[-count:] or [TextCell(values[0].line, "")]
    for group in labels[:-count]:
        yield (group,)
    if len(named) < count:
        named = named * count
    for at in range(count):
        yield (named[at], *values[at::count], *extra)


def _is_value(text: str) -> bool:
    return _VALUE.fullmatch(text) is not None or set(text) <= set("—-–/ 无")
