"""Problems: everything that is wrong with an input, each with its place."""

from dataclasses import dataclass
from enum import StrEnum

from dabiao.schemas.language import say


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    """Something could not be used as it was meant."""
    WARNING = "warning"
    """It was used, but somebody should look."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and what to do about it.

    Attributes:
        code: A stable slug of the kind of problem, e.g. ``unknown-column``.
        message: What is wrong, one clause with what was found.
        severity: Error or warning.
        file: The file, as the user named it.
        sheet: The sheet of a workbook.
        cell: The cell of a sheet or table, e.g. ``F12``.
        line: The line of a text file, from 1.
        column: The column of that line, from 1.
        expected: What would have been right.
        hint: What to do.
        subject: Code of the subject concerned.
        year: The year concerned.
        item: Slug of the item concerned.
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    column: int | None = None
    expected: str | None = None
    hint: str | None = None
    subject: str | None = None
    year: int | None = None
    item: str | None = None

    @property
    def place(self) -> str:
        """Where it is, in the form editors and people follow."""
        if self.line is not None:
            column = f":{self.column}" if self.column is not None else ""
            return f"{self.file or '-'}:{self.line}{column}"
        return " ".join(part for part in (self.file, self.sheet, self.cell) if part)

    def __str__(self) -> str:
        """Tell it in up to three lines: place and problem, expectation, hint."""
        word = say("错误", "error") if self.severity is Severity.ERROR else say("警告", "warning")
        lines = [f"{self.place}: {word}: {self.message} [{self.code}]"]
        if self.expected:
            lines.append(say(f"  应为：{self.expected}", f"  expected: {self.expected}"))
        if self.hint:
            lines.append(say(f"  办法：{self.hint}", f"  hint: {self.hint}"))
        return "\n".join(lines)


class InputError(Exception):
    """An input that cannot be used at all; carries every problem found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        """Carry the problems, of which there is at least one error."""
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
