"""How small and how large a number can be, by all that is known of it: linear programs, exactly."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

Known = tuple[Mapping[str, float], float]
"""Some numbers, each so many times, come to this."""


def bounds(known: Sequence[Known], of: str) -> tuple[Fraction, Fraction | None]:
    """Give the least and the most that a number can be, none being below 0; None where no limit is.

    By the simplex method, on fractions, taking the first column that improves (Bland), so that it
    ends.
    """
    names = sorted({name for terms, _ in known for name in terms} | {of})
    least = _most(known, names, {of: -1})
    assert least is not None
    return -least, _most(known, names, {of: 1})


def _most(known: Sequence[Known], names: list[str], goal: Mapping[str, int]) -> Fraction | None:
    rows = len(known)
    width = len(names) + rows
    table = [
        [Fraction(terms.get(name, 0)) for name in names]
        + [Fraction(int(at == row)) for at in range(rows)]
        + [Fraction(value)]
        for row, (terms, value) in enumerate(known)
    ]
    basis = [len(names) + row for row in range(rows)]
    first = [Fraction(0)] * len(names) + [Fraction(-1)] * rows
    assert _improve(table, basis, first, width) == 0, "nothing fits what is known"
    for row, column in enumerate(basis):  # those that stand for nothing leave
        if column >= len(names):
            other = next((at for at in range(len(names)) if table[row][at] != 0), None)
            if other is not None:
                _turn(table, basis, row, other)
    wanted = [Fraction(goal.get(name, 0)) for name in names] + [Fraction(0)] * rows
    return _improve(table, basis, wanted, len(names))


def _improve(
    table: list[list[Fraction]], basis: list[int], goal: list[Fraction], width: int
) -> Fraction | None:
    while True:
        for at in range(width):
            gain = goal[at] - sum(goal[b] * row[at] for b, row in zip(basis, table, strict=True))
            if at not in basis and gain > 0:
                break
        else:
            return sum(
                (goal[b] * row[-1] for b, row in zip(basis, table, strict=True)), Fraction(0)
            )
        able = [(row[-1] / row[at], basis[n], n) for n, row in enumerate(table) if row[at] > 0]
        if not able:
            return None
        _turn(table, basis, min(able)[2], at)


def _turn(table: list[list[Fraction]], basis: list[int], row: int, column: int) -> None:
    by = table[row][column]
    table[row] = [each / by for each in table[row]]
    for other, line in enumerate(table):
        if other != row and line[column] != 0:
            factor = line[column]
            table[other] = [a - factor * b for a, b in zip(line, table[row], strict=True)]
    basis[row] = column
