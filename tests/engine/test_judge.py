"""The way in: what is judged, what is refused, and what it costs to import."""

import subprocess
import sys
from collections import Counter

import pytest

from dabiao.engine.data.algebra import Index, Vector
from dabiao.engine.evaluation.evaluate import Evaluator
from dabiao.engine.faults import EngineError
from dabiao.engine.judge import EngineChoice, judge
from dabiao.engine.judging.segments import Segment, Segments
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.formulas.formula import (
    Attainment,
    Formula,
    Measured,
    Number,
    Ratio,
    Relates,
    Relation,
)
from dabiao.schemas.level import Level
from tests.engine import builders
from tests.engine.builders import (
    EVERY_LEVEL,
    A,
    B,
    Sub,
    at_least,
    county,
    judged,
    pack,
    rule,
    school,
    submit,
    years,
)

FACTS = submit(years(y2023=1, y2024=2, y2025=3)).facts()
CATALOG = pack(rule(at_least(2)))


def test_latest_year_is_judged() -> None:
    """Unless another is asked for."""
    assert judge(CATALOG, FACTS).years == (2025,)
    assert judge(CATALOG, FACTS, as_of=2024).years == (2024,)
    assert judge(CATALOG, FACTS, as_of=2030).as_of == 2030


def test_every_year() -> None:
    """All years in the facts up to the one judged."""
    assert judge(CATALOG, FACTS, every_year=True).years == (2023, 2024, 2025)
    assert judge(CATALOG, FACTS, every_year=True, as_of=2024).years == (2023, 2024)
    assert judge(CATALOG, FACTS, every_year=True, as_of=2030).years == (2023, 2024, 2025, 2030)


def test_no_year() -> None:
    """Facts without a year leave nothing to judge by, and the message says what to do."""
    roster = submit(school("S1")).facts()

    with pytest.raises(EngineError, match="--as-of"):
        judge(CATALOG, roster)
    assert judge(CATALOG, roster, as_of=2025).summary()


def test_unknown_rules() -> None:
    """All that are not in the pack are named."""
    with pytest.raises(EngineError, match="plan/x、plan/y"):
        judge(CATALOG, FACTS, rules=["plan/y", "plan/r", "plan/x"])


def test_progress_is_told() -> None:
    """From something to all of it."""
    told: list[tuple[int, float]] = []

    judge(CATALOG, FACTS, every_year=True, progress=lambda year, done: told.append((year, done)))

    assert [year for year, _ in told] == [2023, 2024, 2025]
    assert told[-1][1] == 1.0


def test_the_examples_of_indicators_have_their_values() -> None:
    """For the examples of indicators: a value, or None where it is missing."""
    indicator = builders.indicator("k", *EVERY_LEVEL, unit="%")
    catalog = pack(indicators={indicator: Ratio(A, B)})
    judgement = judged(catalog, county(), school(a=1, b=8, stage="小学", open=True))

    assert judgement.measure("k", "S1", 2025) == 12.5
    assert judgement.measure("stage", "S1", 2025) == "小学"
    assert judgement.measure("open", "S1", 2025) is True
    assert judgement.measure("k", "S1", 2024) is None
    with pytest.raises(EngineError, match="nothing"):
        judgement.measure("nothing", "S1", 2025)
    with pytest.raises(EngineError, match="S9"):
        judgement.measure("k", "S9", 2025)


def test_measure_of_a_code_at_two_levels() -> None:
    """The level at which the measure exists."""
    item = builders.item("only", Level.CLASS)
    catalog = pack(items=[item])
    twin = Sub(Level.CLASS, "X", "S1", {2025: {"only": 7}})

    assert judged(catalog, school("X", only=None), twin).measure("only", "X", 2025) == 7


def test_measure_that_looks_at_findings() -> None:
    """Asked outside a rule, a tag means the rules of every document."""
    indicator = builders.indicator("k", Level.COUNTY, unit="%")
    catalog = pack(
        rule(at_least(5), "m", tags=["good"]),
        indicators={indicator: Attainment(Level.SCHOOL, "good")},
    )
    schools = (school("S1", a=5), school("S2", a=4))

    assert judged(catalog, county(), *schools).measure("k", "150602", 2025) == 50


def test_nothing_to_judge() -> None:
    """No rules, or no subjects of their level, give no findings."""
    assert list(judged(pack(), school(a=1)).findings()) == []
    counties = pack(rule(at_least(1, Measured("a")), level=Level.COUNTY))
    assert list(judged(counties, school("S1", None, a=1)).findings()) == []


def test_import_is_light() -> None:
    """What reads files, writes reports or may be absent is not needed to judge."""
    program = (
        "import sys, dabiao.engine.judge;"
        "print([name for name in ('polars', 'durable', 'jinja2', 'openpyxl', 'lark')"
        " if name in sys.modules])"
    )

    out = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert out.stdout.strip() == "[]"


def test_engine_is_named() -> None:
    """The one thing in which runs of two engines differ."""
    assert judge(CATALOG, FACTS, engine=EngineChoice.COLUMNAR).run().engine == "columnar"


def test_equal_formulas_are_evaluated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever many rules ask, of the same or of equal formulas, is worked out once in a run.

    Nor is anybody asked twice whether a condition holds that several rules share.
    """
    worked: Counter[object] = Counter()
    sorted_out: Counter[object] = Counter()
    compute, sort = Evaluator._compute, Segments._sort

    def count(self: Evaluator, of: Formula, level: Level, year: int, scope: str) -> Vector:
        worked[of, level, year, scope] += 1
        return compute(self, of, level, year, scope)

    def count_sorted(self: Segments, of: Rule, year: int, area: Index | None) -> Segment:
        sorted_out[of.level, of.condition, year] += 1
        return sort(self, of, year, area)

    monkeypatch.setattr(Evaluator, "_compute", count)
    monkeypatch.setattr(Segments, "_sort", count_sorted)
    rules = [
        rule(
            at_least(bound, Ratio(Measured("a"), Measured("b"))),
            f"r{bound}",
            condition=Relates(Relation.MORE, Measured("a"), Number(float(bound % 2))),
        )
        for bound in range(1, 11)
    ]
    judged(pack(*rules), *(school(f"S{at}", a=at, b=10) for at in range(1, 5))).summary()

    assert worked[Ratio(A, B), Level.SCHOOL, 2025, ""] == 1
    assert set(worked.values()) == {1}
    assert set(sorted_out.values()) == {1}
    assert len(sorted_out) == 2


def test_nothing_is_worked_out_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody lies in the place that a rule is for, not even its condition is looked at."""
    worked: Counter[object] = Counter()
    compute = Evaluator._compute

    def count(self: Evaluator, of: Formula, level: Level, year: int, scope: str) -> Vector:
        worked[of] += 1
        return compute(self, of, level, year, scope)

    monkeypatch.setattr(Evaluator, "_compute", count)
    there = builders.document(jurisdiction="330100")
    condition = Relates(Relation.MORE, Measured("a"), Number(1.0))
    judgement = judged(pack(rule(at_least(2), document=there, condition=condition)), school(a=1))

    assert not any(judgement.summary().values())
    assert not worked
