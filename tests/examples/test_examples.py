"""The examples: drawn by their script, and judged as the README says."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from dabiao.cli import app

EXAMPLES = Path(__file__).parents[2] / "examples"
Sheets = dict[tuple[str, str], list[tuple[object, ...]]]


def script() -> ModuleType:
    """Load the script that draws the Ordos examples."""
    spec = importlib.util.spec_from_file_location("make_ordos", EXAMPLES / "make_ordos.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cells(folder: Path) -> Sheets:
    """Read every cell of every workbook in a folder."""
    found: Sheets = {}
    for path in sorted(folder.rglob("*.xlsx")):
        book = load_workbook(path)
        for sheet in book:
            place = f"{path.parent.name}/{path.name}", sheet.title
            found[place] = list(sheet.iter_rows(values_only=True))
    return found


def test_the_script_draws_the_examples(tmp_path: Path) -> None:
    """The workbooks in the repository are what the seeded script writes, cell by cell."""
    script().main(tmp_path)

    assert cells(tmp_path) == cells(EXAMPLES)


@pytest.mark.parametrize("year", [2023, 2025])
def test_ordos_is_judged(year: int) -> None:
    """Nearly everything can be judged, something is missing, and no outcome is lost."""
    arguments = ["check", str(EXAMPLES / f"ordos-{year}"), "--format", "json"]

    result = CliRunner().invoke(app, arguments)

    run = json.loads(result.stdout)
    assert result.exit_code == 1
    assert run["as_of"] == year
    assert run["summary"]["missing"] > 0
    assert run["summary"]["compliant"] > run["summary"]["violation"] > 0
    assert sum(run["summary"].values()) == len(run["findings"])


def test_a_foreign_table_needs_nothing_but_features() -> None:
    """The wide table is read through its mapping and judged by its own rules only."""
    wide = EXAMPLES / "wide-table"
    arguments = ["check", str(wide / "schools.csv"), "--mapping", str(wide / "map.yaml")]
    arguments += ["--rules", str(wide / "rules"), "--no-builtin", "--format", "json"]

    result = CliRunner().invoke(app, arguments)

    run = json.loads(result.stdout)
    assert run["rules"]["count"] == 1
    assert run["summary"]["violation"] == 4
    assert run["summary"]["missing"] == 2
