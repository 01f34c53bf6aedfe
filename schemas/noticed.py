"""What is noticed while reading a submission, told once and bounded in number."""

from collections import Counter
from dataclasses import dataclass, field, replace

from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem, Severity

ENOUGH = 1000
"""Problems of one kind told one by one for one column of one table; the rest are counted."""

Kind = tuple[str, str | None, str | None, str | None]


@dataclass(slots=True)
class Noticed:
    """A growing list of problems and notes.

    A column that was shifted by one makes every cell of it wrong. The first thousand are told one
    by one, the others counted, so that a bad file of a million rows stays a file that can be read.
    The cells themselves are marked unusable all the same.
    """

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    _count: Counter[Kind] = field(default_factory=Counter)
    _last: dict[Kind, Problem] = field(default_factory=dict)

    def add(self, problem: Problem) -> None:
        """Take down a problem."""
        kind = (problem.code, problem.file, problem.sheet, problem.item)
        self._count[kind] += 1
        if self._count[kind] <= ENOUGH:
            self.problems.append(problem)
        else:
            self._last[kind] = problem

    def note(self, problem: Problem) -> None:
        """Take down something that asks nothing of anybody."""
        self.notes.append(replace(problem, severity=Severity.WARNING))

    def finish(self) -> None:
        """Say how many problems were counted and not told."""
        for kind, last in self._last.items():
            more = self._count[kind] - ENOUGH
            self.problems.append(
                replace(
                    last,
                    message=say(
                        f"同类问题另有 {more} 处，未逐一列出；最后一处：{last.message}",
                        f"{more} more of this kind are not listed; the last: {last.message}",
                    ),
                )
            )
        self._last.clear()
        self._count.clear()
