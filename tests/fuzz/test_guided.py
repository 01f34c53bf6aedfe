"""The targets of ``guided``: their valid files are read, and atheris finds nothing worse.

FUZZ_SECONDS says how long each is fuzzed, as .github/workflows/slow.yml does.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.guided import TARGETS, once

SECONDS = int(os.environ.get("FUZZ_SECONDS", "0"))


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_valid(name: str, tmp_path: Path) -> None:
    """Each begins with a file that its reader takes."""
    target = TARGETS[name]
    valid = target.valid(tmp_path)
    once(target, target.seed(tmp_path), valid)
    target.read(valid)


@pytest.mark.skipif(not SECONDS, reason="FUZZ_SECONDS does not say for how long")
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed")
@pytest.mark.parametrize("name", TARGETS)
def test_what_atheris_finds(name: str, tmp_path: Path) -> None:
    """Nothing is raised but refusals, and no input of 64 KB takes longer than 20 seconds."""
    limits = (f"-max_total_time={SECONDS}", "-timeout=20", "-max_len=65536", "-rss_limit_mb=4096")
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.guided", name, *limits, f"-artifact_prefix={tmp_path}/"],
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
        cwd=Path(__file__).parents[2],
    )
    found = [f"{path.name}: {path.read_bytes()[:2000]!r}" for path in tmp_path.iterdir()]

    assert found == [], done.stderr[-5000:]
    assert done.returncode == 0, done.stderr[-5000:]
