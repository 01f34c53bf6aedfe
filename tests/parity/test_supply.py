"""What is installed: pinned, hashed, licensed, and listed."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).parents[2]
SCRIPT = REPOSITORY / ".ci" / "bill_of_materials.py"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    """Read the versions that a file pins."""
    text = (REPOSITORY / name).read_text("utf-8")
    return {canonicalize_name(found[1]): found[2] for found in PINNED.finditer(text)}


def printed() -> str:
    """Print the bill of materials."""
    ran = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, check=True)
    return ran.stdout.decode()


def test_what_builds_is_pinned() -> None:
    """The back end that builds the wheel is the one that is tested."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))

    assert project["build-system"]["requires"] == [
        f"hatchling=={pins('constraints.txt')['hatchling']}"
    ]


def test_locked_versions_are_those_tested() -> None:
    """Each is that of constraints.txt, with hashes of its files, and no address."""
    text = (REPOSITORY / "locked.txt").read_text("utf-8")
    locked, tested = pins("locked.txt"), pins("constraints.txt")

    assert {name: pin for name, pin in locked.items() if tested.get(name) != pin} == {}
    for entry in re.split(r"\n(?=\S)", text.partition("\n\n")[2].strip()):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry
    assert "//" not in text


def test_bill_of_materials() -> None:
    """All that is needed to run is listed with version, licence and hashes, twice the same."""
    bill = json.loads(printed())
    locked = pins("locked.txt")

    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert len(bill["components"]) > 20
    for each in bill["components"]:
        assert locked[each["name"]] == each["version"]
        assert each["licenses"][0]["license"]["name"]
        assert each["externalReferences"][0]["hashes"]
    assert {each["name"] for each in bill["components"]} >= {"polars", "pyyaml", "docxtpl"}
    assert json.loads(printed()) == bill


def test_a_licence_that_nobody_allowed() -> None:
    """It is refused, and so is none at all; a choice needs each part allowed."""
    allowed = __import__("runpy").run_path(str(SCRIPT))["may_be_used"]

    assert allowed("MIT")
    assert allowed("Apache-2.0 OR BSD-3-Clause")
    assert not allowed("GPL-3.0-only")
    assert not allowed("MIT AND AGPL-3.0-or-later")
    assert not allowed("")
