"""The same rules and facts give the same bytes, wherever and however they are judged."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dabiao.engine.judging.durable import is_installed
from tests.commands.conftest import facts

SETTINGS: list[dict[str, str]] = [
    {"PYTHONHASHSEED": "0"},
    {"PYTHONHASHSEED": "4294967295"},
    {"TZ": "Asia/Shanghai"},
    {"TZ": "America/St_Johns", "LC_ALL": "C"},
    {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
    {"COLUMNS": "20", "FORCE_COLOR": "1"},
    {"PYTHONOPTIMIZE": "2"},
]


def written(folder: Path, *more: str, **environment: str) -> bytes:
    """Judge what lies in a folder, and give the bytes of the run."""
    into = folder / "run.json"
    command = [sys.executable, "-m", "dabiao", "--lang", "zh", "check", *(more or ("a", "b"))]
    packs = () if "--rules" in more else ("--rules", "pack")
    ended = subprocess.run(
        [*command, *packs, "--no-builtin", "-o", "run.json", "--force"],
        capture_output=True,
        check=False,
        cwd=folder,
        env=os.environ | environment,
    )
    assert ended.returncode == 1, ended.stderr.decode("utf-8", "replace")
    return into.read_bytes()


@pytest.fixture
def folder(tmp_path: Path, pack: Path) -> Path:
    """Submit two folders with a file each."""
    assert pack.is_dir()
    for name, size in (("a", 46), ("b", 44)):
        (tmp_path / name).mkdir()
        text = json.dumps(facts(size), ensure_ascii=False)
        if name == "b":
            text = text.replace("150602001001", "150602001002")
        (tmp_path / name / f"{name}.json").write_text(text, "utf-8")
    return tmp_path


def test_settings(folder: Path) -> None:
    """Seeds, time zones, locales and screens leave nothing in a run, nor in a table in a file."""

    def both(**environment: str) -> tuple[bytes, bytes]:
        run = written(folder, "a", "b", "-o", "run.txt", **environment)
        return run, (folder / "run.txt").read_bytes()

    first = both()
    assert [each for each in SETTINGS if both(**each) != first] == []


def test_order_of_files(folder: Path) -> None:
    """Nor does the order in which files are named."""
    assert written(folder, "b", "a") == written(folder, "a", "b")


def test_another_folder(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A run names its files as they lie in the submission, wherever that lies."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "又一个 文件夹"
    shutil.copytree(folder, elsewhere)
    run = written(folder)

    assert written(elsewhere) == run
    assert written(folder, str(elsewhere / "b"), str(elsewhere / "a")) == run
    assert written(folder, "./a/../b", "a", "--rules", str(elsewhere / "pack")) == run


def test_one_folder(folder: Path) -> None:
    """Nor does it matter how the one folder is called that was given."""
    (folder / "all").mkdir()
    for name in "ab":
        shutil.move(folder / name, folder / "all" / name)
    run = written(folder, "all")
    (folder / "all").rename(folder / "moved")

    assert written(folder, str(folder / "moved")) == run


@pytest.mark.skipif(not is_installed(), reason="durable-rules cannot be used here")
def test_engines(folder: Path) -> None:
    """But for its name, an engine leaves nothing of its own."""
    columnar, durable = (
        written(folder, "a", "b", "--engine", name) for name in ("columnar", "durable")
    )

    assert columnar.replace(b'"columnar"', b'"durable"') == durable
