"""Deleting one fact from a complete submission never turns a finding into 达标.

A rule that asks who reported (已报) is left out: that nothing was submitted is known. Three things
are needed for the rest, and all are the submitter's: every subject is known without the
deleted row (the roster or another year names it); nobody reports who by the roster was closed or
not yet there; and what is reported twice agrees with itself (a total with its parts, an indicator
with its formula) -- else the deletion uncovers what the roster or the other figure said all along.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dabiao.engine.judge import EngineChoice, judge
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.roll_ups import rolled_up
from dabiao.rules.formulas.formula import Measured, SentIn
from dabiao.schemas.measure import Summation
from dabiao.schemas.outcome import Outcome
from tests.engine import naive
from tests.engine.builders import Cell, Row, Submission
from tests.engine.naive_values import Spot, World, exists, value
from tests.engine.strategies import Case, cases, profile

Outcomes = dict[tuple[str, int, str], Outcome]


def by_engine(case: Case, submission: Submission) -> Outcomes:
    """Judge by the columnar engine."""
    judgement = judge(
        case.catalog, submission.facts(), as_of=case.as_of, engine=EngineChoice.COLUMNAR
    )
    return {(one.rule, one.year, one.subject.code): one.outcome for one in judgement.findings()}


def by_the_page(case: Case, submission: Submission) -> Outcomes:
    """Judge by the naive evaluator."""
    verdicts = naive.judge(case.catalog, submission.facts(), [case.as_of])
    return {(one.rule, one.year, one.subject): one.outcome for one in verdicts}


@pytest.mark.parametrize("outcomes", [by_engine, by_the_page])
@profile(share=0.5)
@given(case=cases(complete=True) | cases(complete=True, mortal=True), data=st.data())
def test_deleting_never_complies(
    outcomes: Callable[[Case, Submission], Outcomes], case: Case, data: st.DataObject
) -> None:
    """One cell, or a whole row of a subject that is known without it.

    Where that is only because others name it as their parent, there is no finding on it any more.
    """
    whole = agreeing(case)
    assume(whole.rows)
    number = data.draw(st.integers(0, len(whole.rows) - 1))
    slug = data.draw(st.sampled_from((None, *whole.rows[number].cells)))
    before, after = outcomes(case, whole), outcomes(case, whole.without(number, slug))

    assert after.keys() <= before.keys()
    assert [
        key
        for key, outcome in after.items()
        if outcome is Outcome.COMPLIANT and before[key] is not Outcome.COMPLIANT
        if not asks_who_reported(case.catalog.rules[key[0]], case.catalog)
    ] == []


def asks_who_reported(rule: Rule, catalog: Catalog) -> bool:
    """Tell whether a rule, or one whose verdicts it looks at, asks whether anything was sent in."""
    if any(isinstance(part, SentIn) for part in catalog.vocabulary.unfold(rule.formulas)):
        return True
    return any(asks_who_reported(catalog.rules[id_], catalog) for id_ in rolled_up(rule, catalog))


def agreeing(case: Case) -> Submission:
    """Leave out rows that contradict the roster, and put what the rest says in place of totals."""
    roster = World(case.catalog, replace(case.submission, rows=()).facts())
    told = [row for row in case.submission.rows if exists(roster, row.level, row.code, row.year)]
    bare = [
        replace(
            row,
            cells={
                slug: None if has_rest(case.catalog, row, slug) else cell
                for slug, cell in row.cells.items()
            },
        )
        for row in told
    ]
    world = naive.Bench(case.catalog, replace(case.submission, rows=tuple(bare)).facts())

    def agreed(row: Row, slug: str, cell: Cell) -> Cell:
        spot = Spot(row.level, row.code, row.year, "")
        return value(world, Measured(slug), spot) if cell is None else cell

    rows = [
        replace(row, cells={slug: agreed(row, slug, cell) for slug, cell in row.cells.items()})
        for row in bare
    ]
    return replace(case.submission, rows=tuple(rows))


def has_rest(catalog: Catalog, row: Row, slug: str) -> bool:
    """Tell whether a value would be computed from other facts if it were not reported."""
    item = catalog.vocabulary.items.get(slug)
    if item is None:
        return True
    return item.summation is Summation.SUM and row.level is not item.levels[-1]
