"""Running the scenarios of a pack: does each rule say what was meant?"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.language.draft import Draft
from dabiao.rules.language.scenario import Judge, Scenario, UnprovedError
from dabiao.rules.packs.read import Proof
from dabiao.rules.sentences import find
from dabiao.schemas.language import say


@dataclass(frozen=True, slots=True)
class ProofResult:
    """What came of one scenario.

    Attributes:
        rule: The rule it proves, or None.
        scenario: Its name.
        example: Its row of examples.
        file: The feature.
        line: The line of the scenario or of its row.
        passed: Whether everything came out as it says.
        message: What came out otherwise, with the step; empty if it passed.
    """

    rule: str | None
    scenario: str
    example: str
    file: str
    line: int
    passed: bool
    message: str


def prove(
    proofs: Iterable[Proof],
    catalog: Catalog,
    judge: Judge,
    *,
    rules: Collection[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> list[ProofResult]:
    """Run scenarios.

    Args:
        proofs: The scenarios, as they were read.
        catalog: The pack they belong to.
        judge: How facts are judged.
        rules: Ids to narrow to; None runs all, those of indicators too.
        progress: Told the feature of each scenario.
    """
    results: list[ProofResult] = []
    for proof in proofs:
        if rules is not None and proof.rule not in rules:
            continue
        if progress is not None:
            progress(proof.feature)
        rule = catalog.rules[proof.rule] if proof.rule is not None else None
        results.append(run(proof, catalog, rule, judge))
    return results


def run(proof: Proof, catalog: Catalog, rule: Rule | None, judge: Judge) -> ProofResult:
    """Run one scenario against a rule, which need not be the one in the catalog."""
    scenario = proof.scenario
    if rule is not None and catalog.rules.get(rule.id) is not rule:
        catalog = replace(catalog, rules={**catalog.rules, rule.id: rule})
    catalog = replace(catalog, vocabulary=proof.words)
    draft = Draft(
        proof.feature, scenario.name, scenario=Scenario(catalog, rule, judge, proof.documents)
    )
    expectations = 0
    message = ""
    for step in scenario.steps:
        sentence = find(step.phrase.text, step.kind)
        if sentence is None:
            message = say(
                f"没有这样的句式：{step.phrase.text}", f"no such sentence: {step.phrase.text}"
            )
            break
        try:
            sentence.apply(draft, step.phrase, step.table)
        except UnprovedError as error:
            message = f"{step.phrase.text} — {error}"
            break
        if draft.problems:
            message = f"{step.phrase.text} — {draft.problems[0].message}"
            break
        expectations += step.kind == "then"
    if not message and not expectations:
        message = say("场景没有“那么”，什么也没证明", "the scenario has no Then and proves nothing")
    if not message and (draft.scenario is None or draft.scenario.judged is None):
        message = say("场景没有“当 在…年考核”", "the scenario has no When")
    return ProofResult(
        rule=proof.rule,
        scenario=scenario.name.text,
        example=scenario.example,
        file=scenario.name.spot.file,
        line=scenario.name.spot.line,
        passed=not message,
        message=message,
    )
