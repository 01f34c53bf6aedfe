"""The library: the same as the commands, safe to ask from several threads, trials marked."""

import ast
import copy
import json
import math
import pickle
import pydoc
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet

import dabiao
from dabiao.engine.data import hierarchy
from dabiao.engine.faults import EngineError
from dabiao.library import Result, RuleSet, Submission
from dabiao.reports.circumstances import told_by
from dabiao.reports.format_names import Format
from dabiao.reports.outputs import outputs
from dabiao.reports.run.reading import read_run
from dabiao.reports.writing.formats import write_run
from dabiao.rules.analysis.conflicts import find_conflicts
from dabiao.rules.catalog.catalog import Rule
from dabiao.rules.catalog.norm import Compares
from dabiao.rules.formulas.formula import Number
from dabiao.rules.packs.read import governed
from dabiao.schemas.language import Language, speaking
from dabiao.schemas.outcome import Outcome
from dabiao.schemas.problem import InputError
from tests.rules.packs import write_pack

EXAMPLES = Path(__file__).parents[2] / "examples" / "ordos-2025"
DOCS = EXAMPLES.parents[1] / "docs"
CLASS_SIZE = "ordos-145/primary-class-size"
RANGE = "ordos-145/vocational-general-balance"
ENOUGH = """\
# language: zh-CN
功能: 教师
  背景:
    假如 依据文件"plan"
  @enough
  规则: 教师够
    背景:
      假如 出处"第三章"
      而且 考核对象是"学校"
      而且 长期执行
      那么 教师数 应不低于 50人
"""


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    """Read the rules that come with Dabiao."""
    return dabiao.load_rules()


@pytest.fixture(scope="module")
def facts(rules: RuleSet) -> Submission:
    """Read an example."""
    return dabiao.load_facts(rules, EXAMPLES)


@pytest.fixture(scope="module")
def result(rules: RuleSet, facts: Submission) -> Result:
    """Judge it."""
    return dabiao.check(rules, facts, only=["ordos-145/*"])


def test_findings_are_a_table(result: Result) -> None:
    """One row a finding, counted as in the summary, and all of one year."""
    outcomes = result.findings.column("outcome").to_pylist()

    assert {each: outcomes.count(each.value) for each in Outcome} == result.summary
    assert set(result.findings.column("year").to_pylist()) == {result.as_of} == {2025}


def test_a_finding_is_explained(result: Result) -> None:
    """An explanation is text, and a record behind it; so is a finding."""
    row = next(row for row in result.findings.to_pylist() if row["outcome"] == Outcome.VIOLATION)
    told = result.explain(row["rule"], row["code"])

    assert row["code"] in str(told)
    assert told.record.finding.gap == row["gap"]
    assert result.finding(row["rule"], row["code"]) == told.record.finding


def test_a_result_never_changes(result: Result) -> None:
    """Nobody gives a result, what it counted or what it explained another value."""
    told = result.explain(CLASS_SIZE, "1506020006003")
    for of, name in ((result, "findings"), (result, "summary"), (told, "record")):
        before = getattr(of, name)
        with pytest.raises(AttributeError, match=name):
            setattr(of, name, None)
        with pytest.raises(AttributeError, match=name):
            delattr(of, name)
        assert getattr(of, name) is before
    with pytest.raises(TypeError):
        result.summary[Outcome.VIOLATION] = 0  # type: ignore[index]


def test_a_report_is_written(rules: RuleSet, facts: Submission, tmp_path: Path) -> None:
    """The suffix tells the format, and what is there is left alone."""
    result = dabiao.check(rules, facts, only=[CLASS_SIZE])
    for suffix in ("html", "csv", "json", "jsonl", "parquet", "xlsx", "md", "txt", "sarif", "xml"):
        path = result.report(tmp_path / f"report.{suffix}")
        assert path.stat().st_size > 100, suffix
        with pytest.raises(Exception, match="force=True"):
            result.report(path)
    (of,) = json.loads((tmp_path / "report.sarif").read_text("utf-8"))["runs"]
    assert of["tool"]["driver"]["version"] == dabiao.__version__


def test_a_report_says_what_one_of_the_run_says(
    rules: RuleSet, facts: Submission, tmp_path: Path
) -> None:
    """Written at once or from the file that keeps the run, a list or ledger is the same."""
    result = dabiao.check(rules, facts, only=[CLASS_SIZE])
    run = read_run(result.report(tmp_path / "run.json"))
    for suffix in ("csv", "md", "xlsx"):
        path = result.report(tmp_path / f"report.{suffix}")
        (output,) = outputs([tmp_path / f"read.{suffix}"], None, tuple(Format))
        output.write(partial(write_run, run, output.form, circumstances=told_by(run)))
        assert (tmp_path / f"read.{suffix}").read_bytes() == path.read_bytes(), suffix


def test_it_speaks_the_language_of_the_check(rules: RuleSet, facts: Submission) -> None:
    """What was judged in English is told in English, whatever is spoken later."""
    with speaking(Language.EN):
        result = dabiao.check(rules, facts, only=[CLASS_SIZE])

    assert f"Check of 2025 (only {CLASS_SIZE})" in result._repr_html_()
    assert "violation" in result._repr_html_()
    assert "people" in result.titles[CLASS_SIZE]
    assert result.names["150602"] == "东胜区"


def test_a_notebook_shows_what_a_supervisor_sees_first(rules: RuleSet, tmp_path: Path) -> None:
    """What is missed by most, what is waited for; where nothing was judged, why."""
    row = {"代码": "150602001001", "名称": "<b>", "上级代码": "1506020010", "年份": 2025}
    (tmp_path / "f.json").write_text(json.dumps({"班级": [row | {"学段": "小学"}]}), "utf-8")
    few = dabiao.load_facts(rules, tmp_path / "f.json")

    undecided, nothing = (
        dabiao.check(rules, few, only=id_) for id_ in (CLASS_SIZE, "ordos-145/academician-station")
    )
    assert "<div>缺数据 1：班级人数（1）</div>" in undecided._repr_html_()
    assert "什么也没有考核" in nothing._repr_html_()
    assert repr(nothing) == "<Result of 2025: no findings>"


def test_nobody_keeps_a_result_by_pickling_it(result: Result) -> None:
    """It says what keeps it; a copy of what never changes is itself."""
    with pytest.raises(TypeError, match=r"run\.json"):
        pickle.dumps(result)
    assert copy.copy(result) is result


def test_what_is_handed_in_is_looked_at(rules: RuleSet, facts: Submission, result: Result) -> None:
    """Whatever is of another kind is told by its name, and what it has to be."""
    code = "1506020006003"
    assert dabiao.check(rules, facts, only=CLASS_SIZE, as_of=np.int16(2025)).as_of == 2025
    assert rules[CLASS_SIZE].title == result.titles[CLASS_SIZE]
    wrong: list[tuple[type[Exception], str, Callable[..., object]]] = [
        (TypeError, "rules 应为 load_rules", lambda x: dabiao.load_facts(x, EXAMPLES)),
        (TypeError, "paths 应为", lambda _: dabiao.load_facts(rules, 5)),  # type: ignore[arg-type]
        (TypeError, "frames 应为", lambda _: dabiao.load_frames(rules, [])),  # type: ignore[arg-type]
        (TypeError, "Arrow 的表", lambda x: dabiao.load_frames(rules, {"班级": x})),
        (TypeError, "Arrow 的表（.*int", lambda _: dabiao.load_frames(rules, {"班级": 5})),
        (TypeError, "packs 应为", lambda _: dabiao.load_rules(["a"])),  # type: ignore[arg-type]
        (TypeError, "facts 应为 load_facts", lambda x: dabiao.check(rules, x)),
        (TypeError, "only 应为", lambda _: dabiao.check(rules, facts, only=[5])),  # type: ignore[list-item]
        (TypeError, "as_of 应为年份", lambda x: dabiao.check(rules, facts, as_of=x)),
        (EngineError, "没有 1900 年", lambda _: dabiao.check(rules, facts, as_of=1900)),
        (EngineError, "auto", lambda x: dabiao.check(rules, facts, engine=x)),
        (InputError, "是不是", lambda _: dabiao.check(rules, facts, only=[CLASS_SIZE[:-1]])),
        (TypeError, "subject 应为", lambda _: result.explain(CLASS_SIZE, 5)),  # type: ignore[arg-type]
        (TypeError, "year 应为年份", lambda x: result.explain(CLASS_SIZE, code, x)),
        (EngineError, "没有 1999 年", lambda _: result.explain(CLASS_SIZE, code, 1999)),
        (TypeError, "path 应为", lambda _: result.report(5)),  # type: ignore[arg-type]
        (InputError, "是不是", lambda _: rules.amended(CLASS_SIZE[:-1], bound=1)),
        (InputError, "是不是", lambda _: rules[CLASS_SIZE[:-1]]),
        (TypeError, "rule 应为", lambda _: rules[5]),  # type: ignore[index]
        (EngineError, "只有一个界线", lambda _: rules.amended(CLASS_SIZE, bound=(1, 2))),
        (EngineError, "两个数之间", lambda _: rules.amended(RANGE, bound=1)),
        *(
            (EngineError, "应为一个数", lambda _, y=bound: rules.amended(RANGE, bound=y))
            for bound in (math.nan, math.inf, "40", None, True, (2, 1), (1, 2, 3), 10**400)
        ),
    ]
    for kind, told, ask in wrong:
        with pytest.raises(kind, match=told):
            ask("2025")


@pytest.mark.parametrize("kind", [dict, pl.DataFrame, pa.table])
def test_rows_in_memory_are_judged_as_those_of_a_file(
    rules: RuleSet, kind: Callable[[dict[str, list[object]]], object], tmp_path: Path
) -> None:
    """What is blank is missing, and each number has its place; other rows are another run."""
    held: dict[str, list[object]] = {
        "code": ["1506020001001", "1506020001002", "1506020001003"],
        "parent": ["1506020001"] * 3,
        "year": [2025] * 3,
        "stage": ["小学"] * 3,
        "class_size": [46, None, 45],
    }
    pl.DataFrame(held).write_csv(tmp_path / "class.csv")
    of_file, of_frame, of_others = (
        dabiao.check(rules, each, only=CLASS_SIZE)
        for each in (
            dabiao.load_facts(rules, tmp_path),
            dabiao.load_frames(rules, {"class": kind(held)}),
            dabiao.load_frames(rules, {"class": kind({**held, "class_size": [46, None, 44]})}),
        )
    )

    wrong = dabiao.load_frames(rules, {"class": kind({**held, "class_size": ["46", "?", "45"]})})

    assert repr(wrong) == "<Submission: 1 file, 3 rows, 1 problem>"
    assert of_frame.summary == of_file.summary
    assert of_frame.summary["violation"] == of_frame.summary["missing"] == 1
    assert of_frame.findings.equals(of_file.findings)
    assert "class › [0].class_size" in str(of_frame.explain(CLASS_SIZE, "1506020001001"))
    runs = [
        read_run(each.report(tmp_path / f"{at}.json"))
        for at, each in enumerate((of_frame, of_others))
    ]
    assert runs[0].fingerprint != runs[1].fingerprint


def test_threads_may_ask_at_once(rules: RuleSet, facts: Submission) -> None:
    """Hundreds of questions from eight threads are answered as one after the other."""
    first = dabiao.check(rules, facts, only=["ordos-145/*"])
    asked = [(row["rule"], row["code"]) for row in first.findings.to_pylist()][::3]
    expected = [str(first.explain(*each)) for each in asked[:40]]
    fresh = dabiao.check(rules, facts, only=["ordos-145/*"])

    def answer(at: int) -> str:
        if at % 40 == 0:
            fresh._repr_html_()
        return str(fresh.explain(*asked[at % 40]))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(answer, range(480)))

    assert answers == [expected[at % 40] for at in range(480)]
    assert fresh.findings.equals(first.findings)


def test_a_rule_on_trial(rules: RuleSet, facts: Submission) -> None:
    """Another bound is another rule: its sentence, record, hash and title say so."""
    assert CLASS_SIZE in rules
    amended = rules.amended(CLASS_SIZE, bound=30)
    before = dabiao.check(rules, facts, only=[CLASS_SIZE])
    after = dabiao.check(amended, facts, only=[CLASS_SIZE])
    rule = amended.catalog.rules[CLASS_SIZE]

    assert after.summary[Outcome.VIOLATION] > before.summary[Outcome.VIOLATION]
    assert amended.hash != rules.hash
    assert (rule.norm_record.threshold, "30" in rule.norm_text) == (30, True)
    assert "试算" in rule.title
    assert after.trial == (CLASS_SIZE,)
    assert "试算" in after._repr_html_()
    assert before.trial == ()
    with speaking("en"):
        assert (
            rules.amended(CLASS_SIZE, bound=31).amended(CLASS_SIZE, bound=30).hash == amended.hash
        )
    assert "应不高于30人" in rule.title
    balanced = rules.amended(RANGE, bound=[45, 50]).catalog.rules[RANGE]
    assert "45%至50%" in balanced.norm_text


def test_no_report_takes_a_trial_for_the_rule_in_force(
    rules: RuleSet, facts: Submission, tmp_path: Path
) -> None:
    """Each says so by itself, in either language, also where nothing but ids of rules stand."""
    with speaking(Language.EN):
        after = dabiao.check(rules.amended(CLASS_SIZE, bound=30), facts, only=[CLASS_SIZE])
    for suffix in ("html", "csv", "json", "jsonl", "md", "txt"):
        assert "trial" in after.report(tmp_path / f"trial.{suffix}").read_text("utf-8"), suffix
    run = parquet.read_schema(after.report(tmp_path / "trial.parquet"))
    for metadata in (run.metadata, after.findings.schema.metadata):
        assert json.loads(metadata[b"dabiao"])["trial"] == [CLASS_SIZE]
    assert read_run(tmp_path / "trial.json").judged[0].trial
    again = dabiao.check(rules.amended(CLASS_SIZE, bound=30), facts, only=[CLASS_SIZE])
    chinese, english = again.report(tmp_path / "chinese.json"), tmp_path / "trial.json"
    assert chinese.read_bytes() == english.read_bytes(), "a run is in no language, a trial neither"


def test_a_trial_leaves_the_other_rules_alone(rules: RuleSet) -> None:
    """Only the rule and who it governs or is governed by are made anew; the order is no matter."""
    amended = rules.amended(CLASS_SIZE, bound=30)
    one, other = rules.catalog.rules, amended.catalog.rules
    anew = {id_ for id_ in one if one[id_] is not other[id_]}

    assert CLASS_SIZE in anew
    assert len(anew) < 10
    assert all(
        replace(one[id_], governors=(), group=None) == replace(other[id_], governors=(), group=None)
        for id_ in anew - {CLASS_SIZE}
    )
    second = min(id_ for id_ in rules if has_bound(one[id_]) and id_ != CLASS_SIZE)
    for id_ in (CLASS_SIZE, *islice(filter(lambda id_: one[id_].group, rules), 4)):
        if has_bound(one[id_]):
            tried = rules.amended(id_, bound=2.5).catalog.rules
            whole = replace(rules.catalog, rules={**one, id_: tried[id_]})
            assert governed(whole, find_conflicts(whole)).rules == tried
    assert (
        amended.amended(second, bound=1).hash
        == rules.amended(second, bound=1).amended(CLASS_SIZE, bound=30).hash
    )
    assert amended.amended(CLASS_SIZE, bound=31).hash != amended.hash


def has_bound(rule: Rule) -> bool:
    """Tell whether a rule compares with a fixed number."""
    fixed = isinstance(rule.norm, Compares) and isinstance(rule.norm.bound, Number)
    return fixed and not rule.stages


def test_a_rule_without_a_bound_cannot_be_tried(rules: RuleSet) -> None:
    """Who asks for it hears which rule, and what it says."""
    with pytest.raises(EngineError, match="artificial-turf"):
        rules.amended("ordos-145/artificial-turf", bound=1)


def test_columns_are_made_once(
    rules: RuleSet, facts: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Judging the same facts again places nobody again, by changed rules neither."""
    dabiao.check(rules, facts, only=[CLASS_SIZE])

    def refuse(*_: object) -> None:
        raise AssertionError("who lies in what was worked out again")

    monkeypatch.setattr(hierarchy.Hierarchy, "_place", refuse)
    dabiao.check(rules, facts, only=[CLASS_SIZE])
    dabiao.check(rules.amended(CLASS_SIZE, bound=40), facts, only=[CLASS_SIZE])


def test_rules_that_speak_of_another_place_have_columns_of_their_own(tmp_path: Path) -> None:
    """Whom a place binds is known, though rules that never speak of it were judged before."""
    everywhere = write_pack(tmp_path / "all", rules=ENOUGH)
    condition = '      而且 仅限 位于("150602")\n'
    here = write_pack(
        tmp_path / "here", rules=ENOUGH.replace("      那么", f"{condition}      那么")
    )
    table = tmp_path / "学校.csv"
    table.write_text("代码,名称,上级代码,年份,教师数\n1506020001,甲,150602,2025,40\n", "utf-8")
    first, second = (dabiao.load_rules(each, builtin=False) for each in (everywhere, here))
    facts = dabiao.load_facts(first, table)

    judged = [dabiao.check(each, facts).summary for each in (first, second)]

    assert [each[Outcome.VIOLATION] for each in judged] == [1, 1]


def test_importing_loads_nothing() -> None:
    """``import dabiao`` alone costs nothing; its names are there when they are asked for."""
    code = "import sys, dabiao; assert not {'numpy', 'pydantic'} & {*sys.modules}; dabiao.check"
    subprocess.run([sys.executable, "-c", code], check=True)

    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = dabiao.nothing_like_it
    told = pydoc.plain(pydoc.render_doc(dabiao))
    assert all(f"{name}(" in told for name in dabiao.__all__ if name[0] != "_")


def test_what_the_page_shows_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every line of every example, as it is printed; the Chinese page has the same."""
    (tmp_path / "examples").symlink_to(EXAMPLES.parent)
    monkeypatch.chdir(tmp_path)
    shown, chinese = (
        [
            ast.parse(each.partition("```")[0])
            for each in (DOCS / page).read_text("utf-8").split("```python\n")[1:]
        ]
        for page in ("api.md", "api.zh-CN.md")
    )
    names: dict[str, object] = {}
    for lines in shown:
        exec(compile(lines, "api.md", "exec"), names)  # noqa: S102

    assert len(shown) == 3
    assert list(map(ast.dump, shown)) == list(map(ast.dump, chinese))
    assert (tmp_path / "report.html").stat().st_size > 1000
