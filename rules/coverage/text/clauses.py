"""Clauses: the sentences and table cells of a policy text that carry a quantity, with places."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dabiao.rules.coverage.text.blocks import Paragraph, TextBlock, TextTable, read_blocks
from dabiao.rules.coverage.text.headings import Marker, Rank, ends, marker, only_heading
from dabiao.rules.coverage.text.mentions import Mention, QuantityKind, find_mentions, narrow
from dabiao.rules.coverage.text.outline import DocumentOutline
from dabiao.rules.coverage.text.tables import TableEntry, entries
from dabiao.schemas.numerals import SIZE, SIZES, chinese_numeral, round15
from dabiao.schemas.record import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence or table cell that carries a quantity.

    Attributes:
        number: Its running number in the text, from 1.
        place: Where it stands, as people write it.
        line: The line of the text it begins on, from 1.
        text: What it says; for a value of a table with its labels and heads.
        mentions: The quantities in it.
        fingerprint: Stands for the sentence where the sentence itself may not: the same for the
            same words, however they are spaced, punctuated or wrapped.
        context: What the headings above it are called, the widest first.
        past: Whether it stands in a part about what was achieved.
        row: The row of a table it belongs to, or None.
        column: The heads of its column.
        year: The year of its column, or None.
        limit: Whether it is nothing but the deadline of its item or row.
    """

    number: int
    place: str
    line: int
    text: str
    mentions: tuple[Mention, ...]
    fingerprint: str
    context: tuple[str, ...] = ()
    past: bool = False
    row: tuple[int, int] | None = None
    column: tuple[str, ...] = ()
    year: int | None = None
    limit: bool = False

    @property
    def quantities(self) -> tuple[str, ...]:
        """The words that made it count."""
        return tuple(mention.text for mention in self.mentions)


_SENTENCE = re.compile(r"[^。；！？;!?]+[。；！？;!?]*[”’」』）)]*")
_LIMIT = re.compile(r"\s*[(（]?\s*(?:完成时[限间]|办理时限|时限|时间(?:节点|要求))\s*[:：]")
_LIMIT_HEAD = re.compile(r"时限|时间|期限")
_BESIDE_DATE = re.compile(r"长期坚持|持续推进|长期|并|前|底|完成|[,，。、；;)）\s]")
_FINGERPRINT = 12
_UNNUMBERED = 30


def clauses(text: str) -> list[Clause]:
    r"""Find the clauses of a policy text.

    Examples:
        >>> found = clauses("一、目标\n到2025年，普惠率达到90%。深化改革。\n每校至少1名校医。")
        >>> [(each.place, each.quantities) for each in found]
        [('一、第1段第1句', ('到2025年', '90%')), ('一、第2段第1句', ('每校', '至少', '1名'))]
    """
    return [replace(each, number=at) for at, each in enumerate(_Walk(read_blocks(text)).go(), 1)]


def fingerprint(*parts: str) -> str:
    """Give the short stable hash of a sentence and what it needs to be understood."""
    joined = "\0".join(_normal(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:_FINGERPRINT]


_SIZE = re.compile(f"（({SIZE})(?!米|克|分)")
_DASHES = re.compile("[—–−‐-―~～]+")
# A point, colon or dash between digits is part of a number; elsewhere punctuation says nothing.
_SILENT = re.compile(r"(?<!\d)[.:,/-]|[.:,/-](?!\d)|[^\w.:,/\-%‰≥≤<>+]|_")


def _normal(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)  # as in all ledgers so far
    return _SILENT.sub("", re.sub(r"\s+", "", _DASHES.sub("-", text))).casefold()


class _Walk:
    """One way through the blocks of a text, always knowing the place."""

    def __init__(self, blocks: Sequence[TextBlock]) -> None:
        self.blocks = blocks
        self.outline = DocumentOutline()
        self.tables = 0
        self.title = ""
        self.boxed = False
        self.box_gap = 0
        self.numbers_sections = any(
            (mark := marker(block.text)) is not None and mark.rank is Rank.SECTION
            for block in blocks
            if isinstance(block, Paragraph)
        )

    def go(self) -> Iterator[Clause]:
        for at, block in enumerate(self.blocks):
            if isinstance(block, TextTable):
                yield from self._table(block)
            else:
                yield from self._paragraph(at, block)

    def _paragraph(self, at: int, block: Paragraph) -> Iterator[Clause]:
        self._leave_box(block)
        mark = marker(block.text) or self._unnumbered(at)
        text = block.text
        if mark is not None:
            self.outline.enter(mark)
            text = mark.title
            if mark.rank is Rank.BOX:
                self.boxed, self.box_gap = block.boxed, 0
        heading = only_heading(block.text, mark) or self._is_unnumbered(at)
        if not heading:
            self.outline.count()
        self.title = text if heading or not ends(text) else ""
        place = self.outline.part if heading else self.outline.place
        yield from self._sentences(text, place, block.line, heading=heading)

    def _leave_box(self, block: Paragraph) -> None:
        """Notice the end of a box: its frame, or more room than between its own paragraphs."""
        if self.outline.box is None:
            return
        if self.boxed:
            if not block.boxed:
                self.outline.leave_box()
        elif self.box_gap and block.gap > max(self.box_gap, 1):
            self.outline.leave_box()
        self.box_gap = self.box_gap or block.gap + 1

    def _unnumbered(self, at: int) -> Marker | None:
        """Take a bare heading for the chapter or section whose number was lost in copying."""
        if not self.numbers_sections or not self._is_unnumbered(at):
            return None
        rank = Rank.CHAPTER if self._is_unnumbered(at + 1) else Rank.SECTION
        last = self.outline.open.get(rank)
        number = last.number + 1 if last is not None else 1
        word = "章" if rank is Rank.CHAPTER else "节"
        block = self.blocks[at]
        title = block.text if isinstance(block, Paragraph) else ""
        return Marker(rank, number, f"第{chinese_numeral(number)}{word}", title)

    def _is_unnumbered(self, at: int) -> bool:
        """Tell whether a block is a bare heading that numbered parts follow."""
        if not self.numbers_sections or not 0 <= at < len(self.blocks):
            return False
        block = self.blocks[at]
        if not isinstance(block, Paragraph) or block.boxed or len(block.text) > _UNNUMBERED:
            return False
        if marker(block.text) is not None or re.search(r"[，。；：、,:;\d]", block.text):
            return False
        after = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        if not isinstance(after, Paragraph):
            return False
        mark = marker(after.text)
        return self._is_unnumbered(at + 1) if mark is None else mark.rank is Rank.FIRST

    def _sentences(
        self, text: str, place: str, line: int, *, heading: bool = False
    ) -> Iterator[Clause]:
        count = 0
        passed = 0
        for found in _SENTENCE.finditer(text):
            sentence = found[0].strip()
            if not sentence:
                continue
            count += 1
            at = line + text.count("\n", 0, found.start())
            passed += 1
            where = f"{place}标题" if heading else f"{place}第{count}句"
            clause = self._clause(sentence, where, at)
            if clause is not None:
                yield clause

    def _clause(self, sentence: str, place: str, line: int) -> Clause | None:
        mentions = find_mentions(sentence)
        if not mentions:
            return None
        titles = self.outline.titles
        limit = _LIMIT.match(sentence) is not None and _only_date(sentence, mentions)
        about = (titles[-1],) if limit and titles else ()
        return Clause(
            0,
            place,
            line,
            sentence,
            mentions,
            fingerprint(sentence, *about),
            titles,
            self.outline.past,
            limit=limit,
        )

    def _table(self, table: TextTable) -> Iterator[Clause]:
        self.tables += 1
        annex = self.outline.open.get(Rank.ANNEX)
        title = self.title or (annex.title if annex is not None else "")
        named = f"表“{title}”" if title else f"表{self.tables}"
        part = f"{self.outline.part}{named}"
        self.title = ""
        for entry in entries(table):
            if entry.is_value:
                yield from self._value(entry, part)
            else:
                yield from self._cell(entry, part)

    def _value(self, entry: TableEntry, part: str) -> Iterator[Clause]:
        label = "·".join(entry.labels)
        head = "·".join(entry.heads)
        mentions = _value_mentions(entry.text, (label + head).replace("(", "（"))
        if not mentions:
            return
        prefix = f"{label}｜{head}：" if head else f"{label}："
        shifted = [
            replace(each, start=each.start + len(prefix), end=each.end + len(prefix))
            for each in mentions
        ]
        yield Clause(
            0,
            f"{part}第{entry.row}行第{entry.column}列",
            entry.line,
            prefix + entry.text,
            tuple(shifted),
            fingerprint(label, head, entry.text),
            self.outline.titles,
            self.outline.past,
            (self.tables, entry.row),
            entry.heads,
            entry.year,
        )

    def _cell(self, entry: TableEntry, part: str) -> Iterator[Clause]:
        where = f"第{entry.item}项" if entry.item is not None else f"第{entry.row}行"
        mark = marker(entry.text)
        text = mark.title if mark is not None else entry.text
        limit = any(_LIMIT_HEAD.search(head) for head in entry.heads)
        for clause in self._sentences(text, "", entry.line):
            if limit:
                words = fingerprint(clause.text, entry.about)
                place = f"{part}{where}（{'·'.join(entry.heads)}）"
            else:
                words = clause.fingerprint
                column = "" if entry.item is not None else f"第{entry.column}列"
                place = f"{part}{where}{column}{clause.place}"
            yield replace(
                clause,
                place=place,
                fingerprint=words,
                row=(self.tables, entry.row),
                column=entry.heads,
                limit=limit and _only_date(clause.text, clause.mentions),
            )


def _only_date(sentence: str, mentions: Sequence[Mention]) -> bool:
    """Tell whether a sentence has nothing but dates after its 完成时限."""
    rest = _LIMIT.sub("", sentence)
    for mention in mentions:
        if mention.kind is not QuantityKind.DATE:
            return False
        rest = rest.replace(mention.text, "", 1)
    return not _BESIDE_DATE.sub("", rest)


def _value_mentions(text: str, label: str) -> tuple[Mention, ...]:
    """Find the quantities of a value; the label may say that it is in % or in units of 万."""
    percent = "%" in narrow(label) or "‰" in label
    stated = _SIZE.search(label)
    found: list[Mention] = []
    for each in find_mentions(text):
        if each.kind is QuantityKind.NUMBER and percent:
            found.append(replace(each, kind=QuantityKind.SHARE))
        elif each.kind is QuantityKind.NUMBER and stated is not None:
            scaled = {round15(value * SIZES[stated[1]]) for value in each.values}
            found.append(replace(each, values=each.values | scaled))
        else:
            found.append(each)
    return tuple(found)
