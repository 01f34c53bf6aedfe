"""Every scenario of the built-in pack, run by pytest-bdd.

pytest-bdd keeps one scenario per name and file, and says nothing of the others, so it is given
copies of the features in which every scenario's name carries its line.
"""

import re
import tempfile
from pathlib import Path

from pytest_bdd import scenarios

from dabiao.rules.files.pack_files import built_in
from dabiao.rules.packs.read import read

_SCENARIO = re.compile(r"^(\s*(?:场景大纲|场景|Scenario Outline|Scenario):)(.*)$")


def numbered(folder: Path) -> Path:
    """Copy the features of a folder, each scenario's line put after its name."""
    copy = Path(tempfile.mkdtemp(), "features")
    for path in sorted(folder.rglob("*.feature")):
        lines = path.read_text("utf-8").splitlines()
        told = [_SCENARIO.sub(rf"\1\2 L{at}", line) for at, line in enumerate(lines, 1)]
        target = copy / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(told) + "\n", "utf-8")
    return copy


def test_no_scenario_is_lost(scenarios_collected: int) -> None:
    """pytest-bdd has a test for every proof that the reader has."""
    assert scenarios_collected == len(read([built_in()]).proofs)


scenarios(str(numbered(built_in())))
