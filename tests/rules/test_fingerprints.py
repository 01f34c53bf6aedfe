"""The hash of a rule: other for whatever decides verdicts, the same for all else."""

from dataclasses import fields, replace
from typing import Any

from dabiao.rules.catalog.catalog import Rule, Stage
from dabiao.rules.catalog.fingerprints import verdict_hash
from dabiao.rules.catalog.norm import Compares
from dabiao.rules.formulas.formula import Measured, Number, Truth
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.document import Units
from dabiao.schemas.level import Level
from dabiao.schemas.rule import Baseline, NormRecord, Timing, TimingKind
from tests.engine.builders import at_least, pack, rule

RULE = rule(at_least(1.0))
OTHER = Compares(Measured("a"), Comparator.MORE_THAN, Number(1.0))
DECIDES: dict[str, Any] = {
    "level": Level.CLASS,
    "area": "150602",
    "condition": Truth(value=True),
    "norm": OTHER,
    "timing": Timing(kind=TimingKind.DUE, last=2025),
    "baseline": Baseline(year=2020),
    "decimals": 1,
    "tolerance": 0.5,
    "stages": (Stage(2024, OTHER, 1.0),),
}
DECIDES_NOTHING: dict[str, Any] = {
    "id": "plan/other",
    "title": "别的题目",
    "description": "说明",
    "places": ("第二条",),
    "condition_text": "条件",
    "norm_text": "别的要求",
    "unit": "个",
    "measure": "b",
    "units": Units(lead=("甲局",)),
    "contradicts": ("plan/other",),
    "aspiration": True,
    "file": "other.feature",
    "line": 9,
    "norm_record": NormRecord(text="别的要求", kind="compare", measure="b"),
    "group": "plan/other",
    "token": True,
    "trial": True,
}
ELSEWHERE = {"document", "tags", "governors", "superseded_by", "replaces", "replaced_by"}
"""What other rules and documents say; a run tells it apart from what the rule itself says."""


def test_hash_knows_what_decides() -> None:
    """Every part of a rule either decides verdicts, and the hash has it, or decides nothing."""
    vocabulary = pack(RULE).vocabulary

    def differs(name: str, value: Any) -> bool:  # noqa: ANN401 - any part of a rule
        changed = replace(RULE, **{name: value})
        return verdict_hash(changed, vocabulary) != verdict_hash(RULE, vocabulary)

    assert {each.name for each in fields(Rule) if each.init} == {
        *DECIDES,
        *DECIDES_NOTHING,
        *ELSEWHERE,
    }
    assert [name for name, value in DECIDES.items() if not differs(name, value)] == []
    assert [name for name, value in DECIDES_NOTHING.items() if differs(name, value)] == []
