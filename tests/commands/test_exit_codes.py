"""Endings: which exit code a check earns."""

from collections import Counter

import pytest

from dabiao.commands.exit_codes import Exit, FailOn, acceptable, earned, ending
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import Problem, Severity, unread

V, B, M, C = Outcome.VIOLATION, Outcome.BEHIND, Outcome.MISSING, Outcome.COMPLIANT


@pytest.mark.parametrize(
    ("outcomes", "fail_on", "expected"),
    [
        ([C], FailOn.VIOLATION, Exit.CHECKED),
        ([B, M], FailOn.VIOLATION, Exit.CHECKED),
        ([V, M], FailOn.VIOLATION, Exit.FOUND),
        ([M], FailOn.BEHIND, Exit.CHECKED),
        ([B], FailOn.BEHIND, Exit.FOUND),
        ([V], FailOn.BEHIND, Exit.FOUND),
        ([C, M], FailOn.MISSING, Exit.UNDECIDED),
        ([B, M], FailOn.MISSING, Exit.FOUND),
        ([V, M], FailOn.MISSING, Exit.FOUND),
        ([C], FailOn.MISSING, Exit.CHECKED),
        ([V, B, M], FailOn.NEVER, Exit.CHECKED),
        ([], FailOn.MISSING, Exit.CHECKED),
    ],
)
def test_ending_of_a_check(outcomes: list[Outcome], fail_on: FailOn, expected: Exit) -> None:
    """A graver outcome wins, and what lies below the threshold does not count."""
    assert ending(Counter(outcomes), fail_on) is expected


@pytest.mark.parametrize(
    ("outcomes", "aside", "unread", "expected"),
    [
        ([], True, True, Exit.RULES),
        ([V], False, True, Exit.FACTS),
        ([Outcome.NOT_APPLICABLE], False, False, Exit.NOTHING),
        ([Outcome.NOT_APPLICABLE, V], False, False, Exit.FOUND),
    ],
)
def test_the_gravest_comes_first(
    *, outcomes: list[Outcome], aside: bool, unread: bool, expected: Exit
) -> None:
    """What could not be read is told before what was found, whatever ``--fail-on`` says."""
    counts = Counter(outcomes)
    assert earned(counts, FailOn.VIOLATION, aside=aside, unread=unread) is expected


def test_a_bad_cell_leaves_the_rest_readable() -> None:
    """Only a problem of a whole file or table makes a submission unread."""
    cell = Problem("bad-number", "不是数", file="a.xlsx", sheet="学校", cell="F3")
    file = Problem("file-unreadable", "打不开", file="a.xlsx")
    skipped = Problem("unknown-sheet", "未读取", Severity.WARNING, file="a.xlsx", sheet="x")

    assert not unread([cell, skipped])
    assert unread([cell, file])


def test_a_bad_line_may_keep_a_whole_file_from_being_read() -> None:
    """A quote that is never closed lies in one line, and nothing of the file was read."""
    row = Problem("ragged-row", "字段不符", file="a.csv", line=3)
    quote = Problem("unclosed-quote", "没有闭合", file="a.csv", line=3, whole=True)

    assert not unread([row])
    assert unread([row, quote])


def test_strictness_refuses_warnings() -> None:
    """A warning is acceptable, unless strict."""
    warning = Problem("unknown-column", "未知的列", Severity.WARNING)

    assert acceptable([warning], strict=False)
    assert not acceptable([warning], strict=True)
    assert not acceptable([Problem("bad-number", "不是数")], strict=False)
    assert acceptable([], strict=True)
