"""Rules as their features tell them: with topic, proofs, and the rule that governs them."""

from collections.abc import Collection
from typing import NamedTuple

from dabiao.rules.language.feature_source import ScenarioSource
from dabiao.rules.packs.read import PackReading
from dabiao.schemas.language import say
from dabiao.schemas.rule import RuleRecord


class RuleSheet(NamedTuple):
    """One rule, told.

    Attributes:
        record: The rule.
        topic: Name of its feature.
        proofs: Its examples, a line each, by the name of their scenario.
    """

    record: RuleRecord
    topic: str
    proofs: dict[str, list[str]]


def describe(reading: PackReading, rules: Collection[str]) -> list[RuleSheet]:
    """Describe rules of a pack that was read with its proofs."""
    proofs: dict[str, dict[str, list[str]]] = {}
    for proof in reading.proofs:
        if proof.rule is not None:
            told = proofs.setdefault(proof.rule, {})
            told.setdefault(proof.scenario.name.text, []).append(_example(proof.scenario))
    return [
        RuleSheet(rule.record(), reading.catalog.topic(rule.file).text, proofs.get(rule.id, {}))
        for rule in reading.catalog
        if rule.id in rules
    ]


def _example(scenario: ScenarioSource) -> str:
    """Tell an example by its row, or by its steps where it has none."""
    if scenario.example:
        return scenario.example
    return say("；", "; ").join(step.phrase.text for step in scenario.steps)
