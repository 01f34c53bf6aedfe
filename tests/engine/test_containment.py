"""durable-rules does no harm: whatever it does, columns have answered, and it is told."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from dabiao.engine.judge import EngineChoice, judge
from dabiao.engine.judging import columnar, containment, durable
from dabiao.engine.judging.containment import DurableMatcher
from dabiao.engine.judging.matcher import Codes, MatchCase, Mishap
from dabiao.schemas.run import EngineFailure
from tests.engine.builders import at_least, pack, rule, school, submit

pytestmark = [
    pytest.mark.skipif(not durable.is_installed(), reason="durable-rules cannot be used here"),
    pytest.mark.skipif(os.name == "nt", reason="signals are sent"),
]
SEGFAULT = """
from durable import engine
d.answers = lambda batch: [host.set_rulesets({"r": rules}), host.post_batch("r", [])]
class Host(engine.Host):
    def _run(self): pass
host = Host()
rules = {"a": {"all": [{"m": {"$and": [{"g": "x"}]}}], "run": print}}
"""
"""An empty batch, over which durable-rules ends with a fault of memory."""
RIGHT = "right = d.answers"
WRONG = f"{RIGHT}; d.answers = lambda batch: [1 - codes for codes in right(batch)]"
HANGS = "import time; d.answers = lambda batch: time.sleep(1000)"
FAULTS = {
    "def no(_): raise d.EngineFault('no')\nd.answers = no": EngineFailure.REFUSED,
    WRONG: EngineFailure.WRONG,
    SEGFAULT: EngineFailure.CRASHED,
    "d.answers = 1": EngineFailure.CRASHED,
    "import sys; sys.exit()": EngineFailure.CRASHED,
    f"{RIGHT}; d.answers = lambda batch: [c.repeat(100_000) for c in right(batch)]": (
        EngineFailure.WRONG  # with more to tell than anybody listens to
    ),
    "import os, time; os.fork() or time.sleep(1000); os._exit(0)": EngineFailure.HUNG,
    f"import signal; signal.pthread_sigmask(0, range(1, 65)); {HANGS}": EngineFailure.HUNG,
}


def cases(count: int = 3 * durable.AT_ONCE) -> list[MatchCase]:
    """Make so many cases of two observations."""
    values = [np.array([number, number + 1.0]) for number in range(count)]
    return [
        MatchCase("plan/r", None, each, float(each[0]) + 0.5, None, open=False) for each in values
    ]


def right(asked: list[MatchCase]) -> list[list[int]]:
    """Answer by columns."""
    return [columnar.answer(each).tolist() for each in asked]


def rest(answers: Iterator[Codes]) -> list[list[int]]:
    """Take the answers that are left."""
    return [codes.tolist() for codes in answers]


def test_a_child_answers() -> None:
    """In a process of its own it answers the same, and leaves neither process nor thread."""
    before = threading.active_count()
    matcher = DurableMatcher(apart=True)

    assert rest(matcher.match(cases())) == right(cases())
    assert matcher.mishap is None
    assert matcher._child is not None
    process = matcher._child.process
    del matcher
    assert process.poll() is not None
    assert threading.active_count() == before


@pytest.mark.parametrize(
    ("sent", "how"),
    [(signal.SIGKILL, EngineFailure.CRASHED), (signal.SIGSTOP, EngineFailure.HUNG)],
)
def test_a_child_that_is_killed_or_stopped(
    sent: signal.Signals, how: EngineFailure, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it left undone is done by columns, and how much that was is told."""
    matcher = DurableMatcher(apart=True)
    answers = matcher.match(cases())
    first = [next(answers).tolist() for _ in range(durable.AT_ONCE)]
    assert matcher._child is not None
    monkeypatch.setattr(containment, "limit", lambda _: 0.2)
    process = matcher._child.process
    os.kill(process.pid, sent)

    assert first + rest(answers) == right(cases())
    assert matcher.mishap == Mishap(how, 2 * 2 * durable.AT_ONCE)
    assert process.poll() is not None


@pytest.mark.parametrize("fault", FAULTS, ids=range(len(FAULTS)))
def test_a_child_that_fails(fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is what it refuses, answers wrongly, or ends over."""
    program = (
        f"from dabiao.engine.judging import containment, durable as d\n{fault}\ncontainment.serve()"
    )
    monkeypatch.setattr(containment, "CHILD", (sys.executable, "-P", "-c", program))
    if FAULTS[fault] is EngineFailure.HUNG:
        monkeypatch.setattr(containment, "limit", lambda _: 1.0)
    matcher = DurableMatcher(apart=True)

    assert rest(matcher.match(cases(10))) == right(cases(10))
    assert matcher.mishap == Mishap(FAULTS[fault], 20)


def test_no_child_can_be_had(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nor is one needed."""
    monkeypatch.setattr(containment, "CHILD", (str(tmp_path / "none"),))
    matcher = DurableMatcher(apart=True)

    assert rest(matcher.match(cases(1))) == right(cases(1))
    assert matcher.mishap == Mishap(EngineFailure.CRASHED, 2)


def leaves(_: object) -> None:
    """End the program."""
    sys.exit()


@pytest.mark.parametrize(
    ("answers", "how"),
    [
        (lambda batch: [np.zeros(2, np.int8) for _ in batch], EngineFailure.WRONG),
        (lambda batch: [np.zeros((2, 2), np.int8) for _ in batch], EngineFailure.WRONG),
        (lambda _: [], EngineFailure.REFUSED),
        (lambda _: None, EngineFailure.REFUSED),
        (leaves, EngineFailure.REFUSED),
    ],
    ids=["wrong", "too many", "none", "nothing", "leaves"],
)
def test_few_observations_need_no_child(
    answers: Callable[[list[MatchCase]], object],
    how: EngineFailure,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A wrong answer is found there too, and what is none, and who would end the program."""
    monkeypatch.setattr(durable, "answers", answers)
    matcher = DurableMatcher()

    assert rest(matcher.match(cases(1))) == right(cases(1))
    assert matcher.mishap == Mishap(how, 2)
    assert matcher._child is None


def test_a_run_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond few observations there is a child, and a run tells what became of it."""
    monkeypatch.setattr("dabiao.engine.judge.FEW", 0)
    catalog, facts = pack(rule(at_least(5))), submit(school(a=1)).facts()
    sound = judge(catalog, facts, engine=EngineChoice.DURABLE).run()
    monkeypatch.setattr(containment, "CHILD", (sys.executable, "-c", "pass"))
    run = judge(catalog, facts, engine=EngineChoice.DURABLE).run()

    assert not any(each.kind == "engine-failed" for each in sound.caveats)
    (told,) = (each for each in run.caveats if each.kind == "engine-failed")
    assert (told.count, told.failure) == (1, EngineFailure.CRASHED)
    assert run.findings == sound.findings
