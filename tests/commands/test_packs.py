"""Rule packs beside one another, as the commands see them."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dabiao.commands.exit_codes import Exit
from tests.commands.conftest import DOCUMENT, FEATURE, Call, facts

Submit = Callable[..., str]
OWN = """\
# language: zh-CN
功能: 自己的班额
  背景:
    假如 依据文件"mine"
    而且 数据项
      | 名称     | 标识       | 层级 | 单位 | 类型 | 范围  | 汇总 | 口径 |
      | 班级人数 | class_size | 班级 | 人   | 整数 | {range} |    |      |

  @own-size
  规则: 每班不超过30人
    背景:
      假如 出处"一"
      而且 考核对象是"班级"
      而且 长期执行
      那么 班级人数 应不高于 30人
"""


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., str]:
    """Give a function that writes a pack of one's own with some range, and names it.

    With ``again`` it describes the document of another pack otherwise.
    """

    def write(bounds: str, *, again: bool = False) -> str:
        folder = tmp_path / "own"
        (folder / "again").mkdir(parents=True)
        if again:
            other = DOCUMENT.replace("2025", "2035")
            (folder / "again" / "document.yaml").write_text(other, "utf-8")
        (folder / "document.yaml").write_text(DOCUMENT.replace("plan", "mine"), "utf-8")
        (folder / "own.feature").write_text(OWN.format(range=bounds), "utf-8")
        return folder.name

    return write


def verdicts(text: str) -> dict[str, str]:
    """Give the verdict of each rule of a CSV report."""
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return {row["规则"]: row["结论"] for row in rows}


@pytest.mark.parametrize(("size", "verdict"), [(45, "达标"), (58, "未达标")])
def test_a_clashing_pack_changes_no_verdict(
    size: int, verdict: str, check: Call, own: Callable[..., str], submit: Submit
) -> None:
    """The others judge as ever, the error is told with its place, and the code says so too."""
    path = submit(facts(size))

    done = check(path, "--rules", own("0..", again=True), "--format", "csv", "--fail-on", "never")

    assert done.exit_code == Exit.RULES
    assert verdicts(done.stdout)["plan/primary-class-size"] == verdict
    assert "mine/own-size" not in verdicts(done.stdout)
    assert "own/again/document.yaml:1: 错误" in done.stderr
    assert "没有采用规则包 own" in done.stderr


def test_a_pack_that_adds_is_used(check: Call, own: Callable[..., str], submit: Submit) -> None:
    """What it repeats as it stands is no clash."""
    path = submit(facts(45))

    done = check(path, "--rules", own("0.."), "--format", "csv", "--fail-on", "never")

    assert done.exit_code == Exit.CHECKED
    assert verdicts(done.stdout)["mine/own-size"] == "未达标"


def test_a_word_defined_again_counts_in_its_pack(
    check: Call, own: Callable[..., str], submit: Submit
) -> None:
    """Each rule judges by the range of its own pack; what is reported names which is meant."""
    path = submit(facts(58))

    done = check(path, "--rules", own("0..50"), "--format", "csv", "--fail-on", "never")

    assert verdicts(done.stdout) | {"plan/school-doctor": ""} == {
        "plan/primary-class-size": "未达标",
        "plan/school-doctor": "",
        "mine/own-size": "缺数据",
    }
    assert "班级人数（mine）：“58”超出允许范围" in done.stderr


def test_a_check_says_what_else_a_header_may_mean(
    check: Call, own: Callable[..., str], submit: Submit, tmp_path: Path
) -> None:
    """Who leaves the pack's own name out learns it where the column is judged, not only before."""
    path, folder = submit(facts(45)), own("0..")
    feature = tmp_path / folder / "own.feature"
    feature.write_text(
        feature.read_text("utf-8").replace("30人", "30百人").replace("| 人 ", "| 百人 ")
    )

    done = check(path, "--rules", folder, "--fail-on", "never")

    assert "那一项叫“班级人数（mine）” [other-meaning]" in done.stderr


def test_other_commands_refuse_a_clash(call: Call, pack: Path, own: Callable[..., str]) -> None:
    """Nothing is listed or proved by packs of which one says otherwise what another says."""
    packs = ("--no-builtin", "--rules", pack.name, "--rules", own("0..", again=True))

    for command in (("rules", "list"), ("rules", "conflicts"), ("rules", "test")):
        done = call(*command, *packs)
        assert done.exit_code == Exit.RULES
        assert "own/again/document.yaml:1" in done.stderr


def test_lint_speaks_of_ones_own_files_alone(call: Call, tmp_path: Path) -> None:
    """A built-in file is named nowhere, whatever a pack of one's own says of what is in it."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "document.yaml").write_text(DOCUMENT, "utf-8")
    (folder / "own.feature").write_text(FEATURE, "utf-8")

    done = call("rules", "lint", "mine")

    assert "mine/own.feature:9:9: 说明: “学段”在自带的规则包另有定义" in done.stdout + done.stderr
    assert "features/" not in done.stdout + done.stderr


def test_the_same_hash_for_the_same_rules(
    check: Call,
    own: Callable[..., str],
    submit: Submit,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Kept or read anew, a run names the hash of the rules it judged by."""
    path, hashes = submit(facts(45)), set()
    for cache in (str(tmp_path / "cache"), str(tmp_path / "cache"), "off"):
        monkeypatch.setenv("DABIAO_CACHE", cache)
        hashes.add(check(path, "--format", "json").stdout.partition('"hash":')[2][:70])
    monkeypatch.setenv("DABIAO_CACHE", "off")
    more = check(path, "--rules", own("0.."), "--format", "json").stdout.partition('"hash":')[2]

    assert len(hashes) == 1
    assert more[:70] not in hashes


def test_one_s_own_pack_is_looked_at_alone(call: Call, own: Callable[..., str]) -> None:
    """Beside the built-in packs only one's own is linted, proved and mutated; nothing of theirs.

    A rule that is named is proved, wherever it comes from.
    """
    folder = own("0..")

    assert "检查了 1 条规则" in call("rules", "lint", folder).stderr
    assert call("rules", "test", "--rules", folder).exit_code == Exit.RULES  # it has no scenario
    mutants = call("rules", "mutate", "--rules", folder, "--format", "json").stdout
    assert {each["rule"] for each in json.loads(mutants)} == {"mine/own-size"}
    named = call("rules", "test", "ordos-145/primary-class-size", "--rules", folder)
    assert named.exit_code == Exit.CHECKED
    assert " 0 个" not in named.stdout
