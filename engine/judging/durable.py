"""Matching with durable-rules, one observation at a time.

durable-rules 2.0.28 gives silently wrong answers, hangs or crashes on ordinary input outside a
narrow shape of rules and facts. Everything here keeps inside that shape by construction: small tall
facts, asserted one at a time, and what fires read before the next; conjunctions over one fact that
begin with two constant texts; ASCII names; numbers that are finite, below 2**53, and not written
with a bare exponent; no threads; actions that only append to a list. Each observation is answered
by exactly one rule, or nothing is; ``containment`` and ``durable_session`` hold every answer
against that of columns.
"""

import itertools
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from functools import cache
from typing import Any, Self

import numpy as np

from dabiao.engine.data.algebra import Numbers
from dabiao.engine.faults import EngineFault
from dabiao.engine.judging.comparison import Bound
from dabiao.engine.judging.matcher import FAILS, HOLDS, INAPPLICABLE, UNKNOWN, Codes, MatchCase
from dabiao.schemas.record import dataclass

GROUPED = 25
"""Questions under one group: a node of the network with more children becomes slow."""
AT_ONCE = 100
"""Questions in one ruleset: each fact costs time in proportion to the rules beside it."""
MOST_RULES = 4_000
"""Rules in one ruleset; 4,096 is the limit."""
LARGEST = float(2**53 - 1)
"""Numbers beyond this are not exact."""

_EXPONENTS = 1e-4
"""Only numbers below this (and above ``LARGEST``) are written with an exponent."""
_TINY = 1.5e-290
"""Numbers closer to 0 are told as this one, no bound being as close."""
_NOT_HANDLED = 1
_ONE = "o"
"""Id of the fact that is retracted before the next is asserted."""

Condition = dict[str, Any]
Fact = dict[str, str | int | float]
Code = np.int8
Told = tuple[int, float | None, float | None, float | None]
"""Whether it applies (-1: not known, or always), the value, its distances from the bounds."""


@cache
def is_installed() -> bool:
    """Tell whether durable-rules can be used here: on some Pythons it installs but fails."""
    try:
        import durable.engine  # noqa: F401 - only to see whether it works
    except ImportError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Question:
    """What observations are asked: the same for all cases that ask alike.

    A bound that is the same for all is a condition of the rules; one that varies is compared as
    a margin against 0.

    Attributes:
        key: Whose question it is.
        low: What ``v`` may not be below; None where ``dl``, the distance above it, is given.
        high: What ``v`` may not be above; None where ``dh`` is given.
        has_low: Whether there is a lower bound.
        has_high: Whether there is an upper bound.
        open: Whether the bound itself is outside.
        conditional: Whether it may not apply, as ``a`` tells: 1 or 0, or absent where not known.
    """

    key: str
    low: float | None
    high: float | None
    has_low: bool
    has_high: bool
    open: bool
    conditional: bool

    @classmethod
    def of(cls, case: MatchCase) -> "Question":
        """Read the question of a case."""
        return cls(
            case.key,
            _threshold(case.low),
            _threshold(case.high),
            case.low is not None,
            case.high is not None,
            case.open,
            case.applicable is not None,
        )

    def answers(self) -> Iterator[tuple[Code, list[Condition]]]:
        """Give the conditions under which each answer holds, no two of them at once."""
        applies: list[Condition] = []
        if self.conditional:
            applies = [{"a": 1}]
            yield INAPPLICABLE, [{"a": 0}]
            yield UNKNOWN, [{"$nex": {"a": 1}}]
        for code, conditions in self._outcomes():
            yield code, [*applies, *conditions]

    def _outcomes(self) -> Iterator[tuple[Code, list[Condition]]]:
        """Give the answers where it applies."""
        if not self.has_low or not self.has_high:
            name, keeps, breaks = self._low() if self.has_low else self._high()
            yield HOLDS, [keeps]
            yield FAILS, [breaks]
            yield UNKNOWN, [{"$nex": {name: 1}}]
            return
        low, above, below_low = self._low()
        high, under, beyond_high = self._high()
        yield HOLDS, [above, under]
        yield FAILS, [below_low]
        yield FAILS, [above, beyond_high]
        yield UNKNOWN, [{"$nex": {low: 1}}, {"$nex": {high: 1}}]
        if low != high:
            yield FAILS, [{"$nex": {low: 1}}, beyond_high]
            yield UNKNOWN, [{"$nex": {low: 1}}, under]
            yield UNKNOWN, [{"$nex": {high: 1}}, above]

    def _low(self) -> tuple[str, Condition, Condition]:
        name, edge = ("dl", 0.0) if self.low is None else ("v", self.low)
        keeps, breaks = ("$gt", "$lte") if self.open else ("$gte", "$lt")
        return name, {keeps: {name: edge}}, {breaks: {name: edge}}

    def _high(self) -> tuple[str, Condition, Condition]:
        name, edge = ("dh", 0.0) if self.high is None else ("v", self.high)
        keeps, breaks = ("$lt", "$gte") if self.open else ("$lte", "$gt")
        return name, {keeps: {name: edge}}, {breaks: {name: edge}}

    def observations(self, case: MatchCase) -> Iterator[Told]:
        """Give what is told of each subject."""
        value = case.value
        applicable = itertools.repeat(-1, len(value))
        if case.applicable is not None:
            applicable = iter(case.applicable.tolist())
        nothing: list[float | None] = [None] * len(value)
        thresholds = [edge for edge in (self.low, self.high) if edge is not None]
        values = _written(value, thresholds[0]) if thresholds else nothing
        low = _margins(value, case.low) if self.has_low and self.low is None else nothing
        high = _margins(value, case.high) if self.has_high and self.high is None else nothing
        return zip(applicable, values, low, high, strict=True)


def _threshold(bound: Bound | None) -> float | None:
    """Give a bound that can stand in a rule; None for one that has to be compared as a margin."""
    if not isinstance(bound, float) or _has_bare_exponent(bound):
        return None
    return bound if bound == 0 or _TINY < abs(bound) < LARGEST else None


def _has_bare_exponent(value: float) -> bool:
    """Tell whether a number is written like 1e-05, which the engine cannot read."""
    text = repr(value)
    return "e" in text and "." not in text


def _margins(value: Numbers, bound: Bound | None) -> list[float | None]:
    with np.errstate(all="ignore"):
        return _written(value - np.asarray(bound), 0.0)


def _written(values: Numbers, threshold: float) -> list[float | None]:
    """Give numbers that the engine can read, on the same side of a threshold; None for NaN."""
    near = np.clip(values, -LARGEST, LARGEST)
    near = np.where((near != 0) & (np.abs(near) < _TINY), np.copysign(_TINY, near), near)
    for at in np.flatnonzero(np.abs(near) < _EXPONENTS).tolist():
        if _has_bare_exponent(float(near[at])):
            near[at] = np.nextafter(near[at], math.copysign(math.inf, near[at] - threshold))
    written = near.astype(object)
    written[np.isnan(near)] = None
    found: list[float | None] = written.tolist()
    return found


@dataclass(slots=True)
class _Known:
    """What was answered: the code, the hash of the fact's id, whether somebody asked lately."""

    code: Code
    hashed: int = 0
    wanted: bool = False


@dataclass(slots=True)
class _Asked:
    """A question in a ruleset, and the answers that were given already."""

    group: str
    name: str
    known: dict[Told, _Known] = field(default_factory=dict)


def answers(cases: list[MatchCase]) -> list[Codes]:
    """Answer as many cases as fit into one ruleset, ``AT_ONCE`` at most.

    Raises:
        EngineFault: An observation was not answered exactly once, or the engine failed.
    """
    asked = [(Question.of(case), case) for case in cases]
    with Ruleset(question for question, _ in asked) as ruleset:
        return [answer(question, case, ruleset.ask) for question, case in asked]


def answer(question: Question, case: MatchCase, ask: Callable[[Question, Told], Code]) -> Codes:
    """Answer a case, asking about each of its observations in turn."""
    told = question.observations(case)
    return np.fromiter((ask(question, each) for each in told), np.int8, len(case.held))


class Ruleset:
    """A ruleset, and the facts that were told to it.

    The host is there to make and register the ruleset; it starts no threads. Facts go straight to
    the extension, in the order of calls in which the host makes them, but nothing of ours runs in
    between: which rules fired is read from the extension's own answer.
    """

    def __init__(self, questions: Iterable[Question]) -> None:
        import durable_rules_engine
        from durable import engine

        class QuietHost(engine.Host):  # type: ignore[misc] # without types
            def _run(self) -> None:
                """Start no threads."""

        self._engine = durable_rules_engine
        self._asked: dict[Question, _Asked] = {}
        self._codes: dict[str, Code] = {}
        self._ids: dict[int, str] = {}
        self._numbers = itertools.count()
        self._has_fired = False
        rules: dict[str, Condition] = {}
        for number, question in enumerate(dict.fromkeys(questions)):
            about = self._asked[question] = _Asked(f"g{number // GROUPED}", f"i{number}")
            start: list[Condition] = [{"grp": about.group}, {"ind": about.name}]
            for place, (code, conditions) in enumerate(question.answers()):
                name = f"{about.name}a{place}"
                self._codes[name] = code
                rules[name] = {"all": [{"m": {"$and": [*start, *conditions]}}], "run": _never_run}
        if len(rules) > MOST_RULES:
            raise EngineFault(f"{len(rules)} rules in one ruleset")
        self._host = QuietHost()
        self._host.set_rulesets({"r": rules})
        self._handle = self._host.get_ruleset("r")._handle  # noqa: SLF001 - no other way to it

    def __len__(self) -> int:
        """Count the facts that are held."""
        return len(self._ids)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the ruleset, with all that it holds."""
        if self._has_fired:  # deleting the state of a ruleset that never fired crashes
            self._host.delete_state("r")
        ruleset = self._host._ruleset_directory.pop("r")  # noqa: SLF001 - as above
        self._host._ruleset_list.remove(ruleset)  # noqa: SLF001 - as above
        self._engine.delete_ruleset(self._handle)

    def ask(self, question: Question, told: Told) -> Code:
        """Ask about one observation, once for all that are alike, holding nothing.

        Raises:
            EngineFault: It was not answered, or more than once, or the engine failed.
        """
        about = self._asked[question]
        known = about.known.get(told)
        if known is None:
            try:
                known = about.known[told] = _Known(self._assert(question, told, _ONE))
            finally:
                self._retract(_ONE)
        return known.code

    def hold(self, question: Question, told: Told) -> Code:
        """Ask about one observation, and hold it until nobody asks about it any more.

        Raises:
            EngineFault: As for ``ask``.
        """
        about = self._asked[question]
        known = about.known.get(told)
        if known is None:
            named, hashed = self._free_id()
            try:
                code = self._assert(question, told, named)
            except EngineFault:
                self._retract(named)
                raise
            self._ids[hashed] = named
            known = about.known[told] = _Known(code, hashed)
        known.wanted = True
        return known.code

    def settle(self) -> int:
        """Retract what nobody asked about since it was settled last, and count it."""
        gone = 0
        for about in self._asked.values():
            for told, known in list(about.known.items()):
                if not known.wanted:
                    self._retract(self._ids.pop(known.hashed))
                    del about.known[told]
                    gone += 1
                known.wanted = False
        return gone

    def _free_id(self) -> tuple[str, int]:
        """Give an id whose hash no other one has."""
        while True:
            named = f"f{next(self._numbers)}"
            hashed = _fnv(named)
            if hashed not in self._ids:
                return named, hashed

    def _retract(self, named: str) -> None:
        self._engine.retract_fact(self._handle, json.dumps({"id": named}))

    def _assert(self, question: Question, told: Told, named: str) -> Code:
        about = self._asked[question]
        fact: Fact = {"id": named, "grp": about.group, "ind": about.name}
        if told[0] >= 0:
            fact["a"] = told[0]
        for name, number in zip(("v", "dl", "dh"), told[1:], strict=True):
            if number is not None:
                fact[name] = number
        fired = self._fire(json.dumps(fact))
        if len(fired) != 1:
            raise EngineFault(f"{question.key} was answered {len(fired)} times for {fact!r}")
        return self._codes[fired[0]]

    def _fire(self, fact: str) -> list[str]:
        """Assert a fact and list the rules that fire."""
        try:
            status, state = self._engine.assert_fact(self._handle, fact)
        except self._engine.error as error:
            raise EngineFault(f"durable-rules cannot take {fact}: {error}") from error
        if status == _NOT_HANDLED:
            return []
        if status != 0:
            raise EngineFault(f"durable-rules answers {status} to {fact}")
        fired: list[str] = []
        started = self._engine.start_action_for_state(self._handle, state)
        context, message = started or (None, None)
        while message:
            self._has_fired = True
            fired.extend(json.loads(message))
            self._engine.update_state(self._handle, context)
            message = self._engine.complete_and_start_action(self._handle, state)
        return fired


def _fnv(text: str) -> int:
    """Hash a text in ASCII as the engine does."""
    hashed = 0x811C9DC5
    for byte in text.encode("ascii"):
        hashed = ((hashed ^ byte) * 0x01000193) & 0xFFFFFFFF
    return hashed


def _never_run(_: object) -> None:
    """Stand for the action that each rule must have."""
