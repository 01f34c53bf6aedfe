"""Two runs compared: every changed finding with what changed it, each kind of cause told apart."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace

import openpyxl
import pytest

from dabiao.engine.heading import headed
from dabiao.engine.judge import judge
from dabiao.reports.comparison.compare import compare
from dabiao.reports.comparison.listing import comparison_listing, headlines, print_comparison
from dabiao.reports.comparison.trend import trend_listing
from dabiao.reports.comparison.words import cause_words
from dabiao.reports.format_names import Format
from dabiao.reports.lists.listings import write_listing
from dabiao.reports.page.trend import write_trend
from dabiao.rules.catalog.catalog import Catalog, Rule
from dabiao.rules.catalog.norm import AllComply
from dabiao.rules.formulas.formula import Above, Arithmetic, Calculation, Measured, Number
from dabiao.schemas.border import border
from dabiao.schemas.comparison import CauseKind, ChangeKind, RunComparison
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.level import Level
from dabiao.schemas.lifetime import Lifetime, RosterStatus
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.run import Run, RunOptions
from tests.engine.builders import (
    OPEN,
    A,
    Sub,
    at_least,
    county,
    due,
    indicator,
    item,
    judged,
    pack,
    rule,
    school,
    submit,
    within,
    years,
)

ONE = rule(at_least(5), level=Level.SCHOOL)
SCHOOLS = (county("150602"), school("S1", "150602", a=6), school("S2", "150602", a=4))


def run_of(catalog: Catalog, *subjects: Sub, file: str = "old") -> Run:
    """Judge, and say that the facts come from a file that tells one submission from another."""
    judgement = judged(catalog, *subjects)
    run = headed(judgement.run(), judgement, RunOptions())
    facts = tuple(replace(each, sha256=file) for each in run.facts)
    return replace(run, facts=facts)


BEFORE = run_of(pack(ONE), *SCHOOLS)


def kinds(found: RunComparison) -> list[tuple[str, list[CauseKind]]]:
    """Give the kinds of causes by subject."""
    return [(each.subject, [cause.kind for cause in each.causes]) for each in found.changes]


def test_a_run_does_not_differ_from_itself() -> None:
    """All of its findings are unchanged."""
    found = compare(BEFORE, BEFORE)

    assert (found.changes, found.same) == ((), len(BEFORE.findings))


def test_a_figure_that_changed_is_told_with_both_values_and_its_cell() -> None:
    """An outcome that changed comes before a value that did."""
    after = run_of(
        pack(ONE),
        county("150602"),
        school("S1", "150602", a=7),
        school("S2", "150602", a=5),
        file="new",
    )

    found = compare(BEFORE, after)

    assert kinds(found) == [("S2", [CauseKind.FACTS]), ("S1", [CauseKind.FACTS])]
    change = found.changes[0]
    assert change.outcomes == (Outcome.VIOLATION, Outcome.COMPLIANT)
    (cause,) = change.causes
    assert (cause.measure, cause.before, cause.after, cause.year) == ("a", 4, 5, 2025)
    assert cause.source is not None


def test_a_value_read_otherwise_from_the_same_file_is_no_change_of_facts() -> None:
    """Its hash is the same."""
    after = run_of(pack(ONE), *SCHOOLS[:2], school("S2", "150602", a=5))

    assert kinds(compare(BEFORE, after)) == [("S2", [CauseKind.READING])]


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        (replace(ONE, norm=at_least(3), norm_text="要求更低"), "norm"),
        (replace(ONE, condition=OPEN, condition_text="开放"), "condition"),
        (replace(ONE, timing=due(2026)), "timing"),
    ],
    ids=["norm", "condition", "timing"],
)
def test_a_rule_that_changed_is_told_by_its_part(changed: object, part: str) -> None:
    """The facts are the same."""
    assert isinstance(changed, type(ONE))
    found = compare(BEFORE, run_of(pack(changed), *SCHOOLS))

    causes = [cause for each in found.changes for cause in each.causes]
    assert {(cause.kind, cause.part) for cause in causes} == {(CauseKind.RULE, part)}


def test_a_formula_that_changed_is_a_change_of_the_rule() -> None:
    """Its own words are the same; what it rests on is not."""
    share = indicator("share", Level.SCHOOL)
    asks = rule(at_least(5, Measured("share")), level=Level.SCHOOL)

    def with_factor(factor: float) -> Run:
        formula = Calculation(Arithmetic.MULTIPLY, Measured("a"), Number(factor))
        return run_of(pack(asks, indicators={share: formula}), *SCHOOLS)

    found = compare(with_factor(1), with_factor(2))

    parts = {(cause.kind, cause.part) for each in found.changes for cause in each.causes}
    assert (CauseKind.RULE, "formula") in parts


def test_a_formula_is_the_same_however_much_of_it_a_finding_rests_on() -> None:
    """One that reported the indicator itself rests on none of its parts, and knows no names."""
    share = indicator("share", Level.SCHOOL)
    asks = rule(at_least(5, Measured("share")), level=Level.SCHOOL)
    catalog = pack(asks, indicators={share: Calculation(Arithmetic.ADD, A, Number(1.0))})
    told, computed = (
        run_of(catalog, SCHOOLS[0], school("S1", "150602", **cells), file=str(cells))
        for cells in ({"share": 3}, {"a": 7})
    )

    for before, after in ((told, computed), (computed, told)):
        (change,) = compare(before, after).changes
        assert CauseKind.RULE not in {cause.kind for cause in change.causes}


def test_what_another_year_brings_along_is_not_tried_alone() -> None:
    """Nobody knows of a figure of the later year whether it stood in the earlier file."""
    pending = rule(at_least(5), timing=due(2025))
    before, after = (
        run_of(pack(pending), county("150602"), years("S1", "150602", **values), file=file)
        for values, file in (({"y2024": 6, "y2025": 4}, "old"), ({"y2024": 7, "y2025": 4}, "new"))
    )
    earlier = judged(
        pack(pending), county("150602"), years("S1", "150602", y2024=6, y2025=4), as_of=2024
    )
    run = replace(headed(earlier.run(), earlier, RunOptions()), facts=before.facts)

    (change,) = compare(run, after).changes

    assert {(cause.kind, cause.alone) for cause in change.causes} == {
        (CauseKind.YEAR, None),
        (CauseKind.FACTS, None),
    }


def test_facts_and_rule_are_tried_each_alone() -> None:
    """Of two things that changed, the one that turned the outcome is named."""
    eased = replace(ONE, norm=at_least(4.5), norm_text="要求更低")
    better = (*SCHOOLS[:2], school("S2", "150602", a=5))

    found = compare(BEFORE, run_of(pack(eased), *better, file="new"))

    (change,) = (each for each in found.changes if each.subject == "S2")
    assert {cause.kind: cause.alone for cause in change.causes} == {
        CauseKind.RULE: False,  # 4 is less than 4.5 too
        CauseKind.FACTS: True,  # 5 would have been enough before
    }


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: (run_of(pack(), *SCHOOLS), BEFORE), CauseKind.ADDED),
        (lambda: (BEFORE, run_of(pack(), *SCHOOLS)), CauseKind.WITHDRAWN),
        (lambda: (run_of(pack(ONE), SCHOOLS[0]), BEFORE), CauseKind.ROSTER),
        (lambda: (BEFORE, run_of(pack(ONE), SCHOOLS[0])), CauseKind.ROSTER),
    ],
    ids=["added", "withdrawn", "new", "gone"],
)
def test_what_only_one_run_has(make: Callable[[], tuple[Run, Run]], kind: CauseKind) -> None:
    """A rule or a subject that the other does not know."""
    found = compare(*make())

    assert sorted(kinds(found)) == [("S1", [kind]), ("S2", [kind])]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (RunOptions(area="150603"), "两次考核的范围不同：全部 → 150603"),
        (RunOptions(unit="教育局"), "两次考核的范围不同：全部 → 教育局"),
        (RunOptions(rules=("x",)), "两次考核的范围不同：全部 → x"),
        (RunOptions(tokens=True), "两次考核的范围不同：全部 → 只要看有没有的规则"),
        (RunOptions(outcomes=(Outcome.MISSING,)), "保存的结论不同：全部 → 缺数据"),
    ],
    ids=["place", "unit", "rules", "kind of rules", "outcomes"],
)
def test_runs_that_were_asked_for_something_else(asked: RunOptions, told: str) -> None:
    """What one run was not asked for, or does not keep, is neither new nor gone: it is said."""
    rules = replace(BEFORE.rules, selected=() if asked.choice else BEFORE.rules.selected)
    narrowed = replace(BEFORE, options=asked, findings=(), rules=rules)
    found = compare(BEFORE, narrowed)

    assert (found.changes, found.same, found.apart) == ((), 0, 2)
    assert any(told in line for line in headlines(found))
    assert any("没有比较的 2 条" in line for line in headlines(found))
    assert compare(narrowed, BEFORE).apart == 2
    assert not any("没有比较" in line for line in headlines(compare(BEFORE, BEFORE)))


def test_runs_that_keep_only_what_is_missed() -> None:
    """What one of them keeps came out otherwise in the other: it got worse or better, not new."""
    only = RunOptions(outcomes=(Outcome.VIOLATION,))
    before, after = (
        replace(
            run,
            options=only,
            findings=tuple(each for each in run.findings if each.outcome in only.outcomes),
        )
        for run in (
            BEFORE,
            run_of(
                pack(ONE),
                SCHOOLS[0],
                school("S1", "150602", a=4),
                school("S2", "150602", a=6),
                file="new",
            ),
        )
    )

    found = compare(before, after)

    told = {each.subject: (each.kind, *map(cause_words, each.causes)) for each in found.changes}
    assert told == {
        "S1": (ChangeKind.WORSE, "没有保存：上次不是未达标，是什么没有保存"),
        "S2": (ChangeKind.BETTER, "没有保存：这次不是未达标，是什么没有保存"),
    }
    assert found.before.years == compare(BEFORE, BEFORE).before.years


def test_a_school_that_was_handed_over_is_told() -> None:
    """Its county of now differs from that of before."""
    two = (county("150602"), county("150603"))
    before = run_of(pack(ONE), *two, school("S1", "150602", a=6))
    after = run_of(pack(ONE), *two, school("S1", "150603", a=4), file="new")

    ((_, found),) = kinds(compare(before, after))

    assert set(found) == {CauseKind.ROSTER, CauseKind.FACTS}


def test_a_place_that_only_a_rule_speaks_of_moves_nobody() -> None:
    """Without the rule nothing tells that 150600 lies above them."""
    of_place = rule(at_least(1), "of-place", area="150600")
    before = run_of(pack(ONE, of_place), *SCHOOLS)

    found = compare(before, run_of(pack(ONE), *SCHOOLS))

    gone = {cause.kind for each in found.changes for cause in each.causes}
    assert (len(found.changes), gone) == (2, {CauseKind.WITHDRAWN})


def test_another_year_that_a_rule_looks_at_moves_nobody() -> None:
    """Who lay elsewhere in that year did so before, though no rule looked there."""
    moving = replace(years("S1", "150602", y2023=4, y2025=4), parent="150602")
    of_2023 = rule(at_least(5), "of-2023", timing=within(2023))

    def run(*rules: Rule, bound: float) -> Run:
        facts = submit(county("150602"), county("150603"), moving).facts()
        facts.levels[Level.SCHOOL].moves[0] = {2023: "150603", 2024: "150602"}
        judgement = judge(pack(*rules, replace(ONE, norm=at_least(bound))), facts, as_of=2025)
        return headed(judgement.run(), judgement, RunOptions())

    found = compare(run(bound=5), run(of_2023, bound=3))

    told = {cause.kind for each in found.changes if each.rule == ONE.id for cause in each.causes}
    assert told == {CauseKind.RULE}


def test_findings_below_of_a_year_that_is_not_judged_are_not_gone() -> None:
    """A rule within 2025, judged in 2026, looks at those of 2025, of which that run has none."""
    of_all = AllComply(Level.SCHOOL, "@r")
    all_good = rule(of_all, "all", level=Level.COUNTY, timing=within(2025), unit="")
    catalog = pack(replace(ONE, tags=frozenset({"r"})), all_good)
    runs = []
    for as_of, value in ((2025, 6), (2026, 7)):
        subjects = county("150602"), years("S1", "150602", y2025=value), school("S2", "150602", a=4)
        judgement = judged(catalog, *subjects[: 2 if as_of == 2026 else 3], as_of=as_of)
        runs.append(headed(judgement.run(), judgement, RunOptions()))

    found = compare(runs[0], runs[1])

    (change,) = (each for each in found.changes if each.rule == all_good.id)
    told = {cause.subject for cause in change.causes if cause.kind is CauseKind.ROSTER}
    assert told == {"S2"}


def test_a_school_that_came_brings_its_figures_along() -> None:
    """The sum of a county that had none is no figure that anybody corrected."""
    two = county("150602"), county("150603")
    total = rule(at_least(5, Measured("n")), "total", level=Level.COUNTY)
    summed = pack(total, items=(item("n", Level.COUNTY, Level.SCHOOL, summed=True),))
    before, after = (
        run_of(summed, *two, school("S1", "150602", n=9), school("S2", place, n=9), file=place)
        for place in ("150602", "150603")
    )

    told = dict(kinds(compare(before, after)))

    assert told == {"150602": [CauseKind.ROSTER], "150603": [CauseKind.ROSTER]}


def test_who_was_closed_counts_no_more_where_it_lay() -> None:
    """It lies where it lay; told is that it does not count there."""
    total = rule(at_least(5, Measured("n")), "total", level=Level.COUNTY)
    summed = pack(total, items=(item("n", Level.COUNTY, Level.SCHOOL, summed=True),))
    life = Lifetime(RosterStatus.CLOSED, None, 2024)
    closed = replace(school("S2", "150602"), life=life)
    before, after = (
        run_of(summed, county("150602"), school("S1", "150602", n=9), second, file="same")
        for second in (school("S2", "150602", n=9), closed)
    )

    (change,) = compare(before, after).changes

    assert [(each.before, each.after) for each in change.causes] == [("名150602", "不计入")]


def test_where_somebody_lies_is_told_by_the_step_that_differs() -> None:
    """A school stays in its county, and the county is another prefecture's now."""
    upper = tuple(Sub(Level.PREFECTURE, code, None, {2025: {"a": 1}}) for code in ("P1", "P2"))
    tops = rule(at_least(1, Above(Level.PREFECTURE, A)), "top")

    def run(top: str, value: float) -> Run:
        subjects = Sub(Level.COUNTY, "C1", top, {}), school("S1", "C1", a=value)
        return run_of(pack(ONE, tops), *upper, *subjects)

    found = compare(run("P1", 6), run("P2", 4))

    causes = [cause for each in found.changes for cause in each.causes]
    roster = [cause for cause in causes if cause.kind is CauseKind.ROSTER]
    assert {(each.before, each.after) for each in roster} == {("名P1", "名P2")}


def test_years_of_which_none_is_common_are_compared_last_with_last() -> None:
    """The year is a cause, and so are its figures."""
    pending = rule(at_least(5), level=Level.SCHOOL, timing=due(2025))
    subject = years("S1", "150602", y2024=4, y2025=4)
    before, after = (
        judged(pack(pending), county("150602"), subject, as_of=year).run() for year in (2024, 2025)
    )

    found = compare(before, after)

    assert found.years == ((2024, 2025),)
    assert kinds(found) == [("S1", [CauseKind.YEAR])]
    assert found.changes[0].outcomes == (Outcome.ON_TRACK, Outcome.VIOLATION)


def test_another_program_is_the_cause_where_nothing_else_differs() -> None:
    """And nothing is made up where that is the same too."""
    other = BEFORE.findings[0], *BEFORE.findings[1:]
    changed = replace(other[0], observed=99)
    after = replace(BEFORE, findings=(changed, *other[1:]))
    newer = replace(after, version="99")

    assert [kind for _, kind in kinds(compare(BEFORE, after))] == [[CauseKind.UNKNOWN]]
    assert [kind for _, kind in kinds(compare(BEFORE, newer))] == [[CauseKind.PROGRAM]]


@pytest.mark.parametrize("language", list(Language))
def test_every_format_tells_the_same(language: Language) -> None:
    """Counts, changes and causes."""
    after = run_of(pack(ONE), *SCHOOLS[:2], school("S2", "150602", a=5), file="new")
    found = compare(BEFORE, after)
    with speaking(language):
        listing = comparison_listing(found)
        texts = []
        for form in (Format.JSON, Format.CSV, Format.MARKDOWN):
            stream = io.StringIO()
            write_listing(listing, form, stream)
            texts.append(stream.getvalue())
        stream = io.StringIO()
        print_comparison(found, stream)
        cause = CauseKind.FACTS.label
    for text in (*texts[1:], stream.getvalue()):
        assert cause in text
        assert "S2" in text
    assert border(RunComparison).validate_json(texts[0]) == found
    assert json.loads(texts[0])["schema"] == "dabiao.comparison/1"


def test_a_trend_has_a_row_a_run() -> None:
    """With the rate of what was judged; a workbook has it drawn."""
    after = run_of(pack(ONE), *SCHOOLS[:2], school("S2", "150602", a=5), file="new")

    listing = trend_listing([("first", BEFORE), ("second", after)])
    rows = listing.rows
    with io.BytesIO() as raw:
        text = io.TextIOWrapper(raw, "utf-8")
        write_listing(listing, Format.XLSX, text)
        page = openpyxl.load_workbook(raw).active

    assert [(row["run"], row["violation"], row["rate"]) for row in rows] == [
        ("first", 1, "50.0%"),
        ("second", 0, "100%"),
    ]
    assert page is not None
    assert len(page._charts) == 1  # type: ignore[attr-defined]


def test_a_trend_groups_thousands_as_every_report_does() -> None:
    """Not those of years, and not for programs."""
    many = replace(BEFORE, summary=BEFORE.summary | {Outcome.COMPLIANT: 2773})
    texts = []
    for form in (Format.TABLE, Format.MARKDOWN, Format.CSV):
        with io.StringIO() as stream:
            write_listing(trend_listing([("a", many)]), form, stream)
            texts.append(stream.getvalue())

    assert ["2,773" in text for text in texts] == [True, True, False]
    assert all("2025" in text for text in texts)


def test_a_trend_names_its_columns_by_years_where_they_differ() -> None:
    """Two runs of one year are told by their places in the list instead."""
    later = replace(BEFORE, as_of=2027)
    drawn = []
    for other in (later, BEFORE):
        stream = io.StringIO()
        write_trend([("a", BEFORE), ("b", other)], stream)
        drawn.append(re.findall(r'"middle">(\d+)</text>', stream.getvalue()))

    assert drawn == [["2025", "2027"], ["1", "2"]]


def test_a_trend_as_a_page_says_what_the_rate_is() -> None:
    """A column a run and a line of rates, drawn without a script; other rules are told."""
    after = run_of(pack(replace(ONE, norm=at_least(4), norm_text="要求更低")), *SCHOOLS)
    other = replace(after, as_of=2027, years=(2027,), rules=replace(after.rules, hash="other"))
    stream = io.StringIO()
    write_trend([("<first>", BEFORE), *(("more", other) for _ in range(99))], stream)
    page = stream.getvalue()

    assert page.count("<circle") == 100
    assert "&lt;first&gt;" in page
    assert "<script" not in page
    assert "达标率 = 达标 ÷（未达标 + 滞后 + 缺数据 + 推进中 + 达标）" in page
    assert "这 100 次检查用了 2 套规则" in page
    assert "没有这些年份的检查：2026" in page
