"""Whether a finding can be decided once what it lacks comes in: tried on the judgement itself.

What is missing is given several values that its range allows, all of them different, so that
nothing is 0 or equal by chance. Who divides by a known 0 stays undecided whatever comes in.
"""

from collections.abc import Sequence

import numpy as np

from dabiao.engine.data.algebra import Numbers, Vector
from dabiao.engine.data.subject_year import SubjectYear
from dabiao.engine.evaluation.what_if import Variable, WhatIf
from dabiao.engine.findings.observation import Observation
from dabiao.engine.judging.columnar import answer
from dabiao.engine.judging.matcher import CODE
from dabiao.engine.judging.rule_plan import RulePlanner
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Changes
from dabiao.rules.formulas.formula import (
    Arithmetic,
    Below,
    Calculation,
    Choice,
    Formula,
    Number,
    Ratio,
    Variation,
)
from dabiao.rules.formulas.vocabulary import Vocabulary
from dabiao.schemas.measure import ItemType
from dabiao.schemas.outcome import Outcome

_LANES = 16
_GOLDEN = 0.6180339887498949
"""Multiples of it, without their whole part, are spread evenly and never meet."""
_OPEN_END = 1000.0
"""How far a range without an end is tried."""


def may_stay_undefined(rule: Rule, vocabulary: Vocabulary) -> bool:
    """Tell whether a rule may have no value although nothing that it looks at is missing."""
    relative = isinstance(rule.norm, Changes) and rule.norm.relative
    return relative or any(map(_may_fail, vocabulary.unfold(rule.formulas)))


def _may_fail(part: Formula) -> bool:
    if isinstance(part, Calculation):
        divides = part.operator in (Arithmetic.DIVIDE, Arithmetic.ROUND_UP)
        return divides and not isinstance(part.right, Number)
    narrowed = isinstance(part, Below) and part.condition is not None
    return narrowed or isinstance(part, Ratio | Choice | Variation)


def can_be_decided(
    planner: RulePlanner, observation: Observation, missing: Sequence[Variable]
) -> bool:
    """Tell whether an undecided finding is decided by some values of what is missing.

    Args:
        planner: Judges anew.
        observation: The finding.
        missing: All that it lacks.
    """
    rule, subject = observation.rule, observation.subject
    items = planner.evaluator.vocabulary.items
    if any(items[each.slug].type is ItemType.CATEGORY for each in missing):
        return True  # whose options no number stands for
    values = {each: _values(planner, each, at) for at, each in enumerate(missing, 1)}
    what_if = WhatIf(planner.evaluator, rule.document.id, values)

    def evaluate(formula: Formula, year: int) -> Vector:
        return what_if.value(formula, SubjectYear(rule.level, subject, year))

    plan = planner.tried(rule, observation.plan.year, np.full(_LANES, subject), evaluate)
    outcomes = plan.outcomes([answer(case) for case in plan.cases()])
    return bool((outcomes != CODE[Outcome.MISSING]).any())


def _values(planner: RulePlanner, variable: Variable, at: int) -> Vector:
    """Give the values that the nth of several figures is tried with."""
    item = planner.evaluator.vocabulary.items[variable.slug]
    spread: Numbers = np.modf(_GOLDEN * (at * _LANES + np.arange(_LANES)))[0]
    if item.type is ItemType.BOOLEAN:
        return (spread < 0.5).astype(np.int8)  # noqa: PLR2004 - half of them
    low = 0.0 if item.minimum is None else item.minimum
    high = low + _OPEN_END if item.maximum is None else item.maximum
    return low + (high - low) * spread**3  # small ones too, which conditions often ask for
