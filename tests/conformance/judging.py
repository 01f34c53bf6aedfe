"""The cases of conformance/, judged by an engine."""

from collections import Counter
from collections.abc import Iterable

from conformance.run import Findings, differences
from dabiao.engine.judge import EngineChoice, judge
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.catalog.selection import Wanted, select_to_judge
from dabiao.schemas.facts import Facts
from dabiao.schemas.finding import Scalar
from dabiao.schemas.outcome import Outcome


def row(outcome: Outcome, values: Iterable[Scalar]) -> dict[str, str]:
    """Write the values of a finding as the table has them."""
    texts = [
        "" if each is None else str(each) if not isinstance(each, bool) else ("no", "yes")[each]
        for each in values
    ]
    names = ("observed", "required", "required upper", "gap")
    said = outcome.value.replace("_", " ")
    return {"outcome": said, **dict(zip(names, texts, strict=True))}


def wrong(
    catalog: Catalog,
    facts: Facts,
    expected: Findings,
    engine: EngineChoice = EngineChoice.COLUMNAR,
) -> list[str]:
    """Say in what an engine differs from what is expected, in findings or in counts of them."""
    rules = select_to_judge(catalog, Wanted())
    judgement = judge(catalog, facts, rules=rules, every_year=True, engine=engine)
    assert judgement.mishap is None
    found: Findings = {
        (each.rule, each.subject.code, str(each.year)): row(
            each.outcome, (each.observed, each.required.value, each.required.upper, each.gap)
        )
        for each in judgement.findings(brief=True)
    }
    counts = {outcome.value.replace("_", " "): n for outcome, n in judgement.summary().items() if n}
    wanted = Counter(each["outcome"] for each in expected.values())
    told = [] if counts == wanted else [f"counts are {counts}, not {dict(wanted)}"]
    return [*differences(expected, found), *told]
