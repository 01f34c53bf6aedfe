"""Scenarios that prove nothing, because a step is missing or stands in the wrong place."""

from dabiao.rules.language.feature_source import ScenarioSource, Step
from dabiao.rules.sentences.pattern import find
from dabiao.schemas.language import say
from dabiao.schemas.problem import Problem


def proves_nothing(scenario: ScenarioSource) -> Problem | None:
    """Tell of a scenario that is not judged, or expects nothing; None where there is no such."""
    said = {each.kind for each in scenario.steps}
    if not scenario.steps:
        return scenario.name.problem(
            "unproved",
            say("场景没有步骤，什么也没证明", "the scenario has no steps and proves nothing"),
            hint=say(
                "写上 假如、当、那么 三步，或者删去这个场景",
                "write its Given, When and Then, or delete it",
            ),
        )
    last = scenario.steps[-1].phrase
    if "then" not in said:
        return last.problem(
            "unproved",
            say("场景没有“那么”，什么也没证明", "the scenario has no Then and proves nothing"),
            hint=say('在后面加一步，如 那么 结论是"达标"', 'add: Then the outcome is "compliant"'),
        )
    if "when" not in said:
        return last.problem(
            "unproved",
            say("场景没有“当 在…年考核”", "the scenario has no When"),
            hint=say(
                "在“那么”前面加一步，如 当 在2025年考核", "add before Then: When 2025 is judged"
            ),
        )
    if (early := _too_early(scenario)) is not None:
        return early
    outcome = next((each.phrase for each in scenario.steps if _looks_at_facts(each)), None)
    if "given" not in said and outcome is not None:
        return outcome.problem(
            "unproved",
            say(
                "场景没有“假如”，没有可考核的数据",
                "the scenario has no Given and no facts to judge",
            ),
            hint=say(
                "在“当”前面加一步，如 假如 某学校的 在校生数 是 10",
                "add before When: Given a school whose pupils is 10",
            ),
        )
    return None


def _looks_at_facts(step: Step) -> bool:
    """Tell whether a step expects an outcome or a gap, which nothing has without facts."""
    sentence = find(step.phrase.text, step.kind)
    return sentence is not None and sentence.name in ("outcome", "outcome-of", "gap")


def _too_early(scenario: ScenarioSource) -> Problem | None:
    """Tell of a step that stands before the one that it rests on; None where none does."""
    judged = open_ = False  # whether anything was judged, and whether that is yet to be looked at
    for step in scenario.steps:
        if step.kind == "then" and not judged:
            return _out_of_order(
                step,
                say(
                    "“那么”写在“当”前面，还没有考核",
                    "Then stands before When: nothing is judged yet",
                ),
            )
        if step.kind == "given" and open_:
            return _out_of_order(
                step,
                say(
                    "“假如”写在“当”后面，考核时还没有它",
                    "Given stands behind When, and comes too late",
                ),
            )
        if step.kind == "when" and open_:
            return _out_of_order(
                step, say("“当”接连写了两次，前一次没有用", "two When: the first one does nothing")
            )
        judged, open_ = judged or step.kind == "when", step.kind == "when"
    return None


def _out_of_order(step: Step, message: str) -> Problem:
    return step.phrase.problem(
        "unproved",
        message,
        hint=say("先 假如，再 当，最后 那么", "Given first, then When, and Then last"),
    )
