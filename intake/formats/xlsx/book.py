"""Workbooks (.xlsx): which sheets there are, and what their texts and formats mean.

The parts of a workbook are read here as streams and not by a library for workbooks, for four
reasons: only the stream shows a formula without a value beside the values of the others; the size
a sheet claims, or a lone cell in its last row, costs nothing; memory stays bounded; and the check
of a folder starts in half the time.
"""

import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import field
from itertools import count
from pyexpat import ExpatError

from dabiao.intake.formats.table import Garbled, text_cell
from dabiao.intake.formats.xlsx.number_formats import Shown, shown_as
from dabiao.intake.formats.xlsx.printed import Wording, wording
from dabiao.intake.formats.xlsx.text_runs import Look, TextRun, begin_run
from dabiao.intake.formats.xlsx.xml import attribute, local, parse, refuse_twins
from dabiao.intake.limits import Limits
from dabiao.intake.unreadable import Unreadable, damaged, too_much
from dabiao.schemas.language import say
from dabiao.schemas.patterns import pattern
from dabiao.schemas.record import dataclass

# What the archive and XML readers of the standard library raise at damaged input.
DAMAGE = (
    zipfile.BadZipFile,
    lzma.LZMAError,
    struct.error,
    zlib.error,
    ExpatError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
_NO_CELLS = ("chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet")
_PER_FORMAT = 20
"""Tags that one format may take."""
WHITE = "FFFFFF"
"""The colour of a cell that has none."""
_WHITE_INDEXES = frozenset(["1", "9", "65"])
_ZEROS = re.compile(r"0{2,18}")
_ESCAPED = pattern(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Style:
    """How cells of a style show their numbers.

    Attributes:
        zeros: The width up to which it fills a number with zeros.
        words: What it puts around a number, or divides it by, if anything.
        look: How it shows whatever a cell holds.
        unseen: Whether its text has the colour of its ground.
    """

    shown: Shown
    zeros: int = 0
    words: Wording | None = None
    look: Look = Look.PLAIN
    unseen: bool = False


PLAIN = Style(Shown.NUMBER)
"""How cells show numbers that have no format."""


def style_of(number: int, code: str | None, look: Look | None, *, unseen: bool = False) -> Style:
    """Give the style of cells that show numbers in a format, and all they hold in a look.

    Args:
        number: The id of the format.
        code: Its code, where it is spelled out.
        look: The look; None for a plain one.
        unseen: Whether the text has the colour of its ground.
    """
    zeros = len(code) if code is not None and _ZEROS.fullmatch(code) else 0
    shown = shown_as(number, code)
    words = wording(code) if code is not None and shown is not Shown.MOMENT else None
    if words is not None and shown is not Shown.NUMBER and words.only_percent:
        words = None
    return Style(shown, zeros, words, look or Look.PLAIN, unseen)


@dataclass(slots=True)
class Workbook:
    """An open workbook, as far as its sheets need it."""

    archive: zipfile.ZipFile
    parts: Mapping[str, str]
    """Names of the parts as they are meant, to names as they are written."""
    limits: Limits
    from_1904: bool = False
    uncomputed: bool = False
    """Whether whoever wrote it left it to the reader to compute its formulas."""
    outdated: bool = False
    """Whether values of formulas may be older than what these look at: computed only if asked."""
    strings: list[str | Garbled] = field(default_factory=list)
    runs: dict[int, tuple[TextRun, ...]] = field(default_factory=dict)
    """Place of a text that is not of one look to its pieces."""
    marked: bool = False
    """Whether any style strikes through, raises, lowers or hides whole cells."""
    styles: dict[str, Style] = field(default_factory=dict)
    """By their number, written out."""
    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    """Name, part and whether it is hidden."""

    def style(self, number: str) -> Style:
        """Give a style; cells without one, or of one that is not there, show a plain number."""
        return self.styles.get(number, PLAIN)

    def part(self, name: str) -> str | None:
        """Find a part, whatever its slashes and capitals."""
        return self.parts.get(name.lower())


def open_workbook(archive: zipfile.ZipFile, limits: Limits) -> Workbook:
    """Find the sheets of a workbook, and read its texts and formats.

    Raises:
        Unreadable: It is no workbook of this kind.
    """
    refuse_twins(archive)
    parts = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}
    book = Workbook(archive, parts, limits)
    main = related(book, "").get("officeDocument", {})
    workbook = next(iter(main.values()), "xl/workbook.xml")
    if book.part(workbook) is None or workbook.lower().endswith(".bin"):
        raise _other_format(parts)
    links = related(book, workbook)
    _read_workbook_part(book, workbook, links)
    if not book.sheets:
        raise damaged(say("没有工作表", "it has no sheet"))
    for part in links.get("styles", {}).values():
        _read_styles(book, part)
    for part in links.get("sharedStrings", {}).values():
        _read_strings(book, part)
    return book


def _other_format(parts: Mapping[str, str]) -> Unreadable:
    save_as = say("用 Excel 或 WPS 打开后另存为 .xlsx", "open it and save it as .xlsx")
    if "xl/workbook.bin" in parts:
        return Unreadable(
            "other-workbook",
            say("工作簿是 .xlsb 格式", "the workbook is in the format .xlsb"),
            save_as,
        )
    if "content.xml" in parts:
        return Unreadable(
            "other-workbook",
            say("扩展名是 .xlsx，内容却是 .ods", "named .xlsx, but it is an .ods"),
            say("把扩展名改为 .ods", "rename it to .ods"),
        )
    return Unreadable(
        "not-a-workbook",
        say("压缩包里没有工作簿", "the archive holds no workbook"),
        save_as,
    )


def related(book: Workbook, part: str) -> dict[str, dict[str, str]]:
    """Give the parts that a part refers to: kind to id to name."""
    folder, name = posixpath.split(part)
    found: dict[str, dict[str, str]] = {}
    relations = book.part(posixpath.join(folder, "_rels", f"{name}.rels"))
    if relations is None:
        return found

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if local(tag) != "Relationship" or attributes.get("TargetMode") == "External":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = attributes.get("Target", "").replace("\\", "/")
        whole = target if target.startswith("/") else posixpath.join(folder, target)
        name = posixpath.normpath(whole).lstrip("/")
        found.setdefault(kind, {})[attributes.get("Id", "")] = name

    parse(book.archive, relations, book.limits.unpacked, "Relationships", start=start)
    return found


def _read_workbook_part(book: Workbook, part: str, links: Mapping[str, Mapping[str, str]]) -> None:
    worksheets = links.get("worksheet", {})
    others = {each for kind in _NO_CELLS for each in links.get(kind, {})}

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        match local(tag):
            case "workbookPr":
                book.from_1904 = attributes.get("date1904") in {"1", "true"}
            case "calcPr":
                book.uncomputed = attributes.get("fullCalcOnLoad") in {"1", "true"}
                by_hand = attributes.get("calcMode") == "manual"
                book.outdated = by_hand or attributes.get("calcCompleted") in {"0", "false"}
            case "sheet":
                link = attribute(attributes, "id") or ""
                target = worksheets.get(link, "")
                if link not in others:
                    hidden = attributes.get("state", "visible") != "visible"
                    book.sheets.append((attributes.get("name", ""), target, hidden))
                    _bound(book, len(book.sheets))

    parse(book.archive, book.parts[part.lower()], book.limits.unpacked, "workbook", start=start)


def _read_strings(book: Workbook, part: str) -> None:
    name = book.part(part)
    if name is not None:
        texts = _Texts(book)
        parse(
            book.archive,
            name,
            book.limits.unpacked,
            "sst",
            start=texts.start,
            end=texts.end,
            text=texts.text,
        )


@dataclass
class _Texts:
    """The shared texts; the readings of characters (rPh) are no part of them."""

    book: Workbook
    _letters: int = 0
    _pieces: list[str] = field(default_factory=list)
    _runs: list[TextRun] = field(default_factory=list)
    _reading: bool = False
    _phonetic: bool = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match local(tag):
            case "si":
                self._pieces.clear()
                self._runs.clear()
            case "t":
                self._reading = not self._phonetic
            case "r":
                begin_run(self._runs, "".join(self._pieces))
            case "rPh":
                self._phonetic = True
            case name if self._runs:
                self._runs[-1].take(name, attributes)

    def end(self, tag: str) -> None:
        match local(tag):
            case "si":
                strings, limits = self.book.strings, self.book.limits
                looks = {run.look for run in self._runs}
                if looks and (self.book.marked or looks - {None, Look.PLAIN}):
                    runs = (TextRun(unescape(run.text), run.look) for run in self._runs)
                    self.book.runs[len(strings)] = tuple(runs)
                strings.append(text_cell(unescape("".join(self._pieces))))
                if len(strings) > limits.cells:
                    raise too_much(say("文字过多", "too much text"))
            case "t":
                self._reading = False
            case "rPh":
                self._phonetic = False

    def text(self, data: str) -> None:
        if self._reading:
            self._pieces.append(data)
            if self._runs:
                self._runs[-1].text += data
            self._letters += len(data)
            if self._letters > self.book.limits.letters:
                raise too_much(say("文字过多", "too much text"))


def _read_styles(book: Workbook, part: str) -> None:
    codes: dict[int, str] = {}
    fonts: list[TextRun] = []
    colours = _Colours()
    inside: list[str] = []
    seen = count()

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        inside.append(name)
        _bound(book, next(seen) // _PER_FORMAT)
        colours.take(name, attributes, inside)
        if name == "numFmt":
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif name == "font" and "fonts" in inside:
            fonts.append(TextRun(look=Look.PLAIN))
        elif "font" in inside and "fonts" in inside:
            fonts[-1].take(name, attributes)
        elif name == "xf" and "cellXfs" in inside:
            number = int(attributes.get("numFmtId", "0"))
            font = int(attributes.get("fontId", "0"))
            look = fonts[font].look if 0 <= font < len(fonts) else None
            unseen = colours.are_same(font, int(attributes.get("fillId", "0")))
            style = style_of(number, codes.get(number), look, unseen=unseen)
            book.styles[str(len(book.styles))] = style
            book.marked = book.marked or style.look is not Look.PLAIN or unseen

    def end(_: str) -> None:
        inside.pop()

    name = book.part(part)
    if name is None:
        raise damaged(say(f"缺少 {part}", f"{part} is missing"))
    parse(book.archive, name, book.limits.unpacked, "styleSheet", start=start, end=end)


@dataclass(slots=True)
class _Colours:
    """The colours of texts, and of what they stand on; None for a pattern."""

    texts: list[str | None] = field(default_factory=list)
    grounds: list[str | None] = field(default_factory=list)

    def take(self, name: str, attributes: Mapping[str, str], inside: Sequence[str]) -> None:
        """Take a tag of the styles, and the tags that it stands in."""
        match name:
            case "font" if "fonts" in inside:
                self.texts.append(None)
            case "color" if "fonts" in inside and "font" in inside:
                self.texts[-1] = _colour(attributes)
            case "fill" if "fills" in inside:
                self.grounds.append(None)
            case "patternFill" if "fills" in inside:
                if attributes.get("patternType", "none") == "none":
                    self.grounds[-1] = WHITE
            case "fgColor" if "fills" in inside and self.grounds[-1] is None:
                self.grounds[-1] = _colour(attributes)
            case _:
                pass

    def are_same(self, font: int, fill: int) -> bool:
        """Tell whether a text of a font is not seen on a fill."""
        text = self.texts[font] if 0 <= font < len(self.texts) else None
        ground = self.grounds[fill] if 0 <= fill < len(self.grounds) else WHITE
        return text is not None and text == ground


def _colour(attributes: Mapping[str, str]) -> str:
    """Name a colour; white has many names."""
    white = attributes.get("theme") == "0" and float(attributes.get("tint", "0")) == 0
    rgb = attributes.get("rgb", "")[-6:].upper()
    if white or rgb == WHITE or attributes.get("indexed") in _WHITE_INDEXES:
        return WHITE
    return rgb or " ".join(f"{key}={value}" for key, value in sorted(attributes.items()))


def _bound(book: Workbook, number: int) -> None:
    if number > book.limits.formats:
        raise too_much(say("格式或工作表过多", "too many formats or sheets"))


def unescape(text: str) -> str:
    """Undo the way in which workbooks write control characters.

    Examples:
        >>> unescape("_x4EBA_数")
        '人数'
    """
    if "_x" not in text:
        return text
    halves = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # A character beyond the first 65536 is written as two halves.
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
