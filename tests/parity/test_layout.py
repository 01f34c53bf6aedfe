"""Layout: the wheel, the links and the repository agree on the parts."""

import tomllib
from pathlib import Path

import pytest

from tests.conftest import SLOW

REPOSITORY = Path(__file__).parents[2]
TOOLS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]
HATCH = TOOLS["hatch"]["build"]
WHEEL = HATCH["targets"]["wheel"]
PARTS = {"cli.py"} | {part for part in WHEEL["sources"] if "/" not in part}
PACKAGE = REPOSITORY / "src" / "dabiao"
LINKS = {path.name: path for path in PACKAGE.glob("*") if path.is_symlink()}

pytestmark = pytest.mark.skipif(not (REPOSITORY / ".git").exists(), reason="needs a checkout")


def test_links_lead_to_the_parts() -> None:
    """Each part has a link in src/dabiao, and no other link is there."""
    assert {name: path.resolve() for name, path in LINKS.items()} == {
        part: REPOSITORY / part for part in PARTS
    }


def test_wheel_takes_each_file_and_part() -> None:
    """What lies in src/dabiao is in the wheel; cli.py gets there by hatch_build.py."""
    files = {
        f"src/dabiao/{path.name}"
        for path in PACKAGE.iterdir()
        if path.name not in LINKS and path.name != "__pycache__"
    }

    assert set(WHEEL["only-include"]) == files | PARTS - {"cli.py"}


def test_links_stay_out_of_the_sdist() -> None:
    """A source distribution holds each part once, as itself."""
    assert set(HATCH["targets"]["sdist"]["exclude"]) == {f"src/dabiao/{part}" for part in PARTS}


def test_no_part_is_imported_by_its_bare_name() -> None:
    """From the top of the repository ``import engine`` would work, and make each module twice."""
    banned = TOOLS["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]

    assert {part.removesuffix(".py") for part in PARTS} <= set(banned)


def test_slow_files_are_there() -> None:
    """A file that is named as slow is one: else what has moved is in the daily loop again."""
    assert [name for name in sorted(SLOW) if not (REPOSITORY / "tests" / name).exists()] == []
