"""Which problems of two submissions differ."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from dabiao.schemas.problem import Problem
from dabiao.schemas.revision import ProblemRecord

_Key = tuple[object, ...]


def only_in(problems: Iterable[Problem], others: Iterable[Problem]) -> Iterator[ProblemRecord]:
    """Yield the problems of one submission that another has not, as often as it has them not."""
    left = Counter(map(_key, others))
    for problem in problems:
        key = _key(problem)
        if left[key]:
            left[key] -= 1
        else:
            yield ProblemRecord(
                code=problem.code,
                severity=problem.severity.value,
                place=problem.place,
                message=problem.message,
            )


def _key(problem: Problem) -> _Key:
    """Tell by what a problem is known again: by whom it is about, else by its place in a file.

    A file may have come back under another ending, as texts do that were returned as workbooks.
    """
    about = (problem.code, problem.subject, problem.year, problem.item)
    if problem.subject is not None and problem.item is not None:
        return about
    stem = None if problem.file is None else PurePath(problem.file).stem
    return (*about, stem, problem.cell, problem.line)
