"""Causes: problems that have one cause, told once with all their places."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from dabiao.schemas.addresses import Area, areas, united
from dabiao.schemas.language import say
from dabiao.schemas.patterns import pattern
from dabiao.schemas.problem import Problem, Severity, problem_text
from dabiao.schemas.record import dataclass

GroupKey = tuple[str | None, ...]
"""What problems of one cause have in common."""
_PAUSE = pattern(r"[，；,;(（]")
_NUMBERS = pattern(r"[0-9.,]+")
_PLACES = 6
"""Places that are told in words; the cells of a cause are all kept."""
SAMPLES = 3
"""Different values that are told as examples."""


def group_key(problem: Problem) -> GroupKey:
    """Tell which problems are of one cause with this one.

    Those of one kind in one column are, of whose values the same is said, and those that say so
    themselves.
    """
    place = (problem.severity.value, problem.file, problem.sheet)
    if problem.cause is not None:
        return (*place, problem.cause)
    column = problem.item or _columns(problem.cell)
    return (*place, problem.code, column, problem.expected, _said_of(problem))


def _said_of(problem: Problem) -> str | None:
    """Give what is said of the value that was found, without numbers; None where none is quoted."""
    if problem.found is None:
        return None
    _, quoted, after = problem.message.partition(_quoted(problem.found))
    return _NUMBERS.sub("", _PAUSE.split(after, 1)[0]) if quoted else None


def _columns(cell: str | None) -> str | None:
    """Name the columns of an address: one cell of a column is like the next."""
    if cell is None:
        return None
    found = areas(cell)
    if found:
        return "+".join(f"{area.left}-{area.right}" for area in found)
    return cell.rpartition("].")[2] if "]." in cell else None


@dataclass(frozen=True)
class ProblemGroup:
    """Problems with one cause, of one file and sheet.

    Attributes:
        problems: The problems one by one; a problem may stand for several that are not told.
    """

    problems: Sequence[Problem]

    @property
    def _first(self) -> Problem:
        return self.problems[0]

    @property
    def code(self) -> str:
        """The kind of its problems; that of the first, where they differ."""
        return self._first.code

    @property
    def severity(self) -> Severity:
        """Error, warning or note."""
        return self._first.severity

    @property
    def file(self) -> str | None:
        """The file, as the user named it."""
        return self._first.file

    @property
    def sheet(self) -> str | None:
        """The sheet of a workbook."""
        return self._first.sheet

    @cached_property
    def count(self) -> int:
        """How many problems it has."""
        return sum(problem.count for problem in self.problems)

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The cells, or whole rows, as few areas; empty if it is not about cells of a sheet."""
        return tuple(united(area for problem in self.problems for area in areas_of(problem)))

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Its cells as people write them: areas of a sheet, or paths into JSON and Parquet."""
        if self.areas:
            return tuple(str(area) for area in self.areas)
        return tuple(dict.fromkeys(p.cell for p in self.problems if p.cell is not None))

    @cached_property
    def found(self) -> tuple[str, ...]:
        """Different values that were found, the most frequent first; some of them at most."""
        counts = Counter(p.found for p in self.problems if p.found is not None)
        return tuple(text for text, _ in counts.most_common(SAMPLES))

    @cached_property
    def expected(self) -> str | None:
        """What would have been right, where it is the same for all."""
        wanted = dict.fromkeys(p.expected for p in self.problems if p.expected)
        return say("；", "; ").join(list(wanted)[:SAMPLES]) or None

    @cached_property
    def hint(self) -> str | None:
        """What to do; where that differs, for the first few."""
        hints = list(dict.fromkeys(p.hint for p in self.problems if p.hint))
        more = say("；…", "; …") if len(hints) > SAMPLES else ""
        return say("；", "; ").join(hints[:SAMPLES]) + more if hints else None

    @property
    def place(self) -> str:
        """Where it is: file, sheet and some of the cells."""
        if self._first.line is not None and not self._first.sheet and not self._first.cell:
            return self._first.place if self.count == 1 else self._lines
        parts = [part for part in (self.file, self.sheet, self.where) if part]
        return " ".join(parts)

    @property
    def _lines(self) -> str:
        return f"{self.file or '-'}:{say('、', ', ').join(str(area.top) for area in self._few)}"

    @property
    def _few(self) -> Sequence[Area]:
        return self.areas[:_PLACES]

    @property
    def where(self) -> str:
        """The cells in words, not all of them if they are many."""
        if self.count == 1 and self._first.cell is not None:
            return self._first.cell
        comma = say("、", ", ")
        few = comma.join(self.cells[:_PLACES])
        return few + (say(" 等", " …") if len(self.cells) > _PLACES else "")

    @cached_property
    def message(self) -> str:
        """What is wrong, with examples of what was found, and how often."""
        first = self._first.message
        if self.count == 1:
            return first
        often = say(f"（共 {self.count:,} 处）", f" ({self.count:,} in all)")
        if all(problem.message == first for problem in self.problems if problem.count == 1):
            return first + often
        example = self._first.found
        quoted = _quoted(example) if example is not None else None
        if quoted is None or first.count(quoted) != 1 or self._first.cause is not None:
            return first + say(f"（等 {self.count:,} 处）", f" (and so on, {self.count:,} in all)")
        many = say("、", ", ").join(_quoted(text) for text in self.found)
        if len({problem.found for problem in self.problems}) > len(self.found):
            many += say("等", " …")
        return first.replace(quoted, many) + often

    def __str__(self) -> str:
        """Tell it in up to three lines, as a problem is told."""
        return problem_text(
            self.place, self.severity, self.message, self.code, self.expected, self.hint
        )


def areas_of(problem: Problem) -> tuple[Area, ...]:
    """Give the cells of a sheet that a problem is about; those it also speaks of are not among."""
    if problem.cell is not None:
        return areas(problem.cell)
    return (Area(0, problem.line, 0, problem.line),) if problem.line else ()


def _quoted(text: str) -> str:
    return say(f"“{text}”", f'"{text}"')


def group_problems(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """Put problems together by cause, in the order in which the first of each was found."""
    found: dict[GroupKey, list[Problem]] = {}
    for problem in problems:
        found.setdefault(group_key(problem), []).append(problem)
    return [ProblemGroup(of) for of in found.values()]
