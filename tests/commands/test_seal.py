"""Seals: whoever has the public key sees whether a run, its rules and its facts are as sealed."""

import contextlib
import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from dabiao.rules.files.pack_files import hashes
from dabiao.schemas.language import Language, speaking
from tests.commands.conftest import DOCUMENT, FEATURE, PLACES, Call, facts
from tests.typed import typed

WITH = ("--rules", "pack", "--no-builtin")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Judge a submission of two files and seal the run, once for all tests."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "given").mkdir()
    (folder / "pack").mkdir()
    for name, text in (
        *(("document.yaml", DOCUMENT), ("places.csv", PLACES), ("classes.feature", FEATURE)),
    ):
        (folder / "pack" / name).write_text(text, "utf-8")
    for name, size in (("a", 44), ("b", 45)):
        code = f"15060200100{size}"
        text = json.dumps(facts(size), ensure_ascii=False).replace("150602001001", code)
        (folder / "given" / f"{name}.json").write_text(text, "utf-8")
    with contextlib.chdir(folder), speaking(Language.ZH):
        for words in (
            ("check", "given", *WITH, "-o", "run.json"),
            ("seal-key", "office"),
            ("seal", "run.json", "given", *WITH, "--key", "office.key"),
        ):
            done = typed(*words)
            assert done.exit_code == 0, done.stderr
    return folder


@pytest.fixture
def sealed(tmp_path: Path, office: Path, call: Call) -> Callable[[], tuple[int, str]]:
    """Give a copy of it, and a way to check the seal."""
    shutil.copytree(office, tmp_path, dirs_exist_ok=True)

    def check() -> tuple[int, str]:
        found = call("seal-check", "run.json.seal", "given", *WITH, "--public", "office.pub")
        return found.exit_code, found.stdout + found.stderr

    return check


def change(path: Path, old: str, new: str) -> None:
    """Change a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_it_holds(sealed: Callable[[], tuple[int, str]], tmp_path: Path, call: Call) -> None:
    """Wherever the files lie; sealed again, it is the same."""
    code, told = sealed()
    assert (code, told.startswith("印信成立")) == (0, True)
    before = (tmp_path / "run.json.seal").read_bytes()

    call("seal", "run.json", "given", *WITH, "--key", "office.key", "--force")
    assert (tmp_path / "run.json.seal").read_bytes() == before
    (tmp_path / "given").rename(tmp_path / "moved")
    (tmp_path / "moved/inside").mkdir()
    (tmp_path / "moved/a.json").rename(tmp_path / "moved/inside/a.json")
    moved = call("seal-check", "run.json.seal", "moved", *WITH, "--public", "office.pub")
    assert moved.exit_code == 0


def test_the_secret_key_is_its_owner_s(
    sealed: Callable[[], tuple[int, str]], tmp_path: Path, call: Call
) -> None:
    """Nobody else may read it, and no key is written over another."""
    assert sealed()[0] == 0
    before = (tmp_path / "office.key").read_bytes()

    assert stat.S_IMODE((tmp_path / "office.key").stat().st_mode) in (0o600, 0o666)  # Windows
    assert call("seal-key", "office").exit_code == 2
    assert (tmp_path / "office.key").read_bytes() == before


def test_keys_that_cannot_be_written(tmp_path: Path, call: Call) -> None:
    """A missing folder, or a name that is none or too long, is told; no half of a pair is left."""
    for name in ("none/office", "x" * 300):
        assert call("seal-key", name).exit_code == 74
    (tmp_path / "office.pub").mkdir()
    for name in ("office", ".", "/", ".."):
        assert call("seal-key", name).exit_code == 2
    assert not (tmp_path / "office.key").exists()


TAMPERINGS: dict[str, tuple[Callable[[Path], object], str]] = {
    "run": (
        lambda at: change(at / "run.json", "compliant", "violation"),
        "检查结果 run.json 被改动过",
    ),
    "run gone": (lambda at: (at / "run.json").unlink(), "检查结果 run.json 不见了"),
    "facts": (lambda at: change(at / "given/a.json", "44", "43"), "填报数据 a.json 被改动过"),
    "facts gone": (lambda at: (at / "given/b.json").unlink(), "填报数据 b.json 不见了"),
    "more facts": (
        lambda at: (at / "given/c.json").write_text("{}", "utf-8"),
        "填报数据 c.json 是多出来的",
    ),
    "rules": (
        lambda at: change(next((at / "pack").glob("*.feature")), "45人", "46人"),
        ".feature 被改动过",
    ),
    "a rule file gone": (lambda at: (at / "pack/places.csv").unlink(), "places.csv 不见了"),
    "more rules": (
        lambda at: (at / "pack/x.feature").write_text("# language: zh-CN\n功能: 空\n", "utf-8"),
        "规则文件 pack/x.feature 是多出来的",
    ),
    "manifest": (lambda at: change(at / "run.json.seal", '"a.json"', '"d.json"'), "清单被改动过"),
    "a hash in it": (
        lambda at: change(at / "run.json.seal", '"run": "', '"run": "0'),
        "run 处不对",
    ),
    "signature": (lambda at: spoil(at / "run.json.seal"), "签名与清单不符"),
    "seal cut off": (
        lambda at: (at / "run.json.seal").write_bytes((at / "run.json.seal").read_bytes()[:-9]),
        "不是完好的印信",
    ),
    "something more": (
        lambda at: change(at / "run.json.seal", '"manifest"', '"x": 1, "manifest"'),
        "x 处不对",
    ),
    "names swapped": (lambda at: swap(at / "given/a.json", at / "given/b.json"), "b.json 被改动过"),
    "renamed": (
        lambda at: (at / "given/a.json").rename(at / "given/班级2024.json"),
        "填报数据 a.json 改名为 班级2024.json",
    ),
    "two manifests": (
        lambda at: change(at / "run.json.seal", '"manifest"', '"manifest": {}, "manifest"'),
        "manifest 处不对",
    ),
    "no key": (lambda at: (at / "office.pub").write_text("x", "utf-8"), "office.pub 不是公钥"),
    "key gone": (lambda at: (at / "office.pub").unlink(), "读不了 office.pub"),
}


def swap(one: Path, other: Path) -> None:
    """Give each of two files the other's name."""
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def spoil(path: Path) -> None:
    """Change a digit of the signature."""
    stored = json.loads(path.read_text("utf-8"))
    signature = stored["signature"]
    stored["signature"] = ("1" if signature[0] == "0" else "0") + signature[1:]
    path.write_text(json.dumps(stored), "utf-8")


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_named(
    sealed: Callable[[], tuple[int, str]], tmp_path: Path, what: str
) -> None:
    """Whatever was done to what was sealed, or to the seal, is told by name."""
    tamper, expected = TAMPERINGS[what]
    tamper(tmp_path)
    code, told = sealed()

    assert code in (1, 3, 4)
    assert expected in told
    assert "Traceback" not in told


def test_packs_of_one_name(tmp_path: Path, office: Path) -> None:
    """Each file is under the seal, also where two packs lie in folders of one name."""
    folders = [tmp_path / "one/pack", tmp_path / "other/pack"]
    for folder in folders:
        shutil.copytree(office / "pack", folder)
    assert len(hashes(folders)) == 6


@pytest.mark.skipif(os.name == "nt", reason="has no such modes")
def test_a_key_that_others_can_read(
    sealed: Callable[[], tuple[int, str]], tmp_path: Path, call: Call
) -> None:
    """Whoever seals is told that others could, too."""
    assert sealed()[0] == 0
    (tmp_path / "office.key").chmod(0o640)
    done = call("seal", "run.json", "given", *WITH, "--key", "office.key", "--force")
    assert (done.exit_code, "chmod 600" in done.stderr) == (0, True)


def test_another_key(sealed: Callable[[], tuple[int, str]], tmp_path: Path, call: Call) -> None:
    """A seal of somebody else is told from ours, and so is one forged in our name."""
    call("seal-key", "other")
    ours, theirs = (tmp_path / f"{name}.pub" for name in ("office", "other"))
    kept = ours.read_bytes()
    ours.write_bytes(theirs.read_bytes())
    assert "不是这把钥匙盖的" in sealed()[1]

    known = json.loads((tmp_path / "run.json.seal").read_text("utf-8"))["manifest"]["key"]
    call("seal", "run.json", "given", *WITH, "--key", "other.key", "--force")
    stored = json.loads((tmp_path / "run.json.seal").read_text("utf-8"))
    stored["manifest"]["key"] = known
    (tmp_path / "run.json.seal").write_text(json.dumps(stored), "utf-8")
    ours.write_bytes(kept)
    assert sealed()[0] == 1


def _bring(office: Path, folder: Path, key: str, *, public: bool) -> None:
    """Bring the office with another private key, with or without the public one beside it."""
    shutil.copytree(office, folder, dirs_exist_ok=True)
    (folder / "office.key").write_text(key, "utf-8")
    if not public:
        (folder / "office.pub").unlink()


@pytest.mark.parametrize("beside", [True, False], ids=["as another pair", "as it says itself"])
def test_a_damaged_key_is_no_other_key(
    office: Path,
    tmp_path: Path,
    call: Call,
    beside: bool,  # noqa: FBT001
) -> None:
    """Any bytes are a key, so that one with a wrong letter would seal as somebody else."""
    lines = (office / "office.key").read_text("utf-8").splitlines()
    place = 40
    lines[2] = lines[2][:place] + ("A" if lines[2][place] != "A" else "B") + lines[2][place + 1 :]
    _bring(office, tmp_path, "\n".join(lines[1:] if beside else lines), public=beside)
    done = call("seal", "run.json", "given", *WITH, "--key", "office.key", "--force")

    assert done.exit_code == 3
    assert "office.key 不能用" in done.stderr


@pytest.mark.parametrize("beside", [True, False], ids=["beside the public one", "alone"])
def test_a_key_that_says_nothing_of_itself(
    office: Path,
    tmp_path: Path,
    call: Call,
    beside: bool,  # noqa: FBT001
) -> None:
    """Nobody can tell whether it is damaged; whoever seals is told what to compare."""
    first, _, rest = (office / "office.key").read_text("utf-8").partition("\n")
    _bring(office, tmp_path, rest, public=beside)
    done = call("seal", "run.json", "given", *WITH, "--key", "office.key", "--force")

    assert done.exit_code == 0
    assert ("旁边也没有 office.pub" in done.stderr) is not beside
    assert first.removeprefix("dabiao-key: ") in done.stderr


def test_only_what_was_judged_is_sealed(
    sealed: Callable[[], tuple[int, str]], tmp_path: Path, call: Call
) -> None:
    """Facts or rules that are not those of the run get no seal, and it is told which."""
    assert sealed()[0] == 0
    (tmp_path / "run.json.seal").unlink()
    change(tmp_path / "given/a.json", "44", "43")
    change(next((tmp_path / "pack").glob("*.feature")), "45人", "46人")
    done = call("seal", "run.json", "given", *WITH, "--key", "office.key")

    assert done.exit_code == 1
    assert "a.json 被改动过" in done.stdout
    assert "规则不是考核时的规则" in done.stdout
    assert not (tmp_path / "run.json.seal").exists()


def test_a_passphrase(sealed: Callable[[], tuple[int, str]], tmp_path: Path, call: Call) -> None:
    """A key under a passphrase seals for who knows it; the public one is asked for none."""
    assert sealed()[0] == 0
    assert call("seal-key", "safe", "--passphrase", stdin="芝麻\n芝麻\n").exit_code == 0
    with_it = ("seal", "run.json", "given", *WITH, "--key", "safe.key", "--force")

    assert b"ENCRYPTED" in (tmp_path / "safe.key").read_bytes()
    assert call(*with_it, stdin="开门\n").exit_code == 3
    assert call(*with_it, stdin="芝麻\n").exit_code == 0
