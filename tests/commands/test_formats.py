"""What help says that a command takes: formats, and standard input."""

import json
import re
from pathlib import Path

import pytest

from tests.commands.conftest import Call, facts


@pytest.mark.parametrize(
    "command",
    [
        *("rules list", "rules steps", "rules docs", "facts table 小学 x", "explain a b x"),
        *("trend run.json", "compare run.json run.json"),
    ],
)
def test_the_formats_of_a_command_are_told(call: Call, tmp_path: Path, command: str) -> None:
    """Help lists those that it has, and no other."""
    (tmp_path / "facts.json").write_text(json.dumps(facts(44)), "utf-8")
    call("check", "facts.json", "-o", "run.json")
    refused = call(*command.split(), "--format", "junit")
    (told,) = re.findall("没有 junit 格式；可用：(.*)", refused.stderr)
    shown = " ".join(call(*command.split(), "--help").stdout.split())

    assert refused.exit_code == 2
    assert re.findall("输出格式：([a-z ]*[a-z])", shown) == [told.replace("、", " ")]


@pytest.mark.parametrize("command", ["check", "watch", "facts validate", "facts map"])
def test_who_reads_standard_input_says_so(call: Call, command: str) -> None:
    """And nobody else does: a stream cannot be looked at again, nor is JSON a foreign table."""
    words = command.split()
    refused = call(*words, "-", stdin=json.dumps(facts(44))).exit_code == 3

    assert ("读 JSON" in call(*words, "--help").stdout) is not refused
