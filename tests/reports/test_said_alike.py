"""What findings of a rule say alike is said once, and as it is said of each alone."""

import io
from dataclasses import replace

import numpy as np
import pytest

from dabiao.engine.columns import rule_findings, rule_forms
from dabiao.engine.heading import headed
from dabiao.engine.judge import judge
from dabiao.engine.judgement import Judgement
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.counted import recorded
from dabiao.reports.format_names import Format
from dabiao.reports.run import csv
from dabiao.reports.writing.formats import write_run
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes, Compares, Direction, Within
from dabiao.rules.formulas.formula import (
    Above,
    Arithmetic,
    Calculation,
    Choice,
    Either,
    Formula,
    InYear,
    Measured,
    Number,
    Ranking,
    Ratio,
    Relates,
    Relation,
    Text,
    Truth,
    years_when,
)
from dabiao.schemas.columns import OUTCOMES
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.level import Level
from dabiao.schemas.measure import Indicator
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.rule import Baseline, NormOption, NormRecord, Span, Timing, TimingKind
from dabiao.schemas.run import RunOptions
from tests.engine.builders import (
    STAGE,
    A,
    B,
    C,
    at_least,
    at_most,
    county,
    due,
    indicator,
    pack,
    rule,
    school,
    submit,
)

VIOLATED = OUTCOMES.index(Outcome.VIOLATION)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the findings that are made one by one."""
    found: list[int] = []
    one_by_one = rule_findings.rule_findings

    def counted(*given: object) -> object:
        found.append(len(given[3]))  # type: ignore[arg-type]
        return one_by_one(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(rule_forms, "rule_findings", counted)
    return found


RATIO = indicator("ratio", Level.SCHOOL)
SPREAD = indicator("spread", Level.SCHOOL)
LACKING = {
    "no column": rule(at_least(5, C)),
    "an indicator over indicators": rule(at_least(5, Measured("spread"))),
    "an indicator of what nobody was asked": rule(at_least(5, Ratio(A, C))),
    "a condition": rule(at_least(5, B), condition=Relates(Relation.MORE, C, Number(1.0))),
    "the year before": rule(Changes(A, Direction.RISE, Span.YEAR, 0.0)),
    "the baseline": rule(at_least(5, A), timing=due(2030), baseline=Baseline(year=2024)),
    "a line": rule(at_least(99, B), timing=due(2030), baseline=Baseline(year=2020, value=1.0)),
    "a choice": rule(at_least(5, Choice(Relates(Relation.EQUAL, STAGE, Text("小学")), A, C))),
    "the county": rule(at_least(5, Above(Level.COUNTY, A))),
    "a rank": rule(at_most(5, Ranking(A, Level.COUNTY))),
    "a rank among all": rule(at_most(5, Ranking(A))),
    "the years before": rule(at_least(2, years_when(Relates(Relation.MORE, A, Number(1.0)), 3))),
    "not begun": rule(at_least(5), timing=Timing(kind=TimingKind.STANDING, first=2030)),
}


EITHER = rule(
    Compares(
        Either(Relates(Relation.LESS, A, Number(5.0)), Relates(Relation.AT_LEAST, B, A)),
        Comparator.EQUAL,
        Truth(value=True),
    )
)
SAID_ALIKE = {
    "any one of several": replace(
        EITHER,
        norm_record=NormRecord(
            text="要求",
            kind="any",
            options=(NormOption(text="一", comparator="<"), NormOption(text="二")),
        ),
    ),
    "more than there can be": replace(
        EITHER,
        norm=Compares(
            Either(
                Relates(Relation.LESS, B, InYear(B, back=0)),
                Relates(Relation.EQUAL, STAGE, Text("小学")),
            ),
            Comparator.EQUAL,
            Truth(value=True),
        ),
        norm_record=NormRecord(
            text="要求", kind="any", options=(NormOption(text="一"), NormOption(text="二"))
        ),
    ),
    "what is allowed": replace(rule(at_least(5, B)), tolerance=2.0),
    "what is allowed between two": replace(
        rule(Within(B, Number(2.0), Number(3.0)), decimals=0), tolerance=4.0
    ),
    "all of them": rule(at_least(100, B), unit="%"),
    "no fall": rule(Changes(A, Direction.FALL, Span.SINCE, 2.5, since=2025)),
    "a share": rule(at_least(500, Ratio(B, A))),
    "a sum": rule(at_most(3, Calculation(Arithmetic.ADD, A, B))),
}


def test_what_is_alike_is_said_once(asked: list[int]) -> None:
    """Thousands of findings are a few forms, and none of them is made one by one."""
    a = [None if at % 13 == 0 else at % 1100 / 100 for at in range(4000)]
    schools = [school(f"s{at:04}", a=value, b=at % 2) for at, value in enumerate(a)]
    asks = rule(at_least(5), condition=Relates(Relation.EQUAL, Measured("b"), Number(1.0)))
    judgement = judge(pack(asks), submit(*schools).facts())
    forms = list(judgement.excerpt().forms())

    assert sum(len(each.columns) for each in forms) == 4000
    assert sum(len(each.forms) for each in forms) <= 6
    assert asked == []
    told = [np.diff(each.starts)[each.columns.outcome == VIOLATED] for each in forms]
    assert set(np.concatenate(told)) == {1}  # how far it has to go; to where, and b, once
    rows = np.concatenate([each.rows[each.columns.outcome == VIOLATED] for each in forms])
    assert len(set(rows.tolist())) == len(rows) > 0


@pytest.mark.parametrize(
    "asks", [*LACKING.values(), *SAID_ALIKE.values()], ids=[*LACKING, *SAID_ALIKE]
)
def test_what_is_said_alike_is_said_once(
    asks: Rule, asked: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands who left a cell empty, or fail alike, say the same: nobody is asked alone.

    In each row of the table stands what stands there where each is told alone.
    """
    schools = [
        school(
            f"s{at:03}", "150602", b=at % 9, stage=("小学", "初中")[at % 2], a=9 if at < 9 else None
        )
        if at % 3
        else school(f"s{at:03}", "150602")
        for at in range(90)
    ]
    vocabulary: dict[Indicator, Formula] = {
        RATIO: Ratio(A, B),
        SPREAD: Calculation(Arithmetic.SUBTRACT, Measured("ratio"), A),
    }
    judgement = judge(
        pack(asks, indicators=vocabulary), submit(county(b=1), *schools).facts(), as_of=2025
    )
    forms = list(judgement.excerpt().forms())
    together, alone = io.StringIO(), io.StringIO()
    csv.write_csv(forms, together)
    told = _json(judgement)
    monkeypatch.setattr(recorded, "TOGETHER", 1)
    csv.write_csv(recorded.RecordedFindings(judgement.run()).forms(), alone)
    monkeypatch.setattr(rule_forms, "are_few", lambda _: True)
    monkeypatch.setattr(rule_findings, "are_few", lambda _: True)

    assert sum(len(each.columns) for each in forms) == 90
    assert sum(len(each.forms) for each in forms) <= 15
    assert asked == []
    assert together.getvalue() == alone.getvalue()
    assert _json(judgement) == told


def _json(judgement: Judgement) -> str:
    """Give a run as JSON."""
    run = headed(judgement.run(()), judgement, RunOptions())
    file = io.StringIO()
    write_run(run, Format.JSON, file, circumstances=Circumstances(source=judgement.excerpt()))
    return file.getvalue()
