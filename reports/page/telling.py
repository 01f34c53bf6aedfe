"""What findings say on a page: worded form by form, and taken apart into lines and numbers.

The first lines of a finding are those named by ``LINES``, and ``MORE_LINES`` follow, which only an
opened finding shows; what it rests on comes last.
"""

from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
from markupsafe import escape

from dabiao.reports import wording
from dabiao.reports.at_once.alike import Alike, alike
from dabiao.reports.at_once.each import AtOnce, KnownTexts, finding_at, worded
from dabiao.reports.numbers import NOTHING
from dabiao.reports.page import charts
from dabiao.reports.page.beside import Beside, flat
from dabiao.reports.page.columns import OUTCOMES, PageColumns
from dabiao.reports.page.cutting.lines import Cut, Line, LineBook, Shaping, Strings, each_apart
from dabiao.schemas.coded import Places
from dabiao.schemas.columns import FindingForms
from dabiao.schemas.finding import Finding, Input, Scalar
from dabiao.schemas.naming import SubjectName
from dabiao.schemas.outcome import OPEN
from dabiao.schemas.reasons.why import Compared, RolledUp

LINES = ("observed", "required", "gap", "reason", "remedy")
"""The fields of a finding whose texts are its first lines."""
MORE_LINES = ("worked", "applies", "chart", "short", "notes", "before", "case", "governed")
"""What an opened finding says beside them, in the lines that follow; more lines are its inputs."""
IN_ROWS = 3
"""How many of the first lines a row of a printed table has."""
MOST_INPUTS = 24
"""Values listed below one finding; beyond, only how many there are."""
MORE = "\x02"
"""Begins a line that goes on where the one before it ends."""
_FROM, _WITHIN = " ← ", " › "
"""What ``wording`` puts before a place, and between a file and what is in it."""
_KEPT = 400_000
"""Up to how many texts of numbers are kept to be known again."""

_Text = tuple[str, str]
"""A line, after a sign that it begins with."""


class Telling:
    """Words the findings of a page.

    Attributes:
        book: The lines and shapes of all findings.
        shape: The shape of each finding.
        numbers: The numbers of each that its shape does not have.
        rows: The cells of each finding that is open in a printed table; nothing for the others.
    """

    def __init__(self, columns: PageColumns, beside: Beside, folder: str = "") -> None:
        """Word them.

        Args:
            columns: The findings.
            beside: What else the run knows of them.
            folder: The folder of all files, which goes without saying.
        """
        self._places = columns.places
        self._beside = beside
        self._folder = folder
        self._cuts = KnownTexts[Cut](_KEPT, each_apart)
        self._cells = KnownTexts[str](_KEPT, lambda texts: [str(escape(each)) for each in texts])
        # By the places in memory of what is kept beside the lines, which nothing else can take.
        self._given: dict[tuple[object, ...], tuple[Input, list[_Text]]] = {}
        self.book = LineBook()
        self.rows = np.full(len(columns), "", np.object_)
        self.numbers: list[str] = []
        shapes: list[Places] = []
        for start, of in zip(columns.starts.tolist(), columns.parts, strict=False):
            shape, numbers = self._shaped(of, self.rows[start : start + len(of.columns)])
            shapes.append(shape)
            self.numbers += numbers
        self.shape = np.concatenate([np.zeros(0, np.intp), *shapes])

    def _shaped(self, of: FindingForms, rows: Strings) -> tuple[Places, list[str]]:
        """Word the findings of a rule, and give their shapes and numbers.

        Args:
            of: The findings.
            rows: Takes the cells of those that are open.
        """
        shaping = Shaping(len(of.columns), self.book)
        for some in alike(of, by_outcome=True):
            is_open = OUTCOMES[of.columns.outcome[some.places[0]]] in OPEN
            for each in worded(of, some, lambda one: (one, self._texts(one))):
                one, texts = each.told
                places, at_once = each.some.places, each.at_once
                lines = [self._line(text, at_once) for text in texts]
                for at, line in self._more(of, each.some, one):
                    lines[at] = line
                shaping.add(places, lines)
                if is_open:
                    rows[places] = self._row([text for _, text in texts[:IN_ROWS]], at_once)
        self._cuts.bound()
        self._cells.bound()
        return shaping.shaped()

    def _line(self, text: _Text, at_once: AtOnce) -> Line:
        pieces, columns = at_once.apart_from(text[1], self._cuts)
        return Line(pieces, columns, text[0])

    def _row(self, texts: Sequence[str], at_once: AtOnce) -> list[str]:
        """Give the cells of rows that begin with what was observed, and end with the gap."""
        *others, gap = texts
        cells = (*others, "" if gap == NOTHING else gap)
        row = "".join([f"<td>{escape(each)}</td>" for each in cells])
        return list(at_once.texts(row, self._cells))

    def _texts(self, of: Finding) -> list[_Text]:
        """Word a finding line by line, but for what stands beside it."""
        short = "\n".join(f"{flat(each.name)}\t{flat(each.code)}" for each in _short(of))
        told = (
            wording.observed(of),
            wording.required(of),
            wording.gap(of),
            wording.reason(of),
            wording.either(wording.remedies(of)),
            wording.worked(of),
            wording.applies(of),
            "" if self._beside.years else self._chart(of),
            short,
        )
        lines = [("", each) for each in told]
        lines += [("", "")] * (len(LINES) + len(MORE_LINES) - len(told))
        for given in of.inputs[:MOST_INPUTS]:
            lines += self._input(given, of)
        if len(of.inputs) > MOST_INPUTS:
            lines.append(("", wording.in_all(len(of.inputs))))
        return lines

    def _more(self, of: FindingForms, some: Alike, one: Finding) -> Iterator[tuple[int, Line]]:
        """Yield lines in which more is said of findings than of the one that stands for them."""
        told = list(self._beside.lines(of, some.places, one))
        if self._beside.years:
            told.append(("chart", self._charts(of, some.places, one)))
        for name, texts in told:
            if any(texts):
                at = len(LINES) + MORE_LINES.index(name)
                yield at, Line(["", ""], [each_apart(texts)])

    def _charts(self, of: FindingForms, places: Places, one: Finding) -> list[str]:
        """Draw findings of which other years are known."""
        drawn = []
        for at, subject in zip(places.tolist(), of.subjects().at(places), strict=True):
            seen = self._beside.seen(of.by.id, subject.code)
            if seen or charts.may_be_drawn(one):
                drawn.append(self._chart(finding_at(of, at), seen))
            else:
                drawn.append("")
        return drawn

    @staticmethod
    def _chart(of: Finding, seen: Sequence[tuple[int, Scalar]] = ()) -> str:
        return charts.packed(charts.points(of, seen)) if seen or charts.may_be_drawn(of) else ""

    def _input(self, given: Input, of: Finding) -> list[_Text]:
        """Give the lines of a value that a finding rests on: the file and the rest apart."""
        whose = None if given.subject is None else of.subject.code
        key = (of.year, whose, id(given))
        known = self._given.get(key)
        if known is None or given.of.formula is not None:
            name = None if given.subject == whose else self._places.name(cast("str", given.subject))
            text = wording.given(given, of, name, self._folder)
            known = self._given[key] = given, list(_apart(text))
        return known[1]


def _apart(text: str) -> Iterator[_Text]:
    """Take the place of a value apart from it, and the file from the rest of the place."""
    value, arrow, place = text.partition(_FROM)
    yield "", value
    if arrow:
        file, within, rest = place.partition(_WITHIN)
        yield MORE, arrow + file
        if within:
            yield MORE, within + rest


def _short(of: Finding) -> Sequence[SubjectName]:
    """List those who keep a share from 100 %, or a roll-up from holding."""
    few = None
    if isinstance(of.reason, Compared):
        few = of.reason.short
    elif isinstance(of.reason, RolledUp):
        few = of.reason.failing
    return () if few is None else (*few.first, *few.more)
