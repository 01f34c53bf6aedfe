"""Completion: what a shell is offered while a command is typed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Call


@pytest.fixture
def offered(call: Call, pack: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Give a function that asks what may stand at the end of a command."""

    def ask(*words: str) -> list[str]:
        monkeypatch.setenv("_ROOT_COMPLETE", "complete_bash")
        told = ["dabiao", words[0], "--no-builtin", "--rules", pack.name, *words[1:]]
        monkeypatch.setenv("COMP_WORDS", " ".join(told))
        monkeypatch.setenv("COMP_CWORD", str(len(told) - 1))
        result = call()
        assert result.stderr == ""
        return result.stdout.split()

    return ask


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        (("check", "--rule", "plan/pri"), ["plan/primary-class-size"]),
        (("check", "--rule", "小学"), ["小学每班不超过45人"]),
        (("explain", "plan/"), ["plan/primary-class-size", "plan/school-doctor"]),
        (("check", "--document", "示例"), ["示例规划"]),
        (("check", "--area", "东"), ["东胜区"]),
        (("check", "--area", "150602"), ["150602"]),
        (("check", "--unit", "市"), ["市教育体育局"]),
        (("check", "--level", "班"), ["班级"]),
        (("init", "工作", "--document", "pl"), ["plan"]),
        (("template", "--area", "东"), ["东胜区"]),
        (("check", "--rules", "nowhere", "--rule", "plan/"), []),
    ],
)
def test_offers(
    offered: Callable[..., list[str]], typed: tuple[str, ...], answers: list[str]
) -> None:
    """By what is written or by what it means; nothing from a pack that cannot be read."""
    assert offered(*typed) == answers


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        (("cases", "update", "--state", "已整"), ["已整改"]),
        (("facts", "table", "小学资源"), ["小学资源配置七项指标"]),
    ],
)
def test_offers_of_what_is_built_in(
    call: Call, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...], answers: list[str]
) -> None:
    """The states of a case, and the tables of documents."""
    monkeypatch.setenv("_ROOT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", " ".join(("dabiao", *typed)))
    monkeypatch.setenv("COMP_CWORD", str(len(typed)))

    assert call().stdout.split() == answers
