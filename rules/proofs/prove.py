"""Running the scenarios of a pack: does each rule say what was meant?"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.language.draft import Draft
from dabiao.rules.language.feature_source import Step
from dabiao.rules.language.scenario import Judge, Scenario, UnprovedError, WhyOf
from dabiao.rules.packs.read import Proof
from dabiao.rules.sentences import find
from dabiao.schemas.language import say
from dabiao.schemas.record import dataclass


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


def prove(  # noqa: PLR0913 - each of them is a choice of its own
    proofs: Iterable[Proof],
    catalog: Catalog,
    judge: Judge,
    *,
    rules: Collection[str] | None = None,
    progress: Callable[[str, float], None] | None = None,
    wording: WhyOf | None = None,
) -> list[ProofResult]:
    """Run scenarios.

    Args:
        proofs: The scenarios, as they were read.
        catalog: The pack they belong to.
        judge: How facts are judged.
        rules: Ids to narrow to; None runs all, those of indicators too.
        progress: Told what is being done and how much of it, from 0 to 1.
        wording: Puts into words why something came out otherwise.
    """
    results: list[ProofResult] = []
    chosen = [proof for proof in proofs if rules is None or proof.rule in rules]
    for done, proof in enumerate(chosen):
        if progress is not None:
            many = f" {done + 1:,}/{len(chosen):,}"
            progress(say("场景", "scenario") + f"{many} {proof.feature}", done / len(chosen))
        rule = catalog.rules[proof.rule] if proof.rule is not None else None
        results.append(run(proof, catalog, rule, judge, wording))
    return results


def run(
    proof: Proof, catalog: Catalog, rule: Rule | None, judge: Judge, wording: WhyOf | None = None
) -> ProofResult:
    """Run one scenario against a rule, which need not be the one in the catalog."""
    [message] = run_beside(proof, catalog, [rule], judge, wording)
    scenario = proof.scenario
    return ProofResult(
        rule=proof.rule,
        scenario=scenario.name.text,
        example=scenario.example,
        file=scenario.name.spot.file,
        line=scenario.name.spot.line,
        passed=not message,
        message=message,
    )


def run_beside(
    proof: Proof,
    catalog: Catalog,
    rules: Sequence[Rule | None],
    judge: Judge,
    wording: WhyOf | None = None,
) -> list[str]:
    """Run one scenario against several rules at once, judging its facts by all of them together.

    Args:
        proof: The scenario.
        catalog: The pack it belongs to.
        rules: Rules about the same level and place, each under an id of its own.
        judge: How facts are judged.
        wording: Puts into words why something came out otherwise.

    Returns:
        For each rule what came out otherwise than the scenario says; empty where nothing did.
    """
    known = [each for each in rules if each is not None]
    if any(catalog.rules.get(each.id) is not each for each in known):
        catalog = replace(catalog, rules={**catalog.rules, **{each.id: each for each in known}})
    catalog = replace(catalog, vocabulary=proof.words)
    scenario = Scenario(catalog, rules[0], judge, known[1:], proof.documents)
    draft = Draft(proof.feature, proof.scenario.name, scenario=scenario)
    messages = [""] * len(rules)
    expectations = 0
    for step in proof.scenario.steps:
        left = [at for at, message in enumerate(messages) if not message]
        if not left:
            break
        if step.kind != "then":
            said = _carried_out(step, draft, wording)
            messages = [message or said for message in messages]
            continue
        expectations += 1
        for at in left:
            scenario.rule = rules[at]
            messages[at] = _carried_out(step, draft, wording)
        scenario.rule = rules[0]
    lacking = ""
    if not expectations:
        lacking = say("场景没有“那么”，什么也没证明", "the scenario has no Then and proves nothing")
    elif scenario.judged is None:
        lacking = say("场景没有“当 在…年考核”", "the scenario has no When")
    return [message or lacking for message in messages]


def _carried_out(step: Step, draft: Draft, wording: WhyOf | None) -> str:
    """Carry out a step, and give what is wrong with it or came out otherwise."""
    text = step.phrase.text
    sentence = find(text, step.kind)
    if sentence is None:
        return say(f"没有这样的句式：{text}", f"no such sentence: {text}")
    try:
        sentence.apply(draft, step.phrase, step.table)
    except UnprovedError as error:
        why = "" if error.of is None or wording is None else wording(error.of())
        return f"{text} — {error}" + (say("：", ": ") + why if why else "")
    if draft.problems:
        message = draft.problems[0].message
        draft.problems.clear()
        return f"{text} — {message}"
    return ""
