"""Targets that several rules state are counted once, alike from columns and from findings."""

from collections import Counter
from dataclasses import replace

import pytest

from dabiao.engine.judge import Judgement
from dabiao.reports.summaries import once_said, repeats
from dabiao.rules.catalog.catalog import Catalog
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from tests.engine.builders import (
    OPEN,
    A,
    B,
    Sub,
    at_least,
    county,
    judged,
    pack,
    rule,
    school,
)

SCHOOLS = (
    county("150602"),
    county("150603"),
    school("S1", "150602", a=6, b=1, open=True),
    school("S2", "150602", a=4, b=9, open=True),
    school("S3", "150603", a=4, b=1, open=False),
    school("S4", "150603", b=1),
)


def stated_twice(*, only_open: bool = False) -> Catalog:
    """State one target by two rules, of which the first may not apply to everybody."""
    first = rule(at_least(5, A), slug="first", level=Level.SCHOOL)
    if only_open:
        first = replace(first, condition=OPEN)
    second = rule(at_least(5, B), slug="second", level=Level.SCHOOL)
    alone = rule(at_least(5, A), slug="alone", level=Level.SCHOOL)
    catalog = pack(first, second, alone)
    group = {"plan/first": "plan/first", "plan/second": "plan/first"}
    rules = {id_: replace(each, group=group.get(id_)) for id_, each in catalog.rules.items()}
    return replace(catalog, rules=rules)


def counted(judgement: Judgement) -> dict[Outcome, int]:
    """Count what is repeated, leaving out what is not."""
    return {each: count for each, count in judgement.run().repeated.items() if count}


def test_what_the_second_says_is_repeated_where_the_first_applies() -> None:
    """Counted by the first, whatever the second comes to."""
    run = judged(stated_twice(), *SCHOOLS).run()

    assert counted(judged(stated_twice(), *SCHOOLS)) == {Outcome.VIOLATION: 3, Outcome.COMPLIANT: 1}
    assert sum(run.targets.values()) == sum(run.summary.values()) - 4
    assert run.targets[Outcome.MISSING] == 2
    assert str(run.targets[Outcome.VIOLATION]) in once_said(run)


def test_where_the_first_does_not_apply_the_second_is_counted() -> None:
    """S3 is not open, so that only the second speaks of it."""
    assert counted(judged(stated_twice(only_open=True), *SCHOOLS)) == {
        Outcome.VIOLATION: 2,
        Outcome.COMPLIANT: 1,
    }


@pytest.mark.parametrize("subjects", [SCHOOLS, SCHOOLS[:4], SCHOOLS[::-1]])
@pytest.mark.parametrize("only_open", [False, True])
def test_columns_and_findings_agree(subjects: tuple[Sub, ...], *, only_open: bool) -> None:
    """Of the whole run, and of one county."""
    judgement = judged(stated_twice(only_open=only_open), *subjects)
    for excerpt in (judgement.excerpt(), judgement.excerpt("150602")):
        of_findings = Counter(each.outcome for each in repeats(excerpt.findings()))
        assert dict(of_findings) == {each: n for each, n in excerpt.repeated().items() if n}


def test_nothing_is_said_where_nothing_is_repeated() -> None:
    """The counts are what they are."""
    assert not once_said(judged(pack(rule(at_least(5))), *SCHOOLS).run())
