"""Findings that are worded at once are worded as if each was alone."""

import gc
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao.engine.judge import judge
from dabiao.engine.judgement import Judgement
from dabiao.reports import wording
from dabiao.reports.at_once.alike import Alike, alike
from dabiao.reports.at_once.each import AtOnce, KnownTexts, NotAtOnceError, worded
from dabiao.reports.circumstances import Circumstances
from dabiao.reports.counted.recorded import RecordedFindings
from dabiao.reports.fields import FIELDS, FindingField, fields
from dabiao.reports.format_names import TOLD_ONE_BY_ONE, Format, held
from dabiao.reports.numbers import quantity
from dabiao.reports.page import charts
from dabiao.reports.page.columns import PageColumns
from dabiao.reports.page.telling import LINES, MORE_LINES, MOST_INPUTS, Beside, Telling
from dabiao.reports.run import csv
from dabiao.reports.run.parquet.arrow import ArrowFindings
from dabiao.reports.writing.formats import write_run
from dabiao.rules.catalog.norm import Within
from dabiao.rules.formulas.formula import Number
from dabiao.schemas.columns import FindingForms
from dabiao.schemas.distinct import whole
from dabiao.schemas.finding import Finding, Input, Scalar
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run
from dabiao.schemas.unseen import SeenText, visible
from tests.engine.builders import A, pack, rule, school, submit, years
from tests.engine.strategies import Case, cases, profile
from tests.reports.test_page_script import lines_of


def by_two_bounds() -> Judgement:
    """Judge schools by a bound on either side."""
    values = [1, 9, 2, 8, 1234.5, 5, 0, 30, None, 5.125, 4, 6, 2e6] * 9
    schools = [school(f"s{at:03}", a=value) for at, value in enumerate(values)]
    norm = Within(A, Number(4.0), Number(6.0))
    return judge(pack(rule(norm, unit="%")), submit(*schools).facts())


def violations() -> FindingForms:
    """Give what violations say alike."""
    (found,) = by_two_bounds().excerpt().forms((Outcome.VIOLATION,))
    return found


@pytest.mark.parametrize("spoken", Language)
def test_they_are_worded_a_few_times(spoken: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once for each outcome and direction, not once for each finding; and all say the same."""
    judgement, asked = by_two_bounds(), list[Finding]()
    values = csv._value_of

    def counted(field: FindingField, finding: Finding) -> object:
        asked.append(finding)
        return values(field, finding)

    monkeypatch.setattr(csv, "_value_of", counted)
    together, alone = io.StringIO(), io.StringIO()
    with speaking(spoken):
        csv.write_csv(judgement.excerpt().forms(), together)
        told = [[field.value(each) for field in FIELDS] for each in judgement.findings()]
        csv.write_rows([field.heading for field in FIELDS], told, alone)

    assert together.getvalue() == alone.getvalue()
    assert len(told) == 117
    assert len({id(each) for each in asked}) <= 6


@pytest.mark.parametrize(
    ("code", "unit", "is_seen"),
    [
        ("s", "\u1820\u200d", True),  # of a letter, by which Mongolian chooses its form
        ("s", "人\u202e", False),
        ("s\x1b", "人", False),
    ],
)
def test_rows_are_said_to_be_seen_where_they_are(code: str, unit: str, *, is_seen: bool) -> None:
    """Parts are looked at once each; so rows need no second look, but where a part is unseen."""
    schools = [school(f"{code}{at}", a=value) for at, value in enumerate([1, 9, 5, None, 2.5])]
    norm = Within(A, Number(4.0), Number(6.0))
    judgement = judge(pack(rule(norm, unit=unit)), submit(*schools).facts())
    (told,) = map(csv._Table().rows, judgement.excerpt().forms())
    as_text = str(told)

    assert (type(told) is SeenText, visible(as_text) == as_text) == (is_seen, is_seen)


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """Count the findings that are built meanwhile."""
    begin, count = Finding.__init__, [0]

    def counted(self: Finding, *given: Any, **named: Any) -> None:  # noqa: ANN401 - as it takes
        count[0] += 1
        begin(self, *given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(Finding, "__init__", counted)
        yield count


def built(schools: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """Count the findings that are built while many are counted, ranked, tabled and written."""
    values = [1, 9, 2, 8, 5, 0, None, 4, 6, 2]
    made = [school(f"s{at:04}", a=values[at % len(values)]) for at in range(schools)]
    judgement = judge(pack(rule(Within(A, Number(4.0), Number(6.0)))), submit(*made).facts())
    next(judgement.findings())  # its ``__init__`` is made when it is first used
    with counting(monkeypatch) as count:
        excerpt = judgement.excerpt()
        excerpt.summary()
        assert [group.gravest(3) for group in excerpt.digest().groups]
        assert len(ArrowFindings(excerpt).table()) == schools
        csv.write_csv(excerpt.forms(), io.StringIO())
        assert count[0] > 0
        few = count[0]
        assert len(list(judgement.findings())) == schools
        assert count[0] - few == schools  # which is how they are counted
    return few


def test_no_more_findings_are_built_where_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is counted, not timed: a finding is built for what is shown, not for each subject."""
    assert built(400, monkeypatch) == built(40, monkeypatch)


def built_for(
    form: Format, schools: int, monkeypatch: pytest.MonkeyPatch, *, every_year: bool = False
) -> int:
    """Count the findings that are built for a report: one school misses, and the others do not."""
    values = [(5, None, 4.5)[at % 3] if at else 9 for at in range(schools)]
    made = [years(f"s{at:04}", y2024=4.2, y2025=value) for at, value in enumerate(values)]
    demands = pack(rule(Within(A, Number(4.0), Number(6.0))))
    judgement = judge(demands, submit(*made).facts(), every_year=every_year)
    next(judgement.findings())
    with counting(monkeypatch) as count:
        run, file = judgement.run(held([form])), io.TextIOWrapper(io.BytesIO())
        write_run(run, form, file, circumstances=Circumstances(source=judgement.excerpt()))
    return count[0]


@pytest.mark.parametrize("form", [*TOLD_ONE_BY_ONE, Format.HTML])
def test_no_more_findings_are_built_for_a_report_than_it_tells(
    form: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who complies, and who owes data, is counted and listed without a finding each."""
    assert 0 < built_for(form, 300, monkeypatch) == built_for(form, 30, monkeypatch)


def test_what_was_seen_in_other_years_is_drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of several years builds no more findings either."""
    many = built_for(Format.HTML, 300, monkeypatch, every_year=True)
    assert 0 < many == built_for(Format.HTML, 30, monkeypatch, every_year=True)


def test_nothing_is_left_of_a_rule_that_was_written() -> None:
    """Memory does not grow with the rules, though nobody looks for circles meanwhile."""
    judgement = by_two_bounds()
    gc.disable()
    try:
        csv.write_csv(judgement.excerpt().forms(), io.StringIO())
        left = [each for each in gc.get_objects() if type(each) in (AtOnce, Alike)]
    finally:
        gc.enable()

    assert left == []


def test_those_of_whom_the_answer_is_another_are_worded_anew() -> None:
    """A question about the number of one is asked of all."""
    of, known = violations(), KnownTexts[str](100, list)
    found = {}
    for some in alike(of):
        for each in worded(of, some, lambda finding: [bool(finding.observed > 6)]):
            for at in each.some.places.tolist():
                found[at] = each.told[0]
        for mark in worded(of, some, lambda finding: quantity(finding.observed, "人")):
            assert len(list(mark.at_once.texts(mark.told, known))) == len(some.places)

    assert found == {at: value > 6 for at, value in enumerate(whole(of.columns.observed).tolist())}


def test_whose_they_are_is_asked_of_all() -> None:
    """The one that is asked for is told apart from all others, and these are told together."""
    of = violations()
    some = max(alike(of), key=lambda each: len(each.places))
    codes = [subject.code for subject in of.subjects().at(some.places)]

    told = list(worded(of, some, lambda finding: finding.subject.code == codes[3]))
    assert {tuple(each.some.places.tolist()): each.told for each in told} == {
        (some.places[3],): True,
        tuple(np.delete(some.places, 3).tolist()): False,
    }


@pytest.mark.parametrize(
    "ask",
    [
        lambda finding: str(finding.observed),
        lambda finding: f"{finding.observed:.2f}",
        lambda finding: hash(finding.observed),
        lambda finding: float(finding.observed),
        lambda finding: finding.observed + 1,
        lambda finding: finding.subject.name,
        lambda finding: str(finding.subject.code),
        lambda finding: hash(finding.subject.code),
    ],
    ids=["text", "formatted", "key", "number", "sum", "subject", "code", "key of the code"],
)
def test_what_cannot_be_asked_of_all_is_asked_one_by_one(ask: Callable[[Any], object]) -> None:
    """A number that is written past its column would be written of all."""
    of = violations()
    some = max(alike(of), key=lambda each: len(each.places))

    with pytest.raises(NotAtOnceError):
        ask(AtOnce(of, some).finding())
    assert len(list(worded(of, some, ask))) == len(some.places) > 9


@profile(share=0.05)
@given(case=cases(doubtful=True, mortal=True), spoken=st.sampled_from(Language))
def test_a_page_says_of_each_finding_what_it_says_alone(case: Case, spoken: Language) -> None:
    """What is worded once for many is, letter by letter, what each says by itself.

    So it is where forms are found again in findings that were built one by one.
    """
    judgement = judge(case.catalog, case.submission.facts(), every_year=case.every_year)
    run = judgement.run()
    with speaking(spoken):
        for forms in (judgement.excerpt().forms(), RecordedFindings(run).forms()):
            columns = PageColumns(forms, run)
            said = Telling(columns, Beside(run, columns))
            told = {
                "shapes": said.book.shapes.values,
                "lines": said.book.lines.values,
                "shape": said.shape.tolist(),
                "numbers": "\n".join(said.numbers),
            }
            assert len(columns) == len(run.findings)
            for at, of in enumerate(sorted(run.findings, key=_place)):
                lines = lines_of(told, at)
                inputs = [wording.given(each, of, _name(columns, each, of)) for each in of.inputs]
                assert lines[: len(LINES)] == [field.text(of) for field in fields(*LINES)]
                chart = lines[len(LINES) + MORE_LINES.index("chart")]
                assert chart == charts.packed(charts.points(of, _seen(run, of)))
                assert lines[len(LINES) + len(MORE_LINES) :][:MOST_INPUTS] == inputs[:MOST_INPUTS]
                assert columns.finding(at) == of


def _place(of: Finding) -> tuple[str, int, str]:
    return of.rule, of.year, of.subject.code


def _seen(run: Run, of: Finding) -> list[tuple[int, Scalar]]:
    """Give what was observed of the same in each year that was judged."""
    known = (each for each in run.findings if (each.rule, each.subject) == (of.rule, of.subject))
    return [(each.year, each.observed) for each in known if each.year == each.figures]


def _name(columns: PageColumns, given: Input, of: Finding) -> str | None:
    whose = given.subject
    return None if whose in (None, of.subject.code) else columns.places.name(whose)
