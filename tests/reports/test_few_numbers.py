"""Numbers of which there are few different ones are looked at once each."""

import io
from functools import partial
from unittest.mock import patch

import pytest
from pyarrow import parquet

from dabiao import schemas
from dabiao.engine.columns import rule_columns
from dabiao.engine.heading import headed
from dabiao.engine.judge import judge
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.counted.recorded import RecordedFindings
from dabiao.reports.format_names import Format
from dabiao.rules.catalog.norm import Compares, Within
from dabiao.rules.formulas.formula import Measured, Number, Relates, Relation
from dabiao.schemas.comparator import Comparator
from dabiao.schemas.distinct import FewNumbers
from dabiao.schemas.level import Level
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import RunOptions
from tests.engine.builders import at_least, pack, rule, school, submit
from tests.reports.test_run_parquet import rendered


def test_few_different_numbers_tell_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is worked out once for each different number is what is worked out for each finding."""
    a = [None if at % 13 == 0 else (at * 37 % 1100 - 300) / 100 for at in range(3000)]
    schools = [school(f"s{at:04}", a=value, b=at % 2) for at, value in enumerate(a)]
    asks = [
        rule(at_least(5), "r1"),
        rule(at_least(6.5), "r2", condition=Relates(Relation.MORE, Measured("a"), Number(-1.0))),
        rule(Within(Measured("a"), Number(6.0), Number(6.5)), "r3"),
    ]
    facts = submit(*schools).facts()

    def files() -> list[bytes]:
        judgement = judge(pack(*asks), facts)
        found = list(judgement.excerpt().columns([Outcome.VIOLATION]))
        assert [isinstance(each.observed, FewNumbers) for each in found] == [few, few, False]
        run = headed(judgement.run(()), judgement, RunOptions())
        known = Circumstances(source=judgement.excerpt(), outcomes=(Outcome.VIOLATION,))
        shown = judgement.excerpt().digest()
        written = [rendered(run, form, known) for form in (Format.JSON, Format.CSV, Format.PARQUET)]
        return [*written, repr([each.gravest(9) for each in shown.groups]).encode()]

    few = True
    together = files()
    columns = facts.levels[Level.SCHOOL].columns
    alone = {slug: column.values for slug, column in columns.items()}
    monkeypatch.setattr(schemas.facts, "MANY", 1000)
    for column in columns.values():
        column.held = schemas.facts.packed(column.held)

    assert isinstance(columns["a"].held, FewNumbers)
    assert files() == together

    for slug, column in columns.items():
        column.held = alone[slug]
    monkeypatch.setattr(rule_columns, "few_numbers", lambda _: None)
    few = False
    assert files() == together


def test_numbers_of_which_few_differ_are_written_as_such() -> None:
    """Until they stand in the file nobody makes one number a finding of them."""
    more = partial(Compares, Measured("a"), Comparator.MORE_THAN)
    asks = [rule(more(Number(5 + at / 10)), f"r{at}") for at in range(3)]
    schools = [school(f"s{at:05}", a=at % 400 / 100) for at in range(12_000)]
    judgement = judge(pack(*asks), submit(*schools).facts())
    run = headed(judgement.run(()), judgement, RunOptions())
    known = Circumstances(source=judgement.excerpt(), outcomes=(Outcome.VIOLATION,))
    with patch.object(FewNumbers, "whole", autospec=True, side_effect=FewNumbers.whole) as whole:
        content = rendered(run, Format.PARQUET, known)

    table = parquet.read_table(io.BytesIO(content), columns=["observed", "gap", "numbers"])
    assert len(table) == 36_000
    assert table.column("gap")[0].as_py() == 5.0
    assert table.column("numbers")[0].as_py() == [5.01]
    assert not whole.called


@pytest.mark.parametrize("most", [1, 4, 100])
def test_no_more_findings_are_given_at_a_time_than_asked_for(most: int) -> None:
    """Be they judged now or read from a run; none is left out."""
    judgement = judge(
        pack(rule(at_least(5), "r1"), rule(at_least(6), "r2")),
        submit(*(school(f"s{at}", a=at) for at in range(9))).facts(),
    )
    run = judgement.run()
    for source in (judgement.excerpt(), RecordedFindings(run)):
        sizes = [len(each.columns) for each in source.forms(most=most)]

        assert max(sizes) <= most
        assert sum(sizes) == len(run.findings) == 18
