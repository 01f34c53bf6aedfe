"""The durable matcher keeps inside the shape in which durable-rules answers rightly."""

import json
import math
import threading
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dabiao.engine.faults import EngineError, EngineFault
from dabiao.engine.judge import EngineChoice, judge
from dabiao.engine.judging import durable
from dabiao.engine.judging.columnar import answer
from dabiao.engine.judging.durable import Question
from dabiao.engine.judging.matcher import FAILS, HOLDS, INAPPLICABLE, UNKNOWN, MatchCase
from tests.engine.builders import at_least, judged, pack, rule, school, submit

needs_durable = pytest.mark.skipif(
    not durable.is_installed(), reason="durable-rules cannot be used here"
)
NAN = math.nan
AWKWARD = (
    0.0, -0.0, 1e-05, -1e-07, 5e-324, 2.0**53, 1e16, 1e300, -1e300, 45.0, 45.000000045,
    0.1 + 0.2, 100 / 3, math.nextafter(45.0, 46.0), NAN,
)  # fmt: skip


def match(*cases: MatchCase) -> list[list[int]]:
    """Answer cases with durable-rules."""
    many = [cases[at : at + durable.AT_ONCE] for at in range(0, len(cases), durable.AT_ONCE)]
    return [codes.tolist() for batch in many for codes in durable.answers(list(batch))]


def case(
    values: list[float],
    low: float | list[float] | None = None,
    high: float | list[float] | None = None,
    *,
    strict: bool = False,
    applicable: list[int] | None = None,
) -> MatchCase:
    """Make a case."""
    bounds = [np.array(each) if isinstance(each, list) else each for each in (low, high)]
    return MatchCase(
        "plan/r",
        None if applicable is None else np.array(applicable, np.int8),
        np.array(values),
        bounds[0],
        bounds[1],
        strict,
    )


@needs_durable
def test_four_answers() -> None:
    """Each observation gets one of four."""
    (codes,) = match(case([5, 4, NAN, 5, 5], 5.0, applicable=[1, 1, 1, 0, -1]))

    assert codes == [HOLDS, FAILS, UNKNOWN, INAPPLICABLE, UNKNOWN]


@needs_durable
def test_two_bounds_where_one_is_missing() -> None:
    """What is broken decides; what is kept does not."""
    (codes,) = match(case([1, 3, 5, NAN], [2, 2, NAN, 2], [NAN, NAN, 4, 4]))

    assert codes == [FAILS, UNKNOWN, FAILS, UNKNOWN]


numbers = st.one_of(st.sampled_from(AWKWARD), st.floats(-1e6, 1e6), st.floats(allow_infinity=False))


@st.composite
def cases(draw: st.DrawFn) -> MatchCase:
    """Draw a case with values at, beside and far from its bounds."""
    size = draw(st.integers(1, 6))
    values = draw(st.lists(numbers, min_size=size, max_size=size))

    def bound() -> float | list[float]:
        near = [value for value in values if not math.isnan(value)] or [1.0]
        single = st.one_of(
            st.sampled_from(near),
            st.sampled_from(near).map(lambda value: math.nextafter(value, math.inf)),
            numbers.filter(lambda value: not math.isnan(value)),
        )
        if draw(st.booleans()):
            return draw(single)
        return draw(st.lists(st.one_of(single, st.just(NAN)), min_size=size, max_size=size))

    sides = draw(st.sampled_from(["low", "high", "both"]))
    applicable = st.lists(st.sampled_from([1, 0, -1]), min_size=size, max_size=size)
    return case(
        values,
        bound() if sides != "high" else None,
        bound() if sides != "low" else None,
        strict=sides != "both" and draw(st.booleans()),
        applicable=draw(st.one_of(st.none(), applicable)),
    )


@needs_durable
@settings(max_examples=150, derandomize=True)
@given(st.lists(cases(), min_size=1, max_size=4))
def test_answers_are_those_of_columns(drawn: list[MatchCase]) -> None:
    """However awkward the numbers."""
    assert match(*drawn) == [answer(each).tolist() for each in drawn]


@needs_durable
def test_many_cases_take_several_rulesets() -> None:
    """More than one ruleset may hold are asked one ruleset after another."""
    many = [case([number, number + 1.0], number + 0.5) for number in range(1000)]

    assert match(*many) == [[FAILS, HOLDS]] * 1000


@needs_durable
def test_nothing_is_left_running() -> None:
    """No threads, whatever the host of durable-rules does by default."""
    before = threading.active_count()

    match(case([1.0], 2.0))

    assert threading.active_count() == before


@needs_durable
def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """Not even by the extension."""
    match(case([1.0, NAN], 2.0))

    assert capfd.readouterr() == ("", "")


def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Take down the facts that are asserted."""
    facts: list[dict[str, Any]] = []
    fire = durable.Ruleset._fire

    def listen(self: durable.Ruleset, fact: str) -> list[str]:
        facts.append(json.loads(fact))
        return fire(self, fact)

    monkeypatch.setattr(durable.Ruleset, "_fire", listen)
    return facts


@needs_durable
def test_facts_are_small_and_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """A constant id, two short names, and numbers without bare exponents below 2**53."""
    facts = told(monkeypatch)

    match(case(list(AWKWARD), 45.0), case(list(AWKWARD), None, list(AWKWARD)))

    assert facts
    for fact in facts:
        assert fact["id"] == "o"
        assert set(fact) <= {"id", "grp", "ind", "a", "v", "dl", "dh"}
        assert json.dumps(fact).isascii()
        for name in ("v", "dl", "dh"):
            if name in fact:
                assert abs(fact[name]) < 2**53
                assert "e" not in repr(fact[name]) or "." in repr(fact[name])


@needs_durable
def test_same_observation_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules have no memory, so neither need there be a second question."""
    facts = told(monkeypatch)

    match(case([45.0] * 100 + [NAN] * 100, 45.0))

    assert len(facts) == 2


def test_names_do_not_collide() -> None:
    """Property names are compared by their hash alone, so no two may share one."""
    reserved = ("id", "sid", "$s", "$i", "$m", "$forward", "$time", "$timerName", "$baseTime")
    names = (*reserved, "exception", "grp", "ind", "a", "v", "dl", "dh")

    assert len({fnv(name) for name in names}) == len(names)


def fnv(name: str) -> int:
    """Hash an ASCII name as the engine does (FNV-1a, 32 bits)."""
    found = 0x811C9DC5
    for byte in name.encode():
        found = ((found ^ byte) * 16777619) & 0xFFFFFFFF
    return found


QUESTIONS = [
    case([1.0], 2.0),
    case([1.0], 2.0, [3.0], applicable=[1]),
    case([1.0], None, [2.0], strict=True),
    case([1.0], 2.0, 3.0),
    case([1.0], [2.0], [3.0]),
    case([1.0], 2.0, [3.0]),
]


@pytest.mark.parametrize("asked", QUESTIONS)
def test_rules_stay_in_the_envelope(asked: MatchCase) -> None:
    """Few rules per question; absence only beside a positive test; one test per condition."""
    answers = list(Question.of(asked).answers())

    assert len(answers) * durable.AT_ONCE <= durable.MOST_RULES
    for _, conditions in answers:
        absent = [each for each in conditions if "$nex" in each]
        assert len(absent) < len(conditions) + 2  # group and name come before them
        assert all(len(each) == 1 for each in conditions)


@needs_durable
@pytest.mark.parametrize("fired", [[], ["i0a2", "i0a3"]])
def test_wrong_number_of_answers_is_a_fault(
    fired: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither silence nor two answers pass for one."""
    monkeypatch.setattr(durable.Ruleset, "_fire", lambda *_: fired)

    with pytest.raises(EngineFault, match=f"answered {len(fired)} times"):
        match(case([1.0], 2.0))


@needs_durable
def test_engine_that_refuses_a_fact_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it says, it is not taken for an answer."""
    monkeypatch.setattr(durable, "_has_bare_exponent", lambda _: False)

    with pytest.raises(EngineFault, match="cannot take"):
        match(case([1e-05], 2.0))


def test_auto_takes_it_for_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is installed and the submission is small; else columns."""
    catalog, facts = pack(rule(at_least(5))), submit(school(a=1)).facts()

    def chosen(engine: EngineChoice) -> str:
        return judge(catalog, facts, engine=engine).engine

    if durable.is_installed():
        assert chosen(EngineChoice.AUTO) == "durable"
    monkeypatch.setattr("dabiao.engine.judge.FEW", 0)
    assert chosen(EngineChoice.AUTO) == "columnar"


@pytest.fixture
def uninstalled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide durable-rules."""
    monkeypatch.setattr(durable, "is_installed", lambda: False)


@pytest.mark.usefixtures("uninstalled")
def test_without_durable_rules() -> None:
    """Auto does without; who asks for it is told what to do."""
    catalog = pack(rule(at_least(5)))

    assert judged(catalog, school(a=1), engine=EngineChoice.AUTO).engine == "columnar"
    with pytest.raises(EngineError, match="--engine columnar"):
        judged(catalog, school(a=1), engine=EngineChoice.DURABLE)
