"""What is to be marked in each file: cells with what is wrong with them, and the causes to list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from dabiao.intake.justifications import Justification
from dabiao.intake.problem_groups import ProblemGroup, areas_of
from dabiao.reports.annotations.parts.survey import CellAt
from dabiao.schemas.addresses import Area, areas, fits_sheet, united
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem, Severity
from dabiao.schemas.record import dataclass
from dabiao.schemas.unseen import visible

_MOST_CELLS = 200_000
"""Cells that are marked in one sheet."""
_MOST_TOLD = 6
"""Problems that the comment of one cell tells."""


@dataclass(slots=True)
class Mark:
    """What is wrong with one cell."""

    problems: list[Problem] = field(default_factory=list)

    @property
    def severity(self) -> Severity:
        """How grave the gravest of it is."""
        errors = any(problem.severity is Severity.ERROR for problem in self.problems)
        return Severity.ERROR if errors else Severity.WARNING

    @property
    def note(self) -> str:
        """What a comment says: what was found, what was expected, what to do."""
        told = list(dict.fromkeys(_note(problem) for problem in self.problems))
        more = len(told) - _MOST_TOLD
        if more > 0:
            told[_MOST_TOLD:] = [say(f"另有 {more} 个问题", f"and {more} more")]
        return "\n\n".join(told)

    def joined(self, other: "Mark") -> "Mark":
        """Give both as one."""
        return Mark([*self.problems, *other.problems])


def _note(problem: Problem) -> str:
    message = problem.message
    if problem.count > 1:
        message = say("同类问题很多，见问题清单", "one of many alike; see the list of problems")
    lines = [f"{problem.severity.label}{say('：', ': ')}{message}"]
    if problem.expected:
        lines.append(say(f"应为：{problem.expected}", f"Expected: {problem.expected}"))
    if problem.hint:
        lines.append(say(f"办法：{problem.hint}", f"What to do: {problem.hint}"))
    return visible("\n".join(lines))


@dataclass(frozen=True, slots=True)
class MarkedGroup:
    """A cause, as far as one sheet and one school or place are concerned.

    Attributes:
        cause: The problems.
        sheet: The sheet.
        areas: Their cells in it.
        whom: Whose they are; empty where nobody's, or where the workbook is about nobody else.
    """

    cause: ProblemGroup
    sheet: str | None
    areas: Sequence[Area]
    whom: str = ""

    @property
    def code(self) -> str:
        """The code of whose they are, in brackets; whatever is known where there is none."""
        return self.whom[self.whom.rfind("（") :] if self.whom.endswith("）") else self.whom


@dataclass(slots=True)
class FileMarks:
    """All that is wrong with one file.

    Attributes:
        entries: The causes, the gravest first.
        sheets: Sheet to cell to what is wrong with it; the sheet of a text file is None.
        explained: What is explained, and so is listed and not marked.
    """

    entries: list[MarkedGroup] = field(default_factory=list)
    sheets: dict[str | None, dict[CellAt, Mark]] = field(default_factory=dict)
    explained: Mapping[Problem, Justification] = field(default_factory=dict)

    @property
    def cells(self) -> int:
        """How many cells are marked."""
        return sum(map(len, self.sheets.values()))

    def add(
        self,
        cause: ProblemGroup,
        sheet: str | None,
        found: Iterable[tuple[Problem, Area]],
        title: str = "",
    ) -> None:
        """Take down a cause and its cells in a sheet."""
        marks = self.sheets.setdefault(sheet, {})
        kept: list[Area] = []
        for problem, area in found:
            kept.append(area)
            for cell in _cells(area):
                if len(marks) >= _MOST_CELLS and cell not in marks:
                    break
                if problem not in self.explained:
                    marks.setdefault(cell, Mark()).problems.append(problem)
        self.entries.append(MarkedGroup(cause, sheet, united(kept), title))


def _cells(area: Area) -> Iterator[CellAt]:
    if fits_sheet(area):
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                yield row, column


def marks_by_file(
    causes: Sequence[ProblemGroup],
    schools: Mapping[str, str] | None,
    why: Mapping[Problem, Justification] | None,
) -> dict[str, FileMarks]:
    """Tell for each file what is wrong with it, by school or place, the gravest of each first.

    Args:
        causes: The causes, the gravest first.
        schools: Code of a subject to the school or place that has to mend its problems.
        why: What is explained, and so is listed and not marked.
    """
    whose = schools or {}
    found: dict[str, FileMarks] = {}
    for cause in causes:
        spots: dict[tuple[str, str | None, str], list[tuple[Problem, Area]]] = {}
        for problem in cause.problems:
            whom = whose.get(problem.subject or "", "")
            if problem.file is not None:
                here = spots.setdefault((problem.file, problem.sheet, whom), [])
                here.extend((problem, area) for area in areas_of(problem))
            for spot in problem.also:
                if spot.file is not None:
                    there = spots.setdefault((spot.file, spot.sheet, whom), [])
                    there.extend((problem, area) for area in areas(spot.cell))
        for (file, sheet, whom), cells in spots.items():
            own = [each for each in cause.problems if whose.get(each.subject or "", "") == whom]
            marks = found.setdefault(file, FileMarks(explained=why or {}))
            marks.add(ProblemGroup(own), sheet, cells, whom)
    for marks in found.values():
        marks.entries.sort(key=lambda entry: entry.code.strip("（）"))
    return found
