"""What is noticed while reading a submission, told once and bounded in number."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import field, replace
from typing import Self

from dabiao.intake.problem_groups import GroupKey, areas_of, group_key
from dabiao.schemas.addresses import Area, areas, united
from dabiao.schemas.language import say
from dabiao.schemas.problem import CellPlace, Problem, Severity
from dabiao.schemas.record import dataclass

ENOUGH = 1000
"""Problems of one cause told one by one; of the rest only the cells are kept."""
_OFTEN = 4096
"""Cells after which those kept are joined to areas."""
_MOST = 100_000
"""Areas that are kept for one cause; what is beyond them is counted."""


@dataclass(slots=True)
class _Cells:
    """Cells of one sheet, kept as few areas."""

    areas: list[Area] = field(default_factory=list)
    _joined: int = 0

    def add(self, more: Iterable[Area]) -> None:
        if self._joined < _MOST:
            self.areas.extend(more)
            if len(self.areas) - self._joined > _OFTEN:
                self.areas = united(self.areas)
                self._joined = len(self.areas)

    def __str__(self) -> str:
        return "、".join(str(area) for area in united(self.areas))


@dataclass(slots=True)
class _Rest:
    """The problems of one cause that are not told one by one."""

    last: Problem
    count: int = 0
    cells: _Cells = field(default_factory=_Cells)
    also: dict[tuple[str | None, str | None], _Cells] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        self.last = problem
        self.count += problem.count
        self.cells.add(areas_of(problem))
        for spot in problem.also:
            self.also.setdefault((spot.file, spot.sheet), _Cells()).add(areas(spot.cell))


@dataclass(slots=True)
class ProblemLog:
    """A growing list of problems and notes.

    A column that was shifted by one makes every cell of it wrong. The first thousand are told one
    by one; of the others only the cells are kept, as areas, so that a bad file of a million rows
    stays a file that can be read. The cells themselves are marked unusable all the same.
    """

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    _seen: set[Problem] = field(default_factory=set)
    _count: Counter[GroupKey] = field(default_factory=Counter)
    _rest: dict[GroupKey, _Rest] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        """Take down a problem, once: several readings of one table may meet the same."""
        if problem in self._seen:
            return
        kin = group_key(problem)
        self._count[kin] += 1
        if self._count[kin] <= ENOUGH:
            self.problems.append(problem)
            self._seen.add(problem)
        else:
            self._rest.setdefault(kin, _Rest(problem)).add(problem)

    def note(self, problem: Problem) -> None:
        """Take down something that asks nothing of anybody."""
        note = replace(problem, severity=Severity.NOTE)
        if note not in self._seen:
            self._seen.add(note)
            self.notes.append(note)

    def take(self, other: Self) -> None:
        """Take down all that another log holds, which is not finished, and stays as it is."""
        for problem in other.problems:
            self.add(problem)
        for note in other.notes:
            self.note(note)
        for kin, rest in other._rest.items():
            mine = self._rest.setdefault(kin, _Rest(rest.last))
            mine.last = rest.last
            mine.count += rest.count
            mine.cells.add(rest.cells.areas)
            for spot, cells in rest.also.items():
                mine.also.setdefault(spot, _Cells()).add(cells.areas)

    def finish(self) -> None:
        """Say how many problems were counted and not told."""
        for rest in self._rest.values():
            last, more = rest.last, rest.count
            also = tuple(CellPlace(*where, str(cells)) for where, cells in rest.also.items())
            self.problems.append(
                replace(
                    last,
                    message=say(
                        f"同类问题另有 {more} 处，未逐一列出；最后一处：{last.message}",
                        f"{more} more of this kind are not listed; the last: {last.message}",
                    ),
                    cell=str(rest.cells) or last.cell,
                    subject=last.subject if more == 1 else None,
                    year=last.year if more == 1 else None,
                    also=also,
                    count=more,
                )
            )
        self._rest.clear()
        self._count.clear()
        self._seen.clear()
