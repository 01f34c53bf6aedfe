"""The examples: drawn by their script, and judged as the README says."""

import importlib.util
import json
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.typed import typed

EXAMPLES = Path(__file__).parents[2] / "examples"
Sheets = dict[str, list[tuple[object, ...]]]
Run = dict[str, Any]


def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load the script that draws the Ordos examples."""
    monkeypatch.syspath_prepend(EXAMPLES)
    spec = importlib.util.spec_from_file_location("make_ordos", EXAMPLES / "make_ordos.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cells(path: Path) -> Sheets:
    """Read every cell of a workbook."""
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path)}


def contents(path: Path) -> dict[str, bytes]:
    """Give the parts of a workbook, but for when it was written."""
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist() if "docProps" not in name}


def test_the_script_draws_the_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbooks in the repository are what the seeded script writes, cell by cell."""
    script(monkeypatch).main(tmp_path)
    drawn, kept = (
        {path.relative_to(folder): path for path in folder.rglob("*.xlsx")}
        for folder in (tmp_path, EXAMPLES)
    )

    assert drawn.keys() == kept.keys()
    for name, path in drawn.items():
        if contents(path) != contents(kept[name]):  # another version writes them otherwise
            assert cells(path) == cells(kept[name])


@cache
def checked(folder: str, *options: str) -> Run:
    """Check an example, some of which is not kept, and give its run."""
    arguments = ["check", str(EXAMPLES / folder), "--format", "json", *options]
    result = typed(*arguments)
    assert result.exit_code == 1
    run: Run = json.loads(result.stdout)
    return run


@pytest.mark.parametrize("year", [2023, 2025])
def test_ordos_is_judged(year: int) -> None:
    """Nearly everything can be judged, something is missing, and no outcome is lost."""
    run = checked(f"ordos-{year}")

    assert run["as_of"] == year
    assert run["summary"]["compliant"] > run["summary"]["violation"] > run["summary"]["missing"] > 0
    assert sum(run["summary"].values()) == len(run["findings"])


def test_every_year_can_be_judged() -> None:
    """Nine of ten commitments are kept or not in each of three years, and more are kept later."""
    years: dict[int, Counter[str]] = {year: Counter() for year in (2023, 2024, 2025)}
    for finding in checked("ordos-2025", "--every-year")["findings"]:
        if finding["year"] in years:
            years[finding["year"]][finding["outcome"]] += 1

    rates = [
        each["compliant"] / (each["compliant"] + each["violation"] + each["behind"])
        for each in years.values()
    ]
    assert all(0.75 <= rate <= 0.92 for rate in rates)
    assert rates[0] < rates[2]
    assert all(each["missing"] < 0.05 * each["compliant"] for each in years.values())
    assert years[2024]["behind"] > 0
    assert years[2024]["on_track"] > 0


def test_what_is_missing_is_explained() -> None:
    """It is an empty form, a township, accounts not closed, two sizes, and the games of 2022."""
    missing = [each for each in checked("ordos-2025")["findings"] if each["outcome"] == "missing"]

    assert Counter(each["subject"] for each in missing) == {
        "150600": 14,
        "150625": 1,
        "150626": 1,
        "150624002": 4,
        "1506240005": 10,
        "1506250001001": 1,
        "1506250001008": 1,
    }


def test_what_is_noted_is_what_was_planted() -> None:
    """The returns agree with themselves and each other in every year, but for five faults."""
    arguments = ["facts", "quality", str(EXAMPLES / "ordos-2025"), "--every-year", "-f", "json"]

    notes = json.loads(typed(*arguments).stdout)

    assert sorted((each["kind"], each["subject"]) for each in notes) == [
        ("impossible", "1506220002"),
        ("impossible", "1506230001"),
        ("jump", "150627"),
        ("sum-differs", "150600"),
        ("unusual", "150622"),
    ]


def test_a_foreign_table_needs_nothing_but_features() -> None:
    """The wide table is read through its mapping and judged by its own rules only."""
    wide = EXAMPLES / "wide-table"
    arguments = ["check", str(wide / "schools.csv"), "--mapping", str(wide / "map.yaml")]
    arguments += ["--rules", str(wide / "rules"), "--no-builtin", "--format", "json"]

    result = typed(*arguments)

    run = json.loads(result.stdout)
    assert run["rules"]["count"] == 1
    assert run["summary"]["violation"] == 4
    assert run["summary"]["missing"] == 2
