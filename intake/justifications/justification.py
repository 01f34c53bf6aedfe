"""An explanation, and which problems it is of: the same cells that hold the same of the same.

A file of the same name is filled in anew next year, and in another folder by somebody else: so an
explanation says whose figure it is of and of which year, where its problem does.
"""

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.record import dataclass

_Key = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Justification:
    """Why what stands in some cells is right.

    Attributes:
        file: The file, without its folder and ending: a text comes back as a workbook.
        sheet: The sheet; the name of the file where there is none.
        cell: The cells.
        code: The kind of problem.
        value: What they held when it was given.
        reason: Why it is right.
        who: Who said so.
        when: On which day.
        subject: Code of whose figures they are; empty where the problem is not of one.
        year: Of which year.
    """

    file: str
    sheet: str
    cell: str
    code: str
    value: str
    reason: str
    who: str = ""
    when: str = ""
    subject: str = ""
    year: str = ""

    @property
    def key(self) -> _Key:
        """What it is of."""
        return self.file, self.sheet, self.cell, self.code, self.subject, self.year


def explained(problem: Problem, reason: str, who: str = "", when: str = "") -> Justification:
    """Give the explanation of a problem as it is now."""
    file, sheet, cell, code, subject, year = _key(problem)
    value = _value(problem)
    return Justification(file, sheet, cell, code, value, reason, who, when, subject, year)


def explainable(problem: Problem) -> bool:
    """Tell whether a problem may be right as it is: what is an error has to be mended."""
    return problem.severity is not Severity.ERROR and problem.file is not None


def _key(problem: Problem) -> _Key:
    stem = PurePath(problem.file or "").stem
    year = "" if problem.year is None else str(problem.year)
    sheet, cell = problem.sheet or stem, problem.cell or ""
    return stem, sheet, cell, problem.code, problem.subject or "", year


def _value(problem: Problem) -> str:
    """Give what a problem rests on, which makes it another one when it changes."""
    return problem.message if problem.found is None else problem.found


class Justifications:
    """Justifications by what they are of; the last one counts."""

    def __init__(self, known: Iterable[Justification] = ()) -> None:
        """Take explanations, the oldest first."""
        self._known = {each.key: each for each in known}

    def __iter__(self) -> Iterator[Justification]:
        """Give them in order of file, sheet and cell."""
        return iter(sorted(self._known.values(), key=lambda each: each.key))

    def add(self, more: Iterable[Justification]) -> bool:
        """Take further ones; tell whether any of them is new."""
        new = {each.key: each for each in more if self._known.get(each.key) != each}
        self._known.update(new)
        return bool(new)

    def of(self, problem: Problem) -> Justification | None:
        """Give the explanation of a problem, unless the value has changed since."""
        if not explainable(problem):
            return None
        key = _key(problem)
        found = self._known.get(key) or self._known.get((*key[:4], "", ""))  # of an older file
        return found if found is not None and found.value == _value(problem) else None

    def parted(
        self, problems: Iterable[Problem]
    ) -> tuple[list[Problem], dict[Problem, Justification]]:
        """Part problems into those that are open and those that are explained."""
        still: list[Problem] = []
        why: dict[Problem, Justification] = {}
        for problem in problems:
            found = self.of(problem)
            if found is None:
                still.append(problem)
            else:
                why[problem] = found
        return still, why
