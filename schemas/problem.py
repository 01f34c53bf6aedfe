"""Problems: everything that is wrong with an input, each with its place."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypedDict, Unpack

from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    """Something could not be used as it was meant."""
    WARNING = "warning"
    """It was used, but somebody should look."""
    NOTE = "note"
    """It asks nothing of anybody."""

    @property
    def label(self) -> str:
        """Its name for people."""
        labels = {
            Severity.ERROR: say("错误", "error"),
            Severity.WARNING: say("警告", "warning"),
            Severity.NOTE: say("说明", "note"),
        }
        return labels[self]


_LONGEST = 1_000
"""Characters of what a problem says; of more, the first and the last are told."""
_LAST = 200


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A further place that a problem speaks of.

    Attributes:
        file: The file, as the user named it.
        sheet: The sheet of a workbook.
        cell: The cell or row.
    """

    file: str | None
    sheet: str | None
    cell: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and what to do about it.

    Attributes:
        code: A stable slug of the kind of problem, e.g. ``unknown-column``.
        message: What is wrong, one clause with what was found.
        severity: Error or warning.
        file: The file, as the user named it.
        sheet: The sheet of a workbook.
        cell: The cell of a sheet or table, e.g. ``F12``; a whole row, e.g. ``第5行``; or several.
        line: The line of a text file, from 1.
        column: The column of that line, from 1.
        found: What stands there, where one cell is wrong; it is part of the message too.
        expected: What would have been right.
        hint: What to do.
        subject: Code of the subject concerned.
        year: The year concerned.
        item: Slug of the item concerned.
        cause: What problems share that have one cause, where that is more, or less, than their
            code and column: a parent that nobody knows, columns that were shifted together.
        also: Further places that it speaks of, such as the other of two values that differ.
        count: How many problems it stands for, where it sums up those that are not told.
        whole: Whether it kept a whole file or table from being read, though it lies in one line.
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None
    found: str | None = None
    expected: str | None = None
    hint: str | None = None
    subject: str | None = None
    year: int | None = None
    item: str | None = None
    cause: str | None = None
    also: tuple[CellPlace, ...] = ()
    count: int = 1
    whole: bool = False

    def __post_init__(self) -> None:
        """Bound what it says, which may name a cell of megabytes."""
        for part in ("message", "hint", "found", "expected", "sheet", "cell"):
            text = getattr(self, part)
            if text is not None and len(text) > _LONGEST:
                object.__setattr__(self, part, _cut(text))

    @property
    def place(self) -> str:
        """Where it is, in the form editors and people follow."""
        if self.line is not None:
            column = f":{self.column}" if self.column is not None else ""
            return f"{self.file or '-'}:{self.line}{column}"
        return " ".join(part for part in (self.file, self.sheet, self.cell) if part)

    def __str__(self) -> str:
        """Tell it in up to three lines: place and problem, expectation, hint."""
        return problem_text(
            self.place, self.severity, self.message, self.code, self.expected, self.hint
        )


class ProblemDetails(TypedDict, total=False):
    """What may be said of a problem besides where it is, what is wrong, and what to do."""

    found: str | None
    expected: str | None
    subject: str | None
    year: int | None
    item: str | None
    whole: bool


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A place in a file, which makes the problems that are found there.

    Attributes:
        file: The file, as the user named it, or the word of theirs that is wrong.
        line: The line of a text file, from 1; None for the whole file.
        column: The column of that line, from 1.
        sheet: The sheet of a workbook.
        cell: The cell of a sheet or table, or its row; None for all of it.
    """

    file: str | None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def problem(
        self,
        code: str,
        message: str,
        hint: str | None = None,
        severity: Severity = Severity.ERROR,
        **details: Unpack[ProblemDetails],
    ) -> "Problem":
        """Tell a problem at this place."""
        return Problem(
            code,
            message,
            severity,
            file=self.file,
            sheet=self.sheet,
            cell=self.cell,
            line=self.line,
            column=self.column,
            hint=hint,
            **details,
        )


def _cut(text: str) -> str:
    """Leave out the middle of a text, and say how much that is."""
    left = len(text) - _LONGEST
    out = say(f"……（略去{left}个字）……", f" … ({left} characters left out) … ")
    return text[: _LONGEST - _LAST] + out + text[-_LAST:]


def problem_text(  # noqa: PLR0913, PLR0917 - the parts of what is told, in order
    place: str,
    severity: Severity,
    message: str,
    code: str,
    expected: str | None = None,
    hint: str | None = None,
) -> str:
    """Tell of something that is wrong: place and message, expectation, hint, a line each."""
    lines = [f"{place}{': ' if place else ''}{severity.label}: {message} [{code}]"]
    if expected and say(f"应为：{expected}", f"expected {expected}") not in message:
        lines.append(say(f"  应为：{expected}", f"  expected: {expected}"))
    if hint:
        lines.append(say(f"  办法：{hint}", f"  hint: {hint}"))
    return "\n".join(lines)


def unread(problems: Iterable[Problem]) -> bool:
    """Tell whether a whole file or table could not be read.

    One cell that could not be read leaves its measures missing; of a whole table nobody can tell
    what it would have said, nor of whom.
    """
    return any(
        problem.severity is Severity.ERROR
        and (problem.whole or not any((problem.cell, problem.line, problem.item, problem.subject)))
        for problem in problems
    )


class InputError(Exception):
    """An input that cannot be used at all; carries every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        """Carry the problems, of which there is at least one error."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
