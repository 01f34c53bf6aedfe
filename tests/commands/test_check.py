"""``dabiao check``: exit codes, streams, selection and outputs."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from dabiao.commands.beyond.by_tree import UNFIT
from dabiao.engine.findings.finding_builder import FindingBuilder
from dabiao.reports.ledger import sheet
from dabiao.reports.writing import everywhere
from dabiao.schemas.published import run_schema
from tests.commands.conftest import Call, facts

Submit = Callable[..., str]
RATIO = """\
# language: zh-CN
功能: 生师比
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称   | 标识     | 层级 | 单位 | 类型 | 范围 | 汇总 | 口径 |
      | 学生数 | pupils   | 学校 | 人   | 整数 | 0..  |      |      |
      | 教师数 | teachers | 学校 | 人   | 整数 | 0..  |      |      |
    而且 指标
      | 名称   | 标识         | 层级 | 单位 | 公式            | 口径 |
      | 生师比 | pupils_ratio | 学校 |      | 学生数 ÷ 教师数 |      |

  @ratio
  规则: 生师比不高于19
    背景:
      假如 出处"第五章"
      而且 考核对象是"学校"
      而且 到2025年底
      那么 生师比 应不高于 19
"""


@pytest.mark.parametrize(
    ("values", "options", "code"),
    [
        ((45, "是"), (), 0),
        ((46, "是"), (), 1),
        ((46, "是"), ("--fail-on", "never"), 0),
        ((None, "是"), (), 0),
        ((None, "是"), ("--fail-on", "missing"), 5),
        ((None, "否"), ("--fail-on", "missing"), 1),
        ((45, "否"), (), 1),
        ((45, "否"), ("--ignore-aspirations",), 0),
        ((45, "否"), ("--rule", "*/primary-class-size"), 0),
    ],
)
def test_exit_code_of_findings(
    check: Call, submit: Submit, values: tuple[object, object], options: tuple[str, ...], code: int
) -> None:
    """The exit code tells the gravest outcome that --fail-on asks about."""
    result = check(submit(facts(*values)), *options)

    assert result.exit_code == code
    assert result.stderr == ""


def test_table_tells_what_is_wrong(check: Call, submit: Submit) -> None:
    """Counts come first, then the violation with clause, numbers and who answers for it."""
    text = check(submit(facts(47))).stdout

    assert "未达标 1" in text.splitlines()[1]
    for told in ("第三章，第1段", "47人", "≤45人", "2人", "市教育体育局", "150602001001"):
        assert told in text
    assert "dabiao explain plan/primary-class-size 150602001001 facts.json" in text
    assert "\x1b" not in text


def test_json_follows_its_schema(check: Call, submit: Submit) -> None:
    """What is printed as JSON is valid by the schema that is published."""
    run = json.loads(check(submit(facts(47)), "--format", "json").stdout)

    jsonschema.validate(run, run_schema())
    assert run["summary"]["violation"] == 1


def test_the_same_check_gives_the_same_bytes(check: Call, submit: Submit) -> None:
    """Files in another order, and a second time, give the same JSON."""
    submit({"学校": facts()["学校"]}, "a.json")
    submit({"班级": facts(47)["班级"]}, "b.json")

    first = check("a.json", "b.json", "--format", "json").stdout_bytes
    assert check("b.json", "a.json", "--format", "json").stdout_bytes == first


def test_facts_from_standard_input(check: Call) -> None:
    """A dash reads JSON from standard input."""
    result = check("-", stdin=json.dumps(facts(46)))

    assert result.exit_code == 1


def test_english(check: Call, submit: Submit) -> None:
    """--lang may stand anywhere."""
    result = check(submit(facts(47)), "--lang", "en")

    assert "violation 1" in result.stdout
    assert "答" not in result.stdout


class TestOutputs:
    """Where results go."""

    def test_several_files_at_once(self, check: Call, submit: Submit, tmp_path: Path) -> None:
        """Each file gets its format; standard output stays empty and a line tells the counts."""
        names = ["run.html", "run.json", "run.csv", "run.md", "run.txt"]
        result = check(submit(facts(47)), *(word for name in names for word in ("-o", name)))

        assert result.exit_code == 1
        assert result.stdout == ""
        assert "未达标 1" in result.stderr
        assert (tmp_path / "run.html").read_text("utf-8").startswith("<!DOCTYPE html>")
        assert json.loads((tmp_path / "run.json").read_text("utf-8"))
        assert (tmp_path / "run.csv").read_bytes().startswith(b"\xef\xbb\xbf")

    def test_file_that_exists(self, check: Call, submit: Submit, tmp_path: Path) -> None:
        """Nothing is overwritten unasked, and nothing is judged in vain."""
        (tmp_path / "run.json").write_text("mine", "utf-8")
        refused = check(submit(facts(47)), "-o", "run.json")

        assert refused.exit_code == 2
        assert "--force" in refused.stderr
        assert (tmp_path / "run.json").read_text("utf-8") == "mine"
        assert check("facts.json", "-o", "run.json", "--force").exit_code == 1
        assert json.loads((tmp_path / "run.json").read_text("utf-8"))

    def test_files_list_everything(self, check: Call, submit: Submit, tmp_path: Path) -> None:
        """--limit is for the screen; a file holds all of it."""
        many = facts()
        many["班级"] = [
            many["班级"][0] | {"代码": f"1506020010{n:02}", "班级人数": 50} for n in range(10, 40)
        ]
        screen = check(submit(many), "--limit", "3")
        check("facts.json", "--limit", "3", "-o", "run.txt")

        assert "还有 27 个" in screen.stdout
        assert "未列出" not in (tmp_path / "run.txt").read_text("utf-8")
        assert "未列出" not in check("facts.json", "--limit", "3", "--all").stdout


class TestSelection:
    """Which rules, and where."""

    def test_area(self, check: Call, submit: Submit) -> None:
        """A place can be named by code or name, and only what lies in it is told.

        In a place that nobody reports from nothing is judged, which is no success.
        """
        submit(facts(47))
        inside, outside = (check("facts.json", "--area", word) for word in ("东胜区", "150603"))

        assert (inside.exit_code, outside.exit_code) == (1, 6)
        assert "未达标 1" in inside.stdout
        assert "未达标 0" in outside.stdout

    @pytest.mark.parametrize(
        ("options", "hint"),
        [
            (("--document", "plam"), "plan"),
            (("--rule", "plan/primary-class-sise"), "plan/primary-class-size"),
            (("--tag", "义务教肓"), "义务教育"),
            (("--level", "班"), "班级"),
            (("--area", "东胜"), "东胜区"),
            (("--rule", "plan/school-doctor", "--level", "班级"), "rules list"),
        ],
        ids=["document", "rule", "tag", "level", "area", "nothing left"],
    )
    def test_nothing_fits(
        self, check: Call, submit: Submit, options: tuple[str, ...], hint: str
    ) -> None:
        """What fits nothing ends with 4 and names what may have been meant."""
        result = check(submit(facts()), *options)

        assert result.exit_code == 4
        assert hint in result.stderr
        assert result.stdout == ""


class TestBadInput:
    """What cannot be read."""

    def test_no_such_file(self, check: Call) -> None:
        """A missing file is told by its name."""
        result = check("nowhere.xlsx")

        assert result.exit_code == 3
        assert "nowhere.xlsx" in result.stderr

    def test_nothing_usable(self, check: Call, submit: Submit) -> None:
        """A file that holds no facts is no submission."""
        result = check(submit({}))

        assert result.exit_code == 3
        assert "没有可以考核的填报数据" in result.stderr

    def test_a_file_besides_that_cannot_be_read(self, check: Call, submit: Submit) -> None:
        """What could be read is judged; the exit code tells that not everything could."""
        result = check(submit(facts(47)), "nowhere.xlsx")

        assert result.exit_code == 3
        assert "未达标 1" in result.stdout

    @pytest.mark.parametrize(
        ("name", "content", "told"),
        [
            ("更多.json", '{"班级": [,]}', "not-json"),
            ("更多.json", '{"班级": {"代码": "c9"}}', "wrong-shape"),
            ("更多.json", '{"班级": [], "班级": []}', "duplicate-key"),
            ("班级.csv", '代码,年份,班级人数\nc9,2025,"50\nc8,2025,50\n', "unclosed-quote"),
        ],
        ids=["syntax", "no list", "list twice", "quote"],
    )
    def test_a_file_besides_that_one_place_makes_unreadable(  # noqa: PLR0917 - a table
        self, check: Call, submit: Submit, tmp_path: Path, name: str, content: str, told: str
    ) -> None:
        """A mistake in one line that loses all of a file is not passed over as one of a cell."""
        (tmp_path / name).write_text(content, "utf-8")
        result = check(submit(facts(45)), name)

        assert told in result.stderr
        assert result.exit_code == 3

    def test_a_cell_that_cannot_be_read(self, check: Call, submit: Submit) -> None:
        """A bad cell leaves its measure missing and is told on standard error."""
        result = check(submit(facts("四十多")))

        assert result.exit_code == 0
        assert "缺数据 1" in result.stdout
        assert "四十多" in result.stderr

    def test_strict(self, check: Call, submit: Submit) -> None:
        """Strictly taken, the same submission is refused."""
        result = check(submit(facts("四十多")), "--strict")

        assert result.exit_code == 3
        assert result.stdout == ""

    def test_bad_rules(self, check: Call, pack: Path) -> None:
        """A rule that cannot be read is told with file and line, before facts are looked at."""
        feature = pack / "classes.feature"
        feature.write_text(
            feature.read_text("utf-8").replace("班级人数 应", "班及人数 应"), "utf-8"
        )
        result = check("nowhere.xlsx")

        assert result.exit_code == 4
        assert "classes.feature:20" in result.stderr
        assert "班级人数" in result.stderr

    def test_no_rules(self, call: Call, submit: Submit, tmp_path: Path) -> None:
        """A folder without rules is no pack."""
        (tmp_path / "empty").mkdir()

        assert call("check", "--no-builtin", "--rules", "empty", submit(facts())).exit_code == 4


def test_engines_agree(check: Call, submit: Submit) -> None:
    """Whichever engine compares, all but its name is the same."""
    pytest.importorskip("durable")
    submit(facts(47, None))
    told = [
        check("facts.json", "--engine", engine, "--format", "json").stdout.replace(engine, "")
        for engine in ("durable", "columnar")
    ]

    assert told[0] == told[1]


def test_whoever_has_to_report_is_asked(check: Call, submit: Submit, pack: Path) -> None:
    """Where an indicator cannot be computed, the item that was not submitted is named."""
    (pack / "ratio.feature").write_text(RATIO, "utf-8")
    submit({"学校": [facts()["学校"][0] | {"学生数": 300}]})
    told = check("facts.json", "--rule", "plan/ratio", "--format", "markdown").stdout

    assert "| 第一小学 | 1506020010 | 教师数 | 2025 |" in told
    assert "生师比 | 2025" not in told
    assert "缺数据 1：教师数（1）" in check("facts.json", "--rule", "plan/ratio").stdout


SHARE = """\
# language: zh-CN
功能: 培训经费
  背景:
    假如 依据文件"plan"
    而且 数据项
      | 名称         | 标识     | 层级 | 单位 | 类型 | 范围   | 汇总 | 口径 |
      | 培训经费比例 | training | 旗县 | %    | 数值 | 0..100 |      |      |

  @training
  规则: 培训经费不低于1%
    背景:
      假如 出处"第五章"
      而且 考核对象是"旗县"
      而且 到2025年底
      那么 培训经费比例 应不低于 1%
"""


@pytest.mark.parametrize(
    ("header", "cells", "outcomes"),
    [
        ("培训经费比例", ["0.8"], ["missing"]),
        ("培训经费比例", ["0.8", "0.9"], ["missing", "missing"]),
        ("培训经费比例", ["0.8", "12"], ["missing", "compliant"]),
        ("培训经费比例", ["0.8%", "80%"], ["violation", "compliant"]),
        ("培训经费比例（%）", ["0.8", "1"], ["violation", "compliant"]),
        ("培训经费比例", ["1", "0.009", "0"], ["compliant", "violation", "violation"]),
        ("培训经费比例", ["0.01", "0.0099"], ["missing", "violation"]),
    ],
)
def test_a_small_number_decides_nothing_that_its_other_reading_would_not(
    check: Call, tmp_path: Path, header: str, cells: list[str], outcomes: list[str]
) -> None:
    """0.8 in an item in % may be 0.8 % or 80 %: open where the bound lies between, and only there.

    0.01 may be 1 %, which is enough; 0.009 is too little either way.
    """
    (tmp_path / "pack" / "share.feature").write_text(SHARE, "utf-8")
    codes = ["150602", "150603", "150621"]
    lines = [f"{code},2025,{cell}" for code, cell in zip(codes, cells, strict=False)]
    table = tmp_path / "旗县.csv"
    table.write_text("\n".join([f"代码,年份,{header}", *lines]), "utf-8")

    result = check(table.name, "--format", "json", "--rule", "*/training")
    found = json.loads(result.stdout)["findings"]

    assert [finding["outcome"] for finding in found] == outcomes
    for finding in found:
        if finding["outcome"] == "missing":
            (lack,) = finding["reason"]["lacks"]
            assert "没有写百分号，可能是" in lack["problem"]
            assert finding["readings"]["outcomes"][0] == "violation"


def test_files_that_could_not_be_read_are_told_with_the_counts(
    check: Call, submit: Submit, tmp_path: Path
) -> None:
    """What is wrong with one cell is no caveat; a whole file, or sheet, that is lost is one."""
    whole = check(submit(facts("四十五", "是")))
    (tmp_path / "东胜区.xlsx").write_bytes(b"PK\x03\x04 cut off")
    lost = check(submit(facts(45, "是")), str(tmp_path / "东胜区.xlsx"))

    assert "没有读入" not in whole.stdout
    assert "1 处没有读入，其中的数当作没有报：" in lost.stdout
    assert "东胜区.xlsx；原因见数据提示" in lost.stdout


def test_what_trees_cannot_heed_is_refused_by_name(call: Call) -> None:
    """All of it in one message, before anything is read."""
    unfit = {
        "--area": "1",
        "--unit": "x",
        "--encoding": "utf-8",
        "--due": "school=2025-10-10",
        "--received": "file",
        "--format": "json",
        "--template": "t.docx",
        "--letter": "notice",
        "--library": "p.html",
        "--suppress-below": "10",
    }
    words = [word for pair in unfit.items() for word in pair] + ["--strict", "--by-county"]
    refused = call("check", ".", "--engine", "stream", "-o", "out", "--as-of", "2025", *words)

    assert refused.exit_code == 2
    assert all(name in refused.stderr for name in (*unfit, "--strict", "--by-county"))
    assert len(unfit) + 2 == len(UNFIT)


def test_what_is_read_is_never_written_over(
    check: Call, call: Call, submit: Submit, tmp_path: Path
) -> None:
    """Not even with --force: neither a file that is named nor one of a folder, nor a run."""
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / "facts.json"
    path.write_bytes((tmp_path / submit(facts())).read_bytes())
    run = tmp_path / "run.json"
    assert check(str(folder), "-o", str(run)).exit_code == 0
    for command, file in (
        (("check", str(path)), path),
        (("check", str(folder)), path),
        (("report", str(run)), run),
        (("compare", str(run), str(run)), run),
        (("report", str(run), "--compare", str(run), "-o", "x.html"), run),
    ):
        before = file.read_bytes()
        packs = ("--rules", "pack", "--no-builtin") if command[0] == "check" else ()
        result = call(*command, *packs, "-o", str(file), "--force")
        assert (result.exit_code, "这次要读的文件" in result.stderr) == (2, True)
        assert file.read_bytes() == before


def test_a_ledger_that_excel_has_no_room_for(
    check: Call, submit: Submit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused before a finding is made for it, and the message says what to do instead."""
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    monkeypatch.setattr(FindingBuilder, "observations", lambda *_: pytest.fail("one was made"))

    result = check(submit(facts(47)), "-o", str(tmp_path / "ledger.xlsx"))

    assert result.exit_code == 74
    assert "1 行" in result.stderr
    assert "--area" in result.stderr
    assert not (tmp_path / "ledger.xlsx").exists()


def test_a_page_that_browsers_open_slowly(
    check: Call, submit: Submit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written all the same, and what to do is said."""
    submitted, page = submit(facts(47)), tmp_path / "page.html"
    quiet = check(submitted, "-o", str(page))
    monkeypatch.setattr(everywhere, "LARGE", 1000)

    told = check(submitted, "-o", str(page), "--force")

    assert "浏览器" not in quiet.stderr
    assert f"{page} 有 " in told.stderr
    assert "--area" in told.stderr
    assert told.exit_code == quiet.exit_code == 1
