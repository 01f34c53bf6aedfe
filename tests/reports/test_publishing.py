"""The public edition: nothing that it leaves out can be worked out from what it tells."""

import io
import json
import random
import tempfile
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dabiao.engine.heading import headed
from dabiao.engine.judge import judge
from dabiao.intake import read_facts
from dabiao.reports.circumstances import told_by
from dabiao.reports.counted.recorded import RecordedFindings
from dabiao.reports.format_names import Format
from dabiao.reports.publishing.edition import public_edition
from dabiao.reports.run.json import write_json
from dabiao.reports.writing.formats import write_run
from dabiao.rules.catalog.catalog import Catalog
from dabiao.rules.packs.read import read as read_pack
from dabiao.schemas.level import Level
from dabiao.schemas.naming import SubjectName
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.reasons.lacks import Lack, NamedFew, WhyMissing
from dabiao.schemas.reasons.why import Lacking
from dabiao.schemas.run import Run, RunOptions
from tests.engine.strategies import profile
from tests.reports.linear import Known, bounds

LEVELS = {"盟市": 150600, "旗县": 150602, "学校": 0}
WORDS = """\
# language: zh-CN
功能: 人数
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称 | 标识 | 层级 | 单位 | 类型 | 范围 | 汇总 | 口径 |
      | 男 | m | 盟市、旗县、学校 | 人 | 整数 | 0.. | 求和 |  |
      | 女 | f | 盟市、旗县、学校 | 人 | 整数 | 0.. | 求和 |  |
    而且 指标
      | 名称 | 标识 | 层级 | 单位 | 公式 | 口径 |
      | 学生 | s | 盟市、旗县、学校 | 人 | 男 + 女 |  |
"""
RULE = """
  @r{n}
  规则: r{n}
    背景:
      假如 出处"第{n}条"
      而且 考核对象是"{level}"
      而且 长期执行
      那么 {norm}
"""
NORMS = ("男 应不低于 5人", "女 应高于 0人", "学生 应不低于 20人", "比例(男, 学生) 应不低于 40%")
ABOVE = ("平均(学校.男) 应不低于 9人", "计数(学校, 女 > 3人) 应不低于 1", '所有"学校"应符合"@r0"')


@cache
def catalog() -> Catalog:
    """Rules on the same figures at three levels: as they are, in shares, counted, rolled up."""
    rules = [(level, norm) for level in LEVELS for norm in NORMS]
    rules.sort(key=lambda each: each[0] != "学校")
    rules += [(level, norm) for level in ("旗县", "盟市") for norm in ABOVE]
    rules.append(("学校", "名次(男, 旗县) 应不高于 2"))
    text = WORDS + "".join(
        RULE.format(n=n, level=level, norm=norm) for n, (level, norm) in enumerate(rules)
    )
    with tempfile.TemporaryDirectory() as made:
        (Path(made) / "r.feature").write_text(text, "utf-8")
        (Path(made) / "document.yaml").write_text(
            "id: plan\ntitle: 规划\nperiod: {from: 2020}\n", "utf-8"
        )
        (Path(made) / "places.csv").write_text(
            "code,name,level,parent\n150600,市,prefecture,\n150602,东,county,150600\n"
            "150603,西,county,150600\n150621,北,county,150600\n",
            "utf-8",
        )
        reading = read_pack([Path(made)])
    assert reading.errors == []
    return reading.catalog


Schools = dict[str, tuple[int, int]]


def run_of(schools: Schools, *, told: bool) -> Run:
    """Judge schools with so many boys and girls, and those above, whose sums are told perhaps."""
    rows = [
        {"代码": code, "年份": 2025, "男": m, "女": f} | ({"学生": m + f} if told else {})
        for code, (m, f) in schools.items()
    ]
    counties = [{"代码": code, "年份": 2025} for code in sorted({each[:6] for each in schools})]
    facts = {"学校": rows, "旗县": counties, "盟市": [{"代码": "150600", "年份": 2025}]}
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "facts.json"
        path.write_text(json.dumps(facts), "utf-8")
        words = catalog().vocabulary
        read = read_facts([path], words.measures, catalog().places)
    judgement = judge(catalog(), read)
    return headed(judgement.run(), judgement, RunOptions())


def written(run: Run) -> str:
    """Write a run as everybody can read it."""
    into = io.StringIO()
    write_json(run, RecordedFindings(run).forms(), into)
    return into.getvalue()


def known_of(text: str, schools: Schools) -> list[Known]:
    """Collect all that a reader can put together: every figure is the sum of those of schools."""
    known: dict[tuple[str, str], float] = {}
    for finding in json.loads(text)["findings"]:
        for each in finding["inputs"]:
            if each["of"] in ("m", "f", "s") and each.get("value") is not None:
                whose = each.get("subject", finding["subject"])
                known[whose, each["of"]] = each["value"]
    found: list[Known] = []
    for (whose, slug), value in known.items():
        whole = "1506" if whose == "150600" else whose
        found.append(({f"{slug}{c}": 1.0 for c in schools if c.startswith(whole)}, value))
    return found + [({f"m{code}": 1, f"f{code}": 1, f"s{code}": -1}, 0) for code in schools]


def small(schools: Schools, least: int) -> list[str]:
    """Name the small figures of schools."""
    return [
        f"{slug}{code}"
        for code, (m, f) in schools.items()
        for slug, value in (("m", m), ("f", f), ("s", m + f))
        if 0 < value < least
    ]


figures = st.one_of(st.integers(0, 12), st.integers(20, 60))
submissions = st.lists(
    st.tuples(st.sampled_from(["150602", "150603", "150621"]), figures, figures),
    min_size=2,
    max_size=7,
).map(lambda each: {f"{c}{n:04}": (m, f) for n, (c, m, f) in enumerate(each)})


@profile(share=0.08)
@given(schools=submissions, told=st.booleans(), least=st.sampled_from([3, 6, 10]))
def test_nothing_can_be_worked_out(schools: Schools, told: bool, least: int) -> None:  # noqa: FBT001
    """By all that is told, each small figure may be 0, and may as well be none that is small."""
    text = written(public_edition(run_of(schools, told=told), least))
    known = known_of(text, schools)

    for name in small(schools, least):
        low, high = bounds(known, name)
        assert low == 0, name
        assert high is None or high >= least, name


def test_what_would_follow() -> None:
    """The attack works: without care for sums the small figure is found by subtraction."""
    schools = {"1506020001": (40, 30), "1506020002": (3, 30), "1506020003": (47, 30)}
    run = run_of(schools, told=False)
    careless = tuple(
        replace(each, inputs=tuple(of for of in each.inputs if of.subject != "1506020002"))
        for each in run.findings
        if each.subject.code != "1506020002"
    )
    naive = replace(run, findings=careless)

    known = known_of(written(naive), schools)
    assert bounds(known, "m1506020002") == (Fraction(3), Fraction(3))

    known = known_of(written(public_edition(run, 10)), schools)
    assert bounds(known, "m1506020002") == (Fraction(0), Fraction(43))


def test_runs_that_are_told_beside_each_other() -> None:
    """Where one tells the sums of a year, and the other its parts, the sums give nothing away."""
    schools = {"1506020001": (40, 30), "1506020002": (3, 30), "1506020003": (47, 30)}
    old = run_of(schools, told=False)
    parts = tuple(each for each in old.findings if each.subject.level is Level.SCHOOL)
    new = replace(old, findings=parts)

    def told(one: Run, other: Run) -> list[Known]:
        return known_of(written(one), schools) + known_of(written(other), schools)

    apart = told(public_edition(old, 10), public_edition(new, 10))
    assert bounds(apart, "m1506020002") == (Fraction(3), Fraction(3))
    beside = told(public_edition(old, 10, new), public_edition(new, 10, old))
    assert bounds(beside, "m1506020002") == (Fraction(0), Fraction(43))


def test_what_is_left() -> None:
    """Figures that give nothing away are told, sums among them; counts are of what is told."""
    schools = {f"150602000{n}": (40 + n, 30) for n in range(5)} | {"1506020009": (3, 30)}
    run = public_edition(run_of(schools, told=False), 10)
    told = {(each.subject.code, each.rule) for each in run.findings}

    assert ("150602", "plan/r4") in told or ("150602", "plan/r8") in told
    assert ("1506020009", "plan/r0") not in told
    assert ("1506020004", "plan/r0") in told
    assert sum(run.summary.values()) == len(run.findings)
    assert run.facts == ()
    (caveat,) = (each for each in run.caveats if each.kind == "withheld")
    assert caveat.least == 10
    assert run.summary[Outcome.COMPLIANT] > 5


@pytest.mark.parametrize(("named", "told"), [("1506020009", False), ("1506020003", True)])
def test_a_reason_that_names_somebody(named: str, told: bool) -> None:  # noqa: FBT001
    """A finding is gone where its reason names one of whom something is withheld, however deep."""
    schools = {f"150602000{n}": (40 + n, 30) for n in range(5)} | {"1506020009": (3, 30)}
    run = run_of(schools, told=False)
    whose = NamedFew(Level.SCHOOL, 1, (SubjectName(named, "某校"),))
    reason = Lacking((Lack(WhyMissing.UNREPORTED, 2025, whose),))
    at = next(at for at, each in enumerate(run.findings) if each.subject.code == "1506020004")
    findings = list(run.findings)
    findings[at] = replace(findings[at], reason=reason)
    edition = public_edition(replace(run, findings=tuple(findings)), 10)

    assert any(each.reason == reason for each in edition.findings) is told


@pytest.mark.parametrize("form", [Format.TABLE, Format.CSV, Format.MARKDOWN, Format.HTML])
def test_every_report_says_so(form: Format) -> None:
    """Whatever it is written as says that it is the public edition, or holds only what it holds."""
    schools = {"1506020001": (40, 30), "1506020002": (3, 30), "1506020003": (47, 30)}
    run = public_edition(run_of(schools, told=False), 10)
    into = io.StringIO()
    write_run(run, form, into, circumstances=told_by(run))

    if form is Format.CSV:
        assert len(into.getvalue().splitlines()) == len(run.findings) + 1
    else:
        assert "公开版" in into.getvalue().replace("\n", "")


def test_bounds_are_right() -> None:
    """The solver of these tests finds what can be seen by trying."""
    drawn = random.Random(1)  # noqa: S311
    for _ in range(20):
        cells = {name: drawn.randrange(4) for name in "abcd"}
        sums = [drawn.sample("abcd", drawn.randrange(1, 4)) for _ in range(2)]
        known: list[Known] = [(dict.fromkeys(of, 1.0), sum(cells[n] for n in of)) for of in sums]
        tried = (dict(zip("abcd", at, strict=True)) for at in product(range(10), repeat=4))
        fits = [
            each[sums[0][0]]
            for each in tried
            if all(sum(each[n] for n in terms) == value for terms, value in known)
        ]
        assert bounds(known, sums[0][0]) == (Fraction(min(fits)), Fraction(max(fits)))
