"""``dabiao rules``: list, show, lint, test, steps, new."""

import json
from pathlib import Path

import jsonschema
import pytest

from dabiao.rules.formulas.functions import Function
from dabiao.rules.sentences import SENTENCES
from dabiao.schemas.published import rule_schema
from tests.commands.conftest import Call

MORE = """\
# language: zh-CN
功能: 初中班额
  背景:
    假如 依据文件"plan"

  @junior-class-size
  规则: 初中每班不超过50人
    背景:
      假如 出处"第三章，第2段"
      而且 考核对象是"班级"
      而且 到2025年底
      那么 班级人数 应不高于 50人
    场景: 界线
      假如 某班级的 班级人数 是 51
      当 在2025年考核
      那么 结论是"未达标"
"""


@pytest.fixture
def rules(call: Call, pack: Path) -> Call:
    """Give a function that works on the small pack alone."""
    return lambda command, *of: call("rules", command, *of, "--no-builtin", "--rules", pack.name)


def break_norm(pack: Path) -> None:
    """Misspell a name in a norm."""
    feature = pack / "classes.feature"
    feature.write_text(feature.read_text("utf-8").replace("班级人数 应", "班及人数 应"), "utf-8")


def test_list(rules: Call) -> None:
    """Each rule stands on a line that begins with its id."""
    lines = rules("list").stdout.splitlines()

    assert [line.split()[0] for line in lines if line.startswith("plan/")] == [
        "plan/primary-class-size",
        "plan/school-doctor",
    ]


def test_list_follows_its_schema(rules: Call) -> None:
    """As JSON, each rule is complete and valid by the schema that is published."""
    records = json.loads(rules("list", "*/primary*", "--format", "json").stdout)

    assert [record["id"] for record in records] == ["plan/primary-class-size"]
    assert records[0]["norm"]["threshold"] == 45
    jsonschema.validate(records[0], rule_schema())


def test_show(rules: Call) -> None:
    """A rule can be shown by its slug where only one document has it."""
    told = rules("show", "primary-class-size").stdout

    for text in ("plan/primary-class-size", "示例规划", "第三章，第1段", "到2025年底", "45人"):
        assert text in told


def test_show_what_is_not_there(rules: Call) -> None:
    """An unknown rule ends with 4 and names what may have been meant."""
    result = rules("show", "primary-class-sise")

    assert result.exit_code == 4
    assert "plan/primary-class-size" in result.stderr


def test_lint(call: Call, pack: Path) -> None:
    """A good pack ends with 0, a bad one with 4 and the place of the mistake."""
    assert call("rules", "lint", pack.name, "--no-builtin").exit_code == 0
    break_norm(pack)
    result = call("rules", "lint", pack.name, "--no-builtin")

    assert result.exit_code == 4
    assert "pack/classes.feature:20" in result.stdout
    told = call("rules", "lint", pack.name, "--no-builtin", "--format", "json").stdout
    assert json.loads(told)[0]["line"] == 20


def test_proofs_hold(rules: Call) -> None:
    """The examples of the pack hold."""
    result = rules("test")

    assert result.exit_code == 0
    assert "2 条规则的例子 3 个：符合 3，不符 0" in result.stdout


def test_proofs_differ(rules: Call, pack: Path) -> None:
    """An example that comes out otherwise ends with 4 and is told with its line."""
    feature = pack / "classes.feature"
    text = feature.read_text("utf-8").replace("应不高于 45人", "应不高于 46人")
    feature.write_text(text, "utf-8")
    result = rules("test", "plan/primary-class-size")

    assert result.exit_code == 4
    assert "classes.feature:" in result.stdout
    assert "不符 1" in result.stdout


def test_a_folder_narrows(rules: Call, tmp_path: Path) -> None:
    """A folder of rules is read with the others, and only what lies in it is listed and proved."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "more.feature").write_text(MORE, "utf-8")
    listed, proved = (rules(command, "mine").stdout for command in ("list", "test"))

    assert "plan/junior-class-size" in listed
    assert "共 1 条" in listed
    assert "1 条规则的例子 1 个：符合 1" in proved


def test_nothing_is_proved_by_bad_rules(rules: Call, pack: Path) -> None:
    """Rules that cannot be read are not proved."""
    break_norm(pack)

    assert rules("test").exit_code == 4


def test_steps(call: Call) -> None:
    """Every sentence and every function is listed, in the language spoken."""
    chinese, english = (
        json.loads(call("rules", "steps", "--format", "json", "--lang", each).stdout)
        for each in ("zh", "en")
    )

    assert len(chinese) == len(english) == len(SENTENCES) + len(Function)
    assert "到{year}年底" in [row["pattern"] for row in chinese]
    assert "上年(项)" in [row["pattern"] for row in chinese if row["step"] == "function"]


def test_new(rules: Call, pack: Path) -> None:
    """What is begun is a feature that lint accepts and that proves itself."""
    result = rules(
        "new",
        "plan/junior-class-size",
        *("--title", "初中每班不超过50人"),
        *("--place", "第三章，第2段"),
        *("--level", "班级"),
        *("--timing", "到2025年底"),
        *("--norm", "班级人数 应不高于 50人"),
        *("-o", f"{pack.name}/junior.feature"),
    )

    assert (result.exit_code, result.stdout) == (0, "")
    assert (pack / "junior.feature").read_text("utf-8").startswith("# language: zh-CN")
    assert rules("test", "plan/junior-class-size").exit_code == 0


def test_new_with_a_mistake(rules: Call) -> None:
    """What is no sentence of the language is told."""
    result = rules(
        "new",
        "plan/x",
        *("--title", "x", "--place", "x", "--level", "班级"),
        *("--timing", "到2025年底", "--norm", "班级人数 大概 50人"),
    )

    assert result.exit_code == 4
    assert "大概" in result.stderr


def test_new_of_a_sentence_it_cannot_say_whole(rules: Call, pack: Path) -> None:
    """Words that the rule would leave out are named with their places; nothing is written."""
    result = rules(
        "new",
        "plan/junior-class-size",
        *("--place", "第三章", "--sentence", "班级人数不超过45人左右"),
        *("-o", f"{pack.name}/junior.feature"),
    )

    assert result.exit_code == 4
    assert "“左右”（第11字）" in result.stderr
    assert not (pack / "junior.feature").exists()
